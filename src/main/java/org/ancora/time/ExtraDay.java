package org.ancora.time;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * A day on which a project differs from its jurisdiction's calendar.
 *
 * @param day the day
 * @param off true: nobody works; false: it is worked although it is a holiday or a weekend
 * @param reason why, by language ({@code en}, {@code es}, {@code it}); at least one
 */
public record ExtraDay(LocalDate day, boolean off, Map<String, String> reason) {

    /** @throws IllegalArgumentException without a reason: no date may move without saying why */
    public ExtraDay {
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("The extra day " + day + " needs a reason");
        }
        reason = Map.copyOf(reason);
    }

    /** The reason in a language, else in English, else in any. */
    public String reason(Locale locale) {
        return Names.in(reason, locale);
    }
}
