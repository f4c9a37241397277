package org.ancora.process.rehearsal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small diagrams for tests, with a drawing of their own. */
final class Drawn {

    private final String id;
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Map<String, String> flows = new LinkedHashMap<>();

    private Drawn(String id) {
        this.id = id;
    }

    static Drawn process(String id) {
        return new Drawn(id);
    }

    Drawn start(String node) {
        return node(node, "<bpmn:startEvent id=\"%1$s\" name=\"%1$s\"/>");
    }

    Drawn end(String node) {
        return node(node, "<bpmn:endEvent id=\"%1$s\" name=\"%1$s\"/>");
    }

    Drawn call(String node, String called) {
        return node(
                node,
                "<bpmn:callActivity id=\"%1$s\" name=\"%1$s\" calledElement=\"" + called
                        + "\" camunda:calledElementBinding=\"deployment\"><bpmn:extensionElements>"
                        + "<camunda:in businessKey=\"#{execution.processBusinessKey}\"/></bpmn:extensionElements></bpmn:callActivity>");
    }

    /** A step of the catalogue. */
    Drawn step(String node, String name) {
        return node(
                node, "<bpmn:serviceTask id=\"%1$s\" name=\"%1$s\" camunda:delegateExpression=\"${" + name + "}\"/>");
    }

    /** A gateway without conditions. */
    Drawn gate(String node, String kind) {
        return node(node, "<bpmn:" + kind + " id=\"%1$s\" name=\"%1$s\"/>");
    }

    /** Waits for a date. */
    Drawn until(String node, String variable) {
        return node(
                node,
                "<bpmn:intermediateCatchEvent id=\"%1$s\" name=\"%1$s\"><bpmn:timerEventDefinition id=\"%1$s-date\">"
                        + "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${" + variable + "}</bpmn:timeDate>"
                        + "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>");
    }

    /** A part in which nothing waits. */
    Drawn subProcess(String node) {
        nodes.put(node + "-in", "");
        nodes.put(node + "-out", "");
        flows.put(node + "-inside", "");
        return node(
                node,
                "<bpmn:subProcess id=\"%1$s\" name=\"%1$s\"><bpmn:startEvent id=\"%1$s-in\" name=\"in\"/>"
                        + "<bpmn:endEvent id=\"%1$s-out\" name=\"out\"/><bpmn:sequenceFlow id=\"%1$s-inside\" sourceRef=\"%1$s-in\""
                        + " targetRef=\"%1$s-out\"/></bpmn:subProcess>");
    }

    /** A gateway that goes one way unless a condition holds. */
    Drawn choice(String node, String otherwise, String condition, String then) {
        flows.put(
                node + "-to-" + otherwise,
                "<bpmn:sequenceFlow id=\"" + node + "-to-" + otherwise + "\" sourceRef=\"" + node + "\" targetRef=\""
                        + otherwise + "\"/>");
        flows.put(
                node + "-to-" + then,
                "<bpmn:sequenceFlow id=\"" + node + "-to-" + then + "\" sourceRef=\"" + node + "\" targetRef=\"" + then
                        + "\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">" + condition
                        + "</bpmn:conditionExpression></bpmn:sequenceFlow>");
        return node(
                node,
                "<bpmn:exclusiveGateway id=\"%1$s\" name=\"%1$s\" default=\"" + node + "-to-" + otherwise + "\"/>");
    }

    private Drawn node(String node, String xml) {
        nodes.put(node, xml.formatted(node));
        return this;
    }

    Drawn flow(String from, String to) {
        flows.put(
                from + "-to-" + to,
                "<bpmn:sequenceFlow id=\"" + from + "-to-" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to
                        + "\"/>");
        return this;
    }

    String xml() {
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="%1$s-definitions" targetNamespace="https://ancora.org/processes">
                  <bpmn:process id="%1$s" name="%1$s" isExecutable="true" camunda:historyTimeToLive="P1D">
                """.formatted(id));
        nodes.values().forEach(xml::append);
        flows.values().forEach(xml::append);
        xml.append("</bpmn:process><bpmndi:BPMNDiagram id=\"d\"><bpmndi:BPMNPlane id=\"p\" bpmnElement=\"")
                .append(id)
                .append("\">");
        int at = 0;
        for (String node : nodes.keySet()) {
            at += 100;
            xml.append("<bpmndi:BPMNShape id=\"")
                    .append(node)
                    .append("-shape\" bpmnElement=\"")
                    .append(node)
                    .append("\"><dc:Bounds x=\"" + at + "\" y=\"80\" width=\"36\" height=\"36\"/></bpmndi:BPMNShape>");
        }
        for (String flow : flows.keySet()) {
            xml.append("<bpmndi:BPMNEdge id=\"")
                    .append(flow)
                    .append("-edge\" bpmnElement=\"")
                    .append(flow)
                    .append("\"><di:waypoint x=\"100\" y=\"98\"/><di:waypoint x=\"200\" y=\"98\"/></bpmndi:BPMNEdge>");
        }
        return xml.append("</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>")
                .toString();
    }
}
