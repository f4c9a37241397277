package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whoever goes through the pages: with a mouse or a finger, or by real keys alone.
 *
 * @param keyboard null for a mouse
 */
record Hands(Visitor visitor, @Nullable Keyboard keyboard) {

    static Hands of(Visitor visitor, boolean byKeyboard) {
        return new Hands(visitor, byKeyboard ? new Keyboard(visitor.page()) : null);
    }

    /** Follows a link or a button to another page. */
    void on(String selector) {
        if (keyboard == null) {
            visitor.followOn(selector);
        } else {
            visitor.follow(() -> keyboard.enter(selector));
        }
    }

    /** Types into the fields with these ids, in the order of the page: id, text, id, text… */
    void fill(String... idsAndTexts) {
        if (keyboard == null) {
            visitor.fill(idsAndTexts);
            return;
        }
        for (int i = 0; i < idsAndTexts.length; i += 2) {
            keyboard.write("#" + idsAndTexts[i], idsAndTexts[i + 1]);
            assertThat(field(idsAndTexts[i]).inputValue()).isEqualTo(idsAndTexts[i + 1]);
        }
    }

    /** Chooses in the long lists with these ids, in the order of the page: id, value, id, value… */
    void select(String... idsAndValues) {
        if (keyboard == null) {
            visitor.select(idsAndValues);
            return;
        }
        for (int i = 0; i < idsAndValues.length; i += 2) {
            keyboard.select("#" + idsAndValues[i], idsAndValues[i + 1]);
        }
    }

    void tick(String selector) {
        if (keyboard == null) {
            visitor.page().locator(selector).check();
        } else {
            keyboard.tick(selector);
        }
    }

    /** Chooses one of the answers that bear this name. */
    void choose(String name, String value) {
        if (keyboard == null) {
            visitor.page()
                    .locator("label.tile:has(input[name=" + name + "][value='" + value + "'])")
                    .click();
        } else {
            keyboard.mark("input[name='" + name + "']", value);
        }
    }

    /** Enters a day as {@code yyyy-mm-dd}. */
    void date(String id, String day) {
        if (keyboard == null) {
            visitor.fill(id, day);
        } else {
            keyboard.writeDay("#" + id, LocalDate.parse(day));
        }
    }

    /** Unfolds what is folded. */
    void unfold(String selector) {
        if (keyboard == null) {
            visitor.page().locator(selector).click();
        } else {
            keyboard.enter(selector);
        }
    }

    private Locator field(String id) {
        return visitor.page().locator("#" + id);
    }
}
