package org.ancora.referral;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Secrets;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Channel;
import org.ancora.casework.Profiles;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.process.NewVersions;
import org.ancora.referral.ReferralWalk.Team;
import org.ancora.referral.ReferralWalk.Walk;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What an agency's link opens, and what it does not (attack 23). */
@AncoraTest
class AgencyLinkTest {

    @Autowired
    ReferralWalk walks;

    @Autowired
    Profiles profiles;

    @Autowired
    Letters letters;

    @Autowired
    TestInbox inbox;

    @Autowired
    NewVersions versions;

    @Autowired
    MockMvc mvc;

    private Team york;
    private Walk dana;

    @BeforeEach
    void aReferral() {
        york = walks.inOntario();
        dana = york.refer();
        inbox.open();
    }

    @AfterEach
    void close() {
        versions.withdraw();
        inbox.close();
    }

    @Test
    void showsWhatIsNeededAndNobody() throws Exception {
        String secret = dana.linkOf(true);

        MockHttpServletResponse page = look(secret);

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(main(page).text())
                .contains(
                        "Legal Aid York, Tenants’ advice",
                        "Help against an eviction",
                        dana.code() + "/1",
                        "York Support")
                .doesNotContain("Dana", "Whitfield", "905 555 0142", "ashamed");
        assertThat(page.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.getHeader("Cache-Control")).contains("no-store");
        assertThat(page.getHeader("X-Robots-Tag")).contains("noindex");
    }

    /** The days of the table, from the moment at which it leaves; the e-mail and the page name the last one. */
    @ParameterizedTest
    @CsvSource({"60, en", "14, en", "14, es", "14, it"})
    void worksForTheDaysOfTheTableAndSaysUntilWhen(int days, String language) throws Exception {
        if (days != 60) {
            versions.publish("referral", "referral-policy.dmn", "<text>60</text>", "<text>" + days + "</text>");
        }
        Walk asked = york.refer();
        Instant before = Instant.now();
        asked.send(new Sending.Asked(
                RecipientKind.AGENCY,
                Channel.EMAIL,
                "intake@legal-aid.example",
                Locale.forLanguageTag(language),
                false));

        Instant expires = walks.jdbc
                .sql("select expires_at from referral_link where referral_id = :id")
                .param("id", asked.id())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        ZoneId zone = york.project().calendar().zone();
        assertThat(LocalDate.ofInstant(expires, zone))
                .isBetween(
                        LocalDate.ofInstant(before, zone).plusDays(days),
                        LocalDate.now(zone).plusDays(days));
        assertThat(LocalTime.ofInstant(expires, zone))
                .as("all of the day that the letter names")
                .isEqualTo("23:59:59");
        String until = inWords(expires, language);
        List<String> mails = inbox.sources();
        assertThat(ReferralWalk.text(mails.get(mails.size() - 1))).contains(until);
        assertThat(Jsoup.parse(page(get("/referral-link/" + walks.lastLink()), language))
                        .text())
                .contains(until);
        assertThat(Jsoup.parse(mvc.perform(
                                        get(asked.referral().path() + "/send").with(signedIn(york.worker())))
                                .andReturn()
                                .getResponse()
                                .getContentAsString(StandardCharsets.UTF_8))
                        .select(".referral-preview[lang=" + language + "]")
                        .last()
                        .text())
                .as("what the worker saw before")
                .contains(inWords(expires, language));
    }

    /** "Friday 22 January 2027", as people of the language write it. */
    private String inWords(Instant instant, String language) {
        return DateTimeFormatter.ofPattern(
                        language.equals("es") ? "EEEE d 'de' MMMM 'de' y" : "EEEE d MMMM y",
                        Locale.forLanguageTag(language))
                .format(instant.atZone(york.project().calendar().zone()));
    }

