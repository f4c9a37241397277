package org.ancora.process.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;

/** Whether a text of a table or a form is FEEL that means the same everywhere. */
final class PortableFeel {

    /**
     * The machine's date ignores our clock, two words differ between browser and server, and external functions are a
     * door to Java.
     */
    private static final Pattern BANNED = Pattern.compile(
            "\\b(today|now|random number|get or else)\\s*\\(|\\bis\\s+(defined|empty)\\b|\\bexternal\\b|\\bfunction\\s*\\(");

    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 12;
    private static final FeelEngineApi ENGINE = FeelEngineBuilder.forJava().build();

    private PortableFeel() {}

    /** The banned word in the text, if any. */
    static Optional<String> banned(String text) {
        // Possessive, so that a long text is read without a frame of the stack for each of its characters.
        Matcher matcher = BANNED.matcher(text.replaceAll("\"(?:[^\"\\\\]++|\\\\.)*+\"", "\"\""));
        return matcher.find() ? Optional.of(matcher.group().replaceAll("\\s*\\($", "")) : Optional.empty();
    }

    static boolean isExpression(String text) {
        return isReadable(text) && ENGINE.parseExpression(text).isSuccess();
    }

    static boolean isUnaryTest(String text) {
        return isReadable(text) && ENGINE.parseUnaryTests(text).isSuccess();
    }

    /** The parser calls itself for every bracket, and tries some of them twice: deep ones take it minutes or its stack. */
    private static boolean isReadable(String text) {
        int depth = 0;
        for (int at = 0; at < text.length() && depth <= DEEPEST; at++) {
            char c = text.charAt(at);
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        }
        return text.length() <= LONGEST && depth <= DEEPEST;
    }
}
