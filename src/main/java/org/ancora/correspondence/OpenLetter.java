package org.ancora.correspondence;

import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A letter to somebody who has no case: what a petitioner is answered.
 *
 * @param reference what it is about and is kept under, such as a registration number
 * @param channel e-mail or post, as the person asked
 * @param values placeholders beside those about the organisation; see {@link Letters}
 * @param onceKey what makes it unique, see {@link NewMessage}
 * @param by who sends it, null for the system
 */
public record OpenLetter(
        LetterKind kind,
        String reference,
        ProjectId project,
        Addressee to,
        Channel channel,
        Map<String, ?> values,
        String onceKey,
        @Nullable UserId by) {

    public OpenLetter {
        values = Map.copyOf(values);
        if (channel != Channel.EMAIL && channel != Channel.POST) {
            throw new IllegalArgumentException("A letter travels by e-mail or post, not by " + channel.code());
        }
    }
}
