package org.ancora.casework.profile;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.NewCase;
import org.ancora.casework.Profiles;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Dana has a case in York and one in Simcoe. */
@AncoraTest
class ClientPagesTest {

    @Autowired
    private CaseworkFixtures fixtures;

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
    private UserId sam;
    private UserId eve;
    private UserId adam;
    private CaseSummary dana;
    private CaseSummary earlier;

    @BeforeEach
    void aClientOfTwoProjects() {
        york = fixtures.aProjectInOntario();
        simcoe = fixtures.aSisterOf(york, "simcoe", "SIM");
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        adam = fixtures.aPerson("Adam Admin", york, Role.ADMIN);
        dana = fixtures.aClient(york)
                .consentingToVoicemail()
                .withSupportContact(true)
                .openCaseFor(sam);
        earlier = cases.open(
                new NewCase(simcoe.id(), dana.profile(), ReferralSource.SELF, ServiceMode.INDIVIDUAL, UserId.SYSTEM));
    }

    @Test
    void showsDataWaysAnswersAndTheCasesThatOneMaySee() throws Exception {
        String page = main(read(client(), sam));

        assertThat(page)
                .contains("Dana Whitfield", "(905) 555-0142", "Ruth W.", "leave voicemail", dana.code())
                .contains("One more case belongs to projects that you may not open")
                .doesNotContain(earlier.code());
        assertThat(Jsoup.parse(text(read(client(), sam))).title()).doesNotContain("Dana");

        UserId mia = fixtures.aPerson("Mia Simcoe", simcoe, Role.CASEWORKER);
        assertThat(main(read(client(), mia))).contains(earlier.code()).doesNotContain(dana.code());
        UserId manager = fixtures.aPerson("Max Manager", york, Role.MANAGER);
        assertThat(read(client(), manager).getStatus()).isEqualTo(404);
        assertThat(read("/clients/999999", sam).getStatus()).isEqualTo(404);
    }

    @Test
    void takesFewStatements() throws Exception {
        read(client(), sam);

        assertThat(SqlCount.during(() -> read(client(), sam))).hasSizeLessThanOrEqualTo(14);
    }

    @Test
    void changesTheDataUnlessSomebodyElseDidMeanwhile() throws Exception {
        String version = version();
        assertThat(edit(sam, version, "givenName", "Dana", "familyName", "Whitfield-Cole", "otherNames", "Danny")
                        .getRedirectedUrl())
                .isEqualTo(client());
        assertThat(main(read(client(), sam))).contains("Whitfield-Cole", "Danny", "Interpreter needed no");
        assertThat(main(read("/clients?name=Danny", sam))).contains("Whitfield-Cole");

        MockHttpServletResponse late = edit(eve, version, "givenName", "Diana", "familyName", "Whitfield");
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(main(late)).contains("Diana", "Whitfield-Cole", "Given name");
        assertThat(Jsoup.parse(text(late)).select("input[name=version]").attr("value"))
                .isEqualTo(version());
        assertThat(profiles.get(dana.profile()).name()).isEqualTo("Dana Whitfield-Cole");

        MockHttpServletResponse wrong =
                edit(sam, version(), "givenName", "", "familyName", "", "bornOn", "2031-01-01", "age", "300");
        assertThat(wrong.getStatus()).isEqualTo(400);
        assertThat(Jsoup.parse(text(wrong)).select(".error-summary li")).hasSize(3);
    }

