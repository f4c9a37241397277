package org.ancora.process.steering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.process.guide.GuideWords;
import org.ancora.process.guide.Numbering;
import org.ancora.process.guide.Plan;
import org.ancora.process.guide.Plan.Event;
import org.ancora.process.guide.Plan.Kind;
import org.ancora.process.guide.Plan.Node;
import org.ancora.process.guide.Plan.Way;

/** Puts the steps of one diagram into an outline, numbered as the written procedure numbers them. */
final class OutlineWriter {

    private final Plan plan;
    private final GuideWords words;
    private final Locale language;
    private final Map<String, Mark> marks;
    private final Numbering numbering;

    /** What became of a step. */
    record Mark(String state, String when) {

        private static final Mark NONE = new Mark("", "");
    }

    /** @param marks what became of the steps, by element */
    OutlineWriter(Plan plan, GuideWords words, Locale language, Map<String, Mark> marks) {
        this.plan = plan;
        this.words = words;
        this.language = language;
        this.marks = marks;
        this.numbering = Numbering.of(plan);
    }

    Outline write() {
        return new Outline(words.procedure(plan.key(), plan.name(), language), lines(plan.nodes()));
    }

    private List<Outline.Line> lines(List<Node> scope) {
        List<Node> shown = Numbering.shown(scope);
        List<Outline.Line> lines = new ArrayList<>();
        for (int index = 0; index < shown.size(); index++) {
            lines.add(line(
                    shown.get(index),
                    index + 1 < shown.size() ? shown.get(index + 1).id() : ""));
        }
        return lines;
    }

    private Outline.Line line(Node node, String next) {
        Mark mark = marks.getOrDefault(node.id(), Mark.NONE);
        return new Outline.Line(
                node.id(),
                numbering.of(node),
                node.kind().code(),
                words.title(plan, node, language),
                words.does(node, language),
                mark.state(),
                mark.when(),
                follows(node, next),
                lines(node.inside()));
    }

    private List<String> follows(Node node, String next) {
        List<String> follows = new ArrayList<>();
        boolean several = node.ways().size() > 1;
        for (Way way : node.ways()) {
            Node target = numbering.target(way.target()).node();
            if (several || !target.id().equals(next)) {
                boolean chosen = several && node.kind() != Kind.RACE && node.kind() != Kind.ALL;
                follows.add(follow(
                        chosen || !way.name().isEmpty()
                                ? words.when(plan, way, language)
                                : words.text("guide.then", language),
                        target));
            }
        }
        for (Event event : node.events()) {
            event.ways()
                    .forEach(way -> follows.add(
                            follow(event(event), numbering.target(way.target()).node())));
        }
        return follows;
    }

    private String event(Event event) {
        String name =
                event.name().isEmpty() ? words.text("guide.kind." + event.kind().code(), language) : event.name();
        return words.text(
                event.instead() ? "outline.event.instead" : "outline.event.beside",
                language,
                words.element(plan.key(), event.id(), name, language));
    }

    private String follow(String when, Node target) {
        return words.text("outline.follow", language, when, numbering.of(target), words.title(plan, target, language));
    }
}
