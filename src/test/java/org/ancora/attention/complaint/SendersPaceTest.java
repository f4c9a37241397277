package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SendersPaceTest {

    private final SendersPace pace = new SendersPace(
            Clock.fixed(Instant.parse("2026-11-23T14:10:00Z"), ZoneOffset.UTC), 2, Duration.ofMinutes(5));

    @Test
    void staysSmallHoweverManyPlacesSend() {
        for (int place = 0; place < 10_000; place++) {
            assertThat(pace.take("place " + place)).isTrue();
        }

        assertThat(pace.take("one more")).isFalse();
        assertThat(pace.take("place 7")).as("known").isTrue();
        assertThat(pace.take("place 7")).isFalse();
    }
}
