package org.ancora.process.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ancora.process.OwnersWords;
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
 * flow.<process>.<element>}. What a procedure's owner said in the same version comes first.
 */
@Component
class TaskLabels {

    private final MessageSource messages;
    private final OwnersWords own;
    private final RepositoryService repository;
    private final Map<String, Map<String, Named>> diagrams = new ConcurrentHashMap<>();

    TaskLabels(MessageSource messages, OwnersWords own, RepositoryService repository) {
        this.messages = messages;
        this.own = own;
        this.repository = repository;
    }

    private record Named(String name, String documentation) {}

    String title(WorkItem task, Locale language) {
        return title(
                task.definition(),
                task.processKey(),
                task.element(),
                task.callingElement(),
                task.titleArguments().toArray(),
                task.title(),
                language);
    }

    /** @param definition the exact version of the diagram; null for the newest one */
    String title(
            @Nullable String definition,
            String process,
            String element,
            @Nullable String callingElement,
            Object[] arguments,
            String fallback,
            Locale language) {
        String key = "task." + process + "." + element;
        Source source = new Source(definition, process, language);
        String words = callingElement == null ? null : find(key + "." + callingElement, arguments, source);
        words = words == null ? find(key, arguments, source) : words;
        return words == null ? fallback : words;
    }

    /** What the button says that finishes the task: {@code form.<form>.submit}, else "Finish". */
    String verb(WorkItem task, Locale language) {
        String words = find("form." + task.form() + ".submit", new Object[0], source(task, language));
        return words == null ? messages.getMessage("web.form.submit", null, language) : words;
    }

    /** What the diagram's owner wants to be kept in mind, line by line. */
    List<String> guidance(WorkItem task, Locale language) {
        String key = "task." + task.processKey() + "." + task.element();
        Object[] arguments = task.titleArguments().toArray();
        String words = task.callingElement() == null
                ? null
                : find(key + "." + task.callingElement() + ".guidance", arguments, source(task, language));
        words = words == null ? find(key + ".guidance", arguments, source(task, language)) : words;
        words = words == null ? named(task.definition(), task.element()).documentation() : words;
        return words.lines()
                .map(line -> line.strip().replaceFirst("^[-*•]\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The name of a step without what tells one task of it from another, for filters. */
    String step(String process, String element, Locale language) {
        Source source = new Source(null, process, language);
        String words = find("task." + process + "." + element + ".step", new Object[0], source);
        words = words == null ? find("task." + process + "." + element, new Object[0], source) : words;
        return words == null ? element : words;
    }

    /** The name of a procedure. */
    String procedure(String process, Locale language) {
        String words = find("process." + process, new Object[0], new Source(null, process, language));
        return words == null ? process : words;
    }

    /** The name of any element of a diagram, such as a call or a wait. */
    String element(String definition, String process, String element, Locale language) {
        return drawn(definition, process, element, named(definition, element).name(), language);
    }

    /** What stands on a shape or line of a diagram. */
    String drawn(String definition, String process, String element, String fallback, Locale language) {
        Source source = new Source(definition, process, language);
        String words = find("task." + process + "." + element, new Object[0], source);
        words = words == null ? find("flow." + process + "." + element, new Object[0], source) : words;
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

    /** Where words are looked for: in a version of a diagram, or in the newest one. */
    private record Source(@Nullable String definition, String process, Locale language) {}

    private static Source source(WorkItem task, Locale language) {
        return new Source(task.definition(), task.processKey(), language);
    }

    private @Nullable String find(String key, Object[] arguments, Source source) {
        String definition = source.definition();
        Locale language = source.language();
        String said = definition == null
                ? own.newest(source.process(), key, language, arguments)
                : own.of(definition, key, language, arguments);
        return said != null ? said : messages.getMessage(key, arguments, null, language);
    }
}
