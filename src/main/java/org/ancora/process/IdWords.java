package org.ancora.process;

import java.util.Locale;

/** What stands in for a name that nobody gave: the words of an id. */
public final class IdWords {

    private IdWords() {}

    /**
     * The words of an id of a procedure, an element or a variable: "Call again" of {@code call-again}, "Risk flag" of
     * {@code riskFlag}.
     */
    public static String of(String id) {
        String words = id.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[-_.]+", " ")
                .strip();
        return words.isEmpty()
                ? id
                : words.substring(0, 1).toUpperCase(Locale.ROOT)
                        + words.substring(1).toLowerCase(Locale.ROOT);
    }
}
