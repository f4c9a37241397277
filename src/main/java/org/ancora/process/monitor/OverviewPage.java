package org.ancora.process.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.monitor.Sheet.Cell;
import org.ancora.process.task.StepNames;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts the figures of the overview into words, tables and plots. */
@Component
class OverviewPage {

    private static final int PEOPLE_SHOWN = 30;

    private final Overview overview;
    private final Levels levels;
    private final StepNames names;
    private final MonitorWords words;
    private final ObjectProvider<Capacities> capacities;
    private final JdbcClient jdbc;

    OverviewPage(
            Overview overview,
            Levels levels,
            StepNames names,
            MonitorWords words,
            ObjectProvider<Capacities> capacities,
            JdbcClient jdbc) {
        this.overview = overview;
        this.levels = levels;
        this.names = names;
        this.words = words;
        this.capacities = capacities;
        this.jdbc = jdbc;
    }

    /** One figure above the rest. */
    record Card(String number, String words, String tone, String path) {}

    /** A service level with the cases behind each number. */
    record Level(
            String name,
            String about,
            String percent,
            String tone,
            String kept,
            String keptPath,
            String missed,
            String missedPath,
            boolean any) {}

    /** A table with the plot of its figures. */
    record Part(Sheet sheet, @Nullable Plot plot) {}

    /** Everything on the page. */
    record Content(
            List<Card> cards,
            Sheet flows,
            Part weeks,
            Part ahead,
            List<Level> levels,
            Sheet levelsTable,
            Part workers,
            Part ages) {

        List<Sheet> sheets() {
            return List.of(flows, levelsTable, weeks.sheet(), ahead.sheet(), ages.sheet());
        }
    }

    Content of(Watched watched, Locale language) {
        Overview.Figures figures = overview.read(watched);
        List<Levels.Measured> measured = levels.measure(watched);
        return new Content(
                cards(figures, watched, language),
                flows(figures, watched, language),
                weeks(figures, watched, language),
                ahead(figures, watched, language),
                levels(measured, watched, language),
                levelsTable(measured, watched, language),
                workers(figures, watched, language),
                ages(figures, watched, language));
    }

    /** Everybody's work: the whole of what the page shows the beginning of. */
    Sheet everybody(Watched watched, Locale language) {
        return sheet(named(loads(overview.read(watched), watched, language)), watched, language);
    }

    private List<Card> cards(Overview.Figures figures, Watched watched, Locale language) {
        Overview.Flow total = figures.total();
        int due = figures.ahead().stream().mapToInt(Overview.Day::due).sum();
        return List.of(
                card("running", total.running(), "plain", list(watched, "open"), language),
                card("late", total.late(), total.late() > 0 ? "late" : "plain", list(watched, "late"), language),
                card(
                        "failed",
                        total.failed(),
                        total.failed() > 0 ? "late" : "plain",
                        list(watched, "failed"),
                        language),
                card("due", due, "plain", tasks(watched, Map.of("due", "week")), language),
                card("finished", total.finished(), "plain", list(watched, "finished"), language));
    }

    private Card card(String code, int number, String tone, String path, Locale language) {
        return new Card(
                words.number(number, language), words.text("monitor.card." + code, language, number), tone, path);
    }

    private static String list(Watched watched, String state) {
        return watched.asked().path("/monitor/instances", state.equals("open") ? Map.of() : Map.of("state", state));
    }

    private static String list(Watched watched, String state, Overview.Week week) {
        return watched.asked()
                .path(
                        "/monitor/instances",
                        Map.of("state", state, "week", week.monday().toString()));
    }

    private static String tasks(Watched watched, Map<String, String> which) {
        return watched.asked().path("/monitor/tasks", which);
    }

    private Sheet flows(Overview.Figures figures, Watched watched, Locale language) {
        List<List<Cell>> rows = figures.flows().stream()
                .filter(flow -> flow.running() + flow.begun() + flow.finished() + flow.cancelled() > 0)
                .map(flow -> row(flow, watched, language))
                .sorted(java.util.Comparator.comparing(row -> row.get(0).text()))
                .toList();
        return new Sheet(
                "flows",
                words.text("monitor.flows", language),
                columns(
                        "flows",
                        language,
                        "flow",
                        "running",
                        "working",
                        "waiting",
                        "late",
                        "failed",
                        "begun",
                        "finished",
                        "mean"),
                rows);
    }

