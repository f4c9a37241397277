package org.ancora.process.studio;

import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a folder runs from now on; published as an event inside the transaction.
 *
 * @param restoredFrom the earlier version whose files run again; null for what is new
 */
public record ProcedurePublished(
        Version before, Version now, UserId by, @Nullable String restoredFrom) {}
