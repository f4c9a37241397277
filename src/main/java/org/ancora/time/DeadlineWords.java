package org.ancora.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Deadlines in words, in the person's language: chips, window bars, their text form, and "why this date?". */
@Component
public class DeadlineWords {

    /** With more weekend days than these, they are counted instead of listed. */
    private static final int MOST_WEEKEND_DAYS = 6;

    private final MessageSource messages;
    private final Dates dates;
    private final BusinessCalendars calendars;
    private final Clock clock;

    DeadlineWords(MessageSource messages, Dates dates, BusinessCalendars calendars, Clock clock) {
        this.messages = messages;
        this.dates = dates;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * For a chip: "opens Thu 26 Nov", "2 business days left", "due today, end of day", "due today at 10:30",
     * "1 business day late", "late since Fri 27 Nov".
     */
    public String standing(Instant opens, Instant due, Instant now, BusinessCalendar calendar, Locale locale) {
        var standing = calendar.standing(opens, due, now);
        return switch (standing.state()) {
            case WAITING -> words("deadline.opens", locale, day(opens, now, calendar, locale));
            case OPEN -> words("deadline.left", locale, standing.businessDays());
            case TODAY -> words("deadline.due", locale, due(due, now, calendar, locale));
            case LATE -> late(standing, due, now, calendar, locale);
        };
    }

    /**
     * The text form of a window bar for screen readers: "opens Thu 26 Nov, due end of Mon 30 Nov, 2 business days left". A
     * promised hour has no opening: "due Mon 30 Nov at 10:30, 2 business days left".
     */
    public String window(Instant opens, Instant due, Instant now, BusinessCalendar calendar, Locale locale) {
        var parts = new ArrayList<String>();
        if (opens.isBefore(due)) {
            var opensDay = LocalDate.ofInstant(opens, calendar.zone());
            var past = opensDay.isBefore(LocalDate.ofInstant(now, calendar.zone()));
            parts.add(words(past ? "deadline.openSince" : "deadline.opens", locale, day(opens, now, calendar, locale)));
        }
        var dueDay = day(due, now, calendar, locale);
        var standing = calendar.standing(opens, due, now);
        switch (standing.state()) {
            case TODAY -> parts.add(words("deadline.due", locale, due(due, now, calendar, locale)));
            case LATE -> {
                parts.add(words("deadline.due", locale, ends(dueDay, due, calendar, locale)));
                parts.add(late(standing, due, now, calendar, locale));
            }
            case OPEN, WAITING -> {
                parts.add(words("deadline.due", locale, ends(dueDay, due, calendar, locale)));
                parts.add(words("deadline.left", locale, standing.businessDays()));
            }
        }
        return String.join(", ", parts);
    }

    /** The due end alone: "today, end of day", "today at 10:30", "end of Mon 30 Nov", "Mon 30 Nov at 10:30". */
    public String due(Instant due, Instant now, BusinessCalendar calendar, Locale locale) {
        var day = LocalDate.ofInstant(due, calendar.zone());
        if (!day.equals(LocalDate.ofInstant(now, calendar.zone()))) {
            return ends(day(due, now, calendar, locale), due, calendar, locale);
        }
        var today = words("dates.today", locale);
        return atClosing(due, calendar)
                ? words("deadline.todayEnd", locale, today)
                : words("deadline.hour", locale, today, dates.hour(due, calendar.zone(), locale));
    }

    /**
     * "Why this date?": start, opening, due end, the days that did not count, and the calendar. Days of another year than
     * this one bear it: what a date was counted from is read long after.
     */
    public Explanation explain(Deadline deadline, Locale locale) {
        return new Explanation(
                start(deadline, locale),
                opens(deadline, locale),
                dueBecause(deadline, locale),
                skipped(deadline, locale),
                words(
                        "deadline.calendar",
                        locale,
                        calendars.name(deadline.jurisdiction(), locale),
                        years(deadline),
                        String.valueOf(deadline.calendarVersion())));
    }

    private String late(Standing standing, Instant due, Instant now, BusinessCalendar calendar, Locale locale) {
        if (standing.businessDays() > 0) {
            return words("deadline.late", locale, standing.businessDays());
        }
        var day = LocalDate.ofInstant(due, calendar.zone());
        return day.equals(LocalDate.ofInstant(now, calendar.zone()))
                ? words("deadline.lateSinceHour", locale, dates.hour(due, calendar.zone(), locale))
                : words("deadline.lateSince", locale, day(due, now, calendar, locale));
    }

    private String day(Instant instant, Instant now, BusinessCalendar calendar, Locale locale) {
        return dates.day(
                LocalDate.ofInstant(instant, calendar.zone()), LocalDate.ofInstant(now, calendar.zone()), locale);
    }

    private String day(LocalDate day, Deadline deadline, Locale locale) {
        return dates.day(day, today(deadline), locale);
    }

    /** When the clock of a deadline was started, to the minute. */
    private String moment(Deadline deadline, Locale locale) {
        return dates.moment(deadline.from(), deadline.zone(), today(deadline), locale);
    }

    private LocalDate today(Deadline deadline) {
        return LocalDate.ofInstant(clock.instant(), deadline.zone());
    }

    private String ends(String day, Instant due, BusinessCalendar calendar, Locale locale) {
        return atClosing(due, calendar)
                ? words("deadline.endOf", locale, day)
                : words("deadline.hour", locale, day, dates.hour(due, calendar.zone(), locale));
    }

    private static boolean atClosing(Instant due, BusinessCalendar calendar) {
        return due.equals(calendar.endOf(LocalDate.ofInstant(due, calendar.zone())));
    }

    private String start(Deadline deadline, Locale locale) {
        if (deadline.rule().equals(Deadline.AT)) {
            return words("deadline.promised", locale);
        }
        if (deadline.rule().equals(Deadline.SET)) {
            return words("deadline.set", locale);
        }
        var zero = day(deadline.dayZero(), deadline, locale);
        if (deadline.dayZero().equals(deadline.fromDay())) {
            return words("deadline.from", locale, zero);
        }
        var dayOff = deadline.skipped().stream().anyMatch(each -> each.day().equals(deadline.fromDay()));
        var event = dayOff ? day(deadline.fromDay(), deadline, locale) : moment(deadline, locale);
        return words(dayOff ? "deadline.from.dayOff" : "deadline.from.closed", locale, zero, event);
    }

    private String opens(Deadline deadline, Locale locale) {
        return switch (deadline.rule()) {
            case Deadline.AT, Deadline.MONTHS, Deadline.SET -> "";
            case Deadline.WITHIN, Deadline.DAYS -> words("deadline.atOnce", locale);
            default ->
                because("deadline.opens", day(deadline.opensDay(), deadline, locale), deadline.earliest(), locale);
        };
    }

    private String dueBecause(Deadline deadline, Locale locale) {
        var day = day(deadline.dueDay(), deadline, locale);
        if (deadline.rule().equals(Deadline.AT) || deadline.rule().equals(Deadline.SET)) {
            var hour = dates.hour(deadline.due(), deadline.zone(), locale);
            return words("deadline.due", locale, words("deadline.hour", locale, day, hour));
        }
        var said = words("deadline.due", locale, words("deadline.endOf", locale, day));
        return switch (deadline.rule()) {
            case Deadline.DAYS -> words("deadline.days", locale, said, deadline.latest());
            case Deadline.MONTHS -> words("deadline.months", locale, said, deadline.latest());
            default -> because("deadline.due", words("deadline.endOf", locale, day), deadline.latest(), locale);
        };
    }

    private String because(String key, String when, int businessDay, Locale locale) {
        var said = words(key, locale, when);
        return businessDay == 0 ? said : words("deadline.because", locale, said, businessDay);
    }

    private List<String> skipped(Deadline deadline, Locale locale) {
        var lines = new ArrayList<String>();
        if (deadline.rule().equals(Deadline.MONTHS)) {
            lines.addAll(monthsEnd(deadline, locale));
        }
        var weekends = deadline.skipped().stream()
                .filter(each -> each.kind().equals(SkippedDay.WEEKEND))
                .map(SkippedDay::day)
                .toList();
        if (!weekends.isEmpty()) {
            lines.add(weekends(weekends, deadline, locale));
        }
        deadline.skipped().stream()
                .filter(each -> !each.kind().equals(SkippedDay.WEEKEND))
                .forEach(each -> lines.add(words(
                        each.kind().equals(SkippedDay.OBSERVED) ? "deadline.observed" : "deadline.off",
                        locale,
                        day(each.day(), deadline, locale),
                        each.reason(locale))));
        deadline.worked()
                .forEach(each -> lines.add(
                        words("deadline.worked", locale, day(each.day(), deadline, locale), each.reason(locale))));
        var moved = deadline.moved();
        if (moved != null) {
            lines.addAll(moved(deadline, moved, locale));
        }
        return lines;
    }

    /** How months end: on the last day of a shorter month, and on the last business day in them. */
    private List<String> monthsEnd(Deadline deadline, Locale locale) {
        var lines = new ArrayList<String>();
        var last = deadline.fromDay().plusMonths(deadline.latest());
        if (last.getDayOfMonth() < deadline.fromDay().getDayOfMonth()) {
            lines.add(words("deadline.monthEnd", locale, dates.dayAndYear(last, locale)));
        }
        if (!last.equals(deadline.dueDay())) {
            lines.add(words("deadline.lastBusinessDay", locale, day(last, deadline, locale)));
        }
        return lines;
    }

    /** What the date was before, and why it is another now. */
    private List<String> moved(Deadline deadline, Moved moved, Locale locale) {
        var dueBefore = LocalDate.ofInstant(moved.due(), deadline.zone());
        var before = moved.due().equals(deadline.due()) && !moved.opens().equals(deadline.opens())
                ? words(
                        "deadline.opens",
                        locale,
                        day(LocalDate.ofInstant(moved.opens(), deadline.zone()), deadline, locale))
                : words("deadline.due", locale, words("deadline.endOf", locale, day(dueBefore, deadline, locale)));
        var on = day(LocalDate.ofInstant(moved.at(), deadline.zone()), deadline, locale);
        var stopped = moved.stopped();
        var resumed = moved.resumed();
        if (moved.cause().equals(Moved.RESUMED) && stopped != null && resumed != null) {
            return List.of(words(
                    "deadline.moved.resumed",
                    locale,
                    before,
                    day(stopped, deadline, locale),
                    day(resumed, deadline, locale)));
        }
        var by = moved.by();
        var reason = moved.reason();
        if (by != null && reason != null) {
            return List.of(words("deadline.moved.steered", locale, before, on, by, reason));
        }
        if (!moved.cause().equals(Moved.CALENDAR)) {
            return List.of(words("deadline.moved." + moved.cause(), locale, before, on));
        }
        var lines = new ArrayList<String>();
        lines.add(words("deadline.moved.calendar", locale, before, on));
        moved.off()
                .forEach(day -> lines.add(words(
                        "deadline.moved.off",
                        locale,
                        day(day.day(), deadline, locale),
                        day.reason(locale),
                        day.reason().isEmpty() ? 0 : 1)));
        moved.on().forEach(day -> lines.add(words("deadline.moved.on", locale, day(day, deadline, locale))));
        return lines;
    }

    private String weekends(List<LocalDate> days, Deadline deadline, Locale locale) {
        if (days.size() > MOST_WEEKEND_DAYS) {
            var first = day(days.get(0), deadline, locale);
            var last = day(days.get(days.size() - 1), deadline, locale);
            return words("deadline.weekends", locale, days.size(), first, last);
        }
        var oneMonth =
                deadline.fromDay().withDayOfMonth(1).equals(deadline.dueDay().withDayOfMonth(1));
        var said = days.stream()
                .map(day -> oneMonth ? dates.weekday(day, locale) : day(day, deadline, locale))
                .toList();
        var last = said.size() - 1;
        var list = last == 0
                ? said.get(0)
                : words("deadline.and", locale, String.join(", ", said.subList(0, last)), said.get(last));
        return words("deadline.weekend", locale, list, said.size());
    }

    private static String years(Deadline deadline) {
        var first = deadline.dayZero().getYear();
        var last = deadline.dueDay().getYear();
        return first == last ? String.valueOf(first) : first + "–" + last;
    }

    private String words(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
