package org.ancora.network.admin;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.NewUser;
import org.ancora.access.Role;
import org.ancora.access.Staff;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.Reopening;
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
    void handsNobodyTheLinkOfAnAccountWithRolesElsewhere() throws Exception {
        UserId vera = users.create(
                new NewUser("vera@torino.example", "Vera", "vera@torino.example", null, null), UserId.SYSTEM);
        users.grant(vera, fixtures.aProjectInItaly().id(), Role.SUPERVISOR, UserId.SYSTEM);
        String theirs = staff.link(vera, UserId.SYSTEM).replaceFirst("https?://[^/]+", "");

        MockHttpServletResponse invited =
                send("/people/new", "name", "Vera", "email", "vera@torino.example", "language", "it", "roles", "agent");

        assertThat(invited.getStatus()).isEqualTo(302);
        assertThat(invited.getContentAsString()).doesNotContain("set-up");
        assertThat(staff.find(vera, york.id()).orElseThrow().roles()).containsExactly(Role.AGENT);
        assertThat(answer(MockMvcRequestBuilders.get(theirs)).getStatus())
                .as("the link that their own administrator gave them")
                .isEqualTo(200);
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

    /** Only the roles that ever change a status, statuses of the project, and what is changed stands in the log. */
    @Test
    void leavesChangesOfStatusToKnownRolesAndSaysSoInTheLog() throws Exception {
        String from = statusId("new");
        String to = statusId("in-progress");
        String before = transitions();
        for (String way : List.of("nobody", "", "admin", "manager", "contributor")) {
            assertThat(allow(from + ":" + to + ":" + way).getStatus()).as(way).isEqualTo(400);
        }
        for (String way : List.of(
                from + ":999:caseworker",
                from + ":" + to,
                ":" + to + ":caseworker",
                from + ":" + "9".repeat(30) + ":caseworker")) {
            assertThat(allow(way).getStatus()).as(way).isEqualTo(400);
        }
        assertThat(transitions()).isEqualTo(before);
        assertThat(logged("project.transitions-changed")).isZero();

        assertThat(allow(from + ":" + to + ":caseworker").getStatus()).isEqualTo(302);

        assertThat(transitions()).isEqualTo(from + ">" + to + " caseworker");
        assertThat(jdbc.sql("""
                        select by_account || ' ' || details::text from activity
                         where action = 'project.transitions-changed'
                        """).query(String.class).list()).containsExactly(ada + " {\"count\": \"1\"}");
    }

    /** Whoever opened the page before somebody else saved changes nothing, and sees both. */
    @Test
    void neverChangesWhatSomebodyElseChangedMeanwhile() throws Exception {
        String reason = "/closing-reasons/"
                + statuses.reason(york.id(), "declined").orElseThrow().id();
        assertThat(reason(reason, "0", "First").getStatus()).isEqualTo(302);
        MockHttpServletResponse late = reason(reason, "0", "Second");
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("First", "Second");
        assertThat(statuses.reason(york.id(), "declined").orElseThrow().name().en())
                .isEqualTo("First");

        String version = String.valueOf(projects.version(york.id()));
        assertThat(send("/reopening", "version", version, "roles", "supervisor", "days", "30")
                        .getStatus())
                .isEqualTo(302);
        late = send("/reopening", "version", version, "roles", "caseworker", "days", "7");
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(statuses.flow(york.id()).reopening()).isEqualTo(new Reopening(Set.of(Role.SUPERVISOR), 30));
        assertThat(allow(version, statusId("new") + ":" + statusId("in-progress") + ":caseworker")
                        .getStatus())
                .isEqualTo(409);
        assertThat(logged("project.reason-changed")).isOne();
        assertThat(logged("project.reopening-changed")).isOne();
        assertThat(logged("project.transitions-changed")).isZero();
    }

    /** What no control of a form offers is refused when it is posted all the same. */
    @Test
    void takesNothingThatWasNotOffered() throws Exception {
        String version = String.valueOf(projects.version(york.id()));
        for (String limit : List.of("1001", "-1", "1e3", "99999999999", "")) {
            assertThat(send("/caseload", "version", version, "limit", limit).getStatus())
                    .as(limit)
                    .isEqualTo(400);
        }
        assertThat(send("/caseload", "version", version, "limit", "1000").getStatus())
                .isEqualTo(302);
        assertThat(projects.get(york.id()).settings().caseloadLimit()).isEqualTo(1000);

        version = String.valueOf(projects.version(york.id()));
        assertThat(send("/reopening", "version", version, "roles", "admin", "days", "")
                        .getStatus())
                .isEqualTo(400);
        assertThat(send("/closing", "version", version, "conditions", "made-up").getStatus())
                .isEqualTo(400);
        assertThat(status("puce", "45").getStatus()).isEqualTo(400);
        assertThat(status("done", "10000").getStatus()).isEqualTo(400);
        assertThat(statuses.flow(york.id()).find("papers-in")).isEmpty();
        assertThat(projects.version(york.id())).hasToString(version);
    }

    @Test
    void invitesNobodyWithoutARole() throws Exception {
        String[] nora = {"name", "Nora Lind", "email", "nora@york.example", "language", "en"};
        MockHttpServletResponse refused = send("/people/new", nora);
        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(refused.getContentAsString()).contains("Nora Lind");
        assertThat(send(
                                "/people/new",
                                Stream.concat(Stream.of(nora), Stream.of("roles", "queen"))
                                        .toArray(String[]::new))
                        .getStatus())
                .isEqualTo(400);
        assertThat(users.bySignInName("nora@york.example")).isEmpty();
    }

    private MockHttpServletResponse status(String colour, String position) throws Exception {
        return send(
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
                colour,
                "position",
                position);
    }

    private MockHttpServletResponse reason(String path, String version, String name) throws Exception {
        return send(
                path,
                "version",
                version,
                "nameEn",
                name,
                "nameEs",
                "b",
                "nameIt",
                "c",
                "position",
                "5",
                "offered",
                "true");
    }

    private MockHttpServletResponse allow(String way) throws Exception {
        return allow(String.valueOf(projects.version(york.id())), way);
    }

    private MockHttpServletResponse allow(String version, String way) throws Exception {
        return send("/transitions", "version", version, "way", way);
    }

    private String statusId(String key) {
        return statuses.flow(york.id()).find(key).orElseThrow().id().toString();
    }

    private String transitions() {
        return jdbc.sql("""
                        select string_agg(from_status || '>' || to_status || ' ' || role, ', ')
                          from (select * from project_transition where project_id = :project
                                 order by from_status, to_status, role) t
                        """)
                .param("project", york.id().value())
                .query(String.class)
                .single();
    }

    private MockHttpServletResponse letterhead(int version, String name) throws Exception {
        return send(
                "/letterhead",
                "version",
                String.valueOf(version),
                "name",
                name,
                "phone",
                "905 555 0100",
                "email",
                "help@york-support.example");
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
