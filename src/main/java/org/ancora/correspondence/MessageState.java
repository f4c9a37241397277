package org.ancora.correspondence;

import java.util.Locale;

/**
 * Where a message stands. Electronic messages go {@code QUEUED → SENDING → SENT}, or to {@code UNKNOWN} when nobody can
 * tell whether the server took them, or to {@code FAILED} when a person gave up on them; a refusal before the server has
 * taken the data leads back to {@code QUEUED}. Paper goes {@code QUEUED → PRINTED → POSTED}. Where no server is
 * configured a message ends as {@code WRITTEN} to a file.
 */
public enum MessageState {
    QUEUED,
    SENDING,
    SENT,
    UNKNOWN,
    FAILED,
    PRINTED,
    POSTED,
    WRITTEN;

    /** The lower-case code kept in the database and in message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MessageState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
