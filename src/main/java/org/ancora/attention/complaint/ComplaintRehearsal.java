package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.ANSWER_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.ANSWER_UNIT;
import static org.ancora.attention.complaint.ComplaintProcess.APPEALED;
import static org.ancora.attention.complaint.ComplaintProcess.APPROVED;
import static org.ancora.attention.complaint.ComplaintProcess.BY_POST;
import static org.ancora.attention.complaint.ComplaintProcess.CONFIRM_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.END_REASON;
import static org.ancora.attention.complaint.ComplaintProcess.HALF_AT;
import static org.ancora.attention.complaint.ComplaintProcess.INFO_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.LATE_DAYS;
import static org.ancora.attention.complaint.ComplaintProcess.NEW_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.POST_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.ROUTE_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.STEP_DAYS;
import static org.ancora.attention.complaint.ComplaintProcess.UNIT_WORKER;
import static org.ancora.attention.complaint.ComplaintProcess.WARN_AT;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.attention.DayUnit;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.Promise;
import org.ancora.attention.PromisedDates;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Rehearsable;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The procedure of complaints without one: what its steps and forms leave behind in a rehearsal. */
@Configuration(proxyBeanMethods = false)
class ComplaintRehearsal {

    @Bean
    static Rehearsable complaintRehearsable() {
        return Rehearsable.folder(ComplaintProcess.FOLDER)
                .with("petitionKind", "complaint", "request", "query", "suggestion")
                .with("petitionLevel", "regional-team", "central-unit")
                .usually("petitionerHasEmail")
                .hears(ComplaintProcess.ENDED, END_REASON, "withdrawn", "merged", "redirected")
                .hears(ComplaintProcess.CLOCK_STOPPED, INFO_DUE, "5", "10");
    }

    static void promise(Rehearsed here) {
        BusinessCalendar calendar = here.calendar();
        Promise promise = PromisedDates.promise(
                here.decide(
                        here.input("decision"),
                        PromisedDates.inputs(
                                PetitionKind.of(here.fact("petitionKind")),
                                Destination.of(here.fact("petitionLevel")))),
                here.now(),
                calendar);
        Deadline answer = promise.deadline();
        int days = calendar.between(ComplaintClock.day(here.now(), calendar), answer.dueDay());
        here.set(ComplaintProcess.limits(promise.limits())
                .and(ANSWER_DUE, answer.due())
                .and(
                        HALF_AT,
                        ComplaintClock.after(calendar, here.now(), days / 2).due())
                .and(
                        WARN_AT,
                        ComplaintClock.after(
                                        calendar,
                                        here.now(),
                                        days - promise.limits().warnDays())
                                .due())
                .and(
                        ROUTE_DUE,
                        calendar.within(here.now(), promise.limits().stepDays()).due()));
    }

    static void acknowledge(Rehearsed here) {
        tell(here, "complaint-acknowledged");
    }

    static void breach(Rehearsed here) {
        here.set(
                NEW_DUE, here.calendar().within(here.now(), here.get(LATE_DAYS)).due());
    }

    static void newDate(Rehearsed here) {
        tell(here, "complaint-new-date");
    }

    static void resume(Rehearsed here) {
        BusinessCalendar calendar = here.calendar();
        Instant stopped = here.remembered(ComplaintProcess.CLOCK_STOPPED).orElseGet(here::now);
        LocalDate stoppedOn = ComplaintClock.day(stopped, calendar);
        LocalDate promised = ComplaintClock.day(here.get(ANSWER_DUE), calendar);
        if (here.get(ANSWER_UNIT).equals(DayUnit.CALENDAR.code())) {
            long left = Math.max(1, ChronoUnit.DAYS.between(stoppedOn, promised));
            here.set(
                    ANSWER_DUE, calendar.days(here.now(), Math.toIntExact(left)).due());
        } else {
            shift(here, ANSWER_DUE, stoppedOn);
        }
        for (ProcessVariable<Instant> date : List.of(HALF_AT, WARN_AT)) {
            if (here.get(date).isAfter(stopped)) {
                shift(here, date, stoppedOn);
            }
        }
        tell(here, "complaint-resumed");
    }

    private static void shift(Rehearsed here, ProcessVariable<Instant> date, LocalDate stoppedOn) {
        BusinessCalendar calendar = here.calendar();
        int left = calendar.between(stoppedOn, ComplaintClock.day(here.get(date), calendar));
        here.set(date, ComplaintClock.after(calendar, here.now(), left).due());
    }

    static void sendAnswer(Rehearsed here) {
        tell(here, "complaint-answer");
        int days = here.get(STEP_DAYS);
        here.set(BY_POST, !here.is("petitionerHasEmail"));
        here.set(POST_DUE, here.calendar().within(here.now(), days).due());
        here.set(CONFIRM_DUE, here.calendar().within(here.now(), 2 * days).due());
    }

    static void tellEnding(Rehearsed here) {
        tell(here, "complaint-" + here.get(END_REASON));
    }

    private static void tell(Rehearsed here, String letter) {
        here.sends(letter, here.is("petitionerHasEmail") ? "email" : "post", "petitioner", Map.of());
    }

    static Variables route(Rehearsed task, Answers answers) {
        return Variables.of(
                UNIT_WORKER, answers.findText("unitWorker").map(UserId::of).orElse(null));
    }

    static Variables answer(Rehearsed task, Answers answers) {
        return Variables.of(APPROVED, false);
    }

    static Variables approve(Rehearsed task, Answers answers) {
        return Variables.of(APPROVED, answers.is("decision", "approve"));
    }

    static Variables nothing(Rehearsed task, Answers answers) {
        return Variables.none();
    }

    static Map<String, ?> showConfirmation(Rehearsed task) {
        return Map.of("satisfactions", task.choices("complaint-confirm", "satisfied", "yes", "no", "appeal"));
    }

    static Variables confirm(Rehearsed task, Answers answers) {
        return Variables.of(APPEALED, answers.is("satisfied", "appeal"));
    }
}
