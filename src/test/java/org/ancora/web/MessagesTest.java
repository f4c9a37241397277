package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word in three languages, every key that a template asks for, and no word outside the message files. */
class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final List<String> TRANSLATIONS = List.of("_es", "_it");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z][A-Za-z0-9_.-]*[A-Za-z0-9_-])[(}]");
    /** Ways to speak to a friend: whoever works here, or is written to, is addressed with Lei. */
    private static final Pattern TU =
            Pattern.compile("\\b([Tt]uo|[Tt]ua|[Tt]uoi|[Tt]ue|[Tt]u|[Tt]i|[Hh]ai|[Pp]uoi|[Dd]evi|[Vv]uoi|[Ss]ai)\\b"
                    + "|(^|[.?:;»] |, |\\be |\\bo )([Ss]cegli|[Ii]ndica|[Ll]eggi|[Cc]hiedi|[Ss]crivi|[Tt]ogli|[Ss]piega|[Gg]uarda"
                    + "|[Pp]rova|[Rr]iprova|[Rr]icarica|[Cc]hiama|[Uu]sa|[Ss]egui)\\b(?=[^.]*\\.)");

    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

    /** What stands on keys, not in sentences: the same in every language. */
    private static final Set<String> NAMES_OF_KEYS = Set.of("Esc");

    private static final List<String> SPOKEN_ATTRIBUTES =
            List.of("title", "placeholder", "alt", "aria-label", "aria-description", "data-label");

    static Stream<String> modules() throws IOException {
        return WebConfiguration.bundles().map(bundle -> bundle.substring("messages/".length()));
    }

    static Stream<Path> templates() throws IOException {
        return below(RESOURCES.resolve("templates"), ".html").stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void saysEveryWordInThreeLanguages(String module) throws IOException {
        Properties english = bundle(module);

        for (String translation : TRANSLATIONS) {
            assertThat(new TreeSet<>(bundle(module + translation).stringPropertyNames()))
                    .as("keys of %s%s", module, translation)
                    .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyMessageCanBeFormattedAndTakesTheSameArguments(String module) throws IOException {
        Properties english = bundle(module);

        for (String suffix : List.of("", "_es", "_it")) {
            Properties words = bundle(module + suffix);
            for (String key : words.stringPropertyNames()) {
                MessageFormat format = parsed(module + suffix, key, words.getProperty(key));
                assertThat(words.getProperty(key))
                        .as("%s in %s%s", key, module, suffix)
                        .isNotBlank();
                if (english.containsKey(key)) {
                    assertThat(arguments(format))
                            .as("arguments of %s in %s%s", key, module, suffix)
                            .isEqualTo(arguments(parsed(module, key, english.getProperty(key))));
                }
            }
        }
    }

    /** Buttons and the descriptions of steps say what is done; sentences speak to somebody. */
    @ParameterizedTest
    @MethodSource("modules")
    void italianSpeaksToEverybodyWithLei(String module) throws IOException {
        Properties words = bundle(module + "_it");

        List<String> familiar = words.stringPropertyNames().stream()
                .filter(key -> !key.startsWith("step."))
                .filter(key -> TU.matcher(words.getProperty(key)).find())
                .toList();

        assertThat(familiar).isEmpty();
    }

    @Test
    void noKeyBelongsToTwoModules() throws IOException {
        Map<String, String> owners = new TreeMap<>();
        List<String> twice = new ArrayList<>();
        for (String module : modules().toList()) {
            for (String key : bundle(module).stringPropertyNames()) {
                String other = owners.put(key, module);
                if (other != null) {
                    twice.add(key + " in " + other + " and " + module);
                }
            }
        }
        assertThat(twice).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyKeyOfATemplateExists(Path template) throws IOException {
        Set<String> known = new HashSet<>();
        for (String module : modules().toList()) {
            known.addAll(bundle(module).stringPropertyNames());
        }

        List<String> used = new ArrayList<>();
        Matcher key = KEY.matcher(Files.readString(template));
        while (key.find()) {
            used.add(key.group(1));
        }

        assertThat(known).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateSpeaksForItself(Path template) throws IOException {
        List<String> said = new ArrayList<>();
        for (Element element :
                Jsoup.parse(Files.readString(template), "", Parser.xmlParser()).getAllElements()) {
            if (!element.normalName().matches("script|style|template")) {
                element.textNodes().stream()
                        .map(TextNode::text)
                        .map(text -> text.replaceAll("\\[\\[.*?]]", ""))
                        .filter(text -> WORD.matcher(text).find() && !NAMES_OF_KEYS.contains(text.strip()))
                        .forEach(said::add);
            }
            for (String attribute : SPOKEN_ATTRIBUTES) {
                if (WORD.matcher(element.attr(attribute)).find()) {
                    said.add(attribute + "=" + element.attr(attribute));
                }
            }
        }
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateCarriesStylesOrScriptsInline(Path template) throws IOException {
        List<String> inline = new ArrayList<>();
        for (Element element :
                Jsoup.parse(Files.readString(template), "", Parser.xmlParser()).getAllElements()) {
            element.attributes().asList().stream()
                    .map(attribute -> attribute.getKey().replaceFirst("^th:(attr:)?", ""))
                    .filter(name -> name.equals("style") || name.equals("styleappend") || name.matches("on[a-z]+"))
                    .forEach(inline::add);
            if (element.normalName().equals("style")
                    || (element.normalName().equals("script")
                            && !element.hasAttr("th:src")
                            && !element.attr("type").equals("application/json"))) {
                inline.add(element.outerHtml());
            }
        }
        assertThat(inline).isEmpty();
    }

    /** What nobody says any more is translated all the same, and read by whoever looks for the words of a page. */
    @Test
    void everyWordIsSaidSomewhere() throws IOException {
        KeysInUse inUse =
                KeysInUse.of(Path.of("src/main/java"), RESOURCES.resolve("templates"), Path.of("src/main/frontend"));

        List<String> unsaid = new ArrayList<>();
        for (String module : modules().toList()) {
            bundle(module).stringPropertyNames().stream()
                    .filter(key -> !inUse.contains(key))
                    .forEach(key -> unsaid.add(key + " in " + module));
        }
        assertThat(unsaid).isEmpty();
    }

    private static MessageFormat parsed(String bundle, String key, String pattern) {
        try {
            return new MessageFormat(pattern, Locale.ENGLISH);
        } catch (IllegalArgumentException unreadable) {
            throw new AssertionError(bundle + " " + key + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Positions of the arguments that a message shows; a choice may hide more inside, which its pattern names again. */
    private static Set<String> arguments(MessageFormat format) {
        Set<String> found = new TreeSet<>();
        Matcher argument = Pattern.compile("\\{(\\d+)").matcher(format.toPattern());
        while (argument.find()) {
            found.add(argument.group(1));
        }
        return found;
    }

    private static Properties bundle(String name) throws IOException {
        Properties words = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                Object earlier = super.put(key, value);
                if (earlier != null) {
                    throw new AssertionError(name + " says " + key + " twice");
                }
                return earlier;
            }
        };
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("messages/" + name + ".properties"))) {
            words.load(reader);
        }
        return words;
    }

    private static List<Path> below(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Arrays.stream(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }
}
