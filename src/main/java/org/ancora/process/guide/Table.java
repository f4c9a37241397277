package org.ancora.process.guide;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/**
 * A decision table, still without words of any language.
 *
 * @param name as the file has it
 * @param about as the file has it; may be empty
 * @param first whether the first row that fits counts; otherwise any row may
 */
record Table(
        String key,
        String name,
        String about,
        boolean first,
        List<Column> inputs,
        List<Column> outputs,
        List<Row> rows) {

    /**
     * A column.
     *
     * @param name of the variable that is asked, or of the answer
     * @param label as the file has it
     */
    record Column(String id, String name, String label) {}

    /**
     * A row.
     *
     * @param about as the file has it; may be empty
     * @param tests in the order of the inputs; empty where anything fits
     * @param answers in the order of the outputs
     */
    record Row(String id, String about, List<String> tests, List<String> answers) {}

    static Table read(byte[] file) {
        Decision decision = Dmn.readModelFromStream(new ByteArrayInputStream(file))
                .getModelElementsByType(Decision.class)
                .iterator()
                .next();
        DecisionTable table =
                decision.getChildElementsByType(DecisionTable.class).iterator().next();
        List<Row> rows = new ArrayList<>();
        table.getRules()
                .forEach(rule -> rows.add(new Row(
                        rule.getId(),
                        description(rule),
                        rule.getInputEntries().stream()
                                .map(entry -> text(entry.getText()).replaceFirst("^-$", ""))
                                .toList(),
                        rule.getOutputEntries().stream()
                                .map(entry -> text(entry.getText()))
                                .toList())));
        return new Table(
                decision.getId(),
                Objects.requireNonNullElse(decision.getName(), decision.getId()),
                description(decision),
                table.getHitPolicy() == HitPolicy.FIRST || table.getHitPolicy() == HitPolicy.UNIQUE,
                table.getInputs().stream().map(Table::input).toList(),
                table.getOutputs().stream()
                        .map(output -> new Column(
                                output.getId(), output.getName(), label(output.getLabel(), output.getName())))
                        .toList(),
                rows);
    }

    /** The answer of a row under this name, if the table has such an answer. */
    Optional<String> answer(Row row, String output) {
        for (int column = 0; column < outputs.size(); column++) {
            if (outputs.get(column).name().equals(output)) {
                return Optional.of(row.answers().get(column));
            }
        }
        return Optional.empty();
    }

    /**
     * The rows that may answer when these inputs are fixed: without those that ask for something else, and without what stands
     * below a row that always fits.
     *
     * @param fixed texts by input
     */
    List<Row> rowsFor(Map<String, String> fixed) {
        List<Row> found = new ArrayList<>();
        for (Row row : rows) {
            boolean never = false;
            boolean always = true;
            for (int column = 0; column < inputs.size(); column++) {
                String test = row.tests().get(column);
                String value = fixed.get(inputs.get(column).name());
                boolean fits = test.isEmpty() || (value != null && isOneOf(test, value));
                never |= !fits && value != null && isPlain(test);
                always &= fits;
            }
            if (!never) {
                found.add(row);
            }
            if (always && first) {
                break;
            }
        }
        return found;
    }

    /** Whether a test is a list of texts and nothing else. */
    static boolean isPlain(String test) {
        return test.matches("\"[^\"]*\"(\\s*,\\s*\"[^\"]*\")*");
    }

    private static boolean isOneOf(String test, String value) {
        return isPlain(test) && List.of(test.split("\\s*,\\s*", -1)).contains('"' + value + '"');
    }

    private static Column input(Input input) {
        String asked = input.getInputExpression() == null
                ? ""
                : text(input.getInputExpression().getText());
        String name = input.getCamundaInputVariable() == null ? asked : input.getCamundaInputVariable();
        return new Column(input.getId(), name, label(input.getLabel(), name));
    }

    private static String label(@Nullable String label, @Nullable String name) {
        return label == null || label.isBlank() ? Objects.requireNonNullElse(name, "") : label;
    }

    private static String description(DmnElement element) {
        return element.getDescription() == null
                ? ""
                : element.getDescription().getTextContent().strip();
    }

    private static String text(@Nullable Text text) {
        return text == null ? "" : text.getTextContent().strip();
    }
}
