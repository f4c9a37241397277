package org.ancora.attention;

import java.util.Locale;

/** In which days a limit is counted (J-R1, J-R3). */
public enum DayUnit {
    BUSINESS,
    CALENDAR;

    /** The lower-case word of decision tables and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the unit that a decision table names.
     *
     * @throws IllegalArgumentException for a word that is neither
     */
    public static DayUnit of(String code) {
        for (DayUnit unit : values()) {
            if (unit.code().equals(code)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("Days are business or calendar days, not " + code);
    }
}
