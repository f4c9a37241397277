package org.ancora.process.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.Clockwork;
import org.ancora.process.NotWaiting;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@AncoraTest
class WorkItemTest {

    private static final ProjectId YORK = new ProjectId(1);

    @Autowired
    TaskFixtures fixtures;

    @Autowired
    WorkItemTable table;

    @Autowired
    WorkItems items;

    @Autowired
    Processes processes;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void tellsEverythingAListNeeds() {
        fixtures.start("YRK-2026-0001", YORK, new UserId(7), 5);

        WorkItem asked = table.find(fixtures.task("YRK-2026-0001", "ask")).orElseThrow();

        assertThat(asked.processKey()).isEqualTo("task-test");
        assertThat(asked.element()).isEqualTo("ask");
        assertThat(asked.callingElement()).isNull();
        assertThat(asked.form()).isEqualTo("task-test");
        assertThat(asked.caseCode()).isEqualTo("YRK-2026-0001");
        assertThat(asked.project()).isEqualTo(YORK);
        assertThat(asked.assignee()).isEqualTo(new UserId(7));
        assertThat(asked.teams()).containsExactly("caseworker");
        assertThat(asked.opens()).isEqualTo(clock.instant());
        assertThat(asked.due()).isEqualTo(clock.instant().plus(Duration.ofDays(5)));
        assertThat(asked.titleArguments()).containsExactly(2);
        assertThat(asked.kind()).isEqualTo(WorkItem.Kind.TASK);
    }

    @Test
    void knowsTheCallThatLedToATask() {
        String instance = fixtures.start("YRK-2026-0001", YORK, null, 5);
        tasks.complete(fixtures.task("YRK-2026-0001", "ask"));

        WorkItem look = table.find(fixtures.task("YRK-2026-0001", "look")).orElseThrow();

        assertThat(look.processKey()).isEqualTo("task-test-called");
        assertThat(look.rootProcessKey()).isEqualTo("task-test");
        assertThat(look.rootInstance()).isEqualTo(instance);
        assertThat(look.callingElement()).isEqualTo("called");
        assertThat(look.rootElement()).isEqualTo("called");
        assertThat(look.teams()).containsExactly("caseworker", "coordinator");
        assertThat(look.kind()).isEqualTo(WorkItem.Kind.CALL);
    }

    @Test
    void rollsBackWithTheEngine() {
        transaction.executeWithoutResult(status -> {
            fixtures.start("YRK-2026-0001", YORK, null, 5);
            status.setRollbackOnly();
        });

        assertThat(rows()).isEmpty();
        assertEqualToTheEngine();
    }

