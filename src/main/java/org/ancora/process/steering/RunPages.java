package org.ancora.process.steering;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.process.Deadlines;
import org.ancora.process.Procedures;
import org.ancora.process.ProcessVariable;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.web.TimelineEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts one procedure into words and shapes for its page. */
@Component
class RunPages {

    /** As many lines of the journal are shown at first. */
    private static final int JOURNAL = 60;

    /** As many called procedures are drawn, the latest first. */
    private static final int PARTS = 12;

    private final RunRows rows;
    private final IncidentRows incidents;
    private final IncidentWords incidentWords;
    private final Outlines outlines;
    private final RoutingValues values;
    private final RunWords words;
    private final RunJournal journal;
    private final Deadlines deadlines;
    private final DeadlineWords deadlineWords;
    private final Dates dates;
    private final Users users;
    private final ObjectProvider<ProjectFacts> projects;
    private final JsonMapper json;

    RunPages(
            RunRows rows,
            IncidentRows incidents,
            IncidentWords incidentWords,
            Outlines outlines,
            RoutingValues values,
            RunWords words,
            RunJournal journal,
            Deadlines deadlines,
            DeadlineWords deadlineWords,
            Dates dates,
            Users users,
            ObjectProvider<ProjectFacts> projects,
            JsonMapper json) {
        this.rows = rows;
        this.incidents = incidents;
        this.incidentWords = incidentWords;
        this.outlines = outlines;
        this.values = values;
        this.words = words;
        this.journal = journal;
        this.deadlines = deadlines;
        this.deadlineWords = deadlineWords;
        this.dates = dates;
        this.users = users;
        this.projects = projects;
        this.json = json;
    }

    /** Something that may be done to it now. */
    record DeedLink(String code, String path) {}

    /** Where it waits, and until when. */
    record Wait(
            String title,
            String words,
            @Nullable String path,
            @Nullable Explanation explanation) {}

    /**
     * The procedure itself, or one that it called.
     *
     * @param dates when its steps were left last, as JSON by element, for the drawing
     */
    record Part(
            String instance,
            String title,
            String began,
            List<String> done,
            List<String> present,
            List<String> failed,
            String dates,
            List<TimelineEntry> entries,
            Outline outline) {}

    /** What could not be done. */
    record Failure(String what, String why, String todo, String since) {}

    record ValueLine(String name, String value) {}

    /** The values of the procedure itself, or of one that it called. */
    record Values(String procedure, List<ValueLine> lines) {}

    /** All of it. */
    record View(
            Run run,
            String title,
            String project,
            String began,
            @Nullable String ended,
            List<DeedLink> deeds,
            List<Wait> waits,
            List<Failure> failures,
            Part whole,
            List<Part> called,
            List<RunJournal.Line> journal,
            boolean longer,
            List<Values> values) {}

    View view(Run run, boolean all, Viewer viewer) {
        Locale language = viewer.locale();
        ProjectFacts.Facts project =
                projects.getObject().describe(Set.of(run.project())).get(run.project());
        if (project == null) {
            throw new IllegalStateException("No project " + run.project());
        }
        ZoneId zone = project.calendar().zone();
        Instant ended = run.ended();
        List<RunRows.Visit> visits = rows.visits(run.id());
        List<RunRows.Job> jobs = run.running() ? rows.jobs(run.id()) : List.of();
        List<IncidentRows.Incident> failed = run.running() ? incidents.of(run.id()) : List.of();
        List<RunJournal.Line> lines = journal.of(run, visits, zone, language);
        Map<String, List<RunRows.Visit>> parts = visits.stream()
                .collect(Collectors.groupingBy(RunRows.Visit::instance, LinkedHashMap::new, Collectors.toList()));
        List<String> called =
                parts.keySet().stream().filter(part -> !part.equals(run.id())).toList();
        return new View(
                run,
                outlines.procedure(run.process(), language),
                project.name(),
                dates.momentAndYear(run.started(), zone, language),
                ended == null ? null : dates.momentAndYear(ended, zone, language),
                deeds(run, jobs, viewer),
                waits(run, jobs, zone, viewer),
                failed.stream().map(each -> failure(each, zone, language)).toList(),
                whole(run, parts.getOrDefault(run.id(), List.of()), failed, zone, language),
                Stream.iterate(called.size() - 1, index -> index >= 0, index -> index - 1)
                        .limit(PARTS)
                        .map(called::get)
                        .map(part -> part(part, parts.getOrDefault(part, List.of()), failed, zone, language))
                        .toList(),
                all || lines.size() <= JOURNAL ? lines : lines.subList(0, JOURNAL),
                !all && lines.size() > JOURNAL,
                values(run, zone, language));
    }

