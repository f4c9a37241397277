package org.ancora.bench;

import static org.ancora.bench.Report.perSecond;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.ancora.access.Viewer;
import org.ancora.bench.Report.Line;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * P6: four people finish tasks, after each of which a timer is set. Ours checks the form, writes the activity log, keeps
 * the task list and remembers the answer for a repeated request; the bare engine only completes.
 */
final class Completions {

    private final Options options;
    private final Report report;
    private final Server server;
    private final Product product;

    Completions(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.product = product;
    }

    void measure() {
        report.part("P6", this::completions);
    }

    private void completions() throws Exception {
        int each = Math.max(200, options.scaled(1_000));
        int warmUp = 3 * each;
        int all = warmUp + each * options.rounds();
        Viewer viewer = product.desk().viewer(product.worker());
        server.create("completions");
        try (BareEngine bare = new BareEngine(server.pool("completions", 20), "completions", true, false);
                HikariDataSource plain = server.pool("completions", 20)) {
            bare.deploy();
            Benchmarks.say("Filling " + all + " instances twice");
            String ours = copies("ancora", "engine.", product.start(), all);
            String theirs = copies("completions", "", bare.start(), all);
            accounts();
            List<Double> mine = new ArrayList<>();
            List<Double> engine = new ArrayList<>();
            List<Double> twenty = new ArrayList<>();
            List<String> profile = List.of();
            List<String> bareProfile = List.of();
            for (int round = 0; round <= options.rounds(); round++) {
                int from = round == 0 ? 1 : warmUp + (round - 1) * each + 1;
                int to = round == 0 ? warmUp : from + each - 1;
                try (Profile watching = new Profile(server, "ancora")) {
                    mine.add(Crowd.perSecond(from, to, n -> product.desk()
                            .complete(ours + "-c" + n, viewer, Map.of("outcome", "spoke", "minutes", 5))));
                    profile = watching.heaviest(8);
                }
                try (Profile watching = new Profile(server, "completions")) {
                    engine.add(Crowd.perSecond(from, to, n -> bare.engine()
                            .getTaskService()
                            .complete(theirs + "-c" + n, Map.of("outcome", "spoke", "minutes", 5))));
                    bareProfile = watching.heaviest(8);
                }
                twenty.add(Crowd.perSecond(from, to, n -> twentyStatements(plain)));
                Benchmarks.say("P6 ours " + mine.get(round) + ", bare " + engine.get(round) + ", 20 statements "
                        + twenty.get(round));
            }
            double own = Stopwatch.median(mine.subList(1, mine.size()));
            double bareRate = Stopwatch.median(engine.subList(1, engine.size()));
            double twentyRate = Stopwatch.median(twenty.subList(1, twenty.size()));
            report.write(
                    "P6",
                    "Completions with log and task list",
                    List.of(
                            Line.of(
                                    "against the bare engine",
                                    perSecond(own),
                                    perSecond(bareRate),
                                    own / bareRate,
                                    0.75,
                                    true),
                            Line.of(
                                    "against a transaction of 20 statements through JDBC",
                                    perSecond(own),
                                    perSecond(twentyRate),
                                    own / twentyRate,
                                    0.18,
                                    true)),
                    List.of(
                            "4 at a time, " + each + " in each turn, full history on both sides; a first turn of "
                                    + warmUp + " warms up and is left out",
                            "ours: " + String.join("; ", profile),
                            "bare: " + String.join("; ", bareProfile)));
        }
    }

    /** Returns the id of the task of which those of the copies are made. */
    private String copies(String database, String schema, String instance, int many) {
        JdbcTemplate sql = server.sql(database);
        String code = "'C-' || n";
        Map<String, String> tables = new LinkedHashMap<>();
        for (String table : List.of(
                "ru_execution",
                "ru_task",
                "ru_variable",
                "hi_procinst",
                "hi_actinst",
                "hi_taskinst",
                "hi_varinst",
                "hi_detail")) {
            tables.put(schema + "act_" + table, "proc_inst_id_ = '" + instance + "'");
        }
        for (String table : List.of("ru_identitylink", "hi_identitylink")) {
            tables.put(
                    schema + "act_" + table,
                    "task_id_ in (select id_ from " + schema + "act_ru_task where proc_inst_id_ = '" + instance + "')");
        }
        if (!schema.isEmpty()) {
            tables.put("work_item", "process_instance_id = '" + instance + "'");
        }
        new Copies(sql, tables)
                .with(schema + "act_ru_execution.business_key_", code)
                .with(schema + "act_hi_procinst.business_key_", code)
                .with("work_item.case_code", code)
                .make(1, many, "-c");
        sql.execute("analyze");
        return sql.queryForObject(
                "select id_ from " + schema + "act_ru_task where proc_inst_id_ = ?", String.class, instance);
    }

    private void accounts() {
        JdbcTemplate sql = server.sql("completions");
        sql.execute("create table twenty_account (id int primary key, balance int not null, filler text not null)");
        sql.execute(
                "create table twenty_entry (id bigint generated always as identity primary key, account int, amount int)");
        sql.execute("insert into twenty_account select n, 0, repeat('x', 80) from generate_series(1, 100000) n");
        sql.execute("vacuum analyze twenty_account");
    }

    /** Eight selects, eight updates, four inserts, one commit. */
    private static void twentyStatements(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            int account = ThreadLocalRandom.current().nextInt(99_000);
            for (int each = 1; each <= 8; each++) {
                run(connection, "select balance from twenty_account where id = ?", account + each * 100);
            }
            for (int each = 1; each <= 8; each++) {
                run(connection, "update twenty_account set balance = balance + 1 where id = ?", account + each * 100);
            }
            for (int each = 1; each <= 4; each++) {
                run(connection, "insert into twenty_entry (account, amount) values (?, 1)", account);
            }
            connection.commit();
        }
    }

    private static void run(Connection connection, String sql, int value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, value);
            statement.execute();
        }
    }
}
