package org.ancora.attention.complaint;

import java.time.Instant;
import org.ancora.access.UserId;
import org.ancora.attention.AnswerLimits;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;

/** What the diagram of complaints calls things. What anybody said or wrote stands in tables. */
final class ComplaintProcess {

    /** The folder under {@code processes/}, and the procedure's key. */
    static final String FOLDER = "complaint";

    static final String KEY = "complaint";

    static final ProcessVariable<Integer> ANSWER_DAYS = ProcessVariable.number("answerDays");
    static final ProcessVariable<String> ANSWER_UNIT = ProcessVariable.code("answerUnit", "business", "calendar");
    static final ProcessVariable<Integer> CAP_DAYS = ProcessVariable.number("capDays");
    static final ProcessVariable<Integer> WARN_DAYS = ProcessVariable.number("warnDays");
    static final ProcessVariable<Integer> LATE_DAYS = ProcessVariable.number("lateDays");
    static final ProcessVariable<Integer> STEP_DAYS = ProcessVariable.number("stepDays");

    /** The promise as it stands. */
    static final ProcessVariable<Instant> ANSWER_DUE = ProcessVariable.instant("answerDue");

    static final ProcessVariable<Instant> HALF_AT = ProcessVariable.instant("halfAt");
    static final ProcessVariable<Instant> WARN_AT = ProcessVariable.instant("warnAt");
    static final ProcessVariable<Instant> ROUTE_DUE = ProcessVariable.instant("routeDue");

    /** What was promised last, once a promise was broken. */
    static final ProcessVariable<Instant> NEW_DUE = ProcessVariable.instant("newDue");

    static final ProcessVariable<Instant> INFO_DUE = ProcessVariable.instant("infoDue");
    static final ProcessVariable<Instant> POST_DUE = ProcessVariable.instant("postDue");
    static final ProcessVariable<Instant> CONFIRM_DUE = ProcessVariable.instant("confirmDue");

    /** The one person of the unit to whom it was given; null for the whole unit. */
    static final ProcessVariable<UserId> UNIT_WORKER = ProcessVariable.user("unitWorker");

    static final ProcessVariable<Boolean> APPROVED = ProcessVariable.flag("approved");
    static final ProcessVariable<Boolean> BY_POST = ProcessVariable.flag("byPost");
    static final ProcessVariable<Boolean> APPEALED = ProcessVariable.flag("appealed");
    static final ProcessVariable<String> END_REASON =
            ProcessVariable.code("endReason", "withdrawn", "merged", "redirected");

    static final String ENDED = "complaint-ended";
    static final String CLOCK_STOPPED = "clock-stopped";

    private ComplaintProcess() {}

    static ProcessVariable<?>[] variables() {
        return new ProcessVariable<?>[] {
            Processes.PROJECT_ID,
            Processes.WORKER,
            ANSWER_DAYS,
            ANSWER_UNIT,
            CAP_DAYS,
            WARN_DAYS,
            LATE_DAYS,
            STEP_DAYS,
            ANSWER_DUE,
            HALF_AT,
            WARN_AT,
            ROUTE_DUE,
            NEW_DUE,
            INFO_DUE,
            POST_DUE,
            CONFIRM_DUE,
            UNIT_WORKER,
            APPROVED,
            BY_POST,
            APPEALED,
            END_REASON
        };
    }

    static DeclaredMessages messages() {
        return DeclaredMessages.of(FOLDER, ENDED, CLOCK_STOPPED);
    }

    /** The table's row as variables, so that what it said can be seen on the running procedure. */
    static Variables limits(AnswerLimits limits) {
        return Variables.of(ANSWER_DAYS, limits.answerDays())
                .and(ANSWER_UNIT, limits.unit().code())
                .and(CAP_DAYS, limits.capDays())
                .and(WARN_DAYS, limits.warnDays())
                .and(LATE_DAYS, limits.lateDays())
                .and(STEP_DAYS, limits.stepDays());
    }
}
