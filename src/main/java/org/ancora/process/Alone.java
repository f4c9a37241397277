package org.ancora.process;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Work in a command of the engine and a transaction of its own, wherever it is asked for. A job runs inside a command, which
 * would write what it changes in the engine only at its own end, in its own transaction: whoever does much in one job, and keeps
 * what became of each, has to have both written together.
 */
@Component
public class Alone {

    private final CommandExecutor executor;

    Alone(ProcessEngine engine) {
        this.executor = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequiresNew();
    }

    /** Does it; whatever it throws undoes it and is thrown on. */
    public void run(Runnable work) {
        executor.execute(command -> {
            work.run();
            return null;
        });
    }

    /** As {@link #run}, for what has an answer. */
    public <T extends @Nullable Object> T get(Supplier<T> work) {
        return executor.execute(command -> work.get());
    }
}
