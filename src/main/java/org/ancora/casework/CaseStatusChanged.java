package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.StatusId;

/**
 * A case has another status, in this transaction, whoever or whatever gave it.
 *
 * @param code the case
 * @param project to which it belongs
 * @param from the status before
 * @param to the status now
 * @param by who changed it; {@link UserId#SYSTEM} for Ancora itself
 */
public record CaseStatusChanged(String code, ProjectId project, StatusId from, StatusId to, UserId by) {}
