package org.ancora.casework.marks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The kinds of flags of each project, with what to do when one is up (C74). */
@Service
class FlagKinds {

    private final JdbcClient jdbc;
    private final MarkRows rows;

    FlagKinds(JdbcClient jdbc, MarkRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * A kind as administrators see it.
     *
     * @param colour code of a tone
     * @param ofProcedures whether procedures raise it, so that it may be renamed but not retired
     * @param open on how many cases it is up now
     */
    record Kind(
            long id,
            String key,
            Wording label,
            String colour,
            String protocol,
            boolean stopsClosing,
            boolean ofProcedures,
            int position,
            boolean retired,
            int open,
            int version) {}

    /** What an administrator decides about a kind. */
    record Draft(Wording label, String colour, String protocol, boolean stopsClosing, int position) {}

    List<Kind> of(ProjectId project) {
        return select(project, null);
    }

    Optional<Kind> find(ProjectId project, long id) {
        return select(project, id).stream().findFirst();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the project has a kind with this key */
    @Transactional
    void create(ProjectId project, String key, Draft draft, UserId by) {
        jdbc.sql("""
                        insert into flag_kind (project_id, key, name_en, name_es, name_it, colour, protocol, stops_closing,
                                               position)
                        values (:project, :key, :en, :es, :it, :colour, :protocol, :stops, :position)
                        """)
                .params(params(draft))
                .param("project", project.value())
                .param("key", key)
                .update();
        rows.tell("flag-kind.created", project, key, by);
    }

    /** Changes a kind; refused when somebody else did so since {@code version}. */
    @Transactional
    void change(ProjectId project, Kind kind, int version, Draft draft, UserId by) {
        rows.change("""
                        update flag_kind
                           set name_en = :en, name_es = :es, name_it = :it, colour = :colour, protocol = :protocol,
                               stops_closing = :stops, position = :position
                        """, params(draft), kind.id(), version);
        rows.tell("flag-kind.changed", project, kind.key(), by);
    }

    /** Lets nobody raise it any more, or lets them again; flags that are up stay up until they are resolved. */
    @Transactional
    void retire(ProjectId project, Kind kind, boolean retired, UserId by) {
        if (!kind.ofProcedures() && rows.retire("flag_kind", kind.id(), retired)) {
            rows.tell(retired ? "flag-kind.retired" : "flag-kind.brought-back", project, kind.key(), by);
        }
    }

    private List<Kind> select(ProjectId project, @Nullable Long id) {
        return jdbc.sql("""
                        select k.*,
                               (select count(*) from case_flag f join case_file c on c.id = f.case_id
                                 where c.project_id = k.project_id and f.kind = k.key
                                   and f.resolved_at is null) as open
                          from flag_kind k
                         where k.project_id = :project and (:id::bigint is null or k.id = :id)
                         order by k.retired_at is not null, k.position, k.id
                        """)
                .param("project", project.value())
                .param("id", id)
                .query(FlagKinds::kind)
                .list();
    }

    private static Map<String, Object> params(Draft draft) {
        Map<String, Object> params = MarkRows.names(draft.label());
        params.put("colour", draft.colour());
        params.put("protocol", draft.protocol());
        params.put("stops", draft.stopsClosing());
        params.put("position", draft.position());
        return params;
    }

    private static Kind kind(ResultSet row, int number) throws SQLException {
        return new Kind(
                row.getLong("id"),
                row.getString("key"),
                MarkRows.label(row),
                row.getString("colour"),
                row.getString("protocol"),
                row.getBoolean("stops_closing"),
                row.getBoolean("of_procedures"),
                row.getInt("position"),
                row.getObject("retired_at") != null,
                row.getInt("open"),
                row.getInt("version"));
    }
}
