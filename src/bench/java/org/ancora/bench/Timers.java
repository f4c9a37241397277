package org.ancora.bench;

import static org.ancora.bench.Report.ms;
import static org.ancora.bench.Report.perSecond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ancora.bench.Report.Line;
import org.camunda.bpm.engine.TaskService;
import org.springframework.jdbc.core.JdbcTemplate;

/** P4 and P10: a hundred thousand timers are due while a million wait; each leads to the next task. */
final class Timers {

    private final Options options;
    private final Report report;
    private final Server server;
    private final Product product;

    Timers(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.product = product;
    }

    void measure() {
        if (!options.wants("P4") && !options.wants("P10")) {
            return;
        }
        Backlog ours = ours();
        report.part("P4", () -> rates(ours));
        report.part("P10", () -> pages(ours));
    }

    /** One engine's timers: how many are due, and more of them when they run out. */
    private final class Backlog {

        private final JdbcTemplate sql;
        private final String due;
        private final String topUp;
        private int next;

        Backlog(JdbcTemplate sql, String due, String topUp) {
            this.sql = sql;
            this.due = due;
            this.topUp = topUp;
            this.next = options.scaled(100_000) + 1;
        }

        int due() {
            return sql.queryForObject(due, Integer.class);
        }

        /** The same hundred thousand before every turn. */
        void fillUp() {
            int missing = options.scaled(100_000) - due();
            if (missing > 0) {
                sql.execute(topUp.formatted(next, next + missing - 1));
                next += missing;
            }
        }
    }

    /** What two processors answer with half of their time: three hundred people who open a page every forty seconds. */
    private static final int PAGES_A_SECOND = 8;

    private int total() {
        return options.scaled(1_100_000);
    }

    /** Only timers that may fire in this run need their variables and history; the others just wait. */
    private int firing() {
        return Math.min(
                total(),
                options.scaled(100_000)
                        + (int) (2L * options.rounds() * options.window().toSeconds() * 500));
    }

    private static final String DUE_DATE =
            "case when n <= %1$d then now() - interval '1 day' + n * interval '1 millisecond'"
                    + " else now() + interval '2 days' + (n %% 500000) * interval '1 second' end";

    private Backlog camunda(String database, String schema, String instance) {
        Benchmarks.say("Filling " + total() + " timers in " + database);
        JdbcTemplate sql = server.sql(database);
        String of = "proc_inst_id_ = '" + instance + "'";
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put(schema + "act_ru_execution", of);
        tables.put(schema + "act_ru_job", "process_instance_id_ = '" + instance + "'");
        for (String table :
                List.of("ru_variable", "hi_procinst", "hi_actinst", "hi_taskinst", "hi_varinst", "hi_detail")) {
            tables.put(schema + "act_" + table, of);
        }
        Copies copies = new Copies(sql, tables)
                .with(schema + "act_ru_execution.business_key_", "'T-' || n")
                .with(schema + "act_ru_job.duedate_", DUE_DATE.formatted(options.scaled(100_000)));
        copies.make(1, firing(), "-t");
        if (firing() < total()) {
            copies.make(firing() + 1, total(), "-t", schema + "act_ru_execution", schema + "act_ru_job");
        }
        String job = sql.queryForObject(
                "select id_ from " + schema + "act_ru_job where process_instance_id_ = ?", String.class, instance);
        sql.execute("vacuum analyze");
        return new Backlog(
                sql,
                "select count(*) from " + schema + "act_ru_job where duedate_ <= now()",
                "update " + schema + "act_ru_job set duedate_ = now() - interval '1 hour' where id_ in (select '" + job
                        + "-t' || n from generate_series(%d, %d) n)");
    }

    private Backlog ours() {
        String instance = product.start();
        TaskService tasks = product.bean(TaskService.class);
        tasks.complete(tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId());
        return camunda("ancora", "engine.", instance);
    }

    private Backlog bare(BareEngine engine) {
        engine.deploy();
        String instance = engine.start();
        TaskService tasks = engine.engine().getTaskService();
        tasks.complete(tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId());
        return camunda("bare", "", instance);
    }

    private Backlog flowable(FlowableEngine engine) {
        String instance = engine.startAtTimer();
        Benchmarks.say("Filling " + total() + " timers in flowable");
        JdbcTemplate sql = server.sql("flowable");
        String of = "proc_inst_id_ = '" + instance + "'";
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("act_ru_execution", of);
        tables.put("act_ru_timer_job", "process_instance_id_ = '" + instance + "'");
        for (String table : List.of(
                "ru_variable", "ru_actinst", "hi_procinst", "hi_actinst", "hi_taskinst", "hi_varinst", "hi_detail")) {
            tables.put("act_" + table, of);
        }
        Copies copies = new Copies(sql, tables)
                .with("act_ru_execution.business_key_", "'T-' || n")
                .with("act_ru_timer_job.duedate_", DUE_DATE.formatted(options.scaled(100_000)));
        copies.make(1, firing(), "-t");
        if (firing() < total()) {
            copies.make(firing() + 1, total(), "-t", "act_ru_execution", "act_ru_timer_job");
        }
        String job = sql.queryForObject(
                "select id_ from act_ru_timer_job where process_instance_id_ = ?", String.class, instance);
        sql.execute("vacuum analyze");
        return new Backlog(
                sql,
                "select (select count(*) from act_ru_timer_job where duedate_ <= now())"
                        + " + (select count(*) from act_ru_job where duedate_ <= now())",
                "update act_ru_timer_job set duedate_ = now() - interval '1 hour' where id_ in (select '" + job
                        + "-t' || n from generate_series(%d, %d) n)");
    }

