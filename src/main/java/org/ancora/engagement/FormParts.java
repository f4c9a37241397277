package org.ancora.engagement;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.access.UserId;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Cases;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Load;
import org.ancora.network.Projects;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What several task forms share: labelled options, hours in the project's zone, workers with their load. */
@Component
class FormParts {

    private final MessageSource messages;
    private final Projects projects;
    private final Caseloads caseloads;
    private final Cases cases;
    private final Dates dates;
    private final Clock clock;

    FormParts(MessageSource messages, Projects projects, Caseloads caseloads, Cases cases, Dates dates, Clock clock) {
        this.messages = messages;
        this.projects = projects;
        this.caseloads = caseloads;
        this.cases = cases;
        this.dates = dates;
        this.clock = clock;
    }

    /** Options labelled by {@code form.<form>.<field>.<value>} in the reader's language. */
    List<Choice> choices(TaskContext task, String field, Stream<String> values) {
        Locale locale = task.viewer().locale();
        return values.map(value -> new Choice(
                        value, messages.getMessage("form." + task.form() + "." + field + "." + value, null, locale)))
                .toList();
    }

    /** An option that is shown but cannot be chosen, with the reason in words. */
    Choice unlawful(TaskContext task, String field, LawfulWays.Verdict verdict) {
        Locale locale = task.viewer().locale();
        LocalDate since = verdict.since();
        String day = since == null ? "" : dates.day(since, day(task, clock.instant()), locale);
        return choices(task, field, Stream.of(verdict.way().code()))
                .get(0)
                .disabled(messages.getMessage("why." + verdict.why().code(), new Object[] {day}, locale)
                        .strip());
    }

    /** Every caseworker of the project with load and limit, those with most room first. */
    List<Choice> workers(TaskContext task) {
        Locale locale = task.viewer().locale();
        return caseloads.of(task.projectId()).stream()
                .map(load -> new Choice(load.user().toString(), label(load, locale)))
                .toList();
    }

    /**
     * The chosen caseworker.
     *
     * @throws AnswersRejected when this person is no caseworker of the project any more
     */
    UserId worker(TaskContext task, Answers answers) {
        UserId chosen = new UserId(Long.parseLong(answers.text("worker")));
        if (caseloads.of(task.projectId()).stream()
                .noneMatch(load -> load.user().equals(chosen))) {
            throw AnswersRejected.because("worker", "engagement.handler.not-a-caseworker");
        }
        return chosen;
    }

    /** Now, as a date-time field of the project takes it. */
    String now(TaskContext task) {
        return LocalDateTime.ofInstant(clock.instant(), zone(task))
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /**
     * When something was done: not in the future, and not before the day on which the case was opened.
     *
     * @throws AnswersRejected for an hour that cannot be
     */
    Instant when(TaskContext task, Answers answers) {
        Instant when = answers.instant("when", zone(task));
        if (when.isAfter(clock.instant())) {
            throw AnswersRejected.because("when", "engagement.handler.in-the-future");
        }
        if (day(task, when).isBefore(day(task, cases.byCode(task.caseCode()).openedAt()))) {
            throw AnswersRejected.because("when", "engagement.handler.before-the-case");
        }
        return when;
    }

    /**
     * An hour promised to somebody.
     *
     * @throws AnswersRejected for an hour that has passed
     */
    Instant ahead(TaskContext task, Answers answers, String field) {
        Instant hour = answers.instant(field, zone(task));
        if (!hour.isAfter(clock.instant())) {
            throw AnswersRejected.because(field, "engagement.handler.in-the-past");
        }
        return hour;
    }

    /**
     * The opening of the office on a chosen day, or on the next business day.
     *
     * @throws AnswersRejected for today or a day that has passed
     */
    Instant opening(TaskContext task, Answers answers, String field) {
        BusinessCalendar calendar = projects.calendar(task.projectId());
        LocalDate day = answers.date(field);
        if (!day.isAfter(LocalDate.ofInstant(clock.instant(), calendar.zone()))) {
            throw AnswersRejected.because(field, "engagement.handler.not-ahead");
        }
        return calendar.startOf(calendar.plus(day, 0));
    }

    Instant present() {
        return clock.instant();
    }

    private LocalDate day(TaskContext task, Instant instant) {
        return LocalDate.ofInstant(instant, zone(task));
    }

    ZoneId zone(TaskContext task) {
        return projects.calendar(task.projectId()).zone();
    }

    /** Text for a form's markdown, so that nobody's name turns into formatting or a link. */
    static String plain(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]()#+!|<>~-])", "\\\\$1").replace("\n", "  \n");
    }

    private String label(Load load, Locale locale) {
        return messages.getMessage(
                "engagement.handler.worker", new Object[] {load.name(), load.active(), load.limit()}, locale);
    }
}
