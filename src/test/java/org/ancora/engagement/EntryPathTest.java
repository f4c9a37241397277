package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.casework.Flag;
import org.ancora.process.task.Outlook.OutlookEntry;
import org.ancora.process.task.Outlook.State;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows if nobody answers, with days counted by hand on the calendars of Ontario, Turin and Lima. */
class EntryPathTest {

    private static final BusinessCalendar ONTARIO = calendar("CA-ON", "America/Toronto");

    @Test
    void tellsEveryWindowFromTheSecondRoundToTheClosing() {
        List<OutlookEntry> path = EntryPath.from(
                secondRound("Ruth W., aunt", "Maple Street Clinic", List.of()), ONTARIO, on(2026, 11, 30, 9));

        assertThat(lines(path))
                .containsExactly(
                        "PRESENT 11-30 at.round",
                        "CONDITION if-no-answer",
                        "NEXT 12-03..12-07 family",
                        "NEXT 12-07..12-16 source",
                        "NEXT 12-16..12-18 letter",
                        "NEXT 12-18..12-22 posting",
                        "NEXT 12-22 closed");
        assertThat(path.get(2).arguments()).isEqualTo(List.of("Ruth W., aunt"));
        assertThat(path.get(3).arguments()).isEqualTo(List.of("Maple Street Clinic"));
    }

    @Test
    void keepsTheWaitBeforeAFamilyContactThatIsPassedOver() {
        List<OutlookEntry> path = EntryPath.from(secondRound(null, null, List.of()), ONTARIO, on(2026, 11, 30, 9));

        assertThat(lines(path))
                .containsExactly(
                        "PRESENT 11-30 at.round",
                        "CONDITION if-no-answer",
                        "NEXT 12-03 no-family",
                        "NEXT 12-03..12-07 letter",
                        "NEXT 12-07..12-09 posting",
                        "NEXT 12-09 closed");
    }

    @Test
    void stopsAtTheSupervisorWhereAFlagIsOpen() {
        List<OutlookEntry> path = EntryPath.from(
                secondRound("Ruth W., aunt", "Maple Street Clinic", List.of(Flag.Kind.SAFEGUARDING)),
                ONTARIO,
                on(2026, 11, 30, 9));

        assertThat(lines(path)).endsWith("NEXT 12-07..12-16 source", "NEXT 12-16..12-18 supervisor");
        assertThat(path.get(path.size() - 1).tagKey()).isEqualTo("flag.safeguarding");
    }

    @Test
    void countsALateStepFromTodayOn() {
        // Due Mon 30 Nov, and now it is Wed 2 Dec: the third business day after is Mon 7, the fifth Wed 9.
        List<OutlookEntry> path = EntryPath.from(secondRound("Ruth W.", null, List.of()), ONTARIO, on(2026, 12, 2, 9));

        assertThat(lines(path)).contains("PRESENT 12-02 at.round", "NEXT 12-07..12-09 family");
    }

    @Test
    void leavesOutWhatTheCalendarOfTheProjectLeavesOut() {
        // Wed 23 Dec: Fri 25 is Christmas, Mon 28 Boxing Day observed, Fri 1 Jan New Year's Day.
        List<OutlookEntry> path = EntryPath.from(
                start(Stage.ROUND, 1, on(2026, 12, 17, 9), on(2026, 12, 23, 17), "Ruth W.", null, List.of()),
                ONTARIO,
                on(2026, 12, 23, 9));

        assertThat(lines(path)).contains("NEXT 12-30..01-04 round", "NEXT 01-07..01-11 family");
    }

    @Test
    void skipsTheEighthOfDecemberInTurinAndLima() {
        for (BusinessCalendar calendar : List.of(calendar("IT-TO", "Europe/Rome"), calendar("PE", "America/Lima"))) {
            Instant now = LocalDate.of(2026, 12, 4)
                    .atTime(10, 0)
                    .atZone(calendar.zone())
                    .toInstant();

            List<OutlookEntry> path = EntryPath.from(
                    start(Stage.ROUND, 1, null, calendar.endOf(LocalDate.of(2026, 12, 4)), "Ana", null, List.of()),
                    calendar,
                    now);

            // Fri 4 Dec: Mon 7 is the first, Wed 9 the second; in Peru also 9 December (Ayacucho) is off.
            OutlookEntry second = path.get(2);
            assertThat(second.key()).isEqualTo("engagement.outlook.round");
            assertThat(day(second.from(), calendar.zone()))
                    .isEqualTo(
                            calendar.zone().getId().equals("Europe/Rome")
                                    ? LocalDate.of(2026, 12, 10)
                                    : LocalDate.of(2026, 12, 11));
        }
    }

