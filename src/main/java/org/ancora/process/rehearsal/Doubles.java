package org.ancora.process.rehearsal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.ancora.process.RehearsalRecord;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.ancora.process.rehearsal.JournalLine.Kind;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** What stands for the steps of the catalogue in a rehearsal's engine: it writes into the journal and does nothing. */
final class Doubles {

    private final Map<String, Object> byName = new TreeMap<>();
    private final RehearsalRecord record;
    private final Journal journal;
    private final BiFunction<String, Map<String, ?>, Map<String, Object>> decide;

    Doubles(
            Map<String, Step> steps,
            Map<String, TaskStep> taskSteps,
            RehearsalRecord record,
            Journal journal,
            BiFunction<String, Map<String, ?>, Map<String, Object>> decide) {
        this.record = record;
        this.journal = journal;
        this.decide = decide;
        steps.forEach((name, step) -> byName.put(name, (JavaDelegate) execution -> take(step, execution)));
        taskSteps
                .keySet()
                .forEach(name -> byName.put(name, (TaskListener) task -> {
                    TaskEntity entity = (TaskEntity) task;
                    String process =
                            entity.getExecution().getProcessDefinition().getKey();
                    journal.add(
                            Kind.STEP,
                            process,
                            task.getTaskDefinitionKey(),
                            "late " + process + "/" + task.getTaskDefinitionKey() + " " + name,
                            new DefaultMessageSourceResolvable(
                                    new String[] {"step." + name + ".rehearsal"}, new Object[0], name));
                }));
    }

    Map<String, Object> byName() {
        return byName;
    }

    private void take(Step step, DelegateExecution execution) {
        String process = Flow.key(execution);
        String element = execution.getCurrentActivityId();
        Map<String, Object> given = new HashMap<>();
        for (String input : step.inputs()) {
            Object value = execution.getVariableLocal(input);
            if (value != null) {
                given.put(input, value);
            }
        }
        journal.add(Kind.STEP, process, element, "step " + process + "/" + element, said(step, given));
        try {
            step.rehearse(record.seenBy(
                    execution::getVariable, (name, value) -> set(execution, name, value), given::get, decide));
        } catch (IllegalStateException | IllegalArgumentException cannot) {
            if (Stopped.in(cannot) != null) {
                throw cannot;
            }
            Stopped stopped = new Stopped("rehearsal.stopped.step", new Named(process, element), reason(cannot));
            stopped.initCause(cannot);
            throw stopped;
        }
    }

    /** What the step would do; what it was given is named once somebody reads it, in their language. */
    private static MessageSourceResolvable said(Step step, Map<String, Object> given) {
        Map<String, Object> named = new HashMap<>();
        String decision = String.valueOf(given.getOrDefault("decision", ""));
        given.forEach(
                (input, value) -> named.put(input, new Given(step.name(), input, String.valueOf(value), decision)));
        return step.rehearse(named);
    }

    private static void set(DelegateExecution execution, String name, @Nullable Object value) {
        execution.setVariable(name, value);
    }

    static String reason(RuntimeException cannot) {
        String message = cannot.getMessage();
        return message == null ? cannot.getClass().getSimpleName() : message;
    }
}
