package org.ancora.engagement;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something a person decided during an episode.
 *
 * @param kind {@code intake}, {@code capacity}, {@code supervisor}, {@code away}, {@code letter}, {@code refusal}, {@code closing},
 *     {@code admission}, {@code documentation}, {@code go-on}, {@code search} or {@code group-service}
 * @param decision the code of what was chosen, such as {@code hold}; its words are {@code engagement.decision.<kind>.<decision>} where they are told
 * @param reason as it was typed; may be empty
 * @param until the date that was set, or null
 */
public record EpisodeDecision(
        long id,
        String caseCode,
        String kind,
        String decision,
        String reason,
        @Nullable Instant until,
        Instant decidedAt,
        UserId decidedBy) {}
