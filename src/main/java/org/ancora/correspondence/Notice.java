package org.ancora.correspondence;

import java.time.Instant;
import java.util.List;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;

/** A notice as one person has it. */
record Notice(
        long id,
        ProjectId projectId,
        @Nullable String caseCode,
        String kind,
        List<String> arguments,
        boolean urgent,
        Instant createdAt,
        @Nullable Instant readAt) {

    public boolean isRead() {
        return readAt != null;
    }
}
