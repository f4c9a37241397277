package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A flag was raised on a case, in this transaction.
 */
public record FlagRaised(String code, ProjectId project, Flag.Kind kind, UserId by) {}
