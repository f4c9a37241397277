package org.ancora.casework;

import java.time.Instant;
import java.util.Locale;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A warning on a case that stays in sight until somebody resolves it (C72).
 *
 * @param id identity
 * @param kind what it warns of
 * @param note may be empty
 * @param raisedAt since when
 * @param raisedBy {@link UserId#SYSTEM} for Ancora itself
 * @param raisedByName as they are called today; null for Ancora itself
 * @param resolvedAt when it was resolved
 * @param resolvedBy who resolved it
 * @param resolvedByName as they are called today, or null
 * @param resolution what they wrote; empty while it is open
 */
public record Flag(
        long id,
        Kind kind,
        String note,
        Instant raisedAt,
        UserId raisedBy,
        @Nullable String raisedByName,
        @Nullable Instant resolvedAt,
        @Nullable UserId resolvedBy,
        @Nullable String resolvedByName,
        String resolution) {

    /** What a flag warns of. */
    public enum Kind {
        /** The client may come to harm: nothing closes by itself any more. */
        RISK,
        SAFEGUARDING,
        /** No number works any more (A-R3). */
        FIND_ANOTHER_NUMBER,
        INTERPRETER,
        HOUSING;

        /** Returns the lower-case code used in tables, addresses, forms and message keys ({@code flag.<code>}). */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns the kind with this code.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Returns whether a supervisor has to look before a file is closed for want of contact. */
        public boolean stopsClosing() {
            return this == RISK || this == SAFEGUARDING;
        }
    }

    /** Returns whether nobody has resolved it yet. */
    public boolean isOpen() {
        return resolvedAt == null;
    }
}
