package org.ancora.casework.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.UserId;
import org.ancora.casework.CaseId;
import org.ancora.casework.record.CarePlan.Action;
import org.ancora.casework.record.CarePlan.ActionStatus;
import org.ancora.casework.record.CarePlan.Content;
import org.ancora.casework.record.CarePlan.Due;
import org.ancora.casework.record.CarePlan.Goal;
import org.ancora.casework.record.CarePlan.GoalStatus;
import org.ancora.casework.record.CarePlan.Manner;
import org.ancora.casework.record.CarePlan.Owner;
import org.ancora.casework.record.CarePlan.Signature;
import org.ancora.casework.record.CarePlan.Signed;
import org.ancora.casework.record.CarePlan.What;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The tables of the care plan. */
@Repository
class CarePlanRows {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CarePlanRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The plan with its goals and actions, in the order in which they were written. */
    CarePlan of(CaseId caseId) {
        List<Row> rows =
                jdbc.sql("""
                        select l.review_on, l.changed_at, l.version as plan_version, b.name as changed_by_name,
                               g.id as goal_id, g.text as goal_text, g.status as goal_status, g.version as goal_version,
                               a.*
                          from care_plan l
                          join account b on b.id = l.changed_by
                          left join care_goal g on g.plan_id = l.id
                          left join care_action a on a.goal_id = g.id
                         where l.case_id = :case
                         order by g.id, a.id
                        """).param("case", caseId.value()).query(this::row).list();
        if (rows.isEmpty()) {
            return CarePlan.NONE;
        }
        List<Goal> goals = new ArrayList<>();
        for (Row row : rows) {
            Goal goal = row.goal();
            if (goal == null) {
                continue;
            }
            int last = goals.size() - 1;
            if (last < 0 || goals.get(last).id() != goal.id()) {
                goals.add(goal);
                last++;
            }
            Action action = row.action();
            if (action != null) {
                Goal sofar = goals.get(last);
                List<Action> actions = new ArrayList<>(sofar.actions());
                actions.add(action);
                goals.set(last, new Goal(sofar.id(), sofar.text(), sofar.status(), sofar.version(), actions));
            }
        }
        CarePlan plan = rows.get(0).plan();
        return new CarePlan(plan.reviewOn(), plan.changedAt(), plan.changedByName(), plan.version(), goals);
    }

    private record Row(
            CarePlan plan, @Nullable Goal goal, @Nullable Action action) {}

    /** Marks that the plan is changed, and begins it with its first change; its id is returned. */
    long touch(CaseId caseId, UserId by, Instant now) {
        return jdbc.sql("""
                        insert into care_plan (case_id, changed_at, changed_by, version) values (:case, :now, :by, 1)
                        on conflict (case_id) do update
                           set changed_at = excluded.changed_at, changed_by = excluded.changed_by,
                               version = care_plan.version + 1
                        returning id
                        """)
                .param("case", caseId.value())
                .param("now", Stamps.at(now))
                .param("by", by.value())
                .query(Long.class)
                .single();
    }

