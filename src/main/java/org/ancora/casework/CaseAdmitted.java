package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A client was admitted to service, in this transaction (A21).
 */
public record CaseAdmitted(String code, ProjectId project, UserId by) {}