    String title(Run run, Locale language) {
        return outlines.procedure(run.process(), language);
    }

    private static List<DeedLink> deeds(Run run, List<RunRows.Job> jobs, Viewer viewer) {
        if (!Steering.maySteer(run, viewer)) {
            return List.of();
        }
        return Stream.of(Deed.values())
                .filter(deed -> deed.fits(run))
                .filter(deed -> deed != Deed.RETRY || jobs.stream().anyMatch(job -> job.retries() <= 0))
                .filter(deed -> deed != Deed.RESCHEDULE || jobs.stream().anyMatch(RunRows.Job::timer))
                .map(deed -> new DeedLink(deed.code(), "/monitor/instances/" + run.id() + "/" + deed.code()))
                .toList();
    }

    private Part whole(
            Run run, List<RunRows.Visit> visits, List<IncidentRows.Incident> failed, ZoneId zone, Locale language) {
        return part(run.id(), run.process(), run.definition(), visits, failed, zone, language);
    }

    private Part part(
            String instance,
            List<RunRows.Visit> visits,
            List<IncidentRows.Incident> failed,
            ZoneId zone,
            Locale language) {
        RunRows.Visit first = visits.get(0);
        return part(instance, first.process(), first.definition(), visits, failed, zone, language);
    }

    private Part part(
            String instance,
            String process,
            String definition,
            List<RunRows.Visit> visits,
            List<IncidentRows.Incident> failed,
            ZoneId zone,
            Locale language) {
        List<Procedures.Visit> plain = visits.stream().map(RunRows.Visit::plain).toList();
        Procedures.Trail trail = new Procedures.Trail(plain);
        Map<String, String> when = new LinkedHashMap<>();
        visits.stream().filter(RunRows.Visit::isTelling).forEach(visit -> {
            Instant at = Objects.requireNonNullElse(visit.left(), visit.entered());
            when.put(visit.element(), dates.day(LocalDate.ofInstant(at, zone), language));
        });
        return new Part(
                instance,
                outlines.procedure(process, language),
                visits.isEmpty() ? "" : dates.moment(visits.get(0).entered(), zone, language),
                trail.done(),
                trail.present(),
                failed.stream()
                        .filter(each -> each.instance().equals(instance))
                        .map(IncidentRows.Incident::element)
                        .distinct()
                        .toList(),
                json.writeValueAsString(when),
                visits.stream()
                        .filter(RunRows.Visit::isTelling)
                        .map(visit -> entry(visit, zone, language))
                        .toList(),
                outlines.of(definition, language, plain, zone));
    }

    private TimelineEntry entry(RunRows.Visit visit, ZoneId zone, Locale language) {
        String title = outlines.title(visit.definition(), visit.element(), language);
        Instant left = visit.left();
        if (left == null) {
            return TimelineEntry.present(dates.moment(visit.entered(), zone, language), title);
        }
        String when = dates.moment(left, zone, language);
        return visit.cancelled() ? TimelineEntry.failed(when, title) : TimelineEntry.done(when, title);
    }

    // -- where it waits

