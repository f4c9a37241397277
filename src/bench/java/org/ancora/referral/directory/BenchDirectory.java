package org.ancora.referral.directory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.FreshPlans;
import org.ancora.network.Projects;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.UriComponentsBuilder;

/** The very code behind the directory, without the pages, and a made-up directory to fill it. */
@Component
public class BenchDirectory {

    private static final List<String> TABLES = List.of(
            "directory_organization",
            "directory_service",
            "directory_location",
            "directory_service_at_location",
            "directory_part",
            "directory_resource",
            "directory_taxonomy_term");

    private static final List<String> WHAT = List.of(
            "Meals",
            "Food bank",
            "Shelter",
            "Legal clinic",
            "Counselling",
            "Dental care",
            "Child care",
            "Employment",
            "Newcomer welcome",
            "Comedor popular",
            "Asesoría legal",
            "Ascolto",
            "Dormitorio",
            "Sportello lavoro",
            "Addiction support");
    private static final List<String> FOR = List.of(
            "families",
            "women",
            "youth",
            "seniors",
            "newcomers",
            "everybody",
            "men",
            "students",
            "veterans",
            "people without a home");
    private static final List<String> TOWNS = List.of(
            "Newmarket",
            "Aurora",
            "Markham",
            "Vaughan",
            "Barrie",
            "Toronto",
            "Oshawa",
            "Guelph",
            "Hamilton",
            "London",
            "Ottawa",
            "Kingston",
            "Sudbury",
            "Windsor",
            "Ajax",
            "Milton",
            "Whitby",
            "Brampton",
            "Barriefield",
            "Thorold");

    private static final List<String> LANGUAGES = List.of("en", "fr", "es", "so", "ur");

    /** Counting goes no further. */
    public static final int COUNTED = ResourceSearch.COUNTED;

    /** A Wednesday morning, on which four in five are open, whenever this is measured. */
    private static final Clock AT_WORK = Clock.fixed(Instant.parse("2026-11-25T15:30:00Z"), ZoneOffset.UTC);

    /** That moment in Ontario: so many minutes after midnight. */
    private static final int MINUTE = 10 * 60 + 30;

    private final DirectoryLoads loads;
    private final DirectoryLoader loader;
    private final ResourceSearch search;
    private final ResourceWords words;
    private final JdbcClient jdbc;
    private final FreshPlans plans;

    BenchDirectory(
            DirectoryLoads loads,
            DirectoryLoader loader,
            ResourceWords words,
            JdbcClient jdbc,
            Projects projects,
            TransactionTemplate transaction,
            FreshPlans plans) {
        this.loads = loads;
        this.loader = loader;
        this.search = new ResourceSearch(plans, jdbc, projects, AT_WORK, transaction, new Needs(jdbc));
        this.words = words;
        this.jdbc = jdbc;
        this.plans = plans;
    }

    /** Begins a source; returns its id. */
    public long source(ProjectId project) {
        return loads.begin(project, "Bench " + System.nanoTime(), UserId.SYSTEM);
    }

    /** Gives a file and has it read; returns its id, or fails when it cannot be stored. */
    public long check(long source, byte[] file) throws IOException {
        long id = loads.take(
                loads.source(source, Viewer.system()),
                "bench.zip",
                new ByteArrayInputStream(file),
                Integer.MAX_VALUE,
                UserId.SYSTEM);
        loader.goOn(id);
        Load load = loads.find(id).orElseThrow();
        if (load.state() != DirectoryLoads.State.CHECKED || load.bad() > 0) {
            throw new IllegalStateException(load + " " + loads.faults(load, 5));
        }
        return id;
    }

    public void store(long id) {
        loads.store(loads.find(id).orElseThrow(), UserId.SYSTEM);
        loader.goOn(id);
        if (loads.find(id).orElseThrow().state() != DirectoryLoads.State.STORED) {
            throw new IllegalStateException("not stored");
        }
    }

    /**
     * What the tables of the directory hold.
     *
     * @param transaction what is written later has this number or a later one
     */
    public record Standing(long transaction, long rows) {}

