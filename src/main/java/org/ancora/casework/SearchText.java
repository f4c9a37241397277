package org.ancora.casework;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text brought into the form in which names are searched: lower case, no accents, single spaces. */
public final class SearchText {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private SearchText() {}

    /** Returns the text in that form. */
    public static String of(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return BLANKS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** Returns a pattern for {@code like} that finds the text anywhere. */
    public static String anywhere(String text) {
        return "%" + literal(of(text)) + "%";
    }

    /** Returns a pattern for {@code like} that finds what begins with the text, as it was typed. */
    public static String beginning(String text) {
        return literal(text) + "%";
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
