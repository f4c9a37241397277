package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.Channel;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Flag;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.CaseStatus;
import org.ancora.process.NewVersions;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.time.Explanation;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** The search for an existing client, with every date counted by hand (A23–A35, A-R11). */
@AncoraTest
class ExistingClientTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final List<ClosingReason> BY_HAND = List.of(
            ClosingReason.WITHDRAWN, ClosingReason.TRANSFERRED, ClosingReason.DECEASED, ClosingReason.CLOSED_BY_HAND);

    @Autowired
    EngagementWalk walks;

    @Autowired
    Users users;

    @Autowired
    PatientPolicy patience;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    LastDays lastDays;

    @Autowired
    NewVersions versions;

    private String published = "";

    @AfterEach
    void withdraw() {
        versions.withdraw();
        if (!published.isEmpty()) {
            patience.withdraw(published);
        }
    }

    @Test
    void triesForThreeMonthsAndClosesAfterTheLetter() {
        Walk dana = walks.inOntario().lose();

        // Monday 23 November, 9:10: the first round at once, until the end of the next business day.
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-11-24T17:00");
        dana.moveTo("2026-11-23T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Three months from Mon 23 Nov: Tue 23 Feb.
        assertThat(dana.lastDay()).isEqualTo("2027-02-23T17:00");
        // The second at once, too.
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T10:00/2026-11-24T17:00");
        dana.moveTo("2026-11-24T15:00").finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.window("record-family-contact")).isEqualTo("2026-11-24T15:00/2026-11-25T17:00");
        dana.moveTo("2026-11-25T11:00").finish("record-family-contact", Said.family("passed-on"));

        // From the attempt of Tue 24: Wed 25, Thu 26, Fri 27 opens, Mon 30, Tue 1 due.
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        dana.moveTo("2026-11-27T09:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Fri 27: Mon 30, Tue 1, Wed 2 opens, Thu 3, Fri 4 due.
        assertThat(dana.planned()).isEqualTo("2026-12-02T09:00/2026-12-04T17:00");
        // Left alone until Tue 16 Feb, the day after Family Day: Wed 17, Thu 18, Fri 19 opens, Mon 22, Tue 23 due.
        dana.moveTo("2027-02-16T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.planned()).isEqualTo("2027-02-19T09:00/2027-02-23T17:00");
        // Fri 19: Mon 22, Tue 23, Wed 24 would open after the last day.
        dana.moveTo("2027-02-19T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.open()).containsExactly("rounds-over");

        dana.moveTo(dana.instant("2027-02-23T17:00").minus(SECOND));
        assertThat(dana.open()).containsExactly("rounds-over");
        dana.moveTo("2027-02-23T17:00");

        // Tue 23 Feb, as the office closes: Wed 24, Thu 25.
        assertThat(dana.window("review-letter")).isEqualTo("2027-02-23T17:00/2027-02-25T17:00");
        dana.finish("review-letter", Said.LETTER_BY_POST).finish("print-and-post", Said.posted("2027-02-23"));
        assertThat(dana.running()).isEmpty();
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        assertThat(dana.file().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.NO_CONTACT);
        assertThat(dana.episode().track()).isEqualTo(Track.EXISTING);
        assertThat(dana.episode().outcome()).isEqualTo("no-contact");
        // No notice to whoever referred the client, and five rounds.
        assertThat(dana.messages()).containsExactly("no-contact post client posted");
        assertThat(dana.attempts("client")).hasSize(10);
        assertThat(dana.attempts("family")).hasSize(1);
    }

    @Test
    void endsOnTheLastBusinessDayInTheThreeMonthsAndSaysWhy() {
        Walk dana = walks.inOntario().lose();

        dana.moveTo("2026-11-30T10:00").finish("record-round", Said.NOBODY_ANSWERED);

        // Mon 30 Nov and three months: February has 28 days, and Sunday 28 is no business day, nor is Saturday 27.
        assertThat(dana.lastDay()).isEqualTo("2027-02-26T17:00");
        Explanation why = lastDays.find(dana.code(), dana.file().project(), variables(dana), Locale.ENGLISH)
                .orElseThrow()
                .explanation();
        assertThat(why.start()).isEqualTo("counted from Mon 30 Nov");
        assertThat(why.due()).isEqualTo("due end of Fri 26 Feb 2027 (3 months at most)");
        assertThat(why.skipped())
                .contains(
                        "the month is shorter, so its last day counts: Sun 28 Feb 2027",
                        "Sun 28 Feb 2027 is not a business day, so the last one before it counts");
        assertThat(why.calendar()).startsWith("Ontario calendar 2026–2027");
    }

    @Test
    void countsAcrossTheChangeToSummerTimeAndAHoliday() {
        Team york = walks.inOntario();
        Walk dana = york.lose(york.clientWithEverything());
        dana.moveTo("2027-01-11T10:00").finish("record-round", Said.NOBODY_ANSWERED);

        // Mon 11 Jan and three months is Sun 11 Apr: Fri 9 Apr, 17:00 in summer time.
        assertThat(dana.lastDay()).isEqualTo("2027-04-09T17:00");
        assertThat(walks.searches.lastDay(dana.code()).orElseThrow().due())
                .isEqualTo(Instant.parse("2027-04-09T21:00:00Z"));
        // Tue 23 Mar: Wed 24, Thu 25, (Fri 26 Good Friday, weekend), Mon 29 opens, Tue 30, Wed 31 due.
        dana.finish("record-round", Said.NOBODY_ANSWERED).finish("record-family-contact", Said.family("no-answer"));
        dana.moveTo("2027-03-23T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.planned()).isEqualTo("2027-03-29T09:00/2027-03-31T17:00");
    }

    @Test
    void triesForAsLongAsTheProgrammeSays() {
        published = patience.publish();
        Walk dana = patience.team().lose();

        dana.finish("record-round", Said.NOBODY_ANSWERED);

        // This programme seeks for one month, and waits 3 to 5 business days between its first rounds.
        assertThat(dana.lastDay()).isEqualTo("2026-12-23T17:00");
        assertThat(dana.open()).containsExactly("wait-for-second-round");
        assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
        dana.moveTo("2026-11-26T09:00");
        assertThat(dana.open()).containsExactly("record-round");
        dana.moveTo("2026-12-23T17:00");
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @ParameterizedTest
    @MethodSource("search")
    void hearsTheClientAtOnce(ExistingPlace place) {
        Walk dana = place.reach(team(place));
        assertThat(dana.open()).contains(place.element());

        dana.clientGetsInTouch();

        assertThat(dana.open()).contains("admit").isSubsetOf("admit", "group-service-decision");
        dana.finish("admit", Said.CONTACT_ADMITTED).finish("complete-documentation", Said.WRITTEN_UP);
        assertThat(dana.running()).isEmpty();
        assertThat(dana.ended()).containsExactly("in-service");
        assertThat(dana.file().status()).isEqualTo(CaseStatus.IN_PROGRESS);
        assertThat(dana.episode().outcome()).isEqualTo("in-service");
    }

    @ParameterizedTest
    @EnumSource(ExistingPlace.class)
    void endsWhenTheCaseIsClosedByHand(ExistingPlace place) {
        Walk dana = place.reach(team(place));
        ClosingReason reason = BY_HAND.get(place.ordinal() % BY_HAND.size());

        dana.closeByHand(reason);

        assertThat(dana.running()).isEmpty();
        assertThat(dana.tasks()).isEmpty();
        assertThat(dana.file().closingReason()).isEqualTo(reason);
        assertThat(dana.ended())
                .containsExactly(
                        reason.equals(ClosingReason.CLOSED_BY_HAND) ? "closed-by-hand" : "closed-" + reason.code());
    }

    @ParameterizedTest
    @MethodSource("beforeTheLastDay")
    void canBeEndedEarlyUntilTheLastDay(ExistingPlace place) {
        Walk dana = place.reach(team(place));

        dana.endEarly(
                place.isWithSupervisor()
                        ? dana.team().supervisor()
                        : dana.team().worker());

        assertThat(dana.open()).containsExactly("review-letter");
        assertThat(walks.searches.canEnd(dana.code())).isFalse();
    }

    /** Whoever is in hospital gets no letter that nobody could reach them, because a worker did not wait for the supervisor. */
    @ParameterizedTest
    @EnumSource(
            value = ExistingPlace.class,
            names = {"SUPERVISOR_ON_FAMILY", "HELD", "UNTIL_ANOTHER_TRY"})
    void isNotEndedOverTheHeadOfTheSupervisorWhoDecides(ExistingPlace place) {
        Walk dana = place.reach(team(place));
        UserId worker = dana.team().worker();

        assertThatThrownBy(() -> dana.endEarly(worker))
                .isInstanceOfSatisfying(EngagementRefused.class, refused -> assertThat(refused.key())
                        .isEqualTo("engagement.refused.with-supervisor"));

        assertThat(dana.open()).containsExactly(place.element());
    }

    @Test
    void stopsForARiskAlsoWhenItIsEndedEarly() {
        Walk dana = walks.inOntario().lose().toWaitByInterval();
        walks.cases.raiseFlag(
                dana.code(), Flag.Kind.SAFEGUARDING, "", dana.team().worker());

        dana.endEarly(dana.team().supervisor());

        assertThat(dana.open()).containsExactly("decide");
        dana.finish("decide", Said.riskLookedAt(Said.decision("close")));
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @ParameterizedTest
    @CsvSource({
        "WAIT_BY_INTERVAL, 2026-11-26T09:00, record-round",
        "HELD, 2026-12-14T09:00, decide",
        "UNTIL_ANOTHER_TRY, 2026-12-14T09:00, record-round",
        "LAST_DAYS, 2027-02-23T17:00, review-letter",
        // From the attempt of Mon 23 Nov: Tue 24, Wed 25, Thu 26 opens.
        "WAIT_FOR_SECOND_ROUND, 2026-11-26T09:00, record-round",
        // Ten calendar days after Wed 23 Dec is Sat 2 Jan: Mon 4, until the office closes.
        "NOTICE, 2027-01-04T17:00, confirm-closing",
    })
    void waitsUntilTheVeryInstant(ExistingPlace place, String hour, String next) {
        Walk dana = place.reach(team(place));
        Instant instant = dana.instant(hour);

        dana.moveTo(instant.minus(SECOND));
        assertThat(dana.open()).containsExactly(place.element());
        dana.moveTo(instant);
        assertThat(dana.open()).containsExactly(next);
    }

    /** The date that a supervisor set comes weeks later: whoever set it learns that the search waits for them again (A30). */
    @ParameterizedTest
    @EnumSource(
            value = ExistingPlace.class,
            names = {"HELD", "UNTIL_ANOTHER_TRY"})
    void tellsWhoeverSetADateThatTheSearchWaitsForThemAgain(ExistingPlace place) {
        Walk dana = place.reach(walks.inOntario());
        UserId supervisor = dana.team().supervisor();
        dana.moveTo(dana.instant("2026-12-14T09:00").minus(SECOND));
        assertThat(dana.noticesOf(supervisor)).doesNotContain("decide-again");

        dana.moveTo("2026-12-14T09:00");
        if (place == ExistingPlace.UNTIL_ANOTHER_TRY) {
            assertThat(dana.noticesOf(supervisor)).doesNotContain("decide-again");
            dana.finish("record-round", Said.NOBODY_ANSWERED);
        }

        assertThat(dana.open()).containsExactly("decide");
        assertThat(dana.noticesOf(supervisor)).containsOnlyOnce("decide-again");
        assertThat(dana.noticesOf(dana.team().worker())).doesNotContain("decide-again");
    }

    /** Whoever set the date may have left the post since: then it waits for those who hold it. */
    @Test
    void tellsThePresentSupervisorsWhereWhoeverSetTheDateIsNoneAnyMore() {
        Walk dana = ExistingPlace.HELD.reach(walks.inOntario());
        UserId before = dana.team().supervisor();
        UserId now = dana.team().another("Nadia Brandt", Role.SUPERVISOR);
        users.revoke(before, dana.team().project().id(), Role.SUPERVISOR, UserId.SYSTEM);

        dana.moveTo("2026-12-14T09:00");

        assertThat(dana.noticesOf(now)).containsOnlyOnce("decide-again");
        assertThat(dana.noticesOf(before)).doesNotContain("decide-again");
    }

    /** Whoever gets a case by a supervisor's decision learns of it, and so does whoever had it; each time, and nobody else. */
    @Test
    void tellsBothWhenAnotherCaseworkerGoesOn() {
        Walk dana = ExistingPlace.SUPERVISOR_ON_FAMILY.reach(walks.inOntario());
        UserId sam = dana.team().worker();
        UserId bo = dana.team().another("Bo Nilsson");

        dana.finish("decide", Said.with(Said.decision("hand-over"), Map.of("worker", bo.toString())));

        assertThat(dana.noticesOf(bo)).containsExactly("case-handed-to-you");
        assertThat(dana.noticesOf(sam)).containsExactly("case-handed-on");
        assertThat(dana.noticesOf(dana.team().supervisor())).doesNotContain("case-handed-on", "case-handed-to-you");

        dana.moveTo("2026-11-24T10:00")
                .finish("record-family-contact", Said.AWAY_SAYS_THE_FAMILY)
                .finish("decide", Said.with(Said.decision("hand-over"), Map.of("worker", sam.toString())));
        assertThat(dana.noticesOf(sam)).containsExactly("case-handed-on", "case-handed-to-you");
        assertThat(dana.noticesOf(bo)).containsExactly("case-handed-to-you", "case-handed-on");
    }

    /** Every task of its own, in a round that it called, and of the procedure's end: at its due end and not before. */
    @ParameterizedTest
    @CsvSource({
        // From Mon 23 Nov, 9:10: until the end of the next business day.
        "FIRST_ROUND, 2026-11-24T17:00",
        "SECOND_ROUND, 2026-11-24T17:00",
        "FAMILY_CONTACT, 2026-11-24T17:00",
        // Two business days for what has to be decided, and for a round besides the others.
        "ASSIGNMENT, 2026-11-25T17:00",
        "EXTRA_ROUND, 2026-11-25T17:00",
        "SUPERVISOR_ON_FAMILY, 2026-11-25T17:00",
        "GROUP_SERVICE, 2026-11-25T17:00",
        "ADMISSION, 2026-11-25T17:00",
        "REFUSAL, 2026-11-25T17:00",
        "DOCUMENTATION, 2026-11-25T17:00",
        // At the very hour that was agreed.
        "CALL_BACK, 2026-11-24T18:30",
        // Thu 26 opens; left undone, the last day ends it.
        "ROUND_BY_INTERVAL, 2026-11-30T17:00",
        // Tue 23 Feb, as the office closes: Wed 24, Thu 25.
        "SAFETY_STOP, 2027-02-25T17:00",
        "LETTER, 2027-02-25T17:00",
        "PRINT_AND_POST, 2027-02-25T17:00",
        // Mon 4 Jan, as the office closes: Tue 5, Wed 6.
        "CONFIRM_CLOSING, 2027-01-06T17:00",
    })
    void tellsWhenATaskIsLate(ExistingPlace place, String due) {
        Walk dana = place.reach(team(place));
        OpenTask task = dana.task(place.element());
        assertThat(overdueNoticesAbout(task)).isZero();

        dana.moveTo(dana.instant(due).minus(SECOND));
        assertThat(overdueNoticesAbout(task)).isZero();
        dana.moveTo(due);

        assertThat(overdueNoticesAbout(task)).isEqualTo(task.assignee() == null ? 1 : 2);
        assertThat(dana.noticesOf(dana.team().supervisor())).endsWith("task-overdue");
        assertThat(dana.task(place.element())).isEqualTo(task);
    }

    /** A place that is added to {@link ExistingPlace} has its hour above. */
    @Test
    void knowsOfEveryTaskWhenItIsLate() throws NoSuchMethodException {
        CsvSource hours = ExistingClientTest.class
                .getDeclaredMethod("tellsWhenATaskIsLate", ExistingPlace.class, String.class)
                .getAnnotation(CsvSource.class);

        assertThat(hours.value())
                .extracting(line -> ExistingPlace.valueOf(line.split(",", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ExistingPlace.values())
                        .filter(ExistingPlace::isTask)
                        .toList());
    }

    @Test
    void takesAnOpenRoundAwayWhenTheLastDayIsOver() {
        Walk dana = ExistingPlace.ROUND_BY_INTERVAL.reach(walks.inOntario());

        dana.moveTo(dana.instant("2027-02-23T17:00").minus(SECOND));
        assertThat(dana.open()).containsExactly("record-round");
        dana.moveTo("2027-02-23T17:00");

        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void isLengthenedOnlyByASupervisorAndGoesOnWithRounds() {
        Walk dana = walks.inOntario().lose().toLastDays();
        assertThatThrownBy(() -> walks.searches.lengthen(
                        dana.file(),
                        1,
                        "One more month",
                        dana.viewer(dana.team().worker())))
                .isInstanceOf(Forbidden.class);

        dana.lengthen(1);

        // Four months from Mon 23 Nov: Tue 23 Mar. From Fri 19 Feb: Mon 22, Tue 23, Wed 24 opens, Thu 25, Fri 26 due.
        assertThat(dana.lastDay()).isEqualTo("2027-03-23T17:00");
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.planned()).isEqualTo("2027-02-24T09:00/2027-02-26T17:00");
        dana.moveTo("2027-02-23T17:00");
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo("2027-02-24T09:00");
        assertThat(dana.open()).containsExactly("record-round");
        assertThat(why(dana)).contains("it was due end of Tue 23 Feb; extended by a decision on Fri 19 Feb");
        dana.moveTo(dana.instant("2027-03-23T17:00").minus(SECOND));
        assertThat(dana.open()).containsExactly("record-round");
        dana.moveTo("2027-03-23T17:00");
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void holdsNoLongerThanTheSearchLasts() {
        Walk dana = ExistingPlace.SUPERVISOR_ON_FAMILY.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish("decide", Said.decision("hold", "2027-03-01")))
                .isInstanceOf(Tasks.Refused.class);
        dana.lengthen(1).finish("decide", Said.decision("hold", "2027-03-01"));

        dana.moveTo("2027-02-28T12:00");
        assertThat(dana.open()).containsExactly("held-until");
        dana.moveTo("2027-03-01T09:00");
        assertThat(dana.open()).containsExactly("decide");
    }

    @Test
    void passesTheFamilyOverAndWritesNoLetterWhereNothingIsAllowed() {
        Team york = walks.inOntario();
        Walk dana = york.lose(york.client().without(ContactKind.ADDRESS));
        Map<String, Object> noFurtherWay =
                Map.of("mainOutcome", "no-answer", "furtherChannel", "none-on-file", "when", Said.NOW);

        dana.finish("record-round", noFurtherWay).finish("record-round", noFurtherWay);

        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.log()).contains("engagement.family-passed-over none-on-file");
        dana.endEarly(dana.team().worker()).finish("review-letter", Said.LETTER_SKIPPED);
        assertThat(dana.messages()).isEmpty();
        assertThat(dana.ended()).containsExactly("closed-no-contact");
    }

    @Test
    void neverRunsTwiceOnOneCase() {
        Team york = walks.inOntario();
        Walk dana = york.lose();
        assertThatThrownBy(() -> york.lose(dana.file()))
                .isInstanceOfSatisfying(EngagementRefused.class, refused -> assertThat(refused.key())
                        .isEqualTo("engagement.refused.already-running"));

        dana.finish("record-round", Said.WANTS_SERVICE).finish("admit", Said.CONTACT_ADMITTED);
        assertThatThrownBy(() -> york.lose(dana.file()))
                .isInstanceOfSatisfying(EngagementRefused.class, refused -> assertThat(refused.key())
                        .isEqualTo("engagement.refused.not-written-up"));

        dana.finish("complete-documentation", Said.WRITTEN_UP);
        york.lose(dana.file());
        assertThat(dana.open()).containsExactly("record-round");
        assertThat(walks.episodes.of(dana.code())).hasSize(2);
    }

    @Test
    void tellsTheSlowerOfTwoPeople() {
        Walk dana = walks.inOntario().lose();
        OpenTask round = dana.task("record-round");
        dana.complete(round, dana.team().worker(), Said.NOBODY_ANSWERED);

        assertThatThrownBy(() -> dana.complete(round, dana.team().supervisor(), Said.WANTS_SERVICE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT));

        assertThat(dana.attempts("client")).hasSize(2);
        assertThat(dana.open()).containsExactly("record-round");
    }

    /** Existing client, two people in the same moment: one decision, one posting; and one answer from two windows. */
    @ParameterizedTest
    @EnumSource(
            value = ExistingPlace.class,
            names = {"FIRST_ROUND", "SUPERVISOR_ON_FAMILY", "PRINT_AND_POST"})
    void letsExactlyOneOfTwoAtOnceWin(ExistingPlace place) throws Exception {
        Walk dana = place.reach(walks.inOntario());
        OpenTask task = dana.task(place.element());
        Team york = dana.team();
        Viewer one = dana.viewer(
                place == ExistingPlace.FIRST_ROUND
                        ? york.worker()
                        : place == ExistingPlace.PRINT_AND_POST ? york.reception() : york.supervisor());
        Viewer other = task.assignee() != null
                ? one
                : dana.viewer(walks.fixtures.aPerson(
                        "Ines Duarte",
                        york.project(),
                        place == ExistingPlace.PRINT_AND_POST ? Role.RECEPTION : Role.SUPERVISOR));
        Map<String, Object> answers =
                switch (place) {
                    case FIRST_ROUND -> Said.with(Said.NOBODY_ANSWERED, Map.of("when", dana.now()));
                    case PRINT_AND_POST -> Said.posted("2027-02-23");
                    default -> Said.decision("try-again", "2026-12-14");
                };
        Map<String, Object> others =
                place == ExistingPlace.FIRST_ROUND ? Said.with(answers, Map.of("note", "Rang twice")) : answers;
        int attempts = dana.attempts("client").size();

        int told = AtOnce.told(
                () -> walks.tasks.complete(task.id(), one, answers),
                () -> walks.tasks.complete(task.id(), other, others));
        walks.clockwork.runDueJobs();

        assertThat(told).isOne();
        assertThat(dana.tasks()).extracting(OpenTask::id).doesNotContain(task.id());
        assertThat(dana.attempts("client")).hasSize(attempts + (place == ExistingPlace.FIRST_ROUND ? 2 : 0));
        assertThat(dana.open())
                .isEqualTo(
                        switch (place) {
                            case FIRST_ROUND -> List.of("record-round");
                            case PRINT_AND_POST -> List.of();
                            default -> List.of("try-again-on");
                        });
    }

    /** Existing client, self-referred: sought in the same way, and nobody else hears of it. */
    @Test
    void seeksWhoeverCameByThemselvesInTheSameWay() {
        Team york = walks.inOntario();
        Walk dana = york.lose(york.client()
                .consentingTo(Channel.VOICEMAIL, Channel.SMS, Channel.EMAIL, Channel.POST, Channel.FAMILY)
                .withSupportContact(true));

        assertThat(dana.toFamilyAtOnce().open()).containsExactly("record-family-contact");
        dana.finish("record-family-contact", Said.family("passed-on"))
                .endEarly(york.worker())
                .finish("review-letter", Said.LETTER_BY_EMAIL);

        assertThat(dana.ended()).containsExactly("closed-no-contact");
        assertThat(dana.messages()).hasSize(1).first().asString().startsWith("no-contact email client");
    }

    /** Existing client, a migrated instance: wherever it stands, in the search or in a round that it called. */
    @ParameterizedTest
    @EnumSource(
            value = ExistingPlace.class,
            names = {"FIRST_ROUND", "CALL_BACK", "FAMILY_CONTACT", "HELD", "WAIT_BY_INTERVAL", "LAST_DAYS", "LETTER"})
    void goesOnAfterItWasMovedToANewVersion(ExistingPlace place) {
        Walk dana = place.reach(walks.inOntario());
        List<OpenTask> tasks = dana.tasks();
        versions.publish("engagement");

        versions.move(dana.code());

        assertThat(dana.open()).containsExactly(place.element());
        assertThat(dana.tasks()).isEqualTo(tasks);
        dana.clientGetsInTouch();
        assertThat(dana.open()).containsExactly("admit");
        dana.finish("admit", Said.CONTACT_ADMITTED).finish("complete-documentation", Said.WRITTEN_UP);
        assertThat(dana.ended()).containsExactly("in-service");
    }

    @Test
    void endsOnceWhenItIsEndedTwice() {
        Walk dana = walks.inOntario().lose().toWaitByInterval();
        dana.endEarly(dana.team().supervisor());

        assertThatThrownBy(() -> dana.endEarly(dana.team().worker())).isInstanceOf(EngagementRefused.class);

        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void keepsItsLastDayWhenItIsMovedToANewVersion() {
        Walk dana = ExistingPlace.WAIT_BY_INTERVAL.reach(walks.inOntario());
        published = patience.publish();

        migrate(dana);

        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo("2026-11-26T09:00");
        assertThat(dana.open()).containsExactly("record-round");
        dana.moveTo("2027-02-23T17:00");
        assertThat(dana.open()).containsExactly("review-letter");
    }

    static Stream<ExistingPlace> search() {
        return Stream.of(ExistingPlace.values()).filter(ExistingPlace::isPartOfTheSearch);
    }

    static Stream<ExistingPlace> beforeTheLastDay() {
        return Stream.of(ExistingPlace.values()).filter(ExistingPlace::isBeforeTheLastDay);
    }

    private Team team(ExistingPlace place) {
        if (!place.needsPatience()) {
            return walks.inOntario();
        }
        published = patience.publish();
        return patience.team();
    }

    private int overdueNoticesAbout(OpenTask task) {
        return walks.jdbc
                .sql("select count(*) from notice where once_key = :key")
                .param("key", "overdue/" + task.id())
                .query(Integer.class)
                .single();
    }

    private List<String> why(Walk walk) {
        return lastDays.find(walk.code(), walk.file().project(), variables(walk), Locale.ENGLISH)
                .orElseThrow()
                .explanation()
                .skipped();
    }

    private Map<String, Object> variables(Walk walk) {
        return runtime.getVariables(instance(walk, "engagement-existing-client").getId());
    }

    private ProcessInstance instance(Walk walk, String key) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(walk.code())
                .processDefinitionKey(key)
                .singleResult();
    }

    private void migrate(Walk walk) {
        ProcessInstance instance = instance(walk, "engagement-existing-client");
        String newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("engagement-existing-client")
                .latestVersion()
                .singleResult()
                .getId();
        runtime.newMigration(runtime.createMigrationPlan(instance.getProcessDefinitionId(), newest)
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(instance.getId())
                .execute();
    }
}
