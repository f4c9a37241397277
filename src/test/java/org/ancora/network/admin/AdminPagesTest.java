package org.ancora.network.admin;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
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
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Which projects somebody may administer, what the menu offers, and what others are told. */
@AncoraTest
class AdminPagesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private MockMvc web;

    private Project york;
    private UserId ada;

    @BeforeEach
    void anAdministrator() {
        york = fixtures.aProjectInOntario();
        fixtures.aProjectInItaly();
        ada = fixtures.aPerson("Ada Novak", york, Role.ADMIN);
    }

    @Test
    void listsTheProjectsOfOnesNetworkAndNoOther() throws Exception {
        fixtures.aSisterOf(york, "peel", "PEL");

        Document page = page("/admin", ada);

        assertThat(page.select(".admin-projects a").eachText())
                .containsExactly("ON Individual support", "PE Sister peel");
        assertThat(page.select("nav.side a[aria-current]").text()).isEqualTo("Administration");
    }

    @Test
    void offersEverySectionAndMarksTheOneShown() throws Exception {
        Document overview = page("/admin/projects/york", ada);

        for (String link : overview.select(".admin-sections a").eachAttr("href")) {
            Document section = page(link, ada);
            assertThat(section.select(".admin-menu a[aria-current]").eachAttr("href"))
                    .containsExactly(link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguagesInEverySection(String language) throws Exception {
        for (String link : page("/admin/projects/york", ada)
                .select(".admin-sections a, .crumbs a")
                .eachAttr("href")) {
            MockHttpServletResponse answer = answer(link, ada, language);
            assertThat(answer.getStatus()).as(link).isEqualTo(200);
            assertThat(answer.getContentAsString()).as(link).doesNotContain("??");
        }
    }

    @Test
    void costsFewStatements() throws Exception {
        for (String link : page("/admin/projects/york", ada)
                .select(".admin-sections a, .crumbs a")
                .eachAttr("href")) {
            assertThat(SqlCount.during(() -> page(link, ada))).as(link).hasSizeLessThanOrEqualTo(12);
        }
    }

    @Test
    void tellsAColleagueWhoCanChangeThingsAndAStrangerNothing() throws Exception {
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);

        MockHttpServletResponse refused = answer("/admin/projects/york", sam, "en");
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(Jsoup.parse(refused.getContentAsString()).select("main").text())
                .contains("change the project's settings", "Ada Novak can change that");
        assertThat(answer("/admin", sam, "en").getStatus()).isEqualTo(403);
        assertThat(answer("/admin/projects/torino", ada, "en").getStatus()).isEqualTo(404);
        assertThat(answer("/admin/projects/nowhere", ada, "en").getStatus()).isEqualTo(404);
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = answer(path, who, "en");
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse answer(String path, UserId who, String language) throws Exception {
        return web.perform(MockMvcRequestBuilders.get(path)
                        .accept("text/html")
                        .header("Accept-Language", language)
                        .with(signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
