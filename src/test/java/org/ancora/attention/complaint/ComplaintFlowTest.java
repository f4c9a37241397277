package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.complaint.ComplaintWalks.Team;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.process.NewVersions;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.ancora.time.Deadline;
import org.ancora.time.ExtraDay;
import org.ancora.time.Moved;
import org.ancora.web.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole flow of a complaint, with dates counted by hand on the Peruvian calendar. Day one is Mon 23 Nov 2026. */
@AncoraTest
class ComplaintFlowTest {

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
                .register(PetitionChannel.PHONE, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "");

        assertThat(rosa.letters()).isEmpty();
        assertThat(rosa.noticesOf(rosa.team().agent())).containsExactly("complaint-call");
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

        projects.addExtraDay(
                rosa.team().project().id(),
                new ExtraDay(LocalDate.parse("2026-12-24"), true, Map.of("es", "día no laborable")));
        moves.begin(rosa.team().project().id(), rosa.team().supervisor());
        walks.clockwork.runDueJobs();

        assertThat(rosa.promised()).isEqualTo("2027-01-11T17:00");
        assertThat(rosa.due("prepare")).isEqualTo("2027-01-11T17:00");
        assertThat(walks.petitions.byNumber(rosa.number()).promised()).isEqualTo("2027-01-11");
        Deadline promise = walks.dates.answer(rosa.number());
        assertThat(promise.moved()).isNotNull();
        assertThat(promise.moved().cause()).isEqualTo(Moved.CALENDAR);
        assertThat(rosa.moveTo("2027-01-08T17:00").complaint().isBroken()).isFalse();
        assertThat(rosa.moveTo("2027-01-11T17:00").complaint().isBroken()).isTrue();
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
                walk -> walk.routed().written().approved());
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

    @Test
    void letsOneOfTwoWin() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed();
        UserId other = walks.fixtures.aPerson("Ursula Paz", rosa.team().project(), Role.UNIT);
        OpenTask task = rosa.task("prepare");
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService people = Executors.newFixedThreadPool(2);
        List<Future<?>> both = new ArrayList<>();
        for (UserId who : List.of(rosa.team().unit(), other)) {
            both.add(people.submit(() -> {
                together.await();
                walks.tasks.complete(task.id(), rosa.viewer(who), Map.of("answer", "De " + who));
                return null;
            }));
        }
        int told = 0;
        for (Future<?> each : both) {
            try {
                each.get();
            } catch (ExecutionException refused) {
                assertThat(refused.getCause()).isInstanceOf(Problem.class);
                told++;
            }
        }
        people.shutdown();

        assertThat(told).isEqualTo(1);
        assertThat(rosa.open()).containsExactly("approve");
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
