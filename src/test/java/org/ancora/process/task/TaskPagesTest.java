package org.ancora.process.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Deadlines;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.Deadline;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One task: what its page shows, whose it is, and what was begun on it. */
@AncoraTest
class TaskPagesTest {

    @Autowired
    private CaseworkFixtures casework;

    @Autowired
    private TaskFixtures fixtures;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Processes processes;

    @Autowired
    private Deadlines deadlines;

    @Autowired
    private Clock clock;

    @Autowired
    private BusinessCalendars calendars;

    @Autowired
    private Pages pages;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private UserId coordinator;
    private CaseSummary dana;
    private String ask;

    @BeforeEach
    void aCaseWithATask() {
        TaskFixtures.Asked asked = fixtures.aCaseWithATask();
        york = asked.york();
        sam = asked.sam();
        coordinator = asked.coordinator();
        dana = asked.dana();
        ask = asked.ask();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void pagesSpeakTheReadersLanguage(String language) throws Exception {
        Deadline window = calendars.of(york.calendar()).window(clock.instant(), 3, 5);
        deadlines.record(dana.code(), "ask", window);
        tasks.setDueDate(ask, Date.from(window.due()));

        Document list = pages.page("/tasks?tab=team", sam, language);
        Document task = pages.page("/tasks/" + ask, sam, language);

        String back =
                switch (language) {
                    case "es" -> "Devolverla";
                    case "it" -> "Rimettila";
                    default -> "Put it back";
                };
        assertThat(list.html()).doesNotContain("??");
        assertThat(task.html()).doesNotContain("??");
        assertThat(task.select(".buttons").text()).contains(back);
        assertThat(task.select("details.why li")).isNotEmpty();
        assertThat(task.select("h1").text()).startsWith("Ask the client");
    }

    @Test
    void taskShowsFormGuidanceAndWhereWeAre() throws Exception {
        Document task = pages.page("/tasks/" + ask, sam);

        assertThat(task.select("[data-form-schema]").html()).contains("\"key\":\"outcome\"");
        assertThat(task.select("[data-form-data]").html()).contains(dana.code());
        assertThat(task.select("[data-form-unavailable]").html()).contains("\"email\":\"no consent\"");
        assertThat(task.select("[data-submit-url]").attr("data-submit-url")).isEqualTo("/tasks/" + ask + "/complete");
        assertThat(task.text()).contains("Write down what was said.");
        Document where = pages.page(task.select("[hx-get]").attr("hx-get"), sam);
        assertThat(where.select("[data-present]").attr("data-present"))
                .contains("ask")
                .contains("decide");
        assertThat(where.select("[data-done]").attr("data-done")).contains("begin");
        assertThat(where.select("[data-diagram-url]").attr("data-diagram-url"))
                .isEqualTo("/tasks/" + ask + "/diagram.xml");
        assertThat(pages.send(get("/tasks/" + ask + "/diagram.xml"), sam).getContentAsString())
                .contains("task-test");
        assertThat(reads("task")).isEqualTo(1);
    }

    @Test
    void taskTakesFewStatements() throws Exception {
        pages.page("/tasks/" + ask, sam);

        List<String> statements = new ArrayList<>(SqlCount.during(() -> pages.page("/tasks/" + ask, sam)));
        // A browser keeps its session; the test makes a new one for every request.
        statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));

        assertThat(statements).as(String.join("\n", statements)).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void draftSurvivesATaskThatIsOpenedAgain() throws Exception {
        var kept = fixtures.draft(ask, sam, "{\"outcome\":\"other\",\"note\":\"half a sen\",\"code\":\"FORGED\"}");
        processes.correlate("test-stop", dana.code(), Variables.none());
        String again = fixtures.task(dana.code(), "ask");

        Document page = pages.page("/tasks/" + again, sam);

        assertThat(kept.getContentAsString()).isEqualTo("{\"kept\":\"9:10\"}");
        assertThat(again).isNotEqualTo(ask);
        assertThat(page.select("[data-form-data]").html())
                .contains("half a sen")
                .contains(dana.code())
                .doesNotContain("FORGED");
        fixtures.complete(again, sam, "{\"outcome\":\"spoke\"}");
        assertThat(jdbc.sql("select count(*) from task_draft").query(Long.class).single())
                .isZero();
    }

    @Test
    void draftsEndWithTheirProcedure() throws Exception {
        fixtures.draft(ask, sam, "{\"outcome\":\"other\",\"note\":\"half\"}");

        runtime.deleteProcessInstance(
                tasks.createTaskQuery().taskId(ask).singleResult().getProcessInstanceId(), "test");

        assertThat(jdbc.sql("select count(*) from task_draft").query(Long.class).single())
                .isZero();
    }

