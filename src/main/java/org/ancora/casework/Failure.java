package org.ancora.casework;

import java.util.Locale;

/** How a contact point turned out to lead nowhere (A-R3). */
public enum Failure {
    WRONG_NUMBER,
    BOUNCED,
    UNDELIVERED,
    RETURNED;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Failure of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
