package org.ancora.referral;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.process.task.Tasks;
import org.ancora.referral.ReferralWalk.Team;
import org.ancora.referral.ReferralWalk.Walk;
import org.ancora.referral.directory.DirectoryFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.web.PageDrafts;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Referrals on the pages of their case (C97–C114). */
@AncoraTest
class ReferralPagesTest {

    private static final int MOST = 20;

    @Autowired
    ReferralWalk walks;

    @Autowired
    DirectoryFixtures directory;

    @Autowired
    Profiles profiles;

    @Autowired
    Users users;

    @Autowired
    PageDrafts drafts;

    @Autowired
    MockMvc mvc;

    private Team york;
    private UserId sam;

    @BeforeEach
    void aTeam() {
        york = walks.inOntario();
        sam = york.worker();
    }

    @Test
    void refersAClientToAServiceThatIsInNoDirectory() throws Exception {
        CaseSummary dana = york.dana();
        Document form = open(dana.path() + "/referrals/new", sam);
        assertThat(form.select(".tiles").text())
                .contains("In a week, Mon 30 Nov", "In 2 weeks, Mon 7 Dec", "In a month, Wed 23 Dec");
        assertThat(form.select("input[name=when][checked]").val()).isEqualTo("two-weeks");

        String next = does(
                dana.path() + "/referrals/new",
                "need",
                "Help against an eviction",
                "organization",
                "Legal Aid York",
                "phone",
                "905 555 0160",
                "email",
                "intake@legal-aid.example",
                "when",
                "two-weeks",
                "note",
                "She is ashamed of it");

        assertThat(next).matches(dana.path() + "/referrals/\\d+/send");
        Document list = open(dana.path() + "/referrals", sam);
        assertThat(list.select("#referrals").text())
                .contains(
                        "Legal Aid York",
                        "Not sent",
                        "Follow up end of Mon 7 Dec",
                        "Help against an eviction",
                        "Mon 23 Nov, Sam Bouchard",
                        dana.code() + "/1",
                        "1 follow-up");
        Document page = open(next.replace("/send", ""), sam);
        assertThat(page.text()).contains("She is ashamed of it", "905 555 0160", "Nothing was written to anybody yet.");
        assertThat(page.select("a[href=tel:9055550160]").text()).isEqualTo("905 555 0160");
    }

    /** What stands in the directory on that day is kept, whatever becomes of it there. */
    @Test
    void refersAClientToAServiceOfTheDirectory() throws Exception {
        directory.plant(york.project());
        CaseSummary dana = york.dana();
        Document form = open(dana.path() + "/referrals/new", sam);
        String search = form.select("[data-find]").attr("hx-get");
        assertThat(search)
                .isEqualTo("/directory/choices?project=" + york.project().id() + "&case=" + dana.code());
        Document choices = open(search + "&find-q=warm+suppers", sam);
        String meals = choices.select("input[name=resource]").first().val();
        Document nights = open("/directory/choices?q=safe+nights", york.supervisor());
        String hidden = nights.select("input[name=resource]").first().val();

        Document again = read(send(dana.path() + "/referrals/new", sam, "resource", meals, "when", "week"));
        assertThat(again.select("input[name=resource][checked]").val()).isEqualTo(meals);
        String next = does(dana.path() + "/referrals/new", "need", "Something warm", "resource", meals, "when", "week");
        walks.jdbc
                .sql("update directory_service set data = jsonb_set(data, '{name}', '\"Renamed since\"')"
                        + " where name = 'Hot meals'")
                .update();

        Document page = open(next.replace("/send", ""), sam);
        assertThat(page.text())
                .contains("Northside House, Hot meals", "905 555 0111", "1 Elm St", "Last checked on")
                .doesNotContain("Renamed since");
        assertThat(send(dana.path() + "/referrals/new", sam, "need", "x", "resource", "999999", "when", "week")
                        .getStatus())
                .isEqualTo(400);
        String[] toHidden = {"need", "A bed", "resource", hidden, "when", "week"};
        assertThat(send(dana.path() + "/referrals/new", sam, toHidden).getStatus())
                .isEqualTo(400);
        String secret = String.valueOf(send(dana.path() + "/referrals/new", york.supervisor(), toHidden)
                .getRedirectedUrl());
        assertThat(open(secret.replace("/send", ""), sam).text())
                .contains("Safe nights", "The place is confidential")
                .doesNotContain("Hidden Lane", "Quiet House");
        assertThat(open(secret, sam).text()).doesNotContain("Hidden Lane", "Quiet House");
    }

