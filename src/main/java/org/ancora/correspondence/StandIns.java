package org.ancora.correspondence;

import java.util.Locale;
import java.util.Optional;
import org.ancora.process.IdWords;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What stands in a letter that nobody gets for what only a real case has. */
@Component
class StandIns {

    private final MessageSource messages;

    StandIns(MessageSource messages) {
        this.messages = messages;
    }

    /** A name that is nobody's, for one of those that a letter to a client may have. */
    String sample(String placeholder, Locale language) {
        return messages.getMessage("correspondence.owners.sample." + placeholder, null, language);
    }

    /** As {@link #words}; empty for what nobody gave words: sections, and what an owner made up. */
    Optional<String> known(String placeholder, Locale language) {
        return Optional.ofNullable(messages.getMessage("correspondence.stand-in." + placeholder, null, null, language));
    }

    /** What would stand there, such as "name of the person"; for what no letter of ours has the words of the placeholder itself. */
    String words(String placeholder, Locale language) {
        return known(placeholder, language).orElseGet(() -> IdWords.of(placeholder));
    }
}
