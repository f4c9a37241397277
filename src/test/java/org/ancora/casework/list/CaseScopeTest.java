package org.ancora.casework.list;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Flag;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.util.LinkedMultiValueMap;

/**
 * Whatever roles somebody has, and however they ask, no list, count, search, export or bulk choice ever holds a case that is
 * not theirs to see, and together the pages hold every case that is.
 */
@AncoraTest
class CaseScopeTest {

    private static final Role[] ROLES = {
        Role.CASEWORKER,
        Role.COORDINATOR,
        Role.MANAGER,
        Role.OWNER,
        Role.UNIT,
        Role.CONTRIBUTOR,
        Role.ADMIN,
        Role.PRIVACY
    };

    private static final List<String> QUESTIONS = List.of(
            "status=all",
            "",
            "q=ana&status=all",
            "q=YRK&status=all",
            "q=an&status=all",
            "q=905 555 0142&status=all",
            "status=!new",
            "assigned=mine&status=all",
            "assigned=none,any&status=all",
            "flag=*",
            "flag=-&status=all",
            "mode=!group&status=all",
            "opened=2020-01-01..&closed=-&status=all",
            "waiting=-&reason=-&status=all",
            "code=^YRK&status=all",
            "code=-00&status=all",
            "client=an&status=all",
            "client=ana&status=all",
            "client==Ana Nr7&assigned=any&status=all",
            "code=^TOR&client=na&opened=2020-01-01..&mode=individual&status=all");

    private static final List<String> ORDERS = List.of(
            "",
            "sort=opened",
            "sort=client",
            "sort=-client",
            "sort=code",
            "sort=closed",
            "sort=waiting",
            "sort=assigned");

    /** What some of the questions mean, so that their answers are known to the last case. */
    private static final Map<String, Predicate<Known>> ASKING_FOR = Map.of(
            "status=all", any -> true,
            "q=ana&status=all", known -> known.name().toLowerCase(Locale.ROOT).contains("ana"),
            "code=^YRK&status=all", known -> known.code().startsWith("YRK"),
            "code=-00&status=all", known -> known.code().contains("-00"),
            "client=an&status=all", known -> known.name().startsWith("Ana"),
            "client=ana&status=all",
                    known -> known.name().toLowerCase(Locale.ROOT).contains("ana"));

    private static final Pattern CODE = Pattern.compile("\\b(YRK|YRN|AYA|TOR)-\\d{4}-\\d{4}\\b");

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Users users;

    @Autowired
    private Cases cases;

    @Autowired
    private CaseQueries queries;

    @Autowired
    private CaseFinder finder;

    @Autowired
    private CaseExports exports;

    @Autowired
    private Profiles profiles;

    @Autowired
    private MockMvc web;

    @Autowired
    private JdbcClient jdbc;

    private record Known(
            Project project,
            String code,
            String name,
            @Nullable UserId assignee,
            Set<UserId> shared,
            boolean hidden) {

        boolean isOwnOf(UserId person) {
            return person.equals(assignee) || shared.contains(person);
        }
    }

    @Test
    void showsExactlyWhatIsTheirsHoweverTheyAsk() {
        Random random = new Random(20261123);
        List<Project> projects = projects();
        List<UserId> people = people(random, projects);
        Map<Long, Known> all = cases(random, projects, people);

        int held = 0;
        int kept = 0;
        for (UserId person : people) {
            Viewer viewer = fixtures.viewer(person);
            Set<Long> theirs = theirs(all, viewer);
            held += theirs.size();
            kept += all.size() - theirs.size();
            List<@Nullable Project> places = new ArrayList<>(projects);
            places.add(null);
            for (Project place : places) {
                Set<Long> here = theirs.stream()
                        .filter(id -> place == null || all.get(id).project().equals(place))
                        .collect(Collectors.toCollection(TreeSet::new));
                for (String question : QUESTIONS) {
                    String order = ORDERS.get(random.nextInt(ORDERS.size()));
                    String asked = question + "&" + order;
                    CaseQuery query = query(place, asked, viewer);
                    Set<Long> shown = pages(query, viewer);
                    assertThat(here)
                            .as("%s asks %s in %s", person, asked, place)
                            .containsAll(shown);
                    assertThat(finder.exactCount(query, viewer)).as(asked).isEqualTo(shown.size());
                    assertThat(finder.count(query, viewer)).as(asked).isEqualTo(shown.size());
                    assertThat(ids(finder.idStatement(query, viewer, 1000)))
                            .as(asked)
                            .isEqualTo(shown);
                    Predicate<Known> asksFor = ASKING_FOR.get(question);
                    if (asksFor != null) {
                        assertThat(shown)
                                .as("%s asks %s in %s", person, asked, place)
                                .isEqualTo(here.stream()
                                        .filter(id -> asksFor.test(all.get(id))
                                                && (!isByName(question) || mayName(all.get(id), viewer)))
                                        .collect(Collectors.toCollection(TreeSet::new)));
                    }
                    if (place != null && viewer.may(Permission.EXPORT_CASES, place.id())) {
                        assertThat(new TreeSet<>(exports.prepare(query, place, "csv", viewer)
                                        .ids()))
                                .as(asked)
                                .isEqualTo(shown);
                    }
                }
            }
        }
        assertThat(held).isGreaterThan(200);
        assertThat(kept).isGreaterThan(200);
    }

