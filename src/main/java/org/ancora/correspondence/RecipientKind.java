package org.ancora.correspondence;

import java.util.Locale;

/**
 * Who a message is for: the client, the referral source, an agency that a client is referred to, a member of staff, or a
 * petitioner.
 */
public enum RecipientKind {
    CLIENT,
    SOURCE,
    AGENCY,
    STAFF,
    /** Somebody who asked or complained, and is nobody's client for it. */
    PETITIONER;

    /** The lower-case code kept in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
