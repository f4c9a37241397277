package org.ancora.process.steering;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.guide.Plan;
import org.ancora.process.task.ProjectFacts;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says of each procedure that was chosen, before anything is done, whether it would be done to it, and why not: as things stand,
 * in one statement for all of them. Whoever's turn has come is asked again by {@link BatchOrders} and {@link Steering}.
 */
@Component
class BatchJudge {

    /** What stands in the way of any deed, then of this one. */
    private static final String FACTS = """
            select r.*,
                   case when not r.project_id = any(:steered) then 'not-allowed'
                        when b.action = 'restart' then
                             case when e.id_ is not null then 'still-running'
                                  when coalesce(r.case_code, '') !~ '^[A-Z]{2,}.*[0-9]' then 'own-work'
                                  when exists (select 1 from engine.act_ru_execution o
                                                 join engine.act_re_procdef p on p.id_ = o.proc_def_id_
                                                where o.business_key_ = r.case_code and o.parent_id_ is null
                                                  and p.key_ = r.process_key)
                                    or exists (select 1 from steering_row o
                                                where o.batch_id = r.batch_id and o.position < r.position
                                                  and o.case_code = r.case_code and o.process_key = r.process_key)
                                  then 'runs-already' end
                        when e.id_ is null then 'over'
                        when b.action = 'resume' then case when e.suspension_state_ <> 2 then 'not-suspended' end
                        when b.action <> 'cancel' and e.suspension_state_ = 2 then 'suspended'
                        when b.action = 'retry' and not exists (select 1 from procedure_incident i
                             where i.root_instance_id = r.root_instance_id) then 'nothing-failed'
                   end as refused,
                   h.proc_def_id_ as definition, f.folder, d.deployment_id_ as deployment,
                   part.n, part.due, part.definition as part_definition, part.known
              from steering_row r
              join steering_batch b on b.id = r.batch_id
              left join engine.act_ru_execution e on e.id_ = r.root_instance_id
              left join engine.act_hi_procinst h on h.id_ = r.root_instance_id
              left join engine.act_re_procdef d on d.id_ = h.proc_def_id_
              left join deployment f on f.engine_id = d.deployment_id_
              left join lateral (%s) part on e.id_ is not null
             where r.batch_id = :batch and coalesce(r.case_code, '') <> all(:walls)
             order by r.position
            """;

    private static final String INSTANCES =
            "(select x.proc_inst_id_ from engine.act_ru_execution x where x.root_proc_inst_id_ = r.root_instance_id)";

    private static final String NOTHING =
            "select 1 as n, null::timestamp as due, null::text as definition, null::text[] as known";

    private static final String TIMERS = """
            select count(*) as n, min(j.duedate_) as due, min(j.process_def_id_) as definition, null::text[] as known
              from engine.act_ru_job j join engine.act_ru_jobdef t on t.id_ = j.job_def_id_
             where j.process_instance_id_ in %s and j.type_ = 'timer' and j.retries_ > 0 and j.duedate_ is not null
               and j.process_def_key_ = :process and t.act_id_ = :element
            """.formatted(INSTANCES);

    private static final String WAITS = """
            select count(*) as n, null::timestamp as due, min(w.definition) as definition,
                   (select array_agg(v.name_::text) from engine.act_ru_variable v
                     where v.proc_inst_id_ = min(w.instance) and v.execution_id_ = v.proc_inst_id_
                       and coalesce(v.long_::text, v.text_, v.double_::text) is not null) as known
              from (select a.proc_inst_id_ as instance, a.proc_def_id_ as definition from engine.act_hi_actinst a
                     where a.root_proc_inst_id_ = r.root_instance_id and a.end_time_ is null
                       and a.proc_def_key_ = :process and a.act_id_ = :element
                       and a.act_type_ !~ '(ubProcess|multiInstanceBody)'
                    union all
                    select j.process_instance_id_, j.process_def_id_ from engine.act_ru_job j
                      left join engine.act_ru_jobdef t on t.id_ = j.job_def_id_
                     where j.process_instance_id_ in %s and j.type_ <> 'timer'
                       and j.process_def_key_ = :process and coalesce(t.act_id_, j.failed_act_id_) = :element) w
            """.formatted(INSTANCES);

    private static final String VALUES = """
            select count(*) as n, null::timestamp as due, min(q.id_) as definition, null::text[] as known
              from engine.act_ru_execution x
              join engine.act_re_procdef q on q.id_ = x.proc_def_id_ and q.key_ = :process
              join engine.act_ru_variable v on v.proc_inst_id_ = x.id_ and v.execution_id_ = x.id_ and v.name_ = :element
             where x.root_proc_inst_id_ = r.root_instance_id
            """;

    private final Outlines outlines;
    private final ObjectProvider<ProjectFacts> projects;
    private final JdbcClient jdbc;
    private final Clock clock;

