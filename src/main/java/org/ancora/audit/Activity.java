package org.ancora.audit;

import java.time.Instant;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the activity log.
 *
 * @param by null when Ancora itself did it
 * @param byName the person's name as it is today, or null as {@code by}
 */
public record Activity(
        long id,
        Instant at,
        String action,
        @Nullable ProjectId project,
        @Nullable String caseCode,
        String subject,
        @Nullable String subjectId,
        @Nullable UserId by,
        @Nullable String byName,
        Map<String, String> details) {

    /** The message key of the entry's words. */
    public String key() {
        return "activity." + action;
    }
}
