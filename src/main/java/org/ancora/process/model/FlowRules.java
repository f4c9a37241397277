package org.ancora.process.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the elements of one diagram must hang together: every way leads on, and all of it is drawn. */
final class FlowRules {

    static final String[] FLOW_NODES = {
        "bpmn:startEvent",
        "bpmn:endEvent",
        "bpmn:intermediateCatchEvent",
        "bpmn:intermediateThrowEvent",
        "bpmn:boundaryEvent",
        "bpmn:userTask",
        "bpmn:serviceTask",
        "bpmn:businessRuleTask",
        "bpmn:callActivity",
        "bpmn:subProcess",
        "bpmn:exclusiveGateway",
        "bpmn:inclusiveGateway",
        "bpmn:parallelGateway",
        "bpmn:eventBasedGateway"
    };

    /** The engine keeps no more of it. */
    private static final int LONGEST_ID = 100;

    private final String file;
    private final XmlElement root;
    private final Map<String, XmlElement> byId = new HashMap<>();
    private final Map<String, List<XmlElement>> leaving;
    private final List<Finding> findings = new ArrayList<>();

    private FlowRules(String file, XmlElement root) {
        this.file = file;
        this.root = root;
        this.leaving =
                root.all("bpmn:sequenceFlow").collect(Collectors.groupingBy(flow -> flow.attribute("sourceRef", "")));
        root.all().forEach(element -> {
            String id = element.attribute("id");
            if (id != null && byId.put(id, element) != null) {
                add(element, "duplicate-id", id);
            }
        });
    }

    static List<Finding> check(String file, XmlElement root) {
        FlowRules rules = new FlowRules(file, root);
        root.all(FLOW_NODES).forEach(rules::flowNode);
        root.all("bpmn:sequenceFlow").forEach(rules::flow);
        rules.drawing();
        return rules.findings;
    }

    private void flowNode(XmlElement node) {
        String id = node.attribute("id", "");
        if (id.length() > LONGEST_ID || !id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            add(node, "element-id", id);
        }
        if (node.is("bpmn:boundaryEvent") && !byId.containsKey(node.attribute("attachedToRef", ""))) {
            add(node, "unknown-reference", node.attribute("attachedToRef", ""));
        }
        List<XmlElement> out = leaving(node);
        if (node.is("bpmn:exclusiveGateway", "bpmn:inclusiveGateway") && out.size() > 1) {
            String otherwise = node.attribute("default", "");
            if (out.stream().noneMatch(flow -> flow.attribute("id", "").equals(otherwise))) {
                add(node, "gateway-default");
            }
            out.stream()
                    .filter(flow -> !flow.attribute("id", "").equals(otherwise))
                    .filter(flow ->
                            flow.children("bpmn:conditionExpression").findAny().isEmpty())
                    .forEach(flow -> add(flow, "gateway-condition"));
        }
        if (out.isEmpty() && !node.is("bpmn:endEvent") && !isEventSubProcess(node)) {
            add(node, "dead-end");
        }
    }

    private void flow(XmlElement flow) {
        for (String end : List.of("sourceRef", "targetRef")) {
            XmlElement node = byId.get(flow.attribute(end, ""));
            if (node == null || !node.is(FLOW_NODES)) {
                add(flow, "unknown-reference", flow.attribute(end, ""));
            }
        }
    }

    private void drawing() {
        Set<String> drawn = root.all("bpmndi:BPMNShape", "bpmndi:BPMNEdge")
                .map(shape -> shape.attribute("bpmnElement", ""))
                .collect(Collectors.toSet());
        root.all()
                .filter(element -> element.is(FLOW_NODES) || element.is("bpmn:sequenceFlow"))
                .filter(element -> !drawn.contains(element.attribute("id", "")))
                .forEach(element -> add(element, "not-drawn"));
    }

    private List<XmlElement> leaving(XmlElement node) {
        return leaving.getOrDefault(node.attribute("id", ""), List.of());
    }

    private static boolean isEventSubProcess(XmlElement node) {
        return node.attribute("triggeredByEvent", "").equals("true");
    }

    private void add(XmlElement element, String rule, String... arguments) {
        findings.add(Finding.error(file, element.nearestId(), element.line(), rule, (Object[]) arguments));
    }
}
