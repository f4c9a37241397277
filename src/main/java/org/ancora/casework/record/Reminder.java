package org.ancora.casework.record;

import java.time.Instant;
import java.time.LocalDate;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done about a case on a day, or at an hour (C-R1).
 *
 * @param planned whether it stands in the care plan; then its id is that of the plan's action
 * @param what what to do, who for and when
 * @param dueAt the hour, or the end of the office day
 * @param assignee who has the case now
 * @param forName who is reminded, as they are called today; null when nobody has the case
 * @param doneAt when it was done, or null
 * @param version counts its changes
 */
record Reminder(
        boolean planned,
        long id,
        String caseCode,
        ProjectId project,
        What what,
        Instant dueAt,
        @Nullable UserId assignee,
        @Nullable String forName,
        String setByName,
        @Nullable Instant doneAt,
        @Nullable String doneByName,
        int version) {

    /**
     * What is to be done.
     *
     * @param at the hour on that day, or null for any time of the office day
     * @param person who is reminded; null for whoever has the case then
     */
    record What(
            String text,
            LocalDate on,
            @Nullable String at,
            @Nullable UserId person) {

        What {
            text = text.strip();
        }
    }

    boolean isDone() {
        return doneAt != null;
    }

    /** Who is to be told, if anybody. */
    @Nullable
    UserId person() {
        return what.person() == null ? assignee : what.person();
    }
}