    /** C104: what the sender puts right goes out, stays with the referral and is written down; the directory keeps its own. */
    @Test
    void correctsTheAgencysAddressAndNumberForThisReferralAlone() throws Exception {
        directory.plant(york.project());
        CaseSummary dana = york.dana();
        String meals = open("/directory/choices?find-q=warm+suppers&case=" + dana.code(), sam)
                .select("input[name=resource]")
                .first()
                .val();
        String path = does(dana.path() + "/referrals/new", "need", "Something warm", "resource", meals, "when", "week");
        String inDirectory = inDirectory(meals);
        Document page = open(path, sam);
        assertThat(page.select("#agencyPhone").val()).isEqualTo("905 555 0111");
        String version = page.select("input[name=version]").val();

        for (String[] bad : List.of(
                new String[] {"agencyEmail", "kitchen@northside", "This is no e-mail address."},
                new String[] {"agencyPhone", "ask for Lou", "This is no telephone number."},
                new String[] {"agencyPhone", "12", "This is no telephone number."})) {
            MockHttpServletResponse refused =
                    send(path, sam, "version", version, "clientEmail", "true", bad[0], bad[1]);
            assertThat(refused.getStatus()).as(bad[1]).isEqualTo(400);
            assertThat(read(refused).select("#" + bad[0] + "-error").text()).startsWith(bad[2]);
            assertThat(read(refused).select("#" + bad[0]).val()).isEqualTo(bad[1]);
        }
        String referral = path.replace("/send", "");
        assertThat(open(referral, sam).text()).contains("905 555 0111").doesNotContain("corrected");
        does(
                path,
                "version",
                version,
                "clientEmail",
                "true",
                "agency",
                "true",
                "agencyEmail",
                "kitchen@northside.example",
                "agencyPhone",
                "905 555 0199 ext. 4",
                "language",
                "en");
        walks.clockwork.runDueJobs();

        assertThat(walks.jdbc
                        .sql("select address from message where recipient = 'agency'")
                        .query(String.class)
                        .single())
                .isEqualTo("kitchen@northside.example");
        assertThat(walks.jdbc
                        .sql("select body_text from message where recipient = 'client'")
                        .query(String.class)
                        .single())
                .as("what stands over the door, and where it is")
                .contains("Northside Hall, 1 Elm St");
        assertThat(walks.jdbc
                        .sql("select html from letter where case_code = :case and recipient = 'client'")
                        .param("case", dana.code())
                        .query(String.class)
                        .single())
                .contains("905 555 0199 ext. 4")
                .doesNotContain("905 555 0111");
        assertThat(open(referral, sam).text())
                .contains("Agency’s address or number corrected", "905 555 0111 → 905 555 0199 ext. 4");
        assertThat(open(path, sam).select("#agencyEmail").val()).isEqualTo("kitchen@northside.example");
        assertThat(inDirectory(meals)).isEqualTo(inDirectory);
        assertThat(walks.jdbc
                        .sql("select count(*) from activity where action = 'referral.agency-corrected'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private String inDirectory(String resource) {
        return walks.jdbc
                .sql("select r::text from directory_resource r where id = :id")
                .param("id", Long.parseLong(resource))
                .query(String.class)
                .single();
    }

    /** The worker read them in their language; once the hours are others, what was kept stands as it was read. */
    @Test
    void writesTheHoursInTheClientsLanguage() throws Exception {
        directory.plant(york.project());
        CaseSummary file = walks.fixtures
                .aClient(york.project())
                .speaking("es")
                .consentingTo(Channel.EMAIL)
                .openCaseFor(sam);
        String search = "/directory/choices?project=" + york.project().id() + "&find-q=warm+suppers";
        String meals = open(search, sam).select("input[name=resource]").val();
        String path = does(file.path() + "/referrals/new", "need", "Algo caliente", "resource", meals, "when", "week");

        assertThat(open(path.replace("/send", ""), sam).text()).contains("Mon.–Fri. 17:00–19:00");
        assertThat(open(path, sam).select(".referral-preview").first().text())
                .containsPattern("lun\\.?–vie\\.? 17:00–19:00")
                .doesNotContain("Fri.");
        walks.jdbc
                .sql("update directory_resource set hours = '[]' where name = 'Hot meals'")
                .update();
        assertThat(open(path, sam).select(".referral-preview").first().text()).contains("Mon.–Fri. 17:00–19:00");
    }

    /** Every condition of the search, there as here; what was typed and looked for is still there after a look at a resource. */
    @Test
    void choosesAResourceByEveryConditionAndKeepsWhatWasTyped() throws Exception {
        directory.plant(york.project());
        CaseSummary dana = york.dana();
        String path = dana.path() + "/referrals/new";
        Document form = open(path, sam);
        assertThat(form.select("[data-find] [name]").eachAttr("name"))
                .containsExactly("find-q", "find-need", "find-area", "find-language", "find-open");
        String search = form.select("[data-find]").attr("hx-get");
        String language = form.select("#find-language option").last().val();
        assertThat(names(search + "&find-area=newmarket")).containsExactly("Food bank", "Hot meals");
        assertThat(names(search + "&find-area=newmarket&find-language=so")).containsExactly("Hot meals");
        assertThat(names(search + "&find-language=" + language)).isNotEmpty();
        assertThat(names(search + "&find-open=now")).as("Monday morning").isEmpty();

        drafts.keep(
                sam,
                path,
                Map.of("need", "Something warm", "when", "month", "find-area", "newmarket", "resource", "999999"));
        Document choices = open(search + "&find-language=so", sam);
        Document meals = open(choices.select(".resource-all").attr("href"), sam);
        assertThat(meals.select(".crumbs a").eachAttr("href")).containsExactly(dana.path(), path);
        Document back = open(meals.select("a[href*=resource]").attr("href"), sam);

        assertThat(back.select("#need").val()).isEqualTo("Something warm");
        assertThat(back.select("input[name=when][checked]").val()).isEqualTo("month");
        assertThat(back.select("#find-area").val()).isEqualTo("newmarket");
        assertThat(back.select("[data-find]").attr("hx-trigger")).startsWith("load");
        assertThat(back.select("input[name=resource][checked]").val())
                .isEqualTo(choices.select("input[name=resource]").val());
        assertThat(back.select(".resource-choices strong").text()).isEqualTo("Northside House, Hot meals");
    }

    private List<String> names(String choices) throws Exception {
        return open(choices, sam).select(".resource-choice strong").eachText();
    }

    /** From the directory's own page: among one's own open cases of the network that knows the resource. */
    @Test
    void refersFromTheResourcesOwnPage() throws Exception {
        directory.plant(york.project());
        CaseSummary dana = york.dana();
        CaseSummary closed =
                walks.fixtures.aClient(york.project()).named("Closed", "Case").openCaseFor(sam);
        walks.cases.close(closed.code(), "withdrawn", york.supervisor());
        walks.fixtures.aClient(york.project()).named("Somebody", "Else’s").openCaseFor(york.coordinator());
        Project peru = walks.fixtures.aProjectInPeru();
        users.grant(sam, peru.id(), Role.CASEWORKER, UserId.SYSTEM);
        walks.fixtures.aClient(peru).named("Far", "Away").openCaseFor(sam);
        String resource = open("/directory?q=warm+suppers", sam)
                .select(".resource-head a")
                .first()
                .attr("href");
        UserId reception = walks.fixtures.aPerson("Rita Desk", york.project(), Role.RECEPTION);
        assertThat(open(resource, reception).select("a[href$=refer]")).isEmpty();
        assertThat(ask(resource + "/refer", reception).getStatus()).isEqualTo(403);
        assertThat(ask("/directory/999999/refer", sam).getStatus()).isEqualTo(404);

        Document choice =
                open(open(resource, sam).select(".page-head a.btn-primary").attr("href"), sam);

        assertThat(choice.select(".rows a").eachText()).containsExactly("Dana Whitfield");
        Document form = open(choice.select(".rows a").attr("href"), sam);
        assertThat(form.select("form.card").attr("action")).isEqualTo(dana.path() + "/referrals/new");
        assertThat(form.select("input[name=resource][checked]")).hasSize(1);
        assertThat(open(resource + "/refer", york.supervisor()).select("main").text())
                .contains("You have no open case to refer");
    }

    /** Areas are only names: this warns where nothing the directory knows puts the client there, and refuses nothing. */
    @Test
    void warnsWhereTheClientSeemsToLiveOutsideTheAreaServed() throws Exception {
        directory.plant(york.project());
        String near = inTown("Newmarket ON L3Y 1A1").code();
        String far = inTown("Thunder Bay, ON P7B 5E1").code();
        String nowhere = york.dana().code();
        String search = "/directory/choices?find-q=warm+suppers&case=";

        assertThat(open(search + near, sam).select(".resource-doubt")).isEmpty();
        assertThat(open(search + nowhere, sam).select(".resource-doubt")).isEmpty();
        Document doubtful = open(search + far, sam);
        assertThat(doubtful.select(".resource-doubt").text())
                .isEqualTo(
                        "Serves York Region. As far as the directory tells, Dana Whitfield lives elsewhere: ask first.");
        String page = doubtful.select(".resource-all").attr("href");
        assertThat(open(page, sam).select(".notice-soon").text()).contains("Serves York Region.");
        assertThat(open(page.replace(far, near), sam).select("main").text()).doesNotContain("lives elsewhere");
        Document chosen =
                open(open(page, sam).select(".page-head a.btn-primary").attr("href"), sam);
        assertThat(chosen.select(".resource-doubt").text()).contains("Serves York Region.");
        String resource = chosen.select("input[name=resource]").val();
        assertThat(does(
                        "/cases/" + far + "/referrals/new",
                        "need",
                        "Something warm",
                        "resource",
                        resource,
                        "when",
                        "week"))
                .endsWith("/send");
        assertThat(ask(
                                search + far,
                                walks.fixtures.aPerson("Out Sider", walks.fixtures.aProjectInPeru(), Role.CASEWORKER))
                        .getStatus())
                .isEqualTo(404);
    }

    /** What another network's directory serves answers nothing here; that of one's own does. */
    @Test
    void asksOnlyOnesOwnDirectoriesWhereAClientIsServed() throws Exception {
        directory.plant(york.project());
        String far = inTown("Thunder Bay, ON P7B 5E1").code();
        String search = "/directory/choices?find-q=warm+suppers&case=" + far;
        String area = "update directory_resource set area = 'york region thunder bay' where name = 'Ascolto'";
        Project ayacucho = walks.fixtures.aProjectInPeru();
        directory.plant(ayacucho);
        String theirs = area + " and project_id = " + ayacucho.id().value();
        assertThat(walks.jdbc.sql(theirs).update()).isPositive();

        assertThat(open(search, sam).select(".resource-doubt")).hasSize(1);
        users.grant(sam, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        assertThat(open(search, sam).select(".resource-doubt"))
                .as("somebody who may search there")
                .isEmpty();
        users.revoke(sam, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        walks.jdbc.sql(area).update();
        assertThat(open(search, sam).select(".resource-doubt")).isEmpty();
    }

    /** Whoever works in two networks sees both directories, and refers a case to what its own network knows. */
    @Test
    void refersNoCaseToTheDirectoryOfAnotherNetwork() throws Exception {
        Project ayacucho = walks.fixtures.aProjectInPeru();
        directory.plant(ayacucho);
        users.grant(sam, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        String theirs = open("/directory/choices?q=warm+suppers", sam)
                .select("input[name=resource]")
                .val();
        assertThat(theirs).isNotEmpty();
        CaseSummary dana = york.dana();
        String path = dana.path() + "/referrals/new";

        assertThat(open(path + "?resource=" + theirs, sam).select("input[name=resource][checked]"))
                .isEmpty();
        assertThat(send(path, sam, "need", "Something warm", "resource", theirs, "when", "week")
                        .getStatus())
                .isEqualTo(400);
        assertThat(walks.referrals.of(dana, null, 10)).isEmpty();
    }

    /** Nobody is led to a form that refuses: neither for a case of another network nor where they refer nobody. */
    @Test
    void offersToReferOnlyWhereItWorks() throws Exception {
        Project ayacucho = walks.fixtures.aProjectInPeru();
        directory.plant(ayacucho);
        users.grant(sam, ayacucho.id(), Role.RECEPTION, UserId.SYSTEM);
        String theirs = open("/directory?q=warm+suppers", sam)
                .select(".resource-head a")
                .attr("href");
        directory.plant(york.project());
        String ours = open(
                        "/directory/choices?q=warm+suppers&project="
                                + york.project().id(),
                        sam)
                .select(".resource-all")
                .attr("href")
                .replaceFirst("\\?.*", "");
        String dana = york.dana().code();

        assertThat(refers(theirs)).isEmpty();
        assertThat(refers(theirs + "?case=" + dana)).isEmpty();
        assertThat(refers(ours)).isEqualTo(ours + "/refer");
        assertThat(refers(ours + "?case=" + dana)).startsWith("/cases/" + dana + "/referrals/new?resource=");
        users.grant(sam, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        assertThat(refers(theirs)).isEqualTo(theirs + "/refer");
        assertThat(refers(theirs + "?case=" + dana))
                .as("the case of another network")
                .isEmpty();
    }

    private String refers(String resource) throws Exception {
        return open(resource, sam).select(".page-head a.btn-primary").attr("href");
    }

    /** However many areas a service names, the last of them is asked too; of a doubtful one some are named. */
    @Test
    void asksEveryAreaThatIsServed() throws Exception {
        StringBuilder wards = new StringBuilder("Agency,Service,Area\n");
        wards.append("Wards,Home visits,\"");
        for (int ward = 1000; ward < 2300; ward++) {
            wards.append("Ward ").append(ward).append("; ");
        }
        wards.append("Thunder Bay\"\n");
        directory.plant(york.project(), wards.toString());
        String search = "/directory/choices?find-q=home+visits&case=";

        assertThat(open(search + inTown("Thunder Bay, ON P7B 5E1").code(), sam).select(".resource-choice strong"))
                .hasSize(1);
        assertThat(open(search + inTown("Thunder Bay, ON P7B 5E1").code(), sam).select(".resource-doubt"))
                .isEmpty();
        assertThat(open(search + inTown("Newmarket ON L3Y 1A1").code(), sam)
                        .select(".resource-doubt")
                        .text())
                .startsWith("Serves Thunder Bay, Ward 1000, Ward 1001, Ward 1002, Ward 1003 and 1,296 more.");
    }

    private CaseSummary inTown(String town) {
        CaseSummary dana = york.dana();
        profiles.addContactPoint(
                dana, new NewContactPoint(ContactKind.ADDRESS, "12 Elm Street, " + town, "", true, true), sam);
        return dana;
    }

    @Test
    void refersOnceHoweverOftenTheFormIsSent() throws Exception {
        CaseSummary dana = york.dana();
        String path = dana.path() + "/referrals/new";
        String key = open(path, sam).select("input[name=requestKey]").val();

        String[] typed = {"need", "Help", "organization", "Legal Aid York", "when", "week", "requestKey", key};
        String first = does(path, typed);
        assertThat(does(path, typed)).isEqualTo(first);
        typed[1] = "Something else";
        assertThat(does(path, typed)).isNotEqualTo(first);

        assertThat(walks.jdbc
                        .sql("select count(*) from referral")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeAReferral() throws Exception {
        CaseSummary dana = york.dana();
        String path = dana.path() + "/referrals/new";
        for (String[] bad : new String[][] {
            {"need", "", "organization", "Legal Aid", "when", "week"},
            {"need", "Help", "organization", " ", "when", "week"},
            {"need", "Help", "organization", "Legal Aid", "when", "day", "day", "2026-11-22"},
            {"need", "Help", "organization", "Legal Aid", "when", "day", "day", "soon"},
            {"need", "Help", "organization", "Legal Aid"},
            {"need", "Help", "organization", "Legal Aid", "when", "week", "email", "a b@example.org"},
            {"need", "Help", "organization", "Legal Aid", "when", "week", "email", "a@example.org\r\nBcc: b@example.org"
            },
            {"need", "x".repeat(301), "organization", "Legal Aid", "when", "week"},
            {"need", "Help", "organization", "x".repeat(201), "when", "week"}
        }) {
            MockHttpServletResponse refused = send(path, sam, bad);
            assertThat(refused.getStatus()).as(String.join(" ", bad)).isEqualTo(400);
            assertThat(read(refused).select(".field-error"))
                    .as(String.join(" ", bad))
                    .isNotEmpty();
        }
        assertThat(walks.referrals.of(dana, null, 10)).isEmpty();
        walks.cases.close(dana.code(), "withdrawn", york.supervisor());
        assertThat(ask(path, sam).getStatus()).isEqualTo(409);
    }

    @Test
    void showsTheWordsBeforeTheyGoOutAndOffersNoUnlawfulWay() throws Exception {
        CaseSummary file = walks.fixtures
                .aClient(york.project())
                .speaking("es")
                .consentingTo(Channel.EMAIL)
                .refusing(Channel.SMS)
                .openCaseFor(sam);
        Walk dana = york.refer(file, "2026-12-07");
        String path = dana.referral().path() + "/send";

        Document page = open(path, sam);

        assertThat(page.select("input[type=checkbox]").eachAttr("name"))
                .containsExactly("clientEmail", "agency", "namesClient");
        assertThat(page.text()).contains("E-mail to dana.w@example.org", "No text message: refused");
        String correct = page.select("a[href*=/contact-points/]").attr("href");
        assertThat(open(correct, sam).select("#value").val()).isEqualTo("dana.w@example.org");
        assertThat(page.select(".referral-preview").eachAttr("lang")).containsExactly("es", "en", "es", "it");
        assertThat(page.select(".referral-preview").get(0).text())
                .contains("Un servicio que puede ayudarle", "Hola, Dana Whitfield", "Legal Aid York");
        assertThat(page.select(".referral-preview").get(1).text())
                .contains("http://localhost:8080/referral-link/…")
                .doesNotContain("Dana");
        assertThat(page.select("#agencyEmail").val()).isEqualTo("intake@legal-aid.example");

        String version = page.select("input[name=version]").val();
        assertThat(send(path, sam, "version", version).getStatus()).isEqualTo(400);
        assertThat(send(path, sam, "version", version, "clientSms", "true").getStatus())
                .isEqualTo(400);
        assertThat(send(path, sam, "version", version, "agency", "true", "agencyEmail", "none")
                        .getStatus())
                .isEqualTo(400);
        does(
                path,
                "version",
                version,
                "clientEmail",
                "true",
                "agency",
                "true",
                "agencyEmail",
                "other@legal-aid.example",
                "language",
                "it");
        assertThat(send(path, sam, "version", version, "clientEmail", "true").getStatus())
                .isEqualTo(409);
        walks.clockwork.runDueJobs();

        assertThat(open(dana.referral().path(), sam)
                        .select("section[aria-labelledby=sent]")
                        .text())
                .contains("E-mail to the client", "E-mail to the agency", "it was written to a file, not sent")
                .contains("The agency’s link works until");
        walks.jdbc
                .sql("update referral_link set expires_at = now() - interval '2 days' where referral_id = :id")
                .param("id", dana.id())
                .update();
        assertThat(open(dana.referral().path(), sam)
                        .select("section[aria-labelledby=sent]")
                        .text())
                .as("nobody answers by it any more, and whoever waits for that reads so")
                .contains("The agency’s link worked until", "cannot answer by it any more", "brings a new one")
                .doesNotContain("Take the link back");
        UserId ada = walks.fixtures.aPerson("Ada Admin", york.project(), Role.ADMIN);
        String admin = "/admin/projects/" + york.project().key() + "/referrals";
        String kept = open(admin, ada).select("input[name=version]").val();
        assertThat(send(admin, ada, "bySms", "true", "version", kept).getStatus())
                .isEqualTo(302);
        assertThat(open(dana.referral().path(), sam)
                        .select("section[aria-labelledby=sent]")
                        .text())
                .as("no e-mail to an agency, no new link")
                .contains("cannot answer by it any more")
                .doesNotContain("brings a new one");
        assertThat(walks.jdbc
                        .sql("select address || ' ' || language from message where recipient = 'agency'")
                        .query(String.class)
                        .single())
                .isEqualTo("other@legal-aid.example it");
        assertThat(open(dana.file().path(), sam).select("#letters").text())
                .contains("Referral to a service", "Request to the agency");
    }

    @Test
    void recordsAResultAndTellsTheSlowerOfTwoWhatTheOtherSaved() throws Exception {
        Walk dana = york.refer();
        String path = dana.referral().path();
        String[] result = {"status", "accepted", "outcome", "unknown", "when", "week", "version", "0"};
        assertThat(send(path, sam, "status", "sent-by-pigeon", "outcome", "unknown", "version", "0")
                        .getStatus())
                .isEqualTo(400);
        does(path, result);

        MockHttpServletResponse second =
                send(path, york.supervisor(), "status", "failed", "outcome", "no-show", "version", "0");

        assertThat(second.getStatus()).isEqualTo(409);
        assertThat(read(second).text()).contains("Accepted", "Came to nothing");
        String version = open(path, sam).select("input[name=version]").val();
        does(path, "status", "completed", "outcome", "attended", "version", version, "note", "All went well");
        assertThat(open(path, sam).text()).contains("Nothing is left to do about this referral.", "All went well");
        assertThat(send(path, sam, result).getStatus()).isEqualTo(409);
    }

    @Test
    void isForThoseWhoMaySeeIt() throws Exception {
        Walk dana = york.refer();
        String list = dana.file().path() + "/referrals";
        UserId manager = walks.fixtures.aPerson("Mo", york.project(), Role.MANAGER);
        UserId privacy = walks.fixtures.aPerson("Pia Lund", york.project(), Role.PRIVACY);
        UserId colleague = walks.fixtures.aPerson("Tom Reyes", york.project(), Role.CASEWORKER);
        UserId stranger =
                walks.fixtures.aPerson("Eve", walks.fixtures.aProjectInItaly(), Role.CASEWORKER, Role.SUPERVISOR);

        for (String path : List.of(list, dana.referral().path(), dana.referral().path() + "/send", list + "/new")) {
            assertThat(ask(path, stranger).getStatus()).as(path).isEqualTo(404);
            assertThat(ask(path, manager).getStatus()).as(path).isIn(403, 404);
            assertThat(ask(path, colleague).getStatus()).as(path).isEqualTo(200);
        }
        assertThat(ask(dana.referral().path(), privacy).getStatus()).isEqualTo(200);
        assertThat(open(list, privacy).select("a[href$=/referrals/new]")).isEmpty();
        assertThat(ask(list + "/new", privacy).getStatus()).isEqualTo(403);
        assertThat(walks.jdbc
                        .sql("select count(*) from read_access where subject = 'referral' and by_account = :privacy")
                        .param("privacy", privacy.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        profiles.protect(dana.file(), "hides from a stalker", york.supervisor());
        for (String path : List.of(dana.referral().path(), dana.referral().path() + "/send", list + "/new")) {
            assertThat(ask(path, colleague).getStatus()).as(path).isEqualTo(403);
        }
        assertThat(ask(list, colleague).getStatus()).isEqualTo(404);
        assertThat(ask(dana.referral().path(), sam).getStatus()).isEqualTo(200);
        assertThat(open(dana.referral().path() + "/send", sam).select("input[name=namesClient]"))
                .isEmpty();
    }

    @Test
    void standsOnTheDayItIsDueAndIsLateAfterIt() throws Exception {
        Walk dana = york.refer();
        assertThat(open("/", sam).select("#today-referrals")).isEmpty();

        dana.moveTo("2026-12-07T08:00");
        assertThat(open("/", sam).select("#today-referrals").text())
                .contains("Legal Aid York", "today, end of day", dana.code());
        assertThat(open("/", york.supervisor()).select("#today-referrals")).isEmpty();
        dana.moveTo("2026-12-08T10:00");

        assertThat(open("/", sam).select("#today-referrals .chip-late").text()).contains("Follow-up late");
        assertThat(open("/tasks", sam).text()).contains("Follow up the referral");
        Document task = open("/tasks/" + dana.task().id(), sam);
        assertThat(task.select("section[aria-labelledby=referral-beside]").text())
                .contains("Legal Aid York", "905 555 0160", "Help against an eviction", "She is ashamed of it");
    }

    @Test
    void takesFewStatementsHoweverManyThereAre() throws Exception {
        CaseSummary one = york.dana();
        york.refer(one, "2026-12-07").send(ReferralWalk.BY_EMAIL);
        CaseSummary many = york.dana();
        for (int times = 0; times < 8; times++) {
            york.refer(many, "2026-12-07").send(ReferralWalk.BY_EMAIL, ReferralWalk.BY_SMS);
        }
        List<String> first = paths(one);
        List<String> second = paths(many);
        for (int at = 0; at < first.size(); at++) {
            open(first.get(at), sam);
            List<String> few = statements(first.get(at));
            List<String> all = statements(second.get(at));

            assertThat(all)
                    .as(second.get(at) + "\n" + String.join("\n--\n", all))
                    .hasSizeLessThanOrEqualTo(MOST);
            assertThat(all.size() - few.size()).as(second.get(at)).isLessThanOrEqualTo(1);
        }
    }

    private List<String> paths(CaseSummary file) {
        String referral = walks.referrals.of(file, null, 1).get(0).path();
        return List.of(file.path() + "/referrals", referral, referral + "/send", file.path() + "/referrals/new");
    }

    private List<String> statements(String path) throws Exception {
        List<String> statements = new ArrayList<>(SqlCount.during(() -> open(path, sam)));
        statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));
        return statements;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        Walk dana = york.refer().send(ReferralWalk.BY_EMAIL, ReferralWalk.toAgency(true));
        dana.record("accepted", "unknown", "2026-12-01");
        Walk done = york.refer(dana.file(), "2026-12-07").record("completed", "attended", "");
        dana.moveTo("2026-12-02T10:00");
        users.chooseLocale(sam, Locale.forLanguageTag(language));
        String list = dana.file().path() + "/referrals";

        for (String path : List.of(
                list,
                list + "/new",
                dana.referral().path() + "/reminders/new",
                dana.referral().path(),
                done.referral().path(),
                dana.referral().path() + "/send",
                dana.file().path() + "/activity",
                dana.file().path() + "/deadlines",
                "/tasks/" + dana.task().id(),
                "/",
                "/notices")) {
            assertThat(open(path, sam).outerHtml()).as(path).doesNotContain("??");
        }
    }

    @Test
    void saysBeforeManyAreClosedWhichStillWaitForAReferral() throws Exception {
        Walk dana = york.refer();
        walks.jdbc
                .sql("update project set closing_conditions = '{referrals}' where id = :id")
                .param("id", york.project().id().value())
                .update();
        String closed = walks.jdbc
                .sql("select id from project_status where project_id = :id and key = 'closed'")
                .param("id", york.project().id().value())
                .query(String.class)
                .single();

        MockHttpServletResponse chosen = send(
                york.project().path() + "/cases/bulk",
                york.supervisor(),
                "do",
                "status",
                "what",
                closed,
                "because",
                "withdrawn",
                "case",
                String.valueOf(dana.file().id().value()));

        assertThat(chosen.getStatus()).isEqualTo(302);
        assertThat(open(String.valueOf(chosen.getRedirectedUrl()), york.supervisor())
                        .select(".bulk-reasons li")
                        .text())
                .isEqualTo("1 Something has to be done before it can be closed: see the case");
    }

    @Test
    void showsAllRemindersOfAReferralUnderIt() throws Exception {
        Walk dana = york.refer();
        String path = dana.referral().path();
        Document form = open(path + "/reminders/new", sam);
        assertThat(send(path + "/reminders/new", sam, "text", " ", "when", "week")
                        .getStatus())
                .isEqualTo(400);
        assertThat(send(path + "/reminders/new", sam, "text", "x", "when", "day", "day", "2026-11-22")
                        .getStatus())
                .isEqualTo(400);
        String[] typed = {
            "text",
            "Ask for the papers",
            "when",
            "week",
            "requestKey",
            form.select("input[name=requestKey]").val()
        };
        assertThat(does(path + "/reminders/new", typed)).isEqualTo(path);
        assertThat(does(path + "/reminders/new", typed)).isEqualTo(path);

        Document list = open(dana.file().path() + "/referrals", sam);
        assertThat(list.select("#referrals summary").text()).contains("1 follow-up, 1 reminder");
        // The reminder of Monday 30 November comes before the follow-up of Monday 7 December.
        assertThat(list.select("#referrals .referral-lines").first().text())
                .matches("Reminder end of Mon 30 Nov Ask for the papers Done.*Follow-up Follow up end of Mon 7 Dec");
        String other = york.refer(dana.file(), "2026-12-07").referral().path();
        assertThat(does(other + "/reminders/new", typed))
                .as("the same key under another referral")
                .isEqualTo(other);
        assertThat(open(other, sam)
                        .select("section[aria-labelledby=follow-ups] li")
                        .text())
                .contains("Ask for the papers");
        dana.moveTo("2026-12-01T10:00");
        assertThat(open(path, sam).select(".chip-late").text()).isEqualTo("Late: end of Mon 30 Nov");
        Document page = open(path, sam);
        String finish = page.select("form[action$=/done]").attr("action");
        assertThat(does(finish, "from", page.select("input[name=from]").val())).isEqualTo(path);
        dana.record("completed", "attended", "");

        assertThat(open(path, sam)
                        .select("section[aria-labelledby=follow-ups] li")
                        .eachText())
                .containsExactly(
                        "Follow-up Done Tue 1 Dec, Sam Bouchard planned for Mon 7 Dec Completed · client: Went there",
                        "Reminder Done Tue 1 Dec, Sam Bouchard planned for Mon 30 Nov Ask for the papers");
        assertThat(does(finish, "from", "https://example.org/"))
                .isEqualTo(dana.file().path());
        UserId privacy = walks.fixtures.aPerson("Pia Lund", york.project(), Role.PRIVACY);
        assertThat(open(path, privacy).text()).doesNotContain("Ask for the papers");
    }

    @Test
    void speaksInTheProjectsOwnWords() throws Exception {
        UserId ada = walks.fixtures.aPerson("Ada Admin", york.project(), Role.ADMIN);
        String admin = "/admin/projects/" + york.project().key() + "/referrals";
        Walk dana = york.refer();
        String path = dana.referral().path();
        assertThat(open(path, sam)
                        .select("section[aria-labelledby=record] details")
                        .text())
                .contains("This project has no kinds of follow-up yet.", "Ada Admin can set the words and choices");

        String[] accepted = {"nameEn", "They said yes", "nameEs", "", "nameIt", "", "offered", "true", "version", "0"};
        assertThat(send(admin + "/status.accepted", ada, accepted).getStatus()).isEqualTo(302);
        assertThat(send(admin + "/status.accepted", ada, accepted).getStatus())
                .as("somebody was faster")
                .isEqualTo(409);
        for (String option : List.of("status.failed", "outcome.declined", "status.completed")) {
            assertThat(send(admin + "/" + option, ada, "nameEn", "", "nameEs", "", "nameIt", "", "version", "0")
                            .getStatus())
                    .isEqualTo(302);
        }
        String[] call = {
            "nameEn",
            "Phone call",
            "nameEs",
            "Llamada",
            "nameIt",
            "Telefonata",
            "template",
            "Did you go? ",
            "position",
            "1",
            "offered",
            "true"
        };
        assertThat(send(admin + "/new", ada, call).getStatus()).isEqualTo(302);
        assertThat(send(admin + "/new", ada, call).getStatus())
                .as("the name is taken")
                .isEqualTo(400);
        assertThat(ask(admin + "/status.lost", ada).getStatus()).isEqualTo(404);
        assertThat(ask(admin + "/kind.lost", ada).getStatus()).isEqualTo(404);
        assertThat(open(admin, ada).select("tbody").text())
                .contains("Accepted They said yes yes", "Came to nothing – no", "Completed – yes", "Phone call yes");

        Document page = open(path, sam);
        assertThat(page.select("#status option").eachText())
                .contains("They said yes", "Completed")
                .doesNotContain("Accepted", "Came to nothing");
        assertThat(page.select("#outcome label").eachText()).doesNotContain("Did not want it");
        assertThat(page.select("section[aria-labelledby=record] details").text())
                .contains("of where it stands: Came to nothing.", "of what the client did: Did not want it.");
        String begin = page.select("a[href*='?kind=']").attr("href");
        Document begun = open(begin.substring(0, begin.indexOf('#')), sam);
        assertThat(begun.select("#note").text()).isEqualTo("Did you go?");
        String kind = begun.select("input[name=kind][checked]").val();
        assertThat(kind).isNotEmpty();
        String[] failed = {"status", "failed", "outcome", "no-show", "version", "0"};
        assertThat(send(path, sam, failed).getStatus()).isEqualTo(400);
        String[] lost = {"status", "accepted", "outcome", "unknown", "kind", "999", "when", "week", "version", "0"};
        assertThat(send(path, sam, lost).getStatus()).isEqualTo(400);
        lost[5] = kind;
        does(path, lost);

        assertThat(open(dana.file().path() + "/referrals", sam)
                        .select("#referrals")
                        .text())
                .contains("Phone call Done Mon 23 Nov, Sam Bouchard", "They said yes · client: Not known")
                .doesNotContain("Accepted");
        dana.moveTo("2026-11-30T09:00");
        assertThat(open("/tasks/" + dana.task().id(), sam).html())
                .contains("They said yes")
                .doesNotContain("Came to nothing");
        assertThat(walks.jdbc
                        .sql("select count(*) from activity where action like 'project.referral-option-changed'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
    }

    /** Where a follow-up is a task, the project's kinds are offered as they are on the referral's own page, and no others. */
    @Test
    void offersTheProjectsKindsInTheTaskOfAFollowUp() throws Exception {
        UserId ada = walks.fixtures.aPerson("Ada Admin", york.project(), Role.ADMIN);
        Walk dana = york.refer().moveTo("2026-12-07T10:00");
        String task = "/tasks/" + dana.task().id();
        assertThat(open(task, sam)
                        .select("section[aria-labelledby=referral-beside]")
                        .text())
                .doesNotContain("Words with which a note may begin");
        long call = kind(ada, "Phone call", "Did you go? ");
        long letter = kind(ada, "Letter by post", "");
        walks.jdbc
                .sql("update referral_option set offered = false where id = :id")
                .param("id", letter)
                .update();

        Document page = open(task, sam);
        assertThat(page.html()).contains("Phone call").doesNotContain("Letter by post");
        assertThat(page.select("section[aria-labelledby=referral-beside]").text())
                .contains("Words with which a note may begin Phone call Did you go?");
        for (String refused : List.of(String.valueOf(letter), "999999", "x")) {
            assertThatThrownBy(() -> dana.followUpBy(refused))
                    .as(refused)
                    .isInstanceOfSatisfying(Tasks.Refused.class, refusal -> assertThat(refusal.errors())
                            .containsKey("kind"));
        }
        dana.followUpBy(String.valueOf(call));

        assertThat(open(dana.referral().path(), sam)
                        .select("section[aria-labelledby=follow-ups] li")
                        .text())
                .contains("Phone call Done Mon 7 Dec, Sam Bouchard");
    }

    private long kind(UserId ada, String name, String template) throws Exception {
        String admin = "/admin/projects/" + york.project().key() + "/referrals/new";
        String[] typed = {
            "nameEn", name, "nameEs", name, "nameIt", name, "template", template, "position", "1", "offered", "true"
        };
        assertThat(send(admin, ada, typed).getStatus()).isEqualTo(302);
        return walks.jdbc
                .sql("select id from referral_option where name_en = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    /** What is due on one day in two projects stands there in the words of each. */
    @Test
    void saysOnItsDayWhereItStandsInTheWordsOfItsProject() throws Exception {
        Project ayacucho = walks.fixtures.aProjectInPeru();
        users.grant(sam, ayacucho.id(), Role.CASEWORKER, UserId.SYSTEM);
        Walk here = york.refer().record("accepted", "unknown", "2026-12-01");
        Walk there = new Team(walks, ayacucho, sam, sam, sam).refer().record("accepted", "unknown", "2026-12-01");
        UserId ada = walks.fixtures.aPerson("Ada Admin", york.project(), Role.ADMIN);
        String[] accepted = {"nameEn", "They said yes", "nameEs", "", "nameIt", "", "offered", "true", "version", "0"};
        send("/admin/projects/" + york.project().key() + "/referrals/status.accepted", ada, accepted);

        here.moveTo("2026-12-01T10:00");

        Document today = open("/", sam);
        assertThat(today.select("#today-referrals li:contains(" + here.code() + ")")
                        .text())
                .contains("They said yes", "Follow up today");
        assertThat(today.select("#today-referrals li:contains(" + there.code() + ")")
                        .text())
                .contains("Accepted", "Follow up today");
    }

    @Test
    void sendsOnlyInTheWaysOfTheProject() throws Exception {
        UserId ada = walks.fixtures.aPerson("Ada Admin", york.project(), Role.ADMIN);
        String admin = "/admin/projects/" + york.project().key() + "/referrals";
        Walk dana = york.refer();
        String path = dana.referral().path();
        dana.ask(ReferralWalk.BY_EMAIL, ReferralWalk.toAgency(false));
        String version = open(admin, ada).select("input[name=version]").val();
        assertThat(send(admin, ada, "bySms", "true", "version", version).getStatus())
                .isEqualTo(302);
        assertThat(send(admin, ada, "version", version).getStatus()).isEqualTo(409);

        walks.clockwork.runDueJobs();
        assertThat(dana.messages()).as("asked for before").isEmpty();
        assertThat(dana.noticesOf(sam)).hasSize(2).containsOnly("referral-not-sent");
        Document page = open(path + "/send", sam);
        assertThat(page.select("input[type=checkbox]").eachAttr("name")).containsExactly("clientSms");
        assertThat(page.text())
                .contains(
                        "this project does not send referrals in this way", "Ada Admin can set the words and choices");
        String seen = page.select("input[name=version]").val();
        for (String box : List.of("clientEmail", "agency")) {
            assertThat(send(path + "/send", sam, box, "true", "agencyEmail", "a@agency.example", "version", seen)
                            .getStatus())
                    .as(box)
                    .isEqualTo(400);
        }
        does(path + "/send", "clientSms", "true", "version", seen);

        version = open(admin, ada).select("input[name=version]").val();
        send(admin, ada, "version", version);
        assertThat(does(
                        path.replaceFirst("[0-9]+$", "new"),
                        "need",
                        "Help",
                        "organization",
                        "Legal Aid",
                        "when",
                        "week"))
                .doesNotEndWith("/send");
        assertThat(ask(path + "/send", sam).getRedirectedUrl()).isEqualTo(path);
        assertThat(open(path, sam).select("a[href$=/send]")).isEmpty();
    }

    private MockHttpServletResponse ask(String path, UserId who) throws Exception {
        return mvc.perform(get(path).with(signedIn(who)).accept("text/html"))
                .andReturn()
                .getResponse();
    }

    private Document open(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = ask(path, who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return read(answer);
    }

    private MockHttpServletResponse send(String path, UserId who, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request =
                post(path).with(signedIn(who)).with(csrf()).accept("text/html");
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    /** As {@link #send} by Sam, and it is done; where it leads is returned. */
    private String does(String path, String... pairs) throws Exception {
        MockHttpServletResponse answer = send(path, sam, pairs);
        assertThat(answer.getStatus()).as(read(answer).select("main").text()).isEqualTo(302);
        return String.valueOf(answer.getRedirectedUrl());
    }

    private static Document read(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
