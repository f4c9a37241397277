package org.ancora.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where the procedures of a case stand, for pages that draw them; see {@link Processes} for starting and speaking to them. */
@Service
public class Procedures {

    private final RuntimeService runtime;
    private final HistoryService history;
    private final RepositoryService repository;

    Procedures(RuntimeService runtime, HistoryService history, RepositoryService repository) {
        this.runtime = runtime;
        this.history = history;
        this.repository = repository;
    }

    /**
     * How far a procedure has come.
     *
     * @param definition the engine's id of the exact diagram version
     * @param ended when it ended; null while it runs
     * @param done the elements that were passed
     * @param present the elements where it waits, without the sub-processes around them; empty once it has ended
     * @param variables its variables as the engine returns them; empty once it has ended
     */
    public record Progress(
            String definition,
            String key,
            Instant started,
            @Nullable Instant ended,
            List<String> done,
            List<String> present,
            Map<String, Object> variables) {

        public boolean running() {
            return ended == null;
        }

        /** The variable's value, or empty when it is missing or null. */
        public <T> Optional<T> find(ProcessVariable<T> variable) {
            return variable.find(variables);
        }
    }

    /**
     * How far the newest procedure of this kind has come; in three statements.
     *
     * @param processKey a procedure that was started for the case, not a called one
     */
    @Transactional(readOnly = true)
    public Optional<Progress> latest(String caseCode, String processKey) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseCode)
                .processDefinitionKey(processKey)
                .orderByProcessInstanceStartTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .map(this::progress)
                .findFirst();
    }

    /** The variables of the running procedure of this kind; empty when none runs. In two statements. */
    @Transactional(readOnly = true)
    public Map<String, Object> variables(String caseCode, String processKey) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseCode)
                .processDefinitionKey(processKey)
                .list()
                .stream()
                .findFirst()
                .map(ProcessInstance::getId)
                .map(this::variables)
                .orElse(Map.of());
    }

    /** The drawing of a procedure in one version, as {@link Progress#definition()} names it. */
    public byte[] diagram(String definition) {
        try (InputStream model = repository.getProcessModel(definition)) {
            return model.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Progress progress(HistoricProcessInstance instance) {
        List<HistoricActivityInstance> steps = history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .list();
        List<String> present = steps.stream()
                .filter(step ->
                        step.getEndTime() == null && !step.getActivityType().contains("ubProcess"))
                .map(HistoricActivityInstance::getActivityId)
                .distinct()
                .toList();
        List<String> done = steps.stream()
                .filter(step -> step.getEndTime() != null && !step.isCanceled())
                .map(HistoricActivityInstance::getActivityId)
                .distinct()
                .filter(element -> !present.contains(element))
                .toList();
        Date end = instance.getEndTime();
        return new Progress(
                instance.getProcessDefinitionId(),
                instance.getProcessDefinitionKey(),
                instance.getStartTime().toInstant(),
                end == null ? null : end.toInstant(),
                done,
                present,
                end == null ? variables(instance.getId()) : Map.of());
    }

    /** Those of the whole procedure win over those of a part of it. */
    private Map<String, Object> variables(String instance) {
        Map<String, Object> found = new HashMap<>();
        for (VariableInstance variable : runtime.createVariableInstanceQuery()
                .processInstanceIdIn(instance)
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .list()) {
            Object value = variable.getValue();
            if (value != null
                    && (instance.equals(variable.getExecutionId()) || !found.containsKey(variable.getName()))) {
                found.put(variable.getName(), value);
            }
        }
        return found;
    }
}
