package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.engagement.Episodes;
import org.ancora.engagement.Track;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** A manager puts procedures right: a failed letter in English, a date in Spanish on a phone, a wrong step in Italian by keyboard. */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringJourneyTest {

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Letters letters;

    @Autowired
    private TestInbox inbox;

    @Autowired
    private Episodes episodes;

    @Autowired
    private Processes processes;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    private final HashSet<String> seen = new HashSet<>();
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void openBrowser() {
        playwright = Browsers.playwright();
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    void closeBrowser() {
        browser.close();
        playwright.close();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    @Test
    void putsProceduresRight() {
        inbox.open();
        Project york = fixtures.aProjectInOntario();
        UserId susan = people.person("susan", york.id(), Role.SUPERVISOR, Role.MANAGER);
        CaseSummary file =
                fixtures.aClient(york).consentingTo(Channel.EMAIL, Channel.POST).openCase();
        inbox.goDown();
        letters.send(new NewLetter(
                new LetterKind("engagement", "no-contact"),
                file.code(),
                RecipientKind.CLIENT,
                Channel.EMAIL,
                Map.of("answerBy", "Monday 14 December 2026"),
                "steering " + file.code(),
                susan));
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));
        retriesALetter(file.code());
        episodes.start(file, Track.ENTRY, susan);
        String root = processes.running(file.code()).get(0).id();
        changesADate(root);
        takesItToAnotherStep(root);
    }

    private void retriesALetter(String code) {
        try (Visitor visitor = visitor("en", 1280)) {
            Page page = visitor.page();
            visitor.go("/monitor/incidents");
            visitor.look();
            assertThat(page.locator("main").innerText())
                    .contains(visitor.words("incident.what.deliver-message.hand-over-message"), code)
                    .contains(visitor.words("incident.todo.outside"))
                    .doesNotContain("Exception");
            visitor.press(visitor.words("incident.retry-all"));
            visitor.look();
            page.locator("#reason").fill("The mail server answers again");
            inbox.comeBack();
            visitor.press(visitor.words("steering.batch.begin.retry", 1));
            clockwork.runDueJobs();
            visitor.go("/monitor/incidents");
            assertThat(page.locator("main").innerText()).contains(visitor.words("incident.none"));
            assertThat(inbox.subjects()).hasSize(1);
        }
    }

    private void changesADate(String root) {
        try (Visitor visitor = visitor("es", 360)) {
            Page page = visitor.page();
            visitor.go("/monitor/instances/" + root);
            // It is drawn when somebody comes to it, below the steps in words.
            page.locator(".diagram-canvas").first().scrollIntoViewIfNeeded();
            page.locator(".diagram-canvas svg").first().waitFor();
            visitor.look();
            assertThat(page.locator(".diagram-outline").first().getAttribute("open"))
                    .as("on a phone the steps in words are unfolded")
                    .isNotNull();
            visitor.followOn("a[href$='/reschedule']");
            visitor.look();
            page.locator("input[name=what]").first().check();
            page.locator("#day").fill("2026-12-11");
            page.locator("#hour").fill("15:00");
            page.locator("#reason").fill("La persona está de viaje");
            visitor.press(visitor.words("steering.look"));
            visitor.look();
            assertThat(page.locator(".steer-effects").innerText()).contains("11 dic");
            visitor.press(visitor.words("steering.do.reschedule"));
            assertThat(page.locator("main").innerText())
                    .contains(visitor.words("steering.told.reschedule"), "La persona está de viaje");
        }
    }

    private void takesItToAnotherStep(String root) {
        try (Visitor visitor = visitor("it", 1280)) {
            Page page = visitor.page();
            visitor.go("/monitor/instances/" + root + "/move");
            visitor.look();
            page.locator("#to").focus();
            page.keyboard().press("ArrowDown");
            String target = page.locator("#to").inputValue();
            assertThat(target).startsWith(root + "/");
            page.locator("#to").selectOption(root + "/plan-intake-decision");
            page.locator("#reason").focus();
            page.keyboard().type("Le date vanno contate di nuovo");
            page.keyboard().press("Tab");
            visitor.follow(() -> page.keyboard().press("Enter"));
            assertThat(page.locator(".steer-effects").innerText())
                    .contains(visitor.words("task.engagement-on-entry.accept-intake"));
            page.locator("main form button").focus();
            visitor.follow(() -> page.keyboard().press("Enter"));
            visitor.look();
            assertThat(page.locator(".steer-journal").innerText()).contains("Le date vanno contate di nuovo");
            assertThat(page.locator(".diagram-canvas").first().getAttribute("data-present"))
                    .isEqualTo("accept-intake");
        }
    }

    private Visitor visitor(String language, int width) {
        Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "steering",
                messages,
                seen);
        Page page = visitor.page();
        visitor.go("/sign-in");
        page.locator("input[name=name]").fill("susan");
        page.locator("input[name=password]").fill(People.PASSWORD);
        page.locator("main form button").first().click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        return visitor;
    }
}
