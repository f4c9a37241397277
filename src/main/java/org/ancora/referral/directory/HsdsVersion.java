package org.ancora.referral.directory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which version of HSDS a tabular package follows, and how the tables and columns of version 2 are called in version 3. Only names
 * have changed between the two, and two tables became a column of services: who may come, and how one pays.
 */
final class HsdsVersion {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,3})(?:\\.\\d{1,3})*");
    private static final Pattern LANGUAGE_CODE = Pattern.compile("[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*");

    /** Tables that only version 1 has. */
    private static final Set<String> OF_ONE =
            Set.of("regular_schedule", "holiday_schedule", "service_taxonomy", "services_taxonomy");

    private static final Map<String, Older> OF_TWO = Map.of(
            "service_attribute",
                    new Older(
                            Kind.ATTRIBUTE,
                            Map.of("service_id", "link_id", "taxonomy_id", "taxonomy_term_id"),
                            Map.of("link_entity", "service"),
                            ""),
            "other_attribute", new Older(Kind.ATTRIBUTE, Map.of("link_type", "link_entity"), Map.of(), "@other"),
            "physical_address", new Older(Kind.ADDRESS, Map.of(), Map.of("address_type", "physical"), ""),
            "postal_address", new Older(Kind.ADDRESS, Map.of(), Map.of("address_type", "postal"), "@postal"),
            "accessibility_for_disabilities",
                    new Older(Kind.ACCESSIBILITY, Map.of("accessibility", "description"), Map.of(), ""));

    /** Tables of version 2 whose rows became a column of their service: the column there, and the one here. */
    private static final Map<String, List<String>> OF_SERVICES = Map.of(
            "eligibility", List.of("eligibility", "eligibility_description"),
            "payment_accepted", List.of("payment", "payment_accepted"));

    /** Columns that version 2 called otherwise, by the kind in whose table they stand. */
    private static final Map<Kind, Map<String, String>> COLUMNS = Map.of(
            Kind.ORGANIZATION, Map.of("url", "website"),
            Kind.SERVICE_AREA, Map.of("service_area", "name"),
            Kind.TAXONOMY_TERM, Map.of("term", "name"),
            Kind.LANGUAGE, Map.of("language", "name"));

    private HsdsVersion() {}

    /**
     * A table of a package.
     *
     * @param kind what its rows are
     * @param renamed what its columns are called in version 3, where that is not the same
     * @param said what the table itself says of each of its rows
     * @param apart put behind the ids of its rows, which another table of version 2 may use too; empty where none does
     */
    record Older(Kind kind, Map<String, String> renamed, Map<String, String> said, String apart) {

        /** A table as version 3 has it. */
        static Older none(Kind kind) {
            return new Older(kind, Map.of(), Map.of(), "");
        }

        String column(String title) {
            return renamed.getOrDefault(title, title);
        }
    }

    /**
     * The version that a package follows: 2 or 3.
     *
     * @param tables the names of its tables, as files and as its description calls them
     * @throws Unreadable that names the version, when it is another
     */
    static int of(Iterable<String> tables, JsonNode description, String file) {
        String told = description.path("version").asString("");
        boolean ofTheStandard = description.path("name").asString("").equals("human_services_data");
        if (ofTheStandard && NUMBERS.matcher(told).matches()) {
            int major = major(told);
            if (major != 2 && major != 3) {
                throw new Unreadable(file, 0, "version", "version", told);
            }
            return major;
        }
        boolean two = false;
        for (String table : tables) {
            String bare = bare(table);
            if (OF_ONE.contains(bare)) {
                throw new Unreadable(file, 0, table, "version", "1");
            }
            two |= OF_TWO.containsKey(bare) || OF_SERVICES.containsKey(bare);
        }
        return two ? 2 : 3;
    }

    /**
     * Refuses JSON that says which version of HSDS it follows, if that is none that is read as JSON.
     *
     * @param version as it stands there; another text says nothing
     */
    static void requireThree(String version, String file) {
        if (NUMBERS.matcher(version).matches() && major(version) != 3) {
            throw new Unreadable(file, 1, "version", "version", version);
        }
    }

    private static int major(String version) {
        return Integer.parseInt(version.split("\\.", 2)[0]);
    }

    /** The table of version 2 behind a name, if version 3 has none of this name. */
    static Optional<Older> table(String name) {
        return Optional.ofNullable(OF_TWO.get(bare(name)));
    }

    /** A table of version 3 as version 2 has it. */
    static Older table(Kind kind) {
        Map<String, String> said = kind == Kind.LOCATION ? Map.of("location_type", "physical") : Map.of();
        return new Older(kind, COLUMNS.getOrDefault(kind, Map.of()), said, "");
    }

    /** Whether the rows of this table became a column of services. */
    static boolean isOfServices(String name) {
        return OF_SERVICES.containsKey(bare(name));
    }

    /**
     * Reads what such a table says of services; its rows count among those of the file.
     *
     * @throws Unreadable when there is too much of it
     */
    static void ofServices(String name, Table table, Staging staging, SaidOfServices all) {
        List<String> columns = OF_SERVICES.getOrDefault(bare(name), List.of("", ""));
        int service = table.header().indexOf("service_id");
        int said = table.header().indexOf(columns.get(0));
        for (List<String> cells = table.next(); cells != null; cells = table.next()) {
            staging.count(name, table.line());
            String of = cell(cells, service);
            String text = cell(cells, said);
            if (!of.isEmpty() && !text.isEmpty()) {
                all.add(name, table.line(), columns.get(0), columns.get(1), of, text);
            }
        }
    }

    /** Version 2 has one column for the code or the name of a language. */
    static void settle(Draft draft) {
        JsonNode name = draft.kind() == Kind.LANGUAGE ? draft.data().get("name") : null;
        if (name != null && LANGUAGE_CODE.matcher(name.asString()).matches()) {
            draft.data().remove("name");
            draft.set("code", name.asString().toLowerCase(Locale.ROOT));
        }
    }

    private static String cell(List<String> cells, int column) {
        return column < 0 || column >= cells.size()
                ? ""
                : Cells.unescaped(cells.get(column).strip());
    }

    /** Without folder, ending and plural. */
    private static String bare(@Nullable String name) {
        String plain = name == null
                ? ""
                : name.substring(name.lastIndexOf('/') + 1)
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst("\\.csv$", "");
        for (String plural : List.of("ies", "es", "s")) {
            String single = plain.endsWith(plural)
                    ? plain.substring(0, plain.length() - plural.length()) + (plural.equals("ies") ? "y" : "")
                    : plain;
            if (OF_ONE.contains(single) || OF_TWO.containsKey(single) || OF_SERVICES.containsKey(single)) {
                return single;
            }
        }
        return plain.equals("payments_accepted") ? "payment_accepted" : plain;
    }
}
