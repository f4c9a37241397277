package org.ancora.casework.record;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.audit.ActivityLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
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

/** Notes on a case, from the pages on which people write them (C75–C79, C131). */
@AncoraTest
class NotesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Users users;

    @Autowired
    private ActivityLog log;

    @Autowired
    private MockMvc mvc;

    private UserId sam;
    private UserId tom;
    private UserId eve;
    private UserId pia;
    private UserId rita;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        Project york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR);
        pia = fixtures.aPerson("Pia Lund", york, Role.PRIVACY);
        rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        dana = fixtures.aClient(york).openCaseFor(sam);
    }

    @Test
    void aNoteHasItsAuthorItsStampAndItsLines() throws Exception {
        write(sam, "Spoke to Dana.\r\nShe moves out <on> Friday.", "2026-11-20", "Call the landlord");

        Document page = page("/notes", sam);

        assertThat(page.select(".notes > li")).hasSize(1);
        assertThat(page.select(".note-text").get(0).wholeText())
                .isEqualTo("Spoke to Dana.\nShe moves out <on> Friday.");
        assertThat(page.select(".note-head").text()).contains("Sam Bouchard", "Mon 23 Nov, 9:10");
        assertThat(page.select(".note-facts").text()).contains("Fri 20 Nov", "Call the landlord");
        assertThat(page("", sam).select("#newest-notes").text()).contains("She moves out <on> Friday.");
    }

    @Test
    void askForWordsAndForADayThatWas() throws Exception {
        MockHttpServletResponse refused = send("/notes/new", sam, "text", "  ", "contactOn", "2026-11-24");

        assertThat(refused.getStatus()).isEqualTo(400);
        Document page = read(refused);
        assertThat(page.select(".field-error")).hasSize(2);
        assertThat(page.select("[name=contactOn]").val()).isEqualTo("2026-11-24");
        assertThat(page("/notes", sam).select(".notes > li")).isEmpty();
    }

    @Test
    void everyVersionStaysReadable() throws Exception {
        long id = write(sam, "She lives on Elm Street", "", "");
        send("/notes/" + id, sam, "text", "She lives on Oak Street", "version", "0");
        send("/notes/" + id, sam, "text", "She lives on Ash Street", "version", "1");

        Document history = page("/notes/" + id + "/history", tom);

        assertThat(history.select(".note-text").eachText())
                .containsExactly("She lives on Ash Street", "She lives on Oak Street", "She lives on Elm Street");
        assertThat(page("/notes", tom).select(".note-head").text())
                .contains("changed Mon 23 Nov, 9:10 by Sam Bouchard");
    }

    @Test
    void othersNotesAreChangedOnlyByWhoMay() throws Exception {
        long id = write(sam, "Spoke to Dana", "", "");

        assertThat(send("/notes/" + id, tom, "text", "No", "version", "0").getStatus())
                .isEqualTo(403);
        assertThat(send("/notes/" + id + "/withdraw", tom).getStatus()).isEqualTo(403);
        assertThat(page("/notes", tom).select(".note-acts a, .note-acts button"))
                .isEmpty();
        assertThat(send("/notes/" + id, eve, "text", "Spoke to Dana W.", "version", "0")
                        .getStatus())
                .isEqualTo(302);
        assertThat(page("/notes", sam).select(".note-head").text()).contains("by Eve Adeyemi");
    }

    @Test
    void aWithdrawnNoteIsSeenByWhoMayAndBroughtBackByItsAuthor() throws Exception {
        long id = write(sam, "Written on the wrong case", "", "");
        send("/notes/" + id + "/withdraw", sam);

        assertThat(page("/notes", tom).text()).doesNotContain("wrong case", "Withdrawn");
        assertThat(page("/notes?q=wrong", tom).select(".notes > li")).isEmpty();
        assertThat(status("/notes/" + id + "/history", tom)).isEqualTo(404);
        assertThat(page("/notes", sam).text()).contains("Withdrawn").doesNotContain("wrong case");
        assertThat(page("/notes", pia).text()).contains("wrong case", "Withdrawn Mon 23 Nov, 9:10 by Sam Bouchard");
        assertThat(page("/notes", eve).text()).contains("wrong case");
        assertThat(page("", sam).select("#newest-notes").text()).doesNotContain("wrong case");

        send("/notes/" + id + "/restore", sam);

        assertThat(page("/notes", tom).text()).contains("Written on the wrong case");
    }

    @Test
    void receptionReadsNoNotesAndOnlyNotersWriteThem() throws Exception {
        write(sam, "Spoke to Dana", "", "");

        assertThat(page("", rita).text()).doesNotContain("Spoke to Dana");
        assertThat(status("/notes", rita)).isEqualTo(404);
        assertThat(status("/notes/new", rita)).isEqualTo(403);
        assertThat(status("/notes/new", pia)).isEqualTo(403);
    }

    @Test
    void aClosedCaseIsReadByAllAndWrittenOnByWhoMay() throws Exception {
        long id = write(sam, "Spoke to Dana", "", "");
        cases.close(dana.code(), "withdrawn", eve);

        assertThat(page("/notes", sam).text()).contains("Spoke to Dana");
        assertThat(page("/notes", sam).select("a[href$=/notes/new]")).isEmpty();
        assertThat(status("/notes/new", sam)).isEqualTo(403);
        assertThat(send("/notes/" + id, sam, "text", "No", "version", "0").getStatus())
                .isEqualTo(403);
        assertThat(send("/notes/new", eve, "text", "She called after all").getStatus())
                .isEqualTo(302);
    }

    @Test
    void theNewestComeFirstPageAfterPageAndASearchFindsThemWithoutAccents() throws Exception {
        IntStream.rangeClosed(1, 45).forEach(each -> {
            try {
                write(sam, each == 7 ? "La señora habló con Núñez" : "Note " + each, "", "");
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        });

        Document first = page("/notes", tom);
        Document second = page(tail(first), tom);
        Document third = page(tail(second), tom);
        List<String> all = new java.util.ArrayList<>(first.select(".note-text").eachText());
        all.addAll(second.select(".note-text").eachText());
        all.addAll(third.select(".note-text").eachText());

        assertThat(all).hasSize(45).startsWith("Note 45", "Note 44").endsWith("Note 2", "Note 1");
        assertThat(third.select(".paging")).isEmpty();
        assertThat(page("/notes?q=NUNEZ", tom).select(".note-text").eachText())
                .containsExactly("La señora habló con Núñez");
        assertThat(page("/notes?q=%25", tom).select(".note-text")).isEmpty();
    }

    @Test
    void twoPeopleOnOneNoteSeeBothVersionsAndLoseNothing() throws Exception {
        long id = write(sam, "Spoke to Dana", "2026-11-20", "Call on Friday");
        send("/notes/" + id, eve, "text", "Spoke to Dana's aunt", "nextStep", "Call on Friday", "version", "0");

        MockHttpServletResponse second = send(
                "/notes/" + id,
                sam,
                "text",
                "Spoke to Dana,\r\nat length",
                "contactOn",
                "2026-11-20",
                "nextStep",
                "Call on Monday",
                "version",
                "0",
                "was.text",
                "Spoke to Dana",
                "was.contactOn",
                "2026-11-20",
                "was.nextStep",
                "Call on Friday");

        assertThat(second.getStatus()).isEqualTo(409);
        Document page = read(second);
        assertThat(page.text()).contains("Eve Adeyemi saved a change (Mon 23 Nov, 9:10)");
        assertThat(page.select("input[type=radio][name=text]").eachAttr("value"))
                .containsExactly(
                        "Spoke to Dana's aunt",
                        "Spoke to Dana,\nat length",
                        "Spoke to Dana's aunt\n\nSpoke to Dana,\nat length");
        // Only one of the two touched these, so their choice is made already.
        assertThat(page.select("input[name=nextStep][checked]").val()).isEqualTo("Call on Monday");
        assertThat(page.select("input[name=contactOn][checked]").val()).isEmpty();

        MockHttpServletResponse chosen = send(
                "/notes/" + id,
                sam,
                "text",
                page.select("input[name=text]").get(2).val(),
                "contactOn",
                "2026-11-20",
                "nextStep",
                "Call on Monday",
                "version",
                page.select("input[name=version]").val());
        assertThat(chosen.getStatus()).isEqualTo(302);
        assertThat(page("/notes", tom).select(".note-text").get(0).wholeText())
                .isEqualTo("Spoke to Dana's aunt\n\nSpoke to Dana,\nat length");
        assertThat(page("/notes/" + id + "/history", tom).select(".note-text")).hasSize(3);
    }

    @Test
    void whatWasTypedIsThereAgainUntilItIsSaved() throws Exception {
        String place = dana.path() + "/notes/new";
        MockHttpServletResponse kept = mvc.perform(post("/drafts")
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"place\":\"" + place
                                + "\",\"fields\":{\"text\":\"Half a\\nnote\",\"version\":\"0\"}}")
                        .with(signedIn(sam))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(kept.getStatus()).isEqualTo(200);

        assertThat(page("/notes/new", sam).select("textarea").text()).contains("Half a");
        assertThat(page("/notes/new", sam).select(".notice").text()).contains("Mon 23 Nov, 9:10");
        assertThat(page("/notes", sam).select("a.btn-primary").text()).contains("you began");
        assertThat(page("/notes/new", tom).select("textarea").text()).isEmpty();

        write(sam, "A whole note", "", "");

        assertThat(page("/notes/new", sam).select("textarea").text()).isEmpty();
    }

    @Test
    void aDraftCanBeThrownAwayAndLeadsNowhereElse() throws Exception {
        String place = dana.path() + "/notes/new";
        draft(sam, place, "Half a note");

        MockHttpServletResponse gone = sendTo("/drafts/discard", sam, "place", place);

        assertThat(gone.getRedirectedUrl()).isEqualTo(place);
        assertThat(page("/notes/new", sam).select("textarea").text()).isEmpty();
        for (String elsewhere : List.of("//evil.example", "https://evil.example", "/a//b", "/..", "\\evil", "")) {
            assertThat(sendTo("/drafts/discard", sam, "place", elsewhere).getStatus())
                    .as(elsewhere)
                    .isEqualTo(400);
        }
        assertThat(draft(sam, place, "x".repeat(50_000))).isEqualTo(400);
    }

    /** The draft remembers on what it was typed, so that it cannot overwrite what was saved meanwhile. */
    @Test
    void aDraftOfAnOldVersionMeetsTheNewOneAsAConflict() throws Exception {
        long id = write(sam, "Spoke to Dana", "", "");
        String place = dana.path() + "/notes/" + id;
        mvc.perform(post("/drafts")
                .contentType("application/json")
                .content("{\"place\":\"" + place
                        + "\",\"fields\":{\"text\":\"Mine\",\"version\":\"0\",\"was.text\":\"Spoke to Dana\"}}")
                .with(signedIn(sam))
                .with(csrf()));
        send("/notes/" + id, eve, "text", "Theirs", "version", "0");

        Document form = page("/notes/" + id, sam);

        assertThat(form.select("textarea").text()).isEqualTo("Mine");
        assertThat(form.select("input[name=version]").val()).isEqualTo("0");
        assertThat(form.select("input[name=was.text]").val()).isEqualTo("Spoke to Dana");
        assertThat(send("/notes/" + id, sam, "text", "Mine", "version", "0").getStatus())
                .isEqualTo(409);
    }

    @Test
    void theLogKnowsOfTheNoteButNotWhatItSays() throws Exception {
        long id = write(sam, "Unspeakable", "", "Secretly");
        send("/notes/" + id, sam, "text", "Unspeakable twice", "version", "0");
        send("/notes/" + id + "/withdraw", sam);
        send("/notes/" + id + "/restore", sam);

        var entries = log.forCase(
                        dana.code(), fixtures.viewer(eve), new ActivityLog.Filter("note", null, null, null), null, 50)
                .entries();

        assertThat(entries)
                .extracting(entry -> entry.action())
                .containsExactly("note.restored", "note.withdrawn", "note.changed", "note.written");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.subjectId()).isEqualTo(String.valueOf(id));
            assertThat(entry.toString()).doesNotContain("Unspeakable", "Secretly");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksThreeLanguages(String language) throws Exception {
        long id = write(eve, "Spoke to Dana", "2026-11-20", "Call");
        send("/notes/" + id, eve, "text", "Again", "version", "0");
        long gone = write(eve, "Gone", "", "");
        send("/notes/" + gone + "/withdraw", eve);
        draft(eve, dana.path() + "/notes/new", "Half");
        users.chooseLocale(eve, Locale.forLanguageTag(language));

        for (String path :
                List.of("", "/notes", "/notes?q=zzz", "/notes/new", "/notes/" + id, "/notes/" + id + "/history")) {
            assertThat(page(path, eve).outerHtml()).as(path).doesNotContain("??");
        }
        MockHttpServletResponse conflict = send("/notes/" + id, eve, "text", "Mine", "version", "0");
        assertThat(conflict.getStatus()).isEqualTo(409);
        assertThat(read(conflict).outerHtml()).doesNotContain("??");
    }

    private long write(UserId who, String text, String contactOn, String nextStep) throws Exception {
        MockHttpServletResponse written =
                send("/notes/new", who, "text", text, "contactOn", contactOn, "nextStep", nextStep);
        assertThat(written.getRedirectedUrl()).as(written.getContentAsString()).isEqualTo(dana.path() + "/notes");
        String newest = page("/notes", who).select(".notes > li").get(0).id();
        return Long.parseLong(newest.substring("note-".length()));
    }

    private int draft(UserId who, String place, String text) throws Exception {
        return mvc.perform(post("/drafts")
                        .contentType("application/json")
                        .content("{\"place\":\"" + place + "\",\"fields\":{\"text\":\"" + text + "\"}}")
                        .with(signedIn(who))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private String tail(Document page) {
        return page.select(".paging a").attr("href").substring(dana.path().length());
    }

    private MockHttpServletResponse send(String path, UserId who, String... pairs) throws Exception {
        return sendTo(dana.path() + path, who, pairs);
    }

    private MockHttpServletResponse sendTo(String path, UserId who, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request =
                post(path).with(signedIn(who)).with(csrf()).accept("text/html");
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private int status(String path, UserId who) throws Exception {
        return mvc.perform(get(dana.path() + path).with(signedIn(who)).accept("text/html"))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = mvc.perform(get(java.net.URI.create(dana.path() + path))
                        .with(signedIn(who))
                        .accept("text/html"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return read(answer);
    }

    private static Document read(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
