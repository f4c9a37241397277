package org.ancora.process.form;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The conditions of forms, answered by the engine's own FEEL in the way form-js answers them in the browser: a
 * condition is a unary test on a null input. Measured to agree except for {@code is defined} and {@code is empty},
 * which the model check bans.
 */
@Component
public class Feel {

    private static final Logger log = LoggerFactory.getLogger(Feel.class);

    /** Of a condition whose words can be told apart without reading it; inside back ticks a name may be anything. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_\\s\"=!<>().,+*/\\[\\]-]*+");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");

    /** In characters; what is longer is no code, but somebody's words. */
    private static final int LONGEST_CODE = 40;

    private static final int MOST_REMEMBERED = 10_000;

    private final FeelEngineApi engine = FeelEngineBuilder.forJava().build();

    /** Reading a condition takes longer than answering it; deployed forms have few, owners' drafts whatever they write. */
    private final Map<String, Condition> conditions = new ConcurrentHashMap<>();

    private final Map<String, ParseResult> expressions = new ConcurrentHashMap<>();

    /** For every answer the engine makes all its functions anew; the same few codes come again and again. */
    private final Map<Asked, Boolean> answers = new ConcurrentHashMap<>();

    /** @param words those that may be names of values; null when nobody can tell */
    private record Condition(ParseResult read, @Nullable Set<String> words) {}

    /** A condition with the values that it names. */
    private record Asked(String condition, Map<String, @Nullable Object> values) {}

    /** Whether the value is an expression ({@code =…}) and not a plain text. */
    public static boolean isExpression(@Nullable Object value) {
        return value instanceof String text && text.startsWith("=");
    }

    /** Whether a condition holds; one that cannot be answered does not hold, as in the browser. */
    public boolean holds(@Nullable String condition, Map<String, ?> context) {
        if (condition == null || !isExpression(condition)) {
            return false;
        }
        makeRoom(conditions);
        Condition known = conditions.computeIfAbsent(condition, this::read);
        Map<String, @Nullable Object> codes = codes(known, context);
        if (codes == null) {
            return ask(condition, known, context);
        }
        makeRoom(answers);
        return answers.computeIfAbsent(new Asked(condition, codes), any -> ask(condition, known, context));
    }

    private static void makeRoom(Map<?, ?> remembered) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
    }

    private Condition read(String condition) {
        return new Condition(
                engine.parseUnaryTests(condition.substring(1)),
                PLAIN.matcher(condition).matches()
                        ? WORD.matcher(condition)
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.toSet())
                        : null);
    }

    private boolean ask(String condition, Condition known, Map<String, ?> context) {
        return value(
                        condition,
                        known.read(),
                        read -> engine.evaluateWithInput(read.parsedExpression(), null, plain(context)))
                .filter(Boolean.TRUE::equals)
                .isPresent();
    }

    /** What the condition depends on, or null when that is more than codes, numbers and flags. */
    private static @Nullable Map<String, @Nullable Object> codes(Condition known, Map<String, ?> context) {
        Set<String> words = known.words();
        if (words == null) {
            return null;
        }
        Map<String, @Nullable Object> codes = new HashMap<>();
        for (String word : words) {
            if (context.containsKey(word)) {
                Object value = context.get(word);
                if (!isCode(value)) {
                    return null;
                }
                codes.put(word, value);
            }
        }
        return codes;
    }

    private static boolean isCode(@Nullable Object value) {
        return value == null
                || value instanceof Boolean
                || value instanceof Number
                || (value instanceof String text && text.length() <= LONGEST_CODE);
    }

    /** The value of an expression, or empty when it has none. */
    public Optional<Object> value(String expression, Map<String, ?> context) {
        makeRoom(expressions);
        ParseResult read =
                expressions.computeIfAbsent(expression, any -> engine.parseExpression(expression.substring(1)));
        return value(expression, read, parsed -> engine.evaluate(parsed.parsedExpression(), plain(context)));
    }

    private static Optional<Object> value(
            String text, ParseResult read, Function<ParseResult, EvaluationResult> evaluation) {
        if (read.isFailure()) {
            log.debug("A form's expression cannot be read: {}", text);
            return Optional.empty();
        }
        EvaluationResult answer = evaluation.apply(read);
        if (answer.isFailure()) {
            log.debug("A form's expression has no answer: {}", text);
            return Optional.empty();
        }
        return Optional.ofNullable(answer.result());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Map<String, ?> context) {
        return (Map<String, Object>) context;
    }
}