    BatchJudge(Outlines outlines, ObjectProvider<ProjectFacts> projects, JdbcClient jdbc, Clock clock) {
        this.outlines = outlines;
        this.projects = projects;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What would become of one procedure.
     *
     * @param row its reason is null when it would be done to it
     * @param was the date that would be moved, or null
     * @param becomes to when, or null
     */
    record Verdict(
            BatchRows.Row row,
            @Nullable Instant was,
            @Nullable Instant becomes) {

        boolean goes() {
            return row.why() == null;
        }
    }

    /** Of all that were chosen, in their order. */
    List<Verdict> judge(Batch batch, Viewer viewer) {
        BatchOrders.Part part = BatchOrders.Part.of(batch.what());
        Map<String, Object> params = new HashMap<>();
        params.put("batch", batch.id());
        params.put("walls", viewer.walls().toArray(String[]::new));
        params.put(
                "steered",
                viewer.projects(Permission.STEER_PROCEDURES).stream()
                        .map(ProjectId::value)
                        .toArray(Long[]::new));
        params.put("process", part.process());
        params.put("element", part.element());
        List<Facts> all = jdbc.sql(FACTS.formatted(batch.open() ? NOTHING : parts(batch.deed())))
                .params(params)
                .query(BatchJudge::facts)
                .list();
        Map<ProjectId, ProjectFacts.Facts> places = batch.deed() == Deed.RESCHEDULE
                ? projects.getObject()
                        .describe(all.stream().map(each -> each.row().project()).collect(Collectors.toSet()))
                : Map.of();
        Instant now = clock.instant();
        return all.stream().map(each -> verdict(batch, each, places, now)).toList();
    }

    private static String parts(Deed deed) {
        return switch (deed) {
            case RESCHEDULE -> TIMERS;
            case MOVE -> WAITS;
            case CORRECT -> VALUES;
            default -> NOTHING;
        };
    }

    /**
     * What is known of one.
     *
     * @param parts how many timers, waits or values it has of those that are meant
     * @param partDefinition of the procedure in which that part is, which may be a called one
     * @param known names of the values that this procedure has
     */
    private record Facts(
            BatchRows.Row row,
            @Nullable String definition,
            @Nullable String folder,
            @Nullable String deployment,
            int parts,
            @Nullable Instant due,
            @Nullable String partDefinition,
            Set<String> known) {}

    private static Facts facts(ResultSet row, int number) throws SQLException {
        LocalDateTime due = row.getObject("due", LocalDateTime.class);
        Array known = row.getArray("known");
        return new Facts(
                new BatchRows.Row(
                        row.getInt("position"),
                        row.getString("root_instance_id"),
                        new ProjectId(row.getLong("project_id")),
                        row.getString("process_key"),
                        row.getString("case_code"),
                        row.getString("refused"),
                        row.getString("said")),
                row.getString("definition"),
                row.getString("folder"),
                row.getString("deployment"),
                row.getInt("n"),
                due == null ? null : due.toInstant(ZoneOffset.UTC),
                row.getString("part_definition"),
                known == null ? Set.of() : Set.of((String[]) known.getArray()));
    }

    private Verdict verdict(Batch batch, Facts facts, Map<ProjectId, ProjectFacts.Facts> places, Instant now) {
        if (facts.row().why() != null || batch.open()) {
            return refused(facts, facts.row().why());
        }
        return switch (batch.deed()) {
            case RESCHEDULE -> date(batch, facts, places.get(facts.row().project()), now);
            case MOVE -> refused(facts, counted(facts, "not-there").or(() -> target(batch, facts)));
            case CORRECT -> refused(facts, counted(facts, "no-value"));
            case MIGRATE -> refused(facts, version(batch, facts));
            case RESTART -> refused(facts, isOwnWork(facts.definition()) ? "own-work" : null);
            default -> refused(facts, Optional.empty());
        };
    }

    private Verdict date(Batch batch, Facts facts, ProjectFacts.@Nullable Facts place, Instant now) {
        Instant due = facts.due();
        Optional<String> why = counted(facts, "no-timer");
        if (why.isPresent() || due == null) {
            return refused(facts, why.orElse("no-timer"));
        }
        try {
            Instant to = BatchOrders.instant(batch.becomes(), due, now, place == null ? null : place.calendar());
            boolean past =
                    to.isBefore(now) || (to.equals(now) && !batch.becomes().equals(BatchOrders.NOW));
            return new Verdict(refused(facts, past ? "past" : null).row(), due, to);
        } catch (Problem unreadable) {
            return refused(facts, "past");
        }
    }

    private static Optional<String> counted(Facts facts, String none) {
        return facts.parts() == 1 ? Optional.empty() : Optional.of(facts.parts() == 0 ? none : "several");
    }

    private Optional<String> target(Batch batch, Facts facts) {
        String definition = facts.partDefinition();
        return definition != null
                        && Tokens.safe(outlines.plan(definition), facts.known()).contains(batch.becomes())
                ? Optional.empty()
                : Optional.of("no-target");
    }

    private static @Nullable String version(Batch batch, Facts facts) {
        BatchOrders.Part part = BatchOrders.Part.of(batch.what());
        if (!part.process().equals(facts.folder())) {
            return "other-procedure";
        }
        if (part.element().equals(facts.deployment())) {
            return "there-already";
        }
        return facts.row().said().isEmpty() ? null : "refused";
    }

    /** What no person has a part in is begun by Ancora itself when it is its time, and not by a list. */
    boolean isOwnWork(@Nullable String definition) {
        return definition == null
                || outlines.plan(definition).byId().values().stream()
                        .noneMatch(node -> node.kind() == Plan.Kind.TASK || node.kind() == Plan.Kind.CALL);
    }

    private static Verdict refused(Facts facts, Optional<String> why) {
        return refused(facts, why.orElse(null));
    }

    private static Verdict refused(Facts facts, @Nullable String why) {
        BatchRows.Row row = facts.row();
        return new Verdict(
                new BatchRows.Row(
                        row.position(),
                        row.root(),
                        row.project(),
                        row.process(),
                        row.caseCode(),
                        why,
                        "refused".equals(why) ? row.said() : ""),
                null,
                null);
    }
}
