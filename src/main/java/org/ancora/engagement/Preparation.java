package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CAPACITY_OVERRIDDEN;
import static org.ancora.engagement.EngagementProcess.CAPACITY_REMINDER_AT;
import static org.ancora.engagement.EngagementProcess.DECISION_DAYS;
import static org.ancora.engagement.EngagementProcess.DUE;
import static org.ancora.engagement.EngagementProcess.EXTRA_DAYS;
import static org.ancora.engagement.EngagementProcess.FIRST_CONTACT_DAYS;
import static org.ancora.engagement.EngagementProcess.GROUP_SERVICE_DUE;
import static org.ancora.engagement.EngagementProcess.GROUP_SERVICE_OPENS;
import static org.ancora.engagement.EngagementProcess.HAS_CAPACITY;
import static org.ancora.engagement.EngagementProcess.HAS_FAMILY;
import static org.ancora.engagement.EngagementProcess.HAS_SOURCE;
import static org.ancora.engagement.EngagementProcess.HAS_WORKER;
import static org.ancora.engagement.EngagementProcess.NOTICE_DAYS;
import static org.ancora.engagement.EngagementProcess.NOTICE_ENDS;
import static org.ancora.engagement.EngagementProcess.OPENS;
import static org.ancora.engagement.EngagementProcess.RISK_FLAG;
import static org.ancora.engagement.EngagementProcess.ROUND;
import static org.ancora.engagement.EngagementProcess.WAITING_SINCE;
import static org.ancora.engagement.EngagementProcess.WORKER;

import java.time.Instant;
import java.time.LocalDate;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Cases;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Profiles;
import org.ancora.process.Deadlines;
import org.ancora.process.StepContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What the procedure has to know before its next task: who works on it, whether there is room, whom it may ask. */
@Component
class Preparation {

    private static final int REMINDER_AFTER_DAYS = 7;

    private final Cases cases;
    private final Caseloads caseloads;
    private final Profiles profiles;
    private final Schedule schedule;
    private final Deadlines deadlines;
    private final ApplicationEventPublisher events;

    Preparation(
            Cases cases,
            Caseloads caseloads,
            Profiles profiles,
            Schedule schedule,
            Deadlines deadlines,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.caseloads = caseloads;
        this.profiles = profiles;
        this.schedule = schedule;
        this.deadlines = deadlines;
        this.events = events;
    }

    /** Whether somebody has the case already, so that assigning is passed over. */
    void checkAssignment(StepContext step) {
        CaseSummary file = cases.byCode(step.caseCode());
        step.set(WORKER, file.assignee());
        step.set(HAS_WORKER, file.assignee() != null);
    }

    /** Whether the worker has room, or a supervisor said so; without room the case waits with its age (A6, A-R1). */
    void checkCapacity(StepContext step) {
        boolean overridden = step.find(CAPACITY_OVERRIDDEN).orElse(false);
        boolean room = overridden || caseloads.takeUp(step.caseCode());
        step.set(HAS_CAPACITY, room);
        if (!room) {
            Instant now = schedule.now();
            Instant since = cases.byCode(step.caseCode()).waitingSince();
            BusinessCalendar calendar = schedule.calendar(step);
            LocalDate inAWeek = LocalDate.ofInstant(now, calendar.zone()).plusDays(REMINDER_AFTER_DAYS);
            step.set(WAITING_SINCE, since == null ? now : since);
            step.set(CAPACITY_REMINDER_AT, calendar.startOf(calendar.plus(inAWeek, 0)));
        }
    }

    /** The clock of the first contact starts now: assigned, and with room (A5, A6). */
    void startFirstContact(StepContext step) {
        step.set(ROUND, 1);
        schedule.within(step, "first-contact", FIRST_CONTACT_DAYS);
    }

    /**
     * Whether a family or support contact is recorded and may be spoken to; if not, the log says why (A15). Coming back here
     * after an extra round, the task is due a little later than it was.
     */
    void checkFamilyContact(StepContext step) {
        CaseSummary file = cases.byCode(step.caseCode());
        LawfulWays.Verdict verdict = profiles.get(file.profile()).lawfulWays().verdict(LawfulWays.Way.FAMILY);
        step.set(HAS_FAMILY, verdict.isLawful());
        if (!verdict.isLawful()) {
            tell("engagement.family-passed-over", step, verdict.why().code());
        } else if (!schedule.now().isBefore(step.get(OPENS)) && comesBack(step)) {
            schedule.within(step, "family-contact", EXTRA_DAYS);
        }
    }

    /** Whether somebody else referred the client; self-referred clients have no source to ask (A16, A-R6). */
    void checkSource(StepContext step) {
        boolean somebody = cases.byCode(step.caseCode()).source().isSomebodyElse();
        step.set(HAS_SOURCE, somebody);
        if (!somebody) {
            tell("engagement.source-passed-over", step, "self-referred");
        }
    }

    /** Whether a risk or safeguarding flag is open: then nothing closes without a supervisor. */
    void checkSafety(StepContext step) {
        step.set(RISK_FLAG, cases.byCode(step.caseCode()).isAtRisk());
    }

    /** When the notice between letter and closing ends; with none, now (A-R9). */
    void planNotice(StepContext step) {
        int days = step.get(NOTICE_DAYS);
        BusinessCalendar calendar = schedule.calendar(step);
        Instant now = schedule.now();
        LocalDate last = LocalDate.ofInstant(now, calendar.zone()).plusDays(days);
        step.set(NOTICE_ENDS, days == 0 ? now : calendar.endOf(calendar.plus(last, 0)));
        Instant ends = step.get(NOTICE_ENDS);
        schedule.plan(step, "closing", each -> each.within(ends, step.get(DECISION_DAYS)));
    }

    /** The question whether to go on although the client moved to group service (A-R14). */
    void planGroupService(StepContext step) {
        Deadline deadline = schedule.calendar(step).within(schedule.now(), step.get(DECISION_DAYS));
        deadlines.record(step.caseCode(), "group-service", deadline);
        step.set(GROUP_SERVICE_OPENS, deadline.opens());
        step.set(GROUP_SERVICE_DUE, deadline.due());
    }

    /** On the first visit the window has just opened; later the due end may be near or past. */
    private boolean comesBack(StepContext step) {
        return step.find(EngagementProcess.OUTCOME)
                        .filter(outcome -> outcome.equals("new-number") || outcome.equals("away"))
                        .isPresent()
                && step.find(DUE).isPresent();
    }

    private void tell(String action, StepContext step, String why) {
        events.publishEvent(
                Audited.ofCase(action, step.project(), step.caseCode(), null).with("why", why));
    }
}
