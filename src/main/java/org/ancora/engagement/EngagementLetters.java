package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.LETTER_BY_POST;
import static org.ancora.engagement.EngagementProcess.LETTER_LANGUAGE;
import static org.ancora.engagement.EngagementProcess.WORKER;

import java.util.Locale;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.process.StepContext;
import org.springframework.stereotype.Component;

/** The letters of the engagement procedures. Each is keyed by the visit to its step, so it goes out once. */
@Component
class EngagementLetters {

    static final LetterKind NO_CONTACT = kind("no-contact");
    static final LetterKind SOURCE_TOLD = kind("source-told-unreachable");
    static final LetterKind SOURCE_CLOSED = kind("source-closed");
    static final LetterKind SOURCE_REFUSED = kind("source-refused");
    static final LetterKind PLEASE_CALL_US = kind("please-call-us");
    static final LetterKind PLEASE_CALL_US_SMS = kind("please-call-us-sms");

    private final Letters letters;
    private final Cases cases;
    private final Tellings tellings;
    private final EpisodeDecisions decisions;

    EngagementLetters(Letters letters, Cases cases, Tellings tellings, EpisodeDecisions decisions) {
        this.letters = letters;
        this.cases = cases;
        this.tellings = tellings;
        this.decisions = decisions;
    }

    /** The letter that the worker reviewed, by the way and in the language they chose (A18). */
    void sendNoContactLetter(StepContext step) {
        Channel channel = step.get(LETTER_BY_POST) ? Channel.POST : Channel.EMAIL;
        letters.send(new NewLetter(
                NO_CONTACT,
                step.caseCode(),
                RecipientKind.CLIENT,
                channel,
                step.find(LETTER_LANGUAGE).map(Locale::forLanguageTag).orElse(null),
                Map.of(),
                key(step, NO_CONTACT),
                worker(step)));
    }

    /** Whoever referred the client hears that the file is closed; nobody is told of self-referred clients (A19). */
    void tellSourceOfClosing(StepContext step) {
        tellSource(step, SOURCE_CLOSED, Map.of());
    }

    /** Whoever referred the client hears that the intake was not accepted, and why in the coordinator's words. */
    void tellSourceOfRefusal(StepContext step) {
        String reason = decisions
                .latest(step.caseCode(), "intake")
                .map(EpisodeDecision::reason)
                .orElse("");
        tellSource(step, SOURCE_REFUSED, Map.of("reason", reason));
    }

    private void tellSource(StepContext step, LetterKind kind, Map<String, ?> values) {
        CaseSummary file = cases.byCode(step.caseCode());
        if (!file.source().isSomebodyElse()) {
            return;
        }
        if (file.source().email().isBlank()) {
            tellings.askToCallSource(step);
            return;
        }
        letters.send(new NewLetter(
                kind, step.caseCode(), RecipientKind.SOURCE, Channel.EMAIL, values, key(step, kind), worker(step)));
    }

    private static UserId worker(StepContext step) {
        return step.find(WORKER).orElse(UserId.SYSTEM);
    }

    private static String key(StepContext step, LetterKind kind) {
        return step.caseCode() + "/" + step.visit() + "/" + kind.name();
    }

    private static LetterKind kind(String name) {
        return new LetterKind(EngagementProcess.FOLDER, name);
    }
}
