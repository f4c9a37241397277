package org.ancora.process.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A way back on which nothing is waited for is found through frames, calls, errors and dates; one that waits is let be. */
class EndlessRulesTest {

    /** A called procedure that somebody answers, and one that goes straight through. */
    private static final String ANSWERED = "start a; task b; end c; a > b > c";

    private static final String STRAIGHT = "start a; step b planCall; end c; a > b > c";

    static Stream<Arguments> endless() {
        return Stream.of(
                refused("steps", "endless-loop b", "start a; step b planCall; choice c; end d; a > b > c > b; c > d"),
                refused("a step that goes back to itself", "endless-loop b", "start a; step b planCall; a > b > b"),
                refused(
                        "past a frame in which nobody waits",
                        "endless-loop b",
                        "start a; frame b; start i; end o; close; choice c; end d; i > o; a > b > c > b; c > d"),
                refused(
                        "past a frame where one way waits and one does not",
                        "endless-loop b",
                        "start a; frame b; start i; choice w; task t; end o; close; end d; i > w > t > o; w > o; a > b > b; b > d"),
                refused(
                        "past a frame that ends at once, whoever works in it",
                        "endless-loop b",
                        "start a; frame b; start i; fork w; task t; end o; terminate x; close; choice c; end d;"
                                + " i > w > t > o; w > x; a > b > c > b; c > d"),
                refused(
                        "in a frame in a frame",
                        "endless-loop s",
                        "start a; frame b; start i; frame f; start j; step s planCall; choice c; end p; close; end o; close; end d;"
                                + " j > s > c > s; c > p; i > f > o; a > b > d"),
                refused(
                        "out of a frame by its error and back",
                        "endless-loop b",
                        "start a; frame b; start i; end x GAVE_UP; close; caught e b GAVE_UP; task t; end d; i > x; a > b > t > d; e > b"),
                refused(
                        "out of a frame by any error and back",
                        "endless-loop b",
                        "start a; frame b; start i; end x GAVE_UP; close; caught e b *; task t; end d; i > x; a > b > t > d; e > b"),
                refused(
                        "past a called procedure in which nobody waits",
                        "endless-loop b",
                        "start a; call b other; choice c; end d; a > b > c > b; c > d",
                        STRAIGHT),
                refused(
                        "by the error of a called procedure",
                        "endless-loop b",
                        "start a; call b other; caught e b GAVE_UP; task t; end d; a > b > t > d; e > b",
                        "start a; choice b; task t; end c; end x GAVE_UP; a > b > t > c; b > x"),
                refused("calling itself", "endless-call b", "start a; call b ask; end c; a > b > c"),
                refused(
                        "calling itself out of a frame",
                        "endless-call c",
                        "start a; frame b; start i; call c ask; end o; close; end d; i > c > o; a > b > d"),
                refused(
                        "calling each other",
                        "endless-call b",
                        "start a; call b other; end c; a > b > c",
                        "start a; call b ask; end c; a > b > c"),
                refused(
                        "calling itself after a date that is handed on",
                        "endless-call c",
                        "start a; until b due; call c ask; end d; a > b > c > d"),
                refused(
                        "a date that nothing sets",
                        "endless-date b due",
                        "start a; until b due; choice c; end d; a > b > c > b; c > d"),
                refused(
                        "a date that is set before the circle only",
                        "endless-date b due",
                        "start a; step p planCall; until b due; choice c; end d; a > p > b > c > b; c > d"),
                refused(
                        "a date that one of two ways back does not set",
                        "endless-date b due",
                        "start a; until b due; choice c; step p planCall; end d; a > b > c > p > b; c > b; c > d"),
                refused(
                        "a date that is set in a frame, which can be passed without it",
                        "endless-date b due",
                        "start a; until b due; frame f; start i; choice w; step p planCall; end o; close; choice c; end d;"
                                + " i > w > p > o; w > o; a > b > f > c > b; c > d"),
                refused(
                        "a date on the edge of a task, back to the task",
                        "endless-date e due",
                        "start a; task b; on e b due; end d; a > b > d; e > b"),
                refused(
                        "a date beside a task, which opens it once more",
                        "endless-date e due",
                        "start a; task b; beside e b due; end d; a > b > d; e > b"),
                refused(
                        "the first of several events",
                        "endless-date b due",
                        "start a; first w; until b due; message m; end d; a > w > b > w; w > m > d"),
                refused(
                        "a date that another procedure sets for itself",
                        "endless-date b due",
                        "start a; until b due; call p other; choice c; end d; a > b > p > c > b; c > d",
                        STRAIGHT));
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                allowed("a task", "start a; task b; choice c; end d; a > b > c > b; c > d"),
                allowed("a message", "start a; message b; choice c; end d; a > b > c > b; c > d"),
                allowed(
                        "a date that the way back sets",
                        "start a; until b due; choice c; step p planCall; end d; a > b > c > p > b; c > d"),
                allowed(
                        "a date that a called procedure hands back",
                        "start a; until b due; call p other due; choice c; end d; a > b > p > c > b; c > d",
                        STRAIGHT),
                allowed(
                        "a date that a frame sets on every way",
                        "start a; until b due; frame f; start i; step p planCall; end o; close; choice c; end d;"
                                + " i > p > o; a > b > f > c > b; c > d"),
                allowed(
                        "a last day beside a date that is set",
                        "start a; step p planCall; until b opens; first w; until l ends; message m; end d; end e;"
                                + " a > p > b > w > l > p; w > m > d"),
                allowed(
                        "a reminder that is set anew while a task is open",
                        "start a; task b; beside e b due; step p planCall; end d; a > b > d; e > p > b"),
                allowed(
                        "a frame in which somebody works on every way",
                        "start a; frame b; start i; task t; end o; close; choice c; end d; i > t > o; a > b > c > b; c > d"),
                allowed(
                        "a frame in which somebody works beside a step",
                        "start a; frame b; start i; fork w; task t; step s planCall; end o; end p; close; choice c; end d;"
                                + " i > w > t > o; w > s > p; a > b > c > b; c > d"),
                allowed(
                        "a called procedure that somebody answers",
                        "start a; call b other; choice c; end d; a > b > c > b; c > d",
                        ANSWERED),
                allowed("calling itself after a task", "start a; task t; call b ask; end c; a > t > b > c"),
                allowed(
                        "the same call twice, one after the other",
                        "start a; call b other; call c other; end d; a > b > c > d",
                        STRAIGHT),
                allowed(
                        "an error that somebody answers",
                        "start a; frame b; start i; end x GAVE_UP; close; caught e b GAVE_UP; task t; end d; i > x; a > b > d; e > t > b"),
                allowed(
                        "another error than the one that is caught",
                        "start a; frame b; start i; task t; end x GAVE_UP; end y; close; caught e b LEFT; end d;"
                                + " i > t > x; t > y; a > b > d; e > b"));
    }

    private static Arguments refused(String name, String finding, String... diagrams) {
        return Arguments.of(name, finding, List.of(diagrams));
    }

    private static Arguments allowed(String name, String... diagrams) {
        return Arguments.of(name, List.of(diagrams));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void isRefused(String name, String finding, List<String> diagrams) {
        assertThat(check(diagrams)).containsExactly(finding);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void isLetBe(String name, List<String> diagrams) {
        assertThat(check(diagrams)).isEmpty();
    }

    /** While an event starts a frame of its own: by its date, and by an error. */
    @Test
    void framesThatEventsStartAreGoneThroughAsWell() {
        String away =
                "start a; frame b; start i; task t; end o; event %s; start s %s; end x; close; s > x; close; choice c; end d;"
                        + " i > t > o; a > b > c > b; c > d";

        assertThat(check(List.of(away.formatted("n", "until due")))).containsExactly("endless-loop b");
        assertThat(check(List.of(away.formatted("n", "message")))).isEmpty();
        assertThat(check(List.of(
                        "start a; frame b; start i; end o GAVE_UP; event n; start s caught GAVE_UP; end x; close; s > x;"
                                + " close; choice c; end d; i > o; a > b > c > b; c > d")))
                .containsExactly("endless-loop b");
    }

    private static List<String> check(List<String> diagrams) {
        Map<String, XmlElement> roots = new LinkedHashMap<>();
        for (String diagram : diagrams) {
            String name = roots.isEmpty() ? "ask" : "other";
            roots.put(
                    name + ".bpmn",
                    SafeXml.read(name + ".bpmn", xml(name, diagram).getBytes(StandardCharsets.UTF_8)));
        }
        return EndlessRules.check(roots, ModelFixtures.catalogue().steps()).stream()
                .map(finding -> (finding.rule() + " " + finding.element() + " "
                                + (finding.rule().equals("endless-date")
                                        ? finding.arguments().get(0)
                                        : ""))
                        .strip())
                .toList();
    }

    private static String xml(String process, String drawn) {
        StringBuilder xml =
                new StringBuilder("<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
                        + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\">"
                        + "<bpmn:error id=\"GAVE_UP-error\" errorCode=\"GAVE_UP\"/><bpmn:error id=\"LEFT-error\" errorCode=\"LEFT\"/>"
                        + "<bpmn:process id=\"" + process + "\">");
        int arrows = 0;
        for (String part : drawn.split(";")) {
            String[] words = part.strip().split(" ");
            if (words.length > 1 && words[1].equals(">")) {
                for (int at = 0; at + 2 < words.length; at += 2) {
                    xml.append("<bpmn:sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\"/>"
                            .formatted(++arrows, words[at], words[at + 2]));
                }
            } else {
                xml.append(node(words));
            }
        }
        return xml.append("</bpmn:process></bpmn:definitions>").toString();
    }

    private static String node(String[] words) {
        String last = words[words.length - 1];
        return switch (words[0]) {
            case "start" -> element("startEvent", words[1], "", words.length == 2 ? "" : event(words[2], last));
            case "end" -> element("endEvent", words[1], "", words.length == 2 ? "" : event("caught", last));
            case "terminate" -> element("endEvent", words[1], "", "<bpmn:terminateEventDefinition/>");
            case "task" -> element("userTask", words[1], "", "");
            case "step" -> element("serviceTask", words[1], "camunda:delegateExpression=\"${" + last + "}\"", "");
            case "choice" -> element("exclusiveGateway", words[1], "", "");
            case "fork" -> element("parallelGateway", words[1], "", "");
            case "first" -> element("eventBasedGateway", words[1], "", "");
            case "until", "message" -> element("intermediateCatchEvent", words[1], "", event(words[0], last));
            case "on" -> element("boundaryEvent", words[1], attached(words), event("until", last));
            case "beside" ->
                element("boundaryEvent", words[1], attached(words) + " cancelActivity=\"false\"", event("until", last));
            case "caught" -> element("boundaryEvent", words[1], attached(words), event("caught", last));
            case "call" ->
                element(
                        "callActivity",
                        words[1],
                        "calledElement=\"" + words[2] + "\"",
                        words.length == 3 ? "" : "<camunda:out source=\"x\" target=\"" + last + "\"/>");
            case "frame" -> "<bpmn:subProcess id=\"" + words[1] + "\">";
            case "event" -> "<bpmn:subProcess id=\"" + words[1] + "\" triggeredByEvent=\"true\">";
            case "close" -> "</bpmn:subProcess>";
            default -> throw new IllegalArgumentException(String.join(" ", words));
        };
    }

    private static String element(String kind, String id, String attributes, String content) {
        return "<bpmn:%1$s id=\"%2$s\" %3$s>%4$s</bpmn:%1$s>".formatted(kind, id, attributes, content);
    }

    private static String attached(String[] words) {
        return "attachedToRef=\"" + words[2] + "\"";
    }

    private static String event(String kind, String argument) {
        return switch (kind) {
            case "until" ->
                "<bpmn:timerEventDefinition><bpmn:timeDate>${" + argument
                        + "}</bpmn:timeDate></bpmn:timerEventDefinition>";
            case "caught" ->
                argument.equals("*")
                        ? "<bpmn:errorEventDefinition/>"
                        : "<bpmn:errorEventDefinition errorRef=\"" + argument + "-error\"/>";
            default -> "<bpmn:messageEventDefinition/>";
        };
    }
}
