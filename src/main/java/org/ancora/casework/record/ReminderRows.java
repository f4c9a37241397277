package org.ancora.casework.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseId;
import org.ancora.casework.CaseRows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of reminders. */
@Repository
class ReminderRows {

    private static final String SELECT = """
            select false as planned, r.id, r.text, r.due_on, r.due_at, r.at_hour, r.for_account, r.done_at, r.version,
                   c.code, c.project_id, c.assignee, j.zone,
                   coalesce(f.name, a.name) as for_name, s.name as set_by_name, d.name as done_by_name
              from case_reminder r
              join case_file c on c.id = r.case_id
              join project j on j.id = c.project_id
              join account s on s.id = r.set_by
              left join account f on f.id = r.for_account
              left join account a on a.id = c.assignee
              left join account d on d.id = r.done_by
            """;

    private static final String TEXT_IF_KNOWN = "case when " + CaseRows.CONCEALED + " then '' else r.text end as text";

    /** What a care plan wants done by then, in the shape of a reminder to whoever has the case. */
    private static final String PLANNED = """
            select true as planned, x.id, x.text, x.due_on, x.due_at, false as at_hour, null::bigint as for_account,
                   null::timestamptz as done_at, x.version, c.code, c.project_id, c.assignee, j.zone,
                   a.name as for_name, '' as set_by_name, null::text as done_by_name
              from case_file c
              join care_plan l on l.case_id = c.id
              join care_goal g on g.plan_id = l.id and g.status = 'open'
              join care_action x on x.goal_id = g.id and x.status = 'open' and x.due_at < :until
              join project j on j.id = c.project_id
              left join account a on a.id = c.assignee
            """;

    private final JdbcClient jdbc;

    ReminderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is open, the soonest first, and then what is done, the latest first.
     *
     * @param planned whether the care plan's actions that are due by then are among them
     */
    List<Reminder> of(CaseId caseId, boolean planned, Instant until, int limit) {
        return jdbc.sql("select * from (" + SELECT + " where r.case_id = :case union all " + PLANNED + """
                         where c.id = :case and :planned) every
                         order by done_at is not null, case when done_at is null then due_at end, done_at desc, id
                         limit :limit
                        """)
                .param("case", caseId.value())
                .param("planned", planned)
                .param("until", Stamps.at(until))
                .param("limit", limit)
                .query(ReminderRows::reminder)
                .list();
    }

    Optional<Reminder> find(CaseId caseId, long id) {
        return jdbc.sql(SELECT + " where r.case_id = :case and r.id = :id")
                .param("case", caseId.value())
                .param("id", id)
                .query(ReminderRows::reminder)
                .optional();
    }

    /**
     * A reminder that waits.
     *
     * @param setAt when it was set
     */
    record Waiting(long id, Instant setAt, LocalDate dueOn) {}

    /** The reminder of a case whose day comes first, of those that nobody has done. */
    Optional<Waiting> next(CaseId caseId) {
        return jdbc.sql("""
                        select id, set_at, due_on from case_reminder
                         where case_id = :case and done_at is null order by due_at, id limit 1
                        """)
                .param("case", caseId.value())
                .query((row, number) -> new Waiting(
                        row.getLong("id"),
                        Objects.requireNonNull(Stamps.instant(row, "set_at")),
                        row.getObject("due_on", LocalDate.class)))
                .optional();
    }

    List<Reminder> withIds(Collection<Long> ids) {
        return jdbc.sql(SELECT + " where r.id = any(:ids) order by r.due_at, r.id")
                .param("ids", ids.toArray(Long[]::new))
                .query(ReminderRows::reminder)
                .list();
    }

    Optional<Reminder> find(long id) {
        return jdbc.sql(SELECT + " where r.id = :id")
                .param("id", id)
                .query(ReminderRows::reminder)
                .optional();
    }

