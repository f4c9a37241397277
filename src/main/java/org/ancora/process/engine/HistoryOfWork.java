package org.ancora.process.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.HistoryLevelFull;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.jspecify.annotations.Nullable;

/**
 * The engine's full history without its record of jobs that were set and went well. What they did stands in the history
 * anyway; that record is two rows with nine indexes for every timer, and grows faster than any other table. Failures
 * stay.
 */
class HistoryOfWork extends HistoryLevelFull {

    private static final Set<HistoryEventType> ROUTINE =
            Set.of(HistoryEventTypes.JOB_CREATE, HistoryEventTypes.JOB_SUCCESS, HistoryEventTypes.JOB_DELETE);

    @Override
    public boolean isHistoryEventProduced(HistoryEventType type, @Nullable Object entity) {
        return !ROUTINE.contains(type) && super.isHistoryEventProduced(type, entity);
    }
}
