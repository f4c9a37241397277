package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.Projects;
import org.ancora.testing.AncoraTest;
import org.ancora.time.ExtraDay;
import org.ancora.time.SkippedDay;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Windows of business days on calendars counted by hand (A-R2). */
@AncoraTest
class WindowsTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    Projects projects;

    @Test
    void opensOnTheThirdDayAndIsDueOnTheFifth() {
        Walk dana = walks.inOntario().beginWithEverything().toWaitForSecondRound();

        // Attempt Mon 23 Nov: Tue 24, Wed 25, Thu 26 opens, Fri 27, (weekend), Mon 30 due.
        assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
        assertThat(skipped(dana)).containsExactly(entry("2026-11-28", "weekend"), entry("2026-11-29", "weekend"));
    }

    @Test
    void passesOverChristmasAlone() {
        // This project works on Monday 28 December, when others have Boxing Day's substitute off.
        Team york = walks.inOntario();
        projects.addExtraDay(
                york.project().id(),
                new ExtraDay(LocalDate.parse("2026-12-28"), false, Map.of("en", "We are open for those alone")));
        Walk dana = walks.in(projects.get(york.project().id()))
                .beginWithEverything()
                .toFirstRound();

        dana.moveTo("2026-12-23T10:00").finish("record-round", Said.NOBODY_ANSWERED);

        // Attempt Wed 23 Dec: Thu 24, (Fri 25 Christmas, weekend), Mon 28, Tue 29 opens, Wed 30, Thu 31 due.
        assertThat(dana.planned()).isEqualTo("2026-12-29T09:00/2026-12-31T17:00");
        assertThat(skipped(dana))
                .containsExactly(
                        entry("2026-12-25", "holiday"), entry("2026-12-26", "weekend"), entry("2026-12-27", "weekend"));
        assertThat(reason(dana, "2026-12-25")).contains("Christmas");
    }

    @Test
    void passesOverBoxingDayAndNewYear() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound();

        dana.moveTo("2026-12-23T10:00").finish("record-round", Said.NOBODY_ANSWERED);

        // Attempt Wed 23 Dec: Thu 24, (Fri 25, weekend, Mon 28 for Boxing Day), Tue 29, Wed 30 opens, Thu 31,
        // (Fri 1 Jan, weekend), Mon 4 due.
        assertThat(dana.planned()).isEqualTo("2026-12-30T09:00/2027-01-04T17:00");
        assertThat(skipped(dana).keySet())
                .containsExactly(
                        "2026-12-25",
                        "2026-12-26",
                        "2026-12-27",
                        "2026-12-28",
                        "2027-01-01",
                        "2027-01-02",
                        "2027-01-03");
        assertThat(reason(dana, "2026-12-28")).contains("Boxing Day");
        dana.moveTo("2026-12-30T08:59");
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo("2026-12-30T09:00");
        assertThat(dana.window("record-round")).isEqualTo("2026-12-30T09:00/2027-01-04T17:00");
    }

    @Test
    void keepsOfficeHoursWhenTorontoPutsItsClocksForward() {
        Walk dana = beginOn(walks.inOntario(), "2027-03-10T10:00").toWaitForSecondRound();

        // Attempt Wed 10 Mar 2027: Thu 11, Fri 12, (weekend; clocks go forward on Sun 14), Mon 15 opens, Tue 16, Wed 17
        // due.
        assertThat(dana.planned()).isEqualTo("2027-03-15T09:00/2027-03-17T17:00");
        assertThat(dana.lastDeadline().from()).isEqualTo(Instant.parse("2027-03-10T15:00:00Z"));
        assertThat(dana.lastDeadline().opens()).isEqualTo(Instant.parse("2027-03-15T13:00:00Z"));
        dana.moveTo(Instant.parse("2027-03-15T12:59:59Z"));
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo(Instant.parse("2027-03-15T13:00:00Z"));
        assertThat(dana.open()).containsExactly("record-round");
    }

    @Test
    void keepsOfficeHoursWhenRomePutsItsClocksForward() {
        Walk dana = beginOn(walks.inItaly(), "2027-03-24T10:00").toWaitForSecondRound();

        // Attempt Wed 24 Mar 2027: Thu 25, Fri 26, (weekend; clocks go forward on Easter Sunday 28; Mon 29 Easter
        // Monday),
        // Tue 30 opens, Wed 31, Thu 1 Apr due.
        assertThat(dana.planned()).isEqualTo("2027-03-30T09:00/2027-04-01T17:00");
        assertThat(dana.lastDeadline().from()).isEqualTo(Instant.parse("2027-03-24T09:00:00Z"));
        assertThat(dana.lastDeadline().opens()).isEqualTo(Instant.parse("2027-03-30T07:00:00Z"));
        assertThat(reason(dana, "2027-03-29")).contains("Easter Monday");
        dana.moveTo(Instant.parse("2027-03-30T06:59:59Z"));
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo(Instant.parse("2027-03-30T07:00:00Z"));
        assertThat(dana.open()).containsExactly("record-round");
    }

    @Test
    void countsFromTheAttemptAndNotFromItsRecord() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound().moveTo("2026-11-24T10:00");

        dana.finish("record-round", Said.with(Said.NOBODY_ANSWERED, Map.of("when", "2026-11-23T16:00")));

        // Made Mon 23, written down Tue 24: still Thu 26 to Mon 30.
        assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
    }

    @Test
    void countsAnEveningCallFromTheNextBusinessDay() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound().moveTo("2026-11-27T18:15");

        dana.finish("record-round", Said.NOBODY_ANSWERED);

        // Fri 27 after closing time: day 0 is Mon 30; Tue 1, Wed 2, Thu 3 opens, Fri 4, (weekend), Mon 7 due.
        assertThat(dana.planned()).isEqualTo("2026-12-03T09:00/2026-12-07T17:00");
        assertThat(dana.lastDeadline().dayZero()).isEqualTo(LocalDate.parse("2026-11-30"));
    }

    @Test
    void opensAtOnceWhenTheAttemptWasWrittenDownAfterItsWindowHadOpened() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound().moveTo("2026-11-27T10:00");

        dana.finish("record-round", Said.with(Said.NOBODY_ANSWERED, Map.of("when", "2026-11-23T16:00")));

        assertThat(dana.window("record-round")).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
    }

    private Walk beginOn(Team team, String hour) {
        Instant day = java.time.LocalDateTime.parse(hour)
                .atZone(team.project().calendar().zone())
                .toInstant();
        walks.clockwork.moveTo(day);
        return team.beginWithEverything();
    }

    private static Map<String, String> skipped(Walk walk) {
        return walk.lastDeadline().skipped().stream()
                .collect(Collectors.toMap(
                        day -> day.day().toString(), SkippedDay::kind, (a, b) -> a, java.util.LinkedHashMap::new));
    }

    private static String reason(Walk walk, String day) {
        return walk.lastDeadline().skipped().stream()
                .filter(skipped -> skipped.day().toString().equals(day))
                .findFirst()
                .orElseThrow()
                .reason()
                .get(Locale.ENGLISH.getLanguage());
    }
}
