package org.ancora.network;

import java.util.Locale;

/** The colours by which projects are told apart; each is readable in light and dark. */
public enum Accent {
    TEAL,
    BRICK,
    VIOLET,
    OCHRE,
    MOSS,
    PLUM,
    SLATE,
    ROSE;

    /** Returns the lower-case code, which is also the value of {@code data-accent} in pages. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Accent of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