    @Test
    void protectsForAReasonAndHidesThePageFromTheOthers() throws Exception {
        UserId rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        assertThat(read(client(), rita).getStatus()).isEqualTo(200);
        assertThat(send(client() + "/protect", rita, "reason", "x").getStatus()).isEqualTo(403);
        assertThat(send(client() + "/protect", eve, "reason", " ").getStatus()).isEqualTo(400);

        send(client() + "/protect", eve, "reason", "A violent partner");
        assertThat(main(read(client(), eve))).contains("A violent partner", "protected");
        assertThat(main(read(client(), sam))).contains("Dana Whitfield").doesNotContain("A violent partner");
        assertThat(read(client(), rita).getStatus()).isEqualTo(404);
        assertThat(main(read(dana.path(), rita))).contains("Hidden name").doesNotContain("Whitfield", "555");

        send(client() + "/unprotect", eve);
        assertThat(main(read(dana.path(), rita))).contains("Dana Whitfield");
        assertThat(jdbc.sql("select action from activity where action like '%protected' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("profile.protected", "profile.unprotected");
    }

    @Test
    void saysWhoReadTheClient() throws Exception {
        read(client(), sam);

        assertThat(main(read(client() + "/reads", eve))).contains("Sam Bouchard", "Eve Adeyemi");
        assertThat(read(client() + "/reads", sam).getStatus()).isEqualTo(403);
    }

    @Test
    void keepsWhatShowsAConsentAndItsWithdrawal() throws Exception {
        send(
                dana.path() + "/consents",
                sam,
                "channel",
                "sms",
                "answer",
                "given",
                "givenBy",
                "Dana",
                "givenOn",
                "2026-11-20",
                "wording",
                "2026-1",
                "how",
                "in-writing",
                "note",
                "Form in the blue folder");
        send(dana.path() + "/consents/sms/withdraw", sam, "note", "Told Sam on the phone");

        for (String page : List.of(client(), dana.path() + "/consents")) {
            assertThat(main(read(page, sam)))
                    .as(page)
                    .contains("in writing · Form in the blue folder · Told Sam on the phone");
        }
        assertThat(send(
                                dana.path() + "/consents",
                                sam,
                                "channel",
                                "sms",
                                "answer",
                                "given",
                                "givenBy",
                                "Dana",
                                "givenOn",
                                "2026-11-20",
                                "wording",
                                "2026-1",
                                "how",
                                "by-magic")
                        .getStatus())
                .isEqualTo(400);
    }

    @Test
    void givesAnAnonymousCaseToSomebodyOnRecord() throws Exception {
        CaseSummary nameless = fixtures.aClient(york).anonymous().openCase();
        assertThat(main(read(nameless.path(), sam))).contains("Give to a client");

        String page = nameless.path() + "/client?name=Witfield";
        assertThat(main(read(page, sam))).contains("It is Dana Whitfield");
        assertThat(send(nameless.path() + "/client", sam, "profile", "999999").getStatus())
                .isEqualTo(400);
        send(nameless.path() + "/client", sam, "profile", dana.profile().toString());
        assertThat(cases.byCode(nameless.code()).client()).isEqualTo("Dana Whitfield");
        assertThat(read(nameless.path() + "/client", sam).getStatus()).isEqualTo(409);
        assertThat(read("/clients/" + nameless.profile(), sam).getRedirectedUrl())
                .isEqualTo(client());
    }

    @Test
    void mergesAndUndoesByAnAdministratorAlone() throws Exception {
        CaseSummary twin = fixtures.aClient(york).named("Danna", "Witfield").openCase();
        String compare = "/clients/merge?first=" + dana.code() + "&second=" + twin.code();
        for (UserId each : List.of(sam, eve)) {
            assertThat(read(compare, each).getStatus()).isEqualTo(403);
        }

        assertThat(main(read(compare, adam)))
                .contains("Dana Whitfield", "Danna Witfield", twin.code(), "leave voicemail agreed");
        assertThat(main(read("/clients/merge?first=" + dana.code() + "&second=ZZZ-1", adam)))
                .contains("There is no case with this code in your networks");
        send("/clients/merge", adam, "first", dana.code(), "second", twin.code(), "name", "moves");
        assertThat(cases.byCode(dana.code()).client()).isEqualTo("Danna Witfield");
        assertThat(read("/clients/" + twin.profile(), sam).getRedirectedUrl()).isEqualTo(client());

        long merge = jdbc.sql("select id from profile_merge").query(Long.class).single();
        assertThat(send("/clients/merges/" + merge + "/undo", sam).getStatus()).isEqualTo(403);
        send("/clients/merges/" + merge + "/undo", adam);
        assertThat(cases.byCode(dana.code()).client()).isEqualTo("Dana Whitfield");
        assertThat(cases.byCode(twin.code()).client()).isEqualTo("Danna Witfield");
        assertThat(main(read("/clients/merge", adam))).contains("undone");
    }

    @Test
    void decidesAboutNoProtectedClientUnseen() throws Exception {
        CaseSummary twin = fixtures.aClient(york).named("Danna", "Witfield").openCase();
        profiles.protect(twin, "A violent partner", eve);

        MockHttpServletResponse refused = read("/clients/merge?first=" + dana.code() + "&second=" + twin.code(), adam);
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(text(refused)).doesNotContain("Witfield");
        assertThat(send("/clients/merge", adam, "first", dana.code(), "second", twin.code())
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        CaseSummary twin = fixtures.aClient(york).named("Danna", "Witfield").openCase();
        CaseSummary nameless = fixtures.aClient(york).anonymous().openCase();
        jdbc.sql("update profile set age = 40, age_as_of = '2026-01-01'").update();
        send(client() + "/protect", eve, "reason", "A violent partner");
        List<String> pages = new ArrayList<>(
                List.of(client(), client() + "/edit", client() + "/reads", nameless.path() + "/client?name=Dana"));
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(eve, Locale.forLanguageTag(language));
            users.chooseLocale(adam, Locale.forLanguageTag(language));
            for (String page : pages) {
                assertThat(text(read(page, eve))).as(page).doesNotContain("??").contains("lang=\"" + language);
            }
            jdbc.sql("update profile set protected_at = null, protection_reason = '' where id = :id")
                    .param("id", dana.profile().value())
                    .update();
            assertThat(text(read("/clients/merge?first=" + dana.code() + "&second=" + twin.code(), adam)))
                    .doesNotContain("??")
                    .contains("lang=\"" + language);
        }
    }

    private String client() {
        return "/clients/" + dana.profile();
    }

    private String version() {
        return jdbc.sql("select version from profile where id = :id")
                .param("id", dana.profile().value())
                .query(String.class)
                .single();
    }

    private MockHttpServletResponse edit(UserId who, String version, String... fields) throws Exception {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("language", "en", "version", version));
        return send(client() + "/edit", who, all.toArray(String[]::new));
    }

    private MockHttpServletResponse send(String path, UserId who, String... fields) throws Exception {
        var request = post(path).with(signedIn(who)).with(csrf());
        for (int each = 0; each < fields.length; each += 2) {
            request.param(fields[each], fields[each + 1]);
        }
        return web.perform(request).andReturn().getResponse();
    }

    private MockHttpServletResponse read(String path, UserId who) throws Exception {
        return web.perform(get(URI.create(path)).with(signedIn(who)))
                .andReturn()
                .getResponse();
    }

    private static String main(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(text(answer)).select("main").text();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
