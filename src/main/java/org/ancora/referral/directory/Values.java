package org.ancora.referral.directory;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The one way in which a value is kept, whichever form of file it came in: so that a row that says the same is the same, and
 * a file stored twice changes nothing.
 */
final class Values {

    static final int LONGEST = 20_000;

    /** A time of day, perhaps with seconds and an offset: {@code 09:00}, {@code 17:30:00Z}, {@code 08:00+01:00}. */
    static final Pattern TIME =
            Pattern.compile("([01]\\d|2[0-4]):([0-5]\\d)(?::([0-5]\\d)(?:\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?");

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s\"<>]+");
    private static final Set<String> STATUSES = Set.of("active", "inactive", "defunct", "temporarily closed");
    private static final Set<String> PLACES = Set.of("physical", "postal", "virtual");
    private static final Set<String> WEEKDAYS = Set.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");
    private static final BigDecimal LATITUDES = new BigDecimal(90);
    private static final BigDecimal LONGITUDES = new BigDecimal(180);
    private static final int LONGEST_NUMBER = 40;
    private static final JsonMapper JSON = JsonMapper.shared();

    private Values() {}

    /**
     * What became of a value.
     *
     * @param kept null where there is nothing to keep
     * @param problem what is wrong with it, as the end of a message's key; null where nothing is
     * @param error whether its row cannot be used
     */
    record Read(@Nullable JsonNode kept, @Nullable String problem, boolean error) {

        private static Read good(JsonNode kept) {
            return new Read(kept, null, false);
        }

        private static Read odd(JsonNode kept, String problem) {
            return new Read(kept, problem, false);
        }

        private static Read bad(String problem) {
            return new Read(null, problem, true);
        }
    }

    /**
     * Reads a value of a column.
     *
     * @param type null for a column that HSDS does not know: of that, whatever it holds is kept
     */
    static Read read(Kind.@Nullable Type type, JsonNode value) {
        if (value.isNull() || value.isMissingNode() || (value.isContainer() && value.isEmpty())) {
            return new Read(null, null, false);
        }
        if (value.isContainer()) {
            return type == null ? Read.good(value) : Read.bad("form");
        }
        String text = value.isNumber()
                ? plain(value.decimalValue())
                : value.asString().strip();
        if (text.isEmpty()) {
            return new Read(null, null, false);
        }
        if (text.length() > LONGEST) {
            return Read.bad("long");
        }
        if (text.indexOf('\u0000') >= 0) {
            return Read.bad("form");
        }
        return type == null ? Read.good(unknown(text)) : read(type, text);
    }

    /** As {@link #read(Kind.Type, JsonNode)}, of a cell. */
    static Read cell(Kind.@Nullable Type type, String cell) {
        return read(type, string(Cells.unescaped(cell.strip())));
    }

    /** In a table lists and objects can only be text, so that text is taken for what it says in every form. */
    private static JsonNode unknown(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                JsonNode tree = JSON.readTree(text);
                return tree.isContainer() && !tree.isEmpty() ? tree : string(text);
            } catch (JacksonException noTree) {
                return string(text);
            }
        }
        return string(text);
    }

    private static Read read(Kind.Type type, String text) {
        return switch (type) {
            case TEXT -> Read.good(string(text));
            case NUMBER -> number(text, null);
            case LATITUDE -> number(text, LATITUDES);
            case LONGITUDE -> number(text, LONGITUDES);
            case DATE -> date(text);
            case TIME -> TIME.matcher(text).matches() ? Read.good(string(text)) : Read.bad("time");
            case MOMENT -> isMoment(text) ? Read.good(string(text)) : Read.bad("moment");
            case EMAIL -> EMAIL.matcher(text).matches() ? Read.good(string(text)) : Read.odd(string(text), "email");
            case URL -> WEB.matcher(text).matches() ? Read.good(string(text)) : Read.odd(string(text), "url");
            case STATUS -> oneOf(STATUSES, text.toLowerCase(Locale.ROOT).replace('_', ' '), "status");
            case PLACE -> oneOf(PLACES, text.toLowerCase(Locale.ROOT), "place");
            case WEEKDAY -> oneOf(WEEKDAYS, text.toUpperCase(Locale.ROOT), "weekday");
            case FREQUENCY -> oneOf(FREQUENCIES, text.toUpperCase(Locale.ROOT), "frequency");
        };
    }

    private static Read oneOf(Set<String> known, String text, String problem) {
        return known.contains(text) ? Read.good(string(text)) : Read.bad(problem);
    }

    private static Read number(String text, @Nullable BigDecimal most) {
        if (text.length() > LONGEST_NUMBER) {
            return Read.bad("number");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
                return Read.bad("number");
            }
            JsonNode kept = JsonNodeFactory.instance.numberNode(new BigDecimal(plain(number)));
            return most != null && number.abs().compareTo(most) > 0 ? Read.odd(kept, "range") : Read.good(kept);
        } catch (NumberFormatException noNumber) {
            return Read.bad("number");
        }
    }

    private static Read date(String text) {
        try {
            String day = text.length() > 10 && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
                    ? text.substring(0, 10)
                    : text;
            LocalDate date = LocalDate.parse(day);
            // Years beyond these are slips of the pen, and PostgreSQL knows fewer than Java.
            return date.getYear() < 1000 || date.getYear() > 9999 ? Read.bad("date") : Read.good(string(day));
        } catch (DateTimeException noDate) {
            return Read.bad("date");
        }
    }

    private static boolean isMoment(String text) {
        String moment = text.replace(' ', 'T');
        try {
            if (moment.length() == 10) {
                LocalDate.parse(moment);
            } else if (moment.matches(".*(Z|[+-]\\d{2}:\\d{2})")) {
                OffsetDateTime.parse(moment);
            } else {
                LocalDateTime.parse(moment);
            }
            return true;
        } catch (DateTimeException noMoment) {
            return false;
        }
    }

    private static String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        return Math.abs((long) number.scale()) > LONGEST_NUMBER
                ? number.toString()
                : number.stripTrailingZeros().toPlainString();
    }

    private static JsonNode string(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
