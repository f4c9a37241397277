package org.ancora.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Standing;
import org.springframework.stereotype.Component;

/** Draws windows: where they stand on their rail, in which colour, and what they say. */
@Component
public class WindowBars {

    /** The rail goes on a little beyond what stands on it, so that a needle at its end can be seen. */
    private static final double MARGIN = 0.06;

    /** A span is never thinner than this share of the rail: a promised hour is a point in time. */
    private static final double THINNEST = 0.03;

    private final DeadlineWords words;
    private final Dates dates;
    private final Clock clock;

    WindowBars(DeadlineWords words, Dates dates, Clock clock) {
        this.words = words;
        this.dates = dates;
        this.clock = clock;
    }

    /**
     * The bar of an open task or promise as it stands now.
     *
     * @param opens when it may be done from; equal to {@code due} for a promised hour
     * @param due when it is due at the latest
     */
    public WindowBar of(Instant opens, Instant due, BusinessCalendar calendar, Locale locale) {
        Instant now = clock.instant();
        Standing.State state = calendar.standing(opens, due, now).state();
        Rail rail = Rail.around(opens, due, now);
        LocalDate today = LocalDate.ofInstant(now, calendar.zone());
        LocalDate lastDay = LocalDate.ofInstant(due, calendar.zone());
        boolean oneDay = LocalDate.ofInstant(opens, calendar.zone()).equals(lastDay);
        String opening = opens.equals(due)
                ? ""
                : oneDay
                        ? dates.hour(opens, calendar.zone(), locale)
                        : dates.relative(LocalDate.ofInstant(opens, calendar.zone()), today, locale);
        // An hour alone is today's: of another day it says which.
        String closing = !oneDay
                ? dates.relative(lastDay, today, locale)
                : lastDay.equals(today)
                        ? dates.hour(due, calendar.zone(), locale)
                        : dates.moment(due, calendar.zone(), today, locale);
        boolean waiting = now.isBefore(opens);
        boolean over = now.isAfter(due);
        // Where the needle stands at an end of the rail, that end is now: both dates stand at the other one.
        String span = opening.isEmpty() ? closing : opening + " – " + closing;
        String present = oneDay && lastDay.equals(today)
                ? dates.hour(now, calendar.zone(), locale)
                : dates.relative(today, today, locale);
        return new WindowBar(
                tone(state),
                percent(rail.start()),
                percent(Math.max(THINNEST, rail.end() - rail.start())),
                percent(rail.needle()),
                waiting ? present : over ? span : opening,
                waiting ? span : over ? present : closing,
                words.window(opens, due, now, calendar, locale),
                chip(opens, due, calendar, locale));
    }

    /** Where it stands, in words on the colour that says the same: "1 business day late", "due today, end of day". */
    public Chip chip(Instant opens, Instant due, BusinessCalendar calendar, Locale locale) {
        Instant now = clock.instant();
        String text = words.standing(opens, due, now, calendar, locale);
        return switch (calendar.standing(opens, due, now).state()) {
            case LATE -> Chip.of(Tone.LATE, "alarm", text);
            case TODAY -> Chip.of(Tone.SOON, "hourglass", text);
            case OPEN -> Chip.of(Tone.CALM, "clock", text);
            case WAITING -> Chip.of(Tone.CALM, "calendar-time", text);
        };
    }

    private static String tone(Standing.State state) {
        return switch (state) {
            case LATE -> "late";
            case TODAY -> "today";
            case OPEN, WAITING -> "later";
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** Shares of the rail between 0 and 1. */
    private record Rail(double start, double end, double needle) {

        static Rail around(Instant opens, Instant due, Instant now) {
            long first = Math.min(opens.getEpochSecond(), now.getEpochSecond());
            long last = Math.max(due.getEpochSecond(), now.getEpochSecond());
            double length = Math.max(1, last - first);
            return new Rail(share(opens, first, length), share(due, first, length), share(now, first, length));
        }

        private static double share(Instant instant, long first, double length) {
            return MARGIN + (1 - 2 * MARGIN) * (instant.getEpochSecond() - first) / length;
        }
    }
}
