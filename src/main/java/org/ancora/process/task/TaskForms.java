package org.ancora.process.task;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.process.DeployedFiles;
import org.ancora.process.form.FormField;
import org.ancora.process.form.FormSchema;
import org.ancora.process.form.FormWords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The forms of tasks: the file that was deployed with the task's diagram, its words, and what it is shown with. */
@Component
class TaskForms {

    private static final FormSchema NONE = new FormSchema("", List.of(), Map.of());

    private final DeployedFiles files;
    private final FormWords words;
    private final TaskHandlers handlers;
    private final JsonMapper json;
    private final Map<String, FormSchema> deployed = new ConcurrentHashMap<>();

    TaskForms(DeployedFiles files, FormWords words, TaskHandlers handlers, JsonMapper json) {
        this.files = files;
        this.words = words;
        this.handlers = handlers;
        this.json = json;
    }

    /** The form of the very version of the diagram with which the task was opened; one without fields if it has none. */
    FormSchema schema(WorkItem task) {
        String form = task.form();
        return form == null
                ? NONE
                : deployed.computeIfAbsent(task.definition() + " " + form, any -> read(task.definition(), form));
    }

    /** What the module prepares, as plain values, the way they reach the browser. */
    Map<String, Object> prepared(TaskContext task) {
        Optional<TaskHandler> handler = handlers.find(task.form());
        return handler.isEmpty()
                ? Map.of()
                : json.convertValue(handler.get().prepare(task), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** The form as the viewer takes it: JSON texts, not yet safe inside a script element. */
    Shown shown(
            FormSchema schema,
            String definition,
            Map<String, ?> prepared,
            @Nullable Map<String, ?> draft,
            Locale language) {
        return shown(schema, words.in(language, schema, definition), prepared, draft);
    }

    /** As {@link #shown(FormSchema, String, Map, Map, Locale)}, of a form that was deployed nowhere, with the words it came with. */
    Shown shown(
            FormSchema schema,
            FormWords.Own own,
            Map<String, ?> prepared,
            @Nullable Map<String, ?> draft,
            Locale language) {
        return shown(schema, words.in(language, schema, own), prepared, draft);
    }

    private Shown shown(
            FormSchema schema, Map<String, Object> worded, Map<String, ?> prepared, @Nullable Map<String, ?> draft) {
        Map<String, Object> data = new HashMap<>(prepared);
        if (draft != null) {
            data.putAll(draft);
        }
        return new Shown(
                json.writeValueAsString(worded),
                json.writeValueAsString(data),
                json.writeValueAsString(unavailable(schema, prepared)));
    }

    /**
     * JSON texts.
     *
     * @param unavailable by field and option, why the option cannot be chosen
     */
    record Shown(String schema, String data, String unavailable) {}

    private static Map<String, Map<String, Object>> unavailable(FormSchema schema, Map<String, ?> prepared) {
        Map<String, Map<String, Object>> closed = new HashMap<>();
        for (FormField field : schema.fields()) {
            if (!(prepared.get(field.setting("valuesKey")) instanceof List<?> options)) {
                continue;
            }
            for (Object option : options) {
                if (option instanceof Map<?, ?> choice && choice.get("disabled") != null) {
                    closed.computeIfAbsent(field.setting("key"), any -> new HashMap<>())
                            .put(String.valueOf(choice.get("value")), choice.get("disabled"));
                }
            }
        }
        return closed;
    }

    private FormSchema read(String definition, String form) {
        byte[] file = files.form(definition, form)
                .orElseThrow(
                        () -> new IllegalStateException("The form " + form + " was not deployed with " + definition));
        return FormSchema.parse(new String(file, StandardCharsets.UTF_8));
    }
}
