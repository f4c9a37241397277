package org.ancora.operations;

import java.util.Locale;

/** What administrators are told without asking; the words are the messages {@code notice.alarm-<code>}. */
enum Alarm {
    /** Steps of procedures failed for good and wait for a person. */
    INCIDENTS,
    /** Timers or steps are due and nobody runs them. */
    OVERDUE,
    /** Messages do not leave. */
    MAIL,
    /** A node's clock is wrong. */
    CLOCK,
    /** A job loses against other changes every time it is tried. */
    LOSSES;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
