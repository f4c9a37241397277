package org.ancora.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The working days of one project: its jurisdiction's public holidays, its weekend and its own extra days (X1). Local dates
 * and hours are those of {@link #zone()}. Safe for use by several threads.
 */
public final class BusinessCalendar {

    private static final int MOST_DAYS = 1000;
    private static final int MOST_MONTHS = 60;

    private final CalendarSpec spec;
    private final Jurisdiction jurisdiction;
    private final Map<LocalDate, ExtraDay> extraDays;
    private final Map<Integer, Map<LocalDate, SkippedDay>> holidays = new ConcurrentHashMap<>();

    BusinessCalendar(CalendarSpec spec, Jurisdiction jurisdiction) {
        this.spec = spec;
        this.jurisdiction = jurisdiction;
        this.extraDays = spec.extraDays().stream()
                .collect(Collectors.toMap(ExtraDay::day, Function.identity(), (earlier, later) -> later));
    }

    /** From what it was made. */
    public CalendarSpec spec() {
        return spec;
    }

    /** True when the office works on that day. */
    public boolean isBusinessDay(LocalDate day) {
        return dayOff(day).isEmpty();
    }

    /**
     * Why the office does not work on that day; empty when it does. A day worked by the project comes first, then the
     * weekend, the project's days off, and holidays.
     */
    public Optional<SkippedDay> dayOff(LocalDate day) {
        var extra = extraDays.get(day);
        if (extra == null || (extra.off() && isWeekend(day))) {
            return ordinaryDayOff(day);
        }
        return extra.off() ? Optional.of(new SkippedDay(day, SkippedDay.EXTRA, extra.reason())) : Optional.empty();
    }

    private Optional<SkippedDay> ordinaryDayOff(LocalDate day) {
        if (isWeekend(day)) {
            return Optional.of(new SkippedDay(day, SkippedDay.WEEKEND, Map.of()));
        }
        return Optional.ofNullable(
                holidays.computeIfAbsent(day.getYear(), year -> jurisdiction.daysOff(year, this::isWeekend))
                        .get(day));
    }

    /**
     * The day from which business days are counted after an event: its local date, or the next business day when it happened
     * after closing time or on a day off (A-R2).
     */
    public LocalDate dayZero(Instant event) {
        var local = event.atZone(spec.zone());
        var day = local.toLocalDate();
        return plus(local.toLocalTime().isAfter(spec.closes()) ? day.plusDays(1) : day, 0);
    }

    /**
     * The n-th business day after a day.
     *
     * @param businessDays 0 to 1000; 0 gives the day itself, or the next business day when it is off
     * @throws IllegalArgumentException outside that range, or when five years hold too few business days
     */
    public LocalDate plus(LocalDate day, int businessDays) {
        if (businessDays < 0 || businessDays > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "Business days are counted from 0 to " + MOST_DAYS + ", not " + businessDays);
        }
        var left = businessDays;
        for (var each = day; each.isBefore(day.plusYears(5)); each = each.plusDays(1)) {
            if (isBusinessDay(each) && (!each.equals(day) || businessDays == 0) && --left <= 0) {
                return each;
            }
        }
        throw new IllegalArgumentException("Fewer than " + businessDays + " business days in five years after " + day);
    }

    /** Business days after the first day, up to and including the last; 0 when the last is not later. */
    public int between(LocalDate first, LocalDate last) {
        return (int) first.plusDays(1)
                .datesUntil(last.isAfter(first) ? last.plusDays(1) : first.plusDays(1))
                .filter(this::isBusinessDay)
                .count();
    }

    /** The instant at which the office opens on that day, whether or not it works then. */
    public Instant startOf(LocalDate day) {
        return day.atTime(spec.opens()).atZone(spec.zone()).toInstant();
    }

    /** The instant at which the office closes on that day, whether or not it works then. */
    public Instant endOf(LocalDate day) {
        return day.atTime(spec.closes()).atZone(spec.zone()).toInstant();
    }

    /**
     * "Wait 3 to 5 business days" as one window: opens at the start of business day {@code earliest} after day zero and is
     * due at the end of business day {@code latest} (A-R2).
     *
     * @param earliest 0 to {@code latest}
     * @param latest up to 1000
     * @throws IllegalArgumentException outside those ranges
     */
    public Deadline window(Instant from, int earliest, int latest) {
        if (earliest > latest) {
            throw new IllegalArgumentException("A window cannot open on day " + earliest + " and end on day " + latest);
        }
        var dayZero = dayZero(from);
        return deadline(Deadline.WINDOW, from, startOf(plus(dayZero, earliest)), earliest, latest);
    }

    /**
     * Opens at once and is due at the end of the n-th business day after day zero (A5, A-R12).
     *
     * @param days 0 to 1000
     * @throws IllegalArgumentException outside that range
     */
    public Deadline within(Instant from, int days) {
        return deadline(Deadline.WITHIN, from, from, 0, days);
    }

    /**
     * Opens at once and is due at the end of the n-th calendar day after the local date of the event, or of the next business
     * day when that one is off (J-R1).
     *
     * @param calendarDays 0 to 1000
     * @throws IllegalArgumentException outside that range
     */
    public Deadline days(Instant from, int calendarDays) {
        if (calendarDays < 0 || calendarDays > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "Calendar days are counted from 0 to " + MOST_DAYS + ", not " + calendarDays);
        }
        var last = LocalDate.ofInstant(from, spec.zone()).plusDays(calendarDays);
        var dueDay = plus(last, 0);
        return onCalendar(Deadline.DAYS, from, dueDay, calendarDays, off(last, dueDay));
    }

    /**
     * Lasts so many calendar months after the local date of the event and not a day longer: until the end of the last
     * business day in them. Of a month that is too short its last day counts: 30 November and three months are 28 February
     * (A-R11).
     *
     * @param months 1 to 60
     * @throws IllegalArgumentException outside that range
     */
    public Deadline months(Instant from, int months) {
        if (months < 1 || months > MOST_MONTHS) {
            throw new IllegalArgumentException("Months are counted from 1 to " + MOST_MONTHS + ", not " + months);
        }
        var last = LocalDate.ofInstant(from, spec.zone()).plusMonths(months);
        var dueDay = last;
        while (!isBusinessDay(dueDay)) {
            dueDay = dueDay.minusDays(1);
        }
        return onCalendar(Deadline.MONTHS, from, dueDay, months, off(dueDay, last));
    }

    /** An hour promised to somebody: opens and is due then, on whatever day it falls. */
    public Deadline at(Instant hour) {
        var day = LocalDate.ofInstant(hour, spec.zone());
        return new Deadline(
                Deadline.AT,
                hour,
                day,
                hour,
                hour,
                0,
                0,
                spec.zone(),
                spec.jurisdiction(),
                version(),
                List.of(),
                List.of());
    }

    /** The same rule counted again from the same event, on this calendar: what a holiday added later makes of a deadline. */
    public Deadline again(Deadline deadline) {
        return switch (deadline.rule()) {
            case Deadline.WINDOW -> window(deadline.from(), deadline.earliest(), deadline.latest());
            case Deadline.WITHIN -> within(deadline.from(), deadline.latest());
            case Deadline.DAYS -> days(deadline.from(), deadline.latest());
            case Deadline.MONTHS -> months(deadline.from(), deadline.latest());
            case Deadline.AT -> at(deadline.due());
            case Deadline.SET -> deadline;
            default -> throw new IllegalArgumentException("No rule named " + deadline.rule());
        };
    }

    /** Opening time of the first business day after the local date of an instant. */
    public Instant nextBusinessDay(Instant after) {
        return startOf(plus(LocalDate.ofInstant(after, spec.zone()), 1));
    }

    /** Where a window stands now: late, due today, open or waiting, and by how many business days. */
    public Standing standing(Instant opens, Instant due, Instant now) {
        var today = LocalDate.ofInstant(now, spec.zone());
        var dueDay = LocalDate.ofInstant(due, spec.zone());
        if (now.isAfter(due)) {
            return new Standing(Standing.State.LATE, between(dueDay, today));
        }
        if (dueDay.equals(today)) {
            return new Standing(Standing.State.TODAY, 0);
        }
        var state = now.isBefore(opens) ? Standing.State.WAITING : Standing.State.OPEN;
        return new Standing(state, between(today, dueDay));
    }

    /** Time zone in which days and hours are meant. */
    public ZoneId zone() {
        return spec.zone();
    }

    /** Name for people, for example "Ontario calendar". */
    public String name(Locale locale) {
        return jurisdiction.name(locale);
    }

    /** Rises whenever the project's spec or the shipped calendar file changes. */
    public int version() {
        return spec.version() + jurisdiction.revision();
    }

    /** The extra day that makes a business day of what would be a day off. */
    private Optional<ExtraDay> worked(LocalDate day) {
        return Optional.ofNullable(extraDays.get(day))
                .filter(extra -> !extra.off() && ordinaryDayOff(day).isPresent());
    }

    private boolean isWeekend(LocalDate day) {
        return spec.weekend().contains(day.getDayOfWeek());
    }

    private List<SkippedDay> off(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> dayOff(day).stream())
                .toList();
    }

    private Deadline onCalendar(String rule, Instant from, LocalDate dueDay, int count, List<SkippedDay> off) {
        return new Deadline(
                rule,
                from,
                LocalDate.ofInstant(from, spec.zone()),
                from,
                endOf(dueDay),
                0,
                count,
                spec.zone(),
                spec.jurisdiction(),
                version(),
                off,
                worked(dueDay).stream().toList());
    }

    private Deadline deadline(String rule, Instant from, Instant opens, int earliest, int latest) {
        var dayZero = dayZero(from);
        var dueDay = plus(dayZero, latest);
        var days = LocalDate.ofInstant(from, spec.zone())
                .datesUntil(dueDay.plusDays(1))
                .toList();
        var skipped = days.stream().flatMap(day -> dayOff(day).stream()).toList();
        return new Deadline(
                rule,
                from,
                dayZero,
                opens,
                endOf(dueDay),
                earliest,
                latest,
                spec.zone(),
                spec.jurisdiction(),
                version(),
                skipped,
                days.stream().flatMap(day -> worked(day).stream()).toList());
    }
}
