package org.ancora.casework.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseRows;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.FreshPlans;
import org.ancora.casework.list.CaseQuery.Place;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.Statuses;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Finds the cases of a query, all within what the viewer may see. A page is one statement however deep it is: each project's
 * index gives the ids of its first rows in order, and only those rows are read whole.
 */
@Service
class CaseFinder {

    /** Counting stops here; what lies beyond is "more than". */
    static final int COUNTED = 1000;

    /** So many of the first cases in order are asked one by one for several words, before all that have them are collected. */
    private static final int NEAR = 2000;

    /** So many are gone through for a count up to {@link #COUNTED}: among them are enough if among the first were a share. */
    private static final int WALKED = 20_000;

    private static final String NEWEST = " order by c.opened_at desc, c.id desc";

    private static final int SHORTEST_NUMBER = 4;
    private static final int MOST_NUMBERED = 200;

    private final FreshPlans jdbc;
    private final Projects projects;
    private final CaseFields fields;
    private final Statuses statuses;

    CaseFinder(FreshPlans jdbc, Projects projects, CaseFields fields, Statuses statuses) {
        this.jdbc = jdbc;
        this.statuses = statuses;
        this.projects = projects;
        this.fields = fields;
    }

    /** One page, and where the next one begins. */
    record Page(List<CaseSummary> cases, @Nullable Place next) {}

    /** A statement with its parameters, and whether it {@linkplain FreshPlans#stoppingEarly stops early}. */
    record Statement(String sql, Map<String, Object> params, boolean stopsEarly) {

        Statement(String sql, Map<String, Object> params) {
            this(sql, params, false);
        }
    }

    Page page(CaseQuery query, Viewer viewer) {
        Statement statement = pageStatement(query, viewer);
        if (statement == null) {
            return new Page(List.of(), null);
        }
        List<CaseSummary> found = jdbc.sql(statement.sql())
                .params(statement.params())
                .query(CaseRows::summary)
                .list();
        if (found.size() <= CaseQuery.PAGE) {
            return new Page(found, null);
        }
        List<CaseSummary> shown = List.copyOf(found.subList(0, CaseQuery.PAGE));
        return new Page(shown, place(shown.get(shown.size() - 1), query.sort()));
    }

    /** The statement of a page; null when nothing can be found. */
    @Nullable
    Statement pageStatement(CaseQuery query, Viewer viewer) {
        if (Scope.of(viewer, Permission.READ_CASE).isEmpty()) {
            return null;
        }
        Parts parts = parts(query, viewer);
        Place after = query.after();
        if (after != null && query.sort() == Sort.CLIENT) {
            after = named(after, viewer);
        }
        String ids =
                switch (query.sort()) {
                    case ASSIGNED -> byWorker(query, parts, after);
                    case STATUS -> byStatus(query, parts, after);
                    default -> inOrder(query, parts, after, CaseQuery.PAGE + 1);
                };
        String rows = CaseRows.SELECT + " where c.id = any(%s) order by " + order(query);
        boolean near =
                parts.project() != null && parts.severalWords() && query.sort().isOfOneIndex();
        return new Statement(
                near
                        ? "with near as materialized (" + near(query, parts, after) + ") "
                                + rows.formatted("case when (select count(*) from near) > " + CaseQuery.PAGE
                                        + " then array(select n.id from near n) else array(" + ids + ") end")
                        : rows.formatted("array(" + ids + ")"),
                parts.params());
    }

    /**
     * What a page of several words shows when many of the first cases have them. The planner takes names that go together
     * for far rarer than they are, and would collect and sort all who bear them.
     */
    private static String near(CaseQuery query, Parts parts, @Nullable Place after) {
        String down = query.descending() ? " desc" : "";
        String order = " order by " + query.sort().column() + down + ", c.id" + down;
        return "select c.id from (select c.* from case_file c where c.project_id = :project and "
                + beyond(query, after, parts) + order + " limit " + NEAR + ") c where " + parts.where() + order
                + " limit "
                + (CaseQuery.PAGE + 1);
    }

    /** Returns how many match, at most one more than {@link #COUNTED}. */
    int count(CaseQuery query, Viewer viewer) {
        return Math.toIntExact(counted(query, viewer, COUNTED + 1));
    }

    /** Returns how many match, however many; it takes as long as it takes. */
    long exactCount(CaseQuery query, Viewer viewer) {
        return counted(query, viewer, 0);
    }

