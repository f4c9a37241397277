package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.CASEWORKER;
import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.access.Role.UNIT;
import static org.ancora.security.Route.READERS;
import static org.ancora.security.Route.Scope.ADMINISTRATION;
import static org.ancora.security.Route.Scope.CASE;
import static org.ancora.security.Route.Scope.DEMO;
import static org.ancora.security.Route.Scope.LIST;
import static org.ancora.security.Route.Scope.NETWORK;
import static org.ancora.security.Route.Scope.PART_OF_CASE;
import static org.ancora.security.Route.Scope.PROJECT;
import static org.ancora.security.Route.Scope.RECORD;
import static org.ancora.security.Route.Scope.STRANGERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route of the product × every role × every scope, against the lines of the {@linkplain RouteTable table}: the project
 * of the case, a sister project of its organisation, another network; the case being one's own, shared with somebody of the
 * organisation or of a partner, a team's, opened in an emergency; a complaint about oneself, and a protected client.
 *
 * <p>Each request runs in a transaction that is rolled back, so that none changes what the next one finds.
 */
@AncoraTest
class AccessMatrixTest {

    private static final String IN = "in";

    /** What a page or an answer to a script has beside a field that is wrong. */
    private static final String[] FIELD_ERRORS = {"error-summary", "is-invalid", "invalid-feedback", "\"errors\""};

    private static final Set<Role> OWN_READERS = EnumSet.of(UNIT, CONTRIBUTOR);

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private MockMvc web;

    @Autowired
    private RouteTable table;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Household household;

    @Autowired
    private Cases cases;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Walls walls;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private TransactionTemplate transactions;

    private Lived lived;
    private final Map<Role, UserId> people = new EnumMap<>(Role.class);
    private Project peel;
    private UserId sisterAdministrator;
    private UserId sister;

    @BeforeEach
    void live() throws Exception {
        lived = table.live();
        for (Role role : Role.values()) {
            people.put(role, fixtures.aPerson("One " + role.code(), lived.york(), role));
        }
        peel = fixtures.aSisterOf(lived.york(), "peel", "PEL");
        sisterAdministrator = fixtures.aPerson("Sister administrator", peel, ADMIN);
        sister = fixtures.aPerson(
                "Sister", peel, EnumSet.complementOf(EnumSet.of(ADMIN)).toArray(Role[]::new));
    }

    @Test
    void hasALineForEveryRoute() {
        assertThat(table.all())
                .filteredOn(route -> !route.is(DEMO))
                .extracting(Route::name)
                .containsExactlyInAnyOrderElementsOf(RoutesTest.routes(mappings));
    }

