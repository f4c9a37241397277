package org.ancora.process.monitor;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.People;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** The figures of the monitor are those of the rows behind them, and never of a row that the viewer may not watch. */
@AncoraTest
class MonitorTest {

    private static boolean deployed;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    People people;

    @Autowired
    Users users;

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
    JdbcClient jdbc;

    @Autowired
    Overview overview;

    @Autowired
    FlowFigures figures;

    @Autowired
    Instances instances;

    @Autowired
    Definitions definitions;

    @Autowired
    Sums sums;

    @Autowired
    Zones zones;

    @Autowired
    MockMvc mvc;

    @Autowired
    TransactionTemplate transaction;

    private List<Project> projects = List.of();

    @BeforeEach
    void deploy() {
        if (!deployed) {
            repository
                    .createDeployment()
                    .name("task-test")
                    .addClasspathResource("tasks/task-test.bpmn")
                    .addClasspathResource("tasks/task-test-called.bpmn")
                    .addInputStream(
                            "forms/task-test.form", MonitorTest.class.getResourceAsStream("/tasks/task-test.form"))
                    .deploy();
            deployed = true;
        }
        Project york = fixtures.aProjectInOntario();
        projects = List.of(york, fixtures.aProjectInPeru(), fixtures.aSisterOf(york, "york-two", "YKT"));
    }

    /** Two weeks of three projects' work: begun, done in time, done late, stopped, failed, gone on. */
    private void live(Random random, int days) {
        for (int day = 0; day < days; day++) {
            for (int number = 0; number < 3; number++) {
                Project project = projects.get(random.nextInt(projects.size()));
                start(
                        random.nextInt(4) == 0
                                ? "LIM1-2026-%04d".formatted(random.nextInt(9_999))
                                : "YRK-2026-%04d".formatted(random.nextInt(9_999)),
                        project.id(),
                        random.nextInt(8) + 1);
            }
            List<Task> open = tasks.createTaskQuery().orderByTaskId().asc().list();
            for (Task task : open) {
                switch (random.nextInt(9)) {
                    case 0, 1, 2 -> tasks.complete(task.getId());
                    case 3 -> tasks.setAssignee(task.getId(), random.nextBoolean() ? null : "7");
                    case 4 -> {
                        if (day % 4 == 0) {
                            runtime.createIncident("test", task.getExecutionId(), "test");
                        }
                    }
                    default -> {}
                }
            }
            if (day % 5 == 4) {
                runtime.createProcessInstanceQuery().rootProcessInstances().list().stream()
                        .findFirst()
                        .ifPresent(root -> runtime.deleteProcessInstance(root.getId(), "test", false, true));
            }
            clockwork.moveTo(clock.instant().plus(Duration.ofHours(23)));
        }
    }

    private String start(String code, ProjectId project, int dueInDays) {
        Instant now = clock.instant();
        return processes.start(
                "task-test",
                code,
                project,
                Variables.of(Processes.WORKER, new UserId(7))
                        .and(ProcessVariable.instant("opens"), now)
                        .and(ProcessVariable.instant("due"), now.plus(Duration.ofDays(dueInDays))));
    }

    /** One run as the test reads it, without any of the product's conditions. */
    private record Run(
            String id,
            String flow,
            ProjectId project,
            String office,
            String code,
            String state,
            Instant began,
            Instant ended,
            Instant due) {}

