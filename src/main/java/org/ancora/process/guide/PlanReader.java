package org.ancora.process.guide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.guide.Plan.Event;
import org.ancora.process.guide.Plan.Kind;
import org.ancora.process.guide.Plan.Node;
import org.ancora.process.guide.Plan.Way;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads a diagram in the order in which one follows it with a finger: every place after those that lead to it, a branch to its
 * end before the next one; ways back do not count.
 */
public final class PlanReader {

    private PlanReader() {}

    /** Reads the one procedure of a diagram. */
    public static Plan read(BpmnModelInstance diagram) {
        Process process =
                diagram.getModelElementsByType(Process.class).iterator().next();
        return new Plan(
                process.getId(), text(process.getName()), documentation(process), scope(process.getFlowElements()));
    }

    /** The places of one frame, those of frames inside it within them. */
    private static List<Node> scope(Collection<FlowElement> elements) {
        List<FlowNode> nodes = elements.stream()
                .filter(FlowNode.class::isInstance)
                .map(FlowNode.class::cast)
                .toList();
        Map<FlowNode, List<BoundaryEvent>> attached = nodes.stream()
                .filter(BoundaryEvent.class::isInstance)
                .map(BoundaryEvent.class::cast)
                .collect(Collectors.groupingBy(BoundaryEvent::getAttachedTo));
        List<Node> ordered = new ArrayList<>();
        for (FlowNode node : inOrder(nodes, attached)) {
            if (!(node instanceof BoundaryEvent)) {
                ordered.add(node(node, attached.getOrDefault(node, List.of())));
            }
        }
        return ordered;
    }

    /** Whatever leads on from a place, and what had been followed when a branch was taken. */
    private record Visit(FlowNode node, Iterator<FlowNode> following) {}

    /** A long diagram must not exhaust the stack, so nothing here calls itself. */
    private static List<FlowNode> inOrder(List<FlowNode> nodes, Map<FlowNode, List<BoundaryEvent>> attached) {
        Deque<FlowNode> ordered = new ArrayDeque<>();
        Set<FlowNode> seen = new HashSet<>();
        List<FlowNode> from = new ArrayList<>(nodes);
        // What begins comes first, hence is followed last: each finished branch is put before what was finished
        // earlier.
        from.sort((one, other) -> Boolean.compare(isBeginning(one), isBeginning(other)));
        for (FlowNode begin : from) {
            if (begin instanceof BoundaryEvent
                    || (!isBeginning(begin) && !begin.getIncoming().isEmpty())) {
                continue;
            }
            follow(begin, attached, seen, ordered);
        }
        nodes.forEach(left -> follow(left, attached, seen, ordered));
        return List.copyOf(ordered);
    }

    private static void follow(
            FlowNode begin, Map<FlowNode, List<BoundaryEvent>> attached, Set<FlowNode> seen, Deque<FlowNode> ordered) {
        if (!seen.add(begin)) {
            return;
        }
        Deque<Visit> way = new ArrayDeque<>();
        way.push(new Visit(begin, following(begin, attached)));
        while (!way.isEmpty()) {
            Visit visit = way.element();
            if (!visit.following().hasNext()) {
                way.remove();
                ordered.push(visit.node());
                continue;
            }
            FlowNode next = visit.following().next();
            if (seen.add(next)) {
                way.push(new Visit(next, following(next, attached)));
            }
        }
    }

    /** What follows, the last one first; what may happen meanwhile comes after what follows in the ordinary way. */
    private static Iterator<FlowNode> following(FlowNode node, Map<FlowNode, List<BoundaryEvent>> attached) {
        List<FlowNode> following = new ArrayList<>();
        node.getOutgoing().forEach(flow -> following.add(0, flow.getTarget()));
        attached.getOrDefault(node, List.of()).forEach(event -> following.add(0, event));
        return following.iterator();
    }

    private static boolean isBeginning(FlowNode node) {
        return node instanceof StartEvent;
    }

    private static Node node(FlowNode node, List<BoundaryEvent> attached) {
        return new Node(
                node.getId(),
                kind(node),
                text(node.getName()),
                documentation(node),
                node instanceof UserTask task ? roles(task) : List.of(),
                node instanceof UserTask task ? variable(task.getCamundaAssignee()) : null,
                node instanceof UserTask task ? variable(task.getCamundaFollowUpDate()) : null,
                node instanceof UserTask task ? variable(task.getCamundaDueDate()) : timer(node),
                node instanceof ServiceTask task ? variable(task.getCamundaDelegateExpression()) : delegate(node),
                inputs(node),
                node instanceof CallActivity call ? call.getCalledElement() : null,
                node instanceof UserTask task ? overdue(task) : List.of(),
                ways(node),
                attached.stream().map(PlanReader::event).toList(),
                node instanceof SubProcess frame ? scope(frame.getFlowElements()) : List.of());
    }

