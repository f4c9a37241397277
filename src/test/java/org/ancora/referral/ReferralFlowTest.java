package org.ancora.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Channel;
import org.ancora.casework.ClosingConditions;
import org.ancora.casework.ClosingReason;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.process.NewVersions;
import org.ancora.process.steering.SteeringHands;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.referral.ReferralWalk.Team;
import org.ancora.referral.ReferralWalk.Walk;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.time.ExtraDay;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;

/** The procedure that follows a referral up (processes §3), on calendars checked by hand. */
@AncoraTest
class ReferralFlowTest {

    @Autowired
    ReferralWalk walks;

    @Autowired
    ClosingConditions closing;

    @Autowired
    Projects projects;

    @Autowired
    CalendarMoves moves;

    @Autowired
    TestInbox inbox;

    @Autowired
    NewVersions versions;

    @Autowired
    ManagementService jobs;

    @Autowired
    RuntimeService runtime;

    @Autowired
    FollowUpSurvey survey;

    @Autowired
    SteeringHands steering;

    private Team york;

    @BeforeEach
    void aTeam() {
        york = walks.inOntario();
        survey.begin();
        inbox.open();
    }

    @AfterEach
    void close() {
        inbox.close();
        versions.withdraw();
    }

    @Test
    void asksOnTheDayThatWasAgreedAndEndsWithAFinalAnswer() {
        Walk dana = york.refer();
        assertThat(dana.open()).isEmpty();

        dana.secondBefore("2026-12-07T09:00");
        assertThat(dana.open()).isEmpty();
        dana.moveTo("2026-12-07T09:00");

        assertThat(dana.window()).isEqualTo("2026-12-07T09:00/2026-12-07T17:00");
        assertThat(dana.task().assignee()).isEqualTo(york.worker());
        dana.followUp("completed", "attended", "");
        assertThat(dana.at()).containsExactly("nothing-left");
        assertThat(dana.referral().isFinished()).isTrue();
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.COMPLETED);
        assertThat(dana.referral().outcome()).isEqualTo(ClientOutcome.ATTENDED);
        assertThat(dana.history()).containsExactly("made", "followed-up");
    }

    @Test
    void asksOnItsDayWhenItIsMovedToANewVersion() {
        Walk dana = york.refer();
        versions.publish("referral");

        versions.move(dana.code());

        dana.secondBefore("2026-12-07T09:00");
        assertThat(dana.open()).isEmpty();
        dana.moveTo("2026-12-07T09:00");
        assertThat(dana.window()).isEqualTo("2026-12-07T09:00/2026-12-07T17:00");
        versions.publish("referral");
        versions.move(dana.code());
        assertThat(dana.followUp("completed", "attended", "").at()).containsExactly("nothing-left");
    }

    @Test
    void asksAgainUntilTheAnswerIsFinal() {
        Walk dana = york.refer().moveTo("2026-12-07T10:00").followUp("in-progress", "unknown", "2026-12-14");
        assertThat(dana.open()).isEmpty();
        dana.secondBefore("2026-12-14T09:00");
        assertThat(dana.open()).isEmpty();
        dana.moveTo("2026-12-14T09:00").followUp("accepted", "attended", "2026-12-16");
        dana.moveTo("2026-12-16T09:00").followUp("failed", "no-show", "");

        assertThat(dana.at()).containsExactly("nothing-left");
        assertThat(walks.referrals.followUps(List.of(dana.id())))
                .extracting(each -> each.dueOn().toString())
                .containsExactly("2026-12-16", "2026-12-14", "2026-12-07");
    }

    @ParameterizedTest
    @CsvSource({"completed", "rejected", "failed", "cancelled", "entered-in-error"})
    void everyFinalStatusEndsIt(String status) {
        Walk dana = york.refer().moveTo("2026-12-07T09:00").followUp(status, "unknown", "");

        assertThat(dana.at()).containsExactly("nothing-left");
        assertThat(dana.runs()).isFalse();
    }

    @Test
    void wantsADayForAsWhileNothingIsSettled() {
        Walk dana = york.refer().moveTo("2026-12-07T09:00");

        assertThatThrownBy(() -> dana.followUp("accepted", "unknown", "2026-12-06"))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsKey("nextOn"));
        assertThatThrownBy(() -> dana.followUp("accepted", "unknown", "")).isInstanceOf(Tasks.Refused.class);

        assertThat(dana.open()).hasSize(1);
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.DRAFT);
    }

    /** Five business days after Monday 7 December end on Monday 14 December. */
    @Test
    void tellsTheSupervisorOnceWhenItIsLate() {
        Walk dana = york.refer().secondBefore("2026-12-14T17:00");
        assertThat(dana.noticesOf(york.supervisor())).isEmpty();

        dana.moveTo("2026-12-14T17:00");
        assertThat(dana.noticesOf(york.supervisor())).containsExactly("task-overdue");
        dana.moveTo("2026-12-28T09:00");

        assertThat(dana.noticesOf(york.supervisor())).containsExactly("task-overdue");
        assertThat(dana.noticesOf(york.worker())).containsExactly("task-overdue");
        assertThat(dana.open()).hasSize(1);
    }

    /**
     * Christmas is a Friday, and Boxing Day is observed on Monday 28. Clocks in Toronto go forward on 14 March 2027; New
     * Year's Day is a Friday.
     */
    @ParameterizedTest
    @CsvSource({
        "2026-12-25, 2026-12-29T09:00, 2026-12-29T14:00:00Z",
        "2027-01-01, 2027-01-04T09:00, 2027-01-04T14:00:00Z",
        "2027-03-12, 2027-03-12T09:00, 2027-03-12T14:00:00Z",
        "2027-03-14, 2027-03-15T09:00, 2027-03-15T13:00:00Z",
        "2026-11-28, 2026-11-30T09:00, 2026-11-30T14:00:00Z",
    })
    void keepsOfficeHoursOverHolidaysAndChangesOfTheClock(String chosen, String opens, String instant) {
        Walk dana = york.refer(york.dana(), chosen);
        assertThat(dana.instant(opens)).isEqualTo(instant);

        dana.secondBefore(opens);
        assertThat(dana.open()).isEmpty();
        dana.moveTo(opens);

        assertThat(dana.window()).isEqualTo(opens + "/" + opens.replace("T09", "T17"));
    }

    /** Monday 7 December becomes a day off: the follow-up and its timer move to Tuesday, and lists say so. */
    @Test
    void movesWithADayOffThatIsAddedLater() {
        Walk dana = york.refer();

        projects.addExtraDay(
                york.project().id(),
                new ExtraDay(LocalDate.parse("2026-12-07"), true, Map.of("en", "The roads are closed")));
        moves.begin(york.project().id(), york.supervisor());
        walks.clockwork.runDueJobs();

        assertThat(dana.referral().next())
                .isEqualTo(new Referral.Ahead(LocalDate.parse("2026-12-08"), dana.instant("2026-12-08T17:00")));
        dana.secondBefore("2026-12-08T09:00");
        assertThat(dana.open()).isEmpty();
        dana.moveTo("2026-12-08T09:00");
        assertThat(dana.window()).isEqualTo("2026-12-08T09:00/2026-12-08T17:00");
    }

    /** The answer comes on Monday 23 November at 9:10, so it is looked at by the end of Tuesday. */
    @Test
    void anAnswerOfTheAgencyIsLookedAtSoon() {
        Walk dana = york.refer();
        String secret = dana.linkOf(false);

        assertThat(walks.answers.accept(secret, "Lou")).isTrue();

        assertThat(dana.window()).isEqualTo("2026-11-23T09:10/2026-11-24T17:00");
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.ACCEPTED);
        assertThat(dana.noticesOf(york.worker())).containsExactly("referral-answered");
        dana.followUp("accepted", "unknown", "2026-12-07");
        assertThat(dana.open()).isEmpty();
        dana.moveTo("2026-12-07T09:00");
        assertThat(dana.open()).hasSize(1);
    }

    @Test
    void anAnswerDoesNotPutOffADayThatIsSooner() {
        Walk dana = york.refer(york.dana(), "2026-11-24");
        String secret = dana.linkOf(false);
        dana.moveTo("2026-11-23T17:30");

        walks.answers.decline(secret, "", "No room before spring");

        assertThat(dana.window()).isEqualTo("2026-11-23T17:30/2026-11-24T17:00");
    }

    @Test
    void anAnswerWhileSomebodyIsToLookChangesNoTask() {
        Walk dana = york.refer();
        String secret = dana.linkOf(false);
        dana.moveTo("2026-12-07T09:00");
        OpenTask before = dana.task();

        walks.answers.report(secret, "Lou", AgencyAnswers.Report.NO_SHOW, "");

        assertThat(dana.task().id()).isEqualTo(before.id());
        assertThat(dana.referral().outcome()).isEqualTo(ClientOutcome.NO_SHOW);
        assertThat(dana.referral().isFinished()).isFalse();
        dana.followUp("failed", "no-show", "");
        assertThat(dana.at()).containsExactly("nothing-left");
    }

    @Test
    void aResultByHandMovesTheWait() {
        Walk dana = york.refer().record("accepted", "unknown", "2026-12-01");

        dana.secondBefore("2026-12-01T09:00");
        assertThat(dana.open()).isEmpty();
        dana.moveTo("2026-12-01T09:00");
        assertThat(dana.window()).isEqualTo("2026-12-01T09:00/2026-12-01T17:00");
    }

    @Test
    void aResultByHandEndsTheWait() {
        Walk dana = york.refer().record("cancelled", "declined", "");

        assertThat(dana.at()).containsExactly("nothing-left");
        dana.moveTo("2026-12-08T09:00");
        assertThat(dana.open()).isEmpty();
    }

    @Test
    void aResultByHandTakesTheTaskAway() {
        Walk dana = york.refer().moveTo("2026-12-07T09:00").record("in-progress", "attended", "2026-12-21");
        assertThat(dana.open()).isEmpty();

        dana.moveTo("2026-12-21T09:00").record("completed", "attended", "");

        assertThat(dana.open()).isEmpty();
        assertThat(dana.at()).containsExactly("nothing-left");
        assertThat(dana.noticesOf(york.supervisor())).isEmpty();
    }

    @Test
    void tellsTheSlowerOfTwoPeople() {
        Walk dana = york.refer().moveTo("2026-12-07T09:00");
        OpenTask task = dana.task();
        dana.complete(task, york.worker(), "completed", "attended", "");

        assertThatThrownBy(() -> dana.complete(task, york.supervisor(), "failed", "no-show", ""))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT));
        assertThatThrownBy(() -> dana.record("failed", "no-show", ""))
                .isInstanceOf(OptimisticLockingFailureException.class);

        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.COMPLETED);
    }

    /** Referral, two people in the same moment: one in the task, one by hand; one result stays. */
    @Test
    void letsExactlyOneOfTwoAtOnceWin() throws Exception {
        Walk dana = york.refer().moveTo("2026-12-07T09:00");
        OpenTask task = dana.task();
        CaseSummary file = dana.file();
        int seen = dana.referral().version();

        int told = AtOnce.told(
                () -> walks.tasks.complete(
                        task.id(),
                        walks.fixtures.viewer(york.worker()),
                        Map.of("status", "completed", "outcome", "attended")),
                () -> walks.referrals.record(
                        file, dana.id(), seen, ReferralWalk.result("failed", "no-show", ""), york.supervisor()));
        walks.clockwork.runDueJobs();

        assertThat(told).isOne();
        assertThat(dana.at()).containsExactly("nothing-left");
        assertThat(dana.open()).isEmpty();
        assertThat(dana.history())
                .hasSize(2)
                .last()
                .isEqualTo(dana.referral().status() == ReferralStatus.COMPLETED ? "followed-up" : "recorded");
    }

    @Test
    void followsTheCaseToItsNextWorker() {
        Walk dana = york.refer();
        UserId tom = walks.fixtures.aPerson("Tom Reyes", york.project(), Role.CASEWORKER);
        Walk other = york.refer(york.dana(), "2026-12-07").moveTo("2026-12-07T09:00");
        walks.cases.assign(dana.code(), tom, york.coordinator(), "");
        walks.cases.assign(other.code(), tom, york.coordinator(), "");

        assertThat(dana.task().assignee()).isEqualTo(tom);
        assertThat(other.task().assignee()).isEqualTo(tom);
    }

    @Test
    void severalReferralsOfACaseGoTheirOwnWays() {
        CaseSummary file = york.dana();
        Walk first = york.refer(file, "2026-12-07");
        Walk second = york.refer(file, "2026-12-07");

        first.record("cancelled", "declined", "");
        assertThat(first.runs()).isFalse();
        assertThat(second.runs()).isTrue();
        second.moveTo("2026-12-07T09:00");

        assertThat(second.open()).hasSize(1);
        assertThat(second.referral().reference()).isEqualTo(file.code() + "/2");
    }

    // Closed by hand

    @ParameterizedTest
    @CsvSource({"2026-11-23T09:10", "2026-12-07T09:00", "2026-12-15T09:00"})
    void endsWithItsCaseAtEveryStep(String hour) {
        Walk dana = york.refer();
        String secret = dana.linkOf(true);
        dana.moveTo(hour);

        walks.cases.close(dana.code(), null, ClosingReason.WITHDRAWN, "", york.supervisor());

        assertThat(dana.at()).containsExactly("ended-with-case");
        assertThat(dana.runs()).isFalse();
        assertThat(dana.open()).isEmpty();
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.SENT);
        assertThat(dana.history()).endsWith("ended-with-case");
        assertThat(walks.answers.accept(secret, "Lou")).isFalse();
        assertThat(walks.referrals.followUps(List.of(dana.id())).get(0).dropped())
                .isTrue();
    }

    /** Referral, ended by hand on its own at every step: it holds nothing up any more, and can be followed again. */
    @ParameterizedTest
    @CsvSource({"2026-11-23T09:10", "2026-12-07T09:00", "2026-12-15T09:00"})
    void holdsNothingUpOnceItsProcedureIsEndedByHand(String hour) throws Exception {
        Walk dana = york.refer();
        String secret = dana.linkOf(true);
        dana.moveTo(hour);
        projectWantsReferralsFinished();
        String procedure = Objects.requireNonNull(dana.referral().process());

        steering.cancel(procedure, york.supervisor());

        assertThat(dana.runs()).isFalse();
        assertThat(dana.open()).isEmpty();
        assertThat(dana.referral().isFinished()).isTrue();
        assertThat(dana.history()).endsWith("ended-by-hand");
        assertThat(closing.unmet(dana.file())).isEmpty();
        assertThat(walks.answers.accept(secret, "Lou")).isFalse();
        assertThatThrownBy(() -> dana.record("completed", "attended", ""))
                .isInstanceOf(OptimisticLockingFailureException.class);

        String again = steering.restart(procedure, york.supervisor());
        assertThat(dana.referral().process()).isEqualTo(again).isNotEqualTo(procedure);
        assertThat(dana.history()).endsWith("followed-again");
        assertThat(closing.unmet(dana.file())).hasSize(1);
        dana.moveTo("2026-12-15T09:01");
        assertThat(dana.window()).isEqualTo("2026-12-07T09:00/2026-12-07T17:00");
        dana.record("in-progress", "unknown", "2026-12-21").moveTo("2026-12-21T09:00");
        assertThat(dana.followUp("completed", "attended", "").at()).containsExactly("nothing-left");
    }

    /** Referral, begun once more after its last answer: somebody is asked today, since no other day was agreed. */
    @Test
    void asksTodayWhenItIsFollowedAgainAfterItsLastAnswer() throws Exception {
        Walk dana = york.refer().record("completed", "attended", "");
        String procedure = Objects.requireNonNull(dana.referral().process());

        steering.restart(procedure, york.supervisor());

        assertThat(dana.window()).isEqualTo("2026-11-23T09:00/2026-11-23T17:00");
        assertThat(dana.followUp("failed", "no-show", "").at()).containsExactly("nothing-left");
    }

    @Test
    void writesNothingOnceTheCaseIsClosed() {
        Walk dana = york.refer().ask(ReferralWalk.BY_EMAIL, ReferralWalk.toAgency(false));

        walks.cases.close(dana.code(), null, ClosingReason.WITHDRAWN, "", york.supervisor());
        walks.clockwork.runDueJobs();

        assertThat(dana.messages()).isEmpty();
        assertThat(dana.runs()).isFalse();
        assertThat(walks.sendings.of(List.of(dana.id())))
                .extracting(Sending::refused)
                .containsOnly("referral-finished");
    }

    @Test
    void aProjectMayWantItFinishedBeforeTheCaseIsClosed() {
        Walk dana = york.refer();
        assertThat(closing.unmet(dana.file())).isEmpty();
        projectWantsReferralsFinished();

        assertThat(closing.unmet(dana.file())).singleElement().satisfies(unmet -> assertThat(unmet.path())
                .isEqualTo(dana.referral().path()));
        assertThat(closing.unmetIn(york.project().id()))
                .as("known before many are closed at once")
                .containsExactly(dana.code());
        dana.record("completed", "attended", "");
        assertThat(closing.unmet(dana.file())).isEmpty();
        assertThat(closing.unmetIn(york.project().id())).isEmpty();
    }

    private void projectWantsReferralsFinished() {
        walks.jdbc
                .sql("update project set closing_conditions = '{referrals}' where id = :id")
                .param("id", york.project().id().value())
                .update();
    }

    // Sending

    @Test
    void writesOnceToClientAndAgency() {
        Walk dana = york.refer().send(ReferralWalk.BY_EMAIL, ReferralWalk.BY_SMS, ReferralWalk.toAgency(false));

        assertThat(dana.messages())
                .containsExactly(
                        "referral-to-client email client sent",
                        "referral-to-client-sms sms client written",
                        "referral-to-agency email agency sent");
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.SENT);
        walks.clockwork.runDueJobs();
        walks.sendings.send(dana.id(), 60);
        assertThat(dana.messages()).hasSize(3);
        assertThat(inbox.subjects()).hasSize(2);
    }

    @Test
    void aSecondPressSendsNothing() {
        Walk dana = york.refer();
        int seen = dana.referral().version();
        walks.sendings.ask(dana.id(), seen, List.of(ReferralWalk.BY_EMAIL), york.worker());

        assertThatThrownBy(() -> walks.sendings.ask(dana.id(), seen, List.of(ReferralWalk.BY_EMAIL), york.worker()))
                .isInstanceOf(OptimisticLockingFailureException.class);

        walks.clockwork.runDueJobs();
        assertThat(dana.messages()).hasSize(1);
    }

    @Test
    void writesToNobodyWithoutConsent() {
        CaseSummary silent =
                walks.fixtures.aClient(york.project()).refusing(Channel.EMAIL).openCaseFor(york.worker());
        Walk dana = york.refer(silent, "2026-12-07").send(ReferralWalk.BY_EMAIL, ReferralWalk.BY_SMS);

        assertThat(dana.messages()).isEmpty();
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.DRAFT);
        assertThat(walks.sendings.of(List.of(dana.id())))
                .extracting(Sending::refused)
                .containsExactly("refused", "not-asked");
        assertThat(dana.noticesOf(york.worker())).hasSize(2).containsOnly("referral-not-sent");
    }

    @Test
    void obeysAConsentThatIsWithdrawnBetweenThePageAndTheStep() {
        Walk dana = york.refer().ask(ReferralWalk.BY_EMAIL);
        walks.jdbc
                .sql("update consent set withdrawn_on = current_date where channel = 'email'")
                .update();

        walks.clockwork.runDueJobs();

        assertThat(dana.messages()).isEmpty();
        assertThat(walks.sendings.of(List.of(dana.id())))
                .extracting(Sending::refused)
                .containsExactly("withdrawn");
    }

    @Test
    void losesNothingAndSendsNothingTwiceWhileTheMailServerIsDown() {
        Walk dana = york.refer();
        inbox.goDown();
        dana.send(ReferralWalk.BY_EMAIL, ReferralWalk.toAgency(false));
        dana.moveTo("2026-11-23T09:20");
        assertThat(dana.messages())
                .containsExactly("referral-to-client email client queued", "referral-to-agency email agency queued");

        inbox.comeBack();
        dana.moveTo("2026-11-24T09:00");

        assertThat(dana.messages())
                .containsExactly("referral-to-client email client sent", "referral-to-agency email agency sent");
        assertThat(inbox.subjects()).hasSize(2).doesNotHaveDuplicates();
        assertThat(walks.answers.open(walks.lastLink())).isPresent();
    }

    /** Longer than it is tried by itself: somebody is told, and once they have it tried again it goes out, once. */
    @Test
    void sendsOnceWhenItIsTriedAgainAfterALongOutage() {
        Walk dana = york.refer();
        inbox.goDown();
        dana.send(ReferralWalk.BY_EMAIL, ReferralWalk.toAgency(false)).moveTo("2026-11-25T09:00");

        assertThat(dana.messages())
                .containsExactly("referral-to-client email client queued", "referral-to-agency email agency queued");
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(2);
        assertThat(dana.runs()).as("the referral is followed all the same").isTrue();

        inbox.comeBack();
        jobs.createJobQuery().noRetriesLeft().list().forEach(job -> jobs.setJobRetries(job.getId(), 1));
        dana.moveTo("2026-11-25T09:01");

        assertThat(dana.messages())
                .containsExactly("referral-to-client email client sent", "referral-to-agency email agency sent");
        assertThat(runtime.createIncidentQuery().count()).isZero();
        dana.moveTo("2026-12-07T09:00");
        assertThat(inbox.subjects()).hasSize(2).doesNotHaveDuplicates();
        assertThat(dana.open()).hasSize(1);
    }

    // What others hear

    @Test
    void tellsWhoeverListensWhatWasFoundAndInWhichFollowUp() {
        Walk dana = york.refer().moveTo("2026-12-07T10:00").followUp("in-progress", "attended", "2026-12-14");
        dana.record("completed", "attended", "");
        List<Long> followUps = walks.referrals.followUps(List.of(dana.id())).stream()
                .map(FollowUp::id)
                .sorted()
                .toList();

        assertThat(survey.heard())
                .containsExactly(
                        new ReferralFollowedUp(
                                dana.code(),
                                york.project().id(),
                                dana.id(),
                                followUps.get(0),
                                ReferralStatus.IN_PROGRESS,
                                ClientOutcome.ATTENDED,
                                york.worker()),
                        new ReferralFollowedUp(
                                dana.code(),
                                york.project().id(),
                                dana.id(),
                                followUps.get(1),
                                ReferralStatus.COMPLETED,
                                ClientOutcome.ATTENDED,
                                york.worker()));
    }

    /** A survey that cannot be written leaves no follow-up that has none. */
    @Test
    void isFollowedUpOnlyIfWhoeverListensCanFollow() {
        Walk dana = york.refer().moveTo("2026-12-07T10:00");
        survey.failNext();

        assertThatThrownBy(() -> dana.followUp("completed", "attended", "")).hasMessageContaining("no survey");

        assertThat(dana.open()).hasSize(1);
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.DRAFT);
        assertThat(dana.history()).containsExactly("made");
        dana.followUp("completed", "attended", "");
        assertThat(dana.at()).containsExactly("nothing-left");
    }

    /** Read as they arrive, in the receiver's language; the agency learns nothing of who it is. */
    @ParameterizedTest
    @CsvSource({
        "en, A service that may help you, can you help?",
        "es, Un servicio que puede ayudarle, ¿pueden ayudar?",
        "it, Un servizio che può aiutarLa, potete aiutare?"
    })
    void speaksTheReceiversLanguage(String language, String toClient, String toAgency) {
        CaseSummary file = walks.fixtures
                .aClient(york.project())
                .speaking(language)
                .consentingTo(Channel.EMAIL)
                .openCaseFor(york.worker());
        Walk dana = york.refer(file, "2026-12-07");
        Sending.Asked agency = new Sending.Asked(
                RecipientKind.AGENCY, Channel.EMAIL, "intake@legal-aid.example", Locale.forLanguageTag(language), true);
        dana.send(ReferralWalk.BY_EMAIL, agency);

        assertThat(inbox.subjects().get(0)).isEqualTo(toClient);
        assertThat(inbox.subjects().get(1)).contains(file.code() + "/1", toAgency);
        List<String> mails = inbox.sources();
        assertThat(ReferralWalk.text(mails.get(0)))
                .contains("Dana Whitfield", "Legal Aid York, Tenants’ advice", "905 555 0160", "5 Court Street")
                .doesNotContain("ashamed", "link.invalid");
        assertThat(ReferralWalk.text(mails.get(1)))
                .contains("Help against an eviction", "http://localhost:8080/referral-link/")
                .doesNotContain("Dana", "Whitfield", "905 555 0142", "ashamed", "link.invalid");
    }

    @Test
    void theEngineKnowsNothingOfWhatItSays() {
        Walk dana = york.refer().send(ReferralWalk.BY_EMAIL).moveTo("2026-12-07T09:00");

        assertThat(walks.jdbc
                        .sql("select distinct name_ from engine.act_ru_variable where proc_inst_id_ = :process")
                        .param("process", dana.referral().process())
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "referralId",
                        "projectId",
                        "worker",
                        "finished",
                        "opens",
                        "due",
                        "overdueAt",
                        "overdueDays",
                        "answerDays",
                        "linkDays");
        assertThat(walks.jdbc
                        .sql(
                                "select count(*) from engine.act_hi_varinst where text_ ilike '%legal%' or text_ ilike '%eviction%'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(walks.jdbc
                        .sql(
                                "select count(*) from activity where details::text ilike '%legal%' or details::text ilike '%eviction%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
