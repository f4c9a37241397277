package org.ancora.process.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.ancora.web.SheetWriter;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * Every figure of the monitor, worked out by hand. Two versions of one procedure (plan; of thorough ones, wait; close) live
 * through sixteen days from Monday 4 January 2027, and one procedure ran six weeks earlier:
 *
 * <pre>
 *      version  begun  planned (due)   waited until  closed  now
 *   Z     1     -42 d  -41 d (-39 d)                 -40 d
 *   A     1       0    2 d (3 d)                     4 d
 *   B     1       0    5 d (3 d): late  12 d         13 d
 *   C     1       3 d  (60 d)                                plans
 *   D     2       7 d  8 d (10 d)                    9 d
 *   E     2       8 d  9 d (10 d)       40 d                 waits
 *   F     2       9 d  (11 d)                                plans, late
 *   G     2      14 d  (18 d)                                plans, nobody's, could not go on
 *   H     2      14 d  (20 d)                                stopped after a day
 * </pre>
 */
@AncoraTest
class FiguresTest {

    /** Weeks and days as the page names them and as a file does. */
    private static final Map<String, String> DAYS = Map.ofEntries(
            Map.entry("Mon 28 Dec 2026", "2026-12-28"),
            Map.entry("Mon 4 Jan", "2027-01-04"),
            Map.entry("Mon 11 Jan", "2027-01-11"),
            Map.entry("Mon 18 Jan", "2027-01-18"),
            Map.entry("Wed 20 Jan", "2027-01-20"),
            Map.entry("Thu 21 Jan", "2027-01-21"),
            Map.entry("Fri 22 Jan", "2027-01-22"),
            Map.entry("Sat 23 Jan", "2027-01-23"),
            Map.entry("Sun 24 Jan", "2027-01-24"),
            Map.entry("Mon 25 Jan", "2027-01-25"),
            Map.entry("Tue 26 Jan", "2027-01-26"));

    private static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");
    private static final ProcessVariable<Instant> UNTIL = ProcessVariable.instant("until");
    private static final ProcessVariable<Boolean> THOROUGH = ProcessVariable.flag("thorough");
    private static final Pattern CSV_CELL = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    Processes processes;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Clock clock;

    @Autowired
    Sums sums;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Pages pages;

    @TempDir
    Path folder;

    private final List<String> deployed = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private Project york;
    private UserId marta;
    private UserId ann;
    private UserId ben;
    private Instant monday;

    @BeforeEach
    void live() throws IOException {
        ids.clear();
        york = fixtures.aProjectInOntario();
        marta = fixtures.aPerson("Marta Gil", york, Role.MANAGER);
        ann = fixtures.aPerson("Ann Lee", york, Role.CASEWORKER);
        ben = fixtures.aPerson("Ben Ito", york, Role.CASEWORKER);
        monday = clock.instant().plus(Duration.ofDays(42));
        publish("counted");
        begin("Z", "counted", ann, -39, false);
        at(-41).finish("Z");
        at(-40).finish("Z");
        at(0);
        begin("A", "counted", ann, 3, false);
        begin("B", "counted", ann, 3, true);
        at(2).finish("A");
        at(3).begin("C", "counted", ann, 60, false);
        at(4).finish("A");
        at(5).finish("B");
        at(7).publish("counted");
        begin("D", "counted", ann, 10, false);
        at(8).finish("D");
        begin("E", "counted", ann, 10, true);
        at(9).finish("D");
        runtime.setVariable(id("E"), "until", java.util.Date.from(day(40)));
        finish("E");
        begin("F", "counted", ben, 11, false);
        at(13).finish("B");
        at(14).begin("G", "counted", ann, 18, false);
        begin("H", "counted", ann, 20, false);
        tasks.setAssignee(task("G").getId(), null);
        runtime.createIncident("test", task("G").getExecutionId(), "test");
        at(15);
        runtime.deleteProcessInstance(id("H"), "test", false, true);
        at(16);
    }

