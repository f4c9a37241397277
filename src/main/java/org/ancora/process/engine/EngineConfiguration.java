package org.ancora.process.engine;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.ancora.time.VirtualClock;
import org.ancora.web.Traffic;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The engine, on our data source and transaction manager, with every setting that matters written down. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
class EngineConfiguration {

    /** Ten years, for whatever carries no time to live of its own; diagrams must carry one. */
    private static final String KEEP = "P3650D";

    @Bean
    StepBeans stepBeans(ListableBeanFactory beans) {
        return new StepBeans(beans);
    }

    @Bean
    RestrictedExpressions restrictedExpressions(StepBeans steps) {
        return new RestrictedExpressions(steps);
    }

    @Bean
    @DependsOnDatabaseInitialization
    ProcessEngineFactoryBean processEngine(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            RestrictedExpressions expressions,
            JobSettings jobs,
            Traffic traffic,
            ObjectProvider<ProcessEnginePlugin> plugins,
            ObjectProvider<VirtualClock> virtualClock) {
        SpringTransactionsProcessEngineConfiguration engine =
                settings(dataSource, transactions, expressions, virtualClock.getIfAvailable() == null);
        jobs.applyTo(engine, traffic::peopleWait);
        engine.setProcessEnginePlugins(new ArrayList<>(plugins.orderedStream().toList()));
        ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
        factory.setProcessEngineConfiguration(engine);
        return factory;
    }

    static SpringTransactionsProcessEngineConfiguration settings(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            RestrictedExpressions expressions,
            boolean realTime) {
        return settings(
                new SpringTransactionsProcessEngineConfiguration(), dataSource, transactions, expressions, realTime);
    }

    static <T extends SpringTransactionsProcessEngineConfiguration> T settings(
            T engine,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            RestrictedExpressions expressions,
            boolean realTime) {
        engine.setProcessEngineName("ancora");
        engine.setDataSource(dataSource);
        engine.setTransactionManager(transactions);
        tables(engine);
        history(engine, realTime);
        jobs(engine);
        restrict(engine, expressions);
        return engine;
    }

    private static void tables(ProcessEngineConfigurationImpl engine) {
        engine.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE);
        engine.setDatabaseType("postgres");
        engine.setJdbcBatchProcessing(true);
        engine.setDbIdentityUsed(false);
        engine.setIdGenerator(new StrongUuidGenerator());
        engine.setCmmnEnabled(false);
        engine.setStandaloneTasksEnabled(false);
        engine.setMetricsEnabled(false);
        engine.setTaskMetricsEnabled(false);
        engine.setDbMetricsReporterActivate(false);
    }

    private static void history(ProcessEngineConfigurationImpl engine, boolean cleanUp) {
        engine.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        // It takes the place of the engine's own level of the same name.
        engine.setCustomHistoryLevels(List.of(new HistoryOfWork()));
        engine.setHistoryTimeToLive(KEEP);
        engine.setEnforceHistoryTimeToLive(true);
        engine.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_END);
        engine.setHistoryCleanupStrategy("removalTimeBased");
        engine.setHistoryCleanupEnabled(cleanUp);
        if (cleanUp) {
            // A moved clock would run ten nights' clean-up in a second, so only real nights have one.
            engine.setHistoryCleanupBatchWindowStartTime("01:00");
            engine.setHistoryCleanupBatchWindowEndTime("04:00");
        }
    }

    private static void jobs(ProcessEngineConfigurationImpl engine) {
        engine.setJobExecutorActivate(false); // started when the application is ready, and never with a virtual clock
        engine.setJobExecutorAcquireByDueDate(true);
        engine.setEnsureJobDueDateNotNull(true);
        engine.setCreateIncidentOnFailedJobEnabled(true);
    }

    private static void restrict(ProcessEngineConfigurationImpl engine, RestrictedExpressions expressions) {
        engine.setCustomPreDeployers(List.of(new DeploymentGate()));
        engine.setExpressionManager(expressions);
        engine.setScriptEngineResolver(new NoScripts());
        engine.setEnableScriptEngineLoadExternalResources(false);
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        engine.setArtifactFactory(new NoClasses());
        engine.setEnableExpressionsInStoredQueries(false);
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setDeserializationTypeValidationEnabled(true);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setEnableXxeProcessing(false);
        engine.setDmnEngineConfiguration(feelOnly());
        engine.setAuthorizationEnabled(false);
        // Nobody has anything but ours to ask: the engine's own checkers would read definitions only to allow
        // everything.
        engine.setCommandCheckers(List.of());
        engine.setAdminGroups(new ArrayList<>());
        engine.setAdminUsers(new ArrayList<>());
    }

    private static DefaultDmnEngineConfiguration feelOnly() {
        DefaultDmnEngineConfiguration decisions = new DefaultDmnEngineConfiguration();
        String feel = DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_ALTERNATIVE;
        decisions.setDefaultInputExpressionExpressionLanguage(feel);
        decisions.setDefaultInputEntryExpressionLanguage(feel);
        decisions.setDefaultOutputEntryExpressionLanguage(feel);
        decisions.setDefaultLiteralExpressionLanguage(feel);
        return decisions;
    }

    /** Makes no object of a class that a diagram names. */
    private static final class NoClasses implements ArtifactFactory {

        @Override
        public <T> T getArtifact(Class<T> type) {
            throw new ProcessEngineException("Diagrams name steps, never classes such as " + type.getName());
        }
    }

    @Bean
    RepositoryService repositoryService(ProcessEngine engine) {
        return engine.getRepositoryService();
    }

    @Bean
    RuntimeService runtimeService(ProcessEngine engine) {
        return engine.getRuntimeService();
    }

    @Bean
    TaskService taskService(ProcessEngine engine) {
        return engine.getTaskService();
    }

    @Bean
    HistoryService historyService(ProcessEngine engine) {
        return engine.getHistoryService();
    }

    @Bean
    ManagementService managementService(ProcessEngine engine) {
        return engine.getManagementService();
    }

    @Bean
    DecisionService decisionService(ProcessEngine engine) {
        return engine.getDecisionService();
    }
}
