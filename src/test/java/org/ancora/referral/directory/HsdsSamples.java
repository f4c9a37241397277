package org.ancora.referral.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A directory of our own in each form of HSDS, with every table and every column, so that nothing else is needed to prove them. */
final class HsdsSamples {

    /** One service with everything that can stand inside it, written by hand after the specification. */
    static final String SERVICE = resource("/directory/service_full.json");

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What stands in each column of the sample tables that cannot hold any text. */
    private static final Map<Kind.Type, String> VALUES = Map.ofEntries(
            Map.entry(Kind.Type.TEXT, "words"),
            Map.entry(Kind.Type.NUMBER, "7"),
            Map.entry(Kind.Type.DATE, "2026-05-01"),
            Map.entry(Kind.Type.TIME, "09:30"),
            Map.entry(Kind.Type.MOMENT, "2026-05-01T09:30:00Z"),
            Map.entry(Kind.Type.EMAIL, "who@harbour.example"),
            Map.entry(Kind.Type.URL, "https://harbour.example"),
            Map.entry(Kind.Type.LATITUDE, "44.05"),
            Map.entry(Kind.Type.LONGITUDE, "-79.46"),
            Map.entry(Kind.Type.STATUS, "active"),
            Map.entry(Kind.Type.PLACE, "physical"),
            Map.entry(Kind.Type.WEEKDAY, "MO"),
            Map.entry(Kind.Type.FREQUENCY, "WEEKLY"));

    private HsdsSamples() {}

    /** The published examples' forms of JSON, by the names that they have there. */
    static Map<String, String> json() {
        String organization = inner("organization");
        String at = inner("service_at_locations").replaceFirst("^\\[", "").replaceFirst("]$", "");
        String term = JSON.readTree(SERVICE)
                .path("attributes")
                .path(0)
                .path("taxonomy_term")
                .toString();
        String taxonomy = JSON.readTree(term).path("taxonomy_detail").toString();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("service_full.json", SERVICE);
        files.put("service_list.json", page(SERVICE));
        files.put("organization_full.json", with(organization, "services", "[" + SERVICE + "]"));
        files.put("organization_list.json", page(organization));
        files.put("service_at_location_full.json", with(at, "service", SERVICE));
        files.put("service_at_location_list.json", page(with(at, "service", SERVICE)));
        files.put("location.json", JSON.readTree(at).path("location").toString());
        files.put("taxonomy.json", taxonomy);
        files.put("taxonomy_list.json", page(taxonomy));
        files.put("taxonomy_term.json", term);
        files.put("taxonomy_term_list.json", page(term));
        files.put(
                "tabular.json",
                tables().entrySet().stream()
                        .map(table -> "\"%s\": [%s]".formatted(table.getKey(), row(table.getValue())))
                        .collect(Collectors.joining(",", "{", "}")));
        return files;
    }

    /** Every table of the package, each with one row that has a value in every column. */
    static Map<String, String> tables() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            String columns = String.join(",", kind.columns().keySet());
            String values = kind.columns().values().stream()
                    .map(column -> value(kind, column))
                    .collect(Collectors.joining(","));
            files.put(kind.file() + ".csv", "id," + columns + "\n" + kind.code() + "-1," + values + "\n");
        }
        return files;
    }

    private static String value(Kind kind, Kind.Column column) {
        return switch (column.name()) {
            case "link_entity", "resource_type" -> "service";
            case "link_id", "resource_id" -> "service-1";
            case "parent_organization_id", "parent_id" -> "";
            case "code" -> kind == Kind.LANGUAGE ? "en" : "T1";
            default -> {
                Kind named = kind.references().get(column.name());
                yield named != null
                        ? named.code() + "-1"
                        : Objects.requireNonNull(VALUES.get(column.type()), column.name());
            }
        };
    }

    private static String row(String table) {
        String[] lines = table.split("\n", -1);
        String[] names = lines[0].split(",", -1);
        String[] values = lines[1].split(",", -1);
        StringBuilder row = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            row.append(i == 0 ? "" : ",").append("\"%s\": \"%s\"".formatted(names[i], values[i]));
        }
        return row.append('}').toString();
    }

    private static String inner(String property) {
        return JSON.readTree(SERVICE).path(property).toString();
    }

    private static String with(String object, String property, String value) {
        assertThat(object).endsWith("}");
        return object.substring(0, object.length() - 1) + ",\"" + property + "\":" + value + "}";
    }

    private static String page(String content) {
        return "{\"total_items\": 1, \"total_pages\": 1, \"page_number\": 1, \"size\": 1, \"contents\": [" + content
                + "]}";
    }

    private static String resource(String path) {
        try (InputStream file = HsdsSamples.class.getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(file, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
