package org.ancora.process.steering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.process.Procedures;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One procedure as the engine's own tables have it, each part in one statement however long its history is. */
@Repository
class RunRows {

    /** A procedure that loops for years has more; the page says so. */
    static final int MOST_VISITS = 1000;

    private final JdbcClient jdbc;

    RunRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Something that a procedure came to.
     *
     * @param id the engine's id of this one visit
     * @param instance the procedure in which it is, which may be a called one
     * @param called the procedure that was called here, or null
     * @param who the name of whoever had the task when it ended, or null
     */
    record Visit(
            String id,
            String instance,
            String process,
            String definition,
            String element,
            String type,
            Instant entered,
            @Nullable Instant left,
            boolean cancelled,
            @Nullable String called,
            @Nullable String who) {

        boolean isFrame() {
            return type.contains("ubProcess") || type.equals("multiInstanceBody");
        }

        boolean isTelling() {
            return !type.contains("ateway") && !isFrame();
        }

        Procedures.Visit plain() {
            return new Procedures.Visit(element, type, entered, left, cancelled);
        }
    }

    /**
     * A timer, or a step that Ancora has yet to take.
     *
     * @param execution the engine's id of the token that it holds
     * @param due when it is its turn
     * @param retries how often it will still be tried; 0 when it gave up
     * @param ofTask whether it belongs to a task's own date
     */
    record Job(
            String id,
            String execution,
            String instance,
            String process,
            String definition,
            String element,
            boolean timer,
            @Nullable Instant due,
            int retries,
            boolean ofTask) {}

    /** An open task. */
    record Task(
            String id,
            String instance,
            String process,
            String definition,
            String element,
            @Nullable String assignee,
            @Nullable Instant opens,
            @Nullable Instant due) {}

    /** Something that the procedure waits to be told. */
    record Awaited(String instance, String definition, String element, String name) {}

    /**
     * A variable of a procedure or of one that it called.
     *
     * @param definition the engine's id of the version of the diagram in which it is
     * @param value as the engine keeps it: a number, flag, string or date; null for none
     */
    record Value(
            String instance,
            String process,
            String definition,
            String name,
            @Nullable Object value) {}

    /** The procedure of this id, or the one that called it. */
    Optional<Run> find(String id) {
        return jdbc.sql("""
                        select h.id_, h.proc_def_key_, h.proc_def_id_, h.business_key_, h.start_time_, h.end_time_,
                               h.state_, coalesce(f.folder, '') as folder,
                               coalesce((select nullif(count(*), 0) from deployment o
                                          where o.folder = f.folder and o.id <= f.id), d.version_) as version,
                               (select v.long_ from engine.act_hi_varinst v
                                 where v.proc_inst_id_ = h.id_ and v.name_ = 'projectId' and v.long_ is not null limit 1) as project
                          from engine.act_hi_procinst h
                          join engine.act_re_procdef d on d.id_ = h.proc_def_id_
                          left join deployment f on f.engine_id = d.deployment_id_
                         where h.id_ = (select coalesce(r.root_proc_inst_id_, r.id_)
                                          from engine.act_hi_procinst r where r.id_ = :id)
                        """)
                .param("id", id)
                .query((row, number) -> run(row))
                .optional()
                .flatMap(found -> found);
    }

    private static Optional<Run> run(ResultSet row) throws SQLException {
        long project = row.getLong("project");
        if (row.wasNull()) {
            return Optional.empty();
        }
        Instant ended = instant(row, "end_time_");
        String state = row.getString("state_");
        return Optional.of(new Run(
                row.getString("id_"),
                row.getString("proc_def_key_"),
                row.getString("proc_def_id_"),
                row.getInt("version"),
                row.getString("folder"),
                row.getString("business_key_"),
                new ProjectId(project),
                required(row, "start_time_"),
                ended,
                ended == null
                        ? ("SUSPENDED".equals(state) ? "suspended" : "running")
                        : "EXTERNALLY_TERMINATED".equals(state) ? "cancelled" : "finished"));
    }

    /** Ids of what runs of it, in the engine: itself and what it called. */
    List<String> instances(String root) {
        return jdbc.sql("""
                        select id_ from engine.act_ru_execution
                         where root_proc_inst_id_ = :root and parent_id_ is null order by sequence_counter_, id_
                        """).param("root", root).query(String.class).list();
    }

