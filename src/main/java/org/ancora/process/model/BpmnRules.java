package org.ancora.process.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Role;
import org.ancora.process.ProcessVariable.Kind;
import org.ancora.process.Step;
import org.jspecify.annotations.Nullable;

/** What one diagram must be like beyond its elements, given what it may refer to. */
final class BpmnRules {

    private final String file;
    private final XmlElement root;
    private final Catalogue catalogue;
    private final Map<String, Kind> variables;
    private final Set<String> messages;
    private final Set<String> files;
    private final Set<String> ids;
    private final List<Finding> findings = new ArrayList<>();

    private BpmnRules(String file, XmlElement root, ProcessFolder folder, Catalogue catalogue) {
        this.file = file;
        this.root = root;
        this.catalogue = catalogue;
        this.variables = catalogue.variablesOf(folder.name());
        this.messages = catalogue.messagesOf(folder.name());
        this.files = folder.files().keySet();
        this.ids = root.all()
                .flatMap(element -> Stream.ofNullable(element.attribute("id")))
                .collect(Collectors.toSet());
    }

    static List<Finding> check(String file, XmlElement root, ProcessFolder folder, Catalogue catalogue) {
        BpmnRules rules = new BpmnRules(file, root, folder, catalogue);
        rules.process();
        root.all("bpmn:sequenceFlow").forEach(rules::condition);
        root.all("bpmn:userTask").forEach(rules::userTask);
        root.all("bpmn:serviceTask", "bpmn:businessRuleTask").forEach(rules::step);
        root.all("camunda:taskListener").forEach(rules::taskListener);
        root.all("bpmn:callActivity").forEach(rules::call);
        root.all("bpmn:timeDate").forEach(timer -> rules.variable(timer, timer.text(), Kind.INSTANT));
        root.all("camunda:in", "camunda:out").forEach(rules::handedOver);
        root.all("camunda:failedJobRetryTimeCycle").forEach(rules::retries);
        rules.messagesAndErrors();
        rules.findings.addAll(FlowRules.check(file, root));
        return rules.findings;
    }

    private void process() {
        List<XmlElement> processes = root.children("bpmn:process").toList();
        String name = ProcessFolder.stem(file);
        if (processes.size() != 1 || !processes.get(0).attribute("id", "").equals(name)) {
            add(root, "file-name", name);
        }
        for (XmlElement process : processes) {
            if (!process.attribute("isExecutable", "").equals("true")) {
                add(process, "not-executable");
            }
            if (!process.attribute("camunda:historyTimeToLive", "").matches("P\\d+D")) {
                add(process, "time-to-live");
            }
            List<XmlElement> starts = process.children("bpmn:startEvent").toList();
            if (starts.size() != 1 || startsOnSomething(starts.get(0))) {
                add(process, "start");
            }
        }
    }

    private static boolean startsOnSomething(XmlElement start) {
        return start.children("bpmn:errorEventDefinition", "bpmn:messageEventDefinition", "bpmn:timerEventDefinition")
                .findAny()
                .isPresent();
    }

    private void condition(XmlElement flow) {
        flow.children("bpmn:conditionExpression").forEach(expression -> ConditionLanguage.parse(expression.text())
                .ifPresent(condition -> {
                    condition.variables().stream()
                            .filter(name -> !variables.containsKey(name))
                            .forEach(name -> add(flow, "undeclared-variable", name));
                    condition.misfit(variables).ifPresent(part -> add(flow, "condition-kind", part));
                }));
    }

    private void userTask(XmlElement task) {
        String form = task.attribute("camunda:formRef", "");
        if (!files.contains("forms/" + form + ".form")) {
            add(task, "unknown-form", form);
        }
        if (!form.isEmpty() && !task.attribute("camunda:formRefBinding", "").equals("deployment")) {
            add(task, "binding", form);
        }
        if (!form.isEmpty() && !catalogue.handledForms().containsKey(form)) {
            // Its answers are kept and shown, like those of fields that owners add to our forms.
            findings.add(Finding.warning(file, task.nearestId(), task.line(), "unhandled-form", form));
        }
        date(task, "camunda:dueDate");
        date(task, "camunda:followUpDate");
        String assignee = task.attribute("camunda:assignee");
        if (assignee != null) {
            variable(task, assignee, Kind.USER);
        }
        String groups = task.attribute("camunda:candidateGroups", "");
        if (groups.isBlank()) {
            add(task, "team");
        } else {
            for (String group : groups.split(",", -1)) {
                if (Role.of(group.strip()).isEmpty()) {
                    add(task, "role", group.strip());
                }
            }
        }
        String priority = task.attribute("camunda:priority");
        if (priority != null && !priority.matches("\\d{1,3}")) {
            add(task, "attribute", task.name(), "camunda:priority");
        }
        if (task.children("bpmn:documentation").allMatch(text -> text.text().isBlank())) {
            add(task, "guidance");
        }
        String key = "task." + ProcessFolder.stem(file) + "." + task.attribute("id", "");
        label(task, key);
        label(task, key + ".guidance");
    }

