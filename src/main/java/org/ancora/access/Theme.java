package org.ancora.access;

import java.util.Locale;

/** Light, dark, or as the person's device says. */
public enum Theme {
    AUTO,
    LIGHT,
    DARK;

    /** The lower-case word used in the table and in the page's {@code data-bs-theme}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
