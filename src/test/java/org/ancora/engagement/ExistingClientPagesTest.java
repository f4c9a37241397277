package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Instant;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The pages on which the search for an existing client is begun, ended early and given more time, and where it is seen. */
@AncoraTest
class ExistingClientPagesTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    MockMvc web;

    @Autowired
    PatientPolicy patience;

    private Team york;
    private String published = "";

    @BeforeEach
    void aTeam() {
        york = walks.inOntario();
    }

    @AfterEach
    void withdraw() {
        if (!published.isEmpty()) {
            patience.withdraw(published);
        }
    }

    @Test
    void beginsFromTheCaseAndOnlyOnce() throws Exception {
        CaseSummary file = york.clientWithEverything().openCaseFor(york.worker());
        // Whoever is not in service yet cannot be lost: neither offered nor taken.
        assertThat(page(file.path(), york.worker(), "en").select("a[href$=/search/begin]"))
                .isEmpty();
        assertThat(page(file.path() + "/search/begin", york.worker(), "en")
                        .select(".notice")
                        .text())
                .contains("not in service yet");
        assertThat(send(file.path() + "/search/begin", york.worker(), "reason", "Missed two appointments")
                        .getStatus())
                .isEqualTo(409);
        assertThat(new Walk(york, file.code()).running()).isEmpty();

        walks.cases.admit(file.code(), york.worker());
        assertThat(page(file.path(), york.worker(), "en")
                        .select("a[href$=/search/begin]")
                        .text())
                .contains("Contact lost");

        assertThat(send(file.path() + "/search/begin", york.worker(), "reason", "")
                        .getStatus())
                .isEqualTo(400);
        assertThat(send(file.path() + "/search/begin", york.worker(), "reason", "Missed two appointments")
                        .getStatus())
                .isEqualTo(302);

        assertThat(new Walk(york, file.code()).open()).containsExactly("record-round");
        assertThat(page(file.path(), york.worker(), "en").select("a[href$=/search/begin]"))
                .isEmpty();
        assertThat(send(file.path() + "/search/begin", york.worker(), "reason", "Once more")
                        .getStatus())
                .isEqualTo(409);
        assertThat(send(file.path() + "/search/begin", york.reception(), "reason", "Not mine")
                        .getStatus())
                .isEqualTo(403);
    }

    /** The supervisor decided and set a date: nobody has to decide now, and the page says what comes then (A30). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HELD|en|waiting for the date that the supervisor set|Mon 14 Dec the supervisor decides again",
                "HELD|es|en espera del día que fijó|Lun 14 dic decide de nuevo",
                "UNTIL_ANOTHER_TRY|en|waiting for the date that the supervisor set|Mon 14 Dec one more round",
                "UNTIL_ANOTHER_TRY|it|in attesa del giorno fissato|Lun 14 dic un altro ciclo"
            })
    void sayUntilWhenTheSupervisorWaits(ExistingPlace place, String language, String now, String then)
            throws Exception {
        Walk dana = place.reach(york);

        Document page = page(dana.file().path(), york.worker(), language);

        assertThat(page.select("main").text())
                .contains(now, then)
                .doesNotContain("the client is away: the supervisor decides");
        assertThat(page.select("main div.window"))
                .as("no window of a step that is over")
                .isEmpty();

        walks.clockwork.moveTo(Instant.parse("2027-01-04T15:00:00Z"));
        assertThat(page(dana.file().path() + "/attempts", york.worker(), "en")
                        .select("tbody tr")
                        .first()
                        .text())
                .as("of last year")
                .contains("2026");
    }

    /** While it is tried again nobody decides: the caseworker calls, until a day, and the supervisor decides after that (A30). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Today – Wed 16 Dec extra round: Sam Bouchard calls the client | Wed 16 Dec the supervisor decides again | the supervisor: try again on Mon 14 Dec: “As talked over
            es | Hoy – mié 16 dic ronda adicional: Sam Bouchard llama al cliente | Mié 16 dic decide de nuevo | la supervisión: intentar de nuevo el lun 14 dic: «As talked over
            it | Oggi – mer 16 dic ciclo supplementare: Sam Bouchard chiama il cliente | Mer 16 dic decide di nuovo | la supervisione: riprovare lun 14 dic: «As talked over
            """)
    void sayWhoActsInTheExtraRoundAndUntilWhen(String language, String now, String then, String why) throws Exception {
        // Mon 14 Dec, 9:00: Tue 15, Wed 16.
        Walk dana = ExistingPlace.UNTIL_ANOTHER_TRY.reach(york).moveTo("2026-12-14T09:00");
        String task = "/tasks/" + dana.task("record-round").id();

        for (String each : new String[] {dana.file().path(), task}) {
            assertThat(timeline(each, language))
                    .as(each)
                    .contains(now, then, why)
                    .doesNotContain("decides how", "away: the", "ausente: decide", "assente: decide");
        }

        dana.moveTo("2026-12-17T10:00");
        assertThat(timeline(task, "en"))
                .as("late: since when is said by the task")
                .contains("Today extra round: Sam Bouchard calls the client", "Today the supervisor decides again");
        dana.finish("record-round", Said.callBackAt("2026-12-18T11:00"));
        assertThat(timeline(dana.file().path(), "en"))
                .contains("Today – tomorrow extra round: Sam Bouchard calls back as agreed");
        dana.moveTo("2026-12-18T11:00").finish("call-back", Said.STILL_NOBODY);
        assertThat(timeline(dana.file().path(), "en")).contains("Today the client is away: the supervisor decides");
    }

    /** Whoever was reached reads so later, in a line of "so far" and among the attempts, with the sign of a call. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | wants the service | Spoke with the client, who wants the service | declines | Spoke with the client, who declines
            es | desea el servicio | Se habló con el cliente: desea el servicio | no desea el servicio | Se habló con el cliente: no desea el servicio
            it | vuole il servizio | Parlato con il cliente: vuole il servizio | rifiuta | Parlato con il cliente: rifiuta
            """)
    void sayWhatTheClientWanted(String language, String brief, String wants, String briefly, String declines)
            throws Exception {
        Walk dana = york.lose().finish("record-round", Said.WANTS_SERVICE);
        Walk eli = york.lose()
                .toFamilyAtOnce()
                .finish("record-family-contact", Said.with(Said.family("spoke"), Map.of("spokeOutcome", "declines")));

        assertThat(timeline(dana.file().path(), language)).contains(": " + brief);
        assertThat(page(dana.file().path() + "/attempts", york.worker(), language)
                        .select("tbody")
                        .text())
                .contains(wants);
        assertThat(timeline(eli.file().path(), language)).contains(": " + briefly);
        Document attempts = page(eli.file().path() + "/attempts", york.worker(), language);
        assertThat(attempts.select("tbody tr").first().text()).contains(declines);
        assertThat(attempts.select("tbody tr").first().select("i.ti-phone")).hasSize(1);
    }

    /** Whoever goes on, or decides again, reads what was decided before, for how long and why (A30). */
    @Test
    void sayWhatWasDecidedAndWhy() throws Exception {
        Walk dana = york.lose()
                .toFamilyAtOnce()
                .finish(
                        "record-family-contact",
                        Said.with(Said.AWAY_SAYS_THE_FAMILY, Map.of("awayUntil", "2027-01-08")));
        assertThat(timeline("/tasks/" + dana.task("decide").id(), "en"))
                .contains(
                        "Today contact lost, search begun: “Missed two appointments”",
                        "Today said to be away until Fri 8 Jan 2027")
                .as("all in one minute, in the order in which it happened")
                .containsSubsequence("search begun", "first round", "family contact", "said to be away");

        dana.finish("decide", Said.decision("hold", "2026-12-14")).moveTo("2026-12-14T09:00");
        assertThat(timeline("/tasks/" + dana.task("decide").id(), "en"))
                .contains("Mon 23 Nov the supervisor: hold until Mon 14 Dec: “As talked over with the team”");

        assertThat(page(dana.file().path(), york.reception(), "en")
                        .select("ol.timeline")
                        .text())
                .as("why is as much as a note: whoever may not read those reads what was decided alone")
                .contains("the supervisor: hold until Mon 14 Dec", "said to be away")
                .doesNotContain("As talked over with the team");
        assertThat(page(dana.file().path(), york.another("Mo Vance", Role.MANAGER), "en")
                        .select("ol.timeline")
                        .text())
                .as("where the client is, only whoever may know the client")
                .contains("the supervisor: hold until Mon 14 Dec")
                .doesNotContain("said to be away", "As talked over with the team");

        UserId bo = york.another("Bo Nilsson");
        dana.finish("decide", Said.with(Said.decision("hand-over"), Map.of("worker", bo.toString())));
        Document task = page("/tasks/" + dana.task("record-family-contact").id(), bo, "en");
        assertThat(task.select("ol.timeline").text())
                .contains("Today the supervisor: another caseworker goes on: “As talked over with the team”");
    }

    /** What was counted last year says so, in the list and in "why this date?" (A-R11). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Mon 23 Nov 2026 – Tue 24 Nov 2026 set Mon 23 Nov 2026, 9:10 | counted from Mon 23 Nov 2026 | Mon 23 Nov 2026 – Tue 23 Feb set
            es | lun 23 nov 2026 – mar 24 nov 2026 | lun 23 nov 2026, 9:10 | lun 23 nov 2026 – mar 23 feb
            it | lun 23 nov 2026 – mar 24 nov 2026 | lun 23 nov 2026, 9:10 | lun 23 nov 2026 – mar 23 feb
            """)
    void bearTheYearOfDaysOfLastYear(String language, String window, String why, String ahead) throws Exception {
        Walk dana = york.lose().toWaitByInterval();
        String path = dana.file().path() + "/deadlines";
        assertThat(page(path, york.worker(), language).select("main").text()).doesNotContain("nov 2026", "Nov 2026");

        walks.clockwork.moveTo(Instant.parse("2027-01-04T15:00:00Z"));

        String text = page(path, york.worker(), language).select("main").text();
        assertThat(text)
                .containsIgnoringCase(window)
                .contains(why)
                .containsIgnoringCase(ahead)
                .doesNotContain("2027 set");
        assertThat(text).doesNotContainPattern("(?i)(nov|dec|dic)(?! 2026)\\b");
    }

    /** Whoever was just admitted and goes silent: the page says what stands in the way, and leads there (A22). */
    @Test
    void sayThatTheDocumentationComesFirstAndShowItOnTheCase() throws Exception {
        Walk dana = york.lose().finish("record-round", Said.WANTS_SERVICE).finish("admit", Said.CONTACT_ADMITTED);
        String path = dana.file().path();

        assertThat(page(path + "/search/begin", york.worker(), "en")
                        .select(".notice")
                        .text())
                .contains("Complete it first")
                .doesNotContain("already running");
        String task = "/tasks/" + dana.task("complete-documentation").id();
        assertThat(page(path, york.worker(), "en").select("main a[href=" + task + "]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void showTheLastDayAndWhyInThreeLanguages(String language) throws Exception {
        Walk dana = york.lose().moveTo("2026-11-30T10:00").toSecondRoundAtOnce();
        String path = dana.file().path();

        for (String each : new String[] {
            path,
            path + "/deadlines",
            path + "/search/end",
            path + "/search/lengthen",
            "/tasks/" + dana.task("record-round").id()
        }) {
            MockHttpServletResponse answer = answer(each, york.supervisor(), language);
            assertThat(answer.getStatus()).as(each).isEqualTo(200);
            assertThat(answer.getContentAsString()).as(each).doesNotContain("??");
        }
        String task = page("/tasks/" + dana.task("record-round").id(), york.worker(), "en")
                .select("section[aria-labelledby=search-last-day]")
                .text();
        assertThat(task)
                .contains(
                        "The client is sought until end of Fri 26 Feb 2027 at the latest.",
                        "counted from Mon 30 Nov",
                        "its last day counts: Sun 28 Feb 2027");
        assertThat(page(path, york.worker(), "en").text())
                .contains("The client is sought until end of Fri 26 Feb 2027 at the latest.", "last day of the search");

        dana.endEarly(york.worker());
        assertThat(page("/tasks/" + dana.task("review-letter").id(), york.worker(), "en")
                        .select("section[aria-labelledby=search-last-day]"))
                .isEmpty();
        assertThat(page(path, york.worker(), "en").text()).doesNotContain("The client is sought until");
    }

    @ParameterizedTest
    @EnumSource(ExistingPlace.class)
    void tellsWhatFollowsAtEveryPlace(ExistingPlace place) throws Exception {
        if (place.needsPatience()) {
            published = patience.publish();
            york = patience.teamBeside(york.project());
        }
        Walk dana = place.reach(york);

        MockHttpServletResponse shown = answer(dana.file().path(), york.supervisor(), "it");
        assertThat(shown.getStatus()).isEqualTo(200);
        assertThat(shown.getContentAsString()).doesNotContain("??");
        for (OpenTask task : dana.tasks()) {
            MockHttpServletResponse page = answer("/tasks/" + task.id(), york.supervisor(), "es");
            assertThat(page.getStatus()).isEqualTo(200);
            assertThat(page.getContentAsString()).doesNotContain("??");
        }
    }

    @Test
    void givesMoreTimeOnlyByASupervisorsDecision() throws Exception {
        Walk dana = york.lose().toWaitByInterval();
        String lengthen = dana.file().path() + "/search/lengthen";

        assertThat(send(lengthen, york.worker(), "reason", "She may come back").getStatus())
                .isEqualTo(403);
        assertThat(web.perform(post(lengthen)
                                .param("reason", "In hospital for weeks")
                                .param("months", "13")
                                .with(signedIn(york.supervisor()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(400);
        assertThat(web.perform(post(lengthen)
                                .param("reason", "In hospital for weeks")
                                .param("months", "2")
                                .with(signedIn(york.supervisor()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(302);

        // Five months from Mon 23 Nov: Fri 23 Apr.
        assertThat(dana.lastDay()).isEqualTo("2027-04-23T17:00");
        assertThat(page(dana.file().path(), york.worker(), "en").text())
                .contains("it was due end of Tue 23 Feb 2027; extended by a decision on Mon 23 Nov");
    }

    @Test
    void endsEarlyOnceAndSaysSo() throws Exception {
        Walk dana = york.lose().toWaitByInterval();
        String end = dana.file().path() + "/search/end";

        assertThat(send(end, york.worker(), "reason", "Moved away, says the landlord")
                        .getStatus())
                .isEqualTo(302);
        assertThat(dana.open()).containsExactly("review-letter");
        MockHttpServletResponse again = send(end, york.worker(), "reason", "Moved away, says the landlord");

        assertThat(again.getStatus()).isEqualTo(409);
        assertThat(Jsoup.parse(again.getContentAsString()).select("main").text())
                .contains("The search is not running any more");
        assertThat(walks.jdbc
                        .sql(
                                "select reason from engagement_decision where case_code = :case and decision = 'ended-early'")
                        .param("case", dana.code())
                        .query(String.class)
                        .single())
                .isEqualTo("Moved away, says the landlord");
    }

    /** The client is in hospital: said as such, and the worker who reads it cannot end the search over the supervisor's head. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | In hospital | One more way: Not tried | A supervisor is deciding
            es | En el hospital | Otra vía: No se intentó | La supervisión está decidiendo
            it | In ospedale | Un’altra via: Non tentato | La supervisione sta decidendo
            """)
    void sayWhereTheClientIsAndWhoDecides(String language, String where, String skipped, String decides)
            throws Exception {
        Walk dana = york.lose()
                .finish("record-round", Said.NOBODY_ANSWERED)
                .finish(
                        "record-round",
                        Said.with(
                                Said.STILL_NOBODY,
                                Map.of("furtherChannel", "skipped", "skipReason", "No reception there")))
                .finish("record-family-contact", Said.AWAY_SAYS_THE_FAMILY);
        String path = dana.file().path();

        Document task = page("/tasks/" + dana.task("decide").id(), york.supervisor(), language);

        assertThat(task.select("section[aria-labelledby=earlier-attempts] li").eachText())
                .anySatisfy(line -> assertThat(line).endsWith(": " + where))
                .anySatisfy(line -> assertThat(line).contains(skipped));
        walks.jdbc
                .sql("update contact_attempt set reason = 'shelter' where outcome = 'away'")
                .update();
        assertThat(page("/tasks/" + dana.task("decide").id(), york.supervisor(), language)
                        .select("section[aria-labelledby=earlier-attempts]")
                        .text())
                .as("a place that an owner has added to the form")
                .contains("shelter");
        assertThat(page(path, york.worker(), language).select("a[href$=/search/end]"))
                .isEmpty();
        assertThat(page(path, york.supervisor(), language).select("a[href$=/search/end]"))
                .hasSize(1);
        assertThat(page(path + "/search/end", york.worker(), language)
                        .select(".notice")
                        .text())
                .contains(decides);
    }

    /** A task that is a call has its numbers one touch away, but not that of somebody who may not be spoken to. */
    @Test
    void callTheFamilyAtATouch() throws Exception {
        Walk dana = york.lose().toFamilyAtOnce();
        String aunt = "a[href=tel:9055550177]";

        assertThat(page("/tasks/" + dana.task("record-family-contact").id(), york.worker(), "en")
                        .select(aunt)
                        .text())
                .isEqualTo("(905) 555-0177");

        CaseSummary alone = york.client().withSupportContact(false).openCaseFor(york.worker());
        Document page = page(alone.path(), york.worker(), "en");
        assertThat(page.text()).contains("(905) 555-0177");
        assertThat(page.select(aunt)).isEmpty();
    }

    private MockHttpServletResponse send(String path, UserId who, String field, String value) throws Exception {
        return web.perform(post(path)
                        .param(field, value)
                        .param("months", "1")
                        .accept("text/html")
                        .header("Accept-Language", "en")
                        .with(signedIn(who))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    /** "So far and next", as the team's worker reads it. */
    private String timeline(String path, String language) throws Exception {
        return page(path, york.worker(), language).select("ol.timeline").text();
    }

    private Document page(String path, UserId who, String language) throws Exception {
        return Jsoup.parse(answer(path, who, language).getContentAsString());
    }

    private MockHttpServletResponse answer(String path, UserId who, String language) throws Exception {
        return web.perform(get(path)
                        .accept("text/html")
                        .header("Accept-Language", language)
                        .with(signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
