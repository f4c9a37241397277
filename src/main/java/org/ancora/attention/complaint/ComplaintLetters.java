package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.BY_POST;
import static org.ancora.attention.complaint.ComplaintProcess.CONFIRM_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.END_REASON;
import static org.ancora.attention.complaint.ComplaintProcess.POST_DUE;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.audit.Audited;
import org.ancora.casework.Channel;
import org.ancora.correspondence.Addressee;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.LinkMaker;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.correspondence.OpenLetter;
import org.ancora.process.StepContext;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What the person is told: in their language, by the way in which they asked, each once. Whoever left neither e-mail nor
 * address is called: the agents are told so.
 */
@Component
class ComplaintLetters {

    static final LetterKind ACKNOWLEDGED = kind("complaint-acknowledged");
    static final LetterKind NEW_DATE = kind("complaint-new-date");
    static final LetterKind MOVED = kind("complaint-moved");
    static final LetterKind EXTENDED = kind("complaint-extended");
    static final LetterKind INFORMATION_NEEDED = kind("complaint-information-needed");
    static final LetterKind RESUMED = kind("complaint-resumed");
    static final LetterKind ANSWER = kind("complaint-answer");

    /** Whoever asked for nothing may write anything; an address that is none is no way to reach them. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;:<>\"()]+@[^\\s@,;:<>\"()]+\\.[^\\s@,;:<>\"().]+");

    private final Letters letters;
    private final ComplaintRows rows;
    private final ComplaintClock promises;
    private final EarlierHands earlier;
    private final Petitions petitions;
    private final Notices notices;
    private final MessageSource messages;
    private final MovedWords reasons;
    private final Dates dates;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ComplaintLetters(
            Letters letters,
            ComplaintRows rows,
            ComplaintClock promises,
            EarlierHands earlier,
            Petitions petitions,
            Notices notices,
            MessageSource messages,
            MovedWords reasons,
            Dates dates,
            ApplicationEventPublisher events,
            Clock clock) {
        this.letters = letters;
        this.rows = rows;
        this.promises = promises;
        this.earlier = earlier;
        this.petitions = petitions;
        this.notices = notices;
        this.messages = messages;
        this.reasons = reasons;
        this.dates = dates;
        this.events = events;
        this.clock = clock;
    }

    /** Number and promised date, by the person's channel. */
    void acknowledge(StepContext step) {
        Complaint complaint = get(step);
        tell(complaint, ACKNOWLEDGED, Map.of(), "acknowledged", null);
    }

    /** The promise is broken, once more perhaps: said as it is, with the new date. Nothing is said twice of one day. */
    void newDate(StepContext step) {
        Complaint complaint = get(step);
        Instant newDue = complaint.told().newDue();
        if (newDue != null && complaint.stage().unanswered()) {
            int times = promises.promisedAnew(complaint.number()).size();
            tell(
                    complaint,
                    NEW_DATE,
                    Map.of(
                            "due", longDay(complaint, promises.brokenLast(complaint)),
                            "newDate", longDay(complaint, newDue)),
                    times == 1 ? "new-date" : "new-date/" + times,
                    null);
        }
    }

    /**
     * The day moved without anybody deciding on this one: with the day before and why. Says nothing where somebody decided, for
     * then the person reads their reason, nor where no day is promised just now.
     *
     * @param after the promise as it stands now
     */
    void moved(Complaint complaint, Deadline after) {
        Moved moved = after.moved();
        if (moved == null
                || !MovedWords.UNASKED.contains(moved.cause())
                || complaint.isStopped()
                || !complaint.stage().unanswered()) {
            return;
        }
        Locale language = person(complaint).language();
        tell(
                complaint,
                MOVED,
                Map.of(
                        "before", longDay(complaint, moved.due()),
                        "due", longDay(complaint, after.due()),
                        "reasons", lines(String.join("\n", reasons.of(after, language)))),
                "moved/" + complaint.version(),
                null);
    }

    /** The clock goes on, with both dates. */
    void resumed(StepContext step) {
        Complaint complaint = get(step);
        List<ComplaintRows.Pause> pauses = rows.pauses(complaint.number());
        ComplaintRows.Pause last = pauses.get(pauses.size() - 1);
        Instant resumed = Objects.requireNonNullElseGet(last.resumedAt(), clock::instant);
        tell(
                complaint,
                RESUMED,
                Map.of(
                        "stoppedOn", longDay(complaint, last.stoppedAt()),
                        "resumedOn", longDay(complaint, resumed),
                        "before", longDay(complaint, last.dueBefore())),
                "resumed/" + pauses.size(),
                null);
    }