    private static Kind kind(FlowNode node) {
        if (node instanceof StartEvent) {
            return Kind.START;
        }
        if (node instanceof UserTask) {
            return Kind.TASK;
        }
        if (node instanceof CallActivity) {
            return Kind.CALL;
        }
        if (node instanceof SubProcess) {
            return Kind.GROUP;
        }
        if (node instanceof Gateway gateway) {
            return gateway(gateway);
        }
        if (node instanceof EndEvent end) {
            return has(end.getEventDefinitions(), ErrorEventDefinition.class)
                    ? Kind.REPORTING_END
                    : has(end.getEventDefinitions(), TerminateEventDefinition.class) ? Kind.DROPPING_END : Kind.END;
        }
        if (node instanceof CatchEvent event) {
            return waited(event);
        }
        return Kind.STEP;
    }

    private static Kind gateway(Gateway gateway) {
        if (gateway.getOutgoing().size() < 2) {
            return gateway instanceof ExclusiveGateway ? Kind.MEETING : Kind.GATHERING;
        }
        return gateway instanceof ExclusiveGateway
                ? Kind.CHOICE
                : gateway instanceof InclusiveGateway
                        ? Kind.SEVERAL
                        : gateway instanceof EventBasedGateway ? Kind.RACE : Kind.ALL;
    }

    private static Kind waited(CatchEvent event) {
        return has(event.getEventDefinitions(), TimerEventDefinition.class)
                ? Kind.TIMER
                : has(event.getEventDefinitions(), ErrorEventDefinition.class) ? Kind.REPORTING_END : Kind.MESSAGE;
    }

    private static boolean has(Collection<EventDefinition> definitions, Class<? extends EventDefinition> kind) {
        return definitions.stream().anyMatch(kind::isInstance);
    }

    private static Event event(BoundaryEvent event) {
        return new Event(
                event.getId(), waited(event), text(event.getName()), timer(event), event.cancelActivity(), ways(event));
    }

    private static @Nullable String timer(FlowNode node) {
        return node instanceof CatchEvent event
                ? event.getEventDefinitions().stream()
                        .filter(TimerEventDefinition.class::isInstance)
                        .flatMap(definition -> Stream.ofNullable(((TimerEventDefinition) definition).getTimeDate()))
                        .flatMap(date -> Stream.ofNullable(variable(date.getTextContent())))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** A business rule task takes a step like a service task; the model has no common type for both. */
    private static @Nullable String delegate(FlowNode node) {
        return variable(node.getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "delegateExpression"));
    }

    private static Map<String, String> inputs(FlowNode node) {
        Map<String, String> inputs = new TreeMap<>();
        if (node.getExtensionElements() != null) {
            node.getExtensionElements().getElementsQuery().filterByType(CamundaInputOutput.class).list().stream()
                    .flatMap(each -> each.getCamundaInputParameters().stream())
                    .forEach(input -> inputs.put(
                            input.getCamundaName(), input.getTextContent().strip()));
        }
        return inputs;
    }

    private static List<String> overdue(UserTask task) {
        return task.getExtensionElements() == null
                ? List.of()
                : task.getExtensionElements().getElementsQuery().filterByType(CamundaTaskListener.class).list().stream()
                        .flatMap(listener -> Stream.ofNullable(variable(listener.getCamundaDelegateExpression())))
                        .distinct()
                        .toList();
    }

    private static List<Way> ways(FlowNode node) {
        @Nullable
        SequenceFlow otherwise = node instanceof ExclusiveGateway gateway
                ? gateway.getDefault()
                : node instanceof InclusiveGateway gateway ? gateway.getDefault() : null;
        return node.getOutgoing().stream()
                .map(flow -> new Way(
                        flow.getId(),
                        text(flow.getName()),
                        flow.getConditionExpression() == null
                                ? null
                                : bare(flow.getConditionExpression().getTextContent()),
                        flow.equals(otherwise),
                        flow.getTarget().getId()))
                .toList();
    }

    private static List<String> roles(UserTask task) {
        String groups = task.getCamundaCandidateGroups();
        return groups == null
                ? List.of()
                : Stream.of(groups.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
    }

    private static @Nullable String variable(@Nullable String expression) {
        return expression == null || expression.isBlank() ? null : bare(expression);
    }

    private static String bare(String expression) {
        return expression.strip().replaceFirst("^[$#]\\{(.*)}$", "$1").strip();
    }

    private static String documentation(FlowElement element) {
        return element.getDocumentations().stream()
                .map(each -> each.getTextContent())
                .collect(Collectors.joining("\n"));
    }

    private static String documentation(Process process) {
        return process.getDocumentations().stream()
                .map(each -> each.getTextContent())
                .collect(Collectors.joining("\n"));
    }

    private static String text(@Nullable String name) {
        return name == null ? "" : name.replace('\n', ' ').strip();
    }
}
