package org.ancora.attention.desk;

import static org.ancora.attention.desk.AttentionProcess.CALL_BACK_AT;
import static org.ancora.attention.desk.AttentionProcess.COORDINATOR;
import static org.ancora.attention.desk.AttentionProcess.DUE;
import static org.ancora.attention.desk.AttentionProcess.LATE_AT;
import static org.ancora.attention.desk.AttentionProcess.OPENS;
import static org.ancora.attention.desk.AttentionProcess.OUTCOME;
import static org.ancora.attention.desk.AttentionProcess.WITHIN_HOURS;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ancora.process.Rehearsable;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.time.BusinessCalendar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The procedures of user service without a visitor: what their steps and forms leave behind in a rehearsal. */
@Configuration(proxyBeanMethods = false)
class AttentionRehearsal {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Bean
    static Rehearsable attentionRehearsable() {
        return Rehearsable.folder(AttentionProcess.FOLDER)
                .seldom("emergency")
                .seldom("authority")
                .hears(AttentionProcess.VISITOR_LEFT)
                .startsWith(COORDINATOR, null);
    }

    static void checkOfficeHours(Rehearsed here) {
        BusinessCalendar calendar = here.calendar();
        LocalDate today = LocalDate.ofInstant(here.now(), calendar.zone());
        here.set(
                WITHIN_HOURS,
                calendar.isBusinessDay(today)
                        && !here.now().isBefore(calendar.startOf(today))
                        && here.now().isBefore(calendar.endOf(today)));
        planCall(here);
    }

    static void planCall(Rehearsed here) {
        here.plan(here.calendar().within(here.now(), 0), OPENS, DUE);
    }

    static void planPromisedCall(Rehearsed here) {
        here.plan(here.calendar().at(here.get(CALL_BACK_AT)), OPENS, DUE);
        here.set(LATE_AT, here.get(DUE).plus(PATIENCE));
    }

    static Map<String, ?> shown(Rehearsed task) {
        boolean again = task.find(CALL_BACK_AT).isPresent();
        return Map.of(
                "outcomes",
                task.choices(
                        "fua-by-phone",
                        "outcome",
                        "solved",
                        "escalate",
                        "call-back",
                        again ? "unreachable" : "nothing"),
                "offices",
                List.of(task.choice("1", "rehearsal.stand-in.office")));
    }

    static Variables attended(Rehearsed task, Answers answers) {
        Variables told = Variables.of(OUTCOME, answers.text("outcome"));
        if (!answers.is("outcome", "call-back")) {
            return told;
        }
        Instant hour = answers.instant("callBackAt", task.zone());
        if (!hour.isAfter(task.now())) {
            throw AnswersRejected.because("callBackAt", "engagement.handler.in-the-past");
        }
        return told.and(CALL_BACK_AT, hour);
    }
}
