package org.ancora.attention.complaint;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Why the day of an answer is another one than before, in whole sentences that anybody may read: nobody's name and nothing that
 * staff wrote down is in them. What staff reads besides is in "why this date?".
 */
@Component
class MovedWords {

    /** Causes by which a date moves although nobody decided on this complaint and wrote to the person. */
    static final Set<String> UNASKED = Set.of(Moved.CALENDAR, Moved.STEERED);

    private final MessageSource messages;
    private final Dates dates;

    MovedWords(MessageSource messages, Dates dates) {
        this.messages = messages;
        this.dates = dates;
    }

    /** The reasons, one sentence each; none for a date that never moved. */
    List<String> of(Deadline deadline, Locale locale) {
        Moved moved = deadline.moved();
        if (moved == null) {
            return List.of();
        }
        if (moved.cause().equals(Moved.CALENDAR)) {
            return days(moved, locale);
        }
        LocalDate stopped = moved.stopped();
        LocalDate resumed = moved.resumed();
        return stopped != null && resumed != null
                ? List.of(say("resumed", locale, dates.longDay(stopped, locale), dates.longDay(resumed, locale)))
                : List.of(say(moved.cause(), locale));
    }

    /** The day that was told before, and the reasons; none for a date that never moved. */
    List<String> withTheDayBefore(Deadline deadline, Locale locale) {
        Moved moved = deadline.moved();
        if (moved == null) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        LocalDate before = LocalDate.ofInstant(moved.due(), deadline.zone());
        said.add(say("before", locale, dates.longDay(before, locale)));
        said.addAll(of(deadline, locale));
        return said;
    }

    private List<String> days(Moved moved, Locale locale) {
        List<String> said = new ArrayList<>();
        moved.off()
                .forEach(day -> said.add(say(
                        "off",
                        locale,
                        dates.longDay(day.day(), locale),
                        day.reason(locale),
                        day.reason().isEmpty() ? 0 : 1)));
        moved.on().forEach(day -> said.add(say("on", locale, dates.longDay(day, locale))));
        return said.isEmpty() ? List.of(say("calendar", locale)) : said;
    }

    private String say(String key, Locale locale, Object... arguments) {
        return messages.getMessage("complaint.moved." + key, arguments, locale);
    }
}
