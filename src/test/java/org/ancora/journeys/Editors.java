package org.ancora.journeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.ancora.access.People;

/** The editors of the studio, as owners handle them. */
final class Editors {

    private static final Locator.WaitForOptions HERE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);

    private Editors() {}

    /** Signs in one of {@link People}. */
    static void signIn(Visitor visitor, String name) {
        // Before something is published its scenarios are played.
        visitor.page().setDefaultNavigationTimeout(60_000);
        visitor.enter(name, People.PASSWORD);
    }

    static void open(Visitor visitor, String folder, String file) {
        visitor.page().navigate(visitor.address("/studio/" + folder + "/edit?file=" + file));
        visitor.page().locator("[data-studio][data-ready]").waitFor();
    }

    /** An element of a diagram, in its list of steps. */
    static void choose(Visitor visitor, String element) {
        visitor.page()
                .locator("[data-studio-outline] [data-element='" + element + "']")
                .first()
                .click();
    }

    /** Saved at once by the keys that save everywhere, or just before by itself. */
    static void saved(Visitor visitor) {
        visitor.page().keyboard().press("Control+s");
        visitor.page().waitForFunction("""
                () => document.querySelector("[data-studio-state]").classList.contains("chip-done")
                    && !document.querySelector("[data-studio]").dataset.unsaved""");
    }

    /** Puts a text field at the end of the form that is open. */
    static void addField(Visitor visitor, EditorHands hands, String label, String name) {
        Page page = visitor.page();
        hands.press(".fjs-palette-field[data-field-type=textfield]");
        openGeneral(hands);
        hands.overwrite("#bio-properties-panel-label", label);
        hands.overwrite(".fjs-properties-container input[name=key]", name);
        page.keyboard().press("Tab");
        page.locator(".studio-stage").getByText(label).first().waitFor();
    }

    /** Opens what the chosen field of a form is called. */
    static void openGeneral(EditorHands hands) {
        Locator key = hands.page().locator(".fjs-properties-container input[name=key]");
        key.waitFor(HERE);
        // opened once, the group stays open for the next field
        if (!key.isVisible()) {
            hands.press("[data-group-id=group-general] .bio-properties-panel-arrow");
        }
    }
}
