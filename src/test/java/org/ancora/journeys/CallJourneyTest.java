package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An agent's morning in Ayacucho: a call that is returned at the promised hour, what the registers know, and its number. */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallJourneyTest {

    private static final String DOCUMENT = "40123456";

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

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

    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"es, 360, false", "en, 1280, true", "it, 360, false"})
    void aCallIsReturnedAtThePromisedHourAndGetsItsNumber(String language, int width, boolean byKeyboard) {
        Project ayacucho = fixtures.aProjectInPeru();
        people.person("raul", ayacucho.id(), Role.AGENT);
        isRegistered(ayacucho, "civil", "{\"familyName\": \"Ramos Tello\", \"district\": \"Huanta\"}");
        isRegistered(ayacucho, "beneficiary", "{\"householdCode\": \"H-77\"}");
        try (Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "call-back",
                messages,
                new HashSet<>())) {
            Page page = visitor.page();
            visitor.go("/sign-in");
            page.locator("input[name=name]").fill("raul");
            page.locator("input[name=password]").fill(People.PASSWORD);
            page.locator("main form button").first().click();
            page.waitForURL(url -> !url.contains("/sign-in"));
            visitor.go("/desk");
            Keyboard keyboard = new Keyboard(page);
            if (byKeyboard) {
                takeByKeyboard(visitor, keyboard);
            } else {
                visitor.press(visitor.words("desk.call.new"));
                visitor.press(visitor.words("desk.call.begin"));
                assertThat(page.locator(".error-summary").innerText()).contains(visitor.words("desk.number-missing"));
                page.locator("#givenName").fill("Julio");
                page.locator("#familyName").fill("Ramos Tello");
                page.locator("#callBackNumber").fill("966 000 123");
                page.locator("#reason").fill("Abono de agosto");
                visitor.press(visitor.words("desk.call.begin"));
                visitor.form().waitFor();
                visitor.look();
                page.locator("[data-form-submit]").click();
                page.locator("[data-form-errors] a").first().waitFor();
                // A question is followed by what is asked of whoever answers, with its question mark.
                assertThat(page.locator("[data-form-errors]").innerText())
                        .contains(visitor.words("form.fua-by-phone.outcome") + " "
                                + visitor.words("web.form.own.required"));
                visitor.choose("fua-by-phone", "outcome", "call-back");
                visitor.finish();
            }
            assertThat(page.url()).endsWith("/p/ayacucho/desk");
            assertThat(page.locator(".desk-calls").innerText()).contains("10:30", "Julio Ramos Tello", "966 000 123");

            Instant promised = jdbc.sql("select call_back_at from attendance")
                    .query((row, number) -> row.getTimestamp(1).toInstant())
                    .single();
            assertThat(promised).isEqualTo("2026-11-23T15:30:00Z");
            clockwork.moveTo(promised.plus(Duration.ofMinutes(1)));
            assertThat(clock.instant()).isAfter(promised);
            visitor.go("/p/ayacucho/desk");
            assertThat(page.locator(".desk-calls").innerText()).contains(visitor.words("desk.call.late"));
            if (byKeyboard) {
                returnByKeyboard(visitor, keyboard);
            } else {
                visitor.press(visitor.words("desk.go-on"));
                visitor.form().waitFor();
                asksTheRegisters(visitor, null);
                visitor.choose("fua-by-phone", "beneficiary", "yes");
                visitor.choose("fua-by-phone", "kind", "query");
                visitor.choose("fua-by-phone", "outcome", "solved");
                visitor.finish();
            }

            assertThat(page.locator("h1").innerText()).isEqualTo("AYA1-2026-0001");
            assertThat(page.locator("main").innerText()).contains("Abono de agosto", "0800 400 04", "H-77", DOCUMENT);
            if (byKeyboard) {
                keyboard.skipToContent();
                visitor.follow(() -> keyboard.enter("form[action$='/receipt'] button"));
            } else {
                visitor.press(visitor.words("desk.receipt.told"));
            }
            assertThat(page.locator("main").innerText()).contains("Name of raul");
            assertThat(visitor.contentBehind(page.locator("a[href$='fua.pdf']").first()))
                    .startsWith("%PDF");
        }
    }

    private void isRegistered(Project project, String register, String facts) {
        jdbc.sql("""
                        insert into register_entry (register, project_id, document, facts, loaded_at)
                        values (:register, :project, :document, cast(:facts as jsonb), now())
                        """)
                .param("register", register)
                .param("project", project.id().value())
                .param("document", DOCUMENT)
                .param("facts", facts)
                .update();
    }

    /** Both, one after the other, beside the form and without leaving it; what the second knows is taken over into it. */
    private static void asksTheRegisters(Visitor visitor, @Nullable Keyboard keyboard) {
        Page page = visitor.page();
        String civil = "form[hx-post$='/civil'] button:not([formaction])";
        String beneficiary = "form[hx-post$='/civil'] button[formaction$='/beneficiary']";
        if (keyboard == null) {
            page.locator("#register-document").fill(DOCUMENT);
            page.locator(civil).click();
        } else {
            keyboard.skipToContent();
            keyboard.write("#register-document", DOCUMENT);
            keyboard.enter(civil);
        }
        page.locator("#register-answer [data-fact=familyName]").waitFor();
        assertThat(page.locator("#register-answer").innerText())
                .contains(visitor.words("desk.register.civil"), "Ramos Tello", "Huanta");
        if (keyboard == null) {
            page.locator(beneficiary).click();
        } else {
            keyboard.enter(beneficiary);
        }
        page.locator("#register-answer [data-fact=householdCode]").waitFor();
        assertThat(page.locator("#register-answer").innerText()).doesNotContain("Huanta");
        if (keyboard == null) {
            page.locator("[data-fill-form]").click();
        } else {
            keyboard.enter("[data-fill-form]");
        }
        // A field of beneficiaries alone: it comes to light because the register knows the person.
        PlaywrightAssertions.assertThat(page.locator("[data-form-canvas] input[id$='-householdCode']"))
                .hasValue("H-77");
        assertThat(page.locator("[data-form-canvas] input[id$='-document']").inputValue())
                .isEqualTo(DOCUMENT);
    }

    private static void takeByKeyboard(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/calls/new']"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("form[data-draft] button.btn-primary"));
        keyboard.isAt(".error-summary");
        keyboard.enter(".error-summary a[href='#givenName']");
        keyboard.isAt("#givenName");
        keyboard.type("Julio");
        keyboard.write("#familyName", "Ramos Tello");
        keyboard.write("#callBackNumber", "966 000 123");
        keyboard.write("#reason", "Abono de agosto");
        visitor.follow(() -> keyboard.enter("form[data-draft] button.btn-primary"));
        visitor.form().waitFor();
        keyboard.choose("outcome", visitor.words("form.fua-by-phone.outcome.call-back"));
        keyboard.finish(visitor);
    }

    private static void returnByKeyboard(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter(".desk-calls a[href*='/tasks/']"));
        visitor.form().waitFor();
        asksTheRegisters(visitor, keyboard);
        keyboard.choose("beneficiary", visitor.words("form.fua-by-phone.beneficiary.yes"));
        keyboard.choose("kind", visitor.words("form.fua-by-phone.kind.query"));
        keyboard.choose("outcome", visitor.words("form.fua-by-phone.outcome.solved"));
        keyboard.finish(visitor);
    }
}
