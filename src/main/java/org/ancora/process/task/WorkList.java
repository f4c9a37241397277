package org.ancora.process.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskQuery.Place;
import org.ancora.process.task.TaskQuery.Sort;
import org.ancora.process.task.TaskQuery.Tab;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists of open tasks: one statement a page, one for all counts, however many tasks there are. Pages go on from the last
 * row; counts stop at a thousand. "Today" and "this week" are those of each task's project.
 */
@Component
class WorkList {

    static final int PAGE = 50;

    /** Beyond this a count only says "more". */
    static final int COUNTED_UP_TO = 1000;

    /** Each project's end of today and of this week. */
    private static final String DAYS = """
            with days as (
                select * from unnest(:dayProjects::bigint[], :dayEnds::timestamptz[], :weekEnds::timestamptz[])
                           as d(project_id, day_ends, week_ends))
            """;

    /** Due before the week ends, or at no time: said of the column that the indexes are ordered by. */
    private static final String THIS_WEEK = "(w.sort_at < d.week_ends or w.sort_at = 'infinity')";

    private final JdbcClient jdbc;
    private final WorkItemTable table;
    private final Clock clock;

    WorkList(JdbcClient jdbc, WorkItemTable table, Clock clock) {
        this.jdbc = jdbc;
        this.table = table;
        this.clock = clock;
    }

    /** Where a task stands among the others. */
    enum Group {
        LATE,
        TODAY,
        WEEK,
        LATER;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A task with its group. */
    record Row(WorkItem task, Group group) {}

    /** A page of a list; {@code next} is null on the last one. */
    record Page(List<Row> rows, @Nullable Place next) {}

    /** How many there are, each at most one more than {@link #COUNTED_UP_TO}. */
    record Counts(Map<Tab, Integer> tabs, Map<Group, Integer> groups) {}

    /** What can be filtered by, out of the first tasks of each of the viewer's projects, about a thousand in all. */
    record Facet(
            ProjectId project,
            String procedure,
            String process,
            String element,
            @Nullable String callingElement) {}

    Page page(TaskQuery query, Viewer viewer, Map<ProjectId, ZoneId> zones) {
        Map<String, Object> params = params(query, viewer, zones);
        StringBuilder some = new StringBuilder(where(query.tab(), query, viewer));
        Place after = query.after();
        if (after != null) {
            some.append(
                    switch (query.sort()) {
                        case DUE -> " and (w.sort_at, w.id) > (cast(:afterValue as timestamptz), :afterId)";
                        case NEWEST -> " and (w.created_at, w.id) < (cast(:afterValue as timestamptz), :afterId)";
                        case CASE -> " and (w.case_code, w.id) > (:afterValue, :afterId)";
                    });
            params.put("afterValue", after.value());
            params.put("afterId", after.id());
        }
        String order =
                switch (query.sort()) {
                    case DUE -> " order by w.sort_at, w.id";
                    case NEWEST -> " order by w.created_at desc, w.id desc";
                    case CASE -> " order by w.case_code, w.id";
                };
        List<Row> rows = jdbc.sql(DAYS
                        + """
                        select w.*, a.name as assignee_name,
                               case when w.due_at < :now then 'LATE' when w.due_at < w.day_ends then 'TODAY'
                                    when coalesce(w.due_at < w.week_ends, true) then 'WEEK' else 'LATER' end as due_group
                          from (select w.*, d.day_ends, d.week_ends from %s %s limit %d) w
                          left join account a on a.id = w.assignee
                        %s
                        """.formatted(
                                tasks(query.tab(), "w.*", some.toString(), order, PAGE + 1), order, PAGE + 1, order))
                .params(params)
                .query(this::row)
                .list();
        return rows.size() <= PAGE
                ? new Page(rows, null)
                : new Page(
                        List.copyOf(rows.subList(0, PAGE)),
                        place(rows.get(PAGE - 1).task(), query.sort()));
    }

