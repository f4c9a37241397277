package org.ancora.process.engine;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * Creates the engine's tables in the schema {@code engine} with the scripts that come in the engine's own archive.
 *
 * <p>The engine's automatic creation would put them into the first schema of the search path, among ours.
 */
@Component
class EngineTables implements JavaMigration {

    private static final List<String> PARTS = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("030");
    }

    @Override
    public String getDescription() {
        return "engine";
    }

    @Override
    public @Nullable Integer getChecksum() {
        // The scripts belong to the engine: a later engine brings later ones and its own upgrade, not a new first day.
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists engine");
            statement.execute("set local search_path to engine");
            for (String part : PARTS) {
                ScriptUtils.executeSqlScript(
                        connection,
                        new ClassPathResource(
                                "org/camunda/bpm/engine/db/create/activiti.postgres.create." + part + ".sql"));
            }
            statement.execute("set local search_path to public, engine");
        }
    }
}
