package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/**
 * A client in service is silent: rounds, the family, and three months whose last day everybody can see and ask about
 * (A23–A35). Once the last day closes the file, once the client calls, and once the search is ended early.
 */
@AncoraTest
class ExistingClientJourneyTest {

    /** Three months from the first unanswered attempt on Mon 23 Nov 2026: Tue 23 Feb 2027, 17:00 in York. */
    private static final Instant LAST_DAY = Instant.parse("2027-02-23T22:00:00Z");

    private static final String FORM = "contact-round";

    private static Playwright playwright;
    private static Browser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Cases cases;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private MessageSource messages;

    private static final Map<String, String> DAY_HINTS =
            Map.of("en", "yyyy-mm-dd", "es", "dd/mm/aaaa", "it", "gg/mm/aaaa");

    @BeforeAll
    static void openBrowser() {
        playwright = Browsers.playwright();
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
        playwright.close();
    }

    /** How a search ends. */
    enum Ending {
        LAST_DAY,
        CLIENT_CALLS,
        ENDED_EARLY
    }

    @ParameterizedTest(name = "{0} at {1} px: {2}")
    @CsvSource({
        "en, 360, LAST_DAY, 23 Feb, counted from Mon 23 Nov",
        "es, 360, CLIENT_CALLS, 23 feb, se cuenta desde el lun 23 nov",
        "it, 1280, ENDED_EARLY, 23 feb, lun 23 nov"
    })
    void aSilentClientIsSoughtForThreeMonthsAtMost(
            String language, int width, Ending ending, String lastDay, String countedFrom) {
        Project york = fixtures.aProjectInOntario();
        UserId sam = people.person("sam", york.id(), Role.CASEWORKER, Role.RECEPTION);
        CaseSummary dana = fixtures.aClient(york)
                .consentingToEverything()
                .withSupportContact(true)
                .referredBy("Maple Street Clinic")
                .openCaseFor(sam);
        cases.admit(dana.code(), sam);
        try (Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "existing-client",
                messages,
                new HashSet<>())) {
            visitor.signIn("sam", People.PASSWORD);
            visitor.go(dana.path());
            visitor.press(visitor.words("engagement.search.begin.action"));
            visitor.fill("reason", "Missed two appointments");
            visitor.followOn("main form button.btn-primary");
            assertThat(visitor.content()).contains(visitor.words("engagement.search.begin.done"));

            visitor.openTask(dana.code(), round(visitor, 1));
            // How a day is written is hinted at in the reader's own letters.
            visitor.page()
                    .locator("main input[placeholder='" + DAY_HINTS.get(language) + "']")
                    .first()
                    .waitFor();
            nobodyAnswers(visitor);
            tasks.complete(
                    tasks.of(dana.code()).get(0).id(),
                    fixtures.viewer(sam),
                    Map.of(
                            "mainOutcome", "no-answer",
                            "furtherChannel", "sms",
                            "furtherSending", "written",
                            "when", "2026-11-23T09:10"));
            visitor.openTask(dana.code(), visitor.words("task.contact-round.record-family-contact"));
            seeTheLastDay(visitor, "section[aria-labelledby=search-last-day]", lastDay, countedFrom);
            visitor.chooseCalled("supportContact", "Ruth");
            visitor.choose("family-contact", "familyOutcome", "passed-on");
            visitor.finish();

            switch (ending) {
                case LAST_DAY -> {
                    clockwork.moveTo(LAST_DAY.minus(Duration.ofDays(7)));
                    visitor.go(dana.path());
                    seeTheLastDay(visitor, "#procedure", lastDay, countedFrom);
                    clockwork.moveTo(LAST_DAY);
                    closeAfterTheLetter(visitor, dana, "post");
                }
                case CLIENT_CALLS -> {
                    clockwork.moveTo(LAST_DAY.minus(Duration.ofDays(30)));
                    visitor.go(dana.path());
                    seeTheLastDay(visitor, "#procedure", lastDay, countedFrom);
                    resume(visitor, dana);
                }
                case ENDED_EARLY -> {
                    visitor.go(dana.path());
                    visitor.press(visitor.words("engagement.search.end.action"));
                    seeTheLastDay(visitor, "main form", lastDay, countedFrom);
                    visitor.fill("reason", "Moved away, says the landlord");
                    visitor.followOn("main form button.btn-primary");
                    assertThat(visitor.content()).contains(visitor.words("engagement.search.end.done"));
                    closeAfterTheLetter(visitor, dana, "skip");
                }
            }
            // Whoever referred a client who was served since is told nothing (the two tracks differ in this).
            assertThat(visitor.content())
                    .doesNotContain(visitor.words("message.kind.source-closed"))
                    .doesNotContain(visitor.words("message.kind.source-told-unreachable"));
        }
    }

    private static String round(Visitor visitor, int number) {
        return visitor.words("task.contact-round.record-round.client-round", number);
    }

    private static void nobodyAnswers(Visitor visitor) {
        visitor.choose(FORM, "mainOutcome", "no-answer");
        visitor.choose(FORM, "furtherChannel", "email");
        visitor.choose(FORM, "furtherSending", "send");
        visitor.finish();
    }

    /** The date stands there in words, and unfolds into how it was counted. */
    private static void seeTheLastDay(Visitor visitor, String part, String lastDay, String countedFrom) {
        Locator place = visitor.page().locator(part);
        assertThat(place.innerText()).contains(lastDay);
        Locator why = place.locator("div:has(> p .ti-calendar-due) details.why, :scope > details.why")
                .first();
        why.locator("summary").click();
        assertThat(why.innerText()).contains(countedFrom);
        visitor.lookClosely();
    }

    private static void closeAfterTheLetter(Visitor visitor, CaseSummary dana, String letter) {
        visitor.openTask(dana.code(), visitor.words("task.engagement-existing-client.review-letter"));
        visitor.choose("review-letter", "letterLanguage", visitor.language());
        visitor.choose("review-letter", "letterChannel", letter);
        if (letter.equals("skip")) {
            Locator reason = visitor.form().locator("textarea[id$='-skipReason']");
            reason.fill("The address is a shelter's");
            visitor.finish();
        } else {
            visitor.finish();
            visitor.openTask(dana.code(), visitor.words("task.engagement-existing-client.print-and-post"));
            visitor.choose("print-and-post", "posting", "posted");
            visitor.finish();
        }
        visitor.go(dana.path());
        assertThat(head(visitor.page()))
                .contains(visitor.words("case.status.closed"))
                .contains(visitor.words("closing-reason.no-contact"));
    }

    private static void resume(Visitor visitor, CaseSummary dana) {
        visitor.press(visitor.words("engagement.in-touch.action"));
        visitor.page().locator("input[name=channel][value=phone]").check();
        visitor.press(visitor.words("engagement.in-touch.submit"));
        visitor.openTask(dana.code(), visitor.words("task.engagement-existing-client.admit"));
        visitor.choose("admit", "admission", "admitted");
        visitor.finish();
        visitor.openTask(dana.code(), visitor.words("task.engagement-existing-client.complete-documentation"));
        visitor.tick();
        visitor.finish();
        visitor.go(dana.path());
        assertThat(head(visitor.page()))
                .contains(visitor.words("case.status.in-progress"))
                .doesNotContain(visitor.words("engagement.in-touch.action"));
    }

    private static String head(Page page) {
        return page.locator("header.page-head").innerText();
    }
}
