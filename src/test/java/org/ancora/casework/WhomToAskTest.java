package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** What is missing and who can change it, on every page that refuses (C134 to C136). */
@AncoraTest
class WhomToAskTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Users users;

    @Autowired
    private MockMvc mvc;

    /** Nothing tells a hidden case from one that never was: both name the administrators of one's own projects. */
    @Test
    void aCaseThatIsNotFoundTellsOnlyWhomToAsk() throws Exception {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        UserId giulia = fixtures.aPerson("Giulia Riva", torino, Role.CASEWORKER);
        fixtures.aPerson("Ada Admin", york, Role.ADMIN);
        fixtures.aPerson("Carla Rossi", torino, Role.ADMIN);
        CaseSummary dana = fixtures.aClient(york).openCase();

        Document hidden = refused(dana.path(), giulia, 404);
        Document missing = refused("/cases/YRK-2026-9999", giulia, 404);

        assertThat(hidden.select("main").text()).contains("Carla Rossi").doesNotContain("Ada Admin", "Dana", "York");
        assertThat(words(hidden)).isEqualTo(words(missing));
        assertThat(refused("/p/york", giulia, 404).select("main").text()).contains("Carla Rossi");
    }

    @Test
    void whatOneMayNotDoNamesTheRolesAndWhoGivesThem() throws Exception {
        Project york = fixtures.aProjectInOntario();
        fixtures.aPerson("Ada Admin", york, Role.ADMIN);
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);

        assertThat(refused(dana.path() + "/assign", sam, 403).select("main").text())
                .contains("Coordinator, Supervisor", "Ada Admin");
    }

    @Test
    void aClosedCaseSaysWhoOpensItAgain() throws Exception {
        Project york = fixtures.aProjectInOntario();
        fixtures.aPerson("Ada Admin", york, Role.ADMIN);
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);
        mvc.perform(People.as(eve, MockMvcRequestBuilders.post(dana.path() + "/close"))
                .param("reason", "withdrawn")
                .param("version", String.valueOf(dana.version())));
        assertThat(cases.byCode(dana.code()).isClosed()).isTrue();

        assertThat(refused(dana.path() + "/close", eve, 409).select("main").text())
                .contains("is closed", "reopen", "Ada Admin");
    }

    /** C134: with projects in two networks, the start names the administrators of both. */
    @Test
    void theStartNamesTheAdministratorsOfEveryProject() throws Exception {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        fixtures.aPerson("Ada Admin", york, Role.ADMIN);
        fixtures.aPerson("Carla Rossi", torino, Role.ADMIN);
        assertThat(missing(sam)).contains("Ada Admin can add").doesNotContain("Carla", "(");

        UserId both = fixtures.aPerson("Bo Berg", york, Role.CASEWORKER);
        users.grant(both, torino.id(), Role.CASEWORKER, UserId.SYSTEM);

        assertThat(missing(both)).contains("Ada Admin (Individual support)", "Carla Rossi (");
    }

    private String missing(UserId who) throws Exception {
        return refused("/", who, 200).select(".project-missing").text();
    }

    private Document refused(String path, UserId who, int status) throws Exception {
        MockHttpServletResponse answer = mvc.perform(
                        People.as(who, MockMvcRequestBuilders.get(path)).accept("text/html"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(status);
        return Jsoup.parse(answer.getContentAsString());
    }

    /** The page without the number that stands in the log. */
    private static String words(Document page) {
        return page.select("main").text().replaceAll("Reference [A-Z0-9-]+", "");
    }
}
