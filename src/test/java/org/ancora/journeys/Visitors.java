package org.ancora.journeys;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.ancora.testing.Browsers;
import org.ancora.time.VirtualClock;
import org.springframework.context.MessageSource;

/** The browser in which the visitors of one class come, each with a profile of their own. */
class Visitors implements AutoCloseable {

    /** One server for all classes: a page of a kind that was looked at closely need not be again. */
    private static final Set<String> KINDS_SEEN = new HashSet<>();

    private final Playwright playwright = Browsers.playwright();
    private final Browser browser = Browsers.launch(playwright);
    private final int port;
    private final MessageSource messages;

    /** Opens the browser, and sets the engine's clock, which is one for all tests of a run, to that of the demo. */
    Visitors(int port, MessageSource messages, VirtualClock clock) {
        this.port = port;
        this.messages = messages;
        clock.startAt(clock.instant());
    }

    /**
     * @param width of the window in pixels
     * @param journey what the pictures of it are called
     */
    Visitor visitor(String language, int width, String journey) {
        return new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                journey,
                messages,
                KINDS_SEEN);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
