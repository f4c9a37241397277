package org.ancora.process.task;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Which module understands which form. Asked for late, because handlers use services that start procedures. */
@Component
class TaskHandlers {

    private final Supplier<Map<String, TaskHandler>> byForm;

    TaskHandlers(ObjectProvider<TaskHandler> handlers) {
        this.byForm = SingletonSupplier.of(
                () -> handlers.stream().collect(Collectors.toMap(TaskHandler::form, Function.identity())));
    }

    Optional<TaskHandler> find(@Nullable String form) {
        return form == null
                ? Optional.empty()
                : Optional.ofNullable(byForm.get().get(form));
    }
}
