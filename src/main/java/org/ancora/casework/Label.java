package org.ancora.casework;

import java.util.Locale;

/** What a project calls something of its own, in the three languages. */
public record Label(String en, String es, String it) {

    /** Returns the name in the reader's language. */
    public String in(Locale locale) {
        return switch (locale.getLanguage()) {
            case "es" -> es;
            case "it" -> it;
            default -> en;
        };
    }
}
