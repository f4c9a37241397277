package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.util.MultiValueMap;

/**
 * A form of administration: its fields with what stands in them now and what was typed. A post that comes too late finds
 * both, and the page shows them beside each other, so that nobody's typing is lost.
 *
 * <p>Labels are {@code <prefix>.<field>}; a field's hint is {@code <prefix>.<field>.hint}.
 */
public final class Sheet {

    private final String prefix;
    private final @Nullable Integer version;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private boolean stale;
    private @Nullable String question;
    private Object[] questionArguments = {};
    private String confirmed = "";

    /**
     * An empty form.
     *
     * @param prefix where its labels' keys begin
     * @param version of what it changes, as it stands now; null for something new
     */
    public Sheet(String prefix, @Nullable Integer version) {
        this.prefix = prefix;
        this.version = version;
    }

    /** A control and what is in it; its methods are public for the template. */
    public static final class Field {

        private final String name;
        private final String kind;
        private final String labelKey;
        private final List<String> now;
        private final List<Option> options;
        private final boolean required;
        private final int longest;
        private final int least;
        private final int most;
        private @Nullable Pattern shape;
        private boolean hinted;
        private List<String> typed;
        private @Nullable String error;
        private Object[] errorArguments = {};

        private Field(
                String name,
                String kind,
                String labelKey,
                List<String> now,
                List<Option> options,
                boolean required,
                int longest,
                int least,
                int most) {
            this.name = name;
            this.kind = kind;
            this.labelKey = labelKey;
            this.now = now;
            this.typed = now;
            this.options = options;
            this.required = required;
            this.longest = longest;
            this.least = least;
            this.most = most;
        }

        public String name() {
            return name;
        }

        /** Which control shows it: {@code text}, {@code area}, {@code number}, {@code time}, {@code date}, {@code choice}, {@code checks} or {@code check}. */
        public String kind() {
            return kind;
        }

        public String labelKey() {
            return labelKey;
        }

        public @Nullable String hintKey() {
            return hinted ? labelKey + ".hint" : null;
        }

        public List<Option> options() {
            return options;
        }

        public boolean required() {
            return required;
        }

        public int longest() {
            return longest;
        }

        public int least() {
            return least;
        }

        public int most() {
            return most;
        }

        public String value() {
            return typed.isEmpty() ? "" : typed.get(0);
        }

        public boolean has(String value) {
            return typed.contains(value);
        }

        public @Nullable String error() {
            return error;
        }

        public Object[] errorArguments() {
            return errorArguments.clone();
        }

        /** Returns whether what was typed is not what stands there now. */
        public boolean differs() {
            return !new TreeSet<>(typed).equals(new TreeSet<>(now));
        }

        /** Returns what stands there now, in the words of its options. */
        public String now() {
            List<String> words = new ArrayList<>();
            for (String value : now) {
                words.add(options.stream()
                        .filter(option -> option.value().equals(value))
                        .map(Option::label)
                        .findFirst()
                        .orElse(value));
            }
            return String.join(", ", words);
        }

        private void read(List<String> values) {
            List<String> stripped = values.stream().map(String::strip).toList();
            typed = kind.equals("checks") ? stripped : List.of(stripped.isEmpty() ? "" : stripped.get(0));
            String value = value();
            boolean empty = typed.stream().allMatch(String::isEmpty);
            if (required && empty && !kind.equals("check")) {
                refuse("admin.sheet.needed");
            } else if (value.length() > longest) {
                refuse("admin.sheet.too-long", longest);
            } else if (!empty && !options.isEmpty() && !known()) {
                refuse("admin.sheet.unknown");
            } else if (!empty && kind.equals("number") && !inRange(value)) {
                refuse("admin.sheet.range", least, most);
            } else if (!empty && shape != null && !shape.matcher(value).matches()) {
                refuse(labelKey + ".shape");
            }
        }

        private boolean known() {
            Set<String> values = new TreeSet<>();
            options.forEach(option -> values.add(option.value()));
            return values.containsAll(typed);
        }

        private boolean inRange(String value) {
            try {
                int number = Integer.parseInt(value);
                return number >= least && number <= most;
            } catch (NumberFormatException noNumber) {
                return false;
            }
        }

        private void refuse(String key, Object... arguments) {
            error = key;
            errorArguments = arguments;
        }
    }

    /**
     * One line of text.
     *
     * @param now what stands there; empty for nothing yet
     * @param longest in characters
     */
    public Sheet text(String name, String now, int longest, boolean required) {
        return add(name, "text", List.of(now), List.of(), required, longest, 0, 0);
    }

    /**
     * One line of up to 60 characters that must be there and look a certain way; what it must look like is the message
     * {@code <label>.shape}.
     *
     * @param now what stands there; empty for nothing yet
     * @param shape matches the whole of what is typed
     */
    public Sheet text(String name, String now, Pattern shape) {
        text(name, now, 60, true);
        field(name).shape = shape;
        return this;
    }

    /**
     * Several lines of text.
     *
     * @param now what stands there; empty for nothing yet
     * @param longest in characters, line ends included
     */
    public Sheet area(String name, String now, int longest, boolean required) {
        return add(name, "area", List.of(now), List.of(), required, longest, 0, 0);
    }