    private List<Run> all() {
        return jdbc.sql("select * from procedure_run")
                .query((row, number) -> new Run(
                        row.getString("id"),
                        row.getString("process_key"),
                        new ProjectId(row.getLong("project_id")),
                        row.getString("office"),
                        row.getString("case_code"),
                        row.getString("state"),
                        row.getTimestamp("began_at").toInstant(),
                        row.getTimestamp("ended_at") == null
                                ? null
                                : row.getTimestamp("ended_at").toInstant(),
                        row.getTimestamp("due_at") == null
                                ? null
                                : row.getTimestamp("due_at").toInstant()))
                .list();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void countsNothingThatTheViewerMayNotWatch(long seed) {
        Random random = new Random(seed);
        live(random, 14);
        List<Run> all = all();
        assertThat(all).hasSizeGreaterThan(40);
        if (seed % 2 == 0) {
            // Half of the time most of it is read from sums.
            sums.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(random.nextInt(9) + 1));
        }
        if (seed > 2) {
            sums.drawTogether();
        }

        for (int person = 0; person < 6; person++) {
            UserId id = people.person("p" + seed + "-" + person, projects.get(0).id());
            for (Project project : projects) {
                for (Role role : Role.values()) {
                    if (random.nextInt(8) == 0) {
                        users.grant(id, project.id(), role, UserId.SYSTEM);
                    }
                }
            }
            for (int wall = 0; wall < random.nextInt(3); wall++) {
                wallOff(id, all.get(random.nextInt(all.size())));
            }
            if (person == 0) {
                // Chance may give nobody both: this one watches everything but for one that goes on and one that ended.
                projects.forEach(project -> users.grant(id, project.id(), Role.MANAGER, UserId.SYSTEM));
                wallOff(id, first(all, run -> run.ended() == null));
                wallOff(id, first(all, run -> run.ended() != null));
            }
            Viewer viewer = people.viewer(id);
            assertFigures(viewer, new Asked(null, null, null, null, 4), all);
            assertFigures(viewer, new Asked(projects.get(1).id(), null, null, null, 4), all);
            assertFigures(viewer, new Asked(null, "LIM1", "task-test", null, 4), all);
        }
    }

    private void wallOff(UserId person, Run run) {
        jdbc.sql("insert into wall (account_id, code) values (:id, :code) on conflict do nothing")
                .param("id", person.value())
                .param("code", run.code())
                .update();
    }

    private static Run first(List<Run> runs, Predicate<Run> which) {
        return runs.stream().filter(which).findFirst().orElseThrow();
    }

    private void assertFigures(Viewer viewer, Asked asked, List<Run> all) {
        Watched watched = new Watched(
                viewer,
                asked,
                definitions.asked(asked.flow(), asked.version()),
                clock.instant(),
                zones.of(viewer, asked));
        Predicate<Run> theirs = run -> viewer.may(Permission.WATCH_PROCEDURES, run.project())
                && !viewer.walledOff(run.code())
                && (asked.project() == null || asked.project().equals(run.project()))
                && (asked.office() == null || asked.office().equals(run.office()))
                && (asked.flow() == null || asked.flow().equals(run.flow()));
        List<Run> mine = all.stream().filter(theirs).toList();
        Instant since = watched.since().atStartOfDay(watched.zone()).toInstant();

        Overview.Figures shown = overview.read(watched);
        Overview.Flow total = shown.total();
        assertThat(total.running()).isEqualTo(count(mine, run -> run.ended() == null));
        assertThat(total.working()).isEqualTo(count(mine, run -> run.state().equals("working")));
        assertThat(total.failed()).isEqualTo(count(mine, run -> run.state().equals("failed")));
        assertThat(total.late())
                .isEqualTo(count(
                        mine,
                        run -> run.ended() == null
                                && run.due() != null
                                && run.due().isBefore(clock.instant())));
        assertThat(figures.late(watched))
                .as("the page of a procedure counts who is late as the overview does")
                .isEqualTo(total.late())
                .isEqualTo(instances.count(watched, Instances.Wanted.of(Map.of("state", "late"))));
        assertThat(total.begun()).isEqualTo(count(mine, run -> !run.began().isBefore(since)));
        assertThat(total.finished())
                .isEqualTo(count(
                        mine,
                        run -> run.state().equals("finished") && !run.ended().isBefore(since)));
        assertThat(total.cancelled())
                .isEqualTo(count(
                        mine,
                        run -> run.state().equals("cancelled") && !run.ended().isBefore(since)));
        assertThat(total.seconds())
                .isEqualTo(mine.stream()
                        .filter(run -> run.ended() != null && !run.ended().isBefore(since))
                        .mapToLong(run -> Math.round(
                                Duration.between(run.began(), run.ended()).toMillis() / 1000.0))
                        .sum());
        assertThat(shown.weeks().stream().mapToInt(Overview.Week::begun).sum()).isEqualTo(total.begun());
        assertTasks(shown, mine);
        assertSteps(watched, mine, since);
        assertList(watched, mine);
    }

