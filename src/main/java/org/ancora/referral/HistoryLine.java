package org.ancora.referral;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a referral.
 *
 * @param what a code; its words are the message {@code referral.history.<what>}
 * @param by who did it: a member of staff or somebody at the agency; empty for Ancora itself
 * @param words what they said about it; may be empty
 */
record HistoryLine(
        long referral,
        Instant at,
        String what,
        String by,
        @Nullable ReferralStatus status,
        @Nullable ClientOutcome outcome,
        String words) {}
