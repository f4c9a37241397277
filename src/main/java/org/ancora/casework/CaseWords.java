package org.ancora.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Option;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;

/** Puts cases into words and colours, in the reader's language and the project's time. */
@Component
public class CaseWords {

    private final MessageSource messages;
    private final Dates dates;
    private final Projects projects;
    private final Clock clock;

    CaseWords(MessageSource messages, Dates dates, Projects projects, Clock clock) {
        this.messages = messages;
        this.dates = dates;
        this.projects = projects;
        this.clock = clock;
    }

    /** A status: a square of a colour and a word. */
    public record StatusMark(String tone, String text) {}

    /** A case as one line of a list. */
    public record Row(
            String code,
            String path,
            String client,
            String languages,
            List<Chip> flags,
            StatusMark status,
            @Nullable Chip waiting,
            @Nullable String assignee,
            String project,
            String opened) {}

    /** Puts a page of cases into words; one statement however many there are. */
    public List<Row> rows(List<CaseSummary> cases, Locale locale) {
        Set<ProjectId> ids = cases.stream().map(CaseSummary::project).collect(Collectors.toSet());
        Map<ProjectId, Project> found = projects.withIds(ids);
        List<Row> rows = new ArrayList<>();
        for (CaseSummary each : cases) {
            Project project = Objects.requireNonNull(found.get(each.project()));
            ZoneId zone = project.calendar().zone();
            rows.add(new Row(
                    each.code(),
                    each.path(),
                    client(each, locale),
                    languages(each.languages(), locale),
                    marks(each, locale),
                    status(each, locale),
                    waiting(each, zone, locale),
                    each.assigneeName(),
                    project.name(),
                    day(each.openedAt(), zone, locale)));
        }
        return rows;
    }

    /** The client's name, or that they give none, or that it is hidden from this reader. */
    public String client(CaseSummary summary, Locale locale) {
        if (summary.concealed()) {
            return text("case.hidden-name", locale);
        }
        return summary.client().isEmpty() ? text("case.anonymous", locale) : summary.client();
    }

    /** "English, Spanish". */
    public String languages(List<Locale> languages, Locale locale) {
        return languages.stream()
                .map(language -> language.getDisplayLanguage(locale))
                .collect(Collectors.joining(", "));
    }

    /** Where a case stands, in its colour. */
    public StatusMark status(CaseSummary summary, Locale locale) {
        ProjectStatus status = summary.projectStatus();
        return new StatusMark(status.tone().code(), status.name(locale));
    }

    /** The open flags, and before them that nobody looks after the case: its caseworker's access has ended (C-R11). */
    List<Chip> marks(CaseSummary summary, Locale locale) {
        List<Chip> marks = new ArrayList<>();
        if (summary.assigneeLeft()) {
            marks.add(Chip.of(Tone.LATE, "user-off", text("case.assignee-left", locale)));
        }
        marks.addAll(flags(summary.openFlags(), locale));
        return marks;
    }

    /** Flags with their colours. */
    public List<Chip> flags(List<Flag.Kind> kinds, Locale locale) {
        return kinds.stream().map(kind -> flag(kind, locale)).toList();
    }

    /** A flag with the colour and the name that its project gave it. */
    public Chip flag(Flag.Kind kind, Locale locale) {
        return Chip.of(kind.tone(), "flag", kind.label().in(locale));
    }

    /** "Waiting for capacity, 9 days", while a case does. */
    public @Nullable Chip waiting(CaseSummary summary, ZoneId zone, Locale locale) {
        Instant since = summary.waitingSince();
        if (since == null) {
            return null;
        }
        long days = today(zone).toEpochDay() - LocalDate.ofInstant(since, zone).toEpochDay();
        return Chip.of(Tone.SOON, "hourglass", text("case.waiting-days", locale, days));
    }

    /** "Mon 2 Nov", with the year where it is not this one. */
    public String day(Instant instant, ZoneId zone, Locale locale) {
        return dates.day(LocalDate.ofInstant(instant, zone), today(zone), locale);
    }

    /** As {@link #day(Instant, ZoneId, Locale)}. */
    public String day(LocalDate day, ZoneId zone, Locale locale) {
        return dates.day(day, today(zone), locale);
    }

    /** "Thu 1 Jan 2026". */
    public String dayAndYear(LocalDate day, Locale locale) {
        return dates.dayAndYear(day, locale);
    }

    /** "Mon 2 Nov, 9:10", with the year where it is not this one. */
    public String moment(Instant instant, ZoneId zone, Locale locale) {
        return dates.moment(instant, zone, today(zone), locale);
    }

    /** The date in a zone. */
    public LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** Choices of a form: codes with their words. */
    public List<Option> options(String keyPrefix, Stream<String> codes, Locale locale) {
        return codes.map(code -> new Option(code, text(keyPrefix + code, locale)))
                .toList();
    }

    /** Refuses what is longer than a field takes, with how long it may be. */
    public void limit(BindingResult errors, String field, @Nullable String typed, int longest) {
        if (typed != null && typed.length() > longest) {
            errors.rejectValue(field, "case.too-long", new Object[] {longest}, null);
        }
    }

    /** A message in a language. */
    public String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
