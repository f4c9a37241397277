package org.ancora.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
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
     * One element that a procedure came to.
     *
     * @param type the engine's name for its kind, such as {@code userTask}
     * @param left when it was left; null while the procedure waits there
     * @param cancelled whether it was given up before it was done
     */
    public record Visit(
            String element,
            String type,
            Instant entered,
            @Nullable Instant left,
            boolean cancelled) {

        private static Visit of(HistoricActivityInstance step) {
            Date end = step.getEndTime();
            return new Visit(
                    step.getActivityId(),
                    step.getActivityType(),
                    step.getStartTime().toInstant(),
                    end == null ? null : end.toInstant(),
                    step.isCanceled());
        }

        /** Whether it is a frame around other elements and not a place of its own. */
        public boolean isFrame() {
            return type.contains("ubProcess");
        }
    }

    /** What a procedure came to, earliest first. */
    public record Trail(List<Visit> visits) {

        /** The elements where it waits, without the sub-processes around them; empty once it has ended. */
        public List<String> present() {
            return visits.stream()
                    .filter(visit -> visit.left() == null && !visit.isFrame())
                    .map(Visit::element)
                    .distinct()
                    .toList();
        }

        /** The elements that were passed and where it does not wait again. */
        public List<String> done() {
            List<String> present = present();
            return visits.stream()
                    .filter(visit -> visit.left() != null && !visit.cancelled())
                    .map(Visit::element)
                    .distinct()
                    .filter(element -> !present.contains(element))
                    .toList();
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

    /** The drawing of a procedure in one version, as {@link Progress#definition()} names it. */
    public byte[] diagram(String definition) {
        try (InputStream model = repository.getProcessModel(definition)) {
            return model.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a procedure came to; in one statement. */
    @Transactional(readOnly = true)
    public Trail trail(String instance) {
        return new Trail(history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .list()
                .stream()
                .map(Visit::of)
                .toList());
    }

    private Progress progress(HistoricProcessInstance instance) {
        Trail trail = trail(instance.getId());
        Date end = instance.getEndTime();
        return new Progress(
                instance.getProcessDefinitionId(),
                instance.getProcessDefinitionKey(),
                instance.getStartTime().toInstant(),
                end == null ? null : end.toInstant(),
                trail.done(),
                trail.present(),
                end == null
                        ? variablesOf(List.of(instance.getId())).getOrDefault(instance.getId(), Map.of())
                        : Map.of());
    }

    /**
     * The variables of running procedures by instance id, in one statement; those of a whole procedure win over those of
     * a part of it. A procedure without any is left out.
     */
    @Transactional(readOnly = true)
    public Map<String, Map<String, Object>> variablesOf(Collection<String> instances) {
        Map<String, Map<String, Object>> found = new HashMap<>();
        for (VariableInstance variable : runtime.createVariableInstanceQuery()
                .processInstanceIdIn(instances.stream().distinct().toArray(String[]::new))
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .list()) {
            String instance = variable.getProcessInstanceId();
            Map<String, Object> variables = found.computeIfAbsent(instance, any -> new HashMap<>());
            Object value = variable.getValue();
            if (value != null
                    && (instance.equals(variable.getExecutionId()) || !variables.containsKey(variable.getName()))) {
                variables.put(variable.getName(), value);
            }
        }
        return found;
    }
}
