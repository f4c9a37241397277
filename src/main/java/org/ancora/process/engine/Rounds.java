package org.ancora.process.engine;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/**
 * Stops procedures that go round without end where no rule can tell from the drawing: a step that sets a date to one that is over, a
 * message that a step sends to its own procedure, a thousand ways side by side. Counted is how often a procedure, with those that
 * it called, comes to one element in one day of the engine's clock. In a request its change is undone and the person told; a job
 * fails, and those who look after procedures find it among what could not be done.
 *
 * <p>Each node counts for itself, and only the procedures that moved last: whatever goes round is always among them.
 */
@Component
class Rounds extends AbstractProcessEnginePlugin {

    /** No case comes to one step more than some dozen times in a day. */
    static final int MOST = 500;

    private static final int PROCEDURES = 10_000;

    private final Map<String, Day> days = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Day> eldest) {
            return size() > PROCEDURES;
        }
    };

    private record Day(LocalDate date, Map<String, Integer> entered) {}

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.getCustomHistoryEventHandlers().add(new OnEveryElement());
    }

    private final class OnEveryElement implements HistoryEventHandler {

        @Override
        public void handleEvent(HistoryEvent event) {
            if (event instanceof HistoricActivityInstanceEventEntity entered
                    && event.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_START)) {
                String root = event.getRootProcessInstanceId();
                count(
                        root == null ? event.getProcessInstanceId() : root,
                        event.getProcessDefinitionKey(),
                        entered.getActivityId());
            }
        }

        @Override
        public void handleEvents(List<HistoryEvent> events) {
            events.forEach(this::handleEvent);
        }
    }

    private void count(String root, String process, String element) {
        LocalDate today =
                ClockUtil.getCurrentTime().toInstant().atOffset(ZoneOffset.UTC).toLocalDate();
        int times;
        synchronized (days) {
            Day day = days.get(root);
            if (day == null || !day.date().equals(today)) {
                day = new Day(today, new HashMap<>());
                days.put(root, day);
            }
            times = day.entered().merge(process + "/" + element, 1, Integer::sum);
        }
        if (times > MOST) {
            throw new GoesRound(process, element, MOST);
        }
    }
}
