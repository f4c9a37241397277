package org.ancora.process.task;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Viewer;
import org.ancora.process.task.Outlook.OutlookEntry;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.TimelineEntry;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** "So far and next" of a case in words, from whichever modules know the procedure; for the task page and for cases. */
@Component
public class OutlookWords {

    private final ObjectProvider<Outlook> outlooks;
    private final MessageSource messages;
    private final Dates dates;
    private final Clock clock;

    OutlookWords(ObjectProvider<Outlook> outlooks, MessageSource messages, Dates dates, Clock clock) {
        this.outlooks = outlooks;
        this.messages = messages;
        this.dates = dates;
        this.clock = clock;
    }

    /**
     * The lines of a case's procedure; empty when no module knows it.
     *
     * @param processKey the procedure at the top
     * @param task the task that is being looked at, or null
     * @param zone the project's
     */
    public List<TimelineEntry> entries(
            String processKey, String caseCode, @Nullable TaskContext task, Viewer viewer, ZoneId zone) {
        Locale language = viewer.locale();
        return outlooks.stream()
                .filter(outlook -> outlook.concerns(processKey))
                .flatMap(outlook -> outlook.entries(caseCode, task, viewer).stream())
                .map(entry -> words(entry, zone, language))
                .toList();
    }

    private TimelineEntry words(OutlookEntry entry, ZoneId zone, Locale language) {
        TimelineEntry words = new TimelineEntry(
                entry.state().name().toLowerCase(Locale.ROOT),
                when(entry.from(), entry.to(), zone, language),
                messages.getMessage(entry.key(), entry.arguments().toArray(), language),
                null);
        String tag = entry.tagKey();
        return tag == null ? words : words.with(Chip.of(Tone.LATE, "flag", messages.getMessage(tag, null, language)));
    }

    private @Nullable String when(@Nullable Instant from, @Nullable Instant to, ZoneId zone, Locale language) {
        if (from == null) {
            return null;
        }
        String first = day(from, zone, language);
        String last = to == null ? first : day(to, zone, language);
        String when = first.equals(last) ? first : first + " – " + last;
        return when.substring(0, 1).toUpperCase(language) + when.substring(1);
    }

    private String day(Instant instant, ZoneId zone, Locale language) {
        return dates.relative(LocalDate.ofInstant(instant, zone), LocalDate.ofInstant(clock.instant(), zone), language);
    }
}
