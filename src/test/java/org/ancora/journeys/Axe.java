package org.ancora.journeys;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The accessibility rules of axe-core, asked within the page. Its script comes with every page of a visitor, because handing
 * it to a page that is there already takes as long as the rules do.
 */
final class Axe {

    private static final String SOURCE = read("/axe.min.js");

    /** What is in order is neither described nor handed back, and frames are pages of their own. */
    private static final String VIOLATIONS = """
            async (colours) => {
              const rules = { "color-contrast": { enabled: colours } };
              const found = await axe.run(document, { resultTypes: ["violations"], iframes: false, rules });
              return found.violations.map((each) =>
                `${each.id}: ${each.help}: ` + each.nodes.map((node) => node.target.join(" ")).join(", "));
            }""";

    private Axe() {}

    /** Lets every page of the visitor bring the rules along. */
    static void comesWith(BrowserContext visitor) {
        visitor.addInitScript(SOURCE);
    }

    /**
     * @param colours whether contrasts are looked at as well, which takes as long as half of the other rules
     * @return what is against the rules on this page, each with the places
     */
    static List<?> violations(Page page, boolean colours) {
        return (List<?>) page.evaluate(VIOLATIONS, colours);
    }

    private static String read(String resource) {
        try (InputStream source = Objects.requireNonNull(Axe.class.getResourceAsStream(resource), resource)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
