package org.ancora.process.rehearsal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits for somebody in a rehearsal.
 *
 * @param caller the call activity that called its procedure, or null
 * @param roles codes of the roles that may do it
 */
record OpenStep(
        String id,
        String process,
        String element,
        @Nullable String caller,
        String name,
        String guidance,
        @Nullable String form,
        List<String> roles,
        @Nullable Instant opens,
        @Nullable Instant due) {}