    private List<Cell> row(Overview.Flow flow, Watched watched, Locale language) {
        Asked its = watched.asked().about(flow.key());
        int ended = flow.finished() + flow.cancelled();
        return List.of(
                Cell.text(names.procedure(flow.key(), language)).to(page(flow.key(), watched)),
                number(flow.running(), language).to(its.path("/monitor/instances", Map.of())),
                number(flow.working(), language).to(its.path("/monitor/instances", Map.of("state", "working"))),
                number(flow.waiting(), language).to(its.path("/monitor/instances", Map.of("state", "waiting"))),
                number(flow.late(), language)
                        .to(its.path("/monitor/instances", Map.of("state", "late")))
                        .toned("late"),
                number(flow.failed(), language)
                        .to(its.path("/monitor/instances", Map.of("state", "failed")))
                        .toned("late"),
                number(flow.begun(), language).to(its.path("/monitor/instances", Map.of("state", "begun"))),
                number(flow.finished(), language).to(its.path("/monitor/instances", Map.of("state", "finished"))),
                ended == 0 ? Cell.NOTHING : words.spanCell(flow.seconds() / ended, language));
    }

    private static String page(String flow, Watched watched) {
        return watched.asked().path("/monitor/flows/" + flow, Map.of("flow", ""));
    }

    private Part weeks(Overview.Figures figures, Watched watched, Locale language) {
        List<String> labels = figures.weeks().stream()
                .map(week -> words.day(week.monday(), watched.today(), language))
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        for (int at = 0; at < labels.size(); at++) {
            Overview.Week week = figures.weeks().get(at);
            rows.add(List.of(
                    Cell.day(week.monday(), labels.get(at)),
                    number(week.begun(), language).to(list(watched, "begun", week)),
                    number(week.finished(), language).to(list(watched, "finished", week)),
                    number(week.cancelled(), language).to(list(watched, "cancelled", week))));
        }
        List<String> columns = columns("weeks", language, "week", "begun", "finished", "cancelled");
        int begun = figures.weeks().stream().mapToInt(Overview.Week::begun).sum();
        int finished =
                figures.weeks().stream().mapToInt(Overview.Week::finished).sum();
        return new Part(
                new Sheet("weeks", words.text("monitor.weeks", language), columns, rows),
                new Plot(
                        "lines",
                        labels,
                        List.of(
                                new Plot.Series(
                                        columns.get(1),
                                        "calm",
                                        figures.weeks().stream()
                                                .map(Overview.Week::begun)
                                                .toList()),
                                new Plot.Series(
                                        columns.get(2),
                                        "done",
                                        figures.weeks().stream()
                                                .map(Overview.Week::finished)
                                                .toList())),
                        words.text(
                                "monitor.weeks.about",
                                language,
                                words.number(begun, language),
                                words.number(finished, language),
                                labels.size(),
                                begun,
                                finished)));
    }

    private Part ahead(Overview.Figures figures, Watched watched, Locale language) {
        List<String> labels = figures.ahead().stream()
                .map(day -> words.day(day.day(), watched.today(), language))
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        for (int at = 0; at < labels.size(); at++) {
            Overview.Day day = figures.ahead().get(at);
            rows.add(List.of(
                    Cell.day(day.day(), labels.get(at)),
                    number(day.due(), language)
                            .to(tasks(watched, Map.of("due", day.day().toString())))));
        }
        int due = figures.ahead().stream().mapToInt(Overview.Day::due).sum();
        List<String> columns = columns("ahead", language, "day", "due");
        return new Part(
                new Sheet("ahead", words.text("monitor.ahead", language), columns, rows),
                new Plot(
                        "bars",
                        labels,
                        List.of(new Plot.Series(
                                columns.get(1),
                                "soon",
                                figures.ahead().stream().map(Overview.Day::due).toList())),
                        words.text(
                                "monitor.ahead.about",
                                language,
                                words.number(due, language),
                                words.number(figures.lateTasks(), language),
                                due,
                                figures.lateTasks())));
    }

    private Part ages(Overview.Figures figures, Watched watched, Locale language) {
        List<String> labels = figures.ages().stream()
                .map(age -> words.text("monitor.age." + age.fromWeeks(), language))
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        for (int at = 0; at < labels.size(); at++) {
            Overview.Age age = figures.ages().get(at);
            rows.add(List.of(
                    Cell.text(labels.get(at)),
                    number(age.tasks(), language).to(tasks(watched, Map.of("age", String.valueOf(age.fromWeeks()))))));
        }
        List<String> columns = columns("ages", language, "age", "tasks");
        int all = figures.ages().stream().mapToInt(Overview.Age::tasks).sum();
        int old = figures.ages().stream()
                .filter(age -> age.fromWeeks() >= 4)
                .mapToInt(Overview.Age::tasks)
                .sum();
        return new Part(
                new Sheet("ages", words.text("monitor.ages", language), columns, rows),
                new Plot(
                        "bars",
                        labels,
                        List.of(new Plot.Series(
                                columns.get(1),
                                "calm",
                                figures.ages().stream().map(Overview.Age::tasks).toList())),
                        words.text(
                                "monitor.ages.about",
                                language,
                                words.number(old, language),
                                words.number(all, language))));
    }

