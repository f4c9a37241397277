package org.ancora.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Makes the measurements that were asked for and writes the report; see docs/benchmarks.md and {@link Options}. */
public final class Benchmarks {

    private static final long BEGAN = System.nanoTime();

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.read();
        Report report = new Report(options);
        Path folder = options.folder();
        Files.createDirectories(folder);
        System.setProperty("ancora.data", folder.resolve("data").toString());
        try (Server server = new Server(folder.resolve("database"), options.keep());
                Product product = new Product(server)) {
            new TaskLists(options, report, server, product).measure();
            new CaseLists(options, report, server, product).measure();
            new Directories(options, report, server, product).measure();
            new Completions(options, report, server, product).measure();
            new Timers(options, report, server, product).measure();
            new Rehearsals(options, report, server, product).measure();
            new Monitors(options, report, server, product).measure();
        }
        say("The figures are in " + options.report()
                + (report.failed().isEmpty() ? "" : "; without " + report.failed()));
        System.exit(report.failed().isEmpty() ? 0 : 1); // engines leave threads behind
    }

    /** Says what happens now; a full run takes an hour and should not look dead. */
    static void say(String what) {
        System.out.println(LocalTime.now(ZoneOffset.UTC).withNano(0) + " (+"
                + Duration.ofNanos(System.nanoTime() - BEGAN).toSeconds() + " s) " + what);
    }
}
