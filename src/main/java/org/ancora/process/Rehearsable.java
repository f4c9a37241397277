package org.ancora.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal of a folder needs to be told by its module: what may be true of a record, what may happen from outside, and
 * with what a procedure begins. Each module that ships a folder may publish one such bean; without it a rehearsal asks for
 * whatever the folder's steps would have looked up.
 *
 * <p>Words: {@code rehearsal.fact.<name>} and {@code rehearsal.fact.<name>.<choice>}, {@code rehearsal.event.<message>} and
 * {@code rehearsal.value.<variable>.<value>}; {@code yes} and {@code no} need none.
 *
 * @param folder the folder's name under {@code processes/}
 */
public record Rehearsable(String folder, List<Fact> facts, List<Event> events, Variables start) {

    /** How far ahead a date may be chosen with which a procedure begins, in business days. */
    private static final int MOST_DAYS = 366;

    /**
     * Something that is true of a record or not.
     *
     * @param choices the usual one first
     * @param most for a number: any whole one from 0 to this may be chosen; 0 when it is none
     */
    public record Fact(String name, List<String> choices, int most) {

        private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

        /** Something with choices. */
        public Fact(String name, List<String> choices) {
            this(name, choices, 0);
        }

        /** What is taken unless somebody chooses. */
        public String usual() {
            return choices.get(0);
        }

        /** Whether a value may be chosen. */
        public boolean takes(String value) {
            return choices.contains(value)
                    || (NUMBER.matcher(value).matches() && Integer.parseInt(value) <= most && most > 0);
        }
    }

    /**
     * A message that may come from outside.
     *
     * @param variable what it sets, or empty
     * @param values what may be set
     */
    public record Event(String message, String variable, List<String> values) {}

    /** A folder of which nothing is known yet. */
    public static Rehearsable folder(String name) {
        return new Rehearsable(name, List.of(), List.of(), Variables.none());
    }

    /** A yes or no that is usually yes. */
    public Rehearsable usually(String fact) {
        return with(fact, "yes", "no");
    }

    /** A yes or no that is usually no. */
    public Rehearsable seldom(String fact) {
        return with(fact, "no", "yes");
    }

    /** A fact with choices, the usual one first. */
    public Rehearsable with(String fact, String... choices) {
        return with(new Fact(fact, List.of(choices)));
    }

    /** A whole number from 0 to {@code most}. */
    public Rehearsable counting(String fact, int usual, int most) {
        return with(new Fact(fact, List.of(String.valueOf(usual)), most));
    }

    private Rehearsable with(Fact fact) {
        List<Fact> more = new ArrayList<>(facts);
        more.add(fact);
        return new Rehearsable(folder, List.copyOf(more), events, start);
    }

    /** A message that sets nothing. */
    public Rehearsable hears(String message) {
        List<Event> more = new ArrayList<>(events);
        more.add(new Event(message, "", List.of()));
        return new Rehearsable(folder, facts, List.copyOf(more), start);
    }

    /**
     * A message that sets a variable to one of some values.
     *
     * @param values codes, of which whoever rehearses chooses one
     */
    public Rehearsable hears(String message, ProcessVariable<?> variable, String... values) {
        List<Event> more = new ArrayList<>(events);
        more.add(new Event(message, variable.name(), List.of(values)));
        return new Rehearsable(folder, facts, List.copyOf(more), start);
    }

    /**
     * With what a procedure of the folder begins beside project and worker.
     *
     * @param value null sets the variable to nothing
     */
    public <T> Rehearsable startsWith(ProcessVariable<T> variable, @Nullable T value) {
        return new Rehearsable(folder, facts, events, start.and(variable, value));
    }

    /**
     * With which date a procedure of the folder begins: the opening of the office so many business days after its start. It
     * is a fact with the variable's name, so that whoever rehearses may choose another number.
     *
     * @param businessDays unless another number is chosen, on the calendar of the project for which it is rehearsed
     */
    public Rehearsable startsWith(ProcessVariable<Instant> variable, int businessDays) {
        return counting(variable.name(), businessDays, MOST_DAYS);
    }
}
