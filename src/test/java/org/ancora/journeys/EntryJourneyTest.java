package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ancora.AncoraApplication;
import org.ancora.casework.CaseStatus;
import org.ancora.casework.Cases;
import org.ancora.testing.Browsers;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** A caseworker's first month, lived in a browser on the demo: in three languages, on a desk and on a phone. */
@SpringBootTest(
        classes = AncoraApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"ancora.data=target/journeys-data", "spring.main.banner-mode=off"})
@ActiveProfiles("demo")
@ContextConfiguration(initializers = DemoDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntryJourneyTest {

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private Cases cases;

    @Autowired
    private VirtualClock clock;

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

    /** Other tests of the same run move the engine's clock, which is one for all. */
    @BeforeEach
    void setTheEnginesClock() {
        clock.startAt(clock.instant());
    }

    @ParameterizedTest(name = "{0} at {2} px")
    @CsvSource({"en, york, 1280", "es, ayacucho, 360", "it, torino, 1280"})
    void aClientWhoNeverAnswersGetsALetterAndTheFileCloses(String language, String project, int width) {
        try (Visitor visitor = visitor(language, width)) {
            String code = enterIntake(visitor, project, "Zoe");
            acceptAndAssign(visitor, code);
            visitor.signOut();
            visitor.signIn("caseworker");

            noAnswer(visitor, code);
            visitor.moveClock("business-day");
            visitor.moveClock("business-day");
            visitor.moveClock("business-day");
            noAnswer(visitor, code);
            visitor.moveClock("week");
            askTheFamily(visitor, code);
            tellTheSource(visitor, code);
            visitor.moveClock("week");
            visitor.moveClock("business-day");
            reviewTheLetter(visitor, code);
            assertThat(letter(visitor, code)).startsWith("%PDF");
            postTheLetter(visitor, code);

            visitor.go("/cases/" + code);
            assertThat(cases.byCode(code).status()).isEqualTo(CaseStatus.CLOSED);
            assertThat(visitor.page().locator("main").innerText()).contains(visitor.words("closing-reason.no-contact"));
        }
    }

    @ParameterizedTest(name = "{0} at {2} px")
    @CsvSource({"en, york, 360", "es, ayacucho, 1280", "it, torino, 360"})
    void aClientWhoCallsBackInTheMiddleIsAdmitted(String language, String project, int width) {
        try (Visitor visitor = visitor(language, width)) {
            String code = enterIntake(visitor, project, "Noa");
            acceptAndAssign(visitor, code);
            visitor.signOut();
            visitor.signIn("caseworker");
            noAnswer(visitor, code);
            visitor.moveClock("business-day");

            visitor.go("/cases/" + code);
            visitor.press(visitor.words("engagement.action.in-touch"));
            visitor.page().locator("main form button.btn-primary").click();
            visitor.look();
            visitor.openTask(code, "mine");
            visitor.choose("admit", "admission", "admitted");
            visitor.finish();
            visitor.openTask(code, "mine");
            visitor.tick();
            visitor.finish();

            assertThat(cases.byCode(code).status()).isEqualTo(CaseStatus.IN_PROGRESS);
        }
    }

    @Test
    void aRoundIsRecordedByKeyboardAlone() {
        try (Visitor visitor = visitor("en", 1280)) {
            String code = enterIntake(visitor, "york", "Kim");
            acceptAndAssign(visitor, code);
            visitor.signOut();
            visitor.signIn("caseworker");
            visitor.openTask(code, "mine");

            Page page = visitor.page();
            page.locator(".skip").focus();
            tabTo(page, "[data-form-canvas] input[type=radio]");
            page.keyboard().press("ArrowDown");
            tabTo(page, "[data-form-submit]");
            page.keyboard().press("Enter");

            assertThat(page.evaluate("document.activeElement.matches('[data-form-errors]')"))
                    .isEqualTo(true);
            visitor.look();
        }
    }

    private Visitor visitor(String language, int width) {
        return new Visitor(browser, "http://localhost:" + port, Locale.forLanguageTag(language), width, messages);
    }

    private static String enterIntake(Visitor visitor, String project, String given) {
        visitor.signIn("reception");
        visitor.go("/p/" + project + "/intakes/new");
        Page page = visitor.page();
        page.locator("[name=givenName]").fill(given);
        page.locator("[name=familyName]").fill("Prova");
        page.locator("[name=mainPhone]")
                .fill(
                        project.equals("york")
                                ? "905 555 0188"
                                : project.equals("torino") ? "011 555 0188" : "966 555 188");
        answer(page, "mainPhoneSafe", "yes");
        page.locator("[name=email]").fill("zoe@mail.example");
        answer(page, "emailSafe", "yes");
        page.locator("[name=address]").fill("1 Test Street, Sample");
        answer(page, "addressSafe", "yes");
        answer(page, "consentVoicemail", "yes");
        answer(page, "consentEmail", "yes");
        page.locator("[name=supportName]").fill("Alma");
        page.locator("[name=supportRelation]").fill("zia");
        answer(page, "consentFamily", "yes");
        answer(page, "sourceKind", "agency");
        page.locator("[name=sourceName]").fill("Clinic");
        page.locator("[name=sourceEmail]").fill("clinic@agency.example");
        visitor.look();
        page.locator("main form button.btn-primary").click();
        page.waitForURL("**/cases/**");
        visitor.look();
        String url = page.url();
        visitor.signOut();
        return url.replaceFirst(".*/cases/", "").replaceFirst("[/?#].*", "");
    }

    private static void answer(Page page, String field, String value) {
        Locator choice = page.locator("input[name=" + field + "][value=" + value + "]");
        if (choice.count() > 0) {
            choice.check(new Locator.CheckOptions().setForce(true));
        }
    }

    private static void acceptAndAssign(Visitor visitor, String code) {
        visitor.signIn("coordinator");
        visitor.openTask(code, "team");
        visitor.choose("accept-intake", "decision", "accept");
        visitor.finish();
        visitor.openTask(code, "team");
        visitor.pick("Sam Bouchard");
        visitor.finish();
    }

    private static void noAnswer(Visitor visitor, String code) {
        visitor.openTask(code, "mine");
        visitor.choose("contact-round", "mainOutcome", "no-answer");
        visitor.choose("contact-round", "furtherChannel", "email");
        visitor.choose("contact-round", "furtherSending", "send");
        visitor.look();
        visitor.finish();
    }

    private static void askTheFamily(Visitor visitor, String code) {
        visitor.openTask(code, "mine");
        visitor.form()
                .locator("label")
                .filter(new Locator.FilterOptions().setHasText("Alma"))
                .first()
                .click();
        visitor.choose("family-contact", "familyOutcome", "passed-on");
        visitor.finish();
    }

    private static void tellTheSource(Visitor visitor, String code) {
        visitor.openTask(code, "mine");
        visitor.choose("tell-source", "sourceChannel", "email");
        visitor.finish();
    }

    private static void reviewTheLetter(Visitor visitor, String code) {
        visitor.openTask(code, "mine");
        visitor.choose("review-letter", "letterChannel", "post");
        visitor.look();
        visitor.finish();
    }

    private static String letter(Visitor visitor, String code) {
        visitor.go("/cases/" + code);
        String path = visitor.page().locator("a[href$='.pdf']").first().getAttribute("href");
        APIResponse pdf =
                visitor.page().context().request().get(visitor.page().url().replaceFirst("/cases/.*", "") + path);
        return new String(pdf.body(), StandardCharsets.ISO_8859_1);
    }

    private static void postTheLetter(Visitor visitor, String code) {
        visitor.openTask(code, "team");
        visitor.choose("print-and-post", "posting", "posted");
        visitor.finish();
    }

    private static void tabTo(Page page, String selector) {
        for (int presses = 0; presses < 80; presses++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
        }
        throw new AssertionError("The keyboard does not reach " + selector);
    }
}
