package org.ancora.process.steering;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Turns what somebody wants of many procedures into what they want of one: which of its timers, waits or values is meant, and
 * what that is to become. In a batch, {@code becomes} is for a date {@code now}, {@code at 2026-12-11T15:00} on the clock of each
 * project, or {@code days 5} for so many business days after its own date; for a move the element; for a
 * value what was typed.
 */
@Component
class BatchOrders {

    static final String NOW = "now";
    static final String AT = "at ";
    static final String DAYS = "days ";

    /** No list is moved by more than a year of business days. */
    static final int MOST_DAYS = 250;

    private final RunRows rows;
    private final BatchJudge judge;
    private final ObjectProvider<ProjectFacts> projects;
    private final Clock clock;

    BatchOrders(RunRows rows, BatchJudge judge, ObjectProvider<ProjectFacts> projects, Clock clock) {
        this.rows = rows;
        this.judge = judge;
        this.projects = projects;
        this.clock = clock;
    }

    /** A part of each procedure: of this process, at this element, or the value of this name. */
    record Part(String process, String element) {

        static Part of(String what) {
            int slash = what.indexOf('/');
            return slash < 0 ? new Part("", what) : new Part(what.substring(0, slash), what.substring(slash + 1));
        }

        String text() {
            return process + "/" + element;
        }
    }

    /**
     * What is wanted of this one.
     *
     * @throws Problem when it has no such part, or more than one; its key ends in the code of why
     */
    Order of(Batch batch, Run run) {
        Part part = Part.of(batch.what());
        if (!batch.deed().fits(run)) {
            // Whoever acts says why: it is over, or suspended.
            return order(batch, "", "");
        }
        return switch (batch.deed()) {
            case RESCHEDULE -> {
                RunRows.Job timer = only(
                        rows.jobs(run.id()).stream()
                                .filter(job -> job.timer() && job.due() != null && job.retries() > 0)
                                .filter(job -> isPart(part, job.process(), job.element())),
                        "no-timer");
                yield order(batch, timer.id(), date(batch, run, Objects.requireNonNull(timer.due())));
            }
            case MOVE -> wait(batch, run, part);
            case CORRECT ->
                order(
                        batch,
                        only(
                                                rows.values(run.id()).stream()
                                                        .filter(value -> isPart(part, value.process(), value.name())),
                                                "no-value")
                                        .instance()
                                + "/" + part.element(),
                        batch.becomes());
            case MIGRATE -> {
                if (!run.folder().equals(part.process())) {
                    throw refused("other-procedure");
                }
                yield order(batch, part.element(), "");
            }
            case RESTART -> {
                if (run.caseCode() == null || judge.isOwnWork(run.definition())) {
                    throw refused("own-work");
                }
                yield order(batch, "", "");
            }
            default -> order(batch, "", "");
        };
    }

    private Order wait(Batch batch, Run run, Part part) {
        String token = only(
                Stream.concat(
                        rows.visits(run.id()).stream()
                                .filter(visit -> visit.left() == null && !visit.isFrame())
                                .filter(visit -> isPart(part, visit.process(), visit.element()))
                                .map(visit -> visit.instance() + "/" + visit.id()),
                        rows.jobs(run.id()).stream()
                                .filter(job -> !job.timer() && isPart(part, job.process(), job.element()))
                                .map(job -> job.instance() + "/" + job.execution())),
                "not-there");
        return order(batch, token, token.substring(0, token.indexOf('/') + 1) + batch.becomes());
    }

    private static boolean isPart(Part part, String process, String element) {
        return part.process().equals(process) && part.element().equals(element);
    }

    private static <T> T only(Stream<T> some, String none) {
        List<T> found = some.limit(2).toList();
        if (found.size() != 1) {
            throw refused(found.isEmpty() ? none : "several");
        }
        return found.get(0);
    }

    private static Order order(Batch batch, String what, String to) {
        return new Order(batch.deed(), what, to, Map.of(), batch.reason());
    }

    private String date(Batch batch, Run run, Instant due) {
        if (batch.becomes().equals(NOW)) {
            return NOW;
        }
        ProjectFacts.Facts place =
                projects.getObject().describe(Set.of(run.project())).get(run.project());
        BusinessCalendar calendar = place == null ? null : place.calendar();
        return LocalDateTime.ofInstant(
                        instant(batch.becomes(), due, clock.instant(), calendar),
                        calendar == null ? ZoneOffset.UTC : calendar.zone())
                .toString();
    }

    /**
     * To when a date moves.
     *
     * @param becomes as in a batch
     * @param due the date that moves
     * @param calendar of the project; null for one without any, which has UTC and no business days
     * @throws Problem when that cannot be read
     */
    static Instant instant(String becomes, Instant due, Instant now, @Nullable BusinessCalendar calendar) {
        if (becomes.equals(NOW)) {
            return now;
        }
        try {
            if (becomes.startsWith(AT)) {
                return LocalDateTime.parse(becomes.substring(AT.length()))
                        .atZone(calendar == null ? ZoneOffset.UTC : calendar.zone())
                        .toInstant();
            }
            if (becomes.startsWith(DAYS) && calendar != null) {
                ZonedDateTime local = due.atZone(calendar.zone());
                return local.with(
                                calendar.plus(local.toLocalDate(), Integer.parseInt(becomes.substring(DAYS.length()))))
                        .toInstant();
            }
        } catch (DateTimeException | NumberFormatException unreadable) {
            Problem problem = new Problem(HttpStatus.BAD_REQUEST, "steering.choose.date");
            problem.initCause(unreadable);
            throw problem;
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.date");
    }

    /** @param why code of the messages {@code steering.batch.why} */
    private static Problem refused(String why) {
        return new Problem(HttpStatus.CONFLICT, "steering.batch.why." + why);
    }
}