    /** What the person must supply, and by when. */
    void askFor(Complaint complaint, String needed, Instant until, UserId by) {
        tell(
                complaint,
                INFORMATION_NEEDED,
                Map.of("needed", lines(needed), "until", longDay(complaint, until)),
                "asked/" + rows.pauses(complaint.number()).size(),
                by);
    }

    /** More time was taken, and why. */
    void extended(Complaint complaint, Instant before, String reason, UserId by) {
        tell(
                complaint,
                EXTENDED,
                // As one text too: letters of procedures that were begun before keep their own words.
                Map.of("before", longDay(complaint, before), "reason", reason, "reasons", lines(reason)),
                "extended/" + complaint.version(),
                by);
    }

    /** The answer as it was approved: by e-mail, or on paper for somebody to post, or for somebody to tell. */
    void sendAnswer(StepContext step) {
        Complaint complaint = get(step);
        Map<String, Object> values = Map.of(
                "answer",
                lines(Objects.requireNonNullElse(complaint.answer(), "")),
                "somebodyElse",
                earlier.othersWouldBeThere(complaint.number(), complaint.project()));
        boolean byEmail = tell(complaint, ANSWER, values, "answer/" + step.visit(), null)
                .filter(Channel.EMAIL::equals)
                .isPresent();
        BusinessCalendar calendar = promises.calendar(complaint);
        int days = complaint.terms().stepDays();
        step.set(BY_POST, !byEmail);
        step.set(POST_DUE, due(promises.within(complaint.number(), "post", calendar, days)));
        step.set(CONFIRM_DUE, due(promises.within(complaint.number(), "confirm", calendar, 2 * days)));
        if (byEmail) {
            rows.answered(complaint.number(), ComplaintStage.CONFIRMING, clock.instant());
        } else {
            rows.stage(complaint.number(), ComplaintStage.POSTING);
        }
    }

    /** Withdrawn, merged or sent elsewhere: the person reads what was done. */
    void ending(StepContext step) {
        ended(get(step), step.get(END_REASON), null);
    }

    /**
     * The same where no procedure is left that would tell it.
     *
     * @param reason code of the stage at which it ended
     */
    void ended(Complaint complaint, String reason, @Nullable UserId by) {
        Complaint.Links links = complaint.links();
        Map<String, Object> values = new HashMap<>(standing(complaint, links.mergedInto()));
        values.put("other", Objects.requireNonNullElse(links.mergedInto(), ""));
        values.put("institution", Objects.requireNonNullElse(links.redirectedTo(), ""));
        tell(complaint, kind("complaint-" + reason), values, reason, by);
    }

    /**
     * By when the one is answered with which another was merged: the day that is promised now, be it a new one after a broken
     * promise. None is named while its clock stands still (J42).
     *
     * @param into its number, or null
     */
    private Map<String, Object> standing(Complaint merged, @Nullable String into) {
        Optional<Complaint> other = Optional.ofNullable(into).flatMap(rows::find);
        Optional<Complaint> awaited = other.filter(
                complaint -> complaint.answeredAt() == null && complaint.stage().unanswered());
        return Map.of(
                "otherDue",
                awaited.filter(complaint -> !complaint.isStopped())
                        .map(complaint ->
                                longDay(merged, promises.standing(complaint).due()))
                        .orElse(""),
                "otherAnswered",
                other.map(Complaint::answeredAt)
                        .map(answered -> longDay(merged, answered))
                        .orElse(""),
                "otherWaits",
                awaited.filter(Complaint::isStopped).isPresent());
    }

    private static List<Map<String, String>> lines(String text) {
        return Arrays.stream(text.strip().split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> Map.of("line", line))
                .toList();
    }

