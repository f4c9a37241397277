package org.ancora.process;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one step of the procedure that moves dates after a calendar changed. */
@Configuration(proxyBeanMethods = false)
class DateSteps {

    static final String PROCESS = "move-dates";
    static final ProcessVariable<Long> MOVE = ProcessVariable.id("dateMoveId");

    private static final String FOLDER = "calendar";

    @Bean
    static DeclaredVariables dateVariables() {
        return DeclaredVariables.of(FOLDER, MOVE, Processes.PROJECT_ID);
    }

    @Bean
    Step moveSomeDates(CalendarMoves moves) {
        return Step.named("moveSomeDates").does(execution -> moves.goOnInBackground(MOVE.in(execution)));
    }
}
