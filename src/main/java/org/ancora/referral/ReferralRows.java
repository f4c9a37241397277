package org.ancora.referral;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseId;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of referrals, their follow-ups and their history. */
@Repository
class ReferralRows {

    private static final String SELECT = """
            select r.*, c.code, c.project_id, c.assignee, a.name as made_by_name, f.due_on, f.due_at
              from referral r
              join case_file c on c.id = r.case_id
              join account a on a.id = r.made_by
              left join referral_follow_up f on f.referral_id = r.id and f.done_at is null and f.dropped_at is null
            """;

    private final JdbcClient jdbc;

    ReferralRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A case's referrals, the newest first. */
    List<Referral> of(CaseId caseId, @Nullable Long before, int limit) {
        return jdbc.sql(SELECT + """
                         where r.case_id = :case and r.id < :before
                         order by r.id desc
                         limit :limit
                        """)
                .param("case", caseId.value())
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(ReferralRows::referral)
                .list();
    }

    /** Those about which something is left to do, the oldest first. */
    List<Referral> unfinished(CaseId caseId) {
        return jdbc.sql(SELECT + " where r.case_id = :case and r.finished_at is null order by r.id")
                .param("case", caseId.value())
                .query(ReferralRows::referral)
                .list();
    }

    /** Codes of the open cases of a project that have such a referral. */
    Set<String> unfinishedIn(ProjectId project) {
        return jdbc.sql("""
                        select distinct c.code from referral r join case_file c on c.id = r.case_id
                         where r.finished_at is null and c.project_id = :project and c.status <> 'closed'
                        """)
                .param("project", project.value())
                .query(String.class)
                .set();
    }

    Optional<Referral> find(CaseId caseId, long id) {
        return jdbc.sql(SELECT + " where r.case_id = :case and r.id = :id")
                .param("case", caseId.value())
                .param("id", id)
                .query(ReferralRows::referral)
                .optional();
    }

    Referral get(long id) {
        return jdbc.sql(SELECT + " where r.id = :id")
                .param("id", id)
                .query(ReferralRows::referral)
                .single();
    }

