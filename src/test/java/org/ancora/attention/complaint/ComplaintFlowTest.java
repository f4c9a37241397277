package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.complaint.ComplaintWalks.Team;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.process.MovingDates;
import org.ancora.process.NewVersions;
import org.ancora.process.steering.SteeringHands;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.time.Deadline;
import org.ancora.time.ExtraDay;
import org.ancora.time.Moved;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole flow of a complaint, with dates counted by hand on the Peruvian calendar. Day one is Mon 23 Nov 2026. */
@AncoraTest
class ComplaintFlowTest {

    /** What ends each task, as the browser sends it. */
    private static final Map<String, Map<String, ?>> ANSWERS = Map.of(
            "route", Map.of(),
            "prepare", Map.of("answer", "Se le pagó el 2 de diciembre."),
            "approve", Map.of("decision", "approve"),
            "post-answer", Map.of("posted", true),
            "confirm", Map.of("reached", "yes", "understood", "yes", "satisfied", "yes"),
            "await-information", Map.of("arrived", "yes"));

    @Autowired
    ComplaintWalks walks;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Projects projects;

    @Autowired
    CalendarMoves moves;

    @Autowired
    TestInbox inbox;

    @Autowired
    NewVersions versions;

    @Autowired
    SteeringHands steering;

    @Autowired
    MovingDates moving;

    @Autowired
    ManagementService jobs;

    @Autowired
    RuntimeService runtime;

    @BeforeEach
    void open() {
        inbox.open();
    }

    @AfterEach
    void close() {
        inbox.close();
        versions.withdraw();
    }

    @Test
    void answersInTime() {
        Walk rosa = walks.inPeru().byEmail();

        assertThat(rosa.promised()).isEqualTo("2027-01-08T17:00");
        assertThat(walks.petitions.byNumber(rosa.number()).promised()).isEqualTo("2027-01-08");
        assertThat(rosa.letters()).containsExactly("complaint-acknowledged email");
        assertThat(rosa.text("complaint-acknowledged"))
                .contains(rosa.number(), "viernes 8 de enero de 2027", "su queja");
        // Where to see how far it is, by a secret that says nothing about the person and stands nowhere but in the
        // mail.
        String link =
                walks.petitions.link(walks.petitions.byNumber(rosa.number()).id());
        assertThat(inbox.sources()).singleElement().asString().satisfies(mail -> assertThat(mail.replace("=\r\n", ""))
                .containsPattern("https?://[^ /]+" + link));
        assertThat(rosa.text("complaint-acknowledged")).doesNotContain(link);
        assertThat(walks.jdbc
                        .sql("select html from letter where case_code = :number")
                        .param("number", rosa.number())
                        .query(String.class)
                        .single())
                .contains("en esta página cómo va: …")
                .doesNotContain("link.invalid", "/petition/");
        assertThat(rosa.open()).containsExactly("route");
        assertThat(rosa.due("route")).isEqualTo("2026-11-25T17:00");

        rosa.routed();
        assertThat(rosa.open()).containsExactly("prepare");
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-08T17:00");
        rosa.written();
        rosa.finish("approve", rosa.team().supervisor(), Map.of("decision", "send-back", "comment", "Falta la fecha."));
        assertThat(rosa.open()).containsExactly("prepare");
        assertThat(rosa.noticesOf(rosa.team().unit())).contains("complaint-sent-back");
        rosa.written().approved();

        assertThat(rosa.letters()).containsExactly("complaint-acknowledged email", "complaint-answer email");
        assertThat(rosa.text("complaint-answer"))
                .contains("Se le pagó el 2 de diciembre.", "Perdone la demora.")
                .contains("Le llamaremos para preguntarle si todo está claro.");
        assertThat(rosa.open()).containsExactly("confirm");
        rosa.confirmed();
        assertThat(rosa.ended()).containsExactly("answered");
        assertThat(rosa.complaint().stage()).isEqualTo(ComplaintStage.ANSWERED);
        assertThat(inbox.subjects()).hasSize(2).doesNotHaveDuplicates();

        rosa.moveTo("2027-02-01T09:00");
        assertThat(rosa.letters()).hasSize(2);
        assertThat(rosa.log()).doesNotContain("complaint.broken");
    }

    @Test
    void answersOnPaperAndKeepsThePromiseOnlyOnceItIsPosted() {
        Walk rosa = walks.inPeru().byPost().routed().written().approved();

        assertThat(rosa.letters()).containsExactly("complaint-acknowledged post", "complaint-answer post");
        assertThat(rosa.text("complaint-acknowledged")).doesNotContain("petition/");
        assertThat(rosa.open()).containsExactly("post-answer");
        assertThat(rosa.complaint().answeredAt()).isNull();
        rosa.finish("post-answer", rosa.team().agent(), Map.of("posted", true));

        assertThat(rosa.complaint().answeredAt()).isNotNull();
        assertThat(rosa.open()).containsExactly("confirm");
    }

    @Test
    void tellsWhoeverCanOnlyBeCalledThroughTheAgents() {
        Walk rosa = walks.inPeru()
                .register(PetitionChannel.LETTERBOX, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "");

        assertThat(rosa.letters()).isEmpty();
        assertThat(rosa.noticesOf(rosa.team().agent())).containsExactly("complaint-call");
    }

    /** At the desk and on the telephone number and date were said before anybody left (J37, J74): nobody calls about them. */
    @ParameterizedTest
    @EnumSource(
            value = PetitionChannel.class,
            names = {"IN_PERSON", "PHONE"})
    void callsNobodyAboutWhatWasSaidAtOnce(PetitionChannel channel) {
        Walk rosa = walks.inPeru().register(channel, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "");
        UserId agent = rosa.team().agent();

        assertThat(rosa.noticesOf(agent)).isEmpty();

        walks.complaints.withdraw(rosa.number(), "Ya le pagaron", rosa.viewer(agent));
        walks.clockwork.runDueJobs();
        assertThat(rosa.noticesOf(agent)).containsExactly("complaint-call");
    }

    @Test
    void callsNobodyWhoLeftNoNumber() {
        Walk rosa = walks.inPeru()
                .register(
                        PetitionChannel.LETTERBOX, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "", "");

        assertThat(rosa.noticesOf(rosa.team().agent())).containsExactly("complaint-tell");
    }

    @Test
    void saysOfWhatIsTakenBackWhetherItWasAnswered() {
        Team team = walks.inPeru();
        Walk before = team.byEmail();
        Walk after = team.byEmail().routed().written().approved();

        for (Walk each : List.of(before, after)) {
            walks.complaints.withdraw(each.number(), "Lo dijo por teléfono", each.viewer(team.agent()));
        }
        walks.clockwork.runDueJobs();

        assertThat(before.text("complaint-withdrawn")).contains("no recibirá respuesta");
        assertThat(after.text("complaint-withdrawn"))
                .contains("Ya tiene nuestra respuesta")
                .doesNotContain("no recibirá respuesta");
    }

