package org.ancora.process.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.Clockwork;
import org.ancora.process.NotWaiting;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What managers watch is the engine's truth, whatever happens to a procedure. */
@AncoraTest
class RunsTest {

    private static final ProcessVariable<java.time.Instant> OPENS = ProcessVariable.instant("opens");
    private static final ProcessVariable<java.time.Instant> DUE = ProcessVariable.instant("due");

    private static boolean deployed;

    @Autowired
    EngineTruth truth;

    @Autowired
    Sums sums;

    @Autowired
    Processes processes;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    /** Whatever happens, in whatever order: the rows and the sums say what the engine says. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void stayEqualToTheEngineOnARandomWalk(long seed) {
        Random random = new Random(seed);
        List<Consumer<Random>> moves = List.of(
                this::startOne,
                this::startOne,
                this::startOne,
                this::completeOne,
                this::completeOne,
                this::completeOne,
                this::assignOne,
                this::moveADate,
                this::sendTheMessage,
                this::letTimePass,
                this::deleteOne,
                this::suspendOrGoOn,
                this::moveAToken,
                this::migrateOne,
                this::failOrMend);
        startOne(random);

        for (int step = 0; step < 50; step++) {
            moves.get(random.nextInt(moves.size())).accept(random);
            truth.assertWatched();
        }

        if (seed % 2 == 0) {
            sums.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            truth.assertWatched();
        }
        truth.assertRebuilt();
    }

    @Test
    void knowTheirOfficeAndTheWayTheyTook() {
        String instance = start("LIM1-2026-0007", 5);
        start("YRK-2026-0001", 5);
        tasks.complete(task(instance, "ask"));
        tasks.complete(task(instance, "decide"));
        tasks.complete(
                tasks.createTaskQuery().taskDefinitionKey("look").singleResult().getId());

        assertThat(jdbc.sql("select office, path, state from procedure_run where id = :id")
                        .param("id", instance)
                        .query()
                        .singleRow())
                .isEqualTo(Map.of("office", "LIM1", "path", "ask decide called decided done", "state", "finished"));
        assertThat(jdbc.sql("select count(*) from procedure_run where office is null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void rollBackWithTheEngine() {
        transaction.executeWithoutResult(status -> {
            start("YRK-2026-0001", 5);
            status.setRollbackOnly();
        });

        assertThat(truth.runs()).isEmpty();
        assertThat(truth.sums()).isEmpty();
    }

    /** Two branches of one procedure go on at the same moment, each in its own transaction. */
    @Test
    void countBothOfTwoWhoGoOnAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String instance = start("YRK-2026-000" + round, 5);
            List<Thread> both = List.of("ask", "decide").stream()
                    .map(element -> task(instance, element))
                    .map(task -> new Thread(() -> tasks.setAssignee(task, "7")))
                    .toList();
            both.forEach(Thread::start);
            for (Thread one : both) {
                one.join();
            }
        }

        truth.assertWatched();
    }

    @Test
    void costOneStatementATransaction() throws Exception {
        String instance = start("YRK-2026-0001", 5);
        String ask = task(instance, "ask");

        List<String> statements = SqlCount.during(() -> tasks.complete(ask));

        assertThat(statements).filteredOn(sql -> sql.contains("procedure")).hasSize(1);
    }

    /** Of the two weeks, the history of one is forgotten in part: its sums are all that is left of it. */
    @Test
    void sumsThatAnEarlierReleaseLeftUnderAnotherVersionAreSetRight() {
        String was = leftUnderAnotherVersion();

        sums.setRight();

        assertThat(begun(was)).containsExactly("was 1", "becomes 1", "was 9");
    }

    /** Of two weeks each with its version, the rows are each in the week after, and the sums where they were. */
    @Test
    void sumsOfAProjectThatMovedToAnotherZoneAreNotTakenForLeftUnderAnotherVersion() {
        String was = definition(start("YRK-2026-0001", 60));
        deploy();
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(7)));
        start("YRK-2026-0002", 60);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(9)));
        sums.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        jdbc.sql("update procedure_run set began_at = began_at + interval '7 days'")
                .update();

        sums.setRight();

        assertThat(begun(was)).containsExactly("was 1", "becomes 1");
    }

    /** Whatever left the thread that minds the sums would end it for good. */
    @Test
    void sumsWaitForADatabaseThatIsAway() {
        String was = leftUnderAnotherVersion();
        List<String> before = begun(was);
        Sums unreached = new Sums(jdbc, clock, new DataSourceTransactionManager(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("away");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        }));

        assertThatCode(unreached::bringUpToDate).doesNotThrowAnyException();
        assertThatCode(unreached::setRight).doesNotThrowAnyException();

        assertThat(begun(was)).isEqualTo(before);
    }

    /** Leaves what was begun in the first of two weeks under a version that it left, which is returned. */
    private String leftUnderAnotherVersion() {
        String instance = start("YRK-2026-0001", 60);
        start("YRK-2026-0002", 60);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(8)));
        start("YRK-2026-0003", 60);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(8)));
        sums.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        String was = definition(instance);
        runtime.newMigration(runtime.createMigrationPlan(was, deploy())
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(instance)
                .execute();
        assertThat(begun(was)).containsExactly("was 1", "becomes 1", "was 1");
        jdbc.sql("update procedure_week set begun = case when week > (select min(week) from procedure_week) then 9"
                        + " when definition_id = :was then 2 else 0 end where begun > 0")
                .param("was", was)
                .update();
        return was;
    }

    private String definition(String instance) {
        return runtime.createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
    }

    /** What is summed as begun in a version and in the one after it, the earliest week first. */
    private List<String> begun(String was) {
        return jdbc.sql("""
                        select case definition_id when :was then 'was ' else 'becomes ' end || begun
                          from procedure_week where begun > 0 order by week, definition_id = :was desc
                        """).param("was", was).query(String.class).list();
    }

    private void startOne(Random random) {
        start(
                (random.nextInt(3) == 0 ? "LIM1-2026-%04d" : "YRK-2026-%04d").formatted(random.nextInt(10_000)),
                random.nextInt(10) + 1);
    }

    private String start(String caseCode, int dueInDays) {
        if (!deployed) {
            deploy();
            deployed = true;
        }
        return processes.start(
                "task-test",
                caseCode,
                new ProjectId(1),
                Variables.of(Processes.WORKER, new UserId(7))
                        .and(OPENS, clock.instant())
                        .and(DUE, clock.instant().plus(dueInDays, ChronoUnit.DAYS)));
    }

    private String deploy() {
        return repository
                .createDeployment()
                .name("task-test")
                .addClasspathResource("tasks/task-test.bpmn")
                .addClasspathResource("tasks/task-test-called.bpmn")
                .addInputStream("forms/task-test.form", RunsTest.class.getResourceAsStream("/tasks/task-test.form"))
                .deployWithResult()
                .getDeployedProcessDefinitions()
                .stream()
                .filter(definition -> definition.getKey().equals("task-test"))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private void completeOne(Random random) {
        any(random, task -> {
            try {
                tasks.complete(task.getId());
            } catch (SuspendedEntityInteractionException halted) {
                // The procedure that called this one is suspended, and could not go on.
            }
        });
    }

    private void assignOne(Random random) {
        any(random, task -> tasks.setAssignee(task.getId(), random.nextInt(3) == 0 ? null : "8"));
    }

    private void moveADate(Random random) {
        any(random, task -> {
            task.setDueDate(
                    random.nextInt(4) == 0
                            ? null
                            : Date.from(clock.instant().plus(Duration.ofHours(random.nextInt(500)))));
            tasks.saveTask(task);
        });
    }

    private void sendTheMessage(Random random) {
        anyRoot(random, root -> {
            try {
                processes.correlate("test-stop", root.getBusinessKey(), Variables.none());
            } catch (NotWaiting passed) {
                // The walk had gone past the place that waits.
            }
        });
    }

    private void letTimePass(Random random) {
        clockwork.moveTo(clock.instant().plus(Duration.ofHours(random.nextInt(60))));
    }

    private void deleteOne(Random random) {
        anyRoot(random, root -> runtime.deleteProcessInstance(root.getId(), "test", random.nextBoolean(), true));
    }

    private void suspendOrGoOn(Random random) {
        List<ProcessInstance> all =
                runtime.createProcessInstanceQuery().rootProcessInstances().list();
        if (!all.isEmpty()) {
            ProcessInstance one = all.get(random.nextInt(all.size()));
            if (one.isSuspended()) {
                runtime.activateProcessInstanceById(one.getId());
            } else {
                runtime.suspendProcessInstanceById(one.getId());
            }
        }
    }

    private void moveAToken(Random random) {
        anyRoot(random, root -> {
            ActivityInstance[] at = runtime.getActivityInstance(root.getId()).getChildActivityInstances();
            runtime.createProcessInstanceModification(root.getId())
                    .startBeforeActivity(random.nextBoolean() ? "decide" : "called")
                    .cancelActivityInstance(at[random.nextInt(at.length)].getId())
                    .execute();
        });
    }

    private void migrateOne(Random random) {
        anyRoot(random, root -> runtime.newMigration(
                        runtime.createMigrationPlan(root.getProcessDefinitionId(), deploy())
                                .mapEqualActivities()
                                .build())
                .processInstanceIds(root.getId())
                .execute());
    }

    private void failOrMend(Random random) {
        List<Incident> open = runtime.createIncidentQuery().list().stream()
                .filter(incident -> incident.getRootCauseIncidentId().equals(incident.getId()))
                .toList();
        if (!open.isEmpty() && random.nextBoolean()) {
            runtime.resolveIncident(open.get(0).getId());
        } else {
            any(random, task -> runtime.createIncident("test", task.getExecutionId(), "test"));
        }
    }

    private void any(Random random, Consumer<Task> work) {
        List<Task> open = new ArrayList<>(
                tasks.createTaskQuery().active().orderByTaskId().asc().list());
        if (!open.isEmpty()) {
            work.accept(open.get(random.nextInt(open.size())));
        }
    }

    private void anyRoot(Random random, Consumer<ProcessInstance> work) {
        List<ProcessInstance> all = runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .active()
                .orderByProcessInstanceId()
                .asc()
                .list();
        if (!all.isEmpty()) {
            work.accept(all.get(random.nextInt(all.size())));
        }
    }

    private String task(String instance, String element) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .taskDefinitionKey(element)
                .singleResult()
                .getId();
    }
}
