package org.ancora.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The virtual clock moves only when told and only forward; the wall clock never follows it. */
class ClocksTest {

    private static final Instant START = Instant.parse("2026-11-23T14:00:00Z");

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(TimeConfiguration.class);

    @Test
    void standsStillUntilItIsMovedAndTellsWhoListens() {
        var clock = new VirtualClock(START);
        var zoned = clock.withZone(TimeFixtures.ROME);
        var heard = new ArrayList<Instant>();
        clock.onMove(heard::add);

        clock.moveTo(START.plusSeconds(60));
        clock.moveTo(START.plusSeconds(60));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
        assertThat(zoned.instant()).isEqualTo(START.plusSeconds(60));
        assertThat(zoned.getZone()).isEqualTo(TimeFixtures.ROME);
        assertThat(heard).containsExactly(START.plusSeconds(60));
    }

    @Test
    void neverGoesBack() {
        var clock = new VirtualClock(START);

        assertThatThrownBy(() -> clock.moveTo(START.minusSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void isTheSystemClockUnlessAskedOtherwise() {
        context.run(started -> {
            assertThat(started).doesNotHaveBean(VirtualClock.class);
            assertThat(started.getBean(Clock.class)).isEqualTo(Clock.systemUTC());
        });
    }

    @Test
    void isTheVirtualClockOnRequestWhileTheWallClockKeepsRealTime() {
        context.withPropertyValues("ancora.clock=virtual", "ancora.clock.start=" + START)
                .run(started -> {
                    assertThat(started.getBean(Clock.class)).isSameAs(started.getBean(VirtualClock.class));
                    assertThat(started.getBean(Clock.class).instant()).isEqualTo(START);

                    var wallClock = started.getBean("wallClock", Clock.class);
                    assertThat(Duration.between(
                                    wallClock.instant(), Clock.systemUTC().instant()))
                            .isLessThan(Duration.ofMinutes(1));
                });
    }
}