    /** As {@link #get}; nobody else changes it until this transaction ends. */
    Referral lock(long id) {
        jdbc.sql("select id from referral where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .single();
        return get(id);
    }

    /** What somebody has to follow up until then on the cases that are theirs, the soonest first. */
    List<Referral> dueFor(Viewer person, Instant until, int limit) {
        Scope scope = Scope.of(person, Permission.READ_REFERRALS);
        return jdbc.sql(SELECT + """
                         where c.assignee = :scopeViewer and r.finished_at is null and f.due_at < :until
                           and %s
                         order by f.due_at, r.id
                         limit :limit
                        """.formatted(scope.sql("c.project_id", "c.assignee = :scopeViewer")))
                .params(scope.params())
                .param("until", at(until))
                .param("limit", limit)
                .query(ReferralRows::referral)
                .list();
    }

    /** The referral of this case that was made with this key. The case's own row keeps two from being made at once. */
    Optional<Long> made(CaseId caseId, UUID requestKey) {
        jdbc.sql("select id from case_file where id = :case for update")
                .param("case", caseId.value())
                .query(Long.class)
                .single();
        return jdbc.sql("select id from referral where case_id = :case and request_key = :key")
                .param("case", caseId.value())
                .param("key", requestKey)
                .query(Long.class)
                .optional();
    }

    /** Writes one down; {@link #made} was asked before in the same transaction, so nobody else gives the same number. */
    long insert(CaseId caseId, Resource resource, Referral.Need need, UUID requestKey, UserId by, Instant now) {
        return jdbc.sql("""
                        insert into referral (case_id, number, resource_id, organization, service, location, address, phone,
                                              email, website, schedule, terms, assured_on, confidential, need, term, note,
                                              status, outcome, made_at, made_by, request_key)
                        values (:case, (select coalesce(max(number), 0) + 1 from referral where case_id = :case),
                                :resource, :organization, :service, :location, :address, :phone,
                                :email, :website, :schedule, :terms, :assured, :confidential, :need, :term, :note,
                                'draft', 'unknown', :now, :by, :key)
                        returning id
                        """)
                .param("case", caseId.value())
                .param("resource", resource.id())
                .param("organization", resource.organization())
                .param("service", resource.service())
                .param("location", resource.location())
                .param("address", resource.address())
                .param("phone", resource.phone())
                .param("email", resource.email())
                .param("website", resource.website())
                .param("schedule", resource.schedule())
                .param("terms", resource.terms().toArray(String[]::new))
                .param("assured", resource.assuredOn())
                .param("confidential", resource.confidential())
                .param("need", need.words())
                .param("term", need.term())
                .param("note", need.note())
                .param("now", at(now))
                .param("by", by.value())
                .param("key", requestKey)
                .query(Long.class)
                .single();
    }

    void followedBy(long id, String process) {
        jdbc.sql("update referral set process_id = :process where id = :id")
                .param("process", process)
                .param("id", id)
                .update();
    }

    /** Changes where it stands; the caller holds the row. */
    void change(long id, ReferralStatus status, ClientOutcome outcome) {
        jdbc.sql("update referral set status = :status, outcome = :outcome, version = version + 1 where id = :id")
                .param("status", status.code())
                .param("outcome", outcome.code())
                .param("id", id)
                .update();
    }

    /** Nothing is left to do about it: its follow-up is dropped, and what waits to be written is not written any more. */
    void finish(long id, Instant now) {
        jdbc.sql("update referral set finished_at = :now, version = version + 1 where id = :id and finished_at is null")
                .param("now", at(now))
                .param("id", id)
                .update();
        jdbc.sql("""
                        update referral_follow_up set dropped_at = :now
                         where referral_id = :id and done_at is null and dropped_at is null
                        """).param("now", at(now)).param("id", id).update();
        jdbc.sql("""
                        update referral_sending set refused = 'referral-finished'
                         where referral_id = :id and message_id is null and refused is null
                        """).param("id", id).update();
    }

    /**
     * It is followed again, by another procedure: on the day that was dropped last, or else on this one.
     *
     * @param dueAt end of the office day on which or after which it is asked
     */
    void followAgain(long id, String process, LocalDate on, Instant dueAt) {
        jdbc.sql("update referral set finished_at = null, process_id = :process, version = version + 1 where id = :id")
                .param("process", process)
                .param("id", id)
                .update();
        int back = jdbc.sql("""
                        update referral_follow_up set dropped_at = null
                         where id = (select max(id) from referral_follow_up where referral_id = :id)
                           and dropped_at is not null
                        """).param("id", id).update();
        if (back == 0) {
            insertFollowUp(id, on, dueAt);
        }
    }

    // Follow-ups

    List<FollowUp> followUps(Collection<Long> referrals) {
        return jdbc.sql("""
                        select f.*, a.name as done_by_name
                          from referral_follow_up f left join account a on a.id = f.done_by
                         where f.referral_id = any(:referrals)
                         order by f.id desc
                        """)
                .param("referrals", referrals.toArray(Long[]::new))
                .query(ReferralRows::followUp)
                .list();
    }

    /** How the agency of this referral is reached; the directory stays as it is. */
    void correct(long id, Resource reached) {
        jdbc.sql("update referral set email = :email, phone = :phone where id = :id")
                .param("email", reached.email())
                .param("phone", reached.phone())
                .param("id", id)
                .update();
    }

    void insertFollowUp(long referral, LocalDate on, Instant dueAt) {
        jdbc.sql("insert into referral_follow_up (referral_id, due_on, due_at) values (:referral, :on, :due)")
                .param("referral", referral)
                .param("on", on)
                .param("due", at(dueAt.truncatedTo(ChronoUnit.MILLIS)))
                .update();
    }

    /** The follow-up ahead has another day. */
    void moveFollowUp(long referral, LocalDate on, Instant dueAt) {
        jdbc.sql("""
                        update referral_follow_up set due_on = :on, due_at = :due
                         where referral_id = :referral and done_at is null and dropped_at is null
                        """)
                .param("referral", referral)
                .param("on", on)
                .param("due", at(dueAt.truncatedTo(ChronoUnit.MILLIS)))
                .update();
    }

    /** The follow-ups ahead on a case that were due at an instant are due later, or sooner. */
    void moveFollowUps(String caseCode, Instant before, Deadline after) {
        jdbc.sql("""
                        update referral_follow_up f set due_on = :on, due_at = :due
                          from referral r join case_file c on c.id = r.case_id
                         where r.id = f.referral_id and c.code = :case and f.due_at = :before
                           and f.done_at is null and f.dropped_at is null
                        """)
                .param("on", after.dueDay())
                .param("due", at(after.due().truncatedTo(ChronoUnit.MILLIS)))
                .param("case", caseCode)
                .param("before", at(before.truncatedTo(ChronoUnit.MILLIS)))
                .update();
    }

    /** The follow-up ahead is done; its id is returned, if there was one. */
    Optional<Long> doneFollowUp(long referral, Referral.Result result, UserId by, Instant now) {
        return jdbc.sql("""
                        update referral_follow_up
                           set done_at = :now, done_by = :by, status = :status, outcome = :outcome, kind_id = :kind,
                               note = :note
                         where referral_id = :referral and done_at is null and dropped_at is null
                        returning id
                        """)
                .param("now", at(now))
                .param("by", by.value())
                .param("status", result.status().code())
                .param("outcome", result.outcome().code())
                .param("kind", result.kind())
                .param("note", result.note())
                .param("referral", referral)
                .query(Long.class)
                .optional();
    }

    // Reminders

    /** The reminders about these referrals: the referral of each by the reminder's id. */
    Map<Long, Long> reminders(Collection<Long> referrals) {
        Map<Long, Long> found = new HashMap<>();
        jdbc.sql("select reminder_id, referral_id from referral_reminder where referral_id = any(:referrals)")
                .param("referrals", referrals.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("reminder_id"), row.getLong("referral_id"));
                });
        return found;
    }

    boolean reminded(long referral, UUID requestKey) {
        return jdbc.sql(
                        "select exists (select from referral_reminder where referral_id = :referral and request_key = :key)")
                .param("referral", referral)
                .param("key", requestKey)
                .query(Boolean.class)
                .single();
    }

    void insertReminder(long referral, long reminder, UUID requestKey) {
        jdbc.sql(
                        "insert into referral_reminder (referral_id, reminder_id, request_key) values (:referral, :reminder, :key)")
                .param("referral", referral)
                .param("reminder", reminder)
                .param("key", requestKey)
                .update();
    }

    // History

    void note(
            long referral,
            Instant now,
            String what,
            @Nullable UserId by,
            String byName,
            @Nullable ReferralStatus status,
            @Nullable ClientOutcome outcome,
            String words) {
        jdbc.sql("""
                        insert into referral_history (referral_id, at, what, by_account, by_name, status, outcome, words)
                        values (:referral, :now, :what, :by, :name, :status, :outcome, :words)
                        """)
                .param("referral", referral)
                .param("now", at(now))
                .param("what", what)
                .param("by", by == null || by.equals(UserId.SYSTEM) ? null : by.value())
                .param("name", byName.strip())
                .param("status", status == null ? null : status.code())
                .param("outcome", outcome == null ? null : outcome.code())
                .param("words", words.strip())
                .update();
    }

    List<HistoryLine> history(Collection<Long> referrals) {
        return jdbc.sql("""
                        select h.*, coalesce(a.name, h.by_name) as by
                          from referral_history h left join account a on a.id = h.by_account
                         where h.referral_id = any(:referrals)
                         order by h.id desc
                        """)
                .param("referrals", referrals.toArray(Long[]::new))
                .query((row, number) -> new HistoryLine(
                        row.getLong("referral_id"),
                        required(row, "at"),
                        row.getString("what"),
                        row.getString("by"),
                        status(row, "status"),
                        outcome(row, "outcome"),
                        row.getString("words")))
                .list();
    }

    private static Referral referral(ResultSet row, int number) throws SQLException {
        LocalDate on = row.getObject("due_on", LocalDate.class);
        return new Referral(
                row.getLong("id"),
                row.getString("code"),
                new ProjectId(row.getLong("project_id")),
                row.getInt("number"),
                resource(row),
                new Referral.Need(row.getString("need"), row.getString("term"), row.getString("note")),
                Objects.requireNonNull(status(row, "status")),
                Objects.requireNonNull(outcome(row, "outcome")),
                on == null ? null : new Referral.Ahead(on, required(row, "due_at")),
                user(row, "assignee"),
                required(row, "made_at"),
                row.getString("made_by_name"),
                instant(row, "finished_at"),
                row.getString("process_id"),
                row.getInt("version"));
    }

    private static Resource resource(ResultSet row) throws SQLException {
        Array terms = row.getArray("terms");
        return new Resource(
                row.getObject("resource_id", Long.class),
                row.getString("organization"),
                row.getString("service"),
                row.getString("location"),
                row.getString("address"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("website"),
                row.getString("schedule"),
                List.of((String[]) terms.getArray()),
                row.getObject("assured_on", LocalDate.class),
                row.getBoolean("confidential"));
    }

    private static FollowUp followUp(ResultSet row, int number) throws SQLException {
        return new FollowUp(
                row.getLong("id"),
                row.getLong("referral_id"),
                row.getObject("due_on", LocalDate.class),
                required(row, "due_at"),
                instant(row, "done_at"),
                row.getString("done_by_name"),
                status(row, "status"),
                outcome(row, "outcome"),
                row.getObject("kind_id", Long.class),
                row.getString("note"),
                instant(row, "dropped_at") != null);
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column), column);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new UserId(id);
    }

    private static @Nullable ReferralStatus status(ResultSet row, String column) throws SQLException {
        String code = row.getString(column);
        return code == null ? null : ReferralStatus.of(code).orElseThrow();
    }

    private static @Nullable ClientOutcome outcome(ResultSet row, String column) throws SQLException {
        String code = row.getString(column);
        return code == null ? null : ClientOutcome.of(code).orElseThrow();
    }
}
