package org.ancora.process.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person answered, already checked against the deployed form: only keys of the form, each of its type, nothing
 * from hidden, disabled or read-only fields. Empty answers are absent. A key inside a group with a path is written
 * with dots, such as {@code second.channel}.
 */
public final class Answers {

    private final Map<String, Object> values;

    /**
     * Takes checked values.
     *
     * @param values by key; nested groups as maps, repeated groups as lists of maps
     */
    public Answers(Map<String, ?> values) {
        this.values = Map.copyOf(values);
    }

    /** Whether the field was answered. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    /** The text or chosen code of a field that the form requires; a missing one is a fault of the form. */
    public String text(String key) {
        return findText(key).orElseThrow(() -> missing(key));
    }

    /** The text or chosen code, if there is one. */
    public Optional<String> findText(String key) {
        return find(key).map(Object::toString);
    }

    /** Whether this code was chosen. */
    public boolean is(String key, String code) {
        return findText(key).filter(code::equals).isPresent();
    }

    /** Whether a checkbox is ticked. */
    public boolean flag(String key) {
        return find(key).filter(Boolean.TRUE::equals).isPresent();
    }

    /** The number, if there is one. */
    public Optional<BigDecimal> findNumber(String key) {
        return find(key).map(value -> new BigDecimal(value.toString()));
    }

    /** A required whole number. */
    public int integer(String key) {
        return findNumber(key).orElseThrow(() -> missing(key)).intValueExact();
    }

    /** A required day; a missing one is a fault of the form. */
    public LocalDate date(String key) {
        return findDate(key).orElseThrow(() -> missing(key));
    }

    /** The day, if there is one. */
    public Optional<LocalDate> findDate(String key) {
        return findText(key).map(LocalDate::parse);
    }

    /** The hour of a day, if there is one. */
    public Optional<LocalTime> findTime(String key) {
        return findText(key).map(text -> LocalTime.parse(text.replaceFirst("(?<=.{3})(Z|[+-]\\d{2}:?\\d{2})$", "")));
    }

    /** A required day and hour, read in the project's zone. */
    public Instant instant(String key, ZoneId zone) {
        return findInstant(key, zone).orElseThrow(() -> missing(key));
    }

    /**
     * Date and hour of a field.
     *
     * @param zone the project's zone, used where the form keeps hours without one
     */
    public Optional<Instant> findInstant(String key, ZoneId zone) {
        return findText(key)
                .map(text -> text.matches(".*T.*(Z|[+-]\\d{2}:?\\d{2})$")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).atZone(zone).toInstant());
    }

    /** The chosen codes of a checklist or tag list; empty when none is chosen. */
    public List<String> list(String key) {
        return find(key)
                .map(value -> ((List<?>) value).stream().map(Object::toString).collect(Collectors.toList()))
                .orElseGet(List::of);
    }

    /** The rows of a repeated group. */
    public List<Answers> rows(String key) {
        return find(key)
                .map(value -> ((List<?>) value).stream().map(Answers::row).toList())
                .orElseGet(List::of);
    }

    /** All checked values as they came. */
    public Map<String, Object> asMap() {
        return values;
    }

    private Optional<Object> find(String key) {
        Object found = values;
        for (String part : key.split("\\.", -1)) {
            found = found instanceof Map<?, ?> group ? group.get(part) : null;
            if (found == null) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    @SuppressWarnings("unchecked")
    private static Answers row(Object value) {
        return new Answers((Map<String, ?>) value);
    }

    private static IllegalStateException missing(String key) {
        return new IllegalStateException("The form let an answer through without " + key);
    }

    @Override
    public String toString() {
        // Answers are personal: a log line never shows more than which fields were filled.
        return "Answers" + values.keySet();
    }
}
