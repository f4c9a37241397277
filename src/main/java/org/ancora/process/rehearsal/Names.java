package org.ancora.process.rehearsal;

import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.ancora.process.model.OwnLabels;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
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

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    /** Reads diagrams as they are, be they a draft that cannot be read to its end: then what stands before counts. */
    static Names of(Map<String, byte[]> files) {
        Names names = new Names(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), OwnLabels.of(files));
        files.forEach((path, content) -> {
            if (path.endsWith(".bpmn")) {
                names.read(content);
            }
        });
        return names;
    }

    private void read(byte[] diagram) {
        XMLInputFactory safe = XMLInputFactory.newDefaultFactory();
        safe.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        safe.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = safe.createXMLStreamReader(new ByteArrayInputStream(diagram), "UTF-8");
            String process = null;
            while (reader.hasNext()) {
                int event = reader.next();
                boolean element = event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT;
                if (!element || !BPMN.equals(reader.getNamespaceURI())) {
                    continue;
                }
                boolean isProcess = reader.getLocalName().equals("process");
                if (event == XMLStreamConstants.END_ELEMENT) {
                    process = isProcess ? null : process;
                } else {
                    process = isProcess ? reader.getAttributeValue(null, "id") : process;
                    element(reader, process, isProcess);
                }
            }
            reader.close();
        } catch (XMLStreamException broken) {
            // The check says what is wrong with it, and where.
        }
    }

    private void element(XMLStreamReader reader, @Nullable String process, boolean isProcess) {
        String id = reader.getAttributeValue(null, "id");
        if (id == null || process == null) {
            return;
        }
        String name = Objects.requireNonNullElse(reader.getAttributeValue(null, "name"), id);
        if (isProcess) {
            processes.put(id, name);
            elements.put(id, new TreeMap<>());
        } else {
            elements.getOrDefault(process, new TreeMap<>()).put(id, name);
        }
        String calls = reader.getAttributeValue(null, "calledElement");
        if (calls != null) {
            called.add(calls);
        }
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