    /** A promise is kept by whoever has it in hand: the unit has nothing left to do once its answer waits for somebody else. */
    @Test
    void remindsWhoeverApprovesOrPosts() {
        Team team = walks.inPeru();
        Walk approving = team.byEmail().routed().written();
        Walk posting = team.byPost().routed().written().approved();

        approving.moveTo("2026-12-16T17:00");

        assertThat(approving.noticesOf(team.supervisor())).containsOnlyOnce("complaint-half-time");
        assertThat(posting.noticesOf(team.agent())).containsOnlyOnce("complaint-half-time");
        assertThat(approving.noticesOf(team.unit())).isEmpty();
        assertThat(posting.noticesOf(team.unit())).isEmpty();
    }

    @Test
    void remindsAtHalfTimeWarnsAtFiveDaysAndEscalatesWhenTheDayIsOverEachOnce() {
        Walk rosa = walks.inPeru().byEmail().routed();
        UserId unit = rosa.team().unit();
        UserId head = rosa.team().manager();
        UserId service = rosa.team().supervisor();

        // 15 business days: Wed 16 Dec. 25 business days, five left: Thu 31 Dec.
        assertThat(rosa.moveTo(justBefore(rosa, "2026-12-16T17:00")).noticesOf(unit))
                .isEmpty();
        assertThat(rosa.moveTo("2026-12-16T17:00").noticesOf(unit)).containsExactly("complaint-half-time");
        assertThat(rosa.moveTo(justBefore(rosa, "2026-12-31T17:00")).noticesOf(head))
                .isEmpty();
        assertThat(rosa.moveTo("2026-12-31T17:00").noticesOf(head)).containsExactly("complaint-nearly-due");
        assertThat(rosa.moveTo(justBefore(rosa, "2027-01-08T17:00")).noticesOf(service))
                .isEmpty();
        assertThat(rosa.complaint().isBroken()).isFalse();
        assertThat(rosa.moveTo("2027-01-08T17:00").noticesOf(service)).containsExactly("complaint-broken");

        assertThat(rosa.letters()).containsExactly("complaint-acknowledged email", "complaint-new-date email");
        // Ten business days more: Fri 22 Jan.
        assertThat(rosa.text("complaint-new-date"))
                .contains("viernes 8 de enero de 2027", "viernes 22 de enero de 2027", "le pedimos disculpas");
        assertThat(rosa.open()).containsExactly("prepare");
        rosa.moveTo("2027-01-12T10:00").written().approved().confirmed();
        assertThat(rosa.ended()).containsExactly("answered");
        assertThat(rosa.noticesOf(unit))
                .containsExactly("complaint-half-time", "complaint-nearly-due", "complaint-broken");
        assertThat(rosa.complaint().answeredAt())
                .isAfter(rosa.complaint().terms().due());
    }

    /** What is promised after a broken promise is a promise too: whoever is told of the first is told of each (J42). */
    @Test
    void escalatesAgainWhenTheNewDateIsOverOnceForEach() {
        Walk rosa = walks.inPeru().byEmail().routed();
        List<UserId> told =
                List.of(rosa.team().unit(), rosa.team().manager(), rosa.team().supervisor());

        // Ten business days after Fri 8 Jan: Fri 22 Jan; ten more: Fri 5 Feb.
        rosa.moveTo(justBefore(rosa, "2027-01-22T17:00"));
        told.forEach(person -> assertThat(rosa.noticesOf(person))
                .containsOnlyOnce("complaint-broken")
                .doesNotContain("complaint-broken-again"));
        assertThat(rosa.letters()).hasSize(2);
        rosa.moveTo("2027-01-22T17:00");

        told.forEach(person -> assertThat(rosa.noticesOf(person))
                .containsOnlyOnce("complaint-broken")
                .containsOnlyOnce("complaint-broken-again"));
        assertThat(rosa.letters())
                .containsExactly(
                        "complaint-acknowledged email", "complaint-new-date email", "complaint-new-date email");
        assertThat(rosa.text("complaint-new-date"))
                .contains("viernes 22 de enero de 2027", "viernes 5 de febrero de 2027", "le pedimos disculpas")
                .doesNotContain("8 de enero");
        assertThat(rosa.hour(Objects.requireNonNull(rosa.complaint().told().newDue())))
                .isEqualTo("2027-02-05T17:00");
        rosa.moveTo("2027-02-05T17:00");
        assertThat(rosa.noticesOf(rosa.team().supervisor()))
                .filteredOn("complaint-broken-again"::equals)
                .hasSize(2);

        rosa.written().approved().moveTo("2027-04-30T09:00");
        assertThat(rosa.letters()).hasSize(5).last().isEqualTo("complaint-answer email");
        assertThat(rosa.noticesOf(rosa.team().supervisor()))
                .filteredOn("complaint-broken-again"::equals)
                .hasSize(2);
        assertThat(inbox.subjects()).hasSize(5);
    }

    /** Begun again by hand between two promised days: nobody is told anew, and the day that was promised last holds. */
    @Test
    void keepsWhatItPromisedAnewWhenItIsBegunAgain() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed().moveTo("2027-01-12T10:00");
        UserId supervisor = rosa.team().supervisor();
        List<String> notices = rosa.noticesOf(supervisor);
        String procedure = rosa.procedure();

        steering.cancel(procedure, supervisor);
        steering.restart(procedure, supervisor);
        rosa.moveTo(justBefore(rosa, "2027-01-22T17:00"));

