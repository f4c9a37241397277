package org.ancora.conduct;

import java.time.Instant;
import org.ancora.access.UserId;
import org.ancora.process.ProcessVariable;

/** What the diagram of boundary requests calls things. It never learns that somebody felt uncomfortable. */
final class ConductProcess {

    static final String FOLDER = "conduct";
    static final String KEY = "boundary-request";

    static final ProcessVariable<Long> REQUEST = ProcessVariable.id("requestId");

    /** Who was asked, and has to record it. */
    static final ProcessVariable<UserId> AUTHOR = ProcessVariable.user("author");

    static final ProcessVariable<Integer> DOCUMENTATION_DAYS = ProcessVariable.number("documentationDays");
    static final ProcessVariable<Integer> ANSWER_DAYS = ProcessVariable.number("answerDays");

    static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");

    // Both may be under way at once, so each has a date of its own.
    static final ProcessVariable<Instant> SAFETY_DUE = ProcessVariable.instant("safetyDue");
    static final ProcessVariable<Instant> ANSWER_DUE = ProcessVariable.instant("answerDue");

    static final ProcessVariable<Boolean> SAFETY_WORRY = ProcessVariable.flag("safetyWorry");
    static final ProcessVariable<Boolean> UNSURE = ProcessVariable.flag("unsure");
    static final ProcessVariable<Boolean> ASK_COLLEAGUE = ProcessVariable.flag("askColleague");
    static final ProcessVariable<UserId> COLLEAGUE = ProcessVariable.user("colleague");

    private ConductProcess() {}
}
