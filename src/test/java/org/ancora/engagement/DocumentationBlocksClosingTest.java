package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Locale;
import java.util.Set;
import org.ancora.casework.ClosingReason;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A project may want no case closed before its documentation is complete (A-R12, C54). */
@AncoraTest
class DocumentationBlocksClosingTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    Projects projects;

    @Autowired
    MockMvc mvc;

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
