package org.ancora.engagement;

import java.time.Instant;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * The search for one client at one time.
 *
 * @param firstUnanswered when the first attempt of this episode got no answer (A-R11), or null
 * @param endedAt when it ended, or null while it runs
 * @param outcome how it ended: {@code in-service}, or the reason for which the case was closed; null while it runs
 */
public record Episode(
        long id,
        String caseCode,
        ProjectId project,
        Track track,
        Instant startedAt,
        /** Whether the client is still being looked for or admitted. */
        @Nullable Instant firstUnanswered,
        @Nullable Instant endedAt,
        @Nullable String outcome) {

    public boolean isRunning() {
        return endedAt == null;
    }
}
