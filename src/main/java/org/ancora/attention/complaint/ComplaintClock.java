package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.ANSWER_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.HALF_AT;
import static org.ancora.attention.complaint.ComplaintProcess.ROUTE_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.WARN_AT;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitions;
import org.ancora.attention.Promise;
import org.ancora.attention.PromisedDates;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.Decisions;
import org.ancora.process.MovingDates;
import org.ancora.process.StepContext;
import org.ancora.process.Variables;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The dates of a complaint: what is promised, what moves it, and until when it may be moved (J-R1, J-R2). */
@Component
class ComplaintClock {

    /** Label of the promise among the recorded deadlines. */
    static final String ANSWER = "answer";

    static final String HALF_TIME = "half-time";
    static final String NEARLY_DUE = "nearly-due";

    /** Label of what was promised after a promise was broken. */
    static final String NEW_DATE = "new-date";

    private final ComplaintRows rows;
    private final Petitions petitions;
    private final Projects projects;
    private final Decisions decisions;
    private final Deadlines deadlines;
    private final MovingDates moving;
    private final Clock clock;

    ComplaintClock(
            ComplaintRows rows,
            Petitions petitions,
            Projects projects,
            Decisions decisions,
            Deadlines deadlines,
            MovingDates moving,
            Clock clock) {
        this.rows = rows;
        this.petitions = petitions;
        this.projects = projects;
        this.decisions = decisions;
        this.deadlines = deadlines;
        this.moving = moving;
        this.clock = clock;
    }

    /** Works the promise out by the table that travels with the diagram, keeps it with its reasons, and tells the petition. */
    void promise(StepContext step, String decision) {
        Petition petition = petitions.byNumber(step.caseCode());
        BusinessCalendar calendar = projects.calendar(step.project());
        Map<String, Object> row = step.decide(
                decisions,
                decision,
                PromisedDates.inputs(
                        petition.kind(), Objects.requireNonNull(petition.destination(), "it goes somewhere")));
        Promise promise = PromisedDates.promise(row, petition.registeredAt(), calendar);
        String number = petition.number();
        step.set(ComplaintProcess.limits(promise.limits()));
        Optional<Complaint> before = rows.find(number);
        if (before.isPresent()) {
            keepPromise(step, before.get());
            return;
        }
        rows.insert(number, petition.project(), petition.registeredAt(), promise);
        petitions.promise(petition.id(), promise.due());
        Deadline answer = promise.deadline();
        int days = calendar.between(day(petition.registeredAt(), calendar), answer.dueDay());
        Deadline half = after(calendar, petition.registeredAt(), days / 2);
        Deadline nearly =
                after(calendar, petition.registeredAt(), days - promise.limits().warnDays());
        Deadline route = calendar.within(clock.instant(), promise.limits().stepDays());
        deadlines.record(number, ANSWER, answer);
        deadlines.record(number, HALF_TIME, half);
        deadlines.record(number, NEARLY_DUE, nearly);
        deadlines.record(number, "route", route);
        step.set(Variables.of(ANSWER_DUE, answer.due())
                .and(HALF_AT, half.due())
                .and(WARN_AT, nearly.due())
                .and(ROUTE_DUE, route.due()));
    }

    /** Begun again after somebody ended its procedure: it is routed anew, and what the person was promised holds. */
    private void keepPromise(StepContext step, Complaint before) {
        String number = before.number();
        rows.beginAgain(number, clock.instant());
        step.set(Variables.of(ANSWER_DUE, before.terms().due())
                .and(HALF_AT, latest(number, HALF_TIME).due())
                .and(WARN_AT, latest(number, NEARLY_DUE).due())
                .and(
                        ROUTE_DUE,
                        within(number, "route", calendar(before), before.terms().stepDays())
                                .due()));
    }

    /**
     * The clock goes on: what was left when it stopped is counted from now. The day on which it stopped has counted, the one on
     * which it goes on does not, as the day of registration does not.
     */
    void resume(StepContext step) {
        String number = step.caseCode();
        BusinessCalendar calendar = projects.calendar(step.project());
        List<ComplaintRows.Pause> pauses = rows.pauses(number);
        ComplaintRows.Pause pause = pauses.get(pauses.size() - 1);
        Instant resumed = Objects.requireNonNullElseGet(pause.resumedAt(), clock::instant);
        LocalDate stoppedOn = day(pause.stoppedAt(), calendar);
        Deadline before = answer(number);
        Deadline after = resumed(calendar, before, stoppedOn, resumed);
        Deadline half = shifted(calendar, step.get(HALF_AT), stoppedOn, resumed);
        Deadline nearly = shifted(calendar, step.get(WARN_AT), stoppedOn, resumed);
        Moved why = Moved.resumed(before, stoppedOn, day(resumed, calendar), clock.instant());
        if (!moving.move(number, before.due(), after, why)) {
            // No task is due on that day yet, as before anybody prepares the answer; the person was told of it all the
            // same.
            boolean stays = after.due().equals(before.due());
            deadlines.record(number, ANSWER, stays ? after : after.movedFrom(why, before.opens()));
        }
        step.set(ANSWER_DUE, after.due());
        Complaint complaint = rows.find(number).orElseThrow();
        if (complaint.told().halfway() == null) {
            deadlines.record(number, HALF_TIME, half);
            step.set(HALF_AT, half.due());
        }
        if (complaint.told().warned() == null) {
            deadlines.record(number, NEARLY_DUE, nearly);
            step.set(WARN_AT, nearly.due());
        }
        rows.resumed(number, after.due());
        petitions.promise(petitions.byNumber(number).id(), after.dueDay());
    }

