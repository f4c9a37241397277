package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\tx", "\rx"})
    void noCellIsAFormula(String cell) {
        assertThat(row(Locale.ENGLISH, cell)).matches("(?s)\"?'.*").contains("'" + cell);
    }

    @Test
    void aQuoteInACellEndsNoCell() {
        assertThat(row(Locale.ENGLISH, "a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
    }

    @Test
    void numbersAreThoseOfTheReader() {
        assertThat(row(Locale.ENGLISH, new BigDecimal("-1.50"), "x")).isEqualTo("-1.50,x");
        assertThat(row(Locale.ITALIAN, new BigDecimal("-1.50"), "x")).isEqualTo("-1,50;x");
    }

    private static String row(Locale locale, Object... cells) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvWriter lines = new CsvWriter(out, locale)) {
            lines.row(List.of(cells));
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFF").endsWith("\r\n");
        return text.substring(1, text.length() - 2);
    }
}
