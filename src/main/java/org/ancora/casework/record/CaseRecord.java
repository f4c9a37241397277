package org.ancora.casework.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.record.CarePlan.Owner;
import org.ancora.casework.record.CarePlan.What;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writing down something about a case, for other modules; they trust themselves to have asked whether the person may. */
@Service
public class CaseRecord {

    private final Cases cases;
    private final Notes notes;
    private final Reminders reminders;
    private final CarePlans plans;
    private final Projects projects;

    CaseRecord(Cases cases, Notes notes, Reminders reminders, CarePlans plans, Projects projects) {
        this.cases = cases;
        this.notes = notes;
        this.reminders = reminders;
        this.plans = plans;
        this.projects = projects;
    }

    /**
     * Writes a note.
     *
     * @param contactOn the day of the contact that it tells of, or null
     * @param nextStep may be empty
     */
    @Transactional
    public void note(String code, String text, @Nullable LocalDate contactOn, String nextStep, UserId by) {
        notes.write(cases.byCode(code), new Note.Words(text, contactOn, nextStep), by);
    }

    /** Sets a reminder for whoever has the case then, due by the end of a day; its id is returned. */
    @Transactional
    public long remind(String code, String text, LocalDate on, UserId by) {
        return reminders.set(cases.byCode(code), new Reminder.What(text, on, null, null), by);
    }

    /**
     * A reminder, for a module that had it set.
     *
     * @param dueAt the hour, or the end of the office day
     * @param doneAt when it was done, or null
     * @param path where it is shown; {@code /done} below it finishes it
     */
    public record Remembered(
            long id,
            String text,
            Instant dueAt,
            @Nullable Instant doneAt,
            @Nullable String doneByName,
            String path) {}

    /** Returns these reminders, the soonest first; whoever asks knows who may read them. */
    @Transactional(readOnly = true)
    public List<Remembered> reminders(Collection<Long> ids) {
        return reminders.withIds(ids).stream()
                .map(each -> new Remembered(
                        each.id(),
                        each.what().text(),
                        each.dueAt(),
                        each.doneAt(),
                        each.doneByName(),
                        "/cases/" + each.caseCode() + "/reminders/" + each.id()))
                .toList();
    }

    /**
     * Adds a goal with one action to the care plan, for the client to do.
     *
     * @param officeDays from now, 0 to 1000
     */
    @Transactional
    public void plan(String code, String goal, String action, int officeDays, UserId by) {
        CaseSummary caseFile = cases.byCode(code);
        long id = plans.addGoal(caseFile, goal, by);
        What what = new What(action, Owner.CLIENT, "", plans.within(officeDays, projects.calendar(caseFile.project())));
        plans.addAction(caseFile, plans.goal(caseFile, id), what, by);
    }
}
