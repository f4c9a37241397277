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

    /** The label of the deadline at which a search for an existing client is over. */
    static final String LAST_DAY = "cap";

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
        Deadline deadline = afterAttempt(step, party, earliest, latest);
        plan(step, label, calendar -> deadline);
    }

    /**
     * When the next round to the client may begin by the interval of the programme, unless the last day of the search comes
     * first: then nothing is planned any more, and the step says so (A30).
     */
    void nextRoundByInterval(StepContext step) {
        Deadline deadline =
                afterAttempt(step, "client", EngagementProcess.INTERVAL_EARLIEST, EngagementProcess.INTERVAL_LATEST);
        boolean tooLate = !deadline.opens().isBefore(step.get(EngagementProcess.CAP_DUE));
        step.set(EngagementProcess.CAP_FIRST, tooLate);
        if (!tooLate) {
            step.set(EngagementProcess.ROUND, step.get(EngagementProcess.ROUND) + 1);
            plan(step, "next-round", calendar -> deadline);
        }
    }

    /** Until when the client is sought at most: so many months from the first attempt that got no answer (A30, A-R11). */
    void lastDay(StepContext step) {
        long episode = step.get(EngagementProcess.EPISODE_ID);
        Instant from = attempts.firstUnanswered(episode)
                .or(() -> attempts.latest(episode, "client"))
                .orElseGet(clock::instant);
        Deadline deadline = calendar(step).months(from, step.get(EngagementProcess.CAP_MONTHS));
        deadlines.record(step.caseCode(), LAST_DAY, deadline);
        step.set(EngagementProcess.CAP_OPENS, deadline.opens());
        step.set(EngagementProcess.CAP_DUE, deadline.due());
    }

    /** A window that opens on day zero opens at once; it must not seem to have opened before the attempt. */
    private Deadline afterAttempt(
            StepContext step, String party, ProcessVariable<Integer> earliest, ProcessVariable<Integer> latest) {
        Instant from =
                attempts.latest(step.get(EngagementProcess.EPISODE_ID), party).orElseGet(clock::instant);
        return step.get(earliest) == 0
                ? calendar(step).within(from, step.get(latest))
                : calendar(step).window(from, step.get(earliest), step.get(latest));
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
