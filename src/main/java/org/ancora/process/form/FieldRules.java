package org.ancora.process.form;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** The rules of one field on one answer, the same that form-js applies in the browser and a few that only a server can. */
final class FieldRules {

    /** No field of a form is a book; longer answers are refused even where the form sets no limit. */
    static final int LONGEST_TEXT = 10_000;

    private static final int LONGEST_LIST = 200;
    private static final Pattern EMAIL =
            Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
                    + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?){0,10}");
    private static final Pattern PHONE = Pattern.compile("(?:\\+|00)[1-9]\\d{5,22}");

    private final Feel feel;
    private final String form;
    private final FormField field;
    private final Map<String, ?> context;
    private final Supplier<LocalDate> today;
    private final List<MessageSourceResolvable> problems = new ArrayList<>();

    FieldRules(Feel feel, String form, FormField field, Map<String, ?> context, Supplier<LocalDate> today) {
        this.feel = feel;
        this.form = form;
        this.field = field;
        this.context = context;
        this.today = today;
    }

    List<MessageSourceResolvable> problems() {
        return problems;
    }

    /** The answer as it is kept, or null when there is none; {@link #problems()} says what is wrong with it. */
    @Nullable
    Object apply(@Nullable Object answer) {
        Object value =
                switch (field.type()) {
                    case "number" -> number(answer);
                    case "checkbox" -> checkbox(answer);
                    case "checklist", "taglist" -> several(answer);
                    case "radio", "select" -> one(answer);
                    case "datetime" -> dateTime(answer);
                    default -> text(answer);
                };
        if (problems.isEmpty() && field.required() && (value == null || Boolean.FALSE.equals(value))) {
            refuse("required");
        }
        return value;
    }

    private @Nullable String text(@Nullable Object answer) {
        if (answer == null || answer.equals("")) {
            return null;
        }
        if (!(answer instanceof String text) || text.indexOf('\0') >= 0) {
            refuse("invalid");
            return null;
        }
        if (text.length() > LONGEST_TEXT) {
            refuse("max-length", LONGEST_TEXT);
            return null;
        }
        if (field.rule("pattern") instanceof String pattern && !pattern.isEmpty() && !matches(pattern, text)) {
            problems.add(new DefaultMessageSourceResolvable(
                    new String[] {"form." + form + "." + field.word() + ".pattern", "form.error.pattern"}, null, null));
        }
        BigDecimal shortest = limit("minLength");
        if (shortest != null && new BigDecimal(text.strip().length()).compareTo(shortest) < 0) {
            refuse("min-length", shortest);
        }
        BigDecimal longest = limit("maxLength");
        if (longest != null && new BigDecimal(text.strip().length()).compareTo(longest) > 0) {
            refuse("max-length", longest);
        }
        if (Objects.equals(field.rule("validationType"), "email")
                && !EMAIL.matcher(text).matches()) {
            refuse("email");
        }
        if (Objects.equals(field.rule("validationType"), "phone")
                && !PHONE.matcher(text).matches()) {
            refuse("phone");
        }
        return text;
    }

    private @Nullable Object number(@Nullable Object answer) {
        if (answer == null || answer.equals("")) {
            return null;
        }
        BigDecimal value = decimal(answer);
        if (value == null) {
            refuse("number");
            return null;
        }
        BigDecimal digits = field.number("decimalDigits");
        if (digits != null && value.stripTrailingZeros().scale() > digits.intValue()) {
            refuse(digits.signum() == 0 ? "whole" : "decimals", digits);
        }
        BigDecimal increment = field.number("increment");
        if (increment != null
                && increment.signum() > 0
                && value.remainder(increment).signum() != 0) {
            refuse("increment", increment);
        }
        BigDecimal least = limit("min");
        if (least != null && value.compareTo(least) < 0) {
            refuse("min", least);
        }
        BigDecimal most = limit("max");
        if (most != null && value.compareTo(most) > 0) {
            refuse("max", most);
        }
        return value;
    }

    /** A number of ordinary size; "1e999999999" is none. */
    private static @Nullable BigDecimal decimal(Object answer) {
        if (!(answer instanceof Number) && !(answer instanceof String)) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(answer.toString().strip());
            return value.precision() > 30 || Math.abs(value.scale()) > 30 ? null : value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private @Nullable Object checkbox(@Nullable Object answer) {
        if (answer == null) {
            return false;
        }
        if (!(answer instanceof Boolean)) {
            refuse("invalid");
            return null;
        }
        return answer;
    }

    private @Nullable Object one(@Nullable Object answer) {
        if (answer == null || answer.equals("")) {
            return null;
        }
        return offered(answer) ? answer : null;
    }

    private @Nullable Object several(@Nullable Object answer) {
        if (answer == null) {
            return null;
        }
        if (!(answer instanceof List<?> list) || list.size() > LONGEST_LIST) {
            refuse("invalid");
            return null;
        }
        Set<Object> chosen = new LinkedHashSet<>();
        for (Object each : list) {
            if (each == null || !offered(each)) {
                return null;
            }
            chosen.add(each);
        }
        return chosen.isEmpty() ? null : List.copyOf(chosen);
    }

    /** Whether the option is among those offered and open to be chosen; says so when not. */
    private boolean offered(Object answer) {
        for (FormOptions.Option option : FormOptions.of(field, context, feel)) {
            if (same(option.value(), answer)) {
                if (option.disabled() != null) {
                    refuse("closed-option", option.disabled());
                    return false;
                }
                return true;
            }
        }
        refuse("option");
        return false;
    }

    private static boolean same(@Nullable Object option, Object answer) {
        if (option instanceof Number && answer instanceof Number) {
            return new BigDecimal(option.toString()).compareTo(new BigDecimal(answer.toString())) == 0;
        }
        return answer.equals(option);
    }

    private @Nullable Object dateTime(@Nullable Object answer) {
        if (answer == null || answer.equals("")) {
            return null;
        }
        if (!(answer instanceof String text) || text.length() > 40) {
            refuse("invalid");
            return null;
        }
        try {
            LocalDate day =
                    switch (field.setting("subtype")) {
                        case "time" -> {
                            time(text);
                            yield null;
                        }
                        case "datetime" -> moment(text);
                        default -> LocalDate.parse(text);
                    };
            if (day != null && (day.getYear() < 1900 || day.getYear() > 2200)) {
                refuse("date");
            } else if (day != null && field.flag("disallowPassedDates") && day.isBefore(today.get())) {
                refuse("past");
            }
            return text;
        } catch (DateTimeException unreadable) {
            refuse("date");
            return null;
        }
    }

    private static LocalDate moment(String text) {
        return text.matches(".*T.*(Z|[+-]\\d{2}:?\\d{2})")
                ? OffsetDateTime.parse(text).toLocalDate()
                : LocalDateTime.parse(text).toLocalDate();
    }

    private static void time(String text) {
        Object parsed = text.matches(".*(Z|[+-]\\d{2}:?\\d{2})") ? OffsetTime.parse(text) : LocalTime.parse(text);
        Objects.requireNonNull(parsed);
    }

    private @Nullable BigDecimal limit(String name) {
        Object rule = field.rule(name);
        if (rule instanceof String expression && Feel.isExpression(expression)) {
            rule = feel.value(expression, context).orElse(null);
        }
        return rule == null ? null : decimal(rule);
    }

    private static boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(new Patience(text)).find();
        } catch (PatternSyntaxException | Patience.Lost hopeless) {
            return false;
        }
    }

    private void refuse(String rule, Object... arguments) {
        problems.add(new DefaultMessageSourceResolvable(new String[] {"form.error." + rule}, arguments, null));
    }

    /** A text that a runaway pattern may read only so often: patterns come from process owners, texts from anyone. */
    private static final class Patience implements CharSequence {

        private static final int READS = 2_000_000;

        private final CharSequence text;
        private final int[] reads;

        Patience(CharSequence text) {
            this(text, new int[1]);
        }

        private Patience(CharSequence text, int[] reads) {
            this.text = text;
            this.reads = reads;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads[0] > READS) {
                throw new Lost();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Patience(text.subSequence(start, end), reads);
        }

        @Override
        public String toString() {
            return text.toString();
        }

        static final class Lost extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Lost() {
                super("the pattern takes too long", null, false, false);
            }
        }
    }
}
