package org.ancora.casework.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.Statuses;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The head of the case page: its status, who has it, and the log of what was done (C40–C60, C123). */
@AncoraTest
class CaseHeadTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Statuses statuses;

    @Autowired
    private Users users;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Pages pages;
    private Project york;
    private UserId sam;
    private UserId tom;
    private UserId eve;
    private UserId pia;
    private UserId rita;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        pages = new Pages(mvc);
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        pia = fixtures.aPerson("Pia Lund", york, Role.PRIVACY);
        rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        dana = fixtures.aClient(york).openCase();
    }

    @Test
    void whoeverMayTakesACaseThatNobodyHas() throws Exception {
        assertThat(pages.open(dana.path(), rita).select("form[action$=/take]")).isEmpty();
        assertThat(pages.send(dana.path() + "/take", rita).getStatus()).isEqualTo(403);
        assertThat(pages.open(dana.path(), sam).select("form[action$=/take]")).hasSize(1);
        assertThat(pages.open(dana.path(), sam).text())
                .as("nobody had it, so nobody has left it")
                .doesNotContain("Caseworker has left");

        pages.does(dana.path() + "/take", sam);

        assertThat(pages.open(dana.path(), tom).select("header").text()).contains("Sam Bouchard");
        assertThat(pages.open(dana.path(), tom).select("form[action$=/take]")).isEmpty();
        MockHttpServletResponse late = pages.send(dana.path() + "/take", tom);
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(Pages.read(late).text()).contains("Sam Bouchard has the case");
        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(sam);
    }

    @Test
    void aCaseGivenToATeamWaitsForItsMembers() throws Exception {
        long team = jdbc.sql("""
                        insert into team (project_id, name, created_at) values (:project, 'North', now()) returning id
                        """)
                .param("project", york.id().value())
                .query(Long.class)
                .single();
        jdbc.sql("insert into team_member (team_id, user_id, added_at) values (:team, :tom, now())")
                .param("team", team)
                .param("tom", tom.value())
                .update();
        assertThat(pages.status(dana.path() + "/team", sam)).isEqualTo(403);
        String seen = version();
        pages.does(dana.path() + "/team", eve, "team", String.valueOf(team), "version", seen);

        assertThat(pages.open(dana.path(), eve).select("header").text()).contains("Team North");
        MockHttpServletResponse late = pages.send(dana.path() + "/team", eve, "team", "none", "version", seen);
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(Pages.read(late).text()).contains("North", "no team");
        assertThat(pages.send(dana.path() + "/take", sam).getStatus()).isEqualTo(409);
        pages.does(dana.path() + "/take", tom);
        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(tom);
    }

    @Test
    void offersOnlyWhatTheProjectLeavesToOnesRoles() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        Document page = pages.open(dana.path() + "/status", sam);
        List<String> offered =
                cases.nextStatuses(cases.byCode(dana.code(), fixtures.viewer(sam)), fixtures.viewer(sam)).stream()
                        .map(status -> status.name(Locale.ENGLISH))
                        .toList();

        assertThat(offered).isNotEmpty();
        assertThat(page.select(".tiles .tile").eachText()).containsExactlyElementsOf(offered);
        assertThat(page.select("#elsewhere").text()).contains("What others may change it to");
        assertThat(pages.status(dana.path() + "/status", rita)).isEqualTo(403);
    }

    @Test
    void aChangeNeedsItsReasonAndAStatusThatIsOffered() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        String closed = id(CaseStatus.CLOSED);
        String version = version();

        MockHttpServletResponse without =
                pages.send(dana.path() + "/status", sam, "status", closed, "version", version, "note", "She moved");
        assertThat(without.getStatus()).isEqualTo(400);
        assertThat(Pages.read(without).select("#reason-error, .error-summary").text())
                .isNotBlank();
        assertThat(Pages.read(without).select("textarea").text()).isEqualTo("She moved");
        assertThat(pages.send(dana.path() + "/status", sam, "version", version).getStatus())
                .isEqualTo(400);
        assertThat(pages.send(dana.path() + "/status", sam, "status", "99999", "version", version)
                        .getStatus())
                .isEqualTo(409);

        pages.does(
                dana.path() + "/status", sam, "status", closed, "reason", "withdrawn", "version", version, "note", "");

        assertThat(cases.byCode(dana.code()).isClosed()).isTrue();
    }

    @Test
    void whatIsSaidOfAChangeBecomesANote() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        cases.admit(dana.code(), eve);
        String pending = id(CaseStatus.PENDING);

        pages.does(
                dana.path() + "/status",
                sam,
                "status",
                pending,
                "version",
                version(),
                "note",
                "Waiting for the papers");

        assertThat(cases.byCode(dana.code()).status()).isEqualTo(CaseStatus.PENDING);
        assertThat(pages.open(dana.path() + "/notes", tom).text()).contains("Waiting for the papers");
    }

    @Test
    void aClosedCaseIsOpenedAgainWithAReason() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        cases.close(dana.code(), "withdrawn", sam);
        Document page = pages.open(dana.path() + "/status", eve);
        assertThat(page.select("h1").text()).contains("again");
        String open = page.select(".tiles input").stream()
                .map(input -> input.val())
                .filter(id -> !id.equals(id(CaseStatus.CLOSED)))
                .findFirst()
                .orElseThrow();

        MockHttpServletResponse without =
                pages.send(dana.path() + "/status", eve, "status", open, "version", version(), "note", "");
        assertThat(without.getStatus()).isEqualTo(400);
        assertThat(Pages.read(without).select("#note-error").text()).isNotBlank();
        pages.does(dana.path() + "/status", eve, "status", open, "version", version(), "note", "She came back");

        assertThat(cases.byCode(dana.code()).isClosed()).isFalse();
        assertThat(pages.open(dana.path() + "/activity", eve).text()).contains("opened again");
    }

    @Test
    void twoPeopleWhoChangeTheStatusAtOnceSeeBoth() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        String seen = version();
        cases.admit(dana.code(), eve);

        MockHttpServletResponse second = pages.send(
                dana.path() + "/status",
                sam,
                "status",
                id(CaseStatus.CLOSED),
                "reason",
                "withdrawn",
                "note",
                "Typed with care",
                "version",
                seen);

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = Pages.read(second);
        assertThat(both.select("input[name=status][type=radio]")).hasSize(2);
        assertThat(both.select("input[name=note]").val()).isEqualTo("Typed with care");
        assertThat(cases.byCode(dana.code()).isClosed()).isFalse();
    }

    @Test
    void theLogIsFilteredByPersonMatterAndDay() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        pages.does(dana.path() + "/notes/new", sam, "text", "Spoke to Dana");
        clockwork.moveTo(java.time.Instant.parse("2026-11-25T15:00:00Z"));
        pages.does(dana.path() + "/reminders/new", eve, "text", "Call", "when", "week");

        assertThat(log("")).hasSize(4);
        assertThat(log("?who=" + sam)).containsExactly("Note written");
        assertThat(log("?what=reminder")).containsExactly("Reminder set");
        assertThat(log("?from=2026-11-24")).containsExactly("Reminder set");
        assertThat(log("?until=2026-11-24&what=note")).containsExactly("Note written");
        assertThat(log("?until=2026-11-24")).hasSize(3).doesNotContain("Reminder set");
        assertThat(log("?from=yesterday&who=x&what=%27")).hasSize(4);
        Document page = pages.open(dana.path() + "/activity", eve);
        assertThat(page.select("#log-who option").eachText()).contains("Sam Bouchard", "Eve Adeyemi");
        assertThat(page.select("#log-what option").eachText()).contains("Notes", "Reminders");
    }

    @Test
    void thePrivacyOfficerTakesTheLogAwayAsAFile() throws Exception {
        cases.assign(dana.code(), sam, eve, "");
        pages.does(dana.path() + "/notes/new", sam, "text", "Spoke to Dana");

        assertThat(pages.status(dana.path() + "/activity.csv", eve)).isEqualTo(403);
        MockHttpServletResponse file = pages.ask(dana.path() + "/activity.csv?what=note", pia);

        assertThat(file.getContentType()).startsWith("text/csv");
        assertThat(file.getHeader("Content-Disposition")).contains("attachment", dana.code());
        assertThat(file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("\uFEFFWhen,")
                .contains("Sam Bouchard,Note written")
                .doesNotContain("Spoke to Dana", "Assigned");
        assertThat(jdbc.sql("select how from read_access where subject = 'activity-log'")
                        .query(String.class)
                        .single())
                .isEqualTo("export");
        assertThat(pages.open(dana.path() + "/activity", eve).select("a[href*=csv]"))
                .isEmpty();
        assertThat(pages.open(dana.path() + "/activity", pia).select("a[href*=csv]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        users.chooseLocale(eve, Locale.forLanguageTag(language));
        for (String path : List.of("", "/status", "/activity", "/activity?what=case")) {
            assertThat(pages.open(dana.path() + path, eve).outerHtml()).as(path).doesNotContain("??");
        }
        cases.assign(dana.code(), sam, eve, "");
        cases.close(dana.code(), "withdrawn", eve);
        for (String path : List.of("", "/status")) {
            assertThat(pages.open(dana.path() + path, eve).outerHtml()).as(path).doesNotContain("??");
        }
    }

    private List<String> log(String query) throws Exception {
        return pages.open(dana.path() + "/activity" + query, eve)
                .select("tbody tr td:nth-child(3) span:first-child")
                .eachText();
    }

    private String version() {
        return String.valueOf(cases.byCode(dana.code()).version());
    }

    private String id(CaseStatus category) {
        return statuses.flow(york.id()).first(category).id().toString();
    }
}
