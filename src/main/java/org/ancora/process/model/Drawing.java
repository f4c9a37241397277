package org.ancora.process.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is connected with what in the diagrams of one folder: arrows, events on steps, frames, and what a step calls. */
final class Drawing {

    private final Map<XmlElement, String> files = new LinkedHashMap<>();
    private final Map<XmlElement, List<XmlElement>> following = new HashMap<>();
    private final Map<XmlElement, List<XmlElement>> attached = new HashMap<>();
    private final Map<String, XmlElement> processes = new HashMap<>();
    private final Map<XmlElement, String> errors = new HashMap<>();
    private final Set<XmlElement> chosen = new HashSet<>();
    private final List<XmlElement> nodes;
    private final List<XmlElement> scopes;

    /** @param diagrams the root of each by its file; whatever refers to nothing is left out */
    Drawing(Map<String, XmlElement> diagrams) {
        diagrams.forEach(this::read);
        nodes = files.keySet().stream()
                .filter(node -> node.is(FlowRules.FLOW_NODES))
                .toList();
        scopes = new ArrayList<>(files.keySet().stream()
                .filter(node -> node.is("bpmn:process", "bpmn:subProcess"))
                .toList());
        Collections.reverse(scopes);
    }

    private void read(String file, XmlElement root) {
        Map<String, XmlElement> byId = new HashMap<>();
        root.children("bpmn:process").forEach(process -> {
            files.put(process, file);
            processes.putIfAbsent(process.attribute("id", ""), process);
        });
        root.all(FlowRules.FLOW_NODES).forEach(node -> {
            files.put(node, file);
            byId.putIfAbsent(node.attribute("id", ""), node);
        });
        root.all("bpmn:sequenceFlow").forEach(flow -> arrow(flow, byId));
        root.all("bpmn:boundaryEvent").forEach(event -> {
            XmlElement step = byId.get(event.attribute("attachedToRef", ""));
            if (step != null) {
                attached.computeIfAbsent(step, any -> new ArrayList<>()).add(event);
            }
        });
        Map<String, String> codes = root.children("bpmn:error")
                .collect(Collectors.toMap(
                        error -> error.attribute("id", ""), error -> error.attribute("errorCode", ""), (a, b) -> a));
        root.all(FlowRules.FLOW_NODES).forEach(node -> node.children("bpmn:errorEventDefinition")
                .forEach(definition -> errors.put(node, codes.getOrDefault(definition.attribute("errorRef", ""), ""))));
    }

    private void arrow(XmlElement flow, Map<String, XmlElement> byId) {
        XmlElement from = byId.get(flow.attribute("sourceRef", ""));
        XmlElement to = byId.get(flow.attribute("targetRef", ""));
        if (from != null && to != null) {
            following.computeIfAbsent(from, any -> new ArrayList<>()).add(to);
            if (flow.children("bpmn:conditionExpression").findAny().isPresent()) {
                chosen.add(from);
            }
        }
    }

    /** All steps, events and gateways, in the order in which they are written. */
    List<XmlElement> nodes() {
        return nodes;
    }

    /** Procedures and frames, the innermost first. */
    List<XmlElement> scopes() {
        return scopes;
    }

    String file(XmlElement node) {
        return files.getOrDefault(node, "");
    }

    /** Where the arrows lead. */
    List<XmlElement> following(XmlElement node) {
        return following.getOrDefault(node, List.of());
    }

    /** The events on the edge of a step or frame. */
    List<XmlElement> attached(XmlElement node) {
        return attached.getOrDefault(node, List.of());
    }

    /** Whether all its arrows are followed at once. */
    boolean forks(XmlElement node) {
        return node.is("bpmn:parallelGateway")
                || (!node.is("bpmn:exclusiveGateway", "bpmn:inclusiveGateway", "bpmn:eventBasedGateway")
                        && !chosen.contains(node));
    }

    /** The procedure that a step calls, if it is in the folder. */
    @Nullable
    XmlElement called(XmlElement call) {
        return processes.get(call.attribute("calledElement", ""));
    }

    /** Where a procedure or a frame begins. */
    List<XmlElement> begins(XmlElement scope) {
        return scope.children("bpmn:startEvent").filter(files::containsKey).toList();
    }

    /** Where the frames begin that an event starts while this procedure or frame is open. */
    List<XmlElement> onEvents(XmlElement scope) {
        return scope.children("bpmn:subProcess")
                .filter(Drawing::isEventFrame)
                .flatMap(frame -> begins(frame).stream())
                .toList();
    }

    /** The procedure or the frame in whose course an element stands; a frame that an event starts is part of its own. */
    @Nullable
    XmlElement scope(XmlElement node) {
        XmlElement scope = node.parent();
        while (scope != null && isEventFrame(scope)) {
            scope = scope.parent();
        }
        return scope;
    }

    /** The code of the error that an event throws or catches; an empty one catches all. */
    Optional<String> error(XmlElement event) {
        return Optional.ofNullable(errors.get(event));
    }

    /** The variable with the date of a timer. */
    static Optional<String> date(XmlElement event) {
        return event.children("bpmn:timerEventDefinition")
                .flatMap(timer -> timer.children("bpmn:timeDate"))
                .flatMap(date ->
                        Stream.of(ConditionLanguage.variable(date.text()).orElse("")))
                .findFirst();
    }

    /** Whether a message ends the wait. */
    static boolean isMessage(XmlElement event) {
        return event.children("bpmn:messageEventDefinition").findAny().isPresent();
    }

    static boolean isEventFrame(XmlElement scope) {
        return scope.attribute("triggeredByEvent", "").equals("true");
    }

    /** Whether an event ends what it is attached to, or the procedure in which its frame stands. */
    static boolean interrupts(XmlElement event) {
        return !event.attribute("cancelActivity", event.attribute("isInterrupting", "true"))
                .equals("false");
    }
}
