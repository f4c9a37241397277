package org.ancora.process;

import org.ancora.time.Deadline;

/**
 * An open deadline of a case moved, in this transaction.
 *
 * @param label what it is for, as it was recorded
 * @param before as it was
 * @param after as it is now, with the reason in it
 */
public record DeadlineMoved(String caseCode, String label, Deadline before, Deadline after) {}