        assertThat(rosa.letters()).hasSize(2);
        assertThat(rosa.noticesOf(supervisor))
                .filteredOn(notice -> notice.startsWith("complaint-"))
                .isEqualTo(notices);
        rosa.moveTo("2027-01-22T17:00");
        assertThat(rosa.noticesOf(supervisor)).containsOnlyOnce("complaint-broken-again");
        assertThat(rosa.letters()).hasSize(3);
    }

    @Test
    void standsStillForTenDaysAndGoesOnWithWhatWasLeft() {
        Walk rosa = walks.inPeru().byEmail().routed().moveTo("2026-12-01T10:00");

        walks.complaints.stop(
                rosa.number(),
                "Copia de su DNI",
                LocalDate.parse("2026-12-15"),
                rosa.viewer(rosa.team().agent()));
        walks.clockwork.runDueJobs();
        assertThat(rosa.open()).containsExactly("await-information", "prepare");
        assertThat(rosa.due("await-information")).isEqualTo("2026-12-15T17:00");
        assertThat(rosa.text("complaint-information-needed"))
                .contains("Copia de su DNI", "martes 15 de diciembre de 2026");
        rosa.moveTo("2026-12-11T10:00");
        rosa.finish("await-information", rosa.team().agent(), Map.of("arrived", "yes"));

        // 6 of 30 days were used up to 1 December; 24 more after the 11th: 14-18, 21-24, 28-31, 4-8, 11-15 and 18
        // January.
        assertThat(rosa.promised()).isEqualTo("2027-01-18T17:00");
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-18T17:00");
        assertThat(rosa.open()).containsExactly("prepare");
        assertThat(rosa.text("complaint-resumed"))
                .contains(
                        "martes 1 de diciembre de 2026",
                        "viernes 11 de diciembre de 2026",
                        "viernes 8 de enero de 2027",
                        "lunes 18 de enero de 2027");
        Deadline promise = walks.dates.answer(rosa.number());
        assertThat(promise.moved()).isNotNull();
        assertThat(promise.moved().cause()).isEqualTo(Moved.RESUMED);
        // Nothing is told on the old days.
        rosa.moveTo("2027-01-08T17:00");
        assertThat(rosa.complaint().isBroken()).isFalse();
        assertThat(rosa.noticesOf(rosa.team().unit())).containsExactly("complaint-half-time");
        rosa.moveTo("2027-01-18T17:00");
        assertThat(rosa.complaint().isBroken()).isTrue();
    }

    /** A second stop, after a first one: from each the days that are left go on, and the last day moves by both. */
    @Test
    void standsStillASecondTime() {
        Walk rosa = stopped(walks.inPeru().byEmail().routed().moveTo("2026-12-01T10:00"));
        Viewer agent = rosa.viewer(rosa.team().agent());
        assertThatThrownBy(
                        () -> walks.complaints.stop(rosa.number(), "Otra cosa", LocalDate.parse("2026-12-16"), agent))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("complaint.stop.not-now");
        rosa.moveTo("2026-12-11T10:00").finish("await-information", rosa.team().agent(), Map.of("arrived", "no"));
        assertThat(rosa.promised()).isEqualTo("2027-01-18T17:00");

        rosa.moveTo("2026-12-16T10:00");
        walks.complaints.stop(rosa.number(), "El recibo de octubre", LocalDate.parse("2026-12-22"), agent);
        walks.clockwork.runDueJobs();
        assertThat(rosa.due("await-information")).isEqualTo("2026-12-22T17:00");
        assertThat(rosa.text("complaint-information-needed")).contains("El recibo de octubre");
        rosa.moveTo("2026-12-21T10:00").finish("await-information", rosa.team().agent(), Map.of("arrived", "yes"));

        // The 17th, 18th and 21st stood still: three business days after Mon 18 Jan.
        assertThat(rosa.promised()).isEqualTo("2027-01-21T17:00");
        assertThat(rosa.text("complaint-resumed"))
                .contains(
                        "miércoles 16 de diciembre de 2026",
                        "lunes 21 de diciembre de 2026",
                        "lunes 18 de enero de 2027",
                        "jueves 21 de enero de 2027");
        // The cap was Fri 8 Jan; six days of the first stop and three of the second are nine after it.
        assertThat(walks.dates.lastDay(rosa.complaint())).isEqualTo("2027-01-21");
        assertThat(walks.dates.canBeExtended(rosa.complaint())).isFalse();
        assertThat(rosa.moveTo(justBefore(rosa, "2027-01-21T17:00")).complaint().isBroken())
                .isFalse();
        assertThat(rosa.moveTo("2027-01-21T17:00").complaint().isBroken()).isTrue();
    }

    /** No legal cap: as many days again as the table gives, and those for which the clock stood still. */
    @Test
    void isPutOffAsLongAgainWhereThereIsNoCap() {
        Walk rosa = walks.inPeru().request().routed();
        assertThat(rosa.promised()).isEqualTo("2027-01-08T17:00");
        // 30 business days after Fri 8 Jan: six weeks without a holiday.
        assertThat(walks.dates.lastDay(rosa.complaint())).isEqualTo("2027-02-19");

        stopped(rosa.moveTo("2026-12-01T10:00"));
        rosa.moveTo("2026-12-11T10:00").finish("await-information", rosa.team().agent(), Map.of("arrived", "yes"));

        // 2, 3, 4, 7, 10 and 11 December stood still: six days after Fri 19 Feb.
        assertThat(walks.dates.lastDay(rosa.complaint())).isEqualTo("2027-03-01");
        assertThatThrownBy(() -> extend(rosa, "2027-03-02"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("complaint.extend.day");
        extend(rosa, "2027-02-10");
        extend(rosa, "2027-03-01");
        assertThat(rosa.promised()).isEqualTo("2027-03-01T17:00");
        assertThat(rosa.text("complaint-extended"))
                .contains("miércoles 10 de febrero de 2027", "lunes 1 de marzo de 2027");
        assertThat(rosa.letters())
                .filteredOn("complaint-extended email"::equals)
                .hasSize(2);
        assertThatThrownBy(() -> extend(rosa, "2027-03-02"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("complaint.extend.not-now");
        assertThat(rosa.moveTo("2027-03-01T17:00").complaint().isBroken()).isTrue();
    }

    @Test
    void calendarDaysStandStillAsCalendarDays() {
        Walk rosa = walks.inPeru().toCentralUnit().routed();
        assertThat(rosa.promised()).isEqualTo("2027-01-07T17:00");
        rosa.moveTo("2026-12-01T10:00");
        walks.complaints.stop(
                rosa.number(),
                "Copia de su DNI",
                LocalDate.parse("2026-12-15"),
                rosa.viewer(rosa.team().agent()));
        rosa.moveTo("2026-12-11T10:00");
        rosa.finish("await-information", rosa.team().agent(), Map.of("arrived", "no"));

        // 10 days later is Sunday 17 January, so Monday.
        assertThat(rosa.promised()).isEqualTo("2027-01-18T17:00");
    }

    @Test
    void aHolidayAddedLaterMovesThePromiseAndSaysSo() {
        Walk rosa = walks.inPeru().byEmail().routed();

        holiday(rosa, "2026-12-24");

        assertThat(rosa.promised()).isEqualTo("2027-01-11T17:00");
        assertThat(rosa.letters()).containsExactly("complaint-acknowledged email", "complaint-moved email");
        assertThat(rosa.text("complaint-moved"))
                .contains(
                        "Le prometimos una respuesta a su queja a más tardar el viernes 8 de enero de 2027.",
                        "El jueves 24 de diciembre de 2026 pasó a ser no laborable (día del censo) y no se cuenta.",
                        "Tendrá nuestra respuesta a más tardar el lunes 11 de enero de 2027.");
        moves.begin(rosa.team().project().id(), rosa.team().supervisor());
        walks.clockwork.runDueJobs();
        assertThat(rosa.letters()).as("once").hasSize(2);
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-11T17:00");
        assertThat(walks.petitions.byNumber(rosa.number()).promised()).isEqualTo("2027-01-11");
        Deadline promise = walks.dates.answer(rosa.number());
        assertThat(promise.moved()).isNotNull();
        assertThat(promise.moved().cause()).isEqualTo(Moved.CALENDAR);
        assertThat(rosa.moveTo("2027-01-08T17:00").complaint().isBroken()).isFalse();
        assertThat(rosa.moveTo("2027-01-11T17:00").complaint().isBroken()).isTrue();
    }

    /** What was promised anew moves with the calendar like the first promise, and the person reads it. */
    @Test
    void aHolidayMovesWhatWasPromisedAnew() {
        Walk rosa = walks.inPeru().byEmail().routed().moveTo("2027-01-12T10:00");

        holiday(rosa, "2027-01-20");

        assertThat(rosa.letters()).last().isEqualTo("complaint-moved email");
        assertThat(rosa.text("complaint-moved"))
                .contains("viernes 22 de enero de 2027", "lunes 25 de enero de 2027", "miércoles 20 de enero de 2027");
        UserId supervisor = rosa.team().supervisor();
        assertThat(rosa.moveTo(justBefore(rosa, "2027-01-25T17:00")).noticesOf(supervisor))
                .doesNotContain("complaint-broken-again");
        assertThat(rosa.moveTo("2027-01-25T17:00").noticesOf(supervisor)).containsOnlyOnce("complaint-broken-again");
        assertThat(rosa.text("complaint-new-date")).contains("lunes 25 de enero de 2027", "lunes 8 de febrero de 2027");
    }

    /** While no day is promised, a holiday is nobody's news; whoever cannot be written to is called. */
    @Test
    void tellsOfAHolidayOnlyWhoeverWaitsForADay() {
        Team team = walks.inPeru();
        // Routed, so that the task to prepare the answer holds the day that moves.
        Walk standing = stopped(team.byEmail().routed());
        Walk answered = team.byEmail().routed().written().approved();
        Walk called =
                team.register(PetitionChannel.PHONE, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "");

        holiday(called, "2026-12-24");

        assertThat(standing.due("prepare")).isEqualTo("2027-01-11T17:00");
        assertThat(standing.letters()).doesNotContain("complaint-moved email");
        assertThat(answered.letters()).doesNotContain("complaint-moved email");
        assertThat(called.promised()).isEqualTo("2027-01-11T17:00");
        assertThat(called.noticesOf(team.agent())).containsExactly("complaint-call");
    }

    /** A day that a manager sets by hand: the person reads the day before and the new one, and nothing of who did it or why. */
    @Test
    void aDaySetByHandIsToldToThePerson() throws Exception {
        Walk rosa = walks.inPeru().request().routed();

        steering.reschedule(
                rosa.procedure(),
                timer(rosa, "promise-broken"),
                "2027-01-15T17:00",
                rosa.team().manager());

        assertThat(rosa.promised()).isEqualTo("2027-01-15T17:00");
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-15T17:00");
        assertThat(walks.petitions.byNumber(rosa.number()).promised()).isEqualTo("2027-01-15");
        assertThat(rosa.letters()).containsExactly("complaint-acknowledged email", "complaint-moved email");
        assertThat(rosa.text("complaint-moved"))
                .contains(
                        "viernes 8 de enero de 2027", "La oficina fijó el día de nuevo.", "viernes 15 de enero de 2027")
                .doesNotContain("It was agreed so", "Manuel Prado");
        Moved moved = walks.dates.answer(rosa.number()).moved();
        assertThat(moved).isNotNull();
        assertThat(moved.cause()).isEqualTo(Moved.STEERED);
        assertThat(rosa.moveTo(justBefore(rosa, "2027-01-15T17:00")).complaint().isBroken())
                .isFalse();
        assertThat(rosa.moveTo("2027-01-15T17:00").complaint().isBroken()).isTrue();
        assertThat(rosa.letters()).filteredOn("complaint-moved email"::equals).hasSize(1);
    }

    /** 45 days are 7 January 2027, 30 business days the 8th: a manager may set that day, and none after it. */
    @Test
    void noDayBeyondTheCapIsSetByHand() throws Exception {
        Walk rosa = walks.inPeru().toCentralUnit().routed();
        String timer = timer(rosa, "promise-broken");
        UserId manager = rosa.team().manager();

        assertThatThrownBy(() ->
                        moving.steer(rosa.number(), timer, rosa.instant("2027-01-11T17:00"), "Manuel Prado", "Falta"))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.key()).isEqualTo("complaint.steered.beyond-cap"));
        assertThat(rosa.promised()).isEqualTo("2027-01-07T17:00");
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-07T17:00");

        steering.reschedule(rosa.procedure(), timer, "2027-01-08T17:00", manager);
        assertThat(rosa.promised()).isEqualTo("2027-01-08T17:00");
    }

    /** The engine's id of the timer that waits at this place. */
    private String timer(Walk walk, String element) {
        return jobs.createJobQuery()
                .processInstanceId(walk.procedure())
                .activityId(element)
                .timers()
                .singleResult()
                .getId();
    }

    private void holiday(Walk walk, String day) {
        projects.addExtraDay(
                walk.team().project().id(),
                new ExtraDay(LocalDate.parse(day), true, Map.of("es", "día del censo", "en", "census day")));
        moves.begin(walk.team().project().id(), walk.team().supervisor());
        walks.clockwork.runDueJobs();
    }

    @Test
    void isPutOffUpToTheCapAndNotBeyond() {
        Walk capped = walks.inPeru().byEmail();
        Walk rosa = capped.team().toCentralUnit();
        // The regional promise is the cap already; the central one is a day before it.
        assertThat(walks.dates.canBeExtended(capped.complaint())).isFalse();
        assertThat(walks.dates.canBeExtended(rosa.complaint())).isTrue();

        assertThatThrownBy(() -> extend(rosa, "2027-01-11")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> extend(rosa, "2027-01-07")).isInstanceOf(Problem.class);
        extend(rosa, "2027-01-08");

        assertThat(rosa.promised()).isEqualTo("2027-01-08T17:00");
        assertThat(rosa.text("complaint-extended"))
                .contains("jueves 7 de enero de 2027", "viernes 8 de enero de 2027", "Falta un informe.");
        assertThat(walks.dates.canBeExtended(rosa.complaint())).isFalse();
        assertThatThrownBy(() -> extend(rosa, "2027-01-11")).isInstanceOf(Problem.class);
        assertThat(rosa.moveTo("2027-01-07T17:00").complaint().isBroken()).isFalse();
        assertThat(rosa.moveTo("2027-01-08T17:00").complaint().isBroken()).isTrue();
    }

    @Test
    void canBeEndedAtEveryStepByItsOwnEnd() {
        Team team = walks.inPeru();
        Walk other = team.byEmail();
        List<Consumer<Walk>> places = List.of(
                walk -> {},
                Walk::routed,
                walk -> walk.routed().written(),
                walk -> {
                    walk.routed();
                    walks.complaints.stop(
                            walk.number(), "DNI", LocalDate.parse("2026-12-15"), walk.viewer(team.agent()));
                },
                walk -> walk.routed().written().approved(),
                walk -> walk.routed().moveTo(walk.complaint().terms().due()));
        for (Consumer<Walk> place : places) {
            Walk withdrawn = team.byEmail();
            place.accept(withdrawn);
            walks.complaints.withdraw(withdrawn.number(), "Lo dijo por teléfono", withdrawn.viewer(team.agent()));
            walks.clockwork.runDueJobs();
            assertThat(withdrawn.ended()).containsExactly("withdrawn");
            assertThat(withdrawn.letters()).last().isEqualTo("complaint-withdrawn email");

            Walk merged = team.byEmail();
            place.accept(merged);
            walks.complaints.merge(merged.number(), other.number(), "Lo mismo", merged.viewer(team.agent()));
            walks.clockwork.runDueJobs();
            assertThat(merged.ended()).containsExactly("merged");
            assertThat(merged.text("complaint-merged")).contains(other.number());

            Walk redirected = team.byEmail();
            place.accept(redirected);
            walks.complaints.redirect(
                    redirected.number(), "Banco de la Nación", "Sr. Díaz, 10 h", redirected.viewer(team.agent()));
            walks.clockwork.runDueJobs();
            assertThat(redirected.ended()).containsExactly("redirected");
            assertThat(redirected.text("complaint-redirected"))
                    .contains("Banco de la Nación")
                    .doesNotContain("Díaz");
            assertThat(redirected.tasks()).isEmpty();
        }
        assertThatThrownBy(
                        () -> walks.complaints.merge(other.number(), other.number(), "yo", other.viewer(team.agent())))
                .isInstanceOf(Problem.class);
    }

    /** Complaint, closed by hand while the answer on paper waits for somebody to post it. */
    @ParameterizedTest
    @ValueSource(strings = {"withdrawn", "merged", "redirected"})
    void canBeEndedBeforeTheAnswerIsPosted(String end) {
        Walk rosa = at("post-answer");
        Viewer agent = rosa.viewer(rosa.team().agent());
        switch (end) {
            case "withdrawn" -> walks.complaints.withdraw(rosa.number(), "Lo dijo por teléfono", agent);
            case "merged" ->
                walks.complaints.merge(rosa.number(), rosa.team().byEmail().number(), "Lo mismo", agent);
            default -> walks.complaints.redirect(rosa.number(), "Banco de la Nación", "Sr. Díaz, 10 h", agent);
        }
        walks.clockwork.runDueJobs();

        assertThat(rosa.ended()).containsExactly(end);
        assertThat(rosa.tasks()).isEmpty();
        assertThat(rosa.letters()).last().isEqualTo("complaint-" + end + " post");
    }

    /** Complaint, its procedure ended by hand at every step: it can be begun again, and the person's date holds. */
    @ParameterizedTest
    @ValueSource(strings = {"route", "prepare", "approve", "await-information", "post-answer", "confirm"})
    void keepsItsPromiseWhenItIsEndedByHandAndBegunAgain(String element) throws Exception {
        Walk rosa = at(element);
        List<String> written = rosa.letters();
        String procedure = rosa.procedure();

        steering.cancel(procedure, rosa.team().supervisor());

        assertThat(rosa.open()).isEmpty();
        assertThatThrownBy(() -> extend(rosa, "2027-01-11")).isInstanceOf(Problem.class);
        rosa.moveTo("2026-12-01T09:00");
        steering.restart(procedure, rosa.team().supervisor());

        assertThat(rosa.open()).containsExactly("route");
        assertThat(rosa.due("route")).isEqualTo("2026-12-03T17:00");
        assertThat(rosa.promised()).isEqualTo("2027-01-08T17:00");
        assertThat(rosa.letters()).as("nothing is said twice").isEqualTo(written);
        rosa.routed();
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-08T17:00");
        UserId unit = rosa.team().unit();
        rosa.moveTo(justBefore(rosa, "2026-12-16T17:00"));
        assertThat(rosa.noticesOf(unit)).doesNotContain("complaint-half-time");
        rosa.moveTo("2026-12-16T17:00");
        assertThat(rosa.noticesOf(unit)).containsOnlyOnce("complaint-half-time");
        assertThat(rosa.moveTo("2027-01-08T17:00").complaint().isBroken()).isTrue();
        rosa.written().approved();
        if (element.equals("post-answer")) {
            rosa.finish("post-answer", rosa.team().agent(), Map.of("posted", true));
        }
        assertThat(rosa.confirmed().ended()).endsWith("answered");
    }

    /** Complaint, its procedure ended by hand: whoever takes it back is told so all the same, once. */
    @Test
    void canBeWithdrawnOnceItsProcedureWasEndedByHand() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed();
        steering.cancel(rosa.procedure(), rosa.team().supervisor());

        walks.complaints.withdraw(
                rosa.number(), "Ya le pagaron", rosa.viewer(rosa.team().agent()));
        walks.clockwork.runDueJobs();

        assertThat(rosa.complaint().stage()).isEqualTo(ComplaintStage.WITHDRAWN);
        assertThat(rosa.letters()).containsExactly("complaint-acknowledged email", "complaint-withdrawn email");
        assertThatThrownBy(() -> walks.complaints.withdraw(
                        rosa.number(), "otra vez", rosa.viewer(rosa.team().agent())))
                .isInstanceOf(Problem.class);
    }

    @Test
    void nothingIsMergedWithWhatHasEnded() {
        Team team = walks.inPeru();
        Walk ended = team.byEmail();
        Walk rosa = team.byEmail();
        walks.complaints.withdraw(ended.number(), "Ya le pagaron", ended.viewer(team.agent()));

        assertThatThrownBy(() ->
                        walks.complaints.merge(rosa.number(), ended.number(), "Lo mismo", rosa.viewer(team.agent())))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("complaint.merge.unknown");

        assertThat(rosa.running()).isTrue();
    }

    /** Of two that are merged with each other in the same moment, one stays and is answered. */
    @Test
    void notBothAreMergedAway() throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.byEmail();
        Walk olga = team.byEmail();
        ExecutorService colleague = Executors.newSingleThreadExecutor();
        try {
            Future<?> second = transaction.execute(status -> {
                walks.complaints.merge(rosa.number(), olga.number(), "Lo mismo", rosa.viewer(team.agent()));
                Future<?> waiting = colleague.submit(() ->
                        walks.complaints.merge(olga.number(), rosa.number(), "Lo mismo", olga.viewer(team.agent())));
                assertThatThrownBy(() -> waiting.get(700, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                return waiting;
            });

            assertThatThrownBy(() -> Objects.requireNonNull(second).get()).hasCauseInstanceOf(Problem.class);
        } finally {
            colleague.shutdownNow();
        }
        assertThat(olga.running()).isTrue();
    }

    @Test
    void anAppealIsANewComplaintOneLevelUp() {
        Walk rosa = walks.inPeru().byEmail().routed().written().approved();

        rosa.finish(
                "confirm",
                rosa.team().agent(),
                Map.of(
                        "reached", "yes",
                        "understood", "yes",
                        "satisfied", "appeal",
                        "reason", "Octubre sigue sin pagarse."));

        assertThat(rosa.ended()).containsExactly("appealed");
        List<Complaint> linked = walks.rows.appealsOf(rosa.number());
        assertThat(linked).hasSize(1);
        var appeal = walks.petitions.byNumber(linked.get(0).number());
        assertThat(appeal.level()).isEqualTo(PetitionLevel.REGIONAL);
        assertThat(appeal.destination()).isEqualTo(Destination.CENTRAL_UNIT);
        assertThat(appeal.motive()).isEqualTo("Octubre sigue sin pagarse.");
        assertThat(linked.get(0).stage()).isEqualTo(ComplaintStage.ROUTING);
    }

    /** The letter says that they may call: also once the confirmation is over. Somebody else answers then, as it says too. */
    @Test
    void whoeverIsNotSatisfiedLaterAppealsStill() {
        Team team = walks.inPeru();
        walks.fixtures.aPerson("Celia Flores", team.project(), Role.UNIT);
        Map<String, String> toUlises = Map.of("unitWorker", team.unit().toString());
        Walk rosa =
                team.byEmail().finish("route", team.agent(), toUlises).written().approved();
        Viewer agent = rosa.viewer(team.agent());
        assertThatThrownBy(() -> walks.complaints.appeal(rosa.number(), "Falta octubre.", agent))
                .isInstanceOf(Problem.class);
        rosa.confirmed();

        walks.complaints.appeal(rosa.number(), "Octubre sigue sin pagarse.", agent);
        walks.clockwork.runDueJobs();

        assertThat(rosa.complaint().stage()).isEqualTo(ComplaintStage.APPEALED);
        Walk appeal = new Walk(team, walks.rows.appealsOf(rosa.number()).get(0).number());
        assertThat(walks.petitions.byNumber(appeal.number()).level()).isEqualTo(PetitionLevel.REGIONAL);
        assertThat(walks.petitions.byNumber(appeal.number()).motive()).isEqualTo("Octubre sigue sin pagarse.");
        assertThat(appeal.letters()).containsExactly("complaint-acknowledged email");
        assertThatThrownBy(() -> walks.complaints.appeal(rosa.number(), "Falta octubre.", agent))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> appeal.finish("route", team.agent(), toUlises)).isInstanceOf(Tasks.Refused.class);
        assertThat(appeal.routed().open()).containsExactly("prepare");
    }

    /**
     * The whole unit was asked, Ulises wrote and Sara approved: neither has a hand in the answer to the appeal, though nobody was
     * named, and Celia and Manuel do it (J-R12).
     */
    @Test
    void whoeverAnsweredLeavesTheAppealToOthers() {
        Team team = walks.inPeru();
        UserId celia = walks.fixtures.aPerson("Celia Flores", team.project(), Role.UNIT);
        Walk appeal = appealed(team);

        assertThatThrownBy(() -> appeal.finish(
                        "route", team.agent(), Map.of("unitWorker", team.unit().toString())))
                .isInstanceOf(Tasks.Refused.class);
        appeal.routed();
        assertThatThrownBy(appeal::written).isInstanceOfSatisfying(Problem.class, refused -> assertThat(refused.key())
                .isEqualTo("complaint.appeal.not-you"));
        assertThat(appeal.open()).containsExactly("prepare");
        appeal.finish("prepare", celia, Map.of("answer", "Lo revisamos de nuevo."));
        assertThatThrownBy(appeal::approved).isInstanceOf(Problem.class);
        appeal.finish("approve", team.manager(), Map.of("decision", "approve"));

        assertThat(appeal.open()).containsExactly("confirm");
        assertThat(appeal.text("complaint-acknowledged")).contains("otra persona");
        String before = walks.rows.find(appeal.number()).orElseThrow().links().appealOf();
        assertThat(new Walk(team, String.valueOf(before)).text("complaint-answer"))
                .contains("puede apelar, y otra persona lo revisará en la instancia superior");
        assertThat(appeal.text("complaint-answer"))
                .as("Ulises and Celia both had a hand in it by now")
                .contains("Con ella apeló contra nuestra respuesta a " + before)
                .contains("puede apelar, y se revisará de nuevo en la instancia superior")
                .doesNotContain("otra persona");
    }

    /** Where nobody else is there they may, and the letter promises nobody else. */
    @Test
    void anAppealIsAnsweredByThoseWhoAreThereWhenThereAreNoOthers() {
        Team team = walks.inPeru();
        Walk appeal = appealed(team);
        assertThat(appeal.text("complaint-acknowledged"))
                .contains("Ahora se revisa en la instancia superior.")
                .doesNotContain("otra persona");

        String before = walks.rows.find(appeal.number()).orElseThrow().links().appealOf();
        assertThat(new Walk(team, String.valueOf(before)).text("complaint-answer"))
                .contains("puede apelar, y se revisará de nuevo en la instancia superior")
                .doesNotContain("otra persona", "Con ella apeló");

        appeal.finish("route", team.agent(), Map.of("unitWorker", team.unit().toString()));

        assertThat(appeal.written().open()).containsExactly("approve");
    }

    /** One that was answered by the whole unit, and the appeal against it. */
    private Walk appealed(Team team) {
        Walk rosa = team.byEmail().routed().written().approved().confirmed();
        walks.complaints.appeal(rosa.number(), "Octubre sigue sin pagarse.", rosa.viewer(team.agent()));
        walks.clockwork.runDueJobs();
        return new Walk(team, walks.rows.appealsOf(rosa.number()).get(0).number());
    }

    /** Whoever is told that two are answered together reads by when: the day that holds now, or why there is none (J42). */
    @Test
    void whatIsMergedNamesTheDayOfTheOneThatGoesOn() {
        Team team = walks.inPeru();
        Walk other = team.byEmail();
        assertThat(merged(team, other)).contains(other.number(), "a más tardar el viernes 8 de enero de 2027");

        walks.complaints.stop(other.number(), "DNI", LocalDate.parse("2026-12-15"), other.viewer(team.agent()));
        assertThat(merged(team, other))
                .contains("todavía esperamos lo que le pedimos")
                .doesNotContain("a más tardar");

        Walk late = team.byEmail();
        late.moveTo(late.complaint().terms().due());
        assertThat(late.complaint().isBroken()).isTrue();
        assertThat(merged(team, late)).contains("a más tardar el viernes 22 de enero de 2027");

        Walk answered = team.byEmail().routed().written().approved();
        assertThat(merged(team, answered))
                .contains(
                        "Respondimos a " + answered.number() + " el viernes 8 de enero de 2027",
                        "e indique el número " + answered.number())
                .doesNotContain("a más tardar");
    }

    /** What the person reads of a petition of theirs that is merged with another. */
    private String merged(Team team, Walk other) {
        Walk same = team.byEmail();
        walks.complaints.merge(same.number(), other.number(), "Lo mismo", same.viewer(team.agent()));
        walks.clockwork.runDueJobs();
        return same.text("complaint-merged");
    }

    /** Nobody stands above the highest level: no appeal is offered, none is taken, and the answer promises none. */
    @Test
    void nobodyAppealsAgainstTheHighestLevel() throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.reaching(PetitionLevel.NATIONAL).routed().written().approved();
        Map<String, String> appeal =
                Map.of("reached", "yes", "understood", "yes", "satisfied", "appeal", "reason", "Sigue sin pagarse.");

        assertThatThrownBy(() -> rosa.finish("confirm", team.agent(), appeal))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .hasEntrySatisfying("satisfied", said -> assertThat(said.toString())
                                .contains("highest level; there is none above it")));
        assertThat(rosa.open()).containsExactly("confirm");
        assertThat(walks.rows.appealsOf(rosa.number())).isEmpty();
        assertThat(rosa.text("complaint-answer"))
                .contains("Le llamaremos para preguntarle si todo está claro.", "instancia más alta")
                .doesNotContain("puede apelar");
        assertThat(rosa.confirmed().ended()).containsExactly("answered");

        Walk regional = team.reaching(PetitionLevel.REGIONAL).routed().written().approved();
        assertThat(regional.text("complaint-answer")).contains("puede apelar");
        regional.finish("confirm", team.agent(), appeal);
        assertThat(walks.petitions
                        .byNumber(walks.rows.appealsOf(regional.number()).get(0).number())
                        .level())
                .isEqualTo(PetitionLevel.NATIONAL);
    }

    /**
     * Complaint, the mail server down for longer than is tried by itself: acknowledgement, honest new date and answer are
     * given up one by one and lost never; tried again they go out, each once.
     */
    @Test
    void everyLetterGoesOnceAfterALongOutage() {
        inbox.goDown();
        Walk rosa = walks.inPeru().byEmail().routed();
        rosa.moveTo("2026-11-25T09:00");
        assertThat(rosa.mails()).containsExactly("complaint-acknowledged queued");
        assertThat(runtime.createIncidentQuery().count()).isOne();

        // Broken on Fri 8 Jan, and tried until the small hours of Saturday; answered on Mon 11.
        rosa.moveTo("2027-01-11T09:00").written().approved().moveTo("2027-01-12T17:00");
        assertThat(rosa.mails())
                .containsExactly(
                        "complaint-acknowledged queued", "complaint-new-date queued", "complaint-answer queued");
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(3);
        assertThat(rosa.open()).as("work goes on meanwhile").containsExactly("confirm");

        inbox.comeBack();
        rosa.moveTo("2027-01-13T09:00");
        assertThat(inbox.subjects())
                .as("given up until somebody has it tried again")
                .isEmpty();
        tryAgain();
        rosa.moveTo("2027-01-13T09:01");

        assertThat(rosa.mails())
                .containsExactly("complaint-acknowledged sent", "complaint-new-date sent", "complaint-answer sent");
        assertThat(runtime.createIncidentQuery().count()).isZero();
        assertThat(inbox.subjects()).hasSize(3).doesNotHaveDuplicates();
        tryAgain();
        rosa.confirmed().moveTo("2027-02-15T09:00");
        assertThat(inbox.subjects()).hasSize(3);
        assertThat(rosa.ended()).containsExactly("answered");
    }

    /** The same for what is written on the way: what is missing, that the clock goes on, and how it ended. */
    @Test
    void whatIsWrittenOnTheWayGoesOnceAfterALongOutage() {
        inbox.goDown();
        Walk rosa = stopped(walks.inPeru().byEmail().routed().moveTo("2026-11-24T09:30"));
        rosa.moveTo("2026-12-01T09:30").finish("await-information", rosa.team().agent(), Map.of("arrived", "yes"));
        rosa.moveTo("2026-12-02T09:30");
        walks.complaints.withdraw(
                rosa.number(), "Ya le pagaron", rosa.viewer(rosa.team().agent()));
        walks.clockwork.runDueJobs();
        assertThat(rosa.ended()).containsExactly("withdrawn");
        rosa.moveTo("2026-12-04T09:30");
        assertThat(rosa.mails())
                .containsExactly(
                        "complaint-acknowledged queued",
                        "complaint-information-needed queued",
                        "complaint-resumed queued",
                        "complaint-withdrawn queued");
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(4);

        inbox.comeBack();
        tryAgain();
        rosa.moveTo("2026-12-04T09:31");

        assertThat(rosa.mails()).hasSize(4).allMatch(mail -> mail.endsWith(" sent"));
        assertThat(inbox.subjects()).hasSize(4).doesNotHaveDuplicates();
        rosa.moveTo("2027-01-15T09:00");
        assertThat(inbox.subjects()).hasSize(4);
    }

    /** As somebody does who reads on the list of failures that mail was given up. */
    private void tryAgain() {
        jobs.createJobQuery().noRetriesLeft().list().forEach(job -> jobs.setJobRetries(job.getId(), 1));
    }

    @Test
    void losesNothingWhileTheMailServerIsDown() {
        Walk rosa = walks.inPeru().byEmail().routed().written();
        assertThat(inbox.subjects()).hasSize(1);
        inbox.close();
        inbox.open();
        inbox.goDown();

        rosa.approved();
        assertThat(rosa.open()).containsExactly("confirm");
        rosa.moveTo("2026-11-23T09:20");
        inbox.comeBack();
        rosa.moveTo("2026-11-24T09:00");

        assertThat(inbox.subjects()).hasSize(1);
        rosa.moveTo("2026-12-05T09:00");
        assertThat(inbox.subjects()).hasSize(1);
    }

    /** Complaint, two people in the same moment at every task: one is heard, the other is told. */
    @ParameterizedTest
    @CsvSource({
        "route, AGENT, prepare",
        "prepare, UNIT, approve",
        "approve, SUPERVISOR, confirm",
        "post-answer, AGENT, confirm",
        "confirm, AGENT, ",
        "await-information, AGENT, route"
    })
    void letsOneOfTwoWin(String element, Role role, @Nullable String next) throws Exception {
        Walk rosa = at(element);
        Viewer one = rosa.viewer(rosa.team().whoDoes(role));
        Viewer other =
                rosa.viewer(walks.fixtures.aPerson("Ursula Paz", rosa.team().project(), role));
        OpenTask task = rosa.task(element);

        int told = AtOnce.told(
                () -> walks.tasks.complete(task.id(), one, ANSWERS.get(element)),
                () -> walks.tasks.complete(task.id(), other, ANSWERS.get(element)));
        walks.clockwork.runDueJobs();

        assertThat(told).isOne();
        assertThat(rosa.open()).isEqualTo(next == null ? List.of() : List.of(next));
        assertThat(rosa.letters()).doesNotHaveDuplicates();
    }

    /** Complaint, every timer a second before and at its instant: those of its tasks. */
    @ParameterizedTest
    @CsvSource({
        // Two business days after Mon 23 Nov; the answer is confirmed within twice as many.
        "route, 2026-11-25T17:00",
        "post-answer, 2026-11-25T17:00",
        "confirm, 2026-11-27T17:00",
        "await-information, 2026-12-15T17:00"
    })
    void tellsOnceThatATaskIsLate(String element, String due) {
        Walk rosa = at(element);
        UserId supervisor = rosa.team().supervisor();
        assertThat(rosa.due(element)).isEqualTo(due);
        if (element.equals("await-information")) {
            rosa.routed();
        }

        assertThat(rosa.moveTo(justBefore(rosa, due)).noticesOf(supervisor)).doesNotContain("task-overdue");
        assertThat(rosa.moveTo(due).noticesOf(supervisor)).containsOnlyOnce("task-overdue");
        assertThat(rosa.moveTo("2026-12-30T09:00").noticesOf(supervisor)).containsOnlyOnce("task-overdue");
        assertThat(rosa.open()).contains(element);
    }

    /** A complaint with this task open. */
    private Walk at(String element) {
        Team team = walks.inPeru();
        return switch (element) {
            case "prepare" -> team.byEmail().routed();
            case "approve" -> team.byEmail().routed().written();
            case "post-answer" -> team.byPost().routed().written().approved();
            case "confirm" -> team.byEmail().routed().written().approved();
            case "await-information" -> stopped(team.byEmail());
            default -> team.byEmail();
        };
    }

    private Walk stopped(Walk walk) {
        walks.complaints.stop(
                walk.number(),
                "Copia de su DNI",
                LocalDate.parse("2026-12-15"),
                walk.viewer(walk.team().agent()));
        walks.clockwork.runDueJobs();
        return walk;
    }

    @Test
    void keepsTheHourOfTheOfficeAcrossAChangeOfTheClock() {
        // Turin, registered before clocks go forward on 28 March 2027; holidays: Easter Monday 29 March.
        Team turin = walks.in(walks.fixtures.aProjectInItaly());
        walks.clockwork.moveTo(Instant.parse("2027-03-01T09:00:00Z"));
        Walk walk = turin.byEmail();

        // 30 business days after Mon 1 March: 2-5 (4), 8-26 (19), 30 March-2 April (23), 5-9 (28), 12 and 13 April.
        assertThat(walk.promised()).isEqualTo("2027-04-13T17:00");
        assertThat(walk.complaint().terms().due()).isEqualTo("2027-04-13T15:00:00Z");
        walk.routed();
        assertThat(walk.moveTo(Instant.parse("2027-04-13T14:59:59Z"))
                        .complaint()
                        .isBroken())
                .isFalse();
        assertThat(walk.moveTo(Instant.parse("2027-04-13T15:00:00Z"))
                        .complaint()
                        .isBroken())
                .isTrue();
    }

    @Test
    void keepsItsDatesWhenItIsMovedToANewVersion() {
        Walk rosa = walks.inPeru().byEmail().routed();
        UserId unit = rosa.team().unit();
        versions.publish("complaint");

        versions.move(rosa.number());

        assertThat(rosa.open()).containsExactly("prepare");
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-08T17:00");
        assertThat(rosa.moveTo(justBefore(rosa, "2026-12-16T17:00")).noticesOf(unit))
                .isEmpty();
        assertThat(rosa.moveTo("2026-12-16T17:00").noticesOf(unit)).containsExactly("complaint-half-time");
        rosa.written();
        versions.publish("complaint");
        versions.move(rosa.number());
        rosa.moveTo("2027-01-08T17:00");
        assertThat(rosa.complaint().isBroken()).isTrue();
        assertThat(rosa.approved().confirmed().ended()).containsExactly("answered");
    }

    /** Complaint, a migrated instance: with the clock stopped it stands still there too, and goes on with what was left. */
    @Test
    void standsStillWhenItIsMovedToANewVersion() {
        Walk rosa = stopped(walks.inPeru().byEmail().routed().moveTo("2026-12-01T10:00"));
        UserId supervisor = rosa.team().supervisor();
        versions.publish("complaint");

        versions.move(rosa.number());

        assertThat(rosa.open()).containsExactly("await-information", "prepare");
        rosa.moveTo(justBefore(rosa, "2026-12-15T17:00"));
        assertThat(rosa.noticesOf(supervisor)).doesNotContain("task-overdue");
        rosa.moveTo("2026-12-15T17:00");
        assertThat(rosa.noticesOf(supervisor)).containsOnlyOnce("task-overdue");
        // Half of the time would have been over on Wed 16 Dec.
        rosa.moveTo("2026-12-17T10:00");
        assertThat(rosa.noticesOf(rosa.team().unit())).doesNotContain("complaint-half-time");
        rosa.finish("await-information", rosa.team().agent(), Map.of("arrived", "yes"));

        // 24 of 30 days were left; from Fri 18 Dec: 5 to the 24th, 9 to the 31st, 14, 19 and, on Fri 22 Jan, 24.
        assertThat(rosa.promised()).isEqualTo("2027-01-22T17:00");
        assertThat(rosa.moveTo(justBefore(rosa, "2027-01-22T17:00")).complaint().isBroken())
                .isFalse();
        assertThat(rosa.moveTo("2027-01-22T17:00").complaint().isBroken()).isTrue();
        assertThat(rosa.written().approved().confirmed().ended()).containsExactly("answered");
    }

    private void extend(Walk walk, String day) {
        walks.complaints.extend(
                walk.number(),
                LocalDate.parse(day),
                "Falta un informe.",
                walk.viewer(walk.team().supervisor()));
        walks.clockwork.runDueJobs();
    }

    private static Instant justBefore(Walk walk, String hour) {
        return walk.instant(hour).minusSeconds(1);
    }
}
