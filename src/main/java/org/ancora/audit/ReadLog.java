package org.ancora.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.BrokenGlass;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who saw a personal record: pages, search hits opened, prints, exports, downloads. */
@Service
public class ReadLog {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReadLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One read.
     *
     * @param byName the reader's name as it is today
     * @param how code: {@code page}, {@code print}, {@code download}, {@code export}, {@code search}
     * @param emergency whether the record was open to the reader only because of an emergency
     * @param reason what they gave as the reason, where one was asked for
     */
    public record Read(
            long id,
            Instant at,
            UserId by,
            String byName,
            String subject,
            @Nullable String subjectId,
            String how,
            boolean emergency,
            @Nullable String reason) {}

    /**
     * One page of reads.
     *
     * @param next to be handed in for the following page; null on the last one
     */
    public record Page(List<Read> entries, @Nullable Long next) {}

    /**
     * Keeps that a viewer saw a record. What Ancora reads by itself is not kept.
     *
     * @param subject kind of record: {@code case}, {@code profile}, {@code letter}, {@code task}
     * @param how code: {@code page}, {@code print}, {@code download}, {@code export}, {@code search}
     */
    @Transactional
    public void record(
            Viewer viewer,
            @Nullable ProjectId project,
            @Nullable String caseCode,
            String subject,
            @Nullable String subjectId,
            String how) {
        if (viewer.isSystem()) {
            return;
        }
        jdbc.sql("""
                        insert into read_access (at, by_account, project_id, case_code, subject, subject_id, how, break_glass)
                        values (:at, :by, :project, :caseCode, :subject, :subjectId, :how, :glass)
                        """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", viewer.id().value())
                .param("project", project == null ? null : project.value())
                .param("caseCode", caseCode)
                .param("subject", subject)
                .param("subjectId", subjectId)
                .param("how", how)
                .param(
                        "glass",
                        caseCode == null
                                ? null
                                : viewer.glass(caseCode).map(BrokenGlass::id).orElse(null))
                .update();
    }

    /**
     * As {@link #record}, for many cases at once.
     *
     * @param how code, as there
     */
    @Transactional
    public void recordCases(Viewer viewer, ProjectId project, Collection<String> caseCodes, String how) {
        if (viewer.isSystem()) {
            return;
        }
        jdbc.sql("""
                        insert into read_access (at, by_account, project_id, case_code, subject, subject_id, how)
                        select :at, :by, :project, code, 'case', code, :how from unnest(:codes::text[]) code
                        """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", viewer.id().value())
                .param("project", project.value())
                .param("codes", caseCodes.toArray(String[]::new))
                .param("how", how)
                .update();
    }

    /**
     * Keeps that a viewer looked beyond their own cases: once for the case from which they did so, and once for every case
     * that they were shown the least of (C-R3).
     *
     * @param from the code of the case from which the search began
     * @param seen the projects of that case and of those that were shown, by the cases' codes
     * @param reason why, in the viewer's words
     */
    @Transactional
    public void recordSearch(Viewer viewer, String from, Map<String, ProjectId> seen, String reason) {
        if (viewer.isSystem()) {
            return;
        }
        jdbc.sql("""
                        insert into read_access (at, by_account, project_id, case_code, subject, subject_id, how, reason)
                        select :at, :by, s.project, s.code, case when s.code = :from then 'network' else 'least' end,
                               s.code, 'search', :reason
                          from unnest(:projects::bigint[], :codes::text[]) s (project, code)
                        """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", viewer.id().value())
                .param("from", from)
                .param("projects", seen.values().stream().map(ProjectId::value).toArray(Long[]::new))
                .param("codes", seen.keySet().toArray(String[]::new))
                .param("reason", reason)
                .update();
    }

    /**
     * Who saw one case and what belongs to it, newest first; empty for a viewer who may not know.
     *
     * @param after {@link Page#next()} of the page before, or null for the first
     * @param size entries to a page
     */
    @Transactional(readOnly = true)
    public Page forCase(String caseCode, Viewer viewer, @Nullable Long after, int size) {
        Scope scope = Scope.of(viewer, Permission.READ_READ_LOG);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("caseCode", caseCode);
        params.put("after", after == null ? Long.MAX_VALUE : after);
        params.put("limit", size + 1);
        List<Read> found = jdbc.sql("""
                        select r.id, r.at, r.by_account, a.name, r.subject, r.subject_id, r.how,
                               r.break_glass is not null as emergency, r.reason
                          from read_access r join account a on a.id = r.by_account
                         where r.case_code = :caseCode and r.id < :after and %s
                         order by r.id desc limit :limit
                        """.formatted(scope.sql("r.project_id") + scope.beyondWalls("r.case_code")))
                .params(params)
                .query(ReadLog::read)
                .list();
        return found.size() <= size
                ? new Page(found, null)
                : new Page(
                        List.copyOf(found.subList(0, size)), found.get(size - 1).id());
    }

    /**
     * Who saw one client, through whichever case, newest first; empty for a viewer who may not know.
     *
     * @param profile the client's number, as reads of profiles are written down
     * @param after {@link Page#next()} of the page before, or null for the first
     * @param size entries to a page
     */
    @Transactional(readOnly = true)
    public Page forProfile(String profile, Viewer viewer, @Nullable Long after, int size) {
        Scope scope = Scope.of(viewer, Permission.READ_READ_LOG);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("profile", profile);
        params.put("after", after == null ? Long.MAX_VALUE : after);
        params.put("limit", size + 1);
        List<Read> found = jdbc.sql("""
                        select r.id, r.at, r.by_account, a.name, r.subject, r.subject_id, r.how,
                               r.break_glass is not null as emergency, r.reason
                          from read_access r join account a on a.id = r.by_account
                         where r.subject = 'profile' and r.subject_id = :profile and r.id < :after and %s
                         order by r.id desc limit :limit
                        """.formatted(scope.sql("r.project_id")))
                .params(params)
                .query(ReadLog::read)
                .list();
        return found.size() <= size
                ? new Page(found, null)
                : new Page(
                        List.copyOf(found.subList(0, size)), found.get(size - 1).id());
    }

    private static Read read(ResultSet row, int index) throws SQLException {
        return new Read(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new UserId(row.getLong("by_account")),
                row.getString("name"),
                row.getString("subject"),
                row.getString("subject_id"),
                row.getString("how"),
                row.getBoolean("emergency"),
                row.getString("reason"));
    }
}
