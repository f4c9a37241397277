package org.ancora.casework.list;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one field must be like. An address says it shortly: {@code a,b} is one of, {@code !a,b} none of, {@code 2026-09-01..}
 * from that day on, {@code ~x} or {@code x} contains, {@code ^x} begins with, {@code =x} is, {@code -} empty, {@code *} filled.
 *
 * @param op how the values are meant
 * @param values what was chosen or typed; a range has exactly two, of which one may be empty
 */
record Rule(Op op, List<String> values) {

    /** Longer than anything that somebody looks for. */
    static final int LONGEST = 100;

    private static final int MOST_VALUES = 50;

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    /** How the values are meant; codes are used in forms and message keys. */
    enum Op {
        IN,
        NOT,
        CONTAINS,
        BEGINS,
        IS,
        BETWEEN,
        EMPTY,
        FILLED;

        /** Public so that templates may ask. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Rule {
        values = List.copyOf(values);
    }

    /**
     * Reads a rule as an address has it.
     *
     * @throws IllegalArgumentException when a field of this kind cannot have such a rule
     */
    static Rule of(Kind kind, String text) {
        if (text.equals("-")) {
            return new Rule(Op.EMPTY, List.of());
        }
        if (text.equals("*")) {
            return new Rule(Op.FILLED, List.of());
        }
        return switch (kind) {
            case CHOICE, PERSON -> text.startsWith("!") ? choice(Op.NOT, text.substring(1)) : choice(Op.IN, text);
            case TEXT ->
                switch (text.isEmpty() ? '~' : text.charAt(0)) {
                    case '=' -> new Rule(Op.IS, List.of(typed(text.substring(1))));
                    case '^' -> new Rule(Op.BEGINS, List.of(typed(text.substring(1))));
                    default -> contains(text);
                };
            case DATE, NUMBER -> range(kind, text);
        };
    }

    private static Rule contains(String text) {
        return new Rule(Op.CONTAINS, List.of(typed(text.startsWith("~") ? text.substring(1) : text)));
    }

    private static Rule choice(Op op, String text) {
        List<String> values = Stream.of(text.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        if (values.isEmpty()
                || values.size() > MOST_VALUES
                || values.stream().anyMatch(value -> value.length() > LONGEST)) {
            throw new IllegalArgumentException("not a choice: " + text);
        }
        return new Rule(op, values);
    }

    private static Rule range(Kind kind, String text) {
        int dots = text.indexOf("..");
        String from = (dots < 0 ? text : text.substring(0, dots)).strip();
        String to = (dots < 0 ? text : text.substring(dots + 2)).strip();
        if (from.isEmpty() && to.isEmpty()) {
            throw new IllegalArgumentException("not a range: " + text);
        }
        for (String bound : List.of(from, to)) {
            if (!bound.isEmpty()) {
                check(kind, bound);
            }
        }
        return new Rule(Op.BETWEEN, List.of(from, to));
    }

    private static void check(Kind kind, String bound) {
        if (kind == Kind.NUMBER) {
            if (bound.length() > 20) {
                throw new IllegalArgumentException("not a number: " + bound);
            }
            new java.math.BigDecimal(bound);
            if (!bound.matches("-?\\d+(\\.\\d+)?")) {
                throw new IllegalArgumentException("not a plain number: " + bound);
            }
            return;
        }
        try {
            LocalDate day = LocalDate.parse(bound);
            if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
                throw new IllegalArgumentException("not a day that anybody means: " + bound);
            }
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException("not a day: " + bound, unreadable);
        }
    }

    private static String typed(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("nothing to look for");
        }
        return stripped;
    }

    /** The one value of a text rule. */
    String text() {
        return values.get(0);
    }

    /** The rule as an address has it. */
    String encoded() {
        return switch (op) {
            case EMPTY -> "-";
            case FILLED -> "*";
            case IN -> String.join(",", values);
            case NOT -> "!" + String.join(",", values);
            case IS -> "=" + text();
            case BEGINS -> "^" + text();
            case CONTAINS -> text().matches("[~^=*-].*") ? "~" + text() : text();
            case BETWEEN -> values.get(0).equals(values.get(1)) ? values.get(0) : values.get(0) + ".." + values.get(1);
        };
    }

    /** Public so that templates may ask whether a choice is ticked. */
    public boolean has(String value) {
        return values.contains(value);
    }

    /** The earlier bound of a range; empty when it is open. */
    public String from() {
        return op == Op.BETWEEN ? values.get(0) : "";
    }

    /** The later bound of a range, inclusive; empty when it is open. */
    public String to() {
        return op == Op.BETWEEN ? values.get(1) : "";
    }
}
