package org.ancora.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/** Flowable 7 with its own settings and tables, full history. */
final class FlowableEngine implements AutoCloseable {

    private final HikariDataSource pool;
    private final StandaloneProcessEngineConfiguration settings = new StandaloneProcessEngineConfiguration();
    private final ProcessEngine engine;

    @SuppressWarnings("deprecation") // of unlocking owned jobs; there is no other way to say it
    FlowableEngine(HikariDataSource pool) {
        this.pool = pool;
        settings.setEngineName("flowable");
        settings.setDataSource(pool);
        settings.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        settings.setHistoryLevel(HistoryLevel.FULL);
        settings.setAsyncExecutorActivate(false);
        // When it stops it would give back its jobs while its threads still end some, and fail over them.
        settings.setAsyncExecutorUnlockOwnedJobs(false);
        // Neither plays a part in a timer; both would bring tables and libraries of their own.
        settings.setDisableEventRegistry(true);
        settings.setDisableIdmEngine(true);
        engine = settings.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("bench/flowable-visit.bpmn20.xml")
                .deploy();
    }

    /** A visit that has come to its timer. */
    String startAtTimer() {
        String instance = engine.getRuntimeService()
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
        engine.getTaskService()
                .complete(engine.getTaskService()
                        .createTaskQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getId());
        return instance;
    }

    void startJobs() {
        settings.getAsyncExecutor().start();
    }

    void stopJobs() {
        settings.getAsyncExecutor().shutdown();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
