package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signing in and out over real HTTP, with a real session table (attacks 20, 21 and 26). */
@AncoraTest
class SignInTest {

    private static final ProjectId YORK = new ProjectId(1);
    private static final ProjectId TORINO = new ProjectId(2);

    @LocalServerPort
    int port;

    @Autowired
    People people;

    @Autowired
    Users users;

    @Autowired
    SetUpLinks links;

    @Autowired
    Refusals refusals;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    VirtualClock clock;

    UserId nora;

    Browser browser;

    @BeforeEach
    void nora() {
        nora = people.person("nora", YORK, Role.CASEWORKER);
        browser = new Browser(port);
    }

    @Test
    void sendsAStrangerToSignInAndThenToThePageAskedFor() throws Exception {
        HttpResponse<String> refused = browser.get("/test-doors/whoever?page=2");
        assertThat(refused.statusCode()).isEqualTo(302);
        assertThat(location(refused)).isEqualTo("/sign-in");

        HttpResponse<String> welcomed = browser.signIn("nora", People.PASSWORD);
        assertThat(location(welcomed)).isEqualTo("/test-doors/whoever?page=2");
        assertThat(browser.get("/test-doors/whoever").body()).isEqualTo("you are Name of nora");
    }

    @Test
    void signsInByEmailAndWithoutRegardToCase() throws Exception {
        assertThat(location(browser.signIn(" Nora@Example.org ", People.PASSWORD)))
                .isEqualTo("/");
    }

    @Test
    void takesNobodyToAnotherHost() throws Exception {
        browser.get("//evil.example/x", "Accept", "text/html");

        assertThat(location(browser.signIn("nora", People.PASSWORD))).doesNotContain("evil");
        assertThat(Requests.local("//evil.example", null)).isEmpty();
        assertThat(Requests.local("/\\evil.example", null)).isEmpty();
        assertThat(Requests.local("https://evil.example", null)).isEmpty();
        assertThat(Requests.local("/tasks", "mine=1")).contains("/tasks?mine=1");
    }

    @Test
    void answersScriptsWithoutAPage() throws Exception {
        HttpResponse<String> htmx = browser.get("/test-doors/whoever", "HX-Request", "true");
        assertThat(htmx.statusCode()).isEqualTo(401);
        assertThat(htmx.headers().firstValue("HX-Redirect")).contains("/sign-in");

        assertThat(browser.get("/test-doors/whoever", "Accept", "application/json")
                        .statusCode())
                .isEqualTo(401);
        assertThat(browser.signIn("nora", People.PASSWORD).headers().firstValue("Location"))
                .hasValueSatisfying(page -> assertThat(page).endsWith("/"));
    }

    /** {@code AAAA} reads as three characters that no text of the database may hold. */
    @Test
    void passesOverSessionNamesThatItNeverGave() throws Exception {
        assertThat(browser.thief("AAAA").get("/test-doors/whoever").statusCode())
                .isEqualTo(302);
    }

    @Test
    void givesTheSessionANewNameAtSignIn() throws Exception {
        browser.get("/sign-in");
        String before = browser.session();
        browser.signIn("nora", People.PASSWORD);

        assertThat(before).isNotEmpty();
        assertThat(browser.session()).isNotEmpty().isNotEqualTo(before);
        assertThat(browser.thief(before).get("/test-doors/whoever").statusCode())
                .isEqualTo(302);
    }

    @Test
    void forgetsTheSessionAtSignOut() throws Exception {
        browser.signIn("nora", People.PASSWORD);
        String stolen = browser.session();
        Browser thief = browser.thief(stolen);
        assertThat(thief.get("/test-doors/whoever").statusCode()).isEqualTo(200);

        HttpResponse<String> out = browser.post("/sign-out", "_csrf=" + Browser.encoded(tokenIn(stolen)));

        assertThat(location(out)).isEqualTo("/sign-in?signed-out");
        assertThat(thief.get("/test-doors/whoever").statusCode()).isEqualTo(302);
        assertThat(browser.get("/sign-out").statusCode()).isNotEqualTo(200);
    }

