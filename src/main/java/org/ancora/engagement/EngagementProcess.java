package org.ancora.engagement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;

/** What the engagement diagrams call things: their variables, messages and codes. Everything personal stays in tables. */
final class EngagementProcess {

    /** The folder under {@code processes/} whose files travel together. */
    static final String FOLDER = "engagement";

    static final ProcessVariable<Long> CASE_ID = ProcessVariable.id("caseId");
    static final ProcessVariable<Long> EPISODE_ID = ProcessVariable.id("episodeId");
    static final ProcessVariable<UserId> WORKER = Processes.WORKER;

    /** Not before, and due by: of whatever comes next. */
    static final ProcessVariable<Instant> OPENS = ProcessVariable.instant("opens");

    static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");

    static final ProcessVariable<Integer> ROUND = ProcessVariable.number("round");
    static final ProcessVariable<Integer> ROUNDS = ProcessVariable.number("rounds");
    static final ProcessVariable<Integer> FIRST_CONTACT_DAYS = ProcessVariable.number("firstContactDays");
    static final ProcessVariable<Integer> WINDOW_EARLIEST = ProcessVariable.number("windowEarliest");
    static final ProcessVariable<Integer> WINDOW_LATEST = ProcessVariable.number("windowLatest");
    static final ProcessVariable<Integer> SOURCE_EARLIEST = ProcessVariable.number("sourceEarliest");
    static final ProcessVariable<Integer> SOURCE_LATEST = ProcessVariable.number("sourceLatest");
    static final ProcessVariable<Integer> INTERVAL_EARLIEST = ProcessVariable.number("intervalEarliest");
    static final ProcessVariable<Integer> INTERVAL_LATEST = ProcessVariable.number("intervalLatest");
    static final ProcessVariable<Integer> DECISION_DAYS = ProcessVariable.number("decisionDays");
    static final ProcessVariable<Integer> EXTRA_DAYS = ProcessVariable.number("extraDays");
    static final ProcessVariable<Integer> NOTICE_DAYS = ProcessVariable.number("noticeDays");
    static final ProcessVariable<Integer> DOCUMENTATION_DAYS = ProcessVariable.number("documentationDays");
    static final ProcessVariable<Integer> CAP_MONTHS = ProcessVariable.number("capMonths");
    static final ProcessVariable<Boolean> LETTER_OPTIONAL = ProcessVariable.flag("letterOptional");
    static final ProcessVariable<Boolean> CLOSE_AUTOMATICALLY = ProcessVariable.flag("closeAutomatically");

    /** The attempt from which the last day of the search is counted (A-R11). */
    static final ProcessVariable<Instant> CAP_OPENS = ProcessVariable.instant("capOpens");

    /** The end of the last day of the search. */
    static final ProcessVariable<Instant> CAP_DUE = ProcessVariable.instant("capDue");

    /** Whether the last day comes before the next round could open. */
    static final ProcessVariable<Boolean> CAP_FIRST = ProcessVariable.flag("capFirst");

    static final ProcessVariable<Boolean> HAS_WORKER = ProcessVariable.flag("hasWorker");
    static final ProcessVariable<Boolean> HAS_CAPACITY = ProcessVariable.flag("hasCapacity");
    static final ProcessVariable<Boolean> CAPACITY_OVERRIDDEN = ProcessVariable.flag("capacityOverridden");
    static final ProcessVariable<Instant> WAITING_SINCE = ProcessVariable.instant("waitingSince");
    static final ProcessVariable<Instant> CAPACITY_REMINDER_AT = ProcessVariable.instant("capacityReminderAt");
    static final ProcessVariable<Boolean> HAS_FAMILY = ProcessVariable.flag("hasFamily");
    static final ProcessVariable<Boolean> HAS_SOURCE = ProcessVariable.flag("hasSource");
    static final ProcessVariable<Boolean> RISK_FLAG = ProcessVariable.flag("riskFlag");
    static final ProcessVariable<Boolean> LETTER_SKIPPED = ProcessVariable.flag("letterSkipped");
    static final ProcessVariable<Boolean> LETTER_BY_POST = ProcessVariable.flag("letterByPost");

    /** Language tag of the letter that the worker reviewed. */
    static final ProcessVariable<String> LETTER_LANGUAGE = ProcessVariable.code("letterLanguage", "en", "es", "it");

