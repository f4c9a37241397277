package org.ancora.process.monitor;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.ancora.process.monitor.FlowFigures.Path;
import org.ancora.web.Markup;
import org.springframework.stereotype.Component;

/**
 * Draws the ways that procedures took one below another, so that it is seen at once where each leaves the commonest one: what it
 * shares with that one from the beginning is folded away, and what only it has stands out.
 */
@Component
class Lanes {

    /** So few shared steps are shown, for a fold would take as much room. */
    private static final int FOLDED_FROM = 2;

    private final MonitorWords words;

    Lanes(MonitorWords words) {
        this.words = words;
    }

    /**
     * Ways as they are drawn.
     *
     * @param common the steps of the commonest way
     * @param of how many procedures there are on all ways together
     * @param name of a step, in words
     * @param list the address of the procedures that took a way
     */
    String markup(
            List<Path> paths,
            List<String> common,
            int of,
            Function<String, String> name,
            Function<Path, String> list,
            Locale language) {
        Markup lanes = new Markup();
        Set<String> usual = new HashSet<>(common);
        for (Path path : paths) {
            lanes.open("li", "class", "lane");
            figures(lanes, path, of, list, language);
            int shared = path.steps().equals(common) ? 0 : shared(path.steps(), common);
            if (path.steps().equals(common)) {
                lanes.whole("p", words.text("monitor.lane.common", language), "class", "lane-note");
            }
            int folded = shared < FOLDED_FROM ? 0 : shared;
            List<String> named = path.steps().stream().map(name).toList();
            if (folded > 0) {
                lanes.open("details", "class", "lane-shared");
                lanes.whole("summary", words.text("monitor.lane.shared", language, folded, named.get(folded - 1)));
                steps(lanes, path.steps().subList(0, folded), named, 0, usual);
                lanes.close("details");
            }
            if (folded < named.size()) {
                steps(lanes, path.steps().subList(folded, named.size()), named, folded, usual);
            }
            if (shared == named.size()) {
                lanes.whole("p", words.text("monitor.lane.ends", language), "class", "lane-note");
            }
            lanes.close("li");
        }
        return lanes.toString();
    }

    private void figures(Markup lanes, Path path, int of, Function<Path, String> list, Locale language) {
        lanes.open("p", "class", "lane-figures");
        lanes.whole("a", words.text("monitor.lane.procedures", language, path.procedures()), "href", list.apply(path));
        lanes.text(" ")
                .whole("span", words.text("monitor.lane.share", language, share(path, of)))
                .text(" ");
        if (path.procedures() == 1) {
            lanes.whole("span", words.text("monitor.lane.took", language, words.span(path.medianSeconds(), language)));
        } else {
            lanes.whole("span", words.text("monitor.lane.median", language, words.span(path.medianSeconds(), language)))
                    .text(" ");
            lanes.whole("span", words.text("monitor.lane.slow", language, words.span(path.slowSeconds(), language)));
        }
        lanes.close("p");
    }

    private static void steps(Markup lanes, List<String> steps, List<String> named, int before, Set<String> usual) {
        lanes.open("ol", "class", "lane-steps", "start", String.valueOf(before + 1));
        for (int at = 0; at < steps.size(); at++) {
            lanes.open("li");
            lanes.whole("span", String.valueOf(before + at + 1), "class", "lane-number", "aria-hidden", "true")
                    .text(" ");
            lanes.whole(usual.contains(steps.get(at)) ? "span" : "strong", named.get(before + at));
            lanes.close("li");
        }
        lanes.close("ol");
    }

    /** How many of a hundred took it. */
    static int share(Path path, int of) {
        return of == 0 ? 0 : (int) Math.round(100.0 * path.procedures() / of);
    }

    /** How many steps two ways have in common from the beginning. */
    private static int shared(List<String> one, List<String> other) {
        int shared = 0;
        while (shared < Math.min(one.size(), other.size()) && one.get(shared).equals(other.get(shared))) {
            shared++;
        }
        return shared;
    }
}
