package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.AGENT;
import static org.ancora.access.Role.CASEWORKER;
import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.PRIVACY;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.access.Role.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route of the product × every role × every scope, against the table below: the project of the case, a sister project
 * of its network, another network, and the case being one's own.
 *
 * <p>To add a route, say in {@link RoutesTest} what its request looks like, and here, in one line, who may send it:
 *
 * <ul>
 *   <li>{@code ofCase(route, who, own…)} is about a case. Roles in {@code who} may do it to any case of their project,
 *       those in {@code own} only to their own. Others are refused with 403 where they may open the case, else with 404.
 *   <li>{@code partOfCase(route, who, own…)} is as well, but hidden from all others: 404, whatever else they may open.
 *   <li>{@code ofProject(route, who)} is about a project: others of the project are refused with 403.
 *   <li>{@code administration(route, also…)} is as well, and administrators of the whole network may.
 *   <li>{@code ofNetwork(route)} is for administrators of the network, and hidden from all others.
 *   <li>{@code lists(route, who)} answers everybody, but names the case's client to {@code who} alone.
 *   <li>{@code mine(route, who)} shows people their own things; others are refused with 403.
 *   <li>{@code shownBy(test, routes…)}: whose rules do not fit the table, and are shown by a test of their own.
 *   <li>{@code strangers(route)} is open to people who are not signed in.
 * </ul>
 *
 * <p>Each request runs in a transaction that is rolled back, so that none changes what the next one finds.
 */
@AncoraTest
class AccessMatrixTest {

    private enum Kind {
        CASE,
        PART,
        PROJECT,
        NETWORK,
        NETWORK_PART,
        LIST,
        MINE,
        PUBLIC
    }

    /** Who may, and who may where the record is their own. */
    private record Row(Kind kind, Set<Role> who, Set<Role> own) {}

