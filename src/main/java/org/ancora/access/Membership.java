package org.ancora.access;

import org.jspecify.annotations.Nullable;

/**
 * One role of one person in one project.
 *
 * @param project null for every project; only administrators have such a membership
 */
public record Membership(@Nullable ProjectId project, Role role) {}
