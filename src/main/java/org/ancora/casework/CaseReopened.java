package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/** A closed case was opened again, in this transaction (C55). */
public record CaseReopened(String code, ProjectId project, UserId by) {}
