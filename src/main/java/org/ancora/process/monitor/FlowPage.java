package org.ancora.process.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.monitor.Definitions.Definition;
import org.ancora.process.monitor.FlowFigures.Step;
import org.ancora.process.monitor.Sheet.Cell;
import org.ancora.process.steering.Outline;
import org.ancora.process.steering.Outlines;
import org.ancora.process.task.StepNames;
import org.springframework.stereotype.Component;

/** Puts the figures of one procedure into words, a heat map and tables. */
@Component
class FlowPage {

    /** More versions beside one another than this nobody compares. */
    private static final int VERSIONS_SHOWN = 4;

    private static final int LEVELS = 5;

    /** Whoever stays for less than this, in seconds, does not wait. */
    private static final int MINUTE = 60;

    private final FlowFigures figures;
    private final Definitions definitions;
    private final StepNames names;
    private final MonitorWords words;
    private final Outlines outlines;
    private final Lanes lanes;

    FlowPage(
            FlowFigures figures,
            Definitions definitions,
            StepNames names,
            MonitorWords words,
            Outlines outlines,
            Lanes lanes) {
        this.figures = figures;
        this.definitions = definitions;
        this.names = names;
        this.words = words;
        this.outlines = outlines;
        this.lanes = lanes;
    }

    /** What the colours of the heat map say. */
    enum By {
        WAITING,
        VISITS,
        LATENESS;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static By of(String code) {
            return Stream.of(values())
                    .filter(by -> by.code().equals(code))
                    .findFirst()
                    .orElse(WAITING);
        }

        long value(Step step) {
            return switch (this) {
                case WAITING -> step.mean();
                case VISITS -> step.visits();
                case LATENESS -> step.late() == 0 ? 0 : Math.max(1, step.lateness());
            };
        }
    }

    /**
     * One element on the diagram.
     *
     * @param level 0 for none to 5 for the most
     * @param text the figure that the level stands for; empty for none
     * @param open how many are there now, as words; empty for none, as are {@code late} and {@code failed}
     */
    record Mark(String element, int level, String text, String open, String late, String failed) {}

    /**
     * Everything on the page.
     *
     * @param steps all of them, to be taken away
     * @param busy those at which somebody or something waits, or has waited
     * @param passing those that only pass it on: most of a diagram, and little to look at
     * @param commonest the commonest ways, as a table for files; {@code commonestLanes} as they are drawn
     */
    record Content(
            String title,
            Definition shown,
            List<Definition> versions,
            List<OverviewPage.Card> cards,
            List<Mark> marks,
            Outline outline,
            Sheet steps,
            Sheet busy,
            Sheet passing,
            Sheet compared,
            Sheet commonest,
            String commonestLanes,
            Sheet slowest,
            String slowestLanes,
            int pathsOf) {

        List<Sheet> sheets() {
            return List.of(steps, compared, commonest, slowest);
        }
    }

    /** @param shown the version whose diagram is drawn; the newest, or the one asked for */
    Content of(Watched watched, Definition shown, By by, Locale language) {
        List<Step> versioned = figures.steps(watched);
        Map<String, Step> steps = new LinkedHashMap<>();
        versioned.forEach(step -> steps.merge(
                step.element(),
                new Step(
                        shown.id(),
                        step.element(),
                        step.visits(),
                        step.cancelled(),
                        step.seconds(),
                        step.dated(),
                        step.late(),
                        step.open(),
                        step.openLate(),
                        step.failed()),
                Step::and));
        FlowFigures.Paths paths = figures.paths(watched, shown.key());
        List<Step> busy = steps.values().stream()
                .filter(step -> isBusy(step) || by == By.VISITS)
                .toList();
        List<Step> passing =
                steps.values().stream().filter(step -> !busy.contains(step)).toList();
        List<Mark> marks = marks(steps, by, language);
        return new Content(
                names.procedure(shown.key(), language),
                shown,
                definitions.of(shown.key()),
                cards(steps.values(), figures.late(watched), watched, language),
                marks,
                outlines.of(shown.id(), language, told(marks, steps, language)),
                steps(steps.values(), shown, by, watched, language),
                steps(busy, shown, by, watched, language),
                steps(passing, shown, by, watched, language),
                compared(versioned, watched, shown.key(), language),
                paths("commonest", paths.commonest(), paths, shown, language),
                lanes(paths.commonest(), paths, shown, watched, language),
                paths("slowest", paths.slowest(), paths, shown, language),
                lanes(paths.slowest(), paths, shown, watched, language),
                paths.of());
    }

