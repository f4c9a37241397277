package org.ancora.casework;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Two people change one telephone number, or somebody close to a client, at once. */
@AncoraTest
class ContactTogetherTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Profiles profiles;

    @Autowired
    private MockMvc mvc;

    @Test
    void theSecondSeesBothAndOverwritesNothing() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);
        ContactPoint phone = phone(dana);
        String path = dana.path() + "/contact-points/" + phone.id();
        Document opened = Jsoup.parse(mvc.perform(get(path).with(signedIn(sam)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
        assertThat(send(path, eve, "905 555 0188", "home", true, 0).getStatus()).isEqualTo(302);

        MockHttpServletResponse second = mvc.perform(form(
                                path, opened.select("[name=value]").val(), "mornings", false, 0)
                        .param("was.value", opened.select("[name=was.value]").val())
                        .param("was.label", opened.select("[name=was.label]").val())
                        .param("was.main", opened.select("[name=was.main]").val())
                        .param("was.safe", opened.select("[name=was.safe]").val())
                        .with(signedIn(sam))
                        .with(csrf()))
                .andReturn()
                .getResponse();

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = Jsoup.parse(second.getContentAsString(StandardCharsets.UTF_8));
        assertThat(both.select("input[name=value]").eachAttr("value"))
                .containsExactly("(905) 555-0188", phone.display());
        assertThat(both.select("input[name=value][checked]").val()).isEqualTo("(905) 555-0188");
        assertThat(both.select("input[name=label][type=radio]").eachAttr("value"))
                .containsExactly("home", "mornings");
        assertThat(both.select("input[name=label][checked]")).isEmpty();
        assertThat(both.select("input[name=safe][checked]").val()).isEqualTo("false");
        assertThat(phone(dana).label()).isEqualTo("home");

        int now = Integer.parseInt(both.select("input[name=version]").val());
        assertThat(send(path, sam, "905 555 0188", "mornings", false, now).getStatus())
                .isEqualTo(302);
        assertThat(phone(dana).display()).isEqualTo("(905) 555-0188");
        assertThat(phone(dana).label()).isEqualTo("mornings");
        assertThat(phone(dana).safe()).isFalse();
    }

    @Test
    void theSecondSeesBothVersionsOfSomebodyCloseToTheClient() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        CaseSummary dana = fixtures.aClient(york).withSupportContact(true).openCaseFor(sam);
        SupportContact aunt = aunt(dana);
        String path = dana.path() + "/support-contacts/" + aunt.id();
        Document opened = Jsoup.parse(mvc.perform(get(path).with(signedIn(sam)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
        assertThat(opened.select("[name=version]").val()).isEqualTo("0");
        assertThat(answer(support(path, "Ruth W.", "905 555 0188", 0), eve).getStatus())
                .isEqualTo(302);

        MockHttpServletRequestBuilder mine = support(path, "Ruth Wilson", aunt.phone(), 0);
        opened.select("[name^=was.]").forEach(was -> mine.param(was.attr("name"), was.val()));
        MockHttpServletResponse second = answer(mine, sam);

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = Jsoup.parse(second.getContentAsString(StandardCharsets.UTF_8));
        assertThat(both.select("input[name=name][checked]").val()).isEqualTo("Ruth Wilson");
        assertThat(both.select("input[name=phone][checked]").val()).isEqualTo("(905) 555-0188");
        assertThat(aunt(dana).name()).isEqualTo("Ruth W.");

        int now = Integer.parseInt(both.select("input[name=version]").val());
        assertThat(answer(support(path, "Ruth Wilson", "905 555 0188", now), sam)
                        .getStatus())
                .isEqualTo(302);
        assertThat(aunt(dana).name() + " " + aunt(dana).phone()).isEqualTo("Ruth Wilson (905) 555-0188");
    }

    private SupportContact aunt(CaseSummary caseFile) {
        return profiles.get(caseFile.profile()).supportContacts().get(0);
    }

    private static MockHttpServletRequestBuilder support(String path, String name, String phone, int version) {
        return post(path)
                .accept("text/html")
                .param("name", name)
                .param("relation", "aunt")
                .param("phone", phone)
                .param("may", "true")
                .param("version", String.valueOf(version));
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(signedIn(who)).with(csrf())).andReturn().getResponse();
    }

    private ContactPoint phone(CaseSummary caseFile) {
        return profiles.get(caseFile.profile()).contactPoints().stream()
                .filter(point -> point.kind() == ContactKind.PHONE)
                .findFirst()
                .orElseThrow();
    }

    private MockHttpServletResponse send(String path, UserId who, String value, String label, boolean safe, int version)
            throws Exception {
        return mvc.perform(form(path, value, label, safe, version)
                        .with(signedIn(who))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static MockHttpServletRequestBuilder form(
            String path, String value, String label, boolean safe, int version) {
        MockHttpServletRequestBuilder form = post(path)
                .accept("text/html")
                .param("value", value)
                .param("label", label)
                .param("main", "true")
                .param("version", String.valueOf(version));
        return safe ? form.param("safe", "true") : form;
    }
}
