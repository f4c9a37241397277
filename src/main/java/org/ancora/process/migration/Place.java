package org.ancora.process.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a diagram, with what decides whether a case can go on at another one instead.
 *
 * @param name as the file has it, or its id
 * @param frames ids of the frames around it, the outermost first
 * @param host where it is attached, for an event that may happen meanwhile; else null
 * @param waits whether a case may stand there
 * @param facts what its owner says of it, by {@code migration.fact.<name>}
 * @param neighbours ids of what comes before and after it
 */
record Place(
        String id,
        Kind kind,
        String name,
        List<String> frames,
        @Nullable String host,
        boolean waits,
        Map<String, String> facts,
        List<String> neighbours) {

    /** What a place is, as far as moving a case is concerned: it goes on only at a place of the same kind. */
    enum Kind {
        TASK,
        CALL,
        TIMER,
        MESSAGE,
        RACE,
        GATHERING,
        STEP,
        FRAME,
        EVENT_FRAME,
        OTHER
    }

    /** Whether a case that stands here could stand there. */
    boolean fits(Place other) {
        return kind == other.kind && waits == other.waits && (host == null) == (other.host == null);
    }

    /** What tells best that a place is the same one under another name. */
    private @Nullable String mark() {
        return facts.get(
                switch (kind) {
                    case TASK -> "form";
                    case CALL -> "called";
                    case TIMER -> "timer";
                    case MESSAGE -> "message";
                    default -> "step";
                });
    }

    /** How much alike two places are, from 0 to 1: by what they do, by their names and by what is around them. */
    double likeness(Place other) {
        double likeness = 0;
        String mark = mark();
        if (mark != null && mark.equals(other.mark())) {
            likeness += 0.4;
        }
        likeness += 0.35 * Math.max(Words.likeness(name, other.name), Words.likeness(id, other.id));
        long shared = neighbours.stream().filter(other.neighbours::contains).count();
        int most = Math.max(neighbours.size(), other.neighbours.size());
        return likeness + (most == 0 ? 0 : 0.25 * shared / most);
    }

    /** What is said of it differently there, by name of the fact. */
    List<String> changes(Place other) {
        return java.util.stream.Stream.concat(facts.keySet().stream(), other.facts.keySet().stream())
                .distinct()
                .filter(fact -> !Objects.equals(facts.get(fact), other.facts.get(fact)))
                .sorted()
                .toList();
    }

    @Nullable
    String innermostFrame() {
        return frames.isEmpty() ? null : frames.get(frames.size() - 1);
    }

    /** How much alike two names are. */
    private static final class Words {

        /** Shared pairs of letters, counted as usual for misspelt names. */
        static double likeness(String one, String other) {
            List<String> first = pairs(one);
            List<String> second = new java.util.ArrayList<>(pairs(other));
            int all = first.size() + second.size();
            if (all == 0) {
                return 0;
            }
            int shared = 0;
            for (String pair : first) {
                if (second.remove(pair)) {
                    shared++;
                }
            }
            return 2.0 * shared / all;
        }

        private static List<String> pairs(String text) {
            String plain = text.toLowerCase(java.util.Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}]+", " ")
                    .strip();
            return java.util.stream.IntStream.range(0, Math.max(0, plain.length() - 1))
                    .mapToObj(at -> plain.substring(at, at + 2))
                    .toList();
        }
    }
}
