package org.ancora.referral;

import java.time.Instant;
import java.time.LocalDate;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A client was pointed to a service of somebody else for a need.
 *
 * @param number counts the referrals of one case
 * @param resource the service as it was then
 * @param need why, in the worker's words, the kind of help, and a note for colleagues
 * @param status what the agency does with it
 * @param outcome what the client did about it
 * @param next when it is followed up next; null once nothing is left to do
 * @param worker who has the case now
 * @param finishedAt when nothing was left to do about it
 * @param process the engine's id of the procedure that follows it
 * @param version counts its changes
 */
record Referral(
        long id,
        String caseCode,
        ProjectId project,
        int number,
        Resource resource,
        Need need,
        ReferralStatus status,
        ClientOutcome outcome,
        @Nullable Ahead next,
        @Nullable UserId worker,
        Instant madeAt,
        String madeByName,
        @Nullable Instant finishedAt,
        @Nullable String process,
        int version) {

    /**
     * What a referral is for.
     *
     * @param term the kind of help, as the directory calls it; may be empty
     * @param note for colleagues; may be empty, and goes to nobody else
     */
    record Need(String words, String term, String note) {

        Need {
            words = words.strip();
            term = term.strip();
            note = note.strip();
        }
    }

    /** The follow-up ahead: its day, and when that day ends for the office. */
    record Ahead(LocalDate on, Instant dueAt) {}

    /**
     * What somebody found out about a referral.
     *
     * @param kind how they found out: the project's own kind of follow-up, or null
     * @param note may be empty
     * @param nextOn when to ask again; needed exactly unless the status is final
     */
    record Result(
            ReferralStatus status,
            ClientOutcome outcome,
            @Nullable Long kind,
            String note,
            @Nullable LocalDate nextOn) {

        Result {
            note = note.strip();
            nextOn = status.isFinal() ? null : nextOn;
        }

        Result(ReferralStatus status, ClientOutcome outcome, String note, @Nullable LocalDate nextOn) {
            this(status, outcome, null, note, nextOn);
        }
    }

    /** This referral with the agency reached otherwise than the directory said. */
    Referral reachedBy(String email, String phone) {
        return new Referral(
                id,
                caseCode,
                project,
                number,
                resource.reachedBy(email, phone),
                need,
                status,
                outcome,
                next,
                worker,
                madeAt,
                madeByName,
                finishedAt,
                process,
                version);
    }

    boolean isFinished() {
        return finishedAt != null;
    }

    String path() {
        return "/cases/" + caseCode + "/referrals/" + id;
    }

    /** How agency and client both call it: {@code YRK-2026-0388/2}. */
    String reference() {
        return caseCode + "/" + number;
    }
}
