package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** A client asks for a private number and the worker worries: begun on a phone, decided by a supervisor the same day. */
@AncoraTest
class BoundaryJourneyTest {

    private static Playwright playwright;
    private static Browser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private MessageSource messages;

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

    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"it, 360, true", "en, 1280, false", "es, 360, false"})
    void aWorryIsDecidedTheSameDay(String language, int width, boolean whole) {
        Project york = fixtures.aProjectInOntario();
        UserId sam = people.person("sam", york.id(), Role.CASEWORKER);
        people.person("susan", york.id(), Role.SUPERVISOR);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);
        try (Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "boundary",
                messages,
                new HashSet<>())) {
            if (language.equals("en")) {
                byKeyboard(visitor, dana.code());
            } else {
                signIn(visitor, "sam");
                visitor.go("/tasks");
                visitor.press(visitor.words("conduct.action"));
                visitor.page().fill("#q", "whitf");
                visitor.press(visitor.words("conduct.choose.search"));
                visitor.press("Dana Whitfield");
                visitor.press(visitor.words("conduct.begin.do"));
                visitor.form().waitFor();
                assertThat(visitor.page().locator(".prompts > li").count()).isEqualTo(15);
                record(visitor);
                visitor.finish();

                signIn(visitor, "susan");
                visitor.openTask(dana.code(), visitor.words("task.boundary-request.decide-on-safety"));
                assertThat(visitor.page().locator("main").innerText()).contains("Ha salutato due volte");
                visitor.choose("boundary-safety", "decision", "talk-to-client");
                area(visitor, "words").fill("Sam e Susan le parlano alle 15");
                visitor.finish();
            }
            visitor.go("/cases/" + dana.code() + "/boundaries");
            assertThat(visitor.page().locator("main").innerText()).contains("Sam e Susan le parlano alle 15");

            visitor.go("/incidents");
            visitor.page().locator("tbody a").click();
            visitor.look();
            assertThat(visitor.page().locator("main").innerText()).contains("Mi ha aspettato fuori");

            if (whole) {
                visitor.go("/help");
                visitor.page().fill("#q", "confini");
                visitor.page().locator("main form button").click();
                visitor.look();
                visitor.press(visitor.words("process.boundary-request"));
                // Folded on a phone, where the steps in words come first.
                visitor.page().locator("details[data-fold-on-phones] > summary").click();
                visitor.page().locator(".diagram-canvas svg[data-element-id]").waitFor();
                visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                visitor.lookClosely();
                assertThat(visitor.contentBehind(
                                visitor.page().locator("main a[href*='.pdf']").last()))
                        .startsWith("%PDF");
            }
        }
    }

    private static void byKeyboard(Visitor visitor, String code) {
        Keyboard keyboard = new Keyboard(visitor.page());
        keyboard.signIn(visitor, "sam", People.PASSWORD);
        visitor.go("/tasks");
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/boundary/new']"));
        keyboard.skipToContent();
        keyboard.write("#q", "whitf");
        visitor.follow(() -> keyboard.press("Enter"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter(".case-lines a"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("main form.card button.btn-primary"));
        visitor.form().waitFor();
        keyboard.choose("channel", visitor.words("form.boundary-request.channel.phone"));
        keyboard.choose("asked", visitor.words("form.boundary-request.asked.private-number"));
        keyboard.fill("textarea", "note", "Ha chiesto il mio numero");
        keyboard.tick("[data-form-canvas] input[type=checkbox][id$='-safetyWorry']");
        keyboard.fill("textarea", "safetyWords", "Ha salutato due volte");
        keyboard.tick("[data-form-canvas] input[type=checkbox][id$='-uncomfortable']");
        keyboard.fill("textarea", "discomfort", "Mi ha aspettato fuori");
        keyboard.finish(visitor);

        keyboard.signIn(visitor, "susan", People.PASSWORD);
        visitor.go("/tasks?tab=team&text=" + code);
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("ul.rows a.row-title"));
        visitor.form().waitFor();
        assertThat(visitor.content()).contains("Ha salutato due volte");
        keyboard.choose("decision", visitor.words("form.boundary-safety.decision.talk-to-client"));
        keyboard.fill("textarea", "words", "Sam e Susan le parlano alle 15");
        keyboard.finish(visitor);
    }

    private void record(Visitor visitor) {
        visitor.choose("boundary-request", "channel", "phone");
        visitor.choose("boundary-request", "asked", "private-number");
        area(visitor, "note").fill("Ha chiesto il mio numero; ho offerto quello dell'ufficio");
        for (String box : List.of("safetyWorry", "uncomfortable")) {
            visitor.form().locator("input[type=checkbox][id$='-" + box + "']").check();
        }
        area(visitor, "safetyWords").fill("Ha salutato due volte");
        area(visitor, "discomfort").fill("Mi ha aspettato fuori");
    }

    private static Locator area(Visitor visitor, String field) {
        Locator area = visitor.form().locator("textarea[id$='-" + field + "']");
        area.waitFor();
        return area;
    }

    private static void signIn(Visitor visitor, String name) {
        visitor.page().context().clearCookies();
        visitor.go("/sign-in");
        visitor.page().fill("#name", name);
        visitor.page().fill("#password", People.PASSWORD);
        visitor.page().locator(".sign-in-do").click();
        visitor.page().waitForURL(url -> !url.contains("/sign-in"));
        visitor.look();
    }
}
