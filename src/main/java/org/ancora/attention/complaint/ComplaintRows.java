package org.ancora.attention.complaint;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.attention.DayUnit;
import org.ancora.attention.Promise;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of complaints. */
@Repository
class ComplaintRows {

    private final JdbcClient jdbc;

    ComplaintRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A span in which the clock stood still; the last two are null while it does. */
    record Pause(
            Instant stoppedAt,
            String askedFor,
            Instant dueBefore,
            @Nullable Instant resumedAt,
            @Nullable Instant dueAfter) {}

    /** What somebody decided on the way, in their words. */
    record Word(Instant at, @Nullable String by, String kind, String text) {}

    void insert(String number, ProjectId project, Instant registeredAt, Promise promise) {
        jdbc.sql("""
                        insert into complaint (number, project_id, registered_at, stage, unit, most_days, warn_days,
                                               late_days, step_days, first_due_at, due_at, over_cap)
                        values (:number, :project, :registered, 'routing', :unit, :most, :warn, :late, :step, :due, :due,
                                :overCap)
                        """)
                .param("number", number)
                .param("project", project.value())
                .param("registered", at(registeredAt))
                .param("unit", promise.unit().code())
                .param("most", promise.limits().mostDays())
                .param("warn", promise.limits().warnDays())
                .param("late", promise.limits().lateDays())
                .param("step", promise.limits().stepDays())
                .param("due", at(promise.deadline().due()))
                .param("overCap", promise.overCap())
                .update();
    }

    /** Whether this request was the last that was acted on: the same form, sent again. */
    boolean wasDone(String number, UUID requestKey) {
        return jdbc.sql("select exists (select from complaint where number = :number and last_request = :key)")
                .param("number", number)
                .param("key", requestKey)
                .query(Boolean.class)
                .single();
    }

    void done(String number, UUID requestKey) {
        change("update complaint set last_request = :key where number = :number", number, "key", requestKey);
    }

    Optional<Complaint> find(String number) {
        return jdbc.sql("select * from complaint where number = :number")
                .param("number", number)
                .query(ComplaintRows::complaint)
                .optional();
    }

    /** As {@link #find}, held until the transaction ends, so that two decisions never cross. */
    Optional<Complaint> hold(String number) {
        return jdbc.sql("select * from complaint where number = :number for update")
                .param("number", number)
                .query(ComplaintRows::complaint)
                .optional();
    }

    /**
     * What the call after the answer came to.
     *
     * @param understood whether the answer was clear at once; null, as the other, where the person was not reached
     */
    record Confirmation(
            @Nullable Boolean understood, @Nullable Boolean satisfied) {

        /** For message keys: {@code understood.satisfied}, {@code explained.unsatisfied}, {@code unreached}. */
        String code() {
            return understood == null || satisfied == null
                    ? "unreached"
                    : (understood ? "understood" : "explained") + (satisfied ? ".satisfied" : ".unsatisfied");
        }
    }

    /** What was noted in the call after the answer; of use once the complaint is answered for good. */
    Confirmation confirmation(String number) {
        return jdbc.sql("select understood, satisfied from complaint where number = :number")
                .param("number", number)
                .query((row, index) -> new Confirmation(
                        row.getObject("understood", Boolean.class), row.getObject("satisfied", Boolean.class)))
                .single();
    }

    List<Complaint> appealsOf(String number) {
        return jdbc.sql("select * from complaint where appeal_of = :number or merged_into = :number order by number")
                .param("number", number)
                .query(ComplaintRows::complaint)
                .list();
    }

    /**
     * One that was answered before an appeal against it.
     *
     * @param appeal the number of the appeal, be it one against an appeal against it
     * @param worker the one person of the unit who was named to answer it, or null
     */
    record Before(String appeal, String number, @Nullable UserId worker) {}

