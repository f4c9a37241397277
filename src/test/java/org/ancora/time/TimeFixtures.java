package org.ancora.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Offices whose days were counted by hand on a paper calendar. */
final class TimeFixtures {

    static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    static final ZoneId LIMA = ZoneId.of("America/Lima");
    static final ZoneId ROME = ZoneId.of("Europe/Rome");

    static final BusinessCalendars CALENDARS = new BusinessCalendars();

    private TimeFixtures() {}

    /** Monday to Friday, 8:30 to 16:30. */
    static CalendarSpec ontarioOffice() {
        return CalendarSpec.mondayToFriday("CA-ON", TORONTO, LocalTime.of(8, 30), LocalTime.of(16, 30));
    }

    /** The Ontario office, except that it works on Monday 28 December 2026, when Boxing Day is observed elsewhere. */
    static CalendarSpec ontarioOfficeOpenOn28December() {
        var reason = Map.of("en", "the office is open", "es", "la oficina atiende", "it", "l'ufficio è aperto");
        return ontarioOffice().with(new ExtraDay(LocalDate.of(2026, 12, 28), false, reason));
    }

    /** Monday to Friday, 8:00 to 17:00. */
    static CalendarSpec peruOffice(String jurisdiction) {
        return CalendarSpec.mondayToFriday(jurisdiction, LIMA, LocalTime.of(8, 0), LocalTime.of(17, 0));
    }

    /** Monday to Friday, 8:30 to 17:00. */
    static CalendarSpec italyOffice(String jurisdiction) {
        return CalendarSpec.mondayToFriday(jurisdiction, ROME, LocalTime.of(8, 30), LocalTime.of(17, 0));
    }

    static BusinessCalendar calendar(CalendarSpec spec) {
        return CALENDARS.of(spec);
    }

    /** @param local such as {@code 2026-11-23T10:00} */
    static Instant toronto(String local) {
        return LocalDateTime.parse(local).atZone(TORONTO).toInstant();
    }

    static Instant lima(String local) {
        return LocalDateTime.parse(local).atZone(LIMA).toInstant();
    }

    static Instant rome(String local) {
        return LocalDateTime.parse(local).atZone(ROME).toInstant();
    }

    /** The module's words, read as the application reads them. */
    static ResourceBundleMessageSource messages() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/time");
        messages.setDefaultEncoding("UTF-8");
        messages.setAlwaysUseMessageFormat(true);
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
