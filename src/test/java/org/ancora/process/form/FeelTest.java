package org.ancora.process.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;

/** An answer that is remembered is the one that would be given again. */
class FeelTest {

    private static final String LONG = "word ".repeat(20);

    private final Feel feel = new Feel();

    @Test
    void answersByTheValuesThatAConditionNames() {
        for (int round = 0; round < 2; round++) {
            assertThat(feel.holds("=kind = \"x\"", Map.of("kind", "x"))).isTrue();
            assertThat(feel.holds("=kind = \"x\"", Map.of("kind", "y"))).isFalse();
            assertThat(feel.holds("=kind = \"x\"", Map.of())).isFalse();
            assertThat(feel.holds("=kind = \"x\"", Map.of("kind", "x", "other", LONG)))
                    .isTrue();
            assertThat(feel.holds("=kind = null", nothing("kind"))).isTrue();
            assertThat(feel.holds("=kind = null", Map.of("kind", "x"))).isFalse();
            assertThat(feel.holds("=days > 3 and urgent", Map.of("days", 4, "urgent", true)))
                    .isTrue();
            assertThat(feel.holds("=days > 3 and urgent", Map.of("days", 3, "urgent", true)))
                    .isFalse();
        }
    }

    @Test
    void answersByWhatLiesDeeperOrIsWritten() {
        for (int round = 0; round < 2; round++) {
            assertThat(feel.holds("=group.kind = \"x\"", Map.of("group", Map.of("kind", "x"))))
                    .isTrue();
            assertThat(feel.holds("=group.kind = \"x\"", Map.of("group", Map.of("kind", "y"))))
                    .isFalse();
            assertThat(feel.holds("=list contains(chosen, \"x\")", Map.of("chosen", List.of("x"))))
                    .isTrue();
            assertThat(feel.holds("=list contains(chosen, \"x\")", Map.of("chosen", List.of("y"))))
                    .isFalse();
            assertThat(feel.holds("=`a name` = \"x\"", Map.of("a name", "x"))).isTrue();
            assertThat(feel.holds("=`a name` = \"x\"", Map.of("a name", "y"))).isFalse();
            assertThat(feel.holds("=note = \"" + LONG + "\"", Map.of("note", LONG)))
                    .isTrue();
            assertThat(feel.holds("=note = \"" + LONG + "\"", Map.of("note", LONG + "x")))
                    .isFalse();
        }
    }

    @Test
    void whatHasNoAnswerDoesNotHold() {
        for (int round = 0; round < 2; round++) {
            assertThat(feel.holds("=((", Map.of())).isFalse();
            assertThat(feel.holds("days > 3", Map.of("days", 4))).isFalse();
            assertThat(feel.holds(null, Map.of())).isFalse();
        }
    }

    /** Twice, so that remembered answers are compared too. */
    @Test
    void agreesWithTheEngineThatDecidesInTables() {
        FeelEngine engine = new ScalaFeelEngineFactory().createInstance();
        List<Map<String, Object>> contexts = List.of(
                Map.of(),
                nothing("kind"),
                Map.of("days", "x", "kind", "x", "urgent", true, "chosen", List.of("x"), "group", Map.of("kind", "x")),
                Map.of("days", 4, "kind", "y", "urgent", false, "chosen", List.of(), "group", Map.of("kind", "y")));
        for (int round = 0; round < 2; round++) {
            for (String condition : List.of(
                    "days > 3",
                    "kind != \"x\"",
                    "missing",
                    "missing > 3",
                    "not(kind = \"x\")",
                    "kind",
                    "null",
                    "urgent",
                    "> 3",
                    "[1..4]",
                    "-",
                    "days > 3, urgent",
                    "kind in (\"x\", \"y\")",
                    "count(chosen) > 0",
                    "some one in chosen satisfies one = \"x\"",
                    "if urgent then group.kind = \"x\" else days = 4")) {
                for (Map<String, Object> context : contexts) {
                    Map<String, Object> variables = new HashMap<>(context);
                    variables.put("_input_", null);
                    assertThat(feel.holds("=" + condition, context))
                            .as("%s in %s", condition, context)
                            .isEqualTo(engine.evaluateSimpleUnaryTests(
                                    condition,
                                    "_input_",
                                    Variables.fromMap(variables).asVariableContext()));
                }
            }
        }
    }

    private static Map<String, Object> nothing(String key) {
        Map<String, Object> values = new HashMap<>();
        values.put(key, null);
        return values;
    }
}
