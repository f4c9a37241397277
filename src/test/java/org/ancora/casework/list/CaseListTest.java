package org.ancora.casework.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Flag;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.VirtualClock;
import org.assertj.core.api.SoftAssertions;
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

/** The list of cases as people use it: its address says what it shows. */
@AncoraTest
class CaseListTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Caseloads caseloads;

    @Autowired
    private Users users;

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
    /** Dana (Sam, safeguarding), Omar (Tola, waiting), Lena (nobody, group), Paul (closed). */
    private String dana;

    private String omar;
    private String lena;
    private String paul;

    @BeforeEach
    void fourCases() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tola = fixtures.aPerson("Tola Adeyemi", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve", york, Role.COORDINATOR, Role.SUPERVISOR);
        dana = fixtures.aClient(york)
                .named("Dana", "Whitfield")
                .openCaseFor(sam)
                .code();
        cases.raiseFlag(dana, Flag.Kind.SAFEGUARDING, "", sam);
        later();
        omar = fixtures.aClient(york).named("Omar", "Núñez").openCaseFor(tola).code();
        caseloads.setLimit(tola, york.id(), 0, eve);
        caseloads.takeUp(omar);
        later();
        lena = fixtures.aClient(york)
                .named("Lena", "Ortega")
                .with(ContactKind.PHONE, "905 555 0171")
                .inGroupService()
                .openCase()
                .code();
        later();
        paul = fixtures.aClient(york).named("Paul", "Chen").openCase().code();
        later();
        cases.close(paul, "declined", eve);
    }

    /** Team North has Lena's case; programme A is Dana's, B Omar's; Omar has 3 children, Dana has 1. */
    @Test
    void filtersByTeamsAndTheProjectsOwnAttributes() throws Exception {
        long team = jdbc.sql("insert into team (project_id, name, created_at) values (:p, 'North', now()) returning id")
                .param("p", york.id().value())
                .query(Long.class)
                .single();
        jdbc.sql("update case_file set team_id = :team where code = :code")
                .param("team", team)
                .param("code", lena)
                .update();
        attribute("programme", "choice");
        jdbc.sql("""
                        insert into attribute_choice (attribute_id, key, name_en, name_es, name_it, position)
                        select a.id, k, upper(k), upper(k), upper(k), 1 from attribute a, unnest(array['a', 'b']) k
                         where a.key = 'programme'
                        """).update();
        attribute("children", "number");
        attribute("reviewed", "date");
        attribute("number", "external-id");
        value(dana, "programme", "value_text", "'a'");
        value(omar, "programme", "value_text", "'b'");
        value(dana, "children", "value_number", "1");
        value(omar, "children", "value_number", "3");
        value(omar, "reviewed", "value_date", "date '2026-03-05'");
        value(dana, "number", "value_text", "'X-1'");
        value(omar, "number", "value_text", "'X-2'");

        SoftAssertions all = new SoftAssertions();
        for (String[] each : table("""
                team=*                 | lena
                team=-                 | omar dana
                team={team}            | lena
                team=!{team}           | omar dana
                a.programme=a          | dana
                a.programme=a,b        | omar dana
                a.programme=!a         | lena omar
                a.programme=-          | lena
                a.children=2..         | omar
                a.children=..2         | dana
                a.children=1           | dana
                a.reviewed=2026-03-01..| omar
                a.number=X-1           | dana
                a.number=x-            | omar dana
                a.number==X-1          | dana
                a.number=%25           |
                a.programme=a,b&a.children=1..3&a.number=*&status=assigned&assigned=any | dana
                """)) {
            String asked = "?" + each[0].replace("{team}", String.valueOf(team));
            all.assertThat(codes("/p/york/cases" + asked, eve)).as(asked).containsExactlyElementsOf(named(each[1]));
        }
        all.assertAll();
        Document shown = page("/p/york/cases?sort=code&cols=code,team,a.programme,a.children,a.reviewed", eve);
        assertThat(shown.select("tbody tr").eachText())
                .containsExactly(dana + " A 1", omar + " B 3 Thu 5 Mar 2026", lena + " North");
    }

    private void attribute(String key, String kind) {
        jdbc.sql("""
                        insert into attribute (project_id, key, kind, name_en, name_es, name_it, system, position)
                        values (:project, :key, :kind, :key, :key, :key, :system, 1)
                        """)
                .param("project", york.id().value())
                .param("key", key)
                .param("kind", kind)
                .param("system", kind.equals("external-id") ? "Registry" : "")
                .update();
    }

    private void value(String code, String key, String column, String value) {
        jdbc.sql(
                        "insert into case_attribute (case_id, attribute_id, kind, " + column
                                + ") select c.id, a.id, a.kind, " + value
                                + " from case_file c join attribute a on a.project_id = c.project_id and a.key = :key where c.code = :code")
                .param("key", key)
                .param("code", code)
                .update();
    }

    private void later() {
        VirtualClock moved = (VirtualClock) clock;
        moved.startAt(clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void showsWhatItsAddressSays() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (String[] each : table("""
                                                  | lena omar dana
                status=all                        | paul lena omar dana
                status=closed                     | paul
                status=new,closed                 | paul lena
                status=!new                       | paul omar dana
                status=open                       | lena omar dana
                assigned=mine                     |
                assigned=none                     | lena
                assigned=any                      | omar dana
                assigned={sam}                    | dana
                assigned={sam},none               | lena dana
                assigned=!{sam}                   | lena omar
                assigned=!none                    | omar dana
                flag=safeguarding                 | dana
                flag=safeguarding,risk            | dana
                flag=!safeguarding                | lena omar
                flag=-                            | lena omar
                flag=*                            | dana
                mode=group                        | lena
                mode=!group                       | omar dana
                opened=2026-11-24                 | omar
                opened=2026-11-24..               | lena omar
                opened=..2026-11-24               | omar dana
                opened=2026-11-24..2026-11-24     | omar
                waiting=*                         | omar
                waiting=-                         | lena dana
                closed=*&status=all               | paul
                reason=declined&status=all        | paul
                reason=-&status=all               | lena omar dana
                source=self                       | lena omar dana
                q=whit                            | dana
                q=nunez                           | omar
                q=NÚÑEZ omar                      | omar
                q=ort                             | lena
                q=le                              | lena
                q=en                              |
                q=e                               |
                q=0003                            | lena
                q=yrk-2026-0003                   | lena
                q=yrk-2026                        | lena omar dana
                q=905 555 0171                    | lena
                q=%                               |
                q=_                               |
                code=^yrk-2026                    | lena omar dana
                code=^0003                        |
                code=0003                         | lena
                code==yrk-2026-0003               | lena
                code=whit                         |
                code=_                            |
                client=whit                       | dana
                client=nunez                      | omar
                client==dana whitfield            | dana
                client==dana                      |
                client=le                         | lena
                client=en                         |
                client=0003                       |
                client=_                          |
                client=da&code=^YRK&status=all    | dana
                q=chen                            |
                q=chen&status=all                 | paul
                assigned=any&flag=*&mode=individual&opened=2026-11-01..&status=assigned | dana
                sort=opened                       | dana omar lena
                sort=code&status=all              | dana omar lena paul
                sort=-code                        | lena omar dana
                sort=client&status=all            | dana lena omar paul
                sort=-client&status=all           | paul omar lena dana
                sort=-closed&status=all           | paul lena omar dana
                sort=closed&status=all            | paul lena omar dana
                sort=waiting&status=all           | omar paul lena dana
                sort=assigned&status=all          | dana omar paul lena
                sort=-assigned&status=all         | omar dana paul lena
                sort=status&status=all            | lena dana omar paul
                sort=-status&status=all           | paul omar dana lena
                """)) {
            String asked = each[0].isEmpty() ? "" : "?" + each[0].replace("{sam}", sam.toString());

            Document page = page("/p/york/cases" + asked, eve);

            List<String> shown = page.select("tbody .case-code").eachText();
            all.assertThat(shown).as(asked).containsExactlyElementsOf(named(each[1]));
            all.assertThat(page.select(".page-head-words .quiet").text())
                    .as(asked)
                    .startsWith(shown.isEmpty() ? "No cases" : shown.size() == 1 ? "1 case " : shown.size() + " cases");
            all.assertThat(codes("/cases" + asked, eve))
                    .as("over all projects %s", asked)
                    .containsExactlyElementsOf(asked.contains("{sam}") ? shown : named(each[1]));
        }
        all.assertAll();
    }

    /** Rows of what the address asks for and the names of the cases that it shows. */
    private static List<String[]> table(String rows) {
        return rows.lines()
                .map(row -> row.split("\\|", -1))
                .map(row -> new String[] {row[0].strip(), row[1].strip()})
                .toList();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        for (String address : List.of(
                "status=odd",
                "assigned=x",
                "assigned=1.5",
                "flag=odd",
                "opened=x",
                "opened=2026-13-01",
                "opened=0001-01-01",
                "opened=..",
                "mode=-",
                "status=-",
                "client=-",
                "client=*",
                "code=-",
                "language=en",
                "odd=1",
                "sort=odd",
                "sort=reason",
                "cols=odd",
                "after=x",
                "after=x~0~1",
                "after=2026-11-23T14:10:00Z~0~x",
                "after=-~0~1",
                "op.status=odd",
                "q=a%00b",
                "s=x")) {
            for (String path : List.of("/p/york/cases", "/cases")) {
                assertThat(mvc.perform(as(eve, get(URI.create(path + "?" + address))))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .as(address)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void turnsFormsIntoShortAddresses() throws Exception {
        mvc.perform(as(
                        eve,
                        get(
                                "/p/york/cases?q=&op.client=contains&client=&op.code=begins&code=YRK&op.status=not&status=new&status=closed&op.opened=between&from.opened=2026-11-01"
                                        + "&to.opened=&op.flag=filled&op.closed=between&from.closed=&to.closed=")))
                .andExpect(redirectedUrl("/p/york/cases?code=%5EYRK&flag=*&opened=2026-11-01..&status=!new,closed"));
    }

    @Test
    void goesThroughEveryCaseOnceInAnyOrder() throws Exception {
        caseloads.setLimit(tola, york.id(), 30, eve);
        for (int each = 0; each < 120; each++) {
            UserId worker = each % 3 == 0 ? sam : tola;
            CaseSummary opened = each % 4 == 0
                    ? fixtures.aClient(york).named("Ada", "Same").openCase()
                    : fixtures.aClient(york).named("N" + each % 7, "F" + each).openCaseFor(worker);
            if (each % 5 == 0) {
                cases.close(opened.code(), "declined", eve);
            } else if (each % 7 == 0 && each % 4 != 0) {
                caseloads.takeUp(opened.code());
            }
            if (each % 10 == 0) {
                later();
            }
        }
        Stream<String> orders = Stream.concat(
                Stream.of(""),
                Stream.of("opened", "code", "client", "closed", "waiting", "assigned", "status")
                        .flatMap(by -> Stream.of("&sort=" + by, "&sort=-" + by)));
        for (String path : orders.flatMap(
                        order -> Stream.of("/p/york/cases?status=all" + order, "/cases?status=all" + order))
                .toList()) {
            List<String> seen = new ArrayList<>();
            String next = path;
            while (!next.isEmpty()) {
                Document page = page(next, eve);
                seen.addAll(page.select("tbody .case-code").eachText());
                // Here too: whoever is shown a page again would be shown it for ever.
                assertThat(seen).as(next).doesNotHaveDuplicates();
                next = page.select(".paging a").stream()
                        .filter(link -> link.attr("href").contains("after="))
                        .map(link -> link.attr("href"))
                        .findFirst()
                        .orElse("");
            }
            assertThat(seen).as(path).hasSize(124).doesNotHaveDuplicates();
        }
    }

    @Test
    void countsToTheEndOnlyWhenAsked() throws Exception {
        jdbc.sql("""
                        insert into case_file (code, project_id, profile_id, status, status_id, service_mode, source_kind, opened_at)
                        select 'YRK-2020-' || to_char(n, 'FM0000'), c.project_id, c.profile_id, 'new', c.status_id, 'individual', 'self', c.opened_at
                          from generate_series(1, 1100) n, case_file c where c.code = :code
                        """).param("code", lena).update();

        Document page = page("/p/york/cases", eve);
        assertThat(page.select(".page-head-words .quiet").text())
                .isEqualTo("More than 1,000 cases that you may see Count them all");
        assertThat(page(page.select(".page-head-words .quiet a").attr("href"), eve)
                        .select(".page-head-words .quiet")
                        .text())
                .isEqualTo("1,103 cases that you may see");
    }

    /** Whether those who bear them are among the first in order, or behind two thousand others. */
    @Test
    void findsSeveralWordsInAnyOrder() throws Exception {
        again(lena, 60, "YRK-2020-", "-1 day");
        for (int others : List.of(0, 2100)) {
            again(dana, others, "YRK-2021-", "1 day");
            for (String order :
                    List.of("", "&sort=opened", "&sort=code", "&sort=-code", "&sort=client", "&sort=waiting")) {
                String path = "/p/york/cases?status=all&q=ortega len" + order;
                Document first = page(path, eve);
                List<String> seen =
                        new ArrayList<>(first.select("tbody .case-code").eachText());
                assertThat(seen).hasSize(50);
                seen.addAll(page(first.select(".paging a").last().attr("href"), eve)
                        .select("tbody .case-code")
                        .eachText());
                assertThat(seen).as(path).hasSize(61).doesNotHaveDuplicates().contains(lena);
                if (order.endsWith("code")) {
                    Comparator<String> up = Comparator.naturalOrder();
                    assertThat(seen).isSortedAccordingTo(order.contains("-") ? up.reversed() : up);
                }
                assertThat(first.select(".page-head-words .quiet").text()).startsWith("61 cases");
            }
        }
    }

    /** Whether they are counted from case to case or all together, and be they a few less or more than are counted. */
    @Test
    void countsThoseWithSeveralWordsHoweverManyTheyAre() throws Exception {
        String path = "/p/york/cases?status=all&q=ortega len";
        again(lena, 998, "YRK-2020-", "1 day");
        assertThat(count(path)).startsWith("999 cases");
        again(lena, 1, "YRK-2019-", "1 day");
        assertThat(count(path)).startsWith("1,000 cases");
        again(lena, 1, "YRK-2018-", "1 day");
        assertThat(count(path)).startsWith("More than 1,000 cases");
        again(dana, 2100, "YRK-2021-", "2 days");
        assertThat(count(path)).startsWith("More than 1,000 cases");
    }

    private String count(String path) throws Exception {
        return page(path, eve).select(".page-head-words .quiet").text();
    }

    /** Cases of the same client. */
    private void again(String code, int many, String prefix, String later) {
        jdbc.sql("""
                        insert into case_file (code, project_id, profile_id, status, status_id, service_mode, source_kind, opened_at)
                        select :prefix || to_char(n, 'FM0000'), c.project_id, c.profile_id, 'new', s.id,
                               'individual', 'self', c.opened_at + cast(:later as interval)
                          from generate_series(1, :many) n, case_file c
                          join project_status s on s.project_id = c.project_id and s.key = 'new'
                         where c.code = :code
                        """)
                .param("prefix", prefix)
                .param("later", later)
                .param("many", many)
                .param("code", code)
                .update();
    }

    @Test
    void keepsChosenColumnsForAPersonOrAProject() throws Exception {
        assertThat(heads("/p/york/cases", sam)).containsExactly("Case", "Client", "Status", "Assigned to", "Opened");

        mvc.perform(as(
                        eve,
                        post("/p/york/cases/columns")
                                .param("column", "client", "closed", "code")
                                .param("for", "all")))
                .andExpect(status().isFound());
        mvc.perform(as(
                        sam,
                        post("/p/york/cases/columns")
                                .param("column", "code", "flag", "odd")
                                .param("query", "status=all&cols=code")))
                .andExpect(redirectedUrl("/p/york/cases?status=all"));

        assertThat(heads("/p/york/cases", tola)).containsExactly("Client", "Closed", "Case");
        assertThat(heads("/p/york/cases", sam)).containsExactly("Case", "Flags");
        assertThat(heads("/p/york/cases?cols=status,code", sam)).containsExactly("Status", "Case");
        assertThat(heads("/cases", sam))
                .containsExactly("Case", "Client", "Status", "Assigned to", "Project", "Opened");
        mvc.perform(as(sam, post("/p/york/cases/columns").param("do", "reset"))).andExpect(status().isFound());
        assertThat(heads("/p/york/cases", sam)).containsExactly("Client", "Closed", "Case");
        mvc.perform(as(
                        sam,
                        post("/p/york/cases/columns").param("column", "code").param("for", "all")))
                .andExpect(status().isForbidden());
    }

    /** A manager sees cases, but neither numbers nor who brought the client: no filter, order or search may tell either. */
    @Test
    void answersNothingAboutWhatItHides() throws Exception {
        UserId max = fixtures.aPerson("Max", york, Role.MANAGER);

        assertThat(codes("/p/york/cases?q=905 555 0171", eve)).containsExactly(lena);
        assertThat(codes("/p/york/cases?q=905 555 0171", max)).isEmpty();
        assertThat(page("/p/york/cases", max).text()).doesNotContain("Came through");
        for (String address : List.of("source=self", "cols=source", "op.source=filled")) {
            mvc.perform(as(max, get(URI.create("/p/york/cases?" + address)))).andExpect(status().isBadRequest());
            mvc.perform(as(max, get(URI.create("/cases?" + address)))).andExpect(status().isBadRequest());
        }
    }

    /** Where somebody else's client would stand by name must not be told by a page that begins there. */
    @Test
    void beginsNoPageAtACaseThatIsHidden() throws Exception {
        Project torino = fixtures.aProjectInItaly();
        UserId giulia = fixtures.aPerson("Giulia", torino, Role.CASEWORKER);
        long hidden = jdbc.sql("select id from case_file where code = :code")
                .param("code", lena)
                .query(Long.class)
                .single();

        mvc.perform(as(giulia, get(URI.create("/cases?sort=client&after=-~0~" + hidden))))
                .andExpect(status().isBadRequest());
        assertThat(codes("/cases?sort=client&after=-~0~" + hidden, eve)).containsExactly(omar);
    }

    @Test
    void followsAClientsNewNameAndResolvedFlags() throws Exception {
        jdbc.sql(
                        "update profile set given_name = 'Zoe', search_name = 'zoe whitfield' where search_name = 'dana whitfield'")
                .update();
        cases.resolveFlag(dana, Flag.Kind.SAFEGUARDING, "", sam);

        assertThat(codes("/p/york/cases?q=zoe", eve)).containsExactly(dana);
        assertThat(codes("/p/york/cases?q=dana", eve)).isEmpty();
        assertThat(codes("/p/york/cases?sort=-client", eve)).startsWith(dana);
        assertThat(codes("/p/york/cases?flag=*", eve)).isEmpty();
    }

    @Test
    void saysWhatToDoWhenNothingFits() throws Exception {
        Document page = page("/p/york/cases?q=chen", eve);

        assertThat(page.select(".empty").text()).contains("No case fits", "another organisation");
        assertThat(page.select(".buttons-middle a").eachText())
                .containsExactly("Look in all statuses", "Clear", "Look in all my projects");
        assertThat(codes(page.select(".buttons-middle a").attr("href"), eve)).containsExactly(paul);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        users.chooseLocale(eve, Locale.forLanguageTag(language));
        for (String path : List.of(
                "/p/york/cases?flag=!risk&opened=2026-01-01..2026-12-31&assigned=any&cols=code,client,flag,mode,waiting,reason,source,language",
                "/p/york/cases?q=nobody&closed=..2026-01-01",
                "/p/york/cases?assigned={sam}&opened=2026-11-01..".replace("{sam}", sam.toString()),
                "/cases?status=all&reason=*&waiting=-",
                "/search?q=whit")) {
            Document page = page(path, eve);
            assertThat(page.outerHtml()).as(path).doesNotContain("??");
            assertThat(page.select("html").attr("lang")).isEqualTo(language);
        }
    }

    @Test
    void asksFewStatements() throws Exception {
        List<String> list = SqlCount.during(() -> page("/p/york/cases?flag=*&assigned=any&q=dana", eve));
        List<String> all = SqlCount.during(() -> page("/cases?q=dana", eve));

        assertThat(list).as(String.join("\n", list)).hasSizeLessThanOrEqualTo(14);
        assertThat(list)
                .as("the list and its frame read projects once")
                .filteredOn(sql -> sql.contains("from project p\n"))
                .hasSize(1);
        assertThat(all).as(String.join("\n", all)).hasSizeLessThanOrEqualTo(14);
    }

    private List<String> named(String names) {
        return names.isEmpty()
                ? List.of()
                : List.of(names.split(" ")).stream()
                        .map(name -> switch (name) {
                            case "dana" -> dana;
                            case "omar" -> omar;
                            case "lena" -> lena;
                            default -> paul;
                        })
                        .toList();
    }

    private List<String> codes(String path, UserId person) throws Exception {
        return page(path, person).select("tbody .case-code").eachText();
    }

    private List<String> heads(String path, UserId person) throws Exception {
        return page(path, person).select("thead .head > a, thead .head > span").eachText();
    }

    private Document page(String path, UserId person) throws Exception {
        String address = path.replace(" ", "%20").replace("%&", "%25&").replaceAll("%$", "%25");
        return Jsoup.parse(mvc.perform(as(person, get(URI.create(ascii(address)))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private static String ascii(String address) {
        return org.springframework.web.util.UriUtils.encodePath(address, "UTF-8")
                .replace("%3F", "?")
                .replace("%25", "%")
                .replaceAll("%(?![0-9A-F]{2})", "%25");
    }

    private static MockHttpServletRequestBuilder as(UserId person, MockHttpServletRequestBuilder request) {
        return request.with(People.signedIn(person)).with(csrf()).locale(Locale.ENGLISH);
    }
}
