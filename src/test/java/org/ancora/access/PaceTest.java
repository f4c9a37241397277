package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final UserId NORA = new UserId(1);
    private static final UserId PAUL = new UserId(2);

    private final Hands clock = new Hands();
    private final Pace<UserId> pace = new Pace<>(clock, 5, Duration.ofSeconds(2));

    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-11-23T14:10:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void letsSoManyThroughAtOnceAndThenSaysHowLongToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(pace.take(NORA)).isEmpty();
        }

        assertThat(pace.take(NORA)).contains(Duration.ofSeconds(2));
        assertThat(pace.take(PAUL)).as("each for themselves").isEmpty();
    }

    @Test
    void givesOneBackEverySoOftenAndNeverMoreThanTheBeginning() {
        for (int i = 0; i < 5; i++) {
            pace.take(NORA);
        }
        clock.now = clock.now.plusSeconds(3);
        assertThat(pace.take(NORA)).isEmpty();
        assertThat(pace.take(NORA)).contains(Duration.ofSeconds(1));

        clock.now = clock.now.plus(Duration.ofDays(1));
        for (int i = 0; i < 5; i++) {
            assertThat(pace.take(NORA)).isEmpty();
        }
        assertThat(pace.take(NORA)).isPresent();
    }

    /** A memory that is full lets nobody new in until somebody's place in it is free again. */
    @Test
    void staysSmallHoweverManyCome() {
        for (int person = 1; person <= 10_000; person++) {
            assertThat(pace.take(new UserId(person))).isEmpty();
        }

        assertThat(pace.take(new UserId(10_001))).contains(Duration.ofSeconds(2));
        assertThat(pace.take(NORA)).as("known").isEmpty();
        clock.now = clock.now.plusSeconds(2);
        assertThat(pace.take(new UserId(10_001))).isEmpty();
    }

    @Test
    void isSwitchedOffByNone() {
        Pace<UserId> off = new Pace<>(clock, 0, Duration.ofSeconds(1));

        for (int i = 0; i < 1000; i++) {
            assertThat(off.take(NORA)).isEmpty();
        }
    }
}
