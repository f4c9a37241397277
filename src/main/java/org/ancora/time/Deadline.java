package org.ancora.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A date that remembers what it was computed from, so that every date on screen can answer "why this date?" (A-R2, X1).
 * Made by {@link BusinessCalendar}; written as JSON beside the case.
 *
 * @param rule {@link #WINDOW}, {@link #WITHIN}, {@link #DAYS}, {@link #MONTHS}, {@link #AT} or {@link #SET}
 * @param from the event that started the count
 * @param dayZero local date from which the count starts: that of the event, or the next business day when the event fell
 *     after closing time or on a day off
 * @param opens first instant at which the step may be done
 * @param due last instant at which it is on time
 * @param earliest business day on which it opens, counted from day zero; 0 when it opens at once
 * @param latest business day at whose end it is due, counted from day zero; with {@link #DAYS} and {@link #MONTHS} so many
 *     calendar days or months after it; 0 for a promised hour
 * @param zone time zone in which the dates are meant
 * @param jurisdiction code of the calendar
 * @param calendarVersion version of the calendar
 * @param skipped days from the event to the due day that did not count, in order
 * @param worked days from the event to the due day that count only because the project works on them, in order
 * @param moved what it was before it moved last; null for one that never moved
 */
public record Deadline(
        String rule,
        Instant from,
        LocalDate dayZero,
        Instant opens,
        Instant due,
        int earliest,
        int latest,
        ZoneId zone,
        String jurisdiction,
        int calendarVersion,
        List<SkippedDay> skipped,
        List<ExtraDay> worked,
        @Nullable Moved moved) {

    /** Opens at the start of one business day and is due at the end of a later one. */
    public static final String WINDOW = "window";
    /** Opens at once and is due at the end of a business day. */
    public static final String WITHIN = "within";
    /** Opens at once and is due at the end of a calendar day, or of the next business day when that one is off. */
    public static final String DAYS = "days";
    /** Lasts so many calendar months at most: until the end of their last business day (A-R11). */
    public static final String MONTHS = "months";
    /** An hour promised to somebody: opens and is due then. */
    public static final String AT = "at";
    /** Set by hand: no rule counts it, and no calendar moves it. */
    public static final String SET = "set";

    public Deadline {
        skipped = List.copyOf(skipped);
        worked = List.copyOf(worked);
    }

    /** One that has never moved. */
    public Deadline(
            String rule,
            Instant from,
            LocalDate dayZero,
            Instant opens,
            Instant due,
            int earliest,
            int latest,
            ZoneId zone,
            String jurisdiction,
            int calendarVersion,
            List<SkippedDay> skipped,
            List<ExtraDay> worked) {
        this(
                rule,
                from,
                dayZero,
                opens,
                due,
                earliest,
                latest,
                zone,
                jurisdiction,
                calendarVersion,
                skipped,
                worked,
                null);
    }

    /** This one with other instants, set by hand. */
    public Deadline set(Instant newOpens, Instant newDue, Instant at) {
        return new Deadline(
                SET,
                at,
                LocalDate.ofInstant(at, zone),
                newOpens,
                newDue,
                0,
                0,
                zone,
                jurisdiction,
                calendarVersion,
                List.of(),
                List.of());
    }

    /**
     * This one as what another became.
     *
     * @param opened when it opens after all: what is open already does not close again
     */
    public Deadline movedFrom(Moved before, Instant opened) {
        return new Deadline(
                rule,
                from,
                dayZero,
                opened,
                due,
                earliest,
                latest,
                zone,
                jurisdiction,
                calendarVersion,
                skipped,
                worked,
                before);
    }

    /** Local date of the event. */
    public LocalDate fromDay() {
        return LocalDate.ofInstant(from, zone);
    }

    /** Local date on which it opens. */
    public LocalDate opensDay() {
        return LocalDate.ofInstant(opens, zone);
    }

    /** Local date on which it is due. */
    public LocalDate dueDay() {
        return LocalDate.ofInstant(due, zone);
    }
}
