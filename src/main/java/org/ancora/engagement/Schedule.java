package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.DUE;
import static org.ancora.engagement.EngagementProcess.OPENS;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.ProcessVariable;
import org.ancora.process.StepContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.stereotype.Component;

/**
 * Works out when the next step of a procedure opens and is due, on the calendar of its project, and keeps why. The engine
 * only ever gets the instants.
 */
@Component
class Schedule {

    private final Projects projects;
    private final Deadlines deadlines;
    private final ContactAttempts attempts;
    private final Clock clock;

    Schedule(Projects projects, Deadlines deadlines, ContactAttempts attempts, Clock clock) {
        this.projects = projects;
        this.deadlines = deadlines;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** The next step opens now and is due at the end of so many business days, a number of the policy. */
    void within(StepContext step, String label, ProcessVariable<Integer> days) {
        Instant now = clock.instant();
        plan(step, label, calendar -> calendar.within(now, step.get(days)));
    }

    /**
     * The next step opens and is due within a window, two numbers of the policy, counted from the latest attempt to reach
     * somebody: from when it was made, not from when it was written down (A-R2).
     *
     * @param party {@code client} or {@code source}
     */
    void windowAfterAttempt(
            StepContext step,
            String label,
            String party,
            ProcessVariable<Integer> earliest,
            ProcessVariable<Integer> latest) {
        Instant from =
                attempts.latest(step.get(EngagementProcess.EPISODE_ID), party).orElseGet(clock::instant);
        plan(step, label, calendar -> calendar.window(from, step.get(earliest), step.get(latest)));
    }

    /** The next step opens and is due as the project's calendar answers. */
    Deadline plan(StepContext step, String label, Function<BusinessCalendar, Deadline> rule) {
        Deadline deadline = rule.apply(calendar(step));
        deadlines.record(step.caseCode(), label, deadline);
        step.set(OPENS, deadline.opens());
        step.set(DUE, deadline.due());
        return deadline;
    }

    BusinessCalendar calendar(StepContext step) {
        return projects.calendar(step.project());
    }

    Instant now() {
        return clock.instant();
    }
}
