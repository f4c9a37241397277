package org.ancora.casework;

import java.time.LocalDate;

/**
 * A client's answer to be recorded.
 *
 * @param channel what was asked about
 * @param given whether they agreed
 * @param givenBy who answered
 * @param givenOn the day of the answer, not in the future
 * @param wordingVersion which wording was read or signed
 * @param how {@code in-person}, {@code by-phone}, {@code in-writing}, {@code online}, or empty where nobody said
 * @param note what shows it; may be empty
 */
public record NewConsent(
        Channel channel,
        boolean given,
        String givenBy,
        LocalDate givenOn,
        String wordingVersion,
        String how,
        String note) {

    /** An answer without further evidence. */
    public NewConsent(Channel channel, boolean given, String givenBy, LocalDate givenOn, String wordingVersion) {
        this(channel, given, givenBy, givenOn, wordingVersion, "", "");
    }
}
