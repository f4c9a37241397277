package org.ancora.process.studio.editor;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What people call a file: a procedure or table by its title, anything else by its name in words. */
@Component
class FileTitles {

    private static final Object[] NOTHING = {};

    private final MessageSource messages;

    FileTitles(MessageSource messages) {
        this.messages = messages;
    }

    String of(String path, Locale language) {
        String stem = ShippedWords.stem(path);
        Kind kind = Kind.of(path).orElse(null);
        if (kind == Kind.WORDS) {
            return messages.getMessage("editor.kind-of-file.words", NOTHING, language);
        }
        String key = kind == Kind.DECISION ? "decision." + stem : "process." + stem;
        String found = kind == Kind.DIAGRAM || kind == Kind.DECISION
                ? messages.getMessage(key, NOTHING, null, language)
                : null;
        return found == null ? inWords(stem) : found;
    }

    /** As {@link #of}, with the language of a file that there is in several. */
    String withLanguage(String path, Locale language) {
        Kind kind = Kind.of(path).orElse(null);
        String title = of(path, language);
        if (kind != Kind.LETTER && kind != Kind.WORDS) {
            return title;
        }
        String code = kind == Kind.WORDS
                ? ShippedWords.stem(path)
                : path.substring(path.indexOf('.') + 1, path.lastIndexOf('.'));
        String name = messages.getMessage("editor.language." + code, NOTHING, null, language);
        return title + " – " + (name == null ? code : name);
    }

    /** The title of a folder: that of the procedure of the same name, else its name in words. */
    String ofFolder(String folder, Locale language) {
        String found = messages.getMessage("process." + folder, NOTHING, null, language);
        return found == null ? inWords(folder) : found;
    }

    private static String inWords(String stem) {
        String spaced = stem.replace('-', ' ');
        return spaced.isEmpty() ? spaced : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
