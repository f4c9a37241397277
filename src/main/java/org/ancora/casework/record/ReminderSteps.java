package org.ancora.casework.record;

import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.Processes;
import org.ancora.process.Rehearsable;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The step that the diagram of reminders takes. */
@Configuration(proxyBeanMethods = false)
class ReminderSteps {

    @Bean
    static DeclaredVariables reminderVariables() {
        return DeclaredVariables.of(
                ReminderProcess.FOLDER, ReminderProcess.REMINDER, ReminderProcess.REMIND_AT, Processes.PROJECT_ID);
    }

    @Bean
    static DeclaredMessages reminderMessages() {
        return DeclaredMessages.of(ReminderProcess.FOLDER, ReminderProcess.MOVED, ReminderProcess.FINISHED);
    }

    @Bean
    static Rehearsable reminderRehearsable() {
        return Rehearsable.folder(ReminderProcess.FOLDER)
                .hears(ReminderProcess.MOVED, ReminderProcess.REMIND_AT, "1", "5")
                .hears(ReminderProcess.FINISHED)
                .startsWith(ReminderProcess.REMINDER, 1L)
                .startsWith(ReminderProcess.REMIND_AT, 5);
    }

    @Bean
    Step tellReminder(Reminders reminders) {
        return Step.named("tellReminder").does(execution -> reminders.tell(ReminderProcess.REMINDER.in(execution)));
    }
}
