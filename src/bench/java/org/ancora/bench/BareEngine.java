package org.ancora.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;

/** The engine as it comes: its own tables without our index, its own settings, full history, nothing of ours. */
final class BareEngine implements AutoCloseable {

    private final HikariDataSource pool;
    private final ProcessEngine engine;

    /** @param authorisation whether its queries join its own authorisations */
    BareEngine(HikariDataSource pool, String name, boolean createTables, boolean authorisation) {
        this.pool = pool;
        StandaloneProcessEngineConfiguration settings = new StandaloneProcessEngineConfiguration();
        settings.setProcessEngineName(name);
        settings.setDataSource(pool);
        settings.setDatabaseSchemaUpdate(
                createTables
                        ? ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE
                        : ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE);
        settings.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        settings.setEnforceHistoryTimeToLive(false);
        settings.setAuthorizationEnabled(authorisation);
        settings.setJobExecutor(new DefaultJobExecutor());
        settings.setJobExecutorActivate(false);
        engine = settings.buildProcessEngine();
    }

    void deploy() {
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("bench/bench-visit.bpmn")
                .addClasspathResource("bench/bench-visit.form")
                .deploy();
    }

    String start() {
        return engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "bench-visit",
                        "TEMPLATE",
                        Map.of(
                                "worker",
                                "1",
                                "projectId",
                                1L,
                                "due",
                                Date.from(Instant.now().plus(3650, ChronoUnit.DAYS))))
                .getId();
    }

    ProcessEngine engine() {
        return engine;
    }

    void startJobs() {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getJobExecutor()
                .start();
    }

    void stopJobs() {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getJobExecutor()
                .shutdown();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
