package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.ANSWER_DAYS;
import static org.ancora.conduct.ConductProcess.ASK_COLLEAGUE;
import static org.ancora.conduct.ConductProcess.AUTHOR;
import static org.ancora.conduct.ConductProcess.COLLEAGUE;
import static org.ancora.conduct.ConductProcess.DOCUMENTATION_DAYS;
import static org.ancora.conduct.ConductProcess.REQUEST;
import static org.ancora.conduct.ConductProcess.SAFETY_DUE;
import static org.ancora.conduct.ConductProcess.SAFETY_WORRY;
import static org.ancora.conduct.ConductProcess.UNSURE;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.process.Rehearsable;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The procedure of boundary requests without one: what its steps and forms leave behind in a rehearsal. */
@Configuration(proxyBeanMethods = false)
class ConductRehearsal {

    private static final UserId SOMEBODY = new UserId(1);

    @Bean
    static Rehearsable conductRehearsable() {
        return Rehearsable.folder(ConductProcess.FOLDER).startsWith(REQUEST, 1L).startsWith(AUTHOR, SOMEBODY);
    }

    static void applyPolicy(Rehearsed here) {
        Map<String, Object> row = here.decide(here.input("decision"), Map.of("project", here.project()));
        here.set(DOCUMENTATION_DAYS, DOCUMENTATION_DAYS.in(row));
        here.set(ANSWER_DAYS, ANSWER_DAYS.in(row));
    }

    static void alertSupervisors(Rehearsed here) {
        BusinessCalendar calendar = here.calendar();
        LocalDate today = LocalDate.ofInstant(here.now(), calendar.zone());
        boolean officeHours = calendar.isBusinessDay(today) && here.now().isBefore(calendar.endOf(today));
        Deadline deadline = officeHours
                ? calendar.within(here.now(), 0)
                : calendar.at(today.atTime(BoundaryTimes.LAST_MINUTE)
                        .atZone(calendar.zone())
                        .toInstant());
        here.set(SAFETY_DUE, deadline.due());
    }

    static Map<String, ?> shown(Rehearsed task) {
        return Map.of(
                "colleagues",
                List.of(task.choice("supervisor", "role.supervisor"), task.choice("2", "rehearsal.stand-in.second")),
                "channels",
                List.of(task.choice("office", "rehearsal.stand-in.office")));
    }

    static Variables record(Rehearsed task, Answers answers) {
        boolean colleague = answers.flag("unsure") && !answers.is("askWhom", "supervisor");
        return Variables.of(SAFETY_WORRY, answers.flag("safetyWorry"))
                .and(UNSURE, answers.flag("unsure"))
                .and(ASK_COLLEAGUE, colleague)
                .and(COLLEAGUE, colleague ? SOMEBODY : null);
    }
}
