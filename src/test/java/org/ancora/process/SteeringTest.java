package org.ancora.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What people may do to a running procedure: each deed as its page does it, and as it is refused (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringTest {

    private static final String CODE = "YRK-2026-0001";
    private static final ProcessVariable<Boolean> RISK = ProcessVariable.flag("riskFlag");
    private static final ProcessVariable<Integer> ROUND = ProcessVariable.number("round");

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Processes processes;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private Walls walls;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private UserId sam;
    private UserId susan;
    private UserId cora;
    private UserId otto;
    private UserId ada;
    private UserId gina;
    private Instant begun;

    @BeforeEach
    void live() {
        deployments.seed(ModelFixtures.sound());
        AskSteps.OUTAGES.set(0);
        AskSteps.TOLD.set(0);
        AskSteps.OVERDUE.set(0);
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        susan = fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR);
        cora = fixtures.aPerson("Cora Lindqvist", york, Role.COORDINATOR);
        otto = fixtures.aPerson("Otto Brandt", york, Role.OWNER);
        ada = fixtures.aPerson("Ada Novak", york, Role.ADMIN);
        gina = fixtures.aPerson("Gina Fontana", fixtures.aProjectInItaly(), Role.values());
        begun = clock.instant();
    }

    /** What this test deploys would be a procedure of the product for every test after it. */
    @AfterAll
    void takeBackTheModel() {
        for (String deployment : jdbc.sql("delete from deployment where folder = 'ask' returning engine_id")
                .query(String.class)
                .list()) {
            repository.deleteDeployment(deployment, true);
        }
    }

    // -- dates

    @Test
    void aTimerFiresAtItsNewTimeAndTaskListAndEngineStayEqual() throws Exception {
        String id = start(CODE);
        String timer = timer(id).getId();

        Document foreseen =
                foresee(id, "reschedule", susan, "what", timer, "to", "at", "day", "2026-12-04", "hour", "09:30");
        assertThat(foreseen.select(".steer-effects").text())
                .contains("Call the client")
                .contains("4 Dec");
        assertThat(confirm(id, "reschedule", susan, foreseen).getStatus()).isEqualTo(302);

        Instant to = LocalDateTime.parse("2026-12-04T09:30")
                .atZone(ZoneId.of("America/Toronto"))
                .toInstant();
        assertThat(timer(id).getDuedate().toInstant()).isEqualTo(to);
        assertThat(tasks.createTaskQuery().singleResult().getDueDate().toInstant())
                .isEqualTo(to);
        assertThat(listed("due_at")).isEqualTo(to.toString());
        clockwork.moveTo(to.minusSeconds(1));
        assertThat(AskSteps.OVERDUE).hasValue(0);
        clockwork.moveTo(to);
        assertThat(AskSteps.OVERDUE).hasValue(1);
        assertThat(page("/monitor/instances/" + id, susan)
                        .select(".steer-journal")
                        .text())
                .contains("Susan Okafor changed the date of “Call the client”")
                .contains("Reason: It was agreed so");
        assertThat(log()).containsExactly("steering.reschedule");
    }

    @Test
    void aPastDateIsRefusedAndATimerMayFireAtOnce() throws Exception {
        String id = start(CODE);
        finish("no-answer");
        String timer = timer(id).getId();

        MockHttpServletResponse past = send(
                post("/monitor/instances/" + id + "/reschedule")
                        .param("what", timer)
                        .param("to", "at")
                        .param("day", "2026-11-20")
                        .param("hour", "09:00")
                        .param("reason", "It was agreed so"),
                susan);
        assertThat(past.getStatus()).isEqualTo(400);
        assertThat(past.getContentAsString()).contains("That moment has passed");

        confirm(id, "reschedule", susan, foresee(id, "reschedule", susan, "what", timer, "to", "now"));
        clockwork.runDueJobs();

        assertThat(clock.instant()).isEqualTo(begun);
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("call-again");
    }

    // -- the way

    @Test
    void aTokenGoesOnFromAnotherStepAndItsTaskIsCancelled() throws Exception {
        String id = start(CODE);
        Document form = page("/monitor/instances/" + id + "/move", susan);
        assertThat(form.select("select[name=to] option").eachText())
                .anyMatch(option -> option.contains("Wait"))
                .noneMatch(option -> option.contains("Answered?"))
                .noneMatch(option -> option.contains("Given up"));

        Document foreseen = foresee(
                id, "move", susan, "what", form.select("input[name=what]").attr("value"), "to", id + "/wait-a-while");
        assertThat(foreseen.select(".steer-effects").text())
                .contains("no longer waits at “Call the client”")
                .contains("The task “Call the client” is cancelled");
        confirm(id, "move", susan, foreseen);

        assertThat(processes.running(CODE).get(0).at()).containsExactly("wait-a-while");
        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(jdbc.sql("select count(*) from work_item").query(Long.class).single())
                .isZero();
        clockwork.moveTo(begun.plus(Duration.ofDays(3)));
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("call-again");
    }

    @Test
    void aTokenIsNotPutWhereWhatTheStepNeedsIsUnknown() throws Exception {
        String id = start(CODE);
        runtime.removeVariable(id, "opens");

        Document form = page("/monitor/instances/" + id + "/move", susan);

        assertThat(form.select("select[name=to] option").eachAttr("value"))
                .contains(id + "/plan-call")
                .doesNotContain(id + "/wait-a-while", id + "/answered", id + "/done");
        assertThat(send(
                                post("/monitor/instances/" + id + "/move")
                                        .param(
                                                "what",
                                                form.select("input[name=what]").attr("value"))
                                        .param("to", id + "/done")
                                        .param("reason", "It was agreed so"),
                                susan)
                        .getStatus())
                .isEqualTo(400);
    }

    @Test
    void whatFailsForGoodCanBePassedOver() throws Exception {
        AskSteps.OUTAGES.set(1_000);
        String id = start(CODE);
        finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));
        Document form = page("/monitor/instances/" + id + "/move", susan);

        Document foreseen = foresee(
                id, "move", susan, "what", form.select("input[name=what]").attr("value"), "to", id + "/plan-call");
        confirm(id, "move", susan, foreseen);

        assertThat(processes.running(CODE).get(0).at()).containsExactly("call-client");
        assertThat(jdbc.sql("select count(*) from procedure_incident")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(management.createJobQuery().noRetriesLeft().count()).isZero();
    }

    // -- a pause

    @Test
    void whileSuspendedNothingFiresAndTasksSayWhy() throws Exception {
        String id = start(CODE);
        String task = tasks.createTaskQuery().singleResult().getId();
        confirm(id, "suspend", susan, foresee(id, "suspend", susan));

        clockwork.moveTo(begun.plus(Duration.ofDays(10)));
        assertThat(AskSteps.OVERDUE).hasValue(0);
        MockHttpServletResponse refused = send(
                post("/tasks/" + task + "/complete")
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"outcome\":\"reached\"}"),
                sam);
        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(refused.getContentAsString()).contains("stands still");
        assertThat(page("/tasks/" + task, sam).select("main").text()).contains("This procedure is suspended");

        processes.reassign(CODE, sam, cora);
        assertThat(tasks.createTaskQuery().singleResult().getAssignee()).isEqualTo(cora.toString());
        assertThat(tasks.createTaskQuery().singleResult().isSuspended()).isTrue();

        Document foreseen = foresee(id, "resume", susan);
        assertThat(foreseen.select(".steer-effects").text()).contains("1 date has passed");
        confirm(id, "resume", susan, foreseen);
        clockwork.runDueJobs();
        assertThat(AskSteps.OVERDUE).hasValue(1);
    }

    // -- values, end and beginning

    @Test
    void aRoutingValueIsPutRightByItsKindAndNothingElseCanBe() throws Exception {
        String id = start(CODE);
        Document form = page("/monitor/instances/" + id + "/correct", susan);
        assertThat(form.select("input[name=what]").eachAttr("value"))
                .contains(id + "/round", id + "/riskFlag", id + "/rounds")
                .doesNotContain(id + "/worker", id + "/projectId", id + "/due");

        for (Map.Entry<String, String> wrong : Map.of(
                        "round", "many", "riskFlag", "perhaps", "worker", "7", "projectId", "8")
                .entrySet()) {
            assertThat(send(
                                    post("/monitor/instances/" + id + "/correct")
                                            .param("what", id + "/" + wrong.getKey())
                                            .param("to", wrong.getValue())
                                            .param("reason", "It was agreed so"),
                                    susan)
                            .getStatus())
                    .as(wrong.getKey())
                    .isEqualTo(400);
        }
        confirm(id, "correct", susan, foresee(id, "correct", susan, "what", id + "/round", "to", "3"));

        assertThat(ROUND.in(runtime.getVariables(id))).isEqualTo(3);
        finish("reached");
        assertThat(processes.running(CODE).get(0).at())
                .as("the condition asks for fewer than three rounds")
                .containsExactly("wait-a-while");
    }

    @Test
    void aCancelledProcedureIsOverAndBeginsAgainWithOtherValues() throws Exception {
        String id = start(CODE);
        confirm(id, "cancel", susan, foresee(id, "cancel", susan));

        assertThat(processes.running(CODE)).isEmpty();
        assertThat(page("/monitor/instances/" + id, susan).select("main").text())
                .contains("Cancelled");
        assertThat(send(post("/monitor/instances/" + id + "/suspend").param("reason", "It was agreed so"), susan)
                        .getStatus())
                .as("a finished one")
                .isEqualTo(409);

        MockHttpServletResponse begunAgain =
                confirm(id, "restart", susan, foresee(id, "restart", susan, "value-round", "2"));

        String fresh = Objects.requireNonNull(begunAgain.getRedirectedUrl()).substring("/monitor/instances/".length());
        assertThat(processes.running(CODE)).extracting(RunningProcess::id).containsExactly(fresh);
        assertThat(ROUND.in(runtime.getVariables(fresh))).isEqualTo(2);
        assertThat(RISK.in(runtime.getVariables(fresh))).isTrue();
        assertThat(send(post("/monitor/instances/" + id + "/restart").param("reason", "It was agreed so"), susan)
                        .getStatus())
                .as("one of its kind runs already")
                .isEqualTo(409);
        assertThat(log()).containsExactly("steering.cancel", "steering.restart");
    }

    @Test
    void itGoesOnInAnotherVersionAtTheSameStep() throws Exception {
        String id = start(CODE);
        String before = processes.running(CODE).get(0).definition();
        String changed = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                .replace("Call the main number first.", "Call twice.");
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
        Document form = page("/monitor/instances/" + id + "/migrate", susan);
        String newest = form.select("label:contains(new cases begin in it) input[name=what]")
                .attr("value");

        Document foreseen = foresee(id, "migrate", susan, "what", newest);
        assertThat(processes.running(CODE).get(0).definition()).as("only tried").isEqualTo(before);
        confirm(id, "migrate", susan, foreseen);

        assertThat(processes.running(CODE).get(0).definition()).isNotEqualTo(before);
        assertThat(processes.running(CODE).get(0).at()).containsExactly("call-client");
        assertThat(log()).containsExactly("steering.migrate");
    }

    // -- who may

    @ParameterizedTest
    @ValueSource(strings = {"reschedule", "move", "retry", "suspend", "correct", "migrate", "cancel"})
    void isRefusedWithoutPermissionWithoutReasonAndBehindAWall(String deed) throws Exception {
        String id = start(CODE);
        String path = "/monitor/instances/" + id + "/" + deed;

        assertThat(act(path, cora).getStatus()).as("may only watch").isEqualTo(403);
        assertThat(act(path, sam).getStatus()).as("may not even watch").isEqualTo(404);
        assertThat(act(path, gina).getStatus()).as("of another project").isEqualTo(404);
        assertThat(send(post(path).param("reason", " "), susan).getStatus())
                .as("no reason")
                .isEqualTo(400);
        walls.raise(susan, CODE);
        assertThat(act(path, susan).getStatus()).as("behind a wall").isEqualTo(404);
        assertThat(send(get("/monitor/instances/" + id), susan).getStatus()).isEqualTo(404);
        assertThat(send(get("/monitor/instances/" + id + "/diagram.xml"), susan).getStatus())
                .isEqualTo(404);
        assertThat(log()).isEmpty();
        assertThat(processes.running(CODE)).hasSize(1);
    }

    private MockHttpServletResponse act(String path, UserId who) throws Exception {
        return send(
                post(path)
                        .param("reason", "It was agreed so")
                        .param("confirmed", "true")
                        .param("version", "any"),
                who);
    }

    @Test
    void whoeverIsSlowerIsToldThatItHasChanged() throws Exception {
        String id = start(CODE);
        Document susans = foresee(id, "suspend", susan);
        Document ottos = foresee(id, "cancel", otto);

        assertThat(confirm(id, "suspend", susan, susans).getStatus()).isEqualTo(302);
        MockHttpServletResponse late = confirm(id, "cancel", otto, ottos);

        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("somebody else has acted on it");
        assertThat(processes.running(CODE)).hasSize(1);
        assertThat(log()).containsExactly("steering.suspend");
    }

    // -- what could not be done

    @Test
    void aPoisonedStepIsOneIncidentInPlainWordsAndGoesWhenItIsRetried() throws Exception {
        AskSteps.OUTAGES.set(3);
        String id = start(CODE);
        finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));

        Document incidents = page("/monitor/incidents", susan);
        assertThat(incidents.select("main section h2").eachText()).hasSize(1);
        assertThat(incidents.select("main").text())
                .contains("“Tell the source” could not be done", "What to do:", CODE)
                .doesNotContain("Exception", "mail server does not answer at");
        assertThat(page("/monitor/instances/" + id, susan)
                        .select(".diagram-canvas")
                        .attr("data-failed-at"))
                .isEqualTo("tell");
        assertThat(page("/monitor/incidents", cora).select("main").text()).contains(CODE);
        walls.raise(cora, CODE);
        assertThat(page("/monitor/incidents", cora).select("main").text())
                .as("behind a wall")
                .contains("Everything goes well")
                .doesNotContain(CODE);

        confirm(id, "retry", susan, foresee(id, "retry", susan));
        clockwork.runDueJobs();

        assertThat(AskSteps.TOLD).hasValue(1);
        assertThat(processes.running(CODE)).isEmpty();
        assertThat(page("/monitor/incidents", susan).select("main").text()).contains("Everything goes well");
        assertThat(jdbc.sql("select count(*) from procedure_incident")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void ownersAndAdministratorsAreToldOnceForFiftyFailuresOfOneCause() throws Exception {
        jdbc.sql("update account set email = 'otto@example.org' where id = :otto")
                .param("otto", otto.value())
                .update();
        AskSteps.OUTAGES.set(1_000);
        for (int each : IntStream.range(0, 50).toArray()) {
            start(code(each));
        }
        finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));

        assertThat(jdbc.sql("select count(*) from procedure_incident")
                        .query(Long.class)
                        .single())
                .isEqualTo(50);
        assertThat(told()).containsExactlyInAnyOrder(otto.value(), ada.value());
        assertThat(jdbc.sql("select address, subject from message where kind = 'notice'")
                        .query((row, number) -> row.getString(1) + ": " + row.getString(2))
                        .list())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("otto@example.org: ")
                .contains("“Tell the source” (Ask) could not be done")
                .doesNotContain("YRK-");
        String notice = jdbc.sql("select id from notice where user_id = :otto and kind = 'incident'")
                .param("otto", otto.value())
                .query(String.class)
                .single();
        assertThat(send(get("/notices/" + notice), otto).getRedirectedUrl()).isEqualTo("/monitor/incidents");
        assertThat(page("/monitor/incidents", otto).select("main .chip").text()).isEqualTo("50 times");
        assertThat(page("/tasks", otto)
                        .select("a[href=/monitor/incidents]")
                        .first()
                        .text())
                .contains("50");

        // All again, of which half go well: those that fail are the same cause, told already.
        AskSteps.OUTAGES.set(25);
        MockHttpServletResponse preview = send(
                post("/monitor/steering/preview")
                        .param("action", "retry")
                        .param("process", "ask")
                        .param("element", "tell")
                        .param("kind", "other"),
                otto);
        String batch = Objects.requireNonNull(preview.getRedirectedUrl());
        assertThat(page(batch, otto).select("main").text()).contains("It will be done to 50");
        send(post(batch + "/start").param("reason", "The server is back"), otto);
        clockwork.runDueJobs();

        assertThat(AskSteps.TOLD).hasValue(25);
        assertThat(jdbc.sql("select count(*) from procedure_incident")
                        .query(Long.class)
                        .single())
                .isEqualTo(25);
        assertThat(told()).hasSize(2);
    }

    private List<Long> told() {
        return jdbc.sql("select user_id from notice where kind = 'incident'")
                .query(Long.class)
                .list();
    }

    // -- many at once

    @Test
    void threeHundredAreSuspendedInTheBackgroundEachWithItsResult() throws Exception {
        List<String> ids =
                IntStream.range(0, 300).mapToObj(each -> start(code(each))).toList();
        confirm(ids.get(0), "suspend", susan, foresee(ids.get(0), "suspend", susan));
        walls.raise(susan, code(1));
        MockHttpServletRequestBuilder chosen = post("/monitor/steering/preview").param("action", "suspend");
        ids.forEach(id -> chosen.param("instance", id));

        String batch = Objects.requireNonNull(send(chosen, susan).getRedirectedUrl());

        Document preview = page(batch, susan);
        assertThat(preview.select(".bulk-sum").text()).contains("298");
        assertThat(preview.select(".bulk-reasons").text()).contains("1 it is suspended");
        assertThat(send(post(batch + "/start").param("reason", ""), susan).getStatus())
                .isEqualTo(400);
        assertThat(send(get(batch), otto).getStatus()).as("another's batch").isEqualTo(404);
        runtime.deleteProcessInstance(ids.get(2), "it ended meanwhile");
        send(post(batch + "/start").param("reason", "The office is closed"), susan);
        assertThat(page(batch, susan).select("progress").attr("value")).isEqualTo("0");
        clockwork.runDueJobs();

        assertThat(page(batch, susan).select(".bulk-sum").text()).contains("297");
        assertThat(jdbc.sql(
                                "select count(*) from engine.act_ru_execution where suspension_state_ = 2 and parent_id_ is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(298);
        assertThat(jdbc.sql("select why from steering_row where why <> '' order by why")
                        .query(String.class)
                        .list())
                .containsExactly("over", "suspended");
        assertThat(jdbc.sql("select count(*) from steering_deed where reason = 'The office is closed'")
                        .query(Long.class)
                        .single())
                .isEqualTo(297);
        assertThat(jdbc.sql("select count(*) from activity where action = 'steering.suspend'")
                        .query(Long.class)
                        .single())
                .isEqualTo(298);
    }

    @Test
    void manyAreRefusedToWhoeverMayOnlyWatch() throws Exception {
        String id = start(CODE);

        assertThat(send(
                                post("/monitor/steering/preview")
                                        .param("action", "cancel")
                                        .param("instance", id),
                                cora)
                        .getStatus())
                .isEqualTo(403);
        assertThat(send(
                                post("/monitor/steering/preview")
                                        .param("action", "cancel")
                                        .param("instance", id),
                                gina)
                        .getStatus())
                .as("nothing that she may see")
                .isEqualTo(400);
    }

    // -- the pages

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyPageSpeaksTheReadersLanguage(String language) throws Exception {
        AskSteps.OUTAGES.set(1_000);
        String failing = start(CODE);
        finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));
        String waiting = start("YRK-2026-0002");

        for (String path : List.of(
                "/monitor/incidents",
                "/monitor/instances/" + failing,
                "/monitor/instances/" + failing + "/retry",
                "/monitor/instances/" + waiting,
                "/monitor/instances/" + waiting + "/reschedule",
                "/monitor/instances/" + waiting + "/move",
                "/monitor/instances/" + waiting + "/suspend",
                "/monitor/instances/" + waiting + "/correct",
                "/monitor/instances/" + waiting + "/cancel")) {
            Document page = page(path + "?lang=" + language, susan, language);
            assertThat(page.html()).as(path).doesNotContain("??").doesNotContainPattern("\\{\\d");
            assertThat(page.select("html").attr("lang")).isEqualTo(language);
        }
    }

    @Test
    void thePageOfAProcedureTakesFewStatements() throws Exception {
        String id = start(CODE);
        finish("no-answer");
        clockwork.moveTo(begun.plus(Duration.ofDays(4)));
        page("/monitor/instances/" + id, susan);

        List<String> statements = SqlCount.during(() -> page("/monitor/instances/" + id, susan)).stream()
                .filter(statement -> !statement.startsWith("INSERT INTO SPRING_SESSION"))
                .toList();

        assertThat(statements).as(String.join("\n---\n", statements)).hasSizeLessThanOrEqualTo(20);
    }

    // -- helpers

    private String start(String caseCode) {
        return processes.start(
                "ask",
                caseCode,
                york.id(),
                Variables.of(Processes.WORKER, sam).and(RISK, true).and(ROUND, 1));
    }

    private static String code(int number) {
        return "YRK-2026-%04d".formatted(number + 100);
    }

    private void finish(String outcome) {
        tasks.createTaskQuery().list().forEach(task -> tasks.complete(task.getId(), Map.of("outcome", outcome)));
    }

    private Job timer(String id) {
        return management.createJobQuery().processInstanceId(id).timers().singleResult();
    }

    private String listed(String column) {
        return jdbc.sql("select " + column + " from work_item")
                .query((row, number) -> row.getObject(1, java.time.OffsetDateTime.class)
                        .toInstant()
                        .toString())
                .single();
    }

    private List<String> log() {
        return jdbc.sql("select action from activity where action like 'steering.%' order by id")
                .query(String.class)
                .list();
    }

    private Document foresee(String id, String deed, UserId who, String... pairs) throws Exception {
        Document form = page("/monitor/instances/" + id + "/" + deed, who);
        MockHttpServletRequestBuilder request = post("/monitor/instances/" + id + "/" + deed)
                .param("reason", "It was agreed so")
                .param("version", form.select("input[name=version]").attr("value"));
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        MockHttpServletResponse response = send(request, who);
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString());
    }

    private MockHttpServletResponse confirm(String id, String deed, UserId who, Document foreseen) throws Exception {
        MockHttpServletRequestBuilder request = post("/monitor/instances/" + id + "/" + deed);
        for (Element field : foreseen.select("main form input[type=hidden]")) {
            if (!field.attr("name").equals("_csrf")) {
                request.param(field.attr("name"), field.attr("value"));
            }
        }
        return send(request, who);
    }

    private Document page(String path, UserId who) throws Exception {
        return page(path, who, "en");
    }

    private Document page(String path, UserId who, String language) throws Exception {
        MockHttpServletResponse response = send(get(path).header("Accept-Language", language), who);
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString());
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(signedIn(who)).with(csrf())).andReturn().getResponse();
    }
}
