package org.ancora.process.steering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of what was done to many procedures at once, and of what became of each. */
@Repository
class BatchRows {

    /** Why one would be skipped as things stand, as SQL on {@code steering_row r}; null for none. */
    private static final String WHY = """
            case when not r.project_id = any(:steered) then 'not-allowed'
                 when not exists (select 1 from engine.act_ru_execution e where e.id_ = r.root_instance_id) then 'over'
                 when b.action = 'resume' and not exists (select 1 from engine.act_ru_execution e
                      where e.id_ = r.root_instance_id and e.suspension_state_ = 2) then 'not-suspended'
                 when b.action in ('retry', 'suspend') and exists (select 1 from engine.act_ru_execution e
                      where e.id_ = r.root_instance_id and e.suspension_state_ = 2) then 'suspended'
                 when b.action = 'retry' and not exists (select 1 from procedure_incident i
                      where i.root_instance_id = r.root_instance_id) then 'nothing-failed'
            end""";

    private final JdbcClient jdbc;
    private final Clock clock;

    BatchRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One procedure of a batch; {@code why} is null when it is or was done to it, or waits for its turn. */
    record Row(
            int position,
            String root,
            ProjectId project,
            String process,
            @Nullable String caseCode,
            @Nullable String why) {}

    /** Keeps a choice: those of the ids that the viewer may see, each with the procedure that called it in its place. */
    Batch insert(Deed deed, Collection<String> ids, Viewer viewer) {
        long batch = jdbc.sql(
                        "insert into steering_batch (by_account, action, created_at) values (:by, :action, :now) returning id")
                .param("by", viewer.id().value())
                .param("action", deed.code())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        Scope scope = Scope.of(viewer, Permission.WATCH_PROCEDURES);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("batch", batch);
        params.put("ids", ids.toArray(String[]::new));
        int total = jdbc.sql("""
                        insert into steering_row (batch_id, position, root_instance_id, project_id, process_key, case_code)
                        select :batch, row_number() over (order by first, root), root, project, process, code
                          from (select h.id_ as root, h.proc_def_key_ as process, h.business_key_ as code, chosen.first,
                                       (select v.long_ from engine.act_hi_varinst v
                                         where v.proc_inst_id_ = h.id_ and v.name_ = 'projectId' and v.long_ is not null
                                         limit 1) as project
                                  from (select coalesce(p.root_proc_inst_id_, p.id_) as root, min(given.place) as first
                                          from unnest(:ids::text[]) with ordinality as given (id, place)
                                          join engine.act_hi_procinst p on p.id_ = given.id group by 1) chosen
                                  join engine.act_hi_procinst h on h.id_ = chosen.root) found
                         where %s
                        """.formatted(scope.sql("found.project") + scope.beyondWalls("found.code")))
                .params(params)
                .update();
        jdbc.sql("update steering_batch set total = :total where id = :batch")
                .param("total", total)
                .param("batch", batch)
                .update();
        return find(batch).orElseThrow();
    }

    Optional<Batch> find(long id) {
        return jdbc.sql("select * from steering_batch where id = :id")
                .param("id", id)
                .query(BatchRows::batch)
                .optional();
    }

    private static Batch batch(ResultSet row, int number) throws SQLException {
        return new Batch(
                row.getLong("id"),
                new UserId(row.getLong("by_account")),
                Deed.of(row.getString("action")).orElseThrow(),
                row.getString("reason"),
                row.getString("state"),
                row.getInt("total"),
                row.getInt("changed"),
                row.getInt("skipped"));
    }

    /** How many are or would be skipped, by reason. */
    Map<String, Integer> skipped(Batch batch, Viewer viewer) {
        Map<String, Integer> skipped = new LinkedHashMap<>();
        String why = batch.state().equals("chosen") ? WHY : "nullif(r.why, '')";
        jdbc.sql(
                        "select why, count(*) as procedures from (select " + why
                                + " as why from steering_row r join steering_batch b"
                                + " on b.id = r.batch_id where r.batch_id = :batch) judged where why is not null group by why order by why")
                .param("batch", batch.id())
                .param("steered", steered(viewer))
                .query(row -> {
                    skipped.put(row.getString("why"), row.getInt("procedures"));
                });
        return skipped;
    }

    /** A page of them, in their order. */
    List<Row> page(Batch batch, @Nullable String only, int after, int size, Viewer viewer) {
        String why = batch.state().equals("chosen") ? WHY : "nullif(r.why, '')";
        Map<String, Object> params = new HashMap<>();
        params.put("batch", batch.id());
        params.put("after", after);
        params.put("size", size);
        params.put("steered", steered(viewer));
        params.put("walls", viewer.walls().toArray(String[]::new));
        if (only != null) {
            params.put("only", only);
        }
        return jdbc.sql(
                        "select * from (select r.position, r.root_instance_id, r.project_id, r.process_key, r.case_code, "
                                + why
                                + " as why from steering_row r join steering_batch b on b.id = r.batch_id"
                                + " where r.batch_id = :batch and r.position > :after and coalesce(r.case_code, '') <> all(:walls)) judged"
                                + (only == null ? "" : " where why = :only") + " order by position limit :size")
                .params(params)
                .query((row, number) -> new Row(
                        row.getInt("position"),
                        row.getString("root_instance_id"),
                        new ProjectId(row.getLong("project_id")),
                        row.getString("process_key"),
                        row.getString("case_code"),
                        row.getString("why")))
                .list();
    }

    private static Long[] steered(Viewer viewer) {
        return viewer.projects(Permission.STEER_PROCEDURES).stream()
                .map(ProjectId::value)
                .toArray(Long[]::new);
    }

    /** Begins one that was only chosen; false when somebody began it before. */
    boolean start(Batch batch, String reason) {
        return jdbc.sql(
                                "update steering_batch set state = 'running', reason = :reason where id = :id and state = 'chosen'")
                        .param("reason", reason)
                        .param("id", batch.id())
                        .update()
                == 1;
    }

    /** The next that have not had their turn. */
    List<Row> next(long batch, int size) {
        return jdbc.sql("""
                        select r.* from steering_row r join steering_batch b on b.id = r.batch_id
                         where r.batch_id = :batch and r.why is null and b.state = 'running' order by r.position limit :size
                        """)
                .param("batch", batch)
                .param("size", size)
                .query((row, number) -> new Row(
                        row.getInt("position"),
                        row.getString("root_instance_id"),
                        new ProjectId(row.getLong("project_id")),
                        row.getString("process_key"),
                        row.getString("case_code"),
                        null))
                .list();
    }

    /** Takes the turn of one, in the running transaction; false when it had it before. */
    boolean done(long batch, int position, String why) {
        boolean first = jdbc.sql(
                                "update steering_row set why = :why where batch_id = :batch and position = :position and why is null")
                        .param("why", why)
                        .param("batch", batch)
                        .param("position", position)
                        .update()
                == 1;
        if (first) {
            jdbc.sql(
                            "update steering_batch set changed = changed + :changed, skipped = skipped + :skipped where id = :batch")
                    .param("changed", why.isEmpty() ? 1 : 0)
                    .param("skipped", why.isEmpty() ? 0 : 1)
                    .param("batch", batch)
                    .update();
        }
        return first;
    }

    void finish(long batch) {
        jdbc.sql("""
                        update steering_batch b set state = 'done', finished_at = :now
                         where b.id = :batch and b.state = 'running'
                           and not exists (select 1 from steering_row r where r.batch_id = b.id and r.why is null)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("batch", batch)
                .update();
    }
}
