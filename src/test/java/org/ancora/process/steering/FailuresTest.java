package org.ancora.process.steering;

import static org.ancora.process.steering.SteeringFixtures.CODE;
import static org.ancora.process.steering.SteeringFixtures.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.testing.AncoraTest;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;

/** What could not be done: one cause for all it stops, told once, in words that say what to do, and tried again (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresTest {

    @Autowired
    private SteeringFixtures fixtures;

    @Autowired
    private Processes processes;

    @Autowired
    private Clockwork clockwork;

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
    private UserId ada;
    private Instant begun;

    @BeforeEach
    void live() {
        office = fixtures.open();
        susan = office.susan();
        cora = office.cora();
        otto = office.otto();
        ada = office.ada();
        begun = office.begun();
    }

    @AfterAll
    void forget() {
        fixtures.forget();
    }

    @Test
    void aPoisonedStepIsOneIncidentInPlainWordsAndGoesWhenItIsRetried() throws Exception {
        AskSteps.OUTAGES.set(3);
        String id = fixtures.start(office, CODE);
        fixtures.finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));

        Document incidents = pages.page("/monitor/incidents", susan);
        assertThat(incidents.select("main section h2").eachText()).hasSize(1);
        assertThat(incidents.select("main").text())
                .contains("“Tell the source” could not be done", "What to do:", CODE)
                .doesNotContain("Exception", "mail server does not answer at");
        assertThat(pages.page("/monitor/instances/" + id, susan)
                        .select(".diagram-canvas")
                        .attr("data-failed-at"))
                .isEqualTo("tell");
        assertThat(pages.page("/monitor/incidents", cora).select("main").text()).contains(CODE);
        walls.raise(cora, CODE);
        assertThat(pages.page("/monitor/incidents", cora).select("main").text())
                .as("behind a wall")
                .contains("Everything goes well")
                .doesNotContain(CODE);

        fixtures.confirm(id, "retry", susan, fixtures.foresee(id, "retry", susan));
        clockwork.runDueJobs();

        assertThat(AskSteps.TOLD).hasValue(1);
        assertThat(processes.running(CODE)).isEmpty();
        assertThat(pages.page("/monitor/incidents", susan).select("main").text())
                .contains("Everything goes well");
        assertThat(fixtures.incidents()).isZero();
    }

    @Test
    void ownersAndAdministratorsAreToldOnceForFiftyFailuresOfOneCause() throws Exception {
        jdbc.sql("update account set email = 'otto@example.org' where id = :otto")
                .param("otto", otto.value())
                .update();
        AskSteps.OUTAGES.set(1_000);
        for (int each : IntStream.range(0, 50).toArray()) {
            fixtures.start(office, code(each));
        }
        fixtures.finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));

        assertThat(fixtures.incidents()).isEqualTo(50);
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
        assertThat(pages.send(get("/notices/" + notice), otto).getRedirectedUrl())
                .isEqualTo("/monitor/incidents");
        assertThat(pages.page("/monitor/incidents", otto).select("main .chip").text())
                .isEqualTo("50 times");
        assertThat(pages.page("/tasks", otto)
                        .select("a[href=/monitor/incidents]")
                        .first()
                        .text())
                .contains("50");

        // All again, of which half go well: those that fail are the same cause, told already.
        AskSteps.OUTAGES.set(25);
        MockHttpServletResponse preview = pages.send(
                post("/monitor/steering/preview")
                        .param("action", "retry")
                        .param("process", "ask")
                        .param("element", "tell")
                        .param("kind", "other"),
                otto);
        String batch = Objects.requireNonNull(preview.getRedirectedUrl());
        assertThat(pages.page(batch, otto).select("main").text()).contains("It will be done to 50");
        pages.send(post(batch + "/start").param("reason", "The server is back"), otto);
        clockwork.runDueJobs();

        assertThat(AskSteps.TOLD).hasValue(25);
        assertThat(fixtures.incidents()).isEqualTo(25);
        assertThat(told()).hasSize(2);
    }

    private List<Long> told() {
        return jdbc.sql("select user_id from notice where kind = 'incident'")
                .query(Long.class)
                .list();
    }
}
