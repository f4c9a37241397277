package org.ancora.process.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;

/** Finishing a task: what it writes, what is refused, and who was faster. */
@AncoraTest
class FinishedTasksTest {

    @Autowired
    private CaseworkFixtures casework;

    @Autowired
    private TaskFixtures fixtures;

    @Autowired
    private TestFormHandler handler;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Processes processes;

    @Autowired
    private Pages pages;

    @Autowired
    private MockMvc web;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private CaseSummary dana;
    private String ask;

    @BeforeEach
    void aCaseWithATask() {
        TaskFixtures.Asked asked = fixtures.aCaseWithATask();
        york = asked.york();
        sam = asked.sam();
        dana = asked.dana();
        ask = asked.ask();
    }

    @Test
    void finishingWritesAndMovesOnAtOnce() throws Exception {
        int before = handler.completions.get();

        var answer = fixtures.complete(
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
        Document form = pages.page("/tasks/" + ask, sam);
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
        var answer = fixtures.complete(ask, sam, "{\"outcome\":\"other\",\"note\":\"impossible\",\"ownersOwn\":3}");

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
        assertThat(fixtures.complete(ask, sam, "{\"outcome\":\"spoke\",\"projectId\":7}")
                        .getStatus())
                .isEqualTo(400);
        assertThat(fixtures.complete(ask, sam, "{\"outcome\":").getStatus()).isEqualTo(400);
        assertThat(fixtures.complete(ask, sam, "[1]").getStatus()).isEqualTo(400);
        assertThat(fixtures.complete(ask, sam, "{\"outcome\":\"spoke\",\"outcome\":\"other\"}")
                        .getStatus())
                .isEqualTo(400);
        assertThat(fixtures.draft(ask, sam, "{\"decision\":\"close\"}").getStatus())
                .isEqualTo(400);
        assertThat(tasks.createTaskQuery().taskId(ask).count()).isEqualTo(1);
    }

    @Test
    void theSameRequestTwiceIsOneSuccess() throws Exception {
        int before = handler.completions.get();
        String answers = "{\"outcome\":\"spoke\",\"note\":null}";

        var first = fixtures.complete(ask, sam, answers);
        var again = fixtures.complete(ask, sam, "{\"note\":null,\"outcome\":\"spoke\"}");
        var other = fixtures.complete(ask, sam, "{\"outcome\":\"other\",\"note\":\"x\"}");

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

        var late = fixtures.complete(ask, sam, "{\"outcome\":\"spoke\"}");
        Document page = pages.page("/tasks/" + ask, sam);

        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("no longer needed");
        assertThat(page.text()).contains("This task is no longer needed").contains(dana.code());
    }
}
