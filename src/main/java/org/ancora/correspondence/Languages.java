package org.ancora.correspondence;

import java.util.List;
import java.util.Locale;

/** The languages in which letters are kept. */
final class Languages {

    static final List<String> WRITTEN = List.of("en", "es", "it");

    private Languages() {}

    static boolean isSpoken(Locale locale) {
        return WRITTEN.contains(locale.getLanguage());
    }
}