    private static int count(List<Run> runs, Predicate<Run> which) {
        return (int) runs.stream().filter(which).count();
    }

    private void assertTasks(Overview.Figures shown, List<Run> mine) {
        List<String> ids = mine.stream().map(Run::id).toList();
        Map<String, Integer> open = new TreeMap<>();
        int[] late = {0};
        jdbc.sql("select run_id, assignee, due_at from procedure_step where left_at is null and kind = 'userTask'")
                .query(row -> {
                    if (ids.contains(row.getString(1))) {
                        open.merge(String.valueOf(row.getString(2)), 1, Integer::sum);
                        if (row.getTimestamp(3) != null
                                && row.getTimestamp(3).toInstant().isBefore(clock.instant())) {
                            late[0]++;
                        }
                    }
                });
        Map<String, Integer> told = new TreeMap<>();
        shown.workers().stream()
                .filter(worker -> worker.open() > 0)
                .forEach(worker -> told.put(String.valueOf(worker.worker()), worker.open()));
        assertThat(told).isEqualTo(open);
        assertThat(shown.lateTasks()).isEqualTo(late[0]);
        assertThat(shown.ages().stream().mapToInt(Overview.Age::tasks).sum())
                .isEqualTo(open.values().stream().mapToInt(Integer::intValue).sum());
    }

    private void assertSteps(Watched watched, List<Run> mine, Instant since) {
        if (watched.asked().flow() == null) {
            return;
        }
        List<String> ids = mine.stream().map(Run::id).toList();
        Map<String, String> truth = new TreeMap<>();
        Map<String, int[]> sums = new HashMap<>();
        jdbc.sql("""
                        select s.run_id, s.element, s.left_at, s.due_at, s.cancelled,
                               exists (select 1 from engine.act_hi_actinst a
                                         join procedure_step c on c.instance_id = a.call_proc_inst_id_
                                        where a.id_ = s.id and c.left_at is null and c.due_at < :now) as late_within
                          from procedure_step s
                          join engine.act_re_procdef d on d.id_ = s.definition_id where d.key_ = 'task-test'
                        """).param("now", clock.instant().atOffset(ZoneOffset.UTC)).query(row -> {
            if (ids.contains(row.getString(1))) {
                Instant left =
                        row.getTimestamp(3) == null ? null : row.getTimestamp(3).toInstant();
                Instant due =
                        row.getTimestamp(4) == null ? null : row.getTimestamp(4).toInstant();
                int[] sum = sums.computeIfAbsent(row.getString(2), any -> new int[4]);
                if (left == null) {
                    boolean late = due != null && due.isBefore(clock.instant());
                    sum[0]++;
                    sum[1]++; // who still stands there visits it, too
                    sum[2] += late ? 1 : 0;
                    sum[3] += late || row.getBoolean(6) ? 1 : 0;
                } else if (!left.isBefore(since)) {
                    sum[1]++;
                    sum[2] += due != null && !row.getBoolean(5) && left.isAfter(due) ? 1 : 0;
                }
            }
        });
        sums.forEach((element, sum) -> {
            if (sum[1] > 0) {
                truth.put(
                        element, sum[0] + " open, " + sum[1] + " visits, " + sum[2] + " late, " + sum[3] + " late now");
            }
        });
        Map<String, String> told = new TreeMap<>();
        figures.steps(watched).stream()
                .filter(step -> step.open() + step.visits() > 0)
                .forEach(step -> told.put(
                        step.element(),
                        step.open() + " open, " + step.visits() + " visits, " + step.late() + " late, "
                                + step.openLate() + " late now"));
        assertThat(told).isEqualTo(truth);
        figures.steps(watched).stream()
                .filter(step -> step.element().equals("called"))
                .forEach(step -> assertThat(
                                instances.count(watched, Instances.Wanted.of(Map.of("step", "task-test/called~late"))))
                        .as("those who are late in what they called")
                        .isEqualTo(step.openLate()));
        assertThat(figures.paths(watched, "task-test").of())
                .isEqualTo(
                        count(mine, run -> run.ended() != null && !run.ended().isBefore(since)));
    }

