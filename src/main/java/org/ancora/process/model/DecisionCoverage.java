package org.ancora.process.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether the rows of a decision table answer every question, and where only one row may fit, no question twice.
 *
 * <p>Each input is cut into the few parts that the table's own tests can tell apart: the words that it names and any other
 * word, yes and no, the numbers at which something changes and the stretches between them. One value of each part stands
 * for all of it, so that trying every combination proves the table and does not sample it.
 */
final class DecisionCoverage {

    /** Beyond so many combinations a table is no table that a person can check either. */
    private static final int MOST = 50_000;

    private static final Set<String> NUMBERS = Set.of("integer", "long", "number", "double");
    private static final Set<String> WHOLE = Set.of("integer", "long");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)?\\s*(" + NUMBER + ")");
    private static final Pattern RANGE =
            Pattern.compile("([\\[\\](])\\s*(" + NUMBER + ")\\s*\\.\\.\\s*(" + NUMBER + ")\\s*([\\[\\])])");
    private static final Pattern NUMERAL = Pattern.compile(NUMBER);

    /** A word that no test names. */
    private static final String ANY_OTHER = "\u2026";

    /** What is wrong with a table: a rule of the check, and what to say with it. */
    record Fault(String rule, String what) {}

    /**
     * An input of a table.
     *
     * @param values the values that it can have at all, as the table says; empty for any
     */
    record Input(String name, String type, String values) {}

    /** A row: one test for each input, blank for any value. */
    record Row(String name, List<String> tests) {}

    private final List<Input> inputs;
    private final List<Row> rows;
    private final boolean once;

    private DecisionCoverage(List<Input> inputs, List<Row> rows, boolean once) {
        this.inputs = inputs;
        this.rows = rows;
        this.once = once;
    }

    /**
     * Looks at a table.
     *
     * @param once whether at most one row may fit, as hit policy UNIQUE says; a test that cannot be proved is then a fault
     */
    static List<Fault> check(List<Input> inputs, List<Row> rows, boolean once) {
        return new DecisionCoverage(inputs, rows, once).faults();
    }

    private List<Fault> faults() {
        List<List<Predicate<Object>>> tests = new ArrayList<>();
        for (Row row : rows) {
            List<Predicate<Object>> each = new ArrayList<>();
            for (String text : row.tests()) {
                Optional<Predicate<Object>> test = test(text);
                if (test.isEmpty()) {
                    // In a table whose first row counts, a test of another kind only leaves the table unproved.
                    return once ? List.of(new Fault("decision-unproved", text)) : List.of();
                }
                each.add(test.get());
            }
            tests.add(each);
        }
        List<List<Object>> parts = new ArrayList<>();
        long combinations = 1;
        for (int input = 0; input < inputs.size(); input++) {
            List<Object> found = parts(input);
            parts.add(found);
            combinations *= found.size();
            if (combinations > MOST) {
                return once
                        ? List.of(
                                new Fault("decision-unproved", inputs.get(input).name()))
                        : List.of();
            }
        }
        return combine(parts, tests);
    }

    private List<Fault> combine(List<List<Object>> parts, List<List<Predicate<Object>>> tests) {
        List<Fault> faults = new ArrayList<>();
        Set<String> said = new HashSet<>();
        int[] at = new int[parts.size()];
        boolean more = parts.stream().noneMatch(List::isEmpty);
        while (more) {
            List<Object> values = IntStream.range(0, at.length)
                    .mapToObj(input -> parts.get(input).get(at[input]))
                    .toList();
            List<String> fitting = IntStream.range(0, rows.size())
                    .filter(row -> fits(tests.get(row), values))
                    .mapToObj(row -> rows.get(row).name())
                    .toList();
            if (fitting.isEmpty() && said.add("decision-gap")) {
                faults.add(new Fault("decision-gap", words(values)));
            } else if (once && fitting.size() > 1 && said.add("decision-overlap")) {
                faults.add(new Fault("decision-overlap", String.join(", ", fitting) + ": " + words(values)));
            }
            more = next(at, parts);
        }
        return faults;
    }

    private static boolean next(int[] at, List<List<Object>> parts) {
        for (int input = at.length - 1; input >= 0; input--) {
            if (++at[input] < parts.get(input).size()) {
                return true;
            }
            at[input] = 0;
        }
        return false;
    }

    private static boolean fits(List<Predicate<Object>> tests, List<Object> values) {
        return IntStream.range(0, values.size())
                .allMatch(input -> tests.get(input).test(values.get(input)));
    }

    private String words(List<Object> values) {
        return IntStream.range(0, values.size())
                .mapToObj(input -> inputs.get(input).name() + " = " + values.get(input))
                .collect(Collectors.joining(", "));
    }

    /** One value for each part of an input that the tests can tell apart, within the values that it can have. */
    private List<Object> parts(int input) {
        Input said = inputs.get(input);
        List<String> texts =
                new ArrayList<>(rows.stream().map(row -> row.tests().get(input)).toList());
        texts.add(said.values());
        List<Object> parts = new ArrayList<>();
        if (said.type().equals("boolean")) {
            parts.addAll(List.of(true, false));
        } else if (NUMBERS.contains(said.type())) {
            parts.addAll(numbers(texts, WHOLE.contains(said.type())));
        } else {
            Set<String> words = new LinkedHashSet<>();
            texts.forEach(text -> {
                Matcher matcher = TEXT.matcher(text);
                while (matcher.find()) {
                    words.add(matcher.group(1));
                }
            });
            words.add(ANY_OTHER);
            parts.addAll(words);
        }
        test(said.values()).ifPresent(possible -> parts.removeIf(part -> !possible.test(part)));
        return parts;
    }

    private static List<BigDecimal> numbers(List<String> texts, boolean whole) {
        TreeSet<BigDecimal> turns = new TreeSet<>();
        texts.forEach(text -> {
            // "1..5" without the dots between, so that each number is read by itself
            Matcher matcher = NUMERAL.matcher(text.replace("..", " "));
            while (matcher.find()) {
                turns.add(new BigDecimal(matcher.group()));
            }
        });
        List<BigDecimal> parts = new ArrayList<>();
        if (turns.isEmpty()) {
            parts.add(BigDecimal.ZERO);
            return parts;
        }
        parts.add(turns.first().subtract(BigDecimal.ONE));
        BigDecimal before = null;
        for (BigDecimal turn : turns) {
            if (before != null) {
                BigDecimal between = before.add(turn).divide(BigDecimal.valueOf(2));
                BigDecimal following = before.add(BigDecimal.ONE);
                if (!whole) {
                    parts.add(between);
                } else if (following.compareTo(turn) < 0) {
                    parts.add(following);
                }
            }
            parts.add(turn);
            before = turn;
        }
        parts.add(turns.last().add(BigDecimal.ONE));
        return parts;
    }

    /** A test of plain words, numbers and ranges; empty for anything cleverer. */
    private static Optional<Predicate<Object>> test(String text) {
        String plain = text.strip();
        if (plain.isEmpty() || plain.equals("-")) {
            return Optional.of(value -> true);
        }
        if (plain.startsWith("not(") && plain.endsWith(")")) {
            return test(plain.substring(4, plain.length() - 1)).map(Predicate::negate);
        }
        Predicate<Object> any = value -> false;
        for (String part : alternatives(plain)) {
            Optional<Predicate<Object>> one = one(part.strip());
            if (one.isEmpty()) {
                return Optional.empty();
            }
            any = any.or(one.get());
        }
        return Optional.of(any);
    }

    /** "a", "b,c" at the commas that stand outside quotation marks. */
    private static List<String> alternatives(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && (at == 0 || text.charAt(at - 1) != '\\')) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(text.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static Optional<Predicate<Object>> one(String text) {
        Matcher word = TEXT.matcher(text);
        if (word.matches()) {
            String said = word.group(1);
            return Optional.of(said::equals);
        }
        if (text.equals("true") || text.equals("false")) {
            return Optional.of(value -> value.equals(Boolean.valueOf(text)));
        }
        Matcher compared = COMPARED.matcher(text);
        if (compared.matches()) {
            BigDecimal bound = new BigDecimal(compared.group(2));
            String sign = compared.group(1) == null ? "=" : compared.group(1);
            return Optional.of(value -> value instanceof BigDecimal number && holds(number.compareTo(bound), sign));
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            BigDecimal low = new BigDecimal(range.group(2));
            BigDecimal high = new BigDecimal(range.group(3));
            String from = range.group(1).equals("[") ? ">=" : ">";
            String to = range.group(4).equals("]") ? "<=" : "<";
            return Optional.of(value -> value instanceof BigDecimal number
                    && holds(number.compareTo(low), from)
                    && holds(number.compareTo(high), to));
        }
        return Optional.empty();
    }

    private static boolean holds(int order, String sign) {
        return switch (sign) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> order == 0;
        };
    }
}
