package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A case was closed, in this transaction.
 */
public record CaseClosed(String code, ProjectId project, ClosingReason reason, UserId by) {}
