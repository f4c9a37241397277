package org.ancora.casework;

import java.util.Locale;

/** What a contact point is. */
public enum ContactKind {
    PHONE,
    /** A number that takes text messages. */
    SMS,
    EMAIL,
    ADDRESS;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ContactKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
