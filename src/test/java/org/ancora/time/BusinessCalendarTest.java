package org.ancora.time;

import static org.ancora.time.TimeFixtures.calendar;
import static org.ancora.time.TimeFixtures.italyOffice;
import static org.ancora.time.TimeFixtures.lima;
import static org.ancora.time.TimeFixtures.ontarioOffice;
import static org.ancora.time.TimeFixtures.ontarioOfficeOpenOn28December;
import static org.ancora.time.TimeFixtures.peruOffice;
import static org.ancora.time.TimeFixtures.rome;
import static org.ancora.time.TimeFixtures.toronto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every date here was counted by hand, weekday by weekday. Requirements A5, A10, A-R2, X1, X2, J-R1. */
class BusinessCalendarTest {

    private final BusinessCalendar ontario = calendar(ontarioOffice());

    @Test
    void opensOnTheThirdAndIsDueOnTheFifthBusinessDay() {
        var deadline = ontario.window(toronto("2026-11-23T10:00"), 3, 5);

        assertThat(deadline.dayZero()).isEqualTo("2026-11-23");
        assertThat(deadline.opens()).isEqualTo("2026-11-26T13:30:00Z");
        assertThat(deadline.due()).isEqualTo("2026-11-30T21:30:00Z");
        assertThat(days(deadline)).containsExactly("2026-11-28 weekend", "2026-11-29 weekend");
        assertThat(deadline.jurisdiction()).isEqualTo("CA-ON");
        assertThat(deadline.calendarVersion()).isEqualTo(1);
    }

    @Test
    void observesBoxingDayOnMonday28December2026() {
        var deadline = ontario.window(toronto("2026-12-23T10:00"), 3, 5);

        assertThat(deadline.opens()).isEqualTo(toronto("2026-12-30T08:30"));
        assertThat(deadline.due()).isEqualTo(toronto("2027-01-04T16:30"));
        assertThat(days(deadline))
                .containsExactly(
                        "2026-12-25 holiday Christmas Day",
                        "2026-12-26 weekend",
                        "2026-12-27 weekend",
                        "2026-12-28 observed Boxing Day",
                        "2027-01-01 holiday New Year's Day",
                        "2027-01-02 weekend",
                        "2027-01-03 weekend");
        assertThat(deadline.worked()).isEmpty();
    }

    @Test
    void countsMonday28December2026WhereTheProjectSaysThatItIsWorked() {
        var deadline = calendar(ontarioOfficeOpenOn28December()).window(toronto("2026-12-23T10:00"), 3, 5);

        assertThat(deadline.opens()).isEqualTo(toronto("2026-12-29T08:30"));
        assertThat(deadline.due()).isEqualTo(toronto("2026-12-31T16:30"));
        assertThat(days(deadline))
                .containsExactly("2026-12-25 holiday Christmas Day", "2026-12-26 weekend", "2026-12-27 weekend");
        assertThat(deadline.worked()).singleElement().satisfies(day -> {
            assertThat(day.day()).isEqualTo("2026-12-28");
            assertThat(day.reason()).containsEntry("en", "the office is open");
        });
        assertThat(deadline.calendarVersion()).isEqualTo(2);
    }

    @Test
    void theFirstCallAfter18December2026DependsOn28December() {
        var assigned = toronto("2026-12-18T09:00");

        assertThat(ontario.within(assigned, 5).dueDay()).isEqualTo("2026-12-29");
        assertThat(calendar(ontarioOfficeOpenOn28December()).within(assigned, 5).dueDay())
                .isEqualTo("2026-12-28");
    }

    @Test
    void skipsTheEighthAndNinthOfDecemberInPeru() {
        var deadline = calendar(peruOffice("PE-AYA")).window(lima("2026-12-03T11:00"), 3, 5);

        assertThat(deadline.opens()).isEqualTo("2026-12-10T13:00:00Z");
        assertThat(deadline.due()).isEqualTo("2026-12-14T22:00:00Z");
        assertThat(days(deadline))
                .containsExactly(
                        "2026-12-05 weekend",
                        "2026-12-06 weekend",
                        "2026-12-08 holiday Immaculate Conception",
                        "2026-12-09 holiday Battle of Ayacucho",
                        "2026-12-12 weekend",
                        "2026-12-13 weekend");
    }