    private List<Level> levels(List<Levels.Measured> measured, Watched watched, Locale language) {
        return measured.stream()
                .map(level -> new Level(
                        words.text("servicelevel." + level.code(), language),
                        words.text("servicelevel." + level.code() + ".about", language),
                        words.text("monitor.percent", language, level.percent()),
                        level.missed() > 0 ? "late" : "plain",
                        words.text("monitor.kept", language, level.kept()),
                        promises(level, true, watched),
                        words.text("monitor.missed", language, level.missed()),
                        promises(level, false, watched),
                        level.all() > 0))
                .toList();
    }

    private static String promises(Levels.Measured level, boolean kept, Watched watched) {
        return watched.asked().path("/monitor/levels/" + level.code(), kept ? Map.of("kept", "yes") : Map.of());
    }

    private Sheet levelsTable(List<Levels.Measured> measured, Watched watched, Locale language) {
        return new Sheet(
                "levels",
                words.text("monitor.levels", language),
                columns("levels", language, "level", "kept", "missed", "percent"),
                measured.stream()
                        .map(level -> List.of(
                                Cell.text(words.text("servicelevel." + level.code(), language)),
                                number(level.kept(), language).to(promises(level, true, watched)),
                                number(level.missed(), language)
                                        .to(promises(level, false, watched))
                                        .toned("late"),
                                level.all() == 0
                                        ? Cell.none(words.text("monitor.nothing-due", language))
                                        : Cell.percent(
                                                level.percent(),
                                                words.text("monitor.percent", language, level.percent()))))
                        .toList());
    }

    /**
     * One person's tasks and cases together.
     *
     * @param name null while only the id is known
     * @param behind where their cases are listed; null where no one list has just these
     */
    private record Load(
            @Nullable UserId worker,
            @Nullable String name,
            int open,
            int late,
            int active,
            int limit,
            int waiting,
            Capacities.@Nullable Behind behind) {

        Load called(String other) {
            return new Load(worker, other, open, late, active, limit, waiting, behind);
        }

        boolean isOverfull() {
            return limit > 0 && active > limit;
        }

        /** As an address names the person. */
        String code() {
            return worker == null ? OpenTasks.NOBODY : worker.toString();
        }

        String label() {
            String known = name;
            return known == null ? String.valueOf(worker) : known;
        }
    }

    private Part workers(Overview.Figures figures, Watched watched, Locale language) {
        List<Load> loads = loads(figures, watched, language);
        List<Load> shown = named(loads.subList(0, Math.min(PEOPLE_SHOWN, loads.size())));
        Sheet sheet = sheet(shown, watched, language);
        return new Part(
                sheet,
                new Plot(
                        "ranks",
                        shown.stream().map(Load::label).toList(),
                        List.of(
                                new Plot.Series(
                                        sheet.columns().get(2),
                                        "late",
                                        shown.stream().map(Load::late).toList()),
                                new Plot.Series(
                                        words.text("monitor.workers.in-time", language),
                                        "calm",
                                        shown.stream()
                                                .map(load -> Math.max(0, load.open() - load.late()))
                                                .toList())),
                        words.text(
                                        "monitor.workers.about",
                                        language,
                                        people(loads, load -> load.open() + load.active() > 0),
                                        people(loads, Load::isOverfull),
                                        people(loads, load -> load.late() > 0))
                                + (watched.asked().narrowed()
                                        ? " " + words.text("monitor.workers.narrowed", language)
                                        : "")));
    }

    /** What is nobody's yet stands among them, and is no person. */
    private static long people(List<Load> loads, Predicate<Load> which) {
        return loads.stream()
                .filter(load -> load.worker() != null)
                .filter(which)
                .count();
    }

