package org.ancora.process.guide;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A diagram as a list of steps in the order in which one reads them, still without words of any language.
 *
 * @param name as the file has it
 * @param about as the file has it; may be empty
 */
public record Plan(String key, String name, String about, List<Node> nodes) {

    /** What a place in a diagram is. */
    public enum Kind {
        /** Where it begins. */
        START,
        /** Somebody does something. */
        TASK,
        /** Ancora does something. */
        STEP,
        /** Another procedure is gone through. */
        CALL,
        /** A frame around steps of its own. */
        GROUP,
        /** One way is taken. */
        CHOICE,
        /** Every way is taken whose condition holds. */
        SEVERAL,
        /** All ways are taken. */
        ALL,
        /** Whatever happens first. */
        RACE,
        /** Ways come together; nothing happens. */
        MEETING,
        /** Ways come together, and it goes on once all that were begun have come. */
        GATHERING,
        /** It waits for a date. */
        TIMER,
        /** It waits to be told something. */
        MESSAGE,
        /** It ends. */
        END,
        /** An end that the calling procedure hears of. */
        REPORTING_END,
        /** An end that drops whatever is still open. */
        DROPPING_END;

        /** The lower-case word with hyphens of message keys. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One place.
     *
     * @param roles codes of the roles that may do it
     * @param assignee variable that holds the person to whom it falls, or null
     * @param opens variable that holds its earliest date, or null
     * @param due variable that holds its latest date, or the time of a timer; or null
     * @param step name of what Ancora does, or null
     * @param inputs what the diagram gives that step
     * @param called key of the procedure that is called, or null
     * @param overdue names of the steps that are taken when it is late
     * @param ways what follows
     * @param events what may happen while it waits
     * @param inside the places inside a frame; a frame that begins by an event has that among its first place
     */
    public record Node(
            String id,
            Kind kind,
            String name,
            String guidance,
            List<String> roles,
            @Nullable String assignee,
            @Nullable String opens,
            @Nullable String due,
            @Nullable String step,
            Map<String, String> inputs,
            @Nullable String called,
            List<String> overdue,
            List<Way> ways,
            List<Event> events,
            List<Node> inside) {}

    /**
     * A line to another place.
     *
     * @param flow id of the line
     * @param name as the file has it; may be empty
     * @param condition as the file has it, or null
     * @param otherwise whether it is taken when no other one is
     */
    public record Way(String flow, String name, @Nullable String condition, boolean otherwise, String target) {}

    /**
     * Something that may happen while a place waits.
     *
     * @param kind timer, message or, for what a called procedure reports, a reporting end
     * @param due as {@link Node#due()}
     * @param instead whether the place is left for it; otherwise it stays open beside what follows
     */
    public record Event(
            String id, Kind kind, String name, @Nullable String due, boolean instead, List<Way> ways) {}

    /** Every place, those inside frames included, by id. */
    public Map<String, Node> byId() {
        Map<String, Node> found = new HashMap<>();
        collect(nodes, found);
        return found;
    }

    private static void collect(List<Node> nodes, Map<String, Node> found) {
        nodes.forEach(node -> {
            found.put(node.id(), node);
            collect(node.inside(), found);
        });
    }

    /** The keys of the decision tables that its steps ask. */
    List<String> decisions() {
        return byId().values().stream()
                .flatMap(node -> Optional.ofNullable(node.inputs().get("decision")).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
