package org.ancora.process.migration;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;

/** What is different about a decision table: rows by their id, answers by their column. */
final class DecisionChanges {

    private DecisionChanges() {}

    /**
     * A row or a column.
     *
     * @param key under which our words for it stand
     * @param inFile what the file calls it
     */
    record Named(String key, String inFile) {}

    /** One cell that says something else, or a row that is new or gone. */
    record Cell(
            Named row,
            @Nullable Named column,
            @Nullable String before,
            @Nullable String after) {}

    private record Table(Map<String, Map<Named, String>> rows, Map<String, Named> about) {}

    static List<Cell> between(byte[] one, byte[] other) {
        Optional<Table> before = read(one);
        Optional<Table> after = read(other);
        List<Cell> cells = new ArrayList<>();
        if (before.isEmpty() || after.isEmpty()) {
            return cells;
        }
        Map<String, Map<Named, String>> old = before.get().rows();
        Map<String, Map<Named, String>> young = after.get().rows();
        old.forEach((row, answers) -> {
            Named name = Objects.requireNonNull(before.get().about().get(row));
            Map<Named, String> now = young.get(row);
            if (now == null) {
                cells.add(new Cell(name, null, row, null));
                return;
            }
            answers.forEach((column, value) -> {
                String said = now.get(column);
                if (!value.equals(said)) {
                    cells.add(new Cell(name, column, value, said == null ? "" : said));
                }
            });
        });
        young.keySet().stream()
                .filter(row -> !old.containsKey(row))
                .forEach(row -> cells.add(
                        new Cell(Objects.requireNonNull(after.get().about().get(row)), null, null, row)));
        return cells;
    }

    private static Optional<Table> read(byte[] file) {
        Optional<DecisionTable> found =
                Dmn.readModelFromStream(new ByteArrayInputStream(file)).getModelElementsByType(Decision.class).stream()
                        .flatMap(decision -> decision.getChildElementsByType(DecisionTable.class).stream())
                        .findFirst();
        return found.map(table -> {
            String key = "decision." + ((Decision) table.getParentElement()).getId() + ".";
            List<Named> columns = table.getOutputs().stream()
                    .map(output -> new Named(
                            key + output.getId(),
                            output.getLabel() == null || output.getLabel().isBlank()
                                    ? String.valueOf(output.getName())
                                    : output.getLabel()))
                    .toList();
            Map<String, Map<Named, String>> rows = new LinkedHashMap<>();
            Map<String, Named> about = new LinkedHashMap<>();
            for (Rule rule : table.getRules()) {
                Map<Named, String> answers = new LinkedHashMap<>();
                int column = 0;
                for (OutputEntry entry : rule.getOutputEntries()) {
                    answers.put(columns.get(column++), entry.getTextContent().strip());
                }
                rows.put(rule.getId(), answers);
                about.put(
                        rule.getId(),
                        new Named(
                                key + rule.getId(),
                                rule.getDescription() == null
                                        ? rule.getId()
                                        : rule.getDescription().getTextContent().strip()));
            }
            return new Table(rows, about);
        });
    }
}
