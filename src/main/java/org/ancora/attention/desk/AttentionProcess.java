package org.ancora.attention.desk;

import java.time.Instant;
import org.ancora.access.UserId;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;

/** What the diagrams of user service call things. Whom they are about stands in {@code attendance}. */
final class AttentionProcess {

    static final String FOLDER = "attention";
    static final String IN_PERSON = "attention-in-person";
    static final String BY_PHONE = "attention-by-phone";

    static final ProcessVariable<UserId> WORKER = Processes.WORKER;
    static final ProcessVariable<UserId> COORDINATOR = ProcessVariable.user("coordinator");
    static final ProcessVariable<Boolean> WITHIN_HOURS = ProcessVariable.flag("withinHours");
    static final ProcessVariable<Boolean> EMERGENCY = ProcessVariable.flag("emergency");
    static final ProcessVariable<Boolean> AUTHORITY = ProcessVariable.flag("authority");
    static final ProcessVariable<String> DECISION = ProcessVariable.code("decision", "authorise", "refuse");
    static final ProcessVariable<String> OUTCOME = ProcessVariable.code("outcome", "solved", "escalate", "call-back");
    static final ProcessVariable<Instant> OPENS = ProcessVariable.instant("opens");
    static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");
    static final ProcessVariable<Instant> CALL_BACK_AT = ProcessVariable.instant("callBackAt");

    /** From when a promised call that was not made is everybody's matter. */
    static final ProcessVariable<Instant> LATE_AT = ProcessVariable.instant("lateAt");

    static final String VISITOR_LEFT = "visitor-left";

    private AttentionProcess() {}

    static DeclaredVariables variables() {
        return DeclaredVariables.of(
                FOLDER,
                Processes.PROJECT_ID,
                WORKER,
                COORDINATOR,
                WITHIN_HOURS,
                EMERGENCY,
                AUTHORITY,
                DECISION,
                OUTCOME,
                OPENS,
                DUE,
                CALL_BACK_AT,
                LATE_AT);
    }

    static DeclaredMessages messages() {
        return DeclaredMessages.of(FOLDER, VISITOR_LEFT);
    }
}
