package org.ancora.casework;

import java.time.Instant;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A case was opened in an emergency by somebody to whom it is otherwise closed.
 *
 * @param id identity of the emergency access
 * @param by who opened it
 * @param until when it closes by itself
 */
public record GlassBroken(long id, String caseCode, ProjectId project, UserId by, Instant until) {}
