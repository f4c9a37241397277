package org.ancora.attention;

import java.util.Locale;
import java.util.Optional;

/** How far the matter reaches (J3). */
public enum PetitionLevel {
    LOCAL,
    REGIONAL,
    NATIONAL;

    /** The word used in tables, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** To whom one may appeal; nobody stands above the highest. */
    public Optional<PetitionLevel> above() {
        return switch (this) {
            case LOCAL -> Optional.of(REGIONAL);
            case REGIONAL -> Optional.of(NATIONAL);
            case NATIONAL -> Optional.empty();
        };
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
