package org.ancora.process.steering;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.process.DeployedFiles;
import org.ancora.process.IdWords;
import org.ancora.process.ProcessVariable;
import org.ancora.process.form.FormField;
import org.ancora.process.form.FormSchema;
import org.ancora.process.form.FormWords;
import org.ancora.process.guide.GuideWords;
import org.ancora.process.guide.Plan;
import org.ancora.web.Option;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The values that a variable may have in a diagram and in those that it calls, in words: those that one of their forms offers
 * under its name, those that one of their conditions compares it with, and, where no form offers any, those that its module
 * declares and no other diagram names, for they may be what is meant by a way that is taken otherwise.
 */
@Component
class KnownValues {

    private static final Object[] NOTHING = {};

    /** A code that is compared. */
    private static final Pattern COMPARED = Pattern.compile("\\b([a-z][A-Za-z0-9]*)\\s*[!=]=\\s*'([^']*)'");

    /** A condition that asks for a code and for nothing else, so that the name of its way is the name of the code. */
    private static final Pattern ALONE = Pattern.compile("[a-z][A-Za-z0-9]*\\s*==\\s*'[^']*'");

    private final Outlines outlines;
    private final GuideWords words;
    private final FormWords formWords;
    private final DeployedFiles files;
    private final RepositoryService repository;
    private final MessageSource messages;

    /** What a deployed version says never changes, so it is read once. */
    private final Map<String, Model> models = new ConcurrentHashMap<>();

    private final Map<String, List<String>> folders = new ConcurrentHashMap<>();

    KnownValues(
            Outlines outlines,
            GuideWords words,
            FormWords formWords,
            DeployedFiles files,
            RepositoryService repository,
            MessageSource messages) {
        this.outlines = outlines;
        this.words = words;
        this.formWords = formWords;
        this.files = files;
        this.repository = repository;
        this.messages = messages;
    }

    /**
     * What somebody may choose.
     *
     * @param whole whether there is nothing else that it could be; where not, a code may be typed as well
     */
    record Known(List<Option> options, boolean whole) {

        public boolean has(String value) {
            return options.stream().map(Option::value).anyMatch(value::equals);
        }
    }

    /**
     * What a version of a diagram says of codes.
     *
     * @param compared by variable and code, the way that is taken for it; null where it is asked together with something else
     * @param forms those of its tasks
     */
    private record Model(Map<String, Map<String, Plan.@Nullable Way>> compared, List<FormSchema> forms) {}

    /**
     * What a variable may be; nothing for numbers, which are typed, and for what is no routing value.
     *
     * @param definition the engine's id of the exact diagram version
     */
    Known of(ProcessVariable<?> variable, String definition, Locale language) {
        return switch (variable.kind()) {
            case FLAG ->
                new Known(
                        Stream.of("true", "false")
                                .map(flag -> new Option(flag, words.text("guide." + flag, language)))
                                .toList(),
                        true);
            case CODE -> codes(variable, definition, language);
            default -> new Known(List.of(), false);
        };
    }

    private Known codes(ProcessVariable<?> variable, String definition, Locale language) {
        String name = variable.name();
        List<String> family = family(definition);
        Set<String> named = named(name, family);
        boolean offered = family.stream().anyMatch(each -> isOffered(name, each));
        Set<String> codes = new LinkedHashSet<>();
        if (!offered) {
            codes.addAll(variable.codes());
            codes.removeAll(named(name, folder(definition)));
        }
        codes.addAll(named);
        if (codes.isEmpty()) {
            // These diagrams say nothing of it: whatever its module declares may be meant.
            codes.addAll(variable.codes());
        }
        return new Known(
                codes.stream()
                        .map(code -> new Option(code, word(name, code, family, language)))
                        .toList(),
                !variable.codes().isEmpty() || offered);
    }

    private boolean isOffered(String variable, String definition) {
        return model(definition).forms().stream()
                .flatMap(form -> form.field(variable).stream())
                .anyMatch(field -> !options(field).isEmpty());
    }

    /** The codes that forms of these diagrams offer for a variable, and those with which their conditions compare it. */
    private Set<String> named(String variable, List<String> definitions) {
        Set<String> named = new LinkedHashSet<>();
        for (String definition : definitions) {
            model(definition).forms().stream()
                    .flatMap(form -> form.field(variable).stream())
                    .forEach(field -> named.addAll(options(field).keySet()));
        }
        for (String definition : definitions) {
            named.addAll(model(definition)
                    .compared()
                    .getOrDefault(variable, Map.of())
                    .keySet());
        }
        return named;
    }

