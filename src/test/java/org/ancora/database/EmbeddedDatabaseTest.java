package org.ancora.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void keepsItsDataBetweenStarts() throws Exception {
        EmbeddedDatabase first = EmbeddedDatabase.startIn(folder);
        execute(first, "create table kept as select 'Ñandú è qui' as words");
        first.stop();

        EmbeddedDatabase second = EmbeddedDatabase.startIn(folder);

        assertThat(query(second, "select words from kept")).isEqualTo("Ñandú è qui");
        assertThat(query(second, "select lower('ÑÈ')")).isEqualTo("ñè");
        second.stop();
    }

    @Test
    void takesOverAServerThatIsStillRunningInsteadOfStartingASecond() throws Exception {
        EmbeddedDatabase first = EmbeddedDatabase.startIn(folder);

        EmbeddedDatabase second = EmbeddedDatabase.startIn(folder);

        assertThat(second.url()).isEqualTo(first.url());
        second.stop();
        assertThatThrownBy(() -> query(first, "select 1")).hasMessageContaining("refused");
    }

    @Test
    void refusesTheDataOfAnotherPostgresVersionInOneSentence() throws Exception {
        Files.writeString(folder.resolve("PG_VERSION"), "15\n");

        assertThatThrownBy(() -> EmbeddedDatabase.startIn(folder))
                .isInstanceOf(StartUpRefused.class)
                .hasMessageContaining("written by PostgreSQL 15")
                .hasMessageContaining("Ancora brings PostgreSQL 17");
    }

    private static void execute(EmbeddedDatabase database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedDatabase database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
