package org.ancora.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL server of the harness's own, which can be struck down and started again on the same data and port. */
final class Postgres implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;

    Postgres(Path data) {
        this.data = data;
        this.server = start(0);
    }

    int port() {
        return server.getPort();
    }

    /** A direct way to the database, past every proxy. */
    JdbcClient jdbc() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://localhost:" + port() + "/postgres?currentSchema=public,engine");
        source.setUser("postgres");
        return JdbcClient.create(source);
    }

    /** What {@code pg_ctl restart -m immediate} does: every session is cut, and recovery replays the log. */
    void restartImmediately() {
        try {
            int port = port();
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
            ProcessHandle.of(pid).ifPresent(Postgres::await);
            server = start(port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (Exception stillThere) {
            throw new IllegalStateException("PostgreSQL did not stop", stillThere);
        }
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setLocaleConfig("encoding", "UTF-8")
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("max_connections", "150")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