    @Test
    void refusesWrongUnknownAndShutAccountsAlike() throws Exception {
        UserId paul = people.person("paul", YORK, Role.CASEWORKER);
        users.disable(paul, UserId.SYSTEM);
        users.create(new NewUser("without", "Without a password", null, null, null), UserId.SYSTEM);

        assertThat(location(browser.signIn("nora", "wrong"))).isEqualTo("/sign-in?refused");
        assertThat(location(browser.signIn("nobody", "wrong"))).isEqualTo("/sign-in?refused");
        assertThat(location(browser.signIn("paul", People.PASSWORD))).isEqualTo("/sign-in?refused");
        assertThat(location(browser.signIn("without", ""))).isEqualTo("/sign-in?refused");
        assertThat(browser.get("/sign-in?refused").body()).contains("do not fit together", "value=\"without\"");
    }

    @Test
    void makesGuessersWaitAndSaysHowLong() throws Exception {
        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            assertThat(location(browser.signIn("nora", "guess " + i))).isEqualTo("/sign-in?refused");
        }
        HttpResponse<String> right = browser.signIn("NORA", People.PASSWORD);
        assertThat(location(right)).startsWith("/sign-in?wait=");
        assertThat(browser.get(location(right)).body()).contains("Try again in a minute");
        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(302);

        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            browser.signIn("nobody-at-all", "guess " + i);
        }
        assertThat(location(browser.signIn("nobody-at-all", "x"))).startsWith("/sign-in?wait=");
    }

    @Test
    void countsBothNamesOfAPersonTogether() throws Exception {
        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            browser.signIn(i % 2 == 0 ? "nora" : "Nora@Example.org", "guess " + i);
        }

        assertThat(location(browser.signIn("nora@example.org", People.PASSWORD)))
                .startsWith("/sign-in?wait=");
        assertThat(location(browser.signIn("nora", People.PASSWORD))).startsWith("/sign-in?wait=");
    }

    @Test
    void changesNothingWithoutAToken() throws Exception {
        HttpResponse<String> stranger =
                browser.post("/sign-in", "name=nora&password=" + Browser.encoded(People.PASSWORD));
        assertThat(location(stranger)).isEqualTo("/sign-in?expired");

        browser.signIn("nora", People.PASSWORD);
        assertThat(browser.post("/test-doors/change", "").statusCode()).isEqualTo(403);
        assertThat(browser.post("/sign-out", "").statusCode()).isEqualTo(403);
        assertThat(browser.post("/test-doors/change", "", "X-CSRF-TOKEN", "made-up")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(200);
    }

    @Test
    void takesTheTokenFromAHeader() throws Exception {
        browser.signIn("nora", People.PASSWORD);

        HttpResponse<String> changed =
                browser.post("/test-doors/change", "", "X-CSRF-TOKEN", tokenIn(browser.session()));
        assertThat(changed.body()).isEqualTo("changed by Name of nora");
        assertThat(browser.post("/session", "", "X-CSRF-TOKEN", tokenIn(browser.session()))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void speaksTheLanguageChosenBeforeAndAfterSignIn() throws Exception {
        String token = browser.token();
        HttpResponse<String> chosen = browser.post(
                "/language", "language=it&_csrf=" + token, "Referer", "http://localhost:" + port + "/sign-in?refused");
        assertThat(location(chosen)).isEqualTo("/sign-in?refused");
        assertThat(browser.get("/sign-in").body()).contains("Accedi");
        assertThat(location(
                        browser.post("/language", "language=es&_csrf=" + token, "Referer", "http://evil.example/x")))
                .isEqualTo("/");
        assertThat(browser.post("/language", "language=xx&_csrf=" + token).statusCode())
                .isEqualTo(400);

        browser.signIn("nora", People.PASSWORD);
        browser.post("/language", "language=es&_csrf=" + Browser.encoded(tokenIn(browser.session())));
        assertThat(people.viewer(nora).chosenLocale()).isEqualTo(Locale.forLanguageTag("es"));
    }

    @Test
    void takesARoleAwayWithTheNextClick() throws Exception {
        browser.signIn("nora", People.PASSWORD);
        assertThat(browser.get("/test-doors/cases/1").statusCode()).isEqualTo(200);
        assertThat(browser.get("/test-doors/cases/2").statusCode()).isEqualTo(404);

        users.grant(nora, YORK, Role.RECEPTION, UserId.SYSTEM);
        users.revoke(nora, YORK, Role.CASEWORKER, UserId.SYSTEM);
        assertThat(browser.get("/test-doors/cases/1").statusCode()).isEqualTo(403);

        users.revoke(nora, YORK, Role.RECEPTION, UserId.SYSTEM);
        users.grant(nora, TORINO, Role.SUPERVISOR, UserId.SYSTEM);
        assertThat(browser.get("/test-doors/cases/1").statusCode()).isEqualTo(404);
        assertThat(browser.get("/test-doors/cases/2").statusCode()).isEqualTo(200);
    }

    @Test
    void shutsSomebodyOutAtOnce() throws Exception {
        browser.signIn("nora", People.PASSWORD);
        users.disable(nora, UserId.SYSTEM);

        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(302);
        assertThat(sessionsOf(nora)).isZero();
    }

    @Test
    void letsNobodyInWhoseAccountIsShutThoughTheirSessionLives() throws Exception {
        browser.signIn("nora", People.PASSWORD);
        jdbc.sql("update account set active = false").update();

        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(302);
        jdbc.sql("update account set active = true").update();
        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(302);
    }

    @Test
    void endsASessionThatHasLastedTooLongHoweverBusy() throws Exception {
        browser.signIn("nora", People.PASSWORD);
        jdbc.sql("update spring_session set creation_time = creation_time - 13 * 3600 * 1000")
                .update();

        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(302);
        assertThat(sessionsOf(nora)).isZero();
    }

    @Test
    void endsASessionAfterThirtyIdleMinutes() throws Exception {
        browser.signIn("nora", People.PASSWORD);

        assertThat(jdbc.sql("select max_inactive_interval from spring_session where principal_name = :nora")
                        .param("nora", nora.toString())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1800);
    }

    /** In the demo one visitor moves the clock by weeks, and the others stay signed in. */
    @Test
    void agesSessionsByTheRealClock() throws Exception {
        browser.signIn("nora", People.PASSWORD);

        clock.startAt(clock.instant().plus(Duration.ofDays(45)));

        assertThat(browser.get("/test-doors/whoever").statusCode()).isEqualTo(200);
        assertThat(sessionsOf(nora)).isOne();
    }

    @Test
    void tellsTheBrowserToLoadNothingFromElsewhere() throws Exception {
        for (String path : new String[] {"/sign-in", "/nowhere", "/assets/nothing.css"}) {
            HttpResponse<String> answer = browser.get(path);
            assertThat(header(answer, "Content-Security-Policy"))
                    .isEqualTo("default-src 'self'; img-src 'self' data:; object-src 'none';"
                            + " frame-ancestors 'none'; base-uri 'none'");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
            assertThat(header(answer, "Permissions-Policy")).contains("camera=()");
        }
        assertThat(header(browser.get("/studio/x"), "Content-Security-Policy"))
                .contains("style-src 'self' 'unsafe-inline'");
        assertThat(header(browser.get("/studious"), "Content-Security-Policy")).doesNotContain("unsafe-inline");
    }

    @Test
    void showsOfItsInnerStateOnlyThatItIsWell() throws Exception {
        assertThat(browser.get("/actuator/health", "Accept", "application/json").statusCode())
                .isEqualTo(200);
        assertThat(browser.get("/actuator/env").statusCode()).isEqualTo(302);

        browser.signIn("nora", People.PASSWORD);
        assertThat(browser.get("/actuator").statusCode()).isEqualTo(403);
        assertThat(browser.get("/actuator/env").statusCode()).isEqualTo(403);
    }

    @Test
    void setsAPasswordOnceThroughALink() throws Exception {
        UserId ines = users.create(new NewUser("ines@example.org", "Ines", null, null, null), UserId.SYSTEM);
        String secret = links.issue(ines);
        String page = "/set-up/" + secret;
        String token = Browser.tokenOf(browser.get(page));
        String good = "password=" + Browser.encoded("four small grey stones") + "&again="
                + Browser.encoded("four small grey stones") + "&_csrf=" + token;

        assertThat(browser.post(page, "password=short&again=short&_csrf=" + token)
                        .statusCode())
                .isEqualTo(400);
        assertThat(location(browser.post(page, good))).isEqualTo("/sign-in?password-set");
        assertThat(browser.post(page, good).statusCode()).isEqualTo(404);
        assertThat(browser.get(page).statusCode()).isEqualTo(404);
        assertThat(browser.get("/set-up/guessed").statusCode()).isEqualTo(404);
        assertThat(location(browser.signIn("ines@example.org", "four small grey stones")))
                .isEqualTo("/");
        assertThat(jdbc.sql("select count(*) from set_up_link where secret_hash = :secret")
                        .param("secret", secret)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void namesWhoCanChangeARefusal() {
        users.grant(people.person("ada", YORK), YORK, Role.ADMIN, UserId.SYSTEM);
        Forbidden refusal = new Forbidden(Permission.OVERRIDE_CAPACITY, YORK);

        Refusals.Words english = refusals.words(refusal, Locale.ENGLISH);
        assertThat(english.missing()).contains("full caseload", "Supervisor");
        assertThat(english.whoCanChange()).isEqualTo("Name of ada can change that.");
        assertThat(refusals.words(refusal, Locale.ITALIAN).missing()).contains("carico di lavoro");
        assertThat(people.viewer(nora).roles(YORK)).isEqualTo(Set.of(Role.CASEWORKER));
    }

    @Test
    void keepsSignInsInTheLog() throws Exception {
        browser.signIn("nora", People.PASSWORD);

        assertThat(jdbc.sql("select by_account from activity where action = 'access.signed-in'")
                        .query(Long.class)
                        .single())
                .isEqualTo(nora.value());
    }

    @Test
    void asksTheDatabaseLittlePerPage() throws Exception {
        browser.signIn("nora", People.PASSWORD);
        browser.get("/test-doors/whoever");

        // What is looked for after an answer has gone may still come while the next one is counted.
        List<String> fewest = SqlCount.during(() -> browser.get("/test-doors/whoever"));
        for (int again = 0; again < 2; again++) {
            List<String> statements = SqlCount.during(() -> browser.get("/test-doors/whoever"));
            fewest = statements.size() < fewest.size() ? statements : fewest;
        }

        assertThat(fewest)
                .as("session read, viewer, session kept, and once more looked for after the answer has gone")
                .hasSizeLessThanOrEqualTo(4);
    }

    private long sessionsOf(UserId user) {
        return jdbc.sql("select count(*) from spring_session where principal_name = :name")
                .param("name", user.toString())
                .query(Long.class)
                .single();
    }

    /** A page of a signed-in person that carries a token; the link page is open to everybody. */
    private String tokenIn(String session) throws Exception {
        UserId spare = users.bySignInName("spare")
                .map(User::id)
                .orElseGet(() -> users.create(new NewUser("spare", "Spare", null, null, null), UserId.SYSTEM));
        String token = Browser.tokenOf(browser.thief(session).get("/set-up/" + links.issue(spare)));
        return URLDecoder.decode(token, StandardCharsets.UTF_8);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^http://localhost:\\d+", "");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
