package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Hands that have no mouse. */
class Keyboard {

    private static final int MOST_PRESSES = 300;

    private static final String CHOSEN =
            "(document.querySelector('input:focus:checked')?.labels[0]?.textContent ?? '').replace(/\\s+/g, ' ').trim()";

    /** Whether somebody who looks at the page sees what has the focus: it is outlined, and nothing lies over it. */
    private static final String SEEN = """
            () => {
              const focused = document.activeElement;
              const box = focused.closest(".tile, .fjs-inline-label, .fjs-input-group") ?? focused;
              const outlined = [getComputedStyle(focused), getComputedStyle(focused, "::after"), getComputedStyle(box)]
                .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
              const {left, top, width, height} = box.getBoundingClientRect();
              const lies = document.elementFromPoint(left + width / 2, top + height / 2);
              return outlined && lies !== null && (box.contains(lies) || lies.contains(box));
            }""";

    private static final double SOON = 3_000;

    private final Page page;
    private final boolean watching;

    Keyboard(Page page) {
        this(page, false);
    }

    private Keyboard(Page page, boolean watching) {
        this.page = page;
        this.watching = watching;
    }

    /** Hands of somebody who goes by what they see: wherever they stop, the focus shows. */
    static Keyboard watching(Page page) {
        return new Keyboard(page, true);
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    /** Passes over the navigation by the link that is the first of every page. */
    void skipToContent() {
        press("Tab");
        isAt("a.skip");
        press("Enter");
        isAt("#content");
    }

    /** Presses Tab until something that matches the selector has the focus. */
    void tabTo(String selector) {
        move("Tab", selector);
    }

    /** Goes back by Shift and Tab until something that matches the selector has the focus. */
    void backTo(String selector) {
        move("Shift+Tab", selector);
    }

    /** Goes to something and presses Enter on it. */
    void enter(String selector) {
        tabTo(selector);
        press("Enter");
    }

    /** Goes to a box and ticks it. */
    void tick(String selector) {
        tabTo(selector);
        press("Space");
        isAt(selector + ":checked");
    }

    /** Goes to a field and types into it. */
    void write(String selector, String text) {
        tabTo(selector);
        type(text);
    }

    /** Chooses, in the radio group that has the focus, the answer that bears these words. */
    void answer(String words) {
        answer(words, false);
    }

    /** As {@link #answer}, by the words with which the answer begins. */
    void answerBeginning(String words) {
        answer(words, true);
    }

    /** Goes to a radio group of a task's form and chooses. */
    void choose(String field, String words) {
        tabTo("[data-form-canvas] input[id*='-" + field + "-']");
        answer(words);
    }

    /** Goes to a field of a task's form and types into it. */
    void fill(String control, String field, String text) {
        write("[data-form-canvas] " + control + "[id$='-" + field + "']", text);
    }

    /** Goes to the button that finishes the task, and presses it; the next page is there after that. */
    void finish(Visitor visitor) {
        tabTo("[data-form-submit]");
        visitor.look();
        String before = page.url();
        press("Enter");
        page.waitForURL(url -> !url.equals(before));
        visitor.look();
    }

    /** Signs in by name and password. */
    void signIn(Visitor visitor, String name, String password) {
        page.context().clearCookies();
        visitor.go("/sign-in");
        tabTo("#name");
        type(name);
        write("#password", password);
        visitor.follow(() -> press("Enter"));
    }

    /** Goes to a long list and presses the arrow until this value is chosen. */
    void pick(String selector, String value) {
        tabTo(selector);
        for (int presses = 0; presses < MOST_PRESSES; presses++) {
            if (page.locator(selector).inputValue().equals(value)) {
                return;
            }
            press("ArrowDown");
        }
        throw new AssertionError("The keyboard does not reach “" + value + "” in " + selector);
    }

    /** Goes to one of several boxes of a radio group, with the arrows from the one that takes the focus, and chooses it. */
    void mark(String selector, String value) {
        tabTo(selector);
        press("Space");
        for (int presses = 0;
                presses < MOST_PRESSES && !focusMatches(selector + "[value='" + value + "']:checked");
                presses++) {
            press("ArrowDown");
        }
        isAt(selector + "[value='" + value + "']:checked");
    }

    /** Goes to the field of a day and types it, in the order in which this browser asks for its parts. */
    void writeDay(String selector, LocalDate day) {
        tabTo(selector);
        for (String order : List.of("ddMMyyyy", "MMddyyyy", "yyyyMMdd")) {
            type(DateTimeFormatter.ofPattern(order).format(day));
            if (page.locator(selector).inputValue().equals(day.toString())) {
                return;
            }
            press("ArrowLeft");
            press("ArrowLeft");
        }
        throw new AssertionError("The keyboard does not write a day into " + selector);
    }

    /** Goes to a long list and chooses the option that has this value: by the first letters of its words, then by the arrow. */
    void select(String selector, String value) {
        tabTo(selector);
        String words = (String) page.evaluate(
                "([selector, value]) => [...document.querySelector(selector).options].find((each) => each.value === value).label",
                List.of(selector, value));
        // No key of the browser's keyboard bears an accent.
        type(words.replaceFirst("[^ -~].*", ""));
        for (int presses = 0;
                presses < MOST_PRESSES && !page.locator(selector).inputValue().equals(value);
                presses++) {
            press("ArrowDown");
        }
        assertThat(page.locator(selector).inputValue()).as(selector).isEqualTo(value);
    }

    void isAt(String selector) {
        try {
            page.waitForFunction("selector => document.activeElement.matches(selector)", selector);
        } catch (TimeoutError elsewhere) {
            Object at = page.evaluate("() => document.activeElement.outerHTML.slice(0, 300)");
            throw new AssertionError("Nothing came to " + selector + "; the keys are at " + at, elsewhere);
        }
    }

    private void answer(String words, boolean beginning) {
        press("Space");
        for (int presses = 0; presses < MOST_PRESSES; presses++) {
            String chosen = (String) page.evaluate(CHOSEN);
            if (beginning ? chosen.startsWith(words) : chosen.equals(words)) {
                return;
            }
            press("ArrowDown");
        }
        throw new AssertionError("The keyboard does not reach “" + words + "”");
    }

    private void move(String key, String selector) {
        for (int presses = 0; presses < MOST_PRESSES; presses++) {
            press(key);
            if (focusMatches(selector)) {
                seesTheFocus(selector);
                return;
            }
        }
        throw new AssertionError("The keyboard does not reach " + selector + " on " + page.url());
    }

    private void seesTheFocus(String selector) {
        if (!watching) {
            return;
        }
        try {
            page.waitForFunction(SEEN, null, new Page.WaitForFunctionOptions().setTimeout(SOON));
        } catch (TimeoutError unseen) {
            throw new AssertionError("Nobody sees that the focus is on " + selector + " on " + page.url(), unseen);
        }
    }

    private boolean focusMatches(String selector) {
        return Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector));
    }
}
