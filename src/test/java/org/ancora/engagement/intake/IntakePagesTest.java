package org.ancora.engagement.intake;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Flag;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.engagement.Episodes;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

@AncoraTest
class IntakePagesTest {

    private static final String PAGE = "/p/york/intakes/new";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Cases cases;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Episodes episodes;

    @Autowired
    private Users users;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId rosa;

    @BeforeEach
    void reception() {
        york = fixtures.aProjectInOntario();
        rosa = fixtures.aPerson("Rosa Lim", york, Role.RECEPTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void asksInThreeLanguages(String language) throws Exception {
        users.chooseLocale(rosa, java.util.Locale.forLanguageTag(language));

        Document page = open();

        assertThat(page.html()).doesNotContain("??");
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(page.select("h1").text())
                .isEqualTo(Map.of("en", "New intake", "es", "Nueva remisión", "it", "Nuova segnalazione")
                        .get(language));
        assertThat(page.select("select[name=language] option[selected]").attr("value"))
                .isEqualTo("en");
    }

    @Test
    void registersClientCaseFlagsAndSearchAtOnce() throws Exception {
        MockHttpServletResponse answer = send(filled());

        assertThat(answer.getRedirectedUrl()).isEqualTo("/cases/YRK-2026-0001");
        CaseSummary file = cases.byCode("YRK-2026-0001");
        Profile client = profiles.get(file.profile());
        assertThat(client.name()).isEqualTo("Dana Whitfield");
        assertThat(client.main(ContactKind.PHONE).orElseThrow().display()).isEqualTo("(905) 555-0142");
        assertThat(client.main(ContactKind.SMS).orElseThrow().display()).isEqualTo("(905) 555-0142");
        assertThat(client.lawfulWays().may(LawfulWays.Way.VOICEMAIL)).isTrue();
        assertThat(client.lawfulWays().may(LawfulWays.Way.SMS)).isFalse();
        assertThat(client.consentInForce(Channel.SMS)).isEmpty();
        assertThat(client.lawfulWays().verdict(LawfulWays.Way.FAMILY).person())
                .extracting("name", "relation")
                .containsExactly("Ruth W.", "aunt");
        assertThat(file.source().name()).isEqualTo("Maple Street Clinic");
        assertThat(file.openFlags()).containsExactly(Flag.Kind.SAFEGUARDING);
        assertThat(episodes.running(file.code())).isPresent();
    }

    @Test
    void keepsEverythingTypedAndSaysWhatIsWrongWhereItIs() throws Exception {
        Map<String, String> form = filled();
        form.put("mainPhone", "12");
        form.put("email", "dana at example");
        form.put("emailSafe", "");
        form.put("bornOn", "2031-01-01");
        form.put("sourceName", "");
        form.put("need", "Lost her flat");

        MockHttpServletResponse answer = send(form);

        assertThat(answer.getStatus()).isEqualTo(400);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select(".error-summary a").eachAttr("href"))
                .contains("#mainPhone", "#email", "#emailSafe", "#bornOn", "#sourceName");
        page.select(".error-summary a")
                .eachAttr("href")
                .forEach(field -> assertThat(page.select(field)).as(field).hasSize(1));
        assertThat(page.select("#mainPhone").attr("value")).isEqualTo("12");
        assertThat(page.select("#need").text()).isEqualTo("Lost her flat");
        assertThat(page.select("#mainPhone-error").text()).isNotBlank();
        assertThat(page.select("input[name=safeguarding][checked]")).hasSize(1);
        assertThat(page.select("input[name=requestKey]").attr("value")).isEqualTo(form.get("requestKey"));
        assertThat(rows("case_file")).isZero();
        assertThat(rows("profile")).isZero();
    }

    @Test
    void answersHtmxWith422() throws Exception {
        mvc.perform(post(PAGE)
                        .with(signedIn(rosa))
                        .with(csrf())
                        .header("HX-Request", "true")
                        .param("requestKey", UUID.randomUUID().toString()))
                .andExpect(status().is(422));
    }

    @Test
    void refusesGroupServiceWithASentenceAtItsField() throws Exception {
        Map<String, String> form = filled();
        form.put("serviceMode", "group");

        MockHttpServletResponse answer = send(form);

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(Jsoup.parse(answer.getContentAsString())
                        .select("#serviceMode-error")
                        .text())
                .contains("individual service only");
        assertThat(rows("case_file")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "givenName,'',givenName",
        "anonymous,true,givenName",
        "age,200,age",
        "age,ten,age",
        "language,'',language",
        "language,xx,language",
        "mainPhoneSafe,'',mainPhoneSafe",
        "alternatePhone,abc,alternatePhone",
        "sourceKind,'',sourceKind",
        "supportName,'',supportName",
        "supportPhone,1,supportPhone",
        "consentSms,perhaps,consentSms",
        "consentBy,'',consentBy",
        "pronouns,0123456789012345678901234567890123456789x,pronouns"
    })
    void refusesWhatCannotBe(String field, String value, String blamed) throws Exception {
        Map<String, String> form = filled();
        form.put("familyName", "");
        form.put(field, value);

        MockHttpServletResponse answer = send(form);

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(Jsoup.parse(answer.getContentAsString())
                        .select("#" + blamed + "-error")
                        .text())
                .isNotBlank();
    }

    @Test
    void registersAClientWithoutANameOrAnyWayOfReachingThem() throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "requestKey", UUID.randomUUID().toString(),
                "anonymous", "true",
                "language", "es",
                "serviceMode", "individual",
                "consentBy", "client",
                "sourceKind", "self"));

        assertThat(send(form).getStatus()).isEqualTo(302);

        CaseSummary file = cases.byCode("YRK-2026-0001");
        assertThat(file.client()).isEmpty();
        assertThat(file.source().isSomebodyElse()).isFalse();
    }

    @Test
    void registersOnceHoweverOftenTheButtonIsPressed() throws Exception {
        Map<String, String> form = filled();

        String first = send(form).getRedirectedUrl();
        String second = send(form).getRedirectedUrl();

        assertThat(second).isEqualTo(first);
        assertThat(rows("case_file")).isOne();
        assertThat(rows("profile")).isOne();
    }

    @Test
    void registersOnceWhenTwoPressAtTheSameMoment() throws Exception {
        Map<String, String> form = filled();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<String> press = () -> Objects.requireNonNull(send(form).getRedirectedUrl());
            List<Future<String>> pressed = two.invokeAll(List.of(press, press));

            assertThat(pressed.get(0).get()).isEqualTo(pressed.get(1).get());
        } finally {
            two.shutdownNow();
        }
        assertThat(rows("case_file")).isOne();
    }

    @Test
    void isForThoseWhoMayRegisterOnly() throws Exception {
        UserId manager = fixtures.aPerson("Max Ode", york, Role.MANAGER);
        Project torino = fixtures.aProjectInItaly();
        UserId stranger = fixtures.aPerson("Gina Fontana", torino, Role.RECEPTION);

        mvc.perform(get(PAGE).with(signedIn(manager))).andExpect(status().isForbidden());
        mvc.perform(post(PAGE).with(signedIn(manager)).with(csrf())).andExpect(status().isForbidden());
        mvc.perform(get(PAGE).with(signedIn(stranger))).andExpect(status().isNotFound());
        mvc.perform(get("/p/nowhere/intakes/new").with(signedIn(rosa))).andExpect(status().isNotFound());
    }

    @Test
    void leadsFromTheNavigationToTheOnlyProjectOrToAChoice() throws Exception {
        assertThat(mvc.perform(get("/intakes/new").with(signedIn(rosa)))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo(PAGE);

        Project sister = fixtures.aSisterOf(york, "aurora", "AUR");
        users.grant(rosa, sister.id(), Role.RECEPTION, UserId.SYSTEM);
        String choice = mvc.perform(get("/intakes/new").with(signedIn(rosa)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(Jsoup.parse(choice).select("main a").eachAttr("href"))
                .containsExactlyInAnyOrder(PAGE, "/p/aurora/intakes/new");
    }

    private Document open() throws Exception {
        return Jsoup.parse(mvc.perform(get(PAGE).with(signedIn(rosa)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private MockHttpServletResponse send(Map<String, String> form) throws Exception {
        var request = post(PAGE).with(signedIn(rosa)).with(csrf());
        form.forEach(request::param);
        return mvc.perform(request).andReturn().getResponse();
    }

    private static Map<String, String> filled() {
        Map<String, String> form = new HashMap<>();
        form.put("requestKey", UUID.randomUUID().toString());
        form.put("givenName", "Dana");
        form.put("familyName", "Whitfield");
        form.put("pronouns", "she/her");
        form.put("age", "34");
        form.put("language", "en");
        form.put("mainPhone", "905 555 0142");
        form.put("mainPhoneSafe", "yes");
        form.put("textsToMain", "true");
        form.put("email", "dana.w@example.org");
        form.put("emailSafe", "yes");
        form.put("consentVoicemail", "yes");
        form.put("consentSms", "not-asked");
        form.put("consentEmail", "no");
        form.put("consentPost", "not-asked");
        form.put("consentFamily", "yes");
        form.put("consentBy", "client");
        form.put("supportName", "Ruth W.");
        form.put("supportRelation", "aunt");
        form.put("supportPhone", "905 555 0177");
        form.put("sourceKind", "agency");
        form.put("sourceName", "Maple Street Clinic");
        form.put("sourcePhone", "905 555 0199");
        form.put("serviceMode", "individual");
        form.put("safeguarding", "true");
        return form;
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
