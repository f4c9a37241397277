package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;

/**
 * Somebody who uses Ancora in a real browser, in one language and at one width. Every page they come to is checked:
 * nothing in the console, no sideways scrolling, no word without translation, the right language, and, the first time
 * a page of its kind is seen, no accessibility fault.
 */
class Visitor implements AutoCloseable {

    /** No stage of the procedure takes longer, holidays included. */
    private static final int MOST_MOVES = 12;

    /** What the browser notes where a form was filled in wrongly, which is no fault of the page. */
    private static final Pattern REFUSED_FORM = Pattern.compile("responded with a status of (400|422)");

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final Locale locale;
    private final MessageSource messages;
    private final String name;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> kindsSeen;
    private int pictures;

    /**
     * @param kindsSeen the kinds of pages that were looked at closely, in this language and at this width; added to
     */
    Visitor(
            Browser browser,
            String base,
            Locale locale,
            int width,
            String journey,
            MessageSource messages,
            Set<String> kindsSeen) {
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(locale.toLanguageTag())
                .setViewportSize(width, width < 600 ? 780 : 900)
                .setReducedMotion(ReducedMotion.REDUCE));
        this.page = context.newPage();
        this.base = base;
        this.locale = locale;
        this.messages = messages;
        this.kindsSeen = kindsSeen;
        this.name = journey + "-" + locale.getLanguage() + "-" + width;
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !REFUSED_FORM.matcher(message.text()).find()) {
                faults.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> faults.add(page.url() + ": " + error));
    }

    Page page() {
        return page;
    }

    String language() {
        return locale.getLanguage();
    }

    /** The words of a message key in the visitor's language. */
    String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** Sits down in a colleague's place: signs in with one click on a demo account. */
    void signIn(String account) {
        context.clearCookies();
        go("/sign-in");
        page.locator("button:has(code:text-is('" + account + "'))").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        look();
    }

    void go(String path) {
        page.navigate(base + path);
        look();
    }

    /** Presses what leads on: a link or button of the page's content with these words. */
    void press(String words) {
        page.locator("main a:visible, main button:visible")
                .filter(new Locator.FilterOptions().setHasText(words))
                .first()
                .click();
        look();
    }

    /** Opens the case's task with this title from the visitor's lists, where it has to be by now. */
    void openTask(String caseCode, String title) {
        go("/tasks?tab=team&text=" + caseCode);
        open(title);
    }

    /** Moves the demo's clock by business days until the case's task with this title stands in the visitor's list. */
    void awaitTask(String caseCode, String title) {
        go("/tasks?tab=team&text=" + caseCode);
        for (int moves = 0; row(title).count() == 0; moves++) {
            assertThat(moves).as("business days until “%s”", title).isLessThan(MOST_MOVES);
            moveClock("business-day");
        }
        open(title);
    }

    private void open(String title) {
        row(title).first().click();
        form().waitFor();
        look();
        assertThat(page.locator("h1").innerText()).isEqualTo(title);
    }

    private Locator row(String title) {
        return page.locator("ul.rows a.row-title").filter(new Locator.FilterOptions().setHasText(exactly(title)));
    }

    /** Chooses an answer of the task's form. */
    void choose(String form, String field, String value) {
        chooseCalled(field, words("form." + form + "." + field + "." + value));
    }

    /** Chooses an answer of the task's form by the words it bears. */
    void chooseCalled(String field, String words) {
        answers(field)
                .filter(new Locator.FilterOptions().setHasText(words))
                .first()
                .click();
        page.locator("[data-form-canvas] input[id*='-" + field + "-']:checked")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    }

    Locator answers(String field) {
        return form().locator(".fjs-inline-label:has(input[id*='-" + field + "-']) label");
    }

    /** Chooses from a long list of the task's form by typing. */
    void pick(String text) {
        Locator select = form().locator(".fjs-form-field-select input").last();
        assertThat(select.getAttribute("placeholder")).isEqualTo(words("web.form.own.search"));
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

    /** Finishes the task, after a look at what was filled in; waits until the next page is there. */
    void finish() {
        look();
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
        String before = page.locator("[data-demo-now]").innerText();
        page.locator("[data-clock=" + by + "]").click();
        page.locator("[data-demo-now]")
                .filter(new Locator.FilterOptions().setHasNotText(before))
                .waitFor();
        look();
    }

    /** What the browser gets where it opens the link with these words: as Latin-1 text, so that a PDF's head can be read. */
    String contentBehind(Locator link) {
        APIResponse answer = context.request().get(base + link.getAttribute("href"));
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }

    /** What the browser gets where it sends the form: its content type and its first letters. */
    String answerTo(String form, String action) {
        return (String) page.evaluate("""
                async ([form, action]) => {
                  const body = new URLSearchParams(new FormData(document.querySelector(form)));
                  const answer = await fetch(action, { method: "POST", body });
                  return answer.headers.get("content-type") + " " + (await answer.text()).slice(0, 5);
                }""", List.of(form, action));
    }

    /** As {@link #look}, but closely although a page of this kind was seen before: something on it was opened. */
    void lookClosely() {
        kindsSeen.remove(kind());
        look();
    }

    /** Holds the page to what every page owes; at a page of a new kind this takes a closer look, and a picture. */
    void look() {
        page.waitForLoadState(LoadState.LOAD);
        boolean ofNewKind = kindsSeen.add(kind());
        if (ofNewKind) {
            page.waitForLoadState(LoadState.NETWORKIDLE);
        }
        String where = page.url() + " (" + name + ")";
        assertThat(page.locator("body").innerText()).as(where).doesNotContain("??");
        assertThat(page.getAttribute("html", "lang")).as(where).isEqualTo(locale.getLanguage());
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue())
                .as("pixels by which %s scrolls sideways", where)
                .isLessThanOrEqualTo(0);
        if (ofNewKind) {
            picture();
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as("accessibility of %s", where)
                    .isEmpty();
        }
        assertThat(faults).as("faults in the console").isEmpty();
    }

    /** Pages of one address pattern are of one kind; of forms, each state of each is one. */
    private String kind() {
        String pattern = page.url()
                .replaceFirst("^[a-z]+://[^/]+", "")
                .replaceFirst("&text=.*", "")
                .replaceFirst("/cases/[A-Z][A-Z0-9-]+", "/cases/{code}")
                .replaceFirst("/(tasks|letters)/[0-9a-f-]+", "/$1/{id}");
        return locale + " " + page.viewportSize().width + " " + pattern + " "
                + page.locator("h1").first().innerText() + " "
                + page.locator("[data-form-canvas] input:checked").count();
    }

    /** Read by the browser's regular expressions, which know no quoting by \\Q. */
    private static Pattern exactly(String words) {
        return Pattern.compile("^\\s*" + words.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0") + "\\s*$");
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
