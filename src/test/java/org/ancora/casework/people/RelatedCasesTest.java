package org.ancora.casework.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Locale;
import org.ancora.access.Hidden;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Related cases: found by those who may, seen from both sides only as far as each viewer may see the other (C65 to C68). */
@AncoraTest
class RelatedCasesTest {

    private static final String WHY = "The mother says her brother was helped in Peel";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private RelatedCases related;

    @Autowired
    private Users users;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private Project peel;
    private UserId sam;
    private UserId eve;
    private UserId petra;
    private UserId guard;
    private CaseSummary dana;
    private CaseSummary ruth;
    private CaseSummary far;

    @BeforeEach
    void cases() {
        york = fixtures.aProjectInOntario();
        peel = fixtures.aSisterOf(york, "peel", "PEE");
        Project torino = fixtures.aProjectInItaly();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        petra = fixtures.aPerson("Petra Peel", peel, Role.CASEWORKER);
        guard = fixtures.aPerson("Gil Guard", peel, Role.PRIVACY);
        dana = fixtures.aClient(york).openCase();
        ruth = fixtures.aClient(york).named("Ruth", "Whitfield").openCase();
        far = fixtures.aClient(peel).named("Óscar", "Whitfield").openCase();
        fixtures.aClient(torino).named("Paolo", "Whitfield").openCase();
        fixtures.aClient(peel).anonymous().openCase();
    }

    @Test
    void findsByNameOnlyWhatMayBeOpenedAndShowsTheRelationOnBothSides() throws Exception {
        Document found = page(dana.path() + "/related/find?name=whit", sam);
        assertThat(found.select("input[name=other]").eachAttr("value")).containsExactly(ruth.code());
        assertThat(found.select("main details"))
                .as("the network is not his to search")
                .isEmpty();
        assertThat(page(dana.path() + "/related/find?name=ruth", sam).select("input[name=other]"))
                .hasSize(1);
        assertThat(page(dana.path() + "/related/find?name=oscar", sam).select("input[name=other]"))
                .isEmpty();

        answer(relate(ruth, "parent", "Lives upstairs"), sam);
        answer(relate(ruth, "other", ""), sam);

        assertThat(page(dana.path() + "/related", sam).select("#related li").text())
                .contains("A parent's case", "Ruth Whitfield", ruth.code(), "Lives upstairs");
        assertThat(page(ruth.path() + "/related", sam).select("#related li").text())
                .contains("A child's case", "Dana Whitfield", dana.code());
        assertThat(log(dana)).containsOnlyOnce("case.related");
        assertThat(log(ruth)).containsOnlyOnce("case.related");
    }

    @Test
    void removesARelationAndBringsItBack() throws Exception {
        answer(relate(ruth, "household", ""), sam);
        long id = jdbc.sql("select id from related_case").query(Long.class).single();

        answer(post(ruth.path() + "/related/" + id + "/remove"), sam);
        assertThat(page(dana.path() + "/related", sam).select("#related li")).isEmpty();
        assertThat(answer(post(ruth.path() + "/related/" + id + "/undo"), eve).getStatus())
                .as("only who removed it brings it back")
                .isEqualTo(404);
        answer(post(ruth.path() + "/related/" + id + "/undo"), sam);

        assertThat(page(dana.path() + "/related", sam).select("#related li")).hasSize(1);
        assertThat(log(dana)).containsSubsequence("case.related", "case.no-longer-related", "case.related");
    }

    /** The wide look: only by permission, with a reason that those who are looked at can read, and with the least data. */
    @Test
    void opensTheNetworkForAReasonThatIsKeptOnBothSides() throws Exception {
        assertThat(answer(network("", WHY), sam).getStatus()).isEqualTo(403);
        assertThat(answer(network("", " short "), eve).getStatus()).isEqualTo(400);
        assertThat(reads(far)).isEmpty();

        Document everybody = Jsoup.parse(answer(network("", WHY), eve).getContentAsString());
        assertThat(everybody.select("input[name=other]").eachAttr("value"))
                .as("everybody of the network who gave a name, and nobody of another network")
                .containsExactly(far.code(), ruth.code());
        assertThat(everybody.select("main").text())
                .contains("Ó. W.", "Sister peel", "Nov. 2026", "Ruth Whitfield")
                .doesNotContain("Óscar", "905", "dana.w@");
        assertThat(Jsoup.parse(answer(network("oscar", WHY), eve).getContentAsString())
                        .select("input[name=other]"))
                .hasSize(1);

        assertThat(reads(far)).containsOnly("least search " + WHY);
        assertThat(reads(dana)).contains("network search " + WHY);
        assertThat(page(far.path() + "/reads", guard).text()).contains("Eve Adeyemi", WHY);
        assertThat(answer(get(far.path()), eve).getStatus())
                .as("finding is not opening")
                .isEqualTo(404);
    }

