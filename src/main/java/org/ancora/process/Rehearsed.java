package org.ancora.process;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ancora.process.task.Choice;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/**
 * Where a step or a form stands in a rehearsal: it computes from here what it would have left behind, and says what it would
 * have done. It reaches no database, no mail server and no clock; whatever it needs is in the {@link RehearsalRecord}.
 */
public final class Rehearsed {

    private final RehearsalRecord record;
    private final Function<String, @Nullable Object> read;
    private final BiConsumer<String, @Nullable Object> write;
    private final Function<String, @Nullable Object> inputs;
    private final BiFunction<String, Map<String, ?>, Map<String, Object>> decide;
    private final UnaryOperator<String> words;
    private final Locale language;
    private final String role;

    Rehearsed(
            RehearsalRecord record,
            Function<String, @Nullable Object> read,
            BiConsumer<String, @Nullable Object> write,
            Function<String, @Nullable Object> inputs,
            BiFunction<String, Map<String, ?>, Map<String, Object>> decide,
            UnaryOperator<String> words,
            Locale language,
            String role) {
        this.record = record;
        this.read = read;
        this.write = write;
        this.inputs = inputs;
        this.decide = decide;
        this.words = words;
        this.language = language;
        this.role = role;
    }

    /** The moment at which the rehearsal stands. */
    public Instant now() {
        return record.now();
    }

    /** Now, as a date-time field of a form takes it. */
    public String localNow() {
        return LocalDateTime.ofInstant(now(), zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /** The calendar of the project for which it is rehearsed. */
    public BusinessCalendar calendar() {
        return record.calendar();
    }

    /** The zone of that calendar. */
    public ZoneId zone() {
        return calendar().zone();
    }

    /** The project's key, as decision tables name it. */
    public String project() {
        return record.project();
    }

    /** Code of the role in which a form is filled in. */
    public String role() {
        return role;
    }

    /** What is true of the record; the first choice of {@link Rehearsable} unless somebody chose. Unknown ones are empty. */
    public String fact(String name) {
        return record.fact(name).orElse("");
    }

    /** Whether something is true of the record. */
    public boolean is(String fact) {
        return fact(fact).equals("yes");
    }

    /** Makes something else true of the record. */
    public void change(String fact, String value) {
        record.change(fact, value);
    }

    /** An input parameter that the diagram gives; empty where it gives none. */
    public String input(String name) {
        Object given = inputs.apply(name);
        return given == null ? "" : given.toString();
    }

    /** The variable's value; a missing one is a fault of the diagram or of the step before. */
    public <T> T get(ProcessVariable<T> variable) {
        return find(variable)
                .orElseThrow(
                        () -> new IllegalStateException("The process variable " + variable + " has no value here"));
    }

    /** The variable's value, or empty when it is missing or null. */
    public <T> Optional<T> find(ProcessVariable<T> variable) {
        Object found = read.apply(variable.name());
        return found == null ? Optional.empty() : variable.find(Map.of(variable.name(), found));
    }

    /** Sets a variable of the procedure; null takes its value away. */
    public <T> void set(ProcessVariable<T> variable, @Nullable T value) {
        write.accept(variable.name(), variable.stored(value));
    }

    /** Sets several variables at once. */
    public void set(Variables variables) {
        variables.asMap().forEach(write);
    }

    /** The row of a decision table of the rehearsed folder, as {@link StepContext#decide} would have it. */
    public Map<String, Object> decide(String decision, Map<String, ?> given) {
        return decide.apply(decision, given);
    }

    /** Sets the two dates of a deadline. */
    public void plan(Deadline deadline, ProcessVariable<Instant> opens, ProcessVariable<Instant> due) {
        set(opens, deadline.opens());
        set(due, deadline.due());
    }

    /** Keeps when something was done, such as the latest attempt to reach somebody. */
    public void remember(String what, Instant when) {
        record.remember(what, when);
    }

    /** When something was last done in this rehearsal. */
    public Optional<Instant> remembered(String what) {
        return record.remembered(what);
    }

    /** Writes a line into the journal: a message with its arguments; instants are shown on the project's calendar. */
    public void says(String key, Object... arguments) {
        record.say(new RehearsalRecord.Said.Line(new DefaultMessageSourceResolvable(new String[] {key}, arguments)));
    }

    /**
     * Says that a letter or message would have gone out, in the language of the record.
     *
     * @param template the name of the letter's files, such as {@code no-contact}
     * @param channel a code: {@code post}, {@code email} or {@code sms}
     * @param to a code of who gets it: {@code client}, {@code source} and the like
     * @param values what fills its placeholders beyond what every letter has
     */
    public void sends(String template, String channel, String to, Map<String, String> values) {
        record.say(new RehearsalRecord.Said.Letter(template, channel, to, fact("language"), values));
    }

    /**
     * As {@link #sends(String, String, String, Map)}, in a language that was chosen and with nothing further to fill in.
     *
     * @param tongue code of that language
     */
    public void sends(String template, String channel, String to, String tongue) {
        record.say(new RehearsalRecord.Said.Letter(template, channel, to, tongue, Map.of()));
    }

    /** Options labelled by {@code form.<form>.<field>.<value>} in the reader's language. */
    public List<Choice> choices(String form, String field, String... values) {
        return Arrays.stream(values)
                .map(value -> new Choice(value, words.apply("form." + form + "." + field + "." + value)))
                .toList();
    }

    /** A stand-in for a person or an office, with the words of a message. */
    public Choice choice(String value, String key) {
        return new Choice(value, words.apply(key));
    }

    /** The language of whoever fills the form in. */
    public Locale language() {
        return language;
    }

    /** The opening of the office on a day, or on the next business day. */
    public Instant opening(LocalDate day) {
        return calendar().startOf(calendar().plus(day, 0));
    }
}
