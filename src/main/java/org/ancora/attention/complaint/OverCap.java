package org.ancora.attention.complaint;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ancora.attention.DayUnit;

/** Which rows of the table of deadlines can promise a day after the legal cap (J-R1). */
final class OverCap {

    /** Any Monday: only weekdays matter. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private OverCap() {}

    /**
     * What is doubtful in a row, as its cells are written: its days, their unit and the cap that it can pass. Empty for a row
     * without a cap or within it, and for one that is not finished yet.
     */
    static List<String> of(Map<String, String> row) {
        int days = number(row, "answerDays");
        int cap = number(row, "capDays");
        String unit = row.getOrDefault("answerUnit", "").replace("\"", "");
        if (days <= 0 || cap <= 0) {
            return List.of();
        }
        int most = unit.equals(DayUnit.CALENDAR.code()) ? businessDaysAtMost(days) : days;
        return most > cap ? List.of(String.valueOf(days), unit, String.valueOf(cap), String.valueOf(most)) : List.of();
    }

    /** How many business days so many calendar days are at most: in weeks without a holiday, from the worst weekday on. */
    static int businessDaysAtMost(int calendarDays) {
        return IntStream.range(0, 7)
                .map(start -> businessDays(MONDAY.plusDays(start), calendarDays))
                .max()
                .orElseThrow();
    }

    private static int businessDays(LocalDate from, int calendarDays) {
        LocalDate last = from.plusDays(calendarDays);
        int within = Math.toIntExact(from.plusDays(1)
                .datesUntil(last.plusDays(1))
                .filter(OverCap::isWorked)
                .count());
        // What ends on a weekend is due on the Monday after it.
        return isWorked(last) ? within : within + 1;
    }

    private static boolean isWorked(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0;
    }

    private static int number(Map<String, String> row, String name) {
        String cell = row.getOrDefault(name, "");
        return cell.matches("[0-9]{1,4}") ? Integer.parseInt(cell) : 0;
    }
}
