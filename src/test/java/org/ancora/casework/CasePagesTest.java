package org.ancora.casework;

import static org.ancora.access.People.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Locale;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.audit.Audited;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** A case as its pages show and change it, and to whom. */
@AncoraTest
class CasePagesTest {

    @Autowired
    private DanasCase danasCase;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Caseloads caseloads;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Users users;

    @Autowired
    private Pages pages;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    private Project york;
    private UserId sam;
    private UserId eve;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        DanasCase.Lived lived = danasCase.open();
        york = lived.york();
        sam = lived.sam();
        eve = lived.eve();
        dana = lived.dana();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguagesOnEveryPage(String language) throws Exception {
        cases.raiseFlag(dana.code(), Flag.Kind.HOUSING, "", sam);
        cases.resolveFlag(dana.code(), Flag.Kind.HOUSING, "Found a flat", sam);
        caseloads.setLimit(sam, york.id(), 0, eve);
        caseloads.takeUp(dana.code());
        String phone = point(ContactKind.PHONE).id().toString();
        String aunt = "" + profiles.get(dana.profile()).supportContacts().get(0).id();

        for (String path : List.of(
                "/",
                "/p/york",
                "/p/york/cases",
                "/p/york/cases?status=waiting-for-capacity",
                "/p/york/cases?q=nobody",
                "/cases",
                "/search?q=whit",
                "/search?q=nobody",
                "/search",
                dana.path(),
                dana.path() + "/activity",
                dana.path() + "/reads",
                dana.path() + "/assign",
                dana.path() + "/close",
                dana.path() + "/service-mode",
                dana.path() + "/consents",
                dana.path() + "/contact-points/new",
                dana.path() + "/contact-points/" + phone,
                dana.path() + "/support-contacts/new",
                dana.path() + "/support-contacts/" + aunt)) {
            users.chooseLocale(eve, Locale.forLanguageTag(language));
            Document page = pages.page(path, eve);
            assertThat(page.outerHtml()).as(path).doesNotContain("??");
            assertThat(page.select("html").attr("lang")).as(path).isEqualTo(language);
            assertThat(page.select("h1").text()).as(path).isNotBlank();
        }
    }

    /** Early entries kept the numbers of versions under the keys of the people from whom and to whom a case went. */
    @Test
    void aMoveToAnotherVersionNamesTheVersionsAndNobody() throws Exception {
        Audited moved = Audited.ofCase("procedure.moved", york.id(), dana.code(), eve);
        transaction.executeWithoutResult(running -> {
            events.publishEvent(moved.with("from", sam.value()).with("to", eve.value()));
            events.publishEvent(moved.with("from-version", 3).with("to-version", 5));
        });

        assertThat(pages.page(dana.path() + "/activity", eve).select("main").text())
                .contains("from version " + sam + " to version " + eve)
                .contains("from version 3 to version 5")
                .doesNotContain("from Sam", "to Eve");
    }

