package org.ancora.referral.directory;

import static org.ancora.referral.directory.DirectoryFixtures.FLAT;
import static org.ancora.referral.directory.DirectoryFixtures.TAXONOMY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.Source;
import org.ancora.referral.directory.DirectoryLoads.State;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.VirtualClock;
import org.assertj.core.api.SoftAssertions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** Searching the directory, and what each person may find in it (C97, C102). */
@AncoraTest
class DirectoryPagesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private DirectoryFixtures directory;

    @Autowired
    private Directory resources;

    @Autowired
    private DirectoryLoads loads;

    @Autowired
    private ResourceSearch search;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Users users;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("clock")
    private Clock clock;

    private Project york;
    private Source source;
    private UserId caseworker;
    private UserId coordinator;

    @BeforeEach
    void aDirectory() {
        york = fixtures.aProjectInOntario();
        caseworker = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        coordinator = fixtures.aPerson("Nadia Rahman", york, Role.COORDINATOR);
        source = directory.source(york, "York");
        directory.store(source, "terms.csv", TAXONOMY);
        directory.store(source, "york.csv", FLAT);
    }

    @Test
    void findsByWordsAreaAndLanguage() throws Exception {
        SoftAssertions all = new SoftAssertions();
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("q=meals", "Hot meals");
        asked.put("q=MEAL", "Hot meals");
        asked.put("q=groceries xylophone", "");
        asked.put("q=grocery", "Food bank");
        asked.put("q=ascoltare", "Ascolto");
        asked.put("q=escuchar", "");
        asked.put("q=northside food", "Food bank, Hot meals");
        asked.put("q=som", "Ascolto");
        asked.put("area=newmarket", "Food bank, Hot meals");
        asked.put("area=L3Y 1a1", "Food bank, Hot meals");
        asked.put("area=york region&q=hot", "Hot meals");
        asked.put("area=ontario", "Ascolto");
        asked.put("area=lima", "");
        asked.put("language=so", "Hot meals");
        asked.put("language=it", "Ascolto");
        asked.put("q=%25%5C'&need=abc", "");
        asked.put("need=99999", "");
        for (Map.Entry<String, String> each : asked.entrySet()) {
            all.assertThat(String.join(", ", names(page("/directory?" + each.getKey(), caseworker))))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        all.assertAll();
    }

    @Test
    void findsByANeedAndEverythingBelowIt() throws Exception {
        String food = term("FOOD");

        Document page = page("/directory?need=" + food, caseworker);

        assertThat(names(page)).containsExactly("Food bank", "Hot meals");
        assertThat(page.select("#need option").eachText())
                .contains("Food and drink", "Somebody to talk to")
                .doesNotContain("Meals");
        assertThat(page.select(".directory-terms a").eachText()).containsExactly("Food banks", "Meals");
        Document narrower = page(page.select(".directory-terms a").get(1).attr("href"), caseworker);
        assertThat(names(narrower)).containsExactly("Hot meals");
        assertThat(narrower.select(".directory-terms a").eachText()).containsExactly("Food and drink");
        assertThat(narrower.select("#need option[selected]").text()).isEqualTo("Meals");
    }

    /** Monday 23 November 2026: meals from 17 to 19, the telephone from 22 to 6. */
    @Test
    void findsWhatIsOpenNow() throws Exception {
        SoftAssertions all = new SoftAssertions();
        Map<String, String> open = new LinkedHashMap<>();
        open.put("2026-11-23T21:59:00Z", "");
        open.put("2026-11-23T22:00:00Z", "Hot meals");
        open.put("2026-11-24T03:00:00Z", "Ascolto");
        open.put("2026-11-24T10:59:00Z", "Ascolto");
        open.put("2026-11-24T11:00:00Z", "");
        open.put("2026-11-25T15:30:00Z", "Food bank");
        for (Map.Entry<String, String> each : open.entrySet()) {
            ((VirtualClock) clock).startAt(Instant.parse(each.getKey()));
            all.assertThat(String.join(", ", names(page("/directory?open=now", caseworker))))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        all.assertAll();
    }

    @Test
    void openNowAlsoKnowsRulesThatNoWeekTells() throws Exception {
        directory.store(source, "clinic.json", """
                {"id": "m1", "name": "Legal clinic", "status": "active", "organization": {"id": "m", "name": "Law", "description": "d"},
                 "schedules": [{"id": "h1", "freq": "MONTHLY", "byday": "4MO", "opens_at": "09:00", "closes_at": "12:00"}]}
                """);

        assertThat(names(page("/directory?open=now", caseworker))).containsExactly("Legal clinic");
        ((VirtualClock) clock).startAt(Instant.parse("2026-11-30T14:10:00Z"));
        assertThat(names(page("/directory?open=now", caseworker))).isEmpty();
    }

    @Test
    void saysWhatIsFullStaleOrUnchecked() throws Exception {
        Document page = page("/directory", coordinator);

        assertThat(chips(page, "Ascolto")).contains("4 places free", "nobody has checked it");
        assertThat(chips(page, "Food bank")).contains("last checked Mon 15 Jan 2024");
        assertThat(chips(page, "Hot meals")).containsExactly("opens 17:00");
        assertThat(chips(page, "Safe nights")).contains("no places free", "confidential place");
    }

    /** On every path: list, count, words, area, choices, page, other places, facets, exports, snapshot. */
    @Test
    void whoMayNotKnowOfAConfidentialPlaceFindsNothingOfIt() throws Exception {
        String secret = jdbc.sql("select id from directory_resource where name = 'Safe nights'")
                .query(String.class)
                .single();
        directory.store(source, "more.json", """
                {"id": "x1", "name": "Advice", "status": "active",
                 "organization": {"id": "x", "name": "Wings", "description": "d"},
                 "phones": [{"id": "p1", "number": "555 OPEN"}, {"id": "p0", "number": "555 SECRET", "location_id": "lx"}],
                 "service_at_locations": [
                   {"id": "a1", "location": {"id": "ly", "location_type": "physical", "name": "Front office"}},
                   {"id": "a2", "location": {"id": "lx", "location_type": "physical", "name": "Back house", "confidential": "yes",
                     "contacts": [{"id": "c0", "name": "Wilma Warden",
                       "phones": [{"id": "p00", "number": "555 WARDEN", "service_id": "x1"}]}],
                     "addresses": [{"id": "ax", "address_1": "7 Unseen Rd", "city": "Aurora", "country": "CA",
                       "state_province": "ON", "postal_code": "L4G", "address_type": "physical"}]}}]}
                """);
        // Another source calls a place of its own by the same id.
        directory.store(directory.source(york, "Another"), "another.json", """
                {"id": "y1", "name": "Advice next door", "status": "active",
                 "organization": {"id": "y", "name": "Wings and wheels", "description": "d"},
                 "service_at_locations": [{"id": "b1", "location": {"id": "lx", "location_type": "physical", "name": "Corner"}}]}
                """);
        String open = jdbc.sql("select id from directory_resource where name = 'Advice' and not confidential")
                .query(String.class)
                .single();
        String hidden = jdbc.sql("select id from directory_resource where name = 'Advice' and confidential")
                .query(String.class)
                .single();
        List<String> words = List.of(
                "Safe nights",
                "Hidden Lane",
                "Quiet House",
                "0199",
                "Back house",
                "Unseen",
                "555 SECRET",
                "Warden",
                "555 WARDEN");

        List<String> paths = List.of(
                "/directory",
                "/directory?q=safe",
                "/directory?q=night beds",
                "/directory?area=aurora",
                "/directory?need=" + term("SHELTER"),
                "/directory?q=back house",
                "/directory?open=now",
                "/directory?q=safee",
                "/directory/choices?q=",
                "/directory/choices?area=aurora",
                "/directory?after=" + hidden,
                "/directory/" + open);
        for (String path : paths) {
            assertThat(answer(get(path), caseworker).getContentAsString())
                    .as(path)
                    .doesNotContain(words.toArray(String[]::new));
        }
        assertThat(page("/directory?after=" + hidden, caseworker).select("main").text())
                .as("where the list goes on says nothing of a place that nobody may know of")
                .isEqualTo(page("/directory?after=999999", caseworker)
                        .select("main")
                        .text());
        assertThat(page("/directory", caseworker).select("h1 + .quiet").text()).isEqualTo("5 services");
        assertThat(page("/directory", coordinator).select("h1 + .quiet").text()).isEqualTo("7 services");
        assertThat(page("/directory", caseworker).select("#need option").eachText())
                .doesNotContain("Shelter");
        assertThat(answer(get("/directory/" + secret), caseworker).getStatus()).isEqualTo(404);
        assertThat(answer(get("/directory/" + secret), coordinator).getContentAsString())
                .contains("Hidden Lane");
        assertThat(resources.snapshot(Long.parseLong(secret), viewer(caseworker)))
                .isEmpty();
        assertThat(resources.snapshot(Long.parseLong(secret), viewer(coordinator)))
                .isPresent();
        assertThat(resources
                        .snapshot(Long.parseLong(open), viewer(coordinator))
                        .orElseThrow()
                        .phone())
                .as("whoever may know both hands on the telephone of the open place with it")
                .isEqualTo("555 OPEN");
        for (byte[] export : List.of(
                directory.json(source, viewer(caseworker)), unzipped(directory.zip(source, viewer(caseworker))))) {
            assertThat(new String(export, StandardCharsets.UTF_8))
                    .doesNotContain(words.toArray(String[]::new))
                    .contains("555 OPEN", "Front office", "\"partial\"");
        }
        assertThat(new String(directory.json(source, viewer(coordinator)), StandardCharsets.UTF_8))
                .contains(words.toArray(String[]::new));
        Load back = directory.check(source, "back.zip", directory.zip(source, viewer(caseworker)));
        assertThat(back.vanishing())
                .as("an export with gaps takes nothing away")
                .isZero();
    }

    private static byte[] unzipped(byte[] zip) {
        return String.join("\n", DirectoryFixtures.unzipped(zip).values()).getBytes(StandardCharsets.UTF_8);
    }

    /** Of what hangs on a resource the nearest is shown, and how much there is besides; what hangs nearer takes no room from others. */
    @Test
    void showsAllOrSaysHowManyMore() throws Exception {
        StringBuilder areas = new StringBuilder();
        StringBuilder phones = new StringBuilder();
        for (int number = 1000; number < 2300; number++) {
            areas.append("{\"id\": \"a%d\", \"name\": \"Ward %d\"},".formatted(number, number));
            phones.append("{\"id\": \"p%d\", \"number\": \"555 %d\"},".formatted(number, number));
        }
        directory.store(source, "wards.json", """
                {"id": "w", "name": "Home visits", "status": "active",
                 "organization": {"id": "wo", "name": "Wards", "description": "d", "phones": [%s {"id": "q", "number": "555 0000"}]},
                 "service_areas": [%s {"id": "z", "name": "Thunder Bay"}],
                 "phones": [{"id": "zz", "number": "555 9999"}],
                 "languages": [{"id": "l", "code": "oj"}],
                 "service_at_locations": [{"id": "wa", "location": {"id": "wl", "location_type": "physical", "name": "Depot",
                   "addresses": [{"id": "wd", "address_1": "3 Mill St", "city": "Aurora", "state_province": "ON",
                     "postal_code": "L4G", "country": "CA", "address_type": "physical"}]}}]}
                """.formatted(phones, areas));
        String id = jdbc.sql("select id from directory_resource where name = 'Home visits'")
                .query(String.class)
                .single();

        Document page = page("/directory/" + id, caseworker);

        assertThat(lines(page, "Area served"))
                .hasSize(201)
                .startsWith("Ward 1000", "Ward 1001")
                .endsWith("Ward 1199", "and 1,101 more");
        assertThat(lines(page, "Telephone")).hasSize(201).startsWith("555 9999").endsWith("and 1,102 more");
        assertThat(lines(page, "Address")).containsExactly("3 Mill St, Aurora ON L4G");
        assertThat(page("/directory?q=visits", caseworker).select(".resources").text())
                .contains("555 9999", "3 Mill St, Aurora ON L4G");
        for (String language : List.of("es", "it")) {
            users.chooseLocale(caseworker, Locale.forLanguageTag(language));
            assertThat(page("/directory/" + id, caseworker).text())
                    .contains(language.equals("es") ? "y 1.101 más" : "e altri 1.101");
        }
    }

    private static List<String> lines(Document page, String fact) {
        return page.select("dt:containsOwn(" + fact + ") + dd > div").eachText();
    }

    @Test
    void showsTheDirectoryOfOnesOwnNetworkOnly() throws Exception {
        Project ayacucho = fixtures.aProjectInPeru();
        Project sister = fixtures.aSisterOf(york, "simcoe", "SIM");
        UserId there = fixtures.aPerson("Rosa Mamani", ayacucho, Role.COORDINATOR);
        UserId beside = fixtures.aPerson("Leah Thompson", sister, Role.COORDINATOR);
        String id = jdbc.sql("select id from directory_resource where name = 'Hot meals'")
                .query(String.class)
                .single();

        assertThat(names(page("/directory", there))).isEmpty();
        String meals = term("FOOD-MEALS");
        assertThat(page("/directory?need=" + meals, beside).text()).contains("Meals", "Food and drink");
        assertThat(page("/directory?need=" + meals, there).text()).doesNotContain("Meals", "Food and drink");
        assertThat(answer(get("/directory/" + id), there).getStatus()).isEqualTo(404);
        assertThat(answer(get("/directory/sources/" + source.id()), there).getStatus())
                .isEqualTo(404);
        assertThat(answer(export("zip"), there).getStatus()).isEqualTo(404);
        assertThat(names(page("/directory", beside))).contains("Hot meals").doesNotContain("Safe nights");
        assertThat(answer(get("/directory/sources/" + source.id()), beside).getStatus())
                .isEqualTo(404);
    }

    /**
     * Somebody with a project in York and one in Ayacucho, whose directories have the same terms in their own languages: each need
     * stands there once, in the reader's language, and finds what either place offers. What only one has is called as it is there.
     */
    @Test
    void namesEachNeedOnceInTheReadersLanguage() throws Exception {
        Project ayacucho = fixtures.aProjectInPeru();
        users.grant(caseworker, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        Source there = directory.source(ayacucho, "Ayacucho");
        directory.store(there, "terms.csv", """
                code,name,parent
                FOOD,Comida y bebida,
                FOOD-MEALS,Comedores,FOOD
                WATER,Agua,
                7,Número siete,
                """);
        directory.store(there, "ayacucho.csv", """
                Agency,Service,City,Taxonomy
                Municipio,Comedor popular,Ayacucho,FOOD-MEALS
                Municipio,Pileta,Ayacucho,WATER
                Municipio,Siete,Ayacucho,7
                """);

        for (Map.Entry<String, List<String>> each : Map.of(
                        "en", List.of("Food and drink", "Somebody to talk to", "Agua", "Número siete"),
                        "es", List.of("Agua", "Comida y bebida", "Número siete", "Somebody to talk to"))
                .entrySet()) {
            users.chooseLocale(caseworker, Locale.forLanguageTag(each.getKey()));
            Document page = page("/directory", caseworker);
            assertThat(page.select("#need option").eachText())
                    .as(each.getKey())
                    .endsWith(each.getValue().toArray(String[]::new))
                    .hasSize(each.getValue().size() + 1);
            String food = page.select("#need option").stream()
                    .filter(option ->
                            option.text().startsWith("Food") || option.text().startsWith("Comida"))
                    .findFirst()
                    .orElseThrow()
                    .attr("value");
            Document found = page("/directory?need=" + food, caseworker);
            assertThat(names(found)).containsExactlyInAnyOrder("Comedor popular", "Food bank", "Hot meals");
            assertThat(found.select(".directory-terms a").eachText())
                    .containsExactlyInAnyOrder("Food banks", each.getKey().equals("en") ? "Meals" : "Comedores");
        }
        assertThat(resources.needs(viewer(coordinator)))
                .as("one project, one language")
                .extracting("label")
                .containsExactly("Food and drink", "Somebody to talk to");
    }

    @Test
    void keepsWhatWasChosenAsItStood() {
        long id = jdbc.sql("select id from directory_resource where name = 'Hot meals'")
                .query(Long.class)
                .single();

        ResourceSnapshot snapshot = resources.snapshot(id, viewer(caseworker)).orElseThrow();

        assertThat(snapshot.organization()).isEqualTo("Northside House");
        assertThat(snapshot.service()).isEqualTo("Hot meals");
        assertThat(snapshot.location()).isEqualTo("Northside Hall");
        assertThat(snapshot.address()).isEqualTo("1 Elm St, Newmarket L3Y 1A1");
        assertThat(snapshot.phone()).isEqualTo("905 555 0111");
        assertThat(snapshot.taxonomyTerms()).containsExactly("Meals");
        assertThat(snapshot.schedule()).isEqualTo("Mon–Fri 17:00–19:00");
        assertThat(snapshot.assuredOn()).isEqualTo("2026-09-01");
        assertThat(resources.needs(viewer(caseworker)))
                .extracting("label")
                .containsExactly("Food and drink", "Somebody to talk to");
        directory.store(
                source,
                "york.csv",
                FLAT.lines().limit(1).findFirst().orElseThrow() + "\n"
                        + FLAT.lines().skip(2).reduce("", (a, b) -> a + b + "\n"));
        assertThat(resources.snapshot(id, viewer(caseworker)))
                .as("also when it is gone from the lists")
                .isPresent();
    }

    @Test
    void turnsPagesWithoutLosingOrRepeatingAny() throws Exception {
        StringBuilder many = new StringBuilder("Agency,Service,City,Hours\n");
        for (int i = 0; i < 2500; i++) {
            many.append("Agency ")
                    .append(i % 50)
                    .append(",Service ")
                    .append(i % 900)
                    .append(" of ")
                    .append(i)
                    .append(",Town,\n");
        }
        directory.store(source, "many.csv", many.toString());

        List<String> seen = new ArrayList<>();
        String next = "/directory?q=service&area=town";
        Document first = page(next, caseworker);
        assertThat(first.select("h1 + .quiet").text()).isEqualTo("More than 1,000 services");
        for (int turn = 0; turn < 6; turn++) {
            Document page = page(next, caseworker);
            seen.addAll(names(page));
            next = page.select(".paging a").last().attr("href");
            assertThat(next).contains("q=service", "area=town", "after=");
        }
        assertThat(seen).hasSize(120).doesNotHaveDuplicates().isSorted();
        assertThat(SqlCount.during(() -> page("/directory?q=service", caseworker)))
                .as("statements of a page")
                .hasSizeLessThanOrEqualTo(16);
    }

    /** So few rows any plan reads from end to end, unless it is kept from it: what stands here for many. */
    @Test
    void looksMatchesUpByIndexesAndTheNextStatementAsItLikes() {
        List<String> plans = new ArrayList<>();
        transaction.executeWithoutResult(reading -> {
            search.search(
                    ResourceQuery.of(Map.of("q", "meals")),
                    fixtures.viewer(caseworker),
                    statement -> plans.add(explained(statement)));
            plans.add(explained(new ResourceSearch.Statement("select * from directory_resource", Map.of())));
        });

        assertThat(plans).hasSize(2);
        assertThat(plans.get(0))
                .contains("Bitmap Heap Scan on directory_resource")
                .doesNotContain("Seq Scan");
        assertThat(plans.get(1)).contains("Seq Scan on directory_resource");
    }

    private String explained(ResourceSearch.Statement statement) {
        return String.join(
                "\n",
                jdbc.sql("explain " + statement.sql())
                        .params(statement.params())
                        .query(String.class)
                        .list());
    }

    @Test
    void aRefinedSearchThatFindsNothingOffersSimilarNames() throws Exception {
        Document page = page("/directory?q=nortside", caseworker);

        assertThat(page.select("h1 + .quiet").text()).startsWith("Nothing has these words");
        assertThat(names(page)).contains("Hot meals");
    }

    /** Each word by itself, and all together; a hidden name is offered to nobody who may not know of it. */
    @Test
    void takesWordsWithASlipForWhatWasMeant() throws Exception {
        assertThat(names(page("/directory?q=nortside mealls", caseworker))).containsExactly("Hot meals");
        assertThat(names(page("/directory?q=nortside xylophone", caseworker)))
                .containsExactlyInAnyOrder("Food bank", "Hot meals");
        assertThat(names(page("/directory?q=safee nightss", caseworker))).isEmpty();
        assertThat(names(page("/directory?q=safee nightss", coordinator))).containsExactly("Safe nights");
        assertThat(names(page("/directory?q=xylophone 24", caseworker))).isEmpty();

        directory.store(source, "york.csv", FLAT.replace("Northside House", "Harbour"));
        assertThat(names(page("/directory?q=nortside", caseworker))).isEmpty();
        assertThat(names(page("/directory?q=harbbour", caseworker)))
                .containsExactlyInAnyOrder("Food bank", "Hot meals");
    }

    @Test
    void offersResourcesToChooseFrom() throws Exception {
        Document choices = Jsoup.parse(
                answer(get("/directory/choices?q=meals"), caseworker).getContentAsString());

        assertThat(choices.select("input[type=radio][name=resource]").eachAttr("value"))
                .containsExactly(jdbc.sql("select id from directory_resource where name = 'Hot meals'")
                        .query(String.class)
                        .single());
        assertThat(choices.text()).contains("Hot meals", "Northside House", "905 555 0111", "opens 17:00", "Meals");
    }

    /** Whoever works in two networks is offered what the case's own network knows. */
    @Test
    void offersOnlyWhatTheCasesOwnNetworkKnows() throws Exception {
        Project ayacucho = fixtures.aProjectInPeru();
        users.grant(caseworker, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        String meals = "/directory/choices?q=meals&project=";

        assertThat(page(meals + ayacucho.id(), caseworker).select("input[name=resource]"))
                .isEmpty();
        assertThat(page(meals + york.id(), caseworker).select("input[name=resource]"))
                .hasSize(1);
    }

    @Test
    void findsByTheNameOfAWiderNeed() throws Exception {
        assertThat(names(page("/directory?q=drink", caseworker))).containsExactly("Food bank", "Hot meals");
    }

    @Test
    void aFileIsSentCheckedQuestionedAndStoredByWhoMay() throws Exception {
        String shorter = FLAT.lines().limit(3).reduce("", (a, b) -> a + b + "\n");
        String path = "/directory/sources/" + source.id() + "/loads";
        assertThat(answer(file(path, "york.csv", shorter), caseworker).getStatus())
                .isEqualTo(403);
        assertThat(answer(file(path, "virus.exe", shorter), coordinator).getStatus())
                .isEqualTo(400);

        MockHttpServletResponse given = answer(file(path, "york.csv", shorter), coordinator);
        assertThat(given.getStatus()).as(given.getContentAsString()).isEqualTo(200);
        Load load = loads.latest(source).get(0);
        String at = "/directory/loads/" + load.id();
        assertThat(given.getContentAsString()).contains(at);
        assertThat(page(at, coordinator).text()).contains("What storing would change", "More than a fifth");
        assertThat(answer(get(at), caseworker).getStatus()).isEqualTo(403);

        assertThat(answer(post(at + "/store"), coordinator).getStatus())
                .as("not without an answer")
                .isEqualTo(400);
        assertThat(loads.latest(source).get(0).state()).isEqualTo(State.CHECKED);
        assertThat(answer(post(at + "/store").param("vanish", "true"), coordinator)
                        .getStatus())
                .isEqualTo(302);
        assertThat(loads.latest(source).get(0).state()).isEqualTo(State.STORED);
        clockwork.runDueJobs();
        assertThat(answer(post(at + "/store").param("vanish", "true"), coordinator)
                        .getStatus())
                .isEqualTo(409);
        assertThat(names(page("/directory", coordinator))).containsExactly("Food bank", "Hot meals");

        answer(file(path, "bad.csv", FLAT.replace("2024-01-15", "=1+1")), coordinator);
        Load bad = loads.latest(source).get(0);
        assertThat(answer(get("/directory/loads/" + bad.id() + "/report.csv"), coordinator)
                        .getContentAsString())
                .contains("bad.csv,3,Verified,'=1+1,");
        answer(post("/directory/loads/" + bad.id() + "/discard"), coordinator);
        assertThat(loads.find(bad.id())).isEmpty();
    }

    /** What was begun in somebody's name is not done any more once they may not; a colleague sees why. */
    @Test
    void aFileIsStoppedWhenItsStarterMayNotLoadAnyMore() throws Exception {
        UserId carla = fixtures.aPerson("Carla Coordinator", york, Role.COORDINATOR);
        byte[] changed = FLAT.replace("0111", "0333").getBytes(StandardCharsets.UTF_8);
        long stored = loads.take(source, "late.csv", new ByteArrayInputStream(changed), changed.length, carla);
        clockwork.runDueJobs();
        loads.store(loads.find(stored).orElseThrow(), carla);
        long given = loads.take(source, "later.csv", new ByteArrayInputStream(changed), changed.length, carla);
        users.revoke(carla, york.id(), Role.COORDINATOR, coordinator);

        clockwork.runDueJobs();

        for (long id : List.of(stored, given)) {
            assertThat(loads.find(id).orElseThrow().state()).isEqualTo(State.STOPPED);
            assertThat(page("/directory/loads/" + id, coordinator).text())
                    .contains("Carla Coordinator started this load, but may not load the directory");
            assertThat(answer(post("/directory/loads/" + id + "/discard"), coordinator)
                            .getStatus())
                    .isEqualTo(302);
        }
        assertThat(jdbc.sql("select count(*) from directory_part where data ->> 'number' like '%0333'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** A file checked before another was stored is checked again before it changes anything. */
    @Test
    void twoFilesOfOneSourceDoNotOvertakeOneAnother() {
        Load first = directory.check(source, "first.csv", FLAT.replace("0111", "0333"));
        directory.store(source, "second.csv", FLAT.replace("0111", "0444"));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> directory.store(first)))
                .hasMessageContaining("directory.load.busy");
        assertThat(jdbc.sql("select count(*) from directory_part where data ->> 'number' like '%0333'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void speaksThreeLanguagesOnEveryPage() throws Exception {
        Load load = directory.check(
                source, "bad.csv", FLAT.replace("2024-01-15", "x").replace("Wed 10:00-12:00", "ask us"));
        String id = jdbc.sql("select id from directory_resource where name = 'Hot meals'")
                .query(String.class)
                .single();
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(coordinator, Locale.forLanguageTag(language));
            for (String path : List.of(
                    "/directory",
                    "/directory?q=zzzz",
                    "/directory?need=" + term("FOOD"),
                    "/directory/choices",
                    "/directory/" + id,
                    "/directory/sources",
                    "/directory/sources/" + source.id(),
                    "/directory/loads/" + load.id(),
                    "/directory/loads/" + loads.latest(source).get(1).id())) {
                MockHttpServletResponse answer = answer(get(path), coordinator);
                assertThat(answer.getStatus()).as(path).isEqualTo(200);
                assertThat(answer.getContentAsString())
                        .as(path + " " + language)
                        .doesNotContain("??");
            }
        }
        assertThat(page("/directory/" + id, coordinator).html()).contains("lun");
    }

    @Test
    void givesItselfOutOverHttpToEverybodyOfTheProject() throws Exception {
        MockHttpServletResponse zip = answer(export("zip"), caseworker);
        MockHttpServletResponse json = answer(export("json"), caseworker);

        assertThat(zip.getHeader("Content-Disposition")).contains("york-hsds-2026-11-23.zip");
        assertThat(DirectoryFixtures.unzipped(zip.getContentAsByteArray()))
                .containsKeys("datapackage.json", "services.csv");
        assertThat(json.getContentAsString()).contains("\"contents\"", "Hot meals");
        assertThat(answer(export("exe"), caseworker).getStatus()).isEqualTo(400);
        assertThat(jdbc.sql("select count(*) from read_access where subject = 'directory-source' and how = 'export'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private MockHttpServletRequestBuilder export(String format) {
        return post("/directory/export").param("source", "" + source.id()).param("format", format);
    }

    private static MockHttpServletRequestBuilder file(String path, String name, String text) {
        return post(path)
                .content(text.getBytes(StandardCharsets.UTF_8))
                .contentType("application/octet-stream")
                .accept("application/json")
                .header("X-File-Name", name);
    }

    private Viewer viewer(UserId id) {
        return fixtures.viewer(id);
    }

    private String term(String code) {
        return jdbc.sql("select id from directory_taxonomy_term where code = :code")
                .param("code", code)
                .query(String.class)
                .single();
    }

    private static List<String> names(Document page) {
        return page.select(".resources .resource-head h2").eachText();
    }

    private static List<String> chips(Document page, String name) {
        return page.select(".resources > li").stream()
                .filter(item -> item.select("h2").text().equals(name))
                .flatMap(item -> item.select(".chip").eachText().stream())
                .toList();
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer =
                answer(get(java.net.URI.create(path.replace(" ", "%20").replace("'", "%27"))), who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(csrf()).with(People.signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
