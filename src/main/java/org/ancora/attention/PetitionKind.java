package org.ancora.attention;

import java.util.Locale;

/** What somebody asks for (J1, J-R4). "Complaint" is any dissatisfaction. */
public enum PetitionKind {
    QUERY,
    REQUEST,
    COMPLAINT,
    SUGGESTION;

    /** The word used in tables, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value of a code.
     *
     * @throws IllegalArgumentException for a code that none has
     */
    public static PetitionKind of(String code) {
        for (PetitionKind each : values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("No such PetitionKind");
    }
}
