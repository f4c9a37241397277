package org.ancora.process.rehearsal;

import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.ancora.process.model.OwnLabels;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.jspecify.annotations.Nullable;

/**
 * What the diagrams of a rehearsed folder call their elements, and which of them are called by others.
 *
 * @param elements by procedure and element
 * @param processes by procedure
 * @param called keys of the procedures that others call
 * @param own the words that came with the folder, by language and key
 */
record Names(
        Map<String, Map<String, String>> elements,
        Map<String, String> processes,
        Set<String> called,
        Map<String, Map<String, String>> own) {

    /** Reads diagrams that have passed the check. */
    static Names of(Map<String, byte[]> files) {
        Map<String, Map<String, String>> elements = new TreeMap<>();
        Map<String, String> processes = new TreeMap<>();
        Set<String> called = new TreeSet<>();
        files.forEach((path, content) -> {
            if (!path.endsWith(".bpmn")) {
                return;
            }
            BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
            for (Process process : model.getModelElementsByType(Process.class)) {
                processes.put(process.getId(), process.getName() == null ? process.getId() : process.getName());
                Map<String, String> names = elements.computeIfAbsent(process.getId(), any -> new TreeMap<>());
                for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
                    names.put(element.getId(), element.getName() == null ? element.getId() : element.getName());
                }
            }
            model.getModelElementsByType(CallActivity.class).forEach(call -> called.add(call.getCalledElement()));
        });
        return new Names(elements, processes, called, OwnLabels.of(files));
    }

    /** What the folder itself says in a language; null where it says nothing. */
    @Nullable
    String own(String key, Locale language, Object... arguments) {
        String text = own.getOrDefault(language.getLanguage(), Map.of()).get(key);
        return text == null ? null : OwnLabels.filled(text, arguments);
    }

    String element(String process, String element) {
        return elements.getOrDefault(process, Map.of()).getOrDefault(element, element);
    }

    String process(String process) {
        return processes.getOrDefault(process, process);
    }

    /**
     * A drawing with other names on it.
     *
     * @param renamed the name to show, by element and the name that the diagram has
     */
    static String drawing(byte[] file, BinaryOperator<String> renamed) {
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(file));
        for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
            if (element.getName() != null) {
                element.setName(renamed.apply(element.getId(), element.getName()));
            }
        }
        return Bpmn.convertToString(model);
    }
}