    @Test
    void promisesNoDatesWhileACaseWaitsForRoom() {
        List<OutlookEntry> path = EntryPath.from(
                start(Stage.CAPACITY, 1, null, on(2026, 11, 30, 17), "Ruth W.", "Clinic", List.of()),
                ONTARIO,
                on(2026, 11, 23, 9));

        assertThat(lines(path))
                .containsExactly("PRESENT 11-23 at.capacity", "CONDITION if-room", "NEXT first-round-within");
    }

    @Test
    void tellsTheWindowThatAWaitingProcedureWasGiven() {
        List<OutlookEntry> path = EntryPath.from(
                start(Stage.ROUND, 2, on(2026, 11, 26, 9), on(2026, 11, 30, 17), "Ruth W.", null, List.of()),
                ONTARIO,
                on(2026, 11, 24, 9));

        assertThat(lines(path))
                .startsWith(
                        "PRESENT 11-24 waiting",
                        "CONDITION if-no-answer",
                        "NEXT 11-26..11-30 round",
                        "NEXT 12-03..12-07 family");
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void saysWhereEachPlaceStands(Stage stage) {
        List<OutlookEntry> path = EntryPath.from(
                start(stage, 1, on(2026, 11, 20, 9), on(2026, 11, 30, 17), "Ruth W.", "Clinic", List.of()),
                ONTARIO,
                on(2026, 11, 23, 9));

        assertThat(path.get(0).state()).isEqualTo(State.PRESENT);
        assertThat(path).filteredOn(entry -> entry.state() == State.PRESENT).hasSize(1);
    }

    private static EntryPath.Start secondRound(
            @Nullable String family, @Nullable String source, List<Flag.Kind> flags) {
        return start(Stage.ROUND, 2, on(2026, 11, 26, 9), on(2026, 11, 30, 17), family, source, flags);
    }

    private static EntryPath.Start start(
            Stage stage,
            int round,
            @Nullable Instant opens,
            @Nullable Instant due,
            @Nullable String family,
            @Nullable String source,
            List<Flag.Kind> flags) {
        return new EntryPath.Start(stage, round, opens, due, family, source, true, flags, limits());
    }

    private static Map<String, Object> limits() {
        Map<String, Object> limits = new HashMap<>();
        limits.put("rounds", 2);
        limits.put("firstContactDays", 5);
        limits.put("windowEarliest", 3);
        limits.put("windowLatest", 5);
        limits.put("sourceEarliest", 3);
        limits.put("sourceLatest", 5);
        limits.put("decisionDays", 2);
        limits.put("extraDays", 2);
        limits.put("noticeDays", 0);
        limits.put("documentationDays", 2);
        limits.put("closeAutomatically", true);
        return limits;
    }

    private static List<String> lines(List<OutlookEntry> path) {
        return path.stream().map(EntryPathTest::line).toList();
    }

    private static String line(OutlookEntry entry) {
        String when = entry.from() == null
                ? ""
                : " " + monthAndDay(entry.from()) + (entry.to() == null ? "" : ".." + monthAndDay(entry.to()));
        return entry.state() + when + " " + entry.key().replace("engagement.outlook.", "");
    }

    private static String monthAndDay(@Nullable Instant instant) {
        return day(instant, ONTARIO.zone()).toString().substring(5);
    }

    private static LocalDate day(@Nullable Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(java.util.Objects.requireNonNull(instant), zone);
    }

    private static Instant on(int year, int month, int day, int hour) {
        return LocalDate.of(year, month, day)
                .atTime(hour, 0)
                .atZone(ONTARIO.zone())
                .toInstant();
    }

    private static BusinessCalendar calendar(String jurisdiction, String zone) {
        return new BusinessCalendars()
                .of(CalendarSpec.mondayToFriday(
                        jurisdiction, ZoneId.of(zone), LocalTime.of(9, 0), LocalTime.of(17, 0)));
    }
}
