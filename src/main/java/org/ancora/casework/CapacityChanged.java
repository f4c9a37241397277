package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A caseworker may have room again: a case left their caseload, or their limit was raised (A-R1).
 */
public record CapacityChanged(UserId user, ProjectId project) {}
