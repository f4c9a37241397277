package org.ancora.journeys;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import tools.jackson.databind.json.JsonMapper;

/** Files as what they mean: however an editor spells them, two that mean the same are equal here. */
final class SameModel {

    private static final String DRAWING = "/DI";

    private SameModel() {}

    /** What a diagram, table or form says, without its spelling. */
    static Object of(String path, byte[] content) {
        try {
            if (path.endsWith(".form")) {
                return new JsonMapper().readTree(content);
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return element(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(content))
                    .getDocumentElement());
        } catch (Exception unreadable) {
            throw new IllegalArgumentException(
                    path + " cannot be read: " + new String(content, StandardCharsets.UTF_8), unreadable);
        }
    }

    /** An element with its namespace, without prefixes; the order of shapes in a drawing means nothing. */
    private static List<Object> element(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (!attribute.getNodeName().startsWith("xmlns")) {
                attributes.put(attribute.getNamespaceURI() + " " + attribute.getLocalName(), attribute.getNodeValue());
            }
        }
        // What a table answers by unless it says otherwise
        attributes.remove("null hitPolicy", "UNIQUE");
        attributes.computeIfPresent(
                XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI + " type", (name, type) -> type.replaceFirst("^.*:", ""));
        List<List<Object>> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                children.add(element(inner));
            } else {
                text.append(child.getNodeValue());
            }
        }
        String namespace = String.valueOf(element.getNamespaceURI());
        Stream<List<Object>> ordered = namespace.contains(DRAWING)
                        && element.getLocalName().endsWith("Plane")
                ? children.stream().sorted((one, other) -> one.toString().compareTo(other.toString()))
                : children.stream();
        return List.of(
                namespace + " " + element.getLocalName(),
                attributes,
                children.isEmpty() ? text.toString().strip() : "",
                ordered.toList());
    }
}
