package org.ancora.process.steering;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Viewer;
import org.ancora.process.MovingDates;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The dates for which a procedure waits, and other dates for them. */
@Component
class TimerDates {

    /** No date of a procedure is set further ahead. */
    private static final Duration FURTHEST = Duration.ofDays(5 * 366L);

    private final RunRows rows;
    private final RunWords words;
    private final MovingDates dates;
    private final Clock clock;

    TimerDates(RunRows rows, RunWords words, MovingDates dates, Clock clock) {
        this.rows = rows;
        this.words = words;
        this.dates = dates;
        this.clock = clock;
    }

    /** The timers that wait, with their dates. */
    List<Choice> choices(Run run, Locale language) {
        ZoneId zone = words.zone(run);
        return timers(run).stream()
                .map(job -> new Choice(
                        job.id(),
                        words.say(
                                "steering.choice.timer",
                                language,
                                words.timer(job, language),
                                words.moment(Objects.requireNonNull(job.due()), zone, language))))
                .toList();
    }

    private List<RunRows.Job> timers(Run run) {
        return rows.jobs(run.id()).stream()
                .filter(job -> job.timer() && job.due() != null && job.retries() > 0)
                .toList();
    }

    Prepared reschedule(Run run, Order order, Viewer viewer) {
        RunRows.Job job = timers(run).stream()
                .filter(each -> each.id().equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "steering.choose.timer"));
        Locale language = viewer.locale();
        ZoneId zone = words.zone(run);
        boolean atOnce = order.to().equals("now");
        Instant to = atOnce ? clock.instant() : ahead(order.to(), zone);
        Instant old = Objects.requireNonNull(job.due());
        String title = words.timer(job, language);
        String before = words.moment(old, zone, language);
        return new Prepared(
                List.of(
                        atOnce
                                ? words.say("steering.will.fire", language, title, before)
                                : words.say(
                                        "steering.will.reschedule",
                                        language,
                                        title,
                                        before,
                                        words.moment(to, zone, language)),
                        words.say("steering.will.move-dates", language)),
                Map.of("element", job.element(), "was", old.toString(), "becomes", to.toString()),
                () -> {
                    dates.steer(
                            run.caseCode(),
                            job.id(),
                            to,
                            viewer.name(),
                            order.reason().strip());
                    return run.id();
                });
    }

    /** What somebody typed, when it is a moment to come and not too far ahead. */
    private Instant ahead(String typed, ZoneId zone) {
        Instant now = clock.instant();
        Instant to = instant(typed, zone);
        if (!to.isAfter(now)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.past");
        }
        if (to.isAfter(now.plus(FURTHEST))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.far");
        }
        return to;
    }

    private static Instant instant(String typed, ZoneId zone) {
        try {
            return LocalDateTime.parse(typed).atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.date").causedBy(unreadable);
        }
    }
}
