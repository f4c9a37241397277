package org.ancora.process.guide;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.process.guide.Plan.Kind;
import org.ancora.process.guide.Plan.Node;

/**
 * The numbers of a plan's steps, those inside a frame below the frame's own ({@code 3.2}), and where its lines lead. Places at
 * which ways only come together have no number and are passed over, so that the written procedure and the outline of a diagram
 * call each step the same.
 */
public final class Numbering {

    private final Map<String, Node> nodes;
    private final Map<String, String> numbers = new HashMap<>();

    private Numbering(Plan plan) {
        this.nodes = plan.byId();
        number(plan.nodes(), "");
    }

    /** Numbers the steps of a plan. */
    public static Numbering of(Plan plan) {
        return new Numbering(plan);
    }

    /**
     * Where a line leads.
     *
     * @param gathered whether one waits for others there
     */
    public record Target(Node node, boolean gathered) {}

    private void number(List<Node> scope, String before) {
        int number = 0;
        for (Node node : shown(scope)) {
            number++;
            numbers.put(node.id(), before + number);
            number(node.inside(), before + number + ".");
        }
    }

    /** Nothing happens where ways only come together. */
    private static boolean isPassing(Node node) {
        return node.kind() == Kind.MEETING || node.kind() == Kind.GATHERING;
    }

    /** The places of a scope that are steps of their own, in order. */
    public static List<Node> shown(List<Node> scope) {
        return scope.stream().filter(node -> !isPassing(node)).toList();
    }

    /** The number of a step; empty where it has none, because ways only come together there. */
    public String of(Node node) {
        return Objects.requireNonNullElse(numbers.get(node.id()), "");
    }

    /** Where a line to a place leads, past places at which nothing happens. */
    public Target target(String id) {
        boolean gathered = false;
        Node node = Objects.requireNonNull(nodes.get(id), id);
        for (int passed = 0; isPassing(node) && !node.ways().isEmpty() && passed < nodes.size(); passed++) {
            gathered |= node.kind() == Kind.GATHERING;
            String next = node.ways().get(0).target();
            node = Objects.requireNonNull(nodes.get(next), next);
        }
        return new Target(node, gathered);
    }
}
