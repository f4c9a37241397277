package org.ancora.casework.profile;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.ClientSearch;
import org.ancora.casework.ClientSearch.Asked;
import org.ancora.casework.ClientSearch.Found;
import org.ancora.casework.ClientSearch.Hit;
import org.ancora.casework.ClientSearch.Why;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Dana Whitfield is on record in York. */
@AncoraTest
class ClientSearchTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private ClientSearch search;

    @Autowired
    private Cases cases;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Users users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc web;

    private Project york;
    private Project simcoe;
    private UserId rita;
    private UserId sven;
    private CaseSummary dana;

    @BeforeEach
    void someClients() {
        york = fixtures.aProjectInOntario();
        simcoe = fixtures.aSisterOf(york, "simcoe", "SIM");
        rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        sven = fixtures.aPerson("Sven Aldous", simcoe, Role.RECEPTION);
        dana = fixtures.aClient(york).openCase();
    }

    @ParameterizedTest
    @CsvSource({
        "hernandez, ernandes",
        "gonzalez, gonsales",
        "huaman, waman",
        "huaman, guaman",
        "vasquez, bazques",
        "jimenez, gimenes",
        "ximena, jimena",
        "yolanda, iolanda",
        "llanos, yanos",
        "quispe, kispe",
        "chiara, kiara",
        "colombo, colonbo x",
        "giuseppe, guiseppe x",
        "rossi, rosi",
        "agnello, anelo",
        "meyer, maier",
        "thompson, tomson",
        "smith, smyth",
        "shawn, sean",
        "catherine, katherine",
        "philip, filip",
        "whitfield, witfild",
        "o'connor, oconor",
        "jean-luc, jean luc",
        "anna, ana",
        "rosa maria, maria rosa",
        "rossi, russo",
        "maria, mario",
        "lia, leo x",
        "wright, rait"
    })
    void hearsNamesOfThreeLanguages(String one, String other) {
        boolean alike = !other.endsWith(" x");
        String sound = "select name_sounds(:one) = name_sounds(:other)";

        if (alike) {
            assertThat(jdbc.sql(sound)
                            .param("one", one)
                            .param("other", other)
                            .query(Boolean.class)
                            .single())
                    .isTrue();
        } else {
            assertThat(jdbc.sql(sound)
                            .param("one", one)
                            .param("other", other.replace(" x", ""))
                            .query(Boolean.class)
                            .single())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Dana Whitfield, SAME_NAME", "Whitfield Dana, SAME_NAME", "Dána WHITFIELD, SAME_NAME",
        "Danna Witfild, SOUNDS_LIKE", "Dana Whitfeld, SOUNDS_LIKE", "Whitfield, SOUNDS_LIKE",
        "Dana Whitfiend, SIMILAR_NAME", "Whitfiend, SIMILAR_NAME"
    })
    void findsANameInSpiteOfItsSpelling(String typed, Why why) {
        assertThat(found(typed, "").hits()).extracting(Hit::why).anySatisfy(each -> assertThat(each)
                .contains(why));
    }

    @ParameterizedTest
    @CsvSource({"(905) 555-0142", "+1 905 555 0142", "9055550142", "001 905.555.0142 x", "1-905-555-0142"})
    void findsANumberInAnySpelling(String typed) {
        assertThat(found("", typed.replace(" x", "").replace("001 ", "+1 ")).hits())
                .extracting(Hit::why)
                .containsExactly(java.util.Set.of(Why.SAME_PHONE));
    }

    @Test
    void putsTheLikeliestFirstAndSaysWhy() throws Exception {
        CaseSummary namesake = fixtures.aClient(york)
                .without(ContactKind.PHONE)
                .without(ContactKind.SMS)
                .without(ContactKind.EMAIL)
                .openCase();
        born(dana, LocalDate.of(1990, 4, 3));
        born(namesake, LocalDate.of(1961, 12, 30));

        Found found = search.find(
                new Asked("Danna Witfield", LocalDate.of(1990, 3, 4), null, List.of("905 555 0142")),
                york,
                fixtures.viewer(rita));
        assertThat(found.hits().get(0).profile()).isEqualTo(dana.profile());
        assertThat(found.hits().get(0).why()).containsExactly(Why.SAME_PHONE, Why.SOUNDS_LIKE, Why.BIRTHDAY_NEAR);
        assertThat(found.likely()).extracting(Hit::profile).containsExactly(dana.profile());

        String page = text(read("/clients?name=Danna+Witfield&born=1990-03-04&contact=905+555+0142", rita));
        assertThat(Jsoup.parse(page).select(".lookalikes li").get(0).text())
                .contains("Dana Whitfield")
                .contains("same telephone number, the name sounds alike, day of birth almost the same")
                .contains(dana.code());
    }

    /** What a search answers those of another project: nothing, or on strong evidence that they should ask. */
    @Test
    void tellsNobodyWhoIsAClientElsewhere() throws Exception {
        born(dana, LocalDate.of(1990, 4, 3));

        assertThat(answer("name=Dana+Whitfield", sven)).contains("Nobody found").doesNotContain("another project");
        for (String strong :
                List.of("contact=905-555-0142", "contact=Dana.W@example.org", "name=Dana+Whitfield&born=1990-04-03")) {
            assertThat(answer(strong, sven))
                    .as(strong)
                    .contains("Nobody found", "There may be a match in another project")
                    .doesNotContain("Whitfield", dana.code(), "1990", york.name());
        }
        UserId unit = fixtures.aPerson("Una Unit", simcoe, Role.UNIT);
        assertThat(answer("contact=905-555-0142", unit)).doesNotContain("another project");

        profiles.protect(dana, "A violent partner", rita);
        assertThat(answer("contact=905-555-0142", sven)).doesNotContain("another project");
        assertThat(answer("contact=905-555-0142", rita))
                .contains("Nobody found")
                .doesNotContain(dana.code());
    }

    @Test
    void takesFewStatements() throws Exception {
        read("/clients?name=Dana+Whitfield&contact=905+555+0142", rita);

        assertThat(SqlCount.during(() -> read("/clients?name=Dana+Whitfield&contact=905+555+0142", rita)))
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void asksAtTheIntakeWhetherItIsSomebodyOnRecord() throws Exception {
        Map<String, String> intake = intake("Danna", "Witfield");

        MockHttpServletResponse asked = send(intake, rita);
        assertThat(asked.getStatus()).isEqualTo(400);
        assertThat(text(asked))
                .contains("Is it one of these?", "It is Dana Whitfield (" + dana.code() + ")", "the name sounds alike")
                .contains("value=\"Witfield\"");
        assertThat(cases()).isEqualTo(1);

        intake.put("match", "new");
        assertThat(text(send(intake, rita))).contains("Say why it is somebody new");
        intake.put("matchReason", "Her cousin");
        String code = String.valueOf(send(intake, rita).getRedirectedUrl()).replace("/cases/", "");
        assertThat(cases.byCode(code).client()).isEqualTo("Danna Witfield");
        assertThat(jdbc.sql("select reason || ' ' || same || ' ' || shown[1] from lookalike_answer")
                        .query(String.class)
                        .list())
                .containsExactly("Her cousin false " + dana.profile());
        assertThat(actions(code)).contains("profile.new-in-spite");
    }

    @Test
    void opensTheCaseForTheClientOnRecord() throws Exception {
        Map<String, String> intake = intake("Danna", "Witfield");
        intake.put("email", "new.address@example.org");
        intake.put("emailSafe", "yes");
        intake.put("consentSms", "no");
        intake.put("match", dana.profile().toString());

        String code = String.valueOf(send(intake, rita).getRedirectedUrl()).replace("/cases/", "");
        assertThat(cases.byCode(code).profile()).isEqualTo(dana.profile());
        assertThat(profiles.get(dana.profile()).contactPoints(ContactKind.EMAIL))
                .extracting(org.ancora.casework.ContactPoint::value)
                .containsExactly("dana.w@example.org", "new.address@example.org");
        assertThat(profiles.get(dana.profile()).contactPoints(ContactKind.PHONE))
                .hasSize(1);
        assertThat(profiles.get(dana.profile())
                        .consentInForce(org.ancora.casework.Channel.SMS)
                        .orElseThrow()
                        .given())
                .isFalse();
        assertThat(actions(code)).contains("profile.recognised").doesNotContain("profile.created");
        assertThat(send(intake, rita).getRedirectedUrl()).isEqualTo("/cases/" + code);
    }

    @Test
    void letsNobodyTakeAClientWhoWasNotShown() throws Exception {
        CaseSummary other = fixtures.aClient(simcoe)
                .named("Otto", "Other")
                .without(ContactKind.PHONE)
                .without(ContactKind.SMS)
                .without(ContactKind.EMAIL)
                .openCase();
        Map<String, String> intake = intake("Danna", "Witfield");
        intake.put("match", other.profile().toString());

        assertThat(send(intake, rita).getStatus()).isEqualTo(400);
        assertThat(cases()).isEqualTo(2);
    }

    /** Consonants alone make many people of one; it takes more to ask whether they are the same. */
    @Test
    void asksNothingAboutSomebodyUnlikeAnybody() throws Exception {
        fixtures.aClient(york).named("Maria", "Rossi").openCase();

        assertThat(send(intake("Mario", "Russo"), rita).getStatus()).isEqualTo(302);
        assertThat(send(intake("Bartholomew", "Nkemelu"), rita).getStatus()).isEqualTo(302);
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(rita, Locale.forLanguageTag(language));
            for (MockHttpServletResponse page : List.of(
                    read("/clients?name=Dana+Whitfeld&contact=9055550142", rita),
                    read("/clients?name=zzz", rita),
                    send(intake("Danna", "Witfield"), rita))) {
                assertThat(text(page)).doesNotContain("??").contains("lang=\"" + language);
            }
        }
    }

    private Found found(String name, String contact) {
        return search.find(new Asked(name, null, null, List.of(contact)), york, fixtures.viewer(rita));
    }

    private void born(CaseSummary caseFile, LocalDate day) {
        jdbc.sql("update profile set born_on = :day where id = :id")
                .param("day", day)
                .param("id", caseFile.profile().value())
                .update();
    }

    private static Map<String, String> intake(String given, String family) {
        return new HashMap<>(Map.of(
                "requestKey", UUID.randomUUID().toString(),
                "givenName", given,
                "familyName", family,
                "language", "en",
                "serviceMode", "individual",
                "consentBy", "client",
                "sourceKind", "self"));
    }

    private int cases() {
        return jdbc.sql("select count(*) from case_file").query(Integer.class).single();
    }

    private List<String> actions(String code) {
        return jdbc.sql("select action from activity where case_code = :code")
                .param("code", code)
                .query(String.class)
                .list();
    }

    private String answer(String query, UserId who) throws Exception {
        return Jsoup.parse(text(read("/clients?" + query, who)))
                .select("section[aria-labelledby=found]")
                .text();
    }

    private MockHttpServletResponse send(Map<String, String> fields, UserId who) throws Exception {
        var request = post("/p/york/intakes/new").with(signedIn(who)).with(csrf());
        fields.forEach(request::param);
        return web.perform(request).andReturn().getResponse();
    }

    private MockHttpServletResponse read(String path, UserId who) throws Exception {
        return web.perform(get(URI.create(path.replace("+", "%20"))).with(signedIn(who)))
                .andReturn()
                .getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