    private long counted(CaseQuery query, Viewer viewer, int limit) {
        if (Scope.of(viewer, Permission.READ_CASE).isEmpty()) {
            return 0;
        }
        Statement statement = countStatement(query, viewer, limit);
        return statement.stopsEarly() ? jdbc.stoppingEarly(() -> number(statement)) : number(statement);
    }

    private long number(Statement statement) {
        return jdbc.sql(statement.sql())
                .params(statement.params())
                .query(Long.class)
                .single();
    }

    /** Counts up to a limit, or without one when it is 0. */
    Statement countStatement(CaseQuery query, Viewer viewer, int limit) {
        Parts parts = parts(query, viewer);
        String some = limit == 0 ? "" : " limit " + limit;
        boolean early = limit > 0 && parts.project() != null && (parts.goingTogether() || parts.severalWords());
        // In an order that an index has, so that counting a few does not begin by reading the whole table.
        String newest = limit == 0 || early ? "" : NEWEST;
        String count = "select count(*) from (select 1 from (" + parts.select("c.id", newest, some) + ") found" + some
                + ") counted";
        return new Statement(
                early && parts.severalWords() ? walkedOr(count, parts, limit) : count, parts.params(), early);
    }

    /**
     * Counts by going from case to case, newest first, where so many of the first have the words that enough will be found
     * soon; it takes half as long as the index of words, which collects all that have them. Otherwise counts as it is told.
     */
    private static String walkedOr(String count, Parts parts, int limit) {
        return "with first_cases as materialized (" + amongNewest(parts, NEAR, NEAR) + "), walked as materialized ("
                + amongNewest(parts, WALKED, limit) + ") select case when (select count(*) from first_cases) > "
                + NEAR * limit / WALKED + " and (select count(*) from walked) = " + limit + " then " + limit + " else ("
                + count + ") end";
    }

    private static String amongNewest(Parts parts, int cases, int limit) {
        return "select 1 from (select c.* from case_file c where c.project_id = :project" + NEWEST + " limit " + cases
                + ") c where " + parts.where() + " limit " + limit;
    }

    /** Returns how many rows a statement selects. */
    long countOf(Statement statement) {
        return jdbc.sql("select count(*) from (" + statement.sql() + ") counted")
                .params(statement.params())
                .query(Long.class)
                .single();
    }

    /** Selects the ids of all that match, in no order. */
    Statement idStatement(CaseQuery query, Viewer viewer, int limit) {
        Parts parts = parts(query, viewer);
        String some = " limit " + limit;
        return new Statement(
                "select found.id from (" + parts.select("c.id", "", some) + ") found" + some, parts.params());
    }

    /** Selects ids and codes in the query's order, of all that match up to a limit. */
    Statement orderedIds(CaseQuery query, Viewer viewer, int limit) {
        Parts parts = parts(query, viewer);
        return new Statement(
                "select c.id, c.code from case_file c join project_status s on s.id = c.status_id"
                        + " left join account a on a.id = c.assignee where c.id in ("
                        + parts.select("c.id", "", "") + ") order by " + order(query) + " limit " + limit,
                parts.params());
    }

    /** What a query leaves of each project's cases, and the projects it looks in. */
    private record Parts(
            @Nullable ProjectId project,
            String where,
            Map<String, Object> params,
            boolean goingTogether,
            boolean severalWords) {

        /** The same with one condition more. */
        Parts and(String condition) {
            return new Parts(project, where + " and " + condition, params, goingTogether, severalWords);
        }

        /** Selects columns of cases called {@code c}; order and limit hold within each project. */
        String select(String columns, String order, String limit) {
            return project != null
                    ? "select " + columns + " from case_file c where c.project_id = :project and " + where + order
                            + limit
                    : "select w.* from unnest(:projects::bigint[], :zones::text[]) d(project_id, zone) cross join lateral ("
                            + "select " + columns + " from case_file c where c.project_id = d.project_id and " + where
                            + order + limit + ") w";
        }
    }

    private Parts parts(CaseQuery query, Viewer viewer) {
        CaseFilter filter = new CaseFilter(
                query, viewer, fields.of(query.project(), viewer), numbered(query, viewer), statuses(query));
        Map<String, Object> params = new HashMap<>(filter.params());
        ProjectId project = query.projectId();
        if (project != null) {
            params.put("project", project.value());
        } else {
            List<Project> all = seen(viewer);
            params.put("projects", all.stream().map(each -> each.id().value()).toArray(Long[]::new));
            params.put(
                    "zones",
                    all.stream().map(each -> each.calendar().zone().getId()).toArray(String[]::new));
        }
        return new Parts(project, filter.sql(), params, filter.asksForWhatGoesTogether(), filter.asksForSeveralWords());
    }

