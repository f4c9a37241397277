package org.ancora.referral;

import java.time.Instant;
import java.util.Locale;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.ancora.correspondence.MessageId;
import org.ancora.correspondence.RecipientKind;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked to be sent about a referral (C104).
 *
 * @param address the agency's, as it was confirmed; empty for a client
 * @param language to write in; null for the one that the client prefers
 * @param namesClient whether the agency may learn who the client is once it accepts
 * @param message what it became; null while it waits, and when it was refused
 * @param refused why it was not written after all: a code of {@code why.*}, or null
 */
record Sending(
        long id,
        long referral,
        RecipientKind recipient,
        Channel channel,
        String address,
        @Nullable Locale language,
        boolean namesClient,
        Instant askedAt,
        UserId askedBy,
        @Nullable MessageId message,
        @Nullable String refused) {

    /** What somebody ticked on the page; nothing was written yet. */
    record Asked(
            RecipientKind recipient,
            Channel channel,
            String address,
            @Nullable Locale language,
            boolean namesClient) {}

    boolean isWaiting() {
        return message == null && refused == null;
    }
}