    @Test
    void skipsTheEighthOfDecemberInItalyAndTheSeventhInMilan() {
        var attempt = rome("2026-12-03T11:00");

        var turin = calendar(italyOffice("IT-TO")).window(attempt, 3, 5);
        var milan = calendar(italyOffice("IT-MI")).window(attempt, 3, 5);

        assertThat(turin.opens()).isEqualTo("2026-12-09T07:30:00Z");
        assertThat(turin.due()).isEqualTo("2026-12-11T16:00:00Z");
        assertThat(milan.opensDay()).isEqualTo("2026-12-10");
        assertThat(milan.dueDay()).isEqualTo("2026-12-14");
    }

    @Test
    void thirtyBusinessDaysInPeruFrom23November2026EndOn8January2027() {
        var deadline = calendar(peruOffice("PE")).within(lima("2026-11-23T11:00"), 30);

        assertThat(deadline.opens()).isEqualTo(lima("2026-11-23T11:00"));
        assertThat(deadline.due()).isEqualTo(lima("2027-01-08T17:00"));
        assertThat(deadline.skipped()).hasSize(16);
    }

    @Test
    void countsFromTheNextDayAfterClosingTimeOnly() {
        assertThat(ontario.dayZero(toronto("2026-11-23T05:00"))).isEqualTo("2026-11-23");
        assertThat(ontario.dayZero(toronto("2026-11-23T16:30"))).isEqualTo("2026-11-23");
        assertThat(ontario.dayZero(toronto("2026-11-23T16:31"))).isEqualTo("2026-11-24");

        var late = ontario.window(toronto("2026-11-23T16:31"), 3, 5);
        assertThat(late.opensDay()).isEqualTo("2026-11-27");
        assertThat(late.dueDay()).isEqualTo("2026-12-01");
    }

    @Test
    void countsFromMondayWhenItHappensOnTheWeekendOrOnFridayEvening() {
        assertThat(ontario.dayZero(toronto("2026-11-21T10:00"))).isEqualTo("2026-11-23");
        assertThat(ontario.dayZero(toronto("2026-11-20T19:00"))).isEqualTo("2026-11-23");

        var deadline = ontario.window(toronto("2026-11-21T10:00"), 3, 5);
        assertThat(deadline.opensDay()).isEqualTo("2026-11-26");
        assertThat(days(deadline))
                .containsExactly(
                        "2026-11-21 weekend", "2026-11-22 weekend", "2026-11-28 weekend", "2026-11-29 weekend");
    }

    @Test
    void goesByTheLocalDateNotByUtc() {
        assertThat(calendar(italyOffice("IT")).dayZero(Instant.parse("2026-11-22T23:30:00Z")))
                .isEqualTo("2026-11-23");
        assertThat(calendar(peruOffice("PE")).dayZero(Instant.parse("2026-11-24T02:00:00Z")))
                .isEqualTo("2026-11-24");
        assertThat(calendar(peruOffice("PE")).dayZero(Instant.parse("2026-11-23T21:59:00Z")))
                .isEqualTo("2026-11-23");
    }

    @Test
    void crossesTheEndOfTheYear() {
        var inOntario = ontario.window(toronto("2026-12-29T10:00"), 3, 5);
        assertThat(inOntario.opensDay()).isEqualTo("2027-01-04");
        assertThat(inOntario.dueDay()).isEqualTo("2027-01-06");

        var inItaly = calendar(italyOffice("IT-TO")).window(rome("2026-12-30T10:00"), 3, 5);
        assertThat(inItaly.opensDay()).isEqualTo("2027-01-05");
        assertThat(inItaly.dueDay()).isEqualTo("2027-01-08");
    }