    private void assertList(Watched watched, List<Run> mine) {
        for (Instances.State state : Instances.State.values()) {
            Instances.Wanted wanted = Instances.Wanted.of(Map.of("state", state.code()));
            List<String> told = new ArrayList<>();
            Optional<Instances.After> after = Optional.empty();
            do {
                Instances.Page page = instances.page(watched, wanted, after, 7);
                page.runs().forEach(run -> told.add(run.id()));
                after = Optional.ofNullable(page.next());
            } while (after.isPresent());
            List<String> truth = mine.stream()
                    .filter(run -> switch (state) {
                        case ALL -> true;
                        case OPEN -> run.ended() == null;
                        case BEGUN ->
                            !run.began()
                                    .isBefore(watched.since()
                                            .atStartOfDay(watched.zone())
                                            .toInstant());
                        case LATE ->
                            run.ended() == null
                                    && run.due() != null
                                    && run.due().isBefore(clock.instant());
                        default -> run.state().equals(state.code());
                    })
                    .map(Run::id)
                    .toList();
            assertThat(told).as(state.code()).containsExactlyInAnyOrderElementsOf(truth);
            assertThat(instances.count(watched, wanted)).isEqualTo(truth.size());
        }
        Instances.Wanted asking = Instances.Wanted.of(Map.of("step", "ask", "days", "3"));
        assertThat(instances.page(watched, asking, Optional.empty(), 500).runs())
                .allSatisfy(run -> assertThat(run.present())
                        .anyMatch(present -> present.element().equals("ask")))
                .allSatisfy(
                        run -> assertThat(run.began()).isBefore(clock.instant().minus(Duration.ofDays(3))));
    }

