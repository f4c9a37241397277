package org.ancora.process.steering;

import static org.ancora.process.steering.SteeringFixtures.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
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
        }
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
