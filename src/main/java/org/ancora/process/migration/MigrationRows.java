package org.ancora.process.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.migration.Migration.Outcome;
import org.ancora.process.migration.Migration.Row;
import org.ancora.process.migration.Migration.State;
import org.ancora.process.migration.Releases.Release;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of moves, and of what became of each procedure. */
@Component
class MigrationRows {

    private static final TypeReference<Map<String, Map<String, String>>> STEPS = new TypeReference<>() {};

    private static final String SELECT = "select * from procedure_migration where ";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    MigrationRows(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Keeps what was chosen, and every procedure that runs on the one version; in two statements. */
    long insert(Release from, Release to, Choice choice, boolean trial, UserId by) {
        long id = jdbc.sql("""
                        insert into procedure_migration (folder, from_deployment, from_number, to_deployment, to_number,
                               choice, trial, by_account, begun_at, stirred_at)
                        values (:folder, :from, :fromNumber, :to, :toNumber, :choice::jsonb, :trial, :by, :now, :now)
                        returning id
                        """)
                .param("folder", from.folder())
                .param("from", from.deployment())
                .param("fromNumber", from.number())
                .param("to", to.deployment())
                .param("toNumber", to.number())
                .param("choice", json.writeValueAsString(choice.steps()))
                .param("trial", trial)
                .param("by", by.value())
                .param("now", now())
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into procedure_migration_row (migration_id, instance_id, process_key, case_code, project_id)
                        select :id, e.id_, p.key_, e.business_key_,
                               (select v.long_ from engine.act_ru_variable v
                                 where v.execution_id_ = e.id_ and v.name_ = 'projectId')
                          from engine.act_ru_execution e
                          join engine.act_re_procdef p on p.id_ = e.proc_def_id_
                         where p.deployment_id_ = :from and e.parent_id_ is null and e.super_exec_ is null
                        """).param("id", id).param("from", from.deployment()).update();
        return id;
    }

    /** A running procedure and the case that it is about. */
    Optional<Row> subject(String instance) {
        return jdbc.sql("""
                        select e.id_ as instance_id, p.key_ as process_key, e.business_key_ as case_code,
                               (select v.long_ from engine.act_ru_variable v
                                 where v.execution_id_ = e.id_ and v.name_ = 'projectId') as project_id,
                               'waiting' as state, null as why, null as process, null as step
                          from engine.act_ru_execution e
                          join engine.act_re_procdef p on p.id_ = e.proc_def_id_
                         where e.id_ = :instance
                        """)
                .param("instance", instance)
                .query(MigrationRows::row)
                .optional();
    }

    Optional<Migration> find(long id) {
        return jdbc.sql(SELECT + "id = :id")
                .param("id", id)
                .query(this::migration)
                .optional();
    }

    /** Holds a move until the transaction ends, so that no two nodes take the same procedures. */
    Migration lock(long id) {
        return jdbc.sql(SELECT + "id = :id for update")
                .param("id", id)
                .query(this::migration)
                .single();
    }

    /** The last moves and trials of a folder, newest first. */
    List<Migration> latest(String folder, int limit) {
        return jdbc.sql(SELECT + "folder = :folder order by id desc limit :limit")
                .param("folder", folder)
                .param("limit", limit)
                .query(this::migration)
                .list();
    }

    /** The next procedures that wait for their turn. */
    List<Row> next(long id, int limit) {
        return jdbc.sql("""
                        select * from procedure_migration_row where migration_id = :id and state = 'waiting'
                         order by instance_id limit :limit
                        """)
                .param("id", id)
                .param("limit", limit)
                .query(MigrationRows::row)
                .list();
    }

    /** Those of these procedures that wait for their turn even now. */
    Set<String> waiting(long id, Collection<String> instances) {
        return jdbc.sql("""
                        select instance_id from procedure_migration_row
                         where migration_id = :id and state = 'waiting' and instance_id = any(:instances)
                        """)
                .param("id", id)
                .param("instances", instances.toArray(String[]::new))
                .query(String.class)
                .set();
    }

    /** Keeps what became of some procedures, unless that is known already. */
    void done(long id, Map<String, Outcome> outcomes) {
        outcomes.forEach((instance, outcome) -> jdbc.sql("""
                        update procedure_migration_row set state = :state, why = :why, process = :process, step = :step
                         where migration_id = :id and instance_id = :instance and state = 'waiting'
                        """)
                .param("state", outcome.state().code())
                .param("why", outcome.why())
                .param("process", outcome.process())
                .param("step", outcome.step())
                .param("id", id)
                .param("instance", instance)
                .update());
        jdbc.sql("update procedure_migration set stirred_at = :now where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Says that all had their turn; returns false where that was said before. */
    boolean finish(long id) {
        return jdbc.sql(
                                "update procedure_migration set finished_at = :now, stirred_at = :now where id = :id and finished_at is null")
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Those that had no turn yet get none. */
    void giveUp(long id, Outcome outcome) {
        jdbc.sql("""
                        update procedure_migration_row set state = :state, why = :why
                         where migration_id = :id and state = 'waiting'
                        """)
                .param("state", outcome.state().code())
                .param("why", outcome.why())
                .param("id", id)
                .update();
    }

    /** Gives those that failed another turn, in the name of whoever says so; returns how many. */
    int again(long id, UserId by) {
        int again = jdbc.sql("""
                        update procedure_migration_row set state = 'waiting', why = null, process = null, step = null
                         where migration_id = :id and state = 'failed'
                        """).param("id", id).update();
        if (again > 0) {
            jdbc.sql(
                            "update procedure_migration set finished_at = null, stirred_at = :now, by_account = :by where id = :id")
                    .param("now", now())
                    .param("by", by.value())
                    .param("id", id)
                    .update();
        }
        return again;
    }

    /**
     * How many are in each state; in one statement.
     *
     * @param walls codes of cases that are not counted, since the viewer must not see them
     */
    Map<State, Integer> counts(long id, Set<String> walls) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        jdbc.sql("""
                        select state, count(*) as rows from procedure_migration_row
                         where migration_id = :id and coalesce(case_code, '') <> all(:walls) group by state
                        """)
                .param("id", id)
                .param("walls", walls.toArray(String[]::new))
                .query(row -> {
                    counts.put(state(row), row.getInt("rows"));
                });
        return counts;
    }

    /**
     * Some of the procedures with what became of them, without those of cases that the viewer must not see: an owner moves
     * every network's, and reads their own.
     *
     * @param state null for all
     * @param after id of the last procedure of the page before; empty for the first page
     */
    List<Row> page(long id, @Nullable State state, String after, int limit, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.EDIT_PROCEDURES);
        return jdbc.sql("""
                        select r.* from procedure_migration_row r
                         where r.migration_id = :id and r.instance_id > :after
                           and (cast(:state as text) is null or r.state = :state)
                           and (r.project_id is null or %s) %s
                         order by r.instance_id limit :limit
                        """.formatted(scope.sql("r.project_id"), scope.beyondWalls("r.case_code")))
                .params(scope.params())
                .param("id", id)
                .param("after", after)
                .param("state", state == null ? null : state.code())
                .param("limit", limit)
                .query(MigrationRows::row)
                .list();
    }

    /**
     * How many of those that are counted {@link #page} does not name, since they are of projects whose procedures the viewer does not
     * own.
     *
     * @param state null for all
     */
    int unnamed(long id, @Nullable State state, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.EDIT_PROCEDURES);
        return jdbc.sql("""
                        select count(*) from procedure_migration_row r
                         where r.migration_id = :id and (cast(:state as text) is null or r.state = :state)
                           and r.project_id is not null and not (%s) %s
                        """.formatted(scope.sql("r.project_id"), scope.beyondWalls("r.case_code")))
                .params(scope.params())
                .param("id", id)
                .param("state", state == null ? null : state.code())
                .query(Integer.class)
                .single();
    }

    private Migration migration(ResultSet row, int number) throws SQLException {
        return new Migration(
                row.getLong("id"),
                row.getString("folder"),
                row.getString("from_deployment"),
                row.getInt("from_number"),
                row.getString("to_deployment"),
                row.getInt("to_number"),
                new Choice(json.readValue(row.getString("choice"), STEPS)),
                row.getBoolean("trial"),
                new UserId(row.getLong("by_account")),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getObject("stirred_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("finished_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        long project = row.getLong("project_id");
        Long projectId = row.wasNull() ? null : project;
        return new Row(
                row.getString("instance_id"),
                row.getString("process_key"),
                row.getString("case_code"),
                projectId,
                new Outcome(state(row), row.getString("why"), row.getString("process"), row.getString("step")));
    }

    private static State state(ResultSet row) throws SQLException {
        return State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
