package org.ancora.process.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.process.ProcessVariable.Kind;

/**
 * What a condition of a diagram means: comparisons of declared variables with literals or each other, joined by and, or,
 * not. Rendered back to the engine's syntax, so the engine only ever sees our own spelling of it.
 */
sealed interface Condition {

    /** As the engine reads it, without the surrounding {@code ${ }}. */
    String render();

    /** The variables it names. */
    default Set<String> variables() {
        Set<String> names = new TreeSet<>();
        collect(names);
        return names;
    }

    void collect(Set<String> names);

    /** What does not fit together under these declarations: the offending part, or empty. Undeclared names fit. */
    Optional<String> misfit(Map<String, Kind> declared);

    /** Both must hold, or one of them. */
    record Joined(Condition left, String word, Condition right) implements Condition {

        @Override
        public String render() {
            return "(" + left.render() + " " + word + " " + right.render() + ")";
        }

        @Override
        public void collect(Set<String> names) {
            left.collect(names);
            right.collect(names);
        }

        @Override
        public Optional<String> misfit(Map<String, Kind> declared) {
            return left.misfit(declared).or(() -> right.misfit(declared));
        }
    }

    /** Must not hold. */
    record Not(Condition inner) implements Condition {

        @Override
        public String render() {
            return "not (" + inner.render() + ")";
        }

        @Override
        public void collect(Set<String> names) {
            inner.collect(names);
        }

        @Override
        public Optional<String> misfit(Map<String, Kind> declared) {
            return inner.misfit(declared);
        }
    }

    /** A flag by itself. */
    record Flag(String name) implements Condition {

        @Override
        public String render() {
            return name;
        }

        @Override
        public void collect(Set<String> names) {
            names.add(name);
        }

        @Override
        public Optional<String> misfit(Map<String, Kind> declared) {
            Kind kind = declared.get(name);
            return kind == null || kind == Kind.FLAG ? Optional.empty() : Optional.of(name);
        }
    }

    /** Two values compared. */
    record Comparison(Operand left, String operator, Operand right) implements Condition {

        @Override
        public String render() {
            return left.render() + " " + operator + " " + right.render();
        }

        @Override
        public void collect(Set<String> names) {
            left.collect(names);
            right.collect(names);
        }

        @Override
        public Optional<String> misfit(Map<String, Kind> declared) {
            Optional<Sort> one = left.sort(declared);
            Optional<Sort> other = right.sort(declared);
            boolean equality = operator.equals("==") || operator.equals("!=");
            if (one.isEmpty() || other.isEmpty()) {
                return Optional.empty();
            }
            boolean nullCheck = one.get() == Sort.NOTHING || other.get() == Sort.NOTHING;
            boolean ordered = one.get() == Sort.NUMBER || one.get() == Sort.DATE;
            boolean fits = nullCheck ? equality : one.get() == other.get() && (equality || ordered);
            return fits ? Optional.empty() : Optional.of(render());
        }
    }

    /** What can be compared with what. */
    enum Sort {
        NUMBER,
        FLAG,
        TEXT,
        DATE,
        NOTHING
    }

    /** A variable or a literal. */
    sealed interface Operand {

        String render();

        default void collect(Set<String> names) {}

        /** Empty for an undeclared variable. */
        Optional<Sort> sort(Map<String, Kind> declared);
    }

    /** A variable by its name. */
    record Name(String name) implements Operand {

        @Override
        public String render() {
            return name;
        }

        @Override
        public void collect(Set<String> names) {
            names.add(name);
        }

        @Override
        public Optional<Sort> sort(Map<String, Kind> declared) {
            return Optional.ofNullable(declared.get(name)).map(kind -> switch (kind) {
                case NUMBER, ID -> Sort.NUMBER;
                case FLAG -> Sort.FLAG;
                case CODE, USER -> Sort.TEXT;
                case INSTANT -> Sort.DATE;
            });
        }
    }

    /** A literal: a number, a quoted code, true, false or null. */
    record Literal(String render, Sort kind) implements Operand {

        @Override
        public Optional<Sort> sort(Map<String, Kind> declared) {
            return Optional.of(kind);
        }
    }
}
