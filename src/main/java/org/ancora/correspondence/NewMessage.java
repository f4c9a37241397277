package org.ancora.correspondence;

import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A message to put into the outbox.
 *
 * @param kind what it is, a code such as {@code please-call-us}; names it in lists by {@code message.kind.<kind>}
 * @param caseCode the case it belongs to, null for messages about none (a digest)
 * @param projectId the project whose name, address and reply address it carries
 * @param channel e-mail or text message; letters by post go through {@link Letters}
 * @param recipient who it is for
 * @param recipientName how the recipient is called, shown in the list of the case
 * @param to e-mail address or telephone number; exactly one
 * @param subject subject of an e-mail; ignored for text messages
 * @param text the plain text
 * @param html the same as HTML for e-mail, null if there is only text
 * @param language language of the text
 * @param onceKey what makes it unique: a second message with the same key is not queued, for instance
 *     {@code YRK-2026-0001/send-no-contact-letter:17/no-contact}
 * @param by who caused it, null for the system
 */
public record NewMessage(
        String kind,
        @Nullable String caseCode,
        ProjectId projectId,
        Channel channel,
        RecipientKind recipient,
        @Nullable String recipientName,
        String to,
        @Nullable String subject,
        String text,
        @Nullable String html,
        Locale language,
        String onceKey,
        @Nullable UserId by) {

    public NewMessage {
        if (channel != Channel.EMAIL && channel != Channel.SMS) {
            throw new IllegalArgumentException("Messages travel by e-mail or text, not by " + channel.code());
        }
        if (onceKey.isBlank()) {
            throw new IllegalArgumentException("A message needs a key that makes it unique");
        }
        to = Addresses.one(channel, to);
    }
}
