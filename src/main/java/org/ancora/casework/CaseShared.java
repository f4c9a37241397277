package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/** Somebody was added to a case as a collaborator, in this transaction. */
public record CaseShared(String code, ProjectId project, UserId with, UserId by) {}
