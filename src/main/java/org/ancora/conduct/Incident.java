package org.ancora.conduct;

import java.time.Instant;
import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What made a worker uncomfortable, as the project's supervisors read it (B9, B-R3).
 *
 * @param request the boundary request with which it was reported
 * @param asked code of what the client asked for
 * @param settledAt null while it is open
 * @param entries who read it and what was done, the oldest first; empty in lists
 */
record Incident(
        long id,
        ProjectId project,
        long request,
        String caseCode,
        String asked,
        String reportedByName,
        Instant reportedAt,
        String words,
        @Nullable Instant settledAt,
        List<Entry> entries) {

    /** What a supervisor did with it. */
    record Entry(EntryKind kind, Instant at, UserId by, String byName, String words) {}

    enum EntryKind {
        READ,
        NOTE,
        SETTLED,
        OPENED;

        String code() {
            return switch (this) {
                case READ -> "read";
                case NOTE -> "note";
                case SETTLED -> "settled";
                case OPENED -> "opened";
            };
        }
    }

    public boolean isOpen() {
        return settledAt == null;
    }
}
