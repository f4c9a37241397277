package org.ancora.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AncoraTest
class EngineTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

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

    @Test
    void engineClockShowsOurTimeAndItsJobsWait() {
        ProcessEngineConfigurationImpl settings =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();

        assertThat(ClockUtil.getCurrentTime().toInstant()).isEqualTo(clock.instant());
        assertThat(settings.getJobExecutor().isActive()).isFalse();
    }
}