    /** A week ends in Toronto when it is Monday morning in UTC. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weeksAndDaysAreThoseOfTheProject(boolean summed) {
        ZoneId toronto = ZoneId.of("America/Toronto");
        LocalDate sunday = LocalDate.ofInstant(clock.instant(), toronto).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        Instant late = sunday.atTime(22, 0).atZone(toronto).toInstant();
        assertThat(LocalDate.ofInstant(late, ZoneOffset.UTC).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        clockwork.moveTo(late);
        String id = start("YRK-2026-0001", projects.get(0).id(), 3);
        start("YRK-2026-0002", projects.get(0).id(), 3);
        runtime.deleteProcessInstance(id, "test", false, true);
        UserId manager = fixtures.aPerson("Marta Gil", projects.get(0), Role.MANAGER);
        Watched then = watched(manager);

        assertThat(then.today()).isEqualTo(sunday);
        assertThat(overview.read(then).ahead())
                .filteredOn(day -> day.due() > 0)
                .containsExactly(new Overview.Day(sunday.plusDays(3), 1));
        clockwork.moveTo(late.plus(Duration.ofDays(3)));
        if (summed) {
            sums.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        }
        Overview.Figures figures = overview.read(watched(manager));

        assertThat(figures.weeks())
                .filteredOn(week -> week.begun() + week.cancelled() > 0)
                .containsExactly(new Overview.Week(sunday.minusDays(6), 2, 0, 1));
        assertThat(figures.ages()).contains(new Overview.Age(1, 1));
        // Who moves a project to another zone counts its open work there from then on.
        jdbc.sql("update project set zone = 'UTC' where id = :id")
                .param("id", projects.get(0).id().value())
                .update();
        assertThat(jdbc.sql("select key from procedure_tally where kind = 'due'")
                        .query(String.class)
                        .list())
                .containsExactly(sunday.plusDays(4).toString());
    }

    private Watched watched(UserId who) {
        Viewer viewer = people.viewer(who);
        Asked asked = new Asked(null, null, null, null, 4);
        return new Watched(viewer, asked, Optional.empty(), clock.instant(), zones.of(viewer, asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void pagesSpeakTheReadersLanguageAndTakeFewStatements(String language) throws Exception {
        live(new Random(5), 7);
        UserId manager = fixtures.aPerson("Marta Gil", projects.get(0), Role.MANAGER);
        for (String path : List.of(
                "/monitor",
                "/monitor?weeks=52&flow=task-test",
                "/monitor/flows/task-test",
                "/monitor/flows/task-test?by=lateness&version="
                        + definitions.of("task-test").get(0).version(),
                "/monitor/instances",
                "/monitor/instances?state=all&flow=task-test&step=ask&days=7&q=YRK",
                "/monitor/tasks",
                "/monitor/tasks?worker=7&due=late&age=1&flow=task-test",
                "/monitor/levels/first-call",
                "/monitor/levels/answers?kept=yes")) {
            String[] shown = {""};
            List<String> statements = SqlCount.during(() -> {
                MockHttpServletResponse answer = mvc.perform(
                                get(path).with(signedIn(manager)).header("Accept-Language", language))
                        .andReturn()
                        .getResponse();
                assertThat(answer.getStatus()).as(path).isEqualTo(200);
                shown[0] = answer.getContentAsString();
            });
            assertThat(shown[0])
                    .as(path)
                    .contains("<html lang=\"" + language + "\"")
                    .doesNotContain("??");
            assertThat(statements).as(path).hasSizeLessThanOrEqualTo(24);
        }
    }

    /** Where a table holds the rows of millions of procedures, the page of one finds its own by an index. */
    @Test
    void thePageOfOneProcedureReadsNoTableWhole() throws Exception {
        live(new Random(9), 3);
        UserId manager = fixtures.aPerson("Marta Gil", projects.get(0), Role.MANAGER);
        String id = start("YRK-2026-0001", projects.get(0).id(), 3);
        List<String> statements = SqlCount.during(
                () -> assertThat(mvc.perform(get("/monitor/instances/" + id).with(signedIn(manager)))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .isEqualTo(200));
        assertThat(statements).anyMatch(sql -> sql.contains("act_ru_job"));
        for (String sql : statements) {
            if (sql.contains("engine.act_") || sql.contains("procedure_") || sql.contains("work_item")) {
                assertThat(plan(sql))
                        .as(sql)
                        .doesNotContainPattern("Seq Scan on (act_(ru|hi)_|procedure_run|procedure_step|work_item)");
            }
        }
    }

    /** How the database goes about it where it reads a table whole only for want of an index. */
    private String plan(String sql) {
        Matcher places = Pattern.compile("\\?").matcher(sql);
        int[] number = {0};
        String numbered = places.replaceAll(place -> "\\$" + ++number[0]);
        List<String> lines = transaction.execute(running -> {
            jdbc.sql("set local enable_seqscan = off").update();
            jdbc.sql("set local plan_cache_mode = force_generic_plan").update();
            jdbc.sql("prepare asked as " + numbered).update();
            List<String> plan = jdbc.sql("explain execute asked"
                            + (number[0] == 0 ? "" : "(" + "null, ".repeat(number[0] - 1) + "null)"))
                    .query(String.class)
                    .list();
            jdbc.sql("deallocate asked").update();
            return plan;
        });
        return String.join("\n", Objects.requireNonNull(lines));
    }

    @Test
    void filesHoldWhatThePageShowsAndAreWrittenDown() throws Exception {
        live(new Random(6), 7);
        UserId manager = fixtures.aPerson("Marta Gil", projects.get(0), Role.MANAGER);
        for (String sheet : List.of("flows", "levels", "weeks", "ahead", "workers", "ages", "instances", "tasks")) {
            assertThat(taken(manager, sheet, "csv").getContentAsString().lines().count())
                    .as(sheet)
                    .isGreaterThan(1);
        }
        assertThat(taken(manager, "steps", "csv", "flow", "task-test").getContentAsString())
                .contains("Ask the client");
        assertThat(taken(manager, "instances", "xlsx").getContentAsByteArray()).startsWith('P', 'K');
        assertThat(mvc.perform(post("/monitor/export")
                                .param("sheet", "secrets")
                                .param("format", "csv")
                                .with(signedIn(manager))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(400);
        assertThat(jdbc.sql("select count(*) from read_access where subject = 'procedures' and how = 'export'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(10);
    }

    private MockHttpServletResponse taken(UserId who, String sheet, String format, String... more) throws Exception {
        var request = post("/monitor/export").param("sheet", sheet).param("format", format);
        for (int at = 0; at < more.length; at += 2) {
            request.param(more[at], more[at + 1]);
        }
        MockHttpServletResponse answer = mvc.perform(request.with(signedIn(who)).with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(sheet).isEqualTo(200);
        return answer;
    }

    /** What an office is asked about is about no other, on each page and in each file. */
    @Test
    void anOfficeSeesItsOwn() throws Exception {
        live(new Random(8), 10);
        UserId manager = fixtures.aPerson("Marta Gil", projects.get(0), Role.MANAGER);
        projects.forEach(project -> users.grant(manager, project.id(), Role.MANAGER, UserId.SYSTEM));
        List<String> codes = all().stream()
                .map(Run::code)
                .filter(code -> code.startsWith("LIM1-"))
                .toList();
        assertThat(codes).isNotEmpty().hasSizeLessThan(all().size());
        for (String path : List.of("/monitor", "/monitor/instances?state=all", "/monitor/tasks")) {
            String office = path + (path.contains("?") ? "&" : "?") + "office=LIM1";
            Document page = Jsoup.parse(mvc.perform(get(office).with(signedIn(manager)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString());
            assertThat(page.select("#f-office option[selected]").val()).as(path).isEqualTo("LIM1");
            assertThat(page.select("tbody .case-code").eachText()).as(path).allMatch(code -> code.startsWith("LIM1-"));
        }
        List<String> offered =
                offices(manager, "/monitor?project=" + projects.get(1).id());
        assertThat(offices(manager, "/monitor")).contains("LIM1").hasSizeGreaterThan(offered.size());
        assertThat(offered).as("those of this project").allMatch(office -> all().stream()
                .anyMatch(run ->
                        run.project().equals(projects.get(1).id()) && run.code().startsWith(office + "-")));
        assertThat(offices(
                        manager,
                        "/monitor?office=LIM1&project=" + projects.get(0).id()))
                .as("what is chosen is seen to be chosen")
                .contains("LIM1");
        assertThat(files(manager, "instances", "office", "LIM1", "state", "all"))
                .containsExactlyInAnyOrderElementsOf(codes);
        assertThat(files(manager, "tasks", "office", "LIM1")).isNotEmpty().allMatch(code -> code.startsWith("LIM1-"));
        assertThat(files(manager, "tasks")).anyMatch(code -> code.startsWith("YRK-"));
        List<String> flows = taken(manager, "flows", "csv", "office", "LIM1", "weeks", "4")
                .getContentAsString()
                .lines()
                .toList();
        assertThat(flows).hasSize(2);
        assertThat(flows.get(1).split(",", -1)[6]).as("begun").isEqualTo(String.valueOf(codes.size()));
    }

    private List<String> offices(UserId who, String path) throws Exception {
        return Jsoup.parse(mvc.perform(get(path).with(signedIn(who)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .select("#f-office option:not([value=''])")
                .eachAttr("value");
    }

    /** The first column of a list that is taken away. */
    private List<String> files(UserId who, String sheet, String... more) throws Exception {
        return taken(who, sheet, "csv", more)
                .getContentAsString()
                .lines()
                .skip(1)
                .map(line -> line.replaceFirst("[,;].*", ""))
                .toList();
    }

    @Test
    void nobodyElseSeesAnyOfIt() throws Exception {
        live(new Random(7), 3);
        UserId worker = fixtures.aPerson("Sam Bouchard", projects.get(0), Role.CASEWORKER, Role.PRIVACY);
        UserId elsewhere = fixtures.aPerson("Luz Quispe", projects.get(1), Role.SUPERVISOR);
        for (String path : List.of(
                "/monitor",
                "/monitor/flows/task-test",
                "/monitor/instances",
                "/monitor/tasks",
                "/monitor/levels/answers")) {
            assertThat(mvc.perform(get(path).with(signedIn(worker)))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .as(path)
                    .isEqualTo(403);
        }
        String page = mvc.perform(get("/monitor/instances?state=all&project="
                                + projects.get(0).id().value())
                        .with(signedIn(elsewhere)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        Matcher codes = Pattern.compile("class=\"case-code\">([^<]+)").matcher(page);
        while (codes.find()) {
            assertThat(jdbc.sql("select count(*) from procedure_run where case_code = :code and project_id = :project")
                            .param("code", codes.group(1))
                            .param("project", projects.get(1).id().value())
                            .query(Integer.class)
                            .single())
                    .isPositive();
        }
    }
}
