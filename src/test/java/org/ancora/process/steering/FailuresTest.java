package org.ancora.process.steering;

import static org.ancora.process.steering.SteeringFixtures.CODE;
import static org.ancora.process.steering.SteeringFixtures.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.correspondence.TestInbox;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.testing.AncoraTest;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
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
    private TestInbox inbox;

    @Autowired
    private Clock clock;

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

    @AfterEach
    void closeInbox() {
        logged(true);
        inbox.close();
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

    /** The mail goes over the wire: one for each person and cause while it lasts, however many cases, in their language. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | “Tell the source” (Ask) could not be done:",
                "es | No se pudo hacer «Tell the source» (Ask):",
                "it | «Tell the source» (Ask) non è riuscito:"
            })
    void oneMailForTwoHundredFailuresAndAnotherOnlyAfterTheyWereSolved(String language, String said) throws Exception {
        for (UserId each : List.of(otto, ada, susan)) {
            jdbc.sql("update account set email = id || '@example.org', locale = :language where id = :id")
                    .param("language", language)
                    .param("id", each.value())
                    .update();
        }
        inbox.open();
        logged(false);
        AskSteps.OUTAGES.set(1_000_000);
        for (int each : IntStream.range(0, language.equals("en") ? 200 : 3).toArray()) {
            fixtures.start(office, code(each));
        }
        fixtures.finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(12)));
        long failed = fixtures.incidents();
        assertThat(failed).isEqualTo(language.equals("en") ? 200 : 3);
        assertThat(mails())
                .as("an owner and an administrator, each once")
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail)
                        .contains(said, "/notices/")
                        .doesNotContain("YRK-", "Exception", "mail server does not answer"));

        if (failed == 200) {
            return;
        }
        // Tried again in vain, twice, the second time on another day: it is the same story.
        retryAll(failed);
        assertThat(fixtures.incidents()).isEqualTo(failed);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));
        retryAll(failed);
        clockwork.moveTo(clock.instant().plus(Duration.ofHours(12)));
        assertThat(fixtures.incidents()).isEqualTo(failed);
        assertThat(mails()).hasSize(2);

        // Solved; an hour later it begins anew, on the same day.
        AskSteps.OUTAGES.set(0);
        retryAll(failed);
        assertThat(fixtures.incidents()).isZero();
        clockwork.moveTo(clock.instant().plus(Duration.ofHours(1)));
        AskSteps.OUTAGES.set(1_000_000);
        fixtures.start(office, code(900));
        fixtures.start(office, code(901));
        fixtures.finish("reached");
        clockwork.moveTo(clock.instant().plus(Duration.ofHours(12)));
        assertThat(fixtures.incidents()).isEqualTo(2);
        assertThat(mails()).hasSize(4);
    }

    /** Twelve hundred traces of what fails on purpose would hide all else that is logged. */
    private static void logged(boolean all) {
        for (String name : List.of(
                "org.camunda.bpm.engine.context",
                "org.camunda.bpm.engine.jobexecutor",
                "org.ancora.process.Clockwork")) {
            LoggingSystem.get(FailuresTest.class.getClassLoader()).setLogLevel(name, all ? null : LogLevel.OFF);
        }
    }

    private void retryAll(long cases) throws Exception {
        String batch = Objects.requireNonNull(pages.send(
                        post("/monitor/steering/preview")
                                .param("action", "retry")
                                .param("process", "ask")
                                .param("element", "tell")
                                .param("kind", "other"),
                        otto)
                .getRedirectedUrl());
        assertThat(pages.page(batch, otto).select(".bulk-sum").text()).contains(String.valueOf(cases));
        pages.send(post(batch + "/start").param("reason", "The server is back"), otto);
        clockwork.runDueJobs();
    }

    /** What the server took, with its texts as people read them. */
    private List<String> mails() {
        return inbox.texts();
    }

    private List<Long> told() {
        return jdbc.sql("select user_id from notice where kind = 'incident'")
                .query(Long.class)
                .list();
    }
}
