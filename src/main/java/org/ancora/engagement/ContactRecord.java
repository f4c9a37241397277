package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CALL_BACK_AT;
import static org.ancora.engagement.EngagementProcess.EPISODE_ID;
import static org.ancora.engagement.EngagementProcess.OUTCOME;
import static org.ancora.engagement.EngagementProcess.ROUND;

import java.time.Instant;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.ContactKind;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.Failure;
import org.ancora.casework.InvalidContact;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.TaskContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes down what happened when somebody was called or written to, and what the procedure makes of it. */
@Component
class ContactRecord {

    private final ContactAttempts attempts;
    private final Cases cases;
    private final Profiles profiles;
    private final FormParts parts;

    ContactRecord(ContactAttempts attempts, Cases cases, Profiles profiles, FormParts parts) {
        this.attempts = attempts;
        this.cases = cases;
        this.profiles = profiles;
        this.parts = parts;
    }

    CaseSummary file(TaskContext task) {
        return cases.byCode(task.caseCode());
    }

    Profile client(TaskContext task) {
        return profiles.get(file(task).profile());
    }

    /** Records one attempt of the task; the note of the form goes with it. */
    void attempt(TaskContext task, String place, String party, Tried tried, Instant when, String note) {
        attempts.record(
                task.projectId(),
                new NewAttempt(
                        task.get(EPISODE_ID),
                        task.caseCode(),
                        task.id(),
                        place,
                        task.find(ROUND).orElse(0),
                        party,
                        tried.channel(),
                        tried.point() == null ? null : tried.point().id().value(),
                        tried.outcome(),
                        tried.reason(),
                        note,
                        tried.message(),
                        when,
                        task.viewer().id()));
        Failure failure = tried.failure();
        ContactPoint point = tried.point();
        if (failure != null && point != null) {
            profiles.reportFailure(
                    file(task), point.id(), failure, task.viewer().id());
        }
    }

    /** What follows when the client, or somebody who speaks for them, was spoken to. */
    Variables spoken(TaskContext task, Answers answers) {
        return switch (answers.text("spokeOutcome")) {
            case "wants-service" -> Variables.of(OUTCOME, "reached");
            case "declines" -> Variables.of(OUTCOME, "declined");
            default -> Variables.of(OUTCOME, "call-back").and(CALL_BACK_AT, parts.ahead(task, answers, "callBackAt"));
        };
    }

    /**
     * Adds the number or address that somebody told; a number becomes the main one when none leads anywhere.
     *
     * @throws AnswersRejected when it cannot be one
     */
    void addTold(TaskContext task, Answers answers) {
        ContactKind kind = ContactKind.of(answers.text("newKind"));
        UserId by = task.viewer().id();
        boolean main = client(task).main(kind).filter(ContactPoint::isUsable).isEmpty();
        try {
            profiles.addContactPoint(
                    file(task), new NewContactPoint(kind, answers.text("newValue"), "", main, true), by);
        } catch (InvalidContact invalid) {
            throw AnswersRejected.because("newValue", invalid.key());
        }
    }

    /**
     * One way that was tried.
     *
     * @param channel see {@link ContactAttempt}
     * @param point the number or address, or null
     * @param reason what "other" was, or why a way was skipped
     * @param message the message that Ancora sent, or null
     */
    record Tried(
            String channel,
            @Nullable ContactPoint point,
            String outcome,
            String reason,
            @Nullable Long message) {

        static Tried of(String channel, @Nullable ContactPoint point, String outcome) {
            return new Tried(channel, point, outcome, "", null);
        }

        Tried because(String text) {
            return new Tried(channel, point, outcome, text, message);
        }

        /** How the number or address turned out to lead nowhere, or null when it did not (A-R3). */
        @Nullable
        Failure failure() {
            return switch (outcome) {
                case "wrong-number" -> Failure.WRONG_NUMBER;
                case "undelivered" -> Failure.UNDELIVERED;
                default -> null;
            };
        }
    }
}
