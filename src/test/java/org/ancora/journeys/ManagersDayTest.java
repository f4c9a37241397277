package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.Beneficiary;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Offices;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.Petitions;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** A manager asks why complaints are answered late: from the figure to the cases, and to the step where they wait. */
@AncoraTest
class ManagersDayTest {

    private static final String ON_PAPER = """
            () => {
              const seen = (each) => each.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })
                && each.getBoundingClientRect().height > 1;
              const said = (each) => each.tagName + " " + each.textContent.trim().slice(0, 30);
              return {
                controls: [...document.querySelectorAll("button, input, select, textarea, summary, nav, .side, .foot")]
                  .filter(seen).map(said).join(", "),
                hidden: [...document.querySelectorAll(".monitor-part table")].filter((each) => !seen(each)).map(said).join(", "),
              };
            }""";

    private static Playwright playwright;
    private static Browser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Petitions petitions;

    @Autowired
    private Offices offices;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private MessageSource messages;

    /** Presses one button, and tells for it and then for its neighbour whether pressing them now would be in vain. */
    private static final String PRESSED_AT_ONCE = """
            () => {
              const form = document.querySelector(".monitor-export");
              const button = (format) => form.querySelector(`button[value=${format}]`);
              const isInVain = (format) =>
                !form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: button(format) }));
              button("csv").click();
              return [isInVain("csv"), isInVain("xlsx")];
            }""";

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
    @CsvSource({"en, 1280", "es, 360", "it, 1280"})
    void findsWhyComplaintsAreLate(String language, int width) {
        Project ayacucho = fixtures.aProjectInPeru();
        people.person("marta", ayacucho.id(), Role.MANAGER);
        UserId agent = people.person("ana", ayacucho.id(), Role.AGENT);
        String number = complain(ayacucho, agent);
        complain(ayacucho, agent);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(75)));
        try (Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "manager",
                messages,
                new HashSet<>())) {
            signIn(visitor);
            visitor.go("/monitor");
            visitor.page().locator(".plot svg").first().waitFor();
            assertThat(visitor.page().locator("#levels").innerText()).contains(visitor.words("monitor.missed", 2));
            if (language.equals("en")) {
                takesAwayWhatIsShown(visitor);
                printsWhatIsShown(visitor);
            }
            visitor.followOn(".monitor-levels a[href^='/monitor/levels/answers']:not([href*='kept'])");
            assertThat(visitor.content()).contains(number);
            visitor.follow(() -> visitor.page()
                    .locator("main a.case-code")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(number))
                    .click());
            assertThat(visitor.content())
                    .contains(visitor.words("process.complaint"), visitor.words("monitor.late-mark"));

            visitor.go("/monitor");
            visitor.follow(() -> visitor.page()
                    .locator("#flows a[href^='/monitor/flows/complaint']")
                    .click());
            visitor.page().locator(".diagram-canvas").scrollIntoViewIfNeeded();
            visitor.page().locator(".heat-pills .heat-late").first().waitFor();
            assertThat(visitor.page()
                            .locator(".diagram-canvas svg[tabindex='0']")
                            .count())
                    .as("no stop without a name inside the diagram, which has the keys")
                    .isZero();
            visitor.followOn("a.pill[href*='by=lateness']");
            visitor.page().locator(".diagram-canvas").scrollIntoViewIfNeeded();
            visitor.page().locator(".heat-pills .heat-late").first().waitFor();
            visitor.lookClosely();
            assertThat(visitor.page().locator("#steps").innerText()).contains(visitor.words("task.complaint.route"));
            if (width < 500) {
                assertThat(visitor.page()
                                .locator(".diagram-outline[open] .outline")
                                .isVisible())
                        .as("on a phone the steps in words say what the drawing shows")
                        .isTrue();
                assertThat((Boolean) visitor.page().evaluate(SteeringJourneyTest.COMES_FIRST))
                        .isTrue();
                assertThat(visitor.page().locator(".outline").innerText())
                        .contains(visitor.words("monitor.heat.open", 2));
            }
            visitor.followOn("#steps td a[href*='route']");
            assertThat(visitor.content()).contains(number);
            assertThat(visitor.page().locator("main table").innerText())
                    .as("what is waited for has not happened yet")
                    .contains(visitor.words("monitor.awaits", visitor.words("flow.complaint.clock-stopped")));
            visitor.follow(() -> visitor.page()
                    .locator("main a.case-code")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(number))
                    .click());
            assertThat(visitor.page().locator("main .ways").innerText())
                    .contains(visitor.words("task.complaint.route"));
            assertThat(visitor.page().locator(".steer-journal").innerText())
                    .as("where a frame begins that nobody gave a name")
                    .doesNotContain(visitor.words("steering.journal.began", visitor.words("guide.kind.start")));
            visitor.page().locator("main .ways details.why summary").first().click();
            assertThat(visitor.page().locator(".why-steps").first().isVisible()).isTrue();
            visitor.lookClosely();
            if (width > 1000) {
                withoutAMouseInTheDark(visitor, number);
            }
        }
    }

    /** On paper every plot has its figures, nothing can be pressed, and nothing is cut off. */
    private static void printsWhatIsShown(Visitor visitor) {
        Page page = visitor.page();
        for (String path :
                List.of("/monitor", "/monitor/flows/complaint", "/monitor/instances", "/monitor/levels/answers")) {
            visitor.go(path);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            Map<?, ?> paper = (Map<?, ?>) page.evaluate(ON_PAPER);
            String printed = text(page.pdf());
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
            assertThat(paper.get("controls"))
                    .as("what can be pressed on " + path)
                    .isEqualTo("");
            assertThat(paper.get("hidden"))
                    .as("plots without figures on " + path)
                    .isEqualTo("");
            assertThat(printed)
                    .as(path)
                    .contains(page.locator("h1").innerText())
                    .doesNotContain(visitor.words("monitor.xlsx"));
            for (String words :
                    page.locator("main table tr:not(:has(.check)) th").allTextContents()) {
                // A title may take several lines, beside those of its neighbours.
                assertThat(printed).as(path).contains(words.strip().split("\\s+"));
            }
        }
        visitor.go("/monitor");
    }

    /** One file after the other, from the page as it stands; pressed twice, the same one comes once. */
    private static void takesAwayWhatIsShown(Visitor visitor) {
        Page page = visitor.page();
        visitor.go("/monitor/instances");
        Download first = page.waitForDownload(
                () -> assertThat(page.evaluate(PRESSED_AT_ONCE)).isEqualTo(List.of(true, false)));
        assertThat(first.suggestedFilename()).endsWith(".csv");
        page.locator(".monitor-export:not(:has([data-sent]))").first().waitFor();
        for (String format : List.of("xlsx", "csv")) {
            Locator button = page.locator(".monitor-export button[value=" + format + "]:not([aria-busy])");
            assertThat(page.waitForDownload(button::click).suggestedFilename()).endsWith("." + format);
        }
    }

    private static String text(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void withoutAMouseInTheDark(Visitor visitor, String number) {
        Keyboard keyboard = new Keyboard(visitor.page());
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        visitor.go("/monitor");
        keyboard.enter("#flows a[href^='/monitor/flows/complaint']");
        visitor.page().locator(".diagram-canvas").scrollIntoViewIfNeeded();
        visitor.page().locator(".heat-pills").first().waitFor();
        visitor.lookClosely();
        visitor.go("/monitor");
        keyboard.tabTo("#f-weeks");
        keyboard.enter("#ages summary");
        assertThat(visitor.page().locator("#ages table").isVisible()).isTrue();
        visitor.lookClosely();
        visitor.go("/monitor/instances");
        keyboard.pick("#f-state", "late");
        keyboard.write("#f-q", number.substring(0, 4));
        visitor.follow(() -> keyboard.enter(".monitor-filters button"));
        assertThat(visitor.page().url()).contains("state=late", "q=" + number.substring(0, 4));
        assertThat(visitor.page().locator("tbody tr").count()).isEqualTo(2);
        byKeysFromThePromiseToTheProcedure(visitor, keyboard);
    }

    /** From the promise to the cases that missed it, and from the step where they wait to one of them. */
    private static void byKeysFromThePromiseToTheProcedure(Visitor visitor, Keyboard keyboard) {
        visitor.go("/monitor");
        visitor.follow(() -> keyboard.enter(".monitor-levels a[href^='/monitor/levels/answers']:not([href*='kept'])"));
        String late = visitor.page().locator("main a.case-code").first().innerText();
        visitor.follow(() -> keyboard.enter("main a.case-code"));
        assertThat(visitor.page().url()).contains("/monitor/instances?", late);
        visitor.go("/monitor");
        visitor.follow(() -> keyboard.enter("#flows a[href^='/monitor/flows/complaint']"));
        visitor.follow(() -> keyboard.enter("#steps td a[href*='route']"));
        visitor.follow(() -> keyboard.enter("main a.case-code"));
        assertThat(visitor.page().locator("main .ways").innerText()).contains(visitor.words("task.complaint.route"));
    }

    private String complain(Project project, UserId agent) {
        String number = petitions
                .register(
                        new NewPetition(
                                project.id(),
                                offices.home(project).id(),
                                PetitionKind.COMPLAINT,
                                PetitionChannel.EMAIL,
                                PetitionLevel.LOCAL,
                                new NewPetitioner(
                                        "",
                                        "Rosa",
                                        "Huamán",
                                        Beneficiary.UNKNOWN,
                                        "",
                                        "",
                                        "",
                                        "",
                                        "",
                                        "966555014",
                                        "",
                                        "rosa@example.org",
                                        "",
                                        "",
                                        Locale.forLanguageTag("es")),
                                "No me pagaron en octubre.",
                                "",
                                null,
                                false,
                                Destination.REGIONAL_TEAM,
                                null),
                        agent)
                .number();
        clockwork.runDueJobs();
        return number;
    }

    private static void signIn(Visitor visitor) {
        visitor.page().context().clearCookies();
        visitor.go("/sign-in");
        visitor.page().fill("#name", "marta");
        visitor.page().fill("#password", People.PASSWORD);
        visitor.page().locator(".sign-in-do").click();
        visitor.page().waitForURL(url -> !url.contains("/sign-in"));
    }
}
