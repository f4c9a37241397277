package org.ancora.process.migration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ancora.process.OwnersWords;
import org.ancora.process.form.FormField;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.StudioWords;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What steps, procedures and reasons are called in a person's language: by our words, unless the file says something new. */
@Component
class StepWords {

    private static final Object[] NOTHING = {};

    private final MessageSource messages;
    private final OwnersWords owners;
    private final StudioWords studio;

    StepWords(MessageSource messages, OwnersWords owners, StudioWords studio) {
        this.messages = messages;
        this.owners = owners;
        this.studio = studio;
    }

    /** What a folder is called. */
    String folder(ProcessFolder folder, Locale language) {
        return studio.folder(folder, language);
    }

    /** What the files of a folder are called, by their paths. */
    UnaryOperator<String> titles(ProcessFolder folder, Locale language) {
        return studio.titles(folder, language);
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
        List<String> keys = List.of(key + ".step", key, "flow." + process + "." + place.id());
        return Stream.concat(
                        keys.stream().map(each -> Optional.ofNullable(owners.newest(process, each, language))),
                        keys.stream().map(each -> Optional.ofNullable(message(each, language))))
                .flatMap(Optional::stream)
                .filter(words -> !words.matches("(?s).*\\{\\d.*"))
                .findFirst()
                .orElse(place.name());
    }

    /** What a row or column of a table is called: by our words, as long as the file says what they translate. */
    String cell(DecisionChanges.Named named, Locale language) {
        String table = named.key().substring(0, named.key().lastIndexOf('.'));
        String own = owners.newest(table, named.key(), language);
        if (own != null) {
            return own;
        }
        String words =
                named.inFile().equals(message(named.key(), Locale.ENGLISH)) ? message(named.key(), language) : null;
        return words == null ? named.inFile() : words;
    }

    /**
     * What a form asks in a field.
     *
     * @param own what the owner of this version wrote in the language, by key
     */
    String field(String form, FormField field, Map<String, String> own, Locale language) {
        String key = "form." + form + "." + field.word();
        String said = own.getOrDefault(key, message(key, language));
        if (said != null) {
            return said;
        }
        return field.source().get("label") instanceof String label && !label.isBlank() ? label : field.word();
    }

    String kind(Place place, Locale language) {
        return text(
                "migration.kind." + place.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), language);
    }

    /** An owner's own words win over ours. */
    private @Nullable String find(String process, String key, Locale language) {
        String own = owners.newest(process, key, language);
        return own != null ? own : message(key, language);
    }

    private @Nullable String message(String key, Locale language) {
        return messages.getMessage(key, NOTHING, null, language);
    }
}
