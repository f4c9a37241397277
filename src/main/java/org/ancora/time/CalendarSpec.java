package org.ancora.time;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a project says about its working days (X1). Two equal specs give the same calendar.
 *
 * @param jurisdiction ISO 3166 code of a shipped calendar, with or without a region: {@code CA-ON}, {@code PE},
 *     {@code PE-AYA}, {@code IT}, {@code IT-TO}
 * @param zone time zone of the office; every local date and hour is meant there
 * @param opens hour at which the office opens, and a window with it
 * @param closes hour at which the office closes; an event after it belongs to the next business day (A-R2)
 * @param weekend weekly days off; at least one day of the week must be left to work on
 * @param extraDays the project's own days off and working days; they overrule holidays and weekends, the last one wins
 * @param version number of this spec, at least 1, raised with every change
 */
public record CalendarSpec(
        String jurisdiction,
        ZoneId zone,
        LocalTime opens,
        LocalTime closes,
        Set<DayOfWeek> weekend,
        List<ExtraDay> extraDays,
        int version) {

    /** @throws IllegalArgumentException when the office never opens, or the version is below 1 */
    public CalendarSpec {
        if (!opens.isBefore(closes)) {
            throw new IllegalArgumentException("The office opens at " + opens + " but closes at " + closes);
        }
        if (weekend.containsAll(EnumSet.allOf(DayOfWeek.class))) {
            throw new IllegalArgumentException("A weekend of seven days leaves no business day");
        }
        if (version < 1) {
            throw new IllegalArgumentException("The first version of a calendar is 1, not " + version);
        }
        weekend = Set.copyOf(weekend);
        extraDays = List.copyOf(extraDays);
    }

    /** A first version that works from Monday to Friday and adds no days of its own. */
    public static CalendarSpec mondayToFriday(String jurisdiction, ZoneId zone, LocalTime opens, LocalTime closes) {
        return new CalendarSpec(
                jurisdiction, zone, opens, closes, EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), List.of(), 1);
    }

    /** The next version of this spec, with one more extra day. */
    public CalendarSpec with(ExtraDay extraDay) {
        var days = Stream.concat(extraDays.stream(), Stream.of(extraDay)).toList();
        return new CalendarSpec(jurisdiction, zone, opens, closes, weekend, days, version + 1);
    }
}
