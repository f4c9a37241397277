package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A case changed between individual and group service, in this transaction (A-R14).
 */
public record ServiceModeChanged(String code, ProjectId project, ServiceMode from, ServiceMode to, UserId by) {}
