package org.ancora.demo;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.ancora.process.Clockwork;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.VirtualClock;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The demo's date: it stands still until a visitor moves it, and is still there after the next start. */
@Component
@Profile("demo")
class DemoClock {

    private static final int DAYS_A_WEEK = 7;

    private final VirtualClock clock;
    private final Clockwork clockwork;
    private final JdbcClient jdbc;

    DemoClock(VirtualClock clock, Clockwork clockwork, JdbcClient jdbc) {
        this.clock = clock;
        this.clockwork = clockwork;
        this.jdbc = jdbc;
        kept().ifPresent(clock::startAt);
        clock.onMove(this::keep);
        keep(clock.instant());
    }

    Instant now() {
        return clock.instant();
    }

    /** Everything due until then happens on the way, each thing at its own time. */
    void moveTo(Instant target) {
        if (target.isAfter(clock.instant())) {
            clockwork.moveTo(target);
        } else {
            clockwork.runDueJobs();
        }
    }

    /** To the opening of the next business day. */
    void nextBusinessDay(BusinessCalendar calendar) {
        moveTo(calendar.nextBusinessDay(clock.instant()));
    }

    /** To the same hour a week later; across a change to summer time that is still the same hour. */
    void nextWeek(ZoneId zone) {
        moveTo(clock.instant().atZone(zone).plusDays(DAYS_A_WEEK).toInstant());
    }

    /** To whatever happens next by itself; stays where it is when nothing waits. */
    void nextTimer() {
        clockwork.nextTimer().ifPresent(this::moveTo);
    }

    /** Runs what a request left for the background, such as sending an e-mail. */
    void runDueJobs() {
        clockwork.runDueJobs();
    }

    LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    boolean isSeeded() {
        return jdbc.sql("select seeded from demo_state").query(Boolean.class).single();
    }

    void seeded() {
        jdbc.sql("update demo_state set seeded = true").update();
    }

    private Optional<Instant> kept() {
        return jdbc.sql("select clock_at from demo_state")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    private void keep(Instant instant) {
        jdbc.sql("""
                        insert into demo_state (clock_at) values (:at)
                        on conflict (one) do update set clock_at = excluded.clock_at""").param("at", Timestamp.from(instant)).update();
    }
}
