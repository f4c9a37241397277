package org.ancora.casework;

import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.web.Option;

/** The languages that a client may be said to speak. */
public final class SpokenLanguages {

    private static final Set<String> KNOWN = Set.of(
            "am", "ar", "ay", "bn", "de", "el", "en", "es", "fa", "fr", "gu", "hi", "hu", "it", "ja", "ko", "pa", "pl",
            "ps", "pt", "qu", "ro", "ru", "so", "sq", "sr", "sw", "ta", "ti", "tl", "tr", "uk", "ur", "vi", "yi", "zh");

    private SpokenLanguages() {}

    /** Whether a tag is one of them. */
    public static boolean knows(String tag) {
        return KNOWN.contains(tag);
    }

    /** All of them by name, in the reader's language and order. */
    public static List<Option> options(Locale reader) {
        return KNOWN.stream()
                .map(tag -> new Option(tag, Locale.forLanguageTag(tag).getDisplayLanguage(reader)))
                .sorted(Comparator.comparing(Option::label, Collator.getInstance(reader)))
                .toList();
    }
}
