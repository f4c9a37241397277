package org.ancora.time;

import java.time.LocalDate;
import java.util.Map;

/**
 * A day on which a project differs from its jurisdiction's calendar.
 *
 * @param day the day
 * @param off true: nobody works; false: it is worked although it is a holiday or a weekend
 * @param reason why, by language ({@code en}, {@code es}, {@code it})
 */
public record ExtraDay(LocalDate day, boolean off, Map<String, String> reason) {

    public ExtraDay {
        reason = Map.copyOf(reason);
    }
}
