package org.ancora.process.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A form as its file describes it.
 *
 * @param id the form's id, which is also the file's name
 * @param source the whole file
 */
public record FormSchema(String id, List<FormField> components, Map<String, Object> source) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Reads a {@code .form} file. */
    public static FormSchema parse(String json) {
        return of(JSON.readValue(json, new TypeReference<>() {}));
    }

    /** A form that was read already, such as one that {@link FormWords} put into a language. */
    public static FormSchema of(Map<String, Object> source) {
        return new FormSchema(
                String.valueOf(source.get("id")), FormField.of(source).components(), source);
    }

    /** Every field, from the top down, without regard to groups. */
    public List<FormField> fields() {
        List<FormField> all = new ArrayList<>();
        collect(components, all);
        return all;
    }

    /** The field with this key. */
    public Optional<FormField> field(String key) {
        return fields().stream()
                .filter(field -> field.setting("key").equals(key))
                .findFirst();
    }

    private static void collect(List<FormField> from, List<FormField> into) {
        for (FormField field : from) {
            into.add(field);
            collect(field.components(), into);
        }
    }
}
