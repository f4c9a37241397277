package org.ancora.referral;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.casework.CaseWords;
import org.ancora.correspondence.MessageId;
import org.ancora.correspondence.MessageState;
import org.ancora.correspondence.MessageSummary;
import org.ancora.correspondence.Messages;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.DeadlineWords;
import org.ancora.web.Chip;
import org.ancora.web.Option;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Referrals, their follow-ups, messages and history in words. */
@Component
class ReferralWords {

    private final Referrals referrals;
    private final Sendings sendings;
    private final Messages messages;
    private final CaseWords words;
    private final DeadlineWords deadlines;
    private final Projects projects;
    private final Clock clock;

    ReferralWords(
            Referrals referrals,
            Sendings sendings,
            Messages messages,
            CaseWords words,
            DeadlineWords deadlines,
            Projects projects,
            Clock clock) {
        this.referrals = referrals;
        this.sendings = sendings;
        this.messages = messages;
        this.words = words;
        this.deadlines = deadlines;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * A referral as pages show it.
     *
     * @param outcome what the client did, or null while nobody knows
     * @param next when it is followed up, or null once nothing is left to do
     * @param facts where the service is and how to reach it
     * @param sent what was written about it
     */
    record Line(
            long id,
            String path,
            String code,
            String casePath,
            String reference,
            String title,
            String need,
            String term,
            String note,
            Chip status,
            @Nullable Chip outcome,
            @Nullable Chip next,
            String made,
            List<String> facts,
            List<SentLine> sent,
            List<FollowUpLine> followUps,
            List<PastLine> history,
            boolean finished) {}

    /** A message, how far it got, and what is the matter with it, if anything. */
    record SentLine(String what, Chip state, @Nullable String detail) {}

    /** A follow-up: its day and how it stands, and what was found. */
    record FollowUpLine(Chip state, String found, String note) {}

    /** Something that happened. */
    record PastLine(String when, String by, String what, String words) {}

    /** One referral whole. */
    Line line(Referral referral, Locale locale) {
        return lines(List.of(referral), locale).get(0);
    }

    /** Referrals of one case, in a handful of statements however many they are. */
    List<Line> lines(List<Referral> all, Locale locale) {
        if (all.isEmpty()) {
            return List.of();
        }
        List<Long> ids = all.stream().map(Referral::id).toList();
        Map<Long, List<FollowUp>> followUps =
                referrals.followUps(ids).stream().collect(Collectors.groupingBy(FollowUp::referral));
        Map<Long, List<HistoryLine>> history =
                referrals.history(ids).stream().collect(Collectors.groupingBy(HistoryLine::referral));
        Map<Long, List<Sending>> sent = sendings.of(ids).stream().collect(Collectors.groupingBy(Sending::referral));
        Map<MessageId, MessageSummary> states = sent.isEmpty()
                ? Map.of()
                : messages.ofCase(all.get(0).caseCode()).stream()
                        .collect(Collectors.toMap(MessageSummary::id, message -> message));
        BusinessCalendar calendar = projects.calendar(all.get(0).project());
        return all.stream()
                .map(referral -> whole(
                        referral,
                        calendar,
                        sentLines(sent.getOrDefault(referral.id(), List.of()), states, locale),
                        followUps.getOrDefault(referral.id(), List.of()).stream()
                                .map(each -> followUp(each, calendar, locale))
                                .toList(),
                        history.getOrDefault(referral.id(), List.of()).stream()
                                .map(each -> past(each, calendar.zone(), locale))
                                .toList(),
                        locale))
                .toList();
    }

    /** A referral for a short list; nothing is read for it. */
    Line brief(Referral referral, BusinessCalendar calendar, Locale locale) {
        return whole(referral, calendar, List.of(), List.of(), List.of(), locale);
    }

    private Line whole(
            Referral referral,
            BusinessCalendar calendar,
            List<SentLine> sent,
            List<FollowUpLine> followUps,
            List<PastLine> history,
            Locale locale) {
        Referral.Ahead ahead = referral.next();
        return new Line(
                referral.id(),
                referral.path(),
                referral.caseCode(),
                "/cases/" + referral.caseCode(),
                referral.reference(),
                referral.resource().title(),
                referral.need().words(),
                referral.need().term(),
                referral.need().note(),
                chip(referral.status(), locale),
                referral.outcome() == ClientOutcome.UNKNOWN
                        ? null
                        : Chip.of(tone(referral.outcome()), "user", outcome(referral.outcome(), locale)),
                ahead == null ? null : due(ahead.dueAt(), calendar, locale),
                words.text(
                        "referral.made",
                        locale,
                        words.day(referral.madeAt(), calendar.zone(), locale),
                        referral.madeByName()),
                facts(referral.resource(), locale),
                sent,
                followUps,
                history,
                referral.isFinished());
    }

    /** "today, end of day", "Late: end of Tue 24 Nov". */
    private Chip due(Instant due, BusinessCalendar calendar, Locale locale) {
        Instant now = clock.instant();
        String when = deadlines.due(due, now, calendar, locale);
        return switch (calendar.standing(due, due, now).state()) {
            case LATE -> Chip.of(Tone.LATE, "alarm", words.text("referral.next.late", locale, when));
            case TODAY -> Chip.of(Tone.SOON, "calendar-event", words.text("referral.next", locale, when));
            case OPEN, WAITING -> Chip.of(Tone.CALM, "calendar-event", words.text("referral.next", locale, when));
        };
    }

    /** Where it stands, in its colour. */
    Chip chip(ReferralStatus status, Locale locale) {
        Tone tone =
                switch (status) {
                    case DRAFT, CANCELLED, ENTERED_IN_ERROR -> Tone.PLAIN;
                    case SENT -> Tone.SOON;
                    case ACCEPTED, IN_PROGRESS -> Tone.CALM;
                    case COMPLETED -> Tone.DONE;
                    case REJECTED, FAILED -> Tone.LATE;
                };
        String icon =
                switch (status) {
                    case DRAFT -> "pencil";
                    case SENT -> "send";
                    case ACCEPTED, COMPLETED -> "check";
                    case IN_PROGRESS -> "progress";
                    case REJECTED, FAILED, CANCELLED, ENTERED_IN_ERROR -> "x";
                };
        return Chip.of(tone, icon, status(status, locale));
    }

    private static Tone tone(ClientOutcome outcome) {
        return switch (outcome) {
            case ATTENDED -> Tone.DONE;
            case NO_SHOW -> Tone.LATE;
            case DECLINED, UNKNOWN -> Tone.PLAIN;
        };
    }

    String status(ReferralStatus status, Locale locale) {
        return words.text("referral.status." + status.code(), locale);
    }

    String outcome(ClientOutcome outcome, Locale locale) {
        return words.text("referral.outcome." + outcome.code(), locale);
    }

    /** The statuses that may be recorded now. */
    List<Option> statuses(Referral referral, Locale locale) {
        return Referrals.possible(referral).stream()
                .map(status -> new Option(status.code(), status(status, locale)))
                .toList();
    }

    List<Option> outcomes(Locale locale) {
        return Stream.of(ClientOutcome.values())
                .map(outcome -> new Option(outcome.code(), outcome(outcome, locale)))
                .toList();
    }

    /** "In 2 weeks, Mon 7 Dec": what the quick choices come to, days off considered; then a day of one's own. */
    List<Option> days(BusinessCalendar calendar, Locale locale) {
        LocalDate today = words.today(calendar.zone());
        List<Option> days = new ArrayList<>();
        for (Soon soon : Soon.values()) {
            String day = words.day(soon.from(today, calendar), calendar.zone(), locale);
            days.add(new Option(soon.code(), words.text("referral.when." + soon.code(), locale, day)));
        }
        days.add(new Option("day", words.text("referral.when.day", locale)));
        return days;
    }

    private List<String> facts(Resource resource, Locale locale) {
        List<String> facts = new ArrayList<>(Stream.of(
                        resource.location(),
                        resource.address(),
                        resource.phone(),
                        resource.email(),
                        resource.website(),
                        resource.schedule())
                .filter(fact -> !fact.isBlank())
                .toList());
        if (resource.confidential()) {
            facts.add(words.text("referral.confidential", locale));
        }
        LocalDate assured = resource.assuredOn();
        if (assured != null) {
            facts.add(words.text("referral.assured", locale, words.dayAndYear(assured, locale)));
        }
        return facts;
    }

    private List<SentLine> sentLines(Collection<Sending> sent, Map<MessageId, MessageSummary> states, Locale locale) {
        return sent.stream().map(each -> sentLine(each, states, locale)).toList();
    }

    private SentLine sentLine(Sending sending, Map<MessageId, MessageSummary> states, Locale locale) {
        String what = words.text(
                "referral.sent." + sending.recipient().code() + "-"
                        + sending.channel().code(),
                locale);
        if (sending.refused() != null) {
            return new SentLine(
                    what,
                    Chip.of(Tone.LATE, "ban", words.text("referral.sent.refused", locale)),
                    words.text("referral.sent.why", locale, why(sending.refused(), locale)));
        }
        MessageId id = sending.message();
        MessageSummary message = id == null ? null : states.get(id);
        if (message == null) {
            return new SentLine(what, Chip.of(Tone.CALM, "clock", words.text("referral.sent.waiting", locale)), null);
        }
        return new SentLine(what, chip(message, locale), detail(message, locale));
    }

    /** As the case's letters and messages show it. */
    private Chip chip(MessageSummary message, Locale locale) {
        boolean stopped =
                message.state() == MessageState.QUEUED && message.detail() != null && message.nextTry() == null;
        String word = words.text(
                "message.short." + (stopped ? "stopped" : message.state().code()), locale);
        return switch (message.state()) {
            case QUEUED, SENDING ->
                Chip.of(stopped ? Tone.LATE : message.detail() == null ? Tone.CALM : Tone.SOON, "clock", word);
            case SENT, POSTED -> Chip.of(Tone.DONE, "check", word);
            case UNKNOWN, FAILED -> Chip.of(Tone.LATE, "alert-triangle", word);
            case PRINTED -> Chip.of(Tone.SOON, "printer", word);
            case WRITTEN -> Chip.of(Tone.PLAIN, "file-text", word);
        };
    }

    private @Nullable String detail(MessageSummary message, Locale locale) {
        return switch (message.state()) {
            case QUEUED -> message.detail() == null ? null : words.text("referral.sent.refused-by-server", locale);
            case UNKNOWN -> words.text("referral.sent.unknown", locale);
            case FAILED -> words.text("referral.sent.failed", locale);
            case WRITTEN -> words.text("referral.sent.written", locale);
            case SENDING, SENT, PRINTED, POSTED -> null;
        };
    }

    /** Why a way may not be used, in words. */
    String why(String code, Locale locale) {
        return words.text("why." + code, locale, "").strip();
    }

    private FollowUpLine followUp(FollowUp followUp, BusinessCalendar calendar, Locale locale) {
        ReferralStatus status = followUp.status();
        ClientOutcome outcome = followUp.outcome();
        Instant done = followUp.doneAt();
        if (done == null || status == null || outcome == null) {
            Chip state = followUp.dropped()
                    ? Chip.of(
                            Tone.PLAIN,
                            "calendar-off",
                            words.text(
                                    "referral.follow-up.dropped",
                                    locale,
                                    words.day(followUp.dueOn(), calendar.zone(), locale)))
                    : due(followUp.dueAt(), calendar, locale);
            return new FollowUpLine(state, "", "");
        }
        String state = words.text(
                "referral.follow-up.done",
                locale,
                words.day(done, calendar.zone(), locale),
                Objects.requireNonNullElse(followUp.doneByName(), ""));
        return new FollowUpLine(
                Chip.of(Tone.DONE, "check", state),
                words.text("referral.found", locale, status(status, locale), outcome(outcome, locale)),
                followUp.note());
    }

    private PastLine past(HistoryLine line, ZoneId zone, Locale locale) {
        ReferralStatus status = line.status();
        ClientOutcome outcome = line.outcome();
        String found = status == null
                ? ""
                : outcome == null
                        ? status(status, locale)
                        : words.text("referral.found", locale, status(status, locale), outcome(outcome, locale));
        return new PastLine(
                words.moment(line.at(), zone, locale),
                line.by().isBlank() ? words.text(byNobody(line), locale) : line.by(),
                words.text("referral.history." + line.what(), locale) + (found.isEmpty() ? "" : ": " + found),
                line.words());
    }

    private static String byNobody(HistoryLine line) {
        return line.what().startsWith("agency-") || line.what().equals("client-shown")
                ? "referral.by-agency"
                : "referral.by-ancora";
    }
}
