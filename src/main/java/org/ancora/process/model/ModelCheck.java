package org.ancora.process.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;

/**
 * Decides what may run. The same check guards the build, the start and an owner's publication.
 *
 * <p>First a gate: what is not known is refused. Then rules within and across the files of a folder. What passes is
 * written anew by us; only that is deployed.
 */
public final class ModelCheck {

    /**
     * What came of a check.
     *
     * @param findings worst first in the order of files
     * @param files what may be deployed: diagrams and tables in our own spelling, everything else as it was
     */
    public record Result(List<Finding> findings, Map<String, byte[]> files) {

        /** Whether it must not be deployed. */
        public boolean refused() {
            return findings.stream().anyMatch(Finding::refuses);
        }
    }

    private final Supplier<Catalogue> known;

    /** @param known asked anew at every check, because what our code declares is complete only once everything runs */
    ModelCheck(Supplier<Catalogue> known) {
        this.known = known;
    }

    /** Checks a folder with everything in it. */
    public Result check(ProcessFolder folder) {
        Catalogue shipped = known.get();
        Catalogue catalogue = shipped.with(folder);
        List<Finding> findings = new ArrayList<>();
        Map<String, byte[]> files = new TreeMap<>(folder.files());
        Map<String, XmlElement> diagrams = new LinkedHashMap<>();
        folder.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn") || path.endsWith(".dmn")) {
                gate(path, content, findings).ifPresent(root -> {
                    files.put(path, SafeXml.write(root).getBytes(StandardCharsets.UTF_8));
                    if (path.endsWith(".bpmn")) {
                        diagrams.put(path, root);
                    }
                    findings.addAll(
                            path.endsWith(".bpmn")
                                    ? BpmnRules.check(path, root, folder, catalogue)
                                    : DmnRules.check(
                                            path, root, catalogue.variablesOf(folder.name()), catalogue.doubts()));
                });
            } else if (path.endsWith(".form")) {
                findings.addAll(FormRules.check(path, content, catalogue));
            }
        });
        findings.addAll(FolderRules.check(folder, diagrams, catalogue));
        findings.addAll(EndlessRules.check(diagrams, catalogue.steps()));
        findings.addAll(LabelRules.check(folder, diagrams, shipped.labels()));
        return new Result(List.copyOf(findings), files);
    }

    /** The gate alone, as it guards whatever reaches the engine by another way: the findings that refuse a file. */
    public static List<Finding> gate(String path, byte[] content) {
        List<Finding> findings = new ArrayList<>();
        gate(path, content, findings);
        return findings;
    }

    private static Optional<XmlElement> gate(String path, byte[] content, List<Finding> findings) {
        try {
            XmlElement root = SafeXml.read(path, content);
            List<Finding> refused = path.endsWith(".dmn") ? DmnGate.check(path, root) : BpmnGate.check(path, root);
            findings.addAll(refused);
            return refused.isEmpty() ? Optional.of(root) : Optional.empty();
        } catch (Refused refusal) {
            findings.add(refusal.finding());
            return Optional.empty();
        }
    }

    /** What is wrong with a letter by itself. */
    public static List<Finding> letter(String path, byte[] content) {
        return LetterRules.check(path, content);
    }

    /**
     * The id of the process, the decision or the form in a file, read without trusting it.
     *
     * @param path by whose ending its kind is known
     * @param refused takes what refuses the file
     */
    public static Optional<String> idIn(String path, byte[] content, List<Finding> refused) {
        if (path.endsWith(".form")) {
            return FormRules.id(path, content, refused);
        }
        String name = path.endsWith(".dmn") ? "dmn:decision" : "bpmn:process";
        try {
            return SafeXml.read(path, content)
                    .children(name)
                    .map(found -> found.attribute("id", ""))
                    .filter(id -> id.matches("[a-z0-9-]{1,80}"))
                    .findFirst();
        } catch (Refused refusal) {
            refused.add(refusal.finding());
            return Optional.empty();
        }
    }

    /** What a diagram may refer to. */
    public Offer offer() {
        Catalogue catalogue = known.get();
        return new Offer(
                catalogue.steps().values().stream()
                        .map(step -> new Offer.StepOffer(
                                step.name(),
                                step.outward(),
                                step.inputs(),
                                step.optionalInputs(),
                                step.writes().stream()
                                        .map(ProcessVariable::name)
                                        .sorted()
                                        .toList()))
                        .sorted(Comparator.comparing(Offer.StepOffer::name))
                        .toList(),
                catalogue.taskSteps().keySet().stream().sorted().toList(),
                new TreeMap<>(catalogue.handledForms()),
                catalogue.variables().stream()
                        .map(DeclaredVariables::folder)
                        .distinct()
                        .collect(Collectors.toMap(folder -> folder, folder -> kinds(catalogue, folder))),
                catalogue.messages().stream()
                        .map(DeclaredMessages::folder)
                        .distinct()
                        .collect(Collectors.toMap(folder -> folder, catalogue::messagesOf)));
    }

    private static Map<String, String> kinds(Catalogue catalogue, String folder) {
        Map<String, String> kinds = new TreeMap<>();
        catalogue
                .variablesOf(folder)
                .forEach((name, kind) -> kinds.put(name, kind.name().toLowerCase(Locale.ROOT)));
        return kinds;
    }

    /** What our code or the shared folder of forms offers and no diagram of any folder uses. */
    public List<Finding> unused(Collection<ProcessFolder> folders, Set<String> forms) {
        List<XmlElement> diagrams = folders.stream()
                .flatMap(folder -> folder.files().entrySet().stream())
                .filter(file -> file.getKey().endsWith(".bpmn"))
                .flatMap(file -> gate(file.getKey(), file.getValue(), new ArrayList<>()).stream())
                .toList();
        Set<String> named = diagrams.stream()
                .flatMap(root -> root.all())
                .flatMap(element -> Stream.of(
                        element.attribute("camunda:delegateExpression", ""),
                        element.attribute("delegateExpression", "")))
                .flatMap(reference -> ConditionLanguage.variable(reference).stream())
                .collect(Collectors.toSet());
        Set<String> shown = diagrams.stream()
                .flatMap(root -> root.all("bpmn:userTask"))
                .map(task -> task.attribute("camunda:formRef", ""))
                .collect(Collectors.toSet());
        Catalogue catalogue = known.get();
        Set<String> idle = new TreeSet<>(catalogue.steps().keySet());
        idle.addAll(catalogue.taskSteps().keySet());
        idle.removeAll(named);
        Set<String> lost = new TreeSet<>(forms);
        lost.addAll(catalogue.handledForms().keySet());
        lost.removeAll(shown);
        List<Finding> findings = new ArrayList<>();
        idle.forEach(step -> findings.add(Finding.error("processes", null, 0, "unused", step)));
        lost.forEach(form -> findings.add(Finding.error("forms", null, 0, "unused", form)));
        return findings;
    }
}