    /** All counts of the page in one statement: each list's, and the present list's groups. */
    Counts counts(TaskQuery query, Viewer viewer, Map<ProjectId, ZoneId> zones) {
        List<String> columns = new ArrayList<>();
        for (Tab tab : Tab.values()) {
            columns.add(count(tab, where(tab, query, viewer), "tab_" + tab.code()));
        }
        String present = where(query.tab(), query, viewer);
        columns.add(count(query.tab(), present + " and w.sort_at < :now", "late"));
        columns.add(count(query.tab(), present + " and w.sort_at >= :now and w.sort_at < d.day_ends", "today"));
        columns.add(count(query.tab(), present + " and w.sort_at >= d.day_ends and " + THIS_WEEK, "week"));
        return jdbc.sql(DAYS + "select " + String.join(",\n       ", columns))
                .params(params(query, viewer, zones))
                .query((row, number) -> counts(row))
                .single();
    }

    /** How many tasks of the viewer's own may be done now: what the navigation shows. */
    int open(Viewer viewer) {
        return jdbc.sql("""
                        select count(*) from (
                            select 1 from work_item w
                             where %s and w.assignee = :scopeViewer and coalesce(w.opens_at <= :now, true)
                             limit :limit) x
                        """.formatted(rights(viewer)))
                .params(TaskAccess.params(viewer))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("limit", COUNTED_UP_TO)
                .query(Integer.class)
                .single();
    }

    List<Facet> facets(Viewer viewer) {
        return jdbc.sql("""
                        select distinct w.project_id, w.root_process_key, w.process_key, w.element, w.calling_element
                          from unnest(:facetProjects::bigint[]) as d(project_id)
                          cross join lateral (
                              select * from work_item w where w.project_id = d.project_id and %s
                               order by w.sort_at, w.id limit %d) w
                         order by w.project_id, w.root_process_key, w.process_key, w.element, w.calling_element
                        """.formatted(
                        rights(viewer),
                        Math.max(
                                PAGE,
                                COUNTED_UP_TO / Math.max(1, viewer.projects().size()))))
                .params(TaskAccess.params(viewer))
                .param("facetProjects", TaskAccess.ids(viewer.projects()))
                .query((row, number) -> new Facet(
                        new ProjectId(row.getLong("project_id")),
                        row.getString("root_process_key"),
                        row.getString("process_key"),
                        row.getString("element"),
                        row.getString("calling_element")))
                .list();
    }

    private static String count(Tab tab, String where, String name) {
        return "(select count(*) from (select 1 from " + tasks(tab, "1", where, "", COUNTED_UP_TO + 1) + " limit "
                + (COUNTED_UP_TO + 1) + ") x) as " + name;
    }

    /**
     * The first tasks of each project, called {@code w}, beside the project's days, called {@code d}. Each project's own
     * index gives its few first rows in order, so that the longest list costs no more than a short one; asked for
     * together, all rows of all projects would be read and sorted. One person's tasks are few and have an index of their
     * own. Limits are written out: as parameters they are unknown to the planner, which then prepares for many rows.
     */
    private static String tasks(Tab tab, String columns, String where, String order, int limit) {
        return tab == Tab.MINE || tab == Tab.UPCOMING
                ? "days d join work_item w on w.project_id = d.project_id where " + where
                : "days d cross join lateral (select " + columns
                        + " from work_item w where w.project_id = d.project_id and " + where + order + " limit " + limit
                        + ") w";
    }

    /**
     * The viewer's rights, hidden from the planner inside a case: it takes their alternatives for rare, collects every row
     * of a project by bitmaps and sorts them all, where the first rows in order of an index would do.
     */
    private static String rights(Viewer viewer) {
        return "case when " + TaskAccess.sql(viewer) + " then true else false end";
    }

