package org.ancora.access;

import java.time.Instant;

/**
 * A case that somebody opened in an emergency and may read until the time is over or they end it.
 *
 * @param id identity of the emergency access
 * @param caseCode the case
 * @param project to which it belongs
 * @param until when it closes by itself
 */
public record BrokenGlass(long id, String caseCode, ProjectId project, Instant until) {}
