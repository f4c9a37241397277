package org.ancora.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.ancora.time.SkippedDay;
import org.junit.jupiter.api.Test;

/** Every date here was counted by hand, weekday by weekday (J-R1, J-R2). */
class PromisedDatesTest {

    private static final ZoneId LIMA = ZoneId.of("America/Lima");

    private final BusinessCalendar peru = calendar("PE");

    @Test
    void thirtyBusinessDaysFromMonday23November2026EndOnFriday8January2027() {
        Promise promise = promise(peru, "2026-11-23T10:00", 30, "business", 30);

        assertThat(promise.due()).isEqualTo("2027-01-08");
        assertThat(promise.counting()).isEqualTo("2026-11-24");
        assertThat(promise.overCap()).isFalse();
        assertThat(promise.deadline().skipped())
                .filteredOn(day -> !day.kind().equals(SkippedDay.WEEKEND))
                .extracting(SkippedDay::day)
                .containsExactly(day("2026-12-08"), day("2026-12-09"), day("2026-12-25"), day("2027-01-01"));
        assertThat(promise.deadline().due()).isEqualTo(instant("2027-01-08T17:00"));
    }

    @Test
    void calendarDaysEndOn23DecemberAnd7January() {
        assertThat(promise(peru, "2026-11-23T10:00", 30, "calendar", 0).due()).isEqualTo("2026-12-23");
        assertThat(promise(peru, "2026-11-23T10:00", 45, "calendar", 30).due()).isEqualTo("2027-01-07");
    }

    @Test
    void countsAcrossFiestasPatrias() {
        // Off: 23, 28 and 29 July, 6 August.
        assertThat(promise(peru, "2026-07-13T10:00", 30, "business", 30).due()).isEqualTo("2026-08-28");
        assertThat(promise(peru, "2026-07-13T10:00", 45, "calendar", 30).due()).isEqualTo("2026-08-27");
    }

    @Test
    void aRegionalHolidayIsOneDayMore() {
        // 24 June, Inti Raymi, is off in Cusco only; 29 June and 23, 28 and 29 July everywhere.
        assertThat(promise(peru, "2026-06-15T10:00", 30, "business", 0).due()).isEqualTo("2026-07-31");
        assertThat(promise(calendar("PE-CUS"), "2026-06-15T10:00", 30, "business", 0)
                        .due())
                .isEqualTo("2026-08-03");
    }

    @Test
    void theLegalCapCountsWhereTheTableWouldPassIt() {
        // Of the 45 calendar days only 8 October is a holiday, so 30 business days are over two days before.
        Promise complaint = promise(peru, "2026-09-07T10:00", 45, "calendar", 30);
        Promise request = promise(peru, "2026-09-07T10:00", 45, "calendar", 0);

        assertThat(complaint.due()).isEqualTo("2026-10-20");
        assertThat(complaint.overCap()).isTrue();
        assertThat(request.due()).isEqualTo("2026-10-22");
        assertThat(request.overCap()).isFalse();
    }

    @Test
    void theDayAfterRegistrationIsTheFirstWhateverTheHourOrTheDay() {
        // After closing on Monday, the first day is Tuesday all the same; on a Saturday it is Monday.
        assertThat(promise(peru, "2026-11-23T22:00", 30, "business", 30).due()).isEqualTo("2027-01-08");
        assertThat(promise(peru, "2026-11-21T11:00", 30, "business", 30).due()).isEqualTo("2027-01-07");
        assertThat(promise(peru, "2026-11-20T11:00", 30, "business", 30).due()).isEqualTo("2027-01-07");
    }

    private static Promise promise(BusinessCalendar calendar, String registered, int days, String unit, int cap) {
        return PromisedDates.promise(
                Map.of(
                        "answerDays",
                        days,
                        "answerUnit",
                        unit,
                        "capDays",
                        cap,
                        "warnDays",
                        5,
                        "lateDays",
                        10,
                        "stepDays",
                        2),
                instant(registered),
                calendar);
    }

    private static BusinessCalendar calendar(String jurisdiction) {
        return new BusinessCalendars()
                .of(CalendarSpec.mondayToFriday(jurisdiction, LIMA, LocalTime.of(9, 0), LocalTime.of(17, 0)));
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(LIMA).toInstant();
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }
}
