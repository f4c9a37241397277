package org.ancora.casework;

import static org.ancora.access.People.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Who read a case, and who may know. */
@AncoraTest
class CaseReadersTest {

    @Autowired
    private DanasCase danasCase;

    @Autowired
    private CaseworkFixtures fixtures;

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
    void keepsWhoReadWhat() throws Exception {
        pages.page(dana.path(), sam);
        pages.page(dana.path() + "/consents", sam);

        assertThat(jdbc.sql("select subject || ' ' || how from read_access where case_code = :code order by id")
                        .param("code", dana.code())
                        .query(String.class)
                        .list())
                .containsExactly("case page", "profile page");
    }

    @Test
    void tellsWhoReadTheCasePageByPage() throws Exception {
        for (int each = 0; each < 60; each++) {
            pages.page(dana.path(), sam);
        }
        pages.page(dana.path() + "/consents", sam);

        Document first = pages.page(dana.path() + "/reads", eve);
        assertThat(first.select("#reads tbody tr")).hasSize(50);
        assertThat(first.select("#reads tbody tr").get(0).select("td").eachText())
                .containsExactly("Mon 23 Nov, 9:10", "Eve Adeyemi", "Who read this", "Page");
        assertThat(first.select("#reads tbody tr").get(2).select("td").eachText())
                .containsExactly("Mon 23 Nov, 9:10", "Sam Bouchard", "Client’s contacts and consents", "Page");
        Document second = pages.page(first.select("#reads .paging a").attr("href"), eve);
        // 60 + 1 by Sam, the case's head and the log itself by Eve, twice; the second page begins after the first 50.
        assertThat(second.select("#reads tbody tr")).hasSize(13);
        assertThat(second.select("#reads .paging")).isEmpty();
        assertThat(jdbc.sql("select count(*) from read_access where subject = 'read-log' and case_code = :code")
                        .param("code", dana.code())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        mvc.perform(as(eve, get(dana.path() + "/reads?after=x"))).andExpect(status().isBadRequest());
    }

    @Test
    void keepsTheReadLogToThoseWhoWatchOverIt() throws Exception {
        UserId privacy = fixtures.aPerson("Petra", york, Role.PRIVACY);

        assertThat(pages.page(dana.path() + "/reads", privacy).select("#reads tbody tr"))
                .isNotEmpty();
        for (Role role : List.of(Role.CASEWORKER, Role.COORDINATOR, Role.MANAGER, Role.RECEPTION)) {
            UserId other = fixtures.aPerson(role.name(), york, role);
            assertThat(pages.page(dana.path(), other).select(".tabs").text()).doesNotContain("Who read this");
            mvc.perform(as(other, get(dana.path() + "/reads"))).andExpect(status().isNotFound());
        }
    }
}
