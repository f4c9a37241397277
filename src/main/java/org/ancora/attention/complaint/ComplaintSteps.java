package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.ANSWER_DAYS;
import static org.ancora.attention.complaint.ComplaintProcess.ANSWER_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.ANSWER_UNIT;
import static org.ancora.attention.complaint.ComplaintProcess.BY_POST;
import static org.ancora.attention.complaint.ComplaintProcess.CAP_DAYS;
import static org.ancora.attention.complaint.ComplaintProcess.CONFIRM_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.HALF_AT;
import static org.ancora.attention.complaint.ComplaintProcess.LATE_DAYS;
import static org.ancora.attention.complaint.ComplaintProcess.NEW_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.POST_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.ROUTE_DUE;
import static org.ancora.attention.complaint.ComplaintProcess.STEP_DAYS;
import static org.ancora.attention.complaint.ComplaintProcess.WARN_AT;
import static org.ancora.attention.complaint.ComplaintProcess.WARN_DAYS;

import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.RowDoubt;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that the diagram of complaints takes. What each does in words is in the messages {@code step.<name>.*}. */
@Configuration(proxyBeanMethods = false)
class ComplaintSteps {

    @Bean
    static DeclaredVariables complaintVariables() {
        return DeclaredVariables.of(ComplaintProcess.FOLDER, ComplaintProcess.variables());
    }

    @Bean
    static DeclaredMessages complaintMessages() {
        return ComplaintProcess.messages();
    }

    @Bean
    static RowDoubt answerOverCap() {
        return RowDoubt.of("complaint-deadline", "answer-over-cap", OverCap::of);
    }

    /** An office that works on Saturdays comes to the cap sooner than one that does not. */
    @Bean
    static RowDoubt answerOverCapInProject(OfficeCalendars offices) {
        return new RowDoubt("complaint-deadline", "answer-over-cap-in-project", offices::known);
    }

    /** The table counts for every project, also for those whose names its reader must not learn. */
    @Bean
    static RowDoubt answerOverCapElsewhere(OfficeCalendars offices) {
        return new RowDoubt("complaint-deadline", "answer-over-cap-elsewhere", offices::others);
    }

    @Bean
    Step promiseAnswer(ComplaintClock clock) {
        return Step.named("promiseAnswer")
                .input("decision")
                .writes(
                        ANSWER_DAYS,
                        ANSWER_UNIT,
                        CAP_DAYS,
                        WARN_DAYS,
                        LATE_DAYS,
                        STEP_DAYS,
                        ANSWER_DUE,
                        HALF_AT,
                        WARN_AT,
                        ROUTE_DUE)
                .rehearses(ComplaintRehearsal::promise)
                .calls(step -> clock.promise(step, step.input("decision")));
    }

    @Bean
    Step acknowledgeComplaint(ComplaintLetters letters) {
        return Step.named("acknowledgeComplaint")
                .outward()
                .rehearses(ComplaintRehearsal::acknowledge)
                .calls(letters::acknowledge);
    }

    @Bean
    Step remindHalfTime(ComplaintAlarms alarms) {
        return Step.named("remindHalfTime").calls(alarms::halfTime);
    }

    @Bean
    Step warnUnitHead(ComplaintAlarms alarms) {
        return Step.named("warnUnitHead").calls(alarms::nearlyDue);
    }

    @Bean
    Step escalateBreach(ComplaintAlarms alarms) {
        return Step.named("escalateBreach")
                .writes(NEW_DUE)
                .rehearses(ComplaintRehearsal::breach)
                .calls(alarms::breach);
    }

    @Bean
    Step tellNewDate(ComplaintLetters letters) {
        return Step.named("tellNewDate")
                .outward()
                .rehearses(ComplaintRehearsal::newDate)
                .calls(letters::newDate);
    }

    @Bean
    Step resumeClock(ComplaintClock clock, ComplaintLetters letters) {
        return Step.named("resumeClock")
                .outward()
                .writes(ANSWER_DUE, HALF_AT, WARN_AT)
                .rehearses(ComplaintRehearsal::resume)
                .calls(step -> {
                    clock.resume(step);
                    letters.resumed(step);
                });
    }

    @Bean
    Step sendAnswer(ComplaintLetters letters) {
        return Step.named("sendAnswer")
                .outward()
                .writes(BY_POST, POST_DUE, CONFIRM_DUE)
                .rehearses(ComplaintRehearsal::sendAnswer)
                .calls(letters::sendAnswer);
    }

    @Bean
    Step tellEnding(ComplaintLetters letters) {
        return Step.named("tellEnding")
                .outward()
                .rehearses(ComplaintRehearsal::tellEnding)
                .calls(letters::ending);
    }

    @Bean
    Step openAppeal(Appeals appeals) {
        return Step.named("openAppeal").calls(step -> appeals.open(step.caseCode()));
    }
}
