package org.ancora.casework.list;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseRows;
import org.ancora.casework.CaseSummary;
import org.ancora.network.CaseStatus;
import org.ancora.network.StatusId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of bulk changes and of what became of each case. */
@Repository
class BulkRows {

    /** What counts in a worker's caseload. */
    private static final Set<CaseStatus> LOAD =
            EnumSet.of(CaseStatus.ASSIGNED, CaseStatus.IN_PROGRESS, CaseStatus.PENDING);

    private final JdbcClient jdbc;
    private final Clock clock;

    BulkRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A case of a bulk change; {@code why} is null when it is or was changed. */
    record Row(CaseSummary caseFile, @Nullable String why) {}

    /** A case to be changed, locked. */
    record Target(
            long id,
            String code,
            @Nullable UserId assignee,
            boolean load,
            StatusId status,
            CaseStatus category,
            @Nullable String why) {}

    /**
     * Keeps a choice of cases.
     *
     * @param ids selects the ids of the cases, with its parameters
     */
    BulkChange insert(
            ProjectId project,
            UserId by,
            BulkChange.Kind kind,
            String what,
            String because,
            String note,
            CaseFinder.Statement ids) {
        Map<String, Object> params = new HashMap<>(ids.params());
        long id = jdbc.sql("""
                        insert into bulk_change (project_id, by_account, kind, what, because, note, total, created_at)
                        values (:project, :by, :kind, :what, :because, :note, 0, :now) returning id
                        """)
                .param("project", project.value())
                .param("by", by.value())
                .param("kind", kind.code())
                .param("what", what)
                .param("because", because)
                .param("note", note)
                .param("now", now())
                .query(Long.class)
                .single();
        params.put("bulk", id);
        int total = jdbc.sql("insert into bulk_row (bulk_id, case_id) select :bulk, chosen.id from (" + ids.sql()
                        + ") chosen")
                .params(params)
                .update();
        jdbc.sql("update bulk_change set total = :total where id = :id")
                .param("total", total)
                .param("id", id)
                .update();
        return find(id).orElseThrow();
    }

    Optional<BulkChange> find(long id) {
        return jdbc.sql("select * from bulk_change where id = :id")
                .param("id", id)
                .query(BulkChange::of)
                .optional();
    }

    /** As {@link #find}; whoever else wants to go on with it waits until this transaction has ended. */
    BulkChange lock(long id) {
        return jdbc.sql("select * from bulk_change where id = :id for update")
                .param("id", id)
                .query(BulkChange::of)
                .single();
    }

    /** The person's last change in the project that was begun, if it is younger than a day or still runs. */
    Optional<BulkChange> latest(UserId person, ProjectId project) {
        return jdbc.sql("""
                        select * from bulk_change
                         where by_account = :person and project_id = :project and state <> 'chosen'
                           and (state = 'running' or finished_at > :yesterday)
                         order by id desc limit 1
                        """)
                .param("person", person.value())
                .param("project", project.value())
                .param("yesterday", clock.instant().minusSeconds(86_400).atOffset(ZoneOffset.UTC))
                .query(BulkChange::of)
                .optional();
    }

    /** How many of the chosen cases would be skipped, by reason, as things stand now. */
    Map<String, Integer> preview(BulkChange bulk, BulkRules rules) {
        Map<String, Integer> skipped = new LinkedHashMap<>();
        jdbc.sql(
                        "select why, count(*) as cases from (select " + rules.sql()
                                + " as why from bulk_row r join case_file c"
                                + " on c.id = r.case_id where r.bulk_id = :bulk) judged where why is not null group by why order by why")
                .params(rules.params())
                .param("bulk", bulk.id())
                .query(row -> {
                    skipped.put(row.getString("why"), row.getInt("cases"));
                });
        return skipped;
    }

    /** What became of the cases, by reason, of those that had their turn and were skipped. */
    Map<String, Integer> outcome(BulkChange bulk) {
        Map<String, Integer> skipped = new LinkedHashMap<>();
        jdbc.sql(
                        "select why, count(*) as cases from bulk_row where bulk_id = :bulk and why <> '' group by why order by why")
                .param("bulk", bulk.id())
                .query(row -> {
                    skipped.put(row.getString("why"), row.getInt("cases"));
                });
        return skipped;
    }

