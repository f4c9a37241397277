package org.ancora.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The sound test procedure, run on the virtual clock. */
@AncoraTest
class ProcessesTest {

    private static final ProjectId YORK = new ProjectId(7);
    private static final UserId ANA = new UserId(11);
    private static final UserId BEA = new UserId(12);
    private static final ProcessVariable<String> OUTCOME = ProcessVariable.code("outcome");
    private static final ProcessVariable<Boolean> RISK = ProcessVariable.flag("riskFlag");
    private static final ProcessVariable<Integer> ROUND = ProcessVariable.number("round");

    @Autowired
    Processes processes;

    @Autowired
    Deployments deployments;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Clock clock;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    Instant begun;

    @BeforeEach
    void deploy() {
        deployments.seed(ModelFixtures.sound());
        AskSteps.reset();
        begun = clock.instant();
    }

    @Test
    void startsWithTheTableOfItsOwnDeployment() {
        String id = start("YRK-2026-0001");

        assertThat(ModelFixtures.ROUNDS.in(runtime.getVariables(id))).isEqualTo(2);
        assertThat(Processes.PROJECT_ID.in(runtime.getVariables(id))).isEqualTo(YORK.value());
        assertThat(task("YRK-2026-0001").getAssignee()).isEqualTo("11");
        assertThat(task("YRK-2026-0001").getDueDate().toInstant()).isEqualTo(begun.plus(Duration.ofDays(2)));
        assertThat(processes.running("YRK-2026-0001")).singleElement().satisfies(running -> {
            assertThat(running.key()).isEqualTo("ask");
            assertThat(running.at()).containsExactly("call-client");
            assertThat(running.started()).isEqualTo(begun);
        });
    }

