package org.ancora.process.model;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gate in front of the engine: which elements and attributes a diagram may consist of at all. What is not listed is
 * refused, so a feature of the engine that nobody thought of here is refused too.
 */
final class BpmnGate {

    /** The one expression a called diagram's case code is handed on with. */
    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";

    private static final String TASK = "camunda:asyncBefore camunda:asyncAfter";

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            element(
                    "bpmn:definitions",
                    "name targetNamespace exporter exporterVersion modeler:executionPlatform"
                            + " modeler:executionPlatformVersion"),
            element(
                    "bpmn:process",
                    "name isExecutable isClosed processType camunda:historyTimeToLive camunda:versionTag"),
            element("bpmn:documentation", ""),
            element("bpmn:extensionElements", ""),
            element("bpmn:startEvent", "name isInterrupting"),
            element("bpmn:endEvent", "name"),
            element("bpmn:intermediateCatchEvent", "name"),
            element("bpmn:intermediateThrowEvent", "name"),
            element("bpmn:boundaryEvent", "name attachedToRef cancelActivity"),
            element(
                    "bpmn:userTask",
                    "name camunda:formRef camunda:formRefBinding camunda:dueDate camunda:followUpDate"
                            + " camunda:candidateGroups camunda:assignee camunda:priority"),
            element("bpmn:serviceTask", "name camunda:delegateExpression " + TASK),
            element("bpmn:businessRuleTask", "name camunda:delegateExpression " + TASK),
            element("bpmn:callActivity", "name calledElement camunda:calledElementBinding " + TASK),
            element("bpmn:subProcess", "name triggeredByEvent"),
            element("bpmn:exclusiveGateway", "name default gatewayDirection"),
            element("bpmn:inclusiveGateway", "name default gatewayDirection"),
            element("bpmn:parallelGateway", "name gatewayDirection"),
            element("bpmn:eventBasedGateway", "name gatewayDirection eventGatewayType"),
            element("bpmn:sequenceFlow", "name sourceRef targetRef"),
            element("bpmn:conditionExpression", "xsi:type"),
            element("bpmn:incoming", ""),
            element("bpmn:outgoing", ""),
            element("bpmn:errorEventDefinition", "errorRef"),
            element("bpmn:messageEventDefinition", "messageRef"),
            element("bpmn:timerEventDefinition", ""),
            element("bpmn:timeDate", "xsi:type"),
            element("bpmn:terminateEventDefinition", ""),
            element("bpmn:error", "name errorCode"),
            element("bpmn:message", "name"),
            element("bpmn:collaboration", "name isClosed"),
            element("bpmn:participant", "name processRef"),
            element("bpmn:laneSet", "name"),
            element("bpmn:lane", "name"),
            element("bpmn:flowNodeRef", ""),
            element("bpmn:textAnnotation", ""),
            element("bpmn:text", ""),
            element("bpmn:association", "sourceRef targetRef associationDirection"),
            element("bpmn:group", "categoryValueRef"),
            element("bpmn:category", ""),
            element("bpmn:categoryValue", "value"),
            element("camunda:inputOutput", ""),
            element("camunda:inputParameter", "name"),
            element("camunda:in", "businessKey source sourceExpression target"),
            element("camunda:out", "source target"),
            element("camunda:taskListener", "event delegateExpression"),
            element("camunda:failedJobRetryTimeCycle", ""),
            element("camunda:properties", ""),
            element("camunda:property", "name value"),
            element("bpmndi:BPMNDiagram", "name"),
            element("bpmndi:BPMNPlane", "bpmnElement"),
            element(
                    "bpmndi:BPMNShape",
                    "bpmnElement isHorizontal isExpanded isMarkerVisible bioc:stroke bioc:fill"
                            + " color:background-color color:border-color"),
            element("bpmndi:BPMNEdge", "bpmnElement bioc:stroke bioc:fill color:background-color color:border-color"),
            element("bpmndi:BPMNLabel", "color:color"),
            element("dc:Bounds", "x y width height"),
            element("di:waypoint", "x y"));

    private static final Set<String> WITH_TEXT = Set.of(
            "bpmn:documentation",
            "bpmn:conditionExpression",
            "bpmn:timeDate",
            "bpmn:incoming",
            "bpmn:outgoing",
            "bpmn:flowNodeRef",
            "bpmn:text",
            "camunda:inputParameter",
            "camunda:failedJobRetryTimeCycle");

    /** Why something well known is not allowed; anything else gets the general sentence. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            entry("bpmn:scriptTask", "script"),
            entry("bpmn:script", "script"),
            entry("camunda:script", "script"),
            entry("camunda:resource", "resource"),
            entry("camunda:class", "java-class"),
            entry("camunda:formHandlerClass", "java-class"),
            entry("camunda:variableMappingClass", "java-class"),
            entry("camunda:expression", "expression-attribute"),
            entry("camunda:resultVariable", "expression-attribute"),
            entry("camunda:variableMappingDelegateExpression", "expression-attribute"),
            entry("camunda:variableMappingExpression", "expression-attribute"),
            entry("camunda:connector", "connector"),
            entry("camunda:type", "external-task"),
            entry("camunda:topic", "external-task"),
            entry("camunda:field", "field"),
            entry("camunda:executionListener", "listener"),
            entry("bpmn:multiInstanceLoopCharacteristics", "loop"),
            entry("bpmn:standardLoopCharacteristics", "loop"),
            entry("bpmn:timeCycle", "timer-kind"),
            entry("bpmn:timeDuration", "timer-kind"),
            entry("camunda:formKey", "form-kind"),
            entry("camunda:formData", "form-kind"),
            entry("camunda:formField", "form-kind"),
            entry("camunda:decisionRef", "decision-kind"),
            entry("camunda:outputParameter", "expression-attribute"));

    private final String file;
    private final List<Finding> findings = new ArrayList<>();

    private BpmnGate(String file) {
        this.file = file;
    }

    /** Looks at every element, and spells what may be an expression in our own way. */
    static List<Finding> check(String file, XmlElement root) {
        BpmnGate gate = new BpmnGate(file);
        if (!root.is("bpmn:definitions")) {
            gate.refuse(root, "element", root.name());
        } else {
            root.all().forEach(gate::look);
        }
        return gate.findings;
    }

    private static Map.Entry<String, Set<String>> element(String name, String attributes) {
        return entry(name, attributes.isEmpty() ? Set.of("id") : with("id", Set.of(attributes.split(" "))));
    }

    private static Set<String> with(String one, Set<String> others) {
        Set<String> all = new HashSet<>(others);
        all.add(one);
        return Set.copyOf(all);
    }

    private void look(XmlElement element) {
        Set<String> allowed = ALLOWED.get(element.name());
        if (allowed == null) {
            refuse(element, REASONS.getOrDefault(element.name(), "element"), element.name());
            return;
        }
        element.attributes().forEach((name, value) -> attribute(element, allowed, name, value));
        if (!element.text().isBlank() && !WITH_TEXT.contains(element.name())) {
            refuse(element, "stray-text", element.name());
        }
        switch (element.name()) {
            case "bpmn:conditionExpression" -> condition(element);
            case "bpmn:timeDate" -> timer(element);
            case "camunda:inputParameter" -> input(element);
            case "camunda:taskListener" -> listener(element);
            case "bpmn:timerEventDefinition" ->
                onlyIn(
                        element,
                        "bpmn:startEvent",
                        "bpmn:boundaryEvent",
                        "bpmn:intermediateCatchEvent",
                        "camunda:taskListener");
            case "camunda:inputOutput" -> withinExtensionOf(element, "bpmn:serviceTask", "bpmn:businessRuleTask");
            default -> plain(element, element.text());
        }
    }

    private void attribute(XmlElement element, Set<String> allowed, String name, String value) {
        if (!allowed.contains(name)) {
            refuse(element, REASONS.getOrDefault(name, "attribute"), element.name(), name);
            return;
        }
        switch (name) {
            case "camunda:delegateExpression", "delegateExpression" -> {
                if (ConditionLanguage.variable(value).isEmpty()) {
                    refuse(element, "step-reference", value);
                }
            }
            case "camunda:dueDate", "camunda:followUpDate", "camunda:assignee" -> {
                if (ConditionLanguage.variable(value).isEmpty()) {
                    refuse(element, "variable-reference", name, value);
                }
            }
            case "businessKey" -> {
                if (!value.equals(BUSINESS_KEY)) {
                    refuse(element, "business-key", value);
                }
            }
            case "source", "target" -> {
                if (ConditionLanguage.variable("${" + value + "}").isEmpty()) {
                    refuse(element, "variable-reference", name, value);
                }
            }
            case "sourceExpression" -> {
                // Despite its name the only way to hand a called diagram a fixed code.
                if (!value.matches("[a-z0-9-]{1,80}")) {
                    refuse(element, "expression-attribute", element.name(), name);
                }
            }
            case "xsi:type" -> {
                if (!value.substring(value.indexOf(':') + 1).equals("tFormalExpression")) {
                    refuse(element, "attribute", element.name(), name);
                }
                element.attributes().put("xsi:type", "bpmn:tFormalExpression");
            }
            default -> plain(element, value);
        }
    }

    private void condition(XmlElement element) {
        ConditionLanguage.parse(element.text())
                .ifPresentOrElse(
                        condition -> element.text("${" + condition.render() + "}"),
                        () -> refuse(element, "condition", element.text().strip()));
        onlyIn(element, "bpmn:sequenceFlow");
    }

    private void timer(XmlElement element) {
        ConditionLanguage.variable(element.text())
                .ifPresentOrElse(
                        name -> element.text("${" + name + "}"),
                        () -> refuse(element, "timer", element.text().strip()));
    }

    private void input(XmlElement element) {
        String text = element.text().strip();
        if (text.contains("${") && ConditionLanguage.variable(text).isPresent()) {
            element.text("${" + ConditionLanguage.variable(text).get() + "}");
        } else if (text.isEmpty() || !element.children().isEmpty()) {
            refuse(element, "input", element.attribute("name", ""));
        } else {
            plain(element, text);
        }
    }

    private void listener(XmlElement element) {
        boolean timeout = element.attribute("event", "").equals("timeout")
                && element.attribute("delegateExpression") != null
                && element.children("bpmn:timerEventDefinition").count() == 1
                && element.children().size() == 1;
        if (!timeout || element.attribute("id") == null) {
            refuse(element, "listener", element.attribute("event", ""));
        }
    }

    private void plain(XmlElement element, String value) {
        if (ConditionLanguage.looksLikeExpression(value)) {
            refuse(element, "stray-expression", shortened(value));
        }
    }

    private void onlyIn(XmlElement element, String... parents) {
        XmlElement parent = element.parent();
        if (parent == null || !parent.is(parents)) {
            refuse(element, "element", element.name());
        }
    }

    private void withinExtensionOf(XmlElement element, String... owners) {
        XmlElement parent = element.parent();
        @Nullable XmlElement owner = parent == null ? null : parent.parent();
        if (owner == null || !owner.is(owners)) {
            refuse(element, "element", element.name());
        }
    }

    private void refuse(XmlElement element, String rule, String... arguments) {
        findings.add(Finding.error(file, element.nearestId(), element.line(), rule, (Object[]) arguments));
    }

    private static String shortened(String value) {
        String line = value.strip();
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
