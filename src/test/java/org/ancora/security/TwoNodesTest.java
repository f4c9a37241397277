package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.AncoraApplication;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attack 21 across two nodes that share nothing but the database: whatever ends a session or takes a right away on one
 * holds on the other with the next request. One node alone is tried by {@code SignInTest}. The second node also has a pace
 * for lists (attack 26), which the shared context of the tests has not.
 */
@AncoraTest
class TwoNodesTest {

    private static ConfigurableApplicationContext other;

    @LocalServerPort
    private int port;

    @Autowired
    private Environment environment;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Users users;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId nora;
    private CaseSummary dana;
    private HttpVisitor here;

    @BeforeEach
    void twoNodes() throws Exception {
        if (other == null) {
            other = new SpringApplicationBuilder(AncoraApplication.class)
                    .web(WebApplicationType.SERVLET)
                    .profiles("test")
                    .run(Stream.of(
                                    "ancora.clock",
                                    "ancora.clock.start",
                                    "spring.datasource.url",
                                    "spring.datasource.username",
                                    "spring.datasource.password")
                            .map(name -> "--" + name + "=" + environment.getRequiredProperty(name))
                            .collect(Collectors.collectingAndThen(Collectors.toList(), TwoNodesTest::andAnyPort)));
        }
        york = fixtures.aProjectInOntario();
        nora = people.person("nora", york.id(), Role.CASEWORKER);
        dana = fixtures.aClient(york).openCaseFor(nora);
        here = new HttpVisitor(port);
        here.signIn("nora", People.PASSWORD);
        assertThat(here.get("/cases/" + dana.code()).status()).isEqualTo(200);
        assertThat(there().get("/cases/" + dana.code()).status())
                .as("one session, two nodes")
                .isEqualTo(200);
    }

    private static String[] andAnyPort(List<String> same) {
        return Stream.concat(
                        same.stream(),
                        Stream.of(
                                "--server.port=0", "--spring.main.banner-mode=off", "--ancora.access.lists-at-once=20"))
                .toArray(String[]::new);
    }

    @AfterAll
    static void stopTheOther() {
        if (other != null) {
            other.close();
            other = null;
        }
    }

    private HttpVisitor there() {
        return on(here);
    }

    private static HttpVisitor on(HttpVisitor browser) {
        return browser.on(Integer.parseInt(other.getEnvironment().getRequiredProperty("local.server.port")));
    }

    @Test
    void acceptsNoSessionThatAnAttackerHadChosen() throws Exception {
        HttpVisitor attacker = new HttpVisitor(port);
        attacker.get("/sign-in");
        String planted = attacker.cookie("ancora");
        HttpVisitor victim = new HttpVisitor(port).with("ancora", planted);

        victim.signIn("nora", People.PASSWORD);

        assertThat(planted).isNotEmpty();
        assertThat(victim.cookie("ancora")).isNotEqualTo(planted);
        assertThat(attacker.get("/cases").status()).isEqualTo(302);
        assertThat(new HttpVisitor(port)
                        .with("ancora", "00000000-0000-0000-0000-000000000000")
                        .get("/cases")
                        .status())
                .isEqualTo(302);
    }

    @Test
    void signsOutEverywhere() throws Exception {
        HttpVisitor thief = there();

        assertThat(here.signOut("/").status()).isEqualTo(302);

        assertThat(thief.get("/cases/" + dana.code()).status()).isEqualTo(302);
        assertThat(thief.on(port).get("/cases/" + dana.code()).status()).isEqualTo(302);
    }

    @Test
    void shutsAPersonOutEverywhere() throws Exception {
        users.disable(nora, UserId.SYSTEM);

        assertThat(there().get("/cases/" + dana.code()).status()).isEqualTo(302);
        assertThat(here.get("/cases/" + dana.code()).status()).isEqualTo(302);
        assertThat(here.signIn("nora", People.PASSWORD).header("Location")).isEqualTo("/sign-in?refused");
    }

    @Test
    void shutsAPersonOutWhoseAccountWasOnlyMarkedSo() throws Exception {
        jdbc.sql("update account set active = false where id = :id")
                .param("id", nora.value())
                .update();

        assertThat(there().get("/cases/" + dana.code()).status()).isEqualTo(302);
    }

    @Test
    void takesARoleAwayEverywhere() throws Exception {
        users.revoke(nora, york.id(), Role.CASEWORKER, UserId.SYSTEM);

        assertThat(there().get("/cases/" + dana.code()).status()).isEqualTo(404);
        assertThat(here.get("/cases/" + dana.code()).status()).isEqualTo(404);
        assertThat(there().get("/cases").body()).doesNotContain(dana.code());
    }

    @Test
    void keepsNoRightsInTheSession() {
        assertThat(jdbc.sql("select encode(attribute_bytes, 'escape') from spring_session_attributes")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneSatisfy(bytes ->
                        assertThat(bytes.toLowerCase(java.util.Locale.ROOT)).contains("caseworker"))
                .noneSatisfy(bytes -> assertThat(bytes).contains(People.PASSWORD));
    }

    @Test
    void aPasswordThatWasChangedEndsWhatTheOldOneOpened() throws Exception {
        users.setPassword(nora, "nine wooden steps down", nora);

        assertThat(there().get("/cases/" + dana.code()).status()).isEqualTo(302);
        assertThat(here.get("/cases/" + dana.code()).status()).isEqualTo(302);
    }

    @Test
    void slowsDownWhoeverCopiesTheLists() throws Exception {
        users.grant(nora, york.id(), Role.RECEPTION, UserId.SYSTEM);
        for (Map.Entry<String, String> language : Map.of(
                        "en", "Too many requests", "es", "Demasiadas solicitudes", "it", "Troppe richieste")
                .entrySet()) {
            users.chooseLocale(nora, Locale.forLanguageTag(language.getKey()));
            for (String path : List.of("/cases", "/tasks", "/search?q=dana", "/p/york/cases", "/print", "/notices")) {
                HttpVisitor.Answer page;
                int pages = 0;
                do {
                    page = there().get(path);
                    pages++;
                } while (page.status() == 200 && pages < 200);
                assertThat(page.status()).as(path).isEqualTo(429);
                assertThat(Integer.parseInt(page.header("Retry-After"))).isBetween(1, 10);
                assertThat(page.body()).contains(language.getValue()).doesNotContain("??", "Whitfield");
            }
        }
        assertThat(there().get("/cases/" + dana.code()).status())
                .as("a record is not a list")
                .isEqualTo(200);
        people.person("paul", york.id(), Role.CASEWORKER);
        HttpVisitor colleague = new HttpVisitor(port);
        colleague.signIn("paul", People.PASSWORD);
        assertThat(on(colleague).get("/cases").status())
                .as("a colleague is not held up")
                .isEqualTo(200);
    }
}
