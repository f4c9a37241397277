package org.ancora.time;

import java.util.Locale;

/**
 * Where a window stands at a given instant.
 *
 * @param state late, due today, open or still waiting to open
 * @param businessDays business days late when late, else business days left after today; 0 when due today, and when late
 *     by less than one business day
 */
public record Standing(State state, int businessDays) {

    /** The states, most urgent first. */
    public enum State {
        /** The due instant has passed. */
        LATE,
        /** Due later today, open or not. */
        TODAY,
        /** May be done now, due on a later day. */
        OPEN,
        /** Not yet open, due on a later day. */
        WAITING;

        /** Lower-case code for style classes and message keys. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
