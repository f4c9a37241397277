package org.ancora.process.steering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ancora.process.steering.SteeringFixtures.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.camunda.bpm.engine.RuntimeService;
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

/** Who may steer a procedure and what they are told when they may not; and the pages on which it is done (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringTest {

    @Autowired
    private SteeringFixtures fixtures;

    @Autowired
    private Processes processes;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Walls walls;

    @Autowired
    private CaseworkFixtures casework;

    @Autowired
    private Deployments deployments;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Pages pages;

    private Office office;
    private UserId sam;
    private UserId susan;
    private UserId cora;
    private UserId otto;
    private UserId gina;
    private Instant begun;

    @BeforeEach
    void live() {
        office = fixtures.open();
        sam = office.sam();
        susan = office.susan();
        cora = office.cora();
        otto = office.otto();
        gina = office.gina();
        begun = office.begun();
    }

    @AfterAll
    void forget() {
        fixtures.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reschedule", "move", "retry", "suspend", "correct", "migrate", "cancel"})
    void isRefusedWithoutPermissionWithoutReasonAndBehindAWall(String deed) throws Exception {
        String id = fixtures.start(office, CODE);
        String path = "/monitor/instances/" + id + "/" + deed;

        assertThat(act(path, cora).getStatus()).as("may only watch").isEqualTo(403);
        assertThat(act(path, sam).getStatus()).as("may not even watch").isEqualTo(404);
        assertThat(act(path, gina).getStatus()).as("of another project").isEqualTo(404);
        assertThat(pages.send(post(path).param("reason", " "), susan).getStatus())
                .as("no reason")
                .isEqualTo(400);
        walls.raise(susan, CODE);
        assertThat(act(path, susan).getStatus()).as("behind a wall").isEqualTo(404);
        assertThat(pages.send(get("/monitor/instances/" + id), susan).getStatus())
                .isEqualTo(404);
        assertThat(pages.send(get("/monitor/instances/" + id + "/diagram.xml"), susan)
                        .getStatus())
                .isEqualTo(404);
        assertThat(fixtures.log()).isEmpty();
        assertThat(processes.running(CODE)).hasSize(1);
    }

    private MockHttpServletResponse act(String path, UserId who) throws Exception {
        return pages.send(
                post(path)
                        .param("reason", "It was agreed so")
                        .param("confirmed", "true")
                        .param("version", "any"),
                who);
    }

    /** One by one: who may see the form and do it, that nothing is done unasked, and that two who do the same do it once. */
    @ParameterizedTest
    @ValueSource(
            strings = {"reschedule", "move", "retry", "suspend", "resume", "correct", "migrate", "cancel", "restart"})
    void isDoneByWhoMayWithAReasonOnceAndWrittenDown(String deed) throws Exception {
        String id = ready(deed, CODE);
        String path = "/monitor/instances/" + id + "/" + deed;
        for (UserId who : List.of(susan, otto, office.ada(), casework.aPerson("Max Ek", office.york(), Role.MANAGER))) {
            assertThat(pages.send(get(path), who).getStatus()).isEqualTo(200);
        }
        assertThat(pages.send(get(path), cora).getStatus()).as("may only watch").isEqualTo(403);
        assertThat(act(path, cora).getStatus()).isEqualTo(403);
        assertThat(act(path, sam).getStatus()).as("may not even watch").isEqualTo(404);
        assertThat(act(path, gina).getStatus()).as("of another project").isEqualTo(404);
        String[] order = order(deed, id);
        Document susans = fixtures.foresee(id, deed, susan, order);
        Document ottos = fixtures.foresee(id, deed, otto, order);
        susans.select("input[name=reason]").val(" ");
        assertThat(fixtures.confirm(id, deed, susan, susans).getStatus())
                .as("no reason")
                .isEqualTo(400);
        assertThat(deeds()).as("nothing was done yet").isEmpty();
        susans.select("input[name=reason]").val("So do I");

        assertThat(fixtures.confirm(id, deed, otto, ottos).getStatus()).isEqualTo(302);
        MockHttpServletResponse late = fixtures.confirm(id, deed, susan, susans);

        assertThat(late.getStatus()).as("overtaken meanwhile").isEqualTo(409);
        assertThat(deeds()).containsExactly(deed + " by " + otto + ": It was agreed so");
        assertThat(fixtures.log()).containsExactly("steering." + deed);
    }

    /** The same in bulk, where one of two goes on by itself before it is begun. */
    @ParameterizedTest
    @ValueSource(
            strings = {"reschedule", "move", "retry", "suspend", "resume", "correct", "migrate", "cancel", "restart"})
    void isDoneToManyByWhoMayWithAReasonAndToThoseThatStillFit(String deed) throws Exception {
        String id = ready(deed, CODE);
        String other = ready(deed, "YRK-2026-0002");
        MockHttpServletResponse chosen = choose(deed, susan, id, other);
        for (UserId who : List.of(cora, sam)) {
            assertThat(choose(deed, who, id, other).getStatus()).as("may not").isEqualTo(403);
        }
        String batch = Objects.requireNonNull(chosen.getRedirectedUrl());
        String[] order = bulkOrder(deed, batch);
        if (order.length > 0) {
            assertThat(pages.form(batch + "/part", susan, order).getStatus()).isEqualTo(302);
        }
        assertThat(pages.page(batch, susan).select(".bulk-sum").text()).contains("It will be done to 2");
        assertThat(pages.form(batch + "/start", susan, "reason", " ").getStatus())
                .as("no reason")
                .isEqualTo(400);
        assertThat(pages.form(batch + "/start", otto, "reason", "Mine").getStatus())
                .as("another's")
                .isEqualTo(404);
        assertThat(deeds()).isEmpty();
        if (deed.equals("restart")) {
            fixtures.start(office, "YRK-2026-0002");
        } else {
            runtime.deleteProcessInstance(other, "it ended meanwhile");
        }

        assertThat(pages.form(batch + "/start", susan, "reason", "All of them").getStatus())
                .isEqualTo(302);
        clockwork.runDueJobs();

        assertThat(deeds()).containsExactly(deed + " by " + susan + ": All of them");
        assertThat(fixtures.log()).containsExactly("steering." + deed);
        assertThat(jdbc.sql("select root_instance_id || ' ' || why from steering_row where why <> ''")
                        .query(String.class)
                        .list())
                .containsExactly(other + (deed.equals("restart") ? " runs-already" : " over"));
    }

    /** A procedure to which the deed can be done. */
    private String ready(String deed, String code) {
        AskSteps.OUTAGES.set(deed.equals("retry") ? 1_000 : 0);
        String id = fixtures.start(office, code);
        switch (deed) {
            case "retry" -> {
                fixtures.finish("reached");
                clockwork.moveTo(clock.instant().plus(Duration.ofHours(12)));
            }
            case "resume" -> runtime.suspendProcessInstanceById(id);
            case "restart" -> runtime.deleteProcessInstance(id, "by mistake");
            case "migrate" -> {
                String changed = new String(
                                Objects.requireNonNull(
                                        ModelFixtures.sound().files().get("ask.bpmn")),
                                UTF_8)
                        .replace("Call the main number first.", "Call twice, " + code + ".");
                deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
            }
            default -> {}
        }
        return id;
    }

    private String[] order(String deed, String id) throws Exception {
        String path = "/monitor/instances/" + id + "/" + deed;
        return switch (deed) {
            case "reschedule" ->
                new String[] {"what", fixtures.timer(id).getId(), "to", "at", "day", "2026-12-04", "hour", "09:30"};
            case "move" ->
                new String[] {
                    "what", pages.page(path, susan).select("input[name=what]").attr("value"), "to", id + "/wait-a-while"
                };
            case "correct" -> new String[] {"what", id + "/round", "to", "2"};
            case "migrate" -> new String[] {"what", newest(path)};
            default -> new String[0];
        };
    }

    private String[] bulkOrder(String deed, String batch) throws Exception {
        return switch (deed) {
            case "reschedule" -> new String[] {"what", "ask/call-client", "to", "days", "days", "5"};
            case "move" -> new String[] {"what", "ask/call-client", "to", "ask/wait-a-while"};
            case "correct" -> new String[] {"what", "ask/round", "to", "2"};
            case "migrate" -> new String[] {"what", newest(batch)};
            default -> new String[0];
        };
    }

    private String newest(String path) throws Exception {
        return pages.page(path, susan)
                .select("label:contains(new cases begin in it) input[name=what]")
                .attr("value");
    }

    private MockHttpServletResponse choose(String deed, UserId who, String... ids) throws Exception {
        return pages.send(
                post("/monitor/steering/preview").param("action", deed).param("instance", ids), who);
    }

    /** What was done, by whom and why. */
    /** What was begun again remembers it as well; that is the same deed. */
    private List<String> deeds() {
        return jdbc.sql("""
                        select action || ' by ' || by_account || ': ' || reason from steering_deed
                         where action <> 'begun' order by id
                        """).query(String.class).list();
    }

    @Test
    void whoeverIsSlowerIsToldThatItHasChanged() throws Exception {
        String id = fixtures.start(office, CODE);
        Document susans = fixtures.foresee(id, "suspend", susan);
        Document ottos = fixtures.foresee(id, "cancel", otto);

        assertThat(fixtures.confirm(id, "suspend", susan, susans).getStatus()).isEqualTo(302);
        MockHttpServletResponse late = fixtures.confirm(id, "cancel", otto, ottos);

        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("somebody else has acted on it");
        assertThat(processes.running(CODE)).hasSize(1);
        assertThat(fixtures.log()).containsExactly("steering.suspend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyPageSpeaksTheReadersLanguage(String language) throws Exception {
        AskSteps.OUTAGES.set(1_000);
        String failing = fixtures.start(office, CODE);
        fixtures.finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));
        String waiting = fixtures.start(office, "YRK-2026-0002");

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
            Document page = pages.page(path + "?lang=" + language, susan, language);
            assertThat(page.html()).as(path).doesNotContain("??").doesNotContainPattern("\\{\\d");
            assertThat(page.select("html").attr("lang")).isEqualTo(language);
            assertThat(page.select("nav.crumbs li a").eachAttr("href")).as(path).startsWith("/monitor");
        }
    }

    /** What Ancora does for nobody's case bears a code of its own, which says nothing to people. */
    @Test
    void whatIsForNobodysCaseIsNotCalledByACode() throws Exception {
        String id = fixtures.start(office, "reminder-6");

        for (String path : List.of(
                "/monitor/instances",
                "/monitor/tasks",
                "/monitor/instances/" + id,
                "/monitor/instances/" + id + "/reschedule",
                "/monitor/instances/" + id + "/cancel")) {
            Document page = pages.page(path, susan);
            assertThat(page.select("main").text()).as(path).doesNotContain("reminder-6");
            assertThat(page.select("tbody .case-code").eachText()).as(path).allMatch("Without a case"::equals);
        }
        assertThat(pages.page("/monitor/instances", susan).select("tbody .case-code"))
                .hasSize(1);
    }

    @Test
    void thePageOfAProcedureTakesFewStatements() throws Exception {
        String id = fixtures.start(office, CODE);
        fixtures.finish("no-answer");
        clockwork.moveTo(begun.plus(Duration.ofDays(4)));
        pages.page("/monitor/instances/" + id, susan);

        List<String> statements = SqlCount.during(() -> pages.page("/monitor/instances/" + id, susan)).stream()
                .filter(statement -> !statement.startsWith("INSERT INTO SPRING_SESSION"))
                .toList();

        assertThat(statements).as(String.join("\n---\n", statements)).hasSizeLessThanOrEqualTo(20);
    }
}
