package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A case was opened, in this transaction.
 */
public record CaseOpened(String code, ProjectId project, UserId by) {}