    @Test
    void keepsTheLocalHourOverBothClockChangesInToronto() {
        var spring = ontario.window(toronto("2026-03-03T10:00"), 3, 5);
        assertThat(spring.opens()).isEqualTo("2026-03-06T13:30:00Z");
        assertThat(spring.due()).isEqualTo("2026-03-10T20:30:00Z");

        var autumn = ontario.window(toronto("2026-10-28T10:00"), 3, 5);
        assertThat(autumn.opens()).isEqualTo("2026-11-02T13:30:00Z");
        assertThat(autumn.due()).isEqualTo("2026-11-04T21:30:00Z");
        assertThat(ontario.startOf(LocalDate.of(2026, 10, 30))).isEqualTo("2026-10-30T12:30:00Z");
    }

    @Test
    void keepsTheLocalHourOverBothClockChangesInRome() {
        var italy = calendar(italyOffice("IT"));

        var spring = italy.window(rome("2026-03-25T10:00"), 3, 5);
        assertThat(spring.opens()).isEqualTo("2026-03-30T06:30:00Z");
        assertThat(spring.due()).isEqualTo("2026-04-01T15:00:00Z");
        assertThat(italy.startOf(LocalDate.of(2026, 3, 27))).isEqualTo("2026-03-27T07:30:00Z");

        var autumn = italy.window(rome("2026-10-21T10:00"), 3, 5);
        assertThat(autumn.opens()).isEqualTo("2026-10-26T07:30:00Z");
        assertThat(autumn.due()).isEqualTo("2026-10-28T16:00:00Z");
    }

    @Test
    void countsTheLeapDay() {
        var deadline = ontario.window(toronto("2028-02-24T10:00"), 3, 5);

        assertThat(deadline.opensDay()).isEqualTo("2028-02-29");
        assertThat(deadline.dueDay()).isEqualTo("2028-03-02");
        assertThat(calendar(italyOffice("IT"))
                        .within(rome("2028-02-29T10:00"), 1)
                        .dueDay())
                .isEqualTo("2028-03-01");
    }

    @Test
    void knowsTheHolidaysOfARegion() {
        var attempt = rome("2026-06-22T10:00");
        assertThat(days(calendar(italyOffice("IT-TO")).window(attempt, 3, 5)))
                .contains("2026-06-24 holiday Saint John's Day, patron feast");
        assertThat(calendar(italyOffice("IT-TO")).window(attempt, 3, 5).opensDay())
                .isEqualTo("2026-06-26");
        assertThat(calendar(italyOffice("IT")).window(attempt, 3, 5).opensDay()).isEqualTo("2026-06-25");

        assertThat(calendar(peruOffice("PE-CUS"))
                        .within(lima("2026-06-23T10:00"), 1)
                        .dueDay())
                .isEqualTo("2026-06-25");
        assertThat(calendar(peruOffice("PE"))
                        .within(lima("2026-06-23T10:00"), 1)
                        .dueDay())
                .isEqualTo("2026-06-24");
        assertThat(calendar(peruOffice("PE-AYA"))
                        .within(lima("2026-02-13T10:00"), 1)
                        .dueDay())
                .isEqualTo("2026-02-18");
    }

    @Test
    void countsASaturdayThatTheProjectWorks() {
        var saturday = new ExtraDay(LocalDate.of(2026, 11, 28), false, Map.of("en", "open day"));

        var deadline = calendar(ontarioOffice().with(saturday)).window(toronto("2026-11-23T10:00"), 3, 5);

        assertThat(deadline.due()).isEqualTo(toronto("2026-11-28T16:30"));
        assertThat(deadline.skipped()).isEmpty();
        assertThat(deadline.worked()).containsExactly(saturday);
    }

    @Test
    void skipsADayOffOfTheProjectAndCountsAnOpenDeadlineAgain() {
        var open = ontario.window(toronto("2026-11-23T10:00"), 3, 5);
        var retreat = new ExtraDay(LocalDate.of(2026, 11, 27), true, Map.of("en", "staff retreat"));

        var again = calendar(ontarioOffice().with(retreat)).again(open);

        assertThat(again.opensDay()).isEqualTo("2026-11-26");
        assertThat(again.dueDay()).isEqualTo("2026-12-01");
        assertThat(days(again)).contains("2026-11-27 extra staff retreat");
        assertThat(again.calendarVersion()).isEqualTo(2);
    }