    /** Sets the day of the review, unless the day was changed since the form showed {@code was}. */
    boolean review(long plan, @Nullable LocalDate was, @Nullable LocalDate on) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("plan", plan);
        params.put("was", was);
        params.put("on", on);
        return jdbc.sql("""
                        update care_plan set review_on = :on
                         where id = :plan and review_on is not distinct from cast(:was as date)
                        """).params(params).update() > 0;
    }

    long insertGoal(long plan, String text) {
        return jdbc.sql("insert into care_goal (plan_id, text, status) values (:plan, :text, 'open') returning id")
                .param("plan", plan)
                .param("text", text)
                .query(Long.class)
                .single();
    }

    boolean changeGoal(long plan, long id, int version, String text, GoalStatus status) {
        return jdbc.sql("""
                        update care_goal set text = :text, status = :status, version = version + 1
                         where id = :id and plan_id = :plan and version = :version
                        """)
                        .param("plan", plan)
                        .param("id", id)
                        .param("version", version)
                        .param("text", text)
                        .param("status", status.code())
                        .update()
                > 0;
    }

    long insertAction(long goal, What what) {
        return jdbc.sql("""
                        insert into care_action (goal_id, text, owner, owner_name, due_on, due_at, explanation, status)
                        values (:goal, :text, :owner, :ownerName, :dueOn, :dueAt, :why::jsonb, 'open')
                        returning id
                        """)
                .params(what(what))
                .param("goal", goal)
                .query(Long.class)
                .single();
    }

    boolean changeAction(long plan, long id, int version, What what, ActionStatus status) {
        return jdbc.sql("""
                        update care_action
                           set text = :text, owner = :owner, owner_name = :ownerName, due_on = :dueOn, due_at = :dueAt,
                               explanation = :why::jsonb, status = :status, version = version + 1
                         where id = :id and version = :version
                           and goal_id in (select id from care_goal where plan_id = :plan)
                        """)
                        .params(what(what))
                        .param("plan", plan)
                        .param("id", id)
                        .param("version", version)
                        .param("status", status.code())
                        .update()
                > 0;
    }

    /** The plan's version now, read under a lock that nobody's change passes until the signature is kept. */
    Optional<Integer> holdVersion(CaseId caseId) {
        return jdbc.sql("select version from care_plan where case_id = :case for update")
                .param("case", caseId.value())
                .query(Integer.class)
                .optional();
    }

    /** Keeps a signature with what was signed; the version's number is returned. */
    int sign(CaseId caseId, Signature signature, int version, Content content, UserId by, Instant now) {
        return jdbc.sql("""
                        insert into care_plan_signed
                               (plan_id, number, signed_by, signed_on, manner, witness, recorded_by, recorded_at,
                                plan_version, content)
                        select l.id, coalesce((select max(number) from care_plan_signed s where s.plan_id = l.id), 0) + 1,
                               :signedBy, :signedOn, :manner, :witness, :by, :now, :version, :content::jsonb
                          from care_plan l where l.case_id = :case
                        returning number
                        """)
                .param("case", caseId.value())
                .param("signedBy", signature.by())
                .param("signedOn", signature.on())
                .param("manner", signature.manner().code())
                .param("witness", signature.witness())
                .param("by", by.value())
                .param("now", Stamps.at(now))
                .param("version", version)
                .param("content", json.writeValueAsString(content))
                .query(Integer.class)
                .single();
    }

    /** The signed versions, the latest first. */
    List<Signed> signed(CaseId caseId) {
        return jdbc.sql("""
                        select s.*, a.name as recorded_by_name
                          from care_plan l
                          join care_plan_signed s on s.plan_id = l.id
                          join account a on a.id = s.recorded_by
                         where l.case_id = :case
                         order by s.number desc
                        """)
                .param("case", caseId.value())
                .query((row, number) -> new Signed(
                        row.getInt("number"),
                        new Signature(
                                row.getString("signed_by"),
                                row.getObject("signed_on", LocalDate.class),
                                Manner.of(row.getString("manner")),
                                row.getString("witness")),
                        row.getString("recorded_by_name"),
                        Objects.requireNonNull(Stamps.instant(row, "recorded_at")),
                        row.getInt("plan_version"),
                        json.readValue(row.getString("content"), Content.class)))
                .list();
    }

    private Map<String, @Nullable Object> what(What what) {
        Map<String, @Nullable Object> params = new HashMap<>();
        Due due = what.due();
        Deadline why = due == null ? null : due.why();
        params.put("text", what.text());
        params.put("owner", what.owner().code());
        params.put("ownerName", what.ownerName());
        params.put("dueOn", due == null ? null : due.on());
        params.put("dueAt", due == null ? null : Stamps.due(due.at()));
        params.put("why", why == null ? null : json.writeValueAsString(why));
        return params;
    }

    private Row row(ResultSet row, int number) throws SQLException {
        CarePlan plan = new CarePlan(
                row.getObject("review_on", LocalDate.class),
                Stamps.instant(row, "changed_at"),
                row.getString("changed_by_name"),
                row.getInt("plan_version"),
                List.of());
        long goal = row.getLong("goal_id");
        if (row.wasNull()) {
            return new Row(plan, null, null);
        }
        Goal found = new Goal(
                goal,
                row.getString("goal_text"),
                GoalStatus.of(row.getString("goal_status")),
                row.getInt("goal_version"),
                List.of());
        long action = row.getLong("id");
        return new Row(plan, found, row.wasNull() ? null : action(row, action));
    }

    private Action action(ResultSet row, long id) throws SQLException {
        LocalDate on = row.getObject("due_on", LocalDate.class);
        Instant at = Stamps.instant(row, "due_at");
        String why = row.getString("explanation");
        return new Action(
                id,
                new What(
                        row.getString("text"),
                        Owner.of(row.getString("owner")),
                        row.getString("owner_name"),
                        on == null || at == null
                                ? null
                                : new Due(on, at, why == null ? null : json.readValue(why, Deadline.class))),
                ActionStatus.of(row.getString("status")),
                row.getInt("version"));
    }
}