    private void date(XmlElement task, String attribute) {
        String value = task.attribute(attribute);
        if (value != null) {
            variable(task, value, Kind.INSTANT);
        }
    }

    private void step(XmlElement task) {
        String name = ConditionLanguage.variable(task.attribute("camunda:delegateExpression", ""))
                .orElse("");
        Step step = catalogue.steps().get(name);
        if (step == null) {
            add(task, "unknown-step", name);
            return;
        }
        Set<String> given = task.all("camunda:inputParameter")
                .map(input -> input.attribute("name", ""))
                .collect(Collectors.toSet());
        step.inputs().stream()
                .filter(input ->
                        !given.contains(input) && !step.optionalInputs().contains(input))
                .forEach(input -> add(task, "step-input-missing", name, input));
        given.stream()
                .filter(input -> !step.inputs().contains(input))
                .forEach(input -> add(task, "step-input-unknown", name, input));
        task.all("camunda:inputParameter")
                .filter(input -> input.text().startsWith("${"))
                .forEach(input -> variable(input, input.text(), null));
        if (step.outward() && !task.attribute("camunda:asyncBefore", "").equals("true")) {
            add(task, "outward-step", name);
        }
        words(task, name);
    }

    private void taskListener(XmlElement listener) {
        String name = ConditionLanguage.variable(listener.attribute("delegateExpression", ""))
                .orElse("");
        if (catalogue.taskSteps().containsKey(name)) {
            words(listener, name);
        } else {
            add(listener, "unknown-step", name);
        }
    }

    private void words(XmlElement element, String step) {
        for (String part : List.of("title", "description", "rehearsal")) {
            label(element, "step." + step + "." + part);
        }
    }

    private void call(XmlElement call) {
        String called = call.attribute("calledElement", "");
        if (!files.contains(called + ".bpmn")) {
            add(call, "unknown-process", called);
        }
        if (!call.attribute("camunda:calledElementBinding", "").equals("deployment")) {
            add(call, "binding", called);
        }
        if (call.all("camunda:in").noneMatch(in -> in.attribute("businessKey") != null)) {
            add(call, "business-key", called);
        }
    }

    private void handedOver(XmlElement mapping) {
        if (mapping.attribute("businessKey") != null) {
            return;
        }
        for (String side : List.of("source", "target")) {
            String name = mapping.attribute(side);
            if (name != null && !variables.containsKey(name)) {
                add(mapping, "undeclared-variable", name);
            } else if (name == null && (side.equals("target") || mapping.attribute("sourceExpression") == null)) {
                add(mapping, "variable-reference", side, "");
            }
        }
        Kind given = variables.get(mapping.attribute("source", ""));
        Kind taken = variables.get(mapping.attribute("target", ""));
        if (given != null && taken != null && given != taken) {
            add(
                    mapping,
                    "variable-kind",
                    mapping.attribute("target", ""),
                    given.name().toLowerCase(Locale.ROOT));
        }
    }

    private void retries(XmlElement cycle) {
        if (!cycle.text().strip().matches("(R\\d{1,2}/)?PT?\\d{1,3}[DHMS](,PT?\\d{1,3}[DHMS]){0,9}")) {
            add(cycle, "retries", cycle.text().strip());
        }
    }

    private void variable(XmlElement where, String expression, @Nullable Kind kind) {
        ConditionLanguage.variable(expression).ifPresent(name -> {
            Kind declared = variables.get(name);
            if (declared == null) {
                add(where, "undeclared-variable", name);
            } else if (kind != null && declared != kind) {
                add(where, "variable-kind", name, kind.name().toLowerCase(Locale.ROOT));
            }
        });
    }

    private void messagesAndErrors() {
        Set<String> used = new HashSet<>();
        root.all("bpmn:messageEventDefinition", "bpmn:errorEventDefinition").forEach(event -> {
            String reference = event.attribute("messageRef", event.attribute("errorRef", ""));
            used.add(reference);
            if (!ids.contains(reference)) {
                add(event, "unknown-reference", reference);
            }
        });
        root.children("bpmn:message", "bpmn:error").forEach(declared -> {
            if (!used.contains(declared.attribute("id", ""))) {
                add(declared, "unused", declared.attribute("id", ""));
            }
            if (declared.is("bpmn:message") && !messages.contains(declared.attribute("name", ""))) {
                add(declared, "unknown-message", declared.attribute("name", ""));
            }
            if (declared.is("bpmn:error") && declared.attribute("errorCode", "").isBlank()) {
                add(declared, "error-code");
            }
        });
    }

    private void label(XmlElement element, String key) {
        List<String> missing = catalogue.labels().missing(key);
        if (!missing.isEmpty()) {
            findings.add(Finding.warning(
                    file, element.nearestId(), element.line(), "label", key, String.join(", ", missing)));
        }
    }

    private void add(XmlElement element, String rule, String... arguments) {
        findings.add(Finding.error(file, element.nearestId(), element.line(), rule, (Object[]) arguments));
    }
}
