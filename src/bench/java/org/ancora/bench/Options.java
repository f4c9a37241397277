package org.ancora.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line asked for.
 *
 * @param scale 1 for the full sizes; 0.01 tries the harness itself in a few minutes
 * @param only the measurements to make, such as P1 and P4
 * @param rounds how often each variant has its turn; the figures are medians of them
 * @param window how long timers fire in each turn
 * @param folder for the database of this run
 * @param keep whether the database stays, and the tasks in it are used by the next run that keeps it too
 * @param report the document whose sections are rewritten
 */
record Options(double scale, Set<String> only, int rounds, Duration window, Path folder, boolean keep, Path report) {

    private static final List<String> ALL = List.of("P1", "P2", "P3", "P4", "P6", "P10", "C1", "C2", "D1", "M1", "M2");

    static Options read() {
        String only = System.getProperty("bench.only", "");
        double scale = Double.parseDouble(System.getProperty("bench.scale", "1"));
        Path base = Path.of(System.getProperty("bench.basedir", "."));
        return new Options(
                scale,
                new TreeSet<>(only.isBlank() ? ALL : List.of(only.split("\\s*,\\s*"))),
                Integer.getInteger("bench.rounds", 5),
                Duration.ofSeconds(Integer.getInteger("bench.window", 40)),
                Path.of(System.getProperty(
                        "bench.folder", base.resolve("target/bench").toString())),
                Boolean.getBoolean("bench.keep"),
                // A scaled-down run proves the harness, not the product, so it leaves the published figures alone.
                scale < 1 ? base.resolve("target/benchmarks.md") : base.resolve("docs/benchmarks.md"));
    }

    boolean wants(String measurement) {
        return only.contains(measurement);
    }

    /** A full-size number, scaled. */
    int scaled(int full) {
        return Math.max(1, (int) Math.round(full * scale));
    }

    /** The command that makes the same run. */
    String command() {
        StringBuilder command = new StringBuilder("mvn -Pbench verify");
        if (only.size() < ALL.size()) {
            command.append(" -Dbench.only=").append(String.join(",", only));
        }
        if (scale != 1) {
            command.append(" -Dbench.scale=").append(scale);
        }
        if (rounds != 5) {
            command.append(" -Dbench.rounds=").append(rounds);
        }
        if (window.toSeconds() != 40) {
            command.append(" -Dbench.window=").append(window.toSeconds());
        }
        return command.toString();
    }
}
