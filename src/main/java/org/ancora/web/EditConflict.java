package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;

/**
 * Two people had one form open, and the other one saved first: shows both versions side by side, field by field, answered
 * 409. Whoever came second chooses for each field and sends the same form again; nothing that was typed is lost.
 *
 * <p>A form that wants this has a hidden {@code version}, and says what its fields held when it was opened:
 *
 * <pre>{@code
 * <th:block th:replace="~{fragments/conflict :: was(${was})}"></th:block>     <!-- was: Map.of("text", note.text()) -->
 * }</pre>
 *
 * <p>Its controller saves with that version, and answers the failure:
 *
 * <pre>{@code
 * } catch (OptimisticLockingFailureException overtaken) {
 *     Note now = notes.get(id);
 *     return EditConflict.of(request, now.version(), back)
 *             .by("Eve Adeyemi", "Mon 23 Nov, 9:10")
 *             .text("text", words.text("note.text", locale), now.text())
 *             .line("contactOn", words.text("note.contact-on", locale), day(now.contactOn()))
 *             .answer(model, response);
 * }
 * }</pre>
 *
 * <p>What was typed is taken from the request by the fields' names; every other parameter travels along.
 */
public final class EditConflict {

    private static final String WAS = "was.";
    private static final String VERSION = "version";

    private final HttpServletRequest request;
    private final int version;
    private final String back;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private @Nullable String who;
    private @Nullable String when;

    private EditConflict(HttpServletRequest request, int version, String back) {
        this.request = request;
        this.version = version;
        this.back = back;
    }

    /** Who changed a field since the form was opened. */
    public enum Standing {
        /** Both hold the same. */
        SAME,
        /** Only whoever came second changed it. */
        MINE,
        /** Only whoever was first changed it. */
        THEIRS,
        /** Both did, or nobody knows what it held before. */
        BOTH
    }

    /**
     * One field of the form.
     *
     * @param label what the form calls it, in the reader's language
     * @param mine what was typed, as the form sends it
     * @param theirs what is saved now, as the form would send it
     * @param both one after the other, where that makes sense; else null
     */
    public record Field(
            String name,
            String label,
            String mine,
            String theirs,
            String mineShown,
            String theirsShown,
            @Nullable String both,
            Standing standing) {

        /** The standing as the suffix of message keys. */
        public String code() {
            return standing.name().toLowerCase(Locale.ROOT);
        }

        public boolean isSame() {
            return standing == Standing.SAME;
        }
    }

    /** A parameter that travels along. */
    public record Carried(String name, String value) {}

    /**
     * What the page shows.
     *
     * @param action where the form is sent again
     * @param back where to go to leave things as the other person saved them
     */
    public record Page(
            String action,
            int version,
            String back,
            @Nullable String who,
            @Nullable String when,
            List<Field> fields,
            List<Carried> carried) {}

    /**
     * What the form's fields held when it was opened, for a form that is shown again with an error.
     *
     * @param now what they hold now; taken where the request does not say
     */
    public static Map<String, String> was(HttpServletRequest request, Map<String, String> now) {
        Map<String, String> was = new LinkedHashMap<>(now);
        was.replaceAll((name, value) -> Objects.requireNonNullElse(request.getParameter(WAS + name), value));
        return was;
    }

    /**
     * A conflict about the form that the request sent.
     *
     * @param version of what is saved now
     * @param back the path of the page to which the form belongs
     */
    public static EditConflict of(HttpServletRequest request, int version, String back) {
        return new EditConflict(request, version, back);
    }

    /**
     * Who was first, and when.
     *
     * @param who their name, or null when nobody knows
     * @param when in words, or null
     */
    public EditConflict by(@Nullable String who, @Nullable String when) {
        this.who = who;
        this.when = when;
        return this;
    }

    /** A field of several lines; its two versions may also be kept one after the other. */
    public EditConflict text(String name, String label, String theirs) {
        return add(name, label, typed(name), lines(theirs), UnaryOperator.identity(), true);
    }

    /** A field of one line. */
    public EditConflict line(String name, String label, String theirs) {
        return add(name, label, typed(name), lines(theirs), UnaryOperator.identity(), false);
    }

    /** A field with codes; the words are what the form calls them, and are also asked for the empty code. */
    public EditConflict choice(String name, String label, String theirs, UnaryOperator<String> words) {
        return add(name, label, typed(name), theirs, words, false);
    }

    /** A box to tick; the words are asked for {@code true} and {@code false}. */
    public EditConflict check(String name, String label, boolean theirs, UnaryOperator<String> words) {
        return add(name, label, String.valueOf(isTicked(typed(name))), String.valueOf(theirs), words, false);
    }

    /** A parameter that travels along with another value than it was sent with, such as what the page showed then. */
    public EditConflict carry(String name, String value) {
        replaced.put(name, value);
        return this;
    }

    /** Fills the model, sets the status and returns the view. */
    public String answer(Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("conflict", page());
        return "error/conflict";
    }

    /** The page alone, for tests and for whoever draws it in another way. */
    Page page() {
        return new Page(request.getRequestURI(), version, back, who, when, List.copyOf(fields), carried());
    }

    private EditConflict add(
            String name, String label, String mine, String theirs, UnaryOperator<String> words, boolean joinable) {
        String before = request.getParameter(WAS + name);
        Standing standing = standing(before == null ? null : lines(before), mine, theirs);
        boolean both = joinable && standing == Standing.BOTH && !mine.isEmpty() && !theirs.isEmpty();
        fields.add(new Field(
                name,
                label,
                mine,
                theirs,
                words.apply(mine),
                words.apply(theirs),
                both ? theirs + "\n\n" + mine : null,
                standing));
        return this;
    }

    static Standing standing(@Nullable String before, String mine, String theirs) {
        if (mine.equals(theirs)) {
            return Standing.SAME;
        }
        if (mine.equals(before)) {
            return Standing.THEIRS;
        }
        return theirs.equals(before) ? Standing.MINE : Standing.BOTH;
    }

    private List<Carried> carried() {
        Set<String> own = new LinkedHashSet<>(List.of(VERSION, "_csrf"));
        fields.forEach(field -> own.add(field.name()));
        own.addAll(replaced.keySet());
        Stream<Carried> sent = request.getParameterMap().entrySet().stream()
                .filter(each -> !own.contains(each.getKey())
                        && !each.getKey().startsWith(WAS)
                        // What the framework adds to say that a box was on the form.
                        && !each.getKey().startsWith("_"))
                .flatMap(each -> Arrays.stream(each.getValue()).map(value -> new Carried(each.getKey(), value)));
        Stream<Carried> others = replaced.entrySet().stream().map(each -> new Carried(each.getKey(), each.getValue()));
        return Stream.concat(sent, others).toList();
    }

    private String typed(String name) {
        String typed = request.getParameter(name);
        return typed == null ? "" : lines(typed);
    }

    /** Browsers end lines as mail does; what is kept does not. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private static boolean isTicked(String typed) {
        return typed.equals("true") || typed.equals("on");
    }
}
