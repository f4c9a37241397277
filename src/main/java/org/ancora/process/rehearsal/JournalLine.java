package org.ancora.process.rehearsal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;

/**
 * What happened in a rehearsal, and when.
 *
 * @param at the rehearsal's date
 * @param process the procedure, or empty
 * @param element where in its diagram, or empty
 * @param words what happened
 * @param letter as it would read, for what would have been sent
 * @param trace what a scenario compares; empty for what it does not
 */
record JournalLine(
        Instant at,
        Kind kind,
        String process,
        String element,
        MessageSourceResolvable words,
        @Nullable Letter letter,
        String trace) {

    /** What sort of thing happened. */
    enum Kind {
        BEGAN,
        STEP,
        OPENED,
        DONE,
        DROPPED,
        EVENT,
        HEARD,
        SENT,
        SAID,
        MOVED,
        CHANGED,
        ENDED,
        STOPPED
    }

    /** A letter, filled in. */
    record Letter(String template, String channel, String to, String text) {}
}
