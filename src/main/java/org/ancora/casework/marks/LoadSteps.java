package org.ancora.casework.marks;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one step of the procedure that checks and stores files of attributes. */
@Configuration(proxyBeanMethods = false)
class LoadSteps {

    static final String PROCESS = "attribute-load";
    static final ProcessVariable<Long> LOAD = ProcessVariable.id("loadId");

    private static final String FOLDER = "marks";

    @Bean
    static DeclaredVariables loadVariables() {
        return DeclaredVariables.of(FOLDER, LOAD, Processes.PROJECT_ID);
    }

    @Bean
    Step loadSomeRows(LoadRunner runner) {
        return Step.named("loadSomeRows").does(execution -> runner.goOnInBackground(LOAD.in(execution)));
    }
}
