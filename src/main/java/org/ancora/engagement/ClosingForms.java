package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.LETTER_BY_POST;
import static org.ancora.engagement.EngagementProcess.LETTER_LANGUAGE;
import static org.ancora.engagement.EngagementProcess.LETTER_OPTIONAL;
import static org.ancora.engagement.EngagementProcess.LETTER_SKIPPED;
import static org.ancora.engagement.EngagementProcess.OUTCOME;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.casework.Profile;
import org.ancora.correspondence.LetterId;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.RecipientKind;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.TaskContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The no-contact letter and the end of the file (A18–A20, A-R7, A-R8). */
@Configuration(proxyBeanMethods = false)
class ClosingForms {

    private final FormParts parts;
    private final ContactRecord record;
    private final EpisodeDecisions decisions;
    private final Letters letters;
    private final Tellings tellings;

    ClosingForms(
            FormParts parts, ContactRecord record, EpisodeDecisions decisions, Letters letters, Tellings tellings) {
        this.parts = parts;
        this.record = record;
        this.decisions = decisions;
        this.letters = letters;
        this.tellings = tellings;
    }

    @Bean
    FormHandler reviewLetterForm() {
        return FormHandler.of("review-letter", this::review, "letterLanguage", "letterChannel", "skipReason", "note")
                .showing(this::letter)
                .rehearsing(EngagementRehearsal::letter, EngagementRehearsal::reviewLetter);
    }

    @Bean
    FormHandler printAndPostForm() {
        return FormHandler.of("print-and-post", this::post, "posting", "postedOn", "problem")
                .showing(task -> Map.of("postedOn", parts.now(task).substring(0, 10)))
                .rehearsing(EngagementRehearsal::posting, (task, answers) -> Variables.none());
    }

    @Bean
    FormHandler confirmClosingForm() {
        return FormHandler.of("confirm-closing", this::confirmClosing, "nothingHeard", "note");
    }

    @Bean
    FormHandler confirmRefusalForm() {
        return FormHandler.of(
                        "confirm-refusal", this::confirmRefusal, "refusal", "refusalReason", "doorOpenTold", "note")
                .rehearsing(EngagementRehearsal::confirmRefusal);
    }

    private Map<String, ?> letter(TaskContext task) {
        Profile client = record.client(task);
        LawfulWays ways = client.lawfulWays();
        List<String> channels = channels(task, ways);
        return Map.of(
                "letterEn", words(task, Locale.ENGLISH),
                "letterEs", words(task, Locale.forLanguageTag("es")),
                "letterIt", words(task, Locale.ITALIAN),
                "letterLanguage", client.person().preferredLanguage().getLanguage(),
                "letterChannels", parts.choices(task, "letterChannel", channels.stream()),
                "letterChannel", channels.get(0),
                "postAddress", FormParts.plain(lines(ways, Way.POST)),
                "emailAddress", FormParts.plain(lines(ways, Way.EMAIL)));
    }

    /** The letter as it would go out, to be read before anybody decides on it (A18). */
    private String words(TaskContext task, Locale language) {
        return FormParts.plain(
                letters.preview(EngagementLetters.NO_CONTACT, task.caseCode(), RecipientKind.CLIENT, language, Map.of())
                        .text());
    }

    /** Post only where it is safe to write, e-mail only with consent; skipping when the policy allows it or nothing else is left. */
    private static List<String> channels(TaskContext task, LawfulWays ways) {
        List<String> channels = new ArrayList<>();
        if (ways.may(Way.POST)) {
            channels.add("post");
        }
        if (ways.may(Way.EMAIL)) {
            channels.add("email");
        }
        if (channels.isEmpty() || task.find(LETTER_OPTIONAL).orElse(true)) {
            channels.add("skip");
        }
        return channels;
    }

    private Variables review(TaskContext task, Answers answers) {
        String channel = answers.text("letterChannel");
        String words = answers.findText("skipReason")
                .or(() -> answers.findText("note"))
                .orElse("");
        decisions.record(task, "letter", channel, words, null);
        return Variables.of(LETTER_SKIPPED, channel.equals("skip"))
                .and(LETTER_BY_POST, channel.equals("post"))
                .and(LETTER_LANGUAGE, answers.text("letterLanguage"));
    }

    /** A letter that cannot be posted stays in the print queue, and supervisor and coordinator hear of it. */
    private Variables post(TaskContext task, Answers answers) {
        if (answers.is("posting", "posted")) {
            for (LetterId letter : letters.unposted(task.caseCode())) {
                letters.posted(letter, task.viewer().id());
            }
            Instant day =
                    answers.date("postedOn").atStartOfDay(parts.zone(task)).toInstant();
            if (day.isAfter(parts.present())) {
                throw AnswersRejected.because("postedOn", "engagement.handler.in-the-future");
            }
            decisions.record(task, "post", "posted", "", day);
        } else {
            decisions.record(task, "post", "not-posted", answers.text("problem"), null);
            tellings.letterNotPosted(task);
        }
        return Variables.none();
    }

    private Variables confirmClosing(TaskContext task, Answers answers) {
        decisions.record(task, "closing", "confirmed", answers.findText("note").orElse(""), null);
        return Variables.none();
    }

    private Variables confirmRefusal(TaskContext task, Answers answers) {
        String refusal = answers.text("refusal");
        String why = answers.findText("refusalReason").orElse(refusal);
        decisions.record(task, "refusal", why, answers.findText("note").orElse(""), null);
        return Variables.of(OUTCOME, refusal);
    }

    private static String lines(LawfulWays ways, Way way) {
        ContactPoint point = ways.may(way) ? ways.verdict(way).point() : null;
        return point == null ? "" : point.display().replace(", ", "\n");
    }
}
