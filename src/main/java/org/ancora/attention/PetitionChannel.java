package org.ancora.attention;

import java.util.Locale;

/** The way by which a petition came in (J2). */
public enum PetitionChannel {
    IN_PERSON,
    PHONE,
    LETTERBOX,
    EMAIL,
    WEB;

    /** The word used in tables, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value of a code.
     *
     * @throws IllegalArgumentException for a code that none has
     */
    public static PetitionChannel of(String code) {
        for (PetitionChannel each : values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("No such PetitionChannel");
    }
}
