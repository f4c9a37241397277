package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ScreenshotType;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.springframework.context.MessageSource;

/**
 * Somebody who uses Ancora in a real browser, in one language and at one width. Every page they come to is checked:
 * nothing in the console, no sideways scrolling, no word without translation, the right language, and, the first time
 * a page of its kind is seen, no accessibility fault.
 */
class Visitor implements AutoCloseable {

    /** For whoever wants to see what the visitor saw: pictures are kept when this variable of the environment is set. */
    private static final boolean PICTURES = System.getenv("ANCORA_PICTURES") != null;

    /** No stage of the procedure takes longer, holidays included. */
    private static final int MOST_MOVES = 12;

    /** What the browser notes where a form was filled in wrongly, which is no fault of the page. */
    private static final Pattern REFUSED_FORM = Pattern.compile("responded with a status of (400|422)");

    /** What the browser notes where somebody went whose roles do not lead there. */
    private static final Pattern REFUSED_PAGE = Pattern.compile("responded with a status of 403");

    /** What {@link #look} asks of a page, in one question. */
    private static final String SEEN = """
            () => {
              const root = document.documentElement;
              const drawn = ".djs-container, .dmn-js-parent, [class*='fjs-'], [class*='bio-properties-panel']";
              const text = (selector) => document.querySelector(selector)?.innerText ?? "";
              return {
                language: root.lang,
                sideways: String(root.scrollWidth - root.clientWidth),
                untranslated: String(root.outerHTML.includes("??")),
                heading: text("h1"),
                status: text(".page-head .status"),
                answered: String(document.querySelectorAll("[data-form-canvas] input:checked").length),
                classes: [...new Set([...document.querySelectorAll("[class]")].filter((each) => !each.closest(drawn)).flatMap((each) => [...each.classList]))].join(" "),
                refused: String(document.querySelectorAll(".error-summary, [data-form-errors] a").length > 0),
              };
            }""";

    /** Classes of Tabler that no source names, so that their styles did not come along; editors and forms bring styles of their own. */
    private static final Set<String> LEFT_OUT = leftOut();

    /** Moves the clock as its button does, and answers how often it took until a text stood there; 0 for never. */
    private static final String AWAITED = """
            async ([by, most, selector, text]) => {
              const form = document.querySelector(`[data-clock=${by}]`).form;
              for (let moves = 1; moves <= most; moves++) {
                const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
                const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
                if ([...shown.querySelectorAll(selector)].some((each) => each.textContent.trim() === text)) {
                  return moves;
                }
              }
              return 0;
            }""";

    /** A diagram is fetched when it comes into sight; asked for while its task ends, it would be answered with a conflict. */
    private static final String DRAWN = """
            () => [...document.querySelectorAll("[data-diagram-url]")].every((canvas) => {
              const { top, bottom } = canvas.getBoundingClientRect();
              const inSight = canvas.checkVisibility() && bottom > 0 && top < innerHeight;
              return !inSight || canvas.querySelector(".djs-container, .diagram-broken");
            })""";

    /** Whether a part of the page is still to come once its letters are there. */
    private static final String STILL_LOADING =
            "document.fonts.ready.then(() => document.querySelector('.htmx-request') !== null)";

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final Locale locale;
    private final MessageSource messages;
    private final String name;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> kindsSeen;
    private int pictures;
    private boolean refusalExpected;

    /**
     * @param kindsSeen the kinds of pages that were looked at closely, by language and by width; added to
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
        Axe.comesWith(context);
        this.page = context.newPage();
        this.base = base;
        this.locale = locale;
        this.messages = messages;
        this.kindsSeen = kindsSeen;
        this.name = journey + "-" + locale.getLanguage() + "-" + width;
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            boolean expected = REFUSED_FORM.matcher(message.text()).find()
                    || (refusalExpected && REFUSED_PAGE.matcher(message.text()).find());
            if (message.type().equals("error") && !expected) {
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

    /** What a browser writes down of an answer that was to come; everything else it complains of stays a fault. */
    void expected(int status) {
        assertThat(faults.removeIf(fault -> fault.contains("with a status of " + status + " ")))
                .as("an answer %d in the console", status)
                .isTrue();
    }

