package org.ancora.process.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Deadlines;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.Deadline;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@AncoraTest
class TaskPagesTest {

    @Autowired
    MockMvc web;

    @Autowired
    CaseworkFixtures casework;

    @Autowired
    TaskFixtures fixtures;

    @Autowired
    TestFormHandler handler;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    Processes processes;

    @Autowired
    Deadlines deadlines;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    BusinessCalendars calendars;

    private Project york;
    private UserId sam;
    private UserId coordinator;
    private CaseSummary dana;
    private String ask;

    @BeforeEach
    void aCaseWithATask() {
        york = casework.aProjectInOntario();
        sam = casework.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        coordinator = casework.aPerson("Carla Coordinator", york, Role.COORDINATOR);
        dana = casework.aClient(york).openCaseFor(sam);
        fixtures.start(dana.code(), york.id(), sam, 5);
        ask = fixtures.task(dana.code(), "ask");
    }

    @Test
    void listShowsWhatIsMineByWhenItIsDue() throws Exception {
        startDueIn(0);
        startDueIn(2);
        startDueIn(9);
        clockwork.moveTo(clock.instant().plus(Duration.ofMinutes(1)));

        Document mine = page("/tasks", sam, "en");
        Document upcoming = page("/tasks?tab=upcoming", sam, "en");

        assertThat(mine.select("main h2").eachText()).containsExactly("Late", "This week");
        assertThat(mine.select(".rows > li")).hasSize(3);
        assertThat(mine.select(".pill[aria-current]").text()).isEqualTo("Mine 3");
        assertThat(mine.select(".rows .row-title").eachText()).allMatch(title -> title.startsWith("Ask the client"));
        assertThat(mine.text()).contains("Dana Whitfield").contains(dana.code());
        assertThat(upcoming.select(".rows > li")).hasSize(1);
    }

