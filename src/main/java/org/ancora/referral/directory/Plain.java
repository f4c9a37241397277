package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.casework.SearchText;

/** Text as it is searched, in the form that {@code directory_plain} gives it in the database. */
final class Plain {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int MOST_WORDS = 8;
    private static final int LONGEST_SLUG = 60;

    private Plain() {}

    /** Lower case, without accents, single blanks. */
    static String of(String text) {
        return SearchText.of(text)
                .replace("ß", "ss")
                .replace('ø', 'o')
                .replace("æ", "ae")
                .replace("œ", "oe")
                .replace('ł', 'l')
                .replace('đ', 'd');
    }

    /** The words of a search, the first few. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(of(text));
        while (word.find() && words.size() < MOST_WORDS) {
            words.add(word.group());
        }
        return words;
    }

    /** A text as a part of an id: letters, digits and hyphens, long ones shortened and told apart by what they were. */
    static String slug(String text) {
        String plain = of(text);
        StringBuilder slug = new StringBuilder();
        Matcher word = WORD.matcher(plain);
        while (word.find()) {
            slug.append(slug.isEmpty() ? "" : "-").append(word.group());
        }
        return slug.length() <= LONGEST_SLUG
                ? slug.toString()
                : slug.substring(0, LONGEST_SLUG) + String.format(Locale.ROOT, "-%08x", plain.hashCode());
    }
}