    private List<OverviewPage.Card> cards(Iterable<Step> steps, int late, Watched watched, Locale language) {
        Step all = Step.none("", "");
        boolean lateElsewhere = false;
        for (Step step : steps) {
            all = all.and(step);
            lateElsewhere |= step.dated() == 0 && step.openLate() > 0;
        }
        return List.of(
                card("open", all.open(), "plain", "#steps", language),
                card(
                        "late",
                        late,
                        late > 0 ? "late" : "plain",
                        watched.asked().path("/monitor/instances", Map.of("state", "late")),
                        language),
                card(
                        "failed",
                        all.failed(),
                        all.failed() > 0 ? "late" : "plain",
                        watched.asked().path("/monitor/instances", Map.of("state", "failed")),
                        language),
                all.dated() == 0
                        ? new OverviewPage.Card("–", words.text(undated(all), language), "plain", "#steps")
                        : new OverviewPage.Card(
                                words.text("monitor.percent", language, 100 - all.lateness()),
                                words.text(
                                        lateElsewhere ? "monitor.card.in-time-here" : "monitor.card.in-time", language),
                                "plain",
                                "#steps"));
    }

    private OverviewPage.Card card(String code, int number, String tone, String path, Locale language) {
        return new OverviewPage.Card(
                words.number(number, language), words.text("monitor.card." + code, language, number), tone, path);
    }

    private List<Mark> marks(Map<String, Step> steps, By by, Locale language) {
        long most = steps.values().stream().mapToLong(by::value).max().orElse(0);
        return steps.values().stream()
                .map(step -> {
                    long value = by.value(step);
                    int level =
                            value == 0 || most == 0 ? 0 : (int) Math.max(1, Math.ceil((double) LEVELS * value / most));
                    return new Mark(
                            step.element(),
                            level,
                            level == 0 ? "" : figure(step, by, language),
                            step.open() == 0 ? "" : words.number(step.open(), language),
                            step.openLate() == 0
                                    ? ""
                                    : words.text(
                                            "monitor.heat.late", language, words.number(step.openLate(), language)),
                            step.failed() == 0
                                    ? ""
                                    : words.text(
                                            "monitor.heat.failed", language, words.number(step.failed(), language)));
                })
                .toList();
    }

