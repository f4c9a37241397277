package org.ancora.journeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** An owner's hands at the studio, with a mouse or without: then there are only keys. */
record EditorHands(Page page, boolean withoutMouse) {

    private static final int MOST_OPTIONS = 80;

    private static final String IS_HERE = "(selector) => document.activeElement === document.querySelector(selector)";

    private static final String IS_BEFORE = """
            (selector) => {
              const here = document.activeElement;
              const there = document.querySelector(selector);
              return !!there && here !== document.body
                  && !!(here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_PRECEDING);
            }""";

    void press(String selector) {
        if (withoutMouse) {
            reach(selector);
            page.keyboard().press("Enter");
        } else {
            page.locator(selector).first().click();
        }
    }

    /** Goes to where one can type; without a mouse the shorter way, forwards or back. */
    void reach(String selector) {
        if (withoutMouse) {
            // A problem, for one, is found a moment after it was made.
            page.locator(selector).first().waitFor();
            if (Boolean.TRUE.equals(page.evaluate(IS_HERE, selector))) {
                return;
            }
            boolean back = Boolean.TRUE.equals(page.evaluate(IS_BEFORE, selector));
            page.evaluate("() => document.activeElement.blur()");
            Keyboard keys = new Keyboard(page);
            if (back) {
                keys.backTo(selector);
            } else {
                keys.tabTo(selector);
            }
        } else {
            page.locator(selector).first().click();
        }
    }

    void write(String selector, String text) {
        reach(selector);
        page.keyboard().type(text);
    }

    void overwrite(String selector, String text) {
        reach(selector);
        writeOver(text);
    }

    /** As {@link #overwrite(String, String)}, for a control that has an id. */
    void overwrite(Locator control, String text) {
        reach(selector(control));
        writeOver(text);
    }

    private void writeOver(String text) {
        page.keyboard().press("Control+A");
        page.keyboard().insertText(text);
    }

    /** Chooses from a list that has an id, by what it stands for. */
    void choose(Locator list, String value) {
        if (!withoutMouse) {
            list.selectOption(value);
            return;
        }
        reach(selector(list));
        page.keyboard().press("Home");
        for (int presses = 0; presses < MOST_OPTIONS && !list.inputValue().equals(value); presses++) {
            page.keyboard().press("ArrowDown");
        }
        if (!list.inputValue().equals(value)) {
            throw new AssertionError("The keyboard does not reach the choice " + value);
        }
    }

    /** Ticks a box that has an id. */
    void tick(Locator box) {
        if (withoutMouse) {
            reach(selector(box));
            page.keyboard().press("Space");
        } else {
            box.check();
        }
        if (!box.isChecked()) {
            throw new AssertionError("The box is not ticked");
        }
    }

    private static String selector(Locator control) {
        return "[id='" + control.getAttribute("id") + "']";
    }
}
