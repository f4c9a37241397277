package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.EPISODE_ID;
import static org.ancora.engagement.EngagementProcess.OUTCOME;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.ancora.engagement.ContactRecord.Tried;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client has been reached: admit them or resume service, and write it up in time (A21, A22, A-R12). */
@Configuration(proxyBeanMethods = false)
class ServiceForms {

    private static final Set<String> CONTACT = Set.of("wants-service", "client-called");

    private final FormParts parts;
    private final ContactRecord record;
    private final ContactAttempts attempts;
    private final EpisodeDecisions decisions;

    ServiceForms(FormParts parts, ContactRecord record, ContactAttempts attempts, EpisodeDecisions decisions) {
        this.parts = parts;
        this.record = record;
        this.attempts = attempts;
        this.decisions = decisions;
    }

    @Bean
    FormHandler admitForm() {
        return FormHandler.of("admit", this::admit, "admission", "serviceFrom", "contactHow", "when", "note")
                .showing(this::shown)
                .rehearsing(EngagementRehearsal::admission, EngagementRehearsal::admit);
    }

    @Bean
    FormHandler documentationForm() {
        return FormHandler.of("documentation", this::document, "complete", "note");
    }

    private Map<String, ?> shown(TaskContext task) {
        String now = parts.now(task);
        Map<String, Object> shown = new HashMap<>();
        shown.put("contactKnown", contactKnown(task));
        shown.put("serviceFrom", now.substring(0, 10));
        shown.put("when", now);
        return shown;
    }

    /** Whether the contact itself is on record already, so that nobody is asked for it twice. */
    private boolean contactKnown(TaskContext task) {
        long episode = task.get(EPISODE_ID);
        return attempts.of(task.caseCode()).stream()
                .anyMatch(attempt -> attempt.episode() == episode && CONTACT.contains(attempt.outcome()));
    }

    private Variables admit(TaskContext task, Answers answers) {
        String admission = answers.text("admission");
        String note = answers.findText("note").orElse("");
        answers.findText("contactHow")
                .ifPresent(how -> record.attempt(
                        task,
                        "in-touch",
                        "client",
                        Tried.of(how, null, "client-called"),
                        parts.when(task, answers),
                        note));
        decisions.record(
                task,
                "admission",
                admission,
                note,
                answers.findDate("serviceFrom")
                        .map(day -> day.atStartOfDay(parts.zone(task)).toInstant())
                        .orElse(null));
        return Variables.of(OUTCOME, admission);
    }

    private Variables document(TaskContext task, Answers answers) {
        decisions.record(
                task, "documentation", "complete", answers.findText("note").orElse(""), null);
        return Variables.none();
    }
}
