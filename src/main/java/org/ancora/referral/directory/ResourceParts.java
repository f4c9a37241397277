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

    /** All there is about one resource. */
    record Everything(
            JsonNode service,
            JsonNode organization,
            JsonNode location,
            JsonNode at,
            @Nullable JsonNode program,
            Map<Kind, List<Part>> parts) {

        List<Part> of(Kind kind) {
            return parts.getOrDefault(kind, List.of());
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
        List<Part> direct = parts(row.source(), row.owners());
        List<String> below = direct.stream()
                .filter(part -> part.kind() == Kind.CONTACT || part.kind() == Kind.PHONE)
                .map(part -> part.kind().code() + ":" + part.ref())
                .toList();
        List<Part> all = new ArrayList<>(direct);
        if (!below.isEmpty()) {
            Set<String> known = new HashSet<>();
            direct.forEach(part -> known.add(part.kind() + part.ref()));
            parts(row.source(), below).stream()
                    .filter(part -> known.add(part.kind() + part.ref()))
                    .forEach(all::add);
        }
        Set<String> hidden = hidden(row, viewer);
        Map<Kind, List<Part>> sorted = new EnumMap<>(Kind.class);
        for (Part part : all) {
            if (part.owners().stream().noneMatch(hidden::contains)) {
                sorted.computeIfAbsent(part.kind(), any -> new ArrayList<>()).add(part);
            }
        }
        JsonNode none = JsonNodeFactory.instance.objectNode();
        return new Everything(
                tables.getOrDefault("service", none),
                tables.getOrDefault("organization", none),
                tables.getOrDefault("location", none),
                tables.getOrDefault("at", none),
                tables.get("program"),
                sorted);
    }

    /** A telephone may belong to a service and to a place at once; if the place is hidden, so is the telephone. */
    private Set<String> hidden(ResourceSearch.Row row, Viewer viewer) {
        if (viewer.may(Permission.SEE_CONFIDENTIAL_PLACES, row.project())) {
            return Set.of();
        }
        Set<String> hidden = new HashSet<>();
        jdbc.sql("""
                        select at_ref, location_ref from directory_resource
                         where source_id = :source and confidential
                           and (service_ref = :service or organization_ref = :organization)
                        """)
                .param("source", row.source())
                .param("service", row.serviceRef())
                .param("organization", row.organizationRef())
                .query(each -> {
                    hidden.add("service_at_location:" + each.getString("at_ref"));
                    hidden.add("location:" + each.getString("location_ref"));
                });
        return hidden;
    }

    private List<Part> parts(long source, List<String> owners) {
        return jdbc.sql("""
                        select kind, ref, owners, data::text as data from directory_part
                         where source_id = :source and active and owners && :owners::text[] order by kind, ref limit 2000
                        """)
                .param("source", source)
                .param("owners", owners.toArray(String[]::new))
                .query((each, number) -> new Part(
                        Kind.of(each.getString("kind")).orElseThrow(),
                        each.getString("ref"),
                        Arrays.asList((String[]) each.getArray("owners").getArray()),
                        JSON.readTree(each.getString("data"))))
                .list();
    }

    /**
     * Telephones, addresses and areas of a page of resources, by source and owner; one statement however many there are. Of a telephone
     * only one that hangs on nothing else than these resources is shown: it could be a hidden place's.
     */
    Map<String, List<Part>> ofPage(List<ResourceSearch.Row> rows) {
        Set<Long> sources = new HashSet<>();
        Set<String> owners = new HashSet<>();
        rows.forEach(row -> {
            sources.add(row.source());
            owners.addAll(row.owners());
        });
        Map<String, List<Part>> found = new HashMap<>();
        if (rows.isEmpty()) {
            return found;
        }
        jdbc.sql("""
                        select p.source_id, p.kind, p.ref, p.owners, p.data::text as data
                          from directory_part p
                         where p.source_id = any(:sources) and p.active and p.kind in ('phone', 'address', 'service_area')
                           and p.owners && :owners::text[]
                         order by p.kind, p.ref limit 1000
                        """)
                .param("sources", sources.toArray(Long[]::new))
                .param("owners", owners.toArray(String[]::new))
                .query(each -> {
                    Part part = new Part(
                            Kind.of(each.getString("kind")).orElseThrow(),
                            each.getString("ref"),
                            Arrays.asList((String[]) each.getArray("owners").getArray()),
                            JSON.readTree(each.getString("data")));
                    boolean elsewhere = part.owners().stream()
                            .anyMatch(owner -> (owner.startsWith("location:") || owner.startsWith("service_at"))
                                    && !owners.contains(owner));
                    for (String owner : elsewhere ? List.<String>of() : part.owners()) {
                        found.computeIfAbsent(each.getLong("source_id") + " " + owner, any -> new ArrayList<>())
                                .add(part);
                    }
                });
        return found;
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
