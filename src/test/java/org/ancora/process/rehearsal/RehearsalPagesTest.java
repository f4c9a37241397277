package org.ancora.process.rehearsal;

import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.studio.Drafts;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The pages of rehearsals and scenarios, with and without a script, in three languages, and for nobody but their owner. */
@AncoraTest
class RehearsalPagesTest {

    private static final int MOST_STATEMENTS = 20;
    private static final String BASE = "/studio/engagement/rehearsals";
    private static final String JSON = "{\"mainOutcome\": \"no-answer\", \"furtherChannel\": \"skipped\","
            + " \"skipReason\": \"Late.\", \"when\": \"2026-03-02T09:30\"}";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Rehearsals rehearsals;

    @Autowired
    private Drafts drafts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Users users;

    @Autowired
    private Clock clock;

    private Project york;
    private UserId olga;
    private UserId omar;
    private UserId sam;

    @BeforeEach
    void people() {
        york = fixtures.aProjectInOntario();
        olga = fixtures.aPerson("Olga Owner", york, Role.OWNER);
        omar = fixtures.aPerson("Omar Owner", york, Role.OWNER);
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
    }

    @AfterEach
    void tidy() {
        for (UserId owner : List.of(olga, omar)) {
            rehearsals.of(owner).forEach(each -> rehearsals.end(each.id(), owner));
        }
        jdbc.sql("delete from rehearsal_scenario").update();
        drafts.discard("conduct", olga);
        drafts.discard("engagement", olga);
    }

