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

    /** The server's own log is written into ours; the details of a refused row are what people typed. */
    @Test
    void keepsWhatIsInARowOutOfItsLog() throws Exception {
        EmbeddedDatabase office = EmbeddedDatabase.startIn(folder);

        assertThat(query(office, "select current_setting('log_error_verbosity')"))
                .isEqualTo("terse");
        assertThat(query(office, "select current_setting('log_min_error_statement')"))
                .isEqualTo("panic");
        office.stop();
    }

    /** Otherwise a power cut takes what was acknowledged, or the whole database. */
    @Test
    void hasOnDiskWhatItSaysIsCommitted() throws Exception {
        EmbeddedDatabase office = EmbeddedDatabase.startIn(folder);

        assertThat(query(
                        office,
                        "select string_agg(setting, ' ' order by name) from pg_settings"
                                + " where name in ('fsync', 'synchronous_commit', 'full_page_writes')"))
                .isEqualTo("on on on");
        office.stop();
    }

    @Test
    void servesACopyOfAStoppedDirectory() throws Exception {
        Path data = folder.resolve("data");
        EmbeddedDatabase office = EmbeddedDatabase.startIn(data);
        execute(office, "create table kept as select n, 'case ' || n as words from generate_series(1, 1000) n");
        office.stop();
        Path backup = folder.resolve("backup");
        copy(data, backup);
        EmbeddedDatabase later = EmbeddedDatabase.startIn(data);
        execute(later, "drop table kept");
        later.stop();

        EmbeddedDatabase restored = EmbeddedDatabase.startIn(backup);

        assertThat(query(restored, "select count(*) || ' ' || max(words) from kept"))
                .isEqualTo("1000 case 999");
        restored.stop();
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

    /** As an operator would: every file as it stands, with the rights that PostgreSQL asks of its directory. */
    private static void copy(Path from, Path to) throws Exception {
        Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        assertThat(copying.waitFor()).isZero();
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
