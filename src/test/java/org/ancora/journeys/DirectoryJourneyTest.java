package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.ContactKind;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A coordinator without a mouse loads a directory from a file, finds a service in it, refers a client there, and takes the
 * directory away again.
 */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryJourneyTest {

    private static final String FILE = """
            Agency,Service,Description,Phone,Place,Address,City,Postal code,Country,Area,Hours,Languages,Verified,Places free,Bus line
            Northside House,Hot meals,Warm suppers for everybody,905 555 0111,Northside Hall,1 Elm St,Newmarket,L3Y 1A1,CA,York Region,Mon-Fri 9:00-19:00,en; so,2026-09-01,,
            Northside House,Food bank,Groceries once a week,905 555 0112,Northside Hall,1 Elm St,Newmarket,L3Y 1A1,CA,York Region,ask us,en,2024-01-15,,12A
            Linea Amica,Ascolto,Qualcuno che ascolta,800 555 010,,,,,,Ontario,daily 22:00-06:00,it; en,someday,4,
            """;

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Profiles profiles;

    @Autowired
    private People people;

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
    @CsvSource({"es, 360", "en, 1280", "it, 360"})
    void aDirectoryIsLoadedSearchedReferredToAndTakenAway(String language, int width) throws IOException {
        Project york = fixtures.aProjectInOntario();
        UserId nadia = people.person("nadia", york.id(), Role.COORDINATOR);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(nadia);
        profiles.addContactPoint(
                dana,
                new NewContactPoint(ContactKind.ADDRESS, "8 Bay Road, Thunder Bay ON P7B 5E1", "", true, true),
                nadia);
        try (Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "directory",
                messages,
                new HashSet<>())) {
            visitor.signIn("nadia", People.PASSWORD);
            Page page = visitor.page();
            Locale somali = Locale.forLanguageTag("so");
            Keyboard keys = new Keyboard(page);

            visitor.go("/directory/sources");
            keys.skipToContent();
            keys.write("#name", "211");
            visitor.follow(() -> keys.press("Enter"));
            load(visitor, keys, "york.csv", FILE.getBytes(StandardCharsets.UTF_8));
            assertThat(visitor.content())
                    .contains("Verified", "someday", "ask us", "service.Bus line")
                    .contains(visitor.words("directory.report.error"), visitor.words("directory.report.remark"));
            assertThat(resources()).as("a look changes nothing").isZero();
            visitor.follow(() -> keys.enter("form[action$='/store'] button"));
            assertThat(visitor.content()).contains(visitor.words("directory.load.state.stored"));
            assertThat(resources()).as("without the row that has an error").isEqualTo(2);

            visitor.go("/directory");
            keys.skipToContent();
            keys.write("#words", "suppers");
            keys.write("#area", "newmarket");
            keys.tabTo("#language");
            keys.type(somali.getDisplayLanguage(Locale.forLanguageTag(language)).substring(0, 4));
            assertThat(page.locator("#language").inputValue()).isEqualTo("so");
            keys.tick("input[name=open]");
            visitor.follow(() -> keys.press("Enter"));
            assertThat(page.locator(".resources h2").allInnerTexts()).containsExactly("Hot meals");
            visitor.follow(() -> keys.enter(".resource-head a"));
            visitor.follow(() -> keys.enter(".page-head a.btn-primary"));
            assertThat(page.locator(".refer-rows a").allInnerTexts()).containsExactly("Dana Whitfield");
            visitor.follow(() -> keys.enter(".refer-rows a"));
            assertThat(page.locator(".resource-doubt").innerText()).contains("York Region", "Dana Whitfield");

            keys.write("#need", "Something warm");
            keys.write("#find-area", "newmarket");
            keys.press("Enter");
            Locator found = page.locator("#found .resource-choice");
            found.nth(1).waitFor();
            assertThat(page.url()).as("Enter searches, and sends nothing").endsWith("resource=" + chosen(page));
            page.locator("[data-draft-state] .ti-cloud-check").waitFor();
            visitor.lookClosely();
            visitor.follow(() -> keys.enter("#found .resource-all"));
            assertThat(page.locator("h1").innerText()).isEqualTo("Food bank");
            assertThat(page.locator(".notice-soon").first().innerText()).contains("York Region");
            visitor.follow(() -> keys.enter(".page-head a.btn-primary"));
            assertThat(page.locator("#need").inputValue()).isEqualTo("Something warm");
            assertThat(page.locator(".resource-choice").first().innerText()).contains("Food bank");
            visitor.follow(() -> keys.enter("main form.card .buttons button.btn-primary"));
            assertThat(page.url()).endsWith("/send");
            assertThat(jdbc.sql("select count(*) from referral")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);

            visitor.go("/directory");
            keys.enter("main details.menu > summary");
            visitor.lookClosely();
            Download packed = page.waitForDownload(() -> keys.enter("button[value=zip]"));
            byte[] taken;
            try (InputStream bytes = packed.createReadStream()) {
                taken = bytes.readAllBytes();
            }
            visitor.go("/directory/sources");
            visitor.follow(() -> keys.enter("td a"));
            load(visitor, keys, "york.zip", taken);
            assertThat(visitor.content()).contains(visitor.words("directory.load.no-news"));
        }
    }

    /** A file is chosen in a window of the browser's own; everything else goes by the keyboard. */
    private static void load(Visitor visitor, Keyboard keys, String name, byte[] bytes) {
        visitor.page()
                .locator("input[type=file]")
                .setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
        keys.tabTo("form[data-upload] button");
        visitor.follow(() -> keys.press("Enter"));
        visitor.page().locator("#result").waitFor();
        visitor.lookClosely();
    }

    private static String chosen(Page page) {
        return page.locator("input[name=resource]:checked").inputValue();
    }

    private int resources() {
        return jdbc.sql("select count(*) from directory_resource where active")
                .query(Integer.class)
                .single();
    }
}
