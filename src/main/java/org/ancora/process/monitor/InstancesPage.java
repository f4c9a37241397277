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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.process.IdWords;
import org.ancora.process.monitor.Definitions.Definition;
import org.ancora.process.monitor.Sheet.Cell;
import org.ancora.process.task.ProjectFacts;
import org.ancora.process.task.StepNames;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts lists of procedures into words. */
@Component
class InstancesPage {

    private static final List<Integer> AGES = List.of(7, 30, 90, 180);

    private final Instances instances;
    private final Definitions definitions;
    private final FlowFigures figures;
    private final StepNames names;
    private final MonitorWords words;

    InstancesPage(
            Instances instances, Definitions definitions, FlowFigures figures, StepNames names, MonitorWords words) {
        this.instances = instances;
        this.definitions = definitions;
        this.figures = figures;
        this.names = names;
        this.words = words;
    }

    /** One procedure in words. */
    record Row(
            String id,
            String caseCode,
            String flow,
            String version,
            String project,
            String state,
            String tone,
            String where,
            String began,
            String due,
            boolean late) {}

    /** Everything on the page. */
    record Content(
            List<Row> rows,
            String counted,
            String all,
            List<Option> states,
            String state,
            List<Option> steps,
            @Nullable String step,
            List<Option> ages,
            String days,
            String text,
            @Nullable String next,
            boolean first,
            boolean period,
            List<Only> only) {}

    /** A narrower choice that came with a link, which can only be given up: its name in the address, and what it says. */
    record Only(String name, String title, String any, String value, String words) {}

    Content of(
            Watched watched,
            Instances.Wanted wanted,
            Optional<Instances.After> after,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        Instances.Page page = instances.page(watched, wanted, after, Instances.PAGE);
        int count = instances.count(watched, wanted);
        Map<String, String> same = new LinkedHashMap<>(wanted.parameters());
        Instances.After last = page.next();
        Instances.Place step = wanted.step();
        return new Content(
                page.runs().stream()
                        .map(run -> row(run, watched, facts, language))
                        .toList(),
                count > Instances.COUNTED_UP_TO
                        ? words.text("monitor.counted.more", language, Instances.COUNTED_UP_TO)
                        : words.text("monitor.counted", language, count),
                count > Instances.COUNTED_UP_TO
                        ? words.text("monitor.bulk.all.more", language, Instances.COUNTED_UP_TO)
                        : words.text("monitor.bulk.all", language, count),
                Stream.of(Instances.State.values())
                        .map(state -> new Option(state.code(), words.text("monitor.state." + state.code(), language)))
                        .toList(),
                wanted.state().code(),
                steps(watched, step, language),
                step == null ? null : step.text(),
                AGES.stream()
                        .map(days -> new Option(days.toString(), words.text("monitor.older", language, days)))
                        .toList(),
                wanted.olderThanDays() == 0 ? "" : String.valueOf(wanted.olderThanDays()),
                wanted.text(),
                last == null ? null : watched.asked().path("/monitor/instances", with(same, "after", last.text())),
                after.isEmpty(),
                wanted.isPast(),
                only(watched, wanted, language));
    }

    private List<Only> only(Watched watched, Instances.Wanted wanted, Locale language) {
        List<Only> only = new ArrayList<>();
        LocalDate week = wanted.week();
        if (week != null && wanted.state().isPast()) {
            only.add(new Only(
                    "week",
                    words.text("monitor.weeks.week", language),
                    words.text("monitor.only.period", language),
                    week.toString(),
                    words.day(week, watched.today(), language)));
        }
        String way = wanted.way();
        if (way != null) {
            only.add(new Only(
                    "way",
                    words.text("monitor.paths.path", language),
                    words.text("monitor.only.any-way", language),
                    way,
                    words.text("monitor.only.way", language)));
        }
        return only;
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(some);
        more.put(name, value);
        return more;
    }

    /** The steps at which procedures of the chosen flow stand now, and the one that was chosen, of whichever it is. */
    private List<Option> steps(Watched watched, Instances.@Nullable Place chosen, Locale language) {
        Map<String, Option> steps = new LinkedHashMap<>();
        String flow = watched.asked().flow();
        if (flow != null) {
            figures.open(watched)
                    .forEach(step -> steps.put(step.element(), new Option(step.element(), name(step, language))));
        }
        if (chosen != null && !steps.containsKey(chosen.text())) {
            steps.put(chosen.text(), new Option(chosen.text(), chosen(chosen, language)));
        }
        return steps.values().stream()
                .sorted(java.util.Comparator.comparing(Option::label))
                .toList();
    }

