package org.ancora.process.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in a letter is refused where it stands, so that its author is led to the very line. */
class LetterRulesTest {

    @ParameterizedTest(name = "{1} in line {2}")
    @CsvSource(textBlock = """
            '<p>a</p>|<p>{{#x}}</p>|',                letter-placeholder, 2
            '{{#a}}|{{#b}}|{{/b}}|<p>c</p>',          letter-placeholder, 1
            '<p>a</p>|{{/x}}',                        letter-placeholder, 2
            '<p>{{a}}</p>|<p>b</p>|<p>${x}</p>',      stray-expression,   3
            '<p>a</p>|{{x}} ${{y}}{z}|',              stray-expression,   2
            '<p>a</p>||<script ',                     letter-html,        3
            '<p>a</p>|b <scr<b>ipt>|</b>',            letter-html,        2
            '<p>a</p>|<p>b</p>|<p onclick="x">c</p>', letter-html,        3
            """)
    void namesTheLine(String letter, String rule, int line) {
        byte[] content = letter.replace('|', '\n').getBytes(StandardCharsets.UTF_8);

        assertThat(ModelCheck.letter("letters/a.en.html", content))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.line()).isEqualTo(line);
                });
    }
}