    /** Whatever scans mail opens every link, often twice. */
    @Test
    void isNotChangedByBeingLookedAt() throws Exception {
        String secret = dana.linkOf(true);
        List<Map<String, Object>> before = everything();

        for (int times = 0; times < 3; times++) {
            look(secret);
            assertThat(ask(head("/referral-link/" + secret)).getStatus()).isEqualTo(200);
        }
        for (String act : List.of("accept", "decline", "report", "person")) {
            assertThat(ask(get("/referral-link/" + secret + "/" + act)).getStatus())
                    .isIn(404, 405);
        }

        assertThat(everything()).isEqualTo(before);
        assertThat(dana.open()).isEmpty();
    }

    @Test
    void acceptsOnceHoweverOftenItIsSent() throws Exception {
        String secret = dana.linkOf(false);

        assertThat(say(secret, "accept", "who", "Lou").getStatus()).isEqualTo(302);
        List<Map<String, Object>> once = everything();
        assertThat(say(secret, "accept", "who", "Lou").getStatus()).isEqualTo(302);
        assertThat(say(secret, "decline", "who", "Lou", "reason", "Full").getStatus())
                .isEqualTo(302);

        assertThat(everything()).isEqualTo(once);
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.ACCEPTED);
        assertThat(dana.history()).containsOnlyOnce("agency-accepted");
        assertThat(dana.open()).hasSize(1);
        assertThat(main(look(secret)).text()).contains("you accepted this referral");
    }

    @Test
    void declinesWithAReason() throws Exception {
        String secret = dana.linkOf(false);
        MockHttpServletResponse without = say(secret, "decline", "who", "Lou", "reason", " ");
        assertThat(without.getStatus()).isEqualTo(400);
        assertThat(main(without).select(".field-error").text()).contains("Say why not");
        assertThat(main(without).select("#decline-who").val()).isEqualTo("Lou");

        say(secret, "decline", "who", "Lou", "reason", "No room before spring");

        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.REJECTED);
        assertThat(walks.referrals.history(List.of(dana.id())).get(0).words()).isEqualTo("No room before spring");
        assertThat(Jsoup.parse(mvc.perform(get(dana.referral().path()).with(signedIn(york.worker())))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                        .select(".referral-lines li > span")
                        .eachText())
                .as("said once")
                .contains("The agency declined");
        assertThat(dana.open()).as("a caseworker looks at it").hasSize(1);
        assertThat(dana.referral().isFinished()).isFalse();

        assertThat(page(dana.referral().path()).select("a[href*='/new?like=']")).isEmpty();
        dana.record("rejected", "unknown", "");
        String elsewhere =
                page(dana.referral().path()).select("a[href*='/new?like=']").attr("href");
        assertThat(page(elsewhere).select("input[name=need]").val())
                .as("we look elsewhere, as the agency was told")
                .isEqualTo("Help against an eviction");
    }

    /** What the worker sees. */
    private Document page(String path) throws Exception {
        return Jsoup.parse(mvc.perform(get(path).with(signedIn(york.worker())))
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    @Test
    void reportsWhatCameOfIt() throws Exception {
        String secret = dana.linkOf(false);
        say(secret, "accept");
        assertThat(say(secret, "report", "report", "made-up").getStatus()).isEqualTo(400);

        say(secret, "report", "report", "begun", "note", "First talk on Tuesday");
        say(secret, "report", "report", "came");
        List<Map<String, Object>> settled = everything();
        say(secret, "report", "report", "no-show");

        assertThat(everything()).isEqualTo(settled);
        assertThat(dana.referral().status()).isEqualTo(ReferralStatus.COMPLETED);
        assertThat(dana.referral().outcome()).isEqualTo(ClientOutcome.ATTENDED);
        assertThat(main(look(secret)).text()).contains("your answer has arrived");
    }

    /** Never given, out of date, taken back and over are told apart by nothing. */
    @Test
    void answersAlikeWhateverIsWrongWithIt() throws Exception {
        String revoked = dana.linkOf(false);
        walks.revoking.revoke(dana.referral(), york.worker());
        Walk late = york.refer();
        String expired = late.linkOf(false);
        walks.jdbc
                .sql("update referral_link set expires_at = now() - interval '1 second' where referral_id = :id")
                .param("id", late.id())
                .update();
        Walk over = york.refer();
        String finished = over.linkOf(false);
        over.record("completed", "attended", "");
        List<Map<String, Object>> before = everything();

        List<String> answers = new ArrayList<>();
        for (String secret : List.of(revoked, expired, finished, Secrets.fresh(), "x", "1", revoked + "a")) {
            MockHttpServletResponse page = look(secret);
            assertThat(page.getStatus()).isEqualTo(404);
            answers.add(page.getHeader("Referrer-Policy")
                    + page.getHeader("Cache-Control")
                    + page.getHeader("X-Robots-Tag")
                    + main(page));
            for (String act : List.of("accept", "decline", "report", "person")) {
                MockHttpServletResponse said = say(secret, act, "reason", "x", "report", "came");
                assertThat(said.getStatus()).as(act).isEqualTo(404);
                assertThat(main(said)).hasToString(main(page).toString());
            }
        }

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(main(look(finished)).text()).contains("There is nothing left to answer, or");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void isTakenBackByTheWorker() throws Exception {
        String secret = dana.linkOf(false);
        Document page = Jsoup.parse(mvc.perform(get(dana.referral().path()).with(signedIn(york.worker())))
                .andReturn()
                .getResponse()
                .getContentAsString());
        assertThat(page.select("form[action$=/revoke]")).hasSize(1);

        mvc.perform(post(dana.referral().path() + "/revoke")
                        .with(signedIn(york.worker()))
                        .with(csrf()))
                .andReturn();

        assertThat(look(secret).getStatus()).isEqualTo(404);
        assertThat(dana.history()).endsWith("link-revoked");
    }

    /** The database, its logs and outbox included, holds nothing that would open the page. */
    @Test
    void isKeptNowhere() {
        String secret = dana.linkOf(false);

        List<String> found = new ArrayList<>();
        walks.jdbc
                .sql("""
                        select table_schema || '.' || table_name as tab, column_name as col
                          from information_schema.columns
                         where table_schema in ('public', 'engine')
                           and data_type in ('text', 'character varying', 'jsonb', 'ARRAY')
                        """)
                .query((row, number) -> Map.entry(row.getString("tab"), row.getString("col")))
                .list()
                .forEach(column -> {
                    Integer rows = walks.jdbc
                            .sql("select count(*) from %s where \"%s\"::text like :secret"
                                    .formatted(column.getKey(), column.getValue()))
                            .param("secret", "%" + secret + "%")
                            .query(Integer.class)
                            .single();
                    if (rows > 0) {
                        found.add(column.toString());
                    }
                });

        assertThat(found).isEmpty();
        assertThat(walks.jdbc
                        .sql("select digest from referral_link_secret")
                        .query(String.class)
                        .list())
                .containsExactly(Secrets.digest(secret));
    }

    /** Whoever writes the place of a link into another message gets no link by it. */
    @Test
    void isMadeForItsOwnMessageAlone() {
        dana.linkOf(false);
        CaseSummary file = york.dana();
        long id = walks.referrals.make(
                file,
                ReferralWalk.LEGAL_AID,
                new Referral.Need("See https://link.invalid/referral/1", "", ""),
                LocalDate.parse("2026-12-07"),
                york.worker());
        new Walk(york, file.code(), id).send(ReferralWalk.BY_EMAIL);

        List<String> mails = inbox.sources();
        assertThat(ReferralWalk.text(mails.get(mails.size() - 1)))
                .contains("https://link.invalid/referral/1")
                .doesNotContain("/referral-link/");
        assertThat(walks.jdbc
                        .sql("select count(*) from referral_link_secret")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** An owner who writes the client's name into the letter to agencies has broken it, and nobody gets it. */
    @Test
    void knowsNoNameToWrite() {
        assertThatThrownBy(() -> letters.preview(
                        new LetterKind("engagement", "please-call-us"),
                        dana.code(),
                        RecipientKind.AGENCY,
                        Locale.ENGLISH,
                        Map.of()))
                .hasMessageContaining("clientName");
    }

    // Who it is

    @Test
    void saysWhoItIsOnlyAfterYesAndForTheAsking() throws Exception {
        String secret = dana.linkOf(true);
        assertThat(main(say(secret, "person")).text()).doesNotContain("Dana");
        say(secret, "accept");
        assertThat(main(look(secret)).text()).doesNotContain("Dana", "905 555 0142");

        Document shown = main(say(secret, "person"));

        assertThat(shown.text()).contains("Dana Whitfield");
        assertThat(dana.history()).containsOnlyOnce("client-shown");
        assertThat(walks.jdbc
                        .sql("select count(*) from activity where action = 'referral.client-shown'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void saysNobodyWithoutTheClientsWord() throws Exception {
        String secret = dana.linkOf(false);
        say(secret, "accept");

        assertThat(main(look(secret)).select("form[action$=/person]")).isEmpty();
        assertThat(main(say(secret, "person")).text()).doesNotContain("Dana", "905 555 0142");
        assertThat(dana.history()).doesNotContain("client-shown");
    }

    @Test
    void neverSaysWhoAProtectedClientIs() throws Exception {
        String secret = dana.linkOf(true);
        say(secret, "accept");
        profiles.protect(dana.file(), "hides from a stalker", york.supervisor());

        assertThat(main(say(secret, "person")).text()).doesNotContain("Dana", "905 555 0142");
        assertThat(dana.history()).doesNotContain("client-shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        String secret = dana.send(new Sending.Asked(
                        RecipientKind.AGENCY,
                        Channel.EMAIL,
                        "intake@legal-aid.example",
                        Locale.forLanguageTag(language),
                        true))
                .team()
                .walks()
                .lastLink();
        List<String> pages = new ArrayList<>();
        pages.add(page(get("/referral-link/" + secret), language));
        say(secret, "accept");
        pages.add(page(get("/referral-link/" + secret), language));
        pages.add(page(post("/referral-link/" + secret + "/person").with(csrf()), language));
        pages.add(page(post("/referral-link/" + secret + "/report").with(csrf()), language));
        say(secret, "report", "report", "came");
        pages.add(page(get("/referral-link/" + secret), language));
        pages.add(page(get("/referral-link/unknown"), language));

        assertThat(pages).allSatisfy(page -> {
            assertThat(page).doesNotContain("??");
            assertThat(Jsoup.parse(page).select("html").attr("lang")).isEqualTo(language);
        });
        assertThat(pages).doesNotHaveDuplicates();
    }

    private String page(MockHttpServletRequestBuilder request, String language) throws Exception {
        return ask(request.header("Accept-Language", language)).getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse look(String secret) throws Exception {
        return ask(get("/referral-link/" + secret));
    }

    private MockHttpServletResponse say(String secret, String act, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request =
                post("/referral-link/" + secret + "/" + act).with(csrf());
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return ask(request);
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.accept("text/html")).andReturn().getResponse();
    }

    private static Document main(MockHttpServletResponse page) throws Exception {
        Document all = Jsoup.parse(page.getContentAsString(StandardCharsets.UTF_8));
        all.select("input[name=_csrf]").remove();
        return Jsoup.parse(all.select("main").outerHtml());
    }

    /** Every row about referrals, and how much was told and logged. */
    private List<Map<String, Object>> everything() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String table :
                List.of("referral", "referral_follow_up", "referral_history", "referral_sending", "referral_link")) {
            rows.addAll(walks.jdbc
                    .sql("select t::text as row from " + table + " t order by id")
                    .query()
                    .listOfRows());
        }
        rows.addAll(walks.jdbc
                .sql("select (select count(*) from activity) as logged, (select count(*) from notice) as told,"
                        + " (select count(*) from message) as messages, (select count(*) from work_item) as tasks")
                .query()
                .listOfRows());
        return rows;
    }
}
