package org.ancora.process.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.process.OwnersWords;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * A form's words in a person's language. Every text of the file is looked up as {@code form.<form id>.<key>} (the
 * label, or the text of a mere text), {@code ….<option value>}, {@code ….description}, {@code ….pattern} (what is said
 * when the pattern does not match), {@code ….date} and {@code ….time}, {@code ….prefix} and {@code ….suffix}; what is
 * not found stays as the file has it.
 */
@Component
public class FormWords {

    private final MessageSource messages;
    private final OwnersWords own;

    FormWords(MessageSource messages, OwnersWords own) {
        this.messages = messages;
        this.own = own;
    }

    /** The form's file with every text in the language, ready for form-js; owners' own words are left out. */
    public Map<String, Object> in(Locale language, FormSchema form) {
        return in(language, form, key -> null);
    }

    /** As {@link #in(Locale, FormSchema)}, with the words that its owner published with this version of a diagram. */
    public Map<String, Object> in(Locale language, FormSchema form, String definition) {
        return in(language, form, key -> own.of(definition, key, language));
    }

    /** As {@link #in(Locale, FormSchema)}, with words that win over those that came with the release. */
    public Map<String, Object> in(Locale language, FormSchema form, Own words) {
        return component(form.source(), "form." + form.id(), new Tongue(language, words), true);
    }

    /** An owner's own words in one language. */
    public interface Own {

        /** The words of a key; null where the owner said nothing. */
        @Nullable
        String find(String key);
    }

    private record Tongue(Locale language, Own own) {}

    private Map<String, Object> component(Map<String, ?> source, String prefix, Tongue language, boolean root) {
        Map<String, Object> words = new LinkedHashMap<>(source);
        FormField field = FormField.of(source);
        String key = root ? prefix : prefix + "." + field.word();
        if (!root) {
            translate(words, "label", key, language);
            translate(words, "text", key, language);
            translate(words, "content", key, language);
            translate(words, "description", key + ".description", language);
            translate(words, "dateLabel", key + ".date", language);
            translate(words, "timeLabel", key + ".time", language);
            translate(words, "alt", key + ".alt", language);
            nested(words, "appearance", "prefixAdorner", key + ".prefix", language);
            nested(words, "appearance", "suffixAdorner", key + ".suffix", language);
            nested(words, "validate", "patternErrorMessage", key + ".pattern", language);
        }
        if (words.get("values") instanceof List<?> options) {
            words.put("values", options(options, key, language));
        }
        if (words.get("components") instanceof List<?> components) {
            List<Object> translated = new ArrayList<>();
            components.forEach(each -> translated.add(component(map(each), prefix, language, false)));
            words.put("components", translated);
        }
        return words;
    }

    private List<Object> options(List<?> options, String key, Tongue language) {
        List<Object> translated = new ArrayList<>();
        for (Object each : options) {
            if (each instanceof Map<?, ?>) {
                Map<String, Object> option = new LinkedHashMap<>(map(each));
                translate(option, "label", key + "." + option.get("value"), language);
                translated.add(option);
            } else {
                translated.add(each);
            }
        }
        return translated;
    }

    private void nested(Map<String, Object> words, String group, String name, String key, Tongue language) {
        if (words.get(group) instanceof Map<?, ?> inner && inner.containsKey(name)) {
            Map<String, Object> copy = new LinkedHashMap<>(map(inner));
            translate(copy, name, key, language);
            words.put(group, copy);
        }
    }

    private void translate(Map<String, Object> words, String name, String key, Tongue language) {
        if (words.get(name) instanceof String text) {
            String said = language.own().find(key);
            String found = said != null ? said : messages.getMessage(key, null, null, language.language());
            words.put(name, found == null ? text : found);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
