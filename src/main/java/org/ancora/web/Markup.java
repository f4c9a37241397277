package org.ancora.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * Writes long tables and lists, of which the template engine would ask thousands of questions for one page; templates show it
 * with {@code th:utext}. Whatever is put in as a text or as the value of an attribute is escaped; only names of elements and
 * attributes are taken as they are, and are never anything that was typed.
 */
public final class Markup {

    private final StringBuilder written = new StringBuilder(2048);

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn; one whose value is null is left out
     */
    public Markup open(String element, @Nullable String... attributes) {
        written.append('<').append(element);
        for (int at = 0; at + 1 < attributes.length; at += 2) {
            String value = attributes[at + 1];
            if (value != null) {
                written.append(' ')
                        .append(attributes[at])
                        .append("=\"")
                        .append(HtmlUtils.htmlEscape(value, "UTF-8"))
                        .append('"');
            }
        }
        written.append('>');
        return this;
    }

    /** Words between elements. */
    public Markup text(String words) {
        written.append(HtmlUtils.htmlEscape(words, "UTF-8"));
        return this;
    }

    /** Ends an element. */
    public Markup close(String element) {
        written.append("</").append(element).append('>');
        return this;
    }

    /** An element with nothing but words in it. */
    public Markup whole(String element, String words, @Nullable String... attributes) {
        return open(element, attributes).text(words).close(element);
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
