package org.ancora.process.monitor;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.process.monitor.Sheet.Cell;
import org.ancora.process.task.ProjectFacts;
import org.ancora.process.task.StepNames;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts lists of open tasks into words. */
@Component
class OpenTasksPage {

    private static final List<Integer> AGES = List.of(0, 1, 2, 4, 8);

    private final OpenTasks tasks;
    private final Definitions definitions;
    private final StepNames names;
    private final MonitorWords words;

    OpenTasksPage(OpenTasks tasks, Definitions definitions, StepNames names, MonitorWords words) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.names = names;
        this.words = words;
    }

    /** One task in words; {@code path} leads to its procedure. */
    record Row(
            String caseCode,
            String path,
            String project,
            String task,
            String flow,
            String worker,
            String since,
            String due,
            boolean late) {}

    /** Everything on the page. */
    record Content(
            List<Row> rows,
            String counted,
            List<Option> workers,
            String worker,
            List<Option> dues,
            String due,
            List<Option> ages,
            String age,
            @Nullable String next,
            boolean first) {}

    Content of(
            Watched watched,
            OpenTasks.Wanted wanted,
            Optional<OpenTasks.After> after,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        OpenTasks.Page page = tasks.page(watched, wanted, after, OpenTasks.PAGE);
        List<OpenTasks.Task> found = page.tasks();
        OpenTasks.After last = page.next();
        int count = tasks.count(watched, wanted);
        Map<String, String> then = new LinkedHashMap<>(wanted.parameters());
        if (last != null) {
            then.put("after", last.text());
        }
        return new Content(
                found.stream().map(task -> row(task, watched, facts, language)).toList(),
                count > OpenTasks.COUNTED_UP_TO
                        ? words.text("monitor.tasks.counted.more", language, OpenTasks.COUNTED_UP_TO)
                        : words.text("monitor.tasks.counted", language, count),
                workers(found, wanted, language),
                wanted.worker(),
                dues(watched, wanted, language),
                wanted.due(),
                AGES.stream()
                        .map(age -> new Option(age.toString(), words.text("monitor.age." + age, language)))
                        .toList(),
                Objects.toString(wanted.age(), ""),
                last == null ? null : watched.asked().path("/monitor/tasks", then),
                after.isEmpty());
    }

    /** Whoever is asked for has a name only where the viewer sees their tasks: an id in an address must not tell whose it is. */
    private List<Option> workers(List<OpenTasks.Task> found, OpenTasks.Wanted wanted, Locale language) {
        List<Option> workers = new ArrayList<>();
        workers.add(new Option(OpenTasks.NOBODY, words.text("monitor.nobody", language)));
        String worker = wanted.worker();
        if (!worker.isEmpty() && !worker.equals(OpenTasks.NOBODY)) {
            workers.add(new Option(
                    worker,
                    found.stream()
                            .flatMap(task -> Stream.ofNullable(task.worker()))
                            .findFirst()
                            .orElse("–")));
        }
        return workers;
    }

    private List<Option> dues(Watched watched, OpenTasks.Wanted wanted, Locale language) {
        List<Option> dues = new ArrayList<>();
        Stream.of("late", "week")
                .forEach(due -> dues.add(new Option(due, words.text("monitor.tasks.due." + due, language))));
        if (wanted.due().matches("[0-9-]+")) {
            dues.add(new Option(wanted.due(), words.day(LocalDate.parse(wanted.due()), watched.today(), language)));
        }
        return dues;
    }

    private Row row(OpenTasks.Task task, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        ProjectFacts.Facts project = facts.get(task.project());
        ZoneId zone = MonitorWords.zone(project);
        Instant due = task.due();
        return new Row(
                words.subject(task.caseCode(), language),
                "/monitor/instances/" + task.run(),
                project == null ? "" : project.name(),
                names.element(task.definition(), definitions.key(task.definition()), task.element(), language),
                names.procedure(task.process(), language),
                Objects.requireNonNullElseGet(task.worker(), () -> words.text("monitor.nobody", language)),
                words.moment(task.since(), zone, language),
                due == null ? "" : words.moment(due, zone, language),
                task.late(watched.now()));
    }

    /** The list for a file, dates as dates. */
    Listing listing(
            Watched watched, OpenTasks.Wanted wanted, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        return new Listing("tasks", words.cut(language), after -> {
            OpenTasks.Page page = tasks.page(watched, wanted, OpenTasks.After.of(after), Listing.PART);
            OpenTasks.After next = page.next();
            return new Listing.Part(
                    new Sheet(
                            "tasks",
                            words.text("monitor.tasks", language),
                            Stream.of("case", "project", "task", "flow", "worker", "since", "due")
                                    .map(column -> words.text("monitor.tasks." + column, language))
                                    .toList(),
                            page.tasks().stream()
                                    .map(task -> cells(task, watched, facts, language))
                                    .toList()),
                    next == null ? null : next.text());
        });
    }

    private List<Cell> cells(
            OpenTasks.Task task, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        Row row = row(task, watched, facts, language);
        ZoneId zone = MonitorWords.zone(facts.get(task.project()));
        Instant due = task.due();
        return List.of(
                Cell.text(row.caseCode()),
                Cell.text(row.project()),
                Cell.text(row.task()),
                Cell.text(row.flow()),
                Cell.text(row.worker()),
                Cell.moment(LocalDateTime.ofInstant(task.since(), zone), row.since()),
                due == null ? Cell.NOTHING : Cell.moment(LocalDateTime.ofInstant(due, zone), row.due()));
    }
}
