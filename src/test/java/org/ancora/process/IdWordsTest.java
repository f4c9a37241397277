package org.ancora.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdWordsTest {

    @ParameterizedTest
    @CsvSource({
        "call-again, Call again",
        "riskFlag, Risk flag",
        "Activity_0wretog, Activity 0wretog",
        "ask, Ask",
        "a.b, A b",
        "-, -",
        "año-nuevo, Año nuevo"
    })
    void readLikeWords(String id, String words) {
        assertThat(IdWords.of(id)).isEqualTo(words);
    }
}
