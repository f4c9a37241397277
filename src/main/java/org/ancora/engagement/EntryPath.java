package org.ancora.engagement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.casework.Flag;
import org.ancora.process.ProcessVariable;
import org.ancora.process.task.Outlook.OutlookEntry;
import org.ancora.process.task.Outlook.State;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * What happens on entry if nobody answers, with dates: each step is taken to be done at its due end, so the last date is the
 * latest on which the file closes. A pure calculation from the limits of the running procedure.
 */
final class EntryPath {

    /**
     * Where the procedure stands and what its way depends on.
     *
     * @param opens when the present step may be done from, where it has a window
     * @param due when the present step is due, where it is
     * @param family the name and relation of whoever may be spoken to; empty when the viewer may not know, null for nobody
     * @param source the name of whoever referred the client, or null
     * @param byPost whether the letter may go by post, which takes a step more
     * @param atRisk open flags that stop the closing
     * @param limits the running procedure's variables
     */
    record Start(
            Stage stage,
            int round,
            @Nullable Instant opens,
            @Nullable Instant due,
            @Nullable String family,
            @Nullable String source,
            boolean byPost,
            List<Flag.Kind> atRisk,
            Map<String, Object> limits) {}

    private static final String KEYS = "engagement.outlook.";

    private final Start start;
    private final BusinessCalendar calendar;
    private final Instant now;
    private final List<OutlookEntry> entries = new ArrayList<>();

    /** The moment at which the step that was written last is done at the latest. */
    private Instant at;

    private EntryPath(Start start, BusinessCalendar calendar, Instant now) {
        this.start = start;
        this.calendar = calendar;
        this.now = now;
        Instant due = start.due();
        this.at = due == null || due.isBefore(now) ? now : due;
    }

    /** The present step and those after it. */
    static List<OutlookEntry> from(Start start, BusinessCalendar calendar, Instant now) {
        EntryPath path = new EntryPath(start, calendar, now);
        path.walk();
        return List.copyOf(path.entries);
    }

    /** What follows once every way was tried, and the client was sought until this moment. */
    static List<OutlookEntry> afterTheSearch(Start start, BusinessCalendar calendar, Instant over) {
        EntryPath path = new EntryPath(start, calendar, over);
        path.at = over;
        path.safety();
        return List.copyOf(path.entries);
    }

    private void walk() {
        Stage stage = start.stage();
        present(stage);
        switch (stage) {
            case ACCEPTANCE -> {
                condition("if-accepted");
                within("assignment", limit(EngagementProcess.DECISION_DAYS));
                firstRound();
            }
            case ASSIGNMENT -> {
                condition("if-no-answer");
                firstRound();
            }
            case CAPACITY -> {
                condition("if-room");
                entries.add(new OutlookEntry(
                        State.NEXT, null, KEYS + "first-round-within", limit(EngagementProcess.FIRST_CONTACT_DAYS)));
            }
            case ROUND -> {
                condition("if-no-answer");
                if (isWaiting()) {
                    given("round", start.round());
                }
                roundsAfter(start.round());
            }
            case FAMILY -> {
                condition("if-no-answer");
                if (isWaiting()) {
                    familyWindow();
                }
                source();
            }
            case EXTRA_AFTER_FAMILY -> {
                condition("if-no-answer");
                within(family(), limit(EngagementProcess.EXTRA_DAYS), familyName());
                source();
            }
            case LAST_DAYS -> {
                condition("if-no-answer");
                safety();
            }
            case SOURCE -> {
                condition("if-no-answer");
                sourceWait(at);
                safety();
            }
            case SOURCE_WAIT -> {
                condition("if-no-answer");
                safety();
            }
            case SOURCE_ANSWER, EXTRA_AFTER_SOURCE -> {
                condition(stage == Stage.SOURCE_ANSWER ? "if-nothing-new" : "if-no-answer");
                safety();
            }
            case AWAY_BY_FAMILY, AWAY_BY_SOURCE, SAFETY -> {
                condition("if-supervisor-closes");
                letter();
            }
            case LETTER -> {
                condition("if-no-answer");
                posting();
                closing();
            }
            case POSTING -> {
                condition("if-no-answer");
                closing();
            }
            case NOTICE -> {
                condition("if-no-answer");
                close();
            }
            case CLOSING -> closed();
            case ADMISSION -> {
                condition("if-admitted");
                within("documentation", limit(EngagementProcess.DOCUMENTATION_DAYS));
            }
            case REFUSAL -> {
                condition("if-confirmed");
                entries.add(new OutlookEntry(State.NEXT, at, KEYS + "closed-declined"));
            }
            case DOCUMENTATION, GROUP_SERVICE -> {
                // Nothing of the search follows.
            }
        }
    }

