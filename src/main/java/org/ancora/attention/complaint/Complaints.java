package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.END_REASON;
import static org.ancora.attention.complaint.ComplaintProcess.INFO_DUE;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.access.Walls;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionRegistered;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.audit.Audited;
import org.ancora.process.DeadlineMoved;
import org.ancora.process.NotWaiting;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.ancora.web.Problem;
import org.ancora.web.RequestKey;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What may be done with an answer on its way, beside its tasks. Every change is one transaction with its procedure. */
@Service
class Complaints {

    private final ComplaintRows rows;
    private final ComplaintClock dates;
    private final ComplaintLetters letters;
    private final Appeals appeals;
    private final Processes processes;
    private final Petitions petitions;
    private final Walls walls;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Complaints(
            ComplaintRows rows,
            ComplaintClock dates,
            ComplaintLetters letters,
            Appeals appeals,
            Processes processes,
            Petitions petitions,
            Walls walls,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.dates = dates;
        this.letters = letters;
        this.appeals = appeals;
        this.processes = processes;
        this.petitions = petitions;
        this.walls = walls;
        this.events = events;
        this.clock = clock;
    }

    /** Begins with what was registered and not solved at once; whoever it is about is walled off already (J-R12). */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(PetitionRegistered registered) {
        Petition petition = registered.petition();
        processes.start(
                ComplaintProcess.KEY,
                petition.number(),
                petition.project(),
                Variables.of(ComplaintProcess.UNIT_WORKER, null)
                        .and(ComplaintProcess.APPROVED, false)
                        .and(ComplaintProcess.BY_POST, false)
                        .and(ComplaintProcess.APPEALED, false)
                        .and(ComplaintProcess.END_REASON, ""));
    }

    /**
     * The promise moved, be it by the calendar: the petition, the lists and the status page follow. Whoever moves it for this
     * one writes to the person with the reason; where nobody does, that is done here (X1). Whoever sets the day by hand is held
     * to the legal cap like whoever puts the answer off (J-R1).
     *
     * @throws Problem 409 for a day set by hand beyond the cap
     */
    @EventListener
    public void on(DeadlineMoved moved) {
        boolean answer = moved.label().equals(ComplaintClock.ANSWER);
        if (!answer && !moved.label().equals(ComplaintClock.NEW_DATE)) {
            return;
        }
        rows.find(moved.caseCode()).ifPresent(complaint -> {
            if (answer) {
                if (isSetByHand(moved.after()) && dates.isBeyondLastDay(complaint, moved.after())) {
                    throw new Problem(HttpStatus.CONFLICT, "complaint.steered.beyond-cap");
                }
                dates.follow(complaint, moved.after());
            } else {
                dates.followAnew(complaint, moved.after());
            }
            letters.moved(rows.find(moved.caseCode()).orElseThrow(), moved.after());
        });
    }

    private static boolean isSetByHand(Deadline deadline) {
        Moved moved = deadline.moved();
        return moved != null && moved.cause().equals(Moved.STEERED);
    }

    /**
     * A complaint that the viewer may see.
     *
     * @throws Hidden when there is none, as for one beyond a wall
     */
    @Transactional(readOnly = true)
    public Complaint open(String number, Viewer viewer) {
        return find(number, viewer).orElseThrow(() -> new Hidden("complaint", number));
    }

    @Transactional(readOnly = true)
    public Optional<Complaint> find(String number, Viewer viewer) {
        return viewer.walledOff(number)
                ? Optional.empty()
                : rows.find(number).filter(complaint -> complaint.isFor(viewer));
    }

    /**
     * Does something once, however often the same form is sent: pressed twice, it has been done and nothing is refused.
     *
     * @param requestKey the same for the same form with the same words, see {@link RequestKey}
     * @param deed one of the deeds below
     */
    @Transactional
    public void once(String number, UUID requestKey, Runnable deed) {
        if (rows.hold(number).isEmpty()) {
            throw new Hidden("complaint", number);
        }
        if (!rows.wasDone(number, requestKey)) {
            deed.run();
            rows.done(number, requestKey);
        }
    }

