package org.ancora.referral;

import static org.ancora.referral.ReferralProcess.ANSWER_DAYS;
import static org.ancora.referral.ReferralProcess.DUE;
import static org.ancora.referral.ReferralProcess.OPENS;
import static org.ancora.referral.ReferralProcess.OVERDUE_AT;
import static org.ancora.referral.ReferralProcess.OVERDUE_DAYS;
import static org.ancora.referral.ReferralProcess.REFERRAL;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.ancora.network.Projects;
import org.ancora.process.DeadlineMoved;
import org.ancora.process.Deadlines;
import org.ancora.process.StepContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** When a referral is followed up next, and when somebody else is told that it was not. */
@Component
class FollowUps {

    private static final String FOLLOW_UP = "follow-up";
    private static final String ANSWER = "referral-answer";

    private final ReferralRows rows;
    private final Projects projects;
    private final Deadlines deadlines;
    private final Clock clock;

    FollowUps(ReferralRows rows, Projects projects, Deadlines deadlines, Clock clock) {
        this.rows = rows;
        this.projects = projects;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** On the day that somebody chose, or the first office day after it; due by the end of that day. */
    void plan(StepContext step) {
        BusinessCalendar calendar = projects.calendar(step.project());
        Referral referral = followed(step, calendar);
        Referral.Ahead ahead = Objects.requireNonNull(referral.next(), "a follow-up is ahead");
        Deadline day = onDay(ahead, calendar);
        set(step, FOLLOW_UP, day, day.opens());
    }

    /** The referral; one that was over is followed again, for somebody let its procedure begin once more. */
    private Referral followed(StepContext step, BusinessCalendar calendar) {
        Referral referral = rows.get(step.get(REFERRAL));
        if (!referral.isFinished()) {
            return referral;
        }
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, calendar.zone());
        rows.followAgain(referral.id(), step.procedure(), today, Referrals.due(today, calendar));
        rows.note(referral.id(), now, "followed-again", null, "", null, null, "");
        return rows.get(referral.id());
    }

    /**
     * The agency has answered: somebody looks within the days of the policy, or on the day that was planned if that is
     * sooner.
     */
    void planAfterAnswer(StepContext step) {
        Referral referral = rows.get(step.get(REFERRAL));
        BusinessCalendar calendar = projects.calendar(step.project());
        Instant now = clock.instant();
        Deadline soon = calendar.within(now, step.get(ANSWER_DAYS));
        Referral.Ahead ahead = Objects.requireNonNull(referral.next(), "a follow-up is ahead");
        if (ahead.dueAt().isBefore(soon.due())) {
            set(step, FOLLOW_UP, onDay(ahead, calendar), now);
        } else {
            rows.moveFollowUp(referral.id(), soon.dueDay(), soon.due());
            set(step, ANSWER, soon, now);
        }
    }

    /** From the opening to the closing of the office on that day, or on the first business day after it. */
    private static Deadline onDay(Referral.Ahead ahead, BusinessCalendar calendar) {
        return calendar.window(calendar.startOf(ahead.on()), 0, 0);
    }

    /** A day off that is added later moves follow-ups too; lists show the day that holds. */
    @EventListener
    void on(DeadlineMoved moved) {
        if (moved.label().equals(FOLLOW_UP) || moved.label().equals(ANSWER)) {
            rows.moveFollowUps(moved.caseCode(), moved.before().due(), moved.after());
        }
    }

    private void set(StepContext step, String label, Deadline deadline, Instant opens) {
        deadlines.record(step.caseCode(), label, deadline);
        step.set(OPENS, opens);
        step.set(DUE, deadline.due());
        step.set(
                OVERDUE_AT,
                projects.calendar(step.project())
                        .within(deadline.due(), step.get(OVERDUE_DAYS))
                        .due());
    }
}
