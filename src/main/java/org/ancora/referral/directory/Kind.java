package org.ancora.referral.directory;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of rows of HSDS 3.1, each with its file in a tabular package and its columns. Behind a column stands its type where
 * that is not text; {@code !} marks one without which a row says nothing, {@code ?} one that the specification asks for too.
 * Columns that end in {@code _id} name other rows. The order is that in which rows refer to one another.
 */
enum Kind {
    ORGANIZATION(
            "organizations",
            "name! description? alternate_name email:email website:url tax_status tax_id year_incorporated:number"
                    + " legal_status logo uri parent_organization_id"),
    PROGRAM("programs", "organization_id? name! description? alternate_name"),
    SERVICE(
            "services",
            "organization_id! name! status!:status program_id alternate_name description url:url email:email"
                    + " interpretation_services application_process fees_description wait_time fees accreditations"
                    + " eligibility_description minimum_age:number maximum_age:number assured_date:date"
                    + " assurer_email:email licenses alert last_modified:moment"),
    LOCATION(
            "locations",
            "location_type!:place url:url organization_id name alternate_name description transportation"
                    + " latitude:latitude longitude:longitude external_identifier external_identifier_type"),
    SERVICE_AT_LOCATION("service_at_location", "service_id! location_id! description"),
    TAXONOMY("taxonomies", "name! description? uri version"),
    TAXONOMY_TERM("taxonomy_terms", "name! description? code parent_id taxonomy language taxonomy_id term_uri:url"),
    UNIT("units", "name? scheme identifier uri"),
    CONTACT(
            "contacts",
            "organization_id service_id service_at_location_id location_id name title department email:email"),
    PHONE(
            "phones",
            "number! location_id service_id organization_id contact_id service_at_location_id extension:number type"
                    + " description"),
    ADDRESS(
            "addresses",
            "address_1? city? state_province? postal_code? country? address_type?:place location_id attention"
                    + " address_2 region"),
    SCHEDULE(
            "schedules",
            "service_id location_id service_at_location_id valid_from:date valid_to:date dtstart:date timezone"
                    + " until:date count:number wkst:weekday freq:frequency interval:number byday byweekno bymonthday"
                    + " byyearday description opens_at:time closes_at:time schedule_link:url attending_type notes"),
    SERVICE_AREA("service_areas", "service_id service_at_location_id name description extent extent_type uri"),
    LANGUAGE("languages", "service_id location_id phone_id name code note"),
    ACCESSIBILITY("accessibility", "location_id description details url:url"),
    COST_OPTION(
            "cost_options",
            "service_id? valid_from:date valid_to:date option currency amount:number amount_description"),
    REQUIRED_DOCUMENT("required_documents", "service_id document uri:url"),
    FUNDING("funding", "organization_id service_id source"),
    ORGANIZATION_IDENTIFIER(
            "organization_identifiers", "organization_id? identifier_scheme identifier_type? identifier!"),
    SERVICE_CAPACITY(
            "service_capacity", "service_id? unit_id? available!:number maximum:number description updated?:moment"),
    ATTRIBUTE("attributes", "link_id! taxonomy_term_id! link_entity? link_type value label"),
    URL("url", "url!:url label organization_id service_id"),
    METADATA(
            "metadata",
            "resource_id? resource_type? last_action_date?:date last_action_type? field_name? previous_value"
                    + " replacement_value updated_by?"),
    META_TABLE_DESCRIPTION("meta_table_descriptions", "name language character_set");

    /** What a column may hold; see {@link Values}. */
    enum Type {
        TEXT,
        NUMBER,
        DATE,
        TIME,
        MOMENT,
        EMAIL,
        URL,
        LATITUDE,
        LONGITUDE,
        STATUS,
        PLACE,
        WEEKDAY,
        FREQUENCY
    }

    /** How much a column is needed. */
    enum Need {
        FREE,
        ASKED,
        ESSENTIAL
    }

    /** One column. */
    record Column(String name, Type type, Need need) {}

    /** Kinds with a table of their own; everything else hangs on one of these, in a table for all. */
    private static final Set<String> WITH_TABLES =
            Set.of("organization", "service", "location", "service_at_location", "taxonomy", "taxonomy_term");

