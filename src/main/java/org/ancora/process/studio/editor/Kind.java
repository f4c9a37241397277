package org.ancora.process.studio.editor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.process.model.ProcessFolder;

/** What an owner may change, each in an editor of its own. */
enum Kind {
    DIAGRAM("sitemap", "studio-diagram.js", "studio-diagram.css"),
    DECISION("table", "studio-decision.js", "studio-decision.css"),
    FORM("forms", "studio-form.js", "task.css", "studio-form.css"),
    LETTER("mail", "studio-letter.js"),
    WORDS("language", "studio-letter.js");

    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    /** Any path of words opens the table of all languages. */
    static final String WORDS_PATH = "labels/en.properties";

    private final String icon;
    private final String script;

    @SuppressWarnings("ImmutableEnumChecker") // List.of() never changes
    private final List<String> styles;

    Kind(String icon, String script, String... styles) {
        this.icon = icon;
        this.script = script;
        this.styles = List.of(styles);
    }

    /** The kind of a file, by where it lies and how its name ends. */
    static Optional<Kind> of(String path) {
        if (path.matches("[a-z0-9-]+\\.bpmn")) {
            return Optional.of(DIAGRAM);
        }
        if (path.matches("[a-z0-9-]+\\.dmn")) {
            return Optional.of(DECISION);
        }
        if (path.matches("forms/[a-z0-9-]+\\.form")) {
            return Optional.of(FORM);
        }
        if (path.matches("letters/[a-z0-9-]+\\.[a-z]{2}\\.(html|txt)")) {
            return Optional.of(LETTER);
        }
        return path.matches("labels/[a-z]{2}\\.properties") ? Optional.of(WORDS) : Optional.empty();
    }

    /** The folder's files of this kind, one for each letter. */
    List<String> in(ProcessFolder folder, String language) {
        if (this == WORDS) {
            return List.of(WORDS_PATH);
        }
        return folder.files().keySet().stream()
                .filter(path -> of(path).filter(this::equals).isPresent())
                .map(path -> this == LETTER ? inLanguage(path, language) : path)
                .distinct()
                .toList();
    }

    /** Whether the file is there, or the same letter in another language, so that it can be begun. */
    boolean isIn(ProcessFolder folder, String path) {
        return this == WORDS
                || folder.files().containsKey(path)
                || (this == LETTER
                        && LANGUAGES.stream().anyMatch(language -> path.equals(inLanguage(path, language)))
                        && LANGUAGES.stream()
                                .anyMatch(language -> folder.files().containsKey(inLanguage(path, language))));
    }

    /** The path of a letter in another language. */
    private static String inLanguage(String letter, String language) {
        return letter.replaceFirst("\\.[a-z]{2}\\.", "." + language + ".");
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String icon() {
        return icon;
    }

    String script() {
        return script;
    }

    List<String> styles() {
        return styles;
    }
}
