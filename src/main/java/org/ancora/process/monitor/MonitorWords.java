package org.ancora.process.monitor;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.ancora.process.task.ProjectFacts;
import org.ancora.process.task.TaskSubjects;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Figures and spans of time in words. */
@Component
class MonitorWords {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final MessageSource messages;
    private final Dates dates;

    MonitorWords(MessageSource messages, Dates dates) {
        this.messages = messages;
        this.dates = dates;
    }

    String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    String number(long number, Locale language) {
        return NumberFormat.getIntegerInstance(language).format(number);
    }

    /** "11.2 d", "5 h", "12 min". */
    String span(long seconds, Locale language) {
        if (seconds >= 2 * DAY) {
            NumberFormat tenths = NumberFormat.getNumberInstance(language);
            tenths.setMinimumFractionDigits(1);
            tenths.setMaximumFractionDigits(1);
            return text("monitor.span.days", language, tenths.format((double) seconds / DAY));
        }
        return seconds >= 2 * HOUR
                ? text("monitor.span.hours", language, number(Math.round((double) seconds / HOUR), language))
                : text("monitor.span.minutes", language, number(Math.round((double) seconds / MINUTE), language));
    }

    /** The code by which people know what a procedure is about; of what Ancora does for nobody's case, that it is so. */
    String subject(@Nullable String code, Locale language) {
        return code == null || !TaskSubjects.isSubject(code) ? text("incident.no-case", language) : code;
    }

    /** A span as a figure of a table. */
    Sheet.Cell spanCell(long seconds, Locale language) {
        return Sheet.Cell.span(seconds, span(seconds, language), text("monitor.span.unit", language));
    }

    String day(LocalDate day, LocalDate today, Locale language) {
        return dates.day(day, today, language);
    }

    /** What the last line of a file says that was cut. */
    String cut(Locale language) {
        return text("monitor.cut", language, number(Listing.MOST, language));
    }

    /** The zone of a project; UTC of one that is not known. */
    static ZoneId zone(ProjectFacts.@Nullable Facts project) {
        return project == null ? ZoneOffset.UTC : project.calendar().zone();
    }

    String moment(Instant instant, ZoneId zone, Locale language) {
        return dates.momentAndYear(instant, zone, language);
    }
}
