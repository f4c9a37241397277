package org.ancora.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** P10: a backlog of timers leaves room for those who wait for a page, and slow jobs hold up no others. */
class JobTurnsTest {

    private static final int SECONDS = 20;

    private final AtomicBoolean peopleWait = new AtomicBoolean(true);
    private final JobTurns turns = new JobTurns(peopleWait::get);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void runsJobsOneAfterAnotherWhileSomebodyWaits() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(20);
        for (int job = 0; job < 20; job++) {
            threads.execute(() -> turns.run(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                done.countDown();
            }));
        }
        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void runsThemSideBySideWhenNobodyDoes() throws Exception {
        peopleWait.set(false);
        meet();
    }

    @Test
    void letsNoSlowJobHoldUpTheOthers() throws Exception {
        meet();
    }

    /** Two jobs that each end only when the other has begun. */
    private void meet() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Runnable job = () -> turns.run(() -> {
            both.countDown();
            try {
                assertThat(both.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
        Future<?> one = threads.submit(job);
        Future<?> other = threads.submit(job);
        one.get(SECONDS, TimeUnit.SECONDS);
        other.get(SECONDS, TimeUnit.SECONDS);
    }
}