    /** Whatever page, panel, file or bulk choice they ask, from wherever, it names no case that is not theirs. */
    @Test
    void namesNoOtherCaseOnAnyPage() throws Exception {
        Random random = new Random(20261124);
        List<Project> projects = projects();
        List<UserId> people = people(random, projects);
        Map<Long, Known> all = cases(random, projects, people);
        remind(random, all, people);
        Map<String, Integer> named = new TreeMap<>();
        SoftAssertions soft = new SoftAssertions();
        for (UserId person : people) {
            Viewer viewer = fixtures.viewer(person);
            Set<String> theirs = codes(all, theirs(all, viewer));
            Set<String> watched = all.values().stream()
                    .filter(each -> viewer.may(
                            Permission.WATCH_PROCEDURES, each.project().id()))
                    .map(Known::code)
                    .collect(Collectors.toCollection(TreeSet::new));
            Map<String, Set<String>> pages = new LinkedHashMap<>();
            for (String path : List.of(
                    "/", "/search?q=an", "/search?q=ana", "/search?q=2026", "/cases?status=all", "/clients?name=Ana")) {
                pages.put(path, named(get(path), person));
            }
            for (Project project : projects) {
                String path = project.path();
                Set<String> here = codes(all, theirs(all, viewer)).stream()
                        .filter(code -> code.startsWith(project.codePrefix() + "-"))
                        .collect(Collectors.toCollection(TreeSet::new));
                if (viewer.may(Permission.READ_CASE, project.id(), true)) {
                    soft.assertThat(counts(path, person))
                            .as("overview of %s", path)
                            .isEqualTo(expectedCounts(here));
                }
                pages.put(path, named(get(path), person));
                pages.put(path + "/cases?status=all", named(get(path + "/cases?status=all"), person));
                pages.put(
                        "/clients?name=Ana&project=" + project.key(),
                        named(get("/clients?name=Ana&project=" + project.key()), person));
                if (viewer.may(Permission.EXPORT_CASES, project.id())) {
                    Set<String> file = named(
                            post(path + "/cases/export").param("format", "csv").param("query", "status=all"), person);
                    soft.assertThat(file).as("file of %s", path).isEqualTo(here);
                    pages.put("file " + path, file);
                }
                if (viewer.may(Permission.ASSIGN_CASE, project.id())) {
                    Set<String> chosen = chosenForBulk(project, person);
                    soft.assertThat(chosen).as("all that match in %s", path).isEqualTo(here);
                    pages.put("bulk " + path, chosen);
                }
                here.stream().findFirst().ifPresent(code -> {
                    String search = "/cases/" + code + "/related/find?name=an";
                    pages.put(search, named(get(search), person));
                    pages.put("/cases/" + code, named(get("/cases/" + code), person));
                });
            }
            pages.forEach((page, codes) -> {
                named.merge(
                        page.replaceAll("(YRK|YRN|AYA|TOR)-\\d+-\\d+|/p/[a-z-]+|project=.*", "…"),
                        codes.size(),
                        Integer::sum);
                soft.assertThat(theirs).as("%s of %s", page, person).containsAll(codes);
            });
            for (String page : List.of("/monitor/instances", "/monitor", "/monitor/incidents")) {
                Set<String> codes = named(get(page), person);
                named.merge(page, codes.size(), Integer::sum);
                soft.assertThat(watched).as("%s of %s", page, person).containsAll(codes);
            }
            if (!watched.isEmpty()) {
                Set<String> file = named(
                        post("/monitor/export").param("sheet", "instances").param("format", "csv"), person);
                soft.assertThat(file).as("file of procedures of %s", person).isEqualTo(watched);
            }
        }
        soft.assertAll();
        named.remove("/monitor");
        named.remove("/monitor/incidents");
        assertThat(named)
                .as("each is about something")
                .allSatisfy((page, codes) -> assertThat(codes).as(page).isPositive());
    }

