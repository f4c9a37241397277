package org.ancora.casework;

import java.time.Instant;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * The time of a reminder on a case has come (C-R1).
 *
 * @param reminder its id
 * @param person whom it reminds
 * @param dueAt by when; the end of the office day unless an hour was given
 */
public record ReminderDue(String caseCode, ProjectId project, long reminder, UserId person, Instant dueAt) {}
