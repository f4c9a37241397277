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
    private static final String ELSEWHERE =
            "\\b(today|now|random number|get or else)\\s*\\(|\\bis\\s+(defined|empty)\\b|\\bexternal\\b|\\bfunction\\b";

    /**
     * What can be written in a line and never ends: loops, contexts whose lines each double the one before, functions that
     * make long texts of short ones or take a pattern, and comments, behind which any of them would hide.
     */
    private static final String ENDLESS = "\\b(?:for|some|every)\\b|\\{|/\\*|//"
            + "|\\b(?:replace|matches|split|extract|string join|sort|partition|from json|concatenate|append|union|flatten"
            + "|insert before|list replace|duplicate values)\\s*\\(";

    private static final Pattern BANNED = Pattern.compile(ELSEWHERE + "|" + ENDLESS);

    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 12;
    private static final FeelEngineApi ENGINE = FeelEngineBuilder.forJava().build();

    private PortableFeel() {}

    /** The banned word in the text, if any. */
    static Optional<String> banned(String text) {
        Matcher matcher = BANNED.matcher(withoutStrings(text));
        return matcher.find() ? Optional.of(matcher.group().replaceAll("\\s*\\($", "")) : Optional.empty();
    }

    /** Possessive, so that a long text is read without a frame of the stack for each of its characters. */
    private static String withoutStrings(String text) {
        return text.replaceAll("\"(?:[^\"\\\\]++|\\\\.)*+\"", "\"\"");
    }

    /** A range is something to test against; written out it would be a list of any length. */
    static boolean isExpression(String text) {
        return isReadable(text)
                && !withoutStrings(text).contains("..")
                && ENGINE.parseExpression(text).isSuccess();
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
