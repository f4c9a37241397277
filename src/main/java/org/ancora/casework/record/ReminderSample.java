package org.ancora.casework.record;

import java.time.LocalDate;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.SampleCases;
import org.ancora.network.Projects;
import org.ancora.process.RehearsalSample;
import org.ancora.time.BusinessCalendar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A case's next reminder: when it was set and for when, and neither whom it reminds nor what of. */
@Component
class ReminderSample implements RehearsalSample {

    private final SampleCases cases;
    private final ReminderRows reminders;
    private final Projects projects;

    ReminderSample(SampleCases cases, ReminderRows reminders, Projects projects) {
        this.cases = cases;
        this.reminders = reminders;
        this.projects = projects;
    }

    @Override
    public String folder() {
        return ReminderProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        CaseSummary file = cases.open(code, Permission.SET_REMINDERS, viewer);
        ReminderRows.Waiting next = reminders.next(file.id()).orElseThrow(() -> new Hidden("reminder", code));
        cases.taken(file, "reminder", next.id(), viewer);
        BusinessCalendar calendar = projects.calendar(file.project());
        int days = calendar.between(LocalDate.ofInstant(next.setAt(), calendar.zone()), next.dueOn());
        return new Sample(
                file.project(),
                ReminderProcess.KEY,
                next.setAt(),
                Map.of(
                        ReminderProcess.REMIND_AT.name(),
                        String.valueOf(days),
                        "language",
                        file.preferredLanguage().getLanguage()));
    }
}
