package org.ancora.process.task;

import java.io.ByteArrayInputStream;
import java.util.Locale;
import org.ancora.process.Procedures;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.stereotype.Component;

/** The drawings of procedures as people read them: in one exact version, and in the reader's language. */
@Component
public class Drawings {

    private final Procedures procedures;
    private final TaskLabels labels;

    Drawings(Procedures procedures, TaskLabels labels) {
        this.procedures = procedures;
        this.labels = labels;
    }

    /**
     * The drawing as BPMN.
     *
     * @param definition the engine's id of the exact diagram version
     * @param process the key of the procedure, by which its words are found
     */
    public String of(String definition, String process, Locale language) {
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(procedures.diagram(definition)));
        for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
            if (element.getName() != null) {
                element.setName(labels.drawn(definition, process, element.getId(), element.getName(), language));
            }
        }
        return Bpmn.convertToString(model);
    }
}