    /** What only a link opens is shown by a test that has one: it exists, and asks for just this address. */
    @Test
    void namesATestForWhateverALinkOpens() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (Route route : table.all()) {
            if (route.is(STRANGERS)) {
                String[] test = route.shownBy().split("\\.");
                Class<?> shows = testClass(test[0]);
                all.assertThat(shows.getDeclaredMethods())
                        .as(route.name())
                        .extracting(Method::getName)
                        .contains(test[1]);
                String source = Files.readString(
                        Path.of("src/test/java", shows.getName().replace('.', '/') + ".java"));
                String path = route.name().replaceFirst("^\\w+ ", "");
                for (String part : path.split("\\{[^{}]*(\\{[^{}]*})?[^{}]*}/?")) {
                    all.assertThat(source.contains(part))
                            .as("%s asks for %s", shows.getName(), path)
                            .isTrue();
                }
            }
        }
        all.assertAll();
    }

    private static Class<?> testClass(String name) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Path source = files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no test is called " + name));
            return Class.forName(Path.of("src/test/java")
                    .relativize(source)
                    .toString()
                    .replace(".java", "")
                    .replace(File.separatorChar, '.'));
        }
    }

    @Test
    void letsEachRoleDoWhatTheTableSaysInTheProject() {
        SoftAssertions all = new SoftAssertions();
        for (Route route : within()) {
            if (!route.is(STRANGERS, DEMO)) {
                people.forEach((role, person) -> {
                    Answer answer = walk(all, route, role.name(), person, expected(route, role));
                    if (route.is(LIST)) {
                        all.assertThat(answer.body().contains("Zorabelle"))
                                .as("%s names the client to %s", route.name(), role)
                                .isEqualTo(route.who().contains(role));
                    }
                });
            }
        }
        all.assertAll();
    }

    /** The same case, now assigned to the person who asks. */
    @Test
    void letsEachRoleDoWhatTheTableSaysWithTheirOwnCase() {
        SoftAssertions all = new SoftAssertions();
        people.forEach((role, person) -> {
            change("update case_file set assignee = :person where code = :code", person);
            walkTheCaseAsOnesOwn(all, role, person, "of their own");
        });
        all.assertAll();
    }

    /** A case that is shared is one's own, be it with somebody of the organisation or of a partner; with nobody from elsewhere. */
    @Test
    void letsWhoeverACaseIsSharedWithDoWhatTheTableSays() {
        SoftAssertions all = new SoftAssertions();
        for (UserId person :
                List.of(person(CASEWORKER), person(UNIT), person(CONTRIBUTOR), person(OWNER), person(ADMIN), sister)) {
            change("""
                    insert into case_collaborator (case_id, user_id, added_at)
                    select id, :person, now() from case_file where code = :code
                    """, person);
        }
        for (Role role : List.of(CASEWORKER, UNIT, CONTRIBUTOR, OWNER, ADMIN)) {
            walkTheCaseAsOnesOwn(all, role, person(role), "that was shared");
        }
        hidesTheCaseFrom(all, sister, "though it was shared");
        all.assertAll();
    }

    /** A team's case is its members' own, until the team has another one. */
    @Test
    void letsTheMembersOfATeamDoWhatTheTableSaysWithItsCases() {
        SoftAssertions all = new SoftAssertions();
        for (UserId person : List.of(person(CASEWORKER), person(UNIT), person(CONTRIBUTOR), person(ADMIN), sister)) {
            change(
                    "insert into team_member (team_id, user_id, added_at) select min(id), :person, now() from team",
                    person);
        }
        change("update case_file set team_id = (select min(id) from team) where code = :code", sister);
        for (Role role : List.of(CASEWORKER, UNIT, CONTRIBUTOR, ADMIN)) {
            walkTheCaseAsOnesOwn(all, role, person(role), "of their team");
        }
        hidesTheCaseFrom(all, sister, "though it is their team's");
        all.assertAll();
    }

    /** Whoever opened a case in an emergency reads what it takes to help, and changes nothing. */
    @Test
    void letsAnEmergencyReadAndNothingElse() {
        UserId cora = fixtures.aPerson("Cora of Peel", peel, COORDINATOR);
        SoftAssertions all = new SoftAssertions();
        hidesTheCaseFrom(all, cora, "before the emergency");
        change("""
                insert into break_glass (account_id, project_id, case_code, kind, reason, opened_at, until)
                select :person, project_id, code, 'danger', 'he is at the door', timestamptz '2020-01-01',
                       timestamptz '2090-01-01'
                  from case_file where code = :code
                """, cora);
        int read = 0;
        for (Route route : aboutTheCase()) {
            boolean opens = route.opensInEmergency();
            read += opens ? 1 : 0;
            walk(all, route, "in an emergency", cora, opens ? IN : route.is(CASE) ? "403" : "404");
        }
        for (Route route : within()) {
            if (route.is(PROJECT, ADMINISTRATION, NETWORK)) {
                walk(all, route, "in an emergency", cora, "404");
            }
        }
        all.assertThat(read).isGreaterThan(5);
        all.assertAll();
    }

    /** Figures of the whole organisation are a manager's; nothing else of a sister project is. */
    @Test
    void letsAManagerOfTheOrganisationCountAndOpenNothing() {
        UserId manager = fixtures.aPerson("Max of Peel", peel, MANAGER);
        assertThat(fixtures.viewer(manager)
                        .may(Permission.READ_FIGURES, lived.york().id()))
                .isTrue();
        SoftAssertions all = new SoftAssertions();
        for (Route route : within()) {
            if (route.is(CASE, PART_OF_CASE, RECORD, PROJECT, ADMINISTRATION, NETWORK)) {
                walk(all, route, "manager of a sister project", manager, "404");
            } else if (route.is(LIST)) {
                all.assertThat(secrets(answer(route, manager))).as(route.name()).isEmpty();
            }
        }
        all.assertAll();
    }

    /** A complaint does not exist for the person that it is about, whatever their roles: no page, file, task or procedure. */
    @Test
    void hidesAComplaintFromWhoeverItIsAbout() {
        UserId named = fixtures.aPerson("Nelly Named", lived.york(), Role.values());
        clockwork.runDueJobs();
        String number = jdbc.sql("select max(number) from complaint")
                .query(String.class)
                .single();
        List<String> addresses =
                new ArrayList<>(List.of("/complaints", "/notices", "/tasks?tab=team", "/monitor/instances"));
        for (String task : jdbc.sql("select id from work_item where case_code = :number")
                .param("number", number)
                .query(String.class)
                .list()) {
            addresses.addAll(List.of("/tasks/" + task, "/tasks/" + task + "/where", "/tasks/" + task + "/diagram.xml"));
        }
        for (String instance : jdbc.sql("select distinct root_instance_id from work_item where case_code = :number")
                .param("number", number)
                .query(String.class)
                .list()) {
            addresses.addAll(List.of("/monitor/instances/" + instance, "/monitor/instances/" + instance + "/suspend"));
        }
        assertThat(addresses).hasSizeGreaterThan(8);
        List<Route> about = table.all().stream()
                .filter(route -> route.name().contains("/complaints/{number}"))
                .toList();
        SoftAssertions all = new SoftAssertions();
        for (Route route : about) {
            walk(all, route, "before the wall", named, IN);
        }
        assertThat(addresses).anyMatch(path -> page(path, named).body().contains(number));

        walls.raise(named, number);

        for (Route route : about) {
            walk(all, route, "behind the wall", named, "404");
        }
        for (String path : addresses) {
            Answer answer = page(path, named);
            all.assertThat(answer.status())
                    .as(path)
                    .isEqualTo(path.matches("/(tasks|monitor/instances)/.*") ? 404 : 200);
            all.assertThat(answer.body().contains(number) || answer.body().contains("They did not pay"))
                    .as("%s tells of it", path)
                    .isFalse();
        }
        all.assertAll();
    }

    /** Who does not need a protected client's name is told it by no route, and neither by where one leads. */
    @Test
    void namesAProtectedClientToThoseAloneWhoNeedTo() {
        profiles.protect(cases.byCode(lived.code()), "hidden from a stalker", lived.supervisor());
        SoftAssertions all = new SoftAssertions();
        for (Route route : within()) {
            if (!route.is(STRANGERS, DEMO)) {
                for (Role role : List.of(CASEWORKER, RECEPTION)) {
                    Answer answer = answer(route, person(role));
                    all.assertThat(answer.status())
                            .as("%s as %s", route.name(), role)
                            .isLessThan(500);
                    all.assertThat(secrets(answer))
                            .as("%s as %s", route.name(), role)
                            .isEmpty();
                }
                if (route.is(LIST) || route.namesTheClient()) {
                    all.assertThat(answer(route, person(SUPERVISOR)).body().contains("Zorabelle"))
                            .as("%s as supervisor", route.name())
                            .isEqualTo(route.who().contains(SUPERVISOR));
                }
            }
        }
        all.assertAll();
    }

    @Test
    void hidesEverythingFromOtherProjectsAndNetworks() {
        SoftAssertions all = new SoftAssertions();
        for (Route route : within()) {
            boolean ofNetwork = route.is(ADMINISTRATION, NETWORK);
            if (route.is(CASE, PART_OF_CASE, RECORD, PROJECT) || ofNetwork) {
                walk(all, route, "from another network", lived.stranger(), "404");
                walk(all, route, "from another project", sister, "404");
                walk(all, route, "for an administrator of the network", sisterAdministrator, ofNetwork ? IN : "404");
            } else if (route.is(LIST)) {
                for (UserId other : Set.of(lived.stranger(), sister, sisterAdministrator)) {
                    all.assertThat(secrets(answer(route, other)))
                            .as("%s from elsewhere", route.name())
                            .isEmpty();
                }
            }
        }
        all.assertAll();
    }

    /** What works in transactions of its own refuses just as well, and has begun nothing before it does. */
    @Test
    void refusesWhatWorksApartBeforeAnythingBegins() {
        Map<String, String> before = household.everything();
        SoftAssertions all = new SoftAssertions();
        for (Route route : table.all()) {
            if (route.isApart()) {
                all.assertThat(ask(route, lived.stranger()).status())
                        .as(route.name())
                        .isEqualTo(404);
                all.assertThat(ask(route, sister).status()).as(route.name()).isEqualTo(404);
                people.forEach((role, person) -> {
                    if (!route.who().contains(role)) {
                        check(all, route, role.name(), ask(route, person), "403");
                    }
                });
            }
        }
        all.assertThat(household.everything()).isEqualTo(before);
        all.assertAll();
    }

    /** What came back, and how many rows the database wrote for it. */
    private record Answer(int status, String body, String leadsTo, long changes) {

        String words() {
            return status < 400 ? "" : body.replaceAll("(?s)<[^>]*>|\\s+", " ").replaceAll(" +", " ");
        }
    }

    private static String expected(Route route, Role role) {
        if (route.is(LIST)) {
            return route.tells(role) ? IN : "403";
        }
        return route.who().contains(role) ? IN : route.tells(role) ? "403" : "404";
    }

    private void walkTheCaseAsOnesOwn(SoftAssertions all, Role role, UserId person, String whose) {
        for (Route route : aboutTheCase()) {
            boolean may = route.who().contains(role) || route.own().contains(role);
            boolean sees = route.is(CASE) && (READERS.contains(role) || OWN_READERS.contains(role));
            walk(all, route, role + " " + whose, person, may ? IN : sees ? "403" : "404");
        }
    }

    private void hidesTheCaseFrom(SoftAssertions all, UserId person, String why) {
        for (Route route : aboutTheCase()) {
            walk(all, route, why, person, "404");
        }
    }

    /** All that can be asked within a transaction. */
    private List<Route> within() {
        return table.all().stream().filter(route -> !route.isApart()).toList();
    }

    private List<Route> aboutTheCase() {
        return table.all().stream()
                .filter(route -> route.is(CASE, PART_OF_CASE) && !route.name().contains("/tasks/"))
                .toList();
    }

    /** An answer of the thing itself leads where it should or names the field that is wrong; a refusal has changed nothing. */
    private void check(SoftAssertions all, Route route, String who, Answer answer, String expected) {
        String what = route.name() + " as " + who + ": " + answer.words();
        if (expected.equals(IN)) {
            all.assertThat(route.expected()).as(what).contains(answer.status());
            if (answer.status() / 100 == 3) {
                all.assertThat(answer.leadsTo()).as(what).startsWith(table.leadsTo(route, lived));
            } else if ((answer.status() == 400 || answer.status() == 422) && !route.isWrongAsAWhole()) {
                all.assertThat(Stream.of(FIELD_ERRORS).anyMatch(answer.body()::contains))
                        .as("%s names the field", what)
                        .isTrue();
            }
        } else {
            all.assertThat(String.valueOf(answer.status())).as(what).isEqualTo(expected);
            all.assertThat(answer.changes()).as("%s changed nothing", what).isZero();
        }
    }

    /** What was told of the household. */
    private static List<String> secrets(Answer answer) {
        return Household.SECRETS.stream()
                .filter((answer.body() + answer.leadsTo())::contains)
                .toList();
    }

    private UserId person(Role role) {
        return Objects.requireNonNull(people.get(role));
    }

    private void change(String sql, UserId person) {
        jdbc.sql(sql)
                .param("person", person.value())
                .param("code", lived.code())
                .update();
    }

    private Answer page(String path, UserId who) {
        return rolledBack(MockMvcRequestBuilders.get(URI.create(path)).accept("text/html"), path, who, false);
    }

    private Answer answer(Route route, UserId who) {
        return rolledBack(table.request(route, lived), route.name(), who, false);
    }

    /** Asks, and compares the answer with what is expected of it. */
    private Answer walk(SoftAssertions all, Route route, String who, UserId person, String expected) {
        boolean counts = !route.gets() && !expected.equals(IN);
        Answer answer = rolledBack(table.request(route, lived), route.name(), person, counts);
        check(all, route, who, answer, expected);
        return answer;
    }

    private Answer rolledBack(MockHttpServletRequestBuilder request, String name, UserId who, boolean counts) {
        return Objects.requireNonNull(transactions.execute(running -> {
            running.setRollbackOnly();
            long before = counts ? written() : 0;
            Answer answer = ask(request, name, who);
            return new Answer(answer.status(), answer.body(), answer.leadsTo(), counts ? written() - before : 0);
        }));
    }

    private Answer ask(Route route, UserId who) {
        return ask(table.request(route, lived), route.name(), who);
    }

    private Answer ask(MockHttpServletRequestBuilder request, String name, UserId who) {
        try {
            MockHttpServletResponse response = web.perform(request.with(csrf()).with(signedIn(who)))
                    .andReturn()
                    .getResponse();
            return new Answer(
                    response.getStatus(),
                    response.getContentAsString(StandardCharsets.UTF_8),
                    Objects.requireNonNullElse(response.getRedirectedUrl(), ""),
                    0);
        } catch (Exception broken) {
            throw new AssertionError(name, broken);
        }
    }

    /** How many rows this connection has written, but for sessions and the logs of who looked. */
    private long written() {
        return jdbc.sql("""
                        select sum(pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
                                   + pg_stat_get_xact_tuples_deleted(c.oid))
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind = 'r' and n.nspname in ('public', 'engine')
                           and c.relname not like 'spring_session%'
                           and c.relname not in ('read_access', 'case_visit', 'sign_in_throttle')
                        """).query(Long.class).single();
    }
}
