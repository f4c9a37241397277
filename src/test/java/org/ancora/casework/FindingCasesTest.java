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
