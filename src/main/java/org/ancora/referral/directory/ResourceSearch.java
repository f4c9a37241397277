package org.ancora.referral.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds resources: each statement knows what its viewer may see, so that a hidden place is in no list and in no count. */
@Component
class ResourceSearch {

    static final int PAGE = 20;

    /** Counting goes no further; nobody reads on from there. */
    static final int COUNTED = 1000;

    private static final int IRREGULAR = 5000;

    /** From which likeness on a name is offered instead, of 1: a slip of one or two letters. */
    private static final String ALIKE = "0.45";

    private final JdbcClient jdbc;
    private final Projects projects;
    private final Clock clock;
    private final TransactionTemplate transaction;

    ResourceSearch(JdbcClient jdbc, Projects projects, Clock clock, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** A statement with its parameters. */
    record Statement(String sql, Map<String, Object> params) {}

    /** One resource, as its table has it. */
    record Row(
            long id,
            long source,
            ProjectId project,
            String serviceRef,
            @Nullable String atRef,
            @Nullable String locationRef,
            @Nullable String organizationRef,
            boolean active,
            boolean confidential,
            String name,
            String organization,
            String place,
            String status,
            @Nullable LocalDate assuredOn,
            @Nullable Integer capacity,
            List<Long> terms,
            List<String> languages,
            String hours) {

        /** What its rows hang on. */
        List<String> owners() {
            List<String> owners = new ArrayList<>();
            if (atRef != null) {
                owners.add("service_at_location:" + atRef);
            }
            if (locationRef != null) {
                owners.add("location:" + locationRef);
            }
            owners.add("service:" + serviceRef);
            if (organizationRef != null) {
                owners.add("organization:" + organizationRef);
            }
            return owners;
        }
    }

    /**
     * A page of what was found.
     *
     * @param count capped at one more than {@link #COUNTED}
     * @param next after which resource the next page begins, or null
     * @param alike whether nothing has these words, and these only resemble them
     */
    record Found(List<Row> rows, int count, @Nullable Long next, boolean alike) {}

    Found search(ResourceQuery query, Viewer viewer) {
        if (Scope.of(viewer, Permission.SEARCH_DIRECTORY).isEmpty()) {
            return new Found(List.of(), 0, null, false);
        }
        Statement where = where(query, viewer, "");
        List<Row> rows = rows(page(where, query, viewer));
        boolean first = query.after() == null;
        int count = first && rows.size() <= PAGE ? rows.size() : count(where);
        if (rows.isEmpty() && first && !query.text().isEmpty()) {
            rows = alike(query, viewer);
            return rows.isEmpty() ? new Found(rows, 0, null, false) : new Found(rows, 0, null, true);
        }
        boolean more = rows.size() > PAGE;
        List<Row> shown = more ? rows.subList(0, PAGE) : rows;
        return new Found(shown, count, more ? shown.get(PAGE - 1).id() : null, false);
    }

    /** Names that resemble what was typed, the closest first. */
    private List<Row> alike(ResourceQuery query, Viewer viewer) {
        Statement alike = where(query, viewer, "alike");
        return Objects.requireNonNull(transaction.execute(reading -> {
            jdbc.sql("select set_config('pg_trgm.word_similarity_threshold', '" + ALIKE + "', true)")
                    .query(String.class)
                    .single();
            return rows(new Statement(
                    SELECT + " where " + alike.sql()
                            + " order by word_similarity(:alike, r.title) desc, r.sort, r.id limit " + PAGE,
                    alike.params()));
        }));
    }

    /** The statements of a page, for whoever looks at their plans. */
    List<Statement> statements(ResourceQuery query, Viewer viewer) {
        Statement where = where(query, viewer, "");
        return List.of(page(where, query, viewer), counting(where));
    }

    /** One resource, if this person may see it; inactive ones too, since referrals point at them. */
    Optional<Row> find(long id, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql(SELECT + " where r.id = :id and " + seen(scope, viewer))
                .params(params(scope, viewer))
                .param("id", id)
                .query(ResourceSearch::row)
                .optional();
    }

    /** Other places at which the same service is offered. */
    List<Row> elsewhere(Row row, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql(SELECT
                        + " where r.source_id = :source and r.service_ref = :service and r.id <> :id and r.active and "
                        + seen(scope, viewer) + " order by r.place, r.id limit 50")
                .params(params(scope, viewer))
                .param("source", row.source())
                .param("service", row.serviceRef())
                .param("id", row.id())
                .query(ResourceSearch::row)
                .list();
    }

    /** The terms right below one that this viewer would find something with. */
    List<Option> narrower(long term, int most, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql("""
                        select t.id, t.name from directory_taxonomy_term t
                          join directory_source s on s.id = t.source_id
                         where t.active and t.path[2] = :term and %s
                           and exists (select 1 from directory_resource r
                                        where r.active and r.term_ids @> array[t.id] and %s)
                         order by t.name, t.id limit :most
                        """.formatted(scope.sql("s.project_id"), seen(scope, viewer)))
                .params(params(scope, viewer))
                .param("term", term)
                .param("most", most)
                .query((row, number) -> new Option(row.getString(1), row.getString(2)))
                .list();
    }

    private List<Row> rows(Statement statement) {
        return jdbc.sql(statement.sql())
                .params(statement.params())
                .query(ResourceSearch::row)
                .list();
    }

    private int count(Statement where) {
        Statement counting = counting(where);
        return jdbc.sql(counting.sql())
                .params(counting.params())
                .query(Integer.class)
                .single();
    }

    private static Statement page(Statement where, ResourceQuery query, Viewer viewer) {
        Map<String, Object> params = new HashMap<>(where.params());
        String after = "";
        if (query.after() != null) {
            // A place that the viewer may not know of must not show by where the list goes on.
            after = " and (r.sort, r.id) > (select r.sort, r.id from directory_resource r where r.id = :after and "
                    + seen(Scope.of(viewer, Permission.SEARCH_DIRECTORY), viewer) + ")";
            params.put("after", query.after());
        }
        return new Statement(
                SELECT + " where " + where.sql() + after + " order by r.sort, r.id limit " + (PAGE + 1), params);
    }

    private static Statement counting(Statement where) {
        return new Statement(
                "select count(*) from (select 1 from directory_resource r where " + where.sql() + " limit "
                        + (COUNTED + 1) + ") c",
                where.params());
    }

    private Statement where(ResourceQuery query, Viewer viewer, String how) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        Map<String, Object> params = params(scope, viewer);
        StringBuilder sql = new StringBuilder("r.active and " + seen(scope, viewer));
        if (how.isEmpty()) {
            words(query.text(), sql, params);
        } else {
            sql.append(" and :alike <% r.title");
            params.put("alike", String.join(" ", Plain.words(query.text())));
        }
        int number = 0;
        for (String word : Plain.words(query.area())) {
            sql.append(" and r.area_words @@ to_tsquery('simple', :area")
                    .append(number)
                    .append(")");
            params.put("area" + number++, word + ":*");
        }
        if (query.need() != null) {
            sql.append(" and r.term_ids @> array[:need]::bigint[]");
            params.put("need", query.need());
        }
        if (!query.language().isEmpty()) {
            sql.append(" and r.languages @> array[:language]::text[]");
            params.put("language", query.language());
        }
        if (query.source() != null) {
            sql.append(" and r.source_id = :source");
            params.put("source", query.source());
        }
        if (query.project() != null) {
            sql.append(" and r.project_id in (select p.id from project p join project q on q.network_id = p.network_id"
                    + " where q.id = :project)");
            params.put("project", query.project());
        }
        if (query.open()) {
            open(sql, params);
        }
        return new Statement(sql.toString(), params);
    }