    private static String where(Tab tab, TaskQuery query, Viewer viewer) {
        StringBuilder sql = new StringBuilder(rights(viewer));
        sql.append(
                switch (tab) {
                    case MINE -> " and w.assignee = :scopeViewer and " + THIS_WEEK;
                    case UPCOMING ->
                        " and w.assignee = :scopeViewer and w.sort_at >= d.week_ends and w.sort_at < 'infinity'";
                    case TEAM -> "";
                    case UNASSIGNED -> " and w.assignee is null";
                    case CALLS -> " and w.kind = 'call'";
                });
        if (query.project() != null) {
            sql.append(" and w.project_id = :project");
        }
        if (query.procedure() != null) {
            sql.append(" and w.root_process_key = :procedure");
        }
        if (query.step() != null) {
            sql.append(" and w.element = :step");
        }
        if (query.text() != null) {
            sql.append(" and w.case_code ilike :text");
        }
        return sql.toString();
    }

    private Map<String, Object> params(TaskQuery query, Viewer viewer, Map<ProjectId, ZoneId> zones) {
        Instant now = clock.instant();
        Map<String, Object> params = new HashMap<>(TaskAccess.params(viewer));
        params.put("now", now.atOffset(ZoneOffset.UTC));
        List<ProjectId> projects = List.copyOf(zones.keySet());
        params.put("dayProjects", projects.stream().map(ProjectId::value).toArray(Long[]::new));
        params.put(
                "dayEnds",
                projects.stream()
                        .map(project -> ends(today(now, zones, project).plusDays(1), zones, project))
                        .toArray(String[]::new));
        params.put(
                "weekEnds",
                projects.stream()
                        .map(project -> ends(
                                today(now, zones, project).with(TemporalAdjusters.next(DayOfWeek.MONDAY)),
                                zones,
                                project))
                        .toArray(String[]::new));
        ProjectId project = query.project();
        if (project != null) {
            params.put("project", project.value());
        }
        putIfThere(params, "procedure", query.procedure());
        putIfThere(params, "step", query.step());
        String text = query.text();
        putIfThere(params, "text", text == null ? null : "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%");
        return params;
    }

    private static LocalDate today(Instant now, Map<ProjectId, ZoneId> zones, ProjectId project) {
        return LocalDate.ofInstant(now, zone(zones, project));
    }

    private static String ends(LocalDate day, Map<ProjectId, ZoneId> zones, ProjectId project) {
        return day.atStartOfDay(zone(zones, project)).toInstant().toString();
    }

    private static ZoneId zone(Map<ProjectId, ZoneId> zones, ProjectId project) {
        return zones.getOrDefault(project, ZoneOffset.UTC);
    }

    private static void putIfThere(Map<String, Object> params, String name, @Nullable Object value) {
        if (value != null) {
            params.put(name, value);
        }
    }

    private Row row(ResultSet row, int number) throws SQLException {
        return new Row(table.item(row, number), Group.valueOf(row.getString("due_group")));
    }

    private static Counts counts(ResultSet row) throws SQLException {
        Map<Tab, Integer> tabs = new EnumMap<>(Tab.class);
        for (Tab tab : Tab.values()) {
            tabs.put(tab, row.getInt("tab_" + tab.code()));
        }
        Map<Group, Integer> groups = new EnumMap<>(Group.class);
        for (Group group : List.of(Group.LATE, Group.TODAY, Group.WEEK)) {
            groups.put(group, row.getInt(group.code()));
        }
        return new Counts(tabs, groups);
    }

    private static Place place(WorkItem last, Sort sort) {
        return switch (sort) {
            case DUE -> new Place(text(last.due()), last.id());
            case NEWEST -> new Place(text(last.created()), last.id());
            case CASE -> new Place(String.valueOf(last.caseCode()), last.id());
        };
    }

    private static String text(@Nullable Instant instant) {
        return instant == null
                ? "infinity"
                : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC).toInstant().toString();
    }
}
