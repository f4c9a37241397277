package org.ancora.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves a date that a procedure already works with: its timers, tasks and variables go together, and it says why (X1). */
@Service
public class MovingDates {

    private final Deadlines deadlines;
    private final HeldDates dates;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MovingDates(
            Deadlines deadlines,
            HeldDates dates,
            RuntimeService runtime,
            TaskService tasks,
            ManagementService management,
            ApplicationEventPublisher events,
            Clock clock) {
        this.deadlines = deadlines;
        this.dates = dates;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Moves one open deadline of a case. Timers, tasks and variables of all its procedures, called ones included, that hold
     * exactly the old instants get the new ones; a timer that has fired stays fired, and what is open already does not close
     * again. The new deadline is recorded under the old one's label with {@code why} in it. Moving it again, or one that is
     * over, does nothing. The activity log is left to the caller.
     *
     * @param oldDue when it was due until now; with several, the one recorded last counts
     * @param after what it becomes, as a {@link org.ancora.time.BusinessCalendar} made it
     * @return whether anything held it, and it moved
     * @throws OptimisticLockingFailureException when a procedure of the case went on at the same moment
     */
    @Transactional
    public boolean move(String caseCode, Instant oldDue, Deadline after, Moved why) {
        List<Deadlines.Recorded> same = deadlines.dueAt(caseCode, oldDue);
        HeldDates.Held all = dates.of(List.of(caseCode)).get(caseCode);
        for (Deadlines.Recorded each : same) {
            if (all != null
                    && move(each, all.of(each.deadline(), same.size() == 1), after, why)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * As {@link #move}, for one that was read before together with what holds it.
     *
     * @return what was recorded; empty when nothing holds it, or it stays where it is
     */
    Optional<Deadline> move(Deadlines.Recorded before, HeldDates.Held held, Deadline after, Moved why) {
        Deadline old = before.deadline();
        Deadline moved = after.movedFrom(why, opening(old, after, clock.instant()));
        if (held.isNothing() || isSame(old, moved)) {
            return Optional.empty();
        }
        try {
            carry(held, old, moved);
        } catch (OptimisticLockingException overtaken) {
            throw new OptimisticLockingFailureException(
                    "A procedure of " + before.caseCode() + " went on at the same moment", overtaken);
        }
        deadlines.record(before.caseCode(), before.label(), moved);
        events.publishEvent(new DeadlineMoved(before.caseCode(), before.label(), old, moved));
        return Optional.of(moved);
    }

    /**
     * Sets a timer of a case to another instant by hand. Where the timer belongs to a recorded deadline, all that holds that
     * one moves with it; a window that would open after it is due keeps its length. A timer of which nobody recorded why moves
     * together with the tasks and variables of its own procedure that hold the same instant.
     *
     * @param timer the engine's id of it; it must be waiting
     * @param by the name of whoever moves it
     * @param reason in their words
     * @return whether a recorded deadline moved with it
     * @throws OptimisticLockingFailureException when the procedure went on at the same moment
     */
    @Transactional
    public boolean steer(@Nullable String caseCode, String timer, Instant to, String by, String reason) {
        Job job = management.createJobQuery().jobId(timer).singleResult();
        if (job == null) {
            throw new OptimisticLockingFailureException("The timer " + timer + " has fired already");
        }
        HeldDates.Held all =
                caseCode == null ? null : dates.of(List.of(caseCode)).get(caseCode);
        Instant now = clock.instant();
        try {
            if (all == null || caseCode == null || job.getDuedate() == null) {
                management.setJobDuedate(timer, Date.from(to));
                return false;
            }
            Instant old = job.getDuedate().toInstant();
            List<Deadlines.Recorded> same = deadlines.around(caseCode, old);
            for (Deadlines.Recorded each : same) {
                HeldDates.Held held = all.of(each.deadline(), same.size() == 1);
                if (held.timers().stream().anyMatch(one -> one.id().equals(timer))) {
                    Deadline after = set(each.deadline(), old, to, now);
                    Moved why = Moved.steered(each.deadline(), now, by, reason);
                    return move(each, held, after, why).isPresent();
                }
            }
            carryAlone(all, timer, job.getProcessInstanceId(), old, to);
            return false;
        } catch (OptimisticLockingException overtaken) {
            throw new OptimisticLockingFailureException(
                    "The timer " + timer + " went on at the same moment", overtaken);
        }
    }

    private static Deadline set(Deadline before, Instant old, Instant to, Instant now) {
        boolean due = engines(before.due()).equals(old);
        if (due) {
            Instant opens =
                    engines(before.opens()).equals(old) || before.opens().isAfter(to) ? to : before.opens();
            return before.set(opens, to, now);
        }
        Duration length = Duration.between(before.opens(), before.due());
        return before.set(to, to.isAfter(before.due()) ? to.plus(length) : before.due(), now);
    }

    private void carryAlone(HeldDates.Held all, String timer, String instance, Instant old, Instant to) {
        management.setJobDuedate(timer, Date.from(to));
        for (HeldDates.Variable variable : all.variables()) {
            if (variable.instance().equals(instance) && variable.value().equals(old)) {
                runtime.setVariableLocal(variable.execution(), variable.name(), Date.from(to));
            }
        }
        for (HeldDates.Task task : all.tasks()) {
            if (task.instance().equals(instance) && old.equals(task.due())) {
                tasks.setDueDate(task.id(), Date.from(to));
            }
        }
    }

    /** When a moved deadline opens: what is open already does not close again. */
    static Instant opening(Deadline old, Deadline after, Instant now) {
        return old.opens().isAfter(now) ? after.opens() : old.opens();
    }

    /** Whether both open and are due at the same instants, as far as the engine can tell them apart. */
    static boolean isSame(Deadline one, Deadline other) {
        return engines(one.opens()).equals(engines(other.opens()))
                && engines(one.due()).equals(engines(other.due()));
    }

    private void carry(HeldDates.Held held, Deadline old, Deadline moved) {
        Instant due = engines(old.due());
        for (HeldDates.Variable variable : held.variables()) {
            Instant value = variable.value().equals(due) ? moved.due() : moved.opens();
            runtime.setVariableLocal(variable.execution(), variable.name(), Date.from(value));
        }
        for (HeldDates.Task task : held.tasks()) {
            if (task.opens() != null && !engines(old.opens()).equals(engines(moved.opens()))) {
                tasks.setFollowUpDate(task.id(), Date.from(moved.opens()));
            }
            tasks.setDueDate(task.id(), Date.from(moved.due()));
        }
        for (HeldDates.Timer timer : held.timers()) {
            Instant instant = timer.due().equals(due) ? moved.due() : moved.opens();
            management.setJobDuedate(timer.id(), Date.from(instant));
        }
    }

    private static Instant engines(Instant instant) {
        return Deadlines.asTheEngineKeepsIt(instant);
    }
}
