package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.ancora.attention.DayUnit;
import org.ancora.attention.PromisedDates;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.ancora.time.Deadline;
import org.junit.jupiter.api.Test;

/** What is left of a promise when its clock stops, counted by hand from when it goes on. */
class ComplaintClockTest {

    private static final ZoneId LIMA = ZoneId.of("America/Lima");

    private final BusinessCalendar peru = new BusinessCalendars()
            .of(CalendarSpec.mondayToFriday("PE", LIMA, LocalTime.of(9, 0), LocalTime.of(17, 0)));

    private final Instant registered = at("2026-11-23T10:00");

    @Test
    void tenDaysOfStandingStillAreSixBusinessDaysMore() {
        Deadline promise = PromisedDates.counted(peru, DayUnit.BUSINESS, registered, 30);

        // 1 to 11 December: 2, 3, 4, 7, 10 and 11 did not count; 8 and 9 are off anyway.
        Deadline after = ComplaintClock.resumed(peru, promise, LocalDate.parse("2026-12-01"), at("2026-12-11T10:00"));

        assertThat(promise.dueDay()).isEqualTo("2027-01-08");
        assertThat(after.dueDay()).isEqualTo("2027-01-18");
    }

    @Test
    void calendarDaysGoOnAsCalendarDays() {
        Deadline promise = PromisedDates.counted(peru, DayUnit.CALENDAR, registered, 45);

        assertThat(ComplaintClock.resumed(peru, promise, LocalDate.parse("2026-12-01"), at("2026-12-08T10:00"))
                        .dueDay())
                .isEqualTo("2027-01-14");
        // Ten days later is Sunday 17 January, so Monday.
        assertThat(ComplaintClock.resumed(peru, promise, LocalDate.parse("2026-12-01"), at("2026-12-11T10:00"))
                        .dueDay())
                .isEqualTo("2027-01-18");
    }

    @Test
    void standingStillForLessThanADayMovesNothing() {
        Deadline promise = PromisedDates.counted(peru, DayUnit.BUSINESS, registered, 30);

        assertThat(ComplaintClock.resumed(peru, promise, LocalDate.parse("2026-12-01"), at("2026-12-01T16:00"))
                        .dueDay())
                .isEqualTo("2027-01-08");
    }

    @Test
    void onTheLastDayOneDayIsLeft() {
        Deadline promise = PromisedDates.counted(peru, DayUnit.BUSINESS, registered, 30);

        assertThat(ComplaintClock.resumed(peru, promise, LocalDate.parse("2027-01-08"), at("2027-01-15T10:00"))
                        .dueDay())
                .isEqualTo("2027-01-18");
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(LIMA).toInstant();
    }
}