    @Test
    void refusesAProcedureThatIsNotThere() {
        assertThatThrownBy(() -> processes.start("nothing", "YRK-2026-0001", YORK, Variables.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void tellsOnceWhenATaskIsOverdueAtItsDueInstantAndNotBefore() {
        start("YRK-2026-0001");
        Instant due = begun.plus(Duration.ofDays(2));

        clockwork.moveTo(due.minusSeconds(1));
        assertThat(AskSteps.OVERDUE).hasValue(0);
        assertThat(clockwork.nextTimer()).contains(due);

        clockwork.moveTo(due);
        assertThat(AskSteps.OVERDUE).hasValue(1);

        clockwork.moveTo(due.plus(Duration.ofDays(30)));
        assertThat(AskSteps.OVERDUE).hasValue(1);
        assertThat(task("YRK-2026-0001").getName()).isEqualTo("Call the client");
    }

    @Test
    void walksThroughTimerCallAndAsynchronousStep() {
        start("YRK-2026-0001");
        complete("YRK-2026-0001", "no-answer");
        assertThat(processes.running("YRK-2026-0001").get(0).at()).containsExactly("wait-a-while");

        clockwork.moveTo(begun.plus(Duration.ofDays(4)));
        assertThat(processes.running("YRK-2026-0001"))
                .extracting(RunningProcess::key)
                .containsExactly("ask", "ask-again");
        assertThat(task("YRK-2026-0001").getTaskDefinitionKey()).isEqualTo("call-again");
        assertThat(task("YRK-2026-0001").getCreateTime().toInstant())
                .as("the timer fired at its own instant, not where the clock stopped")
                .isEqualTo(begun.plus(Duration.ofDays(3)));

        complete("YRK-2026-0001", "reached");
        assertThat(AskSteps.TOLD).hasValue(0);
        clockwork.runDueJobs();
        assertThat(AskSteps.TOLD).hasValue(1);
        assertThat(processes.running("YRK-2026-0001")).isEmpty();
        assertThat(processes.all("YRK-2026-0001").get(0).at()).containsExactly("done");
        assertThat(processes.all("YRK-2026-0001").get(0).ended()).isEqualTo(clock.instant());
    }

    @Test
    void anErrorOfACalledProcedureIsHeardAbove() {
        start("YRK-2026-0001");
        complete("YRK-2026-0001", "no-answer");
        clockwork.moveTo(begun.plus(Duration.ofDays(4)));

        complete("YRK-2026-0001", "no-answer");

        assertThat(processes.all("YRK-2026-0001").get(0).at()).containsExactly("given-up");
    }

    @Test
    void aFailingStepIsTriedAgainAtItsTimesAndThenDone() {
        AskSteps.OUTAGES.set(2);
        start("YRK-2026-0001");
        complete("YRK-2026-0001", "reached");

        clockwork.runDueJobs();
        Job job = management
                .createJobQuery()
                .processInstanceId(processes.running("YRK-2026-0001").get(0).id())
                .singleResult();
        assertThat(job.getDuedate().toInstant()).isEqualTo(begun.plus(Duration.ofMinutes(1)));
        clockwork.moveTo(begun.plus(Duration.ofMinutes(1)));
        assertThat(AskSteps.TOLD).hasValue(0);
        clockwork.moveTo(begun.plus(Duration.ofMinutes(6)));

        assertThat(AskSteps.TOLD).hasValue(1);
        assertThat(processes.running("YRK-2026-0001")).isEmpty();
    }

    /** A row with nine indexes for every timer that did what it should would soon be the largest table of all. */
    @Test
    void keepsARecordOfFailuresButNotOfJobsThatWentWell() {
        AskSteps.OUTAGES.set(2);
        start("YRK-2026-0001");
        complete("YRK-2026-0001", "reached");

        clockwork.moveTo(begun.plus(Duration.ofMinutes(6)));

        assertThat(AskSteps.TOLD).hasValue(1);
        assertThat(history.createHistoricJobLogQuery().list()).hasSize(2).allMatch(HistoricJobLog::isFailureLog);
    }

    @Test
    void aStepThatNeverSucceedsEndsAsAnIncidentAndStopsNobody() {
        AskSteps.OUTAGES.set(1000);
        start("YRK-2026-0001");
        complete("YRK-2026-0001", "reached");
        start("YRK-2026-0002");

        clockwork.moveTo(begun.plus(Duration.ofDays(20)));

        assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
        assertThat(AskSteps.OVERDUE).as("the other case's timer").hasValue(1);
        assertThat(AskSteps.OUTAGES)
                .as("tried once and then after each of its two pauses")
                .hasValue(997);
    }

    @Test
    void aMessageEndsWhatItInterruptsAndIsThenNoLongerAwaited() {
        start("YRK-2026-0001");
        assertThat(processes.isWaitingFor("withdrawn", "YRK-2026-0001")).isTrue();
        assertThat(processes.isWaitingFor("withdrawn", "YRK-2026-0002")).isFalse();

        processes.correlate("withdrawn", "YRK-2026-0001", Variables.of(OUTCOME, "withdrawn"));

        assertThat(processes.all("YRK-2026-0001").get(0).at()).containsExactly("call-withdrawn");
        assertThatThrownBy(() -> processes.correlate("withdrawn", "YRK-2026-0001", Variables.none()))
                .isInstanceOfSatisfying(NotWaiting.class, notWaiting -> {
                    assertThat(notWaiting.messageName()).isEqualTo("withdrawn");
                    assertThat(notWaiting.caseCode()).isEqualTo("YRK-2026-0001");
                });
    }

    @Test
    void aCallerMayGoOnAfterNotWaiting() {
        String started = transaction.execute(status -> {
            assertThatThrownBy(() -> processes.correlate("withdrawn", "YRK-2026-0001", Variables.none()))
                    .isInstanceOf(NotWaiting.class);
            return start("YRK-2026-0001");
        });

        assertThat(processes.running("YRK-2026-0001"))
                .extracting(RunningProcess::id)
                .containsExactly(started);
    }

    @Test
    void reassigningMovesTasksAndWhatComesLater() {
        start("YRK-2026-0001");
        start("YRK-2026-0002");

        processes.reassign("YRK-2026-0001", ANA, BEA);
        assertThat(task("YRK-2026-0001").getAssignee()).isEqualTo("12");
        assertThat(task("YRK-2026-0002").getAssignee()).isEqualTo("11");

        complete("YRK-2026-0001", "no-answer");
        clockwork.moveTo(begun.plus(Duration.ofDays(3)));
        assertThat(task("YRK-2026-0001").getAssignee()).isEqualTo("12");

        processes.reassign("YRK-2026-0001", BEA, ANA);
        assertThat(task("YRK-2026-0001").getAssignee()).isEqualTo("11");
        assertThat(processes.running("YRK-2026-0001"))
                .allSatisfy(running -> assertThat(Processes.WORKER.in(runtime.getVariables(running.id())))
                        .isEqualTo(ANA));
    }

    /** Another node may end one of a case's procedures between the look at all of them and the change of that one. */
    @Test
    void aProcedureThatEndsMeanwhileIsAChangeByOthersAndNoFault() throws Exception {
        List<String> inOrder = Stream.of(start("YRK-2026-0001"), start("YRK-2026-0001"))
                .sorted()
                .toList();

        CompletableFuture<Void> handingOver = transaction.execute(holding -> {
            jdbc.sql("select id_ from engine.act_ru_variable where execution_id_ = :first for update")
                    .param("first", inOrder.get(0))
                    .query(String.class)
                    .list();
            CompletableFuture<Void> running =
                    CompletableFuture.runAsync(() -> processes.reassign("YRK-2026-0001", ANA, BEA));
            untilSomebodyWaits();
            CompletableFuture.runAsync(() -> runtime.deleteProcessInstance(inOrder.get(1), "ended"))
                    .join();
            return running;
        });

        assertThat(handingOver)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(OptimisticLockingFailureException.class);
    }

    /** Until somebody waits for what the running transaction holds. */
    private void untilSomebodyWaits() {
        Instant giveUp = Instant.now().plusSeconds(30);
        while (jdbc.sql(
                                "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))")
                        .query(Integer.class)
                        .single()
                == 0) {
            assertThat(Instant.now()).as("nobody waits").isBefore(giveUp);
            Thread.onSpinWait();
        }
    }

    @Test
    void setsVariablesOfARunningCase() {
        String id = start("YRK-2026-0001");

        processes.set("YRK-2026-0001", Variables.of(RISK, true));

        assertThat(RISK.in(runtime.getVariables(id))).isTrue();
    }

    @Test
    void whatFailsTogetherIsUndoneTogether() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    start("YRK-2026-0001");
                    throw new IllegalStateException("our own rows could not be written");
                }))
                .hasMessageContaining("our own rows");

