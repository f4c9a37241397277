package org.ancora.process;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * Somebody let a procedure that was over begin again, in this transaction.
 *
 * @param instance the engine's id of the new one
 */
public record ProcedureRestarted(String caseCode, ProjectId project, String process, String instance, UserId by) {}