    private static final Map<String, Kind> NESTED_LISTS = nestedLists();
    private static final Map<String, Kind> NESTED_OBJECTS = Map.of(
            "organization", ORGANIZATION,
            "program", PROGRAM,
            "service", SERVICE,
            "location", LOCATION,
            "taxonomy_term", TAXONOMY_TERM,
            "taxonomy_detail", TAXONOMY,
            "unit", UNIT);

    private final String file;

    @SuppressWarnings("ImmutableEnumChecker") // filled once and never changed
    private final Map<String, Column> columns;

    Kind(String file, String columns) {
        this.file = file;
        Map<String, Column> read = new LinkedHashMap<>();
        for (String each : columns.split(" ", -1)) {
            String[] parts = each.split(":", 2);
            Need need = parts[0].endsWith("!") ? Need.ESSENTIAL : parts[0].endsWith("?") ? Need.ASKED : Need.FREE;
            String name = need == Need.FREE ? parts[0] : parts[0].substring(0, parts[0].length() - 1);
            Type type = parts.length == 1 ? Type.TEXT : Type.valueOf(parts[1].toUpperCase(Locale.ROOT));
            read.put(name, new Column(name, type, need));
        }
        this.columns = read;
    }

    /** As HSDS names it: {@code service_at_location}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its file in a tabular package, without ending. */
    String file() {
        return file;
    }

    Map<String, Column> columns() {
        return columns;
    }

    /** The type of a column, or null for one that HSDS does not know. */
    @Nullable
    Type type(String column) {
        Column known = columns.get(column);
        return known == null ? null : known.type();
    }

    boolean hasTable() {
        return WITH_TABLES.contains(code());
    }

    /** The table that keeps its rows. */
    String table() {
        return hasTable() ? "directory_" + code() : "directory_part";
    }

    /** The columns that name rows of another kind, with that kind. */
    Map<String, Kind> references() {
        Map<String, Kind> named = new LinkedHashMap<>();
        for (String column : columns.keySet()) {
            if (column.equals("parent_id")) {
                named.put(column, TAXONOMY_TERM);
            } else if (column.equals("parent_organization_id")) {
                named.put(column, ORGANIZATION);
            } else if (column.endsWith("_id")) {
                of(column.substring(0, column.length() - 3)).ifPresent(kind -> named.put(column, kind));
            }
        }
        return named;
    }

    static Optional<Kind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** The kind of a file of a package, by its name with or without folder, ending and plural. */
    static Optional<Kind> ofFile(String path) {
        String bare = path.substring(path.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("\\.csv$", "");
        return Arrays.stream(values())
                .filter(kind -> kind.file.equals(bare)
                        || kind.code().equals(bare)
                        || (kind.code() + "s").equals(bare)
                        || (kind == SERVICE_AT_LOCATION && bare.equals("services_at_location")))
                .findFirst();
    }

    /** What stands in the list of this name inside another object. */
    static Optional<Kind> inList(String property) {
        return Optional.ofNullable(NESTED_LISTS.get(property));
    }

    /** What the object of this name inside another one is. */
    static Optional<Kind> inObject(String property) {
        return Optional.ofNullable(NESTED_OBJECTS.get(property));
    }

    /** The names of lists in which this kind stands inside objects of another kind, the preferred one first. */
    static String listIn(Kind owner, Kind part) {
        if (part == URL) {
            return owner == ORGANIZATION ? "additional_websites" : "additional_urls";
        }
        return NESTED_LISTS.entrySet().stream()
                .filter(entry -> entry.getValue() == part)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** The kinds that a load may touch, in the order in which they refer to one another. */
    static List<Kind> inOrder() {
        return List.of(values());
    }

    private static Map<String, Kind> nestedLists() {
        Map<String, Kind> lists = new LinkedHashMap<>();
        for (Kind kind : values()) {
            switch (kind) {
                case SERVICE_CAPACITY -> lists.put("capacities", kind);
                case SERVICE_AT_LOCATION -> lists.put("service_at_locations", kind);
                case URL -> {
                    lists.put("additional_urls", kind);
                    lists.put("additional_websites", kind);
                }
                case TAXONOMY, TAXONOMY_TERM, UNIT, META_TABLE_DESCRIPTION -> {}
                default -> lists.put(kind.file, kind);
            }
        }
        return lists;
    }
}
