package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A touch calls the number that is meant, or nobody. */
class TelephonesTest {

    private final Telephones telephones = new Telephones();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            905 555 0160           | tel:9055550160
            (905) 555-0177         | tel:9055550177
            +51 966 555 014        | tel:+51966555014
            905 555 0160 ext. 22   | tel:9055550160
            905 555 0160, anexo 22 | tel:9055550160
            011/555 1234           | tel:0115551234
            +39 011 / 555 1234     | tel:+390115551234
            066-312345 o 066-312346 | tel:066312345
            """)
    void callsTheNumber(String written, String link) {
        assertThat(telephones.link(written)).isEqualTo(link);
    }

    /** Two numbers are no third one, and too few figures are none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "555 1234 / 555 9876",
                "066-312345/312346",
                "966000123, 966000124",
                "966000123;966000124",
                "12",
                "",
                "no tiene"
            })
    void callsNobody(String written) {
        assertThat(telephones.link(written)).isNull();
    }
}
