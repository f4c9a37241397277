package org.ancora.network;

import java.util.Locale;

/** Where a case stands, whatever its project calls it (C10): the category of each {@link ProjectStatus}. */
public enum CaseStatus {
    /** Nobody is assigned yet. */
    NEW,
    /** A caseworker with room for it is assigned; the client is being looked for. */
    ASSIGNED,
    /** Assigned to a caseworker who has no room yet (A-R1). */
    WAITING_FOR_CAPACITY,
    /** The client was admitted to service. */
    IN_PROGRESS,
    /** Waiting for something or somebody outside; it stays its worker's. */
    PENDING,
    /** Closed for a reason. */
    CLOSED;

    /** Returns the lower-case code used in tables, addresses, forms and message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static CaseStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