    @Test
    void strangersLearnNothingAndColleaguesMayOnlyLook() throws Exception {
        UserId stranger = casework.aPerson("Nobody Here", casework.aProjectInPeru(), Role.SUPERVISOR);
        UserId alex = casework.aPerson("Alex Other", york, Role.CASEWORKER);
        UserId reception = casework.aPerson("Rita Reception", york, Role.RECEPTION);

        assertThat(pages.send(get("/tasks/" + ask), stranger).getStatus()).isEqualTo(404);
        assertThat(pages.send(get("/tasks/nothing"), stranger).getStatus()).isEqualTo(404);
        assertThat(pages.send(get("/tasks/" + ask + "/diagram.xml"), stranger).getStatus())
                .isEqualTo(404);
        assertThat(fixtures.complete(ask, stranger, "{\"outcome\":\"spoke\"}").getStatus())
                .isEqualTo(404);
        assertThat(fixtures.draft(ask, stranger, "{}").getStatus()).isEqualTo(404);
        assertThat(pages.form("/tasks/" + ask + "/claim", stranger).getStatus()).isEqualTo(404);
        assertThat(pages.page("/tasks?tab=team", stranger).select(".rows > li")).isEmpty();
        assertThat(fixtures.complete(ask, alex, "{\"outcome\":\"spoke\"}").getStatus())
                .isEqualTo(409);
        assertThat(fixtures.complete(ask, reception, "{\"outcome\":\"spoke\"}").getStatus())
                .isEqualTo(403);
        Document look = pages.page("/tasks/" + ask, reception);
        assertThat(look.select("[data-submit-url]")).isEmpty();
        assertThat(look.text()).contains("Sam Bouchard has this task");
    }

    @Test
    void supervisorsDecisionsStayTheirs() throws Exception {
        String decide = fixtures.task(dana.code(), "decide");
        UserId supervisor = casework.aPerson("Sara Supervisor", york, Role.SUPERVISOR);

        assertThat(fixtures.complete(decide, coordinator, "{}").getStatus()).isEqualTo(403);
        assertThat(pages.form("/tasks/" + decide + "/claim", coordinator).getStatus())
                .isEqualTo(403);
        assertThat(fixtures.complete(decide, supervisor, "{}").getStatus()).isEqualTo(200);
    }

    @Test
    void taskIsClaimedPutBackAndHandedOver() throws Exception {
        UserId alex = casework.aPerson("Alex Other", york, Role.CASEWORKER);
        UserId reception = casework.aPerson("Rita Reception", york, Role.RECEPTION);

        assertThat(pages.form("/tasks/" + ask + "/release", sam).getRedirectedUrl())
                .isEqualTo("/tasks");
        assertThat(assignee()).isNull();
        assertThat(pages.page("/", alex)
                        .select("a[href='/tasks?tab=unassigned']")
                        .text())
                .isEqualTo("1 task of your teams waits for somebody to take it");
        assertThat(pages.page("/tasks?tab=unassigned", alex)
                        .select(".rows form button")
                        .text())
                .startsWith("Take it");
        assertThat(pages.form("/tasks/" + ask + "/claim", alex, "back", "/tasks?tab=unassigned")
                        .getRedirectedUrl())
                .isEqualTo("/tasks?tab=unassigned");
        assertThat(assignee()).isEqualTo(alex.toString());
        assertThat(pages.form("/tasks/" + ask + "/claim", sam).getStatus()).isEqualTo(409);
        assertThat(pages.form("/tasks/" + ask + "/claim", alex, "back", "https://evil.example")
                        .getRedirectedUrl())
                .isEqualTo("/tasks/" + ask);
        assertThat(pages.page("/tasks/" + ask + "/assign", coordinator)
                        .select("option")
                        .eachText())
                .contains("Sam Bouchard")
                .doesNotContain("Rita Reception");
        assertThat(pages.form("/tasks/" + ask + "/assign", coordinator, "to", reception.toString())
                        .getStatus())
                .isEqualTo(400);
        assertThat(pages.form("/tasks/" + ask + "/assign", alex, "to", sam.toString())
                        .getStatus())
                .isEqualTo(403);
        assertThat(pages.form("/tasks/" + ask + "/assign", coordinator, "to", sam.toString())
                        .getRedirectedUrl())
                .isEqualTo("/tasks/" + ask);
        assertThat(assignee()).isEqualTo(sam.toString());
    }

    private String assignee() {
        return tasks.createTaskQuery().taskId(ask).singleResult().getAssignee();
    }

    private long reads(String subject) {
        return jdbc.sql("select count(*) from read_access where subject = :subject")
                .param("subject", subject)
                .query(Long.class)
                .single();
    }
}
