package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.ancora.access.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of flags; a case has at most one open flag of a kind. */
@Repository
class FlagRows {

    private final JdbcClient jdbc;

    FlagRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Flag> of(CaseId caseId) {
        return jdbc.sql("""
                        select f.*, a.name as raised_by_name, b.name as resolved_by_name
                          from case_flag f
                          left join account a on a.id = f.raised_by
                          left join account b on b.id = f.resolved_by
                         where f.case_id = :case
                         order by f.resolved_at is not null, f.raised_at desc, f.id desc
                        """).param("case", caseId.value()).query(FlagRows::flag).list();
    }

    boolean raise(CaseId caseId, Flag.Kind kind, String note, Instant now, UserId by) {
        return jdbc.sql("""
                                insert into case_flag (case_id, kind, note, raised_at, raised_by)
                                values (:case, :kind, :note, :now, :by)
                                on conflict (case_id, kind) where resolved_at is null do nothing
                                """)
                        .param("case", caseId.value())
                        .param("kind", kind.code())
                        .param("note", note)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("by", Columns.account(by))
                        .update()
                > 0;
    }

    boolean resolve(CaseId caseId, Flag.Kind kind, String resolution, Instant now, UserId by) {
        return jdbc.sql("""
                                update case_flag set resolved_at = :now, resolved_by = :by, resolution = :resolution
                                 where case_id = :case and kind = :kind and resolved_at is null
                                """)
                        .param("case", caseId.value())
                        .param("kind", kind.code())
                        .param("resolution", resolution)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("by", Columns.account(by))
                        .update()
                > 0;
    }

    private static Flag flag(ResultSet row, int number) throws SQLException {
        Instant resolvedAt = Columns.instantOrNull(row, "resolved_at");
        return new Flag(
                row.getLong("id"),
                Flag.Kind.of(row.getString("kind")),
                row.getString("note"),
                Columns.instant(row, "raised_at"),
                Columns.actor(row, "raised_by"),
                row.getString("raised_by_name"),
                resolvedAt,
                resolvedAt == null ? null : Columns.actor(row, "resolved_by"),
                row.getString("resolved_by_name"),
                row.getString("resolution"));
    }
}
