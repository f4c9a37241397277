package org.ancora.process.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element as our own reader understood it. Names carry the canonical prefix of their namespace ({@code camunda:in},
 * {@code bpmn:userTask}); attributes without a namespace carry none.
 */
final class XmlElement {

    private final String name;
    private final int line;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final @Nullable XmlElement parent;
    private String text = "";

    XmlElement(String name, int line, @Nullable XmlElement parent) {
        this.name = name;
        this.line = line;
        this.parent = parent;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    @Nullable
    XmlElement parent() {
        return parent;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    List<XmlElement> children() {
        return children;
    }

    String text() {
        return text;
    }

    void text(String value) {
        text = value;
    }

    @Nullable
    String attribute(String attribute) {
        return attributes.get(attribute);
    }

    String attribute(String attribute, String otherwise) {
        return attributes.getOrDefault(attribute, otherwise);
    }

    boolean is(String... names) {
        return List.of(names).contains(name);
    }

    /** The nearest id from here up, to show people where. */
    @Nullable
    String nearestId() {
        for (XmlElement at = this; at != null; at = at.parent) {
            String id = at.attribute("id");
            if (id != null && !at.is("bpmn:conditionExpression", "bpmn:timeDate", "bpmn:timerEventDefinition")) {
                return id;
            }
        }
        return null;
    }

    Stream<XmlElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
    }

    Stream<XmlElement> all(String... names) {
        return all().filter(element -> element.is(names));
    }

    Stream<XmlElement> children(String... names) {
        return children.stream().filter(element -> element.is(names));
    }
}
