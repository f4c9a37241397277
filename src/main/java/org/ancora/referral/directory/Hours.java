package org.ancora.referral.directory;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * When a resource is open, as its schedules say (HSDS: parts of an RRULE with times of day). Hours are what the clock on the wall
 * shows: on the night when clocks change, a place that is open from 22:00 to 6:00 is open all night.
 *
 * @param rules each of which says some openings
 */
record Hours(List<Rule> rules) {

    static final int DAY = 24 * 60;

    private static final int WEEK = 7 * DAY;
    private static final int LONGEST_COUNT = 20 * 366;
    private static final int AHEAD = 35;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern BY_DAY = Pattern.compile("([+-]?\\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)");
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    /** Keeps its own list. */
    Hours {
        rules = List.copyOf(rules);
    }

    /** A day of the week, perhaps only the so-manieth of a month; 0 for every one. */
    record ByDay(int number, DayOfWeek day) {}

    /**
     * One schedule.
     *
     * @param from the first day on which it holds, or null
     * @param to the last day on which it holds, or null
     * @param start from where intervals and occurrences are counted, or null
     * @param count how many openings there are, or 0 for no end
     * @param opens in minutes of a day, or -1 where nobody says
     * @param closes in minutes of a day; at or before {@code opens} on the next day
     */
    record Rule(
            ZoneId zone,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable LocalDate start,
            String freq,
            int interval,
            int count,
            DayOfWeek weekStart,
            List<ByDay> byDay,
            Set<Integer> byMonthDay,
            Set<Integer> byYearDay,
            Set<Integer> byWeek,
            int opens,
            int closes,
            @Nullable String description) {

        boolean hasTimes() {
            return opens >= 0 && closes >= 0;
        }

        private boolean isAlways() {
            return opens == 0
                    && (closes == 0 || closes == DAY)
                    && days().size() == DAYS.size()
                    && isWeekly(LocalDate.MAX);
        }

        private boolean endsNextDay() {
            return closes <= opens;
        }

        /** Whether it opens on this day, whatever the hour. */
        boolean opensOn(LocalDate day) {
            return matches(day) && (count == 0 || earlier(day) < count);
        }

        private boolean matches(LocalDate day) {
            if ((from != null && day.isBefore(from)) || (to != null && day.isAfter(to))) {
                return false;
            }
            LocalDate begins = start;
            if (begins != null && day.isBefore(begins)) {
                return false;
            }
            LocalDate counted = begins != null ? begins : from != null ? from : LocalDate.EPOCH;
            return switch (freq) {
                case "DAILY" -> onInterval(ChronoUnit.DAYS.between(counted, day)) && limits(day);
                case "MONTHLY" -> onInterval(monthsBetween(counted, day)) && limits(day) && inMonth(day);
                case "YEARLY" -> onInterval((long) day.getYear() - counted.getYear()) && limits(day) && inYear(day);
                default -> onInterval(weeksBetween(counted, day)) && limits(day) && inWeek(day);
            };
        }

        private boolean onInterval(long passed) {
            return Math.floorMod(passed, (long) interval) == 0;
        }

        private static long monthsBetween(LocalDate from, LocalDate day) {
            return ChronoUnit.MONTHS.between(from.withDayOfMonth(1), day.withDayOfMonth(1));
        }

        private long weeksBetween(LocalDate from, LocalDate day) {
            return ChronoUnit.WEEKS.between(
                    from.with(TemporalAdjusters.previousOrSame(weekStart)),
                    day.with(TemporalAdjusters.previousOrSame(weekStart)));
        }

        private boolean limits(LocalDate day) {
            int length = day.lengthOfMonth();
            int year = day.lengthOfYear();
            return (byMonthDay.isEmpty()
                            || byMonthDay.contains(day.getDayOfMonth())
                            || byMonthDay.contains(day.getDayOfMonth() - length - 1))
                    && (byYearDay.isEmpty()
                            || byYearDay.contains(day.getDayOfYear())
                            || byYearDay.contains(day.getDayOfYear() - year - 1))
                    && (byWeek.isEmpty() || byWeek.contains(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)))
                    && (byDay.isEmpty() || byDay.stream().anyMatch(each -> isThat(each, day)));
        }

        private boolean isThat(ByDay each, LocalDate day) {
            if (each.day() != day.getDayOfWeek()) {
                return false;
            }
            if (each.number() == 0 || !freq.equals("MONTHLY")) {
                return true;
            }
            int nth = (day.getDayOfMonth() - 1) / 7 + 1;
            int fromEnd = -((day.lengthOfMonth() - day.getDayOfMonth()) / 7 + 1);
            return each.number() == nth || each.number() == fromEnd;
        }

        private boolean inWeek(LocalDate day) {
            return !byDay.isEmpty()
                    || !byMonthDay.isEmpty()
                    || !byYearDay.isEmpty()
                    || start == null
                    || start.getDayOfWeek() == day.getDayOfWeek();
        }

        private boolean inMonth(LocalDate day) {
            return !byDay.isEmpty()
                    || !byMonthDay.isEmpty()
                    || !byYearDay.isEmpty()
                    || start == null
                    || start.getDayOfMonth() == day.getDayOfMonth();
        }

