package org.ancora.casework;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A project's counts and what a person opened last, all within what the viewer may see. */
@Service
class CaseLists {

    private final JdbcClient jdbc;
    private final Clock clock;

    CaseLists(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The four counts of a project (C25). */
    record Counts(long total, long unassigned, long assigned, long closed) {}

    /** Of those who see the whole project as its database keeps them, of others by reading what is theirs. */
    Counts counts(ProjectId project, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        String cases = viewer.may(Permission.READ_CASE, project)
                ? "select t.closed, t.assigned, t.cases from case_tally t where t.project_id = :project"
                : """
                select c.status = 'closed' as closed, c.assignee is not null as assigned, 1 as cases
                  from case_file c
                 where c.project_id = :project and %s
                """.formatted(scope.sql("c.project_id", CaseRows.OWN));
        return jdbc.sql("""
                        select coalesce(sum(cases), 0) as total,
                               coalesce(sum(cases) filter (where not closed and not assigned), 0) as unassigned,
                               coalesce(sum(cases) filter (where not closed and assigned), 0) as assigned,
                               coalesce(sum(cases) filter (where closed), 0) as closed
                          from (%s) counted
                        """.formatted(cases))
                .params(scope.params())
                .param("project", project.value())
                .query((row, number) -> new Counts(
                        row.getLong("total"),
                        row.getLong("unassigned"),
                        row.getLong("assigned"),
                        row.getLong("closed")))
                .single();
    }

    /** Returns the cases that the viewer opened last, the latest first (C26). */
    List<CaseSummary> recent(Viewer viewer, @Nullable ProjectId project, int size) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        Map<String, Object> params = new HashMap<>(scope.params());
        String sql = CaseRows.SELECT + " join case_visit v on v.case_id = c.id and v.user_id = :scopeViewer where "
                + scope.sql("c.project_id", CaseRows.OWN);
        if (project != null) {
            sql += " and c.project_id = :project";
            params.put("project", project.value());
        }
        params.put("size", size);
        return jdbc.sql(sql + " order by v.visited_at desc, c.id desc limit :size")
                .params(params)
                .query(CaseRows::summary)
                .list();
    }

    @Transactional
    void visited(CaseSummary caseFile, Viewer viewer) {
        jdbc.sql("""
                        insert into case_visit (user_id, case_id, visited_at) values (:viewer, :case, :now)
                        on conflict (user_id, case_id) do update set visited_at = excluded.visited_at
                        """)
                .param("viewer", viewer.id().value())
                .param("case", caseFile.id().value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
