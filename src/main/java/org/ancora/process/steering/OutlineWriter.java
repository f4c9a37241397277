package org.ancora.process.steering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.process.guide.GuideWords;
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
    private final Map<String, Node> nodes;
    private final Map<String, String> numbers = new HashMap<>();

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
        this.nodes = plan.byId();
        number(plan.nodes(), "");
    }

    Outline write() {
        return new Outline(words.procedure(plan.key(), plan.name(), language), lines(plan.nodes()));
    }

    private void number(List<Node> scope, String before) {
        int number = 0;
        for (Node node : scope) {
            if (!isPassing(node)) {
                number++;
                numbers.put(node.id(), before + number);
                number(node.inside(), before + number + ".");
            }
        }
    }

    /** Nothing happens where ways only come together. */
    private static boolean isPassing(Node node) {
        return node.kind() == Kind.MEETING || node.kind() == Kind.GATHERING;
    }

    private List<Outline.Line> lines(List<Node> scope) {
        List<Node> shown = scope.stream().filter(node -> !isPassing(node)).toList();
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
                numbers.getOrDefault(node.id(), ""),
                node.kind().code(),
                words.title(plan, node, language),
                who(node),
                mark.state(),
                mark.when(),
                follows(node, next),
                lines(node.inside()));
    }

    private String who(Node node) {
        return switch (node.kind()) {
            case TASK -> words.who(node, language);
            case STEP -> words.text("guide.who.ancora", language);
            default -> "";
        };
    }

    private List<String> follows(Node node, String next) {
        List<String> follows = new ArrayList<>();
        boolean several = node.ways().size() > 1;
        for (Way way : node.ways()) {
            String target = target(way.target());
            if (several || !target.equals(next)) {
                boolean chosen = several && node.kind() != Kind.RACE && node.kind() != Kind.ALL;
                follows.add(follow(
                        chosen || !way.name().isEmpty()
                                ? words.when(plan, way, language)
                                : words.text("guide.then", language),
                        target));
            }
        }
        for (Event event : node.events()) {
            event.ways().forEach(way -> follows.add(follow(event(event), target(way.target()))));
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

    private String follow(String when, String target) {
        Node node = Objects.requireNonNull(nodes.get(target), target);
        return words.text(
                "outline.follow", language, when, numbers.getOrDefault(target, ""), words.title(plan, node, language));
    }

    /** Where a line leads, past places at which nothing happens. */
    private String target(String id) {
        Node node = Objects.requireNonNull(nodes.get(id), id);
        for (int passed = 0; isPassing(node) && !node.ways().isEmpty() && passed < nodes.size(); passed++) {
            String next = node.ways().get(0).target();
            node = Objects.requireNonNull(nodes.get(next), next);
        }
        return node.id();
    }
}
