package org.ancora.referral;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A planned look at what became of a referral (C106, C110).
 *
 * @param dueAt when its day ends for the office
 * @param doneAt when somebody looked, or null
 * @param status what they found; null until then
 * @param kind how they looked: the project's own kind of follow-up, or null
 * @param dropped whether the case ended before
 */
record FollowUp(
        long id,
        long referral,
        LocalDate dueOn,
        Instant dueAt,
        @Nullable Instant doneAt,
        @Nullable String doneByName,
        @Nullable ReferralStatus status,
        @Nullable ClientOutcome outcome,
        @Nullable Long kind,
        String note,
        boolean dropped) {

    boolean isOpen() {
        return doneAt == null && !dropped;
    }
}
