package org.ancora.process.monitor;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.process.Processes;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps {@code procedure_run} and {@code procedure_step} equal to the engine's history, in the engine's transaction. It only
 * notes what the engine says has changed, and right before the transaction commits one statement reads those few rows of
 * the history again: whatever the change was (a step, a move by hand, a new version, a failure), what is read is the truth.
 */
@Component
class RunListener extends AbstractProcessEnginePlugin {

    /** It goes on in another version. */
    private static final String MOVED = HistoryEventTypes.PROCESS_INSTANCE_MIGRATE.getEventName();

    private final RunTable table;

    RunListener(RunTable table) {
        this.table = table;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.getCustomHistoryEventHandlers().add(new OnHistory());
    }

    private final class OnHistory implements HistoryEventHandler {

        @Override
        public void handleEvent(HistoryEvent event) {
            String instance = event.getProcessInstanceId();
            if (instance == null) {
                return;
            }
            if (event instanceof HistoricActivityInstanceEventEntity step) {
                changes().add(instance, step.getId(), null);
            } else if (event instanceof HistoricTaskInstanceEventEntity task) {
                changes().add(instance, null, task.getTaskId());
            } else if (event instanceof HistoricProcessInstanceEventEntity
                    || event instanceof HistoricIncidentEventEntity
                    || isProject(event)) {
                changes().add(instance, null, null);
            }
            if (event instanceof HistoricProcessInstanceEventEntity && MOVED.equals(event.getEventType())) {
                changes().moved(instance);
            }
        }

        private static boolean isProject(HistoryEvent event) {
            return event instanceof HistoricVariableUpdateEventEntity variable
                    && Processes.PROJECT_ID.name().equals(variable.getVariableName());
        }

        @Override
        public void handleEvents(List<HistoryEvent> events) {
            events.forEach(this::handleEvent);
        }
    }

    /** What this transaction has changed so far; one of its own for a transaction that interrupts another. */
    private Changes changes() {
        for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof Changes changes) {
                return changes;
            }
        }
        Changes changes = new Changes();
        TransactionSynchronizationManager.registerSynchronization(changes);
        return changes;
    }

    private final class Changes implements TransactionSynchronization {

        private final Set<String> instances = new TreeSet<>();
        private final Set<String> steps = new TreeSet<>();
        private final Set<String> tasks = new TreeSet<>();
        private final Set<String> moved = new TreeSet<>();

        void add(String instance, @Nullable String step, @Nullable String task) {
            instances.add(instance);
            if (step != null) {
                steps.add(step);
            }
            if (task != null) {
                tasks.add(task);
            }
        }

        void moved(String instance) {
            moved.add(instance);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            if (!moved.isEmpty()) {
                table.move(moved);
            }
            table.keep(instances, steps, tasks);
        }

        @Override
        public int getOrder() {
            return Integer.MAX_VALUE; // others may still move a procedure as the transaction ends
        }
    }
}
