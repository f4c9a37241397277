package org.ancora.correspondence;

import java.util.Locale;

/** Who a message is for: the client, the referral source, an agency that a client is referred to, or a member of staff. */
public enum RecipientKind {
    CLIENT,
    SOURCE,
    AGENCY,
    STAFF;

    /** The lower-case code kept in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
