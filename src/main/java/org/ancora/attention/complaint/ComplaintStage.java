package org.ancora.attention.complaint;

import java.util.Locale;
import org.ancora.web.Tone;

/** How far the answer to a petition has come. */
public enum ComplaintStage {
    ROUTING,
    PREPARING,
    APPROVING,
    SENDING,
    POSTING,
    CONFIRMING,
    ANSWERED,
    APPEALED,
    WITHDRAWN,
    MERGED,
    REDIRECTED;

    /** The lower-case word of tables and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the value of a code.
     *
     * @throws IllegalArgumentException for a code that none has
     */
    static ComplaintStage of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing more is to be done. */
    public boolean ended() {
        return compareTo(ANSWERED) >= 0;
    }

    /** Whether the person still waits for the answer. */
    public boolean unanswered() {
        return compareTo(CONFIRMING) < 0;
    }

    /** Whether it came to its answer, and to the call after it; what was ended by hand did not. */
    boolean answered() {
        return this == ANSWERED || this == APPEALED;
    }

    /** Whether dates can still be moved: the answer is not on its way yet. */
    boolean inWork() {
        return compareTo(SENDING) < 0;
    }

    Tone tone() {
        return ended() ? Tone.DONE : Tone.CALM;
    }
}
