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
