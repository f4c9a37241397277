package org.ancora.process.guide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Step;
import org.ancora.process.guide.Plan.Kind;
import org.ancora.process.guide.Plan.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where the dates of a procedure come from: the nearest steps before a place that set its date, and the numbers of the decision
 * table by which they count.
 */
final class Limits {

    private final Map<String, Node> nodes;
    private final Map<String, Set<String>> before = new HashMap<>();
    private final Map<String, Step> steps;
    private final List<Table> tables;
    private final GuideWords words;
    private final Locale language;

    /** @param tables those that were deployed together with the diagram */
    Limits(Plan plan, Map<String, Step> steps, List<Table> tables, GuideWords words, Locale language) {
        this.nodes = plan.byId();
        this.steps = steps;
        this.tables = tables;
        this.words = words;
        this.language = language;
        lead(plan.nodes(), null);
    }

    /** Notes what leads to what; a frame is entered by its name with a colon, and left by its name. */
    private void lead(List<Node> scope, @Nullable String frame) {
        for (Node node : scope) {
            boolean framed = node.kind() == Kind.GROUP;
            node.ways().forEach(way -> lead(node.id(), entry(way.target())));
            node.events().forEach(event -> event.ways().forEach(way -> {
                lead(node.id(), entry(way.target()));
                node.inside().forEach(inner -> lead(inner.id(), entry(way.target())));
            }));
            if (frame != null && node.kind() == Kind.START) {
                lead(frame + ":", node.id());
            }
            if (frame != null && node.ways().isEmpty()) {
                lead(node.id(), frame);
            }
            if (framed) {
                lead(node.inside(), node.id());
            }
        }
    }

    private String entry(String target) {
        Node node = nodes.get(target);
        return node != null && node.kind() == Kind.GROUP ? target + ":" : target;
    }

    private void lead(String from, String to) {
        before.computeIfAbsent(to, any -> new TreeSet<>()).add(from);
    }

    /**
     * When a date falls, in words: by the numbers of the table where the step that sets it counts by them, else by what that
     * step does.
     *
     * @param place id of the place that needs the date
     * @param variable that holds it
     */
    String of(String place, String variable) {
        List<Node> setters = setters(place, variable);
        List<Node> counting =
                setters.stream().filter(node -> !businessDays(node).isEmpty()).toList();
        String counted = (counting.isEmpty() ? setters : counting)
                .stream()
                        .map(this::counted)
                        .distinct()
                        .collect(Collectors.joining("; "))
                        // One that ends in a sentence of its own, with another after it.
                        .replace(".; ", "; ");
        return counted.isEmpty() ? words.text("guide.date.before", language) : counted;
    }

    private List<ProcessVariable<Integer>> businessDays(Node node) {
        Step step = steps.get(Objects.requireNonNullElse(node.step(), ""));
        return step == null ? List.of() : step.businessDays();
    }

    private String counted(Node setter) {
        List<ProcessVariable<Integer>> numbers = businessDays(setter);
        if (numbers.isEmpty()) {
            return words.text(
                    "guide.date.set-by",
                    language,
                    words.stepTitle(Objects.requireNonNullElse(setter.step(), ""), language),
                    words.deed(setter.step(), language));
        }
        List<String> names = numbers.stream().map(ProcessVariable::name).toList();
        Optional<Table> table = tables.stream()
                .filter(each -> each.outputs().stream()
                        .map(Table.Column::name)
                        .collect(Collectors.toSet())
                        .containsAll(names))
                .findFirst();
        return table.map(each -> counted(each, names)).orElseGet(() -> words.text("guide.date.before", language));
    }

    private String counted(Table table, List<String> names) {
        List<Table.Row> rows = table.rowsFor(fixed(table));
        List<String> values = rows.stream().map(row -> span(table, row, names)).toList();
        if (values.stream().distinct().count() == 1) {
            return values.get(0);
        }
        List<String> each = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            each.add(words.text(
                    "guide.limit.row", language, values.get(row), words.rowTitle(table, rows.get(row), language)));
        }
        return String.join("; ", each);
    }

    private String span(Table table, Table.Row row, List<String> names) {
        List<String> values =
                names.stream().map(name -> table.answer(row, name).orElse("")).toList();
        return values.size() == 1 ? within(values.get(0)) : words.text("guide.window", language, values.toArray());
    }

    /** A number of days, or what the table says instead of one. */
    private String within(String days) {
        return days.matches("\\d{1,4}")
                ? words.text("guide.within", language, Integer.parseInt(days))
                : words.text("guide.within.written", language, days);
    }

    /** What the diagram fixes when it asks the table. */
    private Map<String, String> fixed(Table table) {
        return nodes.values().stream()
                .filter(node -> table.key().equals(node.inputs().get("decision")))
                .map(Node::inputs)
                .findFirst()
                .orElse(Map.of());
    }

    /** The tables by whose numbers some date of the procedure is counted. */
    Set<String> tablesUsed() {
        Set<String> numbers = nodes.values().stream()
                .flatMap(node -> businessDays(node).stream())
                .map(ProcessVariable::name)
                .collect(Collectors.toSet());
        return tables.stream()
                .filter(table -> table.outputs().stream().anyMatch(output -> numbers.contains(output.name())))
                .map(Table::key)
                .collect(Collectors.toSet());
    }

    /** On every way back, the first step that sets the variable by numbers, or, where none does, that sets it at all. */
    private List<Node> setters(String place, String variable) {
        List<Node> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(before.getOrDefault(place, Set.of()));
        while (!next.isEmpty()) {
            String id = next.remove();
            if (!seen.add(id)) {
                continue;
            }
            Node node = nodes.get(id);
            if (node != null && sets(node, variable)) {
                found.add(node);
                if (!businessDays(node).isEmpty()) {
                    continue;
                }
            }
            next.addAll(before.getOrDefault(id, Set.of()));
        }
        return found;
    }

    private boolean sets(Node node, String variable) {
        Step step = steps.get(Objects.requireNonNullElse(node.step(), ""));
        return step != null
                && step.writes().stream().anyMatch(each -> each.name().equals(variable));
    }
}
