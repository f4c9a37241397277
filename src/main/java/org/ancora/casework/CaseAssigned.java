package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A case was given to a caseworker, in this transaction.
 *
 * @param from who had it before, if anybody
 * @param version of the case since then: another one each time, also where it comes back to whoever had it
 */
public record CaseAssigned(
        String code, ProjectId project, @Nullable UserId from, UserId to, UserId by, int version) {}
