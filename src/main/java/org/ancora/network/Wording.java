package org.ancora.network;

import java.util.Locale;

/**
 * What an administrator calls something, in the three languages.
 *
 * @param en English
 * @param es Spanish
 * @param it Italian
 */
public record Wording(String en, String es, String it) {

    /** Returns it in the reader's language, in English where we do not speak that. */
    public String in(Locale locale) {
        return switch (locale.getLanguage()) {
            case "es" -> es;
            case "it" -> it;
            default -> en;
        };
    }
}
