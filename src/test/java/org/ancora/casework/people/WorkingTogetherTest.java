package org.ancora.casework.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ancora.access.Hidden;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseIsClosed;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.casework.TeamId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Collaborators and teams: who gets to see a case, who is told, and that one case goes to one person (C61 to C64, C-R10). */
@AncoraTest
class WorkingTogetherTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Collaborators collaborators;

    @Autowired
    private Teams teams;

    @Autowired
    private Users users;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private UserId eve;
    private UserId pat;
    private UserId admin;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.COORDINATOR);
        pat = fixtures.aPerson("Pat Nguyen", york, Role.CONTRIBUTOR);
        admin = fixtures.aPerson("Ada Roy", york, Role.ADMIN);
        dana = fixtures.aClient(york).consentingTo(Channel.VOICEMAIL).openCase();
    }

    @Test
    void opensACaseToAPartnerAsFarAsTheirRoleGoesAndNoLongerThanShared() throws Exception {
        assertThat(answer(get(dana.path()), pat).getStatus()).isEqualTo(404);

        MockHttpServletResponse added =
                answer(post(dana.path() + "/collaborators").param("person", pat.toString()), sam);
        assertThat(added.getRedirectedUrl()).isEqualTo(dana.path() + "/collaborators");

        Document seen = page(dana.path(), pat);
        assertThat(seen.select("h1").text()).isEqualTo("Dana Whitfield");
        assertThat(seen.select("#contacts").text()).contains("(905) 555-0142");
        assertThat(seen.select("#people").text()).contains("Pat Nguyen");
        assertThat(seen.select("#people form, #people a")).isEmpty();
        assertThat(page("/cases", pat).text()).contains(dana.code());
        assertThat(answer(get(dana.path() + "/collaborators"), pat).getStatus()).isEqualTo(403);
        assertThat(answer(get(dana.path() + "/consents"), pat).getStatus()).isEqualTo(403);
        assertThat(notices(pat)).containsExactly("case-shared " + dana.code());

        answer(post(dana.path() + "/collaborators/" + pat + "/remove"), sam);

        assertThat(answer(get(dana.path()), pat).getStatus()).isEqualTo(404);
        assertThat(page("/cases", pat).text()).doesNotContain(dana.code());
        assertThat(log(dana)).containsSubsequence("case.shared", "case.no-longer-shared");
    }

    @Test
    void takesOnlyPeopleOfTheProjectWhoMayOpenCases() {
        Project elsewhere = fixtures.aSisterOf(york, "peel", "PEE");
        UserId stranger = fixtures.aPerson("Uma Stranger", elsewhere, Role.CASEWORKER);
        UserId owner = fixtures.aPerson("Olga Owner", york, Role.OWNER);

        assertThat(collaborators.candidates(dana))
                .extracting(ProjectPeople.Person::id)
                .containsExactlyInAnyOrder(sam, eve, pat);
        for (UserId nobody : List.of(stranger, owner, new UserId(999))) {
            assertThatThrownBy(() -> collaborators.add(dana, nobody, sam)).isInstanceOf(Hidden.class);
        }
        assertThat(cases.byCode(dana.code()).sharing().collaborators()).isEmpty();
    }

    @Test
    void addsNobodyToAClosedCaseButTakesPeopleOff() {
        collaborators.add(dana, pat, sam);
        collaborators.add(dana, pat, sam);
        cases.close(dana.code(), "withdrawn", eve);
        CaseSummary closed = cases.byCode(dana.code());

        assertThat(closed.sharing().collaborators()).hasSize(1);
        assertThatThrownBy(() -> collaborators.add(closed, eve, sam)).isInstanceOf(CaseIsClosed.class);
        collaborators.remove(closed, pat, sam);
        assertThat(cases.byCode(dana.code()).sharing().collaborators()).isEmpty();
    }

    /** Whatever is shared with whom, by whichever way, a list shows exactly that and not one case more. */
    @Test
    void showsExactlyWhatIsOnesOwnHoweverCasesAreShared() {
        Project peel = fixtures.aSisterOf(york, "peel", "PEE");
        Random random = new Random(42);
        List<Project> projects = List.of(york, peel);
        List<UserId> people = new ArrayList<>();
        Map<UserId, Set<Project>> partnerIn = new HashMap<>();
        Map<UserId, Set<Project>> workerIn = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            UserId person = fixtures.aPerson("Person " + i, york);
            people.add(person);
            for (Project project : projects) {
                Map<UserId, Set<Project>> into = random.nextInt(4) == 0 ? workerIn : partnerIn;
                if (random.nextInt(4) > 0) {
                    users.grant(
                            person, project.id(), into == workerIn ? Role.CASEWORKER : Role.CONTRIBUTOR, UserId.SYSTEM);
                    into.computeIfAbsent(person, any -> new HashSet<>()).add(project);
                }
            }
        }
        Map<Project, List<TeamId>> teamsOf = new HashMap<>();
        Map<TeamId, Set<UserId>> membersOf = new HashMap<>();
        for (Project project : projects) {
            for (int i = 0; i < 3; i++) {
                Set<UserId> members = new HashSet<>();
                people.stream().filter(person -> random.nextInt(4) == 0).forEach(members::add);
                TeamId team = teams.create(project.id(), new Teams.Draft("Team " + i, "", members), admin);
                teamsOf.computeIfAbsent(project, any -> new ArrayList<>()).add(team);
                membersOf.put(team, members);
            }
        }
        Map<String, Project> projectOf = new HashMap<>();
        Map<String, Set<UserId>> sharedWith = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            Project project = projects.get(random.nextInt(2));
            CaseSummary opened = fixtures.aClient(project).openCase();
            Set<UserId> own = new HashSet<>();
            if (random.nextInt(3) == 0) {
                TeamId team = teamsOf.get(project).get(random.nextInt(3));
                teams.assign(opened, null, team, admin);
                own.addAll(membersOf.get(team));
            }
            if (random.nextInt(4) == 0) {
                UserId worker = people.get(random.nextInt(people.size()));
                cases.assign(opened.code(), worker, admin, "");
                own.add(worker);
            }
            for (UserId person : people) {
                if (random.nextInt(8) == 0
                        && partnerIn.getOrDefault(person, Set.of()).contains(project)) {
                    collaborators.add(opened, person, admin);
                    own.add(person);
                }
            }
            projectOf.put(opened.code(), project);
            sharedWith.put(opened.code(), own);
        }

        int seenByPartners = 0;
        for (UserId person : people) {
            Set<String> expected = new TreeSet<>();
            for (String code : projectOf.keySet()) {
                boolean worker = workerIn.getOrDefault(person, Set.of()).contains(projectOf.get(code));
                boolean partner = partnerIn.getOrDefault(person, Set.of()).contains(projectOf.get(code));
                boolean own = sharedWith.get(code).contains(person);
                if (worker || (partner && own)) {
                    expected.add(code);
                    seenByPartners += worker ? 0 : 1;
                }
            }
            Map<String, CaseSummary> seen = cases.byCodes(projectOf.keySet(), fixtures.viewer(person));

            assertThat(seen.keySet()).as("cases of %s", person).containsExactlyInAnyOrderElementsOf(expected);
            seen.forEach((code, summary) -> assertThat(summary.isOwnOf(person))
                    .as("%s is %s's own", code, person)
                    .isEqualTo(sharedWith.get(code).contains(person)));
        }
        assertThat(seenByPartners).as("the test is about something").isGreaterThan(15);
    }

    @Test
    void givesACaseToATeamWhoseMembersAreToldAndOneTakesIt() throws Exception {
        UserId kim = fixtures.aPerson("Kim Okafor", york, Role.CASEWORKER);
        TeamId outreach = teams.create(york.id(), new Teams.Draft("Outreach", "", Set.of(kim, pat)), admin);

        teams.assign(dana, dana.version(), outreach, eve);
        teams.assign(cases.byCode(dana.code()), null, outreach, eve);

        assertThat(teams.of(york.id())).singleElement().satisfies(team -> {
            assertThat(team.name()).isEqualTo("Outreach");
            assertThat(team.waiting()).isEqualTo(1);
        });
        assertThat(notices(kim)).containsExactly("case-for-team " + dana.code());
        assertThat(log(dana).stream().filter("case.given-to-team"::equals)).hasSize(1);
        assertThat(page(dana.path(), sam).select("#people").text()).contains("with the team Outreach");
        assertThat(page(dana.path(), sam).select("#people button")).isEmpty();
        assertThat(page(dana.path(), pat).select("#people button")).isEmpty();
        assertThat(answer(post(dana.path() + "/claim"), pat).getStatus()).isEqualTo(403);
        assertThat(answer(post(dana.path() + "/claim"), sam).getStatus()).isEqualTo(409);
        assertThat(page(dana.path(), kim).select("#people button").text()).isEqualTo("Take this case");

        assertThat(answer(post(dana.path() + "/claim"), kim).getRedirectedUrl()).isEqualTo(dana.path());

        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(kim);
        assertThat(page(dana.path(), kim).select("#people button")).isEmpty();
    }

    @Test
    void refusesATeamOfAnotherProjectARetiredOneAndAStalePage() {
        Project peel = fixtures.aSisterOf(york, "peel", "PEE");
        TeamId theirs = teams.create(peel.id(), new Teams.Draft("Theirs", "", Set.of()), admin);
        TeamId old = teams.create(york.id(), new Teams.Draft("Old", "", Set.of()), admin);
        teams.retire(teams.find(york.id(), old).orElseThrow(), true, admin);

        for (TeamId wrong : List.of(theirs, old, new TeamId(999))) {
            assertThatThrownBy(() -> teams.assign(dana, null, wrong, eve)).isInstanceOf(Hidden.class);
        }
        assertThatThrownBy(() -> teams.assign(dana, dana.version() + 1, null, eve))
                .hasMessageContaining("is at version");
        assertThat(cases.byCode(dana.code()).sharing().team()).isNull();
    }

    /** Of several who take the same case in the same moment, exactly one has it, and the others are told who. */
    @Test
    void givesACaseToExactlyOneOfThoseWhoTakeItAtOnce() throws Exception {
        int takers = 6;
        Map<UserId, String> names = new HashMap<>();
        for (int i = 0; i < takers; i++) {
            names.put(fixtures.aPerson("Taker " + i, york, Role.CASEWORKER), "Taker " + i);
        }
        TeamId team = teams.create(york.id(), new Teams.Draft("Outreach", "", names.keySet()), admin);
        ExecutorService together = Executors.newFixedThreadPool(takers);
        try {
            for (int round = 0; round < 10; round++) {
                CaseSummary opened = fixtures.aClient(york).openCase();
                teams.assign(opened, null, team, eve);
                CyclicBarrier start = new CyclicBarrier(takers);
                List<Future<String>> answers = new ArrayList<>();
                for (UserId taker : names.keySet()) {
                    answers.add(together.submit((Callable<String>) () -> {
                        start.await();
                        try {
                            teams.claim(opened, taker);
                            return "mine";
                        } catch (Problem taken) {
                            assertThat(taken.key()).isEqualTo("people.claim.taken");
                            return String.valueOf(taken.arguments()[1]);
                        }
                    }));
                }
                List<String> told = new ArrayList<>();
                for (Future<String> each : answers) {
                    told.add(each.get());
                }

                UserId winner = cases.byCode(opened.code()).assignee();
                assertThat(told.stream().filter("mine"::equals)).hasSize(1);
                assertThat(told.stream().filter(word -> !word.equals("mine"))).containsOnly(names.get(winner));
                assertThat(jdbc.sql("select count(*) from case_assignment a where a.case_id = :id")
                                .param("id", opened.id().value())
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1);
            }
        } finally {
            together.shutdownNow();
        }
    }

    @Test
    void letsAdministratorsKeepTeamsInThreeLanguages() throws Exception {
        String teamsPage = "/admin/projects/york/teams";
        answer(
                post(teamsPage + "/new")
                        .param("name", " Outreach ")
                        .param("purpose", "Visits at home")
                        .param("members", sam.toString(), pat.toString(), "999"),
                admin);
        Teams.Team team = teams.of(york.id()).get(0);
        assertThat(team.name()).isEqualTo("Outreach");
        assertThat(team.memberIds()).containsExactlyInAnyOrder(sam, pat);

        String one = teamsPage + "/" + team.id();
        assertThat(page(one, admin).select("input[checked]").eachAttr("value"))
                .containsExactlyInAnyOrder(sam.toString(), pat.toString());
        assertThat(answer(post(teamsPage + "/new").param("name", "outreach"), admin)
                        .getStatus())
                .isEqualTo(400);
        assertThat(answer(post(teamsPage + "/new").param("name", " "), admin).getStatus())
                .isEqualTo(400);
        answer(
                post(one)
                        .param("name", "Outreach")
                        .param("members", sam.toString())
                        .param("version", "0"),
                admin);
        assertThat(teams.of(york.id()).get(0).memberIds()).containsExactly(sam);
        MockHttpServletResponse late = answer(post(one).param("name", "Late").param("version", "0"), admin);
        assertThat(late.getStatus()).isEqualTo(409);
        Document kept = Jsoup.parse(late.getContentAsString());
        assertThat(kept.select("input[name=name]").val()).isEqualTo("Late");
        assertThat(kept.select(".admin-differences li").eachText())
                .containsExactly("Name: Outreach", "Members: Sam Bouchard");
        assertThat(kept.select("input[name=version]").val()).isEqualTo("1");
        answer(post(one + "/retire").param("retired", "true"), admin);
        assertThat(teams.of(york.id())).isEmpty();

        for (String path : List.of(teamsPage, teamsPage + "/new", one)) {
            assertThat(answer(get(path), sam).getStatus()).as(path).isEqualTo(403);
        }
        for (String language : List.of("en", "es", "it")) {
            for (UserId person : List.of(admin, sam)) {
                users.chooseLocale(person, Locale.forLanguageTag(language));
            }
            for (String path : List.of(teamsPage, teamsPage + "/new", one)) {
                assertThat(page(path, admin).outerHtml()).as(path).doesNotContain("??");
            }
            for (String path : List.of(dana.path(), dana.path() + "/collaborators")) {
                assertThat(page(path, sam).outerHtml()).as(path).doesNotContain("??");
            }
        }
    }

    private List<String> notices(UserId reader) {
        return jdbc.sql("select kind || ' ' || case_code from notice where user_id = :reader order by id")
                .param("reader", reader.value())
                .query(String.class)
                .list();
    }

    private List<String> log(CaseSummary of) {
        return jdbc.sql("select action from activity where case_code = :code order by id")
                .param("code", of.code())
                .query(String.class)
                .list();
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = answer(get(path), who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(csrf()).with(People.signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
