package org.ancora.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module's words exist in all three languages and take the same arguments. */
class TimeMessagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"es", "it"})
    void saysTheSameThingsInEveryLanguage(String language) throws IOException {
        var english = words("time");
        var other = words("time_" + language);

        assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(arguments(other.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
            assertThat(other.getProperty(key)).as(key).isNotBlank();
        }
    }

    @Test
    void writesEnglishOrdinals() {
        assertThat(ordinal(1)).isEqualTo("x (1st business day)");
        assertThat(ordinal(2)).isEqualTo("x (2nd business day)");
        assertThat(ordinal(11)).isEqualTo("x (11th business day)");
        assertThat(ordinal(22)).isEqualTo("x (22nd business day)");
        assertThat(ordinal(30)).isEqualTo("x (30th business day)");
    }

    private static String ordinal(int day) {
        return TimeFixtures.messages().getMessage("deadline.because", new Object[] {"x", day}, Locale.ENGLISH);
    }

    private static int arguments(String pattern) {
        return new MessageFormat(pattern, Locale.ENGLISH).getFormatsByArgumentIndex().length;
    }

    private static Properties words(String name) throws IOException {
        var words = new Properties();
        try (var stream = Objects.requireNonNull(
                TimeMessagesTest.class.getResourceAsStream("/messages/" + name + ".properties"))) {
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return words;
    }
}
