package org.ancora.process.form;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which keys a form's answers may have, level by level. */
final class FormShape {

    private final Map<String, FormShape> children = new LinkedHashMap<>();
    private boolean leaf;
    private boolean rows;

    static FormShape of(List<FormField> components) {
        FormShape shape = new FormShape();
        components.forEach(shape::add);
        return shape;
    }

    /** Refuses answers with other keys than the form's. */
    void require(Map<String, ?> answers) {
        Set<String> unknown = new LinkedHashSet<>();
        compare(answers, "", unknown);
        if (!unknown.isEmpty()) {
            throw new UnknownFields(unknown);
        }
    }

    private void add(FormField field) {
        FormShape at = this;
        for (String step : field.path()) {
            at = at.children.computeIfAbsent(step, any -> new FormShape());
        }
        at.leaf |= field.keyed();
        at.rows |= field.repeated();
        field.components().forEach(at::add);
    }

    private void compare(@Nullable Object value, String at, Set<String> unknown) {
        if (leaf || value == null) {
            return;
        }
        if (rows && value instanceof List<?> list) {
            list.forEach(row -> compareGroup(row, at, unknown));
        } else {
            compareGroup(rows ? "" : value, at, unknown);
        }
    }

    private void compareGroup(@Nullable Object value, String at, Set<String> unknown) {
        if (!(value instanceof Map<?, ?> group)) {
            unknown.add(at);
            return;
        }
        group.forEach((key, inner) -> {
            String name = at.isEmpty() ? String.valueOf(key) : at + "." + key;
            FormShape child = children.get(String.valueOf(key));
            if (child == null) {
                unknown.add(name.length() > 80 ? name.substring(0, 80) : name);
            } else {
                child.compare(inner, name, unknown);
            }
        });
    }
}
