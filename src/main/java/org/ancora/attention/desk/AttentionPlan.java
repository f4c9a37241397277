package org.ancora.attention.desk;

import static org.ancora.attention.desk.AttentionProcess.CALL_BACK_AT;
import static org.ancora.attention.desk.AttentionProcess.DUE;
import static org.ancora.attention.desk.AttentionProcess.LATE_AT;
import static org.ancora.attention.desk.AttentionProcess.OPENS;
import static org.ancora.attention.desk.AttentionProcess.WITHIN_HOURS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.StepContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When visitors are attended and promised calls made, and who is told. */
@Component
class AttentionPlan {

    /** So long after the agreed minute the supervisors are told of a call that was not made (J95). */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Attendances attendances;
    private final OfficeHours hours;
    private final Projects projects;
    private final Deadlines deadlines;
    private final Notices notices;
    private final Clock clock;

    AttentionPlan(
            Attendances attendances,
            OfficeHours hours,
            Projects projects,
            Deadlines deadlines,
            Notices notices,
            Clock clock) {
        this.attendances = attendances;
        this.hours = hours;
        this.projects = projects;
        this.deadlines = deadlines;
        this.notices = notices;
        this.clock = clock;
    }

    /** Open or closed now, and until when the visitor is to be attended: the end of this day of work, or of the next. */
    void checkOfficeHours(StepContext step) {
        boolean open = hours.isOpen(step.project());
        attendances.begins(step.caseCode(), open);
        step.set(WITHIN_HOURS, open);
        plan(step, "attention", dayOfWork(step));
        Attendance visit = attendances.byCode(step.caseCode());
        UserId coordinator = visit.coordinator();
        if (visit.state() == Attendance.State.AWAITING_AUTHORISATION) {
            NewNotice notice = NewNotice.of(
                            "authorise-attention", step.project(), step.caseCode(), "authorise/" + step.caseCode())
                    .urgently();
            if (coordinator == null) {
                notices.tell(Role.COORDINATOR, notice);
            } else {
                notices.tell(coordinator, notice);
            }
        }
    }

    void tellWhenToComeBack(StepContext step) {
        attendances.sendAway(step.caseCode(), hours.nextOpening(step.project()));
    }

    void planCall(StepContext step) {
        attendances.begins(step.caseCode(), hours.isOpen(step.project()));
        plan(step, "call", dayOfWork(step));
    }

    /** An hour that was agreed: not before, and not after. */
    void planPromisedCall(StepContext step) {
        Deadline deadline = calendar(step).at(step.get(CALL_BACK_AT));
        plan(step, "promised-call", deadline);
        step.set(LATE_AT, deadline.due().plus(PATIENCE));
    }

    /** Its hour has come: whoever promised it is told, or the agents while nobody has it. */
    void tellCallDue(String code, long project, @Nullable String assignee, Instant due) {
        NewNotice notice =
                NewNotice.of("call-due", new ProjectId(project), code, "call-due/" + code + "/" + due, due.toString());
        if (assignee == null) {
            notices.tell(Role.AGENT, notice);
        } else {
            notices.tell(UserId.of(assignee), notice);
        }
    }

    void tellCallLate(String code, long project, Instant due) {
        notices.tell(
                Role.SUPERVISOR,
                NewNotice.of("call-late", new ProjectId(project), code, "call-late/" + code + "/" + due, due.toString())
                        .urgently());
    }

    /** Until the end of this day of work. At the minute of closing it is over: what comes then would be late at once. */
    private Deadline dayOfWork(StepContext step) {
        Instant now = clock.instant();
        Deadline today = calendar(step).within(now, 0);
        return today.due().isAfter(now) ? today : calendar(step).within(now, 1);
    }

    private void plan(StepContext step, String label, Deadline deadline) {
        deadlines.record(step.caseCode(), label, deadline);
        step.set(OPENS, deadline.opens());
        step.set(DUE, deadline.due());
    }

    private BusinessCalendar calendar(StepContext step) {
        return projects.calendar(step.project());
    }
}
