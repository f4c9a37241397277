package org.ancora.process.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.process.Step;

/**
 * Nothing goes round for ever: on every way back somebody or something is waited for, in the diagram itself, in its frames and in
 * what it calls. A date counts as a wait only where the way back sets it anew; one that stays where it was is over the second
 * time. Whether a step that sets a date sets it to a later one no drawing tells: that is watched while it runs.
 */
final class EndlessRules {

    /** Dates that are kept only because of others, which are kept only because of others: nobody draws more of these. */
    private static final int MOST_ROUNDS = 5;

    private final Drawing drawing;
    private final Map<String, Step> steps;
    private final List<Finding> findings = new ArrayList<>();

    private EndlessRules(Drawing drawing, Map<String, Step> steps) {
        this.drawing = drawing;
        this.steps = steps;
    }

    /** @param diagrams of one folder: the root of each by its file */
    static List<Finding> check(Map<String, XmlElement> diagrams, Map<String, Step> steps) {
        EndlessRules rules = new EndlessRules(new Drawing(diagrams), steps);
        Ways ways = new Ways(rules.drawing, rules.waits(), Set.of());
        Set<XmlElement> finished = new HashSet<>();
        rules.drawing.nodes().forEach(node -> rules.circle(node, ways, finished));
        return rules.findings;
    }

    /** The dates to which no way leads back, but by a step that sets them. */
    private Set<XmlElement> waits() {
        List<XmlElement> dates = drawing.nodes().stream()
                .filter(event -> Drawing.date(event).isPresent())
                .toList();
        Set<XmlElement> waits = new HashSet<>();
        boolean more = !dates.isEmpty();
        for (int round = 0; more && round < MOST_ROUNDS; round++) {
            Ways ways = new Ways(drawing, Set.copyOf(waits), Set.of());
            Map<Set<XmlElement>, Ways> without = new HashMap<>();
            Set<XmlElement> kept = dates.stream()
                    .filter(event -> !waits.contains(event) && ways.leadsBack(event))
                    .filter(event -> {
                        Set<XmlElement> setting = setting(event);
                        return !setting.isEmpty()
                                && !without.computeIfAbsent(
                                                setting, closed -> new Ways(drawing, Set.copyOf(waits), closed))
                                        .leadsBack(event);
                    })
                    .collect(Collectors.toSet());
            more = waits.addAll(kept);
        }
        return waits;
    }

    /** The steps of its diagram that set an event's date. */
    private Set<XmlElement> setting(XmlElement event) {
        String date = Drawing.date(event).orElse("");
        String file = drawing.file(event);
        return drawing.nodes().stream()
                .filter(node -> drawing.file(node).equals(file) && sets(node, date))
                .collect(Collectors.toSet());
    }

    private boolean sets(XmlElement node, String variable) {
        if (node.is("bpmn:callActivity")) {
            return node.all("camunda:out")
                    .anyMatch(out -> out.attribute("target", "").equals(variable));
        }
        Step step = ConditionLanguage.variable(node.attribute("camunda:delegateExpression", ""))
                .map(steps::get)
                .orElse(null);
        return step != null
                && step.writes().stream().anyMatch(written -> written.name().equals(variable));
    }

    /** An element on the way and those after it that were not yet followed. */
    private record Visit(XmlElement node, Iterator<XmlElement> next) {}

    /** Follows every way without calling itself: a long diagram must not exhaust the stack. */
    private void circle(XmlElement from, Ways ways, Set<XmlElement> finished) {
        Deque<Visit> way = new ArrayDeque<>();
        Set<XmlElement> on = new HashSet<>();
        if (!finished.contains(from)) {
            way.push(new Visit(from, ways.next(from).iterator()));
            on.add(from);
        }
        while (!way.isEmpty()) {
            Visit visit = way.element();
            if (!visit.next().hasNext()) {
                way.remove();
                on.remove(visit.node());
                finished.add(visit.node());
                continue;
            }
            XmlElement next = visit.next().next();
            if (on.contains(next)) {
                refuse(circle(way, next));
                finished.addAll(on);
                return;
            }
            if (!finished.contains(next)) {
                way.push(new Visit(next, ways.next(next).iterator()));
                on.add(next);
            }
        }
    }

    /** The last part of a way, from the element to which it has come back. */
    private static List<XmlElement> circle(Deque<Visit> way, XmlElement back) {
        List<XmlElement> circle = new ArrayList<>();
        for (Visit visit : way) {
            circle.add(0, visit.node());
            if (visit.node() == back) {
                break;
            }
        }
        return circle;
    }

    private void refuse(List<XmlElement> circle) {
        for (int at = 0; at < circle.size(); at++) {
            XmlElement node = circle.get(at);
            XmlElement next = circle.get((at + 1) % circle.size());
            if (node.is("bpmn:callActivity") && next.parent() == drawing.called(node)) {
                add(node, "endless-call", node.attribute("calledElement", ""));
                return;
            }
        }
        circle.stream()
                .filter(node -> Drawing.date(node).isPresent())
                .findFirst()
                .ifPresentOrElse(
                        event -> add(event, "endless-date", Drawing.date(event).orElse("")),
                        () -> add(circle.get(0), "endless-loop"));
    }

    private void add(XmlElement node, String rule, String... arguments) {
        findings.add(Finding.error(drawing.file(node), node.nearestId(), node.line(), rule, (Object[]) arguments));
    }
}
