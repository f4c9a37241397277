package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.RunningProcess;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A search that somebody puts right: dates that remember who moved them, a way that is taken again, an end and a beginning. */
@AncoraTest
class SteeredSearchTest {

    @Autowired
    private EngagementWalk walks;

    @Autowired
    private MockMvc mvc;

    @Test
    void aDateMovedByHandMovesTheTaskAndSaysWhoMovedItAndWhy() throws Exception {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound();
        Team york = dana.team();
        String task = dana.task("record-round").id();
        String path = "/monitor/instances/" + root(dana);
        Document form = page(path + "/reschedule", york.supervisor());
        Element choice =
                form.select("label:contains(Due date of) input[name=what]").first();
        assertThat(choice).as(form.select("fieldset").text()).isNotNull();

        deed(
                path + "/reschedule",
                york.supervisor(),
                "what",
                choice.attr("value"),
                "to",
                "at",
                "day",
                "2026-12-09",
                "hour",
                "16:00");

        assertThat(dana.window("record-round")).endsWith("2026-12-09T16:00");
        String why = page("/tasks/" + task, york.worker()).select("details.why").text();
        assertThat(why)
                .contains("a date set by hand")
                .contains("moved on Mon 23 Nov by Susan Okafor: The client is in hospital");
        assertThat(dana.log()).contains("steering.reschedule");
        dana.moveTo("2026-12-09T15:59");
        assertThat(dana.noticesOf(york.coordinator())).doesNotContain("task-overdue");
        Document page = page(path, york.supervisor());
        assertThat(page.select(".steer-journal").text()).contains("Reason: The client is in hospital");
        assertThat(page.select("main").text()).doesNotContain("Whitfield");
    }

    @Test
    void aCalledProcedureIsDrawnAndWrittenOutAsWell() throws Exception {
        Walk dana = walks.inOntario().beginWithEverything().toSecondRound();
        Document page = page("/monitor/instances/" + root(dana), dana.team().supervisor());

        assertThat(page.select(".diagram-canvas").eachAttr("data-done")).hasSize(3);
        assertThat(page.select(".outline-present .outline-title").eachText())
                .anyMatch(title -> title.contains("round"));
        assertThat(page.select("[aria-labelledby=values] h3").eachText())
                .as("whose values stand below")
                .startsWith("Engagement on entering service")
                .hasSize(2);
        assertThat(page.select("[aria-labelledby=values] dl dt").eachText())
                .as("numbers of our own rows say nothing to anybody")
                .contains("Caseworker")
                .noneMatch(name -> name.endsWith("(number)"));
        for (Element canvas : page.select(".diagram-canvas")) {
            MockHttpServletResponse drawing =
                    send(get(canvas.attr("data-diagram-url")), dana.team().supervisor());
            assertThat(drawing.getStatus()).isEqualTo(200);
            assertThat(drawing.getContentAsString()).contains("bpmn:process");
        }
        assertThat(page("/cases/" + dana.code(), dana.team().supervisor())
                        .select("a[href=/monitor/instances/" + root(dana) + "]"))
                .hasSize(1);
        assertThat(page("/cases/" + dana.code(), dana.team().worker()).select("a[href^=/monitor/]"))
                .as("a caseworker does not watch procedures")
                .isEmpty();
    }

    @Test
    void aCancelledSearchEndsItsEpisodeAndBeginsAgainWithIt() throws Exception {
        Walk dana = walks.inOntario().beginWithEverything().toWaitForSecondRound();
        UserId supervisor = dana.team().supervisor();
        String root = root(dana);

        deed("/monitor/instances/" + root + "/cancel", supervisor);

        assertThat(dana.running()).isEmpty();
        assertThat(dana.episode().outcome()).isEqualTo("cancelled");
        assertThat(page("/cases/" + dana.code(), supervisor).text()).contains("cancelled");
        deed("/monitor/instances/" + root + "/restart", supervisor);
        assertThat(dana.episode().isRunning()).isTrue();
        assertThat(dana.open()).hasSize(1);
    }

    private String root(Walk walk) {
        return walks.processes.running(walk.code()).stream()
                .filter(running -> running.parent() == null && running.key().startsWith("engagement"))
                .map(RunningProcess::id)
                .findFirst()
                .orElseThrow();
    }

    /** Looks at what would happen, and confirms it. */
    private void deed(String path, UserId who, String... pairs) throws Exception {
        MockHttpServletRequestBuilder asked = post(path)
                .param("reason", "The client is in hospital")
                .param("version", page(path, who).select("input[name=version]").attr("value"));
        for (int at = 0; at < pairs.length; at += 2) {
            asked.param(pairs[at], pairs[at + 1]);
        }
        MockHttpServletResponse foreseen = send(asked, who);
        assertThat(foreseen.getStatus()).as(foreseen.getContentAsString()).isEqualTo(200);
        MockHttpServletRequestBuilder confirmed = post(path);
        for (Element field : Jsoup.parse(foreseen.getContentAsString()).select("main form input[type=hidden]")) {
            if (!field.attr("name").equals("_csrf")) {
                confirmed.param(field.attr("name"), field.attr("value"));
            }
        }
        MockHttpServletResponse done = send(confirmed, who);
        assertThat(done.getStatus()).as(done.getContentAsString()).isEqualTo(302);
        assertThat(Objects.requireNonNull(done.getRedirectedUrl())).startsWith("/monitor/instances/");
        walks.clockwork.runDueJobs();
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse response = send(get(path), who);
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString());
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(signedIn(who)).with(csrf())).andReturn().getResponse();
    }
}
