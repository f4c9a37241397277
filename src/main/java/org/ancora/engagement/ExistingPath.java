package org.ancora.engagement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ancora.process.ProcessVariable;
import org.ancora.process.task.Outlook.OutlookEntry;
import org.ancora.process.task.Outlook.State;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;

/**
 * What happens in the search for an existing client if nobody answers: the rounds at once, the family contact, further rounds
 * until the last day, then as on entry. A pure calculation from the limits of the running procedure.
 */
final class ExistingPath {

    private static final String KEYS = "engagement.outlook.";

    private final EntryPath.Start start;
    private final BusinessCalendar calendar;
    private final Instant now;
    private final List<OutlookEntry> entries = new ArrayList<>();

    /** The moment at which the step that was written last is done at the latest. */
    private Instant at;

    private ExistingPath(EntryPath.Start start, BusinessCalendar calendar, Instant now) {
        this.start = start;
        this.calendar = calendar;
        this.now = now;
        Instant due = start.due();
        this.at = due == null || due.isBefore(now) ? now : due;
    }

    /** The present step and those after it. */
    static List<OutlookEntry> from(EntryPath.Start start, BusinessCalendar calendar, Instant now) {
        return switch (start.stage()) {
            case ASSIGNMENT, ROUND, FAMILY, EXTRA_AFTER_FAMILY, AWAY_BY_FAMILY, LAST_DAYS ->
                new ExistingPath(start, calendar, now).walk();
            default -> EntryPath.from(start, calendar, now);
        };
    }

    private List<OutlookEntry> walk() {
        present();
        entries.add(new OutlookEntry(
                State.CONDITION,
                null,
                KEYS + (start.stage() == Stage.AWAY_BY_FAMILY ? "if-supervisor-goes-on" : "if-no-answer")));
        switch (start.stage()) {
            case ASSIGNMENT -> {
                round(1, calendar.within(at, limit(EngagementProcess.FIRST_CONTACT_DAYS)));
                roundsAfter(1);
            }
            case ROUND -> {
                Instant opens = start.opens();
                if (opens != null && opens.isAfter(now)) {
                    entries.add(new OutlookEntry(State.NEXT, opens, at, KEYS + "round", List.of(start.round()), null));
                }
                roundsAfter(start.round());
            }
            case EXTRA_AFTER_FAMILY -> {
                family();
                further();
            }
            default -> further();
        }
        return List.copyOf(entries);
    }

    private void present() {
        Instant opens = start.opens();
        boolean waits = start.stage() == Stage.ROUND && opens != null && opens.isAfter(now);
        entries.add(new OutlookEntry(
                State.PRESENT,
                now,
                null,
                KEYS + (waits ? "waiting" : "at." + start.stage().code()),
                List.of(start.round(), start.family() == null ? "" : start.family(), ""),
                null));
    }

    private void roundsAfter(int round) {
        int first = limit(EngagementProcess.ROUNDS);
        for (int next = round + 1; next <= first; next++) {
            round(next, firstWindow());
        }
        if (round <= first) {
            family();
        }
        further();
    }

    private void round(int number, Deadline window) {
        entries.add(new OutlookEntry(State.NEXT, window.opens(), window.due(), KEYS + "round", List.of(number), null));
        at = window.due();
    }

    private void family() {
        String family = start.family();
        if (family == null) {
            entries.add(new OutlookEntry(State.NEXT, at, KEYS + "no-family"));
            return;
        }
        Deadline window = firstWindow();
        entries.add(new OutlookEntry(
                State.NEXT,
                window.opens(),
                window.due(),
                KEYS + (family.isEmpty() ? "family-if-any" : "family"),
                List.of(family),
                null));
        at = window.due();
    }

    /** Rounds by the interval as long as they open before the last day, and what follows that day. */
    private void further() {
        Instant last = EngagementProcess.CAP_DUE.find(start.limits()).orElseGet(() -> calendar.months(
                        now, limit(EngagementProcess.CAP_MONTHS))
                .due());
        Deadline next = calendar.window(
                at, limit(EngagementProcess.INTERVAL_EARLIEST), limit(EngagementProcess.INTERVAL_LATEST));
        if (start.stage() != Stage.LAST_DAYS && next.opens().isBefore(last)) {
            entries.add(new OutlookEntry(
                    State.NEXT,
                    next.opens(),
                    last,
                    KEYS + "rounds-by-interval",
                    List.of(limit(EngagementProcess.INTERVAL_EARLIEST), limit(EngagementProcess.INTERVAL_LATEST)),
                    null));
        }
        entries.add(new OutlookEntry(
                State.NEXT,
                last,
                KEYS
                        + (EngagementProcess.CAP_DUE.find(start.limits()).isPresent()
                                ? "last-day"
                                : "last-day-if-today")));
        entries.addAll(EntryPath.afterTheSearch(start, calendar, last));
    }

    private Deadline firstWindow() {
        int earliest = limit(EngagementProcess.WINDOW_EARLIEST);
        int latest = limit(EngagementProcess.WINDOW_LATEST);
        return earliest == 0 ? calendar.within(at, latest) : calendar.window(at, earliest, latest);
    }

    private int limit(ProcessVariable<Integer> limit) {
        return limit.in(start.limits());
    }
}
