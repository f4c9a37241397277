package org.ancora.process.task;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * Rebuilds the task list from the engine: for after an engine's upgrade or a repair by hand. Started by {@code
 * --ancora.rebuild-work-items=true}; the application may be in use meanwhile.
 */
@Component
class WorkItems {

    private static final Logger log = LoggerFactory.getLogger(WorkItems.class);

    /** Tasks to a transaction: enough to be quick, few enough that nobody waits for one. */
    private static final int BATCH = 200;

    private static final int TRIES = 5;

    private final ProcessEngineConfigurationImpl engine;
    private final WorkItemListeners listeners;
    private final WorkItemTable table;
    private final boolean atStart;

    WorkItems(
            ProcessEngine engine,
            WorkItemListeners listeners,
            WorkItemTable table,
            @Value("${ancora.rebuild-work-items:false}") boolean atStart) {
        this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        this.listeners = listeners;
        this.table = table;
        this.atStart = atStart;
    }

    @EventListener(ApplicationReadyEvent.class)
    void rebuildIfAsked() {
        if (atStart) {
            log.info("The task list was rebuilt from the engine: {} open tasks", rebuild());
        }
    }

    /** Makes the list equal to the engine's open tasks, in small transactions, and tells how many there are. */
    int rebuild() {
        int open = 0;
        String after = "";
        List<String> batch;
        do {
            batch = rebuildAfter(after, 1);
            open += batch.size();
            after = batch.isEmpty() ? after : batch.get(batch.size() - 1);
            if (open % (50 * BATCH) == 0 && open > 0) {
                log.info("The task list is being rebuilt: {} open tasks so far", open);
            }
        } while (batch.size() == BATCH);
        return open;
    }

    private List<String> rebuildAfter(String after, int attempt) {
        try {
            return engine.getCommandExecutorTxRequired().execute(command -> {
                List<String> ids = table.engineTasks(after, BATCH);
                table.removeGone(after, ids.size() < BATCH ? null : ids.get(BATCH - 1));
                for (String id : ids) {
                    TaskEntity task =
                            Context.getCommandContext().getTaskManager().findTaskById(id);
                    if (task != null) {
                        table.put(listeners.item(task));
                    }
                }
                return ids;
            });
        } catch (ConcurrencyFailureException crossed) {
            // Somebody finished one of these tasks at this very moment; the batch is looked at again.
            if (attempt == TRIES) {
                throw crossed;
            }
            return rebuildAfter(after, attempt + 1);
        }
    }
}
