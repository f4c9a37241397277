package org.ancora.attention;

import java.util.Locale;

/** How far the matter reaches (J3). */
public enum PetitionLevel {
    LOCAL,
    REGIONAL,
    NATIONAL;

    /** The word used in tables, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value of a code.
     *
     * @throws IllegalArgumentException for a code that none has
     */
    public static PetitionLevel of(String code) {
        for (PetitionLevel each : values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("No such PetitionLevel");
    }
}
