package org.ancora.referral.directory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a search asks for; all of it stands in the address of its page.
 *
 * @param text words that must all be there
 * @param need a term: resources with it or with one below it; null for any
 * @param area words that must all be in the area or the address
 * @param language a code, or empty for any
 * @param open only what is open now
 * @param source only from there; null for any
 * @param project only what the network of this project knows: for whoever works in several and refers a case of one; null for any
 * @param after the last resource of the page before; null for the first page
 */
record ResourceQuery(
        String text,
        @Nullable Long need,
        String area,
        String language,
        boolean open,
        @Nullable Long source,
        @Nullable Long project,
        @Nullable Long after) {

    static final String PATH = "/directory";

    private static final String WITHIN = "find-";
    private static final int LONGEST = 100;

    /** Reads an address; what nobody could have chosen counts as not chosen. */
    static ResourceQuery of(Map<String, String> sent) {
        String language = sent.getOrDefault("language", "").strip().toLowerCase(Locale.ROOT);
        return new ResourceQuery(
                text(sent, "q"),
                id(sent, "need"),
                text(sent, "area"),
                language.length() > 40 ? "" : language,
                sent.getOrDefault("open", "").equals("now"),
                id(sent, "source"),
                id(sent, "project"),
                id(sent, "after"));
    }

    /** Reads the fields of a search that stands inside another form, where names of its own keep it apart from the rest. */
    static ResourceQuery within(Map<String, String> sent) {
        Map<String, String> own = new LinkedHashMap<>();
        for (String name : List.of("q", "need", "area", "language", "open")) {
            own.put(name, sent.getOrDefault(WITHIN + name, sent.getOrDefault(name, "")));
        }
        own.put("project", sent.getOrDefault("project", ""));
        return of(own);
    }

    /** The same without its words. */
    ResourceQuery withoutText() {
        return new ResourceQuery("", need, area, language, open, source, project, after);
    }

    /** Whether it asks for anything at all; public so that templates may ask. */
    public boolean isFiltered() {
        return !parametersBut("after").isEmpty();
    }

    /** As parameters of an address, in their order, without one; public so that templates may ask. */
    public Map<String, String> parametersBut(String left) {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "q", text);
        put(all, "need", need == null ? "" : need.toString());
        put(all, "area", area);
        put(all, "language", language);
        put(all, "open", open ? "now" : "");
        put(all, "source", source == null ? "" : source.toString());
        put(all, "project", project == null ? "" : project.toString());
        put(all, "after", after == null ? "" : after.toString());
        all.remove(left);
        if (!left.equals("after")) {
            all.remove("after");
        }
        return all;
    }

    /** The address without a condition; public so that templates may ask. */
    public String pathWithout(String left) {
        return path(parametersBut(left));
    }

    /** The address with another value for a condition; public so that templates may ask. */
    public String pathWith(String parameter, Object value) {
        Map<String, String> all = parametersBut(parameter);
        all.put(parameter, String.valueOf(value));
        return path(all);
    }

    private static String path(Map<String, String> parameters) {
        UriComponentsBuilder path = UriComponentsBuilder.fromPath(PATH);
        parameters.forEach((name, value) -> path.queryParam(name, "{" + name + "}"));
        return path.encode().buildAndExpand(parameters).toUriString();
    }

    private static void put(Map<String, String> all, String name, String value) {
        if (!value.isEmpty()) {
            all.put(name, value);
        }
    }

    private static String text(Map<String, String> sent, String name) {
        String text = sent.getOrDefault(name, "").strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static @Nullable Long id(Map<String, String> sent, String name) {
        String text = sent.getOrDefault(name, "");
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
