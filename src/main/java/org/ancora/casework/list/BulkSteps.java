package org.ancora.casework.list;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one step of the procedure that changes many cases. */
@Configuration(proxyBeanMethods = false)
class BulkSteps {

    static final String PROCESS = "bulk-change";
    static final ProcessVariable<Long> BULK = ProcessVariable.id("bulkId");

    private static final String FOLDER = "casework";

    @Bean
    static DeclaredVariables bulkVariables() {
        return DeclaredVariables.of(FOLDER, BULK, Processes.PROJECT_ID);
    }

    @Bean
    Step changeSomeCases(BulkRunner runner) {
        return Step.named("changeSomeCases").does(execution -> runner.goOnInBackground(BULK.in(execution)));
    }
}
