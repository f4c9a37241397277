package org.ancora.bench;

import static org.ancora.bench.Report.ms;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ancora.bench.Report.Line;
import org.ancora.process.rehearsal.BenchRehearsal;
import org.springframework.jdbc.core.JdbcTemplate;

/** M2: three months of a procedure rehearsed on an engine in memory, alone and two at once; the real database stays as it is. */
final class Rehearsals {

    private static final double GOAL = 5_000;

    private final Options options;
    private final Report report;
    private final Server server;
    private final BenchRehearsal rehearsals;

    Rehearsals(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.rehearsals = product.bean(BenchRehearsal.class);
    }

    void measure() {
        report.part("M2", () -> {
            long before = rows();
            // Nobody's first rehearsal after a start may be too slow either, so it is told apart.
            double first = Stopwatch.median(1, rehearsals::threeMonths);
            int turns = 2 * options.rounds();
            List<Double> alone = Stopwatch.samples(turns, rehearsals::threeMonths);
            List<Double> together = Stopwatch.samples(options.rounds(), this::twoAtOnce);
            List<Double> check = Stopwatch.samples(options.rounds(), rehearsals::everyScenario);
            int lines = rehearsals.threeMonths();
            if (rows() != before || rehearsals.underWay() > 0) {
                throw new IllegalStateException("a rehearsal left something behind");
            }
            List<Line> table = new ArrayList<>();
            table.add(
                    line("three months of the search for an existing client: the first after a start", List.of(first)));
            table.add(line("three months of the search for an existing client", alone));
            table.add(line("two at once", together));
            table.add(line("the four scenarios of its folder, as before a publication", check));
            report.write(
                    "M2",
                    "Three months rehearsed in memory",
                    table,
                    List.of(
                            lines + " lines of journal; model check, engine, forms, decisions and letters included",
                            "the rows of the real database were counted before and after: " + before + " both times"));
        });
    }

    private static Line line(String what, List<Double> taken) {
        double slow = Stopwatch.percentile(taken, 95);
        return new Line(
                what,
                "p50 " + ms(Stopwatch.percentile(taken, 50)),
                "p95 " + ms(slow),
                "",
                "p95 ≤ 5 s",
                slow <= GOAL ? "yes" : "**no**");
    }

    private int twoAtOnce() throws Exception {
        ExecutorService owners = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> rehearsal = rehearsals::threeMonths;
            int lines = 0;
            for (var each : owners.invokeAll(List.of(rehearsal, rehearsal))) {
                lines += each.get();
            }
            return lines;
        } finally {
            owners.shutdown();
        }
    }

    /** All rows of the application and of its engine. */
    private long rows() {
        JdbcTemplate sql = server.sql("ancora");
        long rows = 0;
        for (String table : sql.queryForList("""
                select format('%I.%I', table_schema, table_name) from information_schema.tables
                 where table_schema in ('public', 'engine') and table_type = 'BASE TABLE'""", String.class)) {
            Long found = sql.queryForObject("select count(*) from " + table, Long.class);
            rows += found == null ? 0 : found;
        }
        return rows;
    }
}
