package org.ancora.referral.directory;

import static org.ancora.referral.directory.DirectoryFixtures.FLAT;
import static org.ancora.referral.directory.DirectoryFixtures.TAXONOMY;
import static org.ancora.referral.directory.DirectoryFixtures.zipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.referral.directory.DirectoryLoads.Count;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.Source;
import org.ancora.referral.directory.DirectoryLoads.State;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files of the directory in every form: what they change, what is wrong with them, and that they come back out as they went in. */
@AncoraTest
class DirectoryLoadTest {

    /** Where the published examples of HSDS 3.1 lie, if they do: {@code HSDS_EXAMPLES}, or beside the project; nothing of them is copied. */
    private static final Path PUBLISHED =
            Path.of(Optional.ofNullable(System.getenv("HSDS_EXAMPLES")).orElse("../shared/data/hsds-3.1"));

    private static final Logger log = LoggerFactory.getLogger(DirectoryLoadTest.class);

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private DirectoryFixtures directory;

    @Autowired
    private DirectoryLoads loads;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MessageSource messages;

    private Project york;
    private Source source;

    @BeforeEach
    void aSource() {
        york = fixtures.aProjectInOntario();
        source = directory.source(york, "Open data of York");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service_full.json",
                "service_list.json",
                "organization_full.json",
                "organization_list.json",
                "service_at_location_full.json",
                "service_at_location_list.json",
                "location.json",
                "taxonomy.json",
                "taxonomy_list.json",
                "taxonomy_term.json",
                "taxonomy_term_list.json",
                "tabular.json"
            })
    void takesThePublishedExamples(String file) throws IOException {
        assumeThatTheyArePublishedHere();

        Load load = directory.check(source, file, Files.readAllBytes(PUBLISHED.resolve(file)));

        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.CHECKED);
        assertThat(directory.faults(load)).filteredOn(Fault::error).isEmpty();
        assertThat(load.added()).isPositive();
        directory.store(load);
        List<String> before = directory.everything();
        Load again = directory.check(source, file, Files.readAllBytes(PUBLISHED.resolve(file)));
        assertThat(again.isNews()).as("%s", again.counts()).isFalse();
        directory.store(again);
        assertThat(directory.everything()).isEqualTo(before);
    }

    /** Whoever builds this must not believe that more was proved than was. */
    private static void assumeThatTheyArePublishedHere() {
        if (!Files.isDirectory(PUBLISHED)) {
            String skipped = "SKIPPED, nothing was proved: the published examples of HSDS 3.1 are not in "
                    + PUBLISHED.toAbsolutePath().normalize()
                    + ". Give their folder, HSDS_EXAMPLES=/a/folder mvn verify. Own samples of every form were read anyway.";
            log.warn(skipped);
            assumeThat(PUBLISHED).as(skipped).isDirectory();
        }
    }

    static Stream<Arguments> ownSamples() {
        return HsdsSamples.json().entrySet().stream().map(file -> Arguments.of(file.getKey(), file.getValue()));
    }

    /** Every form that the published examples have, with everything that can stand in it, for a clone that lacks those. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ownSamples")
    void takesOwnSamplesOfEveryForm(String name, String content) {
        Load load = directory.check(source, name, content);

        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.CHECKED);
        assertThat(directory.faults(load)).filteredOn(Fault::error).isEmpty();
        assertThat(load.added()).isPositive();
        assertThat(load.unknown()).as("every column is one of HSDS").isEmpty();
        if (name.startsWith("service_")) {
            assertThat(load.counts())
                    .extracting(Count::kind)
                    .containsExactlyElementsOf(Kind.inOrder().stream()
                            .filter(kind -> kind != Kind.META_TABLE_DESCRIPTION)
                            .map(Kind::code)
                            .toList());
        } else if (name.equals("tabular.json")) {
            assertThat(load.counts()).hasSize(Kind.values().length);
        }
        directory.store(load);
        List<String> before = directory.everything();
        Load again = directory.check(source, name, content);
        assertThat(again.isNews()).as("%s", again.counts()).isFalse();
        directory.store(again);
        assertThat(directory.everything()).isEqualTo(before);
        Source copy = directory.source(york, "Through tables");
        directory.store(copy, "export.zip", directory.zip(source, Viewer.system()));
        assertThat(directory.said(copy)).isEqualTo(directory.said(source));
    }

    @Test
    void takesAPackageOfEveryTableAndGivesItOutAgain() {
        Map<String, String> files = new LinkedHashMap<>(HsdsSamples.tables());
        files.put("datapackage.json", "{\"name\": \"human_services_data\", \"version\": \"3.1.3\", \"resources\": []}");

        Load load = directory.store(source, "hsds.zip", zipped(files));

        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.STORED);
        assertThat(load.remarks()).as("%s", directory.faults(load)).isZero();
        assertThat(load.counts())
                .extracting(Count::kind)
                .containsExactlyElementsOf(
                        Kind.inOrder().stream().map(Kind::code).toList());
        assertThat(load.unknown()).isEmpty();
        for (String row : directory.said(source)) {
            assertThat(row).doesNotContain("null");
        }
        assertThat(directory
                        .check(source, "again.zip", directory.zip(source, Viewer.system()))
                        .isNews())
                .isFalse();
        assertThat(directory
                        .check(source, "again.json", directory.json(source, Viewer.system()))
                        .isNews())
                .isFalse();
    }

    /** Only names have changed since version 2, but for who may come and how one pays, which were tables. */
    @Test
    void readsTablesOfVersionTwoByTheNamesOfVersionThree() {
        byte[] zip = zipped(HSDS_2);

        Load load = directory.store(source, "older.zip", zip);

        assertThat(directory.faults(load)).isEmpty();
        assertThat(load.form()).isEqualTo("tabular-2");
        assertThat(directory.said(source))
                .containsExactlyInAnyOrder(
                        "accessibility x1 {\"description\": \"Ramp\", \"location_id\": \"l1\"}",
                        "address 1 {\"city\": \"Newmarket\", \"address_1\": \"4 Quay St\", \"location_id\": \"l1\", \"address_type\": \"physical\"}",
                        "address 1@postal {\"city\": \"Newmarket\", \"address_1\": \"PO Box 9\", \"location_id\": \"l1\", \"address_type\": \"postal\"}",
                        "at a1 {\"service_id\": \"s1\", \"location_id\": \"l1\"}",
                        "attribute 1 {\"link_id\": \"s1\", \"link_entity\": \"service\", \"taxonomy_term_id\": \"t1\"}",
                        "attribute 1@other {\"link_id\": \"o1\", \"link_entity\": \"organization\", \"taxonomy_term_id\": \"t1\"}",
                        "language g1 {\"code\": \"so\", \"service_id\": \"s1\"}",
                        "language g2 {\"name\": \"Plain English\", \"service_id\": \"s1\"}",
                        "location l1 {\"name\": \"The house\", \"location_type\": \"physical\"}",
                        "organization o1 {\"name\": \"Harbour House\", \"website\": \"https://harbour.example\", \"description\": \"A house\"}",
                        "schedule h1 {\"freq\": \"WEEKLY\", \"byday\": \"MO\", \"opens_at\": \"09:00\", \"closes_at\": \"12:00\", \"service_id\": \"s1\"}",
                        "service s1 {\"name\": \"Talk\", \"status\": \"active\", \"organization_id\": \"o1\", \"payment_accepted\": \"Cash\", \"eligibility_description\": \"Adults\\nResidents\"}",
                        "service_area e1 {\"name\": \"York Region\", \"service_id\": \"s1\"}",
                        "taxonomy x1 {\"name\": \"Terms\", \"version\": \"7\"}",
                        "term t1 {\"name\": \"Counselling\", \"taxonomy_id\": \"x1\"}");
        assertThat(directory.check(source, "older.zip", zip).isNews()).isFalse();
        assertThat(directory
                        .check(source, "again.zip", directory.zip(source, Viewer.system()))
                        .isNews())
                .isFalse();
    }

    private static final Map<String, String> HSDS_2 = Map.ofEntries(
            Map.entry(
                    "datapackage.json", "{\"resources\": [{\"name\": \"physical_address\", \"path\": \"where.csv\"}]}"),
            Map.entry(
                    "organizations.csv", "id,name,description,url\no1,Harbour House,A house,https://harbour.example\n"),
            Map.entry("services.csv", "id,organization_id,name,status\ns1,o1,Talk,active\n"),
            Map.entry("eligibility.csv", "id,service_id,eligibility\n1,s1,Adults\n2,s1,Residents\n"),
            Map.entry("payments_accepted.csv", "id,service_id,payment\n1,s1,Cash\n"),
            Map.entry("locations.csv", "id,name\nl1,The house\n"),
            Map.entry("services_at_location.csv", "id,service_id,location_id\na1,s1,l1\n"),
            Map.entry("where.csv", "id,location_id,address_1,city\n1,l1,4 Quay St,Newmarket\n"),
            Map.entry("postal_addresses.csv", "id,location_id,address_1,city\n1,l1,PO Box 9,Newmarket\n"),
            Map.entry("accessibility_for_disabilities.csv", "id,location_id,accessibility\nx1,l1,Ramp\n"),
            Map.entry("languages.csv", "id,service_id,language\ng1,s1,so\ng2,s1,Plain English\n"),
            Map.entry("service_areas.csv", "id,service_id,service_area\ne1,s1,York Region\n"),
            Map.entry("schedules.csv", "id,service_id,freq,byday,opens_at,closes_at\nh1,s1,WEEKLY,MO,09:00,12:00\n"),
            Map.entry("taxonomies.csv", "id,name,version\nx1,Terms,7\n"),
            Map.entry("taxonomy_terms.csv", "id,term,taxonomy_id\nt1,Counselling,x1\n"),
            Map.entry("service_attributes.csv", "id,service_id,taxonomy_term_id\n1,s1,t1\n"),
            Map.entry("other_attributes.csv", "id,link_id,link_type,taxonomy_term_id\n1,o1,organization,t1\n"));

    /** What a register calls an organisation by is the second key: a source that gave it a new id still means the same. */
    @Test
    void knowsAnOrganizationByItsIdentifierWhenItsIdIsNew() {
        directory.store(source, "first.zip", harbour("o1", "123", "p1"));

        Load renamed = directory.check(source, "second.zip", harbour("org-77", "123", "p2"));

        assertThat(of(renamed, "organization")).isEqualTo(new Count("organization", 0, 0, 1, 0));
        assertThat(of(renamed, "service")).isEqualTo(new Count("service", 0, 0, 1, 0));
        assertThat(directory.faults(renamed)).singleElement().satisfies(fault -> {
            assertThat(fault.problem()).isEqualTo("same-organization");
            assertThat(fault.file() + ":" + fault.line() + " " + fault.field() + " " + fault.value())
                    .isEqualTo("organizations.csv:2 id o1");
            assertThat(fault.error()).isFalse();
        });
        directory.store(renamed);
        assertThat(count("directory_organization")).isEqualTo(1);
        assertThat(jdbc.sql("select organization from directory_resource where active")
                        .query(String.class)
                        .single())
                .isEqualTo("Harbour House");
        assertThat(directory
                        .check(source, "second.zip", harbour("org-77", "123", "p2"))
                        .isNews())
                .isFalse();
        assertThat(of(directory.check(source, "third.zip", harbour("org-78", "124", "p3")), "organization"))
                .as("another number is another organisation")
                .isEqualTo(new Count("organization", 1, 0, 0, 1));
    }

    /** Whoever has the identifier of one that is gone is somebody else, or nobody can tell: the old id alone brings it back. */
    @Test
    void takesNoOrganizationForOneThatHasEnded() {
        directory.store(source, "first.zip", harbour("o1", "123", "p1"));
        directory.store(source, "second.zip", harbour("o2", "124", "p2"));

        Load newer = directory.store(source, "third.zip", harbour("org-77", "123", "p3"));

        assertThat(directory.faults(newer)).isEmpty();
        assertThat(of(newer, "organization")).isEqualTo(new Count("organization", 1, 0, 0, 1));
        assertThat(active("directory_organization")).isEqualTo(1);
        Load renamed = directory.check(source, "fourth.zip", harbour("org-78", "123", "p4"));
        assertThat(directory.faults(renamed))
                .as("of two with this identifier one has ended")
                .extracting(Fault::value)
                .containsExactly("org-77");
        assertThat(of(directory.check(source, "fifth.zip", harbour("o1", "123", "p1")), "organization"))
                .as("its own id brings it back")
                .isEqualTo(new Count("organization", 0, 1, 0, 1));
    }

    private static byte[] harbour(String id, String number, String identifierId) {
        return zipped(Map.of(
                "datapackage.json",
                "{\"resources\": []}",
                "organizations.csv",
                "id,name,description\n" + id + ",Harbour House,A house\n",
                "services.csv",
                "id,organization_id,name,status\ns1," + id + ",Talk,active\n",
                "organization_identifiers.csv",
                "id,organization_id,identifier_scheme,identifier_type,identifier\n" + identifierId + "," + id
                        + ",CA-BN,Business number," + number + "\n"));
    }

    @Test
    void keepsTheVersionOfATaxonomy() {
        String terms =
                "code,name,parent,taxonomy,version\nA,One,,Northern terms,2026-1\nB,Two,A,Northern terms,2026-1\n";

        directory.store(source, "terms.csv", terms);
        assertThat(loads.taxonomies(source)).containsExactly(new DirectoryLoads.Taxonomy("Northern terms", "2026-1"));
        Load newer = directory.check(source, "terms.csv", terms.replace("2026-1", "2026-2"));
        assertThat(of(newer, "taxonomy")).isEqualTo(new Count("taxonomy", 0, 1, 0, 0));
        assertThat(of(newer, "taxonomy_term").unchanged()).isEqualTo(2);
        directory.store(newer);
        assertThat(loads.taxonomies(source)).containsExactly(new DirectoryLoads.Taxonomy("Northern terms", "2026-2"));

        Source bare = directory.source(york, "Without a name");
        directory.store(bare, "eastern.csv", "code,name,version\nA,One,3\n");
        assertThat(loads.taxonomies(bare)).containsExactly(new DirectoryLoads.Taxonomy("eastern", "3"));
    }

    @Test
    void takesThePublishedPackageAndGivesItOutAgain() throws IOException {
        assumeThatTheyArePublishedHere();
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> tables = Files.list(PUBLISHED.resolve("csv"))) {
            for (Path table : tables.filter(each -> each.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                files.put(table.getFileName().toString(), Files.readString(table));
            }
        }
        files.put("datapackage.json", Files.readString(PUBLISHED.resolve("datapackage.schema.json")));

        Load load = directory.store(source, "hsds.zip", zipped(files));

        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.STORED);
        assertThat(load.counts()).extracting(Count::kind).hasSize(files.size() - 1);
        assertThat(directory
                        .check(source, "again.zip", directory.zip(source, Viewer.system()))
                        .isNews())
                .isFalse();
        assertThat(directory
                        .check(source, "again.json", directory.json(source, Viewer.system()))
                        .isNews())
                .isFalse();
    }

    @Test
    void theObjectAndTheTablesOfOneServiceSayTheSame() {
        Load json = directory.store(source, "one.json", "[" + SERVICE + "]");
        Source tables = directory.source(york, "The same as tables");
        Load zip = directory.store(
                tables,
                "one.zip",
                zipped(Map.of(
                        "datapackage.json", "{\"resources\": [{\"name\": \"service\", \"path\": \"dienste.csv\"}]}",
                        "organizations.csv", "id,name,description\no1,Open Door,Helps\n",
                        "dienste.csv",
                                "id,organization_id,name,status,assured_date,minimum_age,funded_by\n"
                                        + "s1,o1,Night café,active,2026-05-01,16.0,The city\n",
                        "phones.csv", "id,service_id,number,extension\np1,s1,'+1 905 555 0123 = urgent,7\n",
                        "locations.csv", "id,location_type,name,latitude\nl1,physical,The yard,44.05\n",
                        "service_at_location.csv", "id,service_id,location_id\na1,s1,l1\n",
                        "addresses.csv",
                                "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
                                        + "d1,l1,2 Main St,Newmarket,ON,L3Y 3Y3,CA,physical\n")));

        assertThat(json.state()).as("%s", directory.faults(json)).isEqualTo(State.STORED);
        assertThat(zip.state()).as("%s", directory.faults(zip)).isEqualTo(State.STORED);
        assertThat(directory.said(tables))
                .containsAll(directory.said(source).stream()
                        .filter(row -> !row.startsWith("phone"))
                        .toList());
        assertThat(directory.said(tables)).hasSameSizeAs(directory.said(source));
    }

    private static final String SERVICE = """
            {"id": "s1", "name": "Night café ", "status": "active", "assured_date": "2026-05-01T09:00:00Z", "minimum_age": 16,
             "funded_by": "The city", "alert": null,
             "organization": {"id": "o1", "name": "Open Door", "description": "Helps"},
             "phones": [{"id": "p1", "number": "+1 905 555 0123", "extension": 7}],
             "service_at_locations": [{"id": "a1", "location": {"id": "l1", "location_type": "physical", "name": "The yard",
               "latitude": 44.050, "addresses": [{"id": "d1", "address_1": "2 Main St", "city": "Newmarket",
               "state_province": "ON", "postal_code": "L3Y 3Y3", "country": "CA", "address_type": "physical"}]}}]}
            """;

    @Test
    void aDryRunWritesNothingAndStoringChangesOnlyWhatDiffers() {
        List<String> empty = directory.everything();
        Load load = directory.check(source, "york.csv", FLAT);
        assertThat(directory.everything()).as("looking changes nothing").isEqualTo(empty);
        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.CHECKED);
        assertThat(of(load, "service")).isEqualTo(new Count("service", 4, 0, 0, 0));
        assertThat(of(load, "location").added()).isEqualTo(2);
        assertThat(load.unknown()).containsExactly("service.Bus line");

        directory.store(load);
        List<String> stored = directory.everything();
        Load same = directory.check(source, "york.csv", FLAT);
        assertThat(same.isNews()).as("%s", same.counts()).isFalse();
        directory.store(same);
        assertThat(directory.everything()).as("not one row was written anew").isEqualTo(stored);

        Load other = directory.check(source, "york.csv", FLAT.replace("905 555 0111", "905 555 0222"));
        assertThat(other.changed()).isEqualTo(1);
        assertThat(other.vanishing()).isZero();
        directory.store(other);
        List<String> after = directory.everything();
        after.removeAll(stored);
        assertThat(after).singleElement().asString().contains("905 555 0222");
    }

    @Test
    void whatAFileNoLongerNamesIsInactiveAndComesBack() {
        directory.store(source, "york.csv", FLAT);
        String shorter =
                FLAT.lines().filter(line -> !line.contains("Food bank")).reduce("", (a, b) -> a + b + "\n");

        Load load = directory.check(source, "york.csv", shorter);
        assertThat(of(load, "service")).isEqualTo(new Count("service", 0, 0, 3, 1));
        assertThat(load.manyVanish()).as("one of four is more than a fifth").isTrue();
        directory.store(load);

        assertThat(active("directory_service")).isEqualTo(3);
        assertThat(active("directory_resource")).isEqualTo(3);
        assertThat(count("directory_service")).as("nothing is deleted").isEqualTo(4);
        List<Long> ids = jdbc.sql("select id from directory_resource order by id")
                .query(Long.class)
                .list();
        directory.store(source, "york.csv", FLAT);
        assertThat(active("directory_resource")).isEqualTo(4);
        assertThat(jdbc.sql("select id from directory_resource order by id")
                        .query(Long.class)
                        .list())
                .as("referrals still find it")
                .isEqualTo(ids);
    }

    @Test
    void anotherSourceAndAPartOfOneLeaveTheRestAlone() {
        directory.store(source, "york.csv", FLAT);
        Source other = directory.source(york, "Another one");
        directory.store(other, "one.json", "[" + SERVICE + "]");
        assertThat(active("directory_service")).isEqualTo(5);

        Load single = directory.store(other, "one.json", SERVICE.replace("\"s1\"", "\"s2\""));
        Load page = directory.store(
                other,
                "page.json",
                "{\"total_pages\": 3, \"contents\": [" + SERVICE.replace("\"s1\"", "\"s3\"") + "]}");

        assertThat(single.partial()).isTrue();
        assertThat(page.partial()).isTrue();
        assertThat(active("directory_service")).isEqualTo(7);
    }

    @Test
    void aBadRowLeavesWhatIsKnownAboutItAlone() {
        directory.store(source, "york.csv", FLAT);
        Load load = directory.store(source, "york.csv", FLAT.replace("2024-01-15", "someday"));

        assertThat(load.bad()).isEqualTo(1);
        assertThat(load.vanishing()).isZero();
        assertThat(jdbc.sql("select data ->> 'assured_date' from directory_service where name = 'Food bank' and active")
                        .query(String.class)
                        .single())
                .isEqualTo("2024-01-15");
    }

    @Test
    void columnsThatNobodyKnowsSurviveEveryForm() {
        directory.store(source, "york.csv", FLAT);
        directory.store(source, "part.json", """
                {"id": "s9", "name": "Odd one", "status": "active", "organization": {"id": "o9", "name": "Nine", "description": "x",
                 "colour": "blue"}, "x_score": 7, "x_tags": ["a", {"b": 1}], "x_note": "=cmd|x", "x_quote": "'=1"}
                """);
        List<String> said = directory.said(source);
        assertThat(said).anyMatch(row -> row.contains("\"Bus line\": \"12A\""));
        assertThat(said).anyMatch(row -> row.contains("\"x_tags\": [\"a\", {\"b\": 1}]"));

        Source zip = directory.source(york, "Through tables");
        directory.store(zip, "export.zip", directory.zip(source, Viewer.system()));
        Source json = directory.source(york, "Through JSON");
        directory.store(json, "export.json", directory.json(source, Viewer.system()));

        assertThat(directory.said(zip)).isEqualTo(said);
        assertThat(directory.said(json)).isEqualTo(said);
        assertThat(DirectoryFixtures.unzipped(directory.zip(source, Viewer.system()))
                        .get("services.csv"))
                .as("no spreadsheet computes it")
                .contains("'=cmd|x")
                .doesNotContain(",=cmd");
    }

    /** Made-up directories of many shapes: what comes out goes in again and changes nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 4, 5})
    void whatIsGivenOutChangesNothingWhenItComesBack(long seed) {
        Load load = directory.store(source, "made-up.json", madeUp(new Random(seed)));
        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.STORED);
        List<String> said = directory.said(source);

        Load zip = directory.check(source, "export.zip", directory.zip(source, Viewer.system()));
        assertThat(zip.isNews()).as("tables: %s", zip.counts()).isFalse();
        assertThat(zip.bad()).as("%s", directory.faults(zip)).isZero();
        Load json = directory.check(source, "export.json", directory.json(source, Viewer.system()));
        assertThat(json.isNews())
                .as("JSON: %s %s", json.counts(), directory.faults(json))
                .isFalse();
        Source copy = directory.source(york, "Copy");
        directory.store(copy, "export.json", directory.json(source, Viewer.system()));
        assertThat(directory.said(copy)).isEqualTo(said);
        Source tables = directory.source(york, "Copy of tables");
        directory.store(tables, "export.zip", directory.zip(source, Viewer.system()));
        assertThat(directory.said(tables)).isEqualTo(said);
    }

    private static String madeUp(Random dice) {
        List<String> services = new ArrayList<>();
        String[] odd = {
            "plain",
            "=1+1",
            "'=2",
            "a \\\"quote\\\"",
            "two\\nlines",
            "comma, semi;",
            "{\\\"a\\\":1}",
            "[x",
            "007",
            "+39 011"
        };
        for (int s = 0; s < 12; s++) {
            StringBuilder service = new StringBuilder();
            service.append(
                    "{\"id\":\"s%d\",\"name\":\"Service %d\",\"status\":\"active\",\"organization\":{\"id\":\"o%d\",\"name\":\"Org\",\"description\":\"d\"}"
                            .formatted(s, s, s % 4));
            service.append(",\"x_odd\":\"")
                    .append(odd[dice.nextInt(odd.length)])
                    .append('"');
            service.append(",\"minimum_age\":").append(dice.nextInt(100)).append(dice.nextBoolean() ? ".50" : "");
            if (dice.nextBoolean()) {
                service.append(
                        ",\"phones\":[{\"id\":\"shared\",\"number\":\"1\",\"languages\":[{\"id\":\"pl\",\"code\":\"it\"}]},{\"number\":\"%s\"}]"
                                .formatted(odd[dice.nextInt(odd.length)]));
            }
            if (dice.nextBoolean()) {
                service.append(
                        ",\"attributes\":[{\"id\":\"t%d\",\"value\":\"v\",\"taxonomy_term\":{\"id\":\"term%d\",\"name\":\"Term\",\"description\":\"d\"}}]"
                                .formatted(s, dice.nextInt(3)));
            }
            if (dice.nextBoolean()) {
                service.append(
                        ",\"capacities\":[{\"id\":\"c%d\",\"available\":%d,\"updated\":\"2026-01-01\",\"unit\":{\"id\":\"u\",\"name\":\"bed\"}}]"
                                .formatted(s, dice.nextInt(5)));
            }
            if (dice.nextBoolean()) {
                service.append(
                        ",\"contacts\":[{\"id\":\"k%d\",\"name\":\"Ann\",\"phones\":[{\"id\":\"kp%d\",\"number\":\"%s\"}]}]"
                                .formatted(s % 5, s % 5, odd[dice.nextInt(2)]));
            }
            int places = dice.nextInt(3);
            service.append(",\"service_at_locations\":[");
            for (int a = 0; a < places; a++) {
                service.append(a == 0 ? "" : ",");
                service.append(
                        "{\"id\":\"a%d-%d\",\"location\":{\"id\":\"l%d\",\"location_type\":\"physical\",\"latitude\":-12.0%d,\"addresses\":[{\"id\":\"d%d\",\"address_1\":\"St\",\"city\":\"C\",\"state_province\":\"S\",\"postal_code\":\"P\",\"country\":\"CA\",\"address_type\":\"physical\"}]},\"schedules\":[{\"id\":\"h%d-%d\",\"freq\":\"WEEKLY\",\"byday\":\"MO\",\"opens_at\":\"09:00\",\"closes_at\":\"17:00\"}]}"
                                .formatted(s, a, (s + a) % 6, (s + a) % 6, (s + a) % 6, s, a));
            }
            services.add(service.append("]}").toString());
        }
        return "{\"contents\":[" + String.join(",", services)
                + "],\"locations.csv\":[{\"id\":\"alone\",\"location_type\":\"postal\"}]}";
    }

    static Stream<Arguments> brokenFiles() {
        String pack = "{\"resources\": []}";
        return Stream.of(
                Arguments.of("cut.json", "[" + SERVICE + ",\n{\"id\": \"s2\", ", "cut.json", 9, "", "json"),
                Arguments.of(
                        "status.json",
                        "[" + SERVICE.replace("\"active\"", "\"open\"") + "]",
                        "status.json",
                        1,
                        "[0].status",
                        "status"),
                Arguments.of("date.csv", FLAT.replace("2024-01-15", "2026-02-30"), "date.csv", 3, "Verified", "date"),
                Arguments.of(
                        "agency.csv",
                        FLAT.replace("Northside House,Food bank", ",Food bank"),
                        "agency.csv",
                        3,
                        "Agency",
                        "required"),
                Arguments.of("header.csv", FLAT.replace("Agency,", "Who,"), "header.csv", 1, "agency", "no-column"),
                Arguments.of("quote.csv", FLAT + "\"never closed,x\n", "quote.csv", 6, "", "quote"),
                Arguments.of("cells.csv", FLAT + "Northside House,Short row\n", "cells.csv", 6, "", "cells"),
                Arguments.of(
                        "none.zip", zipped(Map.of("services.csv", "id,name\n")), "none.zip", 0, "", "no-description"),
                Arguments.of(
                        "path.zip",
                        zipped(Map.of("datapackage.json", pack, "../../services.csv", "id\n")),
                        "../../services.csv",
                        0,
                        "",
                        "path"),
                Arguments.of(
                        "orphan.zip",
                        zipped(Map.of(
                                "datapackage.json",
                                pack,
                                "services.csv",
                                "id,organization_id,name,status\ns1,nobody,Lost,active\n")),
                        "services.csv",
                        2,
                        "organization_id",
                        "no-organization"),
                Arguments.of(
                        "twice.zip",
                        zipped(Map.of(
                                "datapackage.json",
                                pack,
                                "organizations.csv",
                                "id,name,description\no1,A,d\no2,B,d\no1,C,d\n")),
                        "organizations.csv",
                        4,
                        "id",
                        "twice"),
                Arguments.of(
                        "number.zip",
                        zipped(Map.of(
                                "datapackage.json",
                                pack,
                                "locations.csv",
                                "id,location_type,latitude\nl1,physical,north\n")),
                        "locations.csv",
                        2,
                        "latitude",
                        "number"),
                Arguments.of(
                        "bomb.zip",
                        zipped(Map.of("datapackage.json", pack, "services.csv", "id\n" + "0".repeat(30_000_000))),
                        "services.csv",
                        0,
                        "",
                        "bomb"),
                Arguments.of(
                        "told-often.zip",
                        ofServices("eligibility.csv", "service_id,eligibility\n" + "s,x\n".repeat(10_001)),
                        "eligibility.csv",
                        10_002,
                        "eligibility",
                        "long"),
                Arguments.of(
                        "many-rows.zip",
                        ofServices(
                                "eligibility.csv", "service_id,eligibility\n" + "s,\n".repeat(Staging.MOST_ROWS + 1)),
                        "eligibility.csv",
                        Staging.MOST_ROWS + 2,
                        "",
                        "rows"),
                Arguments.of(
                        "many-services.zip",
                        ofServices(
                                "payments_accepted.csv",
                                IntStream.rangeClosed(0, SaidOfServices.MOST)
                                        .mapToObj(id -> id + ",x\n")
                                        .collect(Collectors.joining("", "service_id,payment\n", ""))),
                        "payments_accepted.csv",
                        SaidOfServices.MOST + 2,
                        "service_id",
                        "rows"),
                Arguments.of(
                        "circle.csv", "code,name,parent\nA,One,B\nB,Two,A\n", "circle.csv", 2, "parent_id", "circle"),
                Arguments.of(
                        "first.zip",
                        zipped(Map.of("datapackage.json", pack, "regular_schedules.csv", "id\n")),
                        "datapackage.json",
                        0,
                        "regular_schedules.csv",
                        "version"),
                Arguments.of(
                        "future.zip",
                        zipped(Map.of(
                                "datapackage.json",
                                "{\"name\": \"human_services_data\", \"version\": \"4.0\"}",
                                "services.csv",
                                "id\n")),
                        "datapackage.json",
                        0,
                        "version",
                        "version"),
                Arguments.of(
                        "older.json",
                        "{\"version\": \"2.0.1\", \"contents\": []}",
                        "older.json",
                        1,
                        "version",
                        "version"),
                Arguments.of("base.json", "{\"version\": \"3.0\", \"profile\": \"x\"}", "base.json", 1, "", "nothing"));
    }

    /** A package of version 2 with a table of what became a column of services. */
    private static byte[] ofServices(String table, String rows) {
        return zipped(Map.of(
                "datapackage.json",
                "{\"resources\": []}",
                "organizations.csv",
                "id,name,description\no1,A,d\n",
                table,
                rows));
    }

    /** A package that is large itself may unpack to more than memory holds. */
    @Test
    void keepsOnlySoMuchOfWhatIsSaidOfServices() {
        SaidOfServices all = new SaidOfServices();
        String text = "x".repeat(Values.LONGEST);
        int most = SaidOfServices.LARGEST / text.length();

        assertThatThrownBy(() -> IntStream.rangeClosed(0, most)
                        .forEach(id -> all.add("eligibility.csv", id + 2, "eligibility", "e", "s" + id, text)))
                .isInstanceOf(Unreadable.class)
                .hasMessageMatching("eligibility.csv:26\\d\\d bomb .*");
    }

    /** What another version calls so is nothing that anybody reads, however it looks. */
    @Test
    void readsTablesOfVersionTwoInNoOtherVersion() {
        Load load = directory.check(
                source,
                "three.zip",
                zipped(Map.of(
                        "datapackage.json",
                        "{\"name\": \"human_services_data\", \"version\": \"3.1.3\", \"resources\": []}",
                        "organizations.csv",
                        "id,name,description\no1,A,d\n",
                        "eligibility.csv",
                        "service_id,eligibility\ns1,\"never closed\n")));

        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.CHECKED);
        assertThat(directory.faults(load)).extracting(Fault::problem).containsExactly("file");
        assertThat(load.rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void aBrokenFileIsToldByFileRowAndField(
            String name, Object content, String file, int line, String field, String problem) {
        byte[] bytes = content instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) content;

        Load load = directory.check(source, name, bytes);

        assertThat(directory.faults(load)).filteredOn(Fault::error).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo(file);
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.problem()).isEqualTo(problem);
            assertThat(fault.field()).matches(told -> told.equals(field) || problem.equals("json"));
        });
        assertThat(load.bad()).isPositive();
        for (String language : List.of("en", "es", "it")) {
            for (Fault fault : directory.faults(load)) {
                assertThat(messages.getMessage(
                                "directory.fault." + fault.problem(),
                                new Object[] {fault.value()},
                                Locale.forLanguageTag(language)))
                        .isNotBlank();
            }
        }
    }

    /** Anybody calls a list of services "services.csv", and gives its lines ids. */
    @Test
    void tellsATableOfServicesFromAListThatIsCalledSo() {
        Load list = directory.check(source, "services.csv", "id,agency,service,status\n1,Northside,Meals,active\n");
        Load table = directory.check(source, "organizations.csv", "id,name,description\no1,Northside,Helps\n");

        assertThat(list.form()).isEqualTo("flat");
        assertThat(list.bad()).isZero();
        assertThat(table.form()).isEqualTo("table");
        assertThat(table.bad()).isZero();
    }

    @Test
    void readsWhatOlderSpreadsheetsWrite() {
        Load load = directory.store(
                source,
                "viejo.csv",
                "Agencia;Servicio;Teléfono;Dirección;Ciudad;Horario\nCáritas;Comedor;066 012 300;Jr. Lima 12;Huamanga;lun a vie 12-14\n"
                        .getBytes(Charset.forName("windows-1252")));

        assertThat(load.state()).as("%s", directory.faults(load)).isEqualTo(State.STORED);
        assertThat(jdbc.sql("select organization || ' ' || title || ' ' || open_week::text from directory_resource")
                        .query(String.class)
                        .single())
                .isEqualTo("Cáritas comedor caritas {[720,840),[2160,2280),[3600,3720),[5040,5160),[6480,6600)}");
    }

    @Test
    void aTaxonomyOfItsOwnFileGivesTermsToServicesThatCameBefore() {
        directory.store(source, "york.csv", FLAT);
        assertThat(jdbc.sql("select count(*) from directory_resource where term_ids <> '{}'")
                        .query(Integer.class)
                        .single())
                .isZero();
        Source taxonomy = directory.source(york, "Our taxonomy");

        Load load = directory.store(taxonomy, "terms.csv", TAXONOMY);

        assertThat(load.form()).isEqualTo("taxonomy");
        assertThat(jdbc.sql("""
                        select string_agg(t.code, ' ' order by t.code) from directory_resource r
                          join directory_taxonomy_term t on t.id = any(r.term_ids) where r.name = 'Hot meals'
                        """).query(String.class).single())
                .as("the term, and the one above it")
                .isEqualTo("FOOD FOOD-MEALS");
        Load shorter = directory.store(taxonomy, "terms.csv", TAXONOMY.replace("TALK,Somebody to talk to,\n", ""));
        assertThat(of(shorter, "taxonomy_term").vanishing()).isEqualTo(1);
        assertThat(jdbc.sql("select cardinality(term_ids) from directory_resource where name = 'Ascolto'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private Count of(Load load, String kind) {
        return load.counts().stream()
                .filter(count -> count.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private int active(String table) {
        return jdbc.sql("select count(*) from " + table + " where active")
                .query(Integer.class)
                .single();
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
