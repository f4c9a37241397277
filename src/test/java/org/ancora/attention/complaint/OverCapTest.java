package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ancora.time.CalendarSpec;
import org.ancora.time.ExtraDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The most business days that some calendar days can be (J-R1). */
class OverCapTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    /** Weekends and the Saturdays and Sundays that are worked all the same. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SATURDAY,SUNDAY |
            SUNDAY          |
            FRIDAY,SATURDAY | 2026-12-04,2026-12-05
            SATURDAY,SUNDAY | 2026-12-05
            SATURDAY,SUNDAY | 2026-12-05,2026-12-06,2026-12-19,2027-01-31
            SATURDAY,SUNDAY | 2026-11-28,2026-12-05,2026-12-12,2027-02-06
            """)
    void isWhatCountingDayByDayFromEveryDayFinds(String weekend, String worked) {
        CalendarSpec office = office(weekend, worked == null ? "" : worked);
        for (int days = 1; days <= 60; days++) {
            assertThat(OverCap.businessDaysAtMost(days, office, TODAY))
                    .as("%d days", days)
                    .isEqualTo(counted(days, office));
        }
    }

    /** As many days as a cell can hold, for an office that works on some hundred Saturdays. */
    @Test
    void countsNoDayTwiceHoweverLongTheTimeIs() {
        List<String> saturdays = IntStream.range(0, 200)
                .mapToObj(week -> LocalDate.parse("2026-11-28").plusWeeks(week).toString())
                .toList();

        // 9,999 days are 1,428 weeks and 3 days: 7,140 business days, 3 more, and every Saturday.
        assertThat(OverCap.businessDaysAtMost(9_999, office("SATURDAY,SUNDAY", String.join(",", saturdays)), TODAY))
                .isEqualTo(7_143 + 200);
    }

    private static int counted(int days, CalendarSpec office) {
        Set<LocalDate> worked =
                Set.copyOf(office.extraDays().stream().map(ExtraDay::day).toList());
        return TODAY.minusDays(90)
                .datesUntil(TODAY.plusDays(180))
                .mapToInt(start -> {
                    LocalDate last = start.plusDays(days);
                    while (office.weekend().contains(last.getDayOfWeek()) && !worked.contains(last)) {
                        last = last.plusDays(1);
                    }
                    return (int) start.plusDays(1)
                            .datesUntil(last.plusDays(1))
                            .filter(day -> !office.weekend().contains(day.getDayOfWeek()) || worked.contains(day))
                            .count();
                })
                .max()
                .orElseThrow();
    }

    private static CalendarSpec office(String weekend, String worked) {
        Set<DayOfWeek> off = EnumSet.noneOf(DayOfWeek.class);
        Arrays.stream(weekend.split(",")).map(DayOfWeek::valueOf).forEach(off::add);
        return new CalendarSpec(
                "PE-AYA",
                ZoneId.of("America/Lima"),
                LocalTime.of(8, 0),
                LocalTime.of(17, 0),
                off,
                Arrays.stream(worked.split(","))
                        .filter(day -> !day.isEmpty())
                        .map(day -> new ExtraDay(LocalDate.parse(day), false, Map.of("es", "Jornada")))
                        .toList(),
                1);
    }
}
