package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.UNIT;
import static org.ancora.security.Route.READERS;
import static org.ancora.security.Route.Scope.ADMINISTRATION;
import static org.ancora.security.Route.Scope.CASE;
import static org.ancora.security.Route.Scope.DEMO;
import static org.ancora.security.Route.Scope.ELSEWHERE;
import static org.ancora.security.Route.Scope.LIST;
import static org.ancora.security.Route.Scope.NETWORK;
import static org.ancora.security.Route.Scope.PART_OF_CASE;
import static org.ancora.security.Route.Scope.PROJECT;
import static org.ancora.security.Route.Scope.STRANGERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
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
 * Every route of the product × every role × every scope, against the lines of the {@linkplain RouteTable table}: the project
 * of the case, a sister project of its network, another network, and the case being one's own.
 *
 * <p>Each request runs in a transaction that is rolled back, so that none changes what the next one finds.
 */
@AncoraTest
class AccessMatrixTest {

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
    private TransactionTemplate transactions;

    private Lived lived;
    private final Map<Role, UserId> people = new EnumMap<>(Role.class);
    private UserId sisterAdministrator;
    private UserId sister;

    @BeforeEach
    void live() throws Exception {
        lived = table.live();
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
        assertThat(table.all())
                .filteredOn(route -> !route.is(DEMO))
                .extracting(Route::name)
                .containsExactlyInAnyOrderElementsOf(RoutesTest.routes(mappings));
    }

    @Test
    void letsEachRoleDoWhatTheTableSaysInTheProject() {
        SoftAssertions all = new SoftAssertions();
        for (Route route : table.all()) {
            if (!route.is(STRANGERS, ELSEWHERE, DEMO)) {
                people.forEach((role, person) -> {
                    Answer answer = answer(route, person, null);
                    boolean sees = route.is(CASE) ? READERS.contains(role) : !route.is(PART_OF_CASE, NETWORK);
                    all.assertThat(answer.outcome())
                            .as("%s as %s: %s", route.name(), role, answer.words())
                            .isEqualTo(route.is(LIST) || route.who().contains(role) ? "in" : sees ? "403" : "404");
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
        for (Route route : table.all()) {
            if (route.is(CASE, PART_OF_CASE) && !route.name().contains("/tasks/")) {
                people.forEach((role, person) -> {
                    Answer answer = answer(route, person, person);
                    boolean may = route.who().contains(role) || route.own().contains(role);
                    boolean sees = route.is(CASE) && (READERS.contains(role) || OWN_READERS.contains(role));
                    all.assertThat(answer.outcome())
                            .as("%s as %s of their own: %s", route.name(), role, answer.words())
                            .isEqualTo(may ? "in" : sees ? "403" : "404");
                });
            }
        }
        all.assertAll();
    }

    @Test
    void hidesEverythingFromOtherProjectsAndNetworks() {
        SoftAssertions all = new SoftAssertions();
        for (Route route : table.all()) {
            boolean ofNetwork = route.is(ADMINISTRATION, NETWORK);
            if (route.is(CASE, PART_OF_CASE, PROJECT) || ofNetwork) {
                all.assertThat(answer(route, lived.stranger(), null).outcome())
                        .as("%s from another network", route.name())
                        .isEqualTo("404");
                all.assertThat(answer(route, sister, null).outcome())
                        .as("%s from another project", route.name())
                        .isEqualTo("404");
                all.assertThat(answer(route, sisterAdministrator, null).outcome())
                        .as("%s for an administrator of the network", route.name())
                        .isEqualTo(ofNetwork ? "in" : "404");
            } else if (route.is(LIST)) {
                for (UserId other : Set.of(lived.stranger(), sister, sisterAdministrator)) {
                    all.assertThat(answer(route, other, null).body())
                            .as("%s from elsewhere", route.name())
                            .doesNotContain(Household.SECRETS.toArray(String[]::new));
                }
            }
        }
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

    private Answer answer(Route route, UserId who, @Nullable UserId assignee) {
        return Objects.requireNonNull(transactions.execute(running -> {
            running.setRollbackOnly();
            if (assignee != null) {
                jdbc.sql("update case_file set assignee = :assignee where code = :code")
                        .param("assignee", assignee.value())
                        .param("code", lived.code())
                        .update();
            }
            try {
                MockHttpServletResponse response = web.perform(
                                table.request(route, lived).with(csrf()).with(signedIn(who)))
                        .andReturn()
                        .getResponse();
                return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
            } catch (Exception broken) {
                throw new AssertionError(route.name(), broken);
            }
        }));
    }
}
