package org.ancora.engagement;

import java.util.Locale;

/** The two ways into the search for a client (A1). */
public enum Track {
    /** A new client was referred. */
    ENTRY("engagement-on-entry"),
    /** An existing client went silent. */
    EXISTING("engagement-existing-client");

    private final String processKey;

    Track(String processKey) {
        this.processKey = processKey;
    }

    /** The code used in tables and in the decision table's column {@code track}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The procedure's id in its diagram. */
    public String processKey() {
        return processKey;
    }

    static Track of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