    /** What the diagram shows beside its steps, in words. */
    private Map<String, String> told(List<Mark> marks, Map<String, Step> steps, Locale language) {
        Map<String, String> told = new HashMap<>();
        for (Mark mark : marks) {
            int open = Objects.requireNonNull(steps.get(mark.element())).open();
            String words = Stream.of(
                            open == 0 ? "" : this.words.text("monitor.heat.open", language, open),
                            mark.late(),
                            mark.failed(),
                            mark.text())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" · "));
            if (!words.isEmpty()) {
                told.put(mark.element(), words);
            }
        }
        return told;
    }

    private String figure(Step step, By by, Locale language) {
        return switch (by) {
            case WAITING -> words.span(step.mean(), language);
            case VISITS -> words.text("monitor.heat.visits", language, words.number(step.visits(), language));
            case LATENESS -> words.text("monitor.percent", language, step.lateness());
        };
    }

    private static boolean isBusy(Step step) {
        return step.open() + step.failed() + step.late() > 0 || step.mean() >= MINUTE;
    }

    private Sheet steps(Collection<Step> steps, Definition shown, By by, Watched watched, Locale language) {
        List<List<Cell>> rows = steps.stream()
                .filter(step -> step.open() + step.failed() > 0 || !onlyMeets(shown, step.element(), language))
                .sorted(Comparator.comparingLong((ToLongFunction<Step>) by::value)
                        .reversed())
                .map(step -> {
                    return List.of(
                            Cell.text(name(shown, step.element(), language)),
                            number(step.open(), language).to(at(step, Instances.Standing.HERE, shown, watched)),
                            number(step.openLate(), language)
                                    .to(at(step, Instances.Standing.LATE, shown, watched))
                                    .toned("late"),
                            number(step.failed(), language)
                                    .to(at(step, Instances.Standing.FAILED, shown, watched))
                                    .toned("late"),
                            number(step.visits(), language),
                            step.visits() == 0 ? Cell.NOTHING : words.spanCell(step.mean(), language),
                            step.dated() == 0
                                    ? Cell.none(words.text(undated(step), language))
                                    : Cell.percent(
                                            step.lateness(), words.text("monitor.percent", language, step.lateness())));
                })
                .toList();
        return new Sheet(
                "steps",
                words.text("monitor.steps", language),
                columns("steps", language, "step", "open", "open-late", "failed", "visits", "mean", "lateness"),
                rows);
    }

    /** Why it is not said how much was late: only tasks have an end, those of a called procedure count where they stand. */
    private static String undated(Step step) {
        return step.openLate() > 0 ? "monitor.due-in-called" : "monitor.nothing-due";
    }

    /** Those who called this procedure stand at its steps too, so that it is the step that says of which it is. */
    private static String at(Step step, Instances.Standing standing, Definition shown, Watched watched) {
        Instances.Place place = new Instances.Place(shown.key(), watched.asked().version(), step.element(), standing);
        return watched.asked().path("/monitor/instances", Map.of("step", place.text(), "flow", ""));
    }

    /** The versions beside one another: each whole, then step by step how long one stays there. */
    private Sheet compared(List<Step> steps, Watched watched, String process, Locale language) {
        Map<String, Overview.Flow> ended = figures.versions(watched);
        Map<String, Map<String, Step>> byVersion = new HashMap<>();
        steps.forEach(step -> byVersion
                .computeIfAbsent(step.definition(), any -> new HashMap<>())
                .put(step.element(), step));
        List<Definition> versions = definitions.of(process).stream()
                .filter(version -> byVersion.containsKey(version.id()) || ended.containsKey(version.id()))
                .limit(VERSIONS_SHOWN)
                .toList();
        List<String> columns = new ArrayList<>(List.of(words.text("monitor.versions.what", language)));
        versions.forEach(version -> columns.add(words.text("monitor.version", language, version.version())));
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(line(versions, words.text("monitor.versions.begun", language), version -> number(
                        ended.getOrDefault(version.id(), Overview.Flow.none("")).begun(), language)
                .to(list(version, "begun", watched))));
        rows.add(line(versions, words.text("monitor.versions.finished", language), version -> number(
                        ended.getOrDefault(version.id(), Overview.Flow.none("")).finished(), language)
                .to(list(version, "finished", watched))));
        rows.add(line(versions, words.text("monitor.versions.mean", language), version -> {
            Overview.Flow flow = ended.getOrDefault(version.id(), Overview.Flow.none(""));
            int all = flow.finished() + flow.cancelled();
            return all == 0 ? Cell.NOTHING : words.spanCell(flow.seconds() / all, language);
        }));
        steps.stream()
                .map(Step::element)
                .distinct()
                .sorted(Comparator.comparing(element -> steps.stream()
                        .filter(step -> step.element().equals(element))
                        .mapToLong(step -> -step.mean())
                        .min()
                        .orElse(0)))
                .filter(element ->
                        steps.stream().anyMatch(step -> step.element().equals(element) && step.mean() > 0))
                .forEach(element -> rows.add(line(versions, name(versions.get(0), element, language), version -> {
                    Step step = byVersion.getOrDefault(version.id(), Map.of()).get(element);
                    return step == null || step.visits() == 0 ? Cell.NOTHING : words.spanCell(step.mean(), language);
                })));
        return new Sheet("versions", words.text("monitor.versions", language), columns, rows);
    }

    private static String list(Definition version, String state, Watched watched) {
        return watched.asked()
                .path("/monitor/instances", Map.of("version", String.valueOf(version.version()), "state", state));
    }

    private static List<Cell> line(
            List<Definition> versions, String title, java.util.function.Function<Definition, Cell> cell) {
        List<Cell> line = new ArrayList<>(List.of(Cell.text(title)));
        versions.forEach(version -> line.add(cell.apply(version)));
        return line;
    }

    private String lanes(
            List<FlowFigures.Path> paths, FlowFigures.Paths all, Definition shown, Watched watched, Locale language) {
        return lanes.markup(
                paths,
                all.commonest().isEmpty() ? List.of() : all.commonest().get(0).steps(),
                all.of(),
                step -> name(shown, step, language),
                path -> watched.asked().path("/monitor/instances", Map.of("state", "all", "way", path.way())),
                language);
    }

    private Sheet paths(
            String code, List<FlowFigures.Path> paths, FlowFigures.Paths all, Definition shown, Locale language) {
        return new Sheet(
                code,
                words.text("monitor." + code, language),
                columns("paths", language, "path", "procedures", "share", "median", "slow"),
                paths.stream()
                        .map(path -> List.of(
                                Cell.text(path.steps().stream()
                                        .map(step -> name(shown, step, language))
                                        .collect(Collectors.joining(" → "))),
                                number(path.procedures(), language),
                                Cell.percent(
                                        Lanes.share(path, all.of()),
                                        words.text("monitor.percent", language, Lanes.share(path, all.of()))),
                                words.spanCell(path.medianSeconds(), language),
                                words.spanCell(path.slowSeconds(), language)))
                        .toList());
    }

    /** As the version that is shown calls it; a step that only other versions have, as the newest of those does. */
    private String name(Definition shown, String element, Locale language) {
        return names.element(drawnIn(shown, element), shown.key(), element, language);
    }

    private boolean onlyMeets(Definition shown, String element, Locale language) {
        return names.onlyMeets(drawnIn(shown, element), shown.key(), element, language);
    }

    private String drawnIn(Definition shown, String element) {
        return Stream.concat(Stream.of(shown), definitions.of(shown.key()).stream())
                .map(Definition::id)
                .filter(version -> names.has(version, element))
                .findFirst()
                .orElse(shown.id());
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