    /** What it came to, earliest first; of a very long one the latest. */
    List<Visit> visits(String root) {
        List<Visit> newestFirst = jdbc.sql("""
                        select h.*, a.name as who
                          from engine.act_hi_actinst h
                          left join account a on a.id = case when h.assignee_ ~ '^[0-9]{1,18}$' then h.assignee_::bigint end
                         where h.root_proc_inst_id_ = :root
                         order by h.start_time_ desc, h.sequence_counter_ desc, h.id_ limit :most
                        """)
                .param("root", root)
                .param("most", MOST_VISITS)
                .query((row, number) -> new Visit(
                        row.getString("id_"),
                        row.getString("proc_inst_id_"),
                        row.getString("proc_def_key_"),
                        row.getString("proc_def_id_"),
                        row.getString("act_id_"),
                        row.getString("act_type_"),
                        required(row, "start_time_"),
                        instant(row, "end_time_"),
                        row.getInt("act_inst_state_") == 2,
                        row.getString("call_proc_inst_id_"),
                        row.getString("who")))
                .list();
        return java.util.stream.IntStream.range(0, newestFirst.size())
                .mapToObj(index -> newestFirst.get(newestFirst.size() - 1 - index))
                .toList();
    }

    /**
     * Its timers and steps to be taken, the next one first. Not every job knows its root; asked for either way at once, the
     * database would read all jobs that there are.
     */
    List<Job> jobs(String root) {
        return jdbc.sql("""
                        select j.id_, j.execution_id_, j.process_instance_id_, j.process_def_key_, j.process_def_id_, j.type_, j.duedate_,
                               j.retries_, j.handler_type_, coalesce(d.act_id_, j.failed_act_id_, '') as element
                          from engine.act_ru_job j left join engine.act_ru_jobdef d on d.id_ = j.job_def_id_
                         where j.id_ in (select k.id_ from engine.act_ru_job k where k.root_proc_inst_id_ = :root
                                         union
                                         select k.id_ from engine.act_ru_execution e
                                           join engine.act_ru_job k on k.process_instance_id_ = e.proc_inst_id_
                                          where e.root_proc_inst_id_ = :root)
                         order by j.duedate_, j.id_ limit 200
                        """)
                .param("root", root)
                .query((row, number) -> new Job(
                        row.getString("id_"),
                        String.valueOf(row.getString("execution_id_")),
                        row.getString("process_instance_id_"),
                        row.getString("process_def_key_"),
                        row.getString("process_def_id_"),
                        row.getString("element"),
                        "timer".equals(row.getString("type_")),
                        instant(row, "duedate_"),
                        row.getInt("retries_"),
                        "timer-task-listener".equals(row.getString("handler_type_"))))
                .list();
    }

    /** Its open tasks, the one due first first. */
    List<Task> tasks(String root) {
        return jdbc.sql("""
                        select w.id, w.process_instance_id, w.process_key, w.definition_id, w.element, a.name as assignee,
                               w.opens_at, w.due_at
                          from work_item w left join account a on a.id = w.assignee
                         where w.root_instance_id = :root order by w.sort_at, w.id
                        """)
                .param("root", root)
                .query((row, number) -> new Task(
                        row.getString("id"),
                        row.getString("process_instance_id"),
                        row.getString("process_key"),
                        row.getString("definition_id"),
                        row.getString("element"),
                        row.getString("assignee"),
                        at(row, "opens_at"),
                        at(row, "due_at")))
                .list();
    }

