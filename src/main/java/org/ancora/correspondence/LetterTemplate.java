package org.ancora.correspondence;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;
import org.jspecify.annotations.Nullable;

/**
 * Fills in a letter that a process owner wrote. Placeholders name values and nothing else: they reach no method, class or
 * file; every value is escaped; what comes out is cleaned before anybody sees it, since owners are trusted with words,
 * not with scripts.
 */
final class LetterTemplate {

    private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*([{&>=])");

    /** The elements a letter is made of. No images, styles or frames: nothing is fetched from anywhere. */
    private static final Safelist LETTER = new Safelist()
            .addTags("h1", "h2", "h3", "p", "br", "hr", "strong", "b", "em", "i", "u", "small", "blockquote")
            .addTags("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td")
            .addTags("div", "section", "address", "span", "a")
            .addAttributes("a", "href")
            .addAttributes("th", "scope")
            .addAttributes(":all", "class", "lang")
            .addProtocols("a", "href", "https", "mailto", "tel");

    private static final Mustache.Compiler MUSTACHE = Mustache.compiler()
            .escapeHTML(true)
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withCollector(new MapsOnly());

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*[#^]?\\s*([A-Za-z][A-Za-z0-9]*)\\s*}}");

    private final String name;
    private final String source;

    /**
     * Takes a template as it was deployed.
     *
     * @param name how errors call it, such as {@code engagement/letters/no-contact.en.html}
     */
    LetterTemplate(String name, String source) {
        this.name = name;
        this.source = source;
    }

    /**
     * Fills the template in and cleans the result.
     *
     * @param values placeholders by name; values are text, numbers, flags, lists or maps of these
     * @throws LetterBroken when a placeholder has no value, or the template is no template
     */
    LetterText fill(Map<String, ?> values) {
        Matcher unescaped = UNESCAPED.matcher(source);
        if (unescaped.find()) {
            throw new LetterBroken("The letter " + name + " uses {{" + unescaped.group(1)
                    + ": only {{placeholder}} and {{#section}} may stand in a letter");
        }
        Document page = Jsoup.parse(filled(values));
        String html = Jsoup.clean(page.body().html(), "", LETTER, new Document.OutputSettings().prettyPrint(false));
        return new LetterText(oneLine(page.title()), html.strip(), PlainText.of(html));
    }

    /** The names of the values that the letter asks for, those of its sections included. */
    Set<String> placeholders() {
        Set<String> names = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(source);
        while (placeholder.find()) {
            names.add(placeholder.group(1));
        }
        return names;
    }

    private String filled(Map<String, ?> values) {
        try {
            return MUSTACHE.compile(source).execute(values);
        } catch (MustacheException.Context missing) {
            throw new LetterBroken(
                    "The letter " + name + " uses the placeholder " + missing.key + " in line " + missing.lineNo
                            + ", which has no value",
                    missing);
        } catch (MustacheException broken) {
            throw new LetterBroken("The letter " + name + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Looks values up in maps only: {@code {{client.class}}} finds nothing. */
    private static final class MapsOnly extends DefaultCollector {

        @Override
        public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map<?, ?> ? super.createFetcher(context, name) : null;
        }
    }
}
