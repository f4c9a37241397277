package org.ancora.process.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.process.model.Condition.Comparison;
import org.ancora.process.model.Condition.Flag;
import org.ancora.process.model.Condition.Joined;
import org.ancora.process.model.Condition.Literal;
import org.ancora.process.model.Condition.Name;
import org.ancora.process.model.Condition.Not;
import org.ancora.process.model.Condition.Operand;
import org.ancora.process.model.Condition.Sort;

/**
 * The whole language in which a diagram may ask something: {@code ${outcome == 'declined' and round < 3}}. Names,
 * numbers, quoted codes, {@code true false null}, {@code == != < <= > >=}, {@code and or not} and brackets. There is no
 * way to write a property, a call, an index, a concatenation or a lambda.
 */
final class ConditionLanguage {

    private static final Pattern WRAPPED = Pattern.compile("\\$\\{([^{}$#]*)}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([a-z][A-Za-z0-9]{0,63})\\s*}");
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:([A-Za-z][A-Za-z0-9]{0,63})|(-?\\d{1,9})|'([A-Za-z0-9_ -]{0,80})'|(==|!=|<=|>=|<|>|\\(|\\)))");
    private static final Set<String> WORDS = Set.of("and", "or", "not", "true", "false", "null");

    /** Words that the engine's own expressions keep for themselves. */
    private static final Set<String> RESERVED =
            Set.of("eq", "ne", "lt", "gt", "le", "ge", "empty", "div", "mod", "instanceof", "execution", "task");

    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 20;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private record Token(String text, char kind) {}

    private ConditionLanguage(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The condition in {@code ${…}}, or empty when it is anything else. */
    static Optional<Condition> parse(String text) {
        Matcher wrapped = WRAPPED.matcher(text.strip());
        if (text.length() > LONGEST || !wrapped.matches()) {
            return Optional.empty();
        }
        try {
            ConditionLanguage parser = new ConditionLanguage(tokens(wrapped.group(1)));
            Condition condition = parser.or();
            return parser.at == parser.tokens.size() ? Optional.of(condition) : Optional.empty();
        } catch (NotThisLanguage anotherLanguage) {
            return Optional.empty();
        }
    }

    /** The one variable in {@code ${name}}, or empty when it is anything else. */
    static Optional<String> variable(String text) {
        Matcher matcher = VARIABLE.matcher(text.strip());
        return matcher.matches() && nameable(matcher.group(1)) ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether the engine might take the text for an expression. */
    static boolean looksLikeExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    private static boolean nameable(String word) {
        return Character.isLowerCase(word.charAt(0)) && !WORDS.contains(word) && !RESERVED.contains(word);
    }

    private static List<Token> tokens(String text) {
        List<Token> found = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            if (matcher.group(1) != null) {
                found.add(new Token(matcher.group(1), WORDS.contains(matcher.group(1)) ? 'w' : 'n'));
            } else if (matcher.group(2) != null) {
                found.add(new Token(matcher.group(2), '1'));
            } else if (matcher.group(3) != null) {
                found.add(new Token("'" + matcher.group(3) + "'", '\''));
            } else {
                found.add(new Token(matcher.group(4), 'o'));
            }
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw new NotThisLanguage();
        }
        return found;
    }

    private Condition or() {
        Condition left = and();
        while (take("or")) {
            left = new Joined(left, "or", and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (take("and")) {
            left = new Joined(left, "and", not());
        }
        return left;
    }

    private Condition not() {
        if (++depth > DEEPEST) {
            throw new NotThisLanguage();
        }
        Condition found = take("not") ? new Not(not()) : single();
        depth--;
        return found;
    }

    private Condition single() {
        if (take("(")) {
            Condition inner = or();
            if (!take(")")) {
                throw new NotThisLanguage();
            }
            return inner;
        }
        Operand left = operand();
        if (at < tokens.size()
                && Set.of("==", "!=", "<", "<=", ">", ">=")
                        .contains(tokens.get(at).text())) {
            String operator = tokens.get(at++).text();
            return new Comparison(left, operator, operand());
        }
        if (left instanceof Name name) {
            return new Flag(name.name());
        }
        throw new NotThisLanguage();
    }

    private Operand operand() {
        if (at >= tokens.size()) {
            throw new NotThisLanguage();
        }
        Token token = tokens.get(at++);
        return switch (token.kind()) {
            case '1' -> new Literal(token.text(), Sort.NUMBER);
            case '\'' -> new Literal(token.text(), Sort.TEXT);
            case 'n' -> {
                if (!nameable(token.text())) {
                    throw new NotThisLanguage();
                }
                yield new Name(token.text());
            }
            case 'w' ->
                switch (token.text()) {
                    case "true", "false" -> new Literal(token.text(), Sort.FLAG);
                    case "null" -> new Literal(token.text(), Sort.NOTHING);
                    default -> throw new NotThisLanguage();
                };
            default -> throw new NotThisLanguage();
        };
    }

    private boolean take(String text) {
        if (at < tokens.size() && tokens.get(at).text().equals(text)) {
            at++;
            return true;
        }
        return false;
    }

    /** The text is not a condition of ours. */
    private static final class NotThisLanguage extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
