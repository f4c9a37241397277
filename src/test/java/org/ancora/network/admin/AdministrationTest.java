package org.ancora.network.admin;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import org.ancora.access.Role;
import org.ancora.access.Staff;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.Statuses;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** What an administrator changes on the pages: kept, logged, never over somebody else's change, and never themselves out. */
@AncoraTest
class AdministrationTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Projects projects;

    @Autowired
    private Statuses statuses;

    @Autowired
    private Users users;

    @Autowired
    private Staff staff;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc web;

    private Project york;
    private UserId ada;
    private UserId sam;

    @BeforeEach
    void anAdministrator() {
        york = fixtures.aProjectInOntario();
        ada = fixtures.aPerson("Ada Novak", york, Role.ADMIN);
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
    }

    @Test
    void addsAStatusAndSaysThatNobodyCanChooseItYet() throws Exception {
        assertThat(send(
                                "/statuses/new",
                                "key",
                                "papers-in",
                                "category",
                                "pending",
                                "nameEn",
                                "Papers in",
                                "nameEs",
                                "Papeles",
                                "nameIt",
                                "Carte",
                                "colour",
                                "done",
                                "position",
                                "45")
                        .getStatus())
                .isEqualTo(302);

        assertThat(statuses.flow(york.id()).find("papers-in")).isPresent();
        assertThat(logged("project.status-added")).isOne();
        MockHttpServletResponse taken = send(
                "/statuses/new",
                "key",
                "papers-in",
                "category",
                "pending",
                "nameEn",
                "Kept typing",
                "nameEs",
                "b",
                "nameIt",
                "c",
                "colour",
                "done",
                "position",
                "45");
        assertThat(taken.getStatus()).isEqualTo(400);
        assertThat(taken.getContentAsString()).contains("another status has this key", "Kept typing");
    }

    @Test
    void keepsTheOnlyStatusOfItsKind() throws Exception {
        String closed = "/statuses/"
                + statuses.flow(york.id()).find("closed").orElseThrow().id();

        assertThat(send(closed + "/retire").getStatus()).isEqualTo(409);
        assertThat(statuses.flow(york.id()).find("closed").orElseThrow().retired())
                .isFalse();
    }

    @Test
    void showsBothVersionsToWhoeverComesLateAndLosesNoTyping() throws Exception {
        int version = projects.version(york.id());
        assertThat(letterhead(version, "York Helps").getStatus()).isEqualTo(302);

        MockHttpServletResponse late = letterhead(version, "York Support Services");

        assertThat(late.getStatus()).isEqualTo(409);
        Document page = Jsoup.parse(late.getContentAsString());
        assertThat(page.select("#name").val()).isEqualTo("York Support Services");
        assertThat(page.select(".admin-differences").text()).contains("York Helps");
        assertThat(projects.get(york.id()).settings().letterhead().name()).isEqualTo("York Helps");
        assertThat(letterhead(
                                Integer.parseInt(
                                        page.select("input[name=version]").val()),
                                "York Support Services")
                        .getStatus())
                .isEqualTo(302);
        assertThat(projects.get(york.id()).settings().letterhead().name()).isEqualTo("York Support Services");
        assertThat(logged("project.letterhead-changed")).isEqualTo(2);
    }

    @Test
    void invitesSomebodyByALinkThatIsShownOnce() throws Exception {
        MockHttpServletResponse invited = send(
                "/people/new", "name", "Nora Lind", "email", "Nora@York.example", "language", "en", "roles", "agent");

        String link = Jsoup.parse(invited.getContentAsString()).select("#link").val();
        assertThat(link).matches("http.*/set-up/[\\w-]{43}");
        UserId nora = users.bySignInName("nora@york.example").orElseThrow().id();
        assertThat(staff.find(nora, york.id()).orElseThrow().roles()).containsExactly(Role.AGENT);
        assertThat(answer(MockMvcRequestBuilders.get(link.replaceFirst("https?://[^/]+", "")))
                        .getStatus())
                .isEqualTo(200);
        assertThat(get("/people/" + nora).getContentAsString())
                .contains("no password yet")
                .doesNotContain(link);
    }

    @Test
    void keepsAndListsTheCasesOfSomebodyWhoseAccessEnds() throws Exception {
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);

        assertThat(send("/people/" + sam + "/end").getStatus()).isEqualTo(302);

        assertThat(staff.find(sam, york.id()).orElseThrow().roles()).isEmpty();
        Document page = Jsoup.parse(get("/people/" + sam).getContentAsString());
        assertThat(page.select(".admin-held .number").eachText()).contains(dana.code());
        assertThat(page.select(".admin-held a"))
                .as("links to what an administrator may not do")
                .isEmpty();
        users.grant(ada, york.id(), Role.COORDINATOR, UserId.SYSTEM);
        assertThat(Jsoup.parse(get("/people/" + sam).getContentAsString())
                        .select(".admin-held a")
                        .eachAttr("href"))
                .contains("/cases/" + dana.code() + "/assign");
        assertThat(page.text()).contains("Nobody looks after it now").doesNotContain("Whitfield");
        assertThat(logged("access.role-revoked")).isOne();
        UserId eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        assertThat(web.perform(MockMvcRequestBuilders.get(dana.path())
                                .header("Accept-Language", "en")
                                .with(signedIn(eve)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("Caseworker has left");
    }

    @Test
    void neverLocksEverybodyOut() throws Exception {
        String own = "/people/" + ada;
        assertThat(send(own + "/end").getStatus()).isEqualTo(409);
        assertThat(send(own + "/shut").getStatus()).isEqualTo(409);
        UserId eve = fixtures.aPerson("Eve Adeyemi", york, Role.ADMIN);
        users.disable(eve, UserId.SYSTEM);
        assertThat(send("/people/" + eve + "/open").getStatus()).isEqualTo(302);
        assertThat(send("/people/" + eve + "/end").getStatus()).isEqualTo(302);

        assertThat(staff.find(ada, york.id()).orElseThrow().roles()).containsExactly(Role.ADMIN);
        assertThat(staff.find(eve, york.id()).orElseThrow().roles()).isEmpty();
    }

    @Test
    void leavesTheAccountOfSomebodyWhoAlsoWorksElsewhereAlone() throws Exception {
        users.grant(sam, fixtures.aProjectInItaly().id(), Role.AGENT, UserId.SYSTEM);

        assertThat(send("/people/" + sam + "/shut").getStatus()).isEqualTo(403);
        assertThat(send("/people/" + sam + "/link").getStatus()).isEqualTo(403);
        assertThat(users.find(sam).orElseThrow().active()).isTrue();
    }

    private MockHttpServletResponse letterhead(int version, String name) throws Exception {
        return send("/letterhead", "version", String.valueOf(version), "name", name, "phone", "905 555 0100");
    }

    private MockHttpServletResponse get(String section) throws Exception {
        return answer(MockMvcRequestBuilders.get("/admin/projects/york" + section));
    }

    private MockHttpServletResponse send(String section, String... fields) throws Exception {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.post("/admin/projects/york" + section);
        for (int field = 0; field < fields.length; field += 2) {
            request.param(fields[field], fields[field + 1]);
        }
        return answer(request.with(csrf()));
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.accept("text/html")
                        .header("Accept-Language", "en")
                        .with(signedIn(ada)))
                .andReturn()
                .getResponse();
    }

    private int logged(String action) {
        return jdbc.sql("select count(*) from activity where action = :action")
                .param("action", action)
                .query(Integer.class)
                .single();
    }
}
