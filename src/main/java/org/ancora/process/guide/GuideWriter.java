package org.ancora.process.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.process.guide.Guide.Fact;
import org.ancora.process.guide.Guide.Follow;
import org.ancora.process.guide.Guide.Item;
import org.ancora.process.guide.Guide.Link;
import org.ancora.process.guide.Numbering.Target;
import org.ancora.process.guide.Plan.Event;
import org.ancora.process.guide.Plan.Kind;
import org.ancora.process.guide.Plan.Node;
import org.ancora.process.guide.Plan.Way;
import org.jspecify.annotations.Nullable;

/** Puts the steps of one diagram into words, numbered, with what follows what. */
final class GuideWriter {

    private final Plan plan;
    private final Map<String, Plan> others;
    private final Map<String, String> tables;
    private final Limits limits;
    private final GuideWords words;
    private final Locale language;
    private final Numbering numbering;

    /**
     * @param others the diagrams that this one may call, by key
     * @param tables titles of the decision tables that it may ask, by key
     */
    GuideWriter(
            Plan plan,
            Map<String, Plan> others,
            Map<String, String> tables,
            Limits limits,
            GuideWords words,
            Locale language) {
        this.plan = plan;
        this.others = others;
        this.tables = tables;
        this.limits = limits;
        this.words = words;
        this.language = language;
        this.numbering = Numbering.of(plan);
    }

    List<Item> items() {
        return items(plan.nodes());
    }

    private List<Item> items(List<Node> scope) {
        List<Node> shown = Numbering.shown(scope);
        List<Item> items = new ArrayList<>();
        for (int index = 0; index < shown.size(); index++) {
            Node next = index + 1 < shown.size() ? shown.get(index + 1) : null;
            items.add(item(shown.get(index), next == null ? "" : next.id()));
        }
        return items;
    }

    private Item item(Node node, String next) {
        return new Item(
                node.id(),
                numbering.of(node),
                node.kind().code(),
                words.title(plan, node, language),
                words.does(node, language),
                lines(node),
                facts(node),
                follows(node, next),
                call(node),
                items(node.inside()));
    }

    private List<String> lines(Node node) {
        if (node.kind() == Kind.TASK) {
            return words.guidance(plan.key(), node, language);
        }
        List<String> lines = new ArrayList<>();
        String deed = words.deed(node.step(), language);
        if (!deed.isEmpty()) {
            lines.add(deed);
        }
        Plan called = others.get(Objects.requireNonNullElse(node.called(), ""));
        if (called != null) {
            called.byId().values().stream()
                    .filter(each -> each.kind() == Kind.TASK)
                    .sorted((one, other) -> one.id().compareTo(other.id()))
                    .forEach(task ->
                            lines.addAll(words.guidanceWhenCalled(called.key(), task.id(), node.id(), language)));
        }
        switch (node.kind()) {
            case REPORTING_END -> lines.add(words.text("guide.reporting-end", language));
            case DROPPING_END -> lines.add(words.text("guide.dropping-end", language));
            case RACE -> lines.add(words.text("guide.race", language));
            case SEVERAL -> lines.add(words.text("guide.several", language));
            case ALL -> lines.add(words.text("guide.all", language));
            default -> {
                // what else there is to say stands in the title
            }
        }
        return lines;
    }

    private List<Fact> facts(Node node) {
        List<Fact> facts = new ArrayList<>();
        if (node.kind() == Kind.TASK) {
            String date = node.due() == null ? node.opens() : node.due();
            if (date != null) {
                facts.add(new Fact(words.text("guide.limit", language), limits.of(node.id(), date)));
            }
            node.overdue()
                    .forEach(step ->
                            facts.add(new Fact(words.text("guide.when-late", language), words.deed(step, language))));
        } else if (node.due() != null) {
            facts.add(new Fact(words.text("guide.until", language), limits.of(node.id(), node.due())));
        }
        String decision = node.inputs().get("decision");
        if (decision != null) {
            facts.add(new Fact(words.text("guide.asks", language), tables.getOrDefault(decision, decision)));
        }
        return facts;
    }

    private List<Follow> follows(Node node, String next) {
        List<Follow> follows = new ArrayList<>();
        boolean several = node.ways().size() > 1 && node.kind() != Kind.RACE && node.kind() != Kind.ALL;
        for (Way way : node.ways()) {
            Target target = numbering.target(way.target());
            if (node.ways().size() > 1 || !target.node().id().equals(next) || target.gathered()) {
                follows.add(follow(
                        several || !way.name().isEmpty()
                                ? words.when(plan, way, language)
                                : words.text("guide.then", language),
                        target));
            }
        }
        for (Event event : node.events()) {
            event.ways().forEach(way -> follows.add(follow(when(node, event), numbering.target(way.target()))));
        }
        return follows;
    }

    private String when(Node node, Event event) {
        String name = words.element(
                plan.key(),
                event.id(),
                event.name().isEmpty() ? words.text("guide.kind." + event.kind().code(), language) : event.name(),
                language);
        String key = "guide.event." + event.kind().code() + (event.instead() ? ".instead" : ".beside");
        return event.due() == null
                ? words.text(key, language, name, "")
                : words.text(key, language, name, limits.of(node.id(), event.due()));
    }

    private Follow follow(String when, Target target) {
        String step = words.text(
                target.gathered() ? "guide.step.gathered" : "guide.step",
                language,
                numbering.of(target.node()),
                words.title(plan, target.node(), language));
        return new Follow(when, target.node().id(), step);
    }

    private @Nullable Link call(Node node) {
        String called = node.called();
        if (called == null) {
            return null;
        }
        Plan other = others.get(called);
        return new Link("/help/" + called, words.procedure(called, other == null ? "" : other.name(), language));
    }
}
