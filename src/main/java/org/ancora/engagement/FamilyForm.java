package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.OUTCOME;

import java.time.Instant;
import java.util.Map;
import org.ancora.casework.SupportContact;
import org.ancora.engagement.ContactRecord.Tried;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Speaking to the alternative or family-support contact (A15); reaching them alone is not reaching the client (A-R13). */
@Configuration(proxyBeanMethods = false)
class FamilyForm {

    private final FormParts parts;
    private final ContactRecord record;
    private final EpisodeDecisions decisions;

    FamilyForm(FormParts parts, ContactRecord record, EpisodeDecisions decisions) {
        this.parts = parts;
        this.record = record;
        this.decisions = decisions;
    }

    @Bean
    FormHandler familyContactForm() {
        return FormHandler.of(
                        "family-contact",
                        this::complete,
                        "supportContact",
                        "familyOutcome",
                        "otherText",
                        "otherIsContact",
                        "spokeOutcome",
                        "callBackAt",
                        "newKind",
                        "newValue",
                        "awayReason",
                        "awayUntil",
                        "when",
                        "note")
                .showing(task -> Map.of(
                        "supportContacts",
                        record.client(task).supportContacts().stream()
                                .filter(SupportContact::mayBeSpokenTo)
                                .map(FamilyForm::choice)
                                .toList(),
                        "when",
                        parts.now(task)))
                .rehearsing(EngagementRehearsal::family, EngagementRehearsal::recordFamily);
    }

    private Variables complete(TaskContext task, Answers answers) {
        requireMayBeSpokenTo(task, answers.text("supportContact"));
        Instant when = parts.when(task, answers);
        String outcome = answers.text("familyOutcome");
        String kept = outcome.equals("spoke") ? answers.text("spokeOutcome") : outcome;
        String reason = answers.findText("otherText")
                .or(() -> answers.findText("awayReason"))
                .orElse("");
        record.attempt(
                task,
                "family",
                "family",
                Tried.of("phone", null, kept).because(reason),
                when,
                answers.findText("note").orElse(""));
        return switch (outcome) {
            case "spoke" -> record.spoken(task, answers);
            case "passed-on" -> Variables.of(OUTCOME, "passed-on");
            case "new-details" -> {
                record.addTold(task, answers);
                yield Variables.of(OUTCOME, "new-number");
            }
            case "away" -> away(decisions, parts, task, answers);
            case "other" -> Variables.of(OUTCOME, answers.is("otherIsContact", "contact") ? "reached" : "not-reached");
            default -> Variables.of(OUTCOME, "not-reached");
        };
    }

    /** The client is in hospital, in custody or away: kept with the date, for the supervisor who decides. */
    static Variables away(EpisodeDecisions decisions, FormParts parts, TaskContext task, Answers answers) {
        Instant until = answers.findDate("awayUntil")
                .map(day -> day.atStartOfDay(parts.zone(task)).toInstant())
                .orElse(null);
        decisions.record(
                task,
                "away",
                answers.text("awayReason"),
                answers.findText("note").orElse(""),
                until);
        return Variables.of(OUTCOME, "away");
    }

    private void requireMayBeSpokenTo(TaskContext task, String chosen) {
        boolean may = record.client(task).supportContacts().stream()
                .anyMatch(contact ->
                        contact.mayBeSpokenTo() && Long.toString(contact.id()).equals(chosen));
        if (!may) {
            throw AnswersRejected.because("supportContact", "engagement.handler.may-not-be-spoken-to");
        }
    }

    private static Choice choice(SupportContact contact) {
        String phone = contact.phone().isBlank() ? "" : " · " + contact.phone();
        return new Choice(Long.toString(contact.id()), contact.nameAndRelation() + phone);
    }
}
