package org.ancora.process.migration;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** One cell that says something else, or a row that is new or gone. */
    record Cell(
            String row,
            @Nullable String column,
            @Nullable String before,
            @Nullable String after) {}

    private record Table(Map<String, Map<String, String>> rows, Map<String, String> about) {}

    static List<Cell> between(byte[] one, byte[] other) {
        Optional<Table> before = read(one);
        Optional<Table> after = read(other);
        List<Cell> cells = new ArrayList<>();
        if (before.isEmpty() || after.isEmpty()) {
            return cells;
        }
        Map<String, Map<String, String>> old = before.get().rows();
        Map<String, Map<String, String>> young = after.get().rows();
        old.forEach((row, answers) -> {
            String name = before.get().about().getOrDefault(row, row);
            Map<String, String> now = young.get(row);
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
                .forEach(row -> cells.add(new Cell(after.get().about().getOrDefault(row, row), null, null, row)));
        return cells;
    }

    private static Optional<Table> read(byte[] file) {
        Optional<DecisionTable> found =
                Dmn.readModelFromStream(new ByteArrayInputStream(file)).getModelElementsByType(Decision.class).stream()
                        .flatMap(decision -> decision.getChildElementsByType(DecisionTable.class).stream())
                        .findFirst();
        return found.map(table -> {
            List<String> columns = table.getOutputs().stream()
                    .map(output ->
                            output.getLabel() == null || output.getLabel().isBlank()
                                    ? String.valueOf(output.getName())
                                    : output.getLabel())
                    .toList();
            Map<String, Map<String, String>> rows = new LinkedHashMap<>();
            Map<String, String> about = new LinkedHashMap<>();
            for (Rule rule : table.getRules()) {
                Map<String, String> answers = new LinkedHashMap<>();
                int column = 0;
                for (OutputEntry entry : rule.getOutputEntries()) {
                    answers.put(columns.get(column++), entry.getTextContent().strip());
                }
                rows.put(rule.getId(), answers);
                if (rule.getDescription() != null) {
                    about.put(
                            rule.getId(), rule.getDescription().getTextContent().strip());
                }
            }
            return new Table(rows, about);
        });
    }
}