    /** Visits, reminders and procedures about whatever case, theirs or not: somebody's rights may have changed since. */
    private void remind(Random random, Map<Long, Known> all, List<UserId> people) {
        all.forEach((id, known) -> {
            jdbc.sql("""
                            insert into procedure_run (id, process_key, version, definition_id, deployment_id, project_id, case_code,
                                                       began_at, cancelled, suspended)
                            select :id, d.key_, d.version_, d.id_, d.deployment_id_, :project, :code, now(), false, false
                              from engine.act_re_procdef d where d.key_ = 'boundary-request' order by d.version_ desc limit 1
                            """)
                    .param("id", "run-" + id)
                    .param("project", known.project().id().value())
                    .param("code", known.code())
                    .update();
            for (int each = 0; each < 3; each++) {
                long person = people.get(random.nextInt(people.size())).value();
                jdbc.sql(
                                "insert into case_visit (user_id, case_id, visited_at) values (:person, :case, now()) on conflict do nothing")
                        .param("person", person)
                        .param("case", id)
                        .update();
                jdbc.sql("""
                                insert into case_reminder (case_id, text, due_on, due_at, at_hour, for_account, set_by, set_at)
                                values (:case, 'Call again', date '2026-11-23', timestamptz '2026-11-23 12:00Z', false, :person, :person,
                                        now())
                                """).param("case", id).param("person", person).update();
            }
        });
    }

    private Set<String> chosenForBulk(Project project, UserId person) {
        UserId worker = fixtures.aPerson("Given to", project, Role.CASEWORKER);
        String path = answer(
                        post(project.path() + "/cases/bulk")
                                .param("do", "assign")
                                .param("all", "true")
                                .param("status", "all")
                                .param("what", worker.toString()),
                        person)
                .getRedirectedUrl();
        assertThat(path).contains("/bulk/");
        return new TreeSet<>(jdbc.sql("""
                        select c.code from bulk_row r join case_file c on c.id = r.case_id where r.bulk_id = :bulk
                        """)
                .param("bulk", Long.valueOf(Objects.requireNonNull(path).replaceAll(".*/", "")))
                .query(String.class)
                .list());
    }

