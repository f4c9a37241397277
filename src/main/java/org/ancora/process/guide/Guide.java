package org.ancora.process.guide;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A procedure in words, in one language, as the page and the paper show it.
 *
 * @param since the day on which this version began to run, in words
 * @param callers procedures that take this one as one of their steps
 * @param worked whether somebody has something to do in it, and it is not Ancora's alone
 */
record Guide(
        String key,
        String title,
        String about,
        int version,
        String since,
        List<Link> callers,
        List<Item> items,
        List<TableView> tables,
        boolean worked) {

    /** Another page of the guide. */
    record Link(String path, String title) {}

    /**
     * One step.
     *
     * @param number "7", or "7.2" inside a group
     * @param kind code of {@link Plan.Kind}
     * @param who who does it; empty where nobody does anything
     * @param lines what to keep in mind
     * @param facts dates and what follows from missing them
     * @param follows what comes next, where that is not simply the next number
     * @param call the procedure that is called, or null
     */
    record Item(
            String id,
            String number,
            String kind,
            String title,
            String who,
            List<String> lines,
            List<Fact> facts,
            List<Follow> follows,
            @Nullable Link call,
            List<Item> inside) {

        /** Whether somebody does it. */
        public boolean isTask() {
            return kind.equals("task");
        }

        Stream<Item> all() {
            return Stream.concat(Stream.of(this), inside.stream().flatMap(Item::all));
        }
    }

    /** A fact with its label. */
    record Fact(String label, String words) {}

    /**
     * What comes next.
     *
     * @param when in which case
     * @param target id of the step
     * @param step its number and title
     */
    record Follow(String when, String target, String step) {}

    /** A decision table, row by row. */
    record TableView(String key, String title, String about, List<RowView> rows) {}

    /** A row: when it counts, and what it says. */
    record RowView(String title, List<Fact> tests, List<Fact> answers) {}

    /** Every step, those inside groups included. */
    Stream<Item> steps() {
        return items.stream().flatMap(Item::all);
    }
}
