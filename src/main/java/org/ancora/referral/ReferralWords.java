package org.ancora.referral;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.casework.CaseWords;
import org.ancora.casework.record.CaseRecord.Remembered;
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
    private final OptionWords options;
    private final CaseWords words;
    private final DeadlineWords deadlines;
    private final Projects projects;
    private final Clock clock;

    ReferralWords(
            Referrals referrals,
            Sendings sendings,
            Messages messages,
            OptionWords options,
            CaseWords words,
            DeadlineWords deadlines,
            Projects projects,
            Clock clock) {
        this.referrals = referrals;
        this.sendings = sendings;
        this.messages = messages;
        this.options = options;
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
     * @param phone which of the facts is a number to be called; may be empty
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
            String phone,
            List<SentLine> sent,
            List<ReminderLine> ahead,
            String counted,
            List<PastLine> history,
            boolean finished) {}

    /** A message, how far it got, and what is the matter with it, if anything. */
    record SentLine(String what, Chip state, @Nullable String detail) {}

    /**
     * A follow-up or a reminder, ahead or done.
     *
     * @param kind which of the two, or the project's own kind of follow-up
     * @param state its day while it is ahead, and then who did it when
     * @param due for which day it was planned; empty while the state says so
     * @param words what was found, or what somebody is reminded of
     * @param finish where to say that it is done; null where the reader cannot
     */
    record ReminderLine(
            String kind,
            Chip state,
            String due,
            String words,
            String note,
            @Nullable String finish) {}

    /** With what decides its place: what is ahead comes first, the soonest of it, then the latest that is done. */
    private record Placed(boolean open, Instant at, ReminderLine line) {

        private static final Comparator<Placed> ORDER = Comparator.comparing(Placed::open)
                .reversed()
                .thenComparing(placed -> placed.open()
                        ? placed.at().toEpochMilli()
                        : -placed.at().toEpochMilli());
    }

    /** Something that happened. */
    record PastLine(String when, String by, String what, String words) {}

    /**
     * One referral whole.
     *
     * @param reminders whether its reader may read the case's reminders
     */
    Line line(Referral referral, ProjectOptions of, boolean reminders, Locale locale) {
        return lines(List.of(referral), of, reminders, locale).get(0);
    }

    /**
     * Referrals of one case, in a handful of statements however many they are.
     *
     * @param withReminders whether their reader may read the case's reminders
     */
    List<Line> lines(List<Referral> all, ProjectOptions of, boolean withReminders, Locale locale) {
        if (all.isEmpty()) {
            return List.of();
        }
        List<Long> ids = all.stream().map(Referral::id).toList();
        Map<Long, List<FollowUp>> followUps =
                referrals.followUps(ids).stream().collect(Collectors.groupingBy(FollowUp::referral));
        Map<Long, List<Remembered>> reminders = withReminders ? referrals.reminders(ids) : Map.of();
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
                        of,
                        calendar,
                        sentLines(sent.getOrDefault(referral.id(), List.of()), states, locale),
                        ahead(
                                followUps.getOrDefault(referral.id(), List.of()),
                                reminders.getOrDefault(referral.id(), List.of()),
                                of,
                                calendar,
                                locale),
                        counted(
                                followUps.getOrDefault(referral.id(), List.of()).size(),
                                reminders.getOrDefault(referral.id(), List.of()).size(),
                                locale),
                        history.getOrDefault(referral.id(), List.of()).stream()
                                .map(each -> past(each, of, calendar.zone(), locale))
                                .toList(),
                        locale))
                .toList();
    }

    /** A referral for a short list; nothing is read for it. */
    Line brief(Referral referral, ProjectOptions of, BusinessCalendar calendar, Locale locale) {
        return whole(referral, of, calendar, List.of(), List.of(), "", List.of(), locale);
    }

    private Line whole(
            Referral referral,
            ProjectOptions of,
            BusinessCalendar calendar,
            List<SentLine> sent,
            List<ReminderLine> ahead,
            String counted,
            List<PastLine> history,
            Locale locale) {
        Referral.Ahead next = referral.next();
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
                chip(referral.status(), of, locale),
                referral.outcome() == ClientOutcome.UNKNOWN
                        ? null
                        : Chip.of(tone(referral.outcome()), "user", options.outcome(referral.outcome(), of, locale)),
                next == null ? null : due(next.dueAt(), calendar, locale),
                words.text(
                        "referral.made",
                        locale,
                        words.day(referral.madeAt(), calendar.zone(), locale),
                        referral.madeByName()),
                facts(referral.resource(), locale),
                referral.resource().phone(),
                sent,
                ahead,
                counted,
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
    private Chip chip(ReferralStatus status, ProjectOptions of, Locale locale) {
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
        return Chip.of(tone, icon, options.status(status, of, locale));
    }

    private static Tone tone(ClientOutcome outcome) {
        return switch (outcome) {
            case ATTENDED -> Tone.DONE;
            case NO_SHOW -> Tone.LATE;
            case DECLINED, UNKNOWN -> Tone.PLAIN;
        };
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

    private List<ReminderLine> ahead(
            List<FollowUp> followUps,
            List<Remembered> reminders,
            ProjectOptions of,
            BusinessCalendar calendar,
            Locale locale) {
        return Stream.concat(
                        followUps.stream().map(each -> followUp(each, of, calendar, locale)),
                        reminders.stream().map(each -> reminder(each, calendar, locale)))
                .sorted(Placed.ORDER)
                .map(Placed::line)
                .toList();
    }

    /** "1 follow-up, 2 reminders". */
    private String counted(int followUps, int reminders, Locale locale) {
        String first = words.text("referral.follow-ups.of", locale, followUps);
        return reminders == 0 ? first : first + ", " + words.text("referral.reminders.of", locale, reminders);
    }

    private Placed followUp(FollowUp followUp, ProjectOptions of, BusinessCalendar calendar, Locale locale) {
        ReferralStatus status = followUp.status();
        ClientOutcome outcome = followUp.outcome();
        Instant done = followUp.doneAt();
        Long own = followUp.kind();
        String kind = (own == null ? Optional.<ProjectOption>empty() : of.kind(own))
                .map(each -> each.name().in(locale))
                .orElseGet(() -> words.text("referral.follow-up", locale));
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
            return new Placed(followUp.isOpen(), followUp.dueAt(), new ReminderLine(kind, state, "", "", "", null));
        }
        return new Placed(
                false,
                done,
                new ReminderLine(
                        kind,
                        done(done, followUp.doneByName(), calendar, locale),
                        words.text("referral.was-due", locale, words.day(followUp.dueOn(), calendar.zone(), locale)),
                        found(status, outcome, of, locale),
                        followUp.note(),
                        null));
    }

    private Placed reminder(Remembered reminder, BusinessCalendar calendar, Locale locale) {
        String kind = words.text("referral.reminder", locale);
        Instant done = reminder.doneAt();
        if (done != null) {
            String planned =
                    words.text("referral.was-due", locale, words.day(reminder.dueAt(), calendar.zone(), locale));
            Chip state = done(done, reminder.doneByName(), calendar, locale);
            return new Placed(false, done, new ReminderLine(kind, state, planned, reminder.text(), "", null));
        }
        Instant now = clock.instant();
        String when = deadlines.due(reminder.dueAt(), now, calendar, locale);
        Chip state =
                switch (calendar.standing(reminder.dueAt(), reminder.dueAt(), now)
                        .state()) {
                    case LATE -> Chip.of(Tone.LATE, "alarm", words.text("referral.reminder.late", locale, when));
                    case TODAY -> Chip.of(Tone.SOON, "bell", when);
                    case OPEN, WAITING -> Chip.of(Tone.CALM, "bell", when);
                };
        return new Placed(
                true,
                reminder.dueAt(),
                new ReminderLine(kind, state, "", reminder.text(), "", reminder.path() + "/done"));
    }

    private Chip done(Instant done, @Nullable String by, BusinessCalendar calendar, Locale locale) {
        return Chip.of(
                Tone.DONE,
                "check",
                words.text(
                        "referral.follow-up.done",
                        locale,
                        words.day(done, calendar.zone(), locale),
                        Objects.requireNonNullElse(by, "")));
    }

    private String found(ReferralStatus status, ClientOutcome outcome, ProjectOptions of, Locale locale) {
        return words.text(
                "referral.found", locale, options.status(status, of, locale), options.outcome(outcome, of, locale));
    }

    private PastLine past(HistoryLine line, ProjectOptions of, ZoneId zone, Locale locale) {
        ReferralStatus status = line.status();
        ClientOutcome outcome = line.outcome();
        // These say by themselves where it stands then: "The agency declined: Declined by the agency" says it twice.
        String found = status == null
                        || line.what().equals("agency-accepted")
                        || line.what().equals("agency-declined")
                ? ""
                : outcome == null ? options.status(status, of, locale) : found(status, outcome, of, locale);
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
