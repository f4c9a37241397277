package org.ancora.process.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a letter must be like: words, simple structure and placeholders. Whatever is written is cleaned again when it is
 * sent; here its author is told what would be dropped, and a template that could not be filled in never gets that far.
 */
final class LetterRules {

    /** In bytes. */
    private static final int LONGEST = 200_000;

    private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9:-]*)([^<>]*)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([A-Za-z_:][-A-Za-z0-9_:.]*)\\s*(?:=\\s*(\"[^\"]*\"|'[^']*'|[^\\s\"'>]+))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}|\\.");
    private static final Pattern LINK = Pattern.compile("(?:https://|mailto:|tel:|\\{\\{)[^\\s]*");

    private static final Set<String> ELEMENTS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "body",
            "h1",
            "h2",
            "h3",
            "p",
            "br",
            "hr",
            "strong",
            "b",
            "em",
            "i",
            "u",
            "small",
            "blockquote",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "div",
            "section",
            "address",
            "span",
            "a");

    private static final Set<String> ATTRIBUTES = Set.of("lang", "class", "scope", "href", "charset");

    private final String file;
    private final String text;
    private final List<Finding> findings = new ArrayList<>();

    private LetterRules(String file, String text) {
        this.file = file;
        this.text = text;
    }

    static List<Finding> check(String file, byte[] content) {
        if (content.length > LONGEST) {
            return List.of(Finding.error(file, null, 0, "too-large", LONGEST));
        }
        try {
            LetterRules rules = new LetterRules(file, SafeXml.utf8(file, content));
            rules.placeholders();
            rules.elements();
            return rules.findings;
        } catch (Refused refusal) {
            return List.of(refusal.finding());
        }
    }

    /** A section that was begun, and where. */
    private record Section(String name, int where) {}

    /** Only names and sections: nothing unescaped, no other file, no other marks. */
    private void placeholders() {
        Deque<Section> open = new ArrayDeque<>();
        Matcher found = PLACEHOLDER.matcher(text);
        int end = 0;
        while (found.find()) {
            end = found.end();
            String inside = found.group(1).strip();
            String name = inside.replaceFirst("^[#^/]\\s*", "");
            if (inside.startsWith("!")) {
                continue;
            }
            if (!NAME.matcher(name).matches()) {
                add(found.start(), "letter-placeholder", "{{" + inside + "}}");
            } else if (inside.startsWith("#") || inside.startsWith("^")) {
                open.push(new Section(name, found.start()));
            } else if (inside.startsWith("/") && !closes(name, open.poll())) {
                add(found.start(), "letter-placeholder", "{{" + inside + "}}");
            }
        }
        Section left = open.peek();
        if (left != null) {
            add(left.where(), "letter-placeholder", "{{#" + left.name() + "}}");
        }
        int dangling = text.indexOf("{{", end);
        if (dangling >= 0) {
            add(dangling, "letter-placeholder", "{{");
        }
    }

    private static boolean closes(String name, @Nullable Section section) {
        return section != null && section.name().equals(name);
    }

    private void elements() {
        name(without(PLACEHOLDER), Pattern.compile("[$#]\\{"), "stray-expression");
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            String name = tag.group(2).toLowerCase(Locale.ROOT);
            if (!ELEMENTS.contains(name)) {
                add(tag.start(), "letter-html", "<" + name + ">");
            } else {
                attributes(tag.start(), tag.group(3));
            }
        }
        name(without(TAG), Pattern.compile("<(?!!DOCTYPE html>)[A-Za-z/!?]"), "letter-html");
    }

    /** Names the first that is refused, by what follows it. */
    private void name(Rest rest, Pattern refused, String rule) {
        Matcher found = refused.matcher(rest.words());
        if (found.find()) {
            add(rest.inLetter(found.start()), rule, shortened(rest.words().substring(found.start())));
        }
    }

    /** What is left when something is taken out, drawn together: two harmless halves can make a whole that is not. */
    private Rest without(Pattern what) {
        StringBuilder left = new StringBuilder();
        NavigableMap<Integer, Integer> pieces = new TreeMap<>();
        Matcher found = what.matcher(text);
        int at = 0;
        while (found.find()) {
            pieces.put(left.length(), at);
            left.append(text, at, found.start());
            at = found.end();
        }
        pieces.put(left.length(), at);
        return new Rest(left.append(text.substring(at)).toString(), pieces);
    }

    /**
     * A part of the letter, drawn together.
     *
     * @param pieces where each of its pieces begins here, and where that stands in the letter
     */
    private record Rest(String words, NavigableMap<Integer, Integer> pieces) {

        int inLetter(int at) {
            int piece = pieces.headMap(at, true).lastKey();
            return at - piece + pieces.getOrDefault(piece, 0);
        }
    }

    private void attributes(int where, String attributes) {
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        while (attribute.find()) {
            String name = attribute.group(1).toLowerCase(Locale.ROOT);
            String value = attribute.group(2) == null ? "" : attribute.group(2).replaceAll("^[\"']|[\"']$", "");
            if (!ATTRIBUTES.contains(name)
                    || (name.equals("href") && !LINK.matcher(value.strip()).matches())) {
                add(where, "letter-html", name + (value.isEmpty() ? "" : "=" + shortened(value)));
            }
        }
    }

    private static String shortened(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    private void add(int where, String rule, String what) {
        int line = (int) text.substring(0, where)
                        .chars()
                        .filter(each -> each == '\n')
                        .count()
                + 1;
        findings.add(Finding.error(file, null, line, rule, what));
    }
}
