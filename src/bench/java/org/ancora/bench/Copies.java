package org.ancora.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Many running instances out of one: every row that belongs to an instance which an engine started itself is copied by
 * the database, each copy with ids of its own. Minutes instead of hours, and the rows are exactly the engine's.
 */
final class Copies {

    /** Columns that the database itself computes. */
    private static final Set<String> COMPUTED =
            Set.of("work_item.sort_at", "procedure_run.state", "procedure_run.office");

    private record Table(String name, List<Map<String, Object>> rows) {}

    private final JdbcTemplate sql;
    private final Set<String> own = new TreeSet<>();
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, String> overrides = new HashMap<>();

    /** @param tables by name, the condition that finds the instance's rows in it */
    Copies(JdbcTemplate sql, Map<String, String> tables) {
        this.sql = sql;
        new LinkedHashMap<>(tables)
                .forEach((table, where) -> this.tables.add(
                        new Table(table, sql.queryForList("select * from " + table + " where " + where))));
        for (Table table : this.tables) {
            for (Map<String, Object> row : table.rows()) {
                Object id = row.getOrDefault("id_", row.get("id"));
                if (id instanceof String text) {
                    own.add(text);
                }
            }
        }
    }

    /** Fills a column of all copies by an expression over {@code n}, the copy's number. */
    Copies with(String column, String expression) {
        overrides.put(column, expression);
        return this;
    }

    /** Makes the copies from one number to another, both included, in all tables or only in those named. */
    void make(int from, int to, String mark, String... only) {
        List<String> statements = new ArrayList<>();
        for (Table table : tables) {
            if (only.length == 0 || List.of(only).contains(table.name())) {
                table.rows().forEach(row -> statements.add(insert(table.name(), row, from, to, mark)));
            }
        }
        sql.execute((java.sql.Connection connection) -> {
            try (java.sql.Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                // Foreign keys hold by construction; checking a million of them one by one takes longer than the
                // copies.
                statement.execute("set local session_replication_role = replica");
                for (String insert : statements) {
                    statement.execute(insert);
                }
                connection.commit();
            }
            return null;
        });
    }

    private String insert(String table, Map<String, Object> row, int from, int to, String mark) {
        List<String> columns = row.keySet().stream()
                .filter(column -> !COMPUTED.contains(table + "." + column))
                .toList();
        return "insert into " + table + " ("
                + columns.stream().map(Copies::quoted).collect(Collectors.joining(", "))
                + ") select "
                + columns.stream()
                        .map(column -> value(table, column, row.get(column), mark))
                        .collect(Collectors.joining(", "))
                + " from " + table + " t, generate_series(" + from + ", " + to + ") n where t."
                + (row.containsKey("id_") ? "id_" : "id") + " = '" + row.getOrDefault("id_", row.get("id")) + "'";
    }

    private String value(String table, String column, @Nullable Object value, String mark) {
        String override = overrides.get(table + "." + column);
        if (override != null) {
            return override;
        }
        if (value instanceof String text && own.contains(text)) {
            return "t." + quoted(column) + " || '" + mark + "' || n";
        }
        return "t." + quoted(column);
    }

    private static String quoted(String column) {
        return '"' + column + '"';
    }
}