    /** Every word as it begins, or by its stem in any of the three languages; a search without words finds nothing. */
    private static void words(String text, StringBuilder sql, Map<String, Object> params) {
        List<String> words = Plain.words(text);
        if (!text.isEmpty() && words.isEmpty()) {
            sql.append(" and false");
        }
        List<String> parts = new ArrayList<>();
        for (int number = 0; number < words.size(); number++) {
            parts.add(("(to_tsquery('simple', :word%1$d || ':*') || plainto_tsquery('english', :word%1$d)"
                            + " || plainto_tsquery('spanish', :word%1$d) || plainto_tsquery('italian', :word%1$d))")
                    .formatted(number));
            params.put("word" + number, words.get(number));
        }
        if (!parts.isEmpty()) {
            sql.append(" and r.words @@ (").append(String.join(" && ", parts)).append(")");
        }
    }

    /**
     * Open now: by the minute of the week where that is all there is to say; the few with rules of their own are looked at one by
     * one.
     */
    private void open(StringBuilder sql, Map<String, Object> params) {
        params.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        String open = " and r.zone is not null and r.open_week @> "
                + "((extract(isodow from :now::timestamptz at time zone r.zone)::int - 1) * 1440"
                + " + extract(hour from :now::timestamptz at time zone r.zone)::int * 60"
                + " + extract(minute from :now::timestamptz at time zone r.zone)::int)";
        List<Row> irregular = rows(new Statement(
                SELECT + " where not r.open_exactly and " + sql + open + " order by r.id limit " + IRREGULAR, params));
        Map<ProjectId, ZoneId> zones = zones(irregular);
        Long[] now = irregular.stream()
                .filter(row -> Hours.read(row.hours(), Objects.requireNonNull(zones.get(row.project())))
                        .isOpen(clock.instant()))
                .map(Row::id)
                .toArray(Long[]::new);
        sql.append(open).append(" and (r.open_exactly or r.id = any(:irregular))");
        params.put("irregular", now);
    }

