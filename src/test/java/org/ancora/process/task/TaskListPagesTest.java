package org.ancora.process.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of tasks as people find, filter and page through it. */
@AncoraTest
class TaskListPagesTest {

    @Autowired
    private CaseworkFixtures casework;

    @Autowired
    private TaskFixtures fixtures;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private Pages pages;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private UserId coordinator;
    private CaseSummary dana;

    @BeforeEach
    void aCaseWithATask() {
        TaskFixtures.Asked asked = fixtures.aCaseWithATask();
        york = asked.york();
        sam = asked.sam();
        coordinator = asked.coordinator();
        dana = asked.dana();
    }

    @Test
    void listShowsWhatIsMineByWhenItIsDue() throws Exception {
        startDueIn(0);
        startDueIn(2);
        startDueIn(9);
        clockwork.moveTo(clock.instant().plus(Duration.ofMinutes(1)));

        Document mine = pages.page("/tasks", sam);
        Document upcoming = pages.page("/tasks?tab=upcoming", sam);

        assertThat(mine.select("main h2").eachText()).containsExactly("Late", "This week");
        assertThat(mine.select(".rows > li")).hasSize(3);
        assertThat(mine.select(".pill[aria-current]").text()).isEqualTo("Mine 3");
        assertThat(mine.select(".rows .row-title").eachText()).allMatch(title -> title.startsWith("Ask the client"));
        assertThat(mine.text()).contains("Dana Whitfield").contains(dana.code());
        assertThat(upcoming.select(".rows > li")).hasSize(1);
    }

    @Test
    void todayNamesTheFirstFiveAndSaysWhenNothingIsLeft() throws Exception {
        for (int number = 0; number < 6; number++) {
            startDueIn(3 - number % 2);
        }

        Document today = pages.page("/", sam);
        List<String> list = pages.page("/tasks", sam).select(".rows .row-title").eachAttr("href");

        assertThat(list).hasSizeGreaterThan(5);
        assertThat(today.select(".first-rows .row-title").eachAttr("href")).isEqualTo(list.subList(0, 5));
        assertThat(pages.page("/", coordinator).select(".first-rows")).isEmpty();
        assertThat(pages.page("/", coordinator).text()).contains("Nothing to do for now");
    }

    @Test
    void listFindsByFiltersAndTakesThemAwayAgain() throws Exception {
        startDueIn(2);

        Document found = pages.page("/tasks?text=" + dana.code() + "&procedure=task-test&step=ask", sam);
        Document none = pages.page("/tasks?text=%25&sort=newest", sam);

        assertThat(found.select(".rows > li")).hasSize(1);
        assertThat(found.select(".rule-chip")).hasSize(3);
        assertThat(found.select(".rule-chip").get(0).attr("href")).doesNotContain("procedure=task-test");
        assertThat(none.text()).contains("No task fits these filters");
        assertThat(pages.page("/tasks?tab=nonsense&after=x&project=abc", sam).select(".rows > li"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"due", "newest", "case"})
    void pagesGoOnFromTheLastRow(String sort) throws Exception {
        for (int number = 0; number < 60; number++) {
            fixtures.start(dana.code(), york.id(), sam, number % 4);
        }

        Document first = pages.page("/tasks?sort=" + sort, sam);
        String next = first.select("nav a:contains(Next page)").attr("href");
        Document second = pages.page(next, sam);

        assertThat(first.select(".rows > li")).hasSize(50);
        assertThat(second.select(".rows > li")).hasSize(11);
        List<String> ids = first.select(".row-title").eachAttr("href");
        assertThat(second.select(".row-title").eachAttr("href")).doesNotContainAnyElementsOf(ids);
        assertThat(second.select("nav a:contains(Next page)")).isEmpty();
    }

    @Test
    void listTakesFewStatementsHoweverManyRows() throws Exception {
        for (int number = 0; number < 9; number++) {
            fixtures.start(casework.aClient(york).openCase().code(), york.id(), sam, number % 4);
        }
        pages.page("/tasks", sam);
        List<String> few = SqlCount.during(() -> pages.page("/tasks", sam));
        jdbc.sql("""
                        insert into work_item (id, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, form, title,
                               title_arguments, case_code, project_id, teams, assignee, opens_at, due_at, created_at,
                               priority, kind)
                        select id || '-' || n, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, form, title,
                               title_arguments, case_code, project_id, teams, assignee, opens_at, due_at, created_at,
                               priority, kind
                          from work_item, generate_series(1, 50) n where element = 'ask'
                        """).update();
        List<String> many = SqlCount.during(() -> pages.page("/tasks", sam));
        List<String> team = SqlCount.during(() -> pages.page("/tasks?tab=team", coordinator));

        assertThat(many).hasSameSizeAs(few).hasSizeLessThanOrEqualTo(12);
        assertThat(team).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void countsStopAtAThousand() throws Exception {
        jdbc.sql("""
                        insert into work_item (id, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, title,
                               title_arguments, case_code, project_id, teams, assignee, due_at, created_at, priority, kind)
                        select 'x' || n, '', '', definition_id, definition_id, 'p', 'p', 'e', 'e', 'T', '[]', case_code,
                               project_id, teams, assignee, due_at, created_at, 50, 'task'
                          from work_item, generate_series(1, 1200) n where element = 'ask'
                        """).update();

        assertThat(pages.page("/tasks", sam).select(".pill[aria-current]").text())
                .isEqualTo("Mine 1,000+");
    }

    private void startDueIn(int days) {
        fixtures.start(casework.aClient(york).openCase().code(), york.id(), sam, days);
    }
}
