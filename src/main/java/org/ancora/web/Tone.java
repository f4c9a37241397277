package org.ancora.web;

import java.util.Locale;

/** What a colour says; a word or icon always says it too. */
public enum Tone {
    LATE,
    SOON,
    CALM,
    DONE,
    PLAIN;

    /** The suffix of style classes. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
