package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of attacks cannot lie: each has its row, and every test that a row names is there. */
class AttackTableTest {

    private static final int ATTACKS = 27;

    /** {@code Class.method} or {@code Class} alone, in backquotes. */
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)(?:\\.([a-z][A-Za-z0-9]*))?`");

    @Test
    void everyAttackHasARow() throws IOException {
        List<Integer> numbers =
                rows().stream().map(row -> Integer.valueOf(row.get(0))).toList();

        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ATTACKS).boxed().toList());
    }

    @Test
    void everyRowNamesATestOrSaysThatThereIsNoDoor() throws IOException {
        for (List<String> row : rows()) {
            boolean named = TEST.matcher(row.get(2)).find();
            assertThat(named || row.get(2).startsWith("No door: "))
                    .as("attack %s", row.get(0))
                    .isTrue();
            assertThat(row.get(3)).as("attack %s", row.get(0)).isNotBlank();
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        for (List<String> row : rows()) {
            Matcher named = TEST.matcher(row.get(2));
            while (named.find()) {
                List<Path> sources = sources(named.group(1));
                assertThat(sources).as(named.group(1)).hasSize(1);
                if (named.group(2) != null) {
                    assertThat(isATest(Files.readString(sources.get(0)), named.group(2)))
                            .as(named.group())
                            .isTrue();
                }
            }
        }
    }

    /** A test of attacks that no row names would be forgotten by whoever reads the table. */
    @Test
    void everyTestOfThisPackageIsNamed() throws IOException {
        TreeSet<String> named = new TreeSet<>();
        for (List<String> row : rows()) {
            Matcher test = TEST.matcher(row.get(2));
            while (test.find()) {
                named.add(test.group(1));
            }
        }
        Matcher below = TEST.matcher(Files.readString(Path.of("docs/attacks.md")));
        while (below.find()) {
            named.add(below.group(1));
        }
        try (Stream<Path> tests = Files.list(Path.of("src/test/java/org/ancora/security"))) {
            assertThat(tests.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> name.endsWith("Test")))
                    .isSubsetOf(named);
        }
    }

    /** Whether the method is there, and between it and what stands before it the word that makes it a test. */
    private static boolean isATest(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        int before = source.lastIndexOf("}\n\n", at);
        return at >= 0 && source.substring(Math.max(0, before), at).matches("(?s).*@(Parameterized)?Test\\b.*");
    }

    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/attacks.md"))) {
            if (line.matches("\\|\\s*\\d+\\s*\\|.*")) {
                rows.add(Stream.of(line.substring(1).split("(?<!\\\\)\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }

    private static List<Path> sources(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.getFileName().toString().equals(test + ".java"))
                    .toList();
        }
    }
}
