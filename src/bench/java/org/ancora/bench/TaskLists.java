package org.ancora.bench;

import static org.ancora.bench.Report.ms;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.bench.Report.Line;
import org.ancora.process.task.BenchDesk;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * P1, P2, P3: the task list of one caseworker in three of a hundred projects against the engine's own task query over
 * the very same tasks: a million, two in three unassigned, twenty thousand of them for this worker's teams.
 */
final class TaskLists {

    /** For the engine's queries with its authorisations on, of which some take three minutes. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Options options;
    private final Report report;
    private final Server server;
    private final Product product;
    private final BenchDesk desk;
    private final Viewer viewer;
    private final Map<ProjectId, ZoneId> zones;

    TaskLists(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.product = product;
        this.desk = product.desk();
        this.viewer = desk.viewer(product.worker());
        this.zones = desk.zones(viewer);
    }

    void measure() throws Exception {
        if (!options.wants("P1") && !options.wants("P2") && !options.wants("P3") && !options.wants("P10")) {
            return;
        }
        if (!server.isFilled()) {
            fill();
        }
        product.signIn();
        try (BareEngine open = new BareEngine(server.pool("ancora", 8), "lists", false, false);
                BareEngine guarded = new BareEngine(server.pool("ancora", 8), "lists-guarded", false, true)) {
            guarded.engine().getIdentityService().setAuthentication("worker", teams());
            report.part("P1", () -> firstPage(open, guarded));
            report.part("P2", () -> latePage(open, guarded));
            report.part("P3", () -> badges(open, guarded));
        }
    }

    private static List<String> teams() {
        return List.of("team-1", "team-2", "team-3");
    }

    /** The tasks of the worker's teams that nobody has, most urgent first, as both lists show them. */
    private static TaskQuery unassigned(BareEngine engine) {
        return engine.engine().getTaskService().createTaskQuery().taskCandidateGroupIn(teams());
    }

    private static List<?> first(TaskQuery query, int from) {
        return some(query.orderByDueDate().asc().orderByTaskId().asc().listPage(from, 50));
    }

    private static List<?> some(List<?> found) {
        if (found.isEmpty()) {
            throw new IllegalStateException("an empty page proves nothing");
        }
        return found;
    }

    private void firstPage(BareEngine open, BareEngine guarded) throws Exception {
        Compared plain = compare(
                50,
                () -> desk.page("unassigned", null, null, null, viewer, zones),
                () -> first(unassigned(open), 0),
                () -> first(unassigned(guarded), 0));
        Compared filtered = compare(
                50,
                () -> desk.page("unassigned", "review", null, null, viewer, zones),
                () -> first(unassigned(open).taskDefinitionKey("review"), 0),
                () -> first(unassigned(guarded).taskDefinitionKey("review"), 0));
        Compared newest = compare(
                50,
                () -> desk.page("unassigned", null, "newest", null, viewer, zones),
                () -> some(unassigned(open).orderByTaskCreateTime().desc().listPage(0, 50)),
                () -> some(unassigned(guarded).orderByTaskCreateTime().desc().listPage(0, 50)));
        List<Double> whole = new ArrayList<>();
        Stopwatch.samples(30, () -> product.page("/tasks?tab=unassigned"));
        whole.addAll(Stopwatch.samples(200, () -> product.page("/tasks?tab=unassigned")));
        double p99 = Stopwatch.percentile(whole, 99);
        report.write(
                "P1",
                "First page of the task list",
                List.of(
                        plain.line("50 most urgent of 20,000, authorisation off", 50, false),
                        plain.line("the same, authorisation on", 50, true),
                        filtered.line("only one step, authorisation off", 50, false),
                        newest.line("newest first, authorisation off", 50, false),
                        Line.of("whole page over HTTP, median", ms(Stopwatch.median(whole)), "", ""),
                        new Line(
                                "whole page over HTTP, p99", ms(p99), "", "", "≤ 60 ms", p99 <= 60 ? "yes" : "**no**")),
                List.of(
                        sizes(),
                        "The page holds rows, five counted tabs, three counted groups, filters and names; ours is"
                                + " always read with the viewer's rights."));
    }

