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
 */
public record NewConsent(Channel channel, boolean given, String givenBy, LocalDate givenOn, String wordingVersion) {}