    private List<Wait> waits(Run run, List<RunRows.Job> jobs, ZoneId zone, Viewer viewer) {
        if (!run.running()) {
            return List.of();
        }
        Locale language = viewer.locale();
        Map<Instant, Deadline> reasons = reasons(run);
        List<Wait> waits = new ArrayList<>();
        for (RunRows.Task task : rows.tasks(run.id())) {
            String who = task.assignee();
            Instant due = task.due();
            waits.add(new Wait(
                    outlines.title(task.definition(), task.element(), language),
                    said(
                            who == null
                                    ? words.say("steering.wait.nobody", language)
                                    : words.say("steering.wait.person", language, who),
                            due == null
                                    ? ""
                                    : words.say("steering.wait.due", language, dates.moment(due, zone, language))),
                    "/tasks/" + task.id(),
                    explain(due, reasons, language)));
        }
        for (RunRows.Job job : jobs) {
            Instant due = job.due();
            if (job.retries() > 0 && due != null && !job.ofTask()) {
                waits.add(new Wait(
                        outlines.title(job.definition(), job.element(), language),
                        words.say(
                                job.timer() ? "steering.wait.timer" : "steering.wait.step",
                                language,
                                dates.moment(due, zone, language)),
                        null,
                        explain(due, reasons, language)));
            }
        }
        rows.awaited(run.id())
                .forEach(each -> waits.add(new Wait(
                        outlines.title(each.definition(), each.element(), language),
                        words.say("steering.wait.message", language),
                        null,
                        null)));
        return waits;
    }

    private static String said(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    private @Nullable Explanation explain(@Nullable Instant date, Map<Instant, Deadline> reasons, Locale language) {
        Deadline why = date == null ? null : reasons.get(date);
        return why == null ? null : deadlineWords.explain(why, language);
    }

    /** Why the case's dates are what they are, by the dates; the one recorded last wins. */
    private Map<Instant, Deadline> reasons(Run run) {
        Map<Instant, Deadline> reasons = new HashMap<>();
        String code = run.caseCode();
        if (code != null) {
            List<Deadlines.Recorded> recorded = deadlines.of(code);
            recorded.forEach(each -> reasons.put(millis(each.deadline().opens()), each.deadline()));
            recorded.forEach(each -> reasons.put(millis(each.deadline().due()), each.deadline()));
        }
        return reasons;
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    private Failure failure(IncidentRows.Incident each, ZoneId zone, Locale language) {
        return new Failure(
                incidentWords.what(each.definition(), each.element(), language),
                incidentWords.why(each.kind(), language),
                incidentWords.todo(each.kind(), language),
                dates.moment(each.since(), zone, language));
    }

    // -- values

    /** By procedure, in the order in which they were begun; numbers of our own rows choose no way and say nothing to people. */
    private List<Values> values(Run run, ZoneId zone, Locale language) {
        if (!run.running()) {
            return List.of();
        }
        Map<String, ProcessVariable<?>> declared = values.declared(run.folder());
        List<RunRows.Value> known = rows.values(run.id()).stream()
                .filter(value -> isTelling(declared.get(value.name())))
                .toList();
        Map<UserId, String> names = users.names(known.stream()
                .filter(value -> isPerson(declared, value))
                .map(value -> UserId.of(String.valueOf(value.value())))
                .collect(Collectors.toSet()));
        Map<String, List<RunRows.Value>> byInstance = new LinkedHashMap<>();
        known.forEach(value -> byInstance
                .computeIfAbsent(value.instance(), any -> new ArrayList<>())
                .add(value));
        return byInstance.values().stream()
                .map(all -> new Values(
                        outlines.procedure(all.get(0).process(), language),
                        all.stream()
                                .map(value -> new ValueLine(
                                        outlines.variable(value.name(), language),
                                        isPerson(declared, value)
                                                ? names.getOrDefault(UserId.of(String.valueOf(value.value())), "?")
                                                : words.value(value, zone, language)))
                                .toList()))
                .toList();
    }

    private static boolean isTelling(@Nullable ProcessVariable<?> variable) {
        return variable != null && variable.kind() != ProcessVariable.Kind.ID;
    }

    private static boolean isPerson(Map<String, ProcessVariable<?>> declared, RunRows.Value value) {
        ProcessVariable<?> variable = declared.get(value.name());
        return variable != null
                && variable.kind() == ProcessVariable.Kind.USER
                && String.valueOf(value.value()).matches("[0-9]{1,18}");
    }
}
