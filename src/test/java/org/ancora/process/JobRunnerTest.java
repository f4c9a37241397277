package org.ancora.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.engine.WatchedJobExecutor;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.ancora.web.Reference;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the watch is told about jobs, and that it can take a node out of their way. */
@AncoraTest
class JobRunnerTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    ManagementService management;

    @Autowired
    Processes processes;

    @Autowired
    Deployments deployments;

    @Autowired
    VirtualClock clock;

    @Autowired
    JobRunner jobs;

    @Autowired
    JdbcClient jdbc;

    private WatchedJobExecutor executor;

    @BeforeEach
    void startAProcedure() {
        deployments.seed(ModelFixtures.sound());
        AskSteps.OUTAGES.set(0);
        processes.start(
                "ask",
                "YRK-2026-0001",
                new ProjectId(7),
                Variables.of(Processes.WORKER, new UserId(11))
                        .and(ProcessVariable.flag("riskFlag"), true)
                        .and(ProcessVariable.number("round"), 1));
        executor = new WatchedJobExecutor(() -> false);
        executor.start(); // it knows no engine to take jobs from, and runs what it is handed
    }

    @AfterEach
    void stop() {
        executor.shutdown();
        letJobsPass();
    }

    private void letJobsPass() {
        jdbc.sql("drop trigger if exists somebody_is_faster on engine.act_ru_job")
                .update();
    }

    @Test
    void countsNothingWhileEverythingLiesAhead() {
        JobLoad load = jobs.load();

        assertThat(management.createJobQuery().timers().count()).isPositive();
        assertThat(load.due()).isZero();
        assertThat(load.overdueFor()).isZero();
        assertThat(load.exhausted()).isZero();
        assertThat(load.incidents()).isZero();
    }

    @Test
    void tellsHowLongTheOldestHasBeenDue() {
        Job timer = timer();
        clock.moveTo(timer.getDuedate().toInstant().plus(Duration.ofMinutes(7)));

        JobLoad load = jobs.load();

        assertThat(load.due()).isEqualTo(1);
        assertThat(load.overdueFor()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void countsWhatNobodyTriesAgain() {
        clock.moveTo(clock.instant().plus(Duration.ofHours(1)));
        management.setJobRetries(timer().getId(), 0);

        JobLoad load = jobs.load();

        assertThat(load.exhausted()).isEqualTo(1);
        assertThat(load.incidents()).isEqualTo(1);
        assertThat(load.newestIncident()).isEqualTo(clock.instant());
        assertThat(load.newestIncident()).isAfter(Instant.EPOCH);
    }

    @Test
    void countsHowOftenAJobLosesUntilItGetsThrough() {
        String job = timer().getId();
        jdbc.sql("""
                        create or replace function somebody_is_faster() returns trigger language plpgsql as
                        'begin return null; end';
                        create trigger somebody_is_faster before delete on engine.act_ru_job
                            for each row execute function somebody_is_faster()
                        """).update();

        run(job);
        run(job);
        run(job);
        assertThat(executor.mostLossesInARow()).isEqualTo(3);
        assertThat(executor.losses()).isEqualTo(3);
        assertThat(management.createJobQuery().jobId(job).singleResult().getRetries())
                .as("the engine itself tries for ever")
                .isEqualTo(6);

        letJobsPass();
        run(job);
        assertThat(executor.mostLossesInARow()).isZero();
        assertThat(executor.losses()).isEqualTo(3);
        assertThat(management.createJobQuery().jobId(job).count()).isZero();
    }

    @Test
    void writesAReferenceBesideTheFailureOfAJobAndLeavesNoneBehind() {
        jdbc.sql("update engine.act_ru_job set handler_type_ = 'unheard-of'").update();
        String job = timer().getId();
        var lines = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger("org.camunda.bpm.engine");
        lines.start();
        log.addAppender(lines);
        try {
            run(job);
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list).isNotEmpty().allSatisfy(line -> assertThat(line.getMDCPropertyMap())
                .containsEntry("job", job)
                .hasEntrySatisfying(
                        Reference.IN_LOG, number -> assertThat(number).matches("[2-9A-Z]{4}-[2-9A-Z]{4}")));
        assertThat(MDC.get(Reference.IN_LOG)).isNull();
        assertThat(MDC.get("job")).isNull();
    }

    @Test
    void takesNoJobsWhileItIsHeld() {
        executor.shutdown();
        JobRunner node = new JobRunner(executor, false, jdbc, clock);
        try {
            node.hold("of a wrong clock");
            node.start();
            assertThat(node.isRunning()).isFalse();

            node.release();
            assertThat(node.isRunning()).isTrue();

            node.hold("of a wrong clock");
            assertThat(node.isRunning()).isFalse();
        } finally {
            node.stop();
        }
        node.release();
        assertThat(node.isRunning()).as("a node that shuts down begins nothing").isFalse();
    }

    private Job timer() {
        return management
                .createJobQuery()
                .timers()
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .get(0);
    }

    private void run(String job) {
        executor.getExecuteJobsRunnable(List.of(job), (ProcessEngineImpl) engine)
                .run();
    }
}
