package org.ancora.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something about an account changed, or somebody signed in or out; published in the same transaction.
 *
 * @param action code, such as {@code access.role-granted}
 * @param whom the account concerned
 * @param by who did it; {@link UserId#SYSTEM} for Ancora itself
 * @param details codes and ids only
 */
public record AccessChanged(
        String action, UserId whom, UserId by, @Nullable ProjectId project, Map<String, String> details) {}
