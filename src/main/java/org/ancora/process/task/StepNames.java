package org.ancora.process.task;

import java.util.Locale;
import org.springframework.stereotype.Component;

/** Names of procedures and of the places in them, in a person's language. */
@Component
public class StepNames {

    private final TaskLabels labels;

    StepNames(TaskLabels labels) {
        this.labels = labels;
    }

    /** The name of a procedure by its key. */
    public String procedure(String process, Locale language) {
        return labels.procedure(process, language);
    }

    /**
     * The name of any element of a diagram: a task, a call, a wait.
     *
     * @param definition the engine's id of the exact version
     * @param process the key of the procedure
     */
    public String element(String definition, String process, String element, Locale language) {
        String step = labels.step(process, element, language);
        return step.equals(element) ? labels.element(definition, process, element, language) : step;
    }

    /**
     * Whether arrows only part or meet at this place of a diagram, or begin or end, and nobody has said what that means: its name would
     * tell a reader nothing.
     */
    public boolean onlyMeets(String definition, String process, String element, Locale language) {
        return labels.onlyMeets(definition, process, element, language);
    }

    /** Whether a version of a diagram has such an element, which an earlier or later one may not have. */
    public boolean has(String definition, String element) {
        return labels.has(definition, element);
    }
}