    /**
     * Puts the answer off, up to the legal cap; the person is told.
     *
     * @param on a business day after the present promise
     * @throws Problem 409 when it cannot be put off any more; 400 for a day that cannot be
     */
    @Transactional
    public void extend(String number, LocalDate on, String reason, Viewer viewer) {
        Complaint complaint = hold(number, viewer);
        BusinessCalendar calendar = dates.calendar(complaint);
        if (!dates.canBeExtended(complaint)) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.extend.not-now");
        }
        Instant before = complaint.terms().due();
        if (!on.isAfter(ComplaintClock.day(before, calendar))
                || on.isAfter(dates.lastDay(complaint))
                || !calendar.isBusinessDay(on)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.extend.day");
        }
        Deadline after = dates.extend(complaint, on);
        rows.say(number, "extended", reason, viewer.id(), clock.instant());
        letters.extended(rows.find(number).orElseThrow(), before, reason, viewer.id());
        log("complaint.extended", complaint, viewer.id(), "before", before, "due", after.due());
    }

    /**
     * Stops the clock until the person has supplied something; they are told what and by when.
     *
     * @param until the day by which it is asked for, a business day ahead
     * @throws Problem 409 when the clock does not run
     */
    @Transactional
    public void stop(String number, String needed, LocalDate until, Viewer viewer) {
        Complaint complaint = hold(number, viewer);
        BusinessCalendar calendar = dates.calendar(complaint);
        Instant now = clock.instant();
        if (!complaint.stage().inWork() || complaint.isStopped() || complaint.isBroken()) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.stop.not-now");
        }
        if (!until.isAfter(ComplaintClock.day(now, calendar)) || !calendar.isBusinessDay(until)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.stop.day");
        }
        int days = calendar.between(ComplaintClock.day(now, calendar), until);
        Deadline information = dates.within(number, "information", calendar, days);
        rows.stop(number, now, viewer.id(), needed, complaint.terms().due());
        tell(ComplaintProcess.CLOCK_STOPPED, number, INFO_DUE, information.due());
        letters.askFor(rows.find(number).orElseThrow(), needed, information.due(), viewer.id());
        log(
                "complaint.clock-stopped",
                complaint,
                viewer.id(),
                "due",
                complaint.terms().due(),
                "until",
                until);
    }

    /** The person takes it back. */
    @Transactional
    public void withdraw(String number, String reason, Viewer viewer) {
        end(number, ComplaintStage.WITHDRAWN, null, null, reason, viewer);
    }

    /**
     * The same person has said it already, so whoever must learn nothing of one must learn nothing of either. Somebody else who says
     * the same is owed an answer of their own (J42).
     *
     * @throws Problem 400 when the other is none of the project's that the viewer may see, has ended, is this one itself, or came
     *     from somebody else
     */
    @Transactional
    public void merge(String number, String into, String reason, Viewer viewer) {
        // In one order, so that two that are merged with each other at once do not wait for each other.
        Stream.of(number, into).sorted().forEach(rows::hold);
        Complaint complaint = open(number, viewer);
        if (into.equals(number)
                || find(into, viewer)
                        .filter(other -> other.project().equals(complaint.project())
                                && !other.stage().ended())
                        .isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.merge.unknown");
        }
        if (!petitioner(number).isLike(petitioner(into))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.merge.somebody-else");
        }
        Set<String> connected = new TreeSet<>(rows.connected(number));
        connected.addAll(rows.connected(into));
        Set<UserId> walled = new HashSet<>();
        connected.forEach(each -> walled.addAll(walls.around(each)));
        for (String each : connected) {
            Petition petition = petitions.byNumber(each);
            walled.forEach(person -> petitions.hide(petition, person));
        }
        end(number, ComplaintStage.MERGED, into, null, reason, viewer);
    }

    private Petitioner petitioner(String number) {
        return petitions.petitioner(petitions.byNumber(number).petitioner());
    }

    /**
     * Another institution answers; its responsible person was called first (J53).
     *
     * @param institution where the person was sent
     * @param called who was called there
     */
    @Transactional
    public void redirect(String number, String institution, String called, Viewer viewer) {
        end(number, ComplaintStage.REDIRECTED, null, institution, called, viewer);
    }

    /**
     * The person is not satisfied after all, though the confirmation is over: the letter told them that they may call (J-R12).
     *
     * @param reason what the person says; it is what the appeal is about
     * @throws Problem 409 when nothing was answered that they could appeal against
     */
    @Transactional
    public void appeal(String number, String reason, Viewer viewer) {
        Complaint complaint = hold(number, viewer);
        if (!mayBeAppealed(complaint)) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.appeal.not-now");
        }
        rows.say(number, ComplaintStage.APPEALED.code(), reason, viewer.id(), clock.instant());
        rows.stage(number, ComplaintStage.APPEALED);
        appeals.open(number);
    }

    /** Answered and confirmed, and somebody stands above whoever answered. One that is under way is appealed in its confirmation. */
    boolean mayBeAppealed(Complaint complaint) {
        return complaint.stage() == ComplaintStage.ANSWERED
                && petitions.byNumber(complaint.number()).level().above().isPresent();
    }

    private void end(
            String number,
            ComplaintStage how,
            @Nullable String into,
            @Nullable String institution,
            String reason,
            Viewer viewer) {
        Complaint complaint = hold(number, viewer);
        if (complaint.stage().ended()) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.ended-already");
        }
        rows.end(number, how, into, institution, clock.instant());
        rows.say(number, how.code(), reason, viewer.id(), clock.instant());
        if (isUnderWay(number)) {
            tell(ComplaintProcess.ENDED, number, END_REASON, how.code());
        } else {
            letters.ended(rows.find(number).orElseThrow(), how.code(), viewer.id());
        }
        log("complaint." + how.code(), complaint, viewer.id());
    }

    /** Not once somebody has ended its procedure by hand: then it waits until it is begun again, or ended for good. */
    private boolean isUnderWay(String number) {
        return processes.running(number).stream()
                .anyMatch(process -> process.key().equals(ComplaintProcess.KEY));
    }

    /** Its procedure may have gone on in this very moment; whoever is later is told so. */
    private <T> void tell(String message, String number, ProcessVariable<T> variable, T value) {
        try {
            processes.correlate(message, number, Variables.of(variable, value));
        } catch (NotWaiting gone) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.went-on");
        }
    }

    private Complaint hold(String number, Viewer viewer) {
        return rows.hold(number)
                .filter(complaint -> complaint.isFor(viewer))
                .orElseThrow(() -> new Hidden("complaint", number));
    }

    void log(String action, Complaint complaint, @Nullable UserId by, Object... details) {
        Audited line = Audited.ofCase(action, complaint.project(), complaint.number(), by);
        for (int at = 0; at < details.length; at += 2) {
            line = line.with(String.valueOf(details[at]), details[at + 1]);
        }
        events.publishEvent(line);
    }
}
