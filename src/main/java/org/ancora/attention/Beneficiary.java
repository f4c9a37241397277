package org.ancora.attention;

import java.util.Locale;

/** Whether somebody says that they receive the programme (J57). */
public enum Beneficiary {
    YES,
    NO,
    UNKNOWN;

    /** The word used in tables, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value of a code.
     *
     * @throws IllegalArgumentException for a code that none has
     */
    public static Beneficiary of(String code) {
        for (Beneficiary each : values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("No such Beneficiary");
    }
}