    private void present(Stage stage) {
        boolean waiting = isWaiting();
        String key = waiting && (stage == Stage.ROUND || stage == Stage.FAMILY)
                ? "waiting"
                : waiting && stage == Stage.SOURCE_WAIT
                        ? "at.source-news"
                        : stage == Stage.FAMILY && familyName().isEmpty() ? family() : "at." + stage.code();
        entries.add(new OutlookEntry(
                State.PRESENT,
                now,
                null,
                KEYS + key,
                List.of(start.round(), familyName(), sourceName()),
                stage == Stage.SAFETY ? tag() : null));
    }

    private boolean isWaiting() {
        Instant opens = start.opens();
        return opens != null && opens.isAfter(now);
    }

    private void firstRound() {
        within("round", limit(EngagementProcess.FIRST_CONTACT_DAYS), 1);
        roundsAfter(1);
    }

    private void roundsAfter(int round) {
        for (int next = round + 1; next <= limit(EngagementProcess.ROUNDS); next++) {
            window("round", next);
        }
        Deadline window = clientWindow();
        if (start.family() == null) {
            passedOver(window.opens());
        } else {
            step(window.opens(), window.due(), family(), familyName());
        }
        source();
    }

    /** The window of the family contact that is already running. */
    private void familyWindow() {
        if (start.family() == null) {
            passedOver(start.opens() == null ? now : start.opens());
        } else {
            given(family(), familyName());
        }
    }

    /** The wait before the family contact is kept, and nobody is called at its end (A14, A15). */
    private void passedOver(Instant opens) {
        entries.add(new OutlookEntry(State.NEXT, opens, KEYS + "no-family"));
        at = opens;
    }

    private void source() {
        if (start.source() != null) {
            Instant told = at;
            at = calendar.within(at, limit(EngagementProcess.DECISION_DAYS)).due();
            sourceWait(told);
        }
        safety();
    }

    private void sourceWait(Instant from) {
        Deadline wait =
                calendar.window(at, limit(EngagementProcess.SOURCE_EARLIEST), limit(EngagementProcess.SOURCE_LATEST));
        step(from, wait.due(), "source", sourceName());
    }

    private void safety() {
        if (start.atRisk().isEmpty()) {
            letter();
            return;
        }
        Deadline decision = calendar.within(at, limit(EngagementProcess.DECISION_DAYS));
        entries.add(new OutlookEntry(State.NEXT, at, decision.due(), KEYS + "supervisor", List.of(), tag()));
    }

    private void letter() {
        within("letter", limit(EngagementProcess.DECISION_DAYS));
        posting();
        closing();
    }

    private void posting() {
        if (start.byPost()) {
            within("posting", limit(EngagementProcess.DECISION_DAYS));
        }
    }

    private void closing() {
        int notice = limit(EngagementProcess.NOTICE_DAYS);
        if (notice > 0) {
            LocalDate sent = LocalDate.ofInstant(at, calendar.zone());
            step(at, calendar.endOf(calendar.plus(sent.plusDays(notice), 0)), "notice");
        }
        close();
    }

    private void close() {
        if (!EngagementProcess.CLOSE_AUTOMATICALLY.find(start.limits()).orElse(true)) {
            within("confirm-closing", limit(EngagementProcess.DECISION_DAYS));
        }
        closed();
    }

    private void closed() {
        entries.add(new OutlookEntry(State.NEXT, at, KEYS + "closed"));
    }

    private void within(String key, int days, Object... arguments) {
        step(at, calendar.within(at, days).due(), key, arguments);
    }

    private void window(String key, Object... arguments) {
        Deadline window = clientWindow();
        step(window.opens(), window.due(), key, arguments);
    }

    private Deadline clientWindow() {
        return calendar.window(at, limit(EngagementProcess.WINDOW_EARLIEST), limit(EngagementProcess.WINDOW_LATEST));
    }

    /** The step that waits for its window, with the window as it was set. */
    private void given(String key, Object... arguments) {
        Instant opens = start.opens();
        step(opens == null ? at : opens, at, key, arguments);
    }

    private void step(Instant opens, Instant due, String key, Object... arguments) {
        entries.add(new OutlookEntry(State.NEXT, opens, due, KEYS + key, List.of(arguments), null));
        at = due;
    }

    private void condition(String key) {
        entries.add(new OutlookEntry(State.CONDITION, null, KEYS + key));
    }

    private String family() {
        return familyName().isEmpty() ? "family-if-any" : "family";
    }

    private String familyName() {
        String family = start.family();
        return family == null ? "" : family;
    }

    private String sourceName() {
        String source = start.source();
        return source == null ? "" : source;
    }

    private @Nullable String tag() {
        if (start.atRisk().isEmpty()) {
            return null;
        }
        Flag.Kind first = start.atRisk().get(0);
        return Flag.Kind.FIRST.contains(first) ? "flag." + first.code() : "flag.of-project";
    }

    private int limit(ProcessVariable<Integer> limit) {
        return limit.in(start.limits());
    }
}
