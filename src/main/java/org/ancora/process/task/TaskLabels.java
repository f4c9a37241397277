package org.ancora.process.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Names of tasks and procedures, and the guidance beside a task, in a person's language: {@code
 * task.<process>.<element>.<calling element>}, else {@code task.<process>.<element>}, else what the diagram says. The
 * guidance is {@code ….guidance}, a procedure's name {@code process.<process>}, that of any other element {@code
 * flow.<process>.<element>}.
 */
@Component
class TaskLabels {

    private final MessageSource messages;
    private final RepositoryService repository;
    private final Map<String, Map<String, Named>> diagrams = new ConcurrentHashMap<>();

    TaskLabels(MessageSource messages, RepositoryService repository) {
        this.messages = messages;
        this.repository = repository;
    }

    private record Named(String name, String documentation) {}

    String title(WorkItem task, Locale language) {
        return title(
                task.processKey(),
                task.element(),
                task.callingElement(),
                task.titleArguments().toArray(),
                task.title(),
                language);
    }

    String title(
            String process,
            String element,
            @Nullable String callingElement,
            Object[] arguments,
            String fallback,
            Locale language) {
        String key = "task." + process + "." + element;
        String words = callingElement == null ? null : find(key + "." + callingElement, arguments, language);
        words = words == null ? find(key, arguments, language) : words;
        return words == null ? fallback : words;
    }

    /** What the button says that finishes the task: {@code form.<form>.submit}, else "Finish". */
    String verb(WorkItem task, Locale language) {
        String words = find("form." + task.form() + ".submit", new Object[0], language);
        return words == null ? messages.getMessage("web.form.submit", null, language) : words;
    }

    /** What the diagram's owner wants to be kept in mind, line by line. */
    List<String> guidance(WorkItem task, Locale language) {
        String key = "task." + task.processKey() + "." + task.element();
        Object[] arguments = task.titleArguments().toArray();
        String words = task.callingElement() == null
                ? null
                : find(key + "." + task.callingElement() + ".guidance", arguments, language);
        words = words == null ? find(key + ".guidance", arguments, language) : words;
        words = words == null ? named(task.definition(), task.element()).documentation() : words;
        return words.lines()
                .map(line -> line.strip().replaceFirst("^[-*•]\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The name of a step without what tells one task of it from another, for filters. */
    String step(String process, String element, Locale language) {
        String words = find("task." + process + "." + element + ".step", new Object[0], language);
        words = words == null ? find("task." + process + "." + element, new Object[0], language) : words;
        return words == null ? element : words;
    }

    /** The name of a procedure. */
    String procedure(String process, Locale language) {
        String words = find("process." + process, new Object[0], language);
        return words == null ? process : words;
    }

    /** The name of any element of a diagram, such as a call or a wait. */
    String element(String definition, String process, String element, Locale language) {
        return drawn(process, element, named(definition, element).name(), language);
    }

    /** What stands on a shape or line of a diagram. */
    String drawn(String process, String element, String fallback, Locale language) {
        String words = find("task." + process + "." + element, new Object[0], language);
        words = words == null ? find("flow." + process + "." + element, new Object[0], language) : words;
        return words == null ? fallback : words;
    }

    private Named named(String definition, String element) {
        return diagrams.computeIfAbsent(definition, this::read).getOrDefault(element, new Named(element, ""));
    }

    private Map<String, Named> read(String definition) {
        return repository.getBpmnModelInstance(definition).getModelElementsByType(FlowNode.class).stream()
                .collect(Collectors.toMap(
                        BaseElement::getId,
                        node -> new Named(
                                node.getName() == null ? node.getId() : node.getName(),
                                node.getDocumentations().stream()
                                        .map(Documentation::getTextContent)
                                        .collect(Collectors.joining("\n")))));
    }

    private @Nullable String find(String key, Object[] arguments, Locale language) {
        return messages.getMessage(key, arguments, null, language);
    }
}
