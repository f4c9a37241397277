package org.ancora.process;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * Somebody ended a procedure before its end, in this transaction. The case stays; a module that keeps its own record of the
 * procedure closes that.
 *
 * @param instance the engine's id of it, as {@link Processes#start} returned it
 */
public record ProcedureCancelled(String caseCode, ProjectId project, String process, String instance, UserId by) {}
