package org.ancora.process.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ancora.process.ProcessVariable.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionLanguageTest {

    private static final Map<String, Kind> DECLARED =
            Map.of("round", Kind.NUMBER, "risk", Kind.FLAG, "outcome", Kind.CODE, "due", Kind.INSTANT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "${outcome == 'declined'} | outcome == 'declined'",
                "${ round<3 } | round < 3",
                "${risk} | risk",
                "${not risk and round >= -1} | (not (risk) and round >= -1)",
                "${risk or round == 1 and outcome != 'a b-c_1'} | (risk or (round == 1 and outcome != 'a b-c_1'))",
                "${(risk or round == 1) and due != null} | ((risk or round == 1) and due != null)",
                "${not (risk == true)} | not (risk == true)",
            })
    void understands(String written, String meant) {
        assertThat(ConditionLanguage.parse(written).orElseThrow().render()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outcome",
                "${}",
                "#{risk}",
                "${risk}${risk}",
                "${''.getClass()}",
                "${''.class}",
                "${execution}",
                "${task == null}",
                "${execution.processEngineServices}",
                "${risk.x}",
                "${risk['x']}",
                "${risk()}",
                "${a:f(risk)}",
                "${risk ? 1 : 2}",
                "${round + 1 == 2}",
                "${empty risk}",
                "${risk && risk}",
                "${risk || risk}",
                "${!risk}",
                "${outcome eq 'x'}",
                "${outcome == \"x\"}",
                "${outcome == 'it''s'}",
                "${outcome == '\\''}",
                "${outcome == '${x}'}",
                "${risk and}",
                "${(risk}",
                "${risk)}",
                "${round < 99999999999}",
                "${'a'}",
                "${true}",
                "${x -> x}",
                "${[1,2]}",
                "${{1}}",
                "${a = 1}",
                "${a; b}",
                "${rísk}",
            })
    void refuses(String written) {
        assertThat(ConditionLanguage.parse(written)).isEmpty();
    }

    @Test
    void refusesDepthAndLength() {
        assertThat(ConditionLanguage.parse("${" + "not ".repeat(200) + "risk}")).isEmpty();
        assertThat(ConditionLanguage.parse("${" + "(".repeat(30) + "risk" + ")".repeat(30) + "}"))
                .isEmpty();
        assertThat(ConditionLanguage.parse("${risk" + " and risk".repeat(200) + "}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${round == 'x'}",
                "${risk > 1}",
                "${outcome < 'x'}",
                "${round}",
                "${due == 1}",
                "${round < null}"
            })
    void findsWhatCannotBeCompared(String written) {
        assertThat(ConditionLanguage.parse(written).orElseThrow().misfit(DECLARED))
                .isPresent();
    }

    @Test
    void namesItsVariables() {
        assertThat(ConditionLanguage.parse("${risk and round < rounds}")
                        .orElseThrow()
                        .variables())
                .containsExactly("risk", "round", "rounds");
    }
}
