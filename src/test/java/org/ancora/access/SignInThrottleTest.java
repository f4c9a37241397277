package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AncoraTest
class SignInThrottleTest {

    @Autowired
    JdbcClient jdbc;

    private final Hand clock = new Hand();

    private SignInThrottle throttle;

    @BeforeEach
    void throttle() {
        throttle = new SignInThrottle(jdbc, clock);
    }

    @Test
    void doublesThePauseUpToItsLongest() {
        for (int i = 1; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            assertThat(throttle.attempt("nora", "10.0.0.1")).isEmpty();
        }
        for (int seconds : new int[] {30, 60, 120, 240, 480, 900, 900}) {
            assertThat(throttle.attempt("nora", "10.0.0.1")).isEmpty();
            assertThat(throttle.attempt("nora", "10.0.0.2")).contains(clock.now.plusSeconds(seconds));
            clock.pass(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void doesNotCountWhatItRefuses() {
        for (int i = 0; i < 50; i++) {
            throttle.attempt("nora", "10.0.0.1");
        }
        clock.pass(SignInThrottle.FIRST_PAUSE);

        assertThat(throttle.attempt("nora", "10.0.0.1")).isEmpty();
    }

    @Test
    void slowsOneAddressThatTriesManyNames() {
        for (int i = 0; i < SignInThrottle.FREE_PER_ADDRESS; i++) {
            assertThat(throttle.attempt("name " + i, "2001:db8::" + i)).isEmpty();
        }

        assertThat(throttle.attempt("one more", "2001:db8::ffff")).isPresent();
        assertThat(throttle.attempt("one more", "2001:db9::1")).isEmpty();
    }

    @Test
    void doesNotLetOwnSuccessesPayForGuesses() {
        int guesses = 0;
        while (guesses < 100
                && throttle.attempt("victim " + guesses, "10.0.0.1").isEmpty()) {
            guesses++;
            if (throttle.attempt("attacker", "10.0.0.1").isEmpty()) {
                throttle.succeeded("attacker", "10.0.0.1");
            }
        }

        assertThat(guesses).isLessThanOrEqualTo(SignInThrottle.FREE_PER_ADDRESS);
    }

    @Test
    void forgetsFailuresAfterSuccessAndForgivesThemInTime() {
        for (int i = 1; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            throttle.attempt("nora", "10.0.0.1");
        }
        throttle.succeeded("nora", "10.0.0.1");
        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            assertThat(throttle.attempt("nora", "10.0.0.1")).isEmpty();
        }
        assertThat(throttle.attempt("nora", "10.0.0.1")).isPresent();

        clock.pass(Duration.ofHours(2));
        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            assertThat(throttle.attempt("nora", "10.0.0.1")).isEmpty();
        }
    }

    @Test
    void keepsNeitherNamesNorAddresses() {
        throttle.attempt("my-password-in-the-wrong-field", "10.0.0.1");

        assertThat(jdbc.sql("select key from sign_in_throttle")
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allMatch(key -> key.matches("[0-9a-f]{64}"));
    }

    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-11-23T14:10:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
