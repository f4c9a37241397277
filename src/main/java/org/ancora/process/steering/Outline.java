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
     * @param state {@code present}, {@code done}, {@code dropped} for one that was given up, {@code told} for
     *     one of which something is said about many procedures, or empty
     * @param when since when it waits there or when it was left, or what is told of it, in words; may be empty
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

        /** What is inside, with what comes before and after the present place apart. */
        public Part part() {
            return Outline.part(inside);
        }

        Stream<Line> all() {
            return Stream.concat(Stream.of(this), inside.stream().flatMap(Line::all));
        }
    }

    /** Fewer lines than this are shown whole. */
    private static final int SHORT = 6;

    /** The part that is read first: where the procedure stands; all of a short one, or of one without. */
    public Part part() {
        return part(lines);
    }

    private static Part part(List<Line> lines) {
        int first = -1;
        int last = -1;
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).all().anyMatch(Line::isPresent)) {
                first = first < 0 ? index : first;
                last = index;
            }
        }
        if (first < 0 || lines.size() < SHORT) {
            return new Part(List.of(), lines, List.of());
        }
        return new Part(lines.subList(0, first), lines.subList(first, last + 1), lines.subList(last + 1, lines.size()));
    }

    /** Lines in three: what comes before the place where the procedure stands, that place, and what comes after. */
    public record Part(List<Line> before, List<Line> here, List<Line> after) {

        public Part {
            before = List.copyOf(before);
            here = List.copyOf(here);
            after = List.copyOf(after);
        }
    }

    /** Every step, those inside groups included. */
    public Stream<Line> steps() {
        return lines.stream().flatMap(Line::all);
    }
}
