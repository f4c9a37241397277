package org.ancora.process;

import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/** Where a step runs: its case and project, and the variables of its procedure. So services need not know the engine. */
public final class StepContext {

    private final DelegateExecution execution;

    private StepContext(DelegateExecution execution) {
        this.execution = execution;
    }

    static StepContext of(DelegateExecution execution) {
        return new StepContext(execution);
    }

    /** The code of the case whose procedure takes the step. */
    public String caseCode() {
        return execution.getProcessBusinessKey();
    }

    /** The project of the case. */
    public ProjectId project() {
        return new ProjectId(Processes.PROJECT_ID.in(execution));
    }

    /** The engine's id of the procedure that takes the step, as {@link Processes#start} returned it. */
    public String procedure() {
        return execution.getProcessInstanceId();
    }

    /** Names this one visit to the step: what is keyed by it happens once, however often the job is tried again. */
    public String visit() {
        return execution.getActivityInstanceId();
    }

    /** An input parameter that the diagram gives; a missing one is a fault of the diagram. */
    public String input(String name) {
        return Step.input(execution, name);
    }

    /** The variable's value; a missing one is a fault of the diagram or of the step before. */
    public <T> T get(ProcessVariable<T> variable) {
        return variable.in(execution);
    }

    /** The variable's value, or empty when it is missing or null. */
    public <T> Optional<T> find(ProcessVariable<T> variable) {
        return variable.find(execution);
    }

    /** Sets a variable of the procedure; null takes its value away. */
    public <T> void set(ProcessVariable<T> variable, @Nullable T value) {
        variable.set(execution, value);
    }

    /** Sets several variables at once. */
    public void set(Variables variables) {
        execution.setVariables(variables.asMap());
    }

    /**
     * Answers of a decision table deployed together with the procedure; see {@link Decisions#evaluate}.
     *
     * @param decision the table's decision id
     */
    public Map<String, Object> decide(Decisions decisions, String decision, Map<String, ?> inputs) {
        return decisions.evaluate(execution, decision, inputs);
    }
}