    static final ProcessVariable<String> MODE = ProcessVariable.code("mode", "round", "family", "extra");
    static final ProcessVariable<String> PLACE = ProcessVariable.code("place", "family", "source", "safety");
    static final ProcessVariable<String> DECISION = ProcessVariable.code(
            "decision", "accept", "refuse", "close", "try-again", "hold", "hand-over", "hand-over-service");
    static final ProcessVariable<String> GROUP_DECISION = ProcessVariable.code("groupDecision", "continue", "stop");
    static final ProcessVariable<String> OUTCOME = ProcessVariable.code(
            "outcome",
            "reached",
            "not-reached",
            "wants-service",
            "declined",
            "call-back",
            "passed-on",
            "new-number",
            "away",
            "nothing-new",
            "confirm",
            "admitted");
    static final ProcessVariable<String> END_REASON =
            ProcessVariable.code("endReason", "withdrawn", "transferred", "deceased", "closed-by-hand");

    static final ProcessVariable<Instant> CALL_BACK_AT = ProcessVariable.instant("callBackAt");
    static final ProcessVariable<Instant> RESUME_AT = ProcessVariable.instant("resumeAt");
    static final ProcessVariable<Instant> NOTICE_ENDS = ProcessVariable.instant("noticeEnds");
    static final ProcessVariable<Instant> GROUP_SERVICE_OPENS = ProcessVariable.instant("groupServiceOpens");
    static final ProcessVariable<Instant> GROUP_SERVICE_DUE = ProcessVariable.instant("groupServiceDue");

    static final String CLIENT_IN_TOUCH = "client-in-touch";
    static final String SOURCE_ANSWERED = "source-answered";
    static final String CAPACITY_AVAILABLE = "capacity-available";
    static final String ENDED_BY_HAND = "ended-by-hand";
    static final String SERVICE_MODE_CHANGED = "service-mode-changed";
    static final String SEARCH_ENDED = "search-ended";
    static final String SEARCH_LENGTHENED = "search-lengthened";

    private static final ProcessVariable<?>[] LIMITS = {
        ROUNDS,
        FIRST_CONTACT_DAYS,
        WINDOW_EARLIEST,
        WINDOW_LATEST,
        SOURCE_EARLIEST,
        SOURCE_LATEST,
        INTERVAL_EARLIEST,
        INTERVAL_LATEST,
        DECISION_DAYS,
        EXTRA_DAYS,
        NOTICE_DAYS,
        DOCUMENTATION_DAYS,
        CAP_MONTHS,
        LETTER_OPTIONAL,
        CLOSE_AUTOMATICALLY
    };

    private EngagementProcess() {}

    /** Every variable that the diagrams of the folder may use. */
    static ProcessVariable<?>[] variables() {
        List<ProcessVariable<?>> all = new ArrayList<>(List.of(
                Processes.PROJECT_ID,
                CASE_ID,
                EPISODE_ID,
                WORKER,
                OPENS,
                DUE,
                ROUND,
                CAP_OPENS,
                CAP_DUE,
                CAP_FIRST,
                HAS_WORKER,
                HAS_CAPACITY,
                CAPACITY_OVERRIDDEN,
                WAITING_SINCE,
                CAPACITY_REMINDER_AT,
                HAS_FAMILY,
                HAS_SOURCE,
                RISK_FLAG,
                LETTER_SKIPPED,
                LETTER_BY_POST,
                LETTER_LANGUAGE,
                MODE,
                PLACE,
                DECISION,
                GROUP_DECISION,
                OUTCOME,
                END_REASON,
                CALL_BACK_AT,
                RESUME_AT,
                NOTICE_ENDS,
                GROUP_SERVICE_OPENS,
                GROUP_SERVICE_DUE));
        all.addAll(List.of(LIMITS));
        return all.toArray(ProcessVariable<?>[]::new);
    }

    /** Every message that our code sends to the diagrams of the folder. */
    static DeclaredMessages messages() {
        return DeclaredMessages.of(
                FOLDER,
                CLIENT_IN_TOUCH,
                SOURCE_ANSWERED,
                CAPACITY_AVAILABLE,
                ENDED_BY_HAND,
                SERVICE_MODE_CHANGED,
                SEARCH_ENDED,
                SEARCH_LENGTHENED);
    }

    /** The variables that a row of the engagement policy fills. */
    static ProcessVariable<?>[] limits() {
        return LIMITS.clone();
    }

    /** A row of the engagement policy as variables; a missing output is a fault of the table. */
    static Variables limits(Map<String, ?> row) {
        Variables limits = Variables.none();
        for (ProcessVariable<?> limit : LIMITS) {
            limits = limits.and(copy(limit, row));
        }
        return limits;
    }

    private static <T> Variables copy(ProcessVariable<T> limit, Map<String, ?> row) {
        return Variables.of(limit, limit.in(row));
    }
}
