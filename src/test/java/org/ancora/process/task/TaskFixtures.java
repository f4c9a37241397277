package org.ancora.process.task;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A procedure with two tasks side by side, a called one, a message and a timer, for tests of the task side. */
@Component
class TaskFixtures {

    private static final ProcessVariable<Instant> OPENS = ProcessVariable.instant("opens");
    private static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");

    private final Processes processes;
    private final TaskService tasks;
    private final RepositoryService repository;
    private final Clock clock;
    private boolean deployed;

    TaskFixtures(Processes processes, TaskService tasks, RepositoryService repository, Clock clock) {
        this.processes = processes;
        this.tasks = tasks;
        this.repository = repository;
        this.clock = clock;
    }

    /** Starts the procedure for a case, due in so many days; its first task belongs to the worker. */
    synchronized String start(String caseCode, ProjectId project, @Nullable UserId worker, int dueInDays) {
        if (!deployed) {
            deploy();
            deployed = true;
        }
        Instant now = clock.instant();
        return processes.start(
                "task-test",
                caseCode,
                project,
                Variables.of(Processes.WORKER, worker)
                        .and(OPENS, now)
                        .and(DUE, now.plus(dueInDays, ChronoUnit.DAYS))
                        .and(TestFormHandler.ROUND, 2));
    }

    private void deploy() {
        repository
                .createDeployment()
                .name("task-test")
                .addClasspathResource("tasks/task-test.bpmn")
                .addClasspathResource("tasks/task-test-called.bpmn")
                .addInputStream("forms/task-test.form", TaskFixtures.class.getResourceAsStream("/tasks/task-test.form"))
                .deploy();
    }

    /** Deploys the procedure once more and returns the id of the new version. */
    String deployAnotherVersion() {
        deploy();
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("task-test")
                .latestVersion()
                .singleResult()
                .getId();
    }

    /** The open task at an element of a case's procedure. */
    String task(String caseCode, String element) {
        List<Task> found = tasks.createTaskQuery()
                .processInstanceBusinessKey(caseCode)
                .taskDefinitionKey(element)
                .list();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " open tasks " + element + " on " + caseCode);
        }
        return found.get(0).getId();
    }
}