    /** A chosen step, and which of those that stand there are meant. */
    private String chosen(Instances.Place step, Locale language) {
        String name = name(step, language);
        return step.standing() == Instances.Standing.HERE
                ? name
                : words.text("monitor.at." + step.standing().code(), language, name);
    }

    /** The number of the published version in which a procedure is, as the studio counts them. */
    private int version(Instances.Run run) {
        return definitions.find(run.definition()).map(Definition::version).orElse(run.version());
    }

    private String name(Instances.Place step, Locale language) {
        String process = step.process();
        if (process == null) {
            return IdWords.of(step.element());
        }
        Integer version = step.version();
        String procedure = names.procedure(process, language)
                + (version == null ? "" : ", " + words.text("monitor.version", language, version));
        return definitions.of(process).stream()
                        .filter(definition -> version == null || definition.version() == version)
                        .filter(definition -> names.has(definition.id(), step.element()))
                        .findFirst()
                        .map(definition -> names.element(definition.id(), process, step.element(), language))
                        .orElseGet(() -> IdWords.of(step.element()))
                + " (" + procedure + ")";
    }

    private String name(FlowFigures.Step step, Locale language) {
        return names.element(step.definition(), definitions.key(step.definition()), step.element(), language);
    }

    private Row row(Instances.Run run, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        ProjectFacts.Facts project = facts.get(run.project());
        ZoneId zone = MonitorWords.zone(project);
        boolean late = run.late(watched.now());
        Instant ended = run.ended();
        Instant due = run.due();
        return new Row(
                run.id(),
                words.subject(run.caseCode(), language),
                names.procedure(run.process(), language),
                words.text("monitor.version", language, version(run)),
                project == null ? "" : project.name(),
                words.text("monitor.state." + run.state(), language),
                tone(run.state(), late),
                ended == null ? where(run, language) : ending(run, language),
                words.moment(run.began(), zone, language),
                ended != null
                        ? words.moment(ended, zone, language)
                        : due == null ? "" : words.moment(due, zone, language),
                late);
    }

    private static String tone(String state, boolean late) {
        if (late || state.equals("failed")) {
            return "late";
        }
        return switch (state) {
            case "finished" -> "done";
            case "working" -> "calm";
            case "suspended" -> "soon";
            default -> "plain";
        };
    }

    private String where(Instances.Run run, Locale language) {
        return run.present().stream()
                .map(present -> {
                    Optional<Definition> definition = definitions.find(present.definition());
                    String name = definition
                            .map(known -> names.element(known.id(), known.key(), present.element(), language))
                            .orElseGet(() -> IdWords.of(present.element()));
                    return present.isAwaited() ? words.text("monitor.awaits", language, name) : name;
                })
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String ending(Instances.Run run, Locale language) {
        String ending = run.ending();
        return ending == null ? "" : names.element(run.definition(), run.process(), ending, language);
    }

    /** The list for a file, dates as dates. */
    Listing listing(
            Watched watched, Instances.Wanted wanted, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        return new Listing("instances", words.cut(language), after -> {
            Instances.Page page = instances.page(watched, wanted, Instances.After.of(after), Listing.PART);
            Instances.After next = page.next();
            return new Listing.Part(
                    new Sheet(
                            "instances",
                            words.text("monitor.instances", language),
                            Stream.of("case", "flow", "version", "project", "state", "where", "began", "until")
                                    .map(column -> words.text("monitor.instances." + column, language))
                                    .toList(),
                            page.runs().stream()
                                    .map(run -> cells(run, watched, facts, language))
                                    .toList()),
                    next == null ? null : next.text());
        });
    }

    private List<Cell> cells(
            Instances.Run run, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        Row row = row(run, watched, facts, language);
        ZoneId zone = MonitorWords.zone(facts.get(run.project()));
        Instant until = run.ended() == null ? run.due() : run.ended();
        return List.of(
                Cell.text(row.caseCode()),
                Cell.text(row.flow()),
                Cell.text(String.valueOf(version(run))),
                Cell.text(row.project()),
                Cell.text(row.state()),
                Cell.text(row.where()),
                Cell.moment(LocalDateTime.ofInstant(run.began(), zone), row.began()),
                until == null ? Cell.NOTHING : Cell.moment(LocalDateTime.ofInstant(until, zone), row.due()));
    }
}
