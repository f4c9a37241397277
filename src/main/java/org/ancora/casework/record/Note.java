package org.ancora.casework.record;

import java.time.Instant;
import java.time.LocalDate;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A note on a case as it stands now (C75, C76).
 *
 * @param words what it says
 * @param changedAt when it was last changed, or null
 * @param withdrawnAt when it was withdrawn, or null
 */
record Note(
        long id,
        UserId author,
        String authorName,
        Instant writtenAt,
        Words words,
        @Nullable Instant changedAt,
        @Nullable String changedByName,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawnByName,
        int version) {

    /**
     * What a note says.
     *
     * @param contactOn the day on which the client, or somebody about them, was spoken to; null when it tells of none
     * @param nextStep what follows from it, in one line; may be empty
     */
    record Words(String text, @Nullable LocalDate contactOn, String nextStep) {

        Words {
            text = text.replace("\r\n", "\n").strip();
            nextStep = nextStep.strip();
        }
    }

    /** What a note said at one time. */
    record Version(int number, Words words, String byName, Instant at) {}

    boolean isWithdrawn() {
        return withdrawnAt != null;
    }
}
