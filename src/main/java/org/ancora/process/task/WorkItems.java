package org.ancora.process.task;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Rebuilds the task list from the engine: for after an engine's upgrade or a repair by hand. Started by {@code
 * --ancora.rebuild-work-items=true}; the application may be in use meanwhile.
 */
@Component
class WorkItems {

    private static final Logger log = LoggerFactory.getLogger(WorkItems.class);

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

    /** Makes the list equal to the engine's open tasks and tells how many there are. */
    int rebuild() {
        return engine.getCommandExecutorTxRequired().execute(command -> {
            List<Task> open = engine.getTaskService().createTaskQuery().list();
            List<WorkItem> items = open.stream()
                    .map(task -> Context.getCommandContext().getTaskManager().findTaskById(task.getId()))
                    .map(TaskEntity.class::cast)
                    .map(listeners::item)
                    .toList();
            table.replaceAll(items);
            return items.size();
        });
    }
}
