package org.ancora.process;

import java.time.Clock;
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
