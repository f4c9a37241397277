package org.ancora.process;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/**
 * A step that a diagram may take: a service task or business rule task names it as {@code ${name}}.
 *
 * <p>Every step is a bean of its module's one {@code …Steps} class, where bean name, method name and step name agree.
 * Its title, description and rehearsal line are the messages {@code step.<name>.title}, {@code .description} and
 * {@code .rehearsal} in three languages.
 */
public final class Step implements JavaDelegate {

    private final String name;
    private final List<String> inputs;
    private final Set<String> optionalInputs;
    private final Set<ProcessVariable<?>> writes;
    private final List<ProcessVariable<Integer>> businessDays;
    private final boolean outward;
    private final @Nullable Consumer<Rehearsed> rehearsal;
    private final JavaDelegate work;

    private Step(Builder builder, JavaDelegate work) {
        this.name = builder.name;
        this.inputs = List.copyOf(builder.inputs);
        this.optionalInputs = Set.copyOf(builder.optionalInputs);
        this.writes = Set.copyOf(builder.writes);
        this.businessDays = List.copyOf(builder.businessDays);
        this.outward = builder.outward;
        this.rehearsal = builder.rehearsal;
        this.work = work;
    }

    /** Begins a step; the name is also the bean's name and what the diagram says. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** As the diagram calls it: {@code ${name}}. */
    public String name() {
        return name;
    }

    /** The input parameters that the diagram gives, in the order in which the rehearsal line takes them. */
    public List<String> inputs() {
        return inputs;
    }

    /** The inputs that a diagram may leave out. */
    public Set<String> optionalInputs() {
        return optionalInputs;
    }

    /** The variables that this step leaves behind. */
    public Set<ProcessVariable<?>> writes() {
        return writes;
    }

    /** The numbers of a decision table, in business days, by which the step sets its dates: the latest, or the earliest and the latest. */
    public List<ProcessVariable<Integer>> businessDays() {
        return businessDays;
    }

    /** Whether the step reaches outside (mail, print); such a step must be asynchronous, so that it can be retried. */
    public boolean outward() {
        return outward;
    }

    @Override
    public void execute(DelegateExecution execution) throws Exception {
        work.execute(execution);
    }

    /**
     * What the step would do, as one journal line; nothing is done.
     *
     * @param given the inputs as the diagram gives them, by name; they are the arguments of the line
     */
    public MessageSourceResolvable rehearse(Map<String, ?> given) {
        Object[] arguments = inputs.stream()
                .map(input -> Objects.requireNonNullElse(given.get(input), ""))
                .toArray();
        return new DefaultMessageSourceResolvable(new String[] {"step." + name + ".rehearsal"}, arguments);
    }

    /**
     * Leaves behind in a rehearsal what the step would have left behind; nothing else is done. A step that says nothing of its
     * own sets its dates by the numbers it declares, and takes for the rest what is true of the record.
     */
    public void rehearse(Rehearsed here) {
        if (rehearsal != null) {
            rehearsal.accept(here);
        } else {
            writes.forEach(variable -> Rehearsing.guess(this, variable, here));
        }
    }

    /** Whether the step says itself what it leaves behind in a rehearsal. */
    public boolean hasRehearsal() {
        return rehearsal != null;
    }

    /** An input parameter of the diagram as text; a missing one is a fault of the diagram. */
    public static String input(DelegateExecution execution, String name) {
        Object value = execution.getVariableLocal(name);
        if (value == null) {
            throw new IllegalStateException(
                    "The step " + execution.getCurrentActivityId() + " needs the input " + name);
        }
        return value.toString();
    }

    /** Collects what a step declares. */
    public static final class Builder {

        private final String name;
        private final List<String> inputs = new ArrayList<>();
        private final Set<String> optionalInputs = new LinkedHashSet<>();
        private final Set<ProcessVariable<?>> writes = new LinkedHashSet<>();
        private final List<ProcessVariable<Integer>> businessDays = new ArrayList<>();
        private boolean outward;
        private @Nullable Consumer<Rehearsed> rehearsal;

        private Builder(String name) {
            this.name = name;
        }

        /** An input parameter that the diagram must give; read it with {@link Step#input}. */
        public Builder input(String input) {
            inputs.add(input);
            return this;
        }

        /** An input parameter that the diagram may give. */
        public Builder optionalInput(String input) {
            inputs.add(input);
            optionalInputs.add(input);
            return this;
        }

        /** The variables that the step leaves behind. */
        public Builder writes(ProcessVariable<?>... variables) {
            writes.addAll(List.of(variables));
            return this;
        }

        /**
         * The numbers of a decision table by which the step sets its dates, in business days: one for "within so many days", two
         * for a window. The written procedure says them; a date that is counted in another way is left to the table's words.
         */
        @SafeVarargs
        public final Builder businessDays(ProcessVariable<Integer>... numbers) {
            for (ProcessVariable<Integer> number : numbers) {
                businessDays.add(number);
            }
            return this;
        }

        /** The step reaches outside (mail, print, another system). */
        public Builder outward() {
            outward = true;
            return this;
        }

        /** What the step leaves behind in a rehearsal, computed from nothing but what the rehearsal holds. */
        public Builder rehearses(Consumer<Rehearsed> instead) {
            rehearsal = instead;
            return this;
        }

        /** What the step does, in terms of its case and variables: a line or two that call the module's service. */
        public Step calls(Consumer<StepContext> work) {
            return does(execution -> work.accept(StepContext.of(execution)));
        }

        /** What the step does, for the few that need the engine's own view. */
        public Step does(JavaDelegate work) {
            return new Step(this, work);
        }
    }
}
