package org.ancora.process.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the diagram editor finds while somebody draws, there is a word of ours for it in each language. */
class LintWordsTest {

    private static final Path SCRIPT = Path.of("src/main/frontend/studio-diagram-lint.js");
    private static final Pattern OWN = Pattern.compile("(?m)^    \"?([a-z-]+)\"?: rule\\(");
    private static final Pattern STOCK = Pattern.compile("(?m)^  \"([a-z-]+)\": [A-Za-z]+,$");

    @Test
    void thePageBringsTheWordsOfEachOfOurRules() throws IOException {
        assertThat(found(OWN)).containsExactlyInAnyOrderElementsOf(EditorController.RULES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_es", "_it"})
    void eachRuleIsSaidInEachLanguage(String language) throws IOException {
        Properties words = new Properties();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/messages"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(language + ".properties"))
                    .filter(file -> !language.isEmpty() || !file.toString().matches(".*_[a-z]{2}\\.properties"))
                    .toList()) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    words.load(reader);
                }
            }
        }

        assertThat(found(STOCK)).hasSizeGreaterThan(3).contains("superfluous-gateway");
        assertThat(Stream.concat(
                        found(STOCK).stream().map(rule -> "editor.lint." + rule),
                        found(OWN).stream().map(rule -> "model." + rule)))
                .allSatisfy(
                        key -> assertThat(words.getProperty(key, "")).as(key).isNotBlank());
    }

    private static List<String> found(Pattern names) throws IOException {
        return names.matcher(Files.readString(SCRIPT))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
