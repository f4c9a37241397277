package org.ancora.process.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ibatis.session.SqlSessionFactory;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * An engine for one rehearsal: as restricted as the real one, on a database in memory that nobody else sees and that is gone
 * when it closes. It knows the given steps and no bean of the application, runs no job by itself and keeps no history. Its
 * clock is never asked: whoever rehearses says which job is next. One thread at a time, and no engine within another's step.
 */
public final class PrivateEngine implements AutoCloseable {

    private final SingleConnectionDataSource database;
    private final TransactionAwareDataSourceProxy memory;
    private final ProcessEngine engine;

    /**
     * Starts an engine.
     *
     * @param steps what diagrams may name, by name
     * @param listener told of every element that is parsed
     */
    public PrivateEngine(Map<String, ?> steps, BpmnParseListener listener) {
        String name = "rehearsal-" + UUID.randomUUID();
        database = new SingleConnectionDataSource("jdbc:h2:mem:" + name + ";MODE=LEGACY", "sa", "", true);
        database.setDriverClassName("org.h2.Driver");
        database.setAutoCommit(true);
        memory = new TransactionAwareDataSourceProxy(database);
        SpringTransactionsProcessEngineConfiguration settings = EngineConfiguration.settings(
                new Settings(),
                Memories.ALL,
                new DataSourceTransactionManager(database),
                new RestrictedExpressions(new StepBeans(steps)),
                false);
        settings.setProcessEngineName(name);
        settings.setDatabaseType("h2");
        settings.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        settings.setHistory(ProcessEngineConfiguration.HISTORY_NONE);
        settings.setJdbcBatchProcessing(false);
        settings.setEnsureJobDueDateNotNull(false);
        // Whatever goes wrong stands in the journal; it is no fault of the product.
        settings.setEnableCmdExceptionLogging(false);
        settings.setFailedJobRetryTimeCycle(null);
        settings.setDefaultNumberOfRetries(1);
        settings.setCreateIncidentOnFailedJobEnabled(false);
        settings.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(listener)));
        settings.setCustomPreCommandInterceptorsTxRequired(List.of(Memories.commandsOf(memory)));
        settings.setCustomPreCommandInterceptorsTxRequiresNew(List.of(Memories.commandsOf(memory)));
        engine = Memories.on(memory, settings::buildProcessEngine);
    }

    /** As the engine's own, but the statements are read once for all. */
    private static final class Settings extends SpringTransactionsProcessEngineConfiguration {

        private static @Nullable SqlSessionFactory statements;

        @Override
        protected void initSqlSessionFactory() {
            synchronized (Settings.class) {
                sqlSessionFactory = statements;
                super.initSqlSessionFactory();
                statements = sqlSessionFactory;
            }
        }
    }

    /** Where diagrams and tables go in. */
    public RepositoryService repository() {
        return engine.getRepositoryService();
    }

    /** Running procedures. */
    public RuntimeService runtime() {
        return engine.getRuntimeService();
    }

    /** Open tasks. */
    public TaskService tasks() {
        return engine.getTaskService();
    }

    /** Timers and asynchronous steps. */
    public ManagementService jobs() {
        return engine.getManagementService();
    }

    /** Decision tables. */
    public DecisionService decisions() {
        return engine.getDecisionService();
    }

    /** Ends the engine; its database goes with its one connection. */
    @Override
    public void close() {
        try {
            Memories.on(memory, () -> {
                engine.close();
                return memory;
            });
        } finally {
            database.destroy();
        }
    }
}