    private MockHttpServletResponse ask(UserId who, MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(signedIn(who)).with(csrf())).andReturn().getResponse();
    }

    private Document page(UserId who, String path) throws Exception {
        MockHttpServletResponse answer = ask(who, get(path));
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private String begin(UserId who, String process, String... more) throws Exception {
        MockHttpServletRequestBuilder request = post(BASE)
                .param("which", "running")
                .param("process", process)
                .param("place", "CA-ON")
                .param("start", "2026-03-02T09:30");
        for (int at = 0; at < more.length; at += 2) {
            request.param(more[at], more[at + 1]);
        }
        MockHttpServletResponse answer = ask(who, request);
        assertThat(answer.getStatus()).isEqualTo(303);
        return Objects.requireNonNull(answer.getRedirectedUrl());
    }

    @Test
    void anOwnerRehearsesFromTheFirstTaskToAScenario() throws Exception {
        Document start = page(olga, BASE);
        assertThat(start.select("select[name=process] option").eachAttr("value"))
                .contains("engagement-existing-client");
        assertThat(start.select("select[name=place] option").eachAttr("value"))
                .contains("CA-ON")
                .anyMatch(place -> place.startsWith("project/"));

        String path = begin(olga, "engagement-existing-client", "fact.mayText", "no");
        Document page = page(olga, path);
        assertThat(page.text()).contains("2 Mar 2026").doesNotContain("??");
        Element task = Objects.requireNonNull(page.select(".rehearsal-tasks a").first());
        Document form = page(olga, task.attr("href"));
        assertThat(form.select("script[data-form-schema]")).hasSize(1);
        assertThat(form.select("script[data-form-data]").html())
                .contains("\"furtherChannels\"")
                .doesNotContain("\"sms\"");
        assertThat(form.select("noscript").html()).contains("mainOutcome");

        String submit = form.select("[data-submit-url]").attr("data-submit-url");
        MockHttpServletResponse refused =
                ask(olga, post(submit).contentType(MediaType.APPLICATION_JSON).content("{}"));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("mainOutcome");
        MockHttpServletResponse done =
                ask(olga, post(submit).contentType(MediaType.APPLICATION_JSON).content(JSON));
        assertThat(done.getStatus()).isEqualTo(200);
        assertThat(done.getContentAsString()).contains(path);

        assertThat(ask(olga, post(path + "/until").param("date", "2026-03-20")).getStatus())
                .isEqualTo(303);
        assertThat(page(olga, path).text()).contains("20 Mar 2026");
        assertThat(ask(olga, post(path + "/events").param("message", "client-in-touch"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(page(olga, path).select(".rehearsal-tasks").text()).contains("Admit");
        assertThat(ask(olga, post(path + "/facts").param("fact.riskFlag", "yes"))
                        .getStatus())
                .isEqualTo(303);

        assertThat(ask(olga, post(path + "/keep").param("name", "In touch after all"))
                        .getStatus())
                .isEqualTo(303);
        Document scenarios = page(olga, "/studio/engagement/scenarios");
        assertThat(scenarios.text()).contains("In touch after all", "kept by Olga Owner");
        MockHttpServletResponse run = ask(
                olga,
                post("/studio/engagement/scenarios/run")
                        .param("which", "running")
                        .param("key", "in-touch-after-all"));
        assertThat(Jsoup.parse(run.getContentAsString()).select(".chip").text()).contains("as before");
        MockHttpServletResponse file = ask(olga, get("/studio/engagement/scenarios/in-touch-after-all/file"));
        assertThat(file.getHeader("Content-Disposition")).contains("in-touch-after-all.json");
        assertThat(file.getContentAsString()).contains("client-in-touch", "2026-03-02T09:30");
        assertThat(ask(olga, post("/studio/engagement/scenarios/in-touch-after-all/remove"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(page(olga, "/studio/engagement/scenarios").text()).doesNotContain("In touch after all");

        assertThat(ask(olga, post(path + "/end")).getStatus()).isEqualTo(303);
        assertThat(ask(olga, get(path)).getStatus()).isEqualTo(404);
    }

    @Test
    void withoutAScriptTheFormIsFilledInAllTheSame() throws Exception {
        String path = begin(olga, "engagement-existing-client");
        String task = page(olga, path).select(".rehearsal-tasks a").attr("href");

        MockHttpServletResponse refused = ask(
                olga,
                post(task).contentType(MediaType.APPLICATION_FORM_URLENCODED).param("note", "x"));
        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(Jsoup.parse(refused.getContentAsString())
                        .select(".error-summary li")
                        .eachText())
                .isNotEmpty();
        MockHttpServletResponse taken = ask(
                olga,
                post(task)
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .param("mainOutcome", "no-answer")
                        .param("furtherChannel", "skipped")
                        .param("skipReason", "Late.")
                        .param("when", "2026-03-02T09:30"));
        assertThat(taken.getStatus()).isEqualTo(303);
        assertThat(page(olga, path).text()).contains("Done:");
        assertThat(ask(olga, post(task).contentType(MediaType.APPLICATION_FORM_URLENCODED))
                        .getStatus())
                .isEqualTo(409);
    }

    @Test
    void aRehearsalIsItsOwnersAlone() throws Exception {
        String path = begin(olga, "engagement-existing-client");
        String task = page(olga, path).select(".rehearsal-tasks a").attr("href");

        for (MockHttpServletRequestBuilder request : List.of(
                get(path),
                get(path + "/diagram.xml").param("process", "contact-round"),
                get(task),
                post(task).contentType(MediaType.APPLICATION_JSON).content(JSON),
                post(path + "/next"),
                post(path + "/until").param("date", "2026-03-20"),
                post(path + "/events").param("message", "client-in-touch"),
                post(path + "/facts").param("fact.riskFlag", "yes"),
                post(path + "/keep").param("name", "Mine"))) {
            assertThat(ask(omar, request).getStatus()).isEqualTo(404);
        }
        assertThat(ask(omar, post(path + "/end")).getStatus()).isEqualTo(303);
        assertThat(ask(olga, get(path)).getStatus()).isEqualTo(200);
        for (MockHttpServletRequestBuilder request : List.of(
                get(BASE),
                post(BASE),
                get(path),
                get(task),
                get(path + "/diagram.xml").param("process", "contact-round"),
                post(task).contentType(MediaType.APPLICATION_JSON).content(JSON),
                post(path + "/next"),
                post(path + "/until").param("date", "2026-03-20"),
                post(path + "/events").param("message", "client-in-touch"),
                post(path + "/facts"),
                post(path + "/end"),
                post(path + "/keep").param("name", "Mine"),
                get("/studio/engagement/scenarios"),
                post("/studio/engagement/scenarios/run"),
                post("/studio/engagement/scenarios/three-months-of-search/accept"),
                post("/studio/engagement/scenarios/three-months-of-search/remove"),
                get("/studio/engagement/scenarios/three-months-of-search/file"))) {
            assertThat(ask(sam, request).getStatus()).isEqualTo(403);
        }
    }

    /** Through the pages as owners use them: two rehearsals, scenarios played again, and what publishing asks. */
    @Test
    void twoRehearseAtOnceAndNothingRealIsTouched() throws Exception {
        String folder = "/studio/conduct";
        drafts.begin("conduct", olga);
        drafts.save("conduct", "labels/en.properties", bytes("process.boundary-request = Beyond the line"), 0, olga);
        Map<String, Long> before = RehearsalFixtures.rows(jdbc);

        String mine = begin(olga, "engagement-existing-client");
        String theirs = begin(omar, "engagement-existing-client", "fact.mayText", "no");
        String task = page(olga, mine).select(".rehearsal-tasks a").attr("href").replaceAll("\\?.*", "");
        assertThat(ask(olga, post(task).contentType(MediaType.APPLICATION_JSON).content(JSON))
                        .getStatus())
                .isEqualTo(200);
        assertThat(ask(olga, post(mine + "/until").param("date", "2026-03-20")).getStatus())
                .isEqualTo(303);
        assertThat(page(olga, mine).text()).contains("Done:", "20 Mar 2026");
        assertThat(page(omar, theirs).text()).contains("2 Mar 2026").doesNotContain("Done:", "20 Mar 2026");
        assertThat(page(omar, BASE).select("section[aria-labelledby=mine] li")).hasSize(1);
        // All of them are played in the background: the page says how far it is, and shows what came of each once that
        // is over.
        String run = String.valueOf(ask(olga, post(folder + "/scenarios/run")).getRedirectedUrl());
        assertThat(run).isEqualTo(folder + "/scenarios?which=draft&all=true");
        Document begun = page(olga, run);
        assertThat(begun.select("#progress progress")).hasSize(1);
        assertThat(begun.select("#progress").attr("hx-get")).contains("progress=true");
        assertThat(begun.select("#scenarios .chip")).isEmpty();
        await().until(() -> !page(olga, folder + "/scenarios?which=draft&all=true&progress=true")
                .select("#progress")
                .attr("hx-get")
                .contains("progress"));
        Document played = page(olga, folder + "/scenarios?which=draft&all=true");
        assertThat(played.select("#progress")).isEmpty();
        assertThat(played.select("#scenarios li .chip").eachText()).isNotEmpty().allMatch("as before"::equals);
        assertThat(played.text()).contains("All go as before");
        assertThat(page(olga, folder + "/publish").text()).contains("labels");
        // The page that is open asks how far it is, and shows all of itself once that is over.
        await().until(() -> page(olga, folder + "/publish?progress=true")
                .select("#progress")
                .attr("hx-get")
                .equals(folder + "/publish"));
        assertThat(page(olga, folder + "/publish").select("#progress")).isEmpty();

        assertThat(before).hasSizeGreaterThan(100);
        assertThat(RehearsalFixtures.rows(jdbc)).isEqualTo(before);
    }

    private List<String> played() {
        return jdbc.sql("select files || playing from scenario_round union all select key from scenario_outcome")
                .query(String.class)
                .list();
    }

    /** Whoever only looks, or is made to look by another site, begins nothing; beginning needs the page's token. */
    @Test
    void lookingAtScenariosBeginsNothing() throws Exception {
        String folder = "/studio/conduct";
        drafts.begin("conduct", olga);
        drafts.save("conduct", "labels/en.properties", bytes("process.boundary-request = Far away"), 0, olga);
        List<String> before = played();

        Document publish = page(olga, folder + "/publish");
        Document progress = page(olga, folder + "/publish?progress=true");
        Document scenarios = page(olga, folder + "/scenarios?all=true");
        Document all = page(olga, folder + "/scenarios?all=true&progress=true");

        assertThat(played()).isEqualTo(before);
        for (Document page : List.of(publish, progress)) {
            assertThat(page.select("#progress").attr("hx-post")).isEqualTo(folder + "/publish/try");
            assertThat(page.select("#progress form[method=post]").attr("action"))
                    .isEqualTo(folder + "/publish/try");
        }
        for (Document page : List.of(scenarios, all)) {
            assertThat(page.select("#progress").attr("hx-post")).isEqualTo(folder + "/scenarios/run?which=draft");
            assertThat(page.select("#progress").attr("hx-get")).isEmpty();
            assertThat(page.select(".chip")).isEmpty();
        }
        for (String begin : List.of(folder + "/publish/try", folder + "/scenarios/run")) {
            assertThat(mvc.perform(post(begin).with(signedIn(olga)))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(403);
            assertThat(ask(sam, post(begin)).getStatus()).isEqualTo(403);
        }
        assertThat(played()).isEqualTo(before);

        MockHttpServletResponse begun = ask(olga, post(folder + "/publish/try"));

        assertThat(begun.getRedirectedUrl()).isEqualTo(folder + "/publish");
        assertThat(played()).hasSizeGreaterThan(before.size());
        await().until(() -> page(olga, folder + "/publish").select("#progress").isEmpty());
    }

    @Test
    void whoeverComesBackTooLateIsToldSo() throws Exception {
        String path = begin(olga, "engagement-existing-client");
        assertThat(page(olga, BASE).text()).contains("nobody touches for 20 minutes");
        String id = path.substring(path.lastIndexOf('/') + 1);
        rehearsals.forget(id);

        MockHttpServletResponse late = ask(olga, get(path));
        assertThat(late.getStatus()).isEqualTo(410);
        assertThat(Jsoup.parse(late.getContentAsString()).text()).contains("nobody touched it for 20 minutes");
        assertThat(ask(omar, get(path)).getStatus()).isEqualTo(404);
    }

    @Test
    void whatCannotBeIsAnsweredInWords() throws Exception {
        String path = begin(olga, "engagement-existing-client");

        for (MockHttpServletRequestBuilder request : List.of(
                post(path + "/until").param("date", "2026-03-01"),
                post(path + "/until").param("date", "soon"),
                post(path + "/keep").param("name", " "),
                post(BASE).param("place", "Atlantis"))) {
            assertThat(ask(olga, request).getStatus()).isEqualTo(400);
        }
        assertThat(ask(olga, post(path + "/events").param("message", "capacity-available"))
                        .getStatus())
                .isEqualTo(409);
        assertThat(ask(olga, get("/studio/nothing/rehearsals")).getStatus()).isEqualTo(404);
        assertThat(ask(olga, get(path + "/diagram.xml").param("process", "../secrets"))
                        .getStatus())
                .isEqualTo(404);
    }

    /** The calendar of one's own project, and the hour that it is there; of several that one owns, where one's language is spoken. */
    @Test
    void itBeginsWhereOnesOwnProjectIs() throws Exception {
        Project torino = fixtures.aProjectInItaly();
        UserId paolo = fixtures.aPerson("Paolo Gallo", torino, Role.OWNER);
        Document begin = page(paolo, BASE);

        assertThat(begin.select("#place option[selected]").val())
                .isEqualTo("project/" + torino.id().value());
        assertThat(begin.select("#start").val())
                .isEqualTo(LocalDateTime.ofInstant(clock.instant(), ZoneId.of("Europe/Rome"))
                        .truncatedTo(ChronoUnit.HOURS)
                        .toString());
        users.grant(olga, torino.id(), Role.OWNER, UserId.SYSTEM);
        for (Map.Entry<String, String> each :
                Map.of("it", torino.id().toString(), "en", york.id().toString()).entrySet()) {
            assertThat(Jsoup.parse(ask(olga, get(BASE).header("Accept-Language", each.getKey()))
                                    .getContentAsString())
                            .select("#place option[selected]")
                            .val())
                    .isEqualTo("project/" + each.getValue());
        }
    }

    @Test
    void whatWasTypedIsKeptWhereADraftCannotBeRehearsed() throws Exception {
        drafts.begin("conduct", olga);
        drafts.save("conduct", "unreadable.dmn", bytes("<nothing/>"), 0, olga);
        MockHttpServletResponse refused = ask(
                olga,
                post("/studio/conduct/rehearsals")
                        .param("which", "draft")
                        .param("process", "boundary-request")
                        .param("place", "IT")
                        .param("start", "2026-05-04T10:30"));

        assertThat(refused.getStatus()).isEqualTo(400);
        Document begin = Jsoup.parse(refused.getContentAsString());
        assertThat(begin.select(".error-summary li")).isNotEmpty();
        assertThat(begin.select("#place option[selected]").val()).isEqualTo("IT");
        assertThat(begin.select("#start").val()).isEqualTo("2026-05-04T10:30");
    }

    /** The way back is the same on each page: to the studio, and to the folder. */
    @Test
    void everyPageSaysWhereItIs() throws Exception {
        String path = begin(olga, "engagement-on-entry");
        String task = page(olga, path).select(".rehearsal-tasks a").attr("href");
        drafts.begin("engagement", olga);

        for (String each : List.of(
                BASE,
                path,
                task,
                "/studio/engagement/scenarios",
                "/studio/engagement/publish",
                "/studio/engagement/compare?from=running&to=draft",
                "/studio/engagement/edit?file=engagement-on-entry.bpmn",
                "/studio/engagement/impact",
                "/studio/engagement/migrate")) {
            assertThat(page(olga, each).select("nav.crumbs[aria-label] li a").eachAttr("href"))
                    .as(each)
                    .startsWith("/studio", "/studio/engagement");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyPageSpeaksTheReadersLanguage(String language) throws Exception {
        String path = begin(olga, "engagement-on-entry");
        String task = page(olga, path).select(".rehearsal-tasks a").attr("href");

        for (String each : List.of(BASE, path, task, "/studio/engagement/scenarios")) {
            MockHttpServletResponse answer = ask(olga, get(each).header("Accept-Language", language));
            assertThat(Jsoup.parse(answer.getContentAsString()).text())
                    .as(each)
                    .doesNotContain("??")
                    .doesNotContain("rehearsal.");
        }
        assertThat(ask(
                                olga,
                                get(path + "/diagram.xml")
                                        .param("process", "engagement-on-entry")
                                        .header("Accept-Language", language))
                        .getContentAsString())
                .contains("engagement-on-entry");
    }

    @Test
    void aPageOfARehearsalAsksTheDatabaseLittle() throws Exception {
        String path = begin(olga, "engagement-existing-client");
        page(olga, path);

        assertThat(SqlCount.during(() -> page(olga, path))).hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
        assertThat(SqlCount.during(() -> page(olga, BASE))).hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
        assertThat(SqlCount.during(() -> page(olga, "/studio/engagement/scenarios")))
                .hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
    }
}
