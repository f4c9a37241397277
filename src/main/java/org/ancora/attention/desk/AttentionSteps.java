package org.ancora.attention.desk;

import static org.ancora.attention.desk.AttentionProcess.DUE;
import static org.ancora.attention.desk.AttentionProcess.LATE_AT;
import static org.ancora.attention.desk.AttentionProcess.OPENS;
import static org.ancora.attention.desk.AttentionProcess.WITHIN_HOURS;

import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that the diagrams of user service take. What each does in words is in the messages {@code step.<name>.*}. */
@Configuration(proxyBeanMethods = false)
class AttentionSteps {

    @Bean
    static DeclaredVariables attentionVariables() {
        return AttentionProcess.variables();
    }

    @Bean
    static DeclaredMessages attentionMessages() {
        return AttentionProcess.messages();
    }

    @Bean
    Step checkOfficeHours(AttentionPlan plan) {
        return Step.named("checkOfficeHours")
                .writes(WITHIN_HOURS, OPENS, DUE)
                .rehearses(AttentionRehearsal::checkOfficeHours)
                .calls(plan::checkOfficeHours);
    }

    @Bean
    Step tellWhenToComeBack(AttentionPlan plan) {
        return Step.named("tellWhenToComeBack").calls(plan::tellWhenToComeBack);
    }

    @Bean
    Step planPhoneCall(AttentionPlan plan) {
        return Step.named("planPhoneCall")
                .writes(OPENS, DUE)
                .rehearses(AttentionRehearsal::planCall)
                .calls(plan::planCall);
    }

    @Bean
    Step planPromisedCall(AttentionPlan plan) {
        return Step.named("planPromisedCall")
                .writes(OPENS, DUE, LATE_AT)
                .rehearses(AttentionRehearsal::planPromisedCall)
                .calls(plan::planPromisedCall);
    }

    @Bean
    TaskStep tellCallDue(AttentionPlan plan) {
        return TaskStep.named("tellCallDue")
                .does(task -> plan.tellCallDue(
                        task.getExecution().getProcessBusinessKey(),
                        Processes.PROJECT_ID.in(task),
                        task.getAssignee(),
                        DUE.in(task)));
    }

    @Bean
    TaskStep tellCallLate(AttentionPlan plan) {
        return TaskStep.named("tellCallLate")
                .does(task -> plan.tellCallLate(
                        task.getExecution().getProcessBusinessKey(), Processes.PROJECT_ID.in(task), DUE.in(task)));
    }
}