    private void latePage(BareEngine open, BareEngine guarded) throws Exception {
        String after = null;
        for (int page = 1; page < options.scaled(200); page++) {
            after = desk.page("unassigned", null, null, after, viewer, zones);
        }
        String place = after;
        int offset = options.scaled(200) * 50;
        Compared late = compare(
                50,
                () -> desk.page("unassigned", null, null, place, viewer, zones),
                () -> first(unassigned(open), offset),
                () -> first(unassigned(guarded), offset));
        double firstPage = Stopwatch.median(200, () -> desk.page("unassigned", null, null, null, viewer, zones));
        double pageTwoHundred = Stopwatch.median(200, () -> desk.page("unassigned", null, null, place, viewer, zones));
        report.write(
                "P2",
                "Page 200",
                List.of(
                        late.line("by keyset, against listPage(" + offset + ", 50), authorisation off", 200, false),
                        late.line("the same, authorisation on", 200, true),
                        Line.of(
                                "page 200 against our page 1",
                                ms(pageTwoHundred),
                                ms(firstPage),
                                pageTwoHundred / firstPage,
                                1.5,
                                false)),
                List.of(sizes()));
    }

    private void badges(BareEngine open, BareEngine guarded) throws Exception {
        Compared all =
                compare(50, () -> desk.counts("unassigned", viewer, zones), () -> count(open), () -> count(guarded));
        report.write(
                "P3",
                "Figures on the list's tabs",
                List.of(
                        all.line("eight figures, authorisation off", 100, false),
                        all.line("the same, authorisation on", 100, true)),
                List.of(
                        sizes(),
                        "Ours stop at 1,000 (\"1,000+\") and come in one statement; the engine's counts go to the"
                                + " end, it has no others."));
    }

    /** Mine, upcoming, the teams', unassigned, calls, and of the unassigned the late, today's and this week's. */
    private long count(BareEngine bare) {
        Date now = new Date();
        Date tonight = Date.from(Instant.now().plus(12, ChronoUnit.HOURS));
        Date week = Date.from(Instant.now().plus(4, ChronoUnit.DAYS));
        String me = product.worker().toString();
        return bare.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .taskAssignee(me)
                        .dueBefore(week)
                        .count()
                + bare.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .taskAssignee(me)
                        .dueAfter(week)
                        .count()
                + unassigned(bare).includeAssignedTasks().count()
                + unassigned(bare).count()
                + unassigned(bare).includeAssignedTasks().taskPriority(60).count()
                + unassigned(bare).dueBefore(now).count()
                + unassigned(bare).dueAfter(now).dueBefore(tonight).count()
                + unassigned(bare).dueAfter(tonight).dueBefore(week).count();
    }

    private record Compared(double ours, double open, double guarded) {

        Line line(String what, double goal, boolean authorised) {
            double peer = authorised ? guarded : open;
            return Line.of(what, ms(ours), ms(peer), peer / ours, goal, true);
        }
    }

