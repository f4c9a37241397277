package org.ancora.casework;

import java.util.Locale;

/** How a client is served; looking for a client who is out of reach is for individual service only (A2). */
public enum ServiceMode {
    INDIVIDUAL,
    GROUP;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ServiceMode of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
