package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;

/** Words that are looked up once are the same ever after, each language's own, and those with arguments are filled in. */
class WordsTest {

    private static final Locale ENGLISH = Locale.ENGLISH;
    private static final Locale SPANISH = Locale.forLanguageTag("es");
    private static final Locale PERU = Locale.forLanguageTag("es-PE");

    private final MessageSource words = new WebConfiguration().messageSource();

    WordsTest() throws IOException {}

    @Test
    void areEachLanguagesOwnHoweverOftenTheyAreAsked() {
        for (int time = 0; time < 3; time++) {
            assertThat(words.getMessage("case.hidden-name", null, ENGLISH)).isEqualTo("Hidden name");
            assertThat(words.getMessage("case.hidden-name", new Object[0], SPANISH))
                    .isEqualTo("Nombre oculto");
            assertThat(words.getMessage("case.hidden-name", null, PERU)).isEqualTo("Nombre oculto");
        }
    }

    @Test
    void areFilledInEachTime() {
        assertThat(words.getMessage("reminder.was-done", null, ENGLISH)).isEqualTo("done {0} by {1}");
        assertThat(words.getMessage("reminder.was-done", new Object[] {"today", "Sam"}, ENGLISH))
                .isEqualTo("done today by Sam");
        assertThat(words.getMessage("reminder.was-done", new Object[] {"today", "Eve"}, ENGLISH))
                .isEqualTo("done today by Eve");
    }

    @Test
    void areMissedEachTimeWhereNoFileHoldsThem() {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> words.getMessage("no.such.words", null, ENGLISH))
                    .isInstanceOf(NoSuchMessageException.class);
            assertThat(words.getMessage("no.such.words", null, "instead " + time, ENGLISH))
                    .isEqualTo("instead " + time);
        }
    }
}
