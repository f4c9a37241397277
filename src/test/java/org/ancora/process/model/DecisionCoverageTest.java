package org.ancora.process.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.ancora.process.model.DecisionCoverage.Fault;
import org.ancora.process.model.DecisionCoverage.Input;
import org.ancora.process.model.DecisionCoverage.Row;
import org.junit.jupiter.api.Test;

/** A table answers every question, and where one row counts, none twice. */
class DecisionCoverageTest {

    private static final Input KIND = new Input("kind", "string", "\"query\",\"complaint\"");
    private static final Input OPEN = new Input("project", "string", "");
    private static final Input AGE = new Input("age", "integer", ">= 0");
    private static final Input SHARE = new Input("share", "double", "[0..1]");
    private static final Input URGENT = new Input("urgent", "boolean", "");

    @Test
    void acceptsWhatIsWholeAndSaysNothingTwice() {
        assertThat(once(List.of(KIND, URGENT), "\"query\"|", "\"complaint\"|true", "\"complaint\"|false"))
                .isEmpty();
        assertThat(once(List.of(AGE), "< 18", "[18..64]", "> 64")).isEmpty();
        assertThat(once(List.of(SHARE), "[0..0.5)", "0.5", "]0.5..1]")).isEmpty();
        assertThat(once(List.of(OPEN), "\"york\"", "not(\"york\")")).isEmpty();
    }

    @Test
    void namesAQuestionWithoutAnAnswer() {
        assertThat(once(List.of(KIND, URGENT), "\"query\"|", "\"complaint\"|true"))
                .containsExactly(new Fault("decision-gap", "kind = complaint, urgent = false"));
        assertThat(once(List.of(AGE), "< 18", "> 18")).containsExactly(new Fault("decision-gap", "age = 18"));
        assertThat(once(List.of(SHARE), "< 0.5", "> 0.5")).containsExactly(new Fault("decision-gap", "share = 0.5"));
        assertThat(once(List.of(OPEN), "\"york\"")).extracting(Fault::rule).containsExactly("decision-gap");
    }

    @Test
    void namesRowsThatAnswerTheSameQuestion() {
        assertThat(once(List.of(KIND, URGENT), "\"query\"|", "|true", "\"complaint\"|false"))
                .containsExactly(new Fault("decision-overlap", "row-1, row-2: kind = query, urgent = true"));
        assertThat(once(List.of(AGE), "<= 18", ">= 18"))
                .containsExactly(new Fault("decision-overlap", "row-1, row-2: age = 18"));
        // Between whole numbers there is nothing; between others there is.
        assertThat(once(List.of(AGE), "< 18", "> 17")).isEmpty();
        assertThat(once(List.of(SHARE), "< 0.5", ">= 0.4"))
                .extracting(Fault::rule)
                .containsExactly("decision-overlap");
    }

    @Test
    void whereTheFirstRowCountsOnlyGapsMatter() {
        assertThat(check(List.of(KIND), false, "\"query\"", "")).isEmpty();
        assertThat(check(List.of(KIND), false, "\"query\"", "\"query\""))
                .extracting(Fault::rule)
                .containsExactly("decision-gap");
        assertThat(check(List.of(KIND), false, "starts with(?, \"q\")")).isEmpty();
    }

    @Test
    void whatCannotBeProvedIsNoTableWithOneRowEach() {
        assertThat(once(List.of(KIND), "starts with(?, \"q\")", ""))
                .containsExactly(new Fault("decision-unproved", "starts with(?, \"q\")"));
    }

    private static List<Fault> once(List<Input> inputs, String... rows) {
        return check(inputs, true, rows);
    }

    /** Rows are written with a bar between the tests of their inputs. */
    private static List<Fault> check(List<Input> inputs, boolean once, String... rows) {
        int[] number = {0};
        return DecisionCoverage.check(
                inputs,
                Stream.of(rows)
                        .map(row -> new Row("row-" + ++number[0], List.of(row.split("\\|", -1))))
                        .toList(),
                once);
    }
}
