package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.ANSWER_DAYS;
import static org.ancora.conduct.ConductProcess.ANSWER_DUE;
import static org.ancora.conduct.ConductProcess.ASK_COLLEAGUE;
import static org.ancora.conduct.ConductProcess.AUTHOR;
import static org.ancora.conduct.ConductProcess.COLLEAGUE;
import static org.ancora.conduct.ConductProcess.DOCUMENTATION_DAYS;
import static org.ancora.conduct.ConductProcess.DUE;
import static org.ancora.conduct.ConductProcess.REQUEST;
import static org.ancora.conduct.ConductProcess.SAFETY_DUE;
import static org.ancora.conduct.ConductProcess.SAFETY_WORRY;
import static org.ancora.conduct.ConductProcess.UNSURE;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that the diagram of boundary requests takes. What each does in words is in {@code step.<name>.*}. */
@Configuration(proxyBeanMethods = false)
class ConductSteps {

    @Bean
    static DeclaredVariables conductVariables() {
        return DeclaredVariables.of(
                ConductProcess.FOLDER,
                Processes.PROJECT_ID,
                Processes.WORKER,
                REQUEST,
                AUTHOR,
                DOCUMENTATION_DAYS,
                ANSWER_DAYS,
                DUE,
                SAFETY_DUE,
                ANSWER_DUE,
                SAFETY_WORRY,
                UNSURE,
                ASK_COLLEAGUE,
                COLLEAGUE);
    }

    @Bean
    Step applyConductPolicy(BoundaryTimes times) {
        return Step.named("applyConductPolicy")
                .input("decision")
                .writes(DOCUMENTATION_DAYS, ANSWER_DAYS)
                .rehearses(ConductRehearsal::applyPolicy)
                .calls(times::applyPolicy);
    }

    @Bean
    Step planBoundaryRecord(BoundaryTimes times) {
        return Step.named("planBoundaryRecord")
                .writes(DUE)
                .businessDays(DOCUMENTATION_DAYS)
                .calls(times::planRecord);
    }

    /** Taken on every way: that it was passed says nothing about what there was to pass on. */
    @Bean
    Step passOnInConfidence(Incidents incidents) {
        return Step.named("passOnInConfidence").calls(step -> incidents.passOn(step.get(REQUEST)));
    }

    @Bean
    Step alertSupervisors(BoundaryTimes times, BoundaryNotices notices) {
        return Step.named("alertSupervisors")
                .writes(SAFETY_DUE)
                .rehearses(ConductRehearsal::alertSupervisors)
                .calls(step -> {
                    times.planSafety(step);
                    notices.alertSupervisors(step);
                });
    }

    @Bean
    Step planBoundaryAnswer(BoundaryTimes times, BoundaryNotices notices) {
        return Step.named("planBoundaryAnswer")
                .writes(ANSWER_DUE)
                .businessDays(ANSWER_DAYS)
                .calls(step -> {
                    times.planAnswer(step);
                    notices.askForAnswer(step);
                });
    }
}