    @Test
    void showsARelationToNobodyWhoMayNotSeeTheOtherSide() throws Exception {
        assertThatThrownBy(() -> related.relate(dana, far.code(), Relation.HOUSEHOLD, "", fixtures.viewer(eve)))
                .as("not without having searched for a reason")
                .isInstanceOf(Hidden.class);
        answer(network("oscar", WHY), eve);
        answer(relate(far, "household", "cousins"), eve);

        assertThat(page(dana.path() + "/related", sam).select("#related li"))
                .as("nothing says that there is a relation")
                .isEmpty();
        assertThat(page(dana.path() + "/related", sam).text()).contains("No case is related to this one.");
        assertThat(page(far.path() + "/related", petra).outerHtml()).doesNotContain(dana.code(), "cousins", "Dana");
        Document least = page(dana.path() + "/related", eve);
        assertThat(least.select("#related li").text())
                .contains("Same household", "Ó. W.", far.code(), "only the least is shown")
                .doesNotContain("Óscar", "cousins");
        assertThat(least.select("#related li a")).isEmpty();
        assertThat(related.of(dana, fixtures.viewer(eve)))
                .as("what was said about it is not even read")
                .extracting(RelatedCases.Related::note)
                .containsExactly("");
        long id = jdbc.sql("select id from related_case").query(Long.class).single();
        assertThat(answer(post(dana.path() + "/related/" + id + "/remove"), sam).getStatus())
                .isEqualTo(404);
        users.grant(petra, york.id(), Role.CASEWORKER, UserId.SYSTEM);
        assertThat(page(far.path() + "/related", petra).select("#related li").text())
                .contains("Dana Whitfield", "cousins");
        for (CaseSummary each : List.of(dana, far)) {
            assertThat(jdbc.sql("select string_agg(details::text, '') from activity where case_code = :code")
                            .param("code", each.code())
                            .query(String.class)
                            .single())
                    .doesNotContain(dana.code(), far.code());
        }
    }

    @Test
    void startsFromNoCaseWithoutANameAndNotFromItself() throws Exception {
        CaseSummary nobody = fixtures.aClient(york).anonymous().openCase();

        assertThat(page(nobody.path() + "/related/find", sam).select("main form"))
                .isEmpty();
        assertThatThrownBy(() -> related.relate(nobody, dana.code(), Relation.OTHER, "", fixtures.viewer(sam)))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> related.relate(dana, dana.code(), Relation.OTHER, "", fixtures.viewer(sam)))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> related.relate(dana, nobody.code(), Relation.OTHER, "", fixtures.viewer(sam)))
                .isInstanceOf(Hidden.class);
    }

    @Test
    void turnsThePagesOfANetworkWithoutLosingAnybody() {
        for (int i = 0; i < RelatedCases.PAGE + 5; i++) {
            fixtures.aClient(peel).named("Client", "Number " + i).openCase();
        }
        RelatedCases.Page first = related.searchNetwork(dana, york, "", WHY, null, fixtures.viewer(eve));
        RelatedCases.Page second = related.searchNetwork(dana, york, "", WHY, first.next(), fixtures.viewer(eve));

        assertThat(first.found()).hasSize(RelatedCases.PAGE);
        assertThat(second.found()).hasSize(RelatedCases.PAGE + 7 - RelatedCases.PAGE);
        assertThat(second.next()).isNull();
        assertThat(second.found()).doesNotContainAnyElementsOf(first.found());
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        answer(relate(ruth, "previous", ""), sam);
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(eve, Locale.forLanguageTag(language));
            for (String path : List.of("/related", "/related/find", "/related/find?name=whit")) {
                assertThat(page(dana.path() + path, eve).outerHtml()).as(path).doesNotContain("??");
            }
            assertThat(answer(network("", WHY), eve).getContentAsString()).doesNotContain("??");
        }
    }

    private MockHttpServletRequestBuilder relate(CaseSummary other, String kind, String note) {
        return post(dana.path() + "/related")
                .param("other", other.code())
                .param("kind", kind)
                .param("note", note);
    }

    private MockHttpServletRequestBuilder network(String name, String reason) {
        return post(dana.path() + "/related/network").param("name", name).param("reason", reason);
    }

    private List<String> reads(CaseSummary of) {
        return jdbc.sql("""
                        select subject || ' ' || how || ' ' || reason from read_access
                         where case_code = :code and reason is not null order by id
                        """).param("code", of.code()).query(String.class).list();
    }

    private List<String> log(CaseSummary of) {
        return jdbc.sql("select action from activity where case_code = :code order by id")
                .param("code", of.code())
                .query(String.class)
                .list();
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = answer(get(path), who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(csrf()).with(People.signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
