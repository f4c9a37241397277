package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class MarkupTest {

    private static final String HOSTILE = "\"'></a></td><script>alert(1)</script>&amp;{{x}}";

    @Test
    void writesWhatIsPutInAsWords() {
        String written = new Markup()
                .open("p", "title", HOSTILE, "class", null)
                .text(HOSTILE)
                .whole("a", "Peña & Søn", "href", "/monitor?project=1&weeks=4")
                .close("p")
                .toString();

        Element paragraph = Jsoup.parseBodyFragment(written).body().child(0);
        assertThat(paragraph.attr("title")).isEqualTo(HOSTILE);
        assertThat(paragraph.ownText()).isEqualTo(HOSTILE);
        assertThat(paragraph.hasAttr("class")).isFalse();
        assertThat(paragraph.select("script")).isEmpty();
        assertThat(paragraph.select("a").text()).isEqualTo("Peña & Søn");
        assertThat(paragraph.select("a").attr("href")).isEqualTo("/monitor?project=1&weeks=4");
        assertThat(paragraph.parent().children()).hasSize(1);
    }
}
