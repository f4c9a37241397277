package org.ancora.process.engine;

import java.util.Set;
import java.util.TreeSet;
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

    private final ListableBeanFactory beans;
    private final Supplier<Set<String>> names;

    StepBeans(ListableBeanFactory beans) {
        this.beans = beans;
        this.names = SingletonSupplier.of(() -> {
            Set<String> found = new TreeSet<>(Set.of(beans.getBeanNamesForType(Step.class, false, false)));
            found.addAll(Set.of(beans.getBeanNamesForType(TaskStep.class, false, false)));
            return found;
        });
    }

    @Nullable
    Object find(String name) {
        return names.get().contains(name) ? beans.getBean(name) : null;
    }
}
