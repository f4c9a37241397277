package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.casework.ClosingReason;
import org.ancora.network.Project;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** What engagement shows of a search beside its tasks and on the case page, and what one may tell it there. */
@AncoraTest
class SearchPagesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Cases cases;

    @Autowired
    private Users users;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Episodes episodes;

    @Autowired
    private ContactAttempts attempts;

    private Project york;
    private UserId sam;
    private UserId eve;
    private String code;

    @BeforeEach
    void anIntake() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR, Role.COORDINATOR);
        CaseSummary dana = fixtures.aClient(york)
                .consentingTo(Channel.VOICEMAIL, Channel.SMS)
                .withSupportContact(true)
                .referredBy("Maple Street Clinic")
                .openCaseFor(sam);
        code = dana.code();
        episodes.start(dana, Track.ENTRY, sam);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguagesBesideATaskAndOnTheCase(String language) throws Exception {
        users.chooseLocale(eve, Locale.forLanguageTag(language));

        acceptAndAttempt();

        for (String path : List.of(
                taskPath(), "/cases/" + code, "/cases/" + code + "/attempts", "/cases/" + code + "/deadlines")) {
            Document page = page(path, eve);
            assertThat(page.html()).as(path).doesNotContain("??");
            assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        }
        assertThat(page("/cases/" + code + "/attempts", eve).select("tbody tr")).hasSize(1);
        assertThat(page("/cases/" + code + "/attempts", eve).select(".empty")).isEmpty();
        assertThat(page("/cases/" + code + "/deadlines", eve).select(".why")).isNotEmpty();
        assertThat(page("/cases/" + code + "/deadlines", eve).select(".empty")).isEmpty();
        assertThat(page("/cases/" + code, eve).select(".timeline").text())
                .contains(Map.of(
                                "en", "If nobody answers:",
                                "es", "Si nadie responde:",
                                "it", "Se nessuno risponde:")
                        .get(language));
        assertThat(page("/cases/" + code + "/procedure.xml", eve).html())
                .contains(Map.of(
                                "en", "Intake registered",
                                "es", "Remisión registrada",
                                "it", "Segnalazione registrata")
                        .get(language));
    }

    @Test
    void tellsSoFarAndNextOnTheCaseWithDates() throws Exception {
        acceptAndAttempt();

        Document page = page("/cases/" + code, sam);

        // Assigned and accepted on Mon 23 Nov 2026: the first round is due within 5 business days, Mon 30 Nov. Second
        // window Thu 3 to Mon 7 Dec, family Thu 10 to Mon 14 Dec, the clinic told by Wed 16 and heard until Wed 23 Dec,
        // the letter by Tue 29 Dec (Christmas on Fri 25, Boxing Day observed on Mon 28), posted by Thu 31 Dec.
        assertThat(page.select("#procedure .timeline li").eachText())
                .contains(
                        "Done: Today intake registered",
                        "Now: Today first round",
                        "Next: Thu 3 Dec – Mon 7 Dec second round",
                        "Next: Thu 10 Dec – Mon 14 Dec family contact: Ruth W., aunt",
                        "Next: Mon 14 Dec – Wed 23 Dec Maple Street Clinic is told, answer awaited",
                        "Next: Wed 23 Dec – Tue 29 Dec no-contact letter",
                        "Next: Thu 31 Dec file closed, at the latest");
        assertThat(page.select("#procedure .window")).hasSize(1);
        assertThat(page.select("#procedure .why-steps").text()).contains("counted from Mon 23 Nov");
        assertThat(page.select("#procedure [data-present]").attr("data-present"))
                .contains("client-round");
        assertThat(mvc.perform(get("/cases/" + code + "/procedure.xml").with(signedIn(sam)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("id=\"engagement-on-entry\"");
    }

    @Test
    void hidesAttemptsAndFamilyFromThoseWhoMayNotKnowThem() throws Exception {
        acceptAndAttempt();
        UserId max = fixtures.aPerson("Max Ode", york, Role.MANAGER);

        assertThat(page("/cases/" + code, max).text()).doesNotContain("Ruth W.").contains("family contact, if one");
        mvc.perform(get("/cases/" + code + "/attempts").with(signedIn(max))).andExpect(status().is4xxClientError());
        Project torino = fixtures.aProjectInItaly();
        UserId gina = fixtures.aPerson("Gina Fontana", torino, Role.CASEWORKER);
        for (String part : List.of("", "/attempts", "/deadlines", "/procedure.xml", "/in-touch", "/source-answered")) {
            mvc.perform(get("/cases/" + code + part).with(signedIn(gina))).andExpect(status().isNotFound());
        }
        mvc.perform(get("/cases/" + code + "/in-touch").with(signedIn(max))).andExpect(status().isForbidden());
    }

    @Test
    void letsAnybodyWhoMayRecordContactSayThatTheClientGotInTouch() throws Exception {
        accept();
        assertThat(page("/cases/" + code, sam).select(".page-head a").eachAttr("href"))
                .contains("/cases/" + code + "/in-touch");
        assertThat(page(taskPath(), sam).select("a").eachAttr("href")).contains("/cases/" + code + "/in-touch");

        MockHttpServletResponse answer = tell("in-touch", "phone", "2026-11-23", "09:05", "Asked for Thursday");

        assertThat(answer.getRedirectedUrl()).isEqualTo("/cases/" + code);
        assertThat(tasks.of(code)).extracting(OpenTask::element).containsExactly("admit");
        assertThat(attempts.of(code))
                .singleElement()
                .extracting(ContactAttempt::place, ContactAttempt::outcome, ContactAttempt::note)
                .containsExactly("in-touch", "client-called", "Asked for Thursday");
        assertThat(page("/cases/" + code, sam).select(".page-head a").eachAttr("href"))
                .doesNotContain("/cases/" + code + "/in-touch");
    }

    @Test
    void saysCalmlyThatNobodyIsBeingSought() throws Exception {
        // The intake is not accepted yet.
        assertThat(page("/cases/" + code + "/in-touch", sam).select(".notice").text())
                .contains("nothing was recorded");

        MockHttpServletResponse told = tell("in-touch", "phone", "2026-11-23", "09:05", "");

        assertThat(told.getStatus()).isEqualTo(409);
        assertThat(Jsoup.parse(told.getContentAsString()).select(".notice").text())
                .contains("nothing was recorded");
        assertThat(attempts.of(code)).isEmpty();
    }

    @Test
    void keepsWhatWasTypedWhenAnAnswerIsMissing() throws Exception {
        accept();

        MockHttpServletResponse answer = tell("in-touch", "", "2026-12-24", "09:05", "Asked for Thursday");

        assertThat(answer.getStatus()).isEqualTo(400);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#channel-error").text()).isNotBlank();
        assertThat(page.select("#day-error").text()).contains("still to come");
        assertThat(page.select("#note").text()).isEqualTo("Asked for Thursday");
        assertThat(attempts.of(code)).isEmpty();
    }

    @Test
    void tellsHowAFinishedSearchEnded() throws Exception {
        cases.close(code, ClosingReason.WITHDRAWN.code(), eve);

        assertThat(page("/cases/" + code, sam).select("#procedure").text())
                .contains("Ended Mon 23 Nov 2026: closed, withdrawn");
    }

    @Test
    void asksForTheSameThingOncePerPage() throws Exception {
        acceptAndAttempt();
        page(taskPath(), sam);

        for (String path : List.of(taskPath(), "/cases/" + code)) {
            List<String> statements = SqlCount.during(() -> page(path, sam));

            for (String table : List.of(
                    "c.*, a.name as assignee_name", "from profile p", "from contact_attempt", "from project p")) {
                assertThat(statements)
                        .as("%s on %s", table, path)
                        .filteredOn(each -> each.contains(table) && !each.contains("count("))
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private void acceptAndAttempt() {
        accept();
        long episode = episodes.running(code).orElseThrow().id();
        attempts.record(
                york.id(),
                new NewAttempt(
                        episode,
                        code,
                        null,
                        "round",
                        1,
                        "client",
                        "call-main",
                        null,
                        "no-answer",
                        "",
                        "Rang long",
                        null,
                        cases.byCode(code).openedAt(),
                        sam));
    }

    private void accept() {
        OpenTask task = tasks.of(code).get(0);
        tasks.complete(task.id(), fixtures.viewer(eve), Map.of("decision", "accept"));
    }

    private String taskPath() {
        return "/tasks/" + tasks.of(code).get(0).id();
    }

    private MockHttpServletResponse tell(String page, String channel, String day, String hour, String note)
            throws Exception {
        return mvc.perform(post("/cases/" + code + "/" + page)
                        .with(signedIn(sam))
                        .with(csrf())
                        .param("channel", channel)
                        .param("day", day)
                        .param("hour", hour)
                        .param("note", note))
                .andReturn()
                .getResponse();
    }

    private Document page(String path, UserId reader) throws Exception {
        return Jsoup.parse(mvc.perform(get(path).with(signedIn(reader)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }
}