    /** Who opens cases: all of the project, or their own (design §7). */
    private static final Set<Role> READERS =
            EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY);

    /** Who may at least open cases of their own. */
    private static final Set<Role> LISTERS =
            EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY, UNIT, CONTRIBUTOR);

    /** Who works with a project's cases, and its administrator. */
    private static final Set<Role> CASE_FOLK = EnumSet.of(
            CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY, UNIT, CONTRIBUTOR, ADMIN);

    private static final Set<Role> OWN_READERS = EnumSet.of(UNIT, CONTRIBUTOR);

    private static final Set<Role> NOBODY = EnumSet.noneOf(Role.class);

    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);

    /** Who reaches clients, and keeps how they are reached. */
    private static final Set<Role> FRONT = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT);

    private static final Set<Role> CARERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR);
    private static final Set<Role> LEADERS = EnumSet.of(COORDINATOR, SUPERVISOR);
    private static final Set<Role> LOG_EXPORTERS = EnumSet.of(PRIVACY);

    private static final Set<Role> SUPERVISORS = EnumSet.of(SUPERVISOR);

    /** Who reads notes and care plans. */
    private static final Set<Role> PLAN_READERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, PRIVACY);

    private static final Set<Role> LETTER_READERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, PRIVACY);

    private static final Set<Role> PRINTERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION);

    private static final Map<String, Row> TABLE = new LinkedHashMap<>();

    static {
        strangers("GET /sign-in");
        strangers("GET /set-up/{secret}");
        strangers("POST /set-up/{secret}");
        strangers("POST /language");
        strangers("ANY /error");

        shownBy("EmergencyTest", "GET /emergency", "POST /emergency", "POST /emergency/{id:[0-9]{1,18}}/end");
        shownBy("EmergencyTest", "GET /reviews", "POST /reviews/{id:[0-9]{1,18}}");
        shownBy("MergingTest", "GET /clients/merge", "POST /clients/merge");
        shownBy("MergingTest", "POST /clients/merges/{id:[0-9]{1,18}}/undo");
        shownBy("ClientPagesTest", "GET /clients", "GET /clients/{id:[0-9]{1,18}}");
        shownBy("ClientPagesTest", "GET /clients/{id:[0-9]{1,18}}/edit", "POST /clients/{id:[0-9]{1,18}}/edit");
        shownBy("ClientPagesTest", "GET /clients/{id:[0-9]{1,18}}/reads");
        shownBy("ProtectedClientTest", "POST /clients/{id:[0-9]{1,18}}/protect");
        shownBy("ProtectedClientTest", "POST /clients/{id:[0-9]{1,18}}/unprotect");
        shownBy("ClientPagesTest", "GET /cases/{code}/client", "POST /cases/{code}/client");

        mine("GET /", EVERYBODY);
        mine("POST /theme", EVERYBODY);
        mine("POST /session", EVERYBODY);
        mine("GET /notices", EVERYBODY);
        mine("POST /notices/read", EVERYBODY);
        mine("POST /notices/choice", EVERYBODY);
        mine("POST /notices/{id:[0-9]{1,18}}/read", EVERYBODY);
        mine("POST /notices/{id:[0-9]{1,18}}/unread", EVERYBODY);
        mine("POST /drafts", EVERYBODY);
        mine("POST /drafts/discard", EVERYBODY);
        mine("GET /intakes/new", EVERYBODY);
        mine("GET /print", PRINTERS);
        mine("GET /admin", EnumSet.of(ADMIN, OWNER, COORDINATOR, SUPERVISOR));
        mine("GET /admin/new-project", EnumSet.of(ADMIN));
        mine("POST /admin/new-project", EnumSet.of(ADMIN));

        // opens on one's own tasks
        lists("GET /tasks", NOBODY);
        lists("GET /cases", READERS);
        lists("GET /search", READERS);

        ofProject("GET /p/{key}", EVERYBODY);
        ofProject("GET /p/{project}/cases", EVERYBODY);
        mine("POST /cases/columns", EVERYBODY);
        ofProject("POST /p/{project}/cases/columns", LISTERS);
        ofProject("POST /p/{project}/searches", LISTERS);
        ofProject("GET /p/{project}/cases/bulk", LEADERS);
        ofProject("POST /p/{project}/cases/bulk", LEADERS);
        ofProject("POST /p/{project}/cases/export", EnumSet.of(COORDINATOR, SUPERVISOR, MANAGER));
        // begun and kept by somebody else
        partOfCase("GET /p/{project}/bulk/{bulk:[0-9]{1,18}}", NOBODY);
        partOfCase("POST /p/{project}/bulk/{bulk:[0-9]{1,18}}/start", NOBODY);
        partOfCase("POST /p/{project}/bulk/{bulk:[0-9]{1,18}}/drop", NOBODY);
        shownBy("SavedSearchTest", "POST /p/{project}/searches/{search:[0-9]{1,18}}");
        ofProject("GET /p/{project}/intakes/new", FRONT);
        ofProject("POST /p/{project}/intakes/new", FRONT);

        mine("GET /admin/people", EnumSet.of(ADMIN));
        mine("GET /admin/networks", EnumSet.of(ADMIN));
        ofNetwork("POST /admin/networks/{id:[0-9]{1,18}}");
        ofNetwork("POST /admin/networks/{id:[0-9]{1,18}}/organisations");
        ofNetwork("POST /admin/networks/{id:[0-9]{1,18}}/organisations/{organisation:[0-9]{1,18}}");
        administration("GET /admin/projects/{key}/teams");
        administration("GET /admin/projects/{key}/teams/new");
        administration("POST /admin/projects/{key}/teams/new");
        administration("GET /admin/projects/{key}/teams/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/teams/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/teams/{id:[0-9]{1,18}}/retire");
        administration("GET /admin/projects/{key}/flags");
        administration("GET /admin/projects/{key}/flags/new");
        administration("POST /admin/projects/{key}/flags/new");
        administration("GET /admin/projects/{key}/flags/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/flags/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/flags/{id:[0-9]{1,18}}/retire");
        administration("GET /admin/projects/{key}/attributes");
        administration("GET /admin/projects/{key}/attributes/new");
        administration("POST /admin/projects/{key}/attributes/new");
        administration("GET /admin/projects/{key}/attributes/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/attributes/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/attributes/{id:[0-9]{1,18}}/retire");
        administration("GET /admin/projects/{key}/loads", COORDINATOR, SUPERVISOR);
        administration("POST /admin/projects/{key}/loads", COORDINATOR, SUPERVISOR);
        administration("GET /admin/projects/{key}/loads/{id:[0-9]{1,18}}", COORDINATOR, SUPERVISOR);
        // work in transactions of their own, which would wait for the one around each request here
        shownBy("AttributeLoadTest", "POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/check");
        shownBy("AttributeLoadTest", "POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/store");
        administration("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/discard", COORDINATOR, SUPERVISOR);
        administration("GET /admin/projects/{key}/loads/{id:[0-9]{1,18}}/report.csv", COORDINATOR, SUPERVISOR);
        administration("GET /admin/projects/{key}/files");
        administration("POST /admin/projects/{key}/files");
        administration("POST /admin/projects/{key}/files/{id:[0-9]{1,18}}/remove");
        ofProject("GET /p/{key}/files", CASE_FOLK);
        ofProject("GET /p/{key}/files/{id:[0-9]{1,18}}", CASE_FOLK);
        administration("GET /admin/projects/{key}/caseload");
        administration("POST /admin/projects/{key}/caseload");
        administration("POST /admin/projects/{key}/caseload/{worker:[0-9]{1,18}}");
        administration("GET /admin/projects/{key}/closing");
        administration("POST /admin/projects/{key}/closing");
        administration("GET /admin/projects/{key}/people");
        administration("GET /admin/projects/{key}/people/new");
        administration("POST /admin/projects/{key}/people/new");
        administration("GET /admin/projects/{key}/people/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/end");
        administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/link");
        administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/shut");
        administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/open");
        administration("GET /admin/projects/{key}", OWNER, COORDINATOR, SUPERVISOR);
        administration("GET /admin/projects/{key}/clients");
        administration("POST /admin/projects/{key}/clients");
        administration("GET /admin/projects/{key}/automations", OWNER);
        administration("POST /admin/projects/{key}/automations", OWNER);
        administration("GET /admin/projects/{key}/project");
        administration("POST /admin/projects/{key}/project");
        administration("GET /admin/projects/{key}/letterhead");
        administration("POST /admin/projects/{key}/letterhead");
        administration("GET /admin/projects/{key}/calendar");
        administration("POST /admin/projects/{key}/calendar");
        administration("POST /admin/projects/{key}/calendar/days");
        administration("POST /admin/projects/{key}/calendar/days/remove");
        administration("GET /admin/projects/{key}/statuses");
        administration("GET /admin/projects/{key}/statuses/new");
        administration("POST /admin/projects/{key}/statuses/new");
        administration("GET /admin/projects/{key}/statuses/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}/retire");
        administration("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}/restore");
        administration("GET /admin/projects/{key}/transitions");
        administration("POST /admin/projects/{key}/transitions");
        administration("GET /admin/projects/{key}/closing-reasons");
        administration("GET /admin/projects/{key}/closing-reasons/new");
        administration("POST /admin/projects/{key}/closing-reasons/new");
        administration("GET /admin/projects/{key}/closing-reasons/{id:[0-9]{1,18}}");
        administration("POST /admin/projects/{key}/closing-reasons/{id:[0-9]{1,18}}");
        administration("GET /admin/projects/{key}/reopening");
        administration("POST /admin/projects/{key}/reopening");

        ofCase("GET /cases/{code}", READERS, UNIT, CONTRIBUTOR);
        partOfCase("GET /cases/{code}/{tab}", EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, PRIVACY));
        ofCase("GET /cases/{code}/status", CARERS);
        ofCase("POST /cases/{code}/status", CARERS);
        ofCase("POST /cases/{code}/take", CARERS);
        ofCase("GET /cases/{code}/activity.csv", LOG_EXPORTERS);
        ofCase("GET /cases/{code}/notes/new", CARERS, CONTRIBUTOR);
        ofCase("POST /cases/{code}/notes/new", CARERS, CONTRIBUTOR);
        // a note that somebody else wrote
        ofCase("GET /cases/{code}/notes/{id:[0-9]{1,18}}", SUPERVISORS);
        ofCase("POST /cases/{code}/notes/{id:[0-9]{1,18}}", SUPERVISORS);
        ofCase("POST /cases/{code}/notes/{id:[0-9]{1,18}}/withdraw", SUPERVISORS);
        ofCase("POST /cases/{code}/notes/{id:[0-9]{1,18}}/restore", SUPERVISORS);
        ofCase("GET /cases/{code}/notes/{id:[0-9]{1,18}}/history", PLAN_READERS, CONTRIBUTOR);
        ofCase("GET /cases/{code}/reminders/new", FRONT, CONTRIBUTOR);
        ofCase("POST /cases/{code}/reminders/new", FRONT, CONTRIBUTOR);
        ofCase("GET /cases/{code}/reminders/{id:[0-9]{1,18}}", FRONT, CONTRIBUTOR);
        ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}", FRONT, CONTRIBUTOR);
        ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/move", FRONT, CONTRIBUTOR);
        ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/done", FRONT, CONTRIBUTOR);
        ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/undo", FRONT, CONTRIBUTOR);
        ofCase("GET /cases/{code}/plan/goals/new", CARERS);
        ofCase("POST /cases/{code}/plan/goals/new", CARERS);
        ofCase("GET /cases/{code}/plan/goals/{id:[0-9]{1,18}}", CARERS);
        ofCase("POST /cases/{code}/plan/goals/{id:[0-9]{1,18}}", CARERS);
        ofCase("GET /cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new", CARERS);
        ofCase("POST /cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new", CARERS);
        ofCase("GET /cases/{code}/plan/actions/{id:[0-9]{1,18}}", CARERS);
        ofCase("POST /cases/{code}/plan/actions/{id:[0-9]{1,18}}", CARERS);
        ofCase("POST /cases/{code}/plan/actions/{id:[0-9]{1,18}}/{status:done|open}", CARERS);
        ofCase("GET /cases/{code}/plan/review", CARERS);
        ofCase("POST /cases/{code}/plan/review", CARERS);
        ofCase("GET /cases/{code}/plan/sign", CARERS);
        ofCase("POST /cases/{code}/plan/sign", CARERS);
        ofCase("GET /cases/{code}/plan/signed/{number:[0-9]{1,6}}", PLAN_READERS, CONTRIBUTOR);
        ofCase("GET /cases/{code}/plan.pdf", PLAN_READERS, CONTRIBUTOR);
        ofCase("GET /cases/{code}/collaborators", CARERS);
        ofCase("POST /cases/{code}/collaborators", CARERS);
        ofCase("POST /cases/{code}/collaborators/{person:[0-9]{1,18}}/remove", CARERS);
        ofCase("POST /cases/{code}/claim", CARERS);
        ofCase("GET /cases/{code}/team", LEADERS);
        ofCase("POST /cases/{code}/team", LEADERS);
        ofCase("GET /cases/{code}/attributes", CARERS);
        ofCase("POST /cases/{code}/attributes", CARERS);
        ofCase("GET /cases/{code}/related/find", CARERS);
        ofCase("POST /cases/{code}/related", CARERS);
        ofCase("POST /cases/{code}/related/network", LEADERS);
        ofCase("POST /cases/{code}/related/{relation:[0-9]{1,18}}/remove", CARERS);
        // only whoever removed it brings it back
        shownBy("RelatedCasesTest", "POST /cases/{code}/related/{relation:[0-9]{1,18}}/undo");
        ofCase("GET /cases/{code}/assign", LEADERS);
        ofCase("POST /cases/{code}/assign", LEADERS);
        ofCase("GET /cases/{code}/close", CARERS);
        ofCase("POST /cases/{code}/close", CARERS);
        ofCase("GET /cases/{code}/service-mode", CARERS);
        ofCase("POST /cases/{code}/service-mode", CARERS);
        ofCase("POST /cases/{code}/flags", CARERS);
        ofCase("POST /cases/{code}/flags/{kind}/resolve", CARERS);
        ofCase("GET /cases/{code}/contact-points/new", FRONT);
        ofCase("POST /cases/{code}/contact-points/new", FRONT);
        ofCase("GET /cases/{code}/contact-points/{id}", FRONT);
        ofCase("POST /cases/{code}/contact-points/{id}", FRONT);
        ofCase("POST /cases/{code}/contact-points/{id}/remove", FRONT);
        ofCase("GET /cases/{code}/consents", FRONT);
        ofCase("POST /cases/{code}/consents", FRONT);
        ofCase("POST /cases/{code}/consents/{channel}/withdraw", FRONT);
        ofCase("GET /cases/{code}/support-contacts/new", FRONT);
        ofCase("POST /cases/{code}/support-contacts/new", FRONT);
        ofCase("GET /cases/{code}/support-contacts/{id}", FRONT);
        ofCase("POST /cases/{code}/support-contacts/{id}", FRONT);
        ofCase("GET /cases/{code}/in-touch", FRONT);
        ofCase("POST /cases/{code}/in-touch", FRONT);
        ofCase("GET /cases/{code}/source-answered", FRONT);
        ofCase("POST /cases/{code}/source-answered", FRONT);
        ofCase("GET /cases/{code}/procedure.xml", READERS, UNIT, CONTRIBUTOR);
        partOfCase("GET /letters/{id:[0-9]{1,18}}", LETTER_READERS, CONTRIBUTOR);
        partOfCase("GET /letters/{id:[0-9]{1,18}}.pdf", LETTER_READERS, CONTRIBUTOR);
        ofProject("POST /print/pdf", PRINTERS);
        ofProject("POST /print/confirm", PRINTERS);
        ofProject("POST /print/posted", PRINTERS);
        ofProject("POST /print/undo", PRINTERS);
        ofCase("GET /tasks/{id}", READERS);
        ofCase("GET /tasks/{id}/where", READERS);
        ofCase("GET /tasks/{id}/diagram.xml", READERS);
        ofCase("GET /tasks/{id}/assign", LEADERS);
        ofCase("POST /tasks/{id}/assign", LEADERS);
        // somebody has it already, and that is what whoever sees it is told
        ofCase("POST /tasks/{id}/claim", READERS);
        ofCase("POST /tasks/{id}/release", LEADERS);
        ofCase("POST /tasks/{id}/complete", CARERS);
        ofCase("POST /tasks/{id}/draft", CARERS);
        // told to one person, whatever their role
        partOfCase("GET /notices/{id:[0-9]{1,18}}", NOBODY);
    }

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private Lived lived;
    private final Map<Role, UserId> people = new EnumMap<>(Role.class);
    private UserId sisterAdministrator;
    private UserId sister;

    @BeforeEach
    void live() throws Exception {
        lived = household.live();
        RoutesTest.plant(lived, jdbc);
        for (Role role : Role.values()) {
            people.put(role, fixtures.aPerson("One " + role.code(), lived.york(), role));
        }
        Project peel = fixtures.aSisterOf(lived.york(), "peel", "PEL");
        sisterAdministrator = fixtures.aPerson("Sister administrator", peel, ADMIN);
        sister = fixtures.aPerson(
                "Sister", peel, EnumSet.complementOf(EnumSet.of(ADMIN)).toArray(Role[]::new));
    }

    @Test
    void hasALineForEveryRoute() {
        assertThat(TABLE.keySet()).containsExactlyInAnyOrderElementsOf(RoutesTest.routes(mappings));
    }

    @Test
    void letsEachRoleDoWhatTheTableSaysInTheProject() {
        SoftAssertions all = new SoftAssertions();
        TABLE.forEach((route, row) -> {
            if (row.kind() != Kind.PUBLIC) {
                people.forEach((role, person) -> {
                    Answer answer = answer(route, person, null);
                    boolean sees = row.kind() == Kind.CASE
                            ? READERS.contains(role)
                            : row.kind() != Kind.PART && row.kind() != Kind.NETWORK_PART;
                    all.assertThat(answer.outcome())
                            .as("%s as %s: %s", route, role, answer.words())
                            .isEqualTo(
                                    row.kind() == Kind.LIST || row.who().contains(role) ? "in" : sees ? "403" : "404");
                    if (row.kind() == Kind.LIST) {
                        all.assertThat(answer.body().contains("Zorabelle"))
                                .as("%s names the client to %s", route, role)
                                .isEqualTo(row.who().contains(role));
                    }
                });
            }
        });
        all.assertAll();
    }

    /** The same case, now assigned to the person who asks. */
    @Test
    void letsEachRoleDoWhatTheTableSaysWithTheirOwnCase() {
        SoftAssertions all = new SoftAssertions();
        TABLE.forEach((route, row) -> {
            if ((row.kind() == Kind.CASE || row.kind() == Kind.PART) && !route.contains("/tasks/")) {
                people.forEach((role, person) -> {
                    Answer answer = answer(route, person, person);
                    boolean may = row.who().contains(role) || row.own().contains(role);
                    boolean sees = row.kind() == Kind.CASE && (READERS.contains(role) || OWN_READERS.contains(role));
                    all.assertThat(answer.outcome())
                            .as("%s as %s of their own: %s", route, role, answer.words())
                            .isEqualTo(may ? "in" : sees ? "403" : "404");
                });
            }
        });
        all.assertAll();
    }

    @Test
    void hidesEverythingFromOtherProjectsAndNetworks() {
        SoftAssertions all = new SoftAssertions();
        TABLE.forEach((route, row) -> {
            if (row.kind() == Kind.CASE || row.kind() == Kind.PART || row.kind() == Kind.PROJECT || ofNetwork(row)) {
                all.assertThat(answer(route, lived.stranger(), null).outcome())
                        .as("%s from another network", route)
                        .isEqualTo("404");
                all.assertThat(answer(route, sister, null).outcome())
                        .as("%s from another project", route)
                        .isEqualTo("404");
                all.assertThat(answer(route, sisterAdministrator, null).outcome())
                        .as("%s for an administrator of the network", route)
                        .isEqualTo(ofNetwork(row) ? "in" : "404");
            } else if (row.kind() == Kind.LIST) {
                for (UserId other : Set.of(lived.stranger(), sister, sisterAdministrator)) {
                    all.assertThat(answer(route, other, null).body())
                            .as("%s from elsewhere", route)
                            .doesNotContain(Household.SECRETS.toArray(String[]::new));
                }
            }
        });
        all.assertAll();
    }

    /** What came back: {@code in} for any answer of the thing itself, be it that a form wants more. */
    private record Answer(int status, String body) {

        String outcome() {
            return status == 403 || status == 404 || status == 401 || status >= 500 ? String.valueOf(status) : "in";
        }

        String words() {
            return outcome().equals("in")
                    ? ""
                    : body.replaceAll("(?s)<[^>]*>|\\s+", " ").replaceAll(" +", " ");
        }
    }

    private Answer answer(String route, UserId who, @Nullable UserId assignee) {
        return Objects.requireNonNull(transactions.execute(running -> {
            running.setRollbackOnly();
            if (assignee != null) {
                jdbc.sql("update case_file set assignee = :assignee where code = :code")
                        .param("assignee", assignee.value())
                        .param("code", lived.code())
                        .update();
            }
            try {
                var request = RoutesTest.request(route, lived, jdbc);
                if (route.equals("GET /search")) {
                    request.param("q", "Zorab");
                }
                MockHttpServletResponse response = web.perform(
                                request.with(csrf()).with(signedIn(who)))
                        .andReturn()
                        .getResponse();
                return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
            } catch (Exception broken) {
                throw new AssertionError(route, broken);
            }
        }));
    }

    private static boolean ofNetwork(Row row) {
        return row.kind() == Kind.NETWORK || row.kind() == Kind.NETWORK_PART;
    }

    private static void shownBy(String test, String... routes) {
        for (String route : routes) {
            TABLE.put(route, new Row(Kind.PUBLIC, EVERYBODY, EVERYBODY));
        }
        assertThat(test).endsWith("Test");
    }

    private static void strangers(String route) {
        TABLE.put(route, new Row(Kind.PUBLIC, EVERYBODY, EVERYBODY));
    }

    private static void mine(String route, Set<Role> who) {
        TABLE.put(route, new Row(Kind.MINE, who, who));
    }

    private static void lists(String route, Set<Role> who) {
        TABLE.put(route, new Row(Kind.LIST, who, who));
    }

    private static void ofProject(String route, Set<Role> who) {
        TABLE.put(route, new Row(Kind.PROJECT, who, who));
    }

    private static void administration(String route, Role... also) {
        Set<Role> who = EnumSet.of(ADMIN, also);
        TABLE.put(route, new Row(Kind.NETWORK, who, who));
    }

    private static void partOfCase(String route, Set<Role> who, Role... own) {
        ofCase(route, who, own);
        TABLE.computeIfPresent(route, (any, row) -> new Row(Kind.PART, row.who(), row.own()));
    }

    private static void ofNetwork(String route) {
        TABLE.put(route, new Row(Kind.NETWORK_PART, EnumSet.of(ADMIN), EnumSet.of(ADMIN)));
    }

    private static void ofCase(String route, Set<Role> who, Role... own) {
        Set<Role> owners = EnumSet.noneOf(Role.class);
        owners.addAll(Arrays.asList(own));
        TABLE.put(route, new Row(Kind.CASE, who, owners));
    }
}
