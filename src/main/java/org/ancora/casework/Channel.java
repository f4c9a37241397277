package org.ancora.casework;

import java.util.Locale;

/** A way of reaching a client, or somebody close to them, on which the client has a say. */
public enum Channel {
    VOICEMAIL,
    SMS,
    EMAIL,
    POST,
    FAMILY;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Channel of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
