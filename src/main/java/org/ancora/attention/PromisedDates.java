package org.ancora.attention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;

/**
 * Which date is promised for an answer. The person is told a date, not a number of days: what "30 or 45 days" means is
 * decided by a table (J37, J-R1). Days count from the one after registration (J-R2).
 */
public final class PromisedDates {

    private PromisedDates() {}

    /** What the table is asked. */
    public static Map<String, Object> inputs(PetitionKind kind, Destination destination) {
        return Map.of("kind", kind.code(), "destination", destination.code());
    }

    /**
     * The promise that a row of the table makes.
     *
     * @param row the table's answer by output name
     */
    public static Promise promise(Map<String, Object> row, Instant registeredAt, BusinessCalendar calendar) {
        AnswerLimits limits = AnswerLimits.of(row);
        Deadline counted = counted(calendar, limits.unit(), registeredAt, limits.answerDays());
        Deadline promised = counted;
        if (limits.capDays() > 0) {
            Deadline cap = businessDays(calendar, registeredAt, limits.capDays());
            promised = counted.due().isAfter(cap.due()) ? cap : counted;
        }
        return new Promise(
                promised.dueDay(),
                limits.answerDays(),
                limits.unit(),
                LocalDate.ofInstant(registeredAt, calendar.zone()).plusDays(1),
                !promised.equals(counted),
                promised,
                limits);
    }

    /** So many days after an event, in either unit. */
    public static Deadline counted(BusinessCalendar calendar, DayUnit unit, Instant from, int days) {
        return unit == DayUnit.CALENDAR ? calendar.days(from, days) : businessDays(calendar, from, days);
    }

    /**
     * So many business days after the date of an event, whatever its hour: the office's closing time sends calls to the next
     * day, but a complaint put into the letterbox at night was still registered on its day.
     *
     * @param days at least 1
     */
    public static Deadline businessDays(BusinessCalendar calendar, Instant from, int days) {
        LocalDate day = LocalDate.ofInstant(from, calendar.zone());
        if (calendar.isBusinessDay(day)) {
            Instant closes = calendar.endOf(day);
            return calendar.within(from.isAfter(closes) ? closes : from, days);
        }
        // Counted from the next business day, which is itself the first of them.
        return calendar.within(from, days - 1);
    }
}
