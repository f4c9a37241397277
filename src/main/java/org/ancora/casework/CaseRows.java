package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads cases for lists, headers and steps; what a viewer may not see is not read. */
@Repository
class CaseRows {

    static final String OWN = "c.assignee = :scopeViewer";

    static final String SELECT = """
            select c.*, a.name as assignee_name, p.anonymous, p.given_name, p.family_name, p.languages,
                   array(select f.kind from case_flag f
                          where f.case_id = c.id and f.resolved_at is null order by f.raised_at, f.id) as open_flags
              from case_file c
              join profile p on p.id = c.profile_id
              left join account a on a.id = c.assignee
            """;

    private final JdbcClient jdbc;

    CaseRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a viewer sees of a case is what Ancora itself sees, so a page that found it for its reader need not ask again. */
    Optional<CaseSummary> find(String code, Viewer viewer) {
        Optional<CaseSummary> found = OncePerPage.read(key(code, viewer.id()), () -> select(code, viewer));
        return found.isEmpty() ? found : OncePerPage.read(key(code, UserId.SYSTEM), () -> found);
    }

    private static String key(String code, UserId reader) {
        return "casework.case " + code + " " + reader;
    }

    private Optional<CaseSummary> select(String code, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql(SELECT + " where c.code = :code and " + scope.sql("c.project_id", OWN))
                .params(scope.params())
                .param("code", code)
                .query(CaseRows::summary)
                .optional();
    }

    Map<String, CaseSummary> withCodes(Collection<String> codes, Viewer viewer) {
        Map<String, CaseSummary> found = new LinkedHashMap<>();
        if (codes.size() == 1) {
            find(codes.iterator().next(), viewer).ifPresent(summary -> found.put(summary.code(), summary));
            return found;
        }
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        if (!codes.isEmpty() && !scope.isEmpty()) {
            jdbc.sql(SELECT + " where c.code = any(:codes) and " + scope.sql("c.project_id", OWN))
                    .params(scope.params())
                    .param("codes", codes.toArray(String[]::new))
                    .query(CaseRows::summary)
                    .list()
                    .forEach(summary -> found.put(summary.code(), summary));
        }
        return found;
    }

    /** The waiting cases of a worker, the one that waits longest first. */
    List<CaseSummary> waiting(UserId worker, ProjectId project) {
        return jdbc.sql(SELECT + """
                         where c.project_id = :project and c.assignee = :worker and c.waiting_since is not null
                         order by c.waiting_since, c.id
                        """)
                .param("project", project.value())
                .param("worker", worker.value())
                .query(CaseRows::summary)
                .list();
    }

    /** Gives out the next number; the row stays locked until the case is committed or given up. */
    int nextNumber(ProjectId project, int year) {
        return jdbc.sql("""
                        insert into case_sequence (project_id, year, last) values (:project, :year, 1)
                        on conflict (project_id, year) do update set last = case_sequence.last + 1
                        returning last
                        """)
                .param("project", project.value())
                .param("year", year)
                .query(Integer.class)
                .single();
    }

    void noteAssignment(CaseId caseId, String kind, UserId to, UserId by, Instant now, String reason) {
        jdbc.sql("""
                        insert into case_assignment (case_id, kind, given_to, given_by, given_at, reason)
                        values (:case, :kind, :to, :by, :now, :reason)
                        """)
                .param("case", caseId.value())
                .param("kind", kind)
                .param("to", to.value())
                .param("by", Columns.account(by))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
    }

    static CaseSummary summary(ResultSet row, int number) throws SQLException {
        String reason = row.getString("closing_reason");
        return new CaseSummary(
                new CaseId(row.getLong("id")),
                row.getString("code"),
                new ProjectId(row.getLong("project_id")),
                new ProfileId(row.getLong("profile_id")),
                (row.getString("given_name") + " " + row.getString("family_name")).strip(),
                Columns.languages(row.getArray("languages")),
                CaseStatus.of(row.getString("status")),
                ServiceMode.of(row.getString("service_mode")),
                Columns.user(row, "assignee"),
                row.getString("assignee_name"),
                Columns.instantOrNull(row, "assigned_at"),
                Columns.instantOrNull(row, "waiting_since"),
                Columns.instant(row, "opened_at"),
                Columns.instantOrNull(row, "admitted_at"),
                Columns.instantOrNull(row, "closed_at"),
                reason == null ? null : ClosingReason.of(reason),
                new ReferralSource(
                        SourceKind.of(row.getString("source_kind")),
                        row.getString("source_name"),
                        row.getString("source_phone"),
                        row.getString("source_email")),
                Arrays.stream((String[]) row.getArray("open_flags").getArray())
                        .map(Flag.Kind::of)
                        .toList(),
                row.getInt("version"));
    }
}
