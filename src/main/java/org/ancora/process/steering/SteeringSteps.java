package org.ancora.process.steering;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one step of the procedure that does the same to many procedures. */
@Configuration(proxyBeanMethods = false)
class SteeringSteps {

    static final String PROCESS = "steer-many";
    static final ProcessVariable<Long> BATCH = ProcessVariable.id("steeringBatchId");

    private static final String FOLDER = "steering";

    @Bean
    static DeclaredVariables steeringVariables() {
        return DeclaredVariables.of(FOLDER, BATCH, Processes.PROJECT_ID);
    }

    @Bean
    Step steerSomeProcedures(BatchRunner runner) {
        return Step.named("steerSomeProcedures").does(execution -> runner.goOnInBackground(BATCH.in(execution)));
    }
}
