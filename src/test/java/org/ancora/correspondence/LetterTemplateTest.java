package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What process owners may write, and what cannot hurt them or anybody who reads it. */
class LetterTemplateTest {

    @Test
    void fillsPlaceholdersIn() {
        LetterText letter = filled(
                "<html><head><title>For {{clientName}}</title></head><body><p>Dear {{clientName}},</p>"
                        + "<p>call <a href=\"tel:+19055550100\">905 555 0100</a>.<br>Thank you</p></body></html>",
                Map.of("clientName", "Íñigo Ñahui D'Angelo"));

        assertThat(letter.title()).isEqualTo("For Íñigo Ñahui D'Angelo");
        assertThat(letter.html()).startsWith("<p>Dear Íñigo Ñahui D'Angelo,</p>");
        assertThat(letter.text())
                .isEqualTo("Dear Íñigo Ñahui D'Angelo,\n\ncall 905 555 0100 (+19055550100).\nThank you");
    }

    @Test
    void namesThePlaceholderThatHasNoValue() {
        assertThatThrownBy(() -> filled("<p>Dear</p>\n<p>{{clientNmae}}</p>", Map.of("clientName", "Dana")))
                .isInstanceOf(LetterBroken.class)
                .hasMessage("The letter engagement/letters/test.en.html uses the placeholder clientNmae in line 2,"
                        + " which has no value");
        assertThatThrownBy(() -> filled("{{#workerNmae}}by {{workerNmae}}{{/workerNmae}}", Map.of()))
                .isInstanceOf(LetterBroken.class)
                .hasMessageContaining("workerNmae");
    }

    @Test
    void leavesEmptySectionsOut() {
        String template = "<p>{{#workerName}}{{workerName}}, {{/workerName}}York Support</p>";

        assertThat(filled(template, Map.of("workerName", "")).text()).isEqualTo("York Support");
        assertThat(filled(template, Map.of("workerName", "Sam")).text()).isEqualTo("Sam, York Support");
    }

    @Test
    void takesNoValueForMarkup() {
        LetterText letter = filled(
                "<title>{{clientName}}</title><p>{{clientName}}</p>",
                Map.of(
                        "clientName",
                        "<img src=http://evil.example/x onerror=alert(1)><b>Dana</b> {{organisationName}}"));

        assertThat(letter.html()).doesNotContain("<img", "<b>").contains("&lt;img");
        assertThat(letter.text()).contains("{{organisationName}}");
        assertThat(letter.title()).contains("<img").doesNotContain("\n");
    }

    @Test
    void cleansWhatAnOwnerMustNotWrite() {
        LetterText letter = filled("""
                <html><head><style>p{background:url(http://evil.example/a)}</style><link rel=stylesheet href=//evil.example/b>
                <script>alert(1)</script></head><body onload="alert(1)">
                <p style="background:url(http://evil.example/c)" onclick="x()">Hello</p>
                <img src="http://evil.example/d"><iframe src="file:///etc/passwd"></iframe><svg><image href="http://evil.example/e"/></svg>
                <object data="http://evil.example/f"></object><form action="/x"><input></form>
                <a href="javascript:alert(1)">click</a> <a href="data:text/html,x">data</a> <a href="https://york.example">us</a>
                <base href="http://evil.example/"></body></html>
                """, Map.of());

        assertThat(letter.html())
                .contains("<p>Hello</p>", "<a href=\"https://york.example\">us</a>")
                .doesNotContain("evil", "script", "style", "onclick", "javascript", "data:", "file:", "iframe", "form");
    }

    @Test
    void refusesEveryWayAroundEscaping() {
        for (String way :
                List.of("{{{clientName}}}", "{{& clientName}}", "{{>other}}", "{{=<% %>=}}", "{{ {clientName}}}")) {
            assertThatThrownBy(() -> filled("<p>" + way + "</p>", Map.of("clientName", "Dana")))
                    .as(way)
                    .isInstanceOf(LetterBroken.class);
        }
    }

    @Test
    void reachesValuesAndNothingBehindThem() {
        for (String way : List.of(
                "clientName.class",
                "clientName.getClass",
                "clientName.bytes",
                "class",
                "worker.class.classLoader",
                "worker.name.toString")) {
            assertThatThrownBy(() -> filled(
                            "<p>{{" + way + "}}</p>", Map.of("clientName", "Dana", "worker", Map.of("name", "Sam"))))
                    .as(way)
                    .isInstanceOf(LetterBroken.class);
        }
    }

    private static LetterText filled(String template, Map<String, ?> values) {
        return new LetterTemplate("engagement/letters/test.en.html", template).fill(values);
    }
}
