package org.ancora.engagement;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to be recorded; see {@link ContactAttempt} for the codes.
 *
 * @param task the engine's id of the task in which it is recorded, or null
 */
public record NewAttempt(
        long episode,
        String caseCode,
        @Nullable String task,
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
        UserId by) {}