    /** What they hold now. */
    public Standing standing() {
        long transaction = jdbc.sql("select pg_current_xact_id()::text::bigint")
                .query(Long.class)
                .single();
        return new Standing(transaction, rows("true", transaction));
    }

    /** How many rows were written or deleted since; the database's own counters would be told only after a while. */
    public long changedSince(Standing before) {
        long written = rows("xmin::text::bigint >= :transaction", before.transaction());
        return written + Math.abs(rows("true", before.transaction()) - before.rows());
    }

    private long rows(String which, long transaction) {
        String counted = TABLES.stream()
                .map(table -> "(select count(*) from " + table + " where " + which + ")")
                .collect(Collectors.joining(" + "));
        return jdbc.sql("select " + counted)
                .param("transaction", transaction)
                .query(Long.class)
                .single();
    }

    /**
     * Searches as the page does, and puts what was found into words; returns how much there was: the page's count, which
     * goes no further than {@link #COUNTED}, or how many names resemble what was typed.
     */
    public int search(String address, Viewer viewer) {
        ResourceSearch.Found found = search.search(query(address), viewer);
        words.items(found.rows(), viewer.locale());
        return found.alike() ? found.rows().size() : found.count();
    }

    /** How many of the made-up services fit, as far as a page counts. */
    public static int fitting(int services, IntPredicate fits) {
        return (int)
                IntStream.range(0, services).filter(fits).limit(COUNTED + 1L).count();
    }

    /** Whether the made-up service of this number is of a kind, or for some people. */
    public static boolean isNamed(int service, String part) {
        return what(service).contains(part) || whom(service).contains(part);
    }

    /** Whether it stands in a town, or serves its people. */
    public static boolean isIn(int service, String town) {
        return townOfPlace(service).equals(town) || townOfArea(service).equals(town);
    }

    /** Whether it has a term of this number, or one below it. */
    public static boolean isUnder(int service, int term) {
        return IntStream.of(2 * service, 2 * service + 1)
                .map(BenchDirectory::leaf)
                .map(leaf -> {
                    int above = leaf;
                    while (above > term) {
                        above = (above - 1) / 2;
                    }
                    return above;
                })
                .anyMatch(above -> above == term);
    }

    /** Whether it is open at the moment at which searches are measured. */
    public static boolean isOpen(int service) {
        boolean monthly = service % 200 == 0;
        return !monthly && opens(service) * 60 <= MINUTE && MINUTE < closes(service) * 60 + 30;
    }

    /** The language that is spoken there. */
    public static String language(int service) {
        return LANGUAGES.get(service % 17 < 4 ? service % 17 + 1 : 0);
    }

    private static String what(int service) {
        return WHAT.get(service % WHAT.size());
    }

    private static String whom(int service) {
        return FOR.get(service / 7 % FOR.size());
    }

    private static String townOfPlace(int service) {
        return TOWNS.get(service * 13 % TOWNS.size());
    }

    private static String townOfArea(int service) {
        return TOWNS.get(service % TOWNS.size());
    }

    private static int opens(int service) {
        return 7 + service % 5;
    }

    private static int closes(int service) {
        return 12 + service % 9;
    }

    private static int leaf(int tag) {
        return 255 + tag * 31 % 256;
    }

    /** Where the next page begins. */
    public long next(String address, Viewer viewer) {
        return Objects.requireNonNull(search.search(query(address), viewer).next());
    }

    /** The plans of the statements that a search asks, each with what it read. */
    public List<String> plans(String address, Viewer viewer) {
        List<String> shown = new ArrayList<>();
        search.search(
                query(address),
                viewer,
                statement -> shown.add(String.join(
                        "\n",
                        plans.sql("explain (analyze, buffers, costs off) " + statement.sql())
                                .params(statement.params())
                                .query(String.class)
                                .list())));
        return shown;
    }

    public String term(String code) {
        return jdbc.sql("select max(id)::text from directory_taxonomy_term where code = :code")
                .param("code", code)
                .query(String.class)
                .single();
    }

