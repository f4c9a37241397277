package org.ancora.conduct;

import static org.ancora.access.People.signedIn;
import static org.ancora.conduct.BoundaryWalk.and;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.Procedures;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What makes a worker uncomfortable is for the supervisors of the project alone (B9, B-R3): every way to it is walked. */
@AncoraTest
class IncidentTest {

    /** Stands nowhere but in the report. */
    private static final String SECRET = "zwischentoene under the stairwell";

    /** So does this, in what the supervisor writes about it. */
    private static final String FOLLOWED = "quittenmus was agreed";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private BoundaryWalk walk;

    @Autowired
    private Processes processes;

    @Autowired
    private Procedures procedures;

    @Autowired
    private Projects projects;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private final Map<String, UserId> others = new LinkedHashMap<>();
    private UserId sam;
    private UserId susan;
    private CaseSummary dana;
    private CaseSummary piet;

    @BeforeEach
    void aReport() throws Exception {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        susan = fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR);
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.SUPERVISOR))) {
            others.put(role.code(), fixtures.aPerson("Person " + role.code(), york, role));
        }
        others.put(
                "everything else",
                fixtures.aPerson(
                        "Ada Novak",
                        york,
                        EnumSet.complementOf(EnumSet.of(Role.SUPERVISOR)).toArray(Role[]::new)));
        others.put("supervisor elsewhere", fixtures.aPerson("Gina Fontana", torino, Role.values()));
        others.put("reporter", sam);
        dana = fixtures.aClient(york).openCaseFor(sam);
        piet = fixtures.aClient(york).named("Piet", "Verhoeven").openCaseFor(sam);
        walk.begin(dana, sam);
        walk.finish(dana, "record-request", sam, and("uncomfortable", true, "discomfort", SECRET));
        walk.begin(piet, sam);
        walk.finish(piet, "record-request", sam, BoundaryWalk.A_NUMBER);
    }

    @Test
    void theSupervisorIsToldReadsItAndSettlesIt() throws Exception {
        assertThat(walk.noticesOf(susan)).containsExactly("incident-reported");
        assertThat(ask("/notices/" + walk.latestNoticeOf(susan), susan).getRedirectedUrl())
                .isEqualTo("/incidents");
        assertThat(read("/", susan).select("#today-incidents, main").text()).contains("One report waits");
        Document list = read("/incidents", susan);
        assertThat(list.select("tbody tr")).hasSize(1);
        assertThat(list.text())
                .contains("Dana Whitfield", "Sam Bouchard", "My private number")
                .doesNotContain(SECRET);
        String path = list.select("tbody a").attr("href");

        Document page = read(path, susan);
        assertThat(page.text()).contains(SECRET, "Susan Okafor read it");
        assertThat(send(post(path).param("text", ""), susan).getStatus()).isEqualTo(400);
        assertThat(send(post(path).param("text", FOLLOWED).param("settled", "true"), susan)
                        .getStatus())
                .isEqualTo(302);

        assertThat(read(path, susan).text()).contains("Susan Okafor settled it", FOLLOWED);
        assertThat(read("/", susan).text()).doesNotContain("One report waits");
        send(post(path + "/open"), susan);
        assertThat(read(path, susan).text()).contains("Susan Okafor opened it again");
        assertThatThrownBy(() -> jdbc.sql("delete from incident_entry").update())
                .isInstanceOf(DataAccessException.class);
    }

    /**
     * Who saw what is kept for every page that is shown: by the entry that leads to it, or by a reading (B-R3). An entry that somebody
     * else made meanwhile is seen for the first time, and so it is a reading.
     */
    @Test
    void aSavedEntryIsNoSecondReading() throws Exception {
        String path = read("/incidents", susan).select("tbody a").attr("href");
        UserId sara = fixtures.aPerson("Sara Quispe", projects.get(dana.project()), Role.SUPERVISOR);
        read(path, susan);

        Cookie[] browser = saved(post(path).param("text", FOLLOWED).param("settled", "true"), susan);
        shown(path, browser);
        assertThat(entries()).containsExactly("Susan Okafor read", "Susan Okafor settled");
        shown(path, saved(post(path + "/open"), susan));
        assertThat(entries()).hasSize(3).last().isEqualTo("Susan Okafor opened");

        shown(path, browser);
        assertThat(entries()).as("loaded again").hasSize(4).last().isEqualTo("Susan Okafor read");
        shown(path, saved(post(path + "/open"), susan));
        assertThat(entries()).as("nothing was saved").hasSize(5).last().isEqualTo("Susan Okafor read");

        browser = saved(post(path).param("text", FOLLOWED), susan);
        saved(post(path).param("text", "Spoken to her too"), sara);
        assertThat(shown(path, browser)).contains("Spoken to her too");
        assertThat(entries()).last().as("what another wrote meanwhile").isEqualTo("Susan Okafor read");
    }

    /** The browser, with what it is told for the next page. */
    private Cookie[] saved(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        MockHttpServletResponse answer = send(request, who);
        assertThat(answer.getStatus()).isEqualTo(302);
        return answer.getCookies();
    }

    private String shown(String path, Cookie[] browser) throws Exception {
        MockHttpServletResponse page = mvc.perform(get(path).cookie(browser).with(signedIn(susan)))
                .andReturn()
                .getResponse();
        assertThat(page.getStatus()).isEqualTo(200);
        return page.getContentAsString(StandardCharsets.UTF_8);
    }

    private List<String> entries() {
        return jdbc.sql("""
                        select a.name || ' ' || e.kind from incident_entry e join account a on a.id = e.by_account
                         order by e.id
                        """).query(String.class).list();
    }

    /** Roles of the same project, administrators among them, supervisors of another one, and the reporter. */
    @Test
    void nobodyElseFindsItAnywhere() throws Exception {
        String path = read("/incidents", susan).select("tbody a").attr("href");
        send(post(path).param("text", FOLLOWED), susan);

        for (Map.Entry<String, UserId> other : others.entrySet()) {
            String who = other.getKey();
            UserId person = other.getValue();
            for (String hidden : List.of(path, path + "9")) {
                assertThat(ask(hidden, person).getStatus())
                        .as("%s %s", who, hidden)
                        .isEqualTo(404);
                assertThat(send(post(hidden).param("text", "x"), person).getStatus())
                        .as("%s POST %s", who, hidden)
                        .isEqualTo(404);
                assertThat(send(post(hidden + "/open"), person).getStatus())
                        .as("%s POST %s/open", who, hidden)
                        .isEqualTo(404);
            }
            MockHttpServletResponse list = ask("/incidents", person);
            assertThat(list.getStatus()).as(who).isEqualTo(who.equals("supervisor elsewhere") ? 200 : 403);
            assertThat(text(list)).as(who).doesNotContain("Dana", "private number", SECRET);
            for (String page : pages()) {
                String text = text(ask(page, person));
                assertThat(text)
                        .as("%s at %s", who, page)
                        .doesNotContain(SECRET, FOLLOWED, "incident-reported", "reported in confidence");
                if (!who.equals("supervisor elsewhere")) {
                    assertThat(text).as("%s at %s", who, page).doesNotContain("\"/incidents");
                }
            }
        }
        assertThat(jdbc.sql("select count(*) from incident_entry where kind = 'note' and words = 'x'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** Whatever lists, counts, logs, tells, exports or searches. */
    private Set<String> pages() {
        Set<String> pages = new LinkedHashSet<>();
        String base = "/cases/" + dana.code();
        pages.add(base);
        for (String tab :
                List.of("activity", "notes", "boundaries", "attempts", "related", "letters", "reads", "activity.csv")) {
            pages.add(base + "/" + tab);
        }
        pages.add(base + "/procedure.xml");
        pages.addAll(List.of(
                "/",
                "/tasks",
                "/tasks?tab=team",
                "/tasks?tab=unassigned",
                "/cases",
                "/search?q=zwischentoene",
                "/p/york",
                "/notices",
                "/reviews",
                "/admin",
                "/help?q=zwischentoene"));
        return pages;
    }

    /** No table but its own: not the engine's, not a log, a note, a draft, a notice or a message. */
    @Test
    void itStandsInNoOtherTable() throws Exception {
        String path = read("/incidents", susan).select("tbody a").attr("href");
        send(post(path).param("text", FOLLOWED), susan);

        List<String> holding = new ArrayList<>();
        for (String table : jdbc.sql("""
                        select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'engine')
                        """).query(String.class).list()) {
            int rows = jdbc.sql("select count(*) from " + table + " t where t::text like :one or t::text like :other"
                            + " or t::text like :first or t::text like :second")
                    .param("one", "%" + SECRET + "%")
                    .param("other", "%" + FOLLOWED + "%")
                    .param("first", "%" + hex(SECRET) + "%")
                    .param("second", "%" + hex(FOLLOWED) + "%")
                    .query(Integer.class)
                    .single();
            if (rows > 0) {
                holding.add(table);
            }
        }

        assertThat(holding).containsExactlyInAnyOrder("public.incident", "public.incident_entry");
        // That somebody read it stands beside it, and not in the log that privacy officers read.
        assertThat(jdbc.sql("select count(*) from read_access where subject like '%incident%'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from activity where action like '%incident%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hex.append("%02x".formatted(each));
        }
        return hex.toString();
    }

    /** Whoever looks at where the procedure went cannot tell a request with a report from one without. */
    @Test
    void theProcedureGoesTheSameWayWithAndWithoutAReport() {
        assertThat(trail(dana)).isNotEmpty().isEqualTo(trail(piet));
        assertThat(walk.notes(dana)).isEqualTo(walk.notes(piet));
        assertThat(variables(dana)).isEqualTo(variables(piet));
    }

    private List<String> trail(CaseSummary caseFile) {
        return procedures.trail(instance(caseFile)).visits().stream()
                .map(Procedures.Visit::element)
                .toList();
    }

    private String instance(CaseSummary caseFile) {
        return processes.all(caseFile.code()).stream()
                .filter(process -> process.key().equals(ConductProcess.KEY))
                .map(RunningProcess::id)
                .findFirst()
                .orElseThrow();
    }

    private List<String> variables(CaseSummary caseFile) {
        return jdbc.sql("""
                        select name_ || ' ' || coalesce(long_::text, text_, '') from engine.act_hi_varinst
                         where proc_inst_id_ = :instance and name_ not in ('requestId', 'due') order by 1
                        """)
                .param("instance", instance(caseFile))
                .query(String.class)
                .list();
    }

    private MockHttpServletResponse ask(String path, UserId who) throws Exception {
        return mvc.perform(get(URI.create(path)).with(signedIn(who)).accept("text/html"))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(signedIn(who)).with(csrf()).accept("text/html"))
                .andReturn()
                .getResponse();
    }

    private Document read(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = ask(path, who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(text(answer));
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
