package org.ancora.process.model;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.RowDoubt;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.ancora.process.task.TaskHandler;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Gathers what every module declares, so that models can be held against it. */
@Configuration(proxyBeanMethods = false)
class ModelCheckConfiguration {

    @Bean
    ModelCheck modelCheck(ListableBeanFactory beans) {
        // Message files are many and do not change while this runs; owners are told with every pause in typing.
        SingletonSupplier<Labels> shipped = SingletonSupplier.of(Labels::shipped);
        return new ModelCheck(() -> catalogue(beans, shipped.obtain()));
    }

    private static Catalogue catalogue(ListableBeanFactory beans, Labels shipped) {
        return new Catalogue(
                named(beans.getBeansOfType(Step.class), Step::name),
                named(beans.getBeansOfType(TaskStep.class), TaskStep::name),
                Set.copyOf(beans.getBeansOfType(DeclaredVariables.class).values()),
                Set.copyOf(beans.getBeansOfType(DeclaredMessages.class).values()),
                beans.getBeansOfType(TaskHandler.class).values().stream()
                        .collect(Collectors.toMap(TaskHandler::form, TaskHandler::fields)),
                Set.copyOf(beans.getBeansOfType(RowDoubt.class).values()),
                shipped);
    }

    /** A diagram names the bean, messages name the step: one name for both. */
    private static <T> Map<String, T> named(Map<String, T> beans, Function<T, String> name) {
        beans.forEach((bean, step) -> {
            if (!bean.equals(name.apply(step))) {
                throw new IllegalStateException("The step " + name.apply(step) + " is the bean " + bean
                        + ": bean, method and step must have the same name");
            }
        });
        return beans;
    }
}
