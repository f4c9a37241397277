package org.ancora.process.migration;

import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one step of the procedure that moves procedures to another version. */
@Configuration(proxyBeanMethods = false)
class MigrationSteps {

    static final String PROCESS = "move-procedures";
    static final ProcessVariable<Long> MIGRATION = ProcessVariable.id("migrationId");

    private static final String FOLDER = "migration";

    @Bean
    static DeclaredVariables migrationVariables() {
        return DeclaredVariables.of(FOLDER, MIGRATION);
    }

    @Bean
    Step moveSomeProcedures(MigrationRunner runner) {
        return Step.named("moveSomeProcedures").does(execution -> runner.goOnInBackground(MIGRATION.in(execution)));
    }
}
