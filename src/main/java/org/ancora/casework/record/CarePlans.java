package org.ancora.casework.record;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.record.CarePlan.Action;
import org.ancora.casework.record.CarePlan.ActionStatus;
import org.ancora.casework.record.CarePlan.Due;
import org.ancora.casework.record.CarePlan.Goal;
import org.ancora.casework.record.CarePlan.GoalStatus;
import org.ancora.casework.record.CarePlan.Signature;
import org.ancora.casework.record.CarePlan.Signed;
import org.ancora.casework.record.CarePlan.What;
import org.ancora.time.BusinessCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Care plans (C-R9): goals, what is done for each, by whom and by when, a day to look at it again, and signatures. What was
 * signed is kept as it stood; the plan goes on from there.
 */
@Service
class CarePlans {

    private final CarePlanRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CarePlans(CarePlanRows rows, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** The plan of a case; {@link CarePlan#NONE} before anything was written. */
    @Transactional(readOnly = true)
    public CarePlan of(CaseSummary caseFile) {
        return rows.of(caseFile.id());
    }

    /** The versions that were signed, the latest first. */
    @Transactional(readOnly = true)
    public List<Signed> signed(CaseSummary caseFile) {
        return rows.signed(caseFile.id());
    }

    /**
     * One version that was signed.
     *
     * @throws Hidden when there is none with this number
     */
    @Transactional(readOnly = true)
    public Signed signed(CaseSummary caseFile, int number) {
        return signed(caseFile).stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> new Hidden("signed plan", number));
    }

    /**
     * A goal of the plan.
     *
     * @throws Hidden when the plan has none with this id
     */
    @Transactional(readOnly = true)
    public Goal goal(CaseSummary caseFile, long id) {
        return of(caseFile).goals().stream()
                .filter(goal -> goal.id() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("goal", id));
    }

    /**
     * An action of the plan.
     *
     * @throws Hidden when the plan has none with this id
     */
    @Transactional(readOnly = true)
    public Action action(CaseSummary caseFile, long id) {
        return of(caseFile).goals().stream()
                .flatMap(goal -> goal.actions().stream())
                .filter(action -> action.id() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("action", id));
    }

    /** Due at the end of the n-th office day from now, which its explanation says how it was counted. */
    Due within(int officeDays, BusinessCalendar calendar) {
        var deadline = calendar.within(clock.instant(), officeDays);
        return new Due(deadline.dueDay(), deadline.due(), deadline);
    }

    /** Due on the day that was chosen, or on the first office day after it. */
    static Due on(LocalDate chosen, BusinessCalendar calendar) {
        LocalDate day = Reminders.officeDay(chosen, calendar);
        return new Due(day, calendar.endOf(day), null);
    }

    /** Adds a goal; its id is returned. */
    @Transactional
    public long addGoal(CaseSummary caseFile, String text, UserId by) {
        long goal = rows.insertGoal(rows.touch(caseFile.id(), by, clock.instant()), text.strip());
        tell("plan.goal-added", caseFile, goal, by);
        return goal;
    }

    /**
     * Changes a goal.
     *
     * @throws OptimisticLockingFailureException when it was changed since {@code version}
     */
    @Transactional
    public void changeGoal(CaseSummary caseFile, long id, int version, String text, GoalStatus status, UserId by) {
        long plan = rows.touch(caseFile.id(), by, clock.instant());
        expect(rows.changeGoal(plan, id, version, text.strip(), status), "goal", id, version);
        tell("plan.goal-changed", caseFile, id, by);
    }

    /** Adds an action to a goal; its id is returned. */
    @Transactional
    public long addAction(CaseSummary caseFile, Goal goal, What what, UserId by) {
        rows.touch(caseFile.id(), by, clock.instant());
        long action = rows.insertAction(goal.id(), what);
        tell("plan.action-added", caseFile, action, by);
        return action;
    }

    /**
     * Changes an action.
     *
     * @throws OptimisticLockingFailureException when it was changed since {@code version}
     */
    @Transactional
    public void changeAction(CaseSummary caseFile, long id, int version, What what, ActionStatus status, UserId by) {
        long plan = rows.touch(caseFile.id(), by, clock.instant());
        expect(rows.changeAction(plan, id, version, what, status), "action", id, version);
        tell("plan.action-changed", caseFile, id, by);
    }

    /**
     * Sets the day on which the plan is looked at again.
     *
     * @param was the day that the person saw
     * @throws OptimisticLockingFailureException when it is another one by now
     */
    @Transactional
    public void review(CaseSummary caseFile, @Nullable LocalDate was, @Nullable LocalDate on, UserId by) {
        long plan = rows.touch(caseFile.id(), by, clock.instant());
        if (!rows.review(plan, was, on)) {
            throw new OptimisticLockingFailureException("the review of " + caseFile.code() + " was moved meanwhile");
        }
        tell("plan.review-set", caseFile, plan, by);
    }

    /**
     * Records that the plan was signed, and keeps it as it stands; the number of the version is returned.
     *
     * @param version of the plan that was signed
     * @throws OptimisticLockingFailureException when the plan was changed since
     * @throws IllegalStateException when there is nothing to sign
     */
    @Transactional
    public int sign(CaseSummary caseFile, int version, Signature signature, UserId by) {
        int now = rows.holdVersion(caseFile.id()).orElse(0);
        CarePlan plan = of(caseFile);
        if (plan.content().goals().isEmpty()) {
            throw new IllegalStateException("the plan of " + caseFile.code() + " has no goal");
        }
        if (now != version) {
            throw new OptimisticLockingFailureException(
                    "the plan of %s is at version %d, not %d".formatted(caseFile.code(), now, version));
        }
        int number = rows.sign(caseFile.id(), signature, version, plan.content(), by, clock.instant());
        tell("plan.signed", caseFile, number, by);
        return number;
    }

    private static void expect(boolean changed, String kind, long id, int version) {
        if (!changed) {
            throw new OptimisticLockingFailureException(
                    "%s %d is no longer at version %d".formatted(kind, id, version));
        }
    }

    private void tell(String action, CaseSummary caseFile, long id, UserId by) {
        events.publishEvent(new Audited(
                action, caseFile.project(), caseFile.code(), "care-plan", String.valueOf(id), by, Map.of()));
    }
}
