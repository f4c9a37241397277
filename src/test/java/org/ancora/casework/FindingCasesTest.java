package org.ancora.casework;

import static org.ancora.access.People.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Cases as they are found again: the recent ones, by words, in lists. */
@AncoraTest
class FindingCasesTest {

    @Autowired
    private DanasCase danasCase;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Pages pages;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private UserId eve;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        DanasCase.Lived lived = danasCase.open();
        york = lived.york();
        sam = lived.sam();
        eve = lived.eve();
        dana = lived.dana();
    }

    @Test
    void remembersRecentCases() throws Exception {
        assertThat(pages.page("/", sam).select(".case-lines li")).isEmpty();

        pages.page(dana.path(), sam);

        assertThat(pages.page("/", sam).select(".case-lines").text()).contains("Dana Whitfield", dana.code());
        assertThat(pages.page("/p/york", sam).select(".case-lines").text()).contains("Dana Whitfield");
        assertThat(pages.page("/", eve).select(".case-lines li")).isEmpty();
    }

    @Test
    void countsTheCasesOfAProject() throws Exception {
        fixtures.aClient(york).openCase();
        cases.close(fixtures.aClient(york).openCaseFor(sam).code(), "declined", sam);

        assertThat(pages.page("/p/york", sam).select(".counts strong").eachText())
                .containsExactly("3", "1", "1", "1");
    }

    /** However cases come, change and go, and although the rows of the tally are drawn together on the way. */
    @Test
    void keepsCountOfManyCases() throws Exception {
        for (int each = 0; each < 120; each++) {
            jdbc.sql("""
                            insert into case_file (code, project_id, profile_id, status, status_id, assignee, service_mode,
                                                   source_kind, opened_at)
                            select :code, c.project_id, c.profile_id, s.status, s.id, case when :n % 4 > 0 then c.assignee end,
                                   'individual', 'self', c.opened_at
                              from case_file c
                              join (select id, project_id, key as status from project_status) s
                                on s.project_id = c.project_id and s.status = 'new'
                             where c.code = :dana
                            """)
                    .param("code", "YRK-2020-%04d".formatted(each))
                    .param("n", each)
                    .param("dana", dana.code())
                    .update();
        }
        assertThat(kept()).isEqualTo(read());
        assertThat(jdbc.sql("select count(*) from case_tally")
                        .query(Integer.class)
                        .single())
                .isLessThan(110);
        for (String change : List.of(
                """
                update case_file c set status = 'closed', status_id = s.id, closed_at = c.opened_at, closing_reason = 'declined'
                  from project_status s
                 where s.project_id = c.project_id and s.key = 'closed' and c.code between 'YRK-2020-0010' and 'YRK-2020-0060'
                """,
                """
                update case_file c set status = 'new', status_id = s.id, closed_at = null, closing_reason = null
                  from project_status s
                 where s.project_id = c.project_id and s.key = 'new' and c.code between 'YRK-2020-0020' and 'YRK-2020-0030'
                """,
                "update case_file set assignee = null where code like 'YRK-2020-00%'",
                "delete from case_file where code like 'YRK-2020-005%'")) {
            jdbc.sql(change).update();
            assertThat(kept()).as(change).isEqualTo(read());
        }
        assertThat(pages.page("/p/york", sam)
                        .select(".counts strong")
                        .eachText()
                        .get(0))
                .isEqualTo("111");
    }

    private List<Map<String, Object>> kept() {
        return jdbc.sql("""
                        select project_id, closed, assigned, sum(cases)::int as cases from case_tally
                         group by 1, 2, 3 having sum(cases) <> 0 order by 1, 2, 3
                        """).query().listOfRows();
    }

    private List<Map<String, Object>> read() {
        return jdbc.sql("""
                        select project_id, status = 'closed' as closed, assignee is not null as assigned, count(*)::int as cases
                          from case_file group by 1, 2, 3 order by 1, 2, 3
                        """).query().listOfRows();
    }

    @ParameterizedTest
    @CsvSource({"whitf, 1", "WHÍTF, 1", "0001, 1", "905 555 0155, 1", "5550199, 0", "%, 0", "zzz, 0"})
    void findsByNameCodeAndNumber(String text, int found) throws Exception {
        String path = "/p/york/cases?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);

        assertThat(pages.page(path, sam).select("tbody tr")).hasSize(found);
    }

    @Test
    void leadsStraightToACodeThatWasTypedWhole() throws Exception {
        mvc.perform(as(sam, get("/search").param("q", "yrk-2026-0001"))).andExpect(redirectedUrl(dana.path()));
    }

    @Test
    void filtersByStatusAndAssignee() throws Exception {
        String mine = dana.code();
        String nobodys = fixtures.aClient(york).openCase().code();
        String closed = fixtures.aClient(york).openCase().code();
        cases.close(closed, "refused", eve);

        assertThat(codes("/p/york/cases")).containsExactly(nobodys, mine);
        assertThat(codes("/p/york/cases?assigned=mine")).containsExactly(mine);
        assertThat(codes("/p/york/cases?assigned=none")).containsExactly(nobodys);
        assertThat(codes("/p/york/cases?assigned=any")).containsExactly(mine);
        assertThat(codes("/p/york/cases?assigned=" + sam)).containsExactly(mine);
        assertThat(codes("/p/york/cases?status=closed")).containsExactly(closed);
        assertThat(codes("/p/york/cases?status=all")).containsExactly(closed, nobodys, mine);
        assertThat(codes("/p/york/cases?status=new")).containsExactly(nobodys);
        for (String wrong : List.of("status=odd", "assigned=x", "after=x", "after=2026-11-23T14:10:00Z~x")) {
            mvc.perform(as(sam, get("/p/york/cases?" + wrong))).andExpect(status().isBadRequest());
        }
    }

    @Test
    void goesOnWhereThePageBeforeEndedEvenWhenManyWereOpenedAtOnce() throws Exception {
        for (int each = 0; each < 60; each++) {
            fixtures.aClient(york).openCase();
        }

        Document first = pages.page("/p/york/cases", sam);
        Document second = pages.page(first.select(".paging a").attr("href"), sam);

        List<String> seen = new ArrayList<>(first.select("tbody .case-code").eachText());
        assertThat(seen).hasSize(50);
        seen.addAll(second.select("tbody .case-code").eachText());
        assertThat(seen).hasSize(61).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void asksFewStatementsHoweverManyCases() throws Exception {
        int few = SqlCount.during(() -> pages.page("/p/york/cases", sam)).size();
        for (int each = 0; each < 40; each++) {
            fixtures.aClient(york).openCaseFor(sam);
        }

        List<String> many = SqlCount.during(() -> pages.page("/p/york/cases", sam));
        List<String> home = SqlCount.during(() -> pages.page("/", sam));
        List<String> one = SqlCount.during(() -> pages.page(dana.path(), sam));

        assertThat(many)
                .as(String.join("\n", many))
                .hasSizeLessThanOrEqualTo(few + 1)
                .hasSizeLessThanOrEqualTo(14);
        assertThat(home).as(String.join("\n", home)).hasSizeLessThanOrEqualTo(14);
        assertThat(one).as(String.join("\n", one)).hasSizeLessThanOrEqualTo(30);
    }

    private List<String> codes(String path) throws Exception {
        return pages.page(path, sam).select("tbody .case-code").eachText();
    }
}
