package org.ancora.process.task;

import java.time.Instant;
import java.util.List;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/** "So far and next": what was done on a case, where it stands, and what follows if nobody answers, with dates. */
public interface Outlook {

    /**
     * Whether this outlook knows the procedure.
     *
     * @param processKey the procedure at the top, such as {@code engagement-on-entry}
     */
    boolean concerns(String processKey);

    /**
     * The entries from the earliest on.
     *
     * @param task the task that is being looked at, or null on a page about the case
     */
    List<OutlookEntry> entries(String caseCode, @Nullable TaskContext task, Viewer viewer);

    /**
     * One line.
     *
     * @param from the day, or the first day of a window; null for a line without a date ("If nobody answers:")
     * @param to the last day of a window, or null
     * @param key message key of the words after the date
     * @param tagKey message key of a warning tag such as "safeguarding", or null
     */
    record OutlookEntry(
            State state,
            @Nullable Instant from,
            @Nullable Instant to,
            String key,
            List<Object> arguments,
            @Nullable String tagKey) {

        public OutlookEntry(State state, @Nullable Instant from, String key, Object... arguments) {
            this(state, from, null, key, List.of(arguments), null);
        }
    }

    /** What an entry tells. */
    enum State {
        DONE,
        /** Tried, and could not be done. */
        FAILED,
        PRESENT,
        NEXT,
        /** A line that says when the following ones happen ("If nobody answers:"). */
        CONDITION
    }
}
