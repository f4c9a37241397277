package org.ancora.casework;

import java.util.Locale;

/** Who brought the client in. */
public enum SourceKind {
    AGENCY,
    PERSON,
    /** The client came by themselves, so nobody is told anything (A-R6). */
    SELF;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SourceKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
