package org.ancora.casework;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer about one channel. Answers are never overwritten: a new one withdraws the one before.
 *
 * @param id identity
 * @param channel what was asked about
 * @param given whether the client agreed; otherwise they refused
 * @param givenBy who answered: the client, or the person who may answer for them
 * @param givenOn the day of the answer
 * @param wordingVersion which wording was read or signed
 * @param withdrawnOn the day from which it no longer holds
 * @param how {@code in-person}, {@code by-phone}, {@code in-writing}, {@code online}, or empty where nobody said
 * @param note what shows it: where the signed paper lies, who was present; may be empty
 * @param withdrawnNote how it was taken back; may be empty
 */
public record Consent(
        long id,
        Channel channel,
        boolean given,
        String givenBy,
        LocalDate givenOn,
        String wordingVersion,
        @Nullable LocalDate withdrawnOn,
        String how,
        String note,
        String withdrawnNote) {

    /** An answer without further evidence. */
    public Consent(
            long id,
            Channel channel,
            boolean given,
            String givenBy,
            LocalDate givenOn,
            String wordingVersion,
            @Nullable LocalDate withdrawnOn) {
        this(id, channel, given, givenBy, givenOn, wordingVersion, withdrawnOn, "", "", "");
    }

    /** Returns whether it still holds. */
    public boolean isInForce() {
        return withdrawnOn == null;
    }
}
