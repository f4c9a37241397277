package org.ancora.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action that the code writes into the activity log has words: one without would break the log of its case. */
class ActivityWordsTest {

    private static final Pattern ACTION =
            Pattern.compile("(?:Audited|audited|ofCase|tell)\\(\\s*\"([a-z]+\\.[a-z-]+)\"");

    @Test
    void findsTheActions() throws IOException {
        assertThat(actions()).contains("case.assigned", "engagement.started", "profile.changed", "task.completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_es", "_it"})
    void hasWordsForEach(String language) throws IOException {
        Properties words = new Properties();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/messages"))) {
            for (Path file : files.filter(file -> language.isEmpty()
                            ? !file.toString().matches(".*_[a-z]{2}\\.properties")
                            : file.toString().endsWith(language + ".properties"))
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
            }
        }

        assertThat(actions()).allSatisfy(action -> assertThat(words).containsKey("activity." + action));
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                ACTION.matcher(Files.readString(file)).results().forEach(found -> actions.add(found.group(1)));
            }
        }
        return actions;
    }
}
