package org.ancora.time;

import java.util.Locale;
import java.util.Map;

/** Picks one of the languages in which a calendar names something. */
final class Names {

    private Names() {}

    /** The name in the locale's language, else in English, else in any; empty when there is none. */
    static String in(Map<String, String> names, Locale locale) {
        var name = names.get(locale.getLanguage());
        if (name == null) {
            name = names.get("en");
        }
        return name != null
                ? name
                : names.values().stream().sorted().findFirst().orElse("");
    }
}
