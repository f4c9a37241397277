package org.ancora.process.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a field, wherever they come from: the file, the prepared data, or an expression. */
final class FormOptions {

    /** @param disabled why it cannot be chosen, or null when it can */
    record Option(@Nullable Object value, @Nullable Object disabled) {}

    private FormOptions() {}

    static List<Option> of(FormField field, Map<String, ?> context, Feel feel) {
        Object found;
        if (!field.setting("valuesExpression").isEmpty()) {
            found = feel.value(field.setting("valuesExpression"), context).orElse(null);
        } else if (!field.setting("valuesKey").isEmpty()) {
            found = context;
            for (String step : field.setting("valuesKey").split("\\.", -1)) {
                found = found instanceof Map<?, ?> group ? group.get(step) : null;
            }
        } else {
            found = field.source().get("values");
        }
        List<Option> options = new ArrayList<>();
        if (found instanceof List<?> list) {
            list.forEach(each -> options.add(option(each)));
        }
        return options;
    }

    private static Option option(@Nullable Object each) {
        return each instanceof Map<?, ?> named
                ? new Option(named.get("value"), named.get("disabled"))
                : new Option(each, null);
    }
}
