package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A flag was resolved, in this transaction.
 */
public record FlagResolved(String code, ProjectId project, Flag.Kind kind, UserId by) {}
