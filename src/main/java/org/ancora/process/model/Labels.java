package org.ancora.process.model;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Which message keys exist in which language. Read from the files themselves, because a message source answers in
 * English where another language has nothing.
 */
public final class Labels {

    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    private final Map<String, Set<String>> keys;

    private Labels(Map<String, Set<String>> keys) {
        this.keys = keys;
    }

    /** The keys of every message file on the class path. */
    public static Labels shipped() {
        Map<String, Set<String>> keys = new HashMap<>();
        LANGUAGES.forEach(language -> keys.put(language, new HashSet<>()));
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties")) {
                Properties properties = new Properties();
                try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                keys.getOrDefault(language(String.valueOf(file.getFilename())), new HashSet<>())
                        .addAll(properties.stringPropertyNames());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Labels(keys);
    }

    /** These and the words that owners gave, by language. */
    Labels with(Map<String, Map<String, String>> own) {
        Map<String, Set<String>> all = new HashMap<>();
        keys.forEach((language, shipped) -> {
            Set<String> both = new HashSet<>(shipped);
            both.addAll(own.getOrDefault(language, Map.of()).keySet());
            all.put(language, both);
        });
        return new Labels(all);
    }

    /** For tests: these keys in all languages. */
    static Labels of(Set<String> everywhere) {
        Map<String, Set<String>> keys = new HashMap<>();
        LANGUAGES.forEach(language -> keys.put(language, everywhere));
        return new Labels(keys);
    }

    private static String language(String file) {
        return file.endsWith("_es.properties") ? "es" : file.endsWith("_it.properties") ? "it" : "en";
    }

    /** The languages that lack a key. */
    List<String> missing(String key) {
        List<String> missing = new ArrayList<>();
        for (String language : LANGUAGES) {
            if (!keys.getOrDefault(language, Set.of()).contains(key)) {
                missing.add(language);
            }
        }
        return missing;
    }
}
