package org.ancora.process.migration;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ancora.process.migration.Place.Kind;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.jspecify.annotations.Nullable;

/**
 * The places of a diagram, in the order of the file.
 *
 * @param key the procedure's key
 * @param name as the file has it, or the key
 * @param places by id
 */
record Diagram(String key, String name, Map<String, Place> places) {

    /** Reads a file that has passed the gate. */
    static Diagram read(byte[] file) {
        return read(Bpmn.readModelFromStream(new ByteArrayInputStream(file)));
    }

    static Diagram read(BpmnModelInstance model) {
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        Map<String, Place> places = new LinkedHashMap<>();
        collect(process.getFlowElements(), List.of(), places);
        return new Diagram(process.getId(), text(process.getName(), process.getId()), places);
    }

    Optional<Place> find(String id) {
        return Optional.ofNullable(places.get(id));
    }

    /** Where cases may stand. */
    List<Place> waits() {
        return places.values().stream().filter(Place::waits).toList();
    }

    private static void collect(Collection<FlowElement> elements, List<String> frames, Map<String, Place> places) {
        for (FlowElement element : elements) {
            if (element instanceof FlowNode node) {
                places.put(node.getId(), place(node, frames));
                if (node instanceof SubProcess frame) {
                    List<String> inside = new ArrayList<>(frames);
                    inside.add(frame.getId());
                    collect(frame.getFlowElements(), inside, places);
                }
            }
        }
    }

    private static Place place(FlowNode node, List<String> frames) {
        Kind kind = kind(node);
        boolean attached = node instanceof BoundaryEvent;
        boolean waits =
                switch (kind) {
                    case TASK, CALL, RACE, GATHERING -> true;
                    case TIMER, MESSAGE -> node instanceof ReceiveTask || isOnTheWay(node);
                    case STEP -> node.isCamundaAsyncBefore() || node.isCamundaAsyncAfter();
                    default -> false;
                };
        return new Place(
                node.getId(),
                kind,
                text(node.getName(), node.getId()),
                List.copyOf(frames),
                attached ? ((BoundaryEvent) node).getAttachedTo().getId() : null,
                waits,
                facts(node),
                neighbours(node));
    }

    private static boolean isOnTheWay(FlowNode node) {
        return node instanceof org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
    }

    private static Kind kind(FlowNode node) {
        if (node instanceof UserTask) {
            return Kind.TASK;
        }
        if (node instanceof CallActivity) {
            return Kind.CALL;
        }
        if (node instanceof SubProcess frame) {
            return frame.triggeredByEvent() ? Kind.EVENT_FRAME : Kind.FRAME;
        }
        if (node instanceof EventBasedGateway) {
            return Kind.RACE;
        }
        if (node instanceof Gateway gateway) {
            return (gateway instanceof ParallelGateway || gateway instanceof InclusiveGateway)
                            && gateway.getIncoming().size() > 1
                    ? Kind.GATHERING
                    : Kind.OTHER;
        }
        if (node instanceof ReceiveTask) {
            return Kind.MESSAGE;
        }
        if (node instanceof CatchEvent event) {
            Collection<EventDefinition> heard = event.getEventDefinitions();
            return heard.stream().anyMatch(TimerEventDefinition.class::isInstance)
                    ? Kind.TIMER
                    : heard.stream().anyMatch(MessageEventDefinition.class::isInstance) ? Kind.MESSAGE : Kind.OTHER;
        }
        return node instanceof ServiceTask || node instanceof BusinessRuleTask ? Kind.STEP : Kind.OTHER;
    }

    private static Map<String, String> facts(FlowNode node) {
        Map<String, String> facts = new TreeMap<>();
        if (node instanceof UserTask task) {
            put(facts, "form", task.getCamundaFormRef());
            put(facts, "roles", task.getCamundaCandidateGroups());
            put(facts, "person", task.getCamundaAssignee());
            put(facts, "opens", task.getCamundaFollowUpDate());
            put(facts, "due", task.getCamundaDueDate());
        }
        if (node instanceof CallActivity call) {
            put(facts, "called", call.getCalledElement());
        }
        if (node instanceof ServiceTask step) {
            put(facts, "step", step.getCamundaDelegateExpression());
        }
        if (node instanceof BusinessRuleTask step) {
            put(facts, "step", step.getCamundaDelegateExpression());
        }
        if (node instanceof CatchEvent event) {
            event.getEventDefinitions().forEach(heard -> {
                if (heard instanceof TimerEventDefinition timer && timer.getTimeDate() != null) {
                    put(facts, "timer", timer.getTimeDate().getTextContent());
                }
                if (heard instanceof MessageEventDefinition message && message.getMessage() != null) {
                    put(facts, "message", message.getMessage().getName());
                }
            });
        }
        if (node instanceof ReceiveTask task && task.getMessage() != null) {
            put(facts, "message", task.getMessage().getName());
        }
        inputs(node).forEach((name, value) -> put(facts, name.equals("decision") ? "decision" : "inputs", value));
        return facts;
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

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.merge(name, value.strip(), (one, other) -> one + ", " + other);
        }
    }

    private static List<String> neighbours(FlowNode node) {
        return Stream.concat(
                        node.getIncoming().stream().map(SequenceFlow::getSource).map(FlowNode::getId),
                        node.getOutgoing().stream().map(SequenceFlow::getTarget).map(FlowNode::getId))
                .distinct()
                .toList();
    }

    private static String text(@Nullable String name, String otherwise) {
        return name == null || name.isBlank()
                ? otherwise
                : name.replace('\n', ' ').strip();
    }
}
