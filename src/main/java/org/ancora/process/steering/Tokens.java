package org.ancora.process.steering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.guide.Plan;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Where a procedure waits, and from which other steps it may go on. */
@Component
class Tokens {

    /** Where a token may be put: what waits, acts or calls; never where ways part, meet or end. */
    private static final Set<Plan.Kind> TARGETS =
            Set.of(Plan.Kind.TASK, Plan.Kind.STEP, Plan.Kind.CALL, Plan.Kind.TIMER, Plan.Kind.MESSAGE, Plan.Kind.GROUP);

    private final RunRows rows;
    private final Outlines outlines;
    private final RunWords words;
    private final RuntimeService runtime;

    Tokens(RunRows rows, Outlines outlines, RunWords words, RuntimeService runtime) {
        this.rows = rows;
        this.outlines = outlines;
        this.words = words;
        this.runtime = runtime;
    }

    /**
     * A token of a procedure, or of one that it called.
     *
     * @param token the engine's id of it
     * @param queued whether it stands before a step that Ancora has yet to take, and is in none
     * @param called the procedure that was called there, or null
     */
    private record Wait(
            String instance,
            String definition,
            String element,
            String token,
            boolean queued,
            @Nullable String called) {

        String value() {
            return instance + "/" + token;
        }
    }

    /** Where it waits, in itself and in what it called. */
    List<Choice> waits(Run run, Locale language) {
        List<Wait> waits = waiting(run);
        boolean several = ofSeveral(waits);
        return waits.stream()
                .map(wait -> new Choice(
                        wait.value(),
                        of(wait, words.title(wait.definition(), wait.element(), language), several, language)))
                .toList();
    }

    private static boolean ofSeveral(Collection<Wait> waits) {
        return waits.stream().map(Wait::definition).distinct().count() > 1;
    }

    /** Where several procedures wait, each place says of which it is: a call and a step of what was called may have one name. */
    private String of(Wait wait, String place, boolean several, Locale language) {
        return several
                ? words.say(
                        "steering.choice.of",
                        language,
                        place,
                        outlines.procedure(outlines.plan(wait.definition()).key(), language))
                : place;
    }

    private List<Wait> waiting(Run run) {
        List<Wait> waits = new ArrayList<>();
        rows.visits(run.id()).stream()
                .filter(visit -> visit.left() == null && !visit.isFrame())
                .forEach(visit -> waits.add(new Wait(
                        visit.instance(), visit.definition(), visit.element(), visit.id(), false, visit.called())));
        rows.jobs(run.id()).stream()
                .filter(job -> !job.timer())
                .forEach(job -> waits.add(
                        new Wait(job.instance(), job.definition(), job.element(), job.execution(), true, null)));
        return waits;
    }

    /** Steps from which each waiting procedure could go on, in the order in which one reads them. */
    List<Choice> targets(Run run, Locale language) {
        Map<String, Set<String>> known = known(run);
        Map<String, Wait> waits = new LinkedHashMap<>();
        waiting(run).forEach(wait -> waits.putIfAbsent(wait.instance(), wait));
        boolean several = ofSeveral(waits.values());
        return waits.values().stream()
                .flatMap(wait -> targets(wait, known, several, language))
                .toList();
    }

    private Stream<Choice> targets(Wait wait, Map<String, Set<String>> known, boolean several, Locale language) {
        Plan plan = outlines.plan(wait.definition());
        Set<String> safe = safe(plan, known.getOrDefault(wait.instance(), Set.of()));
        return outlines.of(wait.definition(), language)
                .steps()
                .filter(line -> safe.contains(line.id()))
                .map(line -> new Choice(
                        wait.instance() + "/" + line.id(),
                        of(wait, line.number() + " " + line.title(), several, language)));
    }

    /** Steps of which everything that they need could be known: where a token may be put at all. */
    static Set<String> targets(Plan plan) {
        return plan.byId().values().stream()
                .filter(node -> TARGETS.contains(node.kind()))
                .map(Plan.Node::id)
                .collect(Collectors.toSet());
    }

    /** Steps of which everything that they need is known: a task without its dates would be due never. */
    static Set<String> safe(Plan plan, Set<String> known) {
        return plan.byId().values().stream()
                .filter(node -> TARGETS.contains(node.kind()))
                .filter(node -> needs(node).stream().allMatch(known::contains))
                .map(Plan.Node::id)
                .collect(Collectors.toSet());
    }

    private static List<String> needs(Plan.Node node) {
        List<String> needs = new ArrayList<>();
        for (String variable : new String[] {node.opens(), node.due()}) {
            if (variable != null && variable.matches("[A-Za-z]\\w*")) {
                needs.add(variable);
            }
        }
        node.events().forEach(event -> {
            String due = event.due();
            if (due != null && due.matches("[A-Za-z]\\w*")) {
                needs.add(due);
            }
        });
        return needs;
    }

    /** Names of the variables that have a value, by procedure. */
    private Map<String, Set<String>> known(Run run) {
        Map<String, Set<String>> known = new HashMap<>();
        rows.values(run.id()).stream().filter(value -> value.value() != null).forEach(value -> known.computeIfAbsent(
                        value.instance(), any -> new HashSet<>())
                .add(value.name()));
        return known;
    }

    Prepared move(Run run, Order order, Locale language) {
        Wait from = waiting(run).stream()
                .filter(wait -> wait.value().equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "steering.choose.wait"));
        String prefix = from.instance() + "/";
        String element = order.to().startsWith(prefix) ? order.to().substring(prefix.length()) : "";
        Plan plan = outlines.plan(from.definition());
        if (!safe(plan, known(run).getOrDefault(from.instance(), Set.of())).contains(element)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.target");
        }
        String was = words.title(from.definition(), from.element(), language);
        String becomes = words.title(from.definition(), element, language);
        List<String> effects = new ArrayList<>();
        effects.add(words.say("steering.will.move", language, becomes, was));
        switch (Objects.requireNonNull(plan.byId().get(element)).kind()) {
            case STEP -> effects.add(words.say("steering.will.act", language, becomes));
            case TASK -> effects.add(words.say("steering.will.open-task", language, becomes));
            default -> {
                // it waits there, as the first sentence says
            }
        }
        if (from.called() != null) {
            effects.add(words.say("steering.will.end-called", language, was));
        }
        rows.tasks(run.id()).stream()
                .filter(task -> isOf(task, from))
                .forEach(task -> effects.add(words.dropped(task, language)));
        return new Prepared(effects, Map.of("element", from.element(), "target", element), () -> {
            ProcessInstanceModificationBuilder change =
                    runtime.createProcessInstanceModification(from.instance()).startBeforeActivity(element);
            (from.queued()
                            ? change.cancelTransitionInstance(from.token())
                            : change.cancelActivityInstance(from.token()))
                    .execute();
            return run.id();
        });
    }

    private static boolean isOf(RunRows.Task task, Wait from) {
        return task.instance().equals(from.called())
                || (task.instance().equals(from.instance()) && task.element().equals(from.element()));
    }
}