        private boolean inYear(LocalDate day) {
            return !byDay.isEmpty()
                    || !byMonthDay.isEmpty()
                    || !byYearDay.isEmpty()
                    || !byWeek.isEmpty()
                    || start == null
                    || (start.getMonth() == day.getMonth() && start.getDayOfMonth() == day.getDayOfMonth());
        }

        private int earlier(LocalDate day) {
            LocalDate first = start != null ? start : from;
            if (first == null || ChronoUnit.DAYS.between(first, day) > LONGEST_COUNT) {
                return first == null ? 0 : Integer.MAX_VALUE;
            }
            int found = 0;
            for (LocalDate each = first; each.isBefore(day) && found < count; each = each.plusDays(1)) {
                found += matches(each) ? 1 : 0;
            }
            return found;
        }

        boolean isOpen(Instant now) {
            if (!hasTimes()) {
                return false;
            }
            ZonedDateTime wall = now.atZone(zone);
            int minute = wall.getHour() * 60 + wall.getMinute();
            LocalDate day = wall.toLocalDate();
            boolean today = minute >= opens && (endsNextDay() || minute < closes) && opensOn(day);
            return today || (endsNextDay() && minute < closes && opensOn(day.minusDays(1)));
        }

        /** Whether it comes again every week, at least from a day on: then minutes of a week say all. */
        boolean isWeekly(LocalDate today) {
            boolean begun = (from == null || !from.isAfter(today)) && (start == null || !start.isAfter(today));
            boolean always = to == null && count == 0 && interval == 1;
            boolean plain = byMonthDay.isEmpty() && byYearDay.isEmpty() && byWeek.isEmpty();
            boolean days = freq.equals("DAILY") || (freq.equals("WEEKLY") && (start == null || !byDay.isEmpty()));
            return begun && always && plain && days;
        }

