package org.ancora.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@AncoraTest
class EngineTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    RestrictedExpressions expressions;

    @Autowired
    Clock clock;

    @Test
    void engineTablesLiveInTheirOwnSchemaOnly() {
        List<String> schemas = jdbc.sql("select distinct schemaname from pg_tables where tablename ilike 'act\\_%'")
                .query(String.class)
                .list();

        assertThat(schemas).containsExactly("engine");
    }

    @Test
    void dueTimersHaveAnIndexOfTheirOwn() {
        assertThat(jdbc.sql("select indexdef from pg_indexes where indexname = 'act_idx_job_due'")
                        .query(String.class)
                        .single())
                .contains("duedate_")
                .contains("retries_ > 0");
    }

    /** The engine's very statement, among so many waiting timers that reading them all would not do. */
    @Test
    void dueTimersAreFoundByThatIndexAmongAHundredThousandThatWait() throws Exception {
        ProcessEngineConfigurationImpl settings =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        jdbc.sql("""
                        insert into act_ru_job (id_, rev_, type_, exclusive_, retries_, duedate_, suspension_state_, create_time_)
                        select 'wait-' || n, 1, 'timer', true, 3, timestamp '2027-01-01' + n * interval '1 minute', 1, now()
                          from generate_series(1, 100000) n
                        """).update();
        jdbc.sql("analyze act_ru_job").update();

        String acquisition = SqlCount.during(() -> settings.getCommandExecutorTxRequired()
                        .execute(command -> command.getJobManager().findNextJobsToExecute(new Page(0, 50))))
                .get(0);
        String plan = String.join(
                "\n",
                jdbc.sql("explain "
                                + acquisition
                                        .replaceFirst("(?i)limit \\? offset \\?", "limit 50 offset 0")
                                        .replace("?", "timestamp '2026-11-23'"))
                        .query(String.class)
                        .list());

        assertThat(plan).contains("act_idx_job_due").doesNotContain("Seq Scan on act_ru_job");
    }

    /** The engine asks so whenever a task ends, and its own tables would have it read every open task. */
    @Test
    void tasksBelowAnotherAreFoundWithoutReadingAllOpenTasks() throws Exception {
        ProcessEngineConfigurationImpl settings =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        jdbc.sql(
                        "insert into act_ru_task (id_, rev_, suspension_state_) select 't-' || n, 1, 1 from generate_series(1, 20000) n")
                .update();
        jdbc.sql("analyze act_ru_task").update();

        String below = SqlCount.during(() -> settings.getCommandExecutorTxRequired()
                        .execute(command -> command.getTaskManager().findTasksByParentTaskId("t-1")))
                .get(0);
        String plan = String.join(
                "\n",
                jdbc.sql("explain " + below.replace("?", "'t-1'"))
                        .query(String.class)
                        .list());

        assertThat(plan).contains("act_idx_task_parent").doesNotContain("Seq Scan on act_ru_task");
    }

    @Test
    void engineClockShowsOurTimeAndItsJobsWait() {
        ProcessEngineConfigurationImpl settings =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();

        assertThat(ClockUtil.getCurrentTime().toInstant()).isEqualTo(clock.instant());
        assertThat(settings.getJobExecutor().isActive()).isFalse();
    }

    @Test
    void everySettingThatMattersIsSetOnPurpose() {
        ProcessEngineConfigurationImpl settings =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        JobExecutor jobs = settings.getJobExecutor();

        assertThat(settings.getHistory()).isEqualTo("full");
        assertThat(settings.getDatabaseSchemaUpdate()).isEqualTo("false");
        assertThat(settings.isEnforceHistoryTimeToLive()).isTrue();
        assertThat(settings.getFailedJobRetryTimeCycle()).isEqualTo("PT1M,PT5M,PT30M,PT2H,PT8H");
        assertThat(settings.isJobExecutorAcquireByDueDate()).isTrue();
        assertThat(settings.isEnsureJobDueDateNotNull()).isTrue();
        assertThat(settings.isCmmnEnabled()).isFalse();
        assertThat(settings.isStandaloneTasksEnabled()).isFalse();
        assertThat(settings.isMetricsEnabled()).isFalse();
        assertThat(settings.isAuthorizationEnabled()).isFalse();
        assertThat(settings.isEnableExpressionsInStoredQueries()).isFalse();
        assertThat(settings.isEnableExpressionsInAdhocQueries()).isFalse();
        assertThat(settings.isDeserializationTypeValidationEnabled()).isTrue();
        assertThat(settings.isJavaSerializationFormatEnabled()).isFalse();
        assertThat(settings.isEnableXxeProcessing()).isFalse();
        assertThat(jobs.getMaxJobsPerAcquisition()).isEqualTo(50);
        assertThat(jobs.getMaxWait()).isLessThanOrEqualTo(5_000);
        assertThat(jobs.getLockTimeInMillis()).isGreaterThanOrEqualTo(600_000);
        assertThat(jobs.getBackoffTimeInMillis()).isEqualTo(25);
        assertThat(jobs.getMaxBackoff()).isEqualTo(400);
        DefaultJobExecutor executor = (DefaultJobExecutor) jobs;
        assertThat(executor.getCorePoolSize())
                .isEqualTo(2 * Runtime.getRuntime().availableProcessors());
        assertThat(executor.getQueueSize()).isGreaterThanOrEqualTo(2 * jobs.getMaxJobsPerAcquisition());
    }

    @Test
    void onRealTimeTheHistoryIsCleanedUpAtNight() {
        ProcessEngineConfigurationImpl settings =
                EngineConfiguration.settings(dataSource, transactions, expressions, true);

        assertThat(settings.isHistoryCleanupEnabled()).isTrue();
        assertThat(settings.getHistoryCleanupBatchWindowStartTime()).isEqualTo("01:00");
    }
}
