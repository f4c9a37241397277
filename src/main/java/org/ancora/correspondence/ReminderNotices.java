package org.ancora.correspondence;

import org.ancora.casework.ReminderDue;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people of the reminders that they or their colleagues set; what a reminder says stays on the case. */
@Component
class ReminderNotices {

    private final Notices notices;

    ReminderNotices(Notices notices) {
        this.notices = notices;
    }

    @EventListener
    void on(ReminderDue due) {
        String once = "reminder-%d-%d".formatted(due.reminder(), due.dueAt().toEpochMilli());
        notices.tell(
                due.person(),
                NewNotice.of(
                        "reminder-due",
                        due.project(),
                        due.caseCode(),
                        once,
                        due.dueAt().toString()));
    }
}
