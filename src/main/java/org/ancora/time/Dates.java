package org.ancora.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Dates and hours in words, in the person's language: the one place that formats them. */
@Component
public class Dates {

    private final MessageSource messages;
    private final Map<String, DateTimeFormatter> formatters = new ConcurrentHashMap<>();

    Dates(MessageSource messages) {
        this.messages = messages;
    }

    /** "Mon 23 Nov", "lun 23 nov". */
    public String day(LocalDate day, Locale locale) {
        return format("dates.day", day, locale);
    }

    /** "Mon 23 Nov", with the year where it is not this year: "Fri 8 Jan 2027". */
    public String day(LocalDate day, LocalDate today, Locale locale) {
        return day.getYear() == today.getYear() ? day(day, locale) : dayAndYear(day, locale);
    }

    /** "Mon 23 Nov 2026". */
    public String dayAndYear(LocalDate day, Locale locale) {
        return format("dates.dayAndYear", day, locale);
    }

    /** For letters: "Monday 23 November 2026", "lunes 23 de noviembre de 2026", "lunedì 23 novembre 2026". */
    public String longDay(LocalDate day, Locale locale) {
        return format("dates.longDay", day, locale);
    }

    /** "November 2011", "noviembre de 2011", "novembre 2011". */
    public String month(YearMonth month, Locale locale) {
        return format("dates.month", month, locale);
    }

    /** Where the month is plain: "Thu 26". */
    public String weekday(LocalDate day, Locale locale) {
        return format("dates.weekday", day, locale);
    }

    /** "yesterday", "today", "tomorrow", else the day. */
    public String relative(LocalDate day, LocalDate today, Locale locale) {
        var distance = day.toEpochDay() - today.toEpochDay();
        if (distance < -1 || distance > 1) {
            return day(day, today, locale);
        }
        var key = distance == 0 ? "dates.today" : distance < 0 ? "dates.yesterday" : "dates.tomorrow";
        return messages.getMessage(key, null, locale);
    }

    /** "9:10", "16:30". */
    public String hour(Instant instant, ZoneId zone, Locale locale) {
        return format("dates.hour", instant.atZone(zone), locale);
    }

    /** "Mon 23 Nov, 9:10". */
    public String moment(Instant instant, ZoneId zone, Locale locale) {
        return moment(day(LocalDate.ofInstant(instant, zone), locale), instant, zone, locale);
    }

    /** "Mon 23 Nov, 9:10", with the year where it is not this year. */
    public String moment(Instant instant, ZoneId zone, LocalDate today, Locale locale) {
        return moment(day(LocalDate.ofInstant(instant, zone), today, locale), instant, zone, locale);
    }

    /** "Mon 23 Nov 2026, 9:10". */
    public String momentAndYear(Instant instant, ZoneId zone, Locale locale) {
        return moment(dayAndYear(LocalDate.ofInstant(instant, zone), locale), instant, zone, locale);
    }

    private String moment(String day, Instant instant, ZoneId zone, Locale locale) {
        return messages.getMessage("dates.moment", new Object[] {day, hour(instant, zone, locale)}, locale);
    }

    private String format(String key, TemporalAccessor moment, Locale locale) {
        // Some versions of the locale data end abbreviations with a dot, some do not.
        return formatters
                .computeIfAbsent(key + locale.getLanguage(), any -> formatter(key, locale))
                .format(moment)
                .replace(".", "");
    }

    private DateTimeFormatter formatter(String key, Locale locale) {
        // The language alone, so that a country does not change the words ("Sept" in Canada and Great Britain).
        return DateTimeFormatter.ofPattern(
                messages.getMessage(key, null, locale), Locale.forLanguageTag(locale.getLanguage()));
    }
}
