package org.ancora.process.steering;

import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps {@code procedure_incident} equal to the engine's incidents of failed steps, in the engine's own transaction. */
@Component
class IncidentListeners extends AbstractProcessEnginePlugin {

    private final ObjectProvider<IncidentRows> rows;
    private final ApplicationEventPublisher events;

    IncidentListeners(ObjectProvider<IncidentRows> rows, ApplicationEventPublisher events) {
        this.rows = rows;
        this.events = events;
    }

    /**
     * A step failed for good, in this transaction.
     *
     * @param cause under which it was kept
     */
    record StepFailed(long cause) {}

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.getCustomHistoryEventHandlers().add(new OnIncident());
    }

    private final class OnIncident implements HistoryEventHandler {

        @Override
        public void handleEvent(HistoryEvent event) {
            if (!(event instanceof HistoricIncidentEventEntity incident)) {
                return;
            }
            if (event.isEventOfType(HistoryEventTypes.INCIDENT_CREATE)) {
                created(incident);
            } else if (event.isEventOfType(HistoryEventTypes.INCIDENT_RESOLVE)
                    || event.isEventOfType(HistoryEventTypes.INCIDENT_DELETE)) {
                rows.getObject().delete(incident.getId());
            }
        }

        @Override
        public void handleEvents(List<HistoryEvent> all) {
            all.forEach(this::handleEvent);
        }
    }

    /** What failed is told once; that a caller has a failing part is the same failure again. */
    private void created(HistoricIncidentEventEntity incident) {
        String instance = incident.getProcessInstanceId();
        if (instance == null || !incident.getId().equals(incident.getCauseIncidentId())) {
            return;
        }
        String root = incident.getRootProcessInstanceId() == null ? instance : incident.getRootProcessInstanceId();
        String element =
                incident.getFailedActivityId() == null ? incident.getActivityId() : incident.getFailedActivityId();
        String key = incident.getProcessDefinitionKey();
        rows.getObject()
                .insert(
                        incident.getId(),
                        incident.getConfiguration(),
                        instance,
                        root,
                        incident.getProcessDefinitionId(),
                        key == null ? incident.getProcessDefinitionId() : key,
                        element,
                        Fault.of(trace(incident)),
                        incident.getCreateTime().toInstant())
                .ifPresent(cause -> events.publishEvent(new StepFailed(cause)));
    }

    private static @Nullable String trace(HistoricIncidentEventEntity incident) {
        String job = incident.getConfiguration();
        JobEntity failed =
                job == null ? null : Context.getCommandContext().getJobManager().findJobById(job);
        String trace = failed == null ? null : failed.getExceptionStacktrace();
        return trace == null ? incident.getIncidentMessage() : trace;
    }
}
