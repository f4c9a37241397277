package org.ancora.referral.directory;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ancora.referral.directory.Hours.Rule;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts hours into words: "Mon–Fri 9:00–12:30, 14:00–18:00; Sat 9:00–12:00". */
@Component
class HoursWords {

    private final MessageSource messages;
    private final Dates dates;

    HoursWords(MessageSource messages, Dates dates) {
        this.messages = messages;
        this.dates = dates;
    }

    /** A line of hours, and what else to know about them, or null. */
    record Line(String text, @Nullable String remark) {}

    /** The week in one line; null where nobody says. */
    @Nullable
    String inShort(Hours hours, Instant now, Locale locale) {
        String text = lines(hours, now, locale).stream()
                .map(line -> line.remark() == null ? line.text() : line.text() + " (" + line.remark() + ")")
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? null : text;
    }

    List<Line> lines(Hours hours, Instant now, Locale locale) {
        if (hours.isAlways()) {
            return List.of(new Line(text("directory.open-always", locale), null));
        }
        List<Line> lines = new ArrayList<>();
        Map<DayOfWeek, String> week = new EnumMap<>(DayOfWeek.class);
        List<Rule> rules = hours.rules().stream()
                .sorted(Comparator.comparingInt(Rule::opens))
                .toList();
        for (Rule rule : rules) {
            if (!rule.hasTimes()) {
                continue;
            }
            LocalDate today = now.atZone(rule.zone()).toLocalDate();
            if (rule.isWeekly(today)) {
                rule.days().forEach(day -> week.merge(day, span(rule), (one, other) -> one + ", " + other));
            }
        }
        weekly(week, locale).forEach(text -> lines.add(new Line(text, null)));
        for (Rule rule : rules) {
            LocalDate today = now.atZone(rule.zone()).toLocalDate();
            if (rule.hasTimes() && !rule.isWeekly(today)) {
                lines.add(new Line(days(rule.days(), locale) + " " + span(rule), remark(rule, locale)));
            }
            String description = rule.description();
            if (description != null
                    && lines.stream().noneMatch(line -> line.text().equals(description))) {
                lines.add(new Line(description, null));
            }
        }
        return lines;
    }

    /** What a list shows: open and until when, or when it opens; null where nobody knows. */
    @Nullable
    Chip now(Hours hours, Instant now, Locale locale) {
        Optional<Hours.Turn> turn = hours.next(now);
        if (turn.isEmpty()) {
            return null;
        }
        Hours.Turn next = turn.get();
        ZoneId zone = hours.rules().get(0).zone();
        LocalDate today = now.atZone(zone).toLocalDate();
        String at = clock(next.minute());
        if (next.open() && hours.isAlways()) {
            return Chip.of(Tone.DONE, "clock-check", text("directory.open-always", locale));
        }
        if (next.open()) {
            return Chip.of(Tone.DONE, "clock-check", text("directory.open-until", locale, at));
        }
        String day = next.day().equals(today) ? "" : dates.relative(next.day(), today, locale) + " ";
        return Chip.of(Tone.PLAIN, "clock", text("directory.opens", locale, day + at));
    }

    private static List<String> weekly(Map<DayOfWeek, String> week, Locale locale) {
        Map<String, List<DayOfWeek>> same = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String spans = week.get(day);
            if (spans != null) {
                same.computeIfAbsent(spans, any -> new ArrayList<>()).add(day);
            }
        }
        return same.entrySet().stream()
                .map(entry -> days(entry.getValue(), locale) + " " + entry.getKey())
                .toList();
    }

    /** "Mon–Fri", "Tue, Thu". */
    private static String days(List<DayOfWeek> days, Locale locale) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < days.size()) {
            int to = from;
            while (to + 1 < days.size()
                    && days.get(to + 1).getValue() == days.get(to).getValue() + 1) {
                to++;
            }
            String first = name(days.get(from), locale);
            String last = name(days.get(to), locale);
            parts.add(to == from ? first : to == from + 1 ? first + ", " + last : first + "–" + last);
            from = to + 1;
        }
        return String.join(", ", parts);
    }

    private static String name(DayOfWeek day, Locale locale) {
        return day.getDisplayName(TextStyle.SHORT, locale);
    }

    private static String span(Rule rule) {
        return clock(rule.opens()) + "–" + clock(rule.closes());
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%d:%02d", minute / 60, minute % 60);
    }

    private String remark(Rule rule, Locale locale) {
        List<String> parts = new ArrayList<>();
        if (rule.interval() > 1) {
            parts.add(text("directory.hours.every", locale, rule.interval()));
        }
        if (rule.freq().equals("MONTHLY")) {
            parts.add(text("directory.hours.monthly", locale));
        }
        LocalDate from = rule.from() != null ? rule.from() : rule.start();
        if (from != null) {
            parts.add(text("directory.hours.from", locale, dates.dayAndYear(from, locale)));
        }
        LocalDate to = rule.to();
        if (to != null) {
            parts.add(text("directory.hours.to", locale, dates.dayAndYear(to, locale)));
        }
        return parts.isEmpty() ? text("directory.hours.some", locale) : String.join(", ", parts);
    }

    private String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
