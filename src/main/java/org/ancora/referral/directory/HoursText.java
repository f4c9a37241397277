package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opening hours as small agencies write them: "Mon-Fri 9:00-17:00; Sat 10-13", "lun a vie 8:30-13:00, 15:00-18:00". */
final class HoursText {

    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    /** The beginnings of names of days in the three languages. */
    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("mo", 0),
            Map.entry("lu", 0),
            Map.entry("tu", 1),
            Map.entry("ma", 1),
            Map.entry("we", 2),
            Map.entry("mi", 2),
            Map.entry("me", 2),
            Map.entry("th", 3),
            Map.entry("ju", 3),
            Map.entry("gi", 3),
            Map.entry("fr", 4),
            Map.entry("vi", 4),
            Map.entry("ve", 4),
            Map.entry("sa", 5),
            Map.entry("su", 6),
            Map.entry("do", 6));

    private static final Pattern EVERY_DAY =
            Pattern.compile("daily|every day|todos los dias|cada dia|tutti i giorni|ogni giorno");
    private static final Pattern TIMES = Pattern.compile(
            "(\\d{1,2})(?:[:.h](\\d{2}))?\\s*(am|pm)?\\s*(?:-|to|a|alle)\\s*(\\d{1,2})(?:[:.h](\\d{2}))?\\s*(am|pm)?");
    private static final Pattern AND = Pattern.compile("[\\s,.&]*(?:y|e|and)?[\\s,.]*(?:de|from|dalle)?\\s*");
    private static final Pattern DAY = Pattern.compile("[a-z]{2,}");
    private static final int MIDNIGHT = 24 * 60;

    private HoursText() {}

    /**
     * Hours that come again every week.
     *
     * @param days as in {@code BYDAY}: {@code MO,TU}
     * @param opens as {@code HH:mm}
     * @param closes as {@code HH:mm}; before or at {@code opens} where it closes the next day
     */
    record Span(String days, String opens, String closes) {}

    /** The spans that a text says, or nothing where some of it cannot be read. */
    static Optional<List<Span>> read(String text) {
        List<Span> spans = new ArrayList<>();
        for (String part : Plain.of(text).replace('–', '-').replace('—', '-').split("[;|\\n]", -1)) {
            if (!part.isBlank() && !part(part.strip(), spans)) {
                return Optional.empty();
            }
        }
        return spans.isEmpty() ? Optional.empty() : Optional.of(spans);
    }

    private static boolean part(String part, List<Span> spans) {
        if (part.matches(".*\\b24/7\\b.*")) {
            spans.add(new Span(String.join(",", DAYS), "00:00", "24:00"));
            return true;
        }
        Matcher times = TIMES.matcher(part);
        String days = null;
        int from = 0;
        while (times.find()) {
            String between = part.substring(from, times.start());
            if (from == 0 || !AND.matcher(between).matches()) {
                days = EVERY_DAY.matcher(between).find() ? String.join(",", DAYS) : days(between);
            }
            String opens = time(times.group(1), times.group(2), times.group(3));
            String closes = time(times.group(4), times.group(5), times.group(6));
            if (days == null || opens == null || closes == null) {
                return false;
            }
            spans.add(new Span(days, opens, closes));
            from = times.end();
        }
        return from > 0 && AND.matcher(part.substring(from)).matches();
    }

    /** The days of a text, or null where there is a word that is none. */
    private static @Nullable String days(String text) {
        TreeSet<Integer> found = new TreeSet<>();
        int from = -1;
        boolean range = false;
        Matcher words = Pattern.compile("[a-z]+|[-,/]").matcher(text);
        while (words.find()) {
            String word = words.group();
            if (word.equals("-") || (from >= 0 && word.matches("a|al|to|through"))) {
                range = true;
            } else if (word.matches("[,/]|y|e|and|from|de|dal|da|los|il|las|the")) {
                range = false;
            } else {
                Integer day = DAY.matcher(word).matches() ? NAMES.get(word.substring(0, 2)) : null;
                if (day == null) {
                    return null;
                }
                for (int each = range ? from : day; ; each = (each + 1) % DAYS.size()) {
                    found.add(each);
                    if (each == day) {
                        break;
                    }
                }
                from = day;
                range = false;
            }
        }
        return found.isEmpty()
                ? null
                : String.join(",", found.stream().map(DAYS::get).toList());
    }

    private static @Nullable String time(String hour, @Nullable String minute, @Nullable String half) {
        int hours = Integer.parseInt(hour);
        if (half != null) {
            hours = hours % 12 + (half.equals("pm") ? 12 : 0);
        }
        int at = hours * 60 + (minute == null ? 0 : Integer.parseInt(minute));
        return at > MIDNIGHT ? null : String.format(Locale.ROOT, "%02d:%02d", at / 60, at % 60);
    }
}