    private List<Project> seen(Viewer viewer) {
        if (viewer.isSystem()) {
            return projects.visibleTo(viewer);
        }
        Set<ProjectId> ids = new TreeSet<>(viewer.projects(Permission.READ_CASE));
        ids.addAll(viewer.ownProjects(Permission.READ_CASE));
        return List.copyOf(projects.withIds(ids).values());
    }

    /**
     * The ids of the first rows in order. Where cases without a value exist, they follow those with one, from a second look
     * into the same index.
     */
    private static String inOrder(CaseQuery query, Parts parts, @Nullable Place after, int limit) {
        Sort sort = query.sort();
        String down = query.descending() ? " desc" : "";
        String some = " limit " + limit;
        if (!sort.optional()) {
            String order = " order by " + sort.column() + down + ", c.id" + down;
            return some(parts.and(beyond(query, after, parts)), sort, order, outer(down), some);
        }
        String filled = some(
                parts.and(sort.column() + " is not null and " + beyond(query, after, parts)),
                sort,
                " order by " + sort.column() + down + ", c.id" + down,
                outer(down),
                some);
        boolean past = after != null && after.value() == null;
        if (past) {
            parts.params().put("afterId", Objects.requireNonNull(after).id());
        }
        String empty = some(
                parts.and(sort.column() + " is null" + (past ? " and c.id < :afterId" : "")),
                sort,
                " order by c.id desc",
                " order by w.id desc",
                some);
        return past ? empty : "select x.id from ((" + filled + ") union all (" + empty + ")) x" + some;
    }

    private static String outer(String down) {
        return " order by w.value" + down + ", w.id" + down;
    }

    private static String some(Parts parts, Sort sort, String order, String outer, String limit) {
        return "select w.id from (" + parts.select("c.id, " + sort.column() + " as value", order, limit) + ") w" + outer
                + limit;
    }

    private static String beyond(CaseQuery query, @Nullable Place after, Parts parts) {
        if (after == null || after.value() == null) {
            return "true";
        }
        parts.params().put("afterValue", after.value());
        parts.params().put("afterId", after.id());
        return "(" + query.sort().column() + ", c.id) " + (query.descending() ? "<" : ">") + " (cast(:afterValue as "
                + query.sort().type() + ")" + (query.sort().type().equals("text") ? " collate \"C\"" : "")
                + ", :afterId)";
    }

    /** Each worker's cases from the index by worker, the workers by name, nobody's cases at the end. */
    private static String byWorker(CaseQuery query, Parts parts, @Nullable Place after) {
        String down = query.descending() ? " desc" : "";
        String limit = " limit " + (CaseQuery.PAGE + 1);
        Map<String, Object> params = parts.params();
        boolean amongNobodys = after != null && after.group() == 0;
        String workers = "";
        String beyond = "";
        if (after != null) {
            params.put("afterValue", after.value());
            params.put("afterId", after.id());
            beyond = "(c.opened_at, c.id) < (cast(:afterValue as timestamptz), :afterId)";
            if (!amongNobodys) {
                params.put("afterWorker", after.group());
                workers = " where (a.name collate \"C\", a.id) " + (query.descending() ? "<=" : ">=")
                        + " ((select b.name collate \"C\" from account b where b.id = :afterWorker), :afterWorker)";
            }
        }
        String ofWorker = "c.assignee = a.id"
                + (after == null || amongNobodys ? "" : " and (a.id <> :afterWorker or " + beyond + ")");
        String assigned =
                "select w.id from (select a.id, a.name from account a" + workers + " order by a.name collate \"C\""
                        + down + ", a.id" + down + ") a cross join lateral ("
                        + parts.and(ofWorker).select("c.id, c.opened_at", NEWEST, limit)
                        + ") w order by a.name collate \"C\"" + down + ", a.id" + down + ", w.opened_at desc, w.id desc"
                        + limit;
        String nobodys = "select w.id from ("
                + parts.and("c.assignee is null" + (amongNobodys ? " and " + beyond : ""))
                        .select("c.id, c.opened_at", NEWEST, limit)
                + ") w order by w.opened_at desc, w.id desc" + limit;
        return amongNobodys ? nobodys : "select x.id from ((" + assigned + ") union all (" + nobodys + ")) x" + limit;
    }

