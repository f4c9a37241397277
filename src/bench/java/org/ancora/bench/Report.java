package org.ancora.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes each measurement between its markers in the document; what stands around them is left alone. */
final class Report {

    /** One of the measurements. */
    interface Measurement {
        void make() throws Exception;
    }

    private final Options options;
    private final List<String> failed = new ArrayList<>();

    Report(Options options) {
        this.options = options;
    }

    /** Makes a measurement if it was asked for. One that fails does not take along those that come after it. */
    void part(String id, Measurement measurement) {
        if (!options.wants(id)) {
            return;
        }
        long start = System.nanoTime();
        try {
            measurement.make();
        } catch (Exception failure) {
            failed.add(id);
            failure.printStackTrace();
        }
        Benchmarks.say(
                id + " took " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    /** The measurements that came to nothing. */
    List<String> failed() {
        return failed;
    }

    /** One line of a table. {@code goal} is empty where nothing was promised. */
    record Line(String what, String ours, String peer, String ratio, String goal, String met) {

        /** A line whose ratio has a goal: at least so much, or, where less is better, at most. */
        static Line of(String what, String ours, String peer, double ratio, double goal, boolean atLeast) {
            return new Line(
                    what,
                    ours,
                    peer,
                    number(ratio) + "×",
                    (atLeast ? "≥ " : "≤ ") + number(goal) + "×",
                    (atLeast ? ratio >= goal : ratio <= goal) ? "yes" : "**no**");
        }

        static Line of(String what, String ours, String peer, String ratio) {
            return new Line(what, ours, peer, ratio, "", "");
        }
    }

    static String number(double value) {
        return String.format(Locale.ENGLISH, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    static String ms(double value) {
        return number(value) + " ms";
    }

    static String perSecond(double value) {
        return number(value) + "/s";
    }

    void write(String id, String title, List<Line> lines, List<String> remarks) throws IOException {
        write(id, title, lines, List.of(), remarks);
    }

    /** @param more what stands between the table and the remarks, line by line */
    void write(String id, String title, List<Line> lines, List<String> more, List<String> remarks) throws IOException {
        List<String> text = new ArrayList<>();
        text.add("<!-- " + id + " -->");
        text.add("### " + id + " " + title);
        text.add("");
        text.add("| | Ancora | beside it | ratio | goal | met |");
        text.add("|---|---|---|---|---|---|");
        for (Line line : lines) {
            text.add("| "
                    + String.join(" | ", line.what(), line.ours(), line.peer(), line.ratio(), line.goal(), line.met())
                    + " |");
        }
        text.add("");
        text.addAll(more);
        remarks.forEach(remark -> text.add("- " + remark));
        text.add("- " + LocalDate.now(ZoneOffset.UTC) + ", median of " + options.rounds() + ", `" + options.command()
                + "`, " + machine());
        text.add("<!-- /" + id + " -->");
        String section = String.join("\n", text);
        System.out.println("\n" + section + "\n");
        put(id, section);
    }

    private void put(String id, String section) throws IOException {
        Path file = options.report();
        String before = Files.exists(file) ? Files.readString(file) : "# Benchmarks\n";
        Matcher old = Pattern.compile("<!-- " + id + " -->.*?<!-- /" + id + " -->", Pattern.DOTALL)
                .matcher(before);
        String after =
                old.find() ? old.replaceFirst(Matcher.quoteReplacement(section)) : before + "\n" + section + "\n";
        Files.createDirectories(file.getParent());
        Files.writeString(file, after);
    }

    private static String machine() throws IOException {
        long memory = ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                >> 30;
        Path processor = Path.of("/proc/cpuinfo");
        String model = !Files.exists(processor)
                ? System.getProperty("os.arch")
                : Files.readAllLines(processor).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        return Runtime.getRuntime().availableProcessors() + " cores (" + model + "), " + memory + " GiB, Java "
                + Runtime.version().feature() + ", PostgreSQL 17, all on one machine";
    }
}
