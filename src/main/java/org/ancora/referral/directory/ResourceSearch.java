package org.ancora.referral.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.casework.FreshPlans;
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

    /** So many matches are sorted before a row of the order is asked. */
    private static final int SORTED = 3500;

    /** So many rows at the front of the order are asked when more match. */
    private static final int FRONT = 2000;

    private static final int IRREGULAR = 5000;

    /** From which likeness on a word is taken for what was meant, of 1: a slip of one or two letters. */
    private static final String ALIKE = "0.4";

    /** So many words may be meant by one. */
    private static final int CLOSE_WORDS = 8;

    private final FreshPlans plans;
    private final JdbcClient jdbc;
    private final Projects projects;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Needs needs;

    ResourceSearch(
            FreshPlans plans,
            JdbcClient jdbc,
            Projects projects,
            Clock clock,
            TransactionTemplate transaction,
            Needs needs) {
        this.plans = plans;
        this.jdbc = jdbc;
        this.projects = projects;
        this.clock = clock;
        this.transaction = transaction;
        this.needs = needs;
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
        return search(query, viewer, statement -> {});
    }

    /**
     * The same, and tells of each statement right before it is carried out, in the same transaction and with the same
     * settings, so that whoever asks for its plan gets the one that it has.
     */
    Found search(ResourceQuery query, Viewer viewer, Consumer<Statement> told) {
        if (Scope.of(viewer, Permission.SEARCH_DIRECTORY).isEmpty()) {
            return new Found(List.of(), 0, null, false);
        }
        return Objects.requireNonNull(transaction.execute(reading -> {
            Where where = where(query, viewer, told);
            Page page = where.asked().isEmpty() ? inOrder(where, told) : matching(where, told);
            List<Row> rows = page.rows();
            if (rows.isEmpty() && query.after() == null && !query.text().isEmpty()) {
                rows = alike(query, viewer, told);
                return new Found(rows, 0, null, !rows.isEmpty());
            }
            boolean more = rows.size() > PAGE;
            List<Row> shown = more ? rows.subList(0, PAGE) : rows;
            return new Found(shown, page.count(), more ? shown.get(PAGE - 1).id() : null, false);
        }));
    }

    /** A page with one row more, and how many there are in all, capped. */
    private record Page(List<Row> rows, int count) {}

    /** Everything that may be seen, or all of it that is open, read as it stands in the order. */
    private Page inOrder(Where where, Consumer<Statement> told) {
        List<Row> rows = where.open()
                ? rows(where.statement(OPEN_IN_ORDER), told)
                : rows(where.statement(SELECT + " where %s%s" + IN_ORDER), told);
        if (where.fromTheStart() && rows.size() <= PAGE) {
            return new Page(rows, rows.size());
        }
        Statement counting = where.statement(
                "select count(*) from (select 1 from directory_resource r where %s limit " + (COUNTED + 1) + ") c");
        told.accept(counting);
        int count = plans.sql(counting.sql())
                .params(counting.params())
                .query(Integer.class)
                .single();
        return new Page(rows, count);
    }

    /**
     * The matches first, from the indexes, and their order afterwards: they may all stand late in it, and asking each row on
     * the way for its words reads pages that no index holds. Where more match than are worth sorting, some at the front of the
     * order usually do, so that is tried before; of what is open now they need not, so that is merged from its weeks.
     */
    private Page matching(Where where, Consumer<Statement> told) {
        Page matches = byIndexes(() -> matches(where.statement(MATCHES), told));
        if (matches.count() <= SORTED) {
            return new Page(matches.rows(), Math.min(matches.count(), COUNTED + 1));
        }
        if (where.open()) {
            return new Page(rows(where.statement(OPEN_IN_ORDER), told), COUNTED + 1);
        }
        List<Row> rows = rows(where.statement(AT_THE_FRONT), told);
        if (rows.size() <= PAGE) {
            rows = byIndexes(() -> rows(where.statement(SELECT + " where %s%s" + IN_ORDER), told));
        }
        return new Page(rows, COUNTED + 1);
    }

    private Page matches(Statement statement, Consumer<Statement> told) {
        told.accept(statement);
        int[] count = new int[1];
        List<Row> rows = new ArrayList<>();
        plans.sql(statement.sql()).params(statement.params()).query(each -> {
            count[0] = each.getInt("matches");
            if (each.getObject("id") != null) {
                rows.add(row(each, rows.size()));
            }
        });
        return new Page(rows, count[0]);
    }

    /** Reads by the indexes of what is asked: the planner does not know what it costs to ask a row for its words. */
    private <T> T byIndexes(Supplier<T> reading) {
        otherWays("off");
        T read = reading.get();
        otherWays("on");
        return read;
    }

    private void otherWays(String allowed) {
        jdbc.sql("select set_config('enable_seqscan', :allowed, true), set_config('enable_indexscan', :allowed, true)")
                .param("allowed", allowed)
                .query((row, number) -> row.getString(1))
                .single();
    }

    /**
     * Names with words that resemble what was typed: first those with the closest of each, in the order of every list. A word
     * that resembles none is left out.
     */
    private List<Row> alike(ResourceQuery query, Viewer viewer, Consumer<Statement> told) {
        List<List<String>> close = Plain.words(query.text()).stream()
                .map(word -> close(word, viewer, told))
                .filter(words -> !words.isEmpty())
                .toList();
        if (close.isEmpty()) {
            return List.of();
        }
        Where where = where(query.withoutText(), viewer, told);
        Map<Long, Row> found = new LinkedHashMap<>();
        for (int most : new int[] {1, CLOSE_WORDS}) {
            if (found.size() < PAGE) {
                String titles = close.stream()
                        .map(words -> words.stream().limit(most).collect(Collectors.joining("':A | '", "('", "':A)")))
                        .collect(Collectors.joining(" & "));
                matching(where.and("r.words @@ to_tsquery('simple', :titles)", "titles", titles), told)
                        .rows()
                        .forEach(row -> found.putIfAbsent(row.id(), row));
            }
        }
        return found.values().stream().limit(PAGE).toList();
    }

    /** The words of names that a word resembles, the closest first. */
    private List<String> close(String word, Viewer viewer, Consumer<Statement> told) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("typed", word);
        Statement closest = new Statement(CLOSEST.formatted(scope.sql("s.project_id")), params);
        jdbc.sql("select set_config('pg_trgm.similarity_threshold', '" + ALIKE + "', true)")
                .query(String.class)
                .single();
        told.accept(closest);
        return plans.sql(closest.sql())
                .params(closest.params())
                .query(String.class)
                .list();
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
        return needs.narrower(term, most, viewer, seen(scope, viewer), params(scope, viewer));
    }

    private List<Row> rows(Statement statement, Consumer<Statement> told) {
        told.accept(statement);
        return plans.sql(statement.sql())
                .params(statement.params())
                .query(ResourceSearch::row)
                .list();
    }

    /**
     * What is looked for.
     *
     * @param seen what the viewer may see at all, of the source and project asked for
     * @param asked of these, what fits; empty for everything
     * @param open whether only what is open now, of these
     * @param after where the page begins; empty for the first
     * @param keepers the projects of which the viewer may see anything, as a condition on {@code s.project_id}
     */
    private record Where(
            String seen, String asked, boolean open, String after, String keepers, Map<String, Object> params) {

        boolean fromTheStart() {
            return after.isEmpty();
        }

        String all() {
            return fitting() + (open ? " and r.opening = any(:openings)" : "");
        }

        /** Without the weeks that are open, which {@link #OPEN_IN_ORDER} goes through one by one. */
        private String fitting() {
            return seen + (open ? " and " + KEEPS_ITS_WEEK : "") + (asked.isEmpty() ? "" : " and " + asked);
        }

        /** What fits this as well. */
        Where and(String condition, String name, Object value) {
            Map<String, Object> more = new HashMap<>(params);
            more.put(name, value);
            return new Where(
                    seen, asked.isEmpty() ? condition : asked + " and " + condition, open, after, keepers, more);
        }

        /** Puts what is looked for, and where the page begins, into a statement. */
        Statement statement(String sql) {
            if (sql.equals(OPEN_IN_ORDER)) {
                return new Statement(sql.formatted(keepers, fitting(), after), params);
            }
            String filled = sql.equals(AT_THE_FRONT) ? sql.formatted(seen, after, asked) : sql.formatted(all(), after);
            return new Statement(filled, params);
        }
    }

    private Where where(ResourceQuery query, Viewer viewer, Consumer<Statement> told) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        Map<String, Object> params = params(scope, viewer);
        StringBuilder seen = new StringBuilder("r.active and " + seen(scope, viewer));
        if (query.source() != null) {
            seen.append(" and r.source_id = :source");
            params.put("source", query.source());
        }
        if (query.project() != null) {
            seen.append(" and r.project_id in (select p.id from project p join project q on q.network_id = p.network_id"
                    + " where q.id = :project)");
            params.put("project", query.project());
        }
        String after = "";
        if (query.after() != null) {
            // A place that the viewer may not know of must not show by where the list goes on.
            after = " and (r.sort, r.id) > (select r.sort, r.id from directory_resource r where r.id = :after and "
                    + seen(scope, viewer) + ")";
            params.put("after", query.after());
        }
        List<String> asked = new ArrayList<>();
        words(query.text(), asked, params);
        int number = 0;
        for (String word : Plain.words(query.area())) {
            asked.add("r.area_words @@ to_tsquery('simple', :area" + number + ")");
            params.put("area" + number++, word + ":*");
        }
        Long need = query.need();
        if (need != null) {
            List<Long> same = needs.same(need, viewer);
            // One in nearly every search: the planner knows more of it than of several.
            asked.add(same.size() == 1 ? "r.term_ids @> :need::bigint[]" : "r.term_ids && :need::bigint[]");
            params.put("need", same.toArray(Long[]::new));
        }
        if (!query.language().isEmpty()) {
            asked.add("r.languages @> array[:language]::text[]");
            params.put("language", query.language());
        }
        String fits = String.join(" and ", asked);
        if (query.open()) {
            open(seen + (fits.isEmpty() ? "" : " and " + fits), params, told);
        }
        return new Where(seen.toString(), fits, query.open(), after, scope.sql("s.project_id"), params);
    }

    /** Every word as it begins, or by its stem in any of the three languages; a search without words finds nothing. */
    private static void words(String text, List<String> asked, Map<String, Object> params) {
        List<String> words = Plain.words(text);
        if (!text.isEmpty() && words.isEmpty()) {
            asked.add("false");
        }
        List<String> parts = new ArrayList<>();
        for (int number = 0; number < words.size(); number++) {
            parts.add(("(to_tsquery('simple', :word%1$d || ':*') || plainto_tsquery('english', :word%1$d)"
                            + " || plainto_tsquery('spanish', :word%1$d) || plainto_tsquery('italian', :word%1$d))")
                    .formatted(number));
            params.put("word" + number, words.get(number));
        }
        if (!parts.isEmpty()) {
            asked.add("r.words @@ (" + String.join(" && ", parts) + ")");
        }
    }

    /**
     * Open now: what keeps a week that is open at this minute of its zone. The few with rules of their own are looked at one by
     * one.
     */
    private void open(String fitting, Map<String, Object> params, Consumer<Statement> told) {
        Instant now = clock.instant();
        Statement weeks = new Statement(OPEN_WEEKS, Map.of("now", now.atOffset(ZoneOffset.UTC)));
        told.accept(weeks);
        params.put(
                "openings",
                plans.sql(weeks.sql())
                        .params(weeks.params())
                        .query(Long.class)
                        .list()
                        .toArray(Long[]::new));
        List<Row> irregular = rows(
                new Statement(
                        SELECT + " where not r.open_exactly and r.opening = any(:openings) and " + fitting
                                + " order by r.id limit " + IRREGULAR,
                        Map.copyOf(params)),
                told);
        Map<ProjectId, ZoneId> zones = zones(irregular);
        Map<Map.Entry<String, ZoneId>, Boolean> known = new HashMap<>();
        Long[] open = irregular.stream()
                .filter(row -> known.computeIfAbsent(
                        Map.entry(row.hours(), Objects.requireNonNull(zones.get(row.project()))),
                        hours -> Hours.read(hours.getKey(), hours.getValue()).isOpen(now)))
                .map(Row::id)
                .toArray(Long[]::new);
        params.put("irregular", open);
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

    private static final String COLUMNS = """
            r.id, r.source_id, r.project_id, r.service_ref, r.at_ref, r.location_ref, r.organization_ref, r.active,
            r.confidential, r.name, r.organization, r.place, r.status, r.assured_on, r.capacity, r.term_ids,
            r.languages, r.hours::text as hours
            """;

    private static final String SELECT = "select " + COLUMNS + " from directory_resource r";

    private static final String IN_ORDER = " order by r.sort, r.id limit " + (PAGE + 1);

    /** How many match, and the page among them; none where they are more than {@link #SORTED}. */
    private static final String MATCHES = """
            with found as materialized (
                select r.id, r.sort from directory_resource r where %%1$s limit %d
            ), counted as materialized (
                select count(*) as matches from found
            )
            select m.matches, %s
              from counted m
              left join (directory_resource r
                         join (select r.id from found r where (select matches from counted) <= %d%%2$s
                                order by r.sort, r.id limit %d) p on p.id = r.id) on true
             order by r.sort, r.id
            """.formatted(SORTED + 1, COLUMNS, SORTED, PAGE + 1);

    private static final String CLOSEST = """
            select w.word
              from directory_title_word w join directory_source s on s.id = w.source_id
             where %%s and w.word %%%% :typed
             group by w.word
             order by similarity(w.word, :typed) desc, w.word
             limit %d
            """.formatted(CLOSE_WORDS);

    /** The page, if enough fits among the first of the order. */
    private static final String AT_THE_FRONT = """
            select %s
              from (select r.* from directory_resource r where %%1$s%%2$s order by r.sort, r.id limit %d) r
             where %%3$s
             order by r.sort, r.id limit %d
            """.formatted(COLUMNS, FRONT, PAGE + 1);

    /** Of a week that is open: those that have no other rule, and those whose rule says that they are. */
    private static final String KEEPS_ITS_WEEK = "(r.open_exactly or r.id = any(:irregular))";

    /**
     * The page of what is open, merged from the first of each open week: each week's stand in order by themselves, and there
     * are few weeks.
     */
    private static final String OPEN_IN_ORDER = """
            select %s
              from unnest(:openings::bigint[]) o (opening)
              cross join (select distinct s.project_id from directory_source s where %%s) k
              cross join lateral (
                  select r.* from directory_resource r
                   where r.opening = o.opening and r.project_id = k.project_id and r.opening is not null and %%s%%s
                   order by r.sort, r.id limit %d) r
             order by r.sort, r.id limit %d
            """.formatted(COLUMNS, PAGE + 1, PAGE + 1);

    /** The weeks that are open now: from one to the next in their index, whoever keeps them. */
    private static final String OPEN_WEEKS = """
            with recursive kept as (
                (select r.opening, r.zone, r.open_week from directory_resource r
                  where r.active and r.opening is not null order by r.opening limit 1)
                union all
                select n.opening, n.zone, n.open_week
                  from kept k cross join lateral (
                      select r.opening, r.zone, r.open_week from directory_resource r
                       where r.active and r.opening > k.opening order by r.opening limit 1) n
            )
            select opening from kept
             where open_week @> ((extract(isodow from :now::timestamptz at time zone zone)::int - 1) * 1440
                                 + extract(hour from :now::timestamptz at time zone zone)::int * 60
                                 + extract(minute from :now::timestamptz at time zone zone)::int)
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