    /** What was answered before each of these, however often it was appealed against; nothing for what is no appeal. */
    List<Before> before(Collection<String> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        with recursive before (appeal, number) as (
                            select c.number, c.appeal_of from complaint c
                             where c.number = any(:numbers) and c.appeal_of is not null
                            union
                            select b.appeal, c.appeal_of from before b join complaint c on c.number = b.number
                             where c.appeal_of is not null
                        )
                        select b.appeal, b.number, c.unit_worker from before b join complaint c on c.number = b.number
                        """)
                .param("numbers", numbers.toArray(String[]::new))
                .query((row, index) -> new Before(row.getString("appeal"), row.getString("number"), worker(row)))
                .list();
    }

    /** It and whatever was merged with it or appealed against it, however often, by number. */
    List<String> connected(String number) {
        return jdbc.sql("""
                        with recursive connected (number) as (
                            select :number::text
                            union
                            select other.number from connected a cross join lateral (
                                select c.number from complaint c where c.merged_into = a.number
                                union all
                                select c.number from complaint c where c.appeal_of = a.number
                                union all
                                select unnest(array[c.merged_into, c.appeal_of]) from complaint c where c.number = a.number
                            ) other where other.number is not null
                        )
                        select number from connected order by number
                        """).param("number", number).query(String.class).list();
    }

    void stage(String number, ComplaintStage stage) {
        change(
                "update complaint set stage = :stage, version = version + 1 where number = :number",
                number,
                "stage",
                stage.code());
    }

    void route(String number, @Nullable UserId worker) {
        change(
                "update complaint set stage = 'preparing', unit_worker = :worker, version = version + 1 where number = :number",
                number,
                "worker",
                worker == null ? null : worker.value());
    }

    void answer(String number, String answer) {
        change(
                "update complaint set stage = 'approving', answer = :answer, version = version + 1 where number = :number",
                number,
                "answer",
                answer);
    }

    void answered(String number, ComplaintStage next, Instant now) {
        jdbc.sql("""
                        update complaint set stage = :stage, answered_at = :now, stopped_at = null, version = version + 1
                         where number = :number
                        """)
                .param("number", number)
                .param("stage", next.code())
                .param("now", at(now))
                .update();
        closePause(number, now);
    }

    /** The clock stands still no longer, and nothing is counted from that. */
    private void closePause(String number, Instant now) {
        jdbc.sql(
                        "update complaint_pause set resumed_at = :now, due_after = due_before where number = :number and resumed_at is null")
                .param("number", number)
                .param("now", at(now))
                .update();
    }

    void confirmed(
            String number, ComplaintStage end, @Nullable Boolean understood, @Nullable Boolean satisfied, Instant now) {
        jdbc.sql("""
                        update complaint set stage = :stage, understood = :understood, satisfied = :satisfied,
                               ended_at = :now, version = version + 1
                         where number = :number
                        """)
                .param("number", number)
                .param("stage", end.code())
                .param("understood", understood)
                .param("satisfied", satisfied)
                .param("now", at(now))
                .update();
    }

    /** Ends it before its answer; what it was merged with or sent to may be null. */
    void end(
            String number,
            ComplaintStage how,
            @Nullable String mergedInto,
            @Nullable String redirectedTo,
            Instant now) {
        jdbc.sql("""
                        update complaint set stage = :stage, merged_into = :merged, redirected_to = :redirected,
                               stopped_at = null, ended_at = :now, version = version + 1
                         where number = :number
                        """)
                .param("number", number)
                .param("stage", how.code())
                .param("merged", mergedInto)
                .param("redirected", redirectedTo)
                .param("now", at(now))
                .update();
    }

    /** It is to be routed anew; the clock runs, and what was written and told stays. */
    void beginAgain(String number, Instant now) {
        change("""
                update complaint set stage = :stage, unit_worker = null, stopped_at = null, answered_at = null,
                       ended_at = null, merged_into = null, redirected_to = null, version = version + 1
                 where number = :number
                """, number, "stage", ComplaintStage.ROUTING.code());
        closePause(number, now);
    }

    void due(String number, Instant due) {
        change(
                "update complaint set due_at = :due, version = version + 1 where number = :number",
                number,
                "due",
                at(due));
    }

    /** Returns whether this call is the first to tell it. */
    boolean tellHalfway(String number, Instant now) {
        return once("halfway_told_at", number, now);
    }

    boolean tellWarned(String number, Instant now) {
        return once("warned_at", number, now);
    }

    /** A promise is broken, the first or a later one, and another day is promised. */
    void promiseAnew(String number, Instant now, Instant newDue) {
        once("breached_at", number, now);
        newDue(number, newDue);
    }

    void newDue(String number, Instant newDue) {
        change(
                "update complaint set new_due_at = :due, version = version + 1 where number = :number",
                number,
                "due",
                at(newDue));
    }

    private boolean once(String column, String number, Instant now) {
        return jdbc.sql("update complaint set " + column + " = :now where number = :number and " + column + " is null")
                        .param("number", number)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    void stop(String number, Instant now, @Nullable UserId by, String askedFor, Instant dueBefore) {
        change(
                "update complaint set stopped_at = :now, version = version + 1 where number = :number",
                number,
                "now",
                at(now));
        jdbc.sql("""
                        insert into complaint_pause (number, stopped_at, stopped_by, asked_for, due_before)
                        values (:number, :now, :by, :askedFor, :due)
                        """)
                .param("number", number)
                .param("now", at(now))
                .param("by", account(by))
                .param("askedFor", askedFor)
                .param("due", at(dueBefore))
                .update();
    }

    void resume(String number, Instant now) {
        jdbc.sql("update complaint_pause set resumed_at = :now where number = :number and resumed_at is null")
                .param("number", number)
                .param("now", at(now))
                .update();
    }

    void resumed(String number, Instant dueAfter) {
        jdbc.sql("""
                        update complaint_pause set due_after = :due
                         where id = (select max(id) from complaint_pause where number = :number)
                        """).param("number", number).param("due", at(dueAfter)).update();
        change(
                "update complaint set stopped_at = null, due_at = :due, version = version + 1 where number = :number",
                number,
                "due",
                at(dueAfter));
    }

    List<Pause> pauses(String number) {
        return jdbc.sql("""
                        select stopped_at, asked_for, due_before, resumed_at, due_after from complaint_pause
                         where number = :number order by id
                        """)
                .param("number", number)
                .query((row, index) -> new Pause(
                        instant(row, "stopped_at"),
                        row.getString("asked_for"),
                        instant(row, "due_before"),
                        find(row, "resumed_at"),
                        find(row, "due_after")))
                .list();
    }

    void say(String number, String kind, String text, @Nullable UserId by, Instant now) {
        jdbc.sql("insert into complaint_word (number, at, by, kind, text) values (:number, :now, :by, :kind, :text)")
                .param("number", number)
                .param("now", at(now))
                .param("by", account(by))
                .param("kind", kind)
                .param("text", text)
                .update();
    }

    List<Word> words(String number) {
        return jdbc.sql("""
                        select w.at, a.name, w.kind, w.text from complaint_word w left join account a on a.id = w.by
                         where w.number = :number order by w.id
                        """)
                .param("number", number)
                .query((row, index) -> new Word(
                        instant(row, "at"), row.getString("name"), row.getString("kind"), row.getString("text")))
                .list();
    }

    void appealOf(String number, String before) {
        change("update complaint set appeal_of = :before where number = :number", number, "before", before);
    }

    void caseOpened(String number, String code) {
        change(
                "update complaint set case_code = :code, version = version + 1 where number = :number",
                number,
                "code",
                code);
    }

    private void change(String sql, String number, String name, @Nullable Object value) {
        int changed = jdbc.sql(sql).param("number", number).param(name, value).update();
        if (changed == 0) {
            throw new OptimisticLockingFailureException("There is no complaint " + number);
        }
    }

    private static @Nullable UserId worker(ResultSet row) throws SQLException {
        long worker = row.getLong("unit_worker");
        return row.wasNull() ? null : new UserId(worker);
    }

    static Complaint complaint(ResultSet row, int index) throws SQLException {
        return new Complaint(
                row.getString("number"),
                new ProjectId(row.getLong("project_id")),
                instant(row, "registered_at"),
                ComplaintStage.of(row.getString("stage")),
                new Complaint.Terms(
                        DayUnit.of(row.getString("unit")),
                        row.getInt("most_days"),
                        row.getInt("warn_days"),
                        row.getInt("late_days"),
                        row.getInt("step_days"),
                        instant(row, "first_due_at"),
                        instant(row, "due_at"),
                        row.getBoolean("over_cap")),
                new Complaint.Told(
                        find(row, "halfway_told_at"),
                        find(row, "warned_at"),
                        find(row, "breached_at"),
                        find(row, "new_due_at")),
                find(row, "stopped_at"),
                worker(row),
                row.getString("answer"),
                find(row, "answered_at"),
                find(row, "ended_at"),
                new Complaint.Links(
                        row.getString("appeal_of"),
                        row.getString("merged_into"),
                        row.getString("redirected_to"),
                        row.getString("case_code")),
                row.getInt("version"));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(find(row, column), column);
    }

    static @Nullable Instant find(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static @Nullable Long account(@Nullable UserId by) {
        return by == null || by.equals(UserId.SYSTEM) ? null : by.value();
    }
}
