package org.ancora.conduct;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked of a worker beyond work, and what follows from it.
 *
 * @param askedOf the worker
 * @param said null until it is recorded
 */
record BoundaryRequest(
        long id,
        ProjectId project,
        String caseCode,
        UserId askedOf,
        String askedOfName,
        Instant begunAt,
        @Nullable Said said,
        List<FollowUp> followUps) {

    /**
     * The record (B-R1). Codes are those of the form; an empty text stands for no answer.
     *
     * @param alternatives codes of what was offered instead
     */
    record Said(
            LocalDate askedOn,
            String channel,
            String asked,
            String reason,
            String policy,
            List<String> alternatives,
            String choice,
            String consulted,
            String note) {

        Said {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * A worry that a supervisor decides on, or a question that somebody answers.
     *
     * @param words of whoever was asked
     * @param decision code of the decision on a worry; empty for a question
     * @param answer empty until it is settled
     */
    record FollowUp(
            Kind kind,
            String words,
            @Nullable UserId askedWhom,
            String decision,
            String answer,
            @Nullable Instant settledAt,
            @Nullable UserId settledBy,
            @Nullable String settledByName) {}

    enum Kind {
        SAFETY,
        QUESTION;

        String code() {
            return this == SAFETY ? "safety" : "question";
        }

        static Kind of(String code) {
            return code.equals("safety") ? SAFETY : QUESTION;
        }
    }

    Optional<FollowUp> followUp(Kind kind) {
        return followUps.stream().filter(each -> each.kind() == kind).findFirst();
    }
}
