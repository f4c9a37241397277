package org.ancora.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a deadline was before it moved, and why it did: part of the new one, so that "why this date?" can tell both (X1).
 *
 * @param opens when it opened before
 * @param due when it was due before
 * @param cause {@link #CALENDAR}, {@link #EXTENDED}, {@link #RESUMED} or {@link #STEERED}; its words are {@code deadline.moved.<cause>}
 * @param off days that became days off and lie before the old due day, in order
 * @param on days off that became business days, in order
 * @param stopped first local day on which the clock stood still, for {@link #RESUMED}
 * @param resumed local day on which it went on, for {@link #RESUMED}
 * @param at when it was moved
 * @param by the name of whoever moved it, for {@link #STEERED}; null otherwise
 * @param reason what they gave as the reason, for {@link #STEERED}; null otherwise
 */
public record Moved(
        Instant opens,
        Instant due,
        String cause,
        List<SkippedDay> off,
        List<LocalDate> on,
        @Nullable LocalDate stopped,
        @Nullable LocalDate resumed,
        Instant at,
        @Nullable String by,
        @Nullable String reason) {

    /** The calendar of the project changed. */
    public static final String CALENDAR = "calendar";
    /** Somebody decided that there is more time. */
    public static final String EXTENDED = "extended";
    /** The clock stood still for a while. */
    public static final String RESUMED = "resumed";
    /** Somebody set another date by hand (X3). */
    public static final String STEERED = "steered";

    public Moved {
        off = List.copyOf(off);
        on = List.copyOf(on);
    }

    /** The calendar changed: names the days that made the difference, where single days did. */
    public static Moved byCalendar(Deadline before, Deadline after, Instant at) {
        Set<LocalDate> skippedBefore = days(before.skipped(), SkippedDay::day);
        Set<LocalDate> skippedAfter = days(after.skipped(), SkippedDay::day);
        Set<LocalDate> workedBefore = days(before.worked(), ExtraDay::day);
        List<SkippedDay> off = after.skipped().stream()
                .filter(day -> !day.day().isAfter(before.dueDay()) && !skippedBefore.contains(day.day()))
                .filter(day -> !day.kind().equals(SkippedDay.WEEKEND) || workedBefore.contains(day.day()))
                .toList();
        List<LocalDate> on = before.skipped().stream()
                .map(SkippedDay::day)
                .filter(day -> !day.isAfter(after.dueDay()) && !skippedAfter.contains(day))
                .toList();
        return new Moved(before.opens(), before.due(), CALENDAR, off, on, null, null, at, null, null);
    }

    /** Somebody who may decided that there is more time. */
    public static Moved extended(Deadline before, Instant at) {
        return new Moved(before.opens(), before.due(), EXTENDED, List.of(), List.of(), null, null, at, null, null);
    }

    /**
     * Somebody set another date by hand.
     *
     * @param by their name
     * @param reason in their words
     */
    public static Moved steered(Deadline before, Instant at, String by, String reason) {
        return new Moved(before.opens(), before.due(), STEERED, List.of(), List.of(), null, null, at, by, reason);
    }

    /**
     * The clock stood still while something was awaited.
     *
     * @param stopped first local day that does not count
     * @param resumed local day on which it went on
     */
    public static Moved resumed(Deadline before, LocalDate stopped, LocalDate resumed, Instant at) {
        return new Moved(before.opens(), before.due(), RESUMED, List.of(), List.of(), stopped, resumed, at, null, null);
    }

    private static <T> Set<LocalDate> days(List<T> from, Function<T, LocalDate> day) {
        return from.stream().map(day).collect(Collectors.toSet());
    }
}
