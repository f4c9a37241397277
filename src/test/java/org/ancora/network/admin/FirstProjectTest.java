package org.ancora.network.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import org.ancora.access.NewUser;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/** An empty installation has one administrator and nothing else. */
@AncoraTest
class FirstProjectTest {

    @Autowired
    private Users users;

    @Autowired
    private Projects projects;

    @Autowired
    private Pages pages;

    private UserId first;

    @BeforeEach
    void anAdministratorOfEverything() {
        first = users.create(new NewUser("first@example.org", "First", "first@example.org", null, null), UserId.SYSTEM);
        users.grantAdministrationOfEverything(first, UserId.SYSTEM);
    }

    @Test
    void bringsItsNetworkAndItsOrganisation() throws Exception {
        assertThat(pages.page("/", first).select("nav a[href=/admin]")).isNotEmpty();
        assertThat(pages.page("/", first).select("main a[href=/admin/new-project]"))
                .isNotEmpty();
        assertThat(pages.page("/admin", first).select("main").text()).contains("Nothing is set up yet", "New project");

        MockHttpServletResponse nameless = begin("new", "", "", "york", "YRK");
        assertThat(nameless.getStatus()).isEqualTo(400);
        assertThat(Pages.read(nameless).select("input[name=name]").val()).isEqualTo("Individual support");

        MockHttpServletResponse done = begin("new", "Care network", "York Support", "york", "YRK");
        assertThat(done.getRedirectedUrl()).isEqualTo("/admin/projects/york");
        Project york = projects.byKey("york").orElseThrow();
        assertThat(york.network().name()).isEqualTo("Care network");
        assertThat(york.settings().letterhead().email()).isEqualTo("help@york-support.example");
        assertThat(pages.page(york.path(), first).select("main a[href=/admin/projects/york]"))
                .isNotEmpty();
        assertThat(pages.page("/admin/projects/york", first).text()).contains("Individual support");
        assertThat(pages.page("/admin/networks", first).outerHtml()).contains("Care network", "York Support");
    }

    @Test
    void isFollowedByOthersOfTheSameNetworkOrOfANewOne() throws Exception {
        begin("new", "Care network", "York Support", "york", "YRK");
        String york = pages.page("/admin/new-project", first)
                .select("select[name=organisation] option:contains(York Support)")
                .val();

        begin(york, "", "", "simcoe", "SIM");
        begin("new", "Rete Care", "Torino", "torino", "TOR");

        assertThat(projects.byKey("simcoe").orElseThrow().network())
                .isEqualTo(projects.byKey("york").orElseThrow().network());
        assertThat(projects.byKey("torino").orElseThrow().network().name()).isEqualTo("Rete Care");
    }

    @Test
    void isForAnAdministratorOfEverythingAlone() throws Exception {
        UserId nobody = users.create(
                new NewUser("nobody@example.org", "Nobody", "nobody@example.org", null, null), UserId.SYSTEM);

        assertThat(pages.send(get("/admin/new-project"), nobody).getStatus()).isEqualTo(403);
        assertThat(pages.send(get("/admin"), nobody).getStatus()).isEqualTo(403);
        assertThat(pages.form(
                                "/admin/new-project",
                                nobody,
                                "name",
                                "Mine",
                                "organisation",
                                "new",
                                "network",
                                "Mine",
                                "new-organisation",
                                "Mine")
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        for (String language : new String[] {"en", "es", "it"}) {
            assertThat(pages.page("/admin", first, language).outerHtml()
                            + pages.page("/admin/new-project", first, language).outerHtml())
                    .doesNotContain("??");
        }
    }

    private MockHttpServletResponse begin(
            String organisation, String network, String newOrganisation, String key, String prefix) throws Exception {
        MockHttpServletResponse answer = pages.form(
                "/admin/new-project",
                first,
                "name",
                "Individual support",
                "organisation",
                organisation,
                "network",
                network,
                "new-organisation",
                newOrganisation,
                "email",
                "help@york-support.example",
                "phone",
                "905 555 0100",
                "key",
                key,
                "prefix",
                prefix,
                "locale",
                "en-CA",
                "accent",
                "teal",
                "initials",
                "IS",
                "jurisdiction",
                "CA-ON",
                "zone",
                "America/Toronto");
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return answer;
    }
}
