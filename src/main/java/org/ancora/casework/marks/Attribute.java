package org.ancora.casework.marks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.casework.SearchText;
import org.ancora.network.Wording;

/**
 * Something that a project keeps about its cases (C69).
 *
 * @param key by which files name it
 * @param system whose ids these are, for external ids; else empty
 * @param required whether a case without it counts as incomplete
 * @param retired whether nobody fills it in any more; what there is stays readable
 * @param choices the answers, in order, retired ones included; empty for other kinds
 * @param version counts its changes
 */
record Attribute(
        long id,
        String key,
        AttributeKind kind,
        Wording label,
        String hint,
        String system,
        boolean required,
        int position,
        boolean retired,
        List<Choice> choices,
        int version) {

    /** One answer. */
    record Choice(String key, Wording label, boolean retired) {}

    /** Returns the answer with this key, or called so in any of the languages; never a retired one. */
    Optional<Choice> choice(String typed) {
        String asked = SearchText.of(typed);
        return choices.stream()
                .filter(choice -> !choice.retired())
                .filter(choice -> choice.key().equals(asked)
                        || SearchText.of(choice.label().en()).equals(asked)
                        || SearchText.of(choice.label().es()).equals(asked)
                        || SearchText.of(choice.label().it()).equals(asked))
                .findFirst();
    }

    /** Returns a value as it is kept in the reader's words; dates and yes or no are put into words by the page. */
    String shown(String value, Locale locale) {
        return choices.stream()
                .filter(choice -> choice.key().equals(value))
                .map(choice -> choice.label().in(locale))
                .findFirst()
                .orElse(value);
    }
}
