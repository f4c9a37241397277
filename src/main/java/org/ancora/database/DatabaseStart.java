package org.ancora.database;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Decides where the data lives before the application context exists: {@code ancora.database=embedded} starts the
 * embedded PostgreSQL under {@code ancora.data}; otherwise {@code spring.datasource.url} must be given.
 */
class DatabaseStart implements EnvironmentPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 10;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        String choice = environment.getProperty("ancora.database", "");
        if (!choice.equals("embedded")) {
            throw new StartUpRefused("No database is named: set SPRING_DATASOURCE_URL to a PostgreSQL address, or"
                    + " ANCORA_DATABASE=embedded for an office on one machine.");
        }
        Path data = Path.of(environment.getProperty("ancora.data", "data")).toAbsolutePath();
        EmbeddedDatabase database = EmbeddedDatabase.startIn(data.resolve("postgres"));
        // Handlers run after every context is closed, so requests and jobs still have their database while they end.
        SpringApplication.getShutdownHandlers().add(database::stop);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embeddedDatabase",
                        Map.of(
                                "spring.datasource.url", database.url(),
                                "spring.datasource.username", "postgres",
                                "spring.datasource.password", "")));
    }
}
