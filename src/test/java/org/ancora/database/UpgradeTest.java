package org.ancora.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.ancora.AncoraApplication;
import org.ancora.process.monitor.EngineTruth;
import org.ancora.testing.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Databases that this release finds: of the release before, of one to come, and none that two nodes begin at once. */
@ExtendWith(OutputCaptureExtension.class)
class UpgradeTest {

    /** What the first release (version 090) left of the demo, as {@code pg_dump --inserts} writes it. */
    private static final String FIRST_RELEASE = "/releases/090.sql.gz";

    private static final Map<String, String> COUNTED = Map.of(
            "accounts", "select count(*) from account",
            "cases", "select count(*) from case_file",
            "attempts", "select count(*) from contact_attempt",
            "letters", "select count(*) from letter",
            "activities", "select count(*) from activity",
            "tasks", "select count(*) from work_item",
            "timers", "select count(*) from engine.act_ru_job",
            "procedures", "select count(*) from engine.act_ru_execution where parent_id_ is null",
            "history", "select count(*) from engine.act_hi_actinst");

    @Test
    void keepsWhatAnEarlierReleaseWroteAndIsRefusedByIt(CapturedOutput log) throws Exception {
        String url = TestDatabase.fresh("first_release");
        execute(url, dump());
        JdbcClient jdbc = JdbcClient.create(dataSource(url));
        assertThat(version(jdbc)).isEqualTo("090");
        Map<String, Long> before = counted(jdbc);
        assertThat(before.values()).allMatch(rows -> rows > 0);

        try (ConfigurableApplicationContext upgraded = start(url)) {
            assertThat(upgraded.isRunning()).isTrue();
            assertThat(version(jdbc)).isGreaterThan("090");
            assertThat(counted(jdbc)).isEqualTo(before);
            assertThat(jdbc.sql("select count(*) from procedure_step")
                            .query(Long.class)
                            .single())
                    .as("what managers watch is filled from the engine's history")
                    .isEqualTo(before.get("history"));
            assertThat(jdbc.sql("select sum(n) from procedure_tally where kind = 'worker'")
                            .query(Long.class)
                            .single())
                    .as("every open task is counted")
                    .isEqualTo(before.get("tasks"));
            assertThat(jdbc.sql("select sum(cases) from case_tally")
                            .query(Long.class)
                            .single())
                    .as("the cases of every project are counted")
                    .isEqualTo(before.get("cases"));
            assertThat(jdbc.sql("""
                            select count(*) from case_file c join project_status s
                                on s.id = c.status_id and s.project_id = c.project_id and s.category = c.status
                                    and s.key = c.status
                            """).query(Long.class).single())
                    .as("every case has the status of its category")
                    .isEqualTo(before.get("cases"));
            // As docs/operations.md says to do it, while another node is in use.
            EngineTruth truth = upgraded.getBean(EngineTruth.class);
            truth.sumUp();
            truth.assertRebuiltBy(
                    () -> start(url, "--ancora.rebuild-procedures=true").close());
            assertThat(log.getOut()).contains("What managers watch was rebuilt from the engine's history: ");
        }

        execute(url, """
                insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                                                   execution_time, success)
                values (9000, '9999', 'later', 'SQL', 'V9999__later.sql', 'later', 1, true)
                """);
        assertThatThrownBy(() -> start(url))
                .rootCause()
                .isInstanceOf(StartUpRefused.class)
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .startsWith(
                        "The database was brought to version 9999 by a later release of Ancora, and this release knows it")
                .endsWith("start that later release, or restore the back-up that was taken before it.");
        assertThat(log.getOut()).contains("APPLICATION FAILED TO START", "brought to version 9999");
    }

    @Test
    void comesUpOnTwoNodesThatBeginAtOnce() throws Exception {
        String url = TestDatabase.fresh("two_nodes");
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<ConfigurableApplicationContext>> started =
                    List.of(nodes.submit(() -> start(url)), nodes.submit(() -> start(url)));
            for (Future<ConfigurableApplicationContext> node : started) {
                assertThat(node.get().isRunning()).isTrue();
            }

            assertThat(JdbcClient.create(dataSource(url))
                            .sql("select folder, count(*) from deployment group by folder having count(*) > 1")
                            .query()
                            .listOfRows())
                    .as("folders deployed twice")
                    .isEmpty();
            for (Future<ConfigurableApplicationContext> node : started) {
                node.get().close();
            }
        } finally {
            nodes.shutdown();
        }
    }

    private static ConfigurableApplicationContext start(String url, String... more) {
        SpringApplication application = new SpringApplication(AncoraApplication.class);
        application.setAdditionalProfiles("test");
        application.setRegisterShutdownHook(false);
        return application.run(Stream.concat(
                        Stream.of(
                                "--spring.datasource.url=" + url,
                                "--spring.datasource.username=postgres",
                                "--spring.datasource.password=ancora",
                                "--spring.datasource.hikari.maximum-pool-size=5",
                                "--spring.main.banner-mode=off",
                                "--ancora.clock=virtual",
                                "--ancora.clock.start=2026-11-23T14:10:00Z",
                                "--ancora.mail.tofiles=true",
                                "--server.port=0"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static String dump() throws Exception {
        try (InputStream packed = UpgradeTest.class.getResourceAsStream(FIRST_RELEASE)) {
            return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Long> counted(JdbcClient jdbc) {
        return COUNTED.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey,
                        count -> jdbc.sql(count.getValue()).query(Long.class).single()));
    }

    private static String version(JdbcClient jdbc) {
        return jdbc.sql("select max(version) from flyway_schema_history")
                .query(String.class)
                .single();
    }

    private static javax.sql.DataSource dataSource(String url) {
        return new org.springframework.jdbc.datasource.DriverManagerDataSource(url, "postgres", "ancora");
    }

    private static void execute(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "ancora");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
