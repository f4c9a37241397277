package org.ancora.correspondence;

import java.time.Instant;
import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;

/** A message of the outbox: everything that never changes about it. */
record StoredMessage(
        MessageId id,
        ProjectId projectId,
        @Nullable String caseCode,
        String kind,
        Channel channel,
        String address,
        @Nullable String subject,
        String text,
        @Nullable String html,
        Locale language,
        String mailId,
        Instant createdAt) {}