    /**
     * A page of the chosen cases, each with why it would be or was skipped.
     *
     * @param why only those skipped for this reason, or "" for those that are changed; null for all
     * @param after the case after which the page begins, or 0
     */
    List<Row> page(
            BulkChange bulk, @Nullable BulkRules rules, @Nullable String why, long after, int size, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        String judged = rules == null ? "r.why" : "coalesce(" + rules.sql() + ", '')";
        String select = CaseRows.SELECT.replaceFirst("select ", "select " + judged.replace("$", "\\$") + " as why, ");
        Map<String, Object> params = new HashMap<>(scope.params());
        if (rules != null) {
            params.putAll(rules.params());
        }
        params.put("bulk", bulk.id());
        params.put("after", after);
        params.put("size", size);
        if (why != null) {
            params.put("why", why);
        }
        return jdbc.sql(select
                        + " join bulk_row r on r.case_id = c.id and r.bulk_id = :bulk where r.case_id > :after and "
                        + scope.sql("c.project_id", CaseRows.OWN)
                        + (why == null ? "" : " and " + judged + " = :why") + " order by r.case_id limit :size")
                .params(params)
                .query((row, number) -> {
                    String reason = row.getString("why");
                    return new Row(CaseRows.summary(row, number), reason == null || reason.isEmpty() ? null : reason);
                })
                .list();
    }

    /** Ids of cases that have not had their turn. */
    List<Long> next(BulkChange bulk, int size) {
        return jdbc.sql(
                        "select case_id from bulk_row where bulk_id = :bulk and why is null order by case_id limit :size")
                .param("bulk", bulk.id())
                .param("size", size)
                .query(Long.class)
                .list();
    }

    /** The cases themselves, locked in the order of their ids, with what speaks against the change. */
    List<Target> lock(Collection<Long> ids, BulkRules rules) {
        return jdbc.sql("select c.id, c.code, c.assignee, c.status_id, c.status, " + rules.sql()
                        + " as why from case_file c where c.id = any(:ids) order by c.id for no key update of c")
                .params(rules.params())
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> {
                    long assignee = row.getLong("assignee");
                    return new Target(
                            row.getLong("id"),
                            row.getString("code"),
                            assignee == 0 ? null : new UserId(assignee),
                            assignee != 0 && LOAD.contains(CaseStatus.of(row.getString("status"))),
                            new StatusId(row.getLong("status_id")),
                            CaseStatus.of(row.getString("status")),
                            row.getString("why"));
                })
                .list();
    }

    /** Notes what became of cases, each once: "" for changed, else why not. */
    void done(BulkChange bulk, Map<Long, String> became) {
        if (became.isEmpty()) {
            return;
        }
        List<Long> ids = new ArrayList<>(became.keySet());
        jdbc.sql("""
                        with turned as (
                            update bulk_row r set why = d.why
                              from unnest(:ids::bigint[], :whys::text[]) as d(case_id, why)
                             where r.bulk_id = :bulk and r.case_id = d.case_id and r.why is null
                            returning r.why)
                        update bulk_change
                           set changed = changed + (select count(*) from turned where why = ''),
                               skipped = skipped + (select count(*) from turned where why <> '')
                         where id = :bulk
                        """)
                .param("bulk", bulk.id())
                .param("ids", ids.toArray(Long[]::new))
                .param("whys", ids.stream().map(became::get).toArray(String[]::new))
                .update();
    }

    /** Begins a change that was only chosen; false when somebody began it before. */
    boolean start(BulkChange bulk) {
        return jdbc.sql(
                                "update bulk_change set state = 'running', started_at = :now where id = :bulk and state = 'chosen'")
                        .param("bulk", bulk.id())
                        .param("now", now())
                        .update()
                == 1;
    }

    void finish(BulkChange bulk) {
        jdbc.sql("update bulk_change set state = 'done', finished_at = :now where id = :bulk and state = 'running'")
                .param("bulk", bulk.id())
                .param("now", now())
                .update();
    }

    /** Forgets a choice that was not begun. */
    void drop(BulkChange bulk) {
        jdbc.sql("delete from bulk_change where id = :bulk and state = 'chosen'")
                .param("bulk", bulk.id())
                .update();
    }

    private java.time.OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atOffset(ZoneOffset.UTC);
    }
}
