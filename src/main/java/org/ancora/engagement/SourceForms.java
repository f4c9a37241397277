package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.EPISODE_ID;
import static org.ancora.engagement.EngagementProcess.OUTCOME;

import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.casework.Channel;
import org.ancora.casework.ReferralSource;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.engagement.ContactRecord.Tried;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Telling whoever referred the client, and acting on their answer (A16, A17, A-R6). */
@Configuration(proxyBeanMethods = false)
class SourceForms {

    private final FormParts parts;
    private final ContactRecord record;
    private final EpisodeDecisions decisions;
    private final Letters letters;
    private final Clock clock;

    SourceForms(FormParts parts, ContactRecord record, EpisodeDecisions decisions, Letters letters, Clock clock) {
        this.parts = parts;
        this.record = record;
        this.decisions = decisions;
        this.letters = letters;
        this.clock = clock;
    }

    @Bean
    FormHandler tellSourceForm() {
        return FormHandler.of("tell-source", this::tell, "sourceChannel", "notToldReason", "when", "note")
                .showing(this::ways)
                .rehearsing(EngagementRehearsal::waysToSource, EngagementRehearsal::tellSourceForm);
    }

    @Bean
    FormHandler sourceAnswerForm() {
        return FormHandler.of(
                        "source-answer",
                        this::act,
                        "answer",
                        "newKind",
                        "newValue",
                        "awayReason",
                        "awayUntil",
                        "when",
                        "note")
                .showing(task -> Map.of("when", parts.now(task)))
                .rehearsing(EngagementRehearsal::now, EngagementRehearsal::actOnAnswer);
    }

    @Bean
    FormHandler goOnForm() {
        return FormHandler.of("go-on", this::goOn, "note");
    }

    private Map<String, ?> ways(TaskContext task) {
        ReferralSource source = record.file(task).source();
        boolean email = !source.email().isBlank();
        boolean phone = !source.phone().isBlank();
        Stream<String> ways = email || phone
                ? Stream.of(email ? "email" : "", phone ? "phone" : "", "in-person", "not-reached")
                : Stream.of("in-person", "none-on-file");
        String preview = email
                ? letters.preview(EngagementLetters.SOURCE_TOLD, task.caseCode(), RecipientKind.SOURCE, Map.of())
                        .text()
                : "";
        return Map.of(
                "sourceChannels",
                parts.choices(task, "sourceChannel", ways.filter(way -> !way.isEmpty())),
                "emailPreview",
                FormParts.plain(preview),
                "when",
                parts.now(task));
    }

    private Variables tell(TaskContext task, Answers answers) {
        String channel = answers.text("sourceChannel");
        String note = answers.findText("note").orElse("");
        Tried tried =
                switch (channel) {
                    case "email" -> new Tried("email", null, "sent", "", send(task));
                    case "phone", "in-person" -> Tried.of(channel, null, "told");
                    case "not-reached" -> Tried.of("phone", null, "no-answer").because(answers.text("notToldReason"));
                    default -> Tried.of("none", null, "none-on-file").because(answers.text("notToldReason"));
                };
        record.attempt(
                task,
                "source",
                "source",
                tried,
                answers.has("when") ? parts.when(task, answers) : clock.instant(),
                note);
        return Variables.none();
    }

    private Variables act(TaskContext task, Answers answers) {
        String answer = answers.text("answer");
        record.attempt(
                task,
                "source",
                "source",
                Tried.of("answer", null, answer)
                        .because(answers.findText("awayReason").orElse("")),
                parts.when(task, answers),
                answers.findText("note").orElse(""));
        return switch (answer) {
            case "new-details" -> {
                record.addTold(task, answers);
                yield Variables.of(OUTCOME, "new-number");
            }
            case "away" -> FamilyForm.away(decisions, parts, task, answers);
            default -> Variables.of(OUTCOME, "nothing-new");
        };
    }

    private Variables goOn(TaskContext task, Answers answers) {
        decisions.record(
                task, "go-on", "without-answer", answers.findText("note").orElse(""), null);
        return Variables.none();
    }

    private long send(TaskContext task) {
        return letters.send(new NewLetter(
                        EngagementLetters.SOURCE_TOLD,
                        task.caseCode(),
                        RecipientKind.SOURCE,
                        Channel.EMAIL,
                        Map.of(),
                        task.caseCode() + "/" + task.get(EPISODE_ID) + "/" + task.id() + "/source-told",
                        task.viewer().id()))
                .message()
                .value();
    }
}
