package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.ancora.time.Dates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What nobody brings to the desk (J2): a letter from the box that is put off, stands still, goes on and is appealed against; an
 * e-mail for another institution and one that says the same again; and the public page, of which somebody takes back what they sent
 * and somebody else becomes a client.
 */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterboxJourneyTest {

    private static final ZoneId LIMA = ZoneId.of("America/Lima");

    /** Pages that were looked at closely, in any test of this class. */
    private static final Set<String> KINDS_SEEN = new HashSet<>();

    /** The form of each task. */
    private static final Map<String, String> FORMS = Map.of(
            "complaint.route", "complaint-route",
            "complaint.prepare", "complaint-answer",
            "complaint.approve", "complaint-approve",
            "complaint.await-information", "complaint-information",
            "complaint.post-answer", "complaint-post",
            "complaint.confirm", "complaint-confirm");

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Dates dates;

    @Autowired
    private JdbcClient jdbc;

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

    @BeforeEach
    void somebodyWorksInAyacucho() {
        Project ayacucho = fixtures.aProjectInPeru();
        people.person("ana", ayacucho.id(), Role.AGENT);
        people.person("ulises", ayacucho.id(), Role.UNIT);
        people.person("sara", ayacucho.id(), Role.SUPERVISOR);
    }

    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"it, 360, false", "en, 1280, true", "es, 360, false"})
    void aLetterIsPutOffStandsStillGoesOnAndIsAppealedAgainst(String language, int width, boolean byKeyboard) {
        try (Visitor visitor = visitor(language, width, "letterbox")) {
            Hands hands = hands(visitor, byKeyboard);
            Locale locale = Locale.forLanguageTag(language);
            signIn(visitor, hands, "ana");
            String number = registers(visitor, hands, "letterbox", "Carta de Rosa");
            attaches(visitor, hands, "carta.pdf", "application/pdf", "%PDF-1.4\n1 0 obj\n");
            finishes(visitor, hands, number, "complaint.route", Map.of());

            // 45 calendar days from Mon 23 Nov 2026 are Thu 7 Jan 2027; the cap of 30 business days is Fri 8 Jan.
            signIn(visitor, hands, "sara");
            opens(visitor, number);
            beside(visitor, hands, number, "extend");
            hands.date("day", "2027-01-09");
            hands.fill("text", "Falta un informe.\nLlega el martes.");
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.page().locator(".error-summary").innerText())
                    .contains(visitor.words("complaint.extend.day"));
            hands.date("day", "2027-01-08");
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.content()).contains(visitor.words("complaint.done.extend"));
            String day = "2027-01-08";
            assertThat(promise(visitor))
                    .contains(dates.dayAndYear(LocalDate.parse(day), locale))
                    .contains(dates.dayAndYear(LocalDate.parse("2027-01-07"), locale));
            isTold(visitor, number, "complaint-extended", "2027-01-07", day, "Falta un informe.\n", "Llega el martes.");

            opens(visitor, number);
            beside(visitor, hands, number, "stop");
            hands.date("day", "2026-12-07");
            hands.fill("text", "Copia de su DNI");
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.content())
                    .contains(visitor.words("complaint.done.stop"))
                    .contains(visitor.words("complaint.stands-still"));
            isTold(visitor, number, "complaint-information-needed", "2026-12-07", "Copia de su DNI");
            moveTo("2026-12-03T10:00");
            signIn(visitor, hands, "ana");
            finishes(visitor, hands, number, "complaint.await-information", Map.of("arrived", "yes"));
            // All 30 days were left on 23 November. After Thu 3 December: 4, 7, 10-11, 14-18, 21-24, 28-31 December (8,
            // 9 and
            // 25 are holidays), 4-8, 11-15, 18-20 January.
            opens(visitor, number);
            assertThat(promise(visitor)).contains(dates.dayAndYear(LocalDate.parse("2027-01-20"), locale));
            isTold(visitor, number, "complaint-resumed", "2026-11-23", "2026-12-03", "2027-01-08", "2027-01-20");

            signIn(visitor, hands, "ulises");
            finishes(visitor, hands, number, "complaint.prepare", Map.of("-answer", "Le pagamos el martes."));
            signIn(visitor, hands, "sara");
            finishes(visitor, hands, number, "complaint.approve", Map.of("decision", "approve"));
            isTold(visitor, number, "complaint-answer", "Le pagamos el martes.");
            signIn(visitor, hands, "ana");
            finishes(visitor, hands, number, "complaint.post-answer", Map.of("posted", "tick"));
            Map<String, String> answers = new LinkedHashMap<>();
            answers.put("reached", "yes");
            answers.put("understood", "yes");
            answers.put("satisfied", "appeal");
            answers.put("-reason", "Falta el pago de octubre.");
            finishes(visitor, hands, number, "complaint.confirm", answers);

            opens(visitor, number);
            assertThat(visitor.content()).contains(visitor.words("complaint.stage.appealed"));
            skip(hands);
            hands.on("section[aria-labelledby=links] a[href^='/complaints/']");
            String appeal = visitor.page().locator("h1").innerText();
            assertThat(appeal).isNotEqualTo(number).startsWith("AYA1-2026-");
            assertThat(visitor.content())
                    .contains("Falta el pago de octubre.")
                    .contains(visitor.words("complaint.appeal-of"))
                    .contains(number);
            isTold(visitor, appeal, "complaint-acknowledged", number);
        }
    }

    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"es, 1280, false", "it, 360, false", "en, 1280, true"})
    void anEmailGoesElsewhereAndAnotherSaysTheSame(String language, int width, boolean byKeyboard) {
        try (Visitor visitor = visitor(language, width, "email")) {
            Hands hands = hands(visitor, byKeyboard);
            signIn(visitor, hands, "ana");
            String first = registers(visitor, hands, "email", "Correo de Rosa");
            attaches(
                    visitor,
                    hands,
                    "correo.eml",
                    "message/rfc822",
                    "From: rosa@example.org\r\nSubject: Pago\r\n\r\nHola\r\n");
            String second = registers(visitor, hands, "email", "Otro correo de Rosa");

            beside(visitor, hands, second, "merge");
            hands.fill("other", "AYA1-2026-9999", "text", "Dice lo mismo.");
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.page().locator(".error-summary").innerText())
                    .contains(visitor.words("complaint.merge.unknown"));
            hands.fill("other", first);
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.content())
                    .contains(visitor.words("complaint.done.merge"))
                    .contains(visitor.words("complaint.stage.merged"));
            isTold(visitor, second, "complaint-merged", first);

            opens(visitor, first);
            beside(visitor, hands, first, "redirect");
            hands.fill("other", "Defensoría del Pueblo, 0800 15170", "text", "Sra. Paz, espera su visita.");
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.content())
                    .contains(visitor.words("complaint.done.redirect"))
                    .contains(visitor.words("complaint.stage.redirected"));
            assertThat(promise(visitor))
                    .contains(visitor.words(
                            "complaint.promise.over",
                            dates.dayAndYear(LocalDate.parse("2027-01-07"), Locale.forLanguageTag(language))));
            isTold(visitor, first, "complaint-redirected", "Defensoría del Pueblo, 0800 15170");
        }
    }

    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"it, 1280, true", "en, 360, false", "es, 360, false"})
    void anybodyWritesOnThePublicPage(String language, int width, boolean byKeyboard) {
        try (Visitor person = visitor(language, width, "public");
                Visitor visitor = visitor(language, width, "public-answered")) {
            String back = writes(person, byKeyboard, "Rosa");
            String status = person.page().locator("main a.btn").getAttribute("href");
            String client = writes(person, byKeyboard, "Delia");
            clockwork.runDueJobs();
            person.go(status);
            assertThat(person.content()).contains(back).contains(person.words("complaint.status.routing"));

            Hands hands = hands(visitor, byKeyboard);
            signIn(visitor, hands, "ana");
            opens(visitor, back);
            beside(visitor, hands, back, "withdraw");
            hands.fill("text", "Ya le pagaron.");
            hands.on("main form.card button.btn-primary");
            assertThat(visitor.content())
                    .contains(visitor.words("complaint.done.withdraw"))
                    .contains(visitor.words("complaint.stage.withdrawn"));
            isTold(visitor, back, "complaint-withdrawn", back);
            person.go(status);
            assertThat(person.content()).contains(person.words("complaint.status.withdrawn"));

            opens(visitor, client);
            skip(hands);
            hands.on("form[action$='/case'] button");
            String code = visitor.page().url().replaceFirst(".*/", "");
            assertThat(code).startsWith("AYA-2026-");
            assertThat(visitor.content()).contains("Delia Quispe").doesNotContain(client);
            opens(visitor, client);
            assertThat(visitor.page().locator("section[aria-labelledby=links]").innerText())
                    .contains(code);
        }
    }

    private Visitor visitor(String language, int width, String journey) {
        return new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                journey,
                messages,
                KINDS_SEEN);
    }

    private static Hands hands(Visitor visitor, boolean byKeyboard) {
        return new Hands(visitor, byKeyboard ? Keyboard.watching(visitor.page()) : null);
    }

    private static void skip(Hands hands) {
        if (hands.keyboard() != null) {
            hands.keyboard().skipToContent();
        }
    }

    private static void signIn(Visitor visitor, Hands hands, String name) {
        if (hands.keyboard() == null) {
            visitor.signIn(name, People.PASSWORD);
        } else {
            hands.keyboard().signIn(visitor, name, People.PASSWORD);
        }
    }

    /** An agent enters what came, to the central unit; the person reads the visitor's language. Returns its number. */
    private static String registers(Visitor visitor, Hands hands, String channel, String motive) {
        visitor.go("/complaints");
        skip(hands);
        hands.on("main a[href$='/complaints/new']");
        skip(hands);
        hands.choose("channel", channel);
        hands.choose("kind", "complaint");
        hands.fill("motive", motive);
        hands.select("destination", "central-unit");
        hands.on("main form button.btn-primary");
        assertThat(visitor.page().locator(".error-summary").innerText())
                .contains(visitor.words("complaint.form.name-missing"))
                .contains(visitor.words("complaint.form.no-way"));
        hands.fill("givenName", "Rosa", "familyName", "Huaman");
        if (channel.equals("email")) {
            hands.fill("email", "rosa@example.org");
        } else {
            hands.fill("phone", "966555014", "address", "Jr. Cusco 45, Ayacucho");
        }
        hands.select("language", visitor.language());
        hands.on("main form button.btn-primary");
        assertThat(visitor.content())
                .contains(visitor.words("complaint.registered"))
                .contains(motive)
                .contains(visitor.words("complaint.came-by." + channel))
                .contains(visitor.words("complaint.originals.none"));
        return visitor.page().locator("h1").innerText();
    }

    /** The file itself is chosen in a window of the browser, which is no page. */
    private static void attaches(Visitor visitor, Hands hands, String name, String type, String content) {
        skip(hands);
        if (hands.keyboard() != null) {
            hands.keyboard().tabTo("#file");
        }
        visitor.page()
                .locator("#file")
                .setInputFiles(new FilePayload(name, type, content.getBytes(StandardCharsets.US_ASCII)));
        hands.on("form[data-upload] button.btn");
        assertThat(visitor.page()
                        .locator("section[aria-labelledby=matter] a[download]")
                        .allInnerTexts())
                .containsExactly(name);
        assertThat(visitor.contentBehind(visitor.page().locator("section[aria-labelledby=matter] a[download]")))
                .isEqualTo(content);
    }

    /** Somebody without an account: nothing is sent before it says what it is about and how to reach them. */
    private static String writes(Visitor person, boolean byKeyboard, String givenName) {
        Hands hands = hands(person, byKeyboard);
        person.go("/complain/ayacucho");
        skip(hands);
        hands.on("main form button.btn-primary");
        assertThat(person.page().locator(".error-summary").innerText())
                .contains(person.words("complaint.form.kind-missing"))
                .contains(person.words("complaint.form.no-way"));
        hands.choose("kind", "complaint");
        hands.fill(
                "motive", "No me pagaron.", "givenName", givenName, "familyName", "Quispe", "email", "q@example.org");
        hands.on("main form button.btn-primary");
        assertThat(person.content())
                .contains(person.words("complaint.web.received"))
                .contains(person.words("complaint.web.by-email"));
        return person.page().locator("main strong.number").innerText();
    }

    /** Opens a complaint as whoever knows its number does, once what goes on by itself has. */
    private void opens(Visitor visitor, String number) {
        clockwork.runDueJobs();
        visitor.go("/complaints/" + number);
        assertThat(visitor.page().locator("h1").innerText()).isEqualTo(number);
    }

    /** From the complaint in sight to what may be done beside its tasks. */
    private static void beside(Visitor visitor, Hands hands, String number, String deed) {
        skip(hands);
        hands.on("header.page-head a[href='/complaints/" + number + "/" + deed + "']");
        assertThat(visitor.page().locator("h1").innerText()).isEqualTo(visitor.words("complaint.do." + deed));
        skip(hands);
    }

    /** Finishes the complaint's open task: choices by their value, words by ids that begin with a hyphen, boxes by "tick". */
    private void finishes(Visitor visitor, Hands hands, String number, String task, Map<String, String> answers) {
        opens(visitor, number);
        String title = visitor.words("task." + task);
        String path = visitor.page()
                .locator("section[aria-labelledby=tasks] a[href^='/tasks/']")
                .filter(new Locator.FilterOptions().setHasText(title))
                .getAttribute("href");
        skip(hands);
        hands.on("section[aria-labelledby=tasks] a[href='" + path + "']");
        visitor.form().waitFor();
        assertThat(visitor.page().locator("h1").innerText()).isEqualTo(title);
        Keyboard keyboard = hands.keyboard();
        if (keyboard != null) {
            keyboard.skipToContent();
        }
        answers.forEach((field, value) -> {
            String words = "[data-form-canvas] textarea[id$='" + field + "']";
            String choice = "form." + FORMS.get(task) + "." + field + "." + value;
            if (value.equals("tick")) {
                hands.tick("[data-form-canvas] input[type=checkbox]");
            } else if (field.startsWith("-") && keyboard == null) {
                visitor.page().locator(words).fill(value);
            } else if (field.startsWith("-")) {
                keyboard.write(words, value);
            } else if (keyboard == null) {
                visitor.chooseCalled(field, visitor.words(choice));
            } else {
                keyboard.choose(field, visitor.words(choice));
            }
        });
        if (keyboard == null) {
            visitor.finish();
        } else {
            keyboard.finish(visitor);
        }
    }

    private static String promise(Visitor visitor) {
        return visitor.page().locator("section[aria-labelledby=promise]").innerText();
    }

    /**
     * What the person reads, once, in their language: the days in full, and the words; and the page says that it was written.
     *
     * @param said days as {@code yyyy-mm-dd}, or words
     */
    private void isTold(Visitor visitor, String number, String kind, String... said) {
        opens(visitor, number);
        assertThat(visitor.page().locator("section[aria-labelledby=written]").innerText())
                .containsOnlyOnce(visitor.words("message.kind." + kind));
        String text = jdbc.sql("select body_text from message where case_code = :number and kind = :kind")
                .param("number", number)
                .param("kind", kind)
                .query(String.class)
                .single();
        for (String each : said) {
            assertThat(text)
                    .as(kind)
                    .contains(
                            each.matches("20[0-9-]{8}")
                                    ? dates.longDay(LocalDate.parse(each), Locale.forLanguageTag(visitor.language()))
                                    : each);
        }
        assertThat(text).doesNotContain("{{", "}}", "??").doesNotContainPattern("\\bnull\\b");
    }

    private void moveTo(String hour) {
        clockwork.moveTo(LocalDateTime.parse(hour).atZone(LIMA).toInstant());
    }
}
