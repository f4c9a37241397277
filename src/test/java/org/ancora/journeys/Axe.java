package org.ancora.journeys;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The accessibility rules of axe-core, asked within the page. Its script comes with every page of a visitor, because handing
 * it to a page that is there already takes as long as the rules do; it is begun only on those that are looked at closely.
 */
final class Axe {

    private static final String SOURCE = read("/axe.min.js");

    /**
     * What is in order is neither described nor handed back, and frames are pages of their own.
     *
     * <p>A contrast is the same wherever letters of one colour and size stand on the same ground, so the rule is asked of each such look
     * until it has passed, instead of again for every word of the menu on every page. Whatever is laid over or under others by
     * its position is told apart by its class as well, for its ground need not be that of the elements around it.
     */
    private static final String VIOLATIONS = """
            async ([colours, passed]) => {
              if (!window.axe) {
                unpackAxe();
              }
              const grounds = new Map();
              const ground = (element) => {
                if (!element) {
                  return "";
                }
                if (!grounds.has(element)) {
                  const style = getComputedStyle(element);
                  const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode,
                    style.position === "static" ? "" : style.position + " " + element.className].join();
                  const plain = own === "rgba(0, 0, 0, 0),none,1,none,normal,";
                  grounds.set(element, ground(element.parentElement ?? element.getRootNode().host) + (plain ? "" : "/" + own));
                }
                return grounds.get(element);
              };
              const look = (element) => {
                const style = getComputedStyle(element);
                return [style.color, style.fontSize, style.fontWeight, style.textShadow, ground(element)].join();
              };

              const known = new Set(passed);
              const contrast = axe._audit.checks["color-contrast"];
              const asked = contrast.evaluate;
              contrast.evaluate = function (element, ...others) {
                const its = look(element);
                if (known.has(its)) {
                  return true;
                }
                const verdict = asked.call(this, element, ...others);
                if (verdict === true) {
                  known.add(its);
                }
                return verdict;
              };
              try {
                const rules = { "color-contrast": { enabled: colours } };
                const found = await axe.run(document, { resultTypes: ["violations"], iframes: false, rules });
                const violations = found.violations.map((each) =>
                  `${each.id}: ${each.help}: ` + each.nodes.map((node) => node.target.join(" ")).join(", "));
                return { violations, passed: [...known].slice(passed.length) };
              } finally {
                contrast.evaluate = asked;
              }
            }""";

    /** The looks whose contrast is enough, by the width of the window. */
    private static final Map<Integer, Set<String>> PASSED = new HashMap<>();

    private Axe() {}

    /** Lets every page of the visitor bring the rules along, unopened. */
    static void comesWith(BrowserContext visitor) {
        visitor.addInitScript("window.unpackAxe = () => {" + SOURCE + "\n};");
    }

    /**
     * @param colours whether contrasts are looked at as well
     * @return what is against the rules on this page, each with the places
     */
    static List<?> violations(Page page, boolean colours) {
        Set<String> passed = PASSED.computeIfAbsent(page.viewportSize().width, width -> new LinkedHashSet<>());
        Map<?, ?> found =
                (Map<?, ?>) page.evaluate(VIOLATIONS, List.of(colours, colours ? List.copyOf(passed) : List.of()));
        for (Object look : (List<?>) Objects.requireNonNull(found.get("passed"))) {
            passed.add((String) look);
        }
        return (List<?>) Objects.requireNonNull(found.get("violations"));
    }

    private static String read(String resource) {
        try (InputStream source = Objects.requireNonNull(Axe.class.getResourceAsStream(resource), resource)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
