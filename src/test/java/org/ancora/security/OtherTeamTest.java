package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Attack 15: what search, counts, badges, bubbles and the order of lists tell of another team. */
@AncoraTest
class OtherTeamTest {

    private static final List<String> PATHS = List.of(
            "/",
            "/cases",
            "/cases?status=all",
            "/cases?q=zorabelle",
            "/cases?q=Quimble&status=all",
            "/cases?q=5550163&status=all",
            "/cases?q=YRK&status=all",
            "/cases?q=%25&status=all",
            "/cases?q=_&status=all",
            "/cases?assigned=any&status=all",
            "/cases?assigned=1&status=all",
            "/cases?assigned=2&status=all",
            "/cases?after=2999-01-01T00:00:00Z~999999&status=all",
            "/search?q=Zorabelle",
            "/search?q=YRK-2026-0001",
            "/search?q=yrk-2026-0001",
            "/search?q=905+555+0163",
            "/p/torino",
            "/p/torino/cases?status=all",
            "/p/torino/cases?q=zorabelle&status=all",
            "/tasks",
            "/tasks?tab=team",
            "/tasks?tab=unassigned",
            "/tasks?tab=upcoming",
            "/tasks?tab=calls",
            "/tasks?tab=team&project=1",
            "/tasks?tab=team&text=YRK",
            "/tasks?tab=team&sort=case",
            "/tasks?tab=team&procedure=engagement-on-entry&step=record-round",
            "/notices",
            "/print",
            "/print?project=york",
            "/intakes/new");

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Users users;

    @Autowired
    private JdbcClient jdbc;

    private Lived lived;
    private CaseSummary theirs;

    @BeforeEach
    void live() throws Exception {
        lived = household.live();
        theirs = fixtures.aClient(lived.torino()).named("Bianca", "Ferrero").openCase();
    }

    /** A query without the scope finds the case, which shows that there is something to be found. */
    @Test
    void withoutTheScopeThereWouldBeSomethingToFind() {
        assertThat(cases.byCode(lived.code()).client()).isEqualTo("Zorabelle Quimbleworth");
        assertThat(jdbc.sql("select count(*) from case_file c join profile p on p.id = c.profile_id"
                                + " where p.search_name like '%zorabelle%'")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void showsNothingOfThem() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (String path : PATHS) {
            // What somebody typed themselves stands in the box and the heading of their own search.
            String typed = path.replaceFirst(".*[?&](?:q|text)=([^&]*).*", "$1").replace('+', ' ');
            String page = page(path, lived.stranger()).html().replace(typed, "");
            all.assertThat(page)
                    .as(path)
                    .doesNotContain(Household.SECRETS.toArray(String[]::new))
                    .doesNotContain(lived.code(), "Individual support", "Sam Bouchard", "Cora Lindqvist", "/p/york");
        }
        all.assertAll();
    }

    /** Every number on every list is the same whether or not the other team has a case. */
    @Test
    void countsNothingOfThem() throws Exception {
        Map<String, String> with = numbers();
        jdbc.sql("delete from work_item where case_code = :code")
                .param("code", lived.code())
                .update();
        jdbc.sql("set session_replication_role = replica; delete from case_file where code = '" + lived.code()
                        + "'; set session_replication_role = origin")
                .update();

        assertThat(numbers()).isEqualTo(with);
        assertThat(with.get("/cases?status=all")).as("there is one of ours").contains("1");
    }

    /** The order of a list is no oracle: a place that lies beyond a hidden row continues with the same rows. */
    @Test
    void ordersNothingByThem() throws Exception {
        for (String after : List.of(
                theirs.openedAt() + "~0~" + (theirs.id().value() + 1),
                theirs.openedAt().plusSeconds(1) + "~0~1")) {
            Document page = page("/cases?status=all&after=" + after, lived.stranger());
            assertThat(page.select("a[href^=/cases/TOR]")).isNotEmpty();
            assertThat(page.html()).doesNotContain("YRK-");
        }
    }

    /**
     * Who may see cases but not how clients are reached must not find them by their number either: a search for its digits,
     * a few at a time, would tell all of it.
     */
    @Test
    void findsNobodyByANumberThatOneMayNotSee() throws Exception {
        UserId manager = fixtures.aPerson("Max Ode", lived.york(), Role.MANAGER);

        assertThat(page("/cases?q=5550163", lived.worker()).html()).contains(lived.code());
        for (String digits : List.of("5550163", "905+555+0163", "0163", "9055")) {
            assertThat(page("/cases?q=" + digits, manager).html()).doesNotContain(lived.code());
            assertThat(page("/search?q=" + digits, manager).html()).doesNotContain(lived.code());
        }
        assertThat(page("/cases?q=zorabelle", manager).html()).contains(lived.code());
    }

    /** The worker of another project cannot be put on a case, nor asked about by id. */
    @Test
    void namesNobodyOfAnotherTeam() throws Exception {
        MockHttpServletResponse answer = web.perform(post("/cases/" + theirs.code() + "/assign")
                        .param("worker", lived.worker().toString())
                        .param("version", "0")
                        .with(csrf())
                        .with(signedIn(lived.stranger())))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getContentAsString()).doesNotContain("Sam Bouchard");
        assertThat(cases.byCode(theirs.code()).assignee()).isNull();
    }

    /** A role in one project is none in another, even for somebody who belongs to both. */
    @Test
    void mixesNoRolesOfTwoProjects() throws Exception {
        UserId both = fixtures.aPerson("Two Hats", lived.torino(), Role.SUPERVISOR);
        users.grant(both, lived.york().id(), Role.OWNER, UserId.SYSTEM);

        assertThat(web.perform(get("/cases/" + lived.code()).with(signedIn(both)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(page("/cases?status=all", both).html())
                .doesNotContain(lived.code())
                .contains(theirs.code());
        assertThat(page("/tasks?tab=team", both).html()).doesNotContain(lived.code());
        assertThat(page("/p/york/cases", both).html()).doesNotContain(Household.SECRETS.toArray(String[]::new));
    }

    private Map<String, String> numbers() throws Exception {
        Map<String, String> found = new java.util.TreeMap<>();
        for (String path : List.of(
                "/",
                "/cases?status=all",
                "/p/torino",
                "/tasks",
                "/tasks?tab=team",
                "/tasks?tab=unassigned",
                "/notices")) {
            Document page = page(path, lived.stranger());
            found.put(path, String.join(" ", page.select("main, nav").text().replaceAll("\\D+", " ")));
        }
        return found;
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = web.perform(
                        get(java.net.URI.create(path)).with(signedIn(who)))
                .andReturn()
                .getResponse();
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
