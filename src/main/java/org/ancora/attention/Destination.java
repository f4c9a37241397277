package org.ancora.attention;

import java.util.Locale;

/** Who answers a petition that was not solved at once (J37). */
public enum Destination {
    REGIONAL_TEAM,
    CENTRAL_UNIT;

    /** The word used in tables, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value of a code.
     *
     * @throws IllegalArgumentException for a code that none has
     */
    public static Destination of(String code) {
        for (Destination each : values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("No such Destination");
    }
}
