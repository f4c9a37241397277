package org.ancora.correspondence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.Channel;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Messages and their states in words. */
@Component
class MessageWords {

    private final MessageSource messages;
    private final Dates dates;
    private final Users users;
    private final Projects projects;

    MessageWords(MessageSource messages, Dates dates, Users users, Projects projects) {
        this.messages = messages;
        this.dates = dates;
        this.users = users;
        this.projects = projects;
    }

    /**
     * A message as a list shows it.
     *
     * @param chip the state in a word
     * @param standing the state in words, "waiting to go out; the server refused at 9:10, next try 9:15"
     * @param detail what the server said, or null
     */
    record Line(
            MessageSummary message,
            String kind,
            String to,
            String queued,
            Chip chip,
            String standing,
            @Nullable String detail) {}

    List<Line> lines(Collection<MessageSummary> summaries, Locale locale) {
        Map<UserId, String> names = users.names(summaries.stream()
                .map(MessageSummary::by)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        var known = projects.withIds(
                summaries.stream().map(MessageSummary::projectId).distinct().toList());
        List<Line> lines = new ArrayList<>();
        for (MessageSummary message : summaries) {
            ZoneId zone = Objects.requireNonNull(known.get(message.projectId()), "its project")
                    .calendar()
                    .zone();
            lines.add(line(message, names, zone, locale));
        }
        return lines;
    }

    /** The message and what is known of it, as the form asks about it; nothing typed by anybody becomes markup. */
    String markdown(MessageSummary message, Locale locale) {
        Line line = lines(List.of(message), locale).get(0);
        StringBuilder text = new StringBuilder("**").append(plain(line.kind)).append("**");
        text.append("  \n").append(plain(line.to));
        if (message.subject() != null) {
            text.append("  \n").append(plain(message.subject()));
        }
        text.append("\n\n").append(plain(line.standing));
        String detail = line.detail;
        if (detail != null && !detail.isBlank()) {
            text.append("  \n").append(plain(detail));
        }
        return text.toString();
    }

    private Line line(MessageSummary message, Map<UserId, String> names, ZoneId zone, Locale locale) {
        String name = message.recipientName();
        String to = name == null || name.isBlank()
                ? message.address()
                : say("correspondence.to", locale, name, message.address());
        return new Line(
                message,
                kind(message, locale),
                to,
                dates.moment(message.createdAt(), zone, locale),
                chip(message, locale),
                standing(message, names, zone, locale),
                detail(message, locale));
    }

    private Chip chip(MessageSummary message, Locale locale) {
        String word = say("message.short." + message.state().code(), locale);
        boolean refused = message.detail() != null;
        return switch (message.state()) {
            case QUEUED ->
                refused && message.nextTry() == null
                        ? Chip.of(Tone.LATE, "alert-triangle", say("message.short.stopped", locale))
                        : Chip.of(refused ? Tone.SOON : Tone.CALM, "clock", word);
            case SENDING -> Chip.of(Tone.CALM, "send", word);
            case SENT -> Chip.of(Tone.DONE, "check", word);
            case UNKNOWN -> Chip.of(Tone.LATE, "help-circle", word);
            case FAILED -> Chip.of(Tone.PLAIN, "x", word);
            case PRINTED -> Chip.of(Tone.SOON, "printer", word);
            case POSTED -> Chip.of(Tone.DONE, "mailbox", word);
            case WRITTEN -> Chip.of(Tone.PLAIN, "file-text", word);
        };
    }

    private String kind(MessageSummary message, Locale locale) {
        String name = messages.getMessage(
                "message.kind." + message.kind(),
                null,
                message.subject() == null ? message.kind() : message.subject(),
                locale);
        String channel = say("message.channel." + message.channel().code(), locale);
        return say("correspondence.kind", locale, Objects.requireNonNullElse(name, message.kind()), channel);
    }

    private String standing(MessageSummary message, Map<UserId, String> names, ZoneId zone, Locale locale) {
        Instant at = message.at();
        if (at == null) {
            return say(
                    "message.state.queued." + (message.letter() != null && isPaper(message) ? "paper" : "new"), locale);
        }
        String when = when(at, zone, locale);
        UserId by = message.by();
        String who = by == null ? "" : names.getOrDefault(by, "");
        return switch (message.state()) {
            case QUEUED -> waiting(message, when, zone, locale);
            case SENDING, SENT, UNKNOWN, WRITTEN ->
                say("message.state." + message.state().code(), locale, when);
            case FAILED, PRINTED, POSTED ->
                by == null
                        ? say("message.state.undeliverable", locale, when)
                        : say("message.state." + message.state().code(), locale, when, who);
        };
    }

    private String waiting(MessageSummary message, String when, ZoneId zone, Locale locale) {
        Instant next = message.nextTry();
        if (message.detail() == null) {
            return say("message.state.queued.again", locale);
        }
        return next == null
                ? say("message.state.queued.stopped", locale, when, message.attempts())
                : say("message.state.queued.refused", locale, when, when(next, zone, locale));
    }

    private @Nullable String detail(MessageSummary message, Locale locale) {
        String detail = message.detail();
        if (detail == null || detail.isBlank()) {
            return null;
        }
        if (message.state() == MessageState.UNKNOWN && detail.equals(Deliveries.INTERRUPTED)) {
            return say("message.detail.interrupted", locale);
        }
        boolean person = message.by() != null;
        return switch (message.state()) {
            case QUEUED, UNKNOWN -> say("message.detail.server", locale, detail);
            case WRITTEN -> say("message.detail.file", locale, detail);
            case FAILED -> say("message.detail." + (person ? "person" : "server"), locale, detail);
            case SENT -> person ? say("message.detail.person", locale, detail) : null;
            case SENDING, PRINTED, POSTED -> null;
        };
    }

    private String when(Instant at, ZoneId zone, Locale locale) {
        return say(
                "correspondence.moment",
                locale,
                dates.day(LocalDate.ofInstant(at, zone), locale),
                dates.hour(at, zone, locale));
    }

    private static boolean isPaper(MessageSummary message) {
        return message.channel() == Channel.POST;
    }

    private String say(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** Takes the meaning out of the characters that markdown and HTML would read. */
    private static String plain(String words) {
        return LetterTemplate.oneLine(words).replaceAll("([\\\\`*_{}\\[\\]()#+!|<>&~-])", "\\\\$1");
    }
}
