package org.ancora.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ancora.access.OncePerPage;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Starts procedures and speaks to the running ones. The business key of every instance is the case code. */
@Service
public class Processes {

    /** The project of the case; every procedure has it. */
    public static final ProcessVariable<Long> PROJECT_ID = ProcessVariable.id("projectId");

    /** The caseworker to whom a procedure's tasks fall; null while nobody is assigned. */
    public static final ProcessVariable<UserId> WORKER = ProcessVariable.user("worker");

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final HistoryService history;
    private final RepositoryService repository;
    private final ManagementService management;
    private final JdbcClient jdbc;

    /** What a deployed version says never changes, and the engine asks the database each time that it is wanted. */
    private final Map<String, BpmnModelInstance> models = new ConcurrentHashMap<>();

    Processes(
            RuntimeService runtime,
            TaskService tasks,
            HistoryService history,
            RepositoryService repository,
            ManagementService management,
            JdbcClient jdbc) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.history = history;
        this.repository = repository;
        this.management = management;
        this.jdbc = jdbc;
    }

    /**
     * Starts the newest deployed version of a procedure; {@link #PROJECT_ID} is set beside the given variables,
     * and {@link #WORKER} to nobody unless it is given.
     *
     * @param processKey the process id in the diagram, such as {@code engagement-on-entry}
     * @return the engine's instance id
     * @throws IllegalArgumentException when no such procedure is deployed
     */
    @Transactional
    public String start(String processKey, String caseCode, ProjectId project, Variables variables) {
        if (!isDeployed(processKey)) {
            throw new IllegalArgumentException("No procedure named " + processKey + " is deployed");
        }
        return runtime.createProcessInstanceByKey(processKey)
                .businessKey(caseCode)
                .setVariables(Variables.of(WORKER, null)
                        .and(variables)
                        .and(PROJECT_ID, project.value())
                        .asMap())
                .execute()
                .getId();
    }

    /**
     * Whether there is such a procedure: a folder that its owner published before a release brought a procedure into it goes on
     * without that one.
     *
     * @param processKey the process id in the diagram
     */
    public boolean isDeployed(String processKey) {
        return repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(processKey)
                        .latestVersion()
                        .count()
                > 0;
    }

    /**
     * Returns the keys of the deployed procedures that say in their diagram that a status of a case may start them: by the
     * property {@code startedBy} with the value {@code status}.
     */
    @Transactional(readOnly = true)
    public Set<String> startedByStatus() {
        Set<String> keys = new TreeSet<>();
        diagrams().forEach((key, diagram) -> {
            boolean says = diagram.getModelElementsByType(CamundaProperty.class).stream()
                    .anyMatch(property -> "startedBy".equals(property.getCamundaName())
                            && "status".equals(property.getCamundaValue()));
            if (says) {
                keys.add(key);
            }
        });
        return keys;
    }

    /**
     * Returns what the newest deployed diagrams give a step as one of its inputs, by procedure.
     *
     * @param step name of the step, as the diagram says it without brackets
     */
    @Transactional(readOnly = true)
    public Map<String, Set<String>> inputsOf(String step, String input) {
        Map<String, Set<String>> given = new TreeMap<>();
        diagrams().forEach((key, diagram) -> diagram.getModelElementsByType(ServiceTask.class).stream()
                .filter(task -> ("${" + step + "}").equals(task.getCamundaDelegateExpression()))
                .flatMap(task -> Stream.ofNullable(task.getExtensionElements()))
                .flatMap(extensions ->
                        extensions.getElementsQuery().filterByType(CamundaInputOutput.class).list().stream())
                .flatMap(parameters -> parameters.getCamundaInputParameters().stream())
                .filter(parameter -> input.equals(parameter.getCamundaName()))
                .forEach(parameter -> given.computeIfAbsent(key, any -> new TreeSet<>())
                        .add(parameter.getTextContent().strip())));
        return given;
    }

    private Map<String, BpmnModelInstance> diagrams() {
        return OncePerPage.read("process.diagrams", () -> {
            Map<String, BpmnModelInstance> diagrams = new TreeMap<>();
            repository
                    .createProcessDefinitionQuery()
                    .latestVersion()
                    .active()
                    .list()
                    .forEach(definition -> diagrams.put(
                            definition.getKey(),
                            models.computeIfAbsent(definition.getId(), repository::getBpmnModelInstance)));
            return diagrams;
        });
    }

    /** Whether some running procedure of the case would hear the message now; asked once a page for all messages. */
    @Transactional(readOnly = true)
    public boolean isWaitingFor(String message, String caseCode) {
        return OncePerPage.read("process.awaited " + caseCode, () -> awaited(caseCode))
                .contains(message);
    }

    private Set<String> awaited(String caseCode) {
        return Set.copyOf(
                jdbc.sql("""
                        select distinct s.event_name_
                          from engine.act_ru_execution p
                          join engine.act_ru_execution e on e.proc_inst_id_ = p.id_
                          join engine.act_ru_event_subscr s on s.execution_id_ = e.id_
                         where p.business_key_ = :case and s.event_type_ = 'message'
                        """).param("case", caseCode).query(String.class).list());
    }

    /**
     * Tells the procedures of a case that something happened.
     *
     * @param variables set on the procedure that hears it
     * @throws NotWaiting when no procedure of the case is waiting for the message
     * @throws OptimisticLockingFailureException when the procedure went on at the same moment
     */
    @Transactional(noRollbackFor = NotWaiting.class)
    public void correlate(String message, String caseCode, Variables variables) {
        // Asked first: a failing correlation would doom the transaction of a caller that can live with "not waiting".
        if (waiting(message, caseCode) == 0) {
            throw new NotWaiting(message, caseCode);
        }
        try {
            unlessOvertaken(caseCode, () -> runtime.createMessageCorrelation(message)
                    .processInstanceBusinessKey(caseCode)
                    .setVariables(variables.asMap())
                    .correlate());
        } catch (MismatchingMessageCorrelationException gone) {
            NotWaiting notWaiting = new NotWaiting(message, caseCode);
            notWaiting.initCause(gone);
            throw notWaiting;
        }
    }

    /**
     * Tells one procedure that something happened, where a case may have several of its kind.
     *
     * @param instance the engine's id of it, as {@link #start} returned it
     * @param variables set on it, if it hears the message
     * @return whether it was waiting for the message
     * @throws OptimisticLockingFailureException when the procedure went on at the same moment
     */
    @Transactional
    public boolean tell(String instance, String message, Variables variables) {
        boolean waiting = runtime.createExecutionQuery()
                        .processInstanceId(instance)
                        .messageEventSubscriptionName(message)
                        .count()
                > 0;
        if (waiting) {
            unlessOvertaken(instance, () -> runtime.createMessageCorrelation(message)
                    .processInstanceId(instance)
                    .setVariables(variables.asMap())
                    .correlate());
        }
        return waiting;
    }

    /**
     * Hands the running procedures of a case from one caseworker to another: {@link #WORKER} and open tasks.
     *
     * @param from whose tasks they were; null hands over only procedures that have no worker yet
     */
    @Transactional
    public void reassign(String caseCode, @Nullable UserId from, UserId to) {
        unlessOvertaken(caseCode, () -> handOver(caseCode, from, to));
    }

    private void handOver(String caseCode, @Nullable UserId from, UserId to) {
        for (ProcessInstance instance : instances(caseCode)) {
            Object worker = runtime.getVariable(instance.getId(), WORKER.name());
            if (Objects.equals(worker, WORKER.stored(from))) {
                runtime.setVariable(instance.getId(), WORKER.name(), WORKER.stored(to));
            }
        }
        if (from == null) {
            return;
        }
        for (Task task : tasks.createTaskQuery()
                .processInstanceBusinessKey(caseCode)
                .taskAssignee(from.toString())
                .list()) {
            evenWhileSuspended(task, () -> tasks.setAssignee(task.getId(), to.toString()));
        }
    }

    /** A suspended procedure does nothing, but who has its tasks may change all the same: the engine must be told so. */
    private void evenWhileSuspended(Task task, Runnable change) {
        if (!task.isSuspended()) {
            change.run();
            return;
        }
        runtime.activateProcessInstanceById(task.getProcessInstanceId());
        change.run();
        runtime.suspendProcessInstanceById(task.getProcessInstanceId());
    }

    /**
     * Sets variables in the running procedures of a case: in those started for the case, and in called ones that know
     * the variable.
     */
    @Transactional
    public void set(String caseCode, Variables variables) {
        unlessOvertaken(caseCode, () -> setAll(caseCode, variables));
    }

    private void setAll(String caseCode, Variables variables) {
        for (ProcessInstance instance : instances(caseCode)) {
            boolean called = !instance.getId().equals(instance.getRootProcessInstanceId());
            variables.asMap().forEach((name, value) -> {
                if (!called || runtime.getVariables(instance.getId()).containsKey(name)) {
                    runtime.setVariable(instance.getId(), name, value);
                }
            });
        }
    }

    /** Whoever is slower by a moment is told that things have changed; to the engine's callers it is no fault. */
    private static void unlessOvertaken(String caseCode, Runnable change) {
        try {
            change.run();
        } catch (OptimisticLockingException | NullValueException overtaken) {
            // Missing is what was still there when this change looked for it.
            throw new OptimisticLockingFailureException(
                    "A procedure of " + caseCode + " went on at the same moment", overtaken);
        }
    }

    /** Which of these cases have a running procedure, in one statement however many they are. */
    @Transactional(readOnly = true)
    public Set<String> underWay(Collection<String> caseCodes) {
        return Set.copyOf(
                jdbc.sql("select distinct business_key_ from engine.act_ru_execution where business_key_ = any(:codes)")
                        .param("codes", caseCodes.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /** The procedures of a case that run now, called ones included, oldest first. */
    @Transactional(readOnly = true)
    public List<RunningProcess> running(String caseCode) {
        return all(caseCode).stream().filter(RunningProcess::running).toList();
    }

    /** What a variable says in the running procedures of a case that are of this kind and know it. */
    @Transactional(readOnly = true)
    public <T> Set<T> inRunning(String processKey, String caseCode, ProcessVariable<T> variable) {
        List<String> instances = runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(processKey)
                .processInstanceBusinessKey(caseCode)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
        // In one question, to which a procedure that ends meanwhile has no answer: asked by itself, it would be missed.
        return new HashSet<>(find(instances, variable).values());
    }

    /**
     * What a variable says in one procedure.
     *
     * @param instance its id as {@link #start} returned it
     * @return empty when the procedure has ended, or does not know the variable yet
     */
    @Transactional(readOnly = true)
    public <T> Optional<T> find(String instance, ProcessVariable<T> variable) {
        return Optional.ofNullable(find(List.of(instance), variable).get(instance));
    }

    /**
     * What a variable says in several procedures, in one statement however many they are.
     *
     * @param instances ids as {@link #start} returned them
     * @return by instance id; what has ended, or does not know the variable yet, is left out
     */
    @Transactional(readOnly = true)
    public <T> Map<String, T> find(Collection<String> instances, ProcessVariable<T> variable) {
        Map<String, T> found = new HashMap<>();
        if (!instances.isEmpty()) {
            runtime.createVariableInstanceQuery()
                    .executionIdIn(instances.toArray(String[]::new))
                    .variableName(variable.name())
                    .list()
                    .forEach(held -> variable.find(Collections.singletonMap(variable.name(), held.getValue()))
                            .ifPresent(value -> found.put(held.getExecutionId(), value)));
        }
        return found;
    }

    /** Every procedure that the case ever had, oldest first. */
    @Transactional(readOnly = true)
    public List<RunningProcess> all(String caseCode) {
        List<RunningProcess> found = new ArrayList<>();
        for (HistoricProcessInstance instance : history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseCode)
                .orderByProcessInstanceStartTime()
                .asc()
                .list()) {
            found.add(describe(instance));
        }
        return found;
    }

    /**
     * When the steps that wait in these procedures are tried next, by instance id; those that gave up are left out.
     *
     * @param instances ids as {@link #start} returned them
     */
    @Transactional(readOnly = true)
    public Map<String, Instant> nextTries(Collection<String> instances) {
        Map<String, Instant> next = new HashMap<>();
        management
                .createJobQuery()
                .processInstanceIds(Set.copyOf(instances))
                .withRetriesLeft()
                .list()
                .forEach(job -> next.merge(
                        job.getProcessInstanceId(),
                        (job.getDuedate() == null ? job.getCreateTime() : job.getDuedate()).toInstant(),
                        (one, other) -> one.isBefore(other) ? one : other));
        return next;
    }

    private RunningProcess describe(HistoricProcessInstance instance) {
        Date end = instance.getEndTime();
        List<String> at = (end == null ? waitingAt(instance.getId()) : endedAt(instance.getId()))
                .map(HistoricActivityInstance::getActivityId)
                .toList();
        return new RunningProcess(
                instance.getId(),
                instance.getSuperProcessInstanceId(),
                instance.getProcessDefinitionId(),
                instance.getProcessDefinitionKey(),
                instance.getProcessDefinitionVersion(),
                instance.getStartTime().toInstant(),
                end == null ? null : end.toInstant(),
                at);
    }

    private Stream<HistoricActivityInstance> waitingAt(String instance) {
        return history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .unfinished()
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .list()
                .stream();
    }

    /** The process's own end events, not those of the sub-processes in it; of one that an event ended, that event's. */
    private Stream<HistoricActivityInstance> endedAt(String instance) {
        List<HistoricActivityInstance> ends = history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .finished()
                .orderPartiallyByOccurrence()
                .desc()
                .list()
                .stream()
                .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
                .toList();
        List<HistoricActivityInstance> own = ends.stream()
                .filter(end -> instance.equals(end.getParentActivityInstanceId()))
                .toList();
        return own.isEmpty() ? ends.stream().limit(1) : own.stream();
    }

    private List<ProcessInstance> instances(String caseCode) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseCode)
                .list();
    }

    private long waiting(String message, String caseCode) {
        return runtime.createExecutionQuery()
                .messageEventSubscriptionName(message)
                .processInstanceBusinessKey(caseCode)
                .count();
    }
}
