package org.ancora.journeys;

import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the shapes of a diagram's file stand. */
final class DrawnShapes {

    private static final Pattern SHAPE = Pattern.compile("<bpmndi:BPMNShape [^>]*bpmnElement=\"([^\"]+)\"[^>]*>\\s*"
            + "<dc:Bounds x=\"([^\"]+)\" y=\"([^\"]+)\" width=\"([^\"]+)\" height=\"([^\"]+)\"");

    private static final Pattern ON_AN_EDGE = Pattern.compile("<bpmn:boundaryEvent id=\"([^\"]+)\"");

    private DrawnShapes() {}

    /**
     * Pairs of shapes that lie over one another; what stands inside a frame, or on the edge of a step, does not.
     *
     * @param diagram the file's text
     */
    static Set<String> overlapping(String diagram) {
        Map<String, Rectangle2D> shapes = new TreeMap<>();
        Matcher shape = SHAPE.matcher(diagram);
        while (shape.find()) {
            shapes.put(
                    shape.group(1),
                    new Rectangle2D.Double(
                            Double.parseDouble(shape.group(2)),
                            Double.parseDouble(shape.group(3)),
                            Double.parseDouble(shape.group(4)),
                            Double.parseDouble(shape.group(5))));
        }
        Matcher edge = ON_AN_EDGE.matcher(diagram);
        while (edge.find()) {
            shapes.remove(edge.group(1));
        }
        Set<String> pairs = new TreeSet<>();
        shapes.forEach((one, here) -> shapes.forEach((other, there) -> {
            if (one.compareTo(other) < 0 && here.intersects(there) && !here.contains(there) && !there.contains(here)) {
                pairs.add(one + " and " + other);
            }
        }));
        return pairs;
    }
}
