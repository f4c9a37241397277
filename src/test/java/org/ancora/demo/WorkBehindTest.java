package org.ancora.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a request leaves for the background of the demo. */
@Timeout(30)
class WorkBehindTest {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void aPageShowsWhatLittleWasLeftToDoAsDone() {
        try (WorkBehind work = new WorkBehind(done::incrementAndGet, Duration.ofMinutes(1))) {
            work.run();

            assertThat(done).hasValue(1);
        }
    }

    @Test
    void whatTakesLongGoesOnBehindThePageOneAfterTheOther() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch delivered = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        Runnable slow = () -> {
            atOnce.incrementAndGet();
            begun.countDown();
            try {
                delivered.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            done.incrementAndGet();
        };
        try (WorkBehind work = new WorkBehind(slow, Duration.ofMillis(50))) {
            work.run();
            work.run();
            begun.await();

            assertThat(done).hasValue(0);
            assertThat(atOnce).hasValue(1);
            delivered.countDown();
        }
        assertThat(done).as("both are done before the demo ends").hasValue(2);
    }

    @Test
    void whatFailsDoesNotSpoilThePageNorWhatComesAfterIt() {
        try (WorkBehind work = new WorkBehind(
                () -> {
                    if (done.incrementAndGet() == 1) {
                        throw new IllegalStateException("the mail server is down");
                    }
                },
                Duration.ofMinutes(1))) {
            work.run();
            work.run();

            assertThat(done).hasValue(2);
        }
    }
}
