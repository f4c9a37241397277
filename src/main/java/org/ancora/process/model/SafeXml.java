package org.ancora.process.model;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of diagrams and tables without trusting it, and writes it anew. What the engine gets is always our own
 * output, so that its parser and ours cannot understand the same file differently.
 */
final class SafeXml {

    static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("http://www.omg.org/spec/BPMN/20100524/MODEL", "bpmn"),
            Map.entry("http://www.omg.org/spec/BPMN/20100524/DI", "bpmndi"),
            Map.entry("http://www.omg.org/spec/DD/20100524/DC", "dc"),
            Map.entry("http://www.omg.org/spec/DD/20100524/DI", "di"),
            Map.entry("http://camunda.org/schema/1.0/bpmn", "camunda"),
            Map.entry("http://www.w3.org/2001/XMLSchema-instance", "xsi"),
            Map.entry("http://camunda.org/schema/modeler/1.0", "modeler"),
            Map.entry("http://bpmn.io/schema/bpmn/biocolor/1.0", "bioc"),
            Map.entry("http://www.omg.org/spec/BPMN/non-normative/color/1.0", "color"),
            Map.entry("https://www.omg.org/spec/DMN/20191111/MODEL/", "dmn"),
            Map.entry("https://www.omg.org/spec/DMN/20191111/DMNDI/", "dmndi"),
            Map.entry("http://www.omg.org/spec/DMN/20180521/DC/", "ddc"),
            Map.entry("http://www.omg.org/spec/DMN/20180521/DI/", "ddi"),
            Map.entry("http://camunda.org/schema/1.0/dmn", "cdmn"));

    private static final int LARGEST = 1_000_000;
    private static final int DEEPEST = 40;
    private static final int MOST_ELEMENTS = 20_000;
    private static final int LONGEST_TEXT = 20_000;

    private SafeXml() {}

    /**
     * Reads a file.
     *
     * @throws Refused when it is too large, not UTF-8, not well-formed, has a DOCTYPE, or names an unknown namespace
     */
    static XmlElement read(String file, byte[] content) {
        if (content.length > LARGEST) {
            throw new Refused(Finding.error(file, null, 0, "too-large", LARGEST));
        }
        String text = decode(file, content);
        XMLStreamReader reader = null;
        try {
            reader = factory().createXMLStreamReader(new StringReader(text));
            return read(file, reader);
        } catch (XMLStreamException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : malformed.getLocation().getLineNumber();
            throw new Refused(Finding.error(file, null, line, "malformed"));
        } finally {
            close(reader);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched");
        });
        return factory;
    }

    /**
     * The text of a file.
     *
     * @throws Refused when it is not UTF-8
     */
    static String utf8(String file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            throw new Refused(Finding.error(file, null, 0, "encoding"));
        }
    }

    private static String decode(String file, byte[] content) {
        String text = utf8(file, content);
        String start = text.substring(0, Math.min(200, text.length()));
        String head = start.toLowerCase(Locale.ROOT);
        boolean declaresOther = head.startsWith("<?xml")
                && head.contains("encoding")
                && !head.substring(0, Math.max(head.indexOf("?>"), 0))
                        .matches("(?s).*encoding\\s*=\\s*[\"']utf-8[\"'].*");
        if (declaresOther || text.indexOf('\0') >= 0) {
            throw new Refused(Finding.error(file, null, 0, "encoding"));
        }
        return start.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static XmlElement read(String file, XMLStreamReader reader) throws XMLStreamException {
        XmlElement root = null;
        XmlElement at = null;
        StringBuilder text = new StringBuilder();
        int depth = 0;
        int count = 0;
        while (reader.hasNext()) {
            int line = reader.getLocation().getLineNumber();
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST || ++count > MOST_ELEMENTS) {
                        throw new Refused(Finding.error(file, null, line, "too-deep", DEEPEST, MOST_ELEMENTS));
                    }
                    keepText(file, at, text);
                    XmlElement next = element(file, reader, at);
                    if (at == null) {
                        root = next;
                    } else {
                        at.children().add(next);
                    }
                    at = next;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    keepText(file, at, text);
                    at = at == null ? null : at.parent();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.ENTITY_DECLARATION ->
                    throw new Refused(Finding.error(file, null, line, "doctype"));
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    throw new Refused(Finding.error(file, null, line, "instruction"));
                default -> {}
            }
        }
        if (root == null) {
            throw new Refused(Finding.error(file, null, 0, "malformed"));
        }
        return root;
    }

    private static void keepText(String file, @Nullable XmlElement at, StringBuilder text) {
        if (at != null && !text.isEmpty()) {
            if (at.text().length() + text.length() > LONGEST_TEXT) {
                throw new Refused(Finding.error(file, at.nearestId(), at.line(), "too-large", LONGEST_TEXT));
            }
            at.text(at.text() + text);
        }
        text.setLength(0);
    }

    private static XmlElement element(String file, XMLStreamReader reader, @Nullable XmlElement parent) {
        int line = reader.getLocation().getLineNumber();
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String namespace = reader.getNamespaceURI(i);
            if (!PREFIXES.containsKey(namespace == null ? "" : namespace)) {
                throw new Refused(Finding.error(file, null, line, "namespace", String.valueOf(namespace)));
            }
        }
        XmlElement element =
                new XmlElement(name(file, line, reader.getNamespaceURI(), reader.getLocalName()), line, parent);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            String local = reader.getAttributeLocalName(i);
            String attribute = namespace == null || namespace.isEmpty() ? local : name(file, line, namespace, local);
            element.attributes().put(attribute, reader.getAttributeValue(i));
        }
        return element;
    }

    private static String name(String file, int line, @Nullable String namespace, String local) {
        String prefix = namespace == null ? null : PREFIXES.get(namespace);
        if (prefix == null) {
            throw new Refused(Finding.error(
                    file, null, line, "namespace", namespace == null || namespace.isEmpty() ? local : namespace));
        }
        return prefix + ":" + local;
    }

    /** The element and everything below it as a file of our own making. */
    static String write(XmlElement root) {
        Set<String> used = new TreeSet<>();
        root.all().forEach(element -> {
            used.add(prefix(element.name()));
            element.attributes().keySet().stream()
                    .filter(name -> name.contains(":"))
                    .forEach(name -> used.add(prefix(name)));
            // The type of an expression is a qualified name.
            String type = element.attribute("xsi:type");
            if (type != null && type.contains(":")) {
                used.add(prefix(type));
            }
        });
        Map<String, String> namespaces = new LinkedHashMap<>();
        PREFIXES.entrySet().stream()
                .filter(entry -> used.contains(entry.getValue()))
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> namespaces.put("xmlns:" + entry.getValue(), entry.getKey()));
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        write(root, namespaces, 0, out);
        return out.toString();
    }

    private static void write(XmlElement element, Map<String, String> namespaces, int depth, StringBuilder out) {
        String indent = "  ".repeat(depth);
        out.append(indent).append('<').append(element.name());
        namespaces.forEach((name, value) -> attribute(name, value, out));
        element.attributes().forEach((name, value) -> attribute(name, value, out));
        if (element.children().isEmpty()) {
            if (element.text().isEmpty()) {
                out.append("/>\n");
            } else {
                out.append('>')
                        .append(escape(element.text()))
                        .append("</")
                        .append(element.name())
                        .append(">\n");
            }
            return;
        }
        out.append(">\n");
        element.children().forEach(child -> write(child, Map.of(), depth + 1, out));
        out.append(indent).append("</").append(element.name()).append(">\n");
    }

    private static void attribute(String name, String value, StringBuilder out) {
        out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                case '\r' -> escaped.append("&#13;");
                case '\t' -> escaped.append("&#9;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String prefix(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    private static void close(@Nullable XMLStreamReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (XMLStreamException alreadyRead) {
                // Nothing is held open: the text was in memory.
            }
        }
    }
}
