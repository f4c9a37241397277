package org.ancora.process.migration;

import java.util.List;
import java.util.Locale;

/**
 * What another version of a folder means for the cases under way, in words.
 *
 * @param running procedures that run on the version that is compared, without those that others called
 * @param procedures those that differ or run
 * @param files other files that differ: decisions, forms, letters, words
 */
public record Impact(int running, List<Procedure> procedures, List<FileChange> files) {

    /** What becomes of a step or a procedure. */
    public enum Change {
        SAME,
        CHANGED,
        GONE,
        NEW;

        /** The lower-case code. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The tone of its chip. */
        public String tone() {
            return switch (this) {
                case SAME -> "calm";
                case CHANGED -> "soon";
                case GONE -> "late";
                case NEW -> "done";
            };
        }
    }

    /**
     * One diagram.
     *
     * @param running procedures that began by themselves
     * @param called procedures that another called
     * @param steps those that differ, and those at which somebody waits, in the order of the file
     * @param same how many other steps are the same
     */
    public record Procedure(
            String key, String name, Change change, int running, int called, List<Step> steps, int same) {}

    /**
     * One step.
     *
     * @param waiting how many wait there now
     * @param what what is different about it, each in a sentence
     */
    public record Step(String id, String name, String kind, Change change, int waiting, List<String> what) {}

    /**
     * A file that differs.
     *
     * @param used at how many places of how many procedures, in a sentence; empty for what no place names
     * @param what how it differs, each in a sentence
     */
    public record FileChange(String path, String name, Change change, String used, List<String> what) {}

    /** Whether nothing differs. */
    public boolean isNothing() {
        return files.isEmpty()
                && procedures.stream()
                        .allMatch(procedure -> procedure.change() == Change.SAME
                                && procedure.steps().stream().allMatch(step -> step.change() == Change.SAME));
    }

    /** How many wait at steps that the other version does not have. */
    public int stranded() {
        return procedures.stream()
                .flatMap(procedure -> procedure.steps().stream())
                .filter(step -> step.change() == Change.GONE)
                .mapToInt(Step::waiting)
                .sum();
    }
}
