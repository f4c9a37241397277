package org.ancora.correspondence;

import java.util.Locale;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A letter, e-mail or text message to be written from a template and sent.
 *
 * @param recipient the client or the referral source
 * @param channel e-mail, text message or post; refused unless lawful for the client at this moment
 * @param language to write in; null for the one that the client prefers, or the project's for the source
 * @param values placeholders beside those that every letter has; see {@link Letters}
 * @param onceKey what makes it unique, see {@link NewMessage}
 * @param by who sends it, null for the system
 */
public record NewLetter(
        LetterKind kind,
        String caseCode,
        RecipientKind recipient,
        Channel channel,
        @Nullable Locale language,
        Map<String, ?> values,
        String onceKey,
        @Nullable UserId by) {

    /** A letter in the language that the client prefers, or in the project's for the source. */
    public NewLetter(
            LetterKind kind,
            String caseCode,
            RecipientKind recipient,
            Channel channel,
            Map<String, ?> values,
            String onceKey,
            @Nullable UserId by) {
        this(kind, caseCode, recipient, channel, null, values, onceKey, by);
    }

    public NewLetter {
        values = Map.copyOf(values);
    }
}
