package org.ancora.process.steering;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What could not be done, and why: kept equal to the engine's incidents by {@link IncidentListeners}. */
@Repository
class IncidentRows {

    /** As many cases of one cause are listed; the others are counted. */
    static final int LISTED = 50;

    private static final int MOST_CAUSES = 100;

    /** So long nothing fails for a cause that is solved; what is only tried again fails sooner. */
    private static final int MINUTES_OF_PEACE = 15;

    private final JdbcClient jdbc;
    private final Clock clock;

    IncidentRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One step that could not be done. */
    record Incident(
            String id,
            @Nullable String job,
            String instance,
            String root,
            ProjectId project,
            @Nullable String caseCode,
            String definition,
            String process,
            String element,
            String kind,
            Instant since) {}

    /**
     * A cause of which nobody knows yet.
     *
     * @param solved when all that had failed for it went well, before it began anew; null where that never was
     */
    record Untold(
            ProjectId project,
            String process,
            String element,
            String kind,
            String definition,
            @Nullable Instant solved) {}

    /** All that failed for one reason. */
    record Cause(
            String process, String element, String kind, String definition, long steps, Instant first, Instant last) {}

    /** Keeps a failure under its cause, in the engine's transaction; returns the cause. */
    Optional<Long> insert(
            String id,
            @Nullable String job,
            String instance,
            String root,
            String definition,
            String process,
            String element,
            Fault kind,
            Instant since) {
        record Whose(long project, @Nullable String caseCode) {}
        Optional<Whose> whose = jdbc.sql("""
                        select v.long_ as project,
                               (select r.business_key_ from engine.act_ru_execution r where r.id_ = :root) as code
                          from engine.act_ru_variable v
                         where v.proc_inst_id_ = any(array[:instance, :root]) and v.name_ = 'projectId' and v.long_ is not null
                         order by v.proc_inst_id_ = :instance desc limit 1
                        """)
                .param("instance", instance)
                .param("root", root)
                .query((row, number) -> new Whose(row.getLong("project"), row.getString("code")))
                .optional();
        if (whose.isEmpty()) {
            return Optional.empty();
        }
        jdbc.sql("""
                        insert into incident_cause (project_id, process_key, element, kind, first_at)
                        values (:project, :process, :element, :kind, :now)
                        on conflict (project_id, process_key, element, kind) do nothing
                        """)
                .param("project", whose.get().project())
                .param("process", process)
                .param("element", element)
                .param("kind", kind.code())
                .param("now", since.atOffset(ZoneOffset.UTC))
                .update();
        long cause = jdbc.sql("""
                        select id from incident_cause
                         where project_id = :project and process_key = :process and element = :element and kind = :kind
                        """)
                .param("project", whose.get().project())
                .param("process", process)
                .param("element", element)
                .param("kind", kind.code())
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into procedure_incident (id, cause_id, job_id, instance_id, root_instance_id, definition_id,
                               project_id, case_code, since)
                        values (:id, :cause, :job, :instance, :root, :definition, :project, :code, :now)
                        on conflict (id) do nothing
                        """)
                .param("id", id)
                .param("cause", cause)
                .param("job", job)
                .param("instance", instance)
                .param("root", root)
                .param("definition", definition)
                .param("project", whose.get().project())
                .param("code", whose.get().caseCode())
                .param("now", since.atOffset(ZoneOffset.UTC))
                .update();
        return Optional.of(cause);
    }

    /** A failure of the engine's that nobody keeps here. */
    record Unkept(
            String id,
            @Nullable String job,
            String instance,
            String root,
            String definition,
            String process,
            String element,
            @Nullable String message,
            Instant since) {}

    /** The failures of the engine's that are not kept here: of before there were causes, or written past the listeners. */
    List<Unkept> unkept(int most) {
        return jdbc.sql("""
                        select i.id_, j.id_ as job, i.proc_inst_id_, coalesce(e.root_proc_inst_id_, i.proc_inst_id_) as root,
                               i.proc_def_id_, d.key_, coalesce(i.failed_activity_id_, i.activity_id_) as element,
                               i.incident_msg_, i.incident_timestamp_ at time zone 'UTC' as since
                          from engine.act_ru_incident i
                          join engine.act_re_procdef d on d.id_ = i.proc_def_id_
                          join engine.act_ru_execution e on e.id_ = i.proc_inst_id_
                          left join engine.act_ru_job j on j.id_ = i.configuration_
                         where i.cause_incident_id_ = i.id_ and coalesce(i.failed_activity_id_, i.activity_id_) is not null
                           and not exists (select 1 from procedure_incident p where p.id = i.id_)
                           and exists (select 1 from engine.act_ru_variable v
                                        where v.proc_inst_id_ in (i.proc_inst_id_, e.root_proc_inst_id_)
                                          and v.name_ = 'projectId' and v.long_ is not null)
                         order by i.incident_timestamp_, i.id_ limit :most
                        """)
                .param("most", most)
                .query((row, number) -> new Unkept(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getObject(9, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Forgets what the engine has no failure of any more; returns how many. */
    int removeGone() {
        return jdbc.sql("""
                        with gone as (
                            delete from procedure_incident p
                             where not exists (select 1 from engine.act_ru_incident i where i.id_ = p.id)
                            returning p.cause_id),
                        noted as (
                            update incident_cause c set gone_at = :now where c.id in (select g.cause_id from gone g))
                        select count(*) from gone
                        """).param("now", now()).query(Integer.class).single();
    }

    /** It is over: it was tried again with success, or its procedure ended. */
    void delete(String id) {
        jdbc.sql("""
                        with gone as (delete from procedure_incident where id = :id returning cause_id)
                        update incident_cause c set gone_at = :now from gone g where c.id = g.cause_id
                        """).param("id", id).param("now", now()).update();
    }

    /**
     * Takes it upon the caller to tell of a cause: nobody was told yet, or it was solved since and begins anew. What is tried
     * again and fails once more was not solved: only when nothing had failed for a while after the last of them had gone was it, or
     * when it lasts for a day all the same.
     *
     * @return what to tell; empty when somebody else has told
     */
    Optional<Untold> tell(long cause) {
        return jdbc.sql("""
                        update incident_cause c set told_at = :now
                         where c.id = :cause
                           and exists (select 1 from procedure_incident i where i.cause_id = c.id)
                           and (c.told_at is null
                                or (c.told_at <= c.gone_at
                                    and (c.gone_at < cast(:now as timestamptz) - interval '1 day'
                                         or not exists (select 1 from procedure_incident i
                                                         where i.cause_id = c.id
                                                           and i.since < c.gone_at + make_interval(mins => :minutes)))))
                        returning c.project_id, c.process_key, c.element, c.kind,
                                  (select max(i.definition_id) from procedure_incident i where i.cause_id = c.id), c.gone_at
                        """)
                .param("cause", cause)
                .param("now", now())
                .param("minutes", MINUTES_OF_PEACE)
                .query((row, number) -> new Untold(
                        new ProjectId(row.getLong(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Optional.ofNullable(row.getObject(6, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
                .optional();
    }

    /** How many steps wait for somebody, as far as the viewer may see, up to a hundred. */
    int count(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.WATCH_PROCEDURES);
        if (scope.isEmpty()) {
            return 0;
        }
        return jdbc.sql("select count(*) from (select 1 from procedure_incident i where " + scope.sql("i.project_id")
                        + scope.beyondWalls("i.case_code") + " limit 100) counted")
                .params(scope.params())
                .query(Integer.class)
                .single();
    }

    /** The causes for which steps wait, the most frequent first. */
    List<Cause> causes(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.WATCH_PROCEDURES);
        return jdbc.sql("""
                        select c.process_key, c.element, c.kind, max(i.definition_id) as definition, count(*) as steps,
                               min(i.since) as first, max(i.since) as last
                          from procedure_incident i join incident_cause c on c.id = i.cause_id
                         where %s
                         group by c.process_key, c.element, c.kind
                         order by count(*) desc, c.process_key, c.element, c.kind limit :most
                        """.formatted(scope.sql("i.project_id") + scope.beyondWalls("i.case_code")))
                .params(scope.params())
                .param("most", MOST_CAUSES)
                .query((row, number) -> new Cause(
                        row.getString("process_key"),
                        row.getString("element"),
                        row.getString("kind"),
                        row.getString("definition"),
                        row.getLong("steps"),
                        row.getObject("first", OffsetDateTime.class).toInstant(),
                        row.getObject("last", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The first of each cause, the oldest first; in one statement. */
    List<Incident> listed(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.WATCH_PROCEDURES);
        return read("where " + scope.sql("i.project_id") + scope.beyondWalls("i.case_code"), scope.params(), LISTED);
    }

    /** Those of one procedure. */
    List<Incident> of(String root) {
        return read("where i.root_instance_id = :root", Map.of("root", root), LISTED);
    }

    /** Ids of the procedures in which a step waits for this cause. */
    List<String> roots(String process, String element, String kind, Viewer viewer, int most) {
        Scope scope = Scope.of(viewer, Permission.WATCH_PROCEDURES);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("process", process);
        params.put("element", element);
        params.put("kind", kind);
        params.put("most", most);
        return jdbc.sql("""
                        select i.root_instance_id
                          from procedure_incident i join incident_cause c on c.id = i.cause_id
                         where c.process_key = :process and c.element = :element and c.kind = :kind and %s
                         group by i.root_instance_id order by min(i.since), i.root_instance_id limit :most
                        """.formatted(scope.sql("i.project_id") + scope.beyondWalls("i.case_code")))
                .params(params)
                .query(String.class)
                .list();
    }

    private List<Incident> read(String where, Map<String, Object> params, int most) {
        return jdbc.sql("""
                        select * from (
                            select i.*, c.process_key, c.element, c.kind,
                                   row_number() over (partition by c.process_key, c.element, c.kind order by i.since, i.id) as place
                              from procedure_incident i join incident_cause c on c.id = i.cause_id
                             %s) numbered
                         where place <= :most order by since, id limit 2000
                        """.formatted(where))
                .params(params)
                .param("most", most)
                .query((row, number) -> new Incident(
                        row.getString("id"),
                        row.getString("job_id"),
                        row.getString("instance_id"),
                        row.getString("root_instance_id"),
                        new ProjectId(row.getLong("project_id")),
                        row.getString("case_code"),
                        row.getString("definition_id"),
                        row.getString("process_key"),
                        row.getString("element"),
                        row.getString("kind"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
