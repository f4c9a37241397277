package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * F8: the nights in which the clocks change, and the leap day. What is planned before keeps its local hour after, and no
 * timer fires before its instant or a second time. (What a calendar counts is in {@code BusinessCalendarTest}; here the
 * engine's timers are at work.)
 */
@AncoraTest
class ClockChangesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Autowired
    EngagementWalk walks;

    @Autowired
    VirtualClock clock;

    @ParameterizedTest
    @CsvSource({
        // The clocks go back on Sunday 1 November 2026, and forward on Sunday 14 March 2027.
        "Toronto, 2026-10-28T10:00, 2026-11-02T09:00, 2026-11-02T14:00:00Z, 2026-11-04T17:00, 2026-11-04T22:00:00Z",
        "Toronto, 2027-03-10T10:00, 2027-03-15T09:00, 2027-03-15T13:00:00Z, 2027-03-17T17:00, 2027-03-17T21:00:00Z",
        // On Sunday 25 October 2026, and on Sunday 28 March 2027, which is Easter: its Monday is a holiday.
        "Rome, 2026-10-21T10:00, 2026-10-26T09:00, 2026-10-26T08:00:00Z, 2026-10-28T17:00, 2026-10-28T16:00:00Z",
        "Rome, 2027-03-24T10:00, 2027-03-30T09:00, 2027-03-30T07:00:00Z, 2027-04-01T17:00, 2027-04-01T15:00:00Z",
        // A window that opens on the leap day.
        "Toronto, 2028-02-24T10:00, 2028-02-29T09:00, 2028-02-29T14:00:00Z, 2028-03-02T17:00, 2028-03-02T22:00:00Z",
    })
    void theNextRoundOpensOnceAtItsLocalHourAndIsOverdueOnce(
            String place, String begun, String opens, Instant opensAt, String due, Instant dueAt) {
        Team team = place.equals("Rome") ? walks.inItaly() : walks.inOntario();
        clock.startAt(new Walk(team, "").instant(begun));
        Walk dana = team.beginWithEverything().toWaitForSecondRound();
        assertThat(dana.planned()).isEqualTo(opens + "/" + due);
        assertThat(dana.lastDeadline().opens()).isEqualTo(opensAt);
        assertThat(dana.lastDeadline().due()).isEqualTo(dueAt);

        hourByHour(dana, opensAt.minus(SECOND));
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo(opensAt);
        assertThat(dana.open()).containsExactly("record-round");
        assertThat(dana.now()).isEqualTo(opens);

        OpenTask round = dana.task("record-round");
        hourByHour(dana, dueAt.minus(SECOND));
        assertThat(overdueNoticesAbout(round)).isZero();
        dana.moveTo(dueAt);
        // One to the caseworker, one to the supervisor.
        assertThat(overdueNoticesAbout(round)).isEqualTo(2);
        hourByHour(dana, dueAt.plus(Duration.ofDays(3)));
        assertThat(overdueNoticesAbout(round)).isEqualTo(2);
        assertThat(dana.task("record-round")).isEqualTo(round);
        assertThat(roundsEver(dana)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        // The hour that comes twice is its first; the hour that does not come is the one after.
        "Toronto, 2026-10-30T10:00, 2026-11-01T01:30, 2026-11-01T05:30:00Z",
        "Toronto, 2027-03-12T10:00, 2027-03-14T02:30, 2027-03-14T07:30:00Z",
        "Rome, 2026-10-23T10:00, 2026-10-25T02:30, 2026-10-25T00:30:00Z",
        "Rome, 2027-03-26T10:00, 2027-03-28T02:30, 2027-03-28T01:30:00Z",
    })
    void anHourPromisedInThatNightComesOnce(String place, String begun, String promised, Instant at) {
        Team team = place.equals("Rome") ? walks.inItaly() : walks.inOntario();
        clock.startAt(new Walk(team, "").instant(begun));
        Walk dana = team.beginWithEverything().toFirstRound().finish("record-round", Said.callBackAt(promised));
        OpenTask call = dana.task("call-back");

        assertThat(call.opens()).isEqualTo(at);
        Instant due = Objects.requireNonNull(call.due());
        hourByHour(dana, due.minus(SECOND));
        assertThat(overdueNoticesAbout(call)).isZero();
        dana.moveTo(due);
        assertThat(overdueNoticesAbout(call)).isEqualTo(2);
        hourByHour(dana, due.plus(Duration.ofDays(1)));

        assertThat(overdueNoticesAbout(call)).isEqualTo(2);
        assertThat(dana.open()).containsExactly("call-back");
    }

    /** Stops at every hour on the way, as a clock does: nothing may happen before its time or again. */
    private void hourByHour(Walk walk, Instant target) {
        for (Instant hour = clock.instant(); hour.isBefore(target); hour = hour.plus(Duration.ofHours(1))) {
            walk.moveTo(hour);
        }
        walk.moveTo(target);
    }

    private int overdueNoticesAbout(OpenTask task) {
        return walks.jdbc
                .sql("select count(*) from notice where once_key = :key")
                .param("key", "overdue/" + task.id())
                .query(Integer.class)
                .single();
    }

    private int roundsEver(Walk walk) {
        return walks.jdbc
                .sql("""
                        select count(*) from engine.act_hi_taskinst t
                          join engine.act_hi_procinst p on p.proc_inst_id_ = t.root_proc_inst_id_
                         where p.business_key_ = :code and t.task_def_key_ = 'record-round'
                        """)
                .param("code", walk.code())
                .query(Integer.class)
                .single();
    }
}
