package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@AncoraTest
class CasePagesTest {

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
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private UserId eve;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR, Role.COORDINATOR);
        dana = fixtures.aClient(york)
                .with(ContactKind.PHONE, "905 555 0155")
                .consentingToVoicemail()
                .refusing(Channel.EMAIL)
                .withUnsafe(ContactKind.ADDRESS)
                .withSupportContact(true)
                .referredBy("Maple Street Clinic")
                .openCaseFor(sam);
        cases.raiseFlag(dana.code(), Flag.Kind.SAFEGUARDING, "Ask before visiting", eve);
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
            Document page = page(path, eve);
            assertThat(page.outerHtml()).as(path).doesNotContain("??");
            assertThat(page.select("html").attr("lang")).as(path).isEqualTo(language);
            assertThat(page.select("h1").text()).as(path).isNotBlank();
        }
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
        assertThat(page(dana.path() + part, eve).title()).contains(dana.code()).doesNotContain("Dana", "Whitfield");
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
        Document page = page(dana.path(), sam);

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
        assertThat(page.select("#flags").text()).contains("Ask before visiting", "raised Mon 23 Nov by Eve Adeyemi");
    }

    @Test
    void keepsWhoReadWhat() throws Exception {
        page(dana.path(), sam);
        page(dana.path() + "/consents", sam);

        assertThat(jdbc.sql("select subject || ' ' || how from read_access where case_code = :code order by id")
                        .param("code", dana.code())
                        .query(String.class)
                        .list())
                .containsExactly("case page", "profile page");
    }

    @Test
    void tellsWhoReadTheCasePageByPage() throws Exception {
        for (int each = 0; each < 60; each++) {
            page(dana.path(), sam);
        }
        page(dana.path() + "/consents", sam);

        Document first = page(dana.path() + "/reads", eve);
        assertThat(first.select("#reads tbody tr")).hasSize(50);
        assertThat(first.select("#reads tbody tr").get(0).select("td").eachText())
                .containsExactly("Mon 23 Nov, 9:10", "Eve Adeyemi", "Who read this", "Page");
        assertThat(first.select("#reads tbody tr").get(2).select("td").eachText())
                .containsExactly("Mon 23 Nov, 9:10", "Sam Bouchard", "Client’s contacts and consents", "Page");
        Document second = page(first.select("#reads .paging a").attr("href"), eve);
        // 60 + 1 by Sam, the case's head and the log itself by Eve, twice; the second page begins after the first 50.
        assertThat(second.select("#reads tbody tr")).hasSize(13);
        assertThat(second.select("#reads .paging")).isEmpty();
        assertThat(jdbc.sql("select count(*) from read_access where subject = 'read-log' and case_code = :code")
                        .param("code", dana.code())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        mvc.perform(as(eve, get(dana.path() + "/reads?after=x"))).andExpect(status().isBadRequest());
    }

    @Test
    void keepsTheReadLogToThoseWhoWatchOverIt() throws Exception {
        UserId privacy = fixtures.aPerson("Petra", york, Role.PRIVACY);

        assertThat(page(dana.path() + "/reads", privacy).select("#reads tbody tr"))
                .isNotEmpty();
        for (Role role : List.of(Role.CASEWORKER, Role.COORDINATOR, Role.MANAGER, Role.RECEPTION)) {
            UserId other = fixtures.aPerson(role.name(), york, role);
            assertThat(page(dana.path(), other).select(".tabs").text()).doesNotContain("Who read this");
            mvc.perform(as(other, get(dana.path() + "/reads"))).andExpect(status().isNotFound());
        }
    }

    @Test
    void remembersRecentCases() throws Exception {
        assertThat(page("/", sam).select(".case-lines li")).isEmpty();

        page(dana.path(), sam);

        assertThat(page("/", sam).select(".case-lines").text()).contains("Dana Whitfield", dana.code());
        assertThat(page("/p/york", sam).select(".case-lines").text()).contains("Dana Whitfield");
        assertThat(page("/", eve).select(".case-lines li")).isEmpty();
    }

    @Test
    void countsTheCasesOfAProject() throws Exception {
        fixtures.aClient(york).openCase();
        cases.close(fixtures.aClient(york).openCaseFor(sam).code(), "declined", sam);

        assertThat(page("/p/york", sam).select(".counts strong").eachText()).containsExactly("3", "1", "1", "1");
    }

    @Test
    void showsOnlyProjectsAndCasesThatOneMayEnter() throws Exception {
        Project torino = fixtures.aProjectInItaly();
        UserId giulia = fixtures.aPerson("Giulia", torino, Role.CASEWORKER);
        String bianca =
                fixtures.aClient(torino).named("Bianca", "Ferrero").openCase().path();

        assertThat(page("/", giulia).select(".bubble").eachText()).containsExactly("TO Torino");
        assertThat(page("/", sam).select(".bubble").eachText()).containsExactly("ON Individual support");
        assertThat(page("/", giulia).select(".networks .empty")).isEmpty();
        assertThat(page("/cases", giulia).select("tbody tr")).hasSize(1);
        assertThat(page("/cases", giulia).select(".empty")).isEmpty();
        assertThat(page("/search?q=Dana", giulia).select("tbody tr")).isEmpty();
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
        assertThat(page(dana.path(), max).select("#contacts")).isEmpty();
        assertThat(page(dana.path(), sam).select(".page-head .btn").eachText())
                .containsExactly(
                        "Contact lost",
                        "A request beyond limits",
                        "Change service…",
                        "Change the status…",
                        "Close the file…");
    }

    @ParameterizedTest
    @CsvSource({"whitf, 1", "WHÍTF, 1", "0001, 1", "905 555 0155, 1", "5550199, 0", "%, 0", "zzz, 0"})
    void findsByNameCodeAndNumber(String text, int found) throws Exception {
        String path = "/p/york/cases?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);

        assertThat(page(path, sam).select("tbody tr")).hasSize(found);
    }

    @Test
    void leadsStraightToACodeThatWasTypedWhole() throws Exception {
        mvc.perform(as(sam, get("/search").param("q", "yrk-2026-0001"))).andExpect(redirectedUrl(dana.path()));
    }

    @Test
    void filtersByStatusAndAssignee() throws Exception {
        String mine = dana.code();
        String nobodys = fixtures.aClient(york).openCase().code();
        String closed = fixtures.aClient(york).openCase().code();
        cases.close(closed, "refused", eve);

        assertThat(codes("/p/york/cases")).containsExactly(nobodys, mine);
        assertThat(codes("/p/york/cases?assigned=mine")).containsExactly(mine);
        assertThat(codes("/p/york/cases?assigned=none")).containsExactly(nobodys);
        assertThat(codes("/p/york/cases?assigned=any")).containsExactly(mine);
        assertThat(codes("/p/york/cases?assigned=" + sam)).containsExactly(mine);
        assertThat(codes("/p/york/cases?status=closed")).containsExactly(closed);
        assertThat(codes("/p/york/cases?status=all")).containsExactly(closed, nobodys, mine);
        assertThat(codes("/p/york/cases?status=new")).containsExactly(nobodys);
        for (String wrong : List.of("status=odd", "assigned=x", "after=x", "after=2026-11-23T14:10:00Z~x")) {
            mvc.perform(as(sam, get("/p/york/cases?" + wrong))).andExpect(status().isBadRequest());
        }
    }

    @Test
    void goesOnWhereThePageBeforeEndedEvenWhenManyWereOpenedAtOnce() throws Exception {
        for (int each = 0; each < 60; each++) {
            fixtures.aClient(york).openCase();
        }

        Document first = page("/p/york/cases", sam);
        Document second = page(first.select(".paging a").attr("href"), sam);

        List<String> seen = new ArrayList<>(first.select("tbody .case-code").eachText());
        assertThat(seen).hasSize(50);
        seen.addAll(second.select("tbody .case-code").eachText());
        assertThat(seen).hasSize(61).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void asksFewStatementsHoweverManyCases() throws Exception {
        int few = SqlCount.during(() -> page("/p/york/cases", sam)).size();
        for (int each = 0; each < 40; each++) {
            fixtures.aClient(york).openCaseFor(sam);
        }

        List<String> many = SqlCount.during(() -> page("/p/york/cases", sam));
        List<String> home = SqlCount.during(() -> page("/", sam));
        List<String> one = SqlCount.during(() -> page(dana.path(), sam));

        assertThat(many)
                .as(String.join("\n", many))
                .hasSizeLessThanOrEqualTo(few + 1)
                .hasSizeLessThanOrEqualTo(14);
        assertThat(home).as(String.join("\n", home)).hasSizeLessThanOrEqualTo(14);
        assertThat(one).as(String.join("\n", one)).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void assignsWithTheLoadInSight() throws Exception {
        UserId tola = fixtures.aPerson("Tola", york, Role.CASEWORKER);
        caseloads.setLimit(tola, york.id(), 0, eve);

        Document form = page(dana.path() + "/assign", eve);
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

        Document page = page(dana.path(), sam);
        assertThat(page.select(".page-head").text()).contains("Closed", "closed Mon 23 Nov: Another reason");
        assertThat(page.select(".page-head .btn").eachText()).containsExactly("Open again…");
        assertThat(page.select("#flags form")).isEmpty();
        mvc.perform(as(sam, post(dana.path() + "/flags").param("kind", "risk"))).andExpect(status().isConflict());
    }

    @Test
    void recordsAndWithdrawsConsents() throws Exception {
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/consents")
                                .param("channel", "sms")
                                .param("answer", "given")
                                .param("givenBy", "Dana")
                                .param("givenOn", "2026-11-24")
                                .param("wording", "2026-1")))
                .andExpect(status().isBadRequest());
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/consents")
                                .param("channel", "sms")
                                .param("answer", "given")
                                .param("givenBy", "Dana")
                                .param("givenOn", "2026-11-23")
                                .param("wording", "2026-1")))
                .andExpect(redirectedUrl(dana.path() + "/consents"));
        assertThat(profiles.get(dana.profile()).lawfulWays().may(LawfulWays.Way.SMS))
                .isTrue();

        mvc.perform(as(sam, post(dana.path() + "/consents/sms/withdraw")))
                .andExpect(redirectedUrl(dana.path() + "/consents"));
        assertThat(profiles.get(dana.profile()).lawfulWays().may(LawfulWays.Way.SMS))
                .isFalse();
    }

    @Test
    void pointsAConsentAtWordsThatWereInUse() throws Exception {
        Document form = page(dana.path() + "/consents", sam);
        assertThat(form.select("#past ~ ul").text()).contains("the client, Tue 3 Nov, wording 2026-1");
        assertThat(form.select("input[name=wording][checked]").val()).isEqualTo("2026-1");
        assertThat(form.select("input[name=wording]").eachAttr("value")).containsExactly("2026-1", "2025-1");
        assertThat(form.select(".wordings").text())
                .contains("Wording 2026-1, in use since Thu 1 Jan 2026", "“May we write to you by post?”");
        assertThat(form.select(".wordings ul[lang=it]").text()).contains("«Possiamo mandarle SMS?»");

        assertThat(refused("wording=2026-1&givenOn=2026-11-23&givenBy=" + "D".repeat(120)))
                .contains("120")
                .doesNotContain("{0}");
        assertThat(refused("wording=2027-1&givenOn=2026-11-23")).contains("Choose in which words it was asked.");
        assertThat(refused("wording=2026-1&givenOn=2025-12-31"))
                .contains("These words were in use only from Thu 1 Jan 2026.");
        mvc.perform(as(sam, consent("wording=2025-1&givenOn=2025-12-31")))
                .andExpect(redirectedUrl(dana.path() + "/consents"));
        assertThat(page(dana.path() + "/consents", sam).select("#past ~ ul").text())
                .contains("Dana, Wed 31 Dec 2025, wording 2025-1");
    }

    private String refused(String answers) throws Exception {
        return Jsoup.parse(mvc.perform(as(sam, consent(answers)))
                        .andExpect(status().isBadRequest())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .select(".error-summary")
                .text();
    }

    private MockHttpServletRequestBuilder consent(String answers) {
        return post(URI.create(dana.path() + "/consents?channel=sms&answer=given&givenBy=Dana&" + answers));
    }

    @Test
    void checksTheNumberOfSomebodyCloseToTheClient() throws Exception {
        String aunt = "" + profiles.get(dana.profile()).supportContacts().get(0).id();
        for (String page : List.of("new", aunt)) {
            String answer = mvc.perform(as(
                            sam,
                            post(dana.path() + "/support-contacts/" + page)
                                    .param("name", "Ruth")
                                    .param("phone", "ask her neighbour")))
                    .andExpect(status().isBadRequest())
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            assertThat(Jsoup.parse(answer).select("#phone").val()).isEqualTo("ask her neighbour");
            assertThat(Jsoup.parse(answer).select("#phone-error").text()).contains("cannot be a telephone number");
        }

        mvc.perform(as(
                        sam,
                        post(dana.path() + "/support-contacts/" + aunt)
                                .param("name", "Ruth")
                                .param("phone", "+1 905-555-0178")))
                .andExpect(redirectedUrl(dana.path()));
        mvc.perform(as(sam, post(dana.path() + "/support-contacts/new").param("name", "Joe")))
                .andExpect(redirectedUrl(dana.path()));

        assertThat(profiles.get(dana.profile()).supportContacts())
                .extracting(each -> each.name() + " " + each.phone())
                .containsExactly("Ruth (905) 555-0178", "Joe ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cases", "/p/york/cases", "/p/york/cases?status=closed", "CASE", "CASE/activity"})
    void standsUnderCasesInTheNavigation(String path) throws Exception {
        assertThat(page(path.replace("CASE", dana.path()), sam)
                        .select(".side a[aria-current=page]")
                        .eachText())
                .containsExactly("Cases");
    }

    @Test
    void addsAndChangesNumbersAndKeepsWhatWasTypedWrongly() throws Exception {
        String wrong = mvc.perform(as(
                        sam,
                        post(dana.path() + "/contact-points/new")
                                .param("kind", "phone")
                                .param("value", "not a number")))
                .andExpect(status().isBadRequest())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(Jsoup.parse(wrong).select("#value").val()).isEqualTo("not a number");
        assertThat(Jsoup.parse(wrong).select(".error-summary").text()).contains("cannot be a telephone number");

        String id = point(ContactKind.EMAIL).id().toString();
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/contact-points/" + id)
                                .param("value", "dana@example.org")
                                .param("safe", "true")))
                .andExpect(redirectedUrl(dana.path()));
        assertThat(point(ContactKind.EMAIL).value()).isEqualTo("dana@example.org");

        mvc.perform(as(sam, post(dana.path() + "/contact-points/" + id + "/remove")))
                .andExpect(redirectedUrl(dana.path()));
        assertThat(profiles.get(dana.profile()).contactPoints(ContactKind.EMAIL))
                .isEmpty();
    }

    @Test
    void escapesWhatPeopleType() throws Exception {
        CaseSummary odd = fixtures.aClient(york).named("<b>Eve</b>", "O'Neil").openCase();
        cases.raiseFlag(odd.code(), Flag.Kind.RISK, "<script>alert(1)</script>", sam);

        Document page = page(odd.path(), sam);

        assertThat(page.select("h1").text()).isEqualTo("<b>Eve</b> O'Neil");
        assertThat(page.select("#flags script")).isEmpty();
        assertThat(page.select("#flags").text()).contains("<script>alert(1)</script>");
    }

    @Test
    void givesAnonymousClientsNoName() throws Exception {
        CaseSummary nobody = fixtures.aClient(york).anonymous().openCase();

        assertThat(page(nobody.path(), sam).select("h1").text()).isEqualTo("Anonymous client");
        assertThat(page("/p/york/cases", sam).select("tbody").text()).contains("Anonymous client");
    }

    private ContactPoint point(ContactKind kind) {
        return profiles.get(dana.profile()).main(kind).orElseThrow();
    }

    private List<String> codes(String path) throws Exception {
        return page(path, sam).select("tbody .case-code").eachText();
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