    @Test
    void anOfficeThatWorksOnSaturdaysLosesBoxingDayItselfAndNoSubstitute() {
        var spec = new CalendarSpec(
                "CA-ON",
                TimeFixtures.TORONTO,
                LocalTime.of(8, 30),
                LocalTime.of(16, 30),
                Set.of(DayOfWeek.SUNDAY),
                List.of(),
                1);

        assertThat(days(calendar(spec).within(toronto("2026-12-24T10:00"), 2)))
                .containsExactly(
                        "2026-12-25 holiday Christmas Day", "2026-12-26 holiday Boxing Day", "2026-12-27 weekend");
    }

    @Test
    void keepsAPromisedHourOnAnyDay() {
        var saturday = toronto("2026-11-28T19:15");

        var deadline = ontario.at(saturday);

        assertThat(deadline.opens()).isEqualTo(saturday);
        assertThat(deadline.due()).isEqualTo(saturday);
        assertThat(ontario.again(deadline)).isEqualTo(deadline);
    }

    @Test
    void knowsWhereAWindowStands() {
        var opens = toronto("2026-11-26T08:30");
        var due = toronto("2026-11-30T16:30");

        assertThat(ontario.standing(opens, due, toronto("2026-11-24T10:00")))
                .isEqualTo(new Standing(Standing.State.WAITING, 4));
        assertThat(ontario.standing(opens, due, toronto("2026-11-26T10:00")))
                .isEqualTo(new Standing(Standing.State.OPEN, 2));
        assertThat(ontario.standing(opens, due, toronto("2026-11-30T16:30")))
                .isEqualTo(new Standing(Standing.State.TODAY, 0));
        assertThat(ontario.standing(opens, due, toronto("2026-11-30T16:31")))
                .isEqualTo(new Standing(Standing.State.LATE, 0));
        assertThat(ontario.standing(opens, due, toronto("2026-12-05T10:00")))
                .isEqualTo(new Standing(Standing.State.LATE, 4));
    }

    @Test
    void findsTheNextBusinessDay() {
        assertThat(ontario.nextBusinessDay(toronto("2026-11-27T09:10"))).isEqualTo(toronto("2026-11-30T08:30"));
        assertThat(ontario.nextBusinessDay(toronto("2026-11-28T09:10"))).isEqualTo(toronto("2026-11-30T08:30"));
        assertThat(ontario.nextBusinessDay(toronto("2026-12-24T23:59"))).isEqualTo(toronto("2026-12-29T08:30"));
    }

    @Test
    void isKeptAsJson() {
        var mapper = JsonMapper.shared();
        var deadline = calendar(ontarioOfficeOpenOn28December()).window(toronto("2026-12-23T10:00"), 3, 5);
        var spec = ontarioOfficeOpenOn28December();

        assertThat(mapper.readValue(mapper.writeValueAsString(deadline), Deadline.class))
                .isEqualTo(deadline);
        assertThat(mapper.readValue(mapper.writeValueAsString(spec), CalendarSpec.class))
                .isEqualTo(spec);
    }

    @Test
    void refusesWhatCannotBeCounted() {
        var from = toronto("2026-11-23T10:00");
        assertThatThrownBy(() -> ontario.window(from, 5, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ontario.within(from, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ontario.within(from, 1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calendar(peruOffice("PE-XXX"))).hasMessageContaining("PE-AYA");
        assertThatThrownBy(() -> new ExtraDay(LocalDate.of(2026, 12, 24), true, Map.of()))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> new CalendarSpec(
                        "PE",
                        TimeFixtures.LIMA,
                        LocalTime.NOON,
                        LocalTime.MIDNIGHT,
                        Set.of(DayOfWeek.SUNDAY),
                        List.of(),
                        1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CalendarSpec(
                        "PE",
                        TimeFixtures.LIMA,
                        LocalTime.of(8, 0),
                        LocalTime.NOON,
                        Set.of(DayOfWeek.values()),
                        List.of(),
                        1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> days(Deadline deadline) {
        return deadline.skipped().stream()
                .map(day -> (day.day() + " " + day.kind() + " " + day.reason().getOrDefault("en", "")).trim())
                .toList();
    }
}
