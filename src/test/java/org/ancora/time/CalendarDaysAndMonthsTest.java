package org.ancora.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits in calendar days and in months, on calendars that were read by hand (J-R1, A-R11). */
class CalendarDaysAndMonthsTest {

    private static final CalendarSpec ONTARIO = spec("CA-ON", "America/Toronto");

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 3, 2027-02-23",
        // February has 28 days, and Sunday 28 and Saturday 27 are days off.
        "2026-11-30, 3, 2027-02-26",
        // A leap year: Tuesday 29 February 2028.
        "2027-11-30, 3, 2028-02-29",
        // Wednesday 30 December; Monday 28, Boxing Day observed, is behind it.
        "2026-09-30, 3, 2026-12-30",
        // Friday 25 December is Christmas.
        "2026-09-25, 3, 2026-12-24",
        "2026-11-23, 1, 2026-12-23",
    })
    void monthsEndOnTheLastBusinessDayInThem(String from, int months, String last) {
        Deadline deadline = ontario().months(at(ONTARIO, from, "10:00"), months);

        assertThat(deadline.dueDay()).isEqualTo(last);
        assertThat(deadline.due()).isEqualTo(at(ONTARIO, last, "17:00"));
        assertThat(ontario().again(deadline)).isEqualTo(deadline);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 30, 2026-12-23",
        "2026-11-23, 45, 2027-01-07",
        // Saturday 9 January: the next business day is Monday 11.
        "2026-11-25, 45, 2027-01-11",
        // Tuesday 8 and Wednesday 9 December are holidays in Ayacucho.
        "2026-11-08, 30, 2026-12-10",
    })
    void calendarDaysEndOnTheNextBusinessDay(String from, int days, String due) {
        CalendarSpec ayacucho = spec("PE-AYA", "America/Lima");
        BusinessCalendar calendar = new BusinessCalendars().of(ayacucho);

        assertThat(calendar.days(at(ayacucho, from, "10:00"), days).due()).isEqualTo(at(ayacucho, due, "17:00"));
    }

    @Test
    void keepsToSensibleLengths() {
        assertThatThrownBy(() -> ontario().months(at(ONTARIO, "2026-11-23", "10:00"), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ontario().days(at(ONTARIO, "2026-11-23", "10:00"), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatADateWasBeforeAndWhyItMoved() {
        BusinessCalendar before = ontario();
        Deadline old = before.within(at(ONTARIO, "2026-12-03", "10:00"), 2);
        assertThat(old.dueDay()).isEqualTo("2026-12-07");
        Map<String, String> reason = Map.of("en", "Staff day", "es", "Jornada del personal", "it", "Giornata interna");
        BusinessCalendar after =
                new BusinessCalendars().of(ONTARIO.with(new ExtraDay(LocalDate.parse("2026-12-07"), true, reason)));
        Deadline counted = after.again(old);

        Deadline moved =
                counted.movedFrom(Moved.byCalendar(old, counted, at(ONTARIO, "2026-12-04", "12:00")), counted.opens());

        assertThat(moved.dueDay()).isEqualTo("2026-12-08");
        assertThat(words(moved, Locale.ENGLISH))
                .contains(
                        "it was due end of Mon 7 Dec; moved on Fri 4 Dec because the calendar changed",
                        "Mon 7 Dec became a day off: Staff day");
        assertThat(words(moved, Locale.ITALIAN)).anyMatch(line -> line.endsWith("non lavorativo: Giornata interna"));
        assertThat(words(moved, Locale.forLanguageTag("es")))
                .anyMatch(line -> line.endsWith("no laborable: Jornada del personal"));
        Deadline back = before.again(moved);
        assertThat(Moved.byCalendar(moved, back, at(ONTARIO, "2026-12-04", "12:00"))
                        .on())
                .containsExactly(LocalDate.parse("2026-12-07"));
    }

    private static List<String> words(Deadline deadline, Locale locale) {
        return new DeadlineWords(
                        TimeFixtures.messages(),
                        new Dates(TimeFixtures.messages()),
                        TimeFixtures.CALENDARS,
                        Clock.fixed(at(ONTARIO, "2026-12-04", "12:00"), ZoneOffset.UTC))
                .explain(deadline, locale)
                .skipped();
    }

    private static BusinessCalendar ontario() {
        return new BusinessCalendars().of(ONTARIO);
    }

    private static CalendarSpec spec(String jurisdiction, String zone) {
        return CalendarSpec.mondayToFriday(jurisdiction, ZoneId.of(zone), LocalTime.of(9, 0), LocalTime.of(17, 0));
    }

    private static Instant at(CalendarSpec spec, String day, String hour) {
        return LocalDate.parse(day)
                .atTime(LocalTime.parse(hour))
                .atZone(spec.zone())
                .toInstant();
    }
}
