package org.ancora.process.task;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ancora.access.Pages;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
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
    private final CaseworkFixtures casework;
    private final Pages pages;
    private boolean deployed;

    TaskFixtures(
            Processes processes,
            TaskService tasks,
            RepositoryService repository,
            Clock clock,
            CaseworkFixtures casework,
            Pages pages) {
        this.processes = processes;
        this.tasks = tasks;
        this.repository = repository;
        this.clock = clock;
        this.casework = casework;
        this.pages = pages;
    }

    /**
     * A case of Sam's in York.
     *
     * @param ask id of the task, due in five days, that asks Sam something
     */
    record Asked(Project york, UserId sam, UserId coordinator, CaseSummary dana, String ask) {}

    /** Starts the procedure for a case that Sam has. */
    Asked aCaseWithATask() {
        Project york = casework.aProjectInOntario();
        UserId sam = casework.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId coordinator = casework.aPerson("Carla Coordinator", york, Role.COORDINATOR);
        CaseSummary dana = casework.aClient(york).openCaseFor(sam);
        start(dana.code(), york.id(), sam, 5);
        return new Asked(york, sam, coordinator, dana, task(dana.code(), "ask"));
    }

    /** Sends a task's form, as its page does. */
    MockHttpServletResponse complete(String task, UserId person, String answers) throws Exception {
        return pages.json("/tasks/" + task + "/complete", person, answers);
    }

    /** Keeps what was typed so far, as its page does. */
    MockHttpServletResponse draft(String task, UserId person, String answers) throws Exception {
        return pages.json("/tasks/" + task + "/draft", person, answers);
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