    private Compared compare(int repetitions, Callable<?> ours, Callable<?> open, Callable<?> guarded)
            throws Exception {
        Stopwatch.samples(repetitions, ours);
        Stopwatch.samples(2, open);
        List<Double> mine = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> authorised = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            mine.add(Stopwatch.median(repetitions, ours));
            theirs.add(Stopwatch.median(3, open));
            // One that takes minutes is not asked again: nothing hangs on its second digit.
            if (authorised.stream().mapToDouble(each -> each).sum() < PATIENCE.toMillis()) {
                authorised.add(Stopwatch.median(1, guarded));
            }
        }
        return new Compared(Stopwatch.median(mine), Stopwatch.median(theirs), Stopwatch.median(authorised));
    }

    private String sizes() {
        return "%,d open tasks, %,d authorisations, both over the same engine tables"
                .formatted(options.scaled(1_000_000), options.scaled(330_000));
    }

    private void fill() {
        JdbcTemplate sql = server.sql("ancora");
        int tasks = options.scaled(1_000_000);
        Benchmarks.say("Filling " + tasks + " open tasks");
        people(sql);
        cases(sql, tasks);
        String instance = product.start();
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("engine.act_ru_execution", "proc_inst_id_ = '" + instance + "'");
        tables.put("engine.act_ru_task", "proc_inst_id_ = '" + instance + "'");
        tables.put(
                "engine.act_ru_identitylink",
                "task_id_ in (select id_ from engine.act_ru_task where proc_inst_id_ = '" + instance + "')");
        tables.put("work_item", "process_instance_id = '" + instance + "'");
        String project = "1 + n % 100";
        String due =
                "date_trunc('minute', now()) - interval '5 days' + ((n::bigint * 7919) % 40000) * interval '1 minute'";
        String created = "now() - ((n::bigint * 104729) % 50000) * interval '1 minute'";
        String code = "'B-' || (" + project + ") || '-' || n % " + caseCount(tasks);
        String assignee = "case when (n / 100) % 3 > 0 then null when n % 100 < 3 and (n / 300) % 20 = 0 then "
                + product.worker() + " else 100000 + (n % 100) * 20 + (n / 300) % 20 end";
        String step = "case when (n / 100) % 40 = 7 then 'review' else 'visit' end";
        String call = "n % 50 = 0";
        new Copies(sql, tables)
                .with("engine.act_ru_execution.business_key_", code)
                .with("engine.act_ru_task.assignee_", "(" + assignee + ")::text")
                .with("engine.act_ru_task.due_date_", due)
                .with("engine.act_ru_task.follow_up_date_", due + " - interval '2 days'")
                .with("engine.act_ru_task.create_time_", created)
                .with("engine.act_ru_task.task_def_key_", step)
                .with("engine.act_ru_task.priority_", "case when " + call + " then 60 else 50 end")
                .with("engine.act_ru_identitylink.group_id_", "'team-' || (" + project + ")")
                .with("work_item.case_code", code)
                .with("work_item.project_id", "(" + product.projectIds() + ")[" + project + "]")
                .with("work_item.assignee", assignee)
                .with("work_item.due_at", due)
                .with(
                        "work_item.opens_at",
                        due + " - case when " + call + " then interval '0' else interval '2 days' end")
                .with("work_item.kind", "case when " + call + " then 'call' else 'task' end")
                .with("work_item.created_at", created)
                .with("work_item.element", step)
                .with("work_item.priority", "case when " + call + " then 60 else 50 end")
                .make(1, tasks, "-");
        authorisations(sql);
        Benchmarks.say("Indexing and analysing");
        sql.execute("vacuum analyze");
        sql.execute("checkpoint");
    }

    private static int caseCount(int tasks) {
        return Math.max(100, tasks / 400 * 100);
    }

    private static void people(JdbcTemplate sql) {
        sql.execute("""
                insert into account (id, sign_in_name, name, locale, created_at) overriding system value
                select 100000 + n, 'person-' || n, 'Person ' || n, 'en', now() from generate_series(0, 1999) n
                """);
    }

    private void cases(JdbcTemplate sql, int tasks) {
        sql.execute("""
                insert into profile (id, network_id, anonymous, given_name, family_name, languages, search_name, created_at)
                overriding system value
                select 1000000 + n, (select min(id) from network), false, 'Given' || n, 'Family' || n, '{en}',
                       'given' || n || ' family' || n, now()
                  from generate_series(0, %d - 1) n
                """.formatted(caseCount(tasks)));
        sql.execute("""
                insert into case_file (code, project_id, profile_id, status, status_id, service_mode, source_kind, opened_at)
                select 'B-' || (1 + n %% 100) || '-' || n, (%s)[1 + n %% 100], 1000000 + n, 'in-progress',
                       (select s.id from project_status s
                         where s.project_id = (%s)[1 + n %% 100] and s.category = 'in-progress'), 'individual',
                       'self', now()
                  from generate_series(0, %d - 1) n
                """.formatted(product.projectIds(), product.projectIds(), caseCount(tasks)));
    }

    /** As many as one for each assigned task, and the teams' rights to read what is theirs. */
    private void authorisations(JdbcTemplate sql) {
        sql.execute("""
                insert into engine.act_ru_authorization (id_, rev_, type_, group_id_, user_id_, resource_type_, resource_id_, perms_)
                select 'auth-' || id_, 1, 1, null, coalesce(assignee_, 'worker'), 7, id_, 2147483647
                  from engine.act_ru_task where assignee_ is not null
                """);
        sql.execute("""
                insert into engine.act_ru_authorization (id_, rev_, type_, group_id_, user_id_, resource_type_, resource_id_, perms_)
                select 'team-auth-' || t.id_, 1, 1, l.group_id_, null, 7, t.id_, 2147483647
                  from engine.act_ru_task t join engine.act_ru_identitylink l on l.task_id_ = t.id_
                 where l.group_id_ in ('team-1', 'team-2', 'team-3')
                """);
    }
}
