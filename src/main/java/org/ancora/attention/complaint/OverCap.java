package org.ancora.attention.complaint;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.attention.DayUnit;
import org.ancora.process.RowDoubt;
import org.ancora.time.CalendarSpec;

/**
 * Which rows of the table of deadlines can promise a day after the legal cap (J-R1). No holiday is taken off: what can be passed
 * in a week without one is doubtful already.
 */
final class OverCap {

    /** Any Monday: only weekdays matter. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private OverCap() {}

    /**
     * What is doubtful in a row, as its cells are written, where Monday to Friday are worked: its days, their unit and the cap
     * that it can pass. Empty for a row without a cap or within it, and for one that is not finished yet.
     */
    static List<String> of(Map<String, String> row) {
        int days = number(row, "answerDays");
        int most = isCalendar(row) ? businessDaysAtMost(days) : days;
        return doubt(row, days, most);
    }

    /** A project whose petitions are answered by the table. */
    record Office(String name, CalendarSpec calendar) {}

    /**
     * What is doubtful in a row only because an office works on other days too: the same, and the project in which most days are
     * worked, among those that the reader may know. Empty also where {@link #of} doubts it anyway.
     *
     * @param today from when on days matter that are worked besides
     */
    record InOffices(List<Office> offices, LocalDate today) implements RowDoubt.Look {

        InOffices {
            offices = List.copyOf(offices);
        }

        @Override
        public List<String> at(Map<String, String> row) {
            return worst(row, offices, today)
                    .map(worst -> Stream.concat(worst.doubt().stream(), Stream.of(worst.office()))
                            .toList())
                    .orElse(List.of());
        }
    }

    /**
     * What is doubtful in a row only because of offices of which the reader must not know the name: the same as
     * {@link InOffices}, without the project. Empty where an office that they know gives the same doubt.
     */
    record InOtherOffices(InOffices known, List<Office> others) implements RowDoubt.Look {

        InOtherOffices {
            others = List.copyOf(others);
        }

        @Override
        public List<String> at(Map<String, String> row) {
            return known.at(row).isEmpty()
                    ? worst(row, others, known.today()).map(Worst::doubt).orElse(List.of())
                    : List.of();
        }
    }

    /** @param most business days that the row's days can be there */
    private record Worst(String office, int most, List<String> doubt) {}

    /** Where most days are worked, among the offices in which the row alone is not doubtful anyway, and passes its cap there. */
    private static Optional<Worst> worst(Map<String, String> row, List<Office> offices, LocalDate today) {
        int days = number(row, "answerDays");
        if (!isCalendar(row) || days <= 0 || !of(row).isEmpty()) {
            return Optional.empty();
        }
        return offices.stream()
                .map(office -> {
                    int most = businessDaysAtMost(days, office.calendar(), today);
                    return new Worst(office.name(), most, doubt(row, days, most));
                })
                .filter(each -> !each.doubt().isEmpty())
                .max(Comparator.comparingInt(Worst::most));
    }

    private static List<String> doubt(Map<String, String> row, int days, int most) {
        int cap = number(row, "capDays");
        return days > 0 && cap > 0 && most > cap
                ? List.of(String.valueOf(days), unit(row), String.valueOf(cap), String.valueOf(most))
                : List.of();
    }

    /** How many business days so many calendar days are at most, from the worst weekday on, where Monday to Friday are worked. */
    static int businessDaysAtMost(int calendarDays) {
        return businessDaysAtMost(calendarDays, WEEKEND, Set.of());
    }

    /** The same where an office has its own weekend, and works on some of its days all the same. */
    static int businessDaysAtMost(int calendarDays, CalendarSpec office, LocalDate today) {
        Set<LocalDate> besides = new HashSet<>();
        office.extraDays().forEach(extra -> {
            if (extra.off()) {
                besides.remove(extra.day());
            } else if (extra.day().isAfter(today)
                    && office.weekend().contains(extra.day().getDayOfWeek())) {
                besides.add(extra.day());
            }
        });
        return businessDaysAtMost(calendarDays, office.weekend(), besides);
    }

    private static int businessDaysAtMost(int calendarDays, Set<DayOfWeek> weekend, Set<LocalDate> besides) {
        // Whatever begins earlier than a week before one of these days loses none of them when it begins a week later.
        return Stream.concat(Stream.of(MONDAY), besides.stream().map(day -> day.minusDays(7)))
                .flatMap(first -> first.datesUntil(first.plusDays(7)))
                .mapToInt(start -> businessDays(start, calendarDays, weekend, besides))
                .max()
                .orElseThrow();
    }

    private static int businessDays(LocalDate from, int calendarDays, Set<DayOfWeek> weekend, Set<LocalDate> besides) {
        LocalDate last = from.plusDays(calendarDays);
        int wholeWeeks = calendarDays / 7 * (7 - weekend.size());
        long rest = from.plusDays(1)
                .datesUntil(from.plusDays(1 + calendarDays % 7))
                .filter(day -> !weekend.contains(day.getDayOfWeek()))
                .count();
        long worked = wholeWeeks
                + rest
                + besides.stream()
                        .filter(day -> day.isAfter(from) && !day.isAfter(last))
                        .count();
        // What ends on a weekend is due on the first day after it that is worked.
        boolean lastIsWorked = !weekend.contains(last.getDayOfWeek()) || besides.contains(last);
        return Math.toIntExact(lastIsWorked ? worked : worked + 1);
    }

    private static boolean isCalendar(Map<String, String> row) {
        return unit(row).equals(DayUnit.CALENDAR.code());
    }

    private static String unit(Map<String, String> row) {
        return row.getOrDefault("answerUnit", "").replace("\"", "");
    }

    private static int number(Map<String, String> row, String name) {
        String cell = row.getOrDefault(name, "");
        return cell.matches("[0-9]{1,4}") ? Integer.parseInt(cell) : 0;
    }
}