    /** A title stands in the browser's history, on shared screens and in the names of saved files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/activity",
                "/assign",
                "/close",
                "/service-mode",
                "/consents",
                "/contact-points/new",
                "/support-contacts/new"
            })
    void keepsTheClientOutOfTheTitle(String part) throws Exception {
        assertThat(pages.page(dana.path() + part, eve).title())
                .contains(dana.code())
                .doesNotContain("Dana", "Whitfield");
    }

    @ParameterizedTest
    @CsvSource({
        "/consents, channel=sms&answer=given&givenBy=Dana&wording=2026-1&givenOn=-999999999-01-01",
        "/consents, channel=sms&answer=given&givenBy=Dana&wording=2026-1&givenOn=1899-12-31",
        "/consents, channel=sms&answer=given&givenBy=LONG&wording=2026-1&givenOn=2026-11-02",
        "/consents, channel=sms&answer=given&givenBy=Dana&wording=LONG&givenOn=2026-11-02",
        "/contact-points/new, kind=phone&value=905 555 0144&label=LONG",
        "/contact-points/new, kind=email&value=a(b)@c.example",
        "/contact-points/new, kind=email&value=a\u0001@c.example",
        "/contact-points/new, kind=phone&value=905 555 0144&main=perhaps",
        "/consents, channel=sms&answer=perhaps&givenBy=Dana&wording=2026-1&givenOn=2026-11-02",
        "/support-contacts/new, name=LONG",
        "/support-contacts/new, name=Ruth&may=perhaps",
        "/flags, kind=housing&note=LONG",
        "/flags, kind=housing&note=a\u0000b",
        "/close, reason=withdrawn&note=LONG&version=0",
    })
    void refusesWhatNobodyWouldType(String path, String form) throws Exception {
        CaseSummary before = cases.byCode(dana.code());
        MockHttpServletRequestBuilder request = post(dana.path() + path);
        for (String field : form.split("&")) {
            String[] pair = field.split("=", 2);
            request.param(pair[0], pair[1].replace("LONG", "x".repeat(2001)));
        }

        String page = mvc.perform(as(sam, request))
                .andExpect(status().isBadRequest())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(page).doesNotContain("Exception", "java.lang");
        assertThat(cases.byCode(dana.code())).isEqualTo(before);
    }

    @Test
    void showsWhoTheCaseIsAboutAndHowTheyMayBeReached() throws Exception {
        Document page = pages.page(dana.path(), sam);

        assertThat(page.select("h1").text()).isEqualTo("Dana Whitfield");
        assertThat(page.select(".page-head").text())
                .contains(dana.code(), "Assigned", "safeguarding", "assigned to Sam Bouchard", "individual service");
        assertThat(page.select("#contacts").text())
                .contains(
                        "(905) 555-0142 main",
                        "voicemail: agreed Tue 3 Nov",
                        "e-mail: refused Tue 3 Nov",
                        "text message: not asked yet",
                        "do not write to this address",
                        "Ruth W., aunt",
                        "may be spoken to",
                        "Maple Street Clinic");
        assertThat(page.select("#contacts a[href=tel:9055550199]").text())
                .as("the source, one touch away")
                .isEqualTo("905 555 0199");
        assertThat(page.select("#flags").text()).contains("Ask before visiting", "raised Mon 23 Nov by Eve Adeyemi");
    }

    @Test
    void showsOnlyProjectsAndCasesThatOneMayEnter() throws Exception {
        Project torino = fixtures.aProjectInItaly();
        UserId giulia = fixtures.aPerson("Giulia", torino, Role.CASEWORKER);
        String bianca =
                fixtures.aClient(torino).named("Bianca", "Ferrero").openCase().path();

        assertThat(pages.page("/", giulia).select(".bubble").eachText()).containsExactly("TO Torino");
        assertThat(pages.page("/", giulia).select(".organisation h4").eachText())
                .containsExactly("Casa Aperta");
        assertThat(pages.page("/", sam).select(".bubble").eachText()).containsExactly("ON Individual support");
        assertThat(pages.page("/", sam).select(".organisation h4").eachText()).containsExactly("York Support");
        assertThat(pages.page("/", giulia).select(".networks .empty")).isEmpty();
        assertThat(pages.page("/cases", giulia).select("tbody tr")).hasSize(1);
        assertThat(pages.page("/cases", giulia).select(".empty")).isEmpty();
        assertThat(pages.page("/search?q=Dana", giulia).select("tbody tr")).isEmpty();
        for (String path : List.of(
                "/p/york",
                "/p/york/cases",
                dana.path(),
                dana.path() + "/activity",
                dana.path() + "/assign",
                dana.path() + "/consents")) {
            mvc.perform(as(giulia, get(path))).andExpect(status().isNotFound());
        }
        mvc.perform(as(sam, get(bianca))).andExpect(status().isNotFound());
    }

    @Test
    void refusesWhatARoleMayNotDo() throws Exception {
        UserId max = fixtures.aPerson("Max", york, Role.MANAGER);

        mvc.perform(as(sam, get(dana.path() + "/assign"))).andExpect(status().isForbidden());
        mvc.perform(as(sam, post(dana.path() + "/assign").param("worker", sam.toString())))
                .andExpect(status().isForbidden());
        mvc.perform(as(max, post(dana.path() + "/close").param("reason", "withdrawn")))
                .andExpect(status().isForbidden());
        mvc.perform(as(max, post(dana.path() + "/flags").param("kind", "risk"))).andExpect(status().isForbidden());
        mvc.perform(as(max, get(dana.path() + "/consents"))).andExpect(status().isForbidden());
        assertThat(pages.page(dana.path(), max).select("#contacts")).isEmpty();
        assertThat(pages.page(dana.path(), sam).select(".page-head .btn").eachText())
                .containsExactly("A request beyond limits", "Change service…", "Change the status…", "Close the file…");
    }

    @Test
    void assignsWithTheLoadInSight() throws Exception {
        UserId tola = fixtures.aPerson("Tola", york, Role.CASEWORKER);
        caseloads.setLimit(tola, york.id(), 0, eve);

        Document form = pages.page(dana.path() + "/assign", eve);
        assertThat(form.select(".empty")).isEmpty();
        assertThat(form.select(".workers").text())
                .contains("Sam Bouchard 1 of 20 cases", "Tola 0 of 0 cases", "no room: the case will wait");

        mvc.perform(as(eve, post(dana.path() + "/assign").param("version", "" + dana.version())))
                .andExpect(status().isBadRequest());
        mvc.perform(as(
                        eve,
                        post(dana.path() + "/assign")
                                .param("worker", tola.toString())
                                .param("version", "" + dana.version())
                                .param("reason", "speaks Spanish")))
                .andExpect(redirectedUrl(dana.path()));
        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(tola);

        mvc.perform(as(
                        eve,
                        post(dana.path() + "/assign")
                                .param("worker", sam.toString())
                                .param("version", "" + dana.version())))
                .andExpect(status().isConflict());
        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(tola);
    }

    @Test
    void closesOnlyForAReasonThatPeopleMayGive() throws Exception {
        MockHttpServletRequestBuilder close = post(dana.path() + "/close").param("version", "" + dana.version());
        mvc.perform(as(sam, close)).andExpect(status().isBadRequest());
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/close")
                                .param("version", "" + dana.version())
                                .param("reason", "no-contact")))
                .andExpect(status().isBadRequest());
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/close")
                                .param("version", "" + dana.version())
                                .param("reason", "closed-by-hand")))
                .andExpect(status().isBadRequest());
        assertThat(cases.byCode(dana.code()).isClosed()).isFalse();

        mvc.perform(as(
                        sam,
                        post(dana.path() + "/close")
                                .param("version", "" + dana.version())
                                .param("reason", "closed-by-hand")
                                .param("note", "Moved abroad")))
                .andExpect(redirectedUrl(dana.path()));

        Document page = pages.page(dana.path(), sam);
        assertThat(page.select(".page-head").text()).contains("Closed", "closed Mon 23 Nov: Another reason");
        assertThat(page.select(".page-head .btn").eachText()).containsExactly("Open again…");
        assertThat(page.select("#flags form")).isEmpty();
        mvc.perform(as(sam, post(dana.path() + "/flags").param("kind", "risk"))).andExpect(status().isConflict());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cases", "/p/york/cases", "/p/york/cases?status=closed", "CASE", "CASE/activity"})
    void standsUnderCasesInTheNavigation(String path) throws Exception {
        assertThat(pages.page(path.replace("CASE", dana.path()), sam)
                        .select(".side a[aria-current=page]")
                        .eachText())
                .containsExactly("Cases");
    }

    @Test
    void escapesWhatPeopleType() throws Exception {
        CaseSummary odd = fixtures.aClient(york).named("<b>Eve</b>", "O'Neil").openCase();
        cases.raiseFlag(odd.code(), Flag.Kind.RISK, "<script>alert(1)</script>", sam);

        Document page = pages.page(odd.path(), sam);

        assertThat(page.select("h1").text()).isEqualTo("<b>Eve</b> O'Neil");
        assertThat(page.select("#flags script")).isEmpty();
        assertThat(page.select("#flags").text()).contains("<script>alert(1)</script>");
    }

    @Test
    void givesAnonymousClientsNoName() throws Exception {
        CaseSummary nobody = fixtures.aClient(york).anonymous().openCase();

        assertThat(pages.page(nobody.path(), sam).select("h1").text()).isEqualTo("Anonymous client");
        assertThat(pages.page("/p/york/cases", sam).select("tbody").text()).contains("Anonymous client");
    }

    private ContactPoint point(ContactKind kind) {
        return profiles.get(dana.profile()).main(kind).orElseThrow();
    }
}