    private void rates(Backlog ours) throws Exception {
        server.create("bare");
        server.create("flowable");
        try (BareEngine defaults = new BareEngine(server.pool("bare", 20), "defaults", true, false);
                FlowableEngine flowable = new FlowableEngine(server.pool("flowable", 20))) {
            Backlog theirs = bare(defaults);
            Backlog others = flowable(flowable);
            List<Double> mine = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            List<Double> peer = new ArrayList<>();
            List<String> profile = List.of();
            for (int round = 0; round < options.rounds(); round++) {
                try (Profile watching = new Profile(server, "ancora")) {
                    mine.add(rate(ours, product::startJobs, product::stopJobs));
                    profile = watching.heaviest(10);
                }
                bare.add(rate(theirs, defaults::startJobs, defaults::stopJobs));
                peer.add(rate(others, flowable::startJobs, flowable::stopJobs));
                Benchmarks.say("P4 ours " + mine.get(round) + ", defaults " + bare.get(round) + ", Flowable "
                        + peer.get(round));
            }
            double own = Stopwatch.median(mine);
            double byDefault = Stopwatch.median(bare);
            double byFlowable = Stopwatch.median(peer);
            report.write(
                    "P4",
                    "Timers a second",
                    List.of(
                            Line.of(
                                    "the engine with its defaults",
                                    perSecond(own),
                                    perSecond(byDefault),
                                    own / byDefault,
                                    15,
                                    true),
                            Line.of("Flowable 7.1", perSecond(own), perSecond(byFlowable), own / byFlowable, 1, true)),
                    List.of(
                            "%,d due and %,d waiting in each of the three; each fires for %d s in its turn, from the start of its executor"
                                    .formatted(
                                            options.scaled(100_000),
                                            options.scaled(1_000_000),
                                            options.window().toSeconds()),
                            "each timer leads to a user task; full history; ours also keeps the task list",
                            "ours: " + String.join("; ", profile)));
        }
    }

    private double rate(Backlog backlog, Runnable start, Runnable stop) throws InterruptedException {
        backlog.fillUp();
        int before = backlog.due();
        long began = System.nanoTime();
        start.run();
        TimeUnit.MILLISECONDS.sleep(options.window().toMillis());
        stop.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        int fired = before - backlog.due();
        if (fired == before) {
            throw new IllegalStateException("all were fired before the time was up: the figure would be too low");
        }
        return fired / seconds;
    }

    private void pages(Backlog ours) throws Exception {
        product.signIn();
        Benchmarks.say("Asking for pages");
        Crowd.steadily(4, PAGES_A_SECOND / 4, 10_000, person -> product.page("/tasks?tab=unassigned"));
        List<Double> quiet = new ArrayList<>();
        List<Double> busy = new ArrayList<>();
        List<Double> fired = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            quiet.add(Stopwatch.percentile(
                    Crowd.steadily(
                            4,
                            PAGES_A_SECOND / 4,
                            options.window().toMillis(),
                            person -> product.page("/tasks?tab=unassigned")),
                    99));
            ours.fillUp();
            int before = ours.due();
            product.startJobs();
            busy.add(Stopwatch.percentile(
                    Crowd.steadily(
                            4,
                            PAGES_A_SECOND / 4,
                            options.window().toMillis(),
                            person -> product.page("/tasks?tab=unassigned")),
                    99));
            product.stopJobs();
            fired.add((before - ours.due()) / (double) options.window().toSeconds());
            Benchmarks.say("P10 quiet " + quiet.get(round) + ", busy " + busy.get(round) + ", fired a second "
                    + fired.get(round));
        }
        double calm = Stopwatch.median(quiet);
        double loaded = Stopwatch.median(busy);
        report.write(
                "P10",
                "The list while timers fire",
                List.of(
                        Line.of(
                                "p99 of the page while timers fire, against quiet",
                                ms(loaded),
                                ms(calm),
                                loaded / calm,
                                2,
                                false),
                        Line.of("timers a second meanwhile", perSecond(Stopwatch.median(fired)), "", "")),
                List.of(PAGES_A_SECOND
                        + " pages a second at a steady pace, each counted from when it should have been asked for; "
                        + "asking, answering, firing and PostgreSQL share the machine's cores"));
    }
}