    /**
     * Sits down in the place of a colleague who was met before, without the pages of signing in; the page in sight stays the
     * other's until the visitor goes somewhere. Whoever comes in this language for the first time does sign in.
     */
    void become(String account) {
        if (kindsSeen.add(locale.getLanguage() + " signs in as " + account)) {
            signIn(account);
            return;
        }
        enter(account, "ancora");
    }

    /** Signs in without its page, which other journeys look at. */
    void enter(String account, String password) {
        context.clearCookies();
        Element form =
                Jsoup.parse(context.request().get(address("/sign-in")).text()).selectFirst("form:has([name=password])");
        assertThat(form).as("sign-in form").isNotNull();
        APIResponse answer = context.request()
                .post(
                        address("/sign-in"),
                        RequestOptions.create()
                                .setMaxRedirects(0)
                                .setForm(FormData.create()
                                        .set(
                                                "_csrf",
                                                form.select("[name=_csrf]").val())
                                        .set("name", account)
                                        .set("password", password)));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().get("location")).doesNotContain("/sign-in");
    }

    /** Signs in as everybody else does, by name and password. */
    void signIn(String signInName, String password) {
        context.clearCookies();
        go("/sign-in");
        fill("name", signInName, "password", password);
        followOn("main form button.btn-primary");
    }

    void go(String path) {
        page.navigate(address(path));
        look();
    }

    /** Where a path of Ancora's is for this visitor. */
    String address(String path) {
        return base + path;
    }

    /** Goes where the visitor's roles do not lead, and is told so. */
    void goInVain(String path) {
        refusalExpected = true;
        go(path);
        refusalExpected = false;
    }

    /** Does what leads to another page, be it at the same address, and looks at it once it is there. */
    void follow(Runnable deed) {
        page.evaluate("document.body.dataset.left = 'true'");
        deed.run();
        page.locator("body:not([data-left])").waitFor();
        look();
    }

    /** Presses what leads to another page: the first that matches the selector. */
    void followOn(String selector) {
        follow(() -> page.locator(selector).first().click());
    }

    /** Types into the fields with these ids: id, text, id, text… */
    void fill(String... idsAndTexts) {
        for (int i = 0; i < idsAndTexts.length; i += 2) {
            page.locator("#" + idsAndTexts[i]).fill(idsAndTexts[i + 1]);
        }
    }

    /** Chooses in the long lists with these ids: id, value, id, value… */
    void select(String... idsAndValues) {
        for (int i = 0; i < idsAndValues.length; i += 2) {
            page.locator("#" + idsAndValues[i]).selectOption(idsAndValues[i + 1]);
        }
    }

    /** The words of the page's own content. */
    String content() {
        return page.locator("main").innerText();
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
        if (row(title).count() == 0) {
            moveClock("business-day");
        }
        if (row(title).count() == 0) {
            letTimePass("business-day", MOST_MOVES, "ul.rows a.row-title", title);
        }
        open(title);
    }

    /**
     * Presses the demo's clock again and again, without drawing each page that it shows, until there is what is awaited on the
     * page in sight; then looks at that page.
     *
     * @param by as for {@link #moveClock}
     * @param most moves before it is said to come never
     * @param selector of what is awaited
     * @param text that it bears
     */
    void letTimePass(String by, int most, String selector, String text) {
        int moves = (Integer) page.evaluate(AWAITED, List.of(by, most, selector, text));
        assertThat(moves).as("moves by %s until “%s”", by, text).isPositive();
        follow(page::reload);
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

    /** Finishes the task, after a look at what was filled in; waits until the next page is there, which says that it is done. */
    void finish() {
        look();
        String before = page.url();
        String title = page.locator("h1").innerText();
        page.locator("[data-form-submit]").scrollIntoViewIfNeeded();
        page.waitForFunction(DRAWN);
        page.locator("[data-form-submit]").click();
        page.waitForURL(url -> !url.equals(before));
        look();
        if (page.url().contains("/tasks")) {
            assertThat(page.locator(".notice-done").allInnerTexts())
                    .as("what was finished")
                    .anyMatch(said -> said.contains(title));
        }
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
        look(true);
    }

    /** Holds the page to what every page owes; at a page of a new kind this takes a closer look, and a picture. */
    void look() {
        look(false);
    }

    private void look(boolean closely) {
        page.waitForLoadState(LoadState.LOAD);
        Map<?, ?> seen = (Map<?, ?>) page.evaluate(SEEN);
        String where = page.url() + " (" + name + ")";
        assertThat(seen.get("language")).as("language of %s", where).isEqualTo(locale.getLanguage());
        assertThat(seen.get("untranslated"))
                .as("words without translation on %s", where)
                .isEqualTo("false");
        assertThat(List.of(String.valueOf(seen.get("classes")).split(" ")))
                .as("classes on %s without their styles, see build.mjs", where)
                .doesNotContainAnyElementsOf(LEFT_OUT);
        assertThat(Integer.parseInt(String.valueOf(seen.get("sideways"))))
                .as("pixels by which %s scrolls sideways", where)
                .isLessThanOrEqualTo(0);
        // Each kind is looked at closely once in each language, and once at each width.
        boolean inThisLanguage = kindsSeen.add(locale.getLanguage() + " " + kind(seen));
        boolean atThisWidth = kindsSeen.add(page.viewportSize().width + " " + kind(seen));
        if (inThisLanguage || atThisWidth || closely) {
            if (Boolean.TRUE.equals(page.evaluate(STILL_LOADING))) {
                page.locator(".htmx-request").first().waitFor(GONE);
            }
            if (PICTURES) {
                picture();
            }
            // Contrasts are the same in every language.
            assertThat(Axe.violations(page, atThisWidth || closely))
                    .as("accessibility of %s", where)
                    .isEmpty();
        }
        assertThat(faults).as("faults in the console").isEmpty();
    }

    /**
     * Pages of one address pattern are of one kind, those of cases in one status; of forms, each state of each is one, and
     * of lists, each set of rules.
     */
    private String kind(Map<?, ?> seen) {
        String address = page.url().replaceFirst("^[a-z]+://[^/]+", "");
        boolean aboutSomebody = address.matches(
                "/(cases/[A-Z]|complaints/[A-Z]|petitions/[A-Z]|clients/[0-9]|letters/|p/[a-z]+/letters/|admin/projects/).*");
        String pattern = address.replaceFirst("&text=.*", "")
                .replaceAll("=[^&]*", "")
                .replaceFirst("/(cases|complaints|petitions)/[A-Z][A-Z0-9-]+", "/$1/{code}")
                .replaceFirst("^/(admin/projects|p)/[a-z0-9-]+", "/$1/{project}")
                .replaceFirst("/(set-up|referral-link)/.*", "/$1/{secret}")
                .replaceFirst("/(tasks|letters)/[0-9a-f-]{8,}", "/$1/{id}")
                .replaceAll("/[0-9]+", "/{id}");
        return pattern + " " + seen.get(aboutSomebody ? "status" : "heading") + " " + seen.get("answered") + " "
                + seen.get("refused");
    }

    /** Read by the browser's regular expressions, which know no quoting by \\Q. */
    private static Pattern exactly(String words) {
        return Pattern.compile("^\\s*" + words.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0") + "\\s*$");
    }

    private static Set<String> leftOut() {
        try {
            return Set.copyOf(Files.readAllLines(Path.of("target", "frontend", "classes-left-out.txt")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kept under target/journeys. */
    private void picture() {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setType(ScreenshotType.JPEG)
                .setPath(Path.of("target", "journeys", name, "%03d.jpg".formatted(pictures++))));
    }

    @Override
    public void close() {
        context.close();
    }
}
