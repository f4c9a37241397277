package org.ancora.casework.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Searches that people keep for themselves or for everybody. */
@AncoraTest
class SavedSearchTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Users users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private UserId sam;
    private UserId tola;
    private UserId eve;

    @BeforeEach
    void aProject() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        tola = fixtures.aPerson("Tola", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve", york, Role.COORDINATOR);
        fixtures.aClient(york).openCase();
    }

    @Test
    void keepsASearchAndSaysWhenItChanged() throws Exception {
        mvc.perform(as(
                        sam,
                        post("/p/york/searches").param("name", " New ones ").param("query", "status=new&sort=-code")))
                .andExpect(redirectedUrl("/p/york/cases?status=new&sort=-code&s=1"));

        mvc.perform(as(sam, get("/p/york/cases?s=1")))
                .andExpect(redirectedUrl("/p/york/cases?status=new&sort=-code&s=1"));
        Document same = page("/p/york/cases?status=new&sort=-code&s=1", sam);
        assertThat(same.select(".case-columns summary").get(0).text()).isEqualTo("New ones");
        assertThat(same.text()).doesNotContain("has changed since");
        Document changed = page("/p/york/cases?status=new&s=1", sam);
        assertThat(changed.text()).contains("This list has changed since “New ones” was saved", "Save the changes");

        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "replace").param("query", "status=new")))
                .andExpect(redirectedUrl("/p/york/cases?status=new&s=1"));
        assertThat(page("/p/york/cases?status=new&s=1", sam).text()).doesNotContain("has changed since");
        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "rename").param("name", "Newest")))
                .andExpect(status().isFound());
        assertThat(names(sam)).containsExactly("Newest");
        for (String bad : List.of("", "x".repeat(81), "a\tb")) {
            mvc.perform(as(sam, post("/p/york/searches").param("name", bad))).andExpect(status().isBadRequest());
        }
    }

    @Test
    void beginsAPersonsListWithTheirChoice() throws Exception {
        mvc.perform(as(sam, post("/p/york/searches").param("name", "Mine").param("query", "assigned=mine")));
        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "first"))).andExpect(status().isFound());

        mvc.perform(as(sam, get("/p/york/cases"))).andExpect(redirectedUrl("/p/york/cases?assigned=mine&s=1"));
        mvc.perform(as(sam, get("/p/york/cases?status=open"))).andExpect(status().isOk());
        mvc.perform(as(tola, get("/p/york/cases"))).andExpect(status().isOk());

        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "not-first")))
                .andExpect(status().isFound());
        mvc.perform(as(sam, get("/p/york/cases"))).andExpect(status().isOk());
    }

    @Test
    void comesBackAfterItWasRemoved() throws Exception {
        mvc.perform(as(sam, post("/p/york/searches").param("name", "Mine").param("query", "assigned=mine")));
        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "first")));

        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "remove").param("query", "assigned=mine")))
                .andExpect(redirectedUrl("/p/york/cases?assigned=mine"))
                .andExpect(flash().attribute("removedSearch", 1L));
        assertThat(names(sam)).isEmpty();
        mvc.perform(as(sam, get("/p/york/cases"))).andExpect(status().isOk());
        mvc.perform(as(sam, get("/p/york/cases?s=1"))).andExpect(status().isOk());

        mvc.perform(as(tola, post("/p/york/searches/1").param("do", "restore"))).andExpect(status().isNotFound());
        mvc.perform(as(sam, post("/p/york/searches/1").param("do", "restore"))).andExpect(status().isFound());
        assertThat(names(sam)).containsExactly("Mine");
    }

    @Test
    void isSharedOnlyByThoseWhoMay() throws Exception {
        mvc.perform(as(sam, post("/p/york/searches").param("name", "For me")));
        mvc.perform(as(sam, post("/p/york/searches").param("name", "For all").param("shared", "true")))
                .andExpect(status().isForbidden());
        mvc.perform(as(
                        eve,
                        post("/p/york/searches")
                                .param("name", "For all")
                                .param("shared", "true")
                                .param("query", "flag=*")))
                .andExpect(status().isFound());

        assertThat(names(sam)).containsExactly("For me", "For all");
        assertThat(names(tola)).containsExactly("For all");
        mvc.perform(as(tola, post("/p/york/searches/2").param("do", "first"))).andExpect(status().isFound());
        for (String action : List.of("rename", "replace", "remove", "unshare")) {
            mvc.perform(as(tola, post("/p/york/searches/2").param("do", action).param("name", "x")))
                    .andExpect(status().isForbidden());
            mvc.perform(as(tola, post("/p/york/searches/1").param("do", action).param("name", "x")))
                    .andExpect(action.equals("unshare") ? status().isForbidden() : status().isNotFound());
        }
        mvc.perform(as(eve, post("/p/york/searches/2").param("do", "unshare"))).andExpect(status().isFound());
        assertThat(names(tola)).isEmpty();
        mvc.perform(as(tola, get("/p/york/cases"))).andExpect(status().isOk());
    }

    /** Whatever somebody does with a search of somebody else, or of another project, leaves it as it is. */
    @Test
    void belongsToWhoeverKeptItAndToItsProject() throws Exception {
        Project peel = fixtures.aSisterOf(york, "peel", "PEE");
        users.grant(eve, peel.id(), Role.COORDINATOR, UserId.SYSTEM);
        keep(sam, "Mine", "status=new", false);
        keep(eve, "For all", "flag=*", true);
        for (UserId each : List.of(sam, tola)) {
            mvc.perform(as(each, post("/p/york/searches/2").param("do", "first")))
                    .andExpect(status().isFound());
        }
        String before = searches();

        mvc.perform(as(sam, post("/p/york/searches/2").param("do", "not-first")))
                .andExpect(status().isFound());
        mvc.perform(as(tola, get("/p/york/cases"))).andExpect(redirectedUrl("/p/york/cases?flag=*&s=2"));
        mvc.perform(as(sam, get("/p/york/cases"))).andExpect(status().isOk());

        for (String action : List.of("rename", "replace", "share", "unshare", "first", "remove", "restore")) {
            mvc.perform(as(eve, post("/p/york/searches/1").param("do", action).param("name", "x")))
                    .andExpect(status().isNotFound());
            mvc.perform(as(eve, post("/p/peel/searches/2").param("do", action).param("name", "x")))
                    .andExpect(status().isNotFound());
        }
        assertThat(searches()).isEqualTo(before);

        mvc.perform(as(eve, post("/p/york/searches/2").param("do", "remove"))).andExpect(status().isFound());
        mvc.perform(as(tola, post("/p/york/searches/2").param("do", "restore"))).andExpect(status().isNotFound());
        assertThat(names(tola)).isEmpty();
        mvc.perform(as(eve, post("/p/york/searches/2").param("do", "restore"))).andExpect(status().isFound());
        assertThat(searches()).isEqualTo(before);
    }

    private void keep(UserId person, String name, String query, boolean shared) throws Exception {
        mvc.perform(as(
                        person,
                        post("/p/york/searches")
                                .param("name", name)
                                .param("query", query)
                                .param("shared", String.valueOf(shared))))
                .andExpect(status().isFound());
    }

    private String searches() {
        return jdbc.sql("select string_agg(s::text, '; ' order by s.id) from saved_search s")
                .query(String.class)
                .single();
    }

    /** What a shared search asks about and its reader may not see is left out, not answered. */
    @Test
    void leavesOutWhatItsReaderMayNotSee() throws Exception {
        mvc.perform(as(
                eve,
                post("/p/york/searches")
                        .param("name", "By source")
                        .param("shared", "true")
                        .param("query", "source=self&status=new")));
        UserId max = fixtures.aPerson("Max", york, Role.MANAGER);

        mvc.perform(as(max, get("/p/york/cases?s=1"))).andExpect(redirectedUrl("/p/york/cases?status=new&s=1"));
    }

    private List<String> names(UserId person) throws Exception {
        return page("/p/york/cases?status=open", person)
                .select(".case-columns .menu-panel > a > span:first-of-type")
                .eachText();
    }

    private Document page(String path, UserId person) throws Exception {
        return Jsoup.parse(mvc.perform(as(person, get(URI.create(path))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private static MockHttpServletRequestBuilder as(UserId person, MockHttpServletRequestBuilder request) {
        return request.with(People.signedIn(person)).with(csrf()).locale(Locale.ENGLISH);
    }
}
