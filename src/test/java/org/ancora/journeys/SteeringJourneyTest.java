package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.engagement.Episodes;
import org.ancora.engagement.Track;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A manager puts procedures right, in each language: failed letters singly and together, a date. In Spanish on a phone, in Italian by
 * keyboard; there also a wrong step, and many at once.
 */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringJourneyTest {

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Letters letters;

    @Autowired
    private TestInbox inbox;

    @Autowired
    private Episodes episodes;

    @Autowired
    private Processes processes;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    /** Above the drawing, and before it for whoever hears the page or goes through it by keyboard. */
    static final String COMES_FIRST = """
            () => [...document.querySelectorAll(".diagram-canvas")].every((canvas) => {
              const words = canvas.parentElement.querySelector(".diagram-outline");
              return words.compareDocumentPosition(canvas) === Node.DOCUMENT_POSITION_FOLLOWING
                && words.getBoundingClientRect().bottom <= canvas.getBoundingClientRect().top
                && words.querySelector(".outline").tabIndex === 0 && words.querySelectorAll("ol > li").length > 3;
            })""";

    private final HashSet<String> seen = new HashSet<>();
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void openBrowser() {
        playwright = Browsers.playwright();
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    void closeBrowser() {
        browser.close();
        playwright.close();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    @Test
    void putsProceduresRight() {
        Project york = fixtures.aProjectInOntario();
        UserId susan = people.person("susan", york.id(), Role.SUPERVISOR, Role.MANAGER);
        for (String language : List.of("en", "es", "it")) {
            inbox.open();
            CaseSummary one = aCaseWhoseLetterFails(york, susan);
            CaseSummary other = aCaseWhoseLetterFails(york, susan);
            clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));
            episodes.start(one, Track.ENTRY, susan);
            episodes.start(other, Track.ENTRY, susan);
            List<String> roots = Stream.of(one, other)
                    .map(file -> processes.running(file.code()).stream()
                            .filter(process -> process.key().equals("engagement-on-entry"))
                            .findFirst()
                            .orElseThrow()
                            .id())
                    .toList();
            try (Visitor visitor = visitor(language, language.equals("es") ? 360 : 1280)) {
                Hands hands = new Hands(visitor, language.equals("it") ? new Keyboard(visitor.page()) : null);
                retriesLetters(hands, one.code());
                changesADate(hands, roots.get(0));
                changesTheDatesOfMany(
                        hands, Map.of("es", "en lugar", "it", "anziché").getOrDefault(language, "instead of"));
                if (language.equals("it")) {
                    takesItToAnotherStep(hands, roots.get(0));
                }
            }
            inbox.close();
        }
    }

    private CaseSummary aCaseWhoseLetterFails(Project york, UserId by) {
        CaseSummary file =
                fixtures.aClient(york).consentingTo(Channel.EMAIL, Channel.POST).openCase();
        inbox.goDown();
        letters.send(new NewLetter(
                new LetterKind("engagement", "no-contact"),
                file.code(),
                RecipientKind.CLIENT,
                Channel.EMAIL,
                Map.of("answerBy", "Monday 14 December 2026"),
                "steering " + file.code(),
                by));
        return file;
    }

    /** Whoever goes through the pages, with a mouse or a finger, or without. */
    private record Hands(Visitor visitor, @Nullable Keyboard keyboard) {

        void on(String selector) {
            if (keyboard == null) {
                visitor.followOn(selector);
            } else {
                visitor.follow(() -> keyboard.enter(selector));
            }
        }

        void write(String selector, String text) {
            if (keyboard == null) {
                visitor.page().locator(selector).fill(text);
            } else {
                keyboard.tabTo(selector);
                keyboard.press("Control+A");
                keyboard.type(text);
            }
        }

        /** Marks one of a radio group. */
        void choose(String group, String value) {
            if (keyboard == null) {
                visitor.page().locator(group + "[value='" + value + "']").check();
            } else {
                keyboard.mark(group, value);
            }
        }

        void pick(String list, String value) {
            if (keyboard == null) {
                visitor.page().locator(list).selectOption(value);
            } else {
                keyboard.pick(list, value);
            }
        }
    }

    private void retriesLetters(Hands hands, String code) {
        Visitor visitor = hands.visitor();
        Page page = visitor.page();
        visitor.go("/monitor/incidents");
        visitor.look();
        assertThat(page.locator("main").innerText())
                .contains(visitor.words("incident.step.deliverMessage"), code, visitor.words("incident.todo.outside"))
                .doesNotContain("Exception");
        inbox.comeBack();
        hands.on(".steer-cases a[href$='/retry'][aria-label*='" + code + "']");
        visitor.look();
        hands.write("#reason", "It answers again");
        hands.on("main form .btn-primary");
        visitor.look();
        hands.on("main form .btn-primary");
        clockwork.runDueJobs();
        assertThat(inbox.subjects()).as("one of them singly").hasSize(1);
        visitor.go("/monitor/incidents");
        assertThat(page.locator("main").innerText()).doesNotContain(code);
        hands.on("main form .btn-primary");
        visitor.look();
        hands.write("#reason", "It answers again");
        hands.on("main form .btn-primary");
        visitor.look();
        clockwork.runDueJobs();
        visitor.go("/monitor/incidents");
        assertThat(page.locator("main").innerText()).contains(visitor.words("incident.none"));
        assertThat(inbox.subjects()).as("all that were left").hasSize(2);
    }

    private void changesADate(Hands hands, String root) {
        Visitor visitor = hands.visitor();
        Page page = visitor.page();
        visitor.go("/monitor/instances/" + root);
        // It is drawn when somebody comes to it, below the steps in words.
        page.locator(".diagram-canvas").first().scrollIntoViewIfNeeded();
        page.locator(".diagram-canvas svg").first().waitFor();
        visitor.look();
        boolean phone = page.viewportSize().width < 500;
        assertThat(page.locator(".diagram-outline").first().getAttribute("open") != null)
                .as("the steps in words are unfolded on a phone")
                .isEqualTo(phone);
        if (phone) {
            assertThat((Boolean) page.evaluate(COMES_FIRST))
                    .as("the steps in words stand before the drawing, and are reached before it")
                    .isTrue();
            assertThat(page.locator(".outline [aria-current=step]").count()).isPositive();
            assertThat(page.locator(".outline-rest[open]").count())
                    .as("only where it stands is unfolded")
                    .isZero();
            assertThat(page.locator(".outline-present").first().isVisible()).isTrue();
        }
        hands.on("a[href$='/reschedule']");
        visitor.look();
        hands.choose(
                "input[name=what]", page.locator("input[name=what]").first().inputValue());
        if (hands.keyboard() == null) {
            page.locator("#day").fill("2026-12-11");
            page.locator("#hour").fill("15:00");
        } else {
            hands.keyboard().writeDay("#day", LocalDate.of(2026, 12, 11));
            hands.keyboard().tabTo("#hour");
            hands.keyboard().type("0300PM");
            if (!page.locator("#hour").inputValue().equals("15:00")) {
                hands.keyboard().press("ArrowLeft");
                hands.keyboard().type("1500");
            }
            assertThat(page.locator("#hour").inputValue()).isEqualTo("15:00");
        }
        hands.write("#reason", "La persona está de viaje");
        hands.on("main form .btn-primary");
        visitor.look();
        assertThat(page.locator(".steer-effects").innerText()).contains("11");
        hands.on("main form .btn-primary");
        assertThat(page.locator("main").innerText())
                .contains(visitor.words("steering.told.reschedule"), "La persona está de viaje");
        visitor.look();
        assertThat(timers(root))
                .as("it waits for what was chosen: three in the afternoon in Toronto, in winter")
                .contains(Instant.parse("2026-12-11T20:00:00Z"));
    }

    private List<Instant> timers(String root) {
        return jdbc.sql("select duedate_ at time zone 'UTC' from engine.act_ru_job where root_proc_inst_id_ = :root")
                .param("root", root)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    /** @param insteadOf what stands before the earlier date */
    private void changesTheDatesOfMany(Hands hands, String insteadOf) {
        Visitor visitor = hands.visitor();
        Page page = visitor.page();
        visitor.go("/monitor/instances?flow=engagement-on-entry");
        visitor.look();
        hands.choose("#bulk input[name=which]", "all");
        hands.pick("#bulk-action", "reschedule");
        hands.on("#bulk button");
        visitor.look();
        hands.choose(
                "input[name=what]", page.locator("input[name=what]").first().inputValue());
        hands.write("#days", "3");
        hands.on("main form .btn-primary");
        visitor.look();
        assertThat(page.locator("main").innerText()).contains(visitor.words("steering.batch.to.days", 3));
        int going = page.locator("tbody tr td:has-text('" + insteadOf + "')").count();
        assertThat(going).isPositive();
        hands.write("#reason", "La oficina estuvo cerrada");
        hands.on("main form .btn-primary");
        visitor.look();
        assertThat(page.locator(".bulk-sum").innerText()).contains(visitor.words("steering.batch.was", going));
    }

    private void takesItToAnotherStep(Hands hands, String root) {
        Visitor visitor = hands.visitor();
        Page page = visitor.page();
        visitor.go("/monitor/instances/" + root + "/move");
        visitor.look();
        hands.pick("#to", root + "/plan-intake-decision");
        hands.write("#reason", "Le date vanno contate di nuovo");
        hands.on("main form .btn-primary");
        assertThat(page.locator(".steer-effects").innerText())
                .contains(visitor.words("task.engagement-on-entry.accept-intake"));
        hands.on("main form button");
        assertThat(page.locator(".steer-journal").innerText()).contains("Le date vanno contate di nuovo");
        assertThat(page.locator(".diagram-canvas").first().getAttribute("data-present"))
                .isEqualTo("accept-intake");
    }

    private Visitor visitor(String language, int width) {
        Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "steering",
                messages,
                seen);
        Page page = visitor.page();
        visitor.go("/sign-in");
        page.locator("input[name=name]").fill("susan");
        page.locator("input[name=password]").fill(People.PASSWORD);
        page.locator("main form button").first().click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        return visitor;
    }
}
