package org.ancora.engagement;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.Procedures;
import org.ancora.process.ProcessVariable;
import org.ancora.process.steering.Outline;
import org.ancora.process.steering.Outlines;
import org.ancora.process.task.Drawings;
import org.ancora.process.task.OutlookWords;
import org.ancora.process.task.TaskLinks;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.web.TimelineEntry;
import org.ancora.web.WindowBar;
import org.ancora.web.WindowBars;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The procedure on the case page: so far and next, the present window, the open tasks, the diagram, and what is over. */
@Controller
class ProcedureViews {

    /** What belongs to the past of "so far and next". */
    private static final Set<String> PAST = Set.of("done", "failed", "present");

    private final Glances glances;
    private final Cases cases;
    private final Projects projects;
    private final Episodes episodes;
    private final Drawings drawings;
    private final Outlines outlines;
    private final TaskLinks tasks;
    private final Deadlines deadlines;
    private final OutlookWords outlook;
    private final AttemptWords attemptWords;
    private final DeadlineWords deadlineWords;
    private final WindowBars bars;
    private final LastDays lastDays;
    private final Dates dates;
    private final MessageSource messages;
    private final Clock clock;

    ProcedureViews(
            Glances glances,
            Cases cases,
            Projects projects,
            Episodes episodes,
            Drawings drawings,
            Outlines outlines,
            TaskLinks tasks,
            Deadlines deadlines,
            OutlookWords outlook,
            AttemptWords attemptWords,
            DeadlineWords deadlineWords,
            WindowBars bars,
            LastDays lastDays,
            Dates dates,
            MessageSource messages,
            Clock clock) {
        this.glances = glances;
        this.cases = cases;
        this.projects = projects;
        this.episodes = episodes;
        this.drawings = drawings;
        this.outlines = outlines;
        this.tasks = tasks;
        this.deadlines = deadlines;
        this.outlook = outlook;
        this.attemptWords = attemptWords;
        this.deadlineWords = deadlineWords;
        this.bars = bars;
        this.lastDays = lastDays;
        this.dates = dates;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * The running procedure.
     *
     * @param done so far, with the present step
     * @param next what follows
     * @param all both, as the list beside the diagram
     * @param lastDay until when an existing client is sought, or null
     * @param bar the present window, or null when nothing is due
     * @param passed elements of the diagram that were passed
     * @param present elements of the diagram where it stands
     * @param diagram address of the drawing
     * @param outline the same in words
     * @param watch where it is followed step by step, for whoever may; else null
     */
    record Now(
            String title,
            List<TimelineEntry> done,
            List<TimelineEntry> next,
            List<TimelineEntry> all,
            @Nullable WindowBar bar,
            @Nullable Explanation explanation,
            LastDays.@Nullable LastDay lastDay,
            List<TaskLine> tasks,
            List<String> passed,
            List<String> present,
            String diagram,
            Outline outline,
            @Nullable String watch) {}

    /** An open task; the path is null when it is not for this viewer. */
    record TaskLine(String title, @Nullable String path, String standing) {}

    /** An episode that is over: "Ended Mon 7 Dec: closed, no contact". */
    record Ended(String title, String words) {}

    /** A deadline as it was once set, with the answer to "why this date?". */
    record DeadlineLine(String label, String window, String recorded, Explanation explanation) {}

    /** For the card; {@code now} is missing when nothing runs. */
    Map<String, Object> procedure(CaseSummary file, Viewer viewer) {
        BusinessCalendar calendar = projects.calendar(file.project());
        List<Episode> all = episodes.of(file.code());
        Map<String, Object> model = new HashMap<>();
        model.put(
                "ended",
                all.stream()
                        .filter(episode -> !episode.isRunning())
                        .map(episode -> ended(episode, calendar, viewer.locale()))
                        .toList());
        all.stream()
                .filter(Episode::isRunning)
                .findFirst()
                .flatMap(episode -> now(file, episode.track(), calendar, viewer))
                .ifPresent(now -> model.put("now", now));
        model.put("left", model.containsKey("now") ? List.of() : left(file, calendar, viewer));
        return model;
    }

    /** What is still to be done where nobody is sought: what was found is written up, say (A22). */
    private List<TaskLine> left(CaseSummary file, BusinessCalendar calendar, Viewer viewer) {
        return tasks.of(file.code(), viewer).stream()
                .map(task -> line(task, calendar, viewer.locale()))
                .toList();
    }

    /** Every attempt, the newest first. */
    List<AttemptWords.Line> attempts(CaseSummary file, Viewer viewer) {
        var zone = projects.calendar(file.project()).zone();
        return glances.find(file.code(), viewer).map(Glance::attempts).orElse(List.of()).stream()
                .map(attempt -> attemptWords.line(attempt, zone, viewer.locale()))
                .toList();
    }

    /** Every date that a procedure of the case was ever given, the newest first. */
    List<DeadlineLine> deadlines(CaseSummary file, Viewer viewer) {
        BusinessCalendar calendar = projects.calendar(file.project());
        Locale language = viewer.locale();
        List<Deadlines.Recorded> recorded = deadlines.of(file.code());
        return IntStream.range(0, recorded.size())
                .mapToObj(index -> recorded.get(recorded.size() - 1 - index))
                .map(each -> set(each, calendar, language))
                .toList();
    }

    /** The diagram of the running procedure, or of the last one, in the reader's language. */
    @GetMapping("/cases/{code}/procedure.xml")
    ResponseEntity<String> diagram(Viewer viewer, @PathVariable String code) {
        CaseSummary file = cases.byCode(code, viewer);
        Procedures.Progress progress = episodes.of(code).stream()
                .findFirst()
                .flatMap(episode -> glances.progress(file.code(), episode.track()))
                .orElseThrow(() -> new Hidden("procedure", code));
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(drawings.of(progress.definition(), progress.key(), viewer.locale()));
    }

    private Optional<Now> now(CaseSummary file, Track track, BusinessCalendar calendar, Viewer viewer) {
        return glances.progress(file.code(), track)
                .filter(Procedures.Progress::running)
                .map(progress -> now(file, track, progress, calendar, viewer));
    }

    private Now now(
            CaseSummary file, Track track, Procedures.Progress progress, BusinessCalendar calendar, Viewer viewer) {
        Locale language = viewer.locale();
        List<TimelineEntry> entries = outlook.entries(track.processKey(), file.code(), null, viewer, calendar.zone());
        List<TaskLinks.TaskLink> open = tasks.of(file.code(), viewer);
        Optional<Window> window = window(open, progress);
        return new Now(
                title(track, language),
                entries.stream().filter(entry -> PAST.contains(entry.state())).toList(),
                entries.stream().filter(entry -> !PAST.contains(entry.state())).toList(),
                entries,
                window.map(each -> bars.of(each.opens(), each.due(), calendar, language))
                        .orElse(null),
                window.flatMap(each -> each.why() == null
                                ? deadlines.explain(file.code(), each.due()).map(Deadlines.Recorded::deadline)
                                : Optional.of(each.why()))
                        .map(deadline -> deadlineWords.explain(deadline, language))
                        .orElse(null),
                Stage.of(progress.present())
                        .filter(stage -> track == Track.EXISTING && stage.isBeforeLastDay())
                        .flatMap(stage -> lastDays.find(file.code(), file.project(), progress.variables(), language))
                        .orElse(null),
                open.stream().map(task -> line(task, calendar, language)).toList(),
                progress.done(),
                progress.present(),
                file.path() + "/procedure.xml",
                outlines.of(progress.definition(), language, progress.done(), progress.present()),
                viewer.may(Permission.WATCH_PROCEDURES, file.project())
                        ? "/monitor/instances/" + progress.instance()
                        : null);
    }

    private record Window(
            Instant opens, Instant due, @Nullable Deadline why) {}

    /** What is to be done first; while the procedure waits for a day, the step that opens then. */
    private static Optional<Window> window(List<TaskLinks.TaskLink> open, Procedures.Progress progress) {
        return open.stream()
                .filter(task -> task.due() != null && task.procedure().equals(progress.key()))
                .findFirst()
                .map(task -> new Window(task.opens(), Objects.requireNonNull(task.due()), task.why()))
                .or(() -> Stage.of(progress.present()).flatMap(stage -> waiting(stage, progress)));
    }

    /** While a supervisor's date lies ahead, the window of the step before says nothing any more. */
    private static Optional<Window> waiting(Stage stage, Procedures.Progress progress) {
        if (stage.isWithSupervisor()) {
            return Optional.empty();
        }
        return stage == Stage.LAST_DAYS
                ? window(progress, EngagementProcess.CAP_OPENS, EngagementProcess.CAP_DUE)
                : window(progress, EngagementProcess.OPENS, EngagementProcess.DUE);
    }

    private static Optional<Window> window(
            Procedures.Progress progress, ProcessVariable<Instant> opens, ProcessVariable<Instant> due) {
        return progress.find(opens).flatMap(from -> progress.find(due).map(until -> new Window(from, until, null)));
    }

    private TaskLine line(TaskLinks.TaskLink task, BusinessCalendar calendar, Locale language) {
        Instant due = task.due();
        return new TaskLine(
                task.title(),
                task.path(),
                due == null
                        ? ""
                        : bars.chip(task.opens(), due, calendar, language).text());
    }

    private Ended ended(Episode episode, BusinessCalendar calendar, Locale language) {
        LocalDate day = LocalDate.ofInstant(Objects.requireNonNull(episode.endedAt()), calendar.zone());
        String outcome = messages.getMessage(
                new DefaultMessageSourceResolvable(
                        new String[] {"engagement.ending." + episode.outcome(), "engagement.ending.other"}),
                language);
        return new Ended(
                title(episode.track(), language),
                messages.getMessage(
                        "engagement.procedure.ended",
                        new Object[] {dates.dayAndYear(day, language), outcome},
                        language));
    }

    private DeadlineLine set(Deadlines.Recorded recorded, BusinessCalendar calendar, Locale language) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), calendar.zone());
        String opens = dates.day(recorded.deadline().opensDay(), today, language);
        String due = dates.day(recorded.deadline().dueDay(), today, language);
        return new DeadlineLine(
                messages.getMessage(
                        new DefaultMessageSourceResolvable(
                                new String[] {"engagement.deadline." + recorded.label(), "engagement.deadline.other"}),
                        language),
                opens.equals(due) ? due : opens + " – " + due,
                dates.moment(recorded.recordedAt(), calendar.zone(), today, language),
                deadlineWords.explain(recorded.deadline(), language));
    }

    private String title(Track track, Locale language) {
        return messages.getMessage("engagement.track." + track.code(), null, language);
    }
}
