package org.ancora.engagement;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.jspecify.annotations.Nullable;

/** A form, the fields it reads, what it shows and what its answers mean; one per task form of this module. */
final class FormHandler implements TaskHandler {

    private final String form;
    private final Set<String> fields;
    private final Function<TaskContext, Map<String, ?>> prepare;
    private final BiFunction<TaskContext, Answers, Variables> complete;
    private final Function<TaskContext, Object[]> titleArguments;
    private final Function<Rehearsed, Map<String, ?>> rehearsedPreparation;
    private final @Nullable BiFunction<Rehearsed, Answers, Variables> rehearsed;

    private FormHandler(
            String form,
            Set<String> fields,
            Function<TaskContext, Map<String, ?>> prepare,
            BiFunction<TaskContext, Answers, Variables> complete,
            Function<TaskContext, Object[]> titleArguments,
            Function<Rehearsed, Map<String, ?>> rehearsedPreparation,
            @Nullable BiFunction<Rehearsed, Answers, Variables> rehearsed) {
        this.form = form;
        this.fields = fields;
        this.prepare = prepare;
        this.complete = complete;
        this.titleArguments = titleArguments;
        this.rehearsedPreparation = rehearsedPreparation;
        this.rehearsed = rehearsed;
    }

    /** A handler of this form, which shows nothing but its own text until told otherwise. */
    static FormHandler of(String form, BiFunction<TaskContext, Answers, Variables> complete, String... fields) {
        return new FormHandler(
                form, Set.of(fields), task -> Map.of(), complete, task -> new Object[0], task -> Map.of(), null);
    }

    /** The same handler with first values, options and context for its form. */
    FormHandler showing(Function<TaskContext, Map<String, ?>> prepared) {
        return new FormHandler(form, fields, prepared, complete, titleArguments, rehearsedPreparation, rehearsed);
    }

    /** The same handler with arguments for the names of its tasks. */
    FormHandler titled(Function<TaskContext, Object[]> arguments) {
        return new FormHandler(form, fields, prepare, complete, arguments, rehearsedPreparation, rehearsed);
    }

    /** The same handler with what it shows and means in a rehearsal. */
    FormHandler rehearsing(
            Function<Rehearsed, Map<String, ?>> prepared, BiFunction<Rehearsed, Answers, Variables> meaning) {
        return new FormHandler(form, fields, prepare, complete, titleArguments, prepared, meaning);
    }

    /** The same handler with what it means in a rehearsal, where it shows nothing. */
    FormHandler rehearsing(BiFunction<Rehearsed, Answers, Variables> meaning) {
        return rehearsing(task -> Map.of(), meaning);
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public Set<String> fields() {
        return fields;
    }

    @Override
    public Map<String, ?> prepare(TaskContext task) {
        return prepare.apply(task);
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        return complete.apply(task, answers);
    }

    @Override
    public Map<String, ?> rehearsePreparation(Rehearsed task) {
        return rehearsedPreparation.apply(task);
    }

    @Override
    public Optional<Variables> rehearse(Rehearsed task, Answers answers) {
        return rehearsed == null ? Optional.empty() : Optional.of(rehearsed.apply(task, answers));
    }

    @Override
    public Object[] titleArguments(TaskContext task) {
        return titleArguments.apply(task);
    }
}
