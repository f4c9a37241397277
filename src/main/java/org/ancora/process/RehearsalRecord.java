package org.ancora.process;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ancora.time.BusinessCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;

/**
 * What a rehearsal is about, in memory and nowhere else: a case that does not exist, what is true of it, its project's calendar
 * and the moment at which the rehearsal stands.
 */
public final class RehearsalRecord {

    /** Something that a step or a form would have done beyond setting variables. */
    public sealed interface Said {

        /** A line of the journal. */
        record Line(MessageSourceResolvable words) implements Said {}

        /**
         * A letter or message that would have gone out.
         *
         * @param template the name of the letter's files, such as {@code no-contact}
         * @param channel a code: {@code post}, {@code email} or {@code sms}
         * @param to a code of who gets it: {@code client}, {@code source} and the like
         * @param language code of the language in which it is written
         * @param values what fills its placeholders beyond what every letter has
         */
        record Letter(String template, String channel, String to, String language, Map<String, String> values)
                implements Said {}
    }

    private final String caseCode;
    private final String project;
    private final BusinessCalendar calendar;
    private final Map<String, String> facts;
    private final Map<String, Instant> remembered = new HashMap<>();
    private final Consumer<Said> journal;
    private Instant now;

    /**
     * A record at the beginning of its rehearsal.
     *
     * @param project the key of the project, as decision tables name it
     * @param facts what is true of it, by the names of {@link Rehearsable}
     */
    public RehearsalRecord(
            String caseCode,
            String project,
            BusinessCalendar calendar,
            Instant now,
            Map<String, String> facts,
            Consumer<Said> journal) {
        this.caseCode = caseCode;
        this.project = project;
        this.calendar = calendar;
        this.now = now;
        this.facts = new TreeMap<>(facts);
        this.journal = journal;
    }

    /** The code by which the rehearsal calls its case. */
    public String caseCode() {
        return caseCode;
    }

    /** The project's key. */
    public String project() {
        return project;
    }

    /** The calendar by which the rehearsal counts. */
    public BusinessCalendar calendar() {
        return calendar;
    }

    /** The moment at which the rehearsal stands. */
    public Instant now() {
        return now;
    }

    /** Goes on to a later moment; an earlier one is no move. */
    public void moveTo(Instant later) {
        now = later.isAfter(now) ? later : now;
    }

    /** What is true of the record now, by name. */
    public Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    /** What is true of the record, as it was chosen. */
    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /** Makes something else true. */
    public void change(String fact, String value) {
        facts.put(fact, value);
    }

    /** Keeps that a message came now, by its name. */
    public void happened(String message) {
        remember(message, now);
    }

    void remember(String what, Instant when) {
        remembered.put(what, when);
    }

    Optional<Instant> remembered(String what) {
        return Optional.ofNullable(remembered.get(what));
    }

    void say(Said said) {
        journal.accept(said);
    }

    /**
     * What a step sees of it.
     *
     * @param read a variable of the procedure, as the engine keeps it
     * @param write where a variable goes; null takes it away
     * @param inputs what the diagram gives the step
     * @param decide the answer of a decision table, by its id and inputs
     */
    public Rehearsed seenBy(
            Function<String, @Nullable Object> read,
            BiConsumer<String, @Nullable Object> write,
            Function<String, @Nullable Object> inputs,
            BiFunction<String, Map<String, ?>, Map<String, Object>> decide) {
        return new Rehearsed(this, read, write, inputs, decide, key -> key, Locale.ENGLISH, "");
    }

    /**
     * What a form sees of it.
     *
     * @param role code of the role in which somebody fills it in
     * @param words the words of a message key in that person's language
     */
    public Rehearsed seenBy(
            Function<String, @Nullable Object> read,
            BiConsumer<String, @Nullable Object> write,
            String role,
            Locale language,
            UnaryOperator<String> words) {
        return new Rehearsed(this, read, write, any -> null, (any, given) -> Map.of(), words, language, role);
    }
}
