package org.ancora.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists, counts and searches over cases, all within what the viewer may see; a page is one statement, deep or not. */
@Service
class CaseLists {

    /** Counting stops here; what lies beyond is "more than". */
    static final int COUNTED = 1000;

    private static final int SHORTEST_NUMBER = 4;

    private final JdbcClient jdbc;
    private final Clock clock;

    CaseLists(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One page, and where the next one begins. */
    record Page(List<CaseSummary> cases, CaseQuery.@Nullable Place next) {}

    /** The four counts of a project (C25). */
    record Counts(long total, long unassigned, long assigned, long closed) {}

    Page page(CaseQuery query, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        if (scope.isEmpty()) {
            return new Page(List.of(), null);
        }
        boolean waiting = query.standing().isWaiting();
        Map<String, Object> params = new HashMap<>(scope.params());
        String sql = CaseRows.SELECT + where(query, scope, params, viewer);
        CaseQuery.Place after = query.after();
        if (after != null) {
            sql += waiting
                    ? " and (c.waiting_since, c.id) > (:afterAt, :afterId)"
                    : " and (c.opened_at, c.id) < (:afterAt, :afterId)";
            params.put("afterAt", after.at().atOffset(ZoneOffset.UTC));
            params.put("afterId", after.id());
        }
        sql += waiting ? " order by c.waiting_since, c.id" : " order by c.opened_at desc, c.id desc";
        params.put("limit", CaseQuery.PAGE + 1);
        List<CaseSummary> found = jdbc.sql(sql + " limit :limit")
                .params(params)
                .query(CaseRows::summary)
                .list();
        if (found.size() <= CaseQuery.PAGE) {
            return new Page(found, null);
        }
        List<CaseSummary> shown = List.copyOf(found.subList(0, CaseQuery.PAGE));
        CaseSummary last = shown.get(shown.size() - 1);
        Instant at = waiting ? Objects.requireNonNull(last.waitingSince()) : last.openedAt();
        return new Page(shown, new CaseQuery.Place(at, last.id().value()));
    }

    /** Returns how many match, at most one more than {@link #COUNTED}. */
    int count(CaseQuery query, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        if (scope.isEmpty()) {
            return 0;
        }
        Map<String, Object> params = new HashMap<>(scope.params());
        String where = where(query, scope, params, viewer);
        params.put("limit", COUNTED + 1);
        return jdbc.sql("select count(*) from (select 1 from case_file c join profile p on p.id = c.profile_id" + where
                        + " limit :limit) counted")
                .params(params)
                .query(Integer.class)
                .single();
    }

    Counts counts(ProjectId project, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql("""
                        select count(*) as total,
                               count(*) filter (where c.status <> 'closed' and c.assignee is null) as unassigned,
                               count(*) filter (where c.status <> 'closed' and c.assignee is not null) as assigned,
                               count(*) filter (where c.status = 'closed') as closed
                          from case_file c
                         where c.project_id = :project and %s
                        """.formatted(scope.sql("c.project_id", CaseRows.OWN)))
                .params(scope.params())
                .param("project", project.value())
                .query((row, number) -> new Counts(
                        row.getLong("total"),
                        row.getLong("unassigned"),
                        row.getLong("assigned"),
                        row.getLong("closed")))
                .single();
    }

    /** Returns the cases that the viewer opened last, the latest first (C26). */
    List<CaseSummary> recent(Viewer viewer, @Nullable ProjectId project, int size) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        Map<String, Object> params = new HashMap<>(scope.params());
        String sql = CaseRows.SELECT + " join case_visit v on v.case_id = c.id and v.user_id = :scopeViewer where "
                + scope.sql("c.project_id", CaseRows.OWN);
        if (project != null) {
            sql += " and c.project_id = :project";
            params.put("project", project.value());
        }
        params.put("size", size);
        return jdbc.sql(sql + " order by v.visited_at desc, c.id desc limit :size")
                .params(params)
                .query(CaseRows::summary)
                .list();
    }

    @Transactional
    void visited(CaseSummary caseFile, Viewer viewer) {
        jdbc.sql("""
                        insert into case_visit (user_id, case_id, visited_at) values (:viewer, :case, :now)
                        on conflict (user_id, case_id) do update set visited_at = excluded.visited_at
                        """)
                .param("viewer", viewer.id().value())
                .param("case", caseFile.id().value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static String where(CaseQuery query, Scope scope, Map<String, Object> params, Viewer viewer) {
        List<String> conditions = new ArrayList<>(List.of(scope.sql("c.project_id", CaseRows.OWN)));
        ProjectId project = query.project();
        if (project != null) {
            conditions.add("c.project_id = :project");
            params.put("project", project.value());
        }
        CaseStatus status = query.standing().status();
        if (status != null) {
            conditions.add("c.status = :status");
            params.put("status", status.code());
        } else if (!query.standing().all()) {
            conditions.add("c.status <> 'closed'");
        }
        UserId worker = query.assigned().worker();
        if (worker != null) {
            conditions.add("c.assignee = :worker");
            params.put("worker", worker.value());
        } else if (query.assigned().isNobody()) {
            conditions.add("c.assignee is null");
        } else if (query.assigned().isSomebody()) {
            conditions.add("c.assignee is not null");
        }
        if (!query.text().isBlank()) {
            conditions.add(matching(query.text().strip(), params, viewer));
        }
        return " where " + String.join(" and ", conditions);
    }

    /**
     * Part of a code, of a name without regard to accents, or, for those who may see it, of a number however it is spaced:
     * a search that answered others would tell them every number, digit by digit.
     */
    private static String matching(String text, Map<String, Object> params, Viewer viewer) {
        params.put("code", SearchText.anywhere(text));
        params.put("name", SearchText.anywhere(text));
        String digits = text.replaceAll("[\\s()./+-]", "");
        if (digits.length() < SHORTEST_NUMBER || !digits.chars().allMatch(Character::isDigit)) {
            return "(lower(c.code) like :code or (p.search_name like :name and not %s))".formatted(CaseRows.CONCEALED);
        }
        params.put("digits", "%" + digits.replaceFirst("^0+", "") + "%");
        params.put("profileProjects", ids(viewer.projects(Permission.READ_PROFILE)));
        params.put("profileOwnProjects", ids(viewer.ownProjects(Permission.READ_PROFILE)));
        return """
               (lower(c.code) like :code or (not %s and (p.search_name like :name
                or ((c.project_id = any(:profileProjects) or (c.project_id = any(:profileOwnProjects) and (%s)))
                    and exists (select from contact_point t
                                 where t.profile_id = c.profile_id and t.removed_at is null and t.value like :digits)))))
               """.formatted(CaseRows.CONCEALED, CaseRows.OWN);
    }

    private static Long[] ids(Set<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(Long[]::new);
    }
}
