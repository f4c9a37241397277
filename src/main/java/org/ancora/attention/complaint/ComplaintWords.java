package org.ancora.attention.complaint;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.audit.Activity;
import org.ancora.audit.ActivityLog;
import org.ancora.correspondence.MessageSummary;
import org.ancora.correspondence.Messages;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.web.Chip;
import org.ancora.web.TimelineEntry;
import org.ancora.web.Tone;
import org.ancora.web.WindowBars;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts one complaint into words: where its date stands, what was said and sent, and what comes next. */
@Component
class ComplaintWords {

    private static final int LOGGED = 60;

    private final ComplaintRows rows;
    private final ComplaintClock dates;
    private final Messages letters;
    private final ActivityLog log;
    private final Users users;
    private final WindowBars bars;
    private final Dates days;
    private final MessageSource messages;

    ComplaintWords(
            ComplaintRows rows,
            ComplaintClock dates,
            Messages letters,
            ActivityLog log,
            Users users,
            WindowBars bars,
            Dates days,
            MessageSource messages) {
        this.rows = rows;
        this.dates = dates;
        this.letters = letters;
        this.log = log;
        this.users = users;
        this.bars = bars;
        this.days = days;
        this.messages = messages;
    }

    /** A span in words. */
    public record Span(
            String from,
            @Nullable String to,
            String asked,
            String before,
            @Nullable String after) {}

    /** Something that was said on the way. */
    public record Said(String when, String who, String kind, String text) {}

    /** A letter and what became of it. */
    public record Written(
            String kind,
            String channel,
            String state,
            String when,
            @Nullable String path) {}

    /** A line of the log. */
    public record Logged(String when, String who, String key) {}

    /** Where its date stands: stopped, broken, kept, or as every other date. */
    @Nullable
    Chip chip(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        if (complaint.stage().ended() || !complaint.stage().unanswered()) {
            Instant answered = complaint.answeredAt();
            if (answered == null) {
                return null;
            }
            boolean kept = !answered.isAfter(complaint.terms().due());
            return Chip.of(
                    kept ? Tone.DONE : Tone.LATE,
                    kept ? "circle-check" : "alarm",
                    say(kept ? "complaint.kept" : "complaint.not-kept", locale));
        }
        if (complaint.isStopped()) {
            return Chip.of(Tone.SOON, "player-pause", say("complaint.stands-still", locale));
        }
        return bars.chip(complaint.registeredAt(), complaint.terms().due(), calendar, locale);
    }

    List<Span> spans(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        return rows.pauses(complaint.number()).stream()
                .map(pause -> new Span(
                        day(pause.stoppedAt(), calendar, locale),
                        find(pause.resumedAt(), calendar, locale),
                        pause.askedFor(),
                        day(pause.dueBefore(), calendar, locale),
                        find(pause.dueAfter(), calendar, locale)))
                .toList();
    }

    List<Said> said(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        return rows.words(complaint.number()).stream()
                .map(word -> new Said(
                        days.moment(word.at(), calendar.zone(), locale),
                        Objects.requireNonNullElse(word.by(), "Ancora"),
                        say("complaint.said." + word.kind(), locale),
                        word.text()))
                .toList();
    }

    List<Written> written(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        List<Written> written = new ArrayList<>();
        for (MessageSummary message : letters.ofCase(complaint.number())) {
            written.add(new Written(
                    say("message.kind." + message.kind(), locale),
                    say("message.channel." + message.channel().code(), locale),
                    say("message.short." + message.state().code(), locale),
                    days.moment(message.createdAt(), calendar.zone(), locale),
                    message.letter() == null ? null : "/letters/" + message.letter()));
        }
        return written;
    }

    List<Logged> logged(Complaint complaint, Viewer viewer, BusinessCalendar calendar, Locale locale) {
        return log.forCase(complaint.number(), viewer, ActivityLog.Filter.NONE, null, LOGGED).entries().stream()
                .map(entry -> logged(entry, calendar, locale))
                .toList();
    }

    private Logged logged(Activity entry, BusinessCalendar calendar, Locale locale) {
        return new Logged(
                days.moment(entry.at(), calendar.zone(), locale),
                Objects.requireNonNullElse(entry.byName(), "Ancora"),
                Objects.requireNonNullElse(
                        messages.getMessage(entry.key(), null, entry.action(), locale), entry.action()));
    }

    /** So far and next, with dates. */
    List<TimelineEntry> timeline(Complaint complaint, Deadline promise, BusinessCalendar calendar, Locale locale) {
        List<TimelineEntry> line = new ArrayList<>();
        line.add(TimelineEntry.done(
                day(complaint.registeredAt(), calendar, locale), say("complaint.line.registered", locale)));
        Instant broken = complaint.told().breached();
        if (broken != null) {
            line.add(TimelineEntry.failed(day(broken, calendar, locale), say("complaint.line.broken", locale)));
            List<Deadline> anew = dates.promisedAnew(complaint.number());
            anew.subList(0, Math.max(0, anew.size() - 1))
                    .forEach(each -> line.add(
                            TimelineEntry.failed(day(each.dueDay(), locale), say("complaint.line.broken", locale))));
        }
        Instant answered = complaint.answeredAt();
        if (answered != null) {
            line.add(TimelineEntry.done(day(answered, calendar, locale), say("complaint.line.answered", locale)));
        }
        Instant ended = complaint.endedAt();
        if (ended != null) {
            line.add(TimelineEntry.done(
                    day(ended, calendar, locale),
                    say("complaint.stage." + complaint.stage().code(), locale)));
            return line;
        }
        line.add(TimelineEntry.present(
                "", say("complaint.stage." + complaint.stage().code(), locale)));
        if (complaint.stage().unanswered() && !complaint.isStopped()) {
            String newDay = find(complaint.told().newDue(), calendar, locale);
            if (!complaint.isBroken()) {
                line.add(TimelineEntry.next(
                        days.dayAndYear(promise.dueDay(), locale), say("complaint.line.due", locale)));
            } else if (newDay != null) {
                line.add(TimelineEntry.next(newDay, say("complaint.line.new-date", locale)));
            }
        }
        return line;
    }

    /** Who answers where nobody is named: nobody before it is routed, then whoever of the unit takes it. */
    String unit(Complaint complaint, Locale locale) {
        return say(
                complaint.stage() == ComplaintStage.ROUTING ? "complaint.nobody-yet" : "complaint.whole-unit", locale);
    }

    /**
     * How somebody learns anything to whom nothing can be written.
     *
     * @param number where they can be called; empty without one
     */
    String onlyTold(String number, Locale locale) {
        return number.isEmpty()
                ? say("complaint.letters.no-way", locale)
                : messages.getMessage("complaint.letters.by-phone", new Object[] {number}, locale);
    }

    @Nullable
    String worker(@Nullable UserId id) {
        return id == null ? null : users.names(List.of(id)).get(id);
    }

    String day(LocalDate day, Locale locale) {
        return days.dayAndYear(day, locale);
    }

    String day(Instant instant, BusinessCalendar calendar, Locale locale) {
        return day(ComplaintClock.day(instant, calendar), locale);
    }

    @Nullable
    String find(@Nullable Instant instant, BusinessCalendar calendar, Locale locale) {
        return Optional.ofNullable(instant)
                .map(found -> day(found, calendar, locale))
                .orElse(null);
    }

    String say(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
