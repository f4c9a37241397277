package org.ancora.bench;

import static org.ancora.bench.Report.ms;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.bench.Report.Line;
import org.ancora.casework.list.BenchCases;
import org.ancora.referral.directory.BenchDirectory;
import org.springframework.jdbc.core.JdbcTemplate;

/** D1: a directory of fifty thousand services: loading it, searching it, and loading the same file once more. */
final class Directories {

    private static final Pattern ACTUAL = Pattern.compile("\\(actual time=\\S+ rows=(\\d+) loops=(\\d+)\\)");
    private static final Pattern OF_TABLE =
            Pattern.compile("Scan .*\\bon directory_resource\\b|Scan on directory_resource\\b");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by (?:Filter|Index Recheck): (\\d+)");
    private static final int TURNS = 60;

    private final Options options;
    private final Report report;
    private final Server server;
    private final Product product;

    Directories(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.product = product;
    }

    void measure() {
        report.part("D1", this::directory);
    }

    private void directory() throws Exception {
        BenchDirectory directory = product.bean(BenchDirectory.class);
        JdbcTemplate sql = server.sql("ancora");
        Users users = product.bean(Users.class);
        Viewer before = product.bean(BenchCases.class).viewer(product.worker());
        if (!before.roles(product.project()).contains(Role.COORDINATOR)) {
            users.grant(product.worker(), product.project(), Role.COORDINATOR, UserId.SYSTEM);
        }
        Viewer viewer = product.bean(BenchCases.class).viewer(product.worker());
        int services = options.scaled(50_000);
        byte[] file = BenchDirectory.madeUp(services);
        long source = directory.source(product.project());
        List<Line> lines = new ArrayList<>();
        long load = timed("reading and comparing the file", lines, () -> directory.check(source, file));
        timed("storing it, with the search", lines, () -> {
            directory.store(load);
            return load;
        });
        directory.vacuum(sql);
        BenchDirectory.Standing stored = directory.standing();
        long again = timed("reading and comparing the same file", lines, () -> directory.check(source, file));
        timed("storing the same file", lines, () -> {
            directory.store(again);
            return again;
        });
        long more = directory.changedSince(stored);
        StringBuilder plans = new StringBuilder();
        List<String> faults = new ArrayList<>();
        List<String> read = new ArrayList<>();
        if (more != 0) {
            faults.add("the same file wrote " + more + " rows");
        }
        for (Map.Entry<String, String> each : addresses(directory, viewer).entrySet()) {
            int found = directory.search(each.getValue(), viewer);
            Stopwatch.samples(8, () -> directory.search(each.getValue(), viewer));
            List<Double> taken = Stopwatch.samples(TURNS, () -> directory.search(each.getValue(), viewer));
            double late = Stopwatch.percentile(taken, 95);
            Benchmarks.say(String.format(
                    Locale.ENGLISH,
                    "%-40s %5d found %8.2f ms %8.2f ms",
                    each.getKey(),
                    found,
                    Stopwatch.median(taken),
                    late));
            lines.add(new Line(
                    each.getKey(),
                    "p50 " + ms(Stopwatch.median(taken)),
                    "p95 " + ms(late),
                    "",
                    "p95 ≤ 50 ms",
                    late <= 50 ? "yes" : "**no**"));
            long rowsRead = 0;
            for (String plan : directory.plans(each.getValue(), viewer)) {
                plans.append("== ")
                        .append(each.getKey())
                        .append(": ?")
                        .append(each.getValue())
                        .append('\n')
                        .append(plan)
                        .append("\n\n");
                rowsRead += rowsRead(plan);
            }
            read.add(each.getKey() + " " + Report.number(rowsRead));
            if (rowsRead > services / 2) {
                faults.add(
                        each.getKey() + ": reads " + Report.number(rowsRead) + " rows of " + Report.number(services));
            }
        }
        Path kept = Path.of(System.getProperty("bench.basedir", "."), "target", "directory-plans.txt");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, plans);
        List<String> remarks = new ArrayList<>(List.of(
                Report.number(services) + " services in a package of " + file.length / 1024 / 1024
                        + " MB: each with a place, an address, a telephone, hours, a language, an area and two tags of a taxonomy of 511 terms.",
                "Each search is the page's statement, its count up to 1,000, and what the page says of the twenty it shows, with a"
                        + " coordinator's rights; p50 and p95 of " + TURNS
                        + " turns; plans of all its statements: `target/directory-plans.txt`.",
                "Rows of directory_resource that each search reads in all its statements together: "
                        + String.join(", ", read) + "."));
        remarks.addAll(
                faults.isEmpty()
                        ? List.of("No search reads more than half of the rows, and the same file wrote nothing.")
                        : faults.stream().map(fault -> "**" + fault + "**").toList());
        report.write("D1", "The directory of resources", lines, remarks);
        if (!faults.isEmpty() && options.scale() >= 0.5) {
            throw new IllegalStateException(String.join("\n", faults));
        }
    }

    /** The rows of the table that a plan reads, also those that it reads for nothing; a row read twice counts twice. */
    private static long rowsRead(String plan) {
        long rows = 0;
        long loops = 0;
        for (String line : plan.lines().toList()) {
            Matcher node = ACTUAL.matcher(line);
            Matcher removed = REMOVED.matcher(line);
            if (node.find()) {
                loops = OF_TABLE.matcher(line).find() ? Long.parseLong(node.group(2)) : 0;
                rows += loops * Long.parseLong(node.group(1));
            } else if (removed.find()) {
                rows += loops * Long.parseLong(removed.group(1));
            }
        }
        return rows;
    }

    private static Map<String, String> addresses(BenchDirectory directory, Viewer viewer) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("first page of everything", "");
        asked.put("a word that many have (“meals”)", "q=meals");
        asked.put("a word that every other has (“call ahead”)", "q=call ahead");
        asked.put("a word that few have (“zorab”)", "q=zorab");
        asked.put("a word that nobody has", "q=xqjzk");
        asked.put("a slip of the pen (“zorrab shelterr”)", "q=zorrab shelterr");
        asked.put("Spanish by its stem (“comedores”)", "q=comedores");
        asked.put("two words", "q=legal seniors");
        asked.put("one letter", "q=s");
        asked.put("a need at the top", "need=" + directory.term("T0"));
        asked.put("a need far below", "need=" + directory.term("T300"));
        asked.put("an area", "area=newmarket");
        asked.put("a postal code", "area=L3Y 4A1");
        asked.put("a language", "language=so");
        asked.put("open now", "open=now");
        asked.put("open now, in an area, for a need", "open=now&area=aurora&need=" + directory.term("T1"));
        asked.put("everything at once", "q=meals&area=aurora&language=en&open=now&need=" + directory.term("T2"));
        String deep = "";
        for (int page = 0; page < 30; page++) {
            deep = "after=" + directory.next(deep, viewer);
        }
        asked.put("the thirty-first page", deep);
        return asked;
    }

    private interface Work {
        long make() throws Exception;
    }

    private static long timed(String what, List<Line> lines, Work work) throws Exception {
        long start = System.nanoTime();
        long made = work.make();
        double seconds = (System.nanoTime() - start) / 1e9;
        Benchmarks.say(String.format(Locale.ENGLISH, "%s: %.1f s", what, seconds));
        lines.add(new Line(what, Report.number(seconds) + " s", "", "", "", ""));
        return made;
    }
}
