package org.ancora.process.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.ancora.process.IdWords;
import org.ancora.process.monitor.FlowFigures.Path;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One sees where a way leaves the commonest one. */
@AncoraTest
class LanesTest {

    private static final int DAY = 86_400;
    private static final List<String> COMMON = List.of("ask", "call", "write", "close");

    @Autowired
    Lanes lanes;

    @Test
    void foldsWhatAWayShares() {
        Document drawn = draw(path(6, 3, "ask", "call", "write", "close"), path(3, 9, "ask", "call", "hold", "close"));

        assertThat(drawn.select(".lane > details")).hasSize(1);
        Element other = drawn.select(".lane").get(1);
        assertThat(other.select("summary").text()).isEqualTo("Begins like the commonest one: 2 steps, up to “Call”");
        assertThat(other.select("details li").eachText()).containsExactly("1 Ask", "2 Call");
        assertThat(other.select("> ol li").eachText()).containsExactly("3 Hold", "4 Close");
        assertThat(other.select("> ol").attr("start")).isEqualTo("3");
        assertThat(other.select("strong").eachText()).containsExactly("Hold");
        assertThat(other.select(".lane-figures").text())
                .isEqualTo("3 procedures 30 % of all half of them within 9.0 d 9 of 10 within 18.0 d");
        assertThat(other.select(".lane-figures a").attr("href")).isEqualTo("/list/ask call hold close");
    }

    @Test
    void saysThatAWayEndsWhereTheOthersGoOn() {
        Document drawn = draw(path(1, 2, "ask", "call", "write"), path(1, 2, "ask"), path(1, 2, "hold"));

        assertThat(drawn.select(".lane").eachText())
                .containsExactly(
                        "1 procedure 10 % of all took 2.0 d Begins like the commonest one: 3 steps, up to “Write”"
                                + " 1 Ask 2 Call 3 Write Ends there",
                        "1 procedure 10 % of all took 2.0 d 1 Ask Ends there",
                        "1 procedure 10 % of all took 2.0 d 1 Hold");
        assertThat(drawn.select(".lane").get(0).select("> ol")).isEmpty();
    }

    private Document draw(Path... paths) {
        return Jsoup.parse(lanes.markup(
                List.of(paths),
                COMMON,
                10,
                IdWords::of,
                path -> "/list/" + String.join(" ", path.steps()),
                Locale.ENGLISH));
    }

    private static Path path(int procedures, int days, String... steps) {
        return new Path(List.of(steps), "", procedures, (long) days * DAY, 2L * days * DAY);
    }
}
