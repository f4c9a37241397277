package org.ancora.process.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.process.form.FormField;
import org.ancora.process.form.FormSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task's form for browsers that run no scripts: every field in plain controls. What a script would hide stands there
 * too; the check on the server leaves out what does not belong to the other answers.
 */
@Component
class PlainForm {

    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([\\w.]+)\\s*}}");

    private final JsonMapper json;

    PlainForm(JsonMapper json) {
        this.json = json;
    }

    /**
     * One control.
     *
     * @param type {@code text}, {@code words} (many lines), {@code radio}, {@code select}, {@code many}, {@code checkbox},
     *     {@code number}, {@code date}, {@code datetime-local}, or {@code note} for mere text
     * @param answers what is answered so far
     * @param errors what is wrong with that, in words
     */
    record Field(
            String key,
            String type,
            String label,
            String hint,
            boolean required,
            List<Choice> options,
            List<String> answers,
            List<String> errors) {}

    /** The form as it is shown to its reader, with what is wrong by field. */
    List<Field> fields(TaskForms.Shown shown, Map<String, List<String>> errors) {
        FormSchema schema = FormSchema.parse(shown.schema());
        Map<String, Object> data = json.readValue(shown.data(), DATA);
        List<Field> fields = new ArrayList<>();
        for (FormField each : schema.fields()) {
            String key = each.setting("key");
            if (each.type().equals("text")) {
                fields.add(new Field(
                        "", "note", filled(each.setting("text"), data), "", false, List.of(), List.of(), List.of()));
            } else if (each.keyed() && !each.shut()) {
                fields.add(new Field(
                        key,
                        type(each),
                        filled(label(each), data),
                        filled(each.setting("description"), data),
                        each.required() && each.hiddenWhen() == null,
                        options(each, data),
                        several(data.get(key)),
                        errors.getOrDefault(key, List.of())));
            }
        }
        return fields;
    }

    /** What was sent, as a script would have sent it; what was left empty is absent. */
    static Map<String, Object> read(FormSchema schema, MultiValueMap<String, String> sent) {
        Map<String, Object> answers = new HashMap<>();
        for (FormField field : schema.fields()) {
            String key = field.setting("key");
            List<String> values = sent.getOrDefault(key, List.of()).stream()
                    .filter(value -> !value.isBlank())
                    .toList();
            if (field.keyed() && !field.shut() && !values.isEmpty()) {
                answers.put(key, answer(field, values));
            }
        }
        return answers;
    }

    private static Object answer(FormField field, List<String> values) {
        return switch (field.type()) {
            case "checkbox" -> true;
            case "checklist", "taglist" -> values;
            case "number" -> number(values.get(0));
            default -> values.get(0);
        };
    }

    /** What is no number is left for the check to refuse. */
    private static Object number(String typed) {
        try {
            return new java.math.BigDecimal(typed.strip());
        } catch (NumberFormatException notANumber) {
            return typed;
        }
    }

    private static String type(FormField field) {
        return switch (field.type()) {
            case "textarea" -> "words";
            case "radio", "select", "checkbox", "number" -> field.type();
            case "checklist", "taglist" -> "many";
            case "datetime" ->
                switch (field.setting("subtype")) {
                    case "date" -> "date";
                    case "time" -> "time";
                    default -> "datetime-local";
                };
            default -> "text";
        };
    }

    private static String label(FormField field) {
        String date = field.setting("dateLabel");
        return field.setting("label").isBlank() ? date : field.setting("label");
    }

    private static List<Choice> options(FormField field, Map<String, Object> data) {
        Object source = field.source().get("values") == null
                ? data.get(field.setting("valuesKey"))
                : field.source().get("values");
        List<Choice> options = new ArrayList<>();
        if (source instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> option) {
                    @Nullable Object disabled = option.get("disabled");
                    options.add(new Choice(
                            String.valueOf(option.get("value")),
                            String.valueOf(option.get("label")),
                            disabled == null ? null : disabled.toString()));
                }
            }
        }
        return options;
    }

    private static List<String> several(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    private static String filled(String text, Map<String, Object> data) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            @Nullable Object value = data.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? "" : value.toString());
        });
    }
}
