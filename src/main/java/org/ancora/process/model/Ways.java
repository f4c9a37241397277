package org.ancora.process.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a procedure comes to by itself, with nobody and nothing waited for: along the arrows, into frames and called procedures
 * and out of them again where they let it pass, and on by a date, which may be over already.
 *
 * <p>A frame or a called procedure lets it pass where one way through it waits nowhere; ways that go side by side must all.
 */
final class Ways {

    private final Drawing drawing;
    private final Set<XmlElement> waits;
    private final Set<XmlElement> closed;
    private final Set<XmlElement> passed = new HashSet<>();
    private final Set<XmlElement> ends = new HashSet<>();
    private final Map<XmlElement, Set<String>> thrown = new HashMap<>();

    /**
     * Finds the ways.
     *
     * @param waits dates that are known to be waited for
     * @param closed steps past which there is no way for this once
     */
    Ways(Drawing drawing, Set<XmlElement> waits, Set<XmlElement> closed) {
        this.drawing = drawing;
        this.waits = waits;
        this.closed = closed;
        List<XmlElement> fromTheEnd = fromTheEnd();
        List<XmlElement> scopes = drawing.scopes();
        boolean more = true;
        while (more) {
            more = false;
            for (XmlElement node : fromTheEnd) {
                more |= !ends.contains(node) && mayEnd(node) && ends.add(node);
            }
            for (XmlElement scope : scopes) {
                more |= explore(scope);
            }
        }
    }

    /** Where it is next, from an element to which it has come. */
    List<XmlElement> next(XmlElement node) {
        List<XmlElement> next = new ArrayList<>(inside(node));
        next.addAll(beside(node));
        return next;
    }

    /** Whether there is a way from an element back to it. */
    boolean leadsBack(XmlElement node) {
        Set<XmlElement> reached = new HashSet<>();
        Deque<XmlElement> open = new ArrayDeque<>(next(node));
        while (!open.isEmpty()) {
            XmlElement at = open.pop();
            if (at == node) {
                return true;
            }
            if (reached.add(at)) {
                open.addAll(next(at));
            }
        }
        return false;
    }

    /** The first elements of what an element holds or calls. */
    private List<XmlElement> inside(XmlElement node) {
        XmlElement scope = node.is("bpmn:callActivity") ? drawing.called(node) : node;
        if (scope == null || !scope.is("bpmn:process", "bpmn:subProcess")) {
            return List.of();
        }
        return entered(scope);
    }

    private List<XmlElement> entered(XmlElement scope) {
        return Stream.concat(
                        drawing.begins(scope).stream(),
                        drawing.onEvents(scope).stream().filter(this::comesByItself))
                .toList();
    }

    /** Within the same frame: by the arrows, and by what interrupts or accompanies it. */
    private List<XmlElement> beside(XmlElement node) {
        List<XmlElement> next = new ArrayList<>(drawing.attached(node).stream()
                .filter(event -> comesByItself(event) || catchesOneOf(event, thrownBy(node)))
                .toList());
        Set<String> leaking = leaking(node);
        XmlElement scope = drawing.scope(node);
        if (scope != null && !leaking.isEmpty()) {
            drawing.onEvents(scope).stream()
                    .filter(start -> start.parent() != node.parent())
                    .filter(start -> catchesOneOf(start, leaking))
                    .forEach(next::add);
        }
        if (letsPass(node)) {
            next.addAll(drawing.following(node));
        }
        return next;
    }

    private boolean letsPass(XmlElement node) {
        if (closed.contains(node) || Drawing.isMessage(node)) {
            return false;
        }
        return switch (node.name()) {
            case "bpmn:userTask", "bpmn:endEvent" -> false;
            case "bpmn:subProcess" -> passed.contains(node);
            case "bpmn:callActivity" -> {
                XmlElement called = drawing.called(node);
                yield called != null && passed.contains(called);
            }
            default -> !waits.contains(node);
        };
    }

    private boolean comesByItself(XmlElement event) {
        return Drawing.date(event).isPresent() && !waits.contains(event);
    }

    private Set<String> thrownBy(XmlElement node) {
        return switch (node.name()) {
            case "bpmn:endEvent" -> drawing.error(node).map(Set::of).orElse(Set.of());
            case "bpmn:subProcess" -> thrown.getOrDefault(node, Set.of());
            case "bpmn:callActivity" -> {
                XmlElement called = drawing.called(node);
                yield called == null ? Set.of() : thrown.getOrDefault(called, Set.of());
            }
            default -> Set.of();
        };
    }

    /** The errors that no event on the element's own edge catches. */
    private Set<String> leaking(XmlElement node) {
        Set<String> leaking = new HashSet<>(thrownBy(node));
        leaking.removeIf(code -> drawing.attached(node).stream().anyMatch(event -> catchesOneOf(event, Set.of(code))));
        return leaking;
    }

    private boolean catchesOneOf(XmlElement event, Set<String> codes) {
        return drawing.error(event)
                .map(code -> codes.contains(code) || (code.isEmpty() && !codes.isEmpty()))
                .orElse(false);
    }

    /** Whether what comes here may come to the end of its procedure or frame, and everything that goes side by side with it. */
    private boolean mayEnd(XmlElement node) {
        List<XmlElement> arrows = drawing.following(node);
        boolean aside = beside(node).stream()
                .filter(next -> !arrows.contains(next))
                .anyMatch(next -> Drawing.interrupts(next) && ends.contains(next));
        if (aside || node.is("bpmn:endEvent")) {
            return aside || drawing.error(node).isEmpty();
        }
        return letsPass(node)
                && (drawing.forks(node)
                        ? ends.containsAll(arrows)
                        : arrows.stream().anyMatch(ends::contains));
    }

    /** Whether more is known now of what a procedure or a frame lets pass and throws. */
    private boolean explore(XmlElement scope) {
        Set<String> errors = thrown.computeIfAbsent(scope, any -> new HashSet<>());
        boolean more = false;
        boolean over = entered(scope).stream()
                .anyMatch(start -> ends.contains(start) && (start.parent() == scope || Drawing.interrupts(start)));
        Set<XmlElement> reached = new HashSet<>();
        Deque<XmlElement> open = new ArrayDeque<>(entered(scope));
        while (!open.isEmpty()) {
            XmlElement at = open.pop();
            if (!reached.add(at)) {
                continue;
            }
            over |= at.children("bpmn:terminateEventDefinition").findAny().isPresent();
            List<XmlElement> next = beside(at);
            for (String code : leaking(at)) {
                if (next.stream().noneMatch(start -> catchesOneOf(start, Set.of(code)))) {
                    more |= errors.add(code);
                }
            }
            open.addAll(next);
        }
        if (over) {
            more |= passed.add(scope);
        }
        return more;
    }

    /** Whatever follows before what it follows, as far as there are no circles. */
    private List<XmlElement> fromTheEnd() {
        Set<XmlElement> ordered = new LinkedHashSet<>();
        Set<XmlElement> seen = new HashSet<>();
        Deque<XmlElement> open = new ArrayDeque<>();
        for (XmlElement node : drawing.nodes()) {
            open.push(node);
            while (!open.isEmpty()) {
                XmlElement at = open.element();
                if (seen.add(at)) {
                    Stream.concat(drawing.following(at).stream(), drawing.attached(at).stream())
                            .filter(next -> !seen.contains(next))
                            .forEach(open::push);
                } else {
                    ordered.add(open.pop());
                }
            }
        }
        return List.copyOf(ordered);
    }
}
