package org.ancora.casework.marks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an attribute holds, and how it is read from what somebody typed or a file says. */
public enum AttributeKind {
    TEXT,
    NUMBER,
    DATE,
    CHOICE,
    YES_NO,
    EXTERNAL_ID;

    static final int LONGEST_TEXT = 500;
    static final int LONGEST_ID = 100;

    /** Whole numbers and decimals with a point or a comma; no signs for thousands, which differ between languages. */
    private static final Pattern NUMBER_SHAPE = Pattern.compile("[+-]?[0-9]{1,15}([.,][0-9]{1,6})?");

    private static final DateTimeFormatter ISO = strict("uuuu-MM-dd");

    /** As files from spreadsheets in Spanish and Italian say it; month first is never guessed. */
    private static final List<DateTimeFormatter> DAY_FIRST = List.of(strict("d/M/uuuu"), strict("d.M.uuuu"));

    private static final LocalDate EARLIEST = LocalDate.of(1850, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

    private static final List<String> YES = List.of("yes", "y", "true", "1", "sí", "si", "sì", "s", "x");
    private static final List<String> NO = List.of("no", "n", "false", "0");

    /** The lower-case code of tables and message keys ({@code attribute-kind.<code>}). */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<AttributeKind> of(String code) {
        for (AttributeKind kind : values()) {
            if (kind.code().equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The column of {@code case_attribute} in which its values stand. */
    String column() {
        return switch (this) {
            case NUMBER -> "value_number";
            case DATE -> "value_date";
            default -> "value_text";
        };
    }

    /** The message key of what is wrong with a value of this kind. */
    String problem() {
        return "marks.value." + code();
    }

    /**
     * Brings what somebody typed into the form in which it is kept: an ISO date, a plain number, the key of a choice,
     * {@code yes} or {@code no}.
     *
     * @param typed not blank
     * @return empty when it is no value of this kind
     */
    Optional<String> read(String typed, Attribute attribute) {
        String text = typed.strip();
        return switch (this) {
            case TEXT -> Optional.of(text).filter(value -> value.length() <= LONGEST_TEXT);
            case EXTERNAL_ID -> Optional.of(text).filter(value -> value.length() <= LONGEST_ID);
            case NUMBER -> number(text);
            case DATE -> date(text);
            case YES_NO -> yesOrNo(text.toLowerCase(Locale.ROOT));
            case CHOICE -> attribute.choice(text).map(Attribute.Choice::key);
        };
    }

    private static Optional<String> number(String text) {
        return NUMBER_SHAPE.matcher(text).matches()
                ? Optional.of(new BigDecimal(text.replace(',', '.'))
                        .stripTrailingZeros()
                        .toPlainString())
                : Optional.empty();
    }

    private static Optional<String> date(String text) {
        try {
            return inRange(LocalDate.parse(text, ISO));
        } catch (DateTimeParseException notIso) {
            for (DateTimeFormatter format : DAY_FIRST) {
                try {
                    return inRange(LocalDate.parse(text, format));
                } catch (DateTimeParseException other) {
                    // the next way of writing is tried
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<String> inRange(LocalDate day) {
        return day.isBefore(EARLIEST) || day.isAfter(LATEST) ? Optional.empty() : Optional.of(day.toString());
    }

    private static Optional<String> yesOrNo(String text) {
        if (YES.contains(text)) {
            return Optional.of("yes");
        }
        return NO.contains(text) ? Optional.of("no") : Optional.empty();
    }

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