        /** The days of the week on which it may open. */
        List<DayOfWeek> days() {
            List<DayOfWeek> days =
                    byDay.stream().map(ByDay::day).distinct().sorted().toList();
            return days.isEmpty() ? List.of(DayOfWeek.values()) : days;
        }
    }

    /** Reads schedules as the directory keeps them; what cannot be read says nothing. */
    static Hours read(String schedules, ZoneId fallback) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode each : JSON.readTree(schedules)) {
            rules.add(rule(each, fallback));
        }
        return new Hours(rules);
    }

    boolean isOpen(Instant now) {
        return rules.stream().anyMatch(rule -> rule.isOpen(now));
    }

    /** Whether it never closes. */
    boolean isAlways() {
        return rules.size() == 1 && rules.get(0).isAlways();
    }

    /** Until when it is open now, or when it opens next within some weeks; in minutes of a day of the rule's own zone. */
    record Turn(boolean open, LocalDate day, int minute) {}

    /** What comes next; empty where nothing is known or near. */
    Optional<Turn> next(Instant now) {
        if (isOpen(now)) {
            return rules.stream()
                    .filter(rule -> rule.isOpen(now))
                    .map(rule -> closing(rule, now))
                    .max(Comparator.comparing(Turn::day).thenComparing(Turn::minute));
        }
        return rules.stream()
                .filter(Rule::hasTimes)
                .map(rule -> opening(rule, now))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Turn::day).thenComparing(Turn::minute));
    }

    private static Turn closing(Rule rule, Instant now) {
        ZonedDateTime wall = now.atZone(rule.zone());
        int minute = wall.getHour() * 60 + wall.getMinute();
        boolean tomorrow = rule.closes() <= rule.opens() && minute >= rule.opens();
        return new Turn(true, wall.toLocalDate().plusDays(tomorrow ? 1 : 0), rule.closes());
    }

    private static Optional<Turn> opening(Rule rule, Instant now) {
        ZonedDateTime wall = now.atZone(rule.zone());
        int minute = wall.getHour() * 60 + wall.getMinute();
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            LocalDate day = wall.toLocalDate().plusDays(ahead);
            if ((ahead > 0 || rule.opens() > minute) && rule.opensOn(day)) {
                return Optional.of(new Turn(false, day, rule.opens()));
            }
        }
        return Optional.empty();
    }

    /** The zone in which the minutes of a week are meant, as PostgreSQL names it: that of the first schedule; null without any. */
    @Nullable
    String zone() {
        return rules.isEmpty() ? null : named(rules.get(0).zone());
    }

    /** An offset alone has its sign turned round in PostgreSQL, as POSIX has it. */
    private static String named(ZoneId zone) {
        if (!(zone instanceof ZoneOffset offset)) {
            return zone.getId();
        }
        int minutes = offset.getTotalSeconds() / 60;
        return String.format(
                Locale.ROOT, "UTC%s%02d:%02d", minutes < 0 ? "+" : "-", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
    }

    /** Whether {@link #week()} says all there is to say from this day on. */
    boolean isWeekly(LocalDate today) {
        return rules.stream().allMatch(rule -> !rule.hasTimes() || rule.isWeekly(today))
                && rules.stream().map(Rule::zone).distinct().count() <= 1;
    }

    /** The minutes of a week, from Monday 0:00, in which it may be open, as PostgreSQL writes ranges of them. */
    String week() {
        List<String> ranges = new ArrayList<>();
        boolean oneZone = rules.stream().map(Rule::zone).distinct().count() <= 1;
        for (Rule rule : rules) {
            if (!rule.hasTimes()) {
                continue;
            }
            if (!oneZone) {
                return "{[0," + WEEK + ")}";
            }
            for (DayOfWeek day : rule.days()) {
                int from = (day.getValue() - 1) * DAY + rule.opens();
                int to = (day.getValue() - 1) * DAY + rule.closes() + (rule.closes() <= rule.opens() ? DAY : 0);
                if (to <= WEEK) {
                    ranges.add("[" + from + "," + to + ")");
                } else {
                    ranges.add("[" + from + "," + WEEK + ")");
                    ranges.add("[0," + (to - WEEK) + ")");
                }
            }
        }
        return "{" + String.join(",", ranges) + "}";
    }

    /** The minute of the week that the clock on the wall shows. */
    static int minuteOfWeek(Instant now, ZoneId zone) {
        ZonedDateTime wall = now.atZone(zone);
        return (wall.getDayOfWeek().getValue() - 1) * DAY + wall.getHour() * 60 + wall.getMinute();
    }

    private static Rule rule(JsonNode schedule, ZoneId fallback) {
        ZoneId zone = zone(text(schedule, "timezone"), text(schedule, "opens_at"), fallback);
        String freq = text(schedule, "freq");
        List<ByDay> byDay = byDay(text(schedule, "byday"));
        LocalDate until = date(schedule, "until");
        LocalDate to = date(schedule, "valid_to");
        return new Rule(
                zone,
                date(schedule, "valid_from"),
                until == null ? to : to == null || until.isBefore(to) ? until : to,
                date(schedule, "dtstart"),
                freq.isEmpty() ? (byDay.isEmpty() ? "DAILY" : "WEEKLY") : freq,
                Math.max(1, number(schedule, "interval", 1)),
                Math.max(0, number(schedule, "count", 0)),
                weekday(text(schedule, "wkst")),
                byDay,
                numbers(text(schedule, "bymonthday")),
                numbers(text(schedule, "byyearday")),
                numbers(text(schedule, "byweekno")),
                minutes(text(schedule, "opens_at")),
                minutes(text(schedule, "closes_at")),
                text(schedule, "description").isEmpty() ? null : text(schedule, "description"));
    }

    private static String text(JsonNode schedule, String column) {
        JsonNode value = schedule.path(column);
        return value.isMissingNode() || value.isContainer()
                ? ""
                : value.asString().strip();
    }

    private static @Nullable LocalDate date(JsonNode schedule, String column) {
        String text = text(schedule, column);
        return text.isEmpty() ? null : LocalDate.parse(text);
    }

    private static int number(JsonNode schedule, String column, int otherwise) {
        JsonNode value = schedule.path(column);
        return value.isNumber() ? value.decimalValue().intValue() : otherwise;
    }

    private static DayOfWeek weekday(String code) {
        return DAYS.contains(code) ? DayOfWeek.of(DAYS.indexOf(code) + 1) : DayOfWeek.MONDAY;
    }

    private static List<ByDay> byDay(String text) {
        List<ByDay> days = new ArrayList<>();
        Matcher day = BY_DAY.matcher(text.toUpperCase(Locale.ROOT));
        while (day.find()) {
            days.add(new ByDay(day.group(1) == null ? 0 : Integer.parseInt(day.group(1)), weekday(day.group(2))));
        }
        return days;
    }

    private static Set<Integer> numbers(String text) {
        Set<Integer> numbers = new HashSet<>();
        Matcher number = Pattern.compile("-?\\d{1,3}").matcher(text);
        while (number.find()) {
            numbers.add(Integer.valueOf(number.group()));
        }
        return numbers;
    }

    private static int minutes(String text) {
        Matcher time = Values.TIME.matcher(text);
        return time.matches()
                ? Math.min(DAY, Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2)))
                : -1;
    }

    /**
     * The zone of a schedule: a name, an offset, or hours from UTC as HSDS counts them; else the offset of its times; else that of the
     * project. A bare {@code Z} behind a time is no zone: it is written where local time is meant.
     */
    private static ZoneId zone(String text, String opens, ZoneId fallback) {
        if (!text.isEmpty()) {
            try {
                return text.matches("[+-]?\\d{1,2}(\\.\\d+)?")
                        ? ZoneOffset.ofTotalSeconds((int) Math.round(Double.parseDouble(text) * 3600))
                        : ZoneId.of(text);
            } catch (DateTimeException unknown) {
                return fallback;
            }
        }
        Matcher time = Values.TIME.matcher(opens);
        if (time.matches() && time.group(4) != null && !time.group(4).equals("Z")) {
            try {
                return ZoneOffset.of(time.group(4));
            } catch (DateTimeException unknown) {
                return fallback;
            }
        }
        return fallback;
    }
}
