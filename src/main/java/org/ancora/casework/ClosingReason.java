package org.ancora.casework;

import java.util.Locale;

/** Why a case was closed (C48, C53). */
public enum ClosingReason {
    NO_CONTACT,
    DECLINED,
    WITHDRAWN,
    TRANSFERRED,
    TRANSFERRED_TO_GROUP,
    DECEASED,
    HANDED_OVER,
    /** The intake was not accepted. */
    REFUSED,
    CLOSED_BY_HAND;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ClosingReason of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
