package org.ancora.process.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One component of a form as form-js understands it: a field with a key, a group, a repeated group, or mere
 * presentation.
 *
 * @param path where its value lives, from the enclosing group or row on; empty for what has no value of its own
 * @param source the component as the file gives it
 */
public record FormField(String type, String id, List<String> path, List<FormField> components, Map<String, ?> source) {

    private static final Set<String> KEYED = Set.of(
            "textfield",
            "textarea",
            "number",
            "checkbox",
            "checklist",
            "datetime",
            "radio",
            "select",
            "taglist",
            "expression",
            "filepicker");

    static FormField of(Map<String, ?> source) {
        String type = text(source.get("type"));
        String key = text(source.get("key"));
        String path = text(source.get("path"));
        List<FormField> components = new ArrayList<>();
        if (source.get("components") instanceof List<?> list) {
            list.forEach(component -> components.add(of(map(component))));
        }
        String where = KEYED.contains(type) ? key : path;
        List<String> steps = where.isEmpty() ? List.of() : List.of(where.split("\\.", -1));
        return new FormField(type, text(source.get("id")), steps, List.copyOf(components), source);
    }

    /** Whether a person can answer it. */
    public boolean keyed() {
        return KEYED.contains(type);
    }

    /** Whether it is a group that may be answered several times. */
    public boolean repeated() {
        return type.equals("dynamiclist");
    }

    /** The name by which words are looked up: its key, else its path, else its id. */
    public String word() {
        String key = text(source.get("key"));
        return !key.isEmpty() ? key : path.isEmpty() ? id : String.join(".", path);
    }

    /** Whether the file shuts the field for good. A condition instead of a flag is {@link #readonlyWhen()}. */
    public boolean shut() {
        return flag("disabled") || flag("readonly") || type.equals("expression") || type.equals("filepicker");
    }

    /** The condition under which it cannot be changed, or null. */
    public @Nullable String readonlyWhen() {
        return source.get("readonly") instanceof String expression ? expression : null;
    }

    /** The condition under which it is not asked, or null. */
    public @Nullable String hiddenWhen() {
        return source.get("conditional") instanceof Map<?, ?> conditional
                        && conditional.get("hide") instanceof String expression
                        && !expression.isBlank()
                ? expression
                : null;
    }

    /** What it starts with, or null. */
    public @Nullable Object defaultValue() {
        return source.get("defaultValue");
    }

    /** A rule of the file's {@code validate} part, such as {@code maxLength}, or null. */
    public @Nullable Object rule(String name) {
        return source.get("validate") instanceof Map<?, ?> validate ? validate.get(name) : null;
    }

    /** Whether it has to be answered while it is shown. */
    public boolean required() {
        return Boolean.TRUE.equals(rule("required"));
    }

    /** A text of the file, such as {@code label}; empty when the file has none. */
    public String setting(String name) {
        return text(source.get(name));
    }

    /** A number of the file, such as {@code decimalDigits}, or null. */
    public @Nullable BigDecimal number(String name) {
        Object value = source.get(name);
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        return new BigDecimal(value.toString());
    }

    /** Whether the file says yes to this, such as {@code multiple}. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(source.get(name));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Object value) {
        return (Map<String, ?>) value;
    }
}
