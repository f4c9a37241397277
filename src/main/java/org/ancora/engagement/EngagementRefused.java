package org.ancora.engagement;

import org.jspecify.annotations.Nullable;

/** The search for a client cannot start as the case stands; the message key says why and what to do. */
public class EngagementRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    EngagementRefused(String key) {
        this(key, null);
    }

    EngagementRefused(String key, @Nullable Throwable cause) {
        super(key, cause);
        this.key = key;
    }

    /** The key of the sentence that the person reads. */
    public String key() {
        return key;
    }
}
