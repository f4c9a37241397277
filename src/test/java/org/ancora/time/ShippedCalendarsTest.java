package org.ancora.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped calendars say what their hand-checked lists say, and say it in three languages. */
class ShippedCalendarsTest {

    private static final EnumSet<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    static Stream<CalendarFile> files() {
        return Jurisdiction.files().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void holdsExactlyTheHolidaysThatWereCheckedByHand(CalendarFile file) {
        assertThat(computed(file.code())).isEqualTo(new TreeMap<>(file.checked()));
        assertThat(file.checked().keySet())
                .anyMatch(day -> day.getYear() == 2026)
                .anyMatch(day -> day.getYear() == 2027);
    }

    @ParameterizedTest
    @MethodSource("files")
    void holdsExactlyTheRegionalDaysThatWereCheckedByHand(CalendarFile file) {
        for (var region : file.regions()) {
            var expected = new TreeMap<>(file.checked());
            region.checked().forEach(expected::putIfAbsent);

            assertThat(computed(region.code())).as(region.code()).isEqualTo(expected);
        }
    }

    @Test
    void shipsTheThreeJurisdictions() {
        assertThat(new BusinessCalendars().jurisdictions())
                .contains("CA-ON", "PE", "PE-AYA", "PE-ARE", "PE-CUS", "IT", "IT-TO", "IT-RM");
    }

    @Test
    void namesEveryHolidayOfManyYearsInThreeLanguages() {
        Jurisdiction.shipped().forEach((code, jurisdiction) -> IntStream.rangeClosed(2020, 2040)
                .boxed()
                .flatMap(year -> jurisdiction.daysOff(year, ShippedCalendarsTest::isWeekend).values().stream())
                .forEach(day -> assertThat(day.reason())
                        .as(code + " " + day.day())
                        .containsOnlyKeys("en", "es", "it")
                        .doesNotContainValue("")));
        files().forEach(file -> assertThat(file.name()).containsOnlyKeys("en", "es", "it"));
    }

    @Test
    void observesEveryOntarioHolidayThatFallsOnAWeekend() {
        assertThat(computed("CA-ON", 2028)).containsEntry(LocalDate.of(2028, 1, 3), "Mon New Year's Day observed");
        // On a Sunday the library moves Canada Day by itself; it must not be lost or moved twice.
        assertThat(computed("CA-ON", 2029))
                .containsEntry(LocalDate.of(2029, 7, 1), "Sun Canada Day")
                .containsEntry(LocalDate.of(2029, 7, 2), "Mon Canada Day observed")
                .doesNotContainKey(LocalDate.of(2029, 7, 3));
    }

    @Test
    void leavesOutOntariosBankHolidays() {
        assertThat(computed("CA-ON"))
                .doesNotContainKeys(
                        LocalDate.of(2026, 4, 6),
                        LocalDate.of(2026, 8, 3),
                        LocalDate.of(2026, 9, 30),
                        LocalDate.of(2026, 11, 11));
    }

    @Test
    void keepsHolidaysOutOfTheYearsBeforeTheirLaw() {
        assertThat(computed("PE", 2021)).doesNotContainKeys(LocalDate.of(2021, 8, 6), LocalDate.of(2021, 12, 9));
        assertThat(computed("IT", 2025)).doesNotContainKey(LocalDate.of(2025, 10, 4));
        assertThat(computed("IT", 2027)).containsKey(LocalDate.of(2027, 10, 4));
    }

    private static Map<LocalDate, String> computed(String code) {
        var days = new TreeMap<>(computed(code, 2026));
        days.putAll(computed(code, 2027));
        return days;
    }

    private static Map<LocalDate, String> computed(String code, int year) {
        var jurisdiction = Jurisdiction.shipped().get(code);
        assertThat(jurisdiction).isNotNull();
        var days = new TreeMap<LocalDate, String>();
        jurisdiction.daysOff(year, ShippedCalendarsTest::isWeekend).forEach((date, day) -> days.put(date, said(day)));
        return days;
    }

    private static String said(SkippedDay day) {
        var weekday = day.day().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        return weekday + " " + day.reason().get("en") + (day.kind().equals(SkippedDay.OBSERVED) ? " observed" : "");
    }

    private static boolean isWeekend(LocalDate day) {
        return WEEKEND.contains(day.getDayOfWeek());
    }
}
