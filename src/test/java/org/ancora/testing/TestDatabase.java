package org.ancora.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL of all tests of one run: a container where a Docker engine answers, the embedded one else.
 */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.datasource.url=" + url(),
                        "spring.datasource.username=" + Server.USER,
                        "spring.datasource.password=" + Server.PASSWORD)
                .applyTo(context);
    }

    /** @return the JDBC address of the database shared by this run's tests; started at the first call */
    public static String url() {
        return Server.URL;
    }

    /** @return the JDBC address of an empty database of this name on the same server, for a context of its own */
    public static String fresh(String name) {
        try (Connection connection = DriverManager.getConnection(url(), Server.USER, Server.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return url().replaceFirst("/postgres\\b", "/" + name);
    }

    private static final class Server {
        static final String USER = "postgres";
        static final String PASSWORD = "ancora";

        private static final Path SHARED_MEMORY = Path.of("/dev/shm");
        private static final String OURS = "ancora-tests-";

        /** Bytes that must be free: some ten times what the tests of one process leave. */
        private static final long ROOM = 4L << 30;

        static final String URL = start();

        private static String start() {
            return dockerAnswers() ? container() : embedded();
        }

        private static boolean dockerAnswers() {
            try {
                return DockerClientFactory.instance().isDockerAvailable();
            } catch (RuntimeException noDocker) {
                return false;
            }
        }

        private static String container() {
            log.info("Tests run on PostgreSQL 17 in a container (Testcontainers)");
            @SuppressWarnings("resource") // lives as long as the test run
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:17-alpine")
                    .withDatabaseName("postgres")
                    .withUsername(USER)
                    .withPassword(PASSWORD);
            container.start();
            return container.getJdbcUrl();
        }

        private static String embedded() {
            log.info("No Docker engine answers: tests run on the embedded PostgreSQL 17");
            try {
                EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
                inMemory().ifPresent(builder::setDataDirectory);
                EmbeddedPostgres server = builder.setLocaleConfig("encoding", "UTF-8")
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setServerConfig("timezone", "UTC")
                        .setServerConfig("log_error_verbosity", "terse")
                        .setServerConfig("log_min_error_statement", "panic")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "100")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setRegisterShutdownHook(false)
                        .start();
                // The engine says goodbye to the database when a context closes, and would wait long for one that is
                // gone.
                SpringApplication.getShutdownHandlers().add(() -> close(server));
                return server.getJdbcUrl(USER, "postgres");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /**
         * Tests empty tables thousands of times, and each time files are replaced. A file system on a disk takes longer for it
         * than PostgreSQL for all that tests ask; one in memory takes none.
         */
        private static Optional<Path> inMemory() throws IOException {
            if (!Files.isWritable(SHARED_MEMORY)
                    || Files.getFileStore(SHARED_MEMORY).getUsableSpace() < ROOM) {
                return Optional.empty();
            }
            forgetTheDead();
            return Optional.of(
                    SHARED_MEMORY.resolve(OURS + ProcessHandle.current().pid()));
        }

        /** What was killed could not tidy up behind itself. */
        private static void forgetTheDead() throws IOException {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(SHARED_MEMORY, OURS + "[0-9]*")) {
                for (Path each : left) {
                    long pid = Long.parseLong(each.getFileName().toString().substring(OURS.length()));
                    if (ProcessHandle.of(pid).isEmpty()) {
                        FileSystemUtils.deleteRecursively(each);
                    }
                }
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
