package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.Wording;
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
                        select f.*, a.name as raised_by_name, b.name as resolved_by_name,
                               k.name_en, k.name_es, k.name_it, k.colour, k.stops_closing
                          from case_flag f
                          join case_file c on c.id = f.case_id
                          join flag_kind k on k.project_id = c.project_id and k.key = f.kind
                          left join account a on a.id = f.raised_by
                          left join account b on b.id = f.resolved_by
                         where f.case_id = :case
                         order by f.resolved_at is not null, f.raised_at desc, f.id desc
                        """).param("case", caseId.value()).query(FlagRows::flag).list();
    }

    /**
     * The flags of a case and what else may be raised there.
     *
     * @param flags open ones first, then the newest
     * @param raisable the project's kinds that are not up already, in its order
     * @param protocols what a kind asks of whoever sees it, by code; kinds without one are left out
     */
    record Board(List<Flag> flags, List<Flag.Kind> raisable, Map<String, String> protocols) {}

    /** The flags of a case beside the kinds of its project, in one statement. */
    Board board(CaseSummary caseFile) {
        List<Flag> flags = new ArrayList<>();
        List<Flag.Kind> raisable = new ArrayList<>();
        Map<String, String> protocols = new HashMap<>();
        jdbc.sql("""
                        select f.*, a.name as raised_by_name, b.name as resolved_by_name,
                               k.key, k.name_en, k.name_es, k.name_it, k.colour, k.stops_closing, k.protocol,
                               k.retired_at is null and not exists (
                                   select from case_flag o
                                    where o.case_id = :case and o.kind = k.key and o.resolved_at is null) as raisable
                          from flag_kind k
                          left join case_flag f on f.case_id = :case and f.kind = k.key
                          left join account a on a.id = f.raised_by
                          left join account b on b.id = f.resolved_by
                         where k.project_id = :project and (k.retired_at is null or f.id is not null)
                         order by f.resolved_at is not null, f.raised_at desc, f.id desc, k.position, k.id
                        """)
                .param("case", caseFile.id().value())
                .param("project", caseFile.project().value())
                .query(row -> {
                    Flag.Kind kind = kind(row, row.getString("key"));
                    if (row.getObject("id") != null) {
                        flags.add(flag(row, 0));
                    }
                    if (row.getBoolean("raisable") && !raisable.contains(kind)) {
                        raisable.add(kind);
                    }
                    if (!row.getString("protocol").isEmpty()) {
                        protocols.put(kind.code(), row.getString("protocol"));
                    }
                });
        return new Board(List.copyOf(flags), List.copyOf(raisable), Map.copyOf(protocols));
    }

    /** The project's kind with this code, retired or not. */
    Optional<Flag.Kind> kind(ProjectId project, String code) {
        return jdbc.sql("select k.* from flag_kind k where k.project_id = :project and k.key = :code")
                .param("project", project.value())
                .param("code", code)
                .query((row, number) -> kind(row, row.getString("key")))
                .optional();
    }

    boolean raise(CaseId caseId, Flag.Kind kind, String note, Instant now, UserId by) {
        return jdbc.sql("""
                                insert into case_flag (case_id, kind, note, raised_at, raised_by)
                                select c.id, k.key, :note, :now, :by
                                  from case_file c join flag_kind k on k.project_id = c.project_id
                                 where c.id = :case and k.key = :kind and k.retired_at is null
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
                kind(row, row.getString("kind")),
                row.getString("note"),
                Columns.instant(row, "raised_at"),
                Columns.actor(row, "raised_by"),
                row.getString("raised_by_name"),
                resolvedAt,
                resolvedAt == null ? null : Columns.actor(row, "resolved_by"),
                row.getString("resolved_by_name"),
                row.getString("resolution"));
    }

    private static Flag.Kind kind(ResultSet row, String code) throws SQLException {
        return new Flag.Kind(
                code,
                new Wording(row.getString("name_en"), row.getString("name_es"), row.getString("name_it")),
                Columns.tone(row.getString("colour")),
                row.getBoolean("stops_closing"));
    }
}
