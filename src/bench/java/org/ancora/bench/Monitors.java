package org.ancora.bench;

import static org.ancora.bench.Report.ms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.bench.Report.Line;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.monitor.BenchMonitor;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * M1: the monitor over 200,000 running and 2,000,000 finished procedures of six kinds in a hundred projects, beside the same
 * questions put to the engine's own queries. Rows are copies of what the engine and the product wrote themselves.
 */
final class Monitors {

    private static final int KINDS = 6;
    private static final int GOAL = 100;

    /** Three years of finished work, two months of open work; and how long each step of a copy took. */
    private static final String SHIFT = "(n::bigint * 7919 %% %d) * interval '1 minute'";

    private static final int FINISHED_MINUTES = 3 * 365 * 24 * 60;
    private static final int OPEN_MINUTES = 60 * 24 * 60;

    private final Options options;
    private final Report report;
    private final Server server;
    private final Product product;
    private final BenchMonitor monitor;

    Monitors(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.product = product;
        this.monitor = product.bean(BenchMonitor.class);
    }

    void measure() {
        report.part("M1", () -> {
            Users users = product.bean(Users.class);
            users.grant(product.worker(), product.project(), Role.MANAGER, UserId.SYSTEM);
            UserId supervisor = users.create(
                    new org.ancora.access.NewUser(
                            "supervisor", "Susan Bell", null, Locale.ENGLISH, "measured twice, cut once"),
                    UserId.SYSTEM);
            users.grant(supervisor, product.project(), Role.SUPERVISOR, UserId.SYSTEM);
            String filled = fill();
            figures(filled, monitor.viewer(product.worker()), monitor.viewer(supervisor));
        });
    }

    private String fill() throws IOException {
        JdbcTemplate sql = server.sql("ancora");
        int finished = options.scaled(2_000_000);
        int running = options.scaled(200_000);
        long start = System.nanoTime();
        List<String> templates = new ArrayList<>();
        List<Copies> ended = new ArrayList<>();
        List<Copies> open = new ArrayList<>();
        for (int kind = 1; kind <= KINDS; kind++) {
            deploy(kind);
            String one = walk(kind, 4);
            templates.add(one);
            ended.add(copies(sql, one, SHIFT.formatted(FINISHED_MINUTES)));
            for (int stage = 0; stage < 4; stage++) {
                String other = walk(kind, stage);
                templates.add(other);
                open.add(copies(sql, other, SHIFT.formatted(OPEN_MINUTES)));
            }
        }
        List<String> indexes = dropIndexes(sql);
        for (int at = 0; at < ended.size(); at++) {
            Benchmarks.say("M1 finished procedures, kind " + (at + 1) + " of " + ended.size());
            ended.get(at).make(at * (finished / KINDS) + 1, (at + 1) * (finished / KINDS), "-f");
        }
        Benchmarks.say("M1 running procedures");
        for (int at = 0; at < open.size(); at++) {
            open.get(at).make(at * (running / open.size()) + 1, (at + 1) * (running / open.size()), "-r");
        }
        Benchmarks.say("M1 indexes");
        // Each on a connection of its own: as many at a time as there are processors.
        indexes.parallelStream().forEach(sql::execute);
        // What the templates' own transactions counted is one of each; the copies are counted from the rows.
        sql.execute("delete from procedure_tally");
        sql.execute("""
                update procedure_run r set due_at = (select min(s.due_at) from procedure_step s
                                                      where s.run_id = r.id and s.left_at is null)
                 where r.ended_at is null
                """);
        sql.execute("""
                insert into procedure_tally (kind, definition_id, project_id, office, key, n)
                select kind, definition_id, project_id, office, key, count(*)
                  from procedure_share group by kind, definition_id, project_id, office, key
                """);
        sql.execute("vacuum analyze");
        double summed = monitor.sum();
        sql.execute("vacuum analyze procedure_week, procedure_step_week, procedure_tally");
        String size = sql.queryForObject(
                "select pg_size_pretty(sum(pg_total_relation_size(c.oid))) from pg_class c where c.relname like 'procedure%' and c.relkind = 'r'",
                String.class);
        return String.format(
                Locale.ENGLISH,
                "%,d finished and %,d running procedures with their history, %,d steps; filled in %d s, all days summed in %.0f s;"
                        + " the read model takes %s",
                sql.queryForObject("select count(*) from procedure_run where ended_at is not null", Long.class),
                sql.queryForObject("select count(*) from procedure_run where ended_at is null", Long.class),
                sql.queryForObject("select count(*) from procedure_step", Long.class),
                (System.nanoTime() - start) / 1_000_000_000,
                summed,
                size);
    }

