package org.ancora.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the measurements that were asked for and writes the report; see README and {@link Options}. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.read();
        Report report = new Report(options);
        Path folder = options.folder();
        Files.createDirectories(folder);
        System.setProperty("ancora.data", folder.resolve("data").toString());
        try (Server server = new Server(folder.resolve("database"), options.keep());
                Product product = new Product(server)) {
            if (options.wants("P1") || options.wants("P2") || options.wants("P3") || options.wants("P10")) {
                new TaskLists(options, report, server, product).measure();
            }
            if (options.wants("P6")) {
                new Completions(options, report, server, product).measure();
            }
            if (options.wants("P4") || options.wants("P10")) {
                new Timers(options, report, server, product).measure();
            }
        }
        System.out.println("The figures are in " + options.report());
        System.exit(0); // engines leave threads behind
    }

    /** Says what happens now; a full run takes an hour and should not look dead. */
    static void say(String what) {
        System.out.println(java.time.LocalTime.now(java.time.ZoneOffset.UTC).withNano(0) + " " + what);
    }
}
