package org.ancora.process.monitor;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
            int after,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        List<OpenTasks.Task> found = tasks.list(watched, wanted, after, OpenTasks.PAGE + 1);
        int count = tasks.count(watched, wanted);
        Map<String, String> then = new LinkedHashMap<>(wanted.parameters());
        then.put("after", String.valueOf(after + OpenTasks.PAGE));
        return new Content(
                found.stream()
                        .limit(OpenTasks.PAGE)
                        .map(task -> row(task, watched, facts, language))
                        .toList(),
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
                found.size() > OpenTasks.PAGE ? watched.asked().path("/monitor/tasks", then) : null,
                after == 0);
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
        ZoneId zone = project == null ? ZoneOffset.UTC : project.calendar().zone();
        Instant due = task.due();
        return new Row(
                Objects.requireNonNullElse(task.caseCode(), "–"),
                "/monitor/instances/" + task.run(),
                project == null ? "" : project.name(),
                names.element(task.definition(), definitions.key(task.definition()), task.element(), language),
                names.procedure(task.process(), language),
                Objects.requireNonNullElseGet(task.worker(), () -> words.text("monitor.nobody", language)),
                words.moment(task.since(), zone, language),
                due == null ? "" : words.moment(due, zone, language),
                task.late(watched.now()));
    }

    /** The list as a table, with at most so many rows. */
    Sheet sheet(
            Watched watched,
            OpenTasks.Wanted wanted,
            int most,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        return new Sheet(
                "tasks",
                words.text("monitor.tasks", language),
                Stream.of("case", "project", "task", "flow", "worker", "since", "due")
                        .map(column -> words.text("monitor.tasks." + column, language))
                        .toList(),
                tasks.list(watched, wanted, 0, most).stream()
                        .map(task -> row(task, watched, facts, language))
                        .map(row -> Stream.of(
                                        row.caseCode(),
                                        row.project(),
                                        row.task(),
                                        row.flow(),
                                        row.worker(),
                                        row.since(),
                                        row.due())
                                .map(Cell::text)
                                .toList())
                        .toList());
    }
}