    /** Each status's cases from the index by status, the statuses in the order of their projects. */
    private static String byStatus(CaseQuery query, Parts parts, @Nullable Place after) {
        String down = query.descending() ? " desc" : "";
        String limit = " limit " + (CaseQuery.PAGE + 1);
        Map<String, Object> params = parts.params();
        String statuses = parts.project() != null ? "s.project_id = :project" : "s.project_id = any(:projects)";
        String ofStatus = "c.project_id = s.project_id and c.status_id = s.id";
        if (after != null) {
            params.put("afterValue", after.value());
            params.put("afterId", after.id());
            params.put("afterStatus", after.group());
            statuses += " and (s.position, s.id) " + (query.descending() ? "<=" : ">=")
                    + " ((select b.position from project_status b where b.id = :afterStatus), :afterStatus)";
            ofStatus += " and (s.id <> :afterStatus"
                    + " or (c.opened_at, c.id) < (cast(:afterValue as timestamptz), :afterId))";
        }
        String order = " order by s.position" + down + ", s.id" + down;
        return "select w.id from (select s.id, s.project_id, s.position from project_status s where " + statuses + order
                + ") s cross join lateral ("
                + parts.and(ofStatus).select("c.id, c.opened_at", NEWEST, limit)
                + ") w"
                + order + ", w.opened_at desc, w.id desc" + limit;
    }

    /** The order of the rows themselves; names of tables as in {@link CaseRows#SELECT}. */
    private static String order(CaseQuery query) {
        String down = query.descending() ? " desc" : "";
        Sort sort = query.sort();
        if (sort == Sort.ASSIGNED) {
            return "c.assignee is null, a.name collate \"C\"" + down + ", c.assignee" + down
                    + ", c.opened_at desc, c.id desc";
        }
        if (sort == Sort.STATUS) {
            return "s.position" + down + ", s.id" + down + ", c.opened_at desc, c.id desc";
        }
        return sort.optional()
                ? sort.column() + down + " nulls last, case when " + sort.column() + " is null then -c.id else c.id"
                        + (query.descending() ? " * -1" : "") + " end"
                : sort.column() + down + ", c.id" + down;
    }

    private Place place(CaseSummary last, Sort sort) {
        UserId worker = last.assignee();
        return switch (sort) {
            case OPENED -> new Place(last.openedAt().toString(), 0, last.id().value());
            case CODE -> new Place(last.code(), 0, last.id().value());
            case CLIENT -> new Place(null, 0, last.id().value());
            case CLOSED -> new Place(text(last.closedAt()), 0, last.id().value());
            case WAITING -> new Place(text(last.waitingSince()), 0, last.id().value());
            case STATUS ->
                new Place(
                        last.openedAt().toString(),
                        last.projectStatus().id().value(),
                        last.id().value());
            case ASSIGNED ->
                new Place(
                        last.openedAt().toString(),
                        worker == null ? 0 : worker.value(),
                        last.id().value());
        };
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The place with its client's name: only of a case that the viewer may see, else it would tell where the name stands. */
    private Place named(Place after, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql("select c.client_sort from case_file c where c.id = :id and "
                        + scope.sql("c.project_id", CaseRows.OWN))
                .params(scope.params())
                .param("id", after.id())
                .query((ResultSet row, int number) -> new Place(name(row), 0, after.id()))
                .optional()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable"));
    }

    private static String name(ResultSet row) throws SQLException {
        return row.getString(1);
    }

    /** Clients with this number, for viewers who may see numbers somewhere; whose they are is asked of each case. */
    /** Ids of the project's statuses by their keys, where the query has a rule on them. */
    private Map<String, Long> statuses(CaseQuery query) {
        ProjectId project = query.projectId();
        return project == null || !query.rules().containsKey(CaseQuery.STATUS)
                ? Map.of()
                : statuses.of(project).stream().collect(Collectors.toMap(ProjectStatus::key, status -> status.id()
                        .value()));
    }

    private List<Long> numbered(CaseQuery query, Viewer viewer) {
        String digits = query.text().replaceAll("[\\s()./+-]", "");
        if (digits.length() < SHORTEST_NUMBER
                || !digits.chars().allMatch(each -> each >= '0' && each <= '9')
                || !viewer.mayAnywhere(Permission.READ_PROFILE)) {
            return List.of();
        }
        return jdbc.sql("""
                        select distinct t.profile_id from contact_point t
                         where t.removed_at is null and t.value like :digits limit :most
                        """)
                .param("digits", "%" + digits.replaceFirst("^0+", "") + "%")
                .param("most", MOST_NUMBERED)
                .query(Long.class)
                .list();
    }
}