    private static String key(int kind) {
        return "bench-round-" + kind;
    }

    private void deploy(int kind) throws IOException {
        try (InputStream file = Monitors.class.getResourceAsStream("/bench/bench-round.bpmn")) {
            String model = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("process id=\"bench-round\"", "process id=\"" + key(kind) + "\"");
            product.bean(RepositoryService.class)
                    .createDeployment()
                    .name(key(kind))
                    .addInputStream(
                            key(kind) + ".bpmn", new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8)))
                    .deploy();
        }
    }

    /** Starts one and takes it so many steps on: accept, wait, call, review, end. */
    private String walk(int kind, int stage) {
        TaskService tasks = product.bean(TaskService.class);
        ManagementService management = product.bean(ManagementService.class);
        String id = product.bean(Processes.class)
                .start(
                        key(kind),
                        "ROUND-" + kind + "-" + stage,
                        product.project(),
                        Variables.of(Processes.WORKER, product.worker())
                                .and(Product.DUE, Instant.now().plus(5, ChronoUnit.DAYS)));
        for (int step = 0; step < stage; step++) {
            if (step == 1) {
                management.executeJob(management
                        .createJobQuery()
                        .processInstanceId(id)
                        .singleResult()
                        .getId());
            } else {
                tasks.complete(tasks.createTaskQuery()
                        .processInstanceId(id)
                        .singleResult()
                        .getId());
            }
        }
        return id;
    }

    private Copies copies(JdbcTemplate sql, String instance, String shift) {
        Map<String, String> tables = new LinkedHashMap<>();
        String of = "proc_inst_id_ = '" + instance + "'";
        tables.put("engine.act_ru_execution", of);
        tables.put("engine.act_ru_task", of);
        tables.put("engine.act_ru_job", "process_instance_id_ = '" + instance + "'");
        for (String table :
                List.of("ru_variable", "hi_procinst", "hi_actinst", "hi_taskinst", "hi_varinst", "hi_detail")) {
            tables.put("engine.act_" + table, of);
        }
        tables.put("work_item", "process_instance_id = '" + instance + "'");
        tables.put("procedure_run", "id = '" + instance + "'");
        tables.put("procedure_step", "run_id = '" + instance + "'");
        String project = "(" + product.projectIds() + ")[1 + n % 100]";
        String due = " - " + shift + " + (n % 11 - 3) * interval '1 day'";
        // Everybody has their share of the work: thirty people to a project.
        String worker = "(1000 + n % 3000)";
        return new Copies(sql, tables)
                .with("engine.act_ru_execution.business_key_", "'R-' || n")
                .with("engine.act_ru_job.duedate_", "now() + interval '1 day' + (n % 40) * interval '1 day'")
                .with(
                        "engine.act_ru_variable.long_",
                        "case when t.name_ = 'projectId' then " + project + " else t.long_ end")
                .with(
                        "engine.act_hi_varinst.long_",
                        "case when t.name_ = 'projectId' then " + project + " else t.long_ end")
                .with("engine.act_ru_task.due_date_", "t.due_date_" + due)
                .with("engine.act_hi_procinst.business_key_", "'R-' || n")
                .with(
                        "engine.act_hi_procinst.start_time_",
                        "t.start_time_ - " + shift + " - (n % 40) * interval '9 hours'")
                .with("engine.act_hi_procinst.end_time_", "t.end_time_ - " + shift)
                .with(
                        "engine.act_hi_actinst.start_time_",
                        "t.start_time_ - " + shift + " - (n % 40) * interval '3 hours'")
                .with("engine.act_hi_actinst.end_time_", "t.end_time_ - " + shift)
                .with(
                        "engine.act_hi_taskinst.start_time_",
                        "t.start_time_ - " + shift + " - (n % 40) * interval '3 hours'")
                .with("engine.act_hi_taskinst.end_time_", "t.end_time_ - " + shift)
                .with("engine.act_hi_taskinst.due_date_", "t.due_date_" + due)
                .with("work_item.project_id", project)
                .with("work_item.case_code", "'R-' || n")
                .with("work_item.due_at", "t.due_at" + due)
                .with("procedure_run.project_id", project)
                .with("procedure_run.case_code", "'R-' || n")
                .with("procedure_run.began_at", "t.began_at - " + shift + " - (n % 40) * interval '9 hours'")
                .with("procedure_run.ended_at", "t.ended_at - " + shift)
                .with("procedure_run.removal_at", "t.removal_at")
                .with("procedure_step.project_id", project)
                .with("procedure_step.entered_at", "t.entered_at - " + shift + " - (n % 40) * interval '3 hours'")
                .with("procedure_step.left_at", "t.left_at - " + shift)
                .with("procedure_step.due_at", "t.due_at" + due)
                .with("procedure_step.assignee", "case when t.assignee is not null then " + worker + " end");
    }

    /** Twenty million rows are sooner written without their indexes; they are made again as they were. */
    private static List<String> dropIndexes(JdbcTemplate sql) {
        List<String> indexes = new ArrayList<>();
        sql.query(
                """
                select schemaname, indexname, indexdef from pg_indexes
                 where tablename in ('act_hi_procinst', 'act_hi_actinst', 'act_hi_taskinst', 'act_hi_varinst', 'act_hi_detail',
                                     'procedure_run', 'procedure_step')
                   and indexdef not like 'CREATE UNIQUE%'
                """,
                row -> {
                    indexes.add(row.getString(3));
                    sql.execute("drop index " + row.getString(1) + "." + row.getString(2));
                });
        return indexes;
    }

    private void figures(String filled, Viewer everywhere, Viewer one) throws Exception {
        product.signIn();
        HistoryService history = product.bean(HistoryService.class);
        RuntimeService runtime = product.bean(RuntimeService.class);
        TaskService tasks = product.bean(TaskService.class);
        String heated = key(2);
        String definition = product.bean(RepositoryService.class)
                .createProcessDefinitionQuery()
                .processDefinitionKey(heated)
                .latestVersion()
                .singleResult()
                .getId();
        Date since = Date.from(Instant.now().minus(13 * 7, ChronoUnit.DAYS));
        List<Line> lines = new ArrayList<>();
        lines.add(line("overview, 100 projects: all its figures", () -> monitor.overview(everywhere, 13), () -> {
            for (int kind = 1; kind <= KINDS; kind++) {
                history.createHistoricProcessInstanceQuery()
                        .processDefinitionKey(key(kind))
                        .unfinished()
                        .count();
                history.createHistoricProcessInstanceQuery()
                        .processDefinitionKey(key(kind))
                        .startedAfter(since)
                        .count();
                history.createHistoricProcessInstanceQuery()
                        .processDefinitionKey(key(kind))
                        .finishedAfter(since)
                        .count();
                runtime.createIncidentQuery().processDefinitionKeyIn(key(kind)).count();
                tasks.createTaskQuery()
                        .processDefinitionKey(key(kind))
                        .dueBefore(new Date())
                        .count();
            }
            return null;
        }));
        lines.add(line("the same over two years", () -> monitor.overview(everywhere, 104), null));
        lines.add(line("the same, one project", () -> monitor.overview(one, 13), null));
        lines.add(line(
                "heat map, 100 projects",
                () -> monitor.heat(everywhere, heated, 13),
                () -> history.createHistoricActivityStatisticsQuery(definition)
                        .includeFinished()
                        .includeCanceled()
                        .startedAfter(since)
                        .list()));
        lines.add(line("the same over two years", () -> monitor.heat(everywhere, heated, 104), null));
        lines.add(line("the same, one project", () -> monitor.heat(one, heated, 13), null));
        lines.add(line("commonest and slowest paths", () -> monitor.paths(everywhere, heated, 13), null));
        lines.add(line(
                "list: running, 100 projects, with its count", () -> monitor.list(everywhere, "", "", "", ""), () -> {
                    history.createHistoricProcessInstanceQuery().unfinished().count();
                    return history.createHistoricProcessInstanceQuery()
                            .unfinished()
                            .orderByProcessInstanceStartTime()
                            .desc()
                            .listPage(0, 50);
                }));
        lines.add(line("list: finished, one kind", () -> monitor.list(everywhere, heated, "finished", "", ""), () -> {
            history.createHistoricProcessInstanceQuery()
                    .processDefinitionKey(heated)
                    .finished()
                    .count();
            return history.createHistoricProcessInstanceQuery()
                    .processDefinitionKey(heated)
                    .finished()
                    .orderByProcessInstanceStartTime()
                    .desc()
                    .listPage(0, 50);
        }));
        lines.add(line("list: late", () -> monitor.list(everywhere, "", "late", "", ""), null));
        lines.add(line(
                "list: at one step",
                () -> monitor.list(everywhere, heated, "", "call", ""),
                () -> runtime.createProcessInstanceQuery()
                        .processDefinitionKey(heated)
                        .activityIdIn("call")
                        .listPage(0, 50)));
        String place = "";
        for (int page = 0; page < 40; page++) {
            place = monitor.list(everywhere, "", "all", "", place);
        }
        String deep = place;
        lines.add(line(
                "list: page 41 of all",
                () -> monitor.list(everywhere, "", "all", "", deep),
                () -> history.createHistoricProcessInstanceQuery()
                        .orderByProcessInstanceStartTime()
                        .desc()
                        .listPage(2000, 50)));
        lines.add(line("whole page over HTTP: overview", () -> page("/monitor"), null));
        lines.add(line("whole page over HTTP: one procedure", () -> page("/monitor/flows/" + heated), null));
        lines.add(line("whole page over HTTP: list", () -> page("/monitor/instances"), null));
        String instance = server.sql("ancora")
                .queryForObject(
                        "select id from procedure_run where ended_at is null and project_id = ? and definition_id = ? order by id desc limit 1",
                        String.class,
                        product.project().value(),
                        definition);
        lines.add(line("whole page over HTTP: one instance", () -> page("/monitor/instances/" + instance), () -> {
            history.createHistoricProcessInstanceQuery()
                    .processInstanceId(instance)
                    .singleResult();
            history.createHistoricVariableInstanceQuery()
                    .processInstanceId(instance)
                    .list();
            runtime.createIncidentQuery().processInstanceId(instance).list();
            product.bean(ManagementService.class)
                    .createJobQuery()
                    .processInstanceId(instance)
                    .list();
            return history.createHistoricActivityInstanceQuery()
                    .processInstanceId(instance)
                    .list();
        }));
        report.write(
                "M1",
                "The monitor",
                lines,
                List.of(
                        filled,
                        "Six procedures of six steps in 100 projects; finished ones over three years, running ones over two months."
                                + " Ours counts late and waiting ones, workers, ages and service levels besides.",
                        "Beside it: the same questions put to the engine's own query API, on the same rows, without any rights:"
                                + " the engine knows no projects.",
                        "p50 and p95 of ours, p50 of the engine's."));
    }

    private String page(String path) throws IOException, InterruptedException {
        var answer = product.get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static Line line(String what, Callable<?> work, @org.jspecify.annotations.Nullable Callable<?> peer)
            throws Exception {
        // A page's first turns are read from its source by the compiler's slowest way; people see the later ones.
        Stopwatch.samples(30, work);
        List<Double> taken = Stopwatch.samples(60, work);
        double half = Stopwatch.median(taken);
        double late = Stopwatch.percentile(taken, 95);
        double theirs = peer == null ? 0 : Stopwatch.median(Stopwatch.samples(5, peer));
        Benchmarks.say(String.format(Locale.ENGLISH, "%-50s %8.2f ms %8.2f ms %10.2f ms", what, half, late, theirs));
        return new Line(
                what,
                "p50 " + ms(half) + ", p95 " + ms(late),
                peer == null ? "" : ms(theirs),
                peer == null ? "" : Report.number(theirs / half) + "×",
                "p95 ≤ " + GOAL + " ms",
                late <= GOAL ? "yes" : "**no**");
    }
}
