package org.ancora.casework;

import java.time.Instant;
import java.util.List;
import org.ancora.access.UserId;
import org.ancora.network.Wording;
import org.ancora.web.Tone;
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

    /**
     * What a flag warns of. Every project names and colours its own kinds (C74); two are the same when their codes are.
     *
     * @param code lower-case code used in tables, addresses and forms
     * @param label how the project calls it
     * @param tone the colour that the project gave it
     * @param stopsClosing whether a supervisor has to look before a file is closed for want of contact
     */
    public record Kind(String code, Wording label, Tone tone, boolean stopsClosing) {

        /** The client may come to harm: nothing closes by itself any more. */
        public static final Kind RISK = known("risk", Tone.LATE, true);

        public static final Kind SAFEGUARDING = known("safeguarding", Tone.LATE, true);

        /** No number works any more (A-R3). */
        public static final Kind FIND_ANOTHER_NUMBER = known("find-another-number", Tone.SOON, false);

        public static final Kind INTERPRETER = known("interpreter", Tone.SOON, false);
        public static final Kind HOUSING = known("housing", Tone.SOON, false);

        /** The kinds with which every project begins. */
        public static final List<Kind> FIRST = List.of(RISK, SAFEGUARDING, FIND_ANOTHER_NUMBER, INTERPRETER, HOUSING);

        private static Kind known(String code, Tone tone, boolean stopsClosing) {
            return new Kind(code, new Wording(code, code, code), tone, stopsClosing);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kind kind && kind.code.equals(code);
        }

        @Override
        public int hashCode() {
            return code.hashCode();
        }
    }

    /** Returns whether nobody has resolved it yet. */
    public boolean isOpen() {
        return resolvedAt == null;
    }
}