    @AfterEach
    void forget() {
        deployed.forEach(deployment -> repository.deleteDeployment(deployment, true));
        deployed.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "waiting | 0        | 3 4.0 d  | 0        | 5 7.0 d | 1 32 h | 0",
                "visits  | 5 8×     | 5 8×     | 3 4×     | 2 2×    | 2 3×   | 2 3×",
                "lateness| 0        | 5 40 %   | 0        | 0       | 0      | 0"
            })
    void heat(String by, String begin, String plan, String thorough, String wait, String close, String done)
            throws Exception {
        Document page = flow("&by=" + by);

        Map<String, String> heat = new HashMap<>();
        Map<String, String> pills = new HashMap<>();
        Matcher marks = Pattern.compile(
                        "\"element\":\"([^\"]+)\",\"level\":(\\d),\"text\":\"([^\"]*)\",\"open\":\"([^\"]*)\",\"late\":\"([^\"]*)\",\"failed\":\"([^\"]*)\"")
                .matcher(page.select("#heat").html());
        while (marks.find()) {
            heat.put(marks.group(1), (marks.group(2) + " " + marks.group(3)).strip());
            pills.put(marks.group(1), (marks.group(4) + " " + marks.group(5) + " " + marks.group(6)).strip());
        }
        assertThat(heat)
                .isEqualTo(Map.of(
                        "begin",
                        begin,
                        "plan",
                        plan,
                        "thorough-one",
                        thorough,
                        "wait",
                        wait,
                        "close",
                        close,
                        "done",
                        done));
        assertThat(pills).containsEntry("plan", "3 1 late 1 failed").containsEntry("wait", "1");
        // The same for whoever hears or reads it: the diagram in words.
        assertThat(page.select(".diagram-outline li:has(> .outline-title:contains(Plan)) > .chip")
                        .text())
                .isEqualTo("3 places now · 1 late · 1 failed"
                        + (plan.contains(" ") ? " · " + plan.substring(plan.indexOf(' ') + 1) : ""));
    }

    /** Once read row by row, once off the sums of the days that are gone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stepsVersionsAndPaths(boolean summed) throws Exception {
        if (summed) {
            sums.sumUntil(clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1));
        }
        Document page = flow("");

        assertThat(rows(page, "#steps"))
                .containsExactlyInAnyOrder(
                        "Begun | 0 | 0 | 0 | 8 | 0 min | nothing due",
                        "Plan | 3 | 1 | 1 | 8 | 4.0 d | 40 %",
                        "Thorough? | 0 | 0 | 0 | 4 | 0 min | nothing due",
                        "Wait | 1 | 0 | 0 | 2 | 7.0 d | nothing due",
                        "Close | 0 | 0 | 0 | 3 | 32 h | nothing due",
                        "Done | 0 | 0 | 0 | 3 | 0 min | nothing due");
        assertThat(rows(page, "section[aria-labelledby=versions-title]"))
                .containsExactly(
                        "Begun | 5 | 3",
                        "Finished | 1 | 2",
                        "Took on average | 36 h | 8.5 d",
                        "Wait | 7.0 d | 7.0 d",
                        "Plan | 2.4 d | 6.7 d",
                        "Close | 24 h | 36 h");
        String common = "2 procedures 50 % of all half of them within 3.0 d 9 of 10 within 4.0 d"
                + " The commonest one 1 Plan 2 Close 3 Done";
        String stopped = "1 procedure 25 % of all took 24 h 1 Plan Ends there";
        String slow = "1 procedure 25 % of all took 13.0 d 1 Plan 2 Wait 3 Close 4 Done";
        assertThat(page.select("section[aria-labelledby=commonest-title] .lane").eachText())
                .containsExactly(common, stopped, slow);
        assertThat(page.select("section[aria-labelledby=slowest-title] .lane").eachText())
                .containsExactly(slow, common, stopped);
        assertThat(page.select(".lane strong").eachText())
                .as("what the commonest way does not have")
                .containsOnly("Wait");
        assertThat(page.select(".monitor-cards a").eachText())
                .containsExactly(
                        "4 places taken now",
                        "1 late now",
                        "1 could not be done",
                        "60 % of what fell due was done in time");
        assertThat(rows(flow("&version=2"), "#steps"))
                .contains("Plan | 2 | 1 | 1 | 5 | 2.4 d | 33 %", "Wait | 1 | 0 | 0 | 1 | 7.0 d | nothing due");
        assertThat(rows(pages.page("/monitor/flows/counted?weeks=13", marta), "#steps"))
                .as("with the one of six weeks ago, which planned a day")
                .contains("Plan | 3 | 1 | 1 | 9 | 3.7 d | 33 %");
    }

    /** Begun and finished count in the version in which it stands, however long ago it began, and so do the lists behind. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasMovedToAnotherVersionCountsInThatOne(boolean summed) throws Exception {
        if (summed) {
            sums.sumUntil(clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1));
        }
        runtime.newMigration(runtime.createMigrationPlan(definition(1), definition(2))
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(id("C"))
                .execute();

        Document page = flow("");

        assertThat(rows(page, "section[aria-labelledby=versions-title]"))
                .startsWith("Begun | 6 | 2", "Finished | 1 | 2");
        assertThat(page.select("section[aria-labelledby=versions-title] > p").text())
                .contains("moved to another version");
        String begun = page.select("section[aria-labelledby=versions-title] tbody tr:first-child a")
                .first()
                .attr("href");
        assertThat(pages.page(begun, marta).select("main [role=status]").text()).isEqualTo("6 procedures");
    }

    /** Nobody was late, since nothing was due: that is no promise kept. */
    @Test
    void whereNothingFellDueNothingWasInTime() throws Exception {
        publish("counted-too");
        begin("X", "counted-too", ann, 60, false);

        Document page = pages.page("/monitor/flows/counted-too", marta);

        assertThat(page.select(".monitor-cards a").eachText())
                .containsExactly("1 place taken now", "0 late now", "0 could not be done", "– nothing due");
        assertThat(rows(page, "#steps")).contains("Plan | 1 | 0 | 0 | 1 | 0 min | nothing due");
        assertThat(csv("steps", "flow", "counted-too"))
                .contains(List.of("Plan", "1", "0", "0", "1", "0.00", "nothing due"));
        assertThat(rows(pages.page("/monitor", marta, "es"), "#levels"))
                .contains("Primera llamada | 0 | 0 | nada vencía");
        assertThat(csv("levels")).contains(List.of("First call", "0", "0", "nothing due"));
    }

    /** Each place says of which procedure it is, and what was done there is told by the name that it has in that one. */
    @Test
    void whatIsMovedInWhatWasCalledIsCalledByItsName() throws Exception {
        deployed.add(repository
                .createDeployment()
                .name("counted")
                .addString("counted.bpmn", counted().replace("name=\"Plan\"", "name=\"Make a plan\""))
                .deploy()
                .getId());
        publish("calling");
        begin("X", "calling", ann, 20, false);
        String path = "/monitor/instances/" + id("X");

        Document form = pages.page(path + "/move", marta);

        assertThat(form.select("label:has(input[name=what])").eachText())
                .containsExactlyInAnyOrder("Have it counted (Calling)", "Make a plan (Counted)");
        assertThat(form.select("#to option:not([value=''])").eachText())
                .allMatch(target -> target.endsWith(" (Calling)") || target.endsWith(" (Counted)"));
        MockHttpServletResponse moved = pages.send(
                post(path + "/move")
                        .param(
                                "what",
                                form.select("label:contains(Make a plan) input").attr("value"))
                        .param(
                                "to",
                                form.select("#to option:contains(Make a plan)").attr("value"))
                        .param("version", form.select("input[name=version]").attr("value"))
                        .param("reason", "It was agreed so")
                        .param("confirmed", "true"),
                marta);
        assertThat(moved.getStatus()).isEqualTo(302);
        assertThat(pages.page(path, marta).select(".steered").text())
                .contains("Marta Gil took it from “Make a plan” to “Make a plan”");
    }

    /** A procedure that waits in one that it called is late with it: there, in the list, and at the step that called. */
    @Test
    void whoIsLateInWhatItCalledIsLate() throws Exception {
        publish("calling");
        begin("X", "calling", ann, 20, false);
        begin("Y", "calling", ann, 60, false);
        at(22);

        Document page = pages.page("/monitor/flows/calling", marta);

        assertThat(page.select(".monitor-cards a").eachText())
                .startsWith("2 places taken now", "1 late now")
                .endsWith("– counted with the procedure called");
        assertThat(rows(page, "#steps"))
                .contains("Have it counted | 2 | 1 | 0 | 2 | 6.0 d | counted with the procedure called");
        assertThat(codes(pages.page(
                        page.select(".monitor-cards a:contains(late)").attr("href"), marta)))
                .containsExactly(code("X"));
        assertThat(codes(pages.page(page.select("#steps td.tone-late a").attr("href"), marta)))
                .containsExactly(code("X"));
        assertThat(rows(pages.page("/monitor?flow=calling", marta), "#flows"))
                .containsExactly("Calling | 2 | 2 | 0 | 1 | 0 | 2 | 0 | –");
        assertThat(rows(pages.page("/monitor/flows/counted", marta), "#steps"))
                .as("what is called by others stands at its steps too")
                .anyMatch(row -> row.startsWith("Plan | 5 | 3 |"));
        jdbc.sql("""
                        insert into procedure_step_week
                        select :week, id_, 'begin', :york, null, 2, 0, 0, 2, 0 from engine.act_re_procdef where key_ = 'calling'
                        """)
                .param("week", LocalDate.ofInstant(day(21), ZoneOffset.UTC))
                .param("york", york.id().value())
                .update();
        assertThat(pages.page("/monitor/flows/calling", marta)
                        .select(".monitor-cards a")
                        .eachText())
                .as("nothing was late here, and somebody is late all the same")
                .endsWith(
                        "100 % of what fell due here was done in time; what is late counts with the procedure called");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatRunsTheTrendWhatFallsDueWhoCarriesItAndHowOldItIs(boolean summed) throws Exception {
        fixtures.aClient(york).openCaseFor(ann);
        fixtures.aClient(york).openCaseFor(ann);
        jdbc.sql("insert into caseload_limit (project_id, user_id, active_cases) values (:york, :ann, 1)")
                .param("york", york.id().value())
                .param("ann", ann.value())
                .update();
        if (summed) {
            sums.sumUntil(clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1));
            sums.drawTogether();
        }
        Document page = pages.page("/monitor?weeks=4&flow=counted", marta);

        assertThat(page.select(".monitor-cards a").eachText())
                .containsExactly(
                        "4 running",
                        "1 late now",
                        "1 could not be done",
                        "1 task falls due in the next 7 days",
                        "3 finished in the period");
        assertThat(rows(page, "#flows")).containsExactly("Counted | 4 | 2 | 1 | 1 | 1 | 8 | 3 | 5.0 d");
        assertThat(rows(page, "#weeks"))
                .containsExactly(
                        "Mon 28 Dec 2026 | 0 | 0 | 0",
                        "Mon 4 Jan | 3 | 1 | 0",
                        "Mon 11 Jan | 3 | 2 | 0",
                        "Mon 18 Jan | 2 | 0 | 1");
        assertThat(page.select("#weeks > p").text()).isEqualTo("In 4 weeks 8 procedures were begun and 3 finished.");
        assertThat(rows(page, "#ahead"))
                .containsExactly(
                        "Wed 20 Jan | 0",
                        "Thu 21 Jan | 0",
                        "Fri 22 Jan | 1",
                        "Sat 23 Jan | 0",
                        "Sun 24 Jan | 0",
                        "Mon 25 Jan | 0",
                        "Tue 26 Jan | 0");
        assertThat(page.select("#ahead > p").text()).isEqualTo("1 task falls due from today on; 1 is late already.");
        assertThat(rows(page, "#workers"))
                .containsExactlyInAnyOrder(
                        "Nobody yet | 1 | 0 | 0 | – | 0",
                        "Ann Lee | 1 | 0 | 2 | 1 | 0",
                        "Ben Ito | 1 | 1 | 0 | 20 | 0");
        assertThat(page.select("#workers td.tone-soon").text())
                .as("more cases than room")
                .isEqualTo("2");
        assertThat(page.select("#workers > p").text())
                .startsWith(
                        "2 people have work before them; 1 carries more cases than they have room for, and 1 has late tasks.");
        assertThat(rows(page, "#ages"))
                .containsExactly(
                        "this week | 1", "1 week | 1", "2–3 weeks | 1", "4–7 weeks | 0", "8 weeks and longer | 0");
    }

    /** A procedure of another kind has a step of the same name; another version has the same step. */
    @Test
    void everyNumberLeadsToJustThatMany() throws Exception {
        publish("counted-too");
        begin("X", "counted-too", ann, 60, false);
        fixtures.aClient(york).openCaseFor(ann);
        fixtures.aClient(york).openCaseFor(ann);
        promise("KEPT-1", 2, 1);
        promise(code("F"), 5, 6);
        for (String from : List.of(
                "/monitor?weeks=4&flow=counted",
                "/monitor?weeks=4",
                "/monitor/flows/counted?weeks=4",
                "/monitor/flows/counted?weeks=4&version=1",
                "/monitor/flows/counted?weeks=4&version=2")) {
            Document page = pages.page(from, marta);
            int followed = 0;
            for (Element link : page.select("td a, .monitor-cards a[href^=/], .lane-figures a")) {
                String number = link.text().replaceFirst(" .*", "");
                Document list = pages.page(link.attr("href"), marta);
                assertThat(list.select("tbody tr"))
                        .as(from + ": " + link.parent().text() + " " + link.attr("href"))
                        .hasSize(Integer.parseInt(number));
                assertThat(list.select(".monitor-filters [name]").eachAttr("name"))
                        .as("what can be chosen is sent once")
                        .doesNotHaveDuplicates();
                followed++;
            }
            for (Element cell : page.select("#flows td, #weeks td, #ahead td, #ages td, #steps td")) {
                if (cell.text().matches("[1-9][0-9]*")
                        && !cell.attr("data-label").equals("Visits")) {
                    assertThat(cell.select("a"))
                            .as(from + ": a way from " + cell.outerHtml())
                            .hasSize(1);
                }
            }
            assertThat(followed).as(from).isGreaterThanOrEqualTo(from.startsWith("/monitor/flows") ? 5 : 20);
        }
        assertThat(pages.page("/monitor", marta)
                        .select("#workers tr:contains(Ann Lee) a[href^=/p/]")
                        .eachText())
                .as("to the cases that somebody carries")
                .containsExactly("2");
        assertThat(codes(pages.page("/monitor/instances?step=counted:2/plan", marta)))
                .containsExactlyInAnyOrder(code("F"), code("G"));
        Document chosen = pages.page("/monitor/instances?step=counted:2/plan", marta);
        assertThat(chosen.select("#f-step option[selected]").text())
                .as("a filter that holds is seen")
                .isEqualTo("Plan (Counted, Version 2)");
        assertThat(codes(pages.page("/monitor/instances?step=counted/plan~late", marta)))
                .containsExactly(code("F"));
        assertThat(codes(pages.page("/monitor/instances?step=counted/plan~failed", marta)))
                .containsExactly(code("G"));
        assertThat(pages.page("/monitor/instances?step=counted/plan~failed", marta)
                        .select("#f-step option[selected]")
                        .text())
                .isEqualTo("Plan (Counted): could not be done");
        assertThat(codes(pages.page("/monitor/instances?flow=counted&state=begun&week=2027-01-11", marta)))
                .containsExactlyInAnyOrder(code("D"), code("E"), code("F"));
        assertThat(codes(pages.page("/monitor/instances?step=plan", marta))).contains(code("X"), code("C"), code("F"));
        assertThat(codes(pages.page("/monitor/instances?flow=counted&state=finished&weeks=4", marta)))
                .containsExactlyInAnyOrder(code("A"), code("B"), code("D"));
        Document longer = pages.page("/monitor/instances?flow=counted&state=finished&weeks=13", marta);
        assertThat(codes(longer)).contains(code("Z"));
        assertThat(longer.select("#f-weeks option[selected]").val()).isEqualTo("13");
        assertThat(pages.page("/monitor/instances", marta).select("#f-weeks")).isEmpty();
    }

    /** Whose they are, when they fall due, how long they are open; and only to whoever may watch them. */
    @Test
    void openTasksOneByOne() throws Exception {
        assertThat(rows(pages.page("/monitor/tasks?flow=counted", marta), ""))
                .containsExactly(
                        code("F")
                                + " Individual support | Plan Counted | Ben Ito | Wed 13 Jan 2027, 9:10 | Fri 15 Jan 2027, 9:10 late",
                        code("G")
                                + " Individual support | Plan Counted | Nobody yet | Mon 18 Jan 2027, 9:10 | Fri 22 Jan 2027, 9:10",
                        code("C")
                                + " Individual support | Plan Counted | Ann Lee | Thu 7 Jan 2027, 9:10 | Fri 5 Mar 2027, 9:10");
        assertThat(codes(pages.page("/monitor/tasks?worker=" + ben + "&due=late", marta)))
                .containsExactly(code("F"));
        assertThat(codes(pages.page("/monitor/tasks?worker=nobody&due=2027-01-22", marta)))
                .containsExactly(code("G"));
        assertThat(codes(pages.page("/monitor/tasks?age=2", marta))).containsExactly(code("C"));
        assertThat(csv("tasks", "flow", "counted", "due", "late"))
                .containsExactly(
                        List.of("Case or number", "Project", "Task", "Procedure", "Who", "Open since", "Due"),
                        List.of(
                                code("F"),
                                "Individual support",
                                "Plan",
                                "Counted",
                                "Ben Ito",
                                "2027-01-13 09:10",
                                "2027-01-15 09:10"));
        UserId elsewhere = fixtures.aPerson("Luz Quispe", fixtures.aProjectInPeru(), Role.MANAGER);
        Document theirs = pages.page("/monitor/tasks?worker=" + ben, elsewhere);
        assertThat(codes(theirs)).isEmpty();
        assertThat(theirs.text()).as("an id does not tell whose it is").doesNotContain("Ben");
        assertThat(pages.send(get("/monitor/tasks"), ann).getStatus()).isEqualTo(403);
        jdbc.sql("insert into wall (account_id, code) values (:marta, :code)")
                .param("marta", marta.value())
                .param("code", code("F"))
                .update();
        assertThat(codes(pages.page("/monitor/tasks?due=late", marta)))
                .as("behind a wall")
                .isEmpty();
    }

    /** Nobody gave these words: what the diagram says stands there, else the words of the ids; never a key. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void whatHasNoWordsIsCalledByItsDiagramOrByTheWordsOfItsId(String language) throws Exception {
        deployed.add(repository
                .createDeployment()
                .name("never-named")
                .addString(
                        "never-named.bpmn",
                        counted()
                                .replace("process id=\"counted\" name=\"Counted\"", "process id=\"never-named\"")
                                .replace("id=\"plan\" name=\"Plan\"", "id=\"first-plan\"")
                                .replace("\"plan\"", "\"first-plan\"")
                                .replace("id=\"thorough-one\" name=\"Thorough?\"", "id=\"thorough-one\"")
                                .replace("id=\"wait\" name=\"Wait\"", "id=\"longWait\"")
                                .replace("\"wait\"", "\"longWait\"")
                                .replace("id=\"done\" name=\"Done\"", "id=\"all-done\"")
                                .replace("\"done\"", "\"all-done\""))
                .deploy()
                .getId());
        begin("X", "never-named", ann, 60, true);
        begin("Y", "never-named", ann, 60, true);
        begin("W", "never-named", ann, 60, false);
        finish("Y");
        finish("W");
        finish("W");
        runtime.createIncident("test", task("X").getExecutionId(), "test");
        for (String path : List.of(
                "/monitor?flow=never-named",
                "/monitor/flows/never-named",
                "/monitor/instances?flow=never-named&state=all",
                "/monitor/instances?step=never-named/first-plan~failed",
                "/monitor/tasks?flow=never-named",
                "/monitor/incidents",
                "/monitor/instances/" + id("X"),
                "/monitor/instances/" + id("Y"))) {
            Document page = pages.page(path, marta, language);
            assertThat(page.text())
                    .as(path)
                    .contains("Never named")
                    .doesNotContain("never-named", "first-plan", "longWait", "all-done", "??");
        }
        assertThat(pages.page("/monitor/instances?flow=never-named&state=all", marta, language)
                        .text())
                .contains("First plan", "Long wait", "All done");
        assertThat(rows(pages.page("/monitor/flows/never-named", marta, language), "#steps"))
                .anyMatch(row -> row.startsWith("First plan | 1 |"))
                .anyMatch(row -> row.startsWith("Long wait | 1 |"));
        assertThat(rows(pages.page("/monitor/flows/never-named?by=visits", marta, language), "#steps"))
                .as("where arrows only part or meet, a name made of an id tells nobody anything")
                .anyMatch(row -> row.startsWith("First plan | 1 |"))
                .noneMatch(row -> row.startsWith("Thorough one") || row.startsWith("All done"));
    }

    /** A step that the newest version has no more is still called as the version in which it was. */
    @Test
    void whatANewVersionDroppedKeepsItsName() throws Exception {
        deployed.add(repository
                .createDeployment()
                .name("counted")
                .addString(
                        "counted.bpmn",
                        counted().replace("\"close\"", "\"end-it\"").replace("name=\"Close\"", ""))
                .deploy()
                .getId());

        Document page = flow("");

        assertThat(rows(page, "#steps")).anyMatch(row -> row.startsWith("Close | 0 | 0 | 0 | 3 |"));
        assertThat(rows(page, "section[aria-labelledby=versions-title]")).anyMatch(row -> row.startsWith("Close | "));
        assertThat(page.select(".lane").eachText()).allMatch(lane -> !lane.contains("close"));
    }

    /** Of promises for a day of the period: two kept, the second in the last moment; 62 missed, one of them not done yet. */
    @Test
    void serviceLevelsLeadToExactlyTheirCases() throws Exception {
        promise("KEPT-1", 2, 1);
        promise("KEPT-2", 4, 4);
        promise("LATE-1", 5, 6);
        promise("OPEN-1", 10, null);
        promise("AHEAD-1", 30, null);
        promise("OLD-1", -20, -10);
        List<String> missed = new ArrayList<>(List.of("LATE-1", "OPEN-1"));
        IntStream.range(0, 60).forEach(each -> {
            promise("MANY-" + each, 1, 6);
            missed.add("MANY-" + each);
        });

        Element level =
                pages.page("/monitor?weeks=4", marta).selectFirst(".monitor-levels li:has(h3:contains(First call))");

        assertThat(level.select(".monitor-number").text()).isEqualTo("3 %");
        assertThat(level.select("a").eachText()).containsExactly("2 kept", "62 missed");
        assertThat(all(level.select("a").get(0).attr("href"))).containsExactlyInAnyOrder("KEPT-1", "KEPT-2");
        List<String> shown = all(level.select("a").get(1).attr("href"));
        assertThat(shown).containsExactlyInAnyOrderElementsOf(missed);
        assertThat(shown.get(0)).as("what is missed by most").isEqualTo("OPEN-1");
        assertThat(csv("promises", "level", "first-call", "weeks", "4").stream()
                        .skip(1)
                        .map(row -> row.get(0)))
                .containsExactlyElementsOf(shown);
        assertThat(pages.page("/monitor?weeks=13", marta)
                        .select(".monitor-levels li:has(h3:contains(First call)) a")
                        .eachText())
                .containsExactly("2 kept", "63 missed");
    }

    /** A promise is made to a case, and what a case went through is known; what somebody carries is known for all at once. */
    @Test
    void whatIsChosenHoldsForPromisesAndIsSaidNotToHoldForCaseloads() throws Exception {
        promise(code("A"), 2, 1);
        promise(code("F"), 5, 6);
        promise("ELSE-1", 5, 6);

        assertThat(rows(pages.page("/monitor", marta), "#levels")).contains("First call | 1 | 2 | 33 %");
        assertThat(rows(pages.page("/monitor?flow=counted", marta), "#levels")).contains("First call | 1 | 1 | 50 %");
        Document second = pages.page("/monitor?flow=counted&version=2", marta);
        assertThat(rows(second, "#levels")).contains("First call | 0 | 1 | 0 %");
        assertThat(second.select("#levels > p").text())
                .isEqualTo("Only promises of cases that went through the procedure and version chosen above.");
        assertThat(second.select("#workers > p").text()).endsWith("a caseload is one for all of them.");
        assertThat(second.select("#workers thead th").eachText())
                .contains("Cases, of all procedures", "Cases that wait, of all procedures");
        assertThat(pages.page("/monitor", marta).select("#workers thead th").eachText())
                .contains("Cases", "Cases that wait");
        Document missed = pages.page("/monitor/levels/first-call?flow=counted&version=2", marta);
        assertThat(codes(missed)).containsExactly(code("F"));
        assertThat(missed.select("#f-flow option[selected]").val()).isEqualTo("counted");
        assertThat(csv("promises", "level", "first-call", "flow", "counted", "version", "2"))
                .hasSize(2);
    }

    /** A page goes on after the row with which the one before ended, whatever has become of the rows before it. */
    @Test
    void listsGoOnWhereThePageBeforeEnded() throws Exception {
        List<String> many =
                IntStream.range(0, 120).mapToObj("YRK-2027-1%03d"::formatted).toList();
        for (String each : many) {
            String run = processes.start(
                    "counted",
                    each,
                    york.id(),
                    Variables.of(Processes.WORKER, ben)
                            .and(DUE, day(20 + many.indexOf(each) % 3))
                            .and(UNTIL, day(12))
                            .and(THOROUGH, false));
            if (many.indexOf(each) >= 80) { // the second task is due at no time
                tasks.complete(tasks.createTaskQuery()
                        .processInstanceId(run)
                        .singleResult()
                        .getId());
            }
        }
        assertThat(all("/monitor/tasks?flow=counted"))
                .hasSize(123)
                .doesNotHaveDuplicates()
                .containsAll(many)
                .startsWith(code("F"));
        assertThat(csv("tasks", "flow", "counted")).hasSize(124);
        Document first = pages.page("/monitor/tasks?flow=counted", marta);
        codes(first)
                .subList(10, 20)
                .forEach(each -> tasks.complete(tasks.createTaskQuery()
                        .processInstanceBusinessKey(each)
                        .singleResult()
                        .getId()));
        List<String> rest = all(first.select(".paging a[rel=next]").attr("href"));
        assertThat(rest)
                .as("nobody is left out or shown again but who has another task by now")
                .containsAll(many.stream()
                        .filter(each -> !codes(first).contains(each))
                        .toList())
                .doesNotContainAnyElementsOf(codes(first).subList(0, 10));

        many.subList(0, 60).forEach(each -> promise(each, many.indexOf(each) / 5, null));
        Document missed = pages.page("/monitor/levels/first-call", marta);
        assertThat(codes(missed)).hasSize(50);
        jdbc.sql(
                        "update engagement_episode set started_at = :then, ended_at = :then, outcome = 'admitted' where case_code = any(:gone)")
                .param("then", day(-50).atOffset(ZoneOffset.UTC))
                .param("gone", codes(missed).subList(3, 7).toArray(String[]::new))
                .update();
        at(17);
        Document second = pages.page(missed.select(".paging a[rel=next]").attr("href"), marta);
        assertThat(codes(second))
                .containsExactlyInAnyOrderElementsOf(many.subList(0, 60).stream()
                        .filter(each -> !codes(missed).contains(each))
                        .toList());
        assertThat(second.select(".paging a[rel=next]")).isEmpty();
        assertThat(second.select(".paging a").attr("href")).isEqualTo("/monitor/levels/first-call");
    }

    /** A file that would be too long says where it was cut. */
    @Test
    void aFileThatIsCutSaysSo() throws Exception {
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        List<String> read = new ArrayList<>();
        Listing listing = new Listing("some", "Cut here.", after -> {
            read.add(after);
            int from = after.isEmpty() ? 0 : Integer.parseInt(after);
            return new Listing.Part(
                    new Sheet(
                            "some",
                            "Some",
                            List.of("Number"),
                            List.of(List.of(Sheet.Cell.text("n" + from)), List.of(Sheet.Cell.text("n" + (from + 1))))),
                    from == 4 ? null : String.valueOf(from + 2));
        });
        try (SheetWriter writer = new SheetWriter.Csv(file, java.util.Locale.ENGLISH)) {
            listing.write(writer, 3);
        }

        assertThat(file.toString(UTF_8).lines().skip(1)).containsExactly("n0", "n1", "n2", "Cut here.");
        assertThat(read).as("what comes after is not read").containsExactly("", "2");
        file.reset();
        try (SheetWriter writer = new SheetWriter.Csv(file, java.util.Locale.ENGLISH)) {
            listing.write(writer, 6);
        }
        assertThat(file.toString(UTF_8).lines().skip(1)).containsExactly("n0", "n1", "n2", "n3", "n4", "n5");
    }

    /** Numbers are numbers there, in the unit that the title names; what the page leaves open is empty. */
    @Test
    void filesHoldWhatIsShown() throws Exception {
        String[] flow = {"flow", "counted", "weeks", "4"};
        assertThat(csv("flows", flow))
                .containsExactly(
                        List.of(
                                "Procedure",
                                "Running",
                                "A person’s turn",
                                "Waiting for a date or an answer",
                                "Late",
                                "Could not be done",
                                "Begun",
                                "Finished",
                                "Took on average (days)"),
                        List.of("Counted", "4", "2", "1", "1", "1", "8", "3", "5.00"));
        assertThat(csv("steps", flow))
                .startsWith(List.of(
                        "Step",
                        "Places now",
                        "Late now",
                        "Could not be done",
                        "Visits",
                        "On average (days)",
                        "Late, of what fell due (%)"))
                .contains(
                        List.of("Plan", "3", "1", "1", "8", "4.00", "40"),
                        List.of("Wait", "1", "0", "0", "2", "7.00", "nothing due"),
                        List.of("Close", "0", "0", "0", "3", "1.33", "nothing due"))
                .hasSize(7);
        assertThat(csv("versions", flow))
                .containsExactly(
                        List.of("What", "Version 2", "Version 1"),
                        List.of("Begun", "5", "3"),
                        List.of("Finished", "1", "2"),
                        List.of("Took on average (days)", "1.50", "8.50"),
                        List.of("Wait (days)", "7.00", "7.00"),
                        List.of("Plan (days)", "2.40", "6.67"),
                        List.of("Close (days)", "1.00", "1.50"));
        assertThat(csv("slowest", flow))
                .startsWith(
                        List.of("Path", "Procedures", "Share (%)", "Half within (days)", "9 of 10 within (days)"),
                        List.of("Plan → Wait → Close → Done", "1", "25", "13.00", "13.00"));
        Document overview = pages.page("/monitor?weeks=4&flow=counted", marta);
        for (String sheet : List.of("levels", "weeks", "ahead", "ages", "workers")) {
            List<List<String>> file = csv(sheet, flow);
            assertThat(file.get(0))
                    .as(sheet)
                    .isEqualTo(overview.select("#" + sheet + " thead th").eachText());
            assertThat(file.stream().skip(1).map(row -> String.join(" | ", row)))
                    .as(sheet)
                    .containsExactlyElementsOf(rows(overview, "#" + sheet).stream()
                            .map(row -> row.replace("–", "")
                                    .replace("23 weeks", "2–3 weeks")
                                    .replace("47 weeks", "4–7 weeks"))
                            .map(row -> DAYS.entrySet().stream()
                                    .reduce(
                                            row,
                                            (text, day) -> text.replace(day.getKey(), day.getValue()),
                                            (a, b) -> b))
                            .toList());
        }
        assertThat(new java.math.BigDecimal(xlsx(4, "weeks", flow).get(1).get(0)))
                .as("a day, as workbooks count them")
                .isEqualByComparingTo(new java.math.BigDecimal(LocalDate.of(1899, 12, 30)
                        .until(LocalDate.of(2026, 12, 28), java.time.temporal.ChronoUnit.DAYS)));
        List<List<String>> list = csv("instances", "flow", "counted", "state", "all");
        List<String> shown = pages.page("/monitor/instances?flow=counted&state=all", marta)
                .select("tbody tr")
                .eachText();
        assertThat(list).hasSize(10);
        assertThat(shown).hasSize(9);
        for (int row = 0; row < shown.size(); row++) {
            assertThat(shown.get(row)).contains(list.get(row + 1).subList(0, 6));
        }
        assertThat(list)
                .filteredOn(row -> row.get(0).equals(code("F")))
                .extracting(row -> row.subList(6, 8))
                .containsExactly(List.of("2027-01-13 09:10", "2027-01-15 09:10"));
        promise("OPEN-1", 10, null);
        assertThat(csv("promises", "level", "first-call", "weeks", "4"))
                .containsExactly(
                        List.of("Case or number", "Project", "Promised for", "Done", "Late by (days)"),
                        List.of("OPEN-1", "Individual support", "2027-01-14 09:10", "not yet", "6.00"));
        List<String> booked =
                xlsx(5, "promises", "level", "first-call", "weeks", "4").get(1);
        assertThat(new java.math.BigDecimal(booked.get(2)).intValue())
                .as("a date, as workbooks count them")
                .isEqualTo((int) java.time.temporal.ChronoUnit.DAYS.between(
                        java.time.LocalDate.of(1899, 12, 30), java.time.LocalDate.of(2027, 1, 14)));
        assertThat(booked.get(4)).isEqualTo("6");
        for (String sheet : List.of("steps", "versions", "workers")) {
            List<List<String>> csv = csv(sheet, flow);
            assertThat(xlsx(csv.get(0).size(), sheet, flow))
                    .as(sheet)
                    .isEqualTo(csv.stream()
                            .map(row -> row.stream().map(FiguresTest::plain).toList())
                            .toList());
        }
    }

    /** A workbook keeps no noughts at the end. */
    private static String plain(String cell) {
        return cell.matches("[0-9]+\\.[0-9]+")
                ? new java.math.BigDecimal(cell).stripTrailingZeros().toPlainString()
                : cell;
    }

    private Document flow(String more) throws Exception {
        return pages.page("/monitor/flows/counted?weeks=4" + more, marta);
    }

    private static List<String> rows(Document page, String part) {
        return page.select(part + " tbody tr").stream()
                .map(row -> String.join(" | ", row.select("> th, > td").eachText()))
                .toList();
    }

    private static List<String> codes(Document page) {
        return page.select("tbody .case-code").eachText();
    }

    /** All case codes of a list, page after page. */
    private List<String> all(String path) throws Exception {
        List<String> all = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            Document page = pages.page(next, marta);
            all.addAll(codes(page));
            next = page.select(".paging a[rel=next]").attr("href");
        }
        return all;
    }

    private MockHttpServletResponse taken(String format, String sheet, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request = post("/monitor/export")
                .param("sheet", sheet)
                .param("format", format)
                .header("Accept-Language", "en");
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        MockHttpServletResponse answer = pages.send(request, marta);
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer;
    }

    private List<List<String>> csv(String sheet, String... pairs) throws Exception {
        return taken("csv", sheet, pairs)
                .getContentAsString(UTF_8)
                .replace("\uFEFF", "")
                .lines()
                .map(line -> {
                    List<String> cells = new ArrayList<>();
                    Matcher cell = CSV_CELL.matcher(line);
                    int at = 0;
                    while (at <= line.length() && cell.find(at)) {
                        cells.add(
                                cell.group(1) == null
                                        ? cell.group(2)
                                        : cell.group(1).replace("\"\"", "\""));
                        at = cell.end() == line.length() && !cell.group().endsWith(",")
                                ? line.length() + 1
                                : cell.end();
                    }
                    return List.copyOf(cells);
                })
                .toList();
    }

    private List<List<String>> xlsx(int titles, String sheet, String... pairs) throws Exception {
        Map<String, Document> parts = new HashMap<>();
        Path book = Files.write(
                folder.resolve(sheet + ".xlsx"), taken("xlsx", sheet, pairs).getContentAsByteArray());
        try (ZipFile zip = new ZipFile(book.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                try (InputStream content = zip.getInputStream(part)) {
                    parts.put(part.getName(), Jsoup.parse(content, "UTF-8", "", Parser.xmlParser()));
                }
            }
        }
        List<String> texts = parts.get("xl/sharedStrings.xml").select("si").eachText();
        return parts.get("xl/worksheets/sheet1.xml").select("row").stream()
                .map(row -> IntStream.range(0, titles)
                        .mapToObj(column -> row.selectFirst("c[r^=" + (char) ('A' + column) + "]"))
                        .map(cell -> cell == null
                                ? ""
                                : cell.attr("t").equals("s")
                                        ? texts.get(Integer.parseInt(
                                                cell.select("v").text()))
                                        : plain(cell.select("v").text()))
                        .toList())
                .toList();
    }

    /** A first call that was promised for one day and made on another, or never. */
    private void promise(String caseCode, int due, @org.jspecify.annotations.Nullable Integer done) {
        jdbc.sql("""
                        with episode as (
                            insert into engagement_episode (case_code, project_id, track, started_at, started_by, ended_at, outcome)
                            values (:code, :york, 'entry', :begun, 1, cast(:done as timestamptz),
                                    case when cast(:done as timestamptz) is null then null else 'admitted' end))
                        insert into deadline (case_code, label, opens_at, due_at, explanation, recorded_at)
                        values (:code, 'first-contact', :begun, :due, '{}', :begun)
                        """)
                .param("code", caseCode)
                .param("york", york.id().value())
                .param("begun", day(-40).atOffset(ZoneOffset.UTC))
                .param("due", day(due).atOffset(ZoneOffset.UTC))
                .param("done", done == null ? null : day(done).atOffset(ZoneOffset.UTC))
                .update();
    }

    private void publish(String key) throws IOException {
        deployed.add(repository
                .createDeployment()
                .name(key)
                .addString(key + ".bpmn", key.equals("calling") ? file("calling") : counted(key))
                .deploy()
                .getId());
    }

    private static String counted(String key) throws IOException {
        return counted().replace("process id=\"counted\"", "process id=\"" + key + "\"");
    }

    private static String counted() throws IOException {
        return file("counted");
    }

    private static String file(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(FiguresTest.class.getResourceAsStream("/monitor/" + name + ".bpmn"))) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private String definition(int version) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("counted")
                .processDefinitionVersion(version)
                .singleResult()
                .getId();
    }

    private Instant day(int day) {
        return monday.plus(Duration.ofDays(day));
    }

    private FiguresTest at(int day) {
        clockwork.moveTo(day(day));
        return this;
    }

    private static String code(String name) {
        return "YRK-2027-000" + (name.charAt(0) - 'A' + 10);
    }

    private String id(String name) {
        return Objects.requireNonNull(ids.get(name));
    }

    private void begin(String name, String flow, UserId worker, int due, boolean thorough) {
        ids.put(
                name,
                processes.start(
                        flow,
                        code(name),
                        york.id(),
                        Variables.of(Processes.WORKER, worker)
                                .and(DUE, day(due))
                                .and(UNTIL, day(12))
                                .and(THOROUGH, thorough)));
    }

    private Task task(String name) {
        return tasks.createTaskQuery().processInstanceId(id(name)).singleResult();
    }

    private void finish(String name) {
        tasks.complete(task(name).getId());
    }
}
