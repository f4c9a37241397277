package org.ancora.correspondence;

import java.util.Optional;

/**
 * Makes the links in messages that open something. The outbox keeps only where a link will stand, so that whoever reads the
 * database can open nothing: the secret is made when a message is handed over, and its maker keeps no more than a digest.
 * Published as a bean by the module that answers the links.
 */
public interface LinkMaker {

    /** What may stand in a message for a link of this purpose; it is an address that leads nowhere. */
    static String place(String purpose, long id) {
        return "https://link.invalid/" + purpose + "/" + id;
    }

    /** The code in {@link #place}, such as {@code referral}; lower-case letters and hyphens. */
    String purpose();

    /**
     * A fresh link, in a transaction of its own that is committed before the message leaves. It is asked for again when a
     * message is handed over again: any of them may be the one that arrived.
     *
     * @param id what the link is about, as in {@link #place}
     * @param message in which it stands; whoever wrote the place into another message gets no link
     * @return empty when there is none to be had
     */
    Optional<String> fresh(long id, MessageId message);
}
