package org.ancora.referral.directory;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a source out as HSDS again, as tables or as JSON, without what its reader may not know of. Read in again, it changes
 * nothing: an export that may lack something says that it is a part.
 */
@Component
class DirectoryExport {

    private static final int AT_ONCE = 2000;
    private static final int SERVICES_AT_ONCE = 200;
    private static final String PARTIAL = "partial";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    DirectoryExport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(Kind kind, String ref, ObjectNode data, List<String> owners) {

        private String key() {
            return kind.code() + ":" + ref;
        }

        private ObjectNode object() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("id", ref);
            return object.setAll(data);
        }
    }

    private interface Rows {
        void take(Row row) throws IOException;
    }

    /** As a tabular data package: a zip of tables, with its description. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    void tabular(long source, ProjectId project, Viewer viewer, OutputStream out) throws IOException {
        Set<String> hidden = hidden(source, project, viewer);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        Writer writer = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
        Map<Kind, List<String>> columns = new LinkedHashMap<>();
        for (Kind kind : Kind.inOrder()) {
            columns.put(kind, columns(source, kind));
        }
        zip.putNextEntry(new ZipEntry("datapackage.json"));
        writer.write(JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(description(columns, isPart(project, viewer))));
        writer.flush();
        zip.closeEntry();
        for (Kind kind : Kind.inOrder()) {
            List<String> header = Objects.requireNonNull(columns.get(kind));
            zip.putNextEntry(new ZipEntry(kind.file() + ".csv"));
            writer.write(String.join(",", header.stream().map(Cells::quoted).toList()) + "\r\n");
            rows(source, kind, hidden, row -> {
                StringBuilder line = new StringBuilder(Cells.quoted(row.ref()));
                for (String column : header.subList(1, header.size())) {
                    JsonNode value = row.data().get(column);
                    line.append(',').append(value == null ? "" : cell(kind, column, value));
                }
                writer.write(line.append("\r\n").toString());
            });
            writer.flush();
            zip.closeEntry();
        }
        zip.finish();
    }

    private static String cell(Kind kind, String column, JsonNode value) {
        if (value.isContainer()) {
            return Cells.quoted(value.toString());
        }
        boolean number = value.isNumber() && kind.type(column) != null;
        return number ? value.decimalValue().toPlainString() : Cells.quoted(value.asString());
    }

    private static ObjectNode description(Map<Kind, List<String>> columns, boolean partial) {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description.put("name", "human_services_data");
        description.put("title", "Human Services Data Specification");
        description.put("profile", "tabular-data-package");
        description.put("version", "3.1");
        if (partial) {
            description.put(PARTIAL, true);
        }
        ArrayNode resources = description.putArray("resources");
        columns.forEach((kind, names) -> {
            ObjectNode resource = resources.addObject();
            resource.put("name", kind.code());
            resource.put("path", kind.file() + ".csv");
            ArrayNode fields = resource.putObject("schema").putArray("fields");
            for (String name : names) {
                ObjectNode field = fields.addObject();
                field.put("name", name);
                field.put("type", type(kind.type(name)));
            }
        });
        return description;
    }

    private static String type(Kind.@org.jspecify.annotations.Nullable Type type) {
        if (type == null) {
            return "string";
        }
        return switch (type) {
            case NUMBER, LATITUDE, LONGITUDE -> "number";
            case DATE -> "date";
            default -> "string";
        };
    }

    /** As JSON: a page with every service and what belongs to it inside, then lists of what belongs to none. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    void json(long source, ProjectId project, Viewer viewer, OutputStream out) throws IOException {
        Set<String> hidden = hidden(source, project, viewer);
        Set<String> written = new HashSet<>();
        List<Row> services = new ArrayList<>();
        int[] total = {0};
        rows(source, Kind.SERVICE, hidden, row -> total[0]++);
        try (JsonGenerator json = JSON.createGenerator(new Unclosed(out))) {
            json.writeStartObject();
            json.writePOJOProperty("total_items", total[0]);
            json.writePOJOProperty("total_pages", 1);
            json.writePOJOProperty("page_number", 1);
            json.writePOJOProperty("size", total[0]);
            json.writePOJOProperty("first_page", true);
            json.writePOJOProperty("last_page", true);
            json.writePOJOProperty("empty", total[0] == 0);
            if (isPart(project, viewer)) {
                json.writePOJOProperty(PARTIAL, true);
            }
            json.writeName("contents");
            json.writeStartArray();
            rows(source, Kind.SERVICE, hidden, row -> {
                services.add(row);
                if (services.size() == SERVICES_AT_ONCE) {
                    write(source, services, hidden, written, json);
                }
            });
            write(source, services, hidden, written, json);
            json.writeEndArray();
            for (Kind kind : Kind.inOrder()) {
                if (kind != Kind.SERVICE) {
                    rest(source, kind, hidden, written, json);
                }
            }
            json.writeEndObject();
        }
    }

    /** Rows that stand inside no service; of a kind that a file covers only by a list of its own, all. */
    private void rest(long source, Kind kind, Set<String> hidden, Set<String> written, JsonGenerator json)
            throws IOException {
        boolean whole = kind == Kind.TAXONOMY || kind == Kind.TAXONOMY_TERM || kind == Kind.UNIT;
        json.writeName(kind.file() + ".csv");
        json.writeStartArray();
        rows(source, kind, hidden, row -> {
            if (whole || !written.contains(row.key())) {
                json.writeTree(row.object());
            }
        });
        json.writeEndArray();
    }

    private void write(long source, List<Row> services, Set<String> hidden, Set<String> written, JsonGenerator json) {
        if (services.isEmpty()) {
            return;
        }
        Bundle bundle = new Bundle(source, hidden, written);
        bundle.read(services);
        services.forEach(service -> json.writeTree(bundle.service(service)));
        services.clear();
    }

    /** Some services with everything that belongs to them. */
    private final class Bundle {

        private final long source;
        private final Set<String> hidden;
        private final Set<String> written;
        private final Map<String, Row> known = new LinkedHashMap<>();
        private final Map<String, List<Row>> below = new LinkedHashMap<>();

        Bundle(long source, Set<String> hidden, Set<String> written) {
            this.source = source;
            this.hidden = hidden;
            this.written = written;
        }

        void read(List<Row> services) {
            List<String> refs = services.stream().map(Row::ref).toList();
            add(some(Kind.SERVICE_AT_LOCATION, "t.service_ref = any(:named)", refs));
            List<String> places = known.values().stream()
                    .map(row -> row.data().path("location_id").asString(""))
                    .toList();
            add(some(Kind.LOCATION, "t.ref = any(:named)", places));
            add(some(Kind.ORGANIZATION, "t.ref = any(:named)", named(services, "organization_id")));
            Set<String> owners = new TreeSet<>();
            services.forEach(row -> owners.add(row.key()));
            known.values().stream()
                    .filter(row -> row.kind() != Kind.ORGANIZATION)
                    .forEach(row -> owners.add(row.key()));
            for (int depth = 0; depth < 3 && !owners.isEmpty(); depth++) {
                List<Row> parts = parts(owners);
                owners.clear();
                for (Row part : parts) {
                    if (!known.containsKey(part.key())) {
                        known.put(part.key(), part);
                        part.owners().forEach(owner -> below.computeIfAbsent(owner, any -> new ArrayList<>())
                                .add(part));
                        if (part.kind() == Kind.CONTACT || part.kind() == Kind.PHONE) {
                            owners.add(part.key());
                        }
                    }
                }
            }
            add(partsNamed(Kind.PROGRAM, named(services, "program_id")));
            add(partsNamed(Kind.UNIT, named(known.values().stream().toList(), "unit_id")));
            add(some(
                    Kind.TAXONOMY_TERM,
                    "t.ref = any(:named)",
                    named(known.values().stream().toList(), "taxonomy_term_id")));
        }

        private static List<String> named(List<Row> rows, String column) {
            return rows.stream()
                    .map(row -> row.data().path(column).asString(""))
                    .filter(ref -> !ref.isEmpty())
                    .distinct()
                    .toList();
        }

        private void add(List<Row> rows) {
            rows.forEach(row -> known.putIfAbsent(row.key(), row));
        }

        private List<Row> some(Kind kind, String where, List<String> named) {
            return jdbc
                    .sql(
                            "select t.ref, t.data::text as data from %s t where t.source_id = :source and t.active and %s order by t.ref"
                                    .formatted(kind.table(), where))
                    .param("source", source)
                    .param("named", named.toArray(String[]::new))
                    .query((row, number) -> new Row(kind, row.getString(1), tree(row.getString(2)), List.of()))
                    .list()
                    .stream()
                    .filter(row -> !hidden.contains(row.key()))
                    .toList();
        }

        private List<Row> partsNamed(Kind kind, List<String> named) {
            return jdbc.sql("""
                            select ref, data::text as data from directory_part
                             where source_id = :source and active and kind = :kind and ref = any(:named)
                            """)
                    .param("source", source)
                    .param("kind", kind.code())
                    .param("named", named.toArray(String[]::new))
                    .query((row, number) -> new Row(kind, row.getString(1), tree(row.getString(2)), List.of()))
                    .list();
        }

        private List<Row> parts(Set<String> owners) {
            return jdbc
                    .sql("""
                            select kind, ref, data::text as data, owners from directory_part
                             where source_id = :source and active and owners && :owners::text[] order by kind, ref
                            """)
                    .param("source", source)
                    .param("owners", owners.toArray(String[]::new))
                    .query((row, number) -> new Row(
                            Kind.of(row.getString(1)).orElseThrow(),
                            row.getString(2),
                            tree(row.getString(3)),
                            List.of((String[]) row.getArray(4).getArray())))
                    .list()
                    .stream()
                    .filter(row -> row.owners().stream().noneMatch(hidden::contains))
                    .toList();
        }

        ObjectNode service(Row service) {
            ObjectNode object = service.object();
            inside(object, "organization_id", Kind.ORGANIZATION);
            inside(object, "program_id", Kind.PROGRAM);
            hang(object, service);
            ArrayNode places = JsonNodeFactory.instance.arrayNode();
            for (Row at : known.values().stream().toList()) {
                if (at.kind() == Kind.SERVICE_AT_LOCATION
                        && at.data().path("service_id").asString("").equals(service.ref())) {
                    places.add(at(at));
                }
            }
            if (!places.isEmpty()) {
                object.set("service_at_locations", places);
            }
            return object;
        }

        private ObjectNode at(Row at) {
            written.add(at.key());
            ObjectNode object = at.object();
            object.remove("service_id");
            hang(object, at);
            String ref = object.path("location_id").asString("");
            inside(object, "location_id", Kind.LOCATION);
            Row place = known.get(Kind.LOCATION.code() + ":" + ref);
            if (place != null && object.get("location") instanceof ObjectNode nested) {
                hang(nested, place);
            }
            return object;
        }

        /** In place of a row's id the row itself, where there is one. */
        private void inside(ObjectNode object, String column, Kind kind) {
            Row named = known.get(kind.code() + ":" + object.path(column).asString(""));
            if (named != null) {
                object.remove(column);
                object.set(kind.code(), named.object());
                written.add(named.key());
            }
        }

        /** Puts the parts of a row inside it, each only once in a file. */
        private void hang(ObjectNode object, Row owner) {
            for (Row part : below.getOrDefault(owner.key(), List.of())) {
                if (isPossible(owner.kind(), part.kind()) && written.add(part.key())) {
                    ObjectNode nested = part.object();
                    switch (part.kind()) {
                        case ATTRIBUTE -> {
                            nested.remove(List.of("link_id", "link_entity"));
                            inside(nested, "taxonomy_term_id", Kind.TAXONOMY_TERM);
                        }
                        case METADATA -> nested.remove(List.of("resource_id", "resource_type"));
                        default -> nested.remove(owner.kind().code() + "_id");
                    }
                    inside(nested, "unit_id", Kind.UNIT);
                    hang(nested, part);
                    String list = Kind.listIn(owner.kind(), part.kind());
                    if (object.get(list) instanceof ArrayNode already) {
                        already.add(nested);
                    } else {
                        object.putArray(list).add(nested);
                    }
                }
            }
        }

        private static boolean isPossible(Kind owner, Kind part) {
            return part != Kind.PROGRAM
                    && part != Kind.UNIT
                    && part != Kind.META_TABLE_DESCRIPTION
                    && (owner.hasTable() || owner == Kind.CONTACT || owner == Kind.PHONE);
        }
    }

    private static ObjectNode tree(String data) {
        return (ObjectNode) JSON.readTree(data);
    }

    private void rows(long source, Kind kind, Set<String> hidden, Rows rows) throws IOException {
        String after = "";
        while (true) {
            List<Row> some = jdbc.sql("""
                            select t.ref, t.data::text as data, %s as owners from %s t
                             where t.source_id = :source and t.active %s and t.ref > :after order by t.ref limit :most
                            """.formatted(
                                    kind.hasTable() ? "'{}'::text[]" : "t.owners",
                                    kind.table(),
                                    kind.hasTable() ? "" : "and t.kind = :kind"))
                    .param("source", source)
                    .param("kind", kind.code())
                    .param("after", after)
                    .param("most", AT_ONCE)
                    .query((row, number) -> new Row(kind, row.getString(1), tree(row.getString(2)), List.of((String[])
                            row.getArray(3).getArray())))
                    .list();
            for (Row row : some) {
                if (row.owners().stream().anyMatch(hidden::contains)) {
                    // What hangs on a hidden telephone or person is hidden as well.
                    hidden.add(row.key());
                } else if (!hidden.contains(row.key())) {
                    rows.take(row);
                }
            }
            if (some.size() < AT_ONCE) {
                return;
            }
            after = some.get(some.size() - 1).ref();
        }
    }

    /** The columns of a kind: its id, those that HSDS knows, and those that the source has besides. */
    private List<String> columns(long source, Kind kind) {
        Set<String> unknown =
                new TreeSet<>(jdbc.sql("""
                        select distinct k from %s t, jsonb_object_keys(t.data) k where t.source_id = :source and t.active %s
                        """.formatted(kind.table(), kind.hasTable() ? "" : "and t.kind = :kind"))
                        .param("source", source)
                        .param("kind", kind.code())
                        .query(String.class)
                        .list());
        unknown.removeAll(kind.columns().keySet());
        List<String> columns = new ArrayList<>(List.of("id"));
        columns.addAll(kind.columns().keySet());
        columns.addAll(unknown);
        return columns;
    }

    private static boolean isPart(ProjectId project, Viewer viewer) {
        return !viewer.may(Permission.SEE_CONFIDENTIAL_PLACES, project);
    }

    /** Keys of the rows that this reader may not know of: confidential places, and what is only there. */
    private Set<String> hidden(long source, ProjectId project, Viewer viewer) throws IOException {
        if (!isPart(project, viewer)) {
            return new HashSet<>();
        }
        Set<String> hidden = new HashSet<>(jdbc.sql("""
                        with place as (
                            select l.ref from directory_location l where l.source_id = :source and %s
                        ), at as (
                            select a.ref, a.service_ref, (a.location_ref in (select ref from place) or coalesce(%s, false)) as hidden
                              from directory_service_at_location a where a.source_id = :source and a.active
                        ), service as (
                            select s.ref, s.organization_ref,
                                   coalesce(%s, false)
                                   or coalesce((select bool_and(at.hidden) from at where at.service_ref = s.ref), false) as hidden
                              from directory_service s where s.source_id = :source
                        )
                        select 'location:' || ref from place
                        union select 'service_at_location:' || at.ref from at
                               left join service s on s.ref = at.service_ref where at.hidden or coalesce(s.hidden, false)
                        union select 'service:' || ref from service where hidden
                        union select 'organization:' || organization_ref from service
                               where organization_ref is not null group by organization_ref having bool_and(hidden)
                        """.formatted(
                                ResourceRows.SAYS_YES.formatted("l"),
                                ResourceRows.SAYS_YES.formatted("a"),
                                ResourceRows.SAYS_YES.formatted("s")))
                .param("source", source)
                .query(String.class)
                .list());
        // Who is only to be found there is known before anything is written that hangs on them.
        rows(source, Kind.CONTACT, hidden, row -> {});
        rows(source, Kind.PHONE, hidden, row -> {});
        return hidden;
    }

    /** Leaves the answer open when what is written into it is closed. */
    private static final class Unclosed extends java.io.FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