        assertThat(processes.all("YRK-2026-0001")).isEmpty();
    }

    @Test
    void theEngineAlwaysShowsOurTime() {
        clockwork.moveTo(begun.plus(Duration.ofDays(400)));

        assertThat(ClockUtil.getCurrentTime().toInstant()).isEqualTo(clock.instant());
        assertThatThrownBy(() -> clockwork.moveTo(begun)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theClockworkNeverRunsInsideATransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> clockwork.runDueJobs()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyIdsDatesNumbersFlagsAndCodesAreVariables() {
        assertThatThrownBy(() -> Variables.of(OUTCOME, "x".repeat(300))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessVariable.code("Client name")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Variables.of(Processes.WORKER, ANA)
                        .and(ModelFixtures.DUE, begun)
                        .asMap())
                .isEqualTo(Map.of("worker", "11", "due", java.util.Date.from(begun)));
    }

    private String start(String caseCode) {
        return processes.start(
                "ask",
                caseCode,
                YORK,
                Variables.of(Processes.WORKER, ANA).and(RISK, true).and(ROUND, 1));
    }

    private Task task(String caseCode) {
        List<Task> open =
                tasks.createTaskQuery().processInstanceBusinessKey(caseCode).list();
        assertThat(open).hasSize(1);
        return open.get(0);
    }

    private void complete(String caseCode, String outcome) {
        tasks.complete(task(caseCode).getId(), Map.of("outcome", outcome));
    }
}