    public void vacuum(org.springframework.jdbc.core.JdbcTemplate sql) {
        for (String table : List.of("directory_resource", "directory_part", "directory_service")) {
            sql.execute("vacuum analyze " + table);
        }
    }

    private static ResourceQuery query(String address) {
        Map<String, String> sent = UriComponentsBuilder.fromUriString("?" + address)
                .build()
                .getQueryParams()
                .toSingleValueMap();
        return ResourceQuery.of(sent);
    }

    /** A tabular package of so many services, each with a place, a telephone, hours, languages, an area and two tags. */
    public static byte[] madeUp(int services) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("datapackage.json"));
            out.write("{\"resources\": []}");
            table(zip, out, "organizations", "id,name,description", services / 10 + 1, i -> "o%d,Agency %d of %s,Helps"
                    .formatted(i, i, TOWNS.get(i % TOWNS.size())));
            table(zip, out, "services", "id,organization_id,name,description,status,assured_date", services, i -> {
                String what = what(i);
                String whom = whom(i);
                return "s%d,o%d,%s for %s %d,\"%s offered to %s: call ahead, bring a document, ask for %s. Number %d of the %s programme.\",active,202%d-0%d-1%d"
                        .formatted(
                                i,
                                i / 10,
                                what,
                                whom,
                                i,
                                what,
                                whom,
                                i % 997 == 0 ? "zorab" : "the desk",
                                i,
                                i % 50 == 0 ? "outreach" : "regular",
                                3 + i % 4,
                                1 + i % 9,
                                i % 9);
            });
            table(zip, out, "locations", "id,location_type,name", services, i -> "l%d,physical,House %d"
                    .formatted(i, i));
            table(zip, out, "service_at_location", "id,service_id,location_id", services, i -> "a%d,s%d,l%d"
                    .formatted(i, i, i));
            table(
                    zip,
                    out,
                    "addresses",
                    "id,location_id,address_1,city,state_province,postal_code,country,address_type",
                    services,
                    i -> "d%d,l%d,%d Main St,%s,ON,L%dY %dA1,CA,physical"
                            .formatted(i, i, i, townOfPlace(i), i % 10, i / 10 % 10));
            table(zip, out, "phones", "id,service_id,number", services, i -> "p%d,s%d,905 555 %04d"
                    .formatted(i, i, i % 10_000));
            table(
                    zip,
                    out,
                    "schedules",
                    "id,service_id,freq,byday,opens_at,closes_at",
                    services,
                    i -> i % 200 == 0
                            ? "h%d,s%d,MONTHLY,1MO,09:00,12:00".formatted(i, i)
                            : "h%d,s%d,WEEKLY,\"%s\",%02d:00,%02d:30"
                                    .formatted(i, i, i % 3 == 0 ? "MO,WE,FR" : "MO,TU,WE,TH,FR", opens(i), closes(i)));
            table(zip, out, "languages", "id,service_id,code", services, i -> "g%d,s%d,%s"
                    .formatted(i, i, language(i)));
            table(zip, out, "service_areas", "id,service_id,name", services, i -> "e%d,s%d,%s and around"
                    .formatted(i, i, townOfArea(i)));
            table(
                    zip,
                    out,
                    "taxonomy_terms",
                    "id,code,name,description,parent_id",
                    511,
                    i -> i == 0 ? "t0,T0,Everything,d," : "t%d,T%d,Term %d,d,t%d".formatted(i, i, i, (i - 1) / 2));
            table(
                    zip,
                    out,
                    "attributes",
                    "id,link_id,link_entity,taxonomy_term_id",
                    services * 2,
                    i -> "b%d,s%d,service,t%d".formatted(i, i / 2, leaf(i)));
        }
        return bytes.toByteArray();
    }

    private interface Line {
        String of(int number);
    }

    private static void table(ZipOutputStream zip, Writer out, String name, String header, int rows, Line line)
            throws IOException {
        out.flush();
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(name + ".csv"));
        out.write(header + "\n");
        for (int i = 0; i < rows; i++) {
            out.write(line.of(i) + "\n");
        }
        out.flush();
    }
}
