package org.ancora.operations;

import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Whether the pool gives a connection to a migrated database, within a time that is of use to whoever asks. A request may
 * wait longer for one than a check may: a node that cannot answer in three seconds is not ready.
 */
@Component
@DependsOnDatabaseInitialization
class ConnectionHealthIndicator implements HealthIndicator {

    private static final String MIGRATED =
            "select version from flyway_schema_history where success and version is not null order by installed_rank desc limit 1";

    private final DataSource dataSource;
    private final Duration patience;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "health");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable CompletableFuture<String> answer;

    ConnectionHealthIndicator(
            DataSource dataSource, @Value("${ancora.operations.connection-patience:3s}") Duration patience) {
        this.dataSource = dataSource;
        this.patience = patience;
    }

    @Override
    public Health health() {
        CompletableFuture<String> asked = ask();
        try {
            return Health.up()
                    .withDetail("schema", asked.get(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .build();
        } catch (TimeoutException late) {
            return Health.down()
                    .withDetail("reason", "no connection within " + patience)
                    .build();
        } catch (ExecutionException refused) {
            // Ours: the kind of failure alone, since what a driver says may name hosts and users.
            return Health.down()
                    .withDetail(
                            "reason",
                            String.valueOf(
                                    Objects.requireNonNull(refused.getCause()).getMessage()))
                    .build();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Health.outOfService().build();
        }
    }

    /** Everybody who asks while one question is under way waits for that one, so checks never use up the pool. */
    private synchronized CompletableFuture<String> ask() {
        if (answer == null || answer.isDone()) {
            answer = CompletableFuture.supplyAsync(this::migration, asking);
        }
        return answer;
    }

    private String migration() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) Math.max(1, patience.toSeconds()));
            try (ResultSet row = statement.executeQuery(MIGRATED)) {
                if (!row.next()) {
                    throw new IllegalStateException("not migrated");
                }
                return row.getString(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getClass().getSimpleName(), failure);
        }
    }

    @PreDestroy
    void stop() {
        asking.shutdownNow();
    }
}
