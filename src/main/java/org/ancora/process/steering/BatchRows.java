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

    private final JdbcClient jdbc;
    private final Clock clock;

    BatchRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One procedure of a batch.
     *
     * @param why code of why it is or was left as it is; null when it is or was done to it, or waits for its turn
     * @param said the same in a sentence of its own; may be empty
     */
    record Row(
            int position,
            String root,
            ProjectId project,
            String process,
            @Nullable String caseCode,
            @Nullable String why,
            String said) {}

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
                row.getString("what"),
                row.getString("becomes"),
                row.getString("said"),
                row.getString("reason"),
                row.getString("state"),
                row.getInt("total"),
                row.getInt("changed"),
                row.getInt("skipped"));
    }

    /** Keeps what is to be done to each, as long as nothing was begun; what trials have said is forgotten. */
    void settle(Batch batch, String what, String becomes, String said) {
        jdbc.sql("""
                        update steering_batch set what = :what, becomes = :becomes, said = :said
                         where id = :id and state = 'chosen'
                        """)
                .param("what", what)
                .param("becomes", becomes)
                .param("said", said)
                .param("id", batch.id())
                .update();
        jdbc.sql("update steering_row set said = '' where batch_id = :id and why is null and said <> ''")
                .param("id", batch.id())
                .update();
    }

    /** Keeps what a trial has said of one. */
    void say(Batch batch, String root, String said) {
        jdbc.sql(
                        "update steering_row set said = :said where batch_id = :batch and root_instance_id = :root and why is null")
                .param("said", said)
                .param("batch", batch.id())
                .param("root", root)
                .update();
    }

    /** How many were skipped, by reason. */
    Map<String, Integer> skipped(Batch batch) {
        Map<String, Integer> skipped = new LinkedHashMap<>();
        jdbc.sql("""
                        select why, count(*) as procedures from steering_row
                         where batch_id = :batch and why <> '' group by why order by why
                        """).param("batch", batch.id()).query(row -> {
            skipped.put(row.getString("why"), row.getInt("procedures"));
        });
        return skipped;
    }

    /** A page of them, in their order, with what became of each. */
    List<Row> page(Batch batch, @Nullable String only, int after, int size, Viewer viewer) {
        return jdbc.sql("""
                        select position, root_instance_id, project_id, process_key, case_code, nullif(why, '') as why, said
                          from steering_row
                         where batch_id = :batch and position > :after and coalesce(case_code, '') <> all(:walls)
                           and (:only::text is null or why = :only) order by position limit :size
                        """)
                .param("batch", batch.id())
                .param("after", after)
                .param("size", size)
                .param("walls", viewer.walls().toArray(String[]::new))
                .param("only", only)
                .query(BatchRows::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getInt("position"),
                row.getString("root_instance_id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("process_key"),
                row.getString("case_code"),
                row.getString("why"),
                row.getString("said"));
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
                .query(BatchRows::row)
                .list();
    }

    /**
     * Takes the turn of one, in the running transaction; false when it had it before.
     *
     * @param why code of why it is left as it is; empty when it is done to it
     */
    boolean done(long batch, int position, String why, String said) {
        boolean first = jdbc.sql("""
                                update steering_row set why = :why, said = :said
                                 where batch_id = :batch and position = :position and why is null
                                """)
                        .param("why", why)
                        .param("said", said)
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