    /** The zones in which schedules are meant that name none. */
    Map<ProjectId, ZoneId> zones(List<Row> rows) {
        Set<ProjectId> ids = rows.stream().map(Row::project).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<ProjectId, ZoneId> zones = new HashMap<>();
        for (Map.Entry<ProjectId, Project> each : projects.withIds(ids).entrySet()) {
            zones.put(each.getKey(), each.getValue().calendar().zone());
        }
        return zones;
    }

    /** What a viewer may see: resources of their networks, and confidential ones where they are allowed to. */
    private static String seen(Scope scope, Viewer viewer) {
        return scope.sql("r.project_id")
                + (viewer.isSystem() ? "" : " and (not r.confidential or r.project_id = any(:confidential))");
    }

    private static Map<String, Object> params(Scope scope, Viewer viewer) {
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put(
                "confidential",
                viewer.projects(Permission.SEE_CONFIDENTIAL_PLACES).stream()
                        .map(ProjectId::value)
                        .toArray(Long[]::new));
        return params;
    }

    private static final String SELECT = """
            select r.id, r.source_id, r.project_id, r.service_ref, r.at_ref, r.location_ref, r.organization_ref, r.active,
                   r.confidential, r.name, r.organization, r.place, r.status, r.assured_on, r.capacity, r.term_ids,
                   r.languages, r.hours::text as hours
              from directory_resource r
            """;

    private static Row row(ResultSet row, int number) throws SQLException {
        Number capacity = (Number) row.getObject("capacity");
        return new Row(
                row.getLong("id"),
                row.getLong("source_id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("service_ref"),
                row.getString("at_ref"),
                row.getString("location_ref"),
                row.getString("organization_ref"),
                row.getBoolean("active"),
                row.getBoolean("confidential"),
                row.getString("name"),
                row.getString("organization"),
                row.getString("place"),
                row.getString("status"),
                row.getObject("assured_on", LocalDate.class),
                capacity == null ? null : capacity.intValue(),
                Arrays.asList((Long[]) row.getArray("term_ids").getArray()),
                Arrays.asList((String[]) row.getArray("languages").getArray()),
                row.getString("hours"));
    }
}
