package org.ancora.referral.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads what hangs on resources: telephones, addresses, prices and everything else, without what belongs to a hidden place. */
@Component
class ResourceParts {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** So many of a kind are read for one resource, the nearest first; more than these are counted. */
    static final int MOST = 200;

    private final JdbcClient jdbc;

    ResourceParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Something that hangs on others. */
    record Part(Kind kind, String ref, List<String> owners, JsonNode data) {

        /** A column as text; empty where it has none. */
        String text(String column) {
            return ResourceParts.text(data, column);
        }
    }

    /**
     * All there is about one resource.
     *
     * @param parts of each kind no more than {@link #MOST}
     * @param counts how many there are of each kind
     */
    record Everything(
            JsonNode service,
            JsonNode organization,
            JsonNode location,
            JsonNode at,
            @Nullable JsonNode program,
            Map<Kind, List<Part>> parts,
            Map<Kind, Integer> counts) {

        List<Part> of(Kind kind) {
            return parts.getOrDefault(kind, List.of());
        }

        /** How many of a kind there are beyond those that were read. */
        int more(Kind kind) {
            return counts.getOrDefault(kind, 0) - of(kind).size();
        }

        /** Parts of a kind that hang on something: the first of these owners that has any. */
        List<Part> nearest(Kind kind, List<String> owners) {
            for (String owner : owners) {
                List<Part> found = of(kind).stream()
                        .filter(part -> part.owners().contains(owner))
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }
    }

    /** A term, and those above it. */
    record Term(long id, String name, String code, List<Long> path) {}

    static String text(JsonNode data, String column) {
        JsonNode value = data.path(column);
        return value.isMissingNode() || value.isNull() ? "" : value.isContainer() ? value.toString() : value.asString();
    }

    Everything everything(ResourceSearch.Row row, Viewer viewer) {
        Map<String, JsonNode> tables = new HashMap<>();
        jdbc.sql("""
                        select 'service' as kind, data::text as data from directory_service where source_id = :source and ref = :service
                        union all
                        select 'organization', data::text from directory_organization where source_id = :source and ref = :organization
                        union all
                        select 'location', data::text from directory_location where source_id = :source and ref = :location
                        union all
                        select 'at', data::text from directory_service_at_location where source_id = :source and ref = :at
                        union all
                        select 'program', p.data::text from directory_part p
                          join directory_service s on s.source_id = p.source_id and s.data ->> 'program_id' = p.ref
                         where p.source_id = :source and p.kind = 'program' and p.active and s.ref = :service
                        """)
                .param("source", row.source())
                .param("service", row.serviceRef())
                .param("organization", row.organizationRef())
                .param("location", row.locationRef())
                .param("at", row.atRef())
                .query(each -> {
                    tables.put(each.getString("kind"), JSON.readTree(each.getString("data")));
                });
        Set<String> hidden = hidden(row, viewer);
        Found direct = parts(row.source(), row.owners(), hidden);
        List<String> below = Stream.of(Kind.CONTACT, Kind.PHONE)
                .flatMap(kind -> direct.parts().getOrDefault(kind, List.of()).stream())
                .map(part -> part.kind().code() + ":" + part.ref())
                .toList();
        Set<String> known = new HashSet<>(hidden);
        known.addAll(row.owners());
        Found all = below.isEmpty() ? direct : direct.and(parts(row.source(), below, known));
        JsonNode none = JsonNodeFactory.instance.objectNode();
        return new Everything(
                tables.getOrDefault("service", none),
                tables.getOrDefault("organization", none),
                tables.getOrDefault("location", none),
                tables.getOrDefault("at", none),
                tables.get("program"),
                all.parts(),
                all.counts());
    }

    /**
     * Places that the viewer may not know of, and who is only to be found there: a telephone may hang on a service and on such a
     * place at once, or on somebody who works there.
     */
    private Set<String> hidden(ResourceSearch.Row row, Viewer viewer) {
        if (viewer.may(Permission.SEE_CONFIDENTIAL_PLACES, row.project())) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        with recursive near (key) as (
                            select o.owner from directory_part p cross join unnest(p.owners) o (owner)
                             where p.source_id = :source and p.active and p.owners && :owners::text[]
                            union
                            select o.owner from near n
                              join directory_part p on p.source_id = :source and p.kind = split_part(n.key, ':', 1)
                                                   and p.ref = substr(n.key, strpos(n.key, ':') + 1)
                             cross join unnest(p.owners) o (owner)
                        ), hidden (key) as (
                            (select k.key from directory_resource r
                              cross join lateral (values ('service_at_location:' || r.at_ref), ('location:' || r.location_ref)) k (key)
                              where r.source_id = :source and r.confidential and k.key is not null
                                and (r.service_ref = :service or r.organization_ref = :organization)
                             union
                             select n.key from near n
                               join directory_location l on l.source_id = :source and l.ref = substr(n.key, 10)
                              where n.key like 'location:%%' and %s)
                            union
                            select n.key from hidden h
                              join near n on true
                              join directory_part p on p.source_id = :source and p.kind = split_part(n.key, ':', 1)
                                                   and p.ref = substr(n.key, strpos(n.key, ':') + 1)
                             where h.key = any(p.owners)
                        )
                        select key from hidden
                        """.formatted(ResourceRows.SAYS_YES.formatted("l")))
                .param("source", row.source())
                .param("service", row.serviceRef())
                .param("organization", row.organizationRef())
                .param("owners", row.owners().toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Parts by their kind, no more than {@link #MOST} of each, and how many there are. */
    private record Found(Map<Kind, List<Part>> parts, Map<Kind, Integer> counts) {

        Found() {
            this(new EnumMap<>(Kind.class), new EnumMap<>(Kind.class));
        }

        void add(Part part, int ofItsKind) {
            parts.computeIfAbsent(part.kind(), any -> new ArrayList<>()).add(part);
            counts.put(part.kind(), ofItsKind);
        }

        Found and(Found more) {
            more.parts.forEach((kind, list) ->
                    parts.computeIfAbsent(kind, any -> new ArrayList<>()).addAll(list));
            more.counts.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
            return this;
        }
    }

    /**
     * What hangs on these owners, of each kind the nearest first.
     *
     * @param owners the nearest first
     * @param without what hangs on these as well is left out
     */
    private Found parts(long source, List<String> owners, Set<String> without) {
        Found found = new Found();
        jdbc.sql("""
                        select kind, ref, owners, data, of_its_kind
                          from (select p.kind, p.ref, p.owners, p.data::text as data,
                                       count(*) over (partition by p.kind) as of_its_kind,
                                       row_number() over (partition by p.kind order by n.nearest, p.ref) as place
                                  from directory_part p
                                 cross join lateral (select min(o.place) as nearest
                                                       from unnest(:owners::text[]) with ordinality o (owner, place)
                                                      where o.owner = any(p.owners)) n
                                 where p.source_id = :source and p.active and p.owners && :owners::text[]
                                   and not p.owners && :without::text[]) placed
                         where place <= :most
                         order by kind, place
                        """)
                .param("source", source)
                .param("owners", owners.toArray(String[]::new))
                .param("without", without.toArray(String[]::new))
                .param("most", MOST)
                .query(each -> {
                    found.add(part(each), each.getInt("of_its_kind"));
                });
        return found;
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                Kind.of(row.getString("kind")).orElseThrow(),
                row.getString("ref"),
                Arrays.asList((String[]) row.getArray("owners").getArray()),
                JSON.readTree(row.getString("data")));
    }

    /** The resources of a page with what their parts hang on, the nearest first. */
    private static final String ON_A_PAGE = """
            with resource as (
                select id, source, array_remove(array[at, location, service, organization], '') as owners
                  from unnest(:ids::bigint[], :sources::bigint[], :ats::text[], :locations::text[], :services::text[],
                              :organizations::text[]) r (id, source, at, location, service, organization)
            )
            """;

    /** A part that hangs on another place too, or on somebody there, is that place's, which may be hidden. */
    private static final String HERE = """
            not exists (
                select from unnest(p.owners) e (owner)
                  left join directory_part c on starts_with(e.owner, 'contact:') and c.source_id = r.source and c.kind = 'contact'
                                            and c.ref = substr(e.owner, 9)
                 cross join unnest(array[e.owner] || coalesce(c.owners, '{}')) f (owner)
                 where (starts_with(f.owner, 'location:') or starts_with(f.owner, 'service_at_location:')) and f.owner <> all(r.owners))
            """;

    private static JdbcClient.StatementSpec onAPage(JdbcClient jdbc, String sql, List<ResourceSearch.Row> rows) {
        return jdbc.sql(ON_A_PAGE + sql)
                .param("ids", rows.stream().map(ResourceSearch.Row::id).toArray(Long[]::new))
                .param("sources", rows.stream().map(ResourceSearch.Row::source).toArray(Long[]::new))
                .param("ats", owners(rows, "service_at_location:"))
                .param("locations", owners(rows, "location:"))
                .param("services", owners(rows, "service:"))
                .param("organizations", owners(rows, "organization:"));
    }

    /** Of each resource its owner of a kind, or an empty text. */
    private static String[] owners(List<ResourceSearch.Row> rows, String kind) {
        return rows.stream()
                .map(row -> row.owners().stream()
                        .filter(owner -> owner.startsWith(kind))
                        .findFirst()
                        .orElse(""))
                .toArray(String[]::new);
    }

    /**
     * The nearest telephone and the nearest address of each resource of a page, by its id; one statement however many parts there
     * are.
     */
    Map<Long, Map<Kind, Part>> nearest(List<ResourceSearch.Row> rows) {
        Map<Long, Map<Kind, Part>> found = new HashMap<>();
        if (rows.isEmpty()) {
            return found;
        }
        onAPage(jdbc, """
                        select distinct on (r.id, p.kind) r.id, p.kind, p.ref, p.owners, p.data::text as data
                          from resource r
                         cross join unnest(r.owners) with ordinality o (owner, place)
                          join directory_part p on p.source_id = r.source and p.owners @> array[o.owner]
                         where p.active and p.kind in ('phone', 'address') and %s
                         order by r.id, p.kind, o.place, p.ref
                        """.formatted(HERE), rows).query(each -> {
            Part part = part(each);
            found.computeIfAbsent(each.getLong("id"), any -> new EnumMap<>(Kind.class))
                    .put(part.kind(), part);
        });
        return found;
    }

    /** The names of all areas that each of these resources serves, by its id. */
    Map<Long, List<String>> areas(List<ResourceSearch.Row> rows) {
        Map<Long, List<String>> areas = new HashMap<>();
        if (rows.isEmpty()) {
            return areas;
        }
        onAPage(jdbc, """
                        select distinct r.id, coalesce(nullif(p.data ->> 'name', ''), p.data ->> 'description') as area
                          from resource r
                         cross join unnest(r.owners) o (owner)
                          join directory_part p on p.source_id = r.source and p.owners @> array[o.owner]
                         where p.active and p.kind = 'service_area' and %s
                           and coalesce(nullif(p.data ->> 'name', ''), p.data ->> 'description', '') <> ''
                         order by 1, 2
                        """.formatted(HERE), rows).query(each -> {
            areas.computeIfAbsent(each.getLong("id"), any -> new ArrayList<>()).add(each.getString("area"));
        });
        return areas;
    }

    /** A term of a source that this viewer may search; another network's is as if there were none. */
    Optional<Term> term(long id, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql("""
                        select t.id, t.name, coalesce(t.code, '') as code, t.path from directory_taxonomy_term t
                          join directory_source s on s.id = t.source_id
                         where t.id = :id and %s
                        """.formatted(scope.sql("s.project_id")))
                .params(scope.params())
                .param("id", id)
                .query((row, number) -> term(row))
                .optional();
    }

    private static Term term(ResultSet row) throws SQLException {
        return new Term(row.getLong("id"), row.getString("name"), row.getString("code"), Arrays.asList((Long[])
                row.getArray("path").getArray()));
    }

    /** Terms by their ids. */
    Map<Long, Term> terms(List<Long> ids) {
        Map<Long, Term> terms = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(
                            "select id, name, coalesce(code, '') as code, path from directory_taxonomy_term where id = any(:ids)")
                    .param("ids", ids.toArray(Long[]::new))
                    .query(each -> {
                        terms.put(each.getLong("id"), term(each));
                    });
        }
        return terms;
    }
}
