package org.ancora.process.steering;

import java.util.List;
import java.util.stream.Stream;

/**
 * A diagram as a list of steps in words, in the order in which one reads them, and how far one procedure has come in it. The
 * fragment {@code process/outline :: outline} shows it.
 *
 * @param title of the procedure
 */
public record Outline(String title, List<Line> lines) {

    public Outline {
        lines = List.copyOf(lines);
    }

    /**
     * One step.
     *
     * @param id of the element in the diagram
     * @param number "7", or "7.2" inside a group
     * @param kind code of {@link org.ancora.process.guide.Plan.Kind}
     * @param who who does it; empty where nobody does anything
     * @param state {@code present}, {@code done}, {@code dropped} for one that was given up, or empty
     * @param when since when it waits there or when it was left, in words; may be empty
     * @param follows where it leads, where that is not simply the next number
     */
    public record Line(
            String id,
            String number,
            String kind,
            String title,
            String who,
            String state,
            String when,
            List<String> follows,
            List<Line> inside) {

        public Line {
            follows = List.copyOf(follows);
            inside = List.copyOf(inside);
        }

        /** Whether the procedure stands here. */
        public boolean isPresent() {
            return state.equals("present");
        }

        Stream<Line> all() {
            return Stream.concat(Stream.of(this), inside.stream().flatMap(Line::all));
        }
    }

    /** Every step, those inside groups included. */
    public Stream<Line> steps() {
        return lines.stream().flatMap(Line::all);
    }
}
