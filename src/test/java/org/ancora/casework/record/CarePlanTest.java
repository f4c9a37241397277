package org.ancora.casework.record;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** The care plan of a case (C-R9), from the pages on which it is written, signed and printed. */
@AncoraTest
class CarePlanTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Users users;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Pages pages;
    private UserId sam;
    private UserId tom;
    private UserId rita;
    private UserId pia;
    private CaseSummary dana;
    private String plan;

    @BeforeEach
    void aCase() {
        pages = new Pages(mvc);
        Project york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        pia = fixtures.aPerson("Pia Lund", york, Role.PRIVACY);
        dana = fixtures.aClient(york).openCaseFor(sam);
        plan = dana.path() + "/plan";
    }

    @Test
    void aGoalHasActionsWithTheirOwnersAndDays() throws Exception {
        String goal = goal("A flat of her own");
        action(goal, "Fill in the form", "client", "", "5");
        action(goal, "Write the reference", "other", "Maple Street Clinic", "none");
        pages.does(
                goal + "/actions/new",
                sam,
                "text",
                "Ring the landlord",
                "owner",
                "worker",
                "due",
                "day",
                "day",
                "2026-12-25");

        Document page = pages.open(plan, tom);

        List<String> lines = page.select(".plan-goal .notes > li").eachText();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("Fill in the form", "The client", "end of Mon 30 Nov", "Why this date?");
        assertThat(lines.get(1)).contains("Maple Street Clinic");
        // Christmas and Boxing Day are no office days, so Monday it is.
        assertThat(lines.get(2)).contains("Caseworker: Sam Bouchard", "end of Tue 29 Dec");
    }

    @Test
    void whatIsOverdueIsLateOnThePlanOnTheCaseAndToday() throws Exception {
        String goal = goal("A flat of her own");
        action(goal, "Fill in the form", "client", "", "5");
        clockwork.moveTo(Instant.parse("2026-12-01T15:00:00Z"));

        assertThat(pages.open(plan, sam).select(".chip-late").text()).isEqualTo("Late: end of Mon 30 Nov");
        assertThat(pages.open(dana.path(), sam).select("#reminders").text()).contains("Fill in the form", "Late");
        Document today = pages.open("/", sam);
        assertThat(today.select("#today-reminders").text()).contains("Fill in the form", dana.code());
        assertThat(pages.open("/", tom).select("#today-reminders")).isEmpty();
        assertThat(pages.open(dana.path(), rita).select("#reminders").text()).doesNotContain("Fill in the form");

        pages.does(today.select("#today-reminders form[action$=/done]").attr("action"), sam, "from", "today");

        assertThat(pages.open("/", sam).select("#today-reminders")).isEmpty();
        assertThat(pages.open(plan, sam).select(".plan-goal").text()).contains("Done");
        pages.does(actionPath() + "/open", sam);
        assertThat(pages.open(plan, sam).select(".chip-late")).isNotEmpty();
    }

    @Test
    void whatWasSignedStaysAsItWas() throws Exception {
        String goal = goal("A flat of her own");
        action(goal, "Fill in the form", "client", "", "5");
        sign("typed", "Dana Whitfield", "2026-11-23", "");
        assertThat(pages.open(plan, sam).text()).doesNotContain("Changed since");

        pages.does(goal, sam, "text", "A room of her own", "status", "open", "version", "0");

        assertThat(pages.open(plan, sam).text()).contains("A room of her own", "Changed since it was signed");
        assertThat(pages.open(plan + "/signed/1", tom).text())
                .contains("A flat of her own", "Fill in the form", "signed by Dana Whitfield on Mon 23 Nov 2026")
                .contains("Witnessed and recorded by Sam Bouchard")
                .doesNotContain("A room of her own");
        sign("paper", "Dana Whitfield", "2026-11-20", "Ruth W.");
        assertThat(pages.open(plan + "/signed/2", tom).text())
                .contains("A room of her own", "signed on paper", "Witnessed by Ruth W., recorded by Sam Bouchard");
        assertThatThrownBy(() -> jdbc.sql("update care_plan_signed set signed_by = 'Somebody'")
                        .update())
                .rootCause()
                .hasMessageContaining("append-only");
    }

    @Test
    void nobodySignsWhatTheyDidNotSee() throws Exception {
        String goal = goal("A flat of her own");
        String seen =
                pages.open(plan + "/sign", sam).select("input[name=version]").val();
        pages.does(goal, tom, "text", "A boat of her own", "status", "open", "version", "0");

        MockHttpServletResponse refused = pages.send(
                plan + "/sign", sam, "manner", "typed", "name", "Dana", "day", "2026-11-23", "version", seen);

        assertThat(refused.getStatus()).isEqualTo(409);
        Document page = Pages.read(refused);
        assertThat(page.text()).contains("A boat of her own", "changed meanwhile");
        assertThat(page.select("input[name=name]").val()).isEqualTo("Dana");
        assertThat(pages.open(plan, sam).select("#plan-signed")).isEmpty();
        pages.does(
                plan + "/sign",
                sam,
                "manner",
                "typed",
                "name",
                "Dana",
                "day",
                "2026-11-23",
                "version",
                page.select("input[name=version]").val());
    }

    @Test
    void twoPeopleOnOneActionSeeBothVersions() throws Exception {
        String goal = goal("A flat of her own");
        action(goal, "Fill in the form", "client", "", "none");
        String path = actionPath();
        pages.does(
                path,
                tom,
                "text",
                "Fill in the long form",
                "owner",
                "client",
                "due",
                "none",
                "status",
                "open",
                "version",
                "0");

        MockHttpServletResponse second = pages.send(
                path,
                sam,
                "text",
                "Fill in the form",
                "owner",
                "worker",
                "due",
                "none",
                "status",
                "open",
                "version",
                "0",
                "was.text",
                "Fill in the form",
                "was.owner",
                "client",
                "was.status",
                "open");

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = Pages.read(second);
        assertThat(both.text()).contains("Tom Reyes saved a change");
        assertThat(both.select("input[name=text][checked]").val()).isEqualTo("Fill in the long form");
        assertThat(both.select("input[name=owner][checked]").val()).isEqualTo("worker");
        assertThat(both.select("input[name=due]").val()).isEqualTo("none");
    }

    @Test
    void twoPeopleWhoSetTheReviewSeeBothDays() throws Exception {
        goal("A flat of her own");
        pages.does(plan + "/review", tom, "day", "2027-01-15", "seen", "");

        MockHttpServletResponse second = pages.send(plan + "/review", sam, "day", "2027-02-01", "seen", "");

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = Pages.read(second);
        assertThat(both.select("input[name=day]").eachAttr("value")).containsExactly("2027-01-15", "2027-02-01");
        pages.does(
                plan + "/review",
                sam,
                "day",
                "2027-02-01",
                "seen",
                both.select("input[name=seen]").val());
        assertThat(pages.open(plan, sam).select(".plan-review").text()).contains("Mon 1 Feb 2027");
    }

    @ParameterizedTest
    @CsvSource({
        "en, Care plan of Dana Whitfield, By when, As it stands on Mon 23 Nov 2026",
        "es, Plan de atención de Dana Whitfield, Para cuándo, Tal como está al lun 23 nov 2026",
        "it, Piano assistenziale di Dana Whitfield, Entro quando, Situazione al lun 23 nov 2026"
    })
    void isPrintedWithTheLetterheadInEachLanguage(String language, String title, String column, String asOf)
            throws Exception {
        String goal = goal("Una casa <b>de</b> Núñez");
        action(goal, "Fill in the form", "client", "", "5");

        MockHttpServletResponse paper = pages.ask(dana.path() + "/plan.pdf?language=" + language, pia);

        assertThat(paper.getContentType()).isEqualTo("application/pdf");
        assertThat(paper.getHeader("Content-Disposition")).contains(dana.code()).doesNotContain("Dana");
        try (PDDocument pdf = Loader.loadPDF(paper.getContentAsByteArray())) {
            String text = new PDFTextStripper().getText(pdf);
            assertThat(text)
                    .contains("York Support", title, column, asOf, "Una casa <b>de</b> Núñez", "Fill in the form");
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo(language);
            assertThat(pdf.getDocumentInformation().getTitle()).doesNotContain("Dana");
        }
        assertThat(jdbc.sql("select how from read_access where subject = 'care-plan'")
                        .query(String.class)
                        .list())
                .containsExactly("print");
    }

    @Test
    void aSignedVersionIsPrintedAsItWas() throws Exception {
        String goal = goal("A flat of her own");
        sign("typed", "Dana Whitfield", "2026-11-23", "");
        pages.does(goal, sam, "text", "A room of her own", "status", "open", "version", "0");

        MockHttpServletResponse paper = pages.ask(dana.path() + "/plan.pdf?language=en&version=1", tom);

        try (PDDocument pdf = Loader.loadPDF(paper.getContentAsByteArray())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("A flat of her own", "signed by Dana Whitfield")
                    .doesNotContain("A room");
        }
    }

    @Test
    void isReadByItsReadersAndWrittenByItsWriters() throws Exception {
        goal("A flat of her own");

        assertThat(pages.status(plan, rita)).isEqualTo(404);
        assertThat(pages.status(dana.path() + "/plan.pdf", rita)).isEqualTo(403);
        assertThat(pages.status(plan, pia)).isEqualTo(200);
        assertThat(pages.open(plan, pia).select(".plan-goal a, .plan-goal button"))
                .isEmpty();
        assertThat(pages.status(plan + "/goals/new", pia)).isEqualTo(403);
        assertThat(pages.status(plan + "/signed/1", pia)).isEqualTo(404);
    }

    @Test
    void refusesWhatCannotBeAPlan() throws Exception {
        assertThat(pages.status(plan + "/sign", sam)).isEqualTo(409);
        String goal = goal("A flat of her own");
        String action = goal + "/actions/new";
        refused(plan + "/goals/new", "text", " ");
        refused(action, "text", "", "owner", "client", "due", "5");
        refused(action, "text", "Call", "due", "5");
        refused(action, "text", "Call", "owner", "other", "due", "5");
        refused(action, "text", "Call", "owner", "client", "due", "day", "day", "soon");
        String version =
                pages.open(plan + "/sign", sam).select("input[name=version]").val();
        refused(plan + "/sign", "manner", "typed", "name", "", "day", "2026-11-23", "version", version);
        refused(plan + "/sign", "manner", "typed", "name", "D", "day", "2026-11-24", "version", version);
        refused(plan + "/sign", "name", "D", "day", "2026-11-23", "version", version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        String goal = goal("A flat of her own");
        action(goal, "Fill in the form", "client", "", "5");
        sign("paper", "Dana", "2026-11-23", "Ruth");
        pages.does(goal, sam, "text", "A room", "status", "reached", "version", "0");
        users.chooseLocale(sam, Locale.forLanguageTag(language));

        for (String path : List.of(
                plan,
                plan + "/goals/new",
                goal,
                goal + "/actions/new",
                actionPath(),
                plan + "/review",
                plan + "/sign",
                plan + "/signed/1",
                dana.path() + "/activity")) {
            assertThat(pages.open(path, sam).outerHtml()).as(path).doesNotContain("??");
        }
    }

    @Test
    void whatWasTypedOfAnActionIsThereAgainUntilItIsSaved() throws Exception {
        String place = goal("A flat of her own") + "/actions/new";
        draft(place, "{'text':'Ring the','owner':'other','ownerName':'The clinic','due':'20','version':'0'}");

        Document again = pages.open(place, sam);
        assertThat(again.select("textarea").text()).isEqualTo("Ring the");
        assertThat(again.select("input[name=owner][checked]").val()).isEqualTo("other");
        assertThat(again.select("input[name=ownerName]").val()).isEqualTo("The clinic");
        assertThat(again.select("input[name=due][checked]").val()).isEqualTo("20");
        assertThat(again.select(".notice").text()).contains("Mon 23 Nov, 9:10");
        assertThat(pages.open(place, tom).select("textarea").text()).isEmpty();

        pages.does(place, sam, "text", "Ring the clinic", "owner", "worker", "due", "5");
        assertThat(pages.open(place, sam).select("textarea").text()).isEmpty();
    }

    /** The draft remembers on what it was typed, so that it cannot overwrite what was saved meanwhile. */
    @Test
    void aDraftOfAnActionMeetsWhatWasSavedMeanwhile() throws Exception {
        action(goal("A flat of her own"), "Fill in the form", "client", "", "none");
        String path = actionPath();
        draft(
                path,
                "{'text':'Mine','owner':'client','due':'none','status':'open','version':'0','was.text':'Fill in the form'}");
        pages.does(path, tom, "text", "Theirs", "owner", "client", "due", "none", "status", "open", "version", "0");

        Document form = pages.open(path, sam);
        assertThat(form.select("textarea").text()).isEqualTo("Mine");
        assertThat(form.select("input[name=version]").val()).isEqualTo("0");
        assertThat(form.select("input[name=was.text]").val()).isEqualTo("Fill in the form");

        pages.does(path, sam, "text", "Both", "owner", "client", "due", "none", "status", "open", "version", "1");
        assertThat(pages.open(path, sam).select("textarea").text()).isEqualTo("Both");
    }

    private void draft(String place, String fields) throws Exception {
        assertThat(mvc.perform(MockMvcRequestBuilders.post("/drafts")
                                .contentType("application/json")
                                .content("{'place':'%s','fields':%s}"
                                        .formatted(place, fields)
                                        .replace('\'', '"'))
                                .with(signedIn(sam))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
    }

    private void refused(String path, String... pairs) throws Exception {
        MockHttpServletResponse answer = pages.send(path, sam, pairs);
        assertThat(answer.getStatus()).as(path + " " + String.join(" ", pairs)).isEqualTo(400);
        assertThat(Pages.read(answer).select(".error-summary")).isNotEmpty();
    }

    private String goal(String text) throws Exception {
        pages.does(plan + "/goals/new", sam, "text", text);
        return plan + "/goals/"
                + jdbc.sql("select max(id) from care_goal").query(Long.class).single();
    }

    private void action(String goal, String text, String owner, String name, String due) throws Exception {
        pages.does(goal + "/actions/new", sam, "text", text, "owner", owner, "ownerName", name, "due", due);
    }

    private String actionPath() {
        return plan + "/actions/"
                + jdbc.sql("select max(id) from care_action").query(Long.class).single();
    }

    private void sign(String manner, String name, String day, String witness) throws Exception {
        String version =
                pages.open(plan + "/sign", sam).select("input[name=version]").val();
        pages.does(
                plan + "/sign",
                sam,
                "manner",
                manner,
                "name",
                name,
                "day",
                day,
                "witness",
                witness,
                "version",
                version);
    }
}
