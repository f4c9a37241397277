package org.ancora.referral.directory;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one step of the procedure that reads and stores files of the directory. */
@Configuration(proxyBeanMethods = false)
class DirectoryLoadSteps {

    static final String PROCESS = "directory-load";
    static final ProcessVariable<Long> LOAD = ProcessVariable.id("directoryLoadId");

    private static final String FOLDER = "directory";

    @Bean
    static DeclaredVariables directoryLoadVariables() {
        return DeclaredVariables.of(FOLDER, LOAD, Processes.PROJECT_ID);
    }

    @Bean
    Step loadDirectory(DirectoryLoader loader) {
        return Step.named("loadDirectory").does(execution -> loader.goOn(LOAD.in(execution)));
    }
}
