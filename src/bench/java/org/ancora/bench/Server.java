package org.ancora.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The one PostgreSQL 17 of a run, durable as in real life, with a database for each of those compared. Its settings are
 * the same for all of them.
 */
final class Server implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final boolean keep;
    private final boolean filled;

    /** @param keep whether the data stays for another run, which then need not fill them again */
    Server(Path folder, boolean keep) throws IOException {
        this.folder = folder;
        this.keep = keep;
        this.filled = keep && Files.exists(folder.resolve("postgres/PG_VERSION"));
        if (!filled) {
            delete(folder);
        }
        Files.createDirectories(folder);
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(!keep)
                .setLocaleConfig("encoding", "UTF-8")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("shared_buffers", "2GB")
                .setServerConfig("maintenance_work_mem", "512MB")
                .setServerConfig("max_wal_size", "16GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .setServerConfig("max_connections", "150")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** The address of a new, empty database. */
    String create(String name) {
        sql("postgres").execute("drop database if exists " + name);
        sql("postgres").execute("create database " + name);
        return url(name);
    }

    /** Whether the product and its tasks are those of an earlier run. */
    boolean isFilled() {
        return filled;
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** Statements outside any measurement, on a connection of their own. */
    JdbcTemplate sql(String database) {
        return new JdbcTemplate(new DriverManagerDataSource(url(database), "postgres", ""));
    }

    /** A pool as an application would have. */
    HikariDataSource pool(String database, int size) {
        HikariConfig config = new HikariConfig();
        // Ours keeps the engine's tables in a schema of their own; elsewhere there is none of that name.
        config.setJdbcUrl(url(database) + "?currentSchema=public,engine");
        config.setUsername("postgres");
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        if (!keep) {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
