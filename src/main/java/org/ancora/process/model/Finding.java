package org.ancora.process.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;

/**
 * Something a model must not be: what a process owner reads beside the element, in three languages under
 * {@code model.<rule>}.
 *
 * @param file path inside the folder
 * @param element id of the element, where there is one
 * @param line where it stands in the file; 0 when it concerns the whole file
 * @param rule code of the rule
 * @param severity whether the model may still run
 * @param arguments what the sentence names, codes and ids only
 */
public record Finding(
        String file, @Nullable String element, int line, String rule, Severity severity, List<String> arguments)
        implements MessageSourceResolvable {

    /** A sentence quotes the beginning of what it refuses; a log is no place for the rest. */
    private static final int LONGEST_WORD = 120;

    /** Whether a model with this finding may run. */
    public enum Severity {
        /** It may not. */
        ERROR,
        /** It may, but a release of ours must not have it, unless what it follows asks for the warning. */
        WARNING
    }

    static Finding error(String file, @Nullable String element, int line, String rule, Object... arguments) {
        return new Finding(file, shortened(element), line, rule, Severity.ERROR, words(arguments));
    }

    static Finding warning(String file, @Nullable String element, int line, String rule, Object... arguments) {
        return new Finding(file, shortened(element), line, rule, Severity.WARNING, words(arguments));
    }

    /**
     * What the engine's own parser has to say about a file that passed our rules.
     *
     * @param file path inside the folder
     * @param element id of the element, where the parser names one
     * @param line where it stands in the file; 0 when the parser does not say
     * @param sentence the parser's own words, in English; cut off when they are long
     */
    public static Finding byEngine(String file, @Nullable String element, int line, String sentence) {
        return error(file, element, line, "engine", sentence);
    }

    /**
     * A file of a kind that no folder has.
     *
     * @param file path inside the folder
     */
    public static Finding unknownFile(String file) {
        return error(file, null, 0, "path");
    }

    private static List<String> words(Object... arguments) {
        return Arrays.stream(arguments)
                .map(String::valueOf)
                .map(word -> String.valueOf(shortened(word)))
                .toList();
    }

    private static @Nullable String shortened(@Nullable String word) {
        return word == null || word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD) + "…";
    }

    /** Whether the model may not be deployed because of it. */
    public boolean refuses() {
        return severity == Severity.ERROR;
    }

    @Override
    public String[] getCodes() {
        return new String[] {"model." + rule};
    }

    @Override
    public Object[] getArguments() {
        return arguments.toArray();
    }

    /** For logs and start-up failures; pages use the message. */
    @Override
    public String getDefaultMessage() {
        return rule + " " + String.join(", ", arguments);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (element == null ? "" : " (" + element + ")") + ": "
                + getDefaultMessage();
    }
}