    /**
     * What one person has to do by then on the cases that they may open, the soonest first; without its words where the
     * client is protected from them by now.
     */
    List<Reminder> dueFor(Viewer person, Instant until, int limit) {
        Scope scope = Scope.of(person, Permission.READ_CASE);
        // The case's worker and a person by name are looked up apart, so that each finds its index.
        return jdbc.sql("select * from (" + SELECT.replace("r.text", TEXT_IF_KNOWN)
                        + """
                         join profile p on p.id = c.profile_id
                         where r.id in (
                                   select m.id from case_reminder m
                                    where m.for_account = :scopeViewer and m.done_at is null and m.due_at < :until
                                   union all
                                   select m.id from case_file o
                                     join case_reminder m on m.case_id = o.id
                                    where o.assignee = :scopeViewer and m.for_account is null and m.done_at is null
                                      and m.due_at < :until)
                           and %s
                         union all %s
                         where c.assignee = :scopeViewer and c.status <> 'closed') every
                         order by due_at, id
                         limit :limit
                        """.formatted(scope.sql("c.project_id", "c.assignee = :scopeViewer"), PLANNED))
                .params(scope.params())
                .param("until", Stamps.at(until))
                .param("limit", limit)
                .query(ReminderRows::reminder)
                .list();
    }

    long insert(CaseId caseId, Reminder.What what, Instant dueAt, UserId by, Instant now) {
        return jdbc.sql("""
                        insert into case_reminder (case_id, text, due_on, due_at, at_hour, for_account, set_by, set_at)
                        values (:case, :text, :on, :due, :hour, :person, :by, :now)
                        returning id
                        """)
                .params(what(what, dueAt))
                .param("case", caseId.value())
                .param("by", by.value())
                .param("now", Stamps.at(now))
                .query(Long.class)
                .single();
    }

    /** Changes it, unless somebody else did since {@code version}; whoever was told is told again for another time. */
    boolean change(long id, int version, Reminder.What what, Instant dueAt) {
        return jdbc.sql("""
                        update case_reminder
                           set text = :text, due_on = :on, at_hour = :hour, for_account = :person,
                               told_at = case when due_at = :due then told_at end, due_at = :due, version = version + 1
                         where id = :id and version = :version and done_at is null
                        """)
                        .params(what(what, dueAt))
                        .param("id", id)
                        .param("version", version)
                        .update()
                > 0;
    }

    boolean done(long id, UserId by, Instant now) {
        return jdbc.sql("""
                        update case_reminder set done_at = :now, done_by = :by, version = version + 1
                         where id = :id and done_at is null
                        """)
                        .param("id", id)
                        .param("by", by.value())
                        .param("now", Stamps.at(now))
                        .update()
                > 0;
    }

    boolean open(long id) {
        return jdbc.sql("""
                        update case_reminder set done_at = null, done_by = null, version = version + 1
                         where id = :id and done_at is not null
                        """).param("id", id).update() > 0;
    }

    /** Marks that the person is told; false when it was done, or told already. */
    boolean told(long id, Instant now) {
        return jdbc.sql("""
                        update case_reminder set told_at = :now where id = :id and done_at is null and told_at is null
                        """).param("id", id).param("now", Stamps.at(now)).update() > 0;
    }

    private static Map<String, @Nullable Object> what(Reminder.What what, Instant dueAt) {
        Map<String, @Nullable Object> params = new HashMap<>();
        UserId person = what.person();
        params.put("text", what.text());
        params.put("on", what.on());
        params.put("hour", what.at() != null);
        params.put("due", Stamps.due(dueAt));
        params.put("person", person == null ? null : person.value());
        return params;
    }

    private static Reminder reminder(ResultSet row, int number) throws SQLException {
        Instant due = Objects.requireNonNull(Stamps.instant(row, "due_at"));
        String hour = row.getBoolean("at_hour")
                ? due.atZone(ZoneId.of(row.getString("zone")))
                        .toLocalTime()
                        .withSecond(0)
                        .withNano(0)
                        .toString()
                : null;
        return new Reminder(
                row.getBoolean("planned"),
                row.getLong("id"),
                row.getString("code"),
                new ProjectId(row.getLong("project_id")),
                new Reminder.What(
                        row.getString("text"),
                        row.getObject("due_on", LocalDate.class),
                        hour,
                        Stamps.user(row, "for_account")),
                due,
                Stamps.user(row, "assignee"),
                row.getString("for_name"),
                row.getString("set_by_name"),
                Stamps.instant(row, "done_at"),
                row.getString("done_by_name"),
                row.getInt("version"));
    }
}
