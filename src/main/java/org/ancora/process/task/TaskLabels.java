package org.ancora.process.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ancora.access.OncePerPage;
import org.ancora.process.IdWords;
import org.ancora.process.OwnersWords;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Names of tasks and procedures, and the guidance beside a task, in a person's language: {@code
 * task.<process>.<element>.<calling element>}, else {@code task.<process>.<element>}, else what the diagram says. The
 * guidance is {@code ….guidance}, a procedure's name {@code process.<process>}, that of any other element {@code
 * flow.<process>.<element>}. Whatever a procedure's owner said in the same version comes before all that came with the
 * release.
 */
@Component
class TaskLabels {

    private static final Object[] NOTHING = {};

    private final MessageSource messages;
    private final OwnersWords own;
    private final RepositoryService repository;
    private final Map<String, Map<String, Named>> diagrams = new ConcurrentHashMap<>();

    TaskLabels(MessageSource messages, OwnersWords own, RepositoryService repository) {
        this.messages = messages;
        this.own = own;
        this.repository = repository;
    }

    /** @param meets whether arrows only part, meet, begin or end there, and nobody has said what that means */
    private record Named(String name, String documentation, boolean meets) {}

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
        String words = callingElement == null
                ? find(arguments, source, key)
                : find(arguments, source, key + "." + callingElement, key);
        return words == null ? fallback : words;
    }

    /** What the button says that finishes the task: {@code form.<form>.submit}, else "Finish". */
    String verb(WorkItem task, Locale language) {
        String words = find(NOTHING, source(task, language), "form." + task.form() + ".submit");
        return words == null ? messages.getMessage("web.form.submit", null, language) : words;
    }

    /** What the diagram's owner wants to be kept in mind, line by line. */
    List<String> guidance(WorkItem task, Locale language) {
        String key = "task." + task.processKey() + "." + task.element();
        Object[] arguments = task.titleArguments().toArray();
        Source source = source(task, language);
        String words = task.callingElement() == null
                ? find(arguments, source, key + ".guidance")
                : find(arguments, source, key + "." + task.callingElement() + ".guidance", key + ".guidance");
        words = words == null ? named(task.definition(), task.element()).documentation() : words;
        return words.lines()
                .map(line -> line.strip().replaceFirst("^[-*•]\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The name of a step without what tells one task of it from another, for filters. */
    String step(String process, String element, Locale language) {
        Source source = new Source(null, process, language);
        String key = "task." + process + "." + element;
        String words = find(NOTHING, source, key + ".step", key);
        return words == null ? element : words;
    }

    /** The name of a procedure; where nobody gave it words, the one that its newest diagram has. */
    String procedure(String process, Locale language) {
        String words = find(NOTHING, new Source(null, process, language), "process." + process);
        return words == null
                ? OncePerPage.read("task.procedure-names", this::drawnNames).getOrDefault(process, IdWords.of(process))
                : words;
    }

    private Map<String, String> drawnNames() {
        return repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .filter(definition ->
                        !Objects.requireNonNullElse(definition.getName(), "").isBlank())
                .collect(Collectors.toMap(
                        ProcessDefinition::getKey, definition -> String.valueOf(definition.getName())));
    }

    /** The name of any element of a diagram, such as a call or a wait. */
    String element(String definition, String process, String element, Locale language) {
        return drawn(definition, process, element, named(definition, element).name(), language);
    }

    /** What stands on a shape or line of a diagram. */
    String drawn(String definition, String process, String element, String fallback, Locale language) {
        Source source = new Source(definition, process, language);
        String words = find(NOTHING, source, "task." + process + "." + element, "flow." + process + "." + element);
        return words == null ? fallback : words;
    }

    private Named named(String definition, String element) {
        return drawn(definition).getOrDefault(element, new Named(IdWords.of(element), "", false));
    }

    /** Whether arrows only part or meet at this place of a diagram, or begin or end, and nobody has said what that means. */
    boolean onlyMeets(String definition, String process, String element, Locale language) {
        return named(definition, element).meets()
                && drawn(definition, process, element, "", language).isEmpty();
    }

    /** Whether a version of a diagram has such an element. */
    boolean has(String definition, String element) {
        return drawn(definition).containsKey(element);
    }

    private Map<String, Named> drawn(String definition) {
        return diagrams.computeIfAbsent(definition, this::read);
    }

    private Map<String, Named> read(String definition) {
        return repository.getBpmnModelInstance(definition).getModelElementsByType(FlowNode.class).stream()
                .collect(Collectors.toMap(
                        BaseElement::getId,
                        node -> new Named(
                                node.getName() == null || node.getName().isBlank()
                                        ? IdWords.of(node.getId())
                                        : node.getName(),
                                node.getDocumentations().stream()
                                        .map(Documentation::getTextContent)
                                        .collect(Collectors.joining("\n")),
                                (node.getName() == null || node.getName().isBlank())
                                        && (node instanceof Gateway
                                                || node instanceof StartEvent
                                                || node instanceof EndEvent))));
    }

    /** Where words are looked for: in a version of a diagram, or in the newest one. */
    private record Source(@Nullable String definition, String process, Locale language) {}

    private static Source source(WorkItem task, Locale language) {
        return new Source(task.definition(), task.processKey(), language);
    }

    /** The first of these words that the owner said, else the first that came with the release. */
    private @Nullable String find(Object[] arguments, Source source, String... keys) {
        for (String key : keys) {
            String said = said(key, arguments, source);
            if (said != null) {
                return said;
            }
        }
        for (String key : keys) {
            String words = messages.getMessage(key, arguments, null, source.language());
            if (words != null) {
                return words;
            }
        }
        return null;
    }

    private @Nullable String said(String key, Object[] arguments, Source source) {
        String definition = source.definition();
        return definition == null
                ? own.newest(source.process(), key, source.language(), arguments)
                : own.of(definition, key, source.language(), arguments);
    }
}
