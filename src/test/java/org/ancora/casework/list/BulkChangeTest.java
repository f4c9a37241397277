package org.ancora.casework.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Flag;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Changing many cases: seen before, made once, every case with its result and its entry in the log. */
@AncoraTest
class BulkChangeTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Users users;

    @Autowired
    private BulkRunner runner;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Processes processes;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private UserId sam;
    private UserId tola;
    private UserId eve;
    private CaseSummary nobodys;
    private CaseSummary sams;
    private CaseSummary closed;
    private CaseSummary tolas;

    @BeforeEach
    void fourCases() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tola = fixtures.aPerson("Tola Adeyemi", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve", york, Role.COORDINATOR);
        nobodys = fixtures.aClient(york).named("Ada", "One").openCase();
        sams = fixtures.aClient(york).named("Bea", "Two").openCaseFor(sam);
        cases.admit(sams.code(), eve);
        closed = fixtures.aClient(york).named("Cleo", "Three").openCase();
        cases.close(closed.code(), "declined", eve);
        tolas = fixtures.aClient(york).named("Dora", "Four").openCaseFor(tola);
    }

    @Test
    void assignsWhatItShowedAndSaysWhyItLeftTheRest() throws Exception {
        String path = choose("assign", tola.toString(), nobodys, sams, closed, tolas);

        Document preview = page(path, eve);
        assertThat(preview.select("h1").text()).isEqualTo("4 cases to Tola Adeyemi");
        assertThat(preview.select(".bulk-sum").text()).isEqualTo("2 cases will be changed.");
        assertThat(preview.select(".bulk-reasons li").eachText())
                .containsExactly("1 The case is closed; open it again first", "1 It is so already");
        assertThat(cases.byCode(nobodys.code()).assignee()).isNull();

        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());

        Document result = page(path, eve);
        assertThat(result.select(".bulk-sum").text()).isEqualTo("2 cases changed.");
        assertThat(result.select("tbody tr").eachText())
                .containsExactly(
                        nobodys.code() + " Ada One is changed",
                        sams.code() + " Bea Two is changed",
                        closed.code() + " Cleo Three The case is closed; open it again first",
                        tolas.code() + " Dora Four It is so already");
        assertThat(cases.byCode(nobodys.code()))
                .extracting(CaseSummary::assignee, each -> each.status().code(), each -> each.projectStatus()
                        .key())
                .containsExactly(tola, "assigned", "assigned");
        assertThat(cases.byCode(sams.code()))
                .extracting(CaseSummary::assignee, each -> each.status().code())
                .containsExactly(tola, "in-progress");
        assertThat(cases.byCode(nobodys.code()).version()).isEqualTo(nobodys.version() + 1);
        assertThat(jdbc.sql("""
                        select case_code || ' ' || (details - 'bulk')::text from activity
                         where jsonb_exists(details, 'bulk') order by id
                        """).query(String.class).list())
                .containsExactly(
                        nobodys.code() + " {\"to\": \"%s\"}".formatted(tola),
                        sams.code() + " {\"to\": \"%s\", \"from\": \"%s\"}".formatted(tola, sam));
        assertThat(jdbc.sql("select count(*) from case_assignment where reason = 'holiday'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    /** The one who does it by hand and the one who does it by the hundred leave the same behind. */
    @Test
    void leavesTheSameBehindAsByHand() throws Exception {
        CaseSummary byHand = fixtures.aClient(york).openCaseFor(sam);
        CaseSummary inBulk = fixtures.aClient(york).openCaseFor(sam);
        cases.assign(byHand.code(), tola, eve, "holiday");
        String path = choose("assign", tola.toString(), inBulk);
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());

        String row = """
                select (to_jsonb(c) - array['id', 'code', 'profile_id', 'search_text', 'client_sort'])::text
                  from case_file c where code = :code
                """;
        assertThat(text(row, inBulk)).isEqualTo(text(row, byHand));
        String entry =
                "select action || by_account || subject || (details - 'bulk')::text from activity where case_code = :code order by id desc limit 1";
        assertThat(text(entry, inBulk)).isEqualTo(text(entry, byHand));
        String given =
                "select given_to || ' ' || given_by || kind || reason from case_assignment a join case_file c on c.id = a.case_id where code = :code order by a.id desc limit 1";
        assertThat(text(given, inBulk)).isEqualTo(text(given, byHand));
    }

    @Test
    void flagsAndResolves() throws Exception {
        cases.raiseFlag(sams.code(), Flag.Kind.HOUSING, "", eve);
        String path = choose("flag", "housing", nobodys, sams, closed);
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());
        assertThat(page(path, eve).select(".bulk-reasons li").eachText())
                .containsExactly("1 The case is closed; open it again first", "1 It is so already");
        assertThat(cases.byCode(nobodys.code()).openFlags()).containsExactly(Flag.Kind.HOUSING);

        String back = choose("resolve", "housing", nobodys, sams, tolas);
        mvc.perform(as(eve, post(back + "/start"))).andExpect(status().isFound());
        assertThat(page(back, eve).select(".bulk-sum").text()).isEqualTo("2 cases changed.");
        assertThat(cases.byCode(nobodys.code()).openFlags()).isEmpty();
        assertThat(cases.byCode(sams.code()).openFlags()).isEmpty();
    }

    @Test
    void changesStatusesAlongTheProjectsTransitions() throws Exception {
        String pending = jdbc.sql("select id from project_status where project_id = :project and key = 'pending'")
                .param("project", york.id().value())
                .query(String.class)
                .single();
        jdbc.sql(
                        "delete from project_transition where from_status = (select status_id from case_file where code = :code)")
                .param("code", tolas.code())
                .update();
        String path = choose("status", pending, nobodys, sams, closed, tolas);

        assertThat(page(path, eve).select(".bulk-reasons li").text())
                .isEqualTo(
                        "2 The project does not leave this change of status to your role; an administrator can change that");
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());

        assertThat(page(path, eve).select(".bulk-sum").text()).isEqualTo("2 cases changed.");
        assertThat(cases.byCode(sams.code()).projectStatus().key()).isEqualTo("pending");
        assertThat(cases.byCode(tolas.code()).projectStatus().key()).isEqualTo("assigned");
        assertThat(jdbc.sql("select count(*) from activity where action = 'case.status-changed'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void closesOnlyForAReason() throws Exception {
        String ended = jdbc.sql("select id from project_status where project_id = :project and key = 'closed'")
                .param("project", york.id().value())
                .query(String.class)
                .single();
        mvc.perform(as(eve, form("status", ended, nobodys))).andExpect(status().isBadRequest());

        String path = location(as(eve, form("status", ended, nobodys).param("because", "withdrawn")));
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());
        assertThat(cases.byCode(nobodys.code()).closingReason().code()).isEqualTo("withdrawn");
    }

    @Test
    void runsInTheBackgroundOverTwoHundredAndSurvivesBeingCut() throws Exception {
        List<Long> many = many(2500);
        String path = location(as(
                eve,
                post("/p/york/cases/bulk")
                        .param("do", "assign")
                        .param("all", "true")
                        .param("query", "q=many")
                        .param("what", tola.toString())));
        long bulk = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));

        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());
        assertThat(page(path, eve).select(".bulk-progress").attr("max")).isEqualTo("2500");
        assertThat(page("/p/york/cases", eve).select(".notice").text()).contains("0 of 2,500");

        // The first chunk is committed on its own; then the step dies before the engine hears of it.
        jdbc.sql("update bulk_row set why = 'same' where bulk_id = :bulk and case_id > :half")
                .param("bulk", bulk)
                .param("half", many.get(999))
                .update();
        runner.goOn(bulk);
        jdbc.sql("update bulk_change set state = 'running', finished_at = null where id = :bulk")
                .param("bulk", bulk)
                .update();
        jdbc.sql("update bulk_row set why = null where bulk_id = :bulk and why = 'same'")
                .param("bulk", bulk)
                .update();
        assertThat(entries()).isEqualTo(1000);

        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());
        clockwork.runDueJobs();

        assertThat(page(path, eve).select(".bulk-sum").text()).isEqualTo("2,500 cases changed.");
        assertThat(entries()).isEqualTo(2500);
        assertThat(jdbc.sql("select count(distinct case_code) from activity where jsonb_exists(details, 'bulk')")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2500);
        assertThat(page("/p/york/cases", eve).select(".notice").text()).contains("2,500 changed");
    }

    /** A few are changed while the page waits; what its node leaves undone when it dies is done by another, and counted once. */
    @Test
    void isTakenUpWhenItsNodeDies() throws Exception {
        String path = choose("assign", tola.toString(), nobodys, sams, closed);
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());
        jdbc.sql("""
                        with left_undone as (
                            update bulk_row set why = null where case_id <> :first returning why)
                        update bulk_change set state = 'running', finished_at = null, changed = 1, skipped = 0
                        """).param("first", nobodys.id().value()).update();
        jdbc.sql("update case_file set assignee = :sam where code = :code")
                .param("sam", sam.value())
                .param("code", sams.code())
                .update();
        assertThat(page(path, eve).select(".bulk-progress").attr("value")).isEqualTo("1");

        clockwork.runDueJobs();

        assertThat(page(path, eve).select(".bulk-sum").text()).isEqualTo("2 cases changed.");
        assertThat(page(path, eve).select(".bulk-reasons li").text())
                .isEqualTo("1 The case is closed; open it again first");
        assertThat(cases.byCode(sams.code()).assignee()).isEqualTo(tola);
    }

    /** A case that a procedure follows is changed as by hand, so that the procedure works for the new person too. */
    @Test
    void tellsTheProceduresThatFollowACase() throws Exception {
        for (CaseSummary each : List.of(sams, tolas)) {
            processes.start(
                    "case-reminder",
                    each.code(),
                    york.id(),
                    Variables.of(Processes.WORKER, each.assignee())
                            .and(
                                    ProcessVariable.instant("remindAt"),
                                    clock.instant().plusSeconds(86_400)));
        }

        String path = choose("assign", eve(Role.CASEWORKER).toString(), nobodys, sams, tolas);
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());

        assertThat(page(path, eve).select(".bulk-sum").text()).isEqualTo("3 cases changed.");
        assertThat(jdbc.sql("""
                        select v.text_ from engine.act_ru_variable v
                          join engine.act_ru_execution e on e.id_ = v.proc_inst_id_
                         where v.name_ = 'worker' and e.business_key_ = any(:codes)
                        """)
                        .param("codes", new String[] {sams.code(), tolas.code()})
                        .query(String.class)
                        .list())
                .containsExactly(eve.toString(), eve.toString());
        assertThat(entries())
                .as("those that a procedure follows are told of one by one")
                .isOne();
    }

    private UserId eve(Role more) {
        users.grant(eve, york.id(), more, UserId.SYSTEM);
        return eve;
    }

    @Test
    void asksAgainWhetherThePersonStillMay() throws Exception {
        String path = choose("assign", tola.toString(), nobodys);
        users.revoke(eve, york.id(), Role.COORDINATOR, UserId.SYSTEM);
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isNotFound());

        users.grant(eve, york.id(), Role.COORDINATOR, UserId.SYSTEM);
        users.revoke(tola, york.id(), Role.CASEWORKER, UserId.SYSTEM);
        mvc.perform(as(eve, post(path + "/start"))).andExpect(status().isFound());
        assertThat(page(path, eve).select(".bulk-reasons li").text()).contains("Not possible any more");
        assertThat(cases.byCode(nobodys.code()).assignee()).isNull();
    }

    @Test
    void touchesNothingThatThePersonMayNotSeeOrChange() throws Exception {
        Project torino = fixtures.aProjectInItaly();
        CaseSummary elsewhere = fixtures.aClient(torino).openCase();
        UserId giulia = fixtures.aPerson("Giulia", torino, Role.COORDINATOR);

        mvc.perform(as(eve, get("/p/york/cases/bulk").param("do", "assign").param("case", id(elsewhere))))
                .andExpect(status().isBadRequest());
        String path = choose("assign", tola.toString(), nobodys, elsewhere);
        assertThat(page(path, eve).select("tbody tr")).hasSize(1);
        mvc.perform(as(giulia, get(path))).andExpect(status().isNotFound());
        mvc.perform(as(giulia, post(path + "/start"))).andExpect(status().isNotFound());
        mvc.perform(as(sam, get("/p/york/cases/bulk").param("do", "assign").param("case", id(nobodys))))
                .andExpect(status().isForbidden());
        mvc.perform(as(fixtures.aPerson("Other", york, Role.COORDINATOR), get(path)))
                .andExpect(status().isNotFound());
        mvc.perform(as(eve, form("assign", "999", nobodys))).andExpect(status().isBadRequest());
        mvc.perform(as(eve, post(path + "/drop"))).andExpect(status().isFound());
        mvc.perform(as(eve, get(path))).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        users.chooseLocale(eve, Locale.forLanguageTag(language));
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, String> each : Map.of("assign", tola.toString(), "flag", "housing", "resolve", "risk")
                .entrySet()) {
            paths.add("/p/york/cases/bulk?all=true&do=" + each.getKey());
            String path = choose(each.getKey(), each.getValue(), nobodys, sams, closed);
            paths.add(path);
            paths.add(path + "?why=closed");
        }
        paths.add("/p/york/cases/bulk?all=true&do=status");
        for (String path : paths) {
            assertThat(page(path, eve).outerHtml()).as(path).doesNotContain("??");
        }
    }

    private List<Long> many(int count) {
        jdbc.sql(
                        "insert into profile (network_id, anonymous, given_name, family_name, languages, search_name, created_at)"
                                + " select network_id, false, 'Many', 'Ones', languages, 'many ones', created_at from profile limit 1")
                .update();
        return jdbc.sql("""
                        insert into case_file (code, project_id, profile_id, status, status_id, service_mode, source_kind, opened_at)
                        select 'YRK-2020-' || to_char(n, 'FM0000'), c.project_id, (select max(id) from profile), 'new', s.id,
                               'individual', 'self', c.opened_at
                          from generate_series(1, :count) n, case_file c, project_status s
                         where c.code = :code and s.project_id = c.project_id and s.key = 'new'
                        returning id
                        """)
                .param("count", count)
                .param("code", tolas.code())
                .query(Long.class)
                .list();
    }

    private int entries() {
        return jdbc.sql("select count(*) from activity where jsonb_exists(details, 'bulk')")
                .query(Integer.class)
                .single();
    }

    private String text(String sql, CaseSummary each) {
        return jdbc.sql(sql).param("code", each.code()).query(String.class).single();
    }

    private static String id(CaseSummary each) {
        return String.valueOf(each.id().value());
    }

    private MockHttpServletRequestBuilder form(String kind, String what, CaseSummary... chosen) {
        MockHttpServletRequestBuilder form =
                post("/p/york/cases/bulk").param("do", kind).param("what", what).param("note", "holiday");
        for (CaseSummary each : chosen) {
            form.param("case", id(each));
        }
        return form;
    }

    private String choose(String kind, String what, CaseSummary... chosen) throws Exception {
        return location(as(eve, form(kind, what, chosen)));
    }

    private String location(MockHttpServletRequestBuilder request) throws Exception {
        return String.valueOf(mvc.perform(request)
                .andExpect(status().isFound())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    }

    private Document page(String path, UserId person) throws Exception {
        return Jsoup.parse(mvc.perform(as(person, get(java.net.URI.create(path))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private static MockHttpServletRequestBuilder as(UserId person, MockHttpServletRequestBuilder request) {
        return request.with(People.signedIn(person)).with(csrf()).locale(Locale.ENGLISH);
    }
}
