package org.ancora.process.monitor;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the rows of the read model, which the database itself reads off the engine's history. */
@Component
class RunTable {

    private final JdbcClient jdbc;

    RunTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the rows of what was touched equal to the engine's history, in one statement. */
    void keep(Collection<String> instances, Collection<String> steps, Collection<String> tasks) {
        jdbc.sql("select keep_procedures(:instances, :steps, :tasks) is null")
                .param("instances", instances.toArray(String[]::new))
                .param("steps", steps.toArray(String[]::new))
                .param("tasks", tasks.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /**
     * Counts procedures that go on in another version as begun in that one, where their beginning is summed already; what is
     * not summed is read off their rows. Before {@link #keep}, which forgets where they were.
     */
    void move(Collection<String> runs) {
        // Nobody sums meanwhile: what is summed and what is not would change under our hands.
        jdbc.sql("select pg_advisory_xact_lock_shared(726241) is null")
                .query(Boolean.class)
                .single();
        jdbc.sql("""
                        with moved as (
                            select date_trunc('week', r.began_at at time zone coalesce(p.zone, 'UTC'))::date as week,
                                   r.definition_id as was, h.proc_def_id_ as becomes, r.project_id, r.office, count(*) as n
                              from procedure_run r
                              join engine.act_hi_procinst h on h.id_ = r.id and h.proc_def_id_ <> r.definition_id
                              left join project p on p.id = r.project_id
                             where r.id = any(:runs) and r.began_at < %s
                             group by 1, 2, 3, 4, 5),
                        taken as (
                            update procedure_week w set begun = w.begun - m.n from moved m
                             where w.week = m.week and w.definition_id = m.was
                               and w.project_id is not distinct from m.project_id
                               and w.office is not distinct from m.office)
                        insert into procedure_week as w
                               (week, definition_id, project_id, office, begun, finished, cancelled, seconds)
                        select week, becomes, project_id, office, n, 0, 0, 0 from moved
                        on conflict (week, definition_id, project_id, office) do update
                           set begun = w.begun + excluded.begun
                        """.formatted(Overview.SUMMED))
                .param("runs", runs.toArray(String[]::new))
                .update();
    }

    /** As {@link #keep}, for whole procedures by the ids of their root instances. */
    void keepWhole(Collection<String> runs) {
        jdbc.sql("select keep_procedures(:runs, null, null) is null")
                .param("runs", runs.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** The next root instances that the engine's history knows, in the order of their ids. */
    List<String> engineRuns(String after, int limit) {
        return jdbc.sql("""
                        select proc_inst_id_ from engine.act_hi_procinst
                         where proc_inst_id_ > :after
                           and coalesce(root_proc_inst_id_, proc_inst_id_) = proc_inst_id_
                         order by proc_inst_id_ limit :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** Forgets what the engine's history does not know. */
    void removeGone() {
        jdbc.sql("""
                        with gone as (
                            delete from procedure_run r
                             where not exists (select 1 from engine.act_hi_procinst p where p.proc_inst_id_ = r.id)
                            returning id)
                        delete from procedure_step s where s.run_id in (select id from gone)
                            or not exists (select 1 from procedure_run r where r.id = s.run_id)
                        """).update();
    }

    /** Counts all that is open anew. Who moves a procedure meanwhile waits, and then adds to the new sums. */
    void countAgain() {
        jdbc.sql("select count_open_procedures(null) is null")
                .query(Boolean.class)
                .single();
    }
}
