package org.ancora.process.migration;

import java.util.Locale;
import org.ancora.process.OwnersWords;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What steps, procedures and reasons are called in a person's language: by our words, unless the file says something new. */
@Component
class StepWords {

    private static final Object[] NOTHING = {};

    private final MessageSource messages;
    private final OwnersWords owners;

    StepWords(MessageSource messages, OwnersWords owners) {
        this.messages = messages;
        this.owners = owners;
    }

    String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    String procedure(String key, String name, Locale language) {
        String words = find(key, "process." + key, language);
        return words == null ? name : words;
    }

    /** The step's words; an owner's new name for it counts more than ours for the old one. */
    String step(String process, Place place, @Nullable Place before, Locale language) {
        if (before != null && !before.name().equals(place.name())) {
            return place.name();
        }
        String key = "task." + process + "." + place.id();
        for (String each : new String[] {key + ".step", key, "flow." + process + "." + place.id()}) {
            String words = find(process, each, language);
            if (words != null && !words.matches("(?s).*\\{\\d.*")) {
                return words;
            }
        }
        return place.name();
    }

    String kind(Place place, Locale language) {
        return text(
                "migration.kind." + place.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), language);
    }

    /** An owner's own words win over ours. */
    private @Nullable String find(String process, String key, Locale language) {
        String own = owners.newest(process, key, language);
        return own != null ? own : messages.getMessage(key, NOTHING, null, language);
    }
}
