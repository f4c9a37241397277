package org.ancora.engagement;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.casework.CaseWords;
import org.springframework.context.MessageSource;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;

/** Puts attempts to reach somebody into words. */
@Component
class AttemptWords {

    private static final String NO_CHANNEL = "none";
    private static final String AWAY = "away";

    /** Where clients can be who are away, as the shipped form has it; an owner may have added others. */
    private static final Set<String> WHEREABOUTS = Set.of("hospital", "custody", "away");

    private static final Set<String> TOLD = Set.of("supervisor", AWAY, "search", "group-service");

    private static final Map<String, String> ICONS = Map.of(
            "call-main", "phone",
            "call-alternate", "phone",
            "call", "phone",
            "phone", "phone",
            "in-person", "walk",
            "answer", "message-reply",
            "voicemail", "microphone",
            "sms", "message",
            "email", "mail",
            "visit", "walk");

    private final MessageSource messages;
    private final CaseWords words;

    AttemptWords(MessageSource messages, CaseWords words) {
        this.messages = messages;
        this.words = words;
    }

    /** An attempt as one line of a list; {@code point}, {@code reason} and {@code note} may be empty. */
    record Line(
            String icon,
            String when,
            String place,
            String channel,
            String point,
            String outcome,
            String reason,
            String note,
            String by) {}

    Line line(Glance.Attempt told, ZoneId zone, Locale language) {
        ContactAttempt attempt = told.attempt();
        return new Line(
                ICONS.getOrDefault(attempt.channel(), "message-off"),
                words.moment(attempt.attemptedAt(), zone, language),
                place(attempt, language),
                text(
                        language,
                        List.of(
                                "attempt.channel." + attempt.channel() + "." + attempt.outcome(),
                                "attempt.channel." + attempt.channel(),
                                "attempt.channel.other")),
                Objects.requireNonNullElse(told.point(), ""),
                text(
                        language,
                        List.of(
                                "attempt.outcome." + attempt.outcome() + "." + attempt.reason(),
                                "attempt.outcome." + attempt.outcome(),
                                "attempt.outcome.other")),
                // Where a client is who is away is kept as a code, and told by the outcome where it is one of ours.
                attempt.outcome().equals(AWAY) && WHEREABOUTS.contains(attempt.reason()) ? "" : attempt.reason(),
                attempt.note(),
                told.by());
    }

    /** Whether a decision is told beside the attempts: what changed the way or the dates of a search. */
    boolean tells(EpisodeDecision decision) {
        return TOLD.contains(decision.kind()) && !(decision.kind().equals(AWAY) && decision.until() == null);
    }

    /** "the supervisor: hold until Mon 14 Dec", without the reason. */
    String decision(EpisodeDecision decision, ZoneId zone, Locale language) {
        Instant until = decision.until();
        return text(
                language,
                List.of(
                        "engagement.decision." + decision.kind() + "." + decision.decision(),
                        "engagement.decision." + decision.kind()),
                until == null ? "" : words.day(until, zone, language));
    }

    /** "first round", "family contact". */
    String place(ContactAttempt attempt, Locale language) {
        return text(
                language, List.of("attempt.place." + attempt.place(), "attempt.place.other"), (Object) attempt.round());
    }

    /** "no answer, text sent", of attempts that belong together, the earliest first. */
    String summary(List<ContactAttempt> attempts, Locale language) {
        List<ContactAttempt> tried = attempts.stream()
                .filter(attempt -> !attempt.channel().equals(NO_CHANNEL))
                .toList();
        return (tried.isEmpty() ? attempts : tried)
                .stream().map(attempt -> brief(attempt, language)).distinct().collect(Collectors.joining(", "));
    }

    private String brief(ContactAttempt attempt, Locale language) {
        return text(
                language,
                Stream.of(attempt.channel() + "." + attempt.outcome(), attempt.outcome(), "other")
                        .map("attempt.brief."::concat)
                        .toList());
    }

    private String text(Locale language, List<String> keys, Object... arguments) {
        return messages.getMessage(
                new DefaultMessageSourceResolvable(keys.toArray(String[]::new), arguments), language);
    }
}
