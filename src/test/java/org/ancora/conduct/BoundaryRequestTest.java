package org.ancora.conduct;

import static org.ancora.access.People.signedIn;
import static org.ancora.conduct.BoundaryWalk.A_NUMBER;
import static org.ancora.conduct.BoundaryWalk.and;
import static org.ancora.conduct.BoundaryWalk.worried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.Profiles;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.NewVersions;
import org.ancora.process.steering.SteeringHands;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.testing.SqlCount;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** A client asks a worker for more than work allows: recorded, decided on and answered (B1–B18). */
@AncoraTest
class BoundaryRequestTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private BoundaryWalk walk;

    @Autowired
    private NewVersions versions;

    @Autowired
    private Cases cases;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Projects projects;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Pages pages;

    @Autowired
    private TestInbox inbox;

    @Autowired
    private SteeringHands steering;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private RuntimeService runtime;

    private UserId sam;
    private UserId tom;
    private UserId susan;
    private UserId rita;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        Project york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        susan = fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR);
        rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        dana = fixtures.aClient(york).openCaseFor(sam);
        inbox.open();
    }

    @AfterEach
    void withdraw() {
        inbox.close();
        versions.withdraw();
    }

    /** Boundary request, a migrated instance: at every task. */
    @Test
    void goesOnWhenItIsMovedToANewVersion() {
        walk.begin(dana, sam);
        versions.publish("conduct");
        versions.move(dana.code());

        walk.finish(dana, "record-request", sam, worriedAndAsking(tom.toString()));
        versions.publish("conduct");
        versions.move(dana.code());

        assertThat(walk.open(dana)).containsExactly("answer-as-colleague", "decide-on-safety");
        assertThat(walk.noticesOf(susan)).isNotEmpty();
        walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "no-danger", "words", "Spoke to her"));
        walk.finish(dana, "answer-as-colleague", tom, Map.of("answer", "Call her."));
        assertThat(walk.ended(dana)).containsExactly("documented");
    }

    @Test
    void theRecordBecomesANoteAndNothingElseFollows() {
        walk.begin(dana, sam);
        assertThat(walk.task(dana, "record-request").assignee()).isEqualTo(sam);

        walk.finish(dana, "record-request", sam, A_NUMBER);

        assertThat(walk.open(dana)).isEmpty();
        assertThat(walk.ended(dana)).containsExactly("documented");
        assertThat(walk.notes(dana))
                .singleElement()
                .asString()
                .startsWith("Request beyond professional limits\nWhen was it? Mon 23 Nov 2026\nWhere? On the phone\n")
                .contains("What did the client ask for? My private number")
                .contains("What did you offer instead? Our phone: 905 555 0100 (9–17); Speaking with a supervisor")
                .contains("I said that we share the office line only.");
        assertThat(walk.noticesOf(susan)).isEmpty();
    }

    /** Tue 24 and Wed 25 are the two business days; across a year's end Thu 31 Dec and Mon 4 Jan; into summer time two too. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:10, 2026-11-25T17:00",
        "2026-11-23T17:30, 2026-11-26T17:00",
        "2026-12-30T10:00, 2027-01-04T17:00",
        "2027-03-12T10:00, 2027-03-16T17:00"
    })
    void theRecordIsDueByTheDocumentationLimit(String asked, String due) {
        walk.moveTo(asked, TORONTO);

        walk.begin(dana, sam);

        assertThat(walk.due(dana, "record-request", TORONTO)).isEqualTo(due);
    }

    @Test
    void aLateRecordIsToldOnceAndStays() {
        walk.begin(dana, sam);

        walk.moveToTheSecond("2026-11-25T16:59:59", TORONTO);
        assertThat(walk.noticesOf(susan)).isEmpty();
        walk.moveTo("2026-11-25T17:00", TORONTO);

        assertThat(walk.noticesOf(susan)).containsExactly("task-overdue");
        assertThat(walk.noticesOf(sam)).containsExactly("task-overdue");
        walk.moveTo("2026-12-10T09:00", TORONTO);
        assertThat(walk.noticesOf(susan)).containsExactly("task-overdue");
        walk.finish(dana, "record-request", sam, A_NUMBER);
        assertThat(walk.ended(dana)).containsExactly("documented");
    }

    @Test
    void aWorryReachesTheSupervisorTheSameDay() throws Exception {
        walk.begin(dana, sam);

        walk.finish(dana, "record-request", sam, worried());

        assertThat(walk.open(dana)).containsExactly("decide-on-safety");
        assertThat(walk.due(dana, "decide-on-safety", TORONTO)).isEqualTo("2026-11-23T17:00");
        assertThat(walk.noticesOf(susan)).containsExactly("boundary-safety");
        assertThat(walk.notes(dana).get(0)).contains("What worries you? She said goodbye twice");

        walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "visit", "words", "Sam and I go at 15:00"));

        assertThat(walk.ended(dana)).containsExactly("documented");
        assertThat(walk.notes(dana).get(1))
                .isEqualTo("Worry for the client’s safety. Decided: We go and see the client\nSam and I go at 15:00");
        assertThat(walk.noticesOf(sam)).containsExactly("boundary-decided");
        assertThat(leadsTo(sam)).isEqualTo("/cases/" + dana.code() + "/boundaries");
    }

    /** After closing, on a Saturday, and on Christmas Day: the day itself, not the next business day. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T17:30, 2026-11-27T23:59",
        "2026-11-28T11:00, 2026-11-28T23:59",
        "2026-12-25T11:00, 2026-12-25T23:59",
        "2027-03-15T16:59, 2027-03-15T17:00"
    })
    void aWorryDoesNotWaitForTheOffice(String written, String due) {
        walk.begin(dana, sam);
        walk.moveTo(written, TORONTO);

        walk.finish(dana, "record-request", sam, worried());

        assertThat(walk.due(dana, "decide-on-safety", TORONTO)).isEqualTo(due);
    }

    @Test
    void onlyASupervisorDecidesOnSafety() {
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, worried());

        assertThatThrownBy(() -> walk.finish(
                        dana, "decide-on-safety", tom, Map.of("decision", "no-danger", "words", "All is well")))
                .isInstanceOf(Forbidden.class);

        assertThat(walk.open(dana)).containsExactly("decide-on-safety");
    }

    @Test
    void aQuestionGoesToTheColleagueWhoWasChosen() throws Exception {
        walk.begin(dana, sam);

        walk.finish(
                dana,
                "record-request",
                sam,
                and("unsure", true, "question", "May I say where I live?", "askWhom", tom.toString()));

        assertThat(walk.task(dana, "answer-as-colleague").assignee()).isEqualTo(tom);
        assertThat(walk.due(dana, "answer-as-colleague", TORONTO)).isEqualTo("2026-11-24T17:00");
        assertThat(walk.noticesOf(tom)).containsExactly("boundary-question");
        walk.finish(dana, "answer-as-colleague", tom, Map.of("answer", "No. Name the district at most."));
        assertThat(walk.noticesOf(sam)).containsExactly("boundary-answered");
        assertThat(leadsTo(sam)).as("where the answer stands").isEqualTo("/cases/" + dana.code() + "/boundaries");
        assertThat(walk.ended(dana)).containsExactly("documented");
        // The question is about Sam's own conduct: for Sam, Tom and the supervisors, and not for every reader of notes.
        UserId other = fixtures.aPerson("Olga Weiss", york(), Role.CASEWORKER);
        assertThat(page("/boundaries", sam).text()).contains("May I say where I live?", "Name the district at most.");
        assertThat(page("/boundaries", susan).text()).contains("May I say where I live?");
        assertThat(page("/boundaries", other).text())
                .contains("My private number")
                .doesNotContain("May I say where I live?");
        assertThat(page("/activity", other).text())
                .as("the log does not tell by the titles of tasks")
                .contains("Finished a task")
                .doesNotContain("Answer a colleague");
    }

    /** Whoever asked reads where the answer will stand who gives it and by when; nobody is named to whom it is not told. */
    @Test
    void whoeverAskedReadsWhoAnswersAndByWhen() throws Exception {
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, worriedAndAsking(tom.toString()));
        walk.begin(dana, tom);
        walk.finish(dana, "record-request", tom, and("unsure", true, "question", "And now?", "askWhom", "supervisor"));

        assertThat(page("/boundaries", sam).text())
                .contains(
                        "Tom Reyes answers it, by Tue 24 Nov, 17:00.",
                        "A supervisor decides on it, by Mon 23 Nov, 17:00.")
                .doesNotContain("A supervisor answers", "Not settled yet");
        assertThat(page("/boundaries", tom).text())
                .contains("A supervisor answers it, by Tue 24 Nov, 17:00.", "Tom Reyes answers it");
        UserId other = fixtures.aPerson("Olga Weiss", york(), Role.CASEWORKER);
        assertThat(page("/boundaries", other).text())
                .contains("A supervisor decides")
                .doesNotContain("answers it");
        assertThat(in("es", sam)).contains("Responde Tom Reyes; plazo: mar 24 nov, 17:00.", "Decide un/a supervisor/a");
        assertThat(in("it", sam)).contains("Risponde Tom Reyes, entro: mar 24 nov, 17:00.", "Decide un supervisore");

        walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "no-danger", "words", "Spoke to her"));
        walk.moveTo("2026-11-24T17:01", TORONTO);
        assertThat(page("/boundaries", sam).text())
                .contains("Susan Okafor decided", "Tom Reyes was to answer it by Tue 24 Nov, 17:00.")
                .doesNotContain("A supervisor decides");
        walk.running(dana).forEach(procedure -> runtime.deleteProcessInstance(procedure, "by hand"));
        assertThat(page("/boundaries", sam).text()).contains("Not settled yet").doesNotContain("was to answer");
    }

    /** Whom each waits for is asked for all of them at once. */
    @Test
    void manyThatWaitTakeAsFewStatementsAsOne() throws Exception {
        UserId olga = fixtures.aPerson("Olga Weiss", york(), Role.CASEWORKER);
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, worriedAndAsking(tom.toString()));
        page("/boundaries", susan);
        List<String> one = SqlCount.during(() -> page("/boundaries", susan));
        walk.begin(dana, tom);
        walk.finish(dana, "record-request", tom, worriedAndAsking(olga.toString()));
        walk.begin(dana, olga);
        walk.finish(dana, "record-request", olga, worriedAndAsking(sam.toString()));

        List<String> many = SqlCount.during(() -> page("/boundaries", susan));

        assertThat(many).hasSameSizeAs(one);
        assertThat(page("/boundaries", susan).text())
                .contains("Tom Reyes answers it", "Olga Weiss answers it", "Sam Bouchard answers it");
    }

    private String in(String language, UserId who) throws Exception {
        return Jsoup.parse(mvc.perform(get("/cases/" + dana.code() + "/boundaries")
                                .with(signedIn(who))
                                .header("Accept-Language", language))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8))
                .text();
    }

    @Test
    void aQuestionWithoutAColleagueGoesToTheSupervisors() {
        walk.begin(dana, sam);

        walk.finish(dana, "record-request", sam, and("unsure", true, "question", "And now?", "askWhom", "supervisor"));

        assertThat(walk.open(dana)).containsExactly("answer-as-supervisor");
        assertThat(walk.noticesOf(susan)).containsExactly("boundary-question");
        walk.finish(dana, "answer-as-supervisor", susan, Map.of("answer", "Come and see me."));
        assertThat(walk.ended(dana)).containsExactly("documented");
    }

    @Test
    void aWorryAndAQuestionAreSettledSideBySide() {
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, worriedAndAsking(tom.toString()));

        assertThat(walk.open(dana)).containsExactly("answer-as-colleague", "decide-on-safety");
        walk.finish(dana, "answer-as-colleague", tom, Map.of("answer", "Call her."));
        assertThat(walk.ended(dana)).isEmpty();
        walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "no-danger", "words", "Spoke to her"));
        assertThat(walk.ended(dana)).containsExactly("documented");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record-request", "decide-on-safety", "answer-as-colleague", "answer-as-supervisor"})
    void aCaseClosedByHandTakesNothingAway(String at) {
        walk.begin(dana, sam);
        String answering = at.equals("answer-as-supervisor") ? at : "answer-as-colleague";
        UserId answers = at.equals("answer-as-supervisor") ? susan : tom;
        Map<String, Object> both = worriedAndAsking(answers.equals(tom) ? tom.toString() : "supervisor");
        if (!at.equals("record-request")) {
            walk.finish(dana, "record-request", sam, both);
        }
        if (at.equals(answering)) {
            walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "no-danger", "words", "Spoke to her"));
        }

        cases.close(dana.code(), null, ClosingReason.of("withdrawn"), "", susan);

        assertThat(walk.open(dana)).contains(at);
        if (at.equals("record-request")) {
            walk.finish(dana, "record-request", sam, both);
        }
        if (!at.equals(answering)) {
            walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "no-danger", "words", "Spoke to her"));
        }
        walk.finish(dana, answering, answers, Map.of("answer", "Call her."));
        assertThat(walk.ended(dana)).containsExactly("documented");
        assertThat(walk.notes(dana)).hasSize(2);
    }

    /** Boundary request, closed by hand at every step: what was recorded stays, and nobody is reminded of it any more. */
    @ParameterizedTest
    @ValueSource(strings = {"record-request", "decide-on-safety", "answer-as-colleague"})
    void endedByHandItRemindsNobodyAndKeepsWhatWasRecorded(String at) throws Exception {
        walk.begin(dana, sam);
        boolean recorded = !at.equals("record-request");
        if (recorded) {
            walk.finish(dana, "record-request", sam, worriedAndAsking(tom.toString()));
        }
        if (at.equals("answer-as-colleague")) {
            walk.finish(dana, "decide-on-safety", susan, Map.of("decision", "no-danger", "words", "Spoke to her"));
        }
        assertThat(walk.open(dana)).contains(at);
        List<String> notes = walk.notes(dana);

        steering.cancel(walk.running(dana).get(0), susan);
        walk.moveTo("2026-12-10T09:00", TORONTO);

        assertThat(walk.open(dana)).isEmpty();
        assertThat(walk.notes(dana)).isEqualTo(notes).hasSize(recorded ? notes.size() : 0);
        for (UserId each : List.of(sam, tom, susan)) {
            assertThat(walk.noticesOf(each)).doesNotContain("task-overdue");
        }
        assertThat(page("/boundaries", susan).text().contains("My private number"))
                .isEqualTo(recorded);
    }

    /** What is asked after a case was closed, or after somebody ended the procedure, is not what was asked before (B16). */
    @Test
    void whatIsUnderWayNoMoreDoesNotStandForWhatIsAskedNow() throws Exception {
        long first = walk.begin(dana, sam);
        assertThat(walk.begin(dana, sam)).isEqualTo(first);

        walk.wait(Duration.ofMinutes(5));
        cases.close(dana.code(), null, ClosingReason.of("withdrawn"), "", susan);
        long second = walk.begin(dana, sam);

        assertThat(second).isNotEqualTo(first);
        assertThat(walk.begin(dana, sam)).isEqualTo(second);
        assertThat(walk.running(dana)).hasSize(2);
        for (String procedure : walk.running(dana)) {
            steering.cancel(procedure, susan);
        }
        assertThat(walk.open(dana)).isEmpty();
        assertThat(walk.begin(dana, sam)).isNotIn(first, second);
        assertThat(walk.open(dana)).containsExactly("record-request");
    }

    @Test
    void whoRecordsSecondIsTold() {
        walk.begin(dana, sam);
        OpenTask task = walk.task(dana, "record-request");
        tasks.complete(task.id(), fixtures.viewer(sam), A_NUMBER);

        assertThatThrownBy(() -> tasks.complete(task.id(), fixtures.viewer(sam), and("note", "Said otherwise")))
                .isInstanceOf(Problem.class);

        assertThat(walk.notes(dana)).hasSize(1);
    }

    /** Two people with an account each, in the same moment: one record becomes the note, and the other is told. */
    @Test
    void ofTwoWhoRecordAtOnceOneIsTold() throws Exception {
        walk.begin(dana, sam);
        OpenTask task = walk.task(dana, "record-request");
        pages.form("/tasks/" + task.id() + "/release", sam);
        assertThat(walk.task(dana, "record-request").assignee()).isNull();

        int told = AtOnce.told(
                () -> tasks.complete(task.id(), fixtures.viewer(sam), A_NUMBER),
                () -> tasks.complete(task.id(), fixtures.viewer(susan), and("note", "Said otherwise")));

        assertThat(told).isOne();
        assertThat(walk.notes(dana)).hasSize(1);
        assertThat(walk.ended(dana)).containsExactly("documented");
    }

    /** Boundary request, two people in the same moment: one decision or one answer, and the other is told. */
    @ParameterizedTest
    @ValueSource(strings = {"decide-on-safety", "answer-as-supervisor"})
    void letsExactlyOneOfTwoAtOnceWin(String element) throws Exception {
        UserId ines = fixtures.aPerson("Ines Duarte", york(), Role.SUPERVISOR);
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, worriedAndAsking("supervisor"));
        OpenTask task = walk.task(dana, element);
        Map<String, Object> answers = element.equals("decide-on-safety")
                ? Map.of("decision", "no-danger", "words", "Spoke to her")
                : Map.of("answer", "Call her.");
        int notes = walk.notes(dana).size();

        int told = AtOnce.told(
                () -> tasks.complete(task.id(), fixtures.viewer(susan), answers),
                () -> tasks.complete(task.id(), fixtures.viewer(ines), answers));

        assertThat(told).isOne();
        assertThat(walk.open(dana)).hasSize(1).doesNotContain(element);
        assertThat(walk.notes(dana)).hasSize(notes + (element.equals("decide-on-safety") ? 1 : 0));
        assertThat(walk.noticesOf(sam)).hasSize(1);
    }

    /** Boundary request, every timer a second before and at its instant: who is late is told of once, and so are the others. */
    @ParameterizedTest
    @CsvSource({
        "decide-on-safety, supervisor, 2026-11-23T16:59:59, 2026-11-23T17:00",
        "answer-as-colleague, colleague, 2026-11-24T16:59:59, 2026-11-24T17:00",
        "answer-as-supervisor, supervisor, 2026-11-24T16:59:59, 2026-11-24T17:00"
    })
    void aLateDecisionOrAnswerIsToldOnceAndStays(String element, String whom, String before, String due) {
        walk.begin(dana, sam);
        boolean safety = element.equals("decide-on-safety");
        walk.finish(
                dana,
                "record-request",
                sam,
                safety
                        ? worried()
                        : and(
                                "unsure",
                                true,
                                "question",
                                "And now?",
                                "askWhom",
                                whom.equals("colleague") ? tom.toString() : whom));

        walk.moveToTheSecond(before, TORONTO);
        assertThat(walk.noticesOf(susan)).doesNotContain("task-overdue");
        walk.moveTo(due, TORONTO);
        assertThat(walk.noticesOf(susan)).containsOnlyOnce("task-overdue");
        walk.moveTo("2026-12-10T09:00", TORONTO);
        assertThat(walk.noticesOf(susan)).containsOnlyOnce("task-overdue");
        assertThat(walk.open(dana)).containsExactly(element);
    }

    /** Boundary request, the mail server down and back: the worry is on the supervisor's page at once, and mailed once (B8). */
    @Test
    void aWorryReachesTheSupervisorAlthoughTheMailServerIsDown() {
        UserId ines = fixtures.aPersonWithEmail("Ines Duarte", "ines@example.org", york(), Role.SUPERVISOR);
        inbox.goDown();
        walk.begin(dana, sam);

        walk.finish(dana, "record-request", sam, worried());
        walk.moveTo("2026-11-23T09:20", TORONTO);

        assertThat(walk.noticesOf(ines)).containsExactly("boundary-safety");
        assertThat(walk.mails(dana)).containsExactly("notice queued");
        walk.finish(dana, "decide-on-safety", ines, Map.of("decision", "visit", "words", "Sam and I go at 15:00"));
        assertThat(walk.ended(dana)).containsExactly("documented");

        inbox.comeBack();
        walk.moveTo("2026-11-24T09:00", TORONTO);
        assertThat(walk.mails(dana)).containsExactly("notice sent");
        walk.moveTo("2026-12-01T09:00", TORONTO);
        assertThat(inbox.subjects()).hasSize(1);
    }

    /** Boundary request, the mail server down for longer than is tried by itself: nothing is lost, nothing goes twice. */
    @Test
    void everyNoticeIsMailedOnceAfterALongOutage() {
        UserId ines = fixtures.aPersonWithEmail("Ines Duarte", "ines@example.org", york(), Role.SUPERVISOR);
        inbox.goDown();
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, worried());

        walk.moveTo("2026-11-24T09:00", TORONTO);

        // The worry, and at 17:00 that nobody decided on it: both are urgent, and tried for some ten hours.
        assertThat(walk.noticesOf(ines)).containsExactly("boundary-safety", "task-overdue");
        walk.moveTo("2026-11-25T09:00", TORONTO);
        assertThat(inbox.subjects()).isEmpty();
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(2);
        assertThat(walk.open(dana)).containsExactly("decide-on-safety");

        inbox.comeBack();
        jobs.createJobQuery().noRetriesLeft().list().forEach(job -> jobs.setJobRetries(job.getId(), 1));
        walk.moveTo("2026-11-25T09:01", TORONTO);

        assertThat(runtime.createIncidentQuery().count()).isZero();
        assertThat(inbox.subjects()).hasSize(2).doesNotHaveDuplicates();
        walk.finish(dana, "decide-on-safety", ines, Map.of("decision", "no-danger", "words", "Spoke to her"));
        walk.moveTo("2026-12-05T09:00", TORONTO);
        assertThat(inbox.subjects()).hasSize(2);
        assertThat(walk.ended(dana)).containsExactly("documented");
    }

    private Map<String, Object> worriedAndAsking(String whom) {
        Map<String, Object> both = and(
                "safetyWorry", true, "safetyWords", "She said goodbye twice", "unsure", true, "question", "And now?");
        both.put("askWhom", whom);
        return both;
    }

    @Test
    void whatIsMissingForgedOrInTheFutureIsRefused() {
        walk.begin(dana, sam);

        assertThat(refused(Map.of())).containsOnlyKeys("askedOn", "channel", "asked", "note");
        assertThat(refused(and("safetyWorry", true))).containsOnlyKeys("safetyWords");
        assertThat(refused(and("uncomfortable", true))).containsOnlyKeys("discomfort");
        assertThat(refused(and("unsure", true))).containsOnlyKeys("question", "askWhom");
        assertThat(refused(and("askedOn", "2026-11-24"))).containsOnlyKeys("askedOn");
        assertThat(refused(and("asked", "everything"))).containsOnlyKeys("asked");
        assertThat(refused(and("alternatives", List.of("my-own-number")))).containsOnlyKeys("alternatives");
        assertThat(refused(and("unsure", true, "question", "?", "askWhom", "999999")))
                .containsOnlyKeys("askWhom");
        assertThat(refused(and("safetyWords", "hidden, and sent all the same"))).isEmpty();
        assertThat(walk.notes(dana).get(0)).doesNotContain("hidden, and sent");
    }

    private Map<String, List<String>> refused(Map<String, ?> answers) {
        try {
            walk.finish(dana, "record-request", sam, answers);
            return Map.of();
        } catch (Tasks.Refused refused) {
            return refused.errors();
        }
    }

    @Test
    void isBegunFromTheCaseOrFromTheTaskListByWhoeverWasAsked() throws Exception {
        assertThat(page("", sam).select(".buttons a, .page-head a").eachAttr("href"))
                .contains("/cases/" + dana.code() + "/boundary");
        assertThat(read("/tasks", rita).select("main a").eachAttr("href")).contains("/boundary/new");
        assertThat(read("/boundary/new", rita).select("main a").eachAttr("href"))
                .isEmpty();
        assertThat(read("/boundary/new?q=whit", rita).select("main a").eachAttr("href"))
                .containsExactly("/cases/" + dana.code() + "/boundary");

        String begun = begin(rita);
        String again = begin(rita);

        assertThat(begun).startsWith("/tasks/").isEqualTo(again);
        Document task = read(begun, rita);
        assertThat(task.select(".prompts > li")).hasSize(15);
        assertThat(task.select(".prompts > li").get(14).text()).startsWith("Write it down");
        assertThat(task.select("main").text()).contains("Our phone: 905 555 0100 (9–17)");
        assertThat(task.html()).doesNotContain("??");
    }

    @Test
    void offersAProtectedClientToThoseAloneWhoMayKnowThem() throws Exception {
        read("/cases/" + dana.code(), rita);
        profiles.protect(dana, "A violent partner looks for her", susan);

        for (String typed : List.of("", "whit", dana.code())) {
            String page = "/boundary/new?q=" + typed;
            assertThat(read(page, rita).select("main a").eachAttr("href"))
                    .as(page)
                    .isEmpty();
        }
        for (UserId who : List.of(susan, sam)) {
            assertThat(read("/boundary/new?q=whit", who).select("main a").eachAttr("href"))
                    .containsExactly("/cases/" + dana.code() + "/boundary");
        }
    }

    @ParameterizedTest
    @CsvSource({"es, Acoger la solicitud", "it, Ascoltare la richiesta del cliente senza mostrare sorpresa o disagio."})
    void speaksTheReadersLanguage(String language, String words) throws Exception {
        String begun = begin(sam);

        String page = mvc.perform(get(begun).with(signedIn(sam)).header("Accept-Language", language))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);

        assertThat(page).contains(words).doesNotContain("??");
    }

    private String begin(UserId who) throws Exception {
        return Objects.requireNonNull(mvc.perform(post("/cases/" + dana.code() + "/boundary")
                        .with(signedIn(who))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    }

    private Project york() {
        return projects.get(dana.project());
    }

    /** Where the last notice of somebody leads. */
    private String leadsTo(UserId who) throws Exception {
        return mvc.perform(get("/notices/" + walk.latestNoticeOf(who)).with(signedIn(who)))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
    }

    private Document page(String tab, UserId who) throws Exception {
        return read("/cases/" + dana.code() + tab, who);
    }

    private Document read(String path, UserId who) throws Exception {
        var answer = mvc.perform(get(path).with(signedIn(who)).accept("text/html"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
