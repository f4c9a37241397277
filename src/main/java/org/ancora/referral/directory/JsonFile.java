package org.ancora.referral.directory;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * HSDS as JSON: one object, a list, a page of the API with its {@code contents}, or lists named after the files of the tabular
 * form. What stands inside an object becomes a row of its own; lists are read one object at a time.
 */
final class JsonFile {

    private static final int DEEPEST = 40;
    private static final String CONTENTS = "contents";
    private static final String TABLE = ".csv";

    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(5_000_000)
                    .maxNameLength(1000)
                    .maxNumberLength(200)
                    .build())
            .build());

    /** Kinds that are covered only by a list of their own: what others mention of them is never all there is. */
    private static final Set<Kind> MENTIONED = Set.of(Kind.TAXONOMY, Kind.TAXONOMY_TERM, Kind.UNIT);

    private final String file;
    private final Staging staging;
    private int line = 1;
    private int read;

    private JsonFile(String file, Staging staging) {
        this.file = file;
        this.staging = staging;
    }

    /**
     * Reads a file to its end.
     *
     * @throws Unreadable when it is no JSON, or not further
     */
    static void read(String file, InputStream bytes, Staging staging) {
        JsonFile reading = new JsonFile(file, staging);
        try (JsonParser parser = JSON.createParser(bytes)) {
            reading.whole(parser);
            if (parser.nextToken() != null) {
                throw new Unreadable(file, line(parser), "", "json", "");
            }
        } catch (JacksonException broken) {
            TokenStreamLocation at = broken.getLocation();
            throw new Unreadable(
                    file,
                    at == null ? reading.line : Math.max(1, at.getLineNr()),
                    at == null || at.getColumnNr() < 1 ? "" : "[" + at.getColumnNr() + "]",
                    "json",
                    firstLine(broken));
        }
        if (reading.read == 0) {
            throw new Unreadable(file, 1, "", "nothing", "");
        }
    }

    private static String firstLine(JacksonException broken) {
        String words = broken.getOriginalMessage();
        return words == null ? "" : words.lines().findFirst().orElse("");
    }

    private void whole(JsonParser parser) {
        staging.form("json");
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            list(parser, "", null);
        } else if (first == JsonToken.START_OBJECT) {
            object(parser);
        } else {
            throw new Unreadable(file, 1, "", "nothing", "");
        }
    }

    private void object(JsonParser parser) {
        ObjectNode single = JsonNodeFactory.instance.objectNode();
        boolean page = false;
        int begins = line(parser);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY && name.equals(CONTENTS)) {
                page = true;
                list(parser, CONTENTS, null);
            } else if (value == JsonToken.START_ARRAY && name.endsWith(TABLE)) {
                page = true;
                list(
                        parser,
                        name,
                        Kind.ofFile(name).orElseThrow(() -> new Unreadable(file, line(parser), name, "file", "")));
            } else {
                single.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        if (!single.has("id")) {
            HsdsVersion.requireThree(single.path("version").asString(""), file);
        }
        if (page) {
            if (single.path("total_pages").asInt(1) > 1
                    || single.path("total_items").asInt(0) > read
                    || single.path("partial").asBoolean(false)) {
                staging.partial();
            }
        } else {
            staging.partial();
            line = begins;
            element(single, "", null);
        }
    }

    private void list(JsonParser parser, String name, @Nullable Kind kind) {
        if (kind != null) {
            staging.covers(kind);
        }
        int index = 0;
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            line = line(parser);
            String place = name + "[" + index + "]";
            if (token == JsonToken.START_OBJECT) {
                JsonNode element = parser.readValueAsTree();
                element((ObjectNode) element, place, kind);
            } else {
                parser.skipChildren();
                staging.refuse(new Fault(file, line, place, "object", "", true));
            }
            index++;
            token = parser.nextToken();
        }
    }

    private void element(ObjectNode object, String place, @Nullable Kind named) {
        Optional<Kind> kind = named == null ? guess(object) : Optional.of(named);
        if (kind.isEmpty()) {
            if (place.isEmpty()) {
                throw new Unreadable(file, line, "", "nothing", "");
            }
            read++;
            staging.refuse(new Fault(file, line, place, "kind", "", true));
            return;
        }
        read++;
        staging.covers(kind.get());
        flatten(object, kind.get(), place, null, "", 0);
    }

    /** What an object is, by the columns that only one kind has. */
    private static Optional<Kind> guess(ObjectNode object) {
        if (has(object, "service", "service_id") && has(object, "location", "location_id")) {
            return Optional.of(Kind.SERVICE_AT_LOCATION);
        }
        if (has(object, "location_type", "addresses", "latitude", "accessibility")) {
            return Optional.of(Kind.LOCATION);
        }
        if (has(object, "status", "organization", "service_at_locations", "assured_date", "eligibility_description")) {
            return Optional.of(Kind.SERVICE);
        }
        if (has(object, "taxonomy", "taxonomy_detail", "taxonomy_id", "parent_id", "term_uri", "code")) {
            return Optional.of(Kind.TAXONOMY_TERM);
        }
        if (has(
                object,
                "services",
                "website",
                "tax_status",
                "tax_id",
                "legal_status",
                "year_incorporated",
                "organization_identifiers",
                "parent_organization_id",
                "programs",
                "locations")) {
            return Optional.of(Kind.ORGANIZATION);
        }
        if (!object.has("id") || !object.has("name")) {
            return Optional.empty();
        }
        return Optional.of(object.has("version") ? Kind.TAXONOMY : Kind.ORGANIZATION);
    }

    private static boolean has(ObjectNode object, String... names) {
        for (String name : names) {
            if (object.has(name)) {
                return true;
            }
        }
        return false;
    }

    /** Takes an object apart; returns the id under which it is kept. */
    private @Nullable String flatten(
            ObjectNode object, Kind kind, String place, @Nullable Draft owner, String list, int number) {
        Draft draft = new Draft(kind, file, line, place);
        JsonNode id = object.get("id");
        draft.named(id == null || id.isContainer() || id.isNull() ? null : id.asString());
        String own = draft.ref();
        String below = owner == null ? null : owner.ref();
        if (owner != null && below != null) {
            String column = ownerColumn(kind, owner.kind());
            if (own != null) {
                draft.named(staging.refBelow(kind, own, column, below));
            } else if (draft.faults().isEmpty() && !kind.hasTable()) {
                draft.named(below + ":" + list + ":" + number);
            }
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!each.getKey().equals("id")) {
                property(each.getKey(), each.getValue(), draft, place);
            }
        }
        if (owner != null && below != null) {
            stands(draft, owner.kind(), below);
        }
        staging.take(draft);
        return draft.ref();
    }

    private void property(String name, JsonNode value, Draft draft, String place) {
        String inside = place.isEmpty() ? name : place + "." + name;
        Optional<Kind> list = value.isArray() ? Kind.inList(name) : Optional.empty();
        if (list.isPresent()) {
            if (!MENTIONED.contains(list.get())) {
                staging.covers(list.get());
            }
            int number = 0;
            for (JsonNode each : value) {
                String at = inside + "[" + number + "]";
                if (each instanceof ObjectNode nested) {
                    flatten(nested, list.get(), at, draft, name, number);
                } else {
                    staging.refuse(
                            new Fault(file, line, at, "object", each.isContainer() ? "" : each.asString(), true));
                }
                number++;
            }
            return;
        }
        Optional<Kind> object = Kind.inObject(name);
        if (object.isPresent() && value instanceof ObjectNode nested) {
            if (!MENTIONED.contains(object.get())) {
                staging.covers(object.get());
            }
            String ref = flatten(nested, object.get(), inside, null, name, 0);
            if (ref != null) {
                draft.set(object.get().code() + "_id", ref);
            }
            return;
        }
        draft.value(name, value);
    }

    /** The column by which a nested row names its owner. */
    private static String ownerColumn(Kind kind, Kind owner) {
        return switch (kind) {
            case ATTRIBUTE -> "link_id";
            case METADATA -> "resource_id";
            default -> owner.code() + "_id";
        };
    }

    private static void stands(Draft draft, Kind owner, String ref) {
        draft.set(ownerColumn(draft.kind(), owner), ref);
        if (draft.kind() == Kind.ATTRIBUTE) {
            draft.set("link_entity", owner.code());
        } else if (draft.kind() == Kind.METADATA) {
            draft.set("resource_type", owner.code());
        }
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    /** Whether a file begins as JSON does. */
    static boolean begins(String text) {
        String start = text.replace("\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("{") || start.startsWith("[");
    }
}
