package org.ancora.process.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the decision editor may say, its own menus included, there is a word of ours for it in each language. */
class DecisionTextsTest {

    /** Written by the build: every text that the editor's sources ask to be translated. */
    private static final Path TEXTS = Path.of("target/frontend/decision-texts.txt");

    /** What values may be; their codes are asked for too. */
    private static final List<String> TYPES =
            List.of("string", "boolean", "integer", "long", "number", "date", "dateTime");

    @ParameterizedTest
    @ValueSource(strings = {"", "_es", "_it"})
    void isSaidInEachLanguage(String language) throws Exception {
        Properties words = new Properties();
        try (Reader reader =
                Files.newBufferedReader(Path.of("src/main/resources/messages/editor" + language + ".properties"))) {
            words.load(reader);
        }
        List<String> texts = Files.readAllLines(TEXTS).stream()
                .filter(text -> !text.isBlank())
                .toList();

        assertThat(texts).hasSizeGreaterThan(120).contains("Remove item", "Use today", "Collect (Sum)");
        assertThat(Stream.concat(texts.stream(), TYPES.stream()))
                .allSatisfy(text ->
                        assertThat(words.getProperty(key(text), "")).as(text).isNotBlank());
    }

    /** As the script looks it up. */
    private static String key(String text) {
        return "editor.t."
                + text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