    private Optional<Channel> tell(
            Complaint complaint, LetterKind kind, Map<String, ?> values, String once, @Nullable UserId by) {
        Petition petition = petitions.byNumber(complaint.number());
        Petitioner person = petitions.petitioner(petition.petitioner());
        Optional<Channel> way = way(petition, person);
        String key = complaint.number() + "/" + once + "/" + kind.name();
        if (way.isPresent() && isWritten(kind, person.language())) {
            letters.send(letter(complaint, petition, person, kind, way.get(), values, key, by));
        } else if (!kind.equals(ACKNOWLEDGED) || !wasToldAtOnce(complaint, petition)) {
            notices.tell(
                    Role.AGENT,
                    NewNotice.of(
                            callable(person).isEmpty() ? "complaint-tell" : "complaint-call",
                            complaint.project(),
                            complaint.number(),
                            "call/" + key,
                            "key:message.kind." + kind.name()));
            events.publishEvent(Audited.ofCase("complaint.to-be-called", complaint.project(), complaint.number(), by)
                    .with("message", kind.name()));
        }
        return way;
    }

    /** At the desk and on the telephone number and date were said before anybody left (J37, J74); nobody says them again. */
    private static boolean wasToldAtOnce(Complaint complaint, Petition petition) {
        return complaint.links().appealOf() == null
                && (petition.channel() == PetitionChannel.IN_PERSON || petition.channel() == PetitionChannel.PHONE);
    }

    /** Whoever keeps letters of their own may have none of a kind that came later: then somebody calls. */
    private boolean isWritten(LetterKind kind, Locale language) {
        return !kind.equals(MOVED) || letters.has(kind, language);
    }

    private OpenLetter letter(
            Complaint complaint,
            Petition petition,
            Petitioner person,
            LetterKind kind,
            Channel way,
            Map<String, ?> values,
            String key,
            @Nullable UserId by) {
        Map<String, Object> all = new HashMap<>();
        all.put("number", complaint.number());
        all.put("personName", person.name());
        all.put("kind", word("complaint.letter.", petition, person));
        all.put("toKind", word("complaint.letter.to.", petition, person));
        all.put("willCall", !callable(person).isEmpty());
        all.put("answered", complaint.answeredAt() != null);
        // Nobody types such an address from paper; whoever has only that calls, or has the code on the receipt.
        all.put(
                "statusLink",
                way == Channel.EMAIL
                        ? LinkMaker.place(StatusLinks.PURPOSE, petition.id().value())
                        : "");
        all.put("mayAppeal", petition.level().above().isPresent());
        all.put("appealOf", Objects.requireNonNullElse(complaint.links().appealOf(), ""));
        all.put("somebodyElse", !earlier.isLeftToThem(complaint.number(), complaint.project(), Set.of(Role.UNIT)));
        all.put("registeredOn", longDay(complaint, complaint.registeredAt()));
        all.put("due", longDay(complaint, complaint.terms().due()));
        all.put("firstDue", longDay(complaint, complaint.terms().firstDue()));
        all.putAll(values);
        return new OpenLetter(
                kind,
                complaint.number(),
                complaint.project(),
                new Addressee(
                        person.name(),
                        way == Channel.EMAIL ? person.email().strip() : person.address(),
                        person.language()),
                way,
                all,
                key,
                by);
    }

    private String word(String prefix, Petition petition, Petitioner person) {
        return messages.getMessage(prefix + petition.kind().code(), null, person.language());
    }

    /** The number at which the person can be called; empty without one. */
    static String callable(Petitioner person) {
        return person.phone().isBlank()
                ? person.callBackNumber().strip()
                : person.phone().strip();
    }

    /** How the person is written to, if at all. Whoever wrote on paper is answered on paper. */
    static Optional<Channel> way(Petition petition, Petitioner person) {
        boolean email = EMAIL.matcher(person.email().strip()).matches();
        boolean address = !person.address().isBlank();
        if (address && (petition.channel() == PetitionChannel.LETTERBOX || !email)) {
            return Optional.of(Channel.POST);
        }
        return email ? Optional.of(Channel.EMAIL) : Optional.empty();
    }

    private Complaint get(StepContext step) {
        return rows.find(step.caseCode()).orElseThrow();
    }

    private String longDay(Complaint complaint, Instant instant) {
        LocalDate day = ComplaintClock.day(instant, promises.calendar(complaint));
        return dates.longDay(day, person(complaint).language());
    }

    private Petitioner person(Complaint complaint) {
        return petitions.petitioner(petitions.byNumber(complaint.number()).petitioner());
    }

    private static Instant due(Deadline deadline) {
        return deadline.due();
    }

    private static LetterKind kind(String name) {
        return new LetterKind(ComplaintProcess.FOLDER, name);
    }
}
