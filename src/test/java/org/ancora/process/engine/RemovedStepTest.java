package org.ancora.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.Clockwork;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.ancora.process.Variables;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * F12: the next release no longer has a step that running procedures of an older version still name. The release is an
 * engine of its own on the same database, with one step less in its catalogue.
 */
@AncoraTest
class RemovedStepTest {

    private static final Map<String, Object> REACHED = Map.of("outcome", "reached");

    @Autowired
    Processes processes;

    @Autowired
    Deployments deployments;

    @Autowired
    Clockwork clockwork;

    @Autowired
    VirtualClock clock;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ListableBeanFactory beans;

    private ProcessEngine nextRelease;

    @BeforeEach
    void release() {
        deployments.seed(ModelFixtures.sound());
        DefaultListableBeanFactory fewer = new DefaultListableBeanFactory();
        beans.getBeansOfType(Step.class).forEach(fewer::registerSingleton);
        beans.getBeansOfType(TaskStep.class).forEach(fewer::registerSingleton);
        fewer.destroySingleton("tellSource");
        ProcessEngineConfigurationImpl settings = EngineConfiguration.settings(
                dataSource, transactions, new RestrictedExpressions(new StepBeans(fewer)), false);
        settings.setProcessEngineName("next-release");
        nextRelease = settings.buildProcessEngine();
    }

    @AfterEach
    void close() {
        ProcessEngines.unregister(nextRelease);
    }

    @Test
    void stopsOnlyWhoNeedsItSaysWhichAndWhereAndGoesOnOnceItIsBack() {
        start("YRK-2026-0001");
        start("YRK-2026-0002");
        tasks.complete(task("YRK-2026-0001"), REACHED);

        runEverythingDueOnTheNextRelease();

        Incident incident =
                nextRelease.getRuntimeService().createIncidentQuery().singleResult();
        assertThat(incident.getIncidentMessage()).contains("tellSource");
        assertThat(incident.getActivityId()).isEqualTo("tell");
        assertThat(caseOf(incident)).isEqualTo("YRK-2026-0001");

        // Whoever does not come by that step notices nothing: another case goes on, on the same release.
        nextRelease.getTaskService().complete(task("YRK-2026-0002"), Map.of("outcome", "no-answer"));
        clock.moveTo(clock.instant().plus(Duration.ofDays(4)));
        runEverythingDueOnTheNextRelease();
        assertThat(processes.running("YRK-2026-0002").get(0).at()).isNotEmpty().doesNotContain("wait-a-while");
        assertThat(runtime.createIncidentQuery().count()).isOne();

        // A release that has it again, and the incident tried once more.
        nextRelease.getManagementService().setJobRetries(incident.getConfiguration(), 1);
        clockwork.runDueJobs();

        assertThat(processes.running("YRK-2026-0001")).isEmpty();
        assertThat(processes.all("YRK-2026-0001").get(0).at()).containsExactly("done");
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    private void runEverythingDueOnTheNextRelease() {
        for (int time = 0; time < 10; time++) {
            List<Job> due = nextRelease
                    .getManagementService()
                    .createJobQuery()
                    .executable()
                    .list();
            for (Job job : due) {
                try {
                    nextRelease.getManagementService().executeJob(job.getId());
                } catch (RuntimeException missing) {
                    assertThat(missing).hasMessageContaining("tellSource");
                }
            }
            clock.moveTo(clock.instant().plus(Duration.ofMinutes(10)));
        }
    }

    private String caseOf(Incident incident) {
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processInstanceId(incident.getProcessInstanceId())
                .singleResult();
        return instance.getBusinessKey();
    }

    private void start(String caseCode) {
        processes.start(
                "ask",
                caseCode,
                new ProjectId(7),
                Variables.of(Processes.WORKER, new UserId(11))
                        .and(ProcessVariable.flag("riskFlag"), true)
                        .and(ProcessVariable.number("round"), 1));
    }

    private String task(String caseCode) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(caseCode)
                .singleResult()
                .getId();
    }
}