    private Sheet sheet(List<Load> loads, Watched watched, Locale language) {
        return new Sheet(
                "workers",
                words.text("monitor.workers", language),
                columns(
                        "workers",
                        language,
                        "worker",
                        "open",
                        "late",
                        watched.asked().narrowed() ? "active.all" : "active",
                        "limit",
                        watched.asked().narrowed() ? "waiting.all" : "waiting"),
                loads.stream()
                        .map(load -> List.of(
                                Cell.text(load.label()),
                                number(load.open(), language).to(tasks(watched, Map.of("worker", load.code()))),
                                number(load.late(), language)
                                        .to(tasks(watched, Map.of("worker", load.code(), "due", "late")))
                                        .toned("late"),
                                behind(number(load.active(), language), load, Capacities.Behind::active)
                                        .toned(load.isOverfull() ? "soon" : "plain"),
                                load.limit() == 0 ? Cell.NOTHING : number(load.limit(), language),
                                behind(number(load.waiting(), language), load, Capacities.Behind::waiting)))
                        .toList());
    }

    private static Cell behind(Cell cell, Load load, Function<Capacities.Behind, String> which) {
        Capacities.Behind behind = load.behind();
        return behind == null ? cell : cell.to(which.apply(behind));
    }

    private List<Load> loads(Overview.Figures figures, Watched watched, Locale language) {
        Map<UserId, List<Capacities.Capacity>> carried = new HashMap<>();
        List<ProjectId> projects = projects(watched);
        capacities.stream()
                .flatMap(source -> projects.isEmpty() ? Stream.empty() : source.of(projects).stream())
                .forEach(capacity -> carried.computeIfAbsent(capacity.worker(), any -> new ArrayList<>())
                        .add(capacity));
        List<Load> loads = new ArrayList<>();
        for (Overview.Worker worker : figures.workers()) {
            UserId id = worker.worker();
            List<Capacities.Capacity> its = id == null ? List.of() : carried.getOrDefault(id, List.of());
            String name = id == null
                    ? words.text("monitor.nobody", language)
                    : its.isEmpty() ? null : its.get(0).name();
            loads.add(load(id, name, worker.open(), worker.late(), its, watched));
            if (id != null) {
                carried.remove(id);
            }
        }
        carried.entrySet().stream()
                .map(entry -> load(entry.getKey(), entry.getValue().get(0).name(), 0, 0, entry.getValue(), watched))
                .sorted(java.util.Comparator.comparing(Load::label))
                .forEach(loads::add);
        return loads;
    }

    private static Load load(
            @Nullable UserId id,
            @Nullable String name,
            int open,
            int late,
            List<Capacities.Capacity> its,
            Watched watched) {
        return new Load(
                id,
                name,
                open,
                late,
                its.stream().mapToInt(Capacities.Capacity::active).sum(),
                its.stream().mapToInt(Capacities.Capacity::limit).sum(),
                its.stream().mapToInt(Capacities.Capacity::waiting).sum(),
                behind(its, watched));
    }

    /** The list of the one project in which somebody has cases; a list of several might hold more than was counted. */
    private static Capacities.@Nullable Behind behind(List<Capacities.Capacity> its, Watched watched) {
        List<Capacities.Capacity> some = its.stream()
                .filter(capacity -> capacity.active() + capacity.waiting() > 0)
                .toList();
        return some.size() == 1
                        && watched.viewer()
                                .may(Permission.READ_CASE, some.get(0).project())
                ? some.get(0).behind()
                : null;
    }

    private static List<ProjectId> projects(Watched watched) {
        ProjectId asked = watched.asked().project();
        return watched.viewer().projects(Permission.WATCH_PROCEDURES).stream()
                .filter(project -> asked == null || project.equals(asked))
                .toList();
    }

    /** The same, with the names of those of whom only the id is known, in one statement. */
    private List<Load> named(List<Load> loads) {
        Long[] ids = loads.stream()
                .filter(load -> load.name() == null)
                .flatMap(load -> Stream.ofNullable(load.worker()))
                .map(UserId::value)
                .toArray(Long[]::new);
        if (ids.length == 0) {
            return loads;
        }
        Map<UserId, String> known = new HashMap<>();
        jdbc.sql("select id, name from account where id = any(:ids)")
                .param("ids", ids)
                .query(row -> {
                    known.put(new UserId(row.getLong(1)), row.getString(2));
                });
        return loads.stream()
                .map(load -> {
                    UserId id = load.worker();
                    return load.name() != null || id == null
                            ? load
                            : load.called(known.getOrDefault(id, id.toString()));
                })
                .toList();
    }

    private Cell number(int number, Locale language) {
        return Cell.number(number, words.number(number, language));
    }

    private List<String> columns(String sheet, Locale language, String... columns) {
        return Stream.of(columns)
                .map(column -> words.text("monitor." + sheet + "." + column, language))
                .toList();
    }
}
