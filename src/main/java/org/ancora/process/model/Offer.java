package org.ancora.process.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a diagram may refer to, for pickers: the same that the model check knows.
 *
 * @param taskSteps what may happen when a task is not done in time, by name
 * @param forms by form: the fields that must stay in it
 * @param variables by folder: the kind of each variable by its name
 * @param messages by folder: what its diagrams may wait for
 */
public record Offer(
        List<StepOffer> steps,
        List<String> taskSteps,
        Map<String, Set<String>> forms,
        Map<String, Map<String, String>> variables,
        Map<String, Set<String>> messages) {

    /**
     * A step of the catalogue.
     *
     * @param outward whether it must be asynchronous
     * @param inputs in order
     * @param optional those of the inputs that may be left out
     * @param writes the variables that it leaves behind
     */
    public record StepOffer(
            String name, boolean outward, List<String> inputs, Set<String> optional, List<String> writes) {}
}
