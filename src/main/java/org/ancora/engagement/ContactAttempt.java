package org.ancora.engagement;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach somebody, as it was recorded; never changed afterwards (X3).
 *
 * @param place where in the procedure: {@code round}, {@code extra}, {@code call-back}, {@code family}, {@code source} or
 *     {@code in-touch}
 * @param round number of the contact round it belongs to, from 1; 0 outside rounds
 * @param party {@code client}, {@code family} or {@code source}
 * @param channel {@code call-main}, {@code call-alternate}, {@code voicemail}, {@code sms}, {@code email}, {@code visit},
 *     or "none" for a way that was skipped or is not on file
 * @param contactPoint the number or address that was tried, or null
 * @param outcome code such as {@code no-answer}; its words are the message {@code attempt.outcome.<code>}
 * @param reason why a lawful way was skipped, or what another outcome was; may be empty
 * @param message the message that Ancora sent, or null
 */
public record ContactAttempt(
        long id,
        String caseCode,
        long episode,
        String place,
        int round,
        String party,
        String channel,
        @Nullable Long contactPoint,
        String outcome,
        String reason,
        String note,
        @Nullable Long message,
        Instant attemptedAt,
        Instant recordedAt,
        UserId recordedBy) {}
