package org.ancora.process.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the files of one folder must be like together: whatever one names the other has, and nothing lies about unused. */
final class FolderRules {

    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    private final ProcessFolder folder;
    private final Map<String, XmlElement> diagrams;
    private final List<Finding> findings = new ArrayList<>();

    private FolderRules(ProcessFolder folder, Map<String, XmlElement> diagrams) {
        this.folder = folder;
        this.diagrams = diagrams;
    }

    static List<Finding> check(ProcessFolder folder, Map<String, XmlElement> diagrams, Catalogue catalogue) {
        FolderRules rules = new FolderRules(folder, diagrams);
        rules.paths();
        rules.decisions();
        rules.forms();
        rules.messages(catalogue);
        rules.errors();
        rules.letters();
        return rules.findings;
    }

    private void paths() {
        folder.files().keySet().stream()
                .filter(path -> !ProcessFolder.isPath(path))
                .forEach(path -> add(path, "path"));
    }

    /** The decisions that steps are told to ask. */
    private void decisions() {
        Set<String> asked = values("camunda:inputParameter", XmlElement::text, "decision");
        folder.named(".dmn")
                .filter(path -> !asked.contains(ProcessFolder.stem(path)))
                .forEach(path -> add(path, "unused", ProcessFolder.stem(path)));
        diagrams.forEach((file, root) -> root.all("camunda:inputParameter")
                .filter(input -> input.attribute("name", "").equals("decision"))
                .filter(input -> !folder.files().containsKey(input.text().strip() + ".dmn"))
                .forEach(input -> findings.add(Finding.error(
                        file,
                        input.nearestId(),
                        input.line(),
                        "unknown-decision",
                        input.text().strip()))));
    }

    private void forms() {
        Set<String> named = diagrams.values().stream()
                .flatMap(root -> root.all("bpmn:userTask"))
                .map(task -> task.attribute("camunda:formRef", ""))
                .collect(Collectors.toSet());
        folder.named(".form")
                .filter(path -> !named.contains(ProcessFolder.stem(path)))
                .forEach(path -> add(path, "unused", ProcessFolder.stem(path)));
    }

    private void messages(Catalogue catalogue) {
        Set<String> heard = diagrams.values().stream()
                .flatMap(root -> root.children("bpmn:message"))
                .map(message -> message.attribute("name", ""))
                .collect(Collectors.toSet());
        catalogue.messagesOf(folder.name()).stream()
                .filter(message -> !heard.contains(message))
                .sorted()
                .forEach(message -> add(folder.name(), "unheard-message", message));
    }

    /** An error that nothing catches would end the procedure without a word. */
    private void errors() {
        Set<String> caught = new HashSet<>();
        diagrams.values().forEach(root -> root.all("bpmn:boundaryEvent", "bpmn:startEvent")
                .forEach(event -> caught.addAll(codes(root, event))));
        diagrams.forEach((file, root) -> root.all("bpmn:endEvent").forEach(end -> codes(root, end).stream()
                .filter(code -> !caught.contains(code))
                .forEach(code ->
                        findings.add(Finding.error(file, end.nearestId(), end.line(), "uncaught-error", code)))));
    }

    private static Set<String> codes(XmlElement root, XmlElement event) {
        Set<String> references = event.children("bpmn:errorEventDefinition")
                .map(definition -> definition.attribute("errorRef", ""))
                .collect(Collectors.toSet());
        return root.children("bpmn:error")
                .filter(error -> references.contains(error.attribute("id", "")))
                .map(error -> error.attribute("errorCode", ""))
                .collect(Collectors.toSet());
    }

    private void letters() {
        Stream<String> letters = folder.files().keySet().stream().filter(path -> path.startsWith("letters/"));
        letters.forEach(path -> {
            findings.addAll(LetterRules.check(path, folder.files().getOrDefault(path, new byte[0])));
            String[] parts = path.split("\\.", -1);
            if (parts.length != 3) {
                return;
            }
            List<String> missing = LANGUAGES.stream()
                    .filter(language -> !folder.files().containsKey(parts[0] + "." + language + "." + parts[2]))
                    .toList();
            if (!missing.isEmpty()) {
                add(path, "letter-language", String.join(", ", missing));
            }
        });
    }

    private Set<String> values(String element, Function<XmlElement, String> value, String name) {
        return diagrams.values().stream()
                .flatMap(root -> root.all(element))
                .filter(found -> found.attribute("name", "").equals(name))
                .map(value.andThen(String::strip))
                .collect(Collectors.toSet());
    }

    private void add(String file, String rule, String... arguments) {
        findings.add(Finding.error(file, null, 0, rule, (Object[]) arguments));
    }
}
