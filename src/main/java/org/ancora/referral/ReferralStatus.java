package org.ancora.referral;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where a referral stands with the agency: the states of FHIR's Task that a referral can have (C99). */
public enum ReferralStatus {
    /** Made, and nothing was sent to anybody: the client was told in person. */
    DRAFT,
    SENT,
    ACCEPTED,
    REJECTED,
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    CANCELLED,
    ENTERED_IN_ERROR;

    private static final Set<ReferralStatus> FINAL =
            EnumSet.of(COMPLETED, REJECTED, FAILED, CANCELLED, ENTERED_IN_ERROR);

    /** The code of FHIR: {@code in-progress}; words are the messages {@code referral.status.<code>}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status with this code, if there is one. */
    public static Optional<ReferralStatus> of(String code) {
        return Stream.of(values()).filter(status -> status.code().equals(code)).findFirst();
    }

    /** Whether nothing more is expected of the agency. */
    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** Whether it ended without help, so that what was needed is needed still. */
    boolean endedInVain() {
        return this == REJECTED || this == FAILED;
    }

    /** Whether the agency may still say yes or no. */
    boolean awaitsAnswer() {
        return this == DRAFT || this == SENT;
    }
}
