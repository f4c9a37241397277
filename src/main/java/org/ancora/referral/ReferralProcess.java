package org.ancora.referral;

import java.time.Instant;
import java.util.Map;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;

/** The procedure that follows a referral, and what it knows: ids, dates and limits. */
final class ReferralProcess {

    static final String FOLDER = "referral";
    static final String KEY = "referral-follow-up";

    static final ProcessVariable<Long> REFERRAL = ProcessVariable.id("referralId");
    /** When the next follow-up may be done, and is due by. */
    static final ProcessVariable<Instant> OPENS = ProcessVariable.instant("opens");

    static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");
    /** When a supervisor is told that it was not done. */
    static final ProcessVariable<Instant> OVERDUE_AT = ProcessVariable.instant("overdueAt");

    static final ProcessVariable<Boolean> FINISHED = ProcessVariable.flag("finished");

    /** Business days after which an overdue follow-up is told. */
    static final ProcessVariable<Integer> OVERDUE_DAYS = ProcessVariable.number("overdueDays");
    /** Business days within which somebody looks at an agency's answer. */
    static final ProcessVariable<Integer> ANSWER_DAYS = ProcessVariable.number("answerDays");
    /** Calendar days for which an agency's link works. */
    static final ProcessVariable<Integer> LINK_DAYS = ProcessVariable.number("linkDays");

    static final String SEND_ASKED = "referral-send-asked";
    static final String AGENCY_ANSWERED = "referral-agency-answered";
    static final String RECORDED = "referral-recorded";
    static final String CASE_CLOSED = "referral-case-closed";

    private ReferralProcess() {}

    static DeclaredVariables variables() {
        return DeclaredVariables.of(
                FOLDER,
                Processes.PROJECT_ID,
                Processes.WORKER,
                REFERRAL,
                OPENS,
                DUE,
                OVERDUE_AT,
                FINISHED,
                OVERDUE_DAYS,
                ANSWER_DAYS,
                LINK_DAYS);
    }

    static DeclaredMessages messages() {
        return DeclaredMessages.of(FOLDER, SEND_ASKED, AGENCY_ANSWERED, RECORDED, CASE_CLOSED);
    }

    /** A row of the referral policy as variables; a missing output is a fault of the table. */
    static Variables limits(Map<String, ?> row) {
        return Variables.of(OVERDUE_DAYS, OVERDUE_DAYS.in(row))
                .and(ANSWER_DAYS, ANSWER_DAYS.in(row))
                .and(LINK_DAYS, LINK_DAYS.in(row));
    }
}
