package org.ancora.access;

import java.util.Locale;

/** How a person wants their notices by e-mail; urgent ones always come at once. */
public enum NoticeChoice {
    AT_ONCE,
    DAILY;

    /** The word used in the table and in message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
