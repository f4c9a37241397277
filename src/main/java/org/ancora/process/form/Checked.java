package org.ancora.process.form;

import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSourceResolvable;

/**
 * The answers after the form's rules.
 *
 * @param values what counts: visible, open fields with a value, nested as the form nests them
 * @param problems what is wrong, by the field's path written with dots ({@code people.0.name})
 */
public record Checked(Map<String, Object> values, Map<String, List<MessageSourceResolvable>> problems) {

    /** Whether nothing is wrong with the answers. */
    public boolean accepted() {
        return problems.isEmpty();
    }
}
