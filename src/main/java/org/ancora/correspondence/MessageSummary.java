package org.ancora.correspondence;

import java.time.Instant;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of a case's letters and messages.
 *
 * @param kind names it by the message {@code message.kind.<kind>}
 * @param recipientName how the recipient is called, null where only the address is known
 * @param subject subject of an e-mail or title of a letter
 * @param letter the letter kept with it, null for plain messages
 * @param attempts how often it was handed to a server
 * @param at when its state began, null before the first attempt
 * @param by who brought it into its state, null for the system
 * @param detail the server's last refusal, why nobody knows, or the file written
 * @param nextTry when it is tried again, null where nothing is planned
 */
public record MessageSummary(
        MessageId id,
        ProjectId projectId,
        @Nullable String caseCode,
        String kind,
        Channel channel,
        String recipient,
        @Nullable String recipientName,
        String address,
        @Nullable String subject,
        @Nullable LetterId letter,
        Instant createdAt,
        MessageState state,
        int attempts,
        @Nullable Instant at,
        @Nullable UserId by,
        @Nullable String detail,
        @Nullable Instant nextTry) {

    MessageSummary nextTry(@Nullable Instant next) {
        return new MessageSummary(
                id,
                projectId,
                caseCode,
                kind,
                channel,
                recipient,
                recipientName,
                address,
                subject,
                letter,
                createdAt,
                state,
                attempts,
                at,
                by,
                detail,
                next);
    }
}
