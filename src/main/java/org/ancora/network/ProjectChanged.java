package org.ancora.network;

import org.ancora.access.ProjectId;

/**
 * A project's calendar or settings have changed, in this transaction.
 *
 * @param project which one
 * @param calendarChanged whether open dates may have to be computed anew
 */
public record ProjectChanged(ProjectId project, boolean calendarChanged) {}
