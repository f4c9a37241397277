package org.ancora.process.studio.editor;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.StudioWords;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What people call a file: a procedure or table by its title, anything else by its name in words. */
@Component
class FileTitles {

    private static final Object[] NOTHING = {};

    private final MessageSource messages;
    private final StudioWords words;

    FileTitles(MessageSource messages, StudioWords words) {
        this.messages = messages;
        this.words = words;
    }

    String of(String path, Locale language) {
        if (Kind.of(path).filter(Kind.WORDS::equals).isPresent()) {
            return messages.getMessage("editor.kind-of-file.words", NOTHING, language);
        }
        String stem = ShippedWords.stem(path);
        String found = words.file(path, language);
        return found.equals(stem) ? inWords(stem) : found;
    }

    /** What the files of a folder are called, by path: a form by the task that shows it. */
    Map<String, String> of(ProcessFolder folder, Locale language) {
        Map<String, String> forms = words.forms(folder, language);
        Map<String, String> titles = new TreeMap<>();
        folder.files().keySet().forEach(path -> {
            String form = path.startsWith("forms/") ? forms.get(ShippedWords.stem(path)) : null;
            titles.put(path, form == null ? withLanguage(path, language) : form);
        });
        return titles;
    }

    /** As {@link #of}, with the language of a file that there is in several. */
    private String withLanguage(String path, Locale language) {
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

    /** The title of a folder: the names of its procedures. */
    String ofFolder(ProcessFolder folder, Locale language) {
        return words.folder(folder, language);
    }

    private static String inWords(String stem) {
        String spaced = stem.replace('-', ' ');
        return spaced.isEmpty() ? spaced : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