    /**
     * A whole number.
     *
     * @param now what stands there; null for nothing yet
     * @param least the smallest that may be typed
     * @param most the largest that may be typed
     */
    public Sheet number(String name, @Nullable Integer now, int least, int most, boolean required) {
        return add(name, "number", List.of(now == null ? "" : now.toString()), List.of(), required, 10, least, most);
    }

    /**
     * A time of day or a day, as browsers send them; its look is not checked here.
     *
     * @param kind {@code time} or {@code date}
     * @param now {@code 09:30} or {@code 2026-11-22}; empty for nothing yet
     */
    public Sheet time(String name, String kind, String now, boolean required) {
        return add(name, kind, List.of(now), List.of(), required, 10, 0, 0);
    }

    /** One of several. */
    public Sheet choice(String name, String now, List<Option> options) {
        return add(name, "choice", List.of(now), options, true, 60, 0, 0);
    }

    /** Any of several. */
    public Sheet checks(String name, Collection<String> now, List<Option> options) {
        return add(name, "checks", List.copyOf(now), options, false, 60, 0, 0);
    }

    /** Yes or no. */
    public Sheet check(String name, boolean now) {
        return add(name, "check", List.of(now ? "true" : ""), List.of(), false, 5, 0, 0);
    }

    /** Gives the field added last a hint. */
    public Sheet hint() {
        List<Field> all = fields();
        all.get(all.size() - 1).hinted = true;
        return this;
    }

    private Sheet add(
            String name,
            String kind,
            List<String> now,
            List<Option> options,
            boolean required,
            int longest,
            int least,
            int most) {
        fields.put(name, new Field(name, kind, prefix + "." + name, now, options, required, longest, least, most));
        return this;
    }

    /** Returns the fields in their order. */
    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /** Returns a field. */
    public Field field(String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    /** Returns what was typed into a field, stripped; for a check {@code true} or nothing. */
    public String get(String name) {
        return field(name).value();
    }

    /** Returns the number typed into a field, or null where none was. */
    public @Nullable Integer number(String name) {
        return get(name).isEmpty() ? null : Integer.valueOf(get(name));
    }

    /** Returns whether a check was set. */
    public boolean is(String name) {
        return get(name).equals("true");
    }

    /** Returns what was chosen among several. */
    public List<String> all(String name) {
        return field(name).typed.stream().filter(value -> !value.isEmpty()).toList();
    }

    /** Returns the version to send along, or null for something new. */
    public @Nullable Integer version() {
        return version;
    }

    /**
     * Reads what was posted, field by field; a refused field keeps what was typed and says why.
     *
     * @param posted the values of each field by its name, {@code version} as the page was given it, and {@code confirmed}
     *     where a question was answered
     * @return whether all of it can be used, and nobody changed it in between
     */
    public boolean read(MultiValueMap<String, String> posted) {
        fields.forEach((name, field) -> field.read(posted.getOrDefault(name, List.of())));
        stale = version != null && !version.toString().equals(posted.getFirst("version"));
        confirmed = Objects.requireNonNullElse(posted.getFirst("confirmed"), "");
        return !stale && errors().isEmpty();
    }

    /**
     * Reads what was posted, and has it saved where it can be used.
     *
     * @param change is given the version to replace, 0 for something new; it may {@link #refuse} a field, leave it at a
     *     question that it {@link #confirms}, or fail because somebody else was faster
     * @return whether it was saved; where it was refused, the response has the status that says why
     */
    public boolean save(MultiValueMap<String, String> posted, HttpServletResponse response, IntConsumer change) {
        if (read(posted)) {
            try {
                change.accept(version == null ? 0 : version);
            } catch (OptimisticLockingFailureException faster) {
                stale = true;
            }
        }
        boolean refused = stale || !errors().isEmpty();
        if (refused) {
            response.setStatus(status());
        }
        return !refused && question == null;
    }

    /** Refuses a field for a reason that only the module knows. */
    public void refuse(String name, String key, Object... arguments) {
        field(name).refuse(key, arguments);
    }

    /**
     * Asks before it is saved whether what follows from it is wanted; saving the same form again is the answer.
     *
     * @param what tells what follows, so that a yes to something else is no yes
     * @return whether it was answered already
     */
    public boolean confirms(String what, String key, Object... arguments) {
        if (confirmed.equals(what)) {
            return true;
        }
        confirmed = what;
        question = key;
        questionArguments = arguments;
        return false;
    }

    /** Returns the key of what is asked before saving, or null. */
    public @Nullable String question() {
        return question;
    }

    /** Returns what the question is about. */
    public Object[] questionArguments() {
        return questionArguments.clone();
    }

    /** Returns what a yes stands for; empty while nothing was asked. */
    public String confirmed() {
        return confirmed;
    }

    /** Returns the fields that were refused. */
    public List<Field> errors() {
        return fields.values().stream().filter(field -> field.error != null).toList();
    }

    /** Returns what stands there now, of the fields in which something else was typed. */
    public Differences differences() {
        Differences differences = new Differences();
        fields.values().stream()
                .filter(Field::differs)
                .forEach(field -> differences.add(field.labelKey(), field.now()));
        return differences;
    }

    /** Returns whether somebody changed it since the page was opened. */
    public boolean stale() {
        return stale;
    }

    /** Returns the status to answer with when {@link #read} was not satisfied. */
    public int status() {
        return stale ? 409 : 400;
    }
}
