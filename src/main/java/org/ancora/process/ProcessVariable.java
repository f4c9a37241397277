package org.ancora.process;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ancora.access.UserId;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a procedure: an id, a date, a number, a flag or a code, never personal data.
 *
 * <p>The kinds are the only ones the engine ever stores, so a diagram's conditions can be checked against them.
 */
public final class ProcessVariable<T> {

    /** What a variable holds. */
    public enum Kind {
        NUMBER,
        FLAG,
        CODE,
        INSTANT,
        ID,
        USER
    }

    private final String name;
    private final Kind kind;
    private final List<String> codes;
    private final Function<Object, T> read;
    private final Function<T, Object> write;

    private ProcessVariable(String name, Kind kind, Function<Object, T> read, Function<T, Object> write) {
        this(name, kind, List.of(), read, write);
    }

    private ProcessVariable(
            String name, Kind kind, List<String> codes, Function<Object, T> read, Function<T, Object> write) {
        if (!name.matches("[a-z][A-Za-z0-9]{0,63}")) {
            throw new IllegalArgumentException("A process variable is named in camelCase, not " + name);
        }
        this.name = name;
        this.kind = kind;
        this.codes = codes;
        this.read = read;
        this.write = write;
    }

    /** A whole number, such as a count of rounds or days. */
    public static ProcessVariable<Integer> number(String name) {
        return new ProcessVariable<>(
                name, Kind.NUMBER, stored -> Math.toIntExact(((Number) stored).longValue()), value -> value);
    }

    /** A yes or no. */
    public static ProcessVariable<Boolean> flag(String name) {
        return new ProcessVariable<>(name, Kind.FLAG, Boolean.class::cast, value -> value);
    }

    /**
     * A short code that a diagram may compare, such as {@code declined}.
     *
     * @param codes what our own steps and forms write into it, each with its words as {@code variable.<name>.<code>}; none where
     *     only the model knows
     */
    public static ProcessVariable<String> code(String name, String... codes) {
        return new ProcessVariable<>(name, Kind.CODE, List.of(codes), String.class::cast, value -> {
            if (value.length() > 255) {
                throw new IllegalArgumentException(name + " is a code of at most 255 characters");
            }
            return value;
        });
    }

    /** A moment in time; the engine keeps it as a date, so timers and due dates take it as it is. */
    public static ProcessVariable<Instant> instant(String name) {
        return new ProcessVariable<>(name, Kind.INSTANT, stored -> ((Date) stored).toInstant(), Date::from);
    }

    /** The number of a row in our own tables. */
    public static ProcessVariable<Long> id(String name) {
        return new ProcessVariable<>(name, Kind.ID, stored -> ((Number) stored).longValue(), value -> value);
    }

    /** A person, kept as the digits that the engine also uses as assignee. */
    public static ProcessVariable<UserId> user(String name) {
        return new ProcessVariable<>(
                name, Kind.USER, stored -> new UserId(Long.parseLong((String) stored)), UserId::toString);
    }

    /** As diagrams and decision tables call it. */
    public String name() {
        return name;
    }

    /** What kind of value it holds, for the check of conditions. */
    public Kind kind() {
        return kind;
    }

    /** The codes that it may hold, in the order in which one is chosen; empty for what is no code, or where nobody declared any. */
    public List<String> codes() {
        return codes;
    }

    /** The value; a missing one is a fault of the diagram or of the step before. */
    public T in(VariableScope scope) {
        return find(scope).orElseThrow(this::missing);
    }

    /** The value, or empty when it is missing or null. */
    public Optional<T> find(VariableScope scope) {
        return read(scope.getVariable(name));
    }

    /** The value among variables as the engine returns them; a missing one is a fault. */
    public T in(Map<String, ?> variables) {
        return find(variables).orElseThrow(this::missing);
    }

    /** The value among variables as the engine returns them, or empty when it is missing or null. */
    public Optional<T> find(Map<String, ?> variables) {
        return read(variables.get(name));
    }

    /** Writes the value where the variable already lives, else at the running process; null is kept as null. */
    public void set(VariableScope scope, @Nullable T value) {
        scope.setVariable(name, stored(value));
    }

    /** The value as the engine keeps it. */
    @Nullable
    Object stored(@Nullable T value) {
        return value == null ? null : write.apply(value);
    }

    private Optional<T> read(@Nullable Object stored) {
        return stored == null ? Optional.empty() : Optional.of(read.apply(stored));
    }

    private IllegalStateException missing() {
        return new IllegalStateException("The process variable " + name + " has no value here");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProcessVariable<?> that && name.equals(that.name) && kind == that.kind;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
