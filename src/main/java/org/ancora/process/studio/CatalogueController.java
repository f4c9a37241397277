package org.ancora.process.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.process.DeployedFiles;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.Offer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What the editors offer in their pickers: the same that the model check knows, with words. */
@Controller
class CatalogueController {

    private final ModelCheck check;
    private final Versions versions;
    private final Drafts drafts;
    private final DeployedFiles deployed;
    private final MessageSource messages;
    private final StudioWords words;

    CatalogueController(
            ModelCheck check,
            Versions versions,
            Drafts drafts,
            DeployedFiles deployed,
            MessageSource messages,
            StudioWords words) {
        this.check = check;
        this.versions = versions;
        this.drafts = drafts;
        this.deployed = deployed;
        this.messages = messages;
        this.words = words;
    }

    /** A step with its words; inputs are in order. */
    record StepLine(
            String name,
            String title,
            String description,
            boolean outward,
            List<InputLine> inputs,
            List<String> writes) {}

    record InputLine(String name, boolean optional) {}

    /** Something with a name that a person reads. */
    record Named(String name, String title, String description) {}

    /**
     * A form.
     *
     * @param title of the first task that shows it, or null
     * @param fields those that must stay in the form; empty for one that Ancora does not read
     */
    record FormLine(String id, @Nullable String title, Set<String> fields, boolean handled) {}

    record InFolder(String id, String folder) {}

    record LetterLine(String name, String folder, Set<String> languages) {}

    record VariableLine(String name, String kind, String folder) {}

    record MessageLine(String name, String folder) {}

    /** Everything; variables, messages and files of all folders unless one is named. */
    record Answer(
            List<StepLine> steps,
            List<Named> taskSteps,
            List<FormLine> forms,
            List<InFolder> decisions,
            List<InFolder> processes,
            List<LetterLine> letters,
            List<VariableLine> variables,
            List<MessageLine> messages,
            List<Named> groups) {}

    @GetMapping("/studio/catalogue")
    @ResponseBody
    Answer catalogue(@RequestParam(defaultValue = "") String folder, Viewer viewer) {
        Owners.require(viewer);
        Locale language = viewer.locale();
        Offer offer = check.offer();
        List<String> folders = versions.folders().stream()
                .filter(each -> folder.isEmpty() || each.equals(folder))
                .toList();
        // Where it is about one folder, only the forms that are there.
        Set<String> forms = new TreeSet<>(folder.isEmpty() ? offer.forms().keySet() : Set.of());
        Map<String, String> titles =
                folder.isEmpty() || folders.isEmpty() ? Map.of() : words.forms(drafts.current(folder), language);
        List<InFolder> decisions = new ArrayList<>();
        List<InFolder> processes = new ArrayList<>();
        List<LetterLine> letters = new ArrayList<>();
        List<VariableLine> variables = new ArrayList<>();
        List<MessageLine> names = new ArrayList<>();
        for (String each : folders) {
            Map<String, Set<String>> languages = new TreeMap<>();
            for (String path : paths(each)) {
                String file = path.substring(path.lastIndexOf('/') + 1);
                String id = file.substring(0, file.indexOf('.'));
                if (path.startsWith("forms/")) {
                    forms.add(id);
                } else if (path.startsWith("letters/")) {
                    languages.computeIfAbsent(id, any -> new TreeSet<>()).add(file.split("\\.", -1)[1]);
                } else if (path.endsWith(".dmn")) {
                    decisions.add(new InFolder(id, each));
                } else if (path.endsWith(".bpmn")) {
                    processes.add(new InFolder(id, each));
                }
            }
            languages.forEach((name, in) -> letters.add(new LetterLine(name, each, in)));
            offer.variables()
                    .getOrDefault(each, Map.of())
                    .forEach((name, kind) -> variables.add(new VariableLine(name, kind, each)));
            offer.messages().getOrDefault(each, Set.of()).stream()
                    .sorted()
                    .forEach(name -> names.add(new MessageLine(name, each)));
        }
        return new Answer(
                offer.steps().stream().map(step -> step(step, language)).toList(),
                offer.taskSteps().stream().map(name -> named(name, language)).toList(),
                forms.stream()
                        .map(id -> new FormLine(
                                id,
                                titles.get(id),
                                offer.forms().getOrDefault(id, Set.of()),
                                offer.forms().containsKey(id)))
                        .toList(),
                decisions,
                processes,
                letters,
                variables,
                names,
                List.of(Role.values()).stream()
                        .map(role -> new Named(role.code(), say("role." + role.code(), role.code(), language), ""))
                        .toList());
    }

    private List<String> paths(String folder) {
        return drafts.find(folder)
                .map(draft -> List.copyOf(drafts.folder(draft).files().keySet()))
                .orElseGet(() -> deployed.names(folder));
    }

    private StepLine step(Offer.StepOffer step, Locale language) {
        Named words = named(step.name(), language);
        return new StepLine(
                step.name(),
                words.title(),
                words.description(),
                step.outward(),
                step.inputs().stream()
                        .map(input -> new InputLine(input, step.optional().contains(input)))
                        .toList(),
                step.writes());
    }

    private Named named(String step, Locale language) {
        return new Named(
                step,
                say("step." + step + ".title", step, language),
                say("step." + step + ".description", "", language));
    }

    private String say(String key, String otherwise, Locale language) {
        String words = messages.getMessage(key, new Object[0], null, language);
        return words == null ? otherwise : words;
    }
}
