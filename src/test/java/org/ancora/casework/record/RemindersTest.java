package org.ancora.casework.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Reminders on a case (C-R1, C129): set, told when their time comes, late, moved, done and undone. */
@AncoraTest
class RemindersTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

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
    private UserId eve;
    private UserId pia;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        pages = new Pages(mvc);
        Project york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        pia = fixtures.aPerson("Pia Lund", york, Role.PRIVACY);
        dana = fixtures.aClient(york).openCaseFor(sam);
    }

    /** Four weeks and a half after Monday 23 November 2026 lies Christmas. */
    @Test
    void theQuickChoicesAreOfficeDays() throws Exception {
        Document form = pages.open(dana.path() + "/reminders/new", sam);
        assertThat(form.select(".tiles").text())
                .contains("Next business day, Tue 24 Nov", "In two weeks, Mon 7 Dec", "In a month, Wed 23 Dec");

        clockwork.moveTo(Instant.parse("2026-11-27T15:00:00Z"));

        assertThat(pages.open(dana.path() + "/reminders/new", sam)
                        .select(".tiles")
                        .text())
                // Saturday 28, and Sunday 27 December with Boxing Day observed on Monday.
                .contains("Next business day, Mon 30 Nov", "In a month, Tue 29 Dec");
    }

    @Test
    void whoeverHasTheCaseIsToldWhenItsTimeComesAndNotBefore() throws Exception {
        set("Call Dana again", "two-weeks");
        assertThat(told(sam)).isZero();

        clockwork.moveTo(Instant.parse("2026-12-07T13:59:00Z"));
        assertThat(told(sam)).isZero();
        clockwork.moveTo(Instant.parse("2026-12-07T14:00:00Z"));

        assertThat(told(sam)).isEqualTo(1);
        assertThat(pages.open("/notices", sam).text()).contains(dana.code() + ": a reminder is due");
        assertThat(pages.open("/", sam).select("#today-reminders").text())
                .contains("Call Dana again", "today, end of day");
        assertThat(pages.open("/", tom).select("#today-reminders")).isEmpty();
    }

    @Test
    void anHourThatWasPromisedIsKeptToTheMinute() throws Exception {
        pages.does(
                dana.path() + "/reminders/new",
                sam,
                "text",
                "Ring the clinic",
                "when",
                "day",
                "day",
                "2026-11-24",
                "hour",
                "14:30",
                "person",
                eve.toString());

        clockwork.moveTo(Instant.parse("2026-11-24T19:29:00Z"));
        assertThat(told(eve)).isZero();
        clockwork.moveTo(Instant.parse("2026-11-24T19:30:00Z"));

        assertThat(told(eve)).isEqualTo(1);
        assertThat(told(sam)).isZero();
        clockwork.moveTo(Instant.parse("2026-11-24T19:31:00Z"));
        assertThat(side(sam).text()).contains("Late: today at 14:30", "for Eve Adeyemi");
    }

    @Test
    void whatIsDoneIsNotToldAndCanBeUndone() throws Exception {
        String path = set("Call Dana again", "tomorrow");
        pages.does(path + "/done", sam);
        assertThat(side(sam).select(".reminders-done").text()).contains("Call Dana again", "by Sam Bouchard");
        assertThat(waiting()).isZero();

        pages.does(path + "/undo", sam);
        assertThat(waiting()).isEqualTo(1);
        pages.does(path + "/done", sam);
        clockwork.moveTo(Instant.parse("2026-11-26T15:00:00Z"));

        assertThat(told(sam)).isZero();
    }

    @Test
    void aMovedOneWaitsAnewAndIsToldAgain() throws Exception {
        String path = set("Call Dana again", "tomorrow");
        clockwork.moveTo(Instant.parse("2026-11-24T15:00:00Z"));
        assertThat(told(sam)).isEqualTo(1);
        pages.does(path + "/move", sam, "when", "week");
        assertThat(waiting()).isEqualTo(1);
        pages.does(path + "/move", sam, "when", "two-weeks");
        assertThat(waiting()).isEqualTo(1);

        clockwork.moveTo(Instant.parse("2026-12-02T15:00:00Z"));
        assertThat(told(sam)).isEqualTo(1);
        clockwork.moveTo(Instant.parse("2026-12-08T15:00:00Z"));

        assertThat(told(sam)).isEqualTo(2);
        assertThat(waiting()).isZero();
    }

    /** It follows the case: the one who has it when the time comes is the one who has to know. */
    @Test
    void itFollowsTheCaseToItsNextWorker() throws Exception {
        set("Call Dana again", "tomorrow");
        cases.assign(dana.code(), tom, eve, "");

        clockwork.moveTo(Instant.parse("2026-11-24T15:00:00Z"));

        assertThat(told(tom)).isEqualTo(1);
        assertThat(told(sam)).isZero();
        assertThat(pages.open("/", tom).select("#today-reminders").text()).contains("Call Dana again");
    }

    @Test
    void itIsLateOnTheCaseAndToday() throws Exception {
        set("Call Dana again", "tomorrow");
        clockwork.moveTo(Instant.parse("2026-11-26T15:00:00Z"));

        assertThat(side(sam).select(".chip-late").text()).isEqualTo("Late: end of Tue 24 Nov");
        Document today = pages.open("/", sam);
        assertThat(today.select("#today-reminders .chip-late").text()).contains("Late");
        pages.does(today.select("#today-reminders form[action$=/done]").attr("action"), sam, "from", "today");
        assertThat(pages.open("/", sam).select("#today-reminders")).isEmpty();
    }

    @Test
    void twoPeopleWhoMoveItAtOnceSeeBothDays() throws Exception {
        String path = set("Call Dana again", "tomorrow");
        pages.does(path, eve, "text", "Call Dana again", "when", "day", "day", "2026-12-01", "version", "0");

        var second = pages.send(
                path,
                sam,
                "text",
                "Call Dana and her aunt",
                "when",
                "day",
                "day",
                "2026-11-30",
                "version",
                "0",
                "was.text",
                "Call Dana again",
                "was.day",
                "2026-11-24");

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = Pages.read(second);
        assertThat(both.select("input[name=day][type=radio]").eachAttr("value"))
                .containsExactly("2026-12-01", "2026-11-30");
        assertThat(both.select("input[name=text][checked]").val()).isEqualTo("Call Dana and her aunt");
        assertThat(both.select("input[name=when]").val()).isEqualTo("day");
    }

    @Test
    void refusesWhatCannotBeAReminder() throws Exception {
        String path = dana.path() + "/reminders/new";
        for (String[] bad : new String[][] {
            {"text", "", "when", "week"},
            {"text", "Call", "when", "day", "day", "2026-11-22"},
            {"text", "Call", "when", "day", "day", "soon"},
            {"text", "Call"},
            {"text", "Call", "when", "week", "hour", "25:00"},
            {"text", "Call", "when", "week", "person", "999"},
            {"text", "x".repeat(301), "when", "week"}
        }) {
            var refused = pages.send(path, sam, bad);
            assertThat(refused.getStatus()).as(String.join(" ", bad)).isEqualTo(400);
            assertThat(Pages.read(refused).select(".field-error, .error-summary"))
                    .isNotEmpty();
        }
        assertThat(pages.status(path, pia)).isEqualTo(403);
        cases.close(dana.code(), "withdrawn", eve);
        assertThat(pages.status(path, sam)).isEqualTo(403);
        assertThat(pages.status(path, eve)).isEqualTo(200);
    }

    @Test
    void theEngineKnowsNothingOfWhatItSays() throws Exception {
        set("Ask whether the parrot is well", "tomorrow");

        List<String> names = jdbc.sql("select distinct name_ from engine.act_ru_variable")
                .query(String.class)
                .list();

        assertThat(names).containsExactlyInAnyOrder("reminderId", "remindAt", "projectId", "worker");
        assertThat(jdbc.sql("select count(*) from engine.act_ru_variable where text_ like '%parrot%'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from activity where details::text like '%parrot%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        String path = set("Call", "tomorrow");
        pages.does(set("Write", "week") + "/done", sam);
        clockwork.moveTo(Instant.parse("2026-11-24T15:00:00Z").plus(Duration.ofDays(1)));
        users.chooseLocale(sam, Locale.forLanguageTag(language));

        for (String each : List.of(dana.path(), "/", path, dana.path() + "/reminders/new", "/notices")) {
            assertThat(pages.open(each, sam).outerHtml()).as(each).doesNotContain("??");
        }
    }

    private String set(String text, String when) throws Exception {
        pages.does(dana.path() + "/reminders/new", sam, "text", text, "when", when);
        return side(sam).select("li").stream()
                .filter(line -> line.text().contains(text))
                .findFirst()
                .orElseThrow()
                .select("form[action$=/done]")
                .attr("action")
                .replace("/done", "");
    }

    private Document side(UserId who) throws Exception {
        return org.jsoup.Jsoup.parse(
                pages.open(dana.path(), who).select("section#reminders").outerHtml());
    }

    private int told(UserId who) {
        return jdbc.sql("select count(*) from notice where user_id = :who and kind = 'reminder-due'")
                .param("who", who.value())
                .query(Integer.class)
                .single();
    }

    private int waiting() {
        return jdbc.sql(
                        "select count(*) from engine.act_ru_execution where business_key_ like 'reminder-%' and parent_id_ is null")
                .query(Integer.class)
                .single();
    }
}
