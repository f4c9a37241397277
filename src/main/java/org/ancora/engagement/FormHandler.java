package org.ancora.engagement;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;

/** A form, the fields it reads, what it shows and what its answers mean; one per task form of this module. */
final class FormHandler implements TaskHandler {

    private final String form;
    private final Set<String> fields;
    private final Function<TaskContext, Map<String, ?>> prepare;
    private final BiFunction<TaskContext, Answers, Variables> complete;
    private final Function<TaskContext, Object[]> titleArguments;

    private FormHandler(
            String form,
            Set<String> fields,
            Function<TaskContext, Map<String, ?>> prepare,
            BiFunction<TaskContext, Answers, Variables> complete,
            Function<TaskContext, Object[]> titleArguments) {
        this.form = form;
        this.fields = fields;
        this.prepare = prepare;
        this.complete = complete;
        this.titleArguments = titleArguments;
    }

    /** A handler of this form, which shows nothing but its own text until told otherwise. */
    static FormHandler of(String form, BiFunction<TaskContext, Answers, Variables> complete, String... fields) {
        return new FormHandler(form, Set.of(fields), task -> Map.of(), complete, task -> new Object[0]);
    }

    /** The same handler with first values, options and context for its form. */
    FormHandler showing(Function<TaskContext, Map<String, ?>> prepared) {
        return new FormHandler(form, fields, prepared, complete, titleArguments);
    }

    /** The same handler with arguments for the names of its tasks. */
    FormHandler titled(Function<TaskContext, Object[]> arguments) {
        return new FormHandler(form, fields, prepare, complete, arguments);
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
    public Object[] titleArguments(TaskContext task) {
        return titleArguments.apply(task);
    }
}
