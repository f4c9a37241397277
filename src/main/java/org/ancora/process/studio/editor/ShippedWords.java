package org.ancora.process.studio.editor;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.ancora.process.model.ProcessFolder;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The words that come with Ancora, by key and language: what owners see in the tables of words before they write their own over
 * it. Read from the files, because a message source answers in English where another language has nothing.
 */
@Component
class ShippedWords {

    private final Map<String, Map<String, String>> byKey = new TreeMap<>();

    ShippedWords() {
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties")) {
                Properties properties = new Properties();
                try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                String language = language(String.valueOf(file.getFilename()));
                properties.stringPropertyNames().forEach(key -> byKey.computeIfAbsent(key, any -> new TreeMap<>())
                        .put(language, plain(properties.getProperty(key, ""))));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String language(String file) {
        return file.endsWith("_es.properties") ? "es" : file.endsWith("_it.properties") ? "it" : "en";
    }

    /** As people read it: a message file writes an apostrophe twice and quotes braces, an owner does not. */
    private static String plain(String message) {
        return message.replaceAll("'([{}]+)'", "$1").replace("''", "'");
    }

    /** The words of a folder's procedures, steps, fields and tables: language and text by key. */
    Map<String, Map<String, String>> of(ProcessFolder folder) {
        Set<String> names = new HashSet<>();
        folder.files().keySet().forEach(path -> {
            String stem = stem(path);
            if (path.endsWith(".bpmn")) {
                names.add("task." + stem);
                names.add("flow." + stem);
                names.add("process." + stem);
            } else if (path.endsWith(".form")) {
                names.add("form." + stem);
            } else if (path.endsWith(".dmn")) {
                names.add("decision." + stem);
            }
        });
        return matching(names);
    }

    private Map<String, Map<String, String>> matching(Collection<String> names) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        byKey.forEach((key, words) -> {
            int first = key.indexOf('.');
            int second = first < 0 ? -1 : key.indexOf('.', first + 1);
            if (names.contains(second < 0 ? key : key.substring(0, second))) {
                found.put(key, words);
            }
        });
        return found;
    }

    /** What begins with this, in one language, without it; arguments stay as {0}. */
    Map<String, String> startingWith(String prefix, String language) {
        Map<String, String> found = new TreeMap<>();
        byKey.forEach((key, words) -> {
            String text = words.get(language);
            if (key.startsWith(prefix) && text != null) {
                found.put(key.substring(prefix.length()), text);
            }
        });
        return found;
    }

    static String stem(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