    @Test
    void listFindsByFiltersAndTakesThemAwayAgain() throws Exception {
        startDueIn(2);

        Document found = page("/tasks?text=" + dana.code() + "&procedure=task-test&step=ask", sam, "en");
        Document none = page("/tasks?text=%25&sort=newest", sam, "en");

        assertThat(found.select(".rows > li")).hasSize(1);
        assertThat(found.select(".rule-chip")).hasSize(3);
        assertThat(found.select(".rule-chip").get(0).attr("href")).doesNotContain("procedure=task-test");
        assertThat(none.text()).contains("No task fits these filters");
        assertThat(page("/tasks?tab=nonsense&after=x&project=abc", sam, "en").select(".rows > li"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"due", "newest", "case"})
    void pagesGoOnFromTheLastRow(String sort) throws Exception {
        for (int number = 0; number < 60; number++) {
            fixtures.start(dana.code(), york.id(), sam, number % 4);
        }

        Document first = page("/tasks?sort=" + sort, sam, "en");
        String next = first.select("nav a:contains(Next page)").attr("href");
        Document second = page(next, sam, "en");

        assertThat(first.select(".rows > li")).hasSize(50);
        assertThat(second.select(".rows > li")).hasSize(11);
        List<String> ids = first.select(".row-title").eachAttr("href");
        assertThat(second.select(".row-title").eachAttr("href")).doesNotContainAnyElementsOf(ids);
        assertThat(second.select("nav a:contains(Next page)")).isEmpty();
    }

    @Test
    void listTakesFewStatementsHoweverManyRows() throws Exception {
        for (int number = 0; number < 9; number++) {
            fixtures.start(casework.aClient(york).openCase().code(), york.id(), sam, number % 4);
        }
        page("/tasks", sam, "en");
        List<String> few = SqlCount.during(() -> page("/tasks", sam, "en"));
        jdbc.sql("""
                        insert into work_item (id, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, form, title,
                               title_arguments, case_code, project_id, teams, assignee, opens_at, due_at, created_at,
                               priority, kind)
                        select id || '-' || n, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, form, title,
                               title_arguments, case_code, project_id, teams, assignee, opens_at, due_at, created_at,
                               priority, kind
                          from work_item, generate_series(1, 50) n where element = 'ask'
                        """).update();
        List<String> many = SqlCount.during(() -> page("/tasks", sam, "en"));
        List<String> team = SqlCount.during(() -> page("/tasks?tab=team", coordinator, "en"));

        assertThat(many).hasSameSizeAs(few).hasSizeLessThanOrEqualTo(12);
        assertThat(team).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void countsStopAtAThousand() throws Exception {
        jdbc.sql("""
                        insert into work_item (id, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, title,
                               title_arguments, case_code, project_id, teams, assignee, due_at, created_at, priority, kind)
                        select 'x' || n, '', '', definition_id, definition_id, 'p', 'p', 'e', 'e', 'T', '[]', case_code,
                               project_id, teams, assignee, due_at, created_at, 50, 'task'
                          from work_item, generate_series(1, 1200) n where element = 'ask'
                        """).update();

        assertThat(page("/tasks", sam, "en").select(".pill[aria-current]").text())
                .isEqualTo("Mine 1,000+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void pagesSpeakTheReadersLanguage(String language) throws Exception {
        Deadline window = calendars.of(york.calendar()).window(clock.instant(), 3, 5);
        deadlines.record(dana.code(), "ask", window);
        tasks.setDueDate(ask, Date.from(window.due()));

        Document list = page("/tasks?tab=team", sam, language);
        Document task = page("/tasks/" + ask, sam, language);

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
        Document task = page("/tasks/" + ask, sam, "en");

        assertThat(task.select("[data-form-schema]").html()).contains("\"key\":\"outcome\"");
        assertThat(task.select("[data-form-data]").html()).contains(dana.code());
        assertThat(task.select("[data-form-unavailable]").html()).contains("\"email\":\"no consent\"");
        assertThat(task.select("[data-submit-url]").attr("data-submit-url")).isEqualTo("/tasks/" + ask + "/complete");
        assertThat(task.text()).contains("Write down what was said.");
        Document where = page(task.select("[hx-get]").attr("hx-get"), sam, "en");
        assertThat(where.select("[data-present]").attr("data-present"))
                .contains("ask")
                .contains("decide");
        assertThat(where.select("[data-done]").attr("data-done")).contains("begin");
        assertThat(where.select("[data-diagram-url]").attr("data-diagram-url"))
                .isEqualTo("/tasks/" + ask + "/diagram.xml");
        assertThat(call(get("/tasks/" + ask + "/diagram.xml"), sam).getContentAsString())
                .contains("task-test");
        assertThat(reads("task")).isEqualTo(1);
    }

    @Test
    void taskTakesFewStatements() throws Exception {
        page("/tasks/" + ask, sam, "en");

        List<String> statements = new ArrayList<>(SqlCount.during(() -> page("/tasks/" + ask, sam, "en")));
        // A browser keeps its session; the test makes a new one for every request.
        statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));

        assertThat(statements).as(String.join("\n", statements)).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void finishingWritesAndMovesOnAtOnce() throws Exception {
        int before = handler.completions.get();

        var answer = complete(
                ask, sam, "{\"outcome\":\"other\",\"note\":\"asked for time\",\"code\":\"FORGED\",\"ownersOwn\":12}");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).contains("\"location\":\"/tasks\"");
        assertThat(handler.completions.get()).isEqualTo(before + 1);
        assertThat(tasks.createTaskQuery().taskId(ask).count()).isZero();
        assertThat(jdbc.sql("select key || '=' || value || ' ' || label from form_answer")
                        .query(String.class)
                        .list())
                .containsExactly("ownersOwn=12 Minutes it took");
        String instance = tasks.createTaskQuery()
                .taskId(fixtures.task(dana.code(), "decide"))
                .singleResult()
                .getProcessInstanceId();
        assertThat(runtime.getVariables(instance))
                .containsEntry("outcome", "other")
                .doesNotContainKeys("note", "ownersOwn", "code");
        assertThat(jdbc.sql("select action from activity where action like 'task.%'")
                        .query(String.class)
                        .list())
                .containsExactly("task.completed");
    }

    @Test
    void refusesWrongAnswersInThePersonsLanguageAndChangesNothing() throws Exception {
        var answer = web.perform(post("/tasks/" + ask + "/complete")
                        .with(signedIn(sam))
                        .with(csrf())
                        .locale(Locale.forLanguageTag("es"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"outcome\":\"other\",\"way\":\"email\"}"))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString(UTF_8))
                .contains("\"note\":[\"Responda esto, por favor.\"]")
                .contains("\"way\":[\"Esto no se puede elegir: no consent.\"]")
                .contains("2 respuestas necesitan otra mirada");
        assertThat(tasks.createTaskQuery().taskId(ask).count()).isEqualTo(1);
    }

    @Test
    void aFormCanBeSentWithoutAScript() throws Exception {
        Document form = page("/tasks/" + ask, sam, "en");
        assertThat(form.select("noscript form").attr("action")).isEqualTo("/tasks/" + ask + "/complete");
        assertThat(form.select("noscript [name=outcome]").eachAttr("value")).contains("other");
        assertThat(form.select("noscript [name=note]")).hasSize(1);

        var refused = plainly("outcome", "other", "ownersOwn", "12");
        assertThat(refused.getStatus()).isEqualTo(400);
        Document again = Jsoup.parse(refused.getContentAsString(UTF_8));
        assertThat(again.select(".error-summary").text()).contains("One answer needs another look");
        assertThat(again.select("noscript .field-error").text()).isNotBlank();
        assertThat(again.select("noscript [name=outcome][checked]").val()).isEqualTo("other");
        assertThat(again.select("noscript [name=ownersOwn]").val()).isEqualTo("12");

        var done = plainly("outcome", "other", "ownersOwn", "12", "note", "asked for time");
        assertThat(done.getStatus()).isEqualTo(302);
        assertThat(done.getRedirectedUrl()).isEqualTo("/tasks");
        assertThat(tasks.createTaskQuery().taskId(ask).count()).isZero();
        assertThat(plainly("outcome", "other").getStatus()).isEqualTo(409);
    }

    private MockHttpServletResponse plainly(String... answers) throws Exception {
        var sent = post("/tasks/" + ask + "/complete")
                .with(signedIn(sam))
                .with(csrf())
                .accept(MediaType.TEXT_HTML)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .locale(Locale.ENGLISH);
        for (int each = 0; each < answers.length; each += 2) {
            sent.param(answers[each], answers[each + 1]);
        }
        return web.perform(sent).andReturn().getResponse();
    }

    @Test
    void theModulesRefusalUndoesEverything() throws Exception {
        var answer = complete(ask, sam, "{\"outcome\":\"other\",\"note\":\"impossible\",\"ownersOwn\":3}");

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("This day has passed.");
        assertThat(jdbc.sql("select count(*) from form_answer")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(tasks.createTaskQuery().taskId(ask).count()).isEqualTo(1);
    }

    @Test
    void unknownKeysAndBrokenBodiesAreRefusedWhole() throws Exception {
        assertThat(complete(ask, sam, "{\"outcome\":\"spoke\",\"projectId\":7}").getStatus())
                .isEqualTo(400);
        assertThat(complete(ask, sam, "{\"outcome\":").getStatus()).isEqualTo(400);
        assertThat(complete(ask, sam, "[1]").getStatus()).isEqualTo(400);
        assertThat(complete(ask, sam, "{\"outcome\":\"spoke\",\"outcome\":\"other\"}")
                        .getStatus())
                .isEqualTo(400);
        assertThat(draft(ask, sam, "{\"decision\":\"close\"}").getStatus()).isEqualTo(400);
        assertThat(tasks.createTaskQuery().taskId(ask).count()).isEqualTo(1);
    }

    @Test
    void theSameRequestTwiceIsOneSuccess() throws Exception {
        int before = handler.completions.get();
        String answers = "{\"outcome\":\"spoke\",\"note\":null}";

        var first = complete(ask, sam, answers);
        var again = complete(ask, sam, "{\"note\":null,\"outcome\":\"spoke\"}");
        var other = complete(ask, sam, "{\"outcome\":\"other\",\"note\":\"x\"}");

        assertThat(first.getStatus()).isEqualTo(200);
        assertThat(again.getStatus()).isEqualTo(200);
        assertThat(again.getContentAsString()).isEqualTo(first.getContentAsString());
        assertThat(other.getStatus()).isEqualTo(409);
        assertThat(handler.completions.get()).isEqualTo(before + 1);
    }

    @Test
    void twoPeopleAtOnceMakeOneSuccessAndOneIsToldWhoWasFaster() throws Exception {
        UserId alex = casework.aPerson("Alex Other", york, Role.CASEWORKER);
        tasks.setAssignee(ask, null);
        int before = handler.completions.get();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            List<Future<MvcResult>> tries = List.of(sam, alex).stream()
                    .map(person -> people.submit(() -> {
                        start.await();
                        return web.perform(post("/tasks/" + ask + "/complete")
                                        .with(signedIn(person))
                                        .with(csrf())
                                        .accept(MediaType.APPLICATION_JSON)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .content("{\"outcome\":\"spoke\"}"))
                                .andReturn();
                    }))
                    .toList();
            start.countDown();
            List<Integer> statuses = new ArrayList<>();
            String loser = "";
            for (Future<MvcResult> each : tries) {
                statuses.add(each.get().getResponse().getStatus());
                if (each.get().getResponse().getStatus() == 409) {
                    loser = each.get().getResponse().getContentAsString();
                }
            }

            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
            assertThat(loser).containsAnyOf("Sam Bouchard finished", "Alex Other finished");
            assertThat(handler.completions.get()).isEqualTo(before + 1);
            assertThat(fixtures.task(dana.code(), "look")).isNotNull();
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void whoComesAfterTheFlowWentOnIsToldSo() throws Exception {
        processes.correlate("test-stop", dana.code(), Variables.none());

        var late = complete(ask, sam, "{\"outcome\":\"spoke\"}");
        Document page = page("/tasks/" + ask, sam, "en");

        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("no longer needed");
        assertThat(page.text()).contains("This task is no longer needed").contains(dana.code());
    }

    @Test
    void draftSurvivesATaskThatIsOpenedAgain() throws Exception {
        var kept = draft(ask, sam, "{\"outcome\":\"other\",\"note\":\"half a sen\",\"code\":\"FORGED\"}");
        processes.correlate("test-stop", dana.code(), Variables.none());
        String again = fixtures.task(dana.code(), "ask");

        Document page = page("/tasks/" + again, sam, "en");

        assertThat(kept.getContentAsString()).isEqualTo("{\"kept\":\"9:10\"}");
        assertThat(again).isNotEqualTo(ask);
        assertThat(page.select("[data-form-data]").html())
                .contains("half a sen")
                .contains(dana.code())
                .doesNotContain("FORGED");
        complete(again, sam, "{\"outcome\":\"spoke\"}");
        assertThat(jdbc.sql("select count(*) from task_draft").query(Long.class).single())
                .isZero();
    }

    @Test
    void draftsEndWithTheirProcedure() throws Exception {
        draft(ask, sam, "{\"outcome\":\"other\",\"note\":\"half\"}");

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

        assertThat(call(get("/tasks/" + ask), stranger).getStatus()).isEqualTo(404);
        assertThat(call(get("/tasks/nothing"), stranger).getStatus()).isEqualTo(404);
        assertThat(call(get("/tasks/" + ask + "/diagram.xml"), stranger).getStatus())
                .isEqualTo(404);
        assertThat(complete(ask, stranger, "{\"outcome\":\"spoke\"}").getStatus())
                .isEqualTo(404);
        assertThat(draft(ask, stranger, "{}").getStatus()).isEqualTo(404);
        assertThat(postForm("/tasks/" + ask + "/claim", stranger).getStatus()).isEqualTo(404);
        assertThat(page("/tasks?tab=team", stranger, "en").select(".rows > li")).isEmpty();
        assertThat(complete(ask, alex, "{\"outcome\":\"spoke\"}").getStatus()).isEqualTo(409);
        assertThat(complete(ask, reception, "{\"outcome\":\"spoke\"}").getStatus())
                .isEqualTo(403);
        Document look = page("/tasks/" + ask, reception, "en");
        assertThat(look.select("[data-submit-url]")).isEmpty();
        assertThat(look.text()).contains("Sam Bouchard has this task");
    }

    @Test
    void supervisorsDecisionsStayTheirs() throws Exception {
        String decide = fixtures.task(dana.code(), "decide");
        UserId supervisor = casework.aPerson("Sara Supervisor", york, Role.SUPERVISOR);

        assertThat(complete(decide, coordinator, "{}").getStatus()).isEqualTo(403);
        assertThat(postForm("/tasks/" + decide + "/claim", coordinator).getStatus())
                .isEqualTo(403);
        assertThat(complete(decide, supervisor, "{}").getStatus()).isEqualTo(200);
    }

    @Test
    void taskIsClaimedPutBackAndHandedOver() throws Exception {
        UserId alex = casework.aPerson("Alex Other", york, Role.CASEWORKER);
        UserId reception = casework.aPerson("Rita Reception", york, Role.RECEPTION);

        assertThat(postForm("/tasks/" + ask + "/release", sam).getRedirectedUrl())
                .isEqualTo("/tasks");
        assertThat(assignee()).isNull();
        assertThat(page("/tasks?tab=unassigned", alex, "en")
                        .select(".rows form button")
                        .text())
                .startsWith("Take it");
        assertThat(postForm("/tasks/" + ask + "/claim", alex, "back", "/tasks?tab=unassigned")
                        .getRedirectedUrl())
                .isEqualTo("/tasks?tab=unassigned");
        assertThat(assignee()).isEqualTo(alex.toString());
        assertThat(postForm("/tasks/" + ask + "/claim", sam).getStatus()).isEqualTo(409);
        assertThat(postForm("/tasks/" + ask + "/claim", alex, "back", "https://evil.example")
                        .getRedirectedUrl())
                .isEqualTo("/tasks/" + ask);
        assertThat(page("/tasks/" + ask + "/assign", coordinator, "en")
                        .select("option")
                        .eachText())
                .contains("Sam Bouchard")
                .doesNotContain("Rita Reception");
        assertThat(postForm("/tasks/" + ask + "/assign", coordinator, "to", reception.toString())
                        .getStatus())
                .isEqualTo(400);
        assertThat(postForm("/tasks/" + ask + "/assign", alex, "to", sam.toString())
                        .getStatus())
                .isEqualTo(403);
        assertThat(postForm("/tasks/" + ask + "/assign", coordinator, "to", sam.toString())
                        .getRedirectedUrl())
                .isEqualTo("/tasks/" + ask);
        assertThat(assignee()).isEqualTo(sam.toString());
    }

    private void startDueIn(int days) {
        fixtures.start(casework.aClient(york).openCase().code(), york.id(), sam, days);
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

    private Document page(String path, UserId person, String language) throws Exception {
        var response = web.perform(get(URI.create(path)).with(signedIn(person)).locale(Locale.forLanguageTag(language)))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString(UTF_8));
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request, UserId person) throws Exception {
        return web.perform(request.with(signedIn(person))).andReturn().getResponse();
    }

    private MockHttpServletResponse complete(String task, UserId person, String answers) throws Exception {
        return json("/tasks/" + task + "/complete", person, answers);
    }

    private MockHttpServletResponse draft(String task, UserId person, String answers) throws Exception {
        return json("/tasks/" + task + "/draft", person, answers);
    }

    private MockHttpServletResponse json(String path, UserId person, String body) throws Exception {
        return web.perform(post(path)
                        .with(signedIn(person))
                        .with(csrf())
                        .accept(MediaType.APPLICATION_JSON)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse postForm(String path, UserId person, String... parameters) throws Exception {
        var request = post(path).with(csrf());
        for (int index = 0; index < parameters.length; index += 2) {
            request.param(parameters[index], parameters[index + 1]);
        }
        return call(request, person);
    }
}
