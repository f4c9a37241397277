package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.NEW_DUE;

import java.time.Clock;
import java.time.Instant;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.process.StepContext;
import org.ancora.time.Deadline;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What the staff is told while the days of a complaint run out: each once, whatever was stopped and resumed meanwhile, and
 * that a promise is broken once for each day that was promised. Whoever is complained about is passed over.
 */
@Component
class ComplaintAlarms {

    private final ComplaintRows rows;
    private final ComplaintClock dates;
    private final Notices notices;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ComplaintAlarms(
            ComplaintRows rows, ComplaintClock dates, Notices notices, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.dates = dates;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** Half of the days are over: whoever has it is reminded. */
    void halfTime(StepContext step) {
        if (rows.tellHalfway(step.caseCode(), clock.instant())) {
            Complaint complaint = rows.find(step.caseCode()).orElseThrow();
            tellWhoeverHasIt(complaint, notice(complaint, "complaint-half-time"));
            log("complaint.half-time", complaint, complaint.terms().due());
        }
    }

    /** Few days are left: the head of the unit is told too. */
    void nearlyDue(StepContext step) {
        if (rows.tellWarned(step.caseCode(), clock.instant())) {
            Complaint complaint = rows.find(step.caseCode()).orElseThrow();
            NewNotice notice = notice(complaint, "complaint-nearly-due");
            tellWhoeverHasIt(complaint, notice);
            notices.tell(Role.MANAGER, notice);
            log("complaint.nearly-due", complaint, complaint.terms().due());
        }
    }

    /**
     * The day is over without an answer: the head of user service decides what happens now, and a new date is set. So again
     * whenever that one is over: nobody waits beyond a promised day without anybody hearing of it (J42).
     */
    void breach(StepContext step) {
        Complaint complaint = rows.find(step.caseCode()).orElseThrow();
        Instant now = clock.instant();
        Instant standing = complaint.told().newDue();
        if (standing != null && standing.isAfter(now)) {
            // Begun again after somebody ended its procedure: what the person was promised last holds.
            step.set(NEW_DUE, standing);
            return;
        }
        Instant broken = standing == null ? complaint.terms().due() : standing;
        Deadline late = dates.within(
                complaint.number(),
                ComplaintClock.NEW_DATE,
                dates.calendar(complaint),
                complaint.terms().lateDays());
        rows.promiseAnew(complaint.number(), now, late.due());
        step.set(NEW_DUE, late.due());
        NewNotice notice = broken(complaint, broken, standing != null).urgently();
        notices.tell(Role.SUPERVISOR, notice);
        notices.tell(Role.MANAGER, notice);
        tellWhoeverHasIt(complaint, notice);
        log("complaint.broken", complaint, broken);
    }

    /** Said once of each promised day. */
    private static NewNotice broken(Complaint complaint, Instant day, boolean again) {
        String kind = again ? "complaint-broken-again" : "complaint-broken";
        String once = kind + "/" + complaint.number() + (again ? "/" + day : "");
        return NewNotice.of(kind, complaint.project(), complaint.number(), once, day.toString());
    }

    /** Whoever has it now: the unit writes, a supervisor approves, the agents route and post. */
    private void tellWhoeverHasIt(Complaint complaint, NewNotice notice) {
        switch (complaint.stage()) {
            case ROUTING, POSTING -> notices.tell(Role.AGENT, notice);
            case APPROVING -> notices.tell(Role.SUPERVISOR, notice);
            default -> {
                UserId worker = complaint.unitWorker();
                if (worker == null) {
                    notices.tell(Role.UNIT, notice);
                } else {
                    notices.tell(worker, notice);
                }
            }
        }
    }

    private static NewNotice notice(Complaint complaint, String kind) {
        return NewNotice.of(
                kind,
                complaint.project(),
                complaint.number(),
                kind + "/" + complaint.number(),
                complaint.terms().due().toString());
    }

    private void log(String action, Complaint complaint, Instant due) {
        events.publishEvent(Audited.ofCase(action, complaint.project(), complaint.number(), null)
                .with("due", due));
    }
}
