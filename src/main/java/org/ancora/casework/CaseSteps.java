package org.ancora.casework;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps by which diagrams change cases. What each does in words is in the messages {@code step.<name>.*}. */
@Configuration(proxyBeanMethods = false)
class CaseSteps {

    @Bean
    static DeclaredVariables statusVariables() {
        return DeclaredVariables.of("status", Processes.PROJECT_ID);
    }

    @Bean
    Step setCaseStatus(Automations automations) {
        return Step.named("setCaseStatus")
                .input("status")
                .optionalInput("reason")
                .does(execution -> automations.setStatus(
                        execution.getProcessBusinessKey(),
                        execution.getProcessDefinitionId().replaceFirst(":.*", ""),
                        Step.input(execution, "status"),
                        execution.hasVariableLocal("reason") ? Step.input(execution, "reason") : ""));
    }
}
