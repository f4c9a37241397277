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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
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
import org.springframework.transaction.support.TransactionTemplate;

/** The same done to many procedures of the monitor's list: who is left out and why, and what became of each (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringManyTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
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
    private Walls walls;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private Project rome;
    private UserId sam;
    private UserId susan;
    private UserId cora;
    private UserId gina;
    private Instant begun;

    @BeforeEach
    void live() {
        deployments.seed(ModelFixtures.sound());
        AskSteps.OUTAGES.set(0);
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        susan = fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR);
        cora = fixtures.aPerson("Cora Lindqvist", york, Role.COORDINATOR);
        rome = fixtures.aProjectInItaly();
        gina = fixtures.aPerson("Gina Fontana", rome, Role.values());
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

    @Test
    void aDateMovesByBusinessDaysForAllThatMatchTheList() throws Exception {
        List<String> ids =
                IntStream.range(0, 60).mapToObj(each -> start(code(each))).toList();
        runtime.suspendProcessInstanceById(ids.get(0));
        walls.raise(susan, code(1));
        complete(ids.get(2), "no-answer");
        Document list = page("/monitor/instances?flow=ask", susan);
        assertThat(list.select("#bulk input[name=which]").eachAttr("value")).containsExactly("chosen", "all");
        assertThat(list.select("#bulk").text()).contains("To all 59 that match");
        assertThat(list.select("#bulk option").eachAttr("value"))
                .containsExactly(
                        "",
                        "retry",
                        "reschedule",
                        "move",
                        "correct",
                        "suspend",
                        "resume",
                        "migrate",
                        "cancel",
                        "restart");

        String batch = chooseAll(list, "reschedule");
        Document form = page(batch, susan);
        assertThat(form.select("input[name=what]").eachAttr("value")).contains("ask/call-client", "ask/wait-a-while");
        assertThat(form.select("label:contains(Call the client)").text()).contains("58 procedures");
        assertThat(say(batch, "what", "ask/call-client", "to", "days", "days", "0")
                        .getStatus())
                .as("no days at all")
                .isEqualTo(400);
        assertThat(say(batch, "what", "ask/nowhere", "to", "days", "days", "5").getStatus())
                .isEqualTo(400);
        say(batch, "what", "ask/call-client", "to", "days", "days", "5");

        Document preview = page(batch, susan);
        assertThat(preview.select(".bulk-sum").text()).contains("It will be done to 57");
        assertThat(preview.select(".bulk-reasons").text())
                .contains("1 it is suspended", "1 does not wait for that date");
        assertThat(preview.text()).contains("5 business days later").doesNotContain(code(1));
        LocalDateTime due = LocalDateTime.ofInstant(begun.plus(Duration.ofDays(2)), TORONTO);
        assertThat(due.getDayOfWeek()).isEqualTo(java.time.DayOfWeek.WEDNESDAY);
        LocalDateTime moved = due.plusDays(7);
        assertThat(preview.select("tbody tr").first().text()).contains(moved.getDayOfMonth() + " Dec", "instead of");

        complete(ids.get(3), "reached");
        clockwork.runDueJobs();
        begin(batch, "The office was flooded");

        assertThat(page(batch, susan).select(".bulk-sum").text()).contains("It was done to 56");
        assertThat(page(batch + "?why=over", susan).select("tbody tr").eachText())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(code(3), "it is over");
        assertThat(jdbc.sql("select count(*) from act_ru_task where due_date_ = :due")
                        .param(
                                "due",
                                LocalDateTime.ofInstant(moved.atZone(TORONTO).toInstant(), java.time.ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .isEqualTo(56);
        assertThat(jdbc.sql("""
                        select count(distinct case_code) from activity where action = 'steering.reschedule'
                        """).query(Integer.class).single()).isEqualTo(56);
        assertThat(jdbc.sql("select count(*) from steering_deed where reason = 'The office was flooded'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(56);
    }

    @Test
    void aDateThatHasPassedMovesNobody() throws Exception {
        String id = start(code(0));
        String batch = choose("reschedule", id);

        say(batch, "what", "ask/call-client", "to", "at", "day", "2026-11-02", "hour", "09:00");

        assertThat(page(batch, susan).select(".bulk-sum").text()).contains("It will be done to 0");
        assertThat(page(batch, susan).select(".bulk-reasons").text()).contains("the new date would have passed");
        assertThat(page(batch, susan).select("#reason")).isEmpty();
    }

    @Test
    void manyGoOnFromAnotherStepWhereTheyCan() throws Exception {
        String goes = start(code(0));
        String elsewhere = start(code(1));
        complete(elsewhere, "no-answer");
        String unready = start(code(2));
        runtime.removeVariable(unready, "opens");
        String batch = choose("move", goes, elsewhere, unready);
        assertThat(page(batch, susan).select("optgroup option").eachAttr("value"))
                .contains("ask/wait-a-while", "ask/plan-call")
                .doesNotContain("ask/answered", "ask/done");
        assertThat(say(batch, "what", "ask/call-client", "to", "other/wait-a-while")
                        .getStatus())
                .isEqualTo(400);

        say(batch, "what", "ask/call-client", "to", "ask/wait-a-while");
        Document preview = page(batch, susan);
        begin(batch, "They were called already");

        assertThat(preview.select(".bulk-sum").text()).contains("It will be done to 1");
        assertThat(preview.select("tbody tr").eachText())
                .anyMatch(row -> row.contains(code(1)) && row.contains("does not wait there"))
                .anyMatch(row -> row.contains(code(2)) && row.contains("something that the step needs"));
        assertThat(processes.running(code(0)).get(0).at()).containsExactly("wait-a-while");
        assertThat(processes.running(code(2)).get(0).at()).containsExactly("call-client");
        assertThat(log()).containsExactly("steering.move " + code(0));
    }

    @Test
    void oneValueIsPutRightForMany() throws Exception {
        String one = start(code(0));
        String other = start(code(1));
        runtime.removeVariable(other, "round");
        String batch = choose("correct", one, other);
        assertThat(page(batch, susan).select("input[name=what]").eachAttr("value"))
                .contains("ask/round", "ask/riskFlag")
                .doesNotContain("ask/worker", "ask/due", "ask/projectId");

        MockHttpServletResponse wrong = say(batch, "what", "ask/round", "to", "many");
        assertThat(wrong.getStatus()).isEqualTo(400);
        assertThat(wrong.getContentAsString()).contains("Type a whole number");
        say(batch, "what", "ask/round", "to", "3");
        assertThat(page(batch, susan).select(".bulk-reasons").text()).contains("1 has no such value");
        begin(batch, "Counted wrongly");

        assertThat(ROUND.in(runtime.getVariables(one))).isEqualTo(3);
        assertThat(runtime.getVariable(other, "round")).isNull();
        assertThat(log()).containsExactly("steering.correct " + code(0));
    }

    @Test
    void manyGoOnInAnotherVersionAndWhoCannotIsToldWhyBeforehand() throws Exception {
        String goes = start(code(0));
        String cannot = start(code(1));
        complete(cannot, "no-answer");
        String before = definition(code(0));
        String changed = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                .replace("wait-a-while", "wait-a-little");
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
        String there = start(code(2));
        String batch = choose("migrate", goes, cannot, there);
        String newest = page(batch, susan)
                .select("label:contains(new cases begin in it) input[name=what]")
                .attr("value");

        say(batch, "what", newest);
        Document preview = page(batch, susan);
        assertThat(definition(code(0))).as("only tried").isEqualTo(before);
        begin(batch, "The limits are new");

        assertThat(preview.select(".bulk-sum").text()).contains("It will be done to 1");
        assertThat(preview.select(".bulk-reasons").text())
                .contains("cannot go on in that version", "runs in that version already");
        assertThat(page(batch, susan).select("tbody tr").eachText())
                .anyMatch(row -> row.contains(code(1)) && row.contains("Wait"));
        assertThat(definition(code(0))).isEqualTo(definition(code(2)));
        assertThat(definition(code(1))).isEqualTo(before);
        assertThat(log()).contains("steering.migrate " + code(0)).doesNotContain("steering.migrate " + code(1));
    }

    @Test
    void manyBeginAgainButNeverTwoForOneCase() throws Exception {
        String first = start(code(0));
        String second = start(code(0));
        String third = start(code(1));
        runtime.deleteProcessInstance(first, "test");
        runtime.deleteProcessInstance(second, "test");
        String batch = choose("restart", first, second, third);

        Document preview = page(batch, susan);
        begin(batch, "Ended by mistake");

        assertThat(preview.select(".bulk-sum").text()).contains("It will be done to 1");
        assertThat(preview.select(".bulk-reasons").text()).contains("is still running", "another one of this kind");
        assertThat(processes.running(code(0))).hasSize(1);
        assertThat(ROUND.in(
                        runtime.getVariables(processes.running(code(0)).get(0).id())))
                .isEqualTo(1);
        assertThat(processes.running(code(1))).hasSize(1);
        assertThat(log()).containsExactly("steering.restart " + code(0));
    }

    @Test
    void whoeverBeginsOneAgainWaitsForWhoeverBeginsItJustNow() throws Exception {
        String over = start(code(0));
        runtime.deleteProcessInstance(over, "test");
        CompletableFuture<Integer> again = Objects.requireNonNull(transaction.execute(running -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('ask'), hashtext(:code))::text")
                    .param("code", code(0))
                    .query((row, number) -> 0)
                    .single();
            start(code(0));
            CompletableFuture<Integer> restart = CompletableFuture.supplyAsync(() -> {
                try {
                    return send(
                                    post("/monitor/instances/" + over + "/restart")
                                            .param("reason", "Ended by mistake")
                                            .param("confirmed", "true"),
                                    susan)
                            .getStatus();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
            org.awaitility.Awaitility.await()
                    .until(() -> restart.isDone()
                            || jdbc.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                                            .query(Integer.class)
                                            .single()
                                    > 0);
            return restart;
        }));

        assertThat(again.get(30, TimeUnit.SECONDS)).isEqualTo(409);
        assertThat(processes.running(code(0))).hasSize(1);
    }

    @Test
    void nobodyReachesMoreThanTheirOwn() throws Exception {
        String id = start(code(0));
        String foreign = processes.start(
                "ask",
                "ROM-2026-0001",
                rome.id(),
                Variables.of(Processes.WORKER, sam).and(RISK, true).and(ROUND, 1));
        assertThat(page("/monitor/instances?flow=ask", cora).select("#bulk")).isEmpty();
        assertThat(send(all("suspend", "flow", "ask"), cora).getStatus()).isEqualTo(403);

        String ginas = Objects.requireNonNull(send(
                        all(
                                "suspend",
                                "flow",
                                "ask",
                                "project",
                                String.valueOf(york.id().value())),
                        gina)
                .getRedirectedUrl());
        assertThat(page(ginas, gina).select("tbody tr").eachText())
                .as("a project that is not hers counts as not asked")
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("ROM-2026-0001");
        assertThat(send(post(ginas + "/part").param("what", "ask/call-client"), susan)
                        .getStatus())
                .as("another's batch")
                .isEqualTo(404);
        send(post(ginas + "/start").param("reason", "The office is closed"), gina);

        assertThat(runtime.createProcessInstanceQuery().suspended().list())
                .extracting(org.camunda.bpm.engine.runtime.ProcessInstance::getId)
                .containsExactly(foreign)
                .doesNotContain(id);
        assertThat(send(all("suspend", "flow", "ask", "q", "NONE"), susan).getStatus())
                .as("none matches")
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyPageSpeaksTheReadersLanguage(String language) throws Exception {
        String id = start(code(0));
        deployments.seed(ModelFixtures.with(
                ModelFixtures.sound(),
                "ask.bpmn",
                new String(Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                        .replace("Call the main number first.", "Call twice.")
                        .getBytes(UTF_8)));
        for (String deed : List.of("reschedule", "move", "correct", "migrate", "suspend", "restart")) {
            String batch = choose(deed, id);
            Document form = page(batch, susan, language);
            assertSpeaks(form, language, deed);
            String what = form.select("input[name=what]").attr("value");
            say(
                    batch,
                    "what",
                    what,
                    "to",
                    Map.of("reschedule", "now", "move", "ask/plan-call").getOrDefault(deed, "3"));
            assertSpeaks(page(batch, susan, language), language, deed);
        }
        assertSpeaks(page("/monitor/instances", susan, language), language, "list");
    }

    private static void assertSpeaks(Document page, String language, String what) {
        assertThat(page.html()).as(what).doesNotContain("??").doesNotContainPattern("\\{\\d");
        assertThat(page.select("html").attr("lang")).isEqualTo(language);
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

    private void complete(String id, String outcome) {
        tasks.complete(
                tasks.createTaskQuery().processInstanceId(id).singleResult().getId(), Map.of("outcome", outcome));
    }

    private String definition(String code) {
        return processes.running(code).get(0).definition();
    }

    private List<String> log() {
        return jdbc.sql("select action || ' ' || case_code from activity where action like 'steering.%' order by id")
                .query(String.class)
                .list();
    }

    private String choose(String deed, String... ids) throws Exception {
        return Objects.requireNonNull(
                send(post("/monitor/steering/preview").param("action", deed).param("instance", ids), susan)
                        .getRedirectedUrl());
    }

    /** As the form below the list sends it. */
    private String chooseAll(Document list, String deed) throws Exception {
        MockHttpServletRequestBuilder request =
                post("/monitor/steering/preview").param("action", deed).param("which", "all");
        list.select("#bulk input[type=hidden]").stream()
                .filter(field -> !field.attr("name").equals("_csrf"))
                .forEach(field -> request.param(field.attr("name"), field.attr("value")));
        list.select("input[form=bulk]").forEach(field -> request.param(field.attr("name"), field.attr("value")));
        return Objects.requireNonNull(send(request, susan).getRedirectedUrl());
    }

    private static MockHttpServletRequestBuilder all(String deed, String... filters) {
        MockHttpServletRequestBuilder request =
                post("/monitor/steering/preview").param("action", deed).param("which", "all");
        for (int at = 0; at < filters.length; at += 2) {
            request.param(filters[at], filters[at + 1]);
        }
        return request;
    }

    private MockHttpServletResponse say(String batch, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request = post(batch + "/part");
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return send(request, susan);
    }

    private void begin(String batch, String reason) throws Exception {
        assertThat(send(post(batch + "/start").param("reason", reason), susan).getStatus())
                .isEqualTo(302);
        clockwork.runDueJobs();
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
