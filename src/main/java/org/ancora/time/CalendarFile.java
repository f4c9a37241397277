package org.ancora.time;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;

/**
 * A shipped file {@code calendars/*.json}: what the holiday library lacks or cannot decide for a jurisdiction.
 *
 * @param code ISO 3166 code, {@code CA-ON}
 * @param country code of the holiday library's calendar, {@code ca}
 * @param subdivisions path of the library's subdivision, {@code [on]}
 * @param revision raised with every change of this file that moves a date
 * @param observed true: a holiday on a weekend is observed on the next business day that is no holiday itself
 * @param name name of the calendar for people, by language
 * @param notes sources of law and decisions, for whoever maintains the file
 * @param names names of the library's holidays, by its key and by language
 * @param yearly holidays that the library lacks
 * @param regions regions and cities with days of their own
 * @param checked every holiday of the years that were checked by hand: date, weekday and English name
 */
record CalendarFile(
        String code,
        String country,
        List<String> subdivisions,
        int revision,
        boolean observed,
        Map<String, String> name,
        List<String> notes,
        Map<String, Map<String, String>> names,
        List<Yearly> yearly,
        List<Region> regions,
        Map<LocalDate, String> checked) {

    /** A holiday on the same day of each year, from the year of its law on. */
    record Yearly(MonthDay day, int since, String law, Map<String, String> name) {}

    /** A holiday of one year only. */
    record Once(LocalDate day, String law, Map<String, String> name) {}

    /** A region or city and the days that it adds; {@code checked} lists only those. */
    record Region(
            String code,
            Map<String, String> name,
            List<Yearly> yearly,
            List<Once> once,
            Map<LocalDate, String> checked) {}
}
