package org.ancora.process.steering;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.process.IdWords;
import org.ancora.process.Procedures;
import org.ancora.process.guide.GuideWords;
import org.ancora.process.guide.Plan;
import org.ancora.process.guide.PlanReader;
import org.ancora.process.task.StepNames;
import org.ancora.time.Dates;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;

/** Writes diagrams out as outlines. What a deployed version says never changes, so it is read once. */
@Service
public class Outlines {

    private static final Object[] NOTHING = {};

    /** Places that are called by what ends the wait there. */
    private static final Set<Plan.Kind> AWAITED = Set.of(Plan.Kind.MESSAGE, Plan.Kind.TIMER);

    private final RepositoryService repository;
    private final GuideWords words;
    private final StepNames names;
    private final Dates dates;
    private final MessageSource messages;
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Plan.Node>> nodes = new ConcurrentHashMap<>();

    Outlines(RepositoryService repository, GuideWords words, StepNames names, Dates dates, MessageSource messages) {
        this.repository = repository;
        this.words = words;
        this.names = names;
        this.dates = dates;
        this.messages = messages;
    }

    /**
     * A diagram without any procedure in it.
     *
     * @param definition the engine's id of the exact diagram version
     */
    public Outline of(String definition, Locale language) {
        return new OutlineWriter(plan(definition), words, language, Map.of()).write();
    }

    /** A diagram that is not deployed, such as a draft; it must have passed the gate. */
    public Outline of(byte[] diagram, Locale language) {
        Plan plan = PlanReader.read(Bpmn.readModelFromStream(new ByteArrayInputStream(diagram)));
        return new OutlineWriter(plan, words, language, Map.of()).write();
    }

    /**
     * A diagram with what is to be said of many procedures that stand in it.
     *
     * @param said in the reader's words, by element
     */
    public Outline of(String definition, Locale language, Map<String, String> said) {
        Map<String, OutlineWriter.Mark> marks = new HashMap<>();
        said.forEach((element, words) -> marks.put(element, new OutlineWriter.Mark("told", words)));
        return new OutlineWriter(plan(definition), words, language, marks).write();
    }

    /**
     * How far a procedure has come, without dates.
     *
     * @param done elements that were passed
     * @param present elements where it waits
     */
    public Outline of(String definition, Locale language, Collection<String> done, Collection<String> present) {
        Map<String, OutlineWriter.Mark> marks = new HashMap<>();
        done.forEach(element -> marks.put(element, new OutlineWriter.Mark("done", "")));
        present.forEach(element -> marks.put(
                element,
                new OutlineWriter.Mark(
                        "present", awaits(definition, element) ? words.text("outline.state.awaited", language) : "")));
        return new OutlineWriter(plan(definition), words, language, marks).write();
    }

    /**
     * How far a procedure has come, with the dates of its path: of a step that was come to several times, the last.
     *
     * @param visits what it came to, earliest first
     */
    public Outline of(String definition, Locale language, List<Procedures.Visit> visits, ZoneId zone) {
        Map<String, OutlineWriter.Mark> marks = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        for (Procedures.Visit visit : visits) {
            int count = times.merge(visit.element(), 1, Integer::sum);
            Instant left = visit.left();
            String when = dates.moment(left == null ? visit.entered() : left, zone, language);
            String state = left == null ? "present" : visit.cancelled() ? "dropped" : "done";
            // An event bears the name of what is yet to happen: "clock stopped" while it runs.
            String wording = left == null && awaits(definition, visit.element()) ? "awaited" : state;
            String said = words.text("outline.when." + wording, language, when, count);
            marks.merge(
                    visit.element(),
                    new OutlineWriter.Mark(state, said),
                    (before, now) -> before.state().equals("present") ? before : now);
        }
        return new OutlineWriter(plan(definition), words, language, marks).write();
    }

    private boolean awaits(String definition, String element) {
        Plan.Node node = plan(definition).byId().get(element);
        return node != null && AWAITED.contains(node.kind());
    }

    /** The name of any element of a diagram, events that may happen meanwhile included. */
    String title(String definition, String element, Locale language) {
        Plan plan = plan(definition);
        Map<String, Plan.Node> known = nodes.computeIfAbsent(definition, id -> plan.byId());
        Plan.Node node = known.get(element);
        if (node != null) {
            return words.title(plan, node, language);
        }
        String name = known.values().stream()
                .flatMap(each -> each.events().stream())
                .filter(event -> event.id().equals(element))
                .map(Plan.Event::name)
                .findFirst()
                .orElse("");
        return words.element(plan.key(), element, name.isEmpty() ? IdWords.of(element) : name, language);
    }

    /** Whether a diagram has such an element, events that may happen meanwhile included. */
    boolean has(String definition, String element) {
        Map<String, Plan.Node> known =
                nodes.computeIfAbsent(definition, id -> plan(definition).byId());
        return known.containsKey(element)
                || known.values().stream()
                        .flatMap(node -> node.events().stream())
                        .anyMatch(event -> event.id().equals(element));
    }

    /** Whether anybody gave this place a name; where a frame begins or ends there often is none. */
    boolean isNamed(String definition, String element, Locale language) {
        Plan plan = plan(definition);
        Plan.Node node = nodes.computeIfAbsent(definition, id -> plan.byId()).get(element);
        return node == null
                || !node.name().isEmpty()
                || !words.element(plan.key(), element, "", language).isEmpty();
    }

    /** The name of a procedure. */
    String procedure(String process, Locale language) {
        return names.procedure(process, language);
    }

    /** What a value is called; by the words of its own name where nobody gave it another. */
    String variable(String name, Locale language) {
        String word = messages.getMessage("variable." + name, NOTHING, null, language);
        return word == null ? IdWords.of(name) : word;
    }

    Plan plan(String definition) {
        return plans.computeIfAbsent(definition, id -> PlanReader.read(repository.getBpmnModelInstance(id)));
    }
}