    /** What it waits to be told. */
    List<Awaited> awaited(String root) {
        return jdbc.sql("""
                        select e.proc_inst_id_, e.proc_def_id_, s.activity_id_, s.event_name_
                          from engine.act_ru_event_subscr s join engine.act_ru_execution e on e.id_ = s.execution_id_
                         where e.root_proc_inst_id_ = :root and s.event_type_ = 'message' order by s.activity_id_, s.id_
                        """)
                .param("root", root)
                .query((row, number) ->
                        new Awaited(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    /** Its variables, and then those of the procedures that it called and that still run; none once it has ended. */
    List<Value> values(String root) {
        return jdbc.sql("""
                        select v.proc_inst_id_, d.key_, d.id_, v.name_, v.type_, v.long_, v.text_, v.double_
                          from engine.act_ru_variable v
                          join engine.act_ru_execution e on e.id_ = v.proc_inst_id_
                          join engine.act_re_procdef d on d.id_ = e.proc_def_id_
                         where e.root_proc_inst_id_ = :root and v.execution_id_ = v.proc_inst_id_
                         order by v.proc_inst_id_ = :root desc, e.sequence_counter_, v.proc_inst_id_, v.name_
                        """)
                .param("root", root)
                .query((row, number) -> new Value(
                        row.getString("proc_inst_id_"),
                        row.getString("key_"),
                        row.getString("id_"),
                        row.getString("name_"),
                        value(row, "type_")))
                .list();
    }

    /** With what it was started. */
    List<Value> beginning(String root) {
        return jdbc.sql("""
                        select v.proc_inst_id_, v.proc_def_key_, v.proc_def_id_, v.name_, v.var_type_, v.long_, v.text_, v.double_
                          from engine.act_hi_detail v
                         where v.proc_inst_id_ = :root and v.execution_id_ = :root and v.initial_ and v.type_ = 'VariableUpdate'
                         order by v.name_, v.sequence_counter_
                        """)
                .param("root", root)
                .query((row, number) -> new Value(
                        row.getString("proc_inst_id_"),
                        row.getString("proc_def_key_"),
                        row.getString("proc_def_id_"),
                        row.getString("name_"),
                        value(row, "var_type_")))
                .list();
    }

    /**
     * What tells one state of a procedure from another: where it stands, its dates, values and failures. Two people who saw the
     * same act on the same; after either acted it is another.
     */
    String fingerprint(String root) {
        return jdbc.sql("""
                        with parts as (select e.id_, e.proc_inst_id_, e.proc_def_id_, e.act_id_, e.suspension_state_
                                         from engine.act_ru_execution e where e.root_proc_inst_id_ = :root)
                        select md5(coalesce(string_agg(part, ',' order by part), '')) from (
                            select concat_ws(':', 'e', p.id_, p.proc_def_id_, p.act_id_, p.suspension_state_) as part from parts p
                            union all
                            select concat_ws(':', 'j', j.id_, j.duedate_, j.retries_ > 0)
                              from engine.act_ru_job j where j.process_instance_id_ in (select proc_inst_id_ from parts)
                            union all
                            select concat_ws(':', 't', t.id_, t.due_date_, t.assignee_)
                              from engine.act_ru_task t where t.proc_inst_id_ in (select proc_inst_id_ from parts)
                            union all
                            select concat_ws(':', 'v', v.id_, v.long_, v.text_)
                              from engine.act_ru_variable v where v.proc_inst_id_ in (select proc_inst_id_ from parts)) all_parts
                        """).param("root", root).query(String.class).single();
    }

    /** Whoever else wants to act on it waits until this transaction has ended; false when it has ended. */
    boolean hold(String root) {
        // One that is over has no row to lock.
        jdbc.sql("select pg_advisory_xact_lock(hashtext(:root))::text")
                .param("root", root)
                .query((row, number) -> 0)
                .single();
        return jdbc.sql("select id_ from engine.act_ru_execution where id_ = :root for no key update")
                .param("root", root)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** Whoever else would begin this procedure again for this case waits until this transaction has ended. */
    void holdCase(String process, String code) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext(:process), hashtext(:code))::text")
                .param("process", process)
                .param("code", code)
                .query((row, number) -> 0)
                .single();
    }

    private static @Nullable Object value(ResultSet row, String type) throws SQLException {
        return switch (String.valueOf(row.getString(type))) {
            case "string" -> row.getString("text_");
            case "long" -> row.getLong("long_");
            case "integer" -> row.getInt("long_");
            case "double" -> row.getDouble("double_");
            case "boolean" -> row.getLong("long_") == 1;
            case "date" -> Date.from(Instant.ofEpochMilli(row.getLong("long_")));
            default -> null;
        };
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime stored = row.getObject(column, LocalDateTime.class);
        return stored == null ? null : stored.toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        java.time.OffsetDateTime stored = row.getObject(column, java.time.OffsetDateTime.class);
        return stored == null ? null : stored.toInstant();
    }
}
