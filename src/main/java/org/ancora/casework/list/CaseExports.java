package org.ancora.casework.list;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseRows;
import org.ancora.casework.CaseSummary;
import org.ancora.network.Project;
import org.ancora.web.SheetWriter;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes a list as a file: exactly the rows, columns and order of the page (C94, C95). Which cases left, with whom, is in both
 * logs before the first byte does.
 */
@Service
class CaseExports {

    /** More rows than anybody reads; the list says so and offers to narrow it. */
    static final int MOST = 100_000;

    private static final int CHUNK = 500;

    private final JdbcClient jdbc;
    private final CaseFinder finder;
    private final CaseFields fields;
    private final CaseColumns columns;
    private final CaseTable table;
    private final ReadLog reads;
    private final ApplicationEventPublisher events;

    CaseExports(
            JdbcClient jdbc,
            CaseFinder finder,
            CaseFields fields,
            CaseColumns columns,
            CaseTable table,
            ReadLog reads,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.finder = finder;
        this.fields = fields;
        this.columns = columns;
        this.table = table;
        this.reads = reads;
        this.events = events;
    }

    /**
     * The rows of a file to be.
     *
     * @param ids of its cases, in order
     */
    record Prepared(Project project, List<Field> columns, List<Long> ids, boolean tooMany) {}

    /** Chooses the rows and writes down that they leave. */
    @Transactional
    Prepared prepare(CaseQuery query, Project project, String format, Viewer viewer) {
        viewer.require(Permission.EXPORT_CASES, project.id());
        List<Field> shown = columns.of(query, fields.of(project, viewer), viewer);
        CaseFinder.Statement statement = finder.orderedIds(query, viewer, MOST + 1);
        List<Long> ids = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        jdbc.sql(statement.sql()).params(statement.params()).query(row -> {
            ids.add(row.getLong("id"));
            codes.add(row.getString("code"));
        });
        if (ids.size() > MOST) {
            return new Prepared(project, shown, List.of(), true);
        }
        reads.recordCases(viewer, project.id(), codes, "export");
        events.publishEvent(new Audited(
                        "caselist.exported", project.id(), null, "project", project.key(), viewer.id(), Map.of())
                .with("cases", ids.size())
                .with("columns", shown.size())
                .with("format", format)
                .with("rules", shortened(String.join(",", query.parameters().keySet()))));
        return new Prepared(project, shown, ids, false);
    }

    private static String shortened(String keys) {
        return keys.length() <= 100 ? keys : keys.substring(0, 100);
    }

    /** Writes the file, some rows at a time; a case that is out of sight by now is left out. */
    void write(Prepared prepared, SheetWriter sheet, OutputStream out, Viewer viewer) {
        Locale locale = viewer.locale();
        try (SheetWriter writer = sheet) {
            writer.head(prepared.columns().stream().map(Field::title).toList());
            for (int from = 0; from < prepared.ids().size(); from += CHUNK) {
                List<Long> ids = prepared.ids()
                        .subList(from, Math.min(from + CHUNK, prepared.ids().size()));
                List<CaseSummary> cases = read(ids, viewer);
                Map<Long, Map<Long, String>> attributes = table.attributes(cases, prepared.columns());
                for (CaseSummary each : cases) {
                    writer.row(prepared.columns().stream()
                            .map(column -> table.value(column, each, prepared.project(), attributes, locale))
                            .toList());
                }
                writer.flush();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private List<CaseSummary> read(List<Long> ids, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        Map<Long, CaseSummary> found = new HashMap<>();
        jdbc.sql(CaseRows.SELECT + " where c.id = any(:ids) and " + scope.sql("c.project_id", CaseRows.OWN))
                .params(scope.params())
                .param("ids", ids.toArray(Long[]::new))
                .query(CaseRows::summary)
                .list()
                .forEach(each -> found.put(each.id().value(), each));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }
}
