package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.ANSWER_DAYS;
import static org.ancora.conduct.ConductProcess.ANSWER_DUE;
import static org.ancora.conduct.ConductProcess.DOCUMENTATION_DAYS;
import static org.ancora.conduct.ConductProcess.DUE;
import static org.ancora.conduct.ConductProcess.SAFETY_DUE;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.Decisions;
import org.ancora.process.ProcessVariable;
import org.ancora.process.StepContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.stereotype.Component;

/** By when a boundary request is recorded, decided on and answered; every date keeps why. */
@Component
class BoundaryTimes {

    static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);

    private final Decisions decisions;
    private final Projects projects;
    private final Deadlines deadlines;
    private final Clock clock;

    BoundaryTimes(Decisions decisions, Projects projects, Deadlines deadlines, Clock clock) {
        this.decisions = decisions;
        this.projects = projects;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** The limits that an owner sets in the table, looked up once. */
    void applyPolicy(StepContext step) {
        String project = projects.get(step.project()).key();
        Map<String, Object> row = step.decide(decisions, step.input("decision"), Map.of("project", project));
        step.set(DOCUMENTATION_DAYS, DOCUMENTATION_DAYS.in(row));
        step.set(ANSWER_DAYS, ANSWER_DAYS.in(row));
    }

    /** The documentation limit (A-R12, B-R4). */
    void planRecord(StepContext step) {
        within(step, "boundary-record", DOCUMENTATION_DAYS, DUE);
    }

    void planAnswer(StepContext step) {
        within(step, "boundary-answer", ANSWER_DAYS, ANSWER_DUE);
    }

    /**
     * The same day, whatever day it is (B8): until the office closes, or, where it has closed or does not open, until the day
     * ends. A worry on a Friday evening does not wait for Monday.
     */
    void planSafety(StepContext step) {
        BusinessCalendar calendar = calendar(step);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, calendar.zone());
        boolean officeHours = calendar.isBusinessDay(today) && now.isBefore(calendar.endOf(today));
        Deadline deadline = officeHours
                ? calendar.within(now, 0)
                : calendar.at(today.atTime(LAST_MINUTE).atZone(calendar.zone()).toInstant());
        deadlines.record(step.caseCode(), "boundary-safety", deadline);
        step.set(SAFETY_DUE, deadline.due());
    }

    private void within(StepContext step, String label, ProcessVariable<Integer> days, ProcessVariable<Instant> due) {
        Deadline deadline = calendar(step).within(clock.instant(), step.get(days));
        deadlines.record(step.caseCode(), label, deadline);
        step.set(due, deadline.due());
    }

    private BusinessCalendar calendar(StepContext step) {
        return projects.calendar(step.project());
    }
}