    /** What was left on the day of the stop, in its own days, counted from the day on which it goes on. */
    static Deadline resumed(BusinessCalendar calendar, Deadline before, LocalDate stoppedOn, Instant resumed) {
        if (before.rule().equals(Deadline.DAYS)) {
            long left = Math.max(1, ChronoUnit.DAYS.between(stoppedOn, before.dueDay()));
            return calendar.days(resumed, Math.toIntExact(left));
        }
        return after(calendar, resumed, calendar.between(stoppedOn, before.dueDay()));
    }

    private static Deadline shifted(BusinessCalendar calendar, Instant due, LocalDate stoppedOn, Instant resumed) {
        return after(calendar, resumed, calendar.between(stoppedOn, day(due, calendar)));
    }

    /**
     * Moves the promise to a later business day, and the warning before it likewise.
     *
     * @param on a business day after the present promise, at most {@link #lastDay}
     * @throws Problem 409 when no procedure holds the promise any more
     */
    Deadline extend(Complaint complaint, LocalDate on) {
        BusinessCalendar calendar = projects.calendar(complaint.project());
        String number = complaint.number();
        Deadline before = answer(number);
        LocalDate from = before.fromDay();
        int days = calendar.between(from, on);
        Deadline after = after(calendar, before.from(), days);
        Instant now = clock.instant();
        if (!moving.move(number, before.due(), after, Moved.extended(before, now))) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.went-on");
        }
        if (complaint.told().warned() == null) {
            Deadline nearly = latest(number, NEARLY_DUE);
            moving.move(
                    number,
                    nearly.due(),
                    after(calendar, before.from(), days - complaint.terms().warnDays()),
                    Moved.extended(nearly, now));
        }
        return after;
    }

    /** Takes over where the promise was moved to. */
    void follow(Complaint complaint, Deadline after) {
        rows.due(complaint.number(), after.due());
        petitions.promise(petitions.byNumber(complaint.number()).id(), after.dueDay());
    }

    /** The same for what was promised after a promise was broken. */
    void followAnew(Complaint complaint, Deadline after) {
        rows.newDue(complaint.number(), after.due());
    }

    /** The last day to which the answer can be put off: the legal cap, and the days for which the clock stood still. */
    LocalDate lastDay(Complaint complaint) {
        BusinessCalendar calendar = projects.calendar(complaint.project());
        LocalDate cap = PromisedDates.businessDays(
                        calendar, complaint.registeredAt(), complaint.terms().mostDays())
                .dueDay();
        int stood = rows.pauses(complaint.number()).stream()
                .mapToInt(pause -> stood(pause, calendar))
                .sum();
        return stood == 0 ? cap : calendar.plus(cap, stood);
    }

    /** Whether a promise stands on a later day than it may be put off to. */
    boolean isBeyondLastDay(Complaint complaint, Deadline promise) {
        return promise.dueDay().isAfter(lastDay(complaint));
    }

    private static int stood(ComplaintRows.Pause pause, BusinessCalendar calendar) {
        Instant resumed = pause.resumedAt();
        return resumed == null ? 0 : calendar.between(day(pause.stoppedAt(), calendar), day(resumed, calendar));
    }

    /** Whether there is a later day that could be promised. */
    boolean canBeExtended(Complaint complaint) {
        return complaint.stage().inWork()
                && !complaint.isStopped()
                && !complaint.isBroken()
                && day(complaint.terms().due(), projects.calendar(complaint.project()))
                        .isBefore(lastDay(complaint));
    }

    /** The promise as it stands, with its reasons. */
    Deadline answer(String number) {
        return latest(number, ANSWER);
    }

    /** What was promised after each broken promise, the first first; one that was moved stands as it is now. */
    List<Deadline> promisedAnew(String number) {
        List<Deadline> promised = new ArrayList<>();
        for (Deadline each : recorded(number, NEW_DATE)) {
            if (each.moved() != null && !promised.isEmpty()) {
                promised.set(promised.size() - 1, each);
            } else {
                promised.add(each);
            }
        }
        return promised;
    }

    /** The day by which the person expects the answer now: as it was promised, or as it was promised anew. */
    Deadline standing(Complaint complaint) {
        List<Deadline> anew = complaint.isBroken() ? promisedAnew(complaint.number()) : List.of();
        return anew.isEmpty() ? answer(complaint.number()) : anew.get(anew.size() - 1);
    }

    /** Which promise was broken last: the first one, or what was promised anew before what stands now. */
    Instant brokenLast(Complaint complaint) {
        List<Deadline> anew = promisedAnew(complaint.number());
        return anew.size() < 2
                ? complaint.terms().due()
                : anew.get(anew.size() - 2).due();
    }

    private Deadline latest(String number, String label) {
        List<Deadline> all = recorded(number, label);
        return all.get(all.size() - 1);
    }

    private List<Deadline> recorded(String number, String label) {
        return deadlines.of(number).stream()
                .filter(recorded -> recorded.label().equals(label))
                .map(Deadlines.Recorded::deadline)
                .toList();
    }

    /** A date for a step on the way, kept with its reason. */
    Deadline within(String number, String label, BusinessCalendar calendar, int days) {
        Deadline deadline = calendar.within(clock.instant(), days);
        deadlines.record(number, label, deadline);
        return deadline;
    }

    BusinessCalendar calendar(Complaint complaint) {
        return projects.calendar(complaint.project());
    }

    /** So many business days after an event, at least one. */
    static Deadline after(BusinessCalendar calendar, Instant from, int days) {
        return PromisedDates.businessDays(calendar, from, Math.max(1, days));
    }

    static LocalDate day(Instant instant, BusinessCalendar calendar) {
        return LocalDate.ofInstant(instant, calendar.zone());
    }
}
