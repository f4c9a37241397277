package org.ancora.casework.list;

import java.util.List;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;

/**
 * Something of a case that a viewer may see in the list: a column, a filter, or both.
 *
 * @param key in addresses and saved searches
 * @param title in the reader's language
 * @param kind what it holds
 * @param column whether it can be shown
 * @param filter whether it can have a rule
 * @param optional whether a case may be without it
 * @param sort the order by it, or null
 * @param options what can be chosen, for fields of few values
 * @param attribute id of the project's own attribute that it is, or null
 * @param identifies whether it tells, or may tell, who the client is, so that it is hidden with a protected name
 * @param external whether it is an id of another system
 */
record Field(
        String key,
        String title,
        Kind kind,
        boolean column,
        boolean filter,
        boolean optional,
        @Nullable Sort sort,
        List<Option> options,
        @Nullable Long attribute,
        boolean identifies,
        boolean external) {

    /** Returns the words of a choice; the bare value where it is not offered any more. */
    String label(String value) {
        return options.stream()
                .filter(option -> option.value().equals(value))
                .map(Option::label)
                .findFirst()
                .orElse(value);
    }

    /**
     * Which rules may be chosen; public so that templates may ask. People are looked for by any of their names: which of them
     * stands first is chance, and no index knows it.
     */
    public List<Rule.Op> ops() {
        return kind.ops().stream()
                .filter(op -> op != Rule.Op.BEGINS || sort != Sort.CLIENT)
                .filter(op -> optional || (op != Rule.Op.EMPTY && op != Rule.Op.FILLED))
                .toList();
    }
}
