package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.ClosingReason;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A project may want no case closed before its documentation is complete (A-R12, C54). */
@AncoraTest
class DocumentationBlocksClosingTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    Projects projects;

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    JdbcClient jdbc;

    @Test
    void keepsACaseOpenUntilItIsWrittenUp() throws Exception {
        Walk dana = inDocumentation(true);
        String task = "/tasks/" + dana.task("complete-documentation").id();

        Document page = closePage(dana);
        assertThat(page.select("section[aria-labelledby=unmet] li").text())
                .startsWith("The documentation is not complete yet.");
        assertThat(page.select("section[aria-labelledby=unmet] a").attr("href")).isEqualTo(task);
        assertThat(page.select("button.btn-danger").hasAttr("disabled")).isTrue();
        MockHttpServletResponse refused = close(dana);
        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(refused.getContentAsString()).contains("The documentation is not complete yet.", task);
        assertThat(dana.file().isClosed()).isFalse();

        dana.finish("complete-documentation", Said.WRITTEN_UP);
        assertThat(closePage(dana).select("section[aria-labelledby=unmet]")).isEmpty();
        assertThat(close(dana).getRedirectedUrl()).isEqualTo("/cases/" + dana.code());
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.WITHDRAWN);
    }

    /** The preview says so before anything is done, and the change itself keeps its word. */
    @Test
    void saysBeforeManyAreClosedWhichOnesWillStayOpen() throws Exception {
        Walk dana = inDocumentation(true);
        String omar = fixtures.aClient(dana.team().project())
                .named("Omar", "Haddad")
                .openCase()
                .code();
        UserId coordinator = dana.team().coordinator();

        String path = bulkClosing(coordinator, dana.code(), omar, "withdrawn");
        Document preview = Jsoup.parse(as(coordinator, get(path)).getContentAsString());
        assertThat(preview.select(".bulk-sum").text()).isEqualTo("1 case will be changed.");
        assertThat(preview.select(".bulk-reasons li").eachText())
                .containsExactly("1 Something has to be done before it can be closed: see the case");
        assertThat(preview.select("tbody tr:contains(" + dana.code() + ")").text())
                .contains("Something has to be done");

        as(coordinator, post(path + "/start").with(csrf()));
        assertThat(dana.file().isClosed()).isFalse();
        Document done = Jsoup.parse(as(coordinator, get(path)).getContentAsString());
        assertThat(done.select(".bulk-reasons li").eachText())
                .isEqualTo(preview.select(".bulk-reasons li").eachText());
    }

    private String bulkClosing(UserId who, String one, String other, String reason) throws Exception {
        return Objects.requireNonNull(as(
                        who,
                        post("/p/york/cases/bulk")
                                .with(csrf())
                                .param("do", "status")
                                .param("case", id(one), id(other))
                                .param("what", closedStatus())
                                .param("because", reason))
                .getRedirectedUrl());
    }

    private String id(String code) {
        return jdbc.sql("select id from case_file where code = :code")
                .param("code", code)
                .query(String.class)
                .single();
    }

    private String closedStatus() {
        return jdbc.sql("""
                        select s.id from project_status s join project p on p.id = s.project_id
                         where p.key = 'york' and s.category = 'closed'
                        """).query(String.class).single();
    }

    private MockHttpServletResponse as(UserId who, MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(signedIn(who)).locale(Locale.ENGLISH))
                .andReturn()
                .getResponse();
    }

    @Test
    void blocksNothingUnlessTheProjectSaysSo() throws Exception {
        Walk dana = inDocumentation(false);

        assertThat(closePage(dana).select("section[aria-labelledby=unmet]")).isEmpty();
        assertThat(close(dana).getStatus()).isEqualTo(302);
        assertThat(dana.file().isClosed()).isTrue();
    }

    @Test
    void holdsNobodyBackBeforeThereIsAnythingToWriteUp() throws Exception {
        Team team = team(true);

        assertThat(close(Place.FIRST_ROUND.reach(team)).getStatus()).isEqualTo(302);
    }

    private Walk inDocumentation(boolean blocks) {
        Walk dana = Place.ADMISSION.reach(team(blocks));
        dana.finish("admit", Said.CONTACT_ADMITTED);
        return dana;
    }

    private Team team(boolean blocks) {
        Team team = walks.inOntario();
        ProjectSettings settings = team.project().settings();
        projects.changeSettings(
                team.project().id(),
                new ProjectSettings(
                        settings.caseloadLimit(), blocks ? Set.of("documentation") : Set.of(), settings.letterhead()));
        return team;
    }

    private Document closePage(Walk walk) throws Exception {
        return Jsoup.parse(mvc.perform(get("/cases/" + walk.code() + "/close")
                        .with(signedIn(walk.team().worker()))
                        .locale(Locale.ENGLISH))
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private MockHttpServletResponse close(Walk walk) throws Exception {
        return mvc.perform(post("/cases/" + walk.code() + "/close")
                        .with(signedIn(walk.team().worker()))
                        .with(csrf())
                        .locale(Locale.ENGLISH)
                        .param("version", "" + walk.file().version())
                        .param("reason", "withdrawn"))
                .andReturn()
                .getResponse();
    }
}
