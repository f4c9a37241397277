package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.process.task.Outlook.OutlookEntry;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows in the search for an existing client if nobody answers, with days counted by hand. */
class ExistingPathTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final BusinessCalendar ONTARIO = new BusinessCalendars()
            .of(CalendarSpec.mondayToFriday("CA-ON", TORONTO, LocalTime.of(9, 0), LocalTime.of(17, 0)));

    @Test
    void tellsBothRoundsTheFamilyTheFurtherRoundsAndTheLastDay() {
        List<OutlookEntry> path = ExistingPath.from(
                start(Stage.ROUND, 1, "2026-11-23T09:10", "2026-11-24T17:00", "Ruth W., aunt", null),
                ONTARIO,
                at("2026-11-23T10:00"));

        assertThat(lines(path))
                .containsExactly(
                        "PRESENT 11-23 at.round",
                        "CONDITION if-no-answer",
                        "NEXT 11-24..11-25 round",
                        "NEXT 11-25..11-26 family",
                        // From Thu 26: Fri 27, Mon 30, Tue 1.
                        "NEXT 12-01..02-23 rounds-by-interval",
                        "NEXT 02-23 last-day-if-today",
                        "NEXT 02-23..02-25 letter",
                        "NEXT 02-25..03-01 posting",
                        "NEXT 03-01 closed");
    }

    @Test
    void tellsTheLastDayAsItWasCounted() {
        List<OutlookEntry> path = ExistingPath.from(
                start(Stage.LAST_DAYS, 6, "2027-02-19T09:00", "2027-02-23T17:00", null, "2027-02-23T17:00"),
                ONTARIO,
                at("2027-02-19T10:00"));

        assertThat(lines(path))
                .containsExactly(
                        "PRESENT 02-19 at.last-days",
                        "CONDITION if-no-answer",
                        "NEXT 02-23 last-day",
                        "NEXT 02-23..02-25 letter",
                        "NEXT 02-25..03-01 posting",
                        "NEXT 03-01 closed");
    }

    @Test
    void leavesOutRoundsThatCouldNotOpenAnyMore() {
        List<OutlookEntry> path = ExistingPath.from(
                start(Stage.ROUND, 5, "2027-02-19T09:00", "2027-02-23T17:00", null, "2027-02-23T17:00"),
                ONTARIO,
                at("2027-02-19T10:00"));

        assertThat(lines(path)).startsWith("PRESENT 02-19 at.round", "CONDITION if-no-answer", "NEXT 02-23 last-day");
    }

    private static EntryPath.Start start(
            Stage stage, int round, String opens, String due, @Nullable String family, @Nullable String lastDay) {
        Map<String, Object> limits = new HashMap<>();
        limits.put("rounds", 2);
        limits.put("firstContactDays", 1);
        limits.put("windowEarliest", 0);
        limits.put("windowLatest", 1);
        limits.put("intervalEarliest", 3);
        limits.put("intervalLatest", 5);
        limits.put("capMonths", 3);
        limits.put("decisionDays", 2);
        limits.put("noticeDays", 0);
        limits.put("closeAutomatically", true);
        if (lastDay != null) {
            limits.put("capDue", Date.from(at(lastDay)));
        }
        return new EntryPath.Start(stage, round, at(opens), at(due), family, null, true, List.of(), limits);
    }

    private static List<String> lines(List<OutlookEntry> path) {
        return path.stream()
                .map(entry -> entry.state()
                        + (entry.from() == null ? "" : " " + day(entry.from()))
                        + (entry.to() == null ? "" : ".." + day(entry.to()))
                        + " "
                        + entry.key().replace("engagement.outlook.", ""))
                .toList();
    }

    private static String day(@Nullable Instant instant) {
        return LocalDate.ofInstant(Objects.requireNonNull(instant), TORONTO)
                .toString()
                .substring(5);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(TORONTO).toInstant();
    }
}
