package org.ancora.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ancora.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A project's rule for opening closed cases again (C56).
 *
 * @param roles who may; nobody when it is empty
 * @param days within how many days of closing, 0 or more; null for any time
 */
public record Reopening(Set<Role> roles, @Nullable Integer days) {

    /** Returns whether a case that was closed then may still be opened now. */
    public boolean isInTime(Instant closedAt, Instant now) {
        return days == null || !now.isAfter(closedAt.plus(Duration.ofDays(days)));
    }
}
