package org.ancora.process.engine;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The only beans a diagram can name: steps and task steps. They are fetched when first run, because steps use services
 * that in turn start procedures.
 */
class StepBeans {

    private final Function<String, @Nullable Object> beans;
    private final Supplier<Set<String>> names;

    /** Steps that stand for those of the same names, in an engine of their own. */
    StepBeans(Map<String, ?> instead) {
        this.beans = instead::get;
        this.names = instead::keySet;
    }

    StepBeans(ListableBeanFactory beans) {
        this.beans = beans::getBean;
        this.names = SingletonSupplier.of(() -> {
            Set<String> found = new TreeSet<>(Set.of(beans.getBeanNamesForType(Step.class, false, false)));
            found.addAll(Set.of(beans.getBeanNamesForType(TaskStep.class, false, false)));
            return found;
        });
    }

    @Nullable
    Object find(String name) {
        return names.get().contains(name) ? beans.apply(name) : null;
    }
}
