package org.ancora.casework.record;

import java.time.Instant;
import org.ancora.process.ProcessVariable;

/** The procedure that waits for a reminder's time, and what it knows: ids and a date. */
final class ReminderProcess {

    static final String FOLDER = "casework";

    static final String KEY = "case-reminder";
    static final ProcessVariable<Long> REMINDER = ProcessVariable.id("reminderId");
    static final ProcessVariable<Instant> REMIND_AT = ProcessVariable.instant("remindAt");

    static final String MOVED = "reminder-moved";
    static final String FINISHED = "reminder-finished";

    private ReminderProcess() {}

    /** A case may have many reminders, so each waits under a key of its own. */
    static String key(long reminder) {
        return "reminder-" + reminder;
    }
}
