package org.ancora.security;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.sql.DataSource;
import org.ancora.testing.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The same engine as a Spring application gets it without any setting of ours, on a database of its own: what an attack
 * does there is what our settings and gates prevent.
 */
final class Unprotected implements AutoCloseable {

    private final ProcessEngine engine;

    Unprotected(ApplicationContext context) {
        SpringProcessEngineConfiguration settings = new SpringProcessEngineConfiguration();
        DataSource database = database();
        settings.setProcessEngineName("unprotected");
        settings.setDataSource(database);
        settings.setTransactionManager(new DataSourceTransactionManager(database));
        settings.setDatabaseSchemaUpdate("true");
        settings.setHistory(HistoryLevel.HISTORY_LEVEL_NONE.getName());
        settings.setEnforceHistoryTimeToLive(false);
        // Off in this release of the engine, on in those that many still run.
        settings.setJavaSerializationFormatEnabled(true);
        settings.setApplicationContext(context);
        ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
        factory.setProcessEngineConfiguration(settings);
        factory.setApplicationContext(context);
        try {
            engine = factory.getObject();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestDatabase.fresh("unprotected" + System.nanoTime()));
        source.setUser("postgres");
        source.setPassword("ancora");
        return source;
    }

    ProcessEngine engine() {
        return engine;
    }

    /** Deploys, starts, and opens the form of every task that waits then. */
    void run(Map<String, byte[]> files) {
        attempt(() -> {
            var deployment = engine.getRepositoryService().createDeployment();
            files.forEach((name, content) -> deployment.addString(name, new String(content, StandardCharsets.UTF_8)));
            deployment.deploy();
            engine.getRuntimeService().startProcessInstanceByKey("attack");
            engine.getTaskService().createTaskQuery().list().forEach(task -> engine.getFormService()
                    .getTaskFormData(task.getId()));
        });
    }

    /** What an attack throws once it has struck is of no interest. */
    void attempt(Runnable attack) {
        try {
            attack.run();
        } catch (ProcessEngineException | ClassCastException afterwards) {
            // The mark is set by then: an expression is evaluated before its result turns out to be no date or step.
        }
    }

    boolean struck() {
        return Payload.struck() || engine.getManagementService().getProperties().containsKey(Payload.MARK);
    }

    void forget() {
        Payload.forget();
        engine.getManagementService().deleteProperty(Payload.MARK);
        engine.getRepositoryService().createDeploymentQuery().list().forEach(each -> engine.getRepositoryService()
                .deleteDeployment(each.getId(), true));
    }

    @Override
    public void close() {
        engine.close();
    }
}
