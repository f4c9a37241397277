package org.ancora.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 17 of Ancora's own, its data kept between runs.
 *
 * <p>A server left running by a killed Ancora is taken over rather than started a second time.
 */
class EmbeddedDatabase {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String MAJOR_VERSION = "17";
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    private final int port;
    private final AutoCloseable stop;

    private EmbeddedDatabase(int port, AutoCloseable stop) {
        this.port = port;
        this.stop = stop;
    }

    /**
     * Starts the server on this directory, or takes over the one that already serves it.
     *
     * @param directory PostgreSQL's data directory; created when it does not exist
     * @throws StartUpRefused when the directory belongs to another PostgreSQL version or the server does not start
     */
    static EmbeddedDatabase startIn(Path directory) {
        refuseOtherVersion(directory);
        return running(directory).orElseGet(() -> start(directory));
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    void stop() {
        try {
            stop.close();
        } catch (Exception failure) {
            log.warn("The embedded PostgreSQL did not stop cleanly; it recovers by itself at the next start", failure);
        }
    }

    private static void refuseOtherVersion(Path directory) {
        Path file = directory.resolve("PG_VERSION");
        if (!Files.exists(file)) {
            return;
        }
        String version = lines(file).get(0).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartUpRefused("The data in " + directory + " was written by PostgreSQL " + version
                    + ", but Ancora brings PostgreSQL " + MAJOR_VERSION
                    + ": move that directory away, or bring it over with pg_upgrade.");
        }
    }

    private static Optional<EmbeddedDatabase> running(Path directory) {
        Path file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = lines(file);
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(EmbeddedDatabase::isPostgres)
                .map(server ->
                        takeOver(server, Integer.parseInt(lines.get(PORT_LINE).strip())));
    }

    /** A process id is used again after a restart of the machine; only a postgres is one of ours. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private static EmbeddedDatabase takeOver(ProcessHandle server, int port) {
        log.info("PostgreSQL is already running on port {} (process {}); taking it over", port, server.pid());
        return new EmbeddedDatabase(port, () -> stop(server));
    }

    /** SIGTERM lets PostgreSQL finish the sessions that are still open and refuses new ones. */
    private static void stop(ProcessHandle server) throws Exception {
        server.destroy();
        try {
            server.onExit().get(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stillServing) {
            log.info("PostgreSQL still serves another Ancora; it stops when that one does");
        }
    }

    private static EmbeddedDatabase start(Path directory) {
        try {
            Files.createDirectories(directory);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    // The built-in provider sorts and folds case alike on every operating system.
                    .setLocaleConfig("encoding", "UTF-8")
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setServerConfig("timezone", "UTC")
                    // What it says goes into our log: no details of a refused row, which are what people typed.
                    .setServerConfig("log_error_verbosity", "terse")
                    .setServerConfig("log_min_error_statement", "panic")
                    .setServerConfig("max_connections", "100")
                    // The library starts servers for tests, which may forget; what an office was told is kept must be.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            log.info("PostgreSQL {} runs on port {}, its data in {}", MAJOR_VERSION, server.getPort(), directory);
            return new EmbeddedDatabase(server.getPort(), server);
        } catch (IOException | IllegalStateException failure) {
            throw new StartUpRefused(
                    "The embedded PostgreSQL could not start on " + directory + ": " + failure.getMessage(), failure);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
