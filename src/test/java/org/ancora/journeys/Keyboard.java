package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** Hands that have no mouse. */
class Keyboard {

    private static final int MOST_PRESSES = 100;

    private final Page page;

    Keyboard(Page page) {
        this.page = page;
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    /** Presses Tab until something that matches the selector has the focus. */
    void tabTo(String selector) {
        for (int presses = 0; presses < MOST_PRESSES; presses++) {
            press("Tab");
            if (focusMatches(selector)) {
                return;
            }
        }
        throw new AssertionError("The keyboard does not reach " + selector);
    }

    /** Chooses, in the radio group that has the focus, the answer that bears these words. */
    void answer(String words) {
        press("Space");
        for (int presses = 0; presses < MOST_PRESSES; presses++) {
            Object chosen = page.evaluate(
                    "(document.querySelector('input:focus:checked')?.labels[0]?.textContent ?? '').trim()");
            if (words.equals(chosen)) {
                return;
            }
            press("ArrowDown");
        }
        throw new AssertionError("The keyboard does not reach “" + words + "”");
    }

    void isAt(String selector) {
        page.waitForFunction("selector => document.activeElement.matches(selector)", selector);
        assertThat(focusMatches(selector)).as("focus on %s", selector).isTrue();
    }

    private boolean focusMatches(String selector) {
        return Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector));
    }
}
