package org.ancora.process.steering;

import static org.ancora.process.steering.SteeringFixtures.CODE;
import static org.ancora.process.steering.SteeringFixtures.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.process.Clockwork;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RuntimeService;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The same done to many procedures, each with its own result (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {

    @Autowired
    private SteeringFixtures fixtures;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Walls walls;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Pages pages;

    private Office office;
    private UserId susan;
    private UserId cora;
    private UserId otto;
    private UserId gina;

    @BeforeEach
    void live() {
        office = fixtures.open();
        susan = office.susan();
        cora = office.cora();
        otto = office.otto();
        gina = office.gina();
    }

    @AfterAll
    void forget() {
        fixtures.forget();
    }

    @Test
    void threeHundredAreSuspendedInTheBackgroundEachWithItsResult() throws Exception {
        List<String> ids = IntStream.range(0, 300)
                .mapToObj(each -> fixtures.start(office, code(each)))
                .toList();
        fixtures.confirm(ids.get(0), "suspend", susan, fixtures.foresee(ids.get(0), "suspend", susan));
        walls.raise(susan, code(1));
        MockHttpServletRequestBuilder chosen = post("/monitor/steering/preview").param("action", "suspend");
        ids.forEach(id -> chosen.param("instance", id));

        String batch = Objects.requireNonNull(pages.send(chosen, susan).getRedirectedUrl());

        Document preview = pages.page(batch, susan);
        assertThat(preview.select(".bulk-sum").text()).contains("298");
        assertThat(preview.select(".bulk-reasons").text()).contains("1 it is suspended");
        assertThat(pages.send(post(batch + "/start").param("reason", ""), susan).getStatus())
                .isEqualTo(400);
        assertThat(pages.send(get(batch), otto).getStatus())
                .as("another's batch")
                .isEqualTo(404);
        runtime.deleteProcessInstance(ids.get(2), "it ended meanwhile");
        pages.send(post(batch + "/start").param("reason", "The office is closed"), susan);
        assertThat(pages.page(batch, susan).select("progress").attr("value")).isEqualTo("0");
        clockwork.runDueJobs();

        assertThat(pages.page(batch, susan).select(".bulk-sum").text()).contains("297");
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
    void aCodeOfManyIsChosenInWords() throws Exception {
        List<String> ids = IntStream.range(0, 2)
                .mapToObj(each -> fixtures.start(office, code(each)))
                .toList();
        ids.forEach(id -> runtime.setVariable(id, "outcome", "no-answer"));
        MockHttpServletRequestBuilder chosen = post("/monitor/steering/preview").param("action", "correct");
        ids.forEach(id -> chosen.param("instance", id));
        String batch = Objects.requireNonNull(pages.send(chosen, susan).getRedirectedUrl());

        assertThat(pages.page(batch, susan)
                        .select("select[name=to-ask/outcome] option[value=no-answer]")
                        .text())
                .isEqualTo("No answer");
        assertThat(pages.form(batch + "/part", susan, "what", "ask/outcome", "to-ask/outcome", "reachd")
                        .getStatus())
                .isEqualTo(400);
        pages.form(batch + "/part", susan, "what", "ask/outcome", "to-ask/outcome", "reached");
        assertThat(pages.page(batch, susan).select("main").text()).contains("New value: The client was reached");
        pages.form(batch + "/start", susan, "reason", "They were reached");

        assertThat(ids).extracting(id -> runtime.getVariable(id, "outcome")).containsOnly("reached");
    }

    /** Refused, or settled and changed once more. */
    @Test
    void nothingThatWasTypedIsLost() throws Exception {
        String id = fixtures.start(office, CODE);

        String dates = choose("reschedule", id);
        Document refused = Pages.read(pages.form(
                dates + "/part",
                susan,
                "what",
                "ask/call-client",
                "to",
                "days",
                "days",
                "0",
                "day",
                "2026-12-04",
                "hour",
                "09:30"));
        assertThat(refused.select(".error-summary")).hasSize(1);
        assertThat(refused.select("input[name=what][checked]").val()).isEqualTo("ask/call-client");
        assertThat(refused.select("input[name=to][checked]").eachAttr("value")).containsExactly("days");
        assertThat(refused.select("#days").val()).isEqualTo("0");
        assertThat(refused.select("#day").val()).isEqualTo("2026-12-04");
        assertThat(refused.select("#hour").val()).isEqualTo("09:30");
        pages.form(dates + "/part", susan, "what", "ask/call-client", "to", "at", "day", "2026-12-04", "hour", "09:30");
        Document changed = pages.page(dates + "?change=true", susan);
        assertThat(changed.select("input[name=to][checked]").eachAttr("value")).containsExactly("at");
        assertThat(changed.select("#day").val()).isEqualTo("2026-12-04");
        assertThat(changed.select("#hour").val()).isEqualTo("09:30");

        Document moved = Pages.read(
                pages.form(choose("move", id) + "/part", susan, "what", "elsewhere", "to", "ask/wait-a-while"));
        assertThat(moved.select("#to option[selected]").val()).isEqualTo("ask/wait-a-while");

        Document corrected = Pages.read(pages.form(
                choose("correct", id) + "/part",
                susan,
                "what",
                "ask/round",
                "to-ask/round",
                "many",
                "to-ask/riskFlag",
                "false"));
        assertThat(corrected.select("input[name=what][checked]").val()).isEqualTo("ask/round");
        assertThat(corrected.select("input[name=to-ask/round]").val()).isEqualTo("many");
        assertThat(corrected
                        .select("select[name=to-ask/riskFlag] option[selected]")
                        .val())
                .as("of a value that was not chosen, too")
                .isEqualTo("false");
    }

    private String choose(String deed, String id) throws Exception {
        return Objects.requireNonNull(pages.send(
                        post("/monitor/steering/preview").param("action", deed).param("instance", id), susan)
                .getRedirectedUrl());
    }

    @Test
    void manyAreRefusedToWhoeverMayOnlyWatch() throws Exception {
        String id = fixtures.start(office, CODE);

        assertThat(pages.send(
                                post("/monitor/steering/preview")
                                        .param("action", "cancel")
                                        .param("instance", id),
                                cora)
                        .getStatus())
                .isEqualTo(403);
        assertThat(pages.send(
                                post("/monitor/steering/preview")
                                        .param("action", "cancel")
                                        .param("instance", id),
                                gina)
                        .getStatus())
                .as("nothing that she may see")
                .isEqualTo(400);
    }
}
