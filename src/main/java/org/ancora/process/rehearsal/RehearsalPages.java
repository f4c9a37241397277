package org.ancora.process.rehearsal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.Rehearsable;
import org.ancora.process.RehearsalSample;
import org.ancora.process.form.FormSchema;
import org.ancora.process.form.FormWords;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.steering.Outline;
import org.ancora.process.steering.Outlines;
import org.ancora.process.task.FormsApart;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.ancora.web.TimelineEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the pages of rehearsals show, in words. */
@Component
class RehearsalPages {

    /** More of a journal is in nobody's head; the rest is in the scenario that is kept. */
    private static final int LINES_SHOWN = 300;

    private final Rehearsals rehearsals;
    private final Places places;
    private final RehearsalWords words;
    private final FormsApart forms;
    private final Dates dates;
    private final Outlines outlines;

    RehearsalPages(
            Rehearsals rehearsals,
            Places places,
            RehearsalWords words,
            FormsApart forms,
            Dates dates,
            Outlines outlines) {
        this.outlines = outlines;
        this.rehearsals = rehearsals;
        this.places = places;
        this.words = words;
        this.forms = forms;
        this.dates = dates;
    }

    /**
     * Where one begins.
     *
     * @param samples whether a real record can be taken as the sample
     * @param idle after how many minutes a rehearsal ends that nobody touches
     */
    record Begin(
            String folder,
            List<Option> processes,
            List<Option> places,
            List<FactView> facts,
            List<Running> mine,
            Chosen chosen,
            boolean samples,
            long idle) {}

    /**
     * With what the form is filled in beforehand, as it is true of a real record.
     *
     * @param code of the record; empty for none
     * @param start local date and hour
     */
    record Chosen(String code, String process, String place, String start, Map<String, String> facts) {

        static final Chosen NOTHING = new Chosen("", "", "", "", Map.of());
    }

    /**
     * A fact with its choices.
     *
     * @param most for a number, the largest; else 0
     */
    record FactView(String name, String label, String value, String valueLabel, List<Option> choices, int most) {}

    /** One of one's own rehearsals. */
    record Running(String path, String title, String at, boolean over) {}

    /** One rehearsal. */
    record View(
            String id,
            String title,
            String now,
            String place,
            boolean over,
            boolean stopped,
            @Nullable String why,
            List<TaskView> tasks,
            @Nullable String next,
            String earliest,
            List<EventView> events,
            List<FactView> facts,
            List<Tab> tabs,
            String shown,
            List<String> done,
            List<String> present,
            List<TimelineEntry> path,
            Outline outline,
            List<LineView> lines,
            boolean more) {}

    /** An open task. */
    record TaskView(String id, String title, String dates, List<Option> roles) {}

    /** Something that may happen from outside. */
    record EventView(String message, String label, String variable, List<Option> values) {}

    /** One of the diagrams. */
    record Tab(String process, String title, boolean shown) {}

    /** A line of the journal. */
    record LineView(
            String when,
            String kind,
            String text,
            @Nullable String letter,
            @Nullable String letterTitle) {}

    /** A task's form. */
    record TaskPage(
            String id,
            String rehearsal,
            String title,
            String role,
            String roleName,
            String dates,
            List<String> guidance,
            List<FactView> facts,
            FormsApart.Page form) {}

    /**
     * A real record's facts as choices; whose it is does not come along.
     *
     * @throws Hidden when the viewer has no part in the record's project
     */
    Chosen chosen(String code, RehearsalSample.Sample sample, Viewer viewer) {
        Places.Place place = places.of(viewer).stream()
                .filter(each -> each.code().equals(Places.code(sample.project())))
                .findFirst()
                .orElseThrow(() -> new Hidden("project", sample.project().toString()));
        return new Chosen(
                code,
                sample.process(),
                place.code(),
                LocalDateTime.ofInstant(sample.began(), place.calendar().zone())
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString(),
                sample.facts());
    }

    Begin begin(ProcessFolder folder, Chosen chosen, Viewer viewer) {
        Locale language = viewer.locale();
        Names names = Names.of(folder.files());
        return new Begin(
                folder.name(),
                names.processes().keySet().stream()
                        .sorted(Comparator.comparing(
                                        (String process) -> names.called().contains(process))
                                .thenComparing(process -> words.process(process, names, language)))
                        .map(process -> new Option(process, words.process(process, names, language)))
                        .toList(),
                places.of(viewer).stream()
                        .map(place -> new Option(place.code(), place.name()))
                        .toList(),
                facts(
                        rehearsals.facts(folder),
                        chosen.facts().isEmpty() ? Map.of() : rehearsals.chosen(folder, chosen.facts()),
                        language),
                rehearsals.of(viewer.id()).stream()
                        .map(each -> new Running(
                                "/studio/" + each.folder() + "/rehearsals/" + each.id(),
                                forms.procedure(each.process(), language),
                                dates.momentAndYear(each.at(), ZoneId.of("UTC"), language),
                                each.over()))
                        .toList(),
                chosen,
                rehearsals.takesSamples(folder.name()),
                rehearsals.idleMinutes());
    }

    private List<FactView> facts(List<Rehearsable.Fact> facts, Map<String, String> chosen, Locale language) {
        return facts.stream()
                .map(fact -> {
                    String value = chosen.getOrDefault(fact.name(), fact.usual());
                    return new FactView(
                            fact.name(),
                            words.fact(fact.name(), language),
                            value,
                            words.choice(fact.name(), value, language),
                            fact.choices().stream()
                                    .map(choice -> new Option(choice, words.choice(fact.name(), choice, language)))
                                    .toList(),
                            fact.most());
                })
                .toList();
    }

