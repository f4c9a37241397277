package org.ancora.process.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Keeps the engine from forgetting when tasks are late. Moving a task to another version, it ticks the reminders off that the
 * step declares there, and does so in the declaration itself: the second task that is moved to the step loses its reminder, and
 * every task that begins there afterwards has none. What it ticks off is therefore a copy.
 */
@Component
class KeptReminders extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> listeners =
                new ArrayList<>(Objects.requireNonNullElse(engine.getCustomPostBPMNParseListeners(), List.of()));
        listeners.add(new OnEveryUserTask());
        engine.setCustomPostBPMNParseListeners(listeners);
    }

    private static final class OnEveryUserTask extends AbstractBpmnParseListener {

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            if (activity.getProperties().contains(BpmnProperties.TIMEOUT_LISTENER_DECLARATIONS)) {
                activity.getProperties()
                        .set(
                                BpmnProperties.TIMEOUT_LISTENER_DECLARATIONS,
                                new Declarations(
                                        activity.getProperties().get(BpmnProperties.TIMEOUT_LISTENER_DECLARATIONS)));
            }
        }
    }

    /** Reminders by step and listener; whoever copies them gets copies of what is below as well. */
    private static final class Declarations extends HashMap<String, Map<String, TimerDeclarationImpl>> {

        private static final long serialVersionUID = 1L;

        Declarations(Map<String, Map<String, TimerDeclarationImpl>> declared) {
            declared.forEach((step, byListener) -> put(step, new HashMap<>(byListener)));
        }

        @Override
        public Set<Map.Entry<String, Map<String, TimerDeclarationImpl>>> entrySet() {
            return super.entrySet().stream()
                    .map(each -> Map.<String, Map<String, TimerDeclarationImpl>>entry(
                            each.getKey(), new HashMap<>(each.getValue())))
                    .collect(Collectors.toSet());
        }
    }
}