    @Test
    void remembersWhatBecameOfATask() {
        fixtures.start("YRK-2026-0001", YORK, null, 5);
        String asked = fixtures.task("YRK-2026-0001", "ask");
        String decide = fixtures.task("YRK-2026-0001", "decide");

        tasks.complete(asked);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(6)));

        assertThat(jdbc.sql("select completed from work_done where id = :id")
                        .param("id", asked)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select completed from work_done where id = :id")
                        .param("id", decide)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    /** Whatever happens, in whatever order, the list says what the engine says. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void staysEqualToTheEngineOnARandomWalk(long seed) {
        Random random = new Random(seed);
        List<Consumer<Random>> moves = List.of(
                this::startOne,
                this::startOne,
                this::completeOne,
                this::completeOne,
                this::assignOne,
                this::moveADate,
                this::changeCandidates,
                this::sendTheMessage,
                this::letTimePass,
                this::deleteOne,
                this::raisePriority);

        for (int step = 0; step < 40; step++) {
            moves.get(random.nextInt(moves.size())).accept(random);
            assertEqualToTheEngine();
        }
    }

    @Test
    void canBeRebuiltFromTheEngine() {
        for (int number = 1; number <= 4; number++) {
            fixtures.start("YRK-2026-000" + number, YORK, number % 2 == 0 ? new UserId(number) : null, number);
        }
        tasks.complete(fixtures.task("YRK-2026-0002", "ask"));
        List<String> before = rows();
        jdbc.sql("delete from work_item where element = 'ask'").update();
        jdbc.sql("update work_item set assignee = 99, due_at = now(), title_arguments = '[]'")
                .update();
        jdbc.sql("""
                        insert into work_item (id, process_instance_id, root_instance_id, definition_id,
                               root_definition_id, process_key, root_process_key, element, root_element, title,
                               title_arguments, teams, created_at, priority, kind)
                        values ('gone', '', '', '', '', '', '', '', '', '', '[]', '{}', now(), 50, 'task')
                        """).update();

        items.rebuild();

        assertEqualToTheEngine();
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void followsAProcedureToANewVersionOfItsDiagram() {
        String instance = fixtures.start("YRK-2026-0001", YORK, new UserId(7), 5);
        String called = fixtures.start("YRK-2026-0002", YORK, null, 5);
        tasks.complete(fixtures.task("YRK-2026-0002", "ask"));

        String newest = fixtures.deployAnotherVersion();
        migrate(instance, newest);
        migrate(called, newest);

        assertEqualToTheEngine();
        assertThat(table.find(fixtures.task("YRK-2026-0001", "ask"))
                        .orElseThrow()
                        .definition())
                .isEqualTo(newest);
        assertThat(table.find(fixtures.task("YRK-2026-0002", "look"))
                        .orElseThrow()
                        .rootDefinition())
                .isEqualTo(newest);
    }

    @Test
    void isRebuiltToTheVersionThatATaskIsNowIn() {
        String instance = fixtures.start("YRK-2026-0001", YORK, new UserId(7), 5);
        migrate(instance, fixtures.deployAnotherVersion());
        List<String> before = rows();
        jdbc.sql("update work_item set definition_id = 'the old one', form = null, element = 'elsewhere'")
                .update();

        items.rebuild();

        assertEqualToTheEngine();
        assertThat(rows()).isEqualTo(before);
    }

    private void migrate(String instance, String definition) {
        String from = runtime.createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
        runtime.newMigration(runtime.createMigrationPlan(from, definition)
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(instance)
                .execute();
    }

    private void startOne(Random random) {
        fixtures.start(
                "YRK-2026-%04d".formatted(random.nextInt(10_000)),
                YORK,
                random.nextBoolean() ? new UserId(random.nextInt(3) + 1) : null,
                random.nextInt(10) + 1);
    }

    private void completeOne(Random random) {
        any(random, task -> tasks.complete(task.getId()));
    }

    private void assignOne(Random random) {
        String to = random.nextInt(3) == 0 ? null : String.valueOf(random.nextInt(3) + 1);
        any(random, task -> tasks.setAssignee(task.getId(), to));
    }

    private void moveADate(Random random) {
        any(random, task -> {
            task.setDueDate(Date.from(clock.instant().plus(Duration.ofHours(random.nextInt(500)))));
            task.setFollowUpDate(random.nextBoolean() ? task.getDueDate() : null);
            tasks.saveTask(task);
        });
    }

    private void changeCandidates(Random random) {
        any(random, task -> {
            if (random.nextBoolean()) {
                tasks.addCandidateGroup(task.getId(), "reception");
            } else {
                tasks.deleteCandidateGroup(task.getId(), "reception");
            }
        });
    }

    private void sendTheMessage(Random random) {
        any(random, task -> {
            try {
                processes.correlate("test-stop", caseCode(task), Variables.none());
            } catch (NotWaiting passed) {
                // The walk had gone past the place that waits.
            }
        });
    }

    private void letTimePass(Random random) {
        clockwork.moveTo(clock.instant().plus(Duration.ofHours(random.nextInt(60))));
    }

    private void deleteOne(Random random) {
        List<ProcessInstance> running =
                runtime.createProcessInstanceQuery().rootProcessInstances().list();
        if (!running.isEmpty()) {
            boolean skipListeners = random.nextBoolean();
            runtime.deleteProcessInstance(
                    running.get(random.nextInt(running.size())).getId(), "test", skipListeners, true);
        }
    }

    private void raisePriority(Random random) {
        any(random, task -> tasks.setPriority(task.getId(), random.nextInt(100)));
    }

    private void any(Random random, Consumer<Task> work) {
        List<Task> open = tasks.createTaskQuery().orderByTaskId().asc().list();
        if (!open.isEmpty()) {
            work.accept(open.get(random.nextInt(open.size())));
        }
    }

    private void assertEqualToTheEngine() {
        List<String> truth = new ArrayList<>();
        for (Task task : tasks.createTaskQuery().initializeFormKeys().list()) {
            truth.add(String.join(
                    " | ",
                    task.getId(),
                    task.getProcessInstanceId(),
                    task.getProcessDefinitionId(),
                    task.getTaskDefinitionKey(),
                    String.valueOf(
                            task.getCamundaFormRef() == null
                                    ? null
                                    : task.getCamundaFormRef().getKey()),
                    caseCode(task),
                    String.valueOf(runtime.getVariable(task.getExecutionId(), "projectId")),
                    tasks.getIdentityLinksForTask(task.getId()).stream()
                            .filter(link -> link.getType().equals("candidate"))
                            .map(IdentityLink::getGroupId)
                            .filter(Objects::nonNull)
                            .sorted()
                            .toList()
                            .toString(),
                    String.valueOf(task.getAssignee()),
                    instant(task.getFollowUpDate()),
                    instant(task.getDueDate()),
                    instant(task.getCreateTime()),
                    String.valueOf(task.getPriority())));
        }
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(truth);
    }

    private String caseCode(Task task) {
        return runtime.createProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult()
                .getBusinessKey();
    }

    private List<String> rows() {
        return jdbc.sql(WorkItemTable.SELECT + " order by w.id").query(table::item).list().stream()
                .map(item -> String.join(
                        " | ",
                        item.id(),
                        item.processInstance(),
                        item.definition(),
                        item.element(),
                        String.valueOf(item.form()),
                        item.caseCode(),
                        String.valueOf(
                                item.project() == null ? null : item.project().value()),
                        item.teams().toString(),
                        String.valueOf(item.assignee()),
                        String.valueOf(item.opens()),
                        String.valueOf(item.due()),
                        String.valueOf(item.created()),
                        String.valueOf(item.priority())))
                .toList();
    }

    private static String instant(Date date) {
        return date == null ? "null" : Instant.ofEpochMilli(date.getTime()).toString();
    }
}