    /** The diagram and those that it calls, and those that they call; itself first. */
    private List<String> family(String definition) {
        Map<String, String> deployed = new HashMap<>();
        folder(definition).forEach(each -> deployed.put(outlines.plan(each).key(), each));
        Set<String> family = new LinkedHashSet<>();
        Deque<String> callers = new ArrayDeque<>(List.of(definition));
        while (!callers.isEmpty()) {
            String caller = callers.remove();
            if (family.add(caller)) {
                outlines.plan(caller).byId().values().stream()
                        .flatMap(node -> Stream.ofNullable(node.called()))
                        .flatMap(called -> Stream.ofNullable(deployed.get(called)))
                        .sorted()
                        .forEach(callers::add);
            }
        }
        return List.copyOf(family);
    }

    /** The diagrams that were published together with one, itself among them. */
    private List<String> folder(String definition) {
        return folders.computeIfAbsent(definition, any -> repository
                .createProcessDefinitionQuery()
                .deploymentId(repository.getProcessDefinition(definition).getDeploymentId())
                .orderByProcessDefinitionKey()
                .asc()
                .list()
                .stream()
                .map(ProcessDefinition::getId)
                .toList());
    }

    /** A code in words; by the words of the code itself where nobody gave it others. */
    String word(String variable, String code, String definition, Locale language) {
        return word(variable, code, offered(variable, definition, language), definition, language);
    }

    /**
     * A code in words, as the first of these versions that knows it says it; by the words of the code itself where none does.
     *
     * @param definitions the engine's ids of exact diagram versions, one at least
     */
    String word(String variable, String code, List<String> definitions, Locale language) {
        String nobody = IdWords.of(code);
        return definitions.stream()
                .map(definition -> word(variable, code, definition, language))
                .filter(word -> !word.equals(nobody))
                .findFirst()
                .orElse(nobody);
    }

    private String word(String variable, String code, Map<String, String> offered, String definition, Locale language) {
        String said = messages.getMessage("variable." + variable + "." + code, NOTHING, null, language);
        if (said != null) {
            return said;
        }
        Plan.Way way =
                model(definition).compared().getOrDefault(variable, Map.of()).get(code);
        String named = way == null || way.name().isEmpty()
                ? IdWords.of(code)
                : words.element(outlines.plan(definition).key(), way.flow(), way.name(), language);
        return offered.getOrDefault(code, named);
    }

    /** What the diagram's forms let somebody choose under this name, by code. */
    private Map<String, String> offered(String variable, String definition, Locale language) {
        Map<String, String> offered = new LinkedHashMap<>();
        for (FormSchema form : model(definition).forms()) {
            if (form.field(variable).isPresent()) {
                FormSchema said = FormSchema.of(formWords.in(language, form, definition));
                said.field(variable).ifPresent(field -> options(field).forEach(offered::putIfAbsent));
            }
        }
        return offered;
    }

    private static Map<String, String> options(FormField field) {
        Map<String, String> options = new LinkedHashMap<>();
        if (field.source().get("values") instanceof List<?> values) {
            values.forEach(each -> {
                if (each instanceof Map<?, ?> option) {
                    options.put(String.valueOf(option.get("value")), String.valueOf(option.get("label")));
                }
            });
        }
        return options;
    }

    private Model model(String definition) {
        return models.computeIfAbsent(definition, this::read);
    }

    private Model read(String definition) {
        Map<String, Map<String, Plan.@Nullable Way>> compared = new HashMap<>();
        outlines.plan(definition).byId().values().stream()
                .flatMap(node -> Stream.concat(
                        node.ways().stream(), node.events().stream().flatMap(event -> event.ways().stream())))
                .forEach(way -> compare(way, compared));
        return new Model(
                compared,
                repository.getBpmnModelInstance(definition).getModelElementsByType(UserTask.class).stream()
                        .flatMap(task -> Stream.ofNullable(task.getCamundaFormRef()))
                        .distinct()
                        .flatMap(form -> files.findForm(definition, form).stream())
                        .map(form -> FormSchema.parse(new String(form, StandardCharsets.UTF_8)))
                        .toList());
    }

    private static void compare(Plan.Way way, Map<String, Map<String, Plan.@Nullable Way>> compared) {
        String condition = way.condition() == null ? "" : way.condition();
        Matcher asked = COMPARED.matcher(condition);
        while (asked.find()) {
            Map<String, Plan.@Nullable Way> codes =
                    compared.computeIfAbsent(asked.group(1), name -> new LinkedHashMap<>());
            if (ALONE.matcher(condition.strip()).matches()) {
                codes.put(asked.group(2), way);
            } else {
                codes.putIfAbsent(asked.group(2), null);
            }
        }
    }
}