    View view(String id, Rehearsal rehearsal, String asked, List<Rehearsable.Fact> facts, Locale language) {
        Flow flow = rehearsal.flow();
        String shown = flow.processes().contains(asked) ? asked : current(rehearsal);
        List<JournalLine> lines = new ArrayList<>(rehearsal.journal().lines());
        Collections.reverse(lines);
        Map<String, Rehearsable.Event> events =
                rehearsals.events(rehearsal.setting().folder());
        return new View(
                id,
                words.process(rehearsal.setting().process(), rehearsal.names(), language),
                words.moment(rehearsal.now(), rehearsal, language),
                rehearsal.setting().projectName(),
                rehearsal.over(),
                rehearsal.wasStopped(),
                rehearsal.wasStopped() ? words.line(lines.get(0), rehearsal, language) : null,
                flow.tasks().stream()
                        .map(task -> new TaskView(
                                task.id(),
                                words.title(task, rehearsal, language),
                                window(task, rehearsal, language),
                                task.roles().stream()
                                        .map(role -> new Option(role, words.role(role, language)))
                                        .toList()))
                        .toList(),
                rehearsal
                        .next()
                        .map(next -> words.moment(next, rehearsal, language))
                        .orElse(null),
                rehearsal.journal().local(rehearsal.now()).substring(0, 10),
                rehearsal.awaited().stream()
                        .map(message -> event(message, events.get(message), language))
                        .toList(),
                facts(facts, rehearsal.facts(), language),
                flow.processes().stream()
                        .map(process -> new Tab(
                                process, words.process(process, rehearsal.names(), language), process.equals(shown)))
                        .toList(),
                shown,
                flow.passed(shown),
                flow.present(shown),
                path(rehearsal, shown, language),
                outlines.of(rehearsal.file(shown + ".bpmn"), language),
                lines.stream()
                        .limit(LINES_SHOWN)
                        .map(line -> line(line, rehearsal, language))
                        .toList(),
                lines.size() > LINES_SHOWN);
    }

    /** The procedure in which something waits, an inner one before the one that called it. */
    private static String current(Rehearsal rehearsal) {
        List<OpenStep> tasks = rehearsal.flow().tasks();
        return tasks.isEmpty() ? rehearsal.setting().process() : tasks.get(0).process();
    }

    private EventView event(String message, Rehearsable.@Nullable Event event, Locale language) {
        return new EventView(
                message,
                words.event(message, language),
                event == null ? "" : event.variable(),
                event == null
                        ? List.of()
                        : event.values().stream()
                                .map(value -> new Option(value, words.value(event.variable(), value, language)))
                                .toList());
    }

    private String window(OpenStep task, Rehearsal rehearsal, Locale language) {
        Instant opens = task.opens();
        Instant due = task.due();
        if (due == null) {
            return "";
        }
        String until = words.moment(due, rehearsal, language);
        return opens == null || !opens.isAfter(rehearsal.now())
                ? words.text("rehearsal.due", language, until)
                : words.text("rehearsal.window", language, words.moment(opens, rehearsal, language), until);
    }

    /** The way as a list, for whoever cannot see the drawing. */
    private List<TimelineEntry> path(Rehearsal rehearsal, String process, Locale language) {
        List<TimelineEntry> path = new ArrayList<>();
        for (JournalLine line : rehearsal.journal().lines()) {
            if (line.process().equals(process) && !line.element().isEmpty() && line.kind() != JournalLine.Kind.OPENED) {
                path.add(TimelineEntry.done(
                        words.moment(line.at(), rehearsal, language),
                        words.element(process, line.element(), rehearsal.names(), language)));
            }
        }
        for (String element : rehearsal.flow().present(process)) {
            path.add(TimelineEntry.present(
                    words.moment(rehearsal.now(), rehearsal, language),
                    words.element(process, element, rehearsal.names(), language)));
        }
        return path;
    }

    private LineView line(JournalLine line, Rehearsal rehearsal, Locale language) {
        JournalLine.Letter letter = line.letter();
        return new LineView(
                words.moment(line.at(), rehearsal, language),
                line.kind().name().toLowerCase(Locale.ROOT),
                words.line(line, rehearsal, language),
                letter == null ? null : letter.text(),
                letter == null
                        ? null
                        : words.text("rehearsal.letter", language, words.letter(letter.template(), language)));
    }

    /**
     * A task's form.
     *
     * @param answers what was answered so far, or null
     * @param errors what is wrong with it, by field
     */
    TaskPage task(
            String id,
            Rehearsal rehearsal,
            OpenStep task,
            String asked,
            @Nullable Map<String, ?> answers,
            Map<String, List<String>> errors,
            List<Rehearsable.Fact> facts,
            Locale language) {
        String role = task.roles().contains(asked)
                ? asked
                : Optional.ofNullable(first(task.roles())).orElse("");
        FormSchema schema = rehearsal.forms().form(task);
        FormWords.Own own = key -> rehearsal.names().own(key, language);
        return new TaskPage(
                task.id(),
                id,
                words.title(task, rehearsal, language),
                role,
                words.role(role, language),
                window(task, rehearsal, language),
                words.guidance(task, rehearsal, language),
                facts(facts, rehearsal.facts(), language),
                forms.page(
                        schema,
                        own,
                        rehearsal
                                .forms()
                                .prepared(
                                        task,
                                        new TaskForms.Reader(role, language, key -> words.text(key, key, language))),
                        answers,
                        errors,
                        language));
    }

    private static @Nullable String first(List<String> roles) {
        return roles.isEmpty() ? null : roles.get(0);
    }

    String drawing(Rehearsal rehearsal, String process, Locale language) {
        return Names.drawing(
                rehearsal.file(process + ".bpmn"),
                (element, name) -> words.element(process, element, rehearsal.names(), language));
    }
}