    private List<Integer> counts(String path, UserId person) {
        return Jsoup.parse(text(get(path), person)).select(".counts strong").eachText().stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** All, nobody's, somebody's and closed ones. */
    private List<Integer> expectedCounts(Set<String> codes) {
        return jdbc.sql("""
                        select count(*), count(*) filter (where status <> 'closed' and assignee is null),
                               count(*) filter (where status <> 'closed' and assignee is not null),
                               count(*) filter (where status = 'closed')
                          from case_file where code = any(:codes)
                        """)
                .param("codes", codes.toArray(String[]::new))
                .query((row, number) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
    }

    /** The codes of cases that the answer names, but for those that the address names. */
    private Set<String> named(MockHttpServletRequestBuilder request, UserId person) {
        return CODE.matcher(text(request, person))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String text(MockHttpServletRequestBuilder request, UserId person) {
        MockHttpServletResponse answer = answer(request, person);
        assertThat(answer.getStatus()).isIn(200, 403, 404);
        return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId person) {
        try {
            return web.perform(request.with(csrf()).with(signedIn(person)))
                    .andReturn()
                    .getResponse();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private static Set<Long> theirs(Map<Long, Known> all, Viewer viewer) {
        return all.entrySet().stream()
                .filter(each -> viewer.may(
                        Permission.READ_CASE,
                        each.getValue().project().id(),
                        each.getValue().isOwnOf(viewer.id())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> codes(Map<Long, Known> all, Set<Long> ids) {
        return ids.stream().map(id -> all.get(id).code()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isByName(String question) {
        return question.startsWith("q=") || question.startsWith("client=");
    }

    /** A protected client is found by name only by those who may see the name. */
    private static boolean mayName(Known known, Viewer viewer) {
        return !known.hidden()
                || viewer.may(Permission.SEE_PROTECTED, known.project().id(), known.isOwnOf(viewer.id()));
    }

    private List<Project> projects() {
        List<Project> projects = new ArrayList<>(
                List.of(fixtures.aProjectInOntario(), fixtures.aProjectInPeru(), fixtures.aProjectInItaly()));
        projects.add(fixtures.aSisterOf(projects.get(0), "york-north", "YRN"));
        return projects;
    }

    private List<UserId> people(Random random, List<Project> projects) {
        List<UserId> people = new ArrayList<>();
        for (int each = 0; each < 12; each++) {
            UserId person = fixtures.aPerson("Person " + each, projects.get(each % 4));
            people.add(person);
            for (int membership = random.nextInt(4); membership > 0; membership--) {
                Project project = projects.get(random.nextInt(projects.size()));
                try {
                    users.grant(person, project.id(), ROLES[random.nextInt(ROLES.length)], UserId.SYSTEM);
                } catch (org.springframework.dao.DuplicateKeyException twice) {
                    continue;
                }
            }
        }
        return people;
    }

    private Map<Long, Known> cases(Random random, List<Project> projects, List<UserId> people) {
        Map<Long, Known> all = new LinkedHashMap<>();
        for (int each = 0; each < 90; each++) {
            Project project = projects.get(random.nextInt(projects.size()));
            String name = List.of("Ana", "Omar", "Yana", "Lena").get(random.nextInt(4));
            UserId worker = random.nextInt(3) == 0 ? null : people.get(random.nextInt(people.size()));
            CaseworkFixtures.Client client = fixtures.aClient(project).named(name, "Nr" + each);
            CaseSummary opened = worker == null ? client.openCase() : client.openCaseFor(worker);
            Set<UserId> shared = new HashSet<>();
            while (random.nextInt(3) == 0) {
                UserId other = people.get(random.nextInt(people.size()));
                if (shared.add(other)) {
                    jdbc.sql("insert into case_collaborator (case_id, user_id, added_at) values (:case, :user, now())")
                            .param("case", opened.id().value())
                            .param("user", other.value())
                            .update();
                }
            }
            if (random.nextInt(4) == 0) {
                cases.raiseFlag(opened.code(), Flag.Kind.RISK, "", UserId.SYSTEM);
            }
            if (random.nextInt(4) == 0) {
                cases.close(opened.code(), "declined", UserId.SYSTEM);
            }
            boolean hidden = random.nextInt(6) == 0;
            if (hidden) {
                profiles.protect(cases.byCode(opened.code()), "hidden from a stalker", UserId.SYSTEM);
            }
            all.put(opened.id().value(), new Known(project, opened.code(), name, worker, shared, hidden));
        }
        return all;
    }

    private Set<Long> pages(CaseQuery query, Viewer viewer) {
        Set<Long> shown = new TreeSet<>();
        CaseQuery.@Nullable Place next = null;
        do {
            CaseFinder.Page page = finder.page(query.from(next), viewer);
            for (CaseSummary each : page.cases()) {
                assertThat(shown.add(each.id().value())).as("each once").isTrue();
            }
            next = page.next();
        } while (next != null);
        return shown;
    }

    private Set<Long> ids(CaseFinder.Statement statement) {
        return new TreeSet<>(jdbc.sql(statement.sql())
                .params(statement.params())
                .query(Long.class)
                .list());
    }

    private CaseQuery query(@Nullable Project project, String asked, Viewer viewer) {
        LinkedMultiValueMap<String, String> given = new LinkedMultiValueMap<>();
        for (String pair : asked.split("&")) {
            if (!pair.isEmpty()) {
                given.add(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return queries.read(project, given, viewer);
    }
}
