package org.ancora.referral;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the client did about a referral, apart from what the agency says of it (C105). */
public enum ClientOutcome {
    UNKNOWN,
    ATTENDED,
    DECLINED,
    NO_SHOW;

    /** The lower-case code; words are the messages {@code referral.outcome.<code>}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The outcome with this code, if there is one. */
    public static Optional<ClientOutcome> of(String code) {
        return Stream.of(values())
                .filter(outcome -> outcome.code().equals(code))
                .findFirst();
    }
}
