package org.ancora.process;

import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * What happens when a task is not done in time: the only listener that a diagram may name, as
 * {@code <camunda:taskListener event="timeout" delegateExpression="${name}">} with a date.
 *
 * <p>Like a {@link Step} it is a bean of its module's {@code …Steps} class and has the messages
 * {@code step.<name>.title}, {@code .description} and {@code .rehearsal}.
 */
public final class TaskStep implements TaskListener {

    private final String name;
    private final Consumer<DelegateTask> work;

    private TaskStep(String name, Consumer<DelegateTask> work) {
        this.name = name;
        this.work = work;
    }

    /** Begins a task step; the name is also the bean's name and what the diagram says. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** As the diagram calls it: {@code ${name}}. */
    public String name() {
        return name;
    }

    /**
     * The id of the diagram that a task belongs to. Not read off the id of its version, which bears it only while the engine
     * does not find both together too long.
     */
    public static String process(DelegateTask task) {
        return task.getProcessEngineServices()
                .getRepositoryService()
                .getProcessDefinition(task.getProcessDefinitionId())
                .getKey();
    }

    @Override
    public void notify(DelegateTask task) {
        work.accept(task);
    }

    /** A named task step that does not yet do anything. */
    public static final class Builder {

        private final String name;

        private Builder(String name) {
            this.name = name;
        }

        /** What happens: a line or two that call the module's service. */
        public TaskStep does(Consumer<DelegateTask> work) {
            return new TaskStep(name, work);
        }
    }
}
