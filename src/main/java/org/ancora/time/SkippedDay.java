package org.ancora.time;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * A day that does not count as a business day, and why.
 *
 * @param day the day
 * @param kind {@link #WEEKEND}, {@link #HOLIDAY}, {@link #OBSERVED} or {@link #EXTRA}
 * @param reason name of the holiday or the project's reason, by language; empty for a plain weekend
 */
public record SkippedDay(LocalDate day, String kind, Map<String, String> reason) {

    /** A weekly day off. A holiday that falls on it adds nothing, so it is not named. */
    public static final String WEEKEND = "weekend";
    /** A public holiday of the jurisdiction or its region. */
    public static final String HOLIDAY = "holiday";
    /** The working day on which a holiday is observed that fell on a weekend. */
    public static final String OBSERVED = "observed";
    /** A day off of the project's own. */
    public static final String EXTRA = "extra";

    public SkippedDay {
        reason = Map.copyOf(reason);
    }

    /** The reason in a language, else in English, else in any; empty for a plain weekend. */
    public String reason(Locale locale) {
        return Names.in(reason, locale);
    }
}
