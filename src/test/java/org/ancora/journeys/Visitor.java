package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/**
 * Somebody who uses Ancora in a real browser, in one language and at one width. Every page they come to is checked:
 * nothing in the console, no accessibility fault, no sideways scrolling, no word without translation.
 */
class Visitor implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final Locale locale;
    private final MessageSource messages;
    private final List<String> faults = new ArrayList<>();
    private final String name;
    private int pictures;

    Visitor(Browser browser, String base, Locale locale, int width, MessageSource messages) {
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(locale.toLanguageTag())
                .setViewportSize(width, width < 600 ? 780 : 900)
                .setReducedMotion(ReducedMotion.REDUCE));
        this.page = context.newPage();
        this.base = base;
        this.locale = locale;
        this.messages = messages;
        this.name = locale.getLanguage() + "-" + width;
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> faults.add(page.url() + ": " + error));
    }

    Page page() {
        return page;
    }

    /** The words of a message key in the visitor's language. */
    String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** Signs in with one click on a demo account. */
    void signIn(String account) {
        go("/sign-in");
        page.locator("button:has(code:text-is('" + account + "'))").click();
        look();
    }

    /** Leaves, so that a colleague can sit down. */
    void signOut() {
        context.clearCookies();
    }

    void go(String path) {
        page.navigate(base + path);
        look();
    }

    /** Presses a button or link by its words. */
    void press(String words) {
        page.locator("button:visible, a:visible, summary:visible")
                .filter(new Locator.FilterOptions().setHasText(words))
                .first()
                .click();
        look();
    }

    /** Opens the case's open task that the visitor finds in their lists. */
    void openTask(String caseCode, String tab) {
        go("/tasks?tab=" + tab + "&text=" + caseCode);
        page.locator("ul.rows a.row-title").first().click();
        form().waitFor();
        look();
    }

    /** Chooses a tile of the task's form. */
    void choose(String form, String field, String value) {
        String label = words("form." + form + "." + field + "." + value);
        form().locator("label")
                .filter(new Locator.FilterOptions().setHasText(label))
                .first()
                .click();
    }

    /** Chooses from a long list of the task's form by typing. */
    void pick(String text) {
        Locator select = form().locator(".fjs-form-field-select input").last();
        select.click();
        select.fill(text);
        form().locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first()
                .click();
    }

    void tick() {
        form().locator("input[type=checkbox]").first().check();
    }

    /** Finishes the task; waits until the next page is there. */
    void finish() {
        String before = page.url();
        page.locator("[data-form-submit]").click();
        page.waitForURL(url -> !url.equals(before));
        look();
    }

    Locator form() {
        return page.locator("[data-form-canvas] .fjs-form");
    }

    /** Moves the demo's clock: {@code business-day}, {@code week} or {@code next-timer}. */
    void moveClock(String by) {
        page.locator("[data-clock=" + by + "]").click();
        look();
    }

    /** Holds the page to what every page owes. */
    void look() {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        picture();
        assertThat(page.locator("body").innerText()).doesNotContain("??");
        assertThat(page.getAttribute("html", "lang")).isEqualTo(locale.getLanguage());
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue())
                .as("%s scrolls sideways", page.url())
                .isLessThanOrEqualTo(0);
        AxeResults results = new AxeBuilder(page).analyze();
        assertThat(results.getViolations())
                .as("accessibility of %s", page.url())
                .isEmpty();
        assertThat(faults).isEmpty();
    }

    /** Kept under target/journeys for whoever wants to see what the visitor saw. */
    private void picture() {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "journeys", name, "%03d.png".formatted(pictures++))));
    }

    @Override
    public void close() {
        context.close();
    }
}
