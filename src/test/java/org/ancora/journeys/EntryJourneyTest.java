package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.engagement.Episodes;
import org.ancora.engagement.Track;
import org.ancora.network.Projects;
import org.ancora.process.task.Tasks;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** A caseworker's first month, lived in a browser on the demo: in three languages, on a desk and on a phone. */
@OnTheDemo
class EntryJourneyTest {

    private static final int WEEKS_OF_THREE_MONTHS = 15;

    /** Days off on end. */
    private static final int MOST_DAYS_OFF = 5;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Projects projects;

    @Autowired
    private Users users;

    @Autowired
    private Episodes episodes;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Cases cases;

    private final Visitors visitors;
    private final Path data;
    private final VirtualClock clock;

    EntryJourneyTest(
            @LocalServerPort int port,
            @Autowired MessageSource messages,
            @Autowired VirtualClock clock,
            @Value("${ancora.data}") Path data) {
        this.visitors = new Visitors(port, messages, clock);
        this.data = data;
        this.clock = clock;
    }

    @AfterAll
    void closeBrowser() {
        visitors.close();
    }

    /** What is written down, by keys alone: a reminder of today, a note that survives a lost session, a plan, the log of it all. */
    @ParameterizedTest(name = "{0} at {2} px")
    @CsvSource({"en, york, 1280", "es, ayacucho, 360", "it, torino, 360"})
    void aCaseworkersDayIsWrittenDown(String language, String project, int width) {
        try (Visitor visitor = visitors.visitor(language, width, "day")) {
            Page page = visitor.page();
            Keyboard keyboard = new Keyboard(page);
            visitor.become("caseworker");
            visitor.go("/");
            Locator due = page.locator("#today-reminders li");
            assertThat(due.count()).isPositive();
            String path = page.locator("#today-reminders a.number[href*='" + prefix(project) + "']")
                    .first()
                    .getAttribute("href");
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("#today-reminders a.number[href='" + path + "']"));
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("main a[href='" + path + "/notes/new']"));
            keyboard.skipToContent();
            keyboard.write("#text", "First line\nSecond line");
            page.locator("[data-draft-state] .ti-cloud-check").waitFor();
            visitor.become("caseworker");
            visitor.go(path + "/notes/new");
            assertThat(page.locator("#text").inputValue()).isEqualTo("First line\nSecond line");
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
            assertThat(page.locator(".notes > li").first().innerText()).contains("Second line");

            signedOutWhileTyping(visitor, path + "/contact-points/new");

            visitor.go(path + "/reminders/new");
            keyboard.skipToContent();
            keyboard.write("#text", "Call again");
            keyboard.mark("input[name=when]", "two-weeks");
            visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
            assertThat(page.locator("#reminders").innerText()).contains("Call again");

            visitor.go(path + "/plan");
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("main a[href$='/plan/goals/new']"));
            keyboard.skipToContent();
            keyboard.write("#text", "Sleep at night");
            visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("main a[href$='/plan/sign']"));
            keyboard.skipToContent();
            keyboard.mark("input[name=manner]", "paper");
            keyboard.write("#name", "Z. Z.");
            visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
            assertThat(visitor.contentBehind(page.locator("a[href*='plan.pdf']").first()))
                    .startsWith("%PDF");
            visitor.go(path + "/status");
            visitor.go(path + "/activity?what=note");
            assertThat(page.locator("tbody").innerText()).contains(visitor.words("activity.note.written"));
            visitor.go("/");
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("#today-reminders form[action$='/done'] button"));
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("form[action$='/undo'] button"));
        }
    }

    /** Nothing is sent and nothing lost while signed out; signed in again in another tab, it is kept, put back and thrown away. */
    private static void signedOutWhileTyping(Visitor visitor, String form) {
        Page page = visitor.page();
        visitor.go(form);
        page.locator("input[name=kind][value=phone]").check();
        page.locator("#value").fill("905 555 0188");
        page.locator("#label").fill("Ruth");
        page.locator("[data-draft-state] .ti-cloud-check").waitFor();
        page.context().clearCookies();
        page.locator("#label").fill("Ruth, mornings");
        page.locator("[data-draft-state] .ti-cloud-off").waitFor();
        page.waitForResponse(answer -> answer.url().endsWith("/drafts"), () -> page.locator(
                        "form:has([data-draft-place]) button.btn-primary")
                .click());
        assertThat(page.locator("#label").inputValue()).isEqualTo("Ruth, mornings");

        visitor.become("caseworker");
        page.locator("#label").fill("Ruth, mornings only");
        page.locator("[data-draft-state] .ti-cloud-check").waitFor();
        visitor.expected(401);
        visitor.expected(403);
        visitor.go(form);
        assertThat(page.locator("#label").inputValue()).isEqualTo("Ruth, mornings only");
        assertThat(page.locator("input[name=kind][value=phone]").isChecked()).isTrue();
        assertThat(page.locator("[data-draft-found]").innerText())
                .contains(visitor.words("web.draft.discard"))
                .doesNotContain("@");
        visitor.look();
        page.locator("[data-draft-discard]").click();
        page.locator("[data-draft-found]").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        assertThat(page.locator("#label").inputValue()).isEmpty();
        visitor.go(form);
        assertThat(page.locator("#label").inputValue()).isEmpty();
    }

    /** A client is referred; the agency, without an account, says yes and tells what came of it; the worker reads and ends it. */
    @ParameterizedTest(name = "{0} at {2} px")
    @CsvSource({"es, ayacucho, 360", "en, york, 1280", "it, torino, 1280"})
    void aReferralIsSentAndAnsweredByTheAgency(String language, String project, int width) throws Exception {
        try (Visitor visitor = visitors.visitor(language, width, "referral")) {
            Page page = visitor.page();
            boolean inFull = language.equals("es");
            visitor.become("caseworker");
            visitor.go("/");
            String path = page.locator("#today-referrals a.number[href*='" + prefix(project) + "']")
                    .first()
                    .getAttribute("href");
            visitor.go(path + "/referrals");
            boolean byKeyboard = language.equals("en");
            if (byKeyboard) {
                referByKeyboard(visitor);
            } else {
                visitor.press(visitor.words("referral.new"));
                page.locator("#need").fill("Zapatos");
                page.locator("details:has(#organization) > summary").click();
                page.locator("#organization").fill("Zapatería Zárate");
                page.locator("#email").fill("zz@agency.example");
                page.locator("form[data-draft] button.btn-primary").click();
                visitor.look();
                page.locator("[name=agency][type=checkbox]").check();
            }
            if (inFull) {
                page.locator(".referral-preview")
                        .last()
                        .locator("xpath=ancestor::details/summary")
                        .click();
                page.locator("[name=namesClient][type=checkbox]").check();
                visitor.lookClosely();
            }
            if (byKeyboard) {
                visitor.follow(() -> new Keyboard(page).enter("main form.card .buttons button"));
            } else {
                visitor.press(visitor.words("referral.send.do"));
            }
            assertThat(page.locator("main").innerText()).contains(visitor.words("referral.told.sending"));
            String referral = page.url().replaceFirst("^[a-z]+://[^/]+", "");
            visitor.go(referral);
            assertThat(page.locator("section[aria-labelledby=sent]").innerText())
                    .contains(visitor.words("referral.sent.written"));

            page.context().clearCookies();
            visitor.go(newestLink());
            assertThat(page.locator("main").innerText()).contains("Zapatos", "Zapatería Zárate");
            Keyboard agency = new Keyboard(page);
            if (byKeyboard) {
                agency.write("#accept-who", "Lou");
                visitor.follow(() -> agency.enter("form[action$='/accept'] button"));
            } else {
                page.locator("#accept-who").fill("Lou");
                visitor.press(visitor.words("referral.agency.accept.do"));
            }
            if (inFull) {
                visitor.press(visitor.words("referral.agency.person.do"));
                assertThat(page.locator("main").innerText()).contains(visitor.words("referral.agency.person.name"));
            }
            if (byKeyboard) {
                agency.tabTo("input[name=report]");
                agency.answer(visitor.words("referral.agency.report.came"));
                visitor.follow(() -> agency.enter("form[action$='/report'] button"));
            } else {
                page.locator("input[name=report][value=came]").check();
                visitor.press(visitor.words("referral.agency.report.do"));
            }
            assertThat(page.locator("main").innerText()).contains(visitor.words("referral.agency.done"));

            visitor.become("caseworker");
            visitor.go(referral);
            visitor.go(path + "/referrals");
            assertThat(page.locator("#referrals").innerText()).contains(visitor.words("referral.status.completed"));
            if (byKeyboard) {
                remindByKeyboard(visitor, referral);
            }
            if (inFull) {
                visitor.go("/tasks?tab=mine&text=" + path.substring("/cases/".length()));
                String title = visitor.words("task.referral-follow-up.follow-up");
                page.locator("ul.rows a.row-title")
                        .filter(new Locator.FilterOptions().setHasText(title))
                        .last()
                        .click();
                visitor.form().waitFor();
                visitor.lookClosely();
                visitor.finish();
            }
        }
    }

    private static void referByKeyboard(Visitor visitor) {
        Keyboard keyboard = new Keyboard(visitor.page());
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/referrals/new']"));
        keyboard.skipToContent();
        keyboard.write("#need", "Zapatos");
        keyboard.enter("details:has(#organization) > summary");
        keyboard.write("#organization", "Zapatería Zárate");
        keyboard.write("#email", "zz@agency.example");
        visitor.follow(() -> keyboard.enter("form[data-draft] button.btn-primary"));
        keyboard.skipToContent();
        keyboard.tick("[name=agency][type=checkbox]");
    }

    /** The arrow of the referral opens its reminders and follow-ups; one for later is added there. */
    private static void remindByKeyboard(Visitor visitor, String referral) {
        Keyboard keyboard = new Keyboard(visitor.page());
        String line = "#referral-" + referral.replaceFirst(".*/", "");
        keyboard.skipToContent();
        keyboard.enter(line + " summary");
        visitor.lookClosely();
        visitor.follow(() -> keyboard.enter(line + " a[href$='/reminders/new']"));
        keyboard.skipToContent();
        keyboard.write("#text", "Ask for the shoes");
        keyboard.tabTo("input[name=when]");
        keyboard.answerBeginning(visitor.words("referral.when.month", "").strip());
        visitor.follow(() -> keyboard.enter("main form .buttons button"));
        assertThat(visitor.content()).contains("Ask for the shoes", visitor.words("referral.told.reminded"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("form[action$='/done'] button"));
        assertThat(visitor.page().url()).endsWith(referral);
    }

    /** Where the e-mail that was written last leads whoever opens its link. */
    private String newestLink() throws IOException {
        try (Stream<Path> mails = Files.list(data.resolve("mail"))) {
            for (Path mail : mails.filter(each -> each.toString().endsWith(".eml"))
                    .sorted(Comparator.comparing((Path each) -> each.toFile().lastModified())
                            .reversed())
                    .toList()) {
                String text = Files.readString(mail).replace("=\r\n", "").replace("=\n", "");
                Matcher link =
                        Pattern.compile("/referral-link/[A-Za-z0-9_-]{43}").matcher(text);
                if (link.find()) {
                    return link.group();
                }
            }
            throw new AssertionError("No e-mail bears a link");
        }
    }

    private static String prefix(String project) {
        return switch (project) {
            case "york" -> "YRK";
            case "ayacucho" -> "AYA";
            default -> "TOR";
        };
    }

    @ParameterizedTest(name = "{0} at {2} px")
    @CsvSource({"en, york, 1280", "es, ayacucho, 360", "it, torino, 1280"})
    void aClientWhoNeverAnswersGetsALetterAndTheFileCloses(String language, String project, int width) {
        try (Visitor visitor = visitors.visitor(language, width, "no-answer")) {
            String code = enterIntake(visitor, project, "Zoe");
            acceptAndAssign(visitor, code);
            visitor.become("caseworker");

            visitor.openTask(code, round(visitor, 1));
            noAnswer(visitor);
            visitor.awaitTask(code, round(visitor, 2));
            noAnswer(visitor);
            visitor.awaitTask(code, visitor.words("task.contact-round.record-family-contact"));
            visitor.chooseCalled("supportContact", "Alma");
            visitor.choose("family-contact", "familyOutcome", "passed-on");
            visitor.finish();
            visitor.openTask(code, step(visitor, "tell-source"));
            visitor.choose("tell-source", "sourceChannel", "email");
            visitor.finish();
            if (language.equals("en")) {
                visitor.awaitTask(code, step(visitor, "go-on-without-answer"));
                visitor.finish();
                visitor.openTask(code, step(visitor, "review-letter"));
            } else {
                visitor.awaitTask(code, step(visitor, "review-letter"));
            }
            visitor.choose("review-letter", "letterLanguage", language);
            visitor.choose("review-letter", "letterChannel", "post");
            assertThat(visitor.form().innerText()).contains("Zoe Prova");
            visitor.finish();

            visitor.become("reception");
            readTheLetter(visitor, code);
            printTheLetter(visitor, code);
            if (language.equals("es")) {
                visitor.openTask(code, step(visitor, "print-and-post"));
                visitor.choose("print-and-post", "posting", "posted");
                visitor.finish();
            } else {
                postTheLetter(visitor, code);
            }

            visitor.become("caseworker");
            visitor.go("/cases/" + code);
            assertThat(visitor.page().locator("header.page-head").innerText())
                    .contains(visitor.words("case.status.closed"))
                    .contains(visitor.words("closing-reason.no-contact"));
        }
    }

    @ParameterizedTest(name = "{0} at {2} px")
    @CsvSource({"en, york, 360", "es, ayacucho, 1280", "it, torino, 360"})
    void aClientWhoCallsBackInTheMiddleIsAdmitted(String language, String project, int width) {
        try (Visitor visitor = visitors.visitor(language, width, "calls-back")) {
            String code = assigned(language, project, "Noa");
            visitor.become("caseworker");
            visitor.openTask(code, round(visitor, 1));
            seeWhereTheCaseStands(visitor);
            noAnswer(visitor);
            visitor.moveClock("business-day");

            visitor.go("/cases/" + code);
            visitor.press(visitor.words("engagement.in-touch.action"));
            visitor.press(visitor.words("engagement.in-touch.submit"));
            assertThat(visitor.page()
                            .locator(".error-summary, [role=alert]")
                            .first()
                            .innerText())
                    .contains(visitor.words("engagement.in-touch.channel-missing"));
            visitor.page().locator("input[name=channel][value=phone]").check();
            visitor.press(visitor.words("engagement.in-touch.submit"));
            visitor.openTask(code, step(visitor, "admit"));
            visitor.choose("admit", "admission", "admitted");
            visitor.finish();
            visitor.openTask(code, step(visitor, "complete-documentation"));
            visitor.tick();
            visitor.finish();

            visitor.go("/cases/" + code);
            assertThat(visitor.page().locator("header.page-head").innerText())
                    .contains(visitor.words("case.status.in-progress"));
            if (language.equals("en")) {
                visitor.moveClock("week");
                visitor.moveClock("next-timer");
            }
        }
    }

    /** The search for a client in service: begun by keyboard, and left alone until the last day of its three months. */
    @Test
    void aSilentClientIsSoughtForThreeMonthsAndTheFileCloses() {
        CaseSummary file = fixtures.aClient(projects.byKey("york").orElseThrow())
                .named("Ida", "Prova")
                .consentingTo(Channel.VOICEMAIL, Channel.EMAIL)
                .withSupportContact(true)
                .openCaseFor(user("caseworker"));
        cases.admit(file.code(), user("caseworker"));
        try (Visitor visitor = visitors.visitor("en", 360, "three-months")) {
            visitor.become("caseworker");
            visitor.go(file.path());
            Keyboard keyboard = new Keyboard(visitor.page());
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("a[href$='/search/begin']"));
            keyboard.skipToContent();
            keyboard.write("#reason", "Missed two appointments");
            visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
            LocalDate begun = today();
            visitor.go("/tasks?tab=team&text=" + file.code());
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("ul.rows a.row-title"));
            visitor.form().waitFor();
            keyboard.choose("mainOutcome", visitor.words("form.contact-round.mainOutcome.no-answer"));
            keyboard.choose("furtherChannel", visitor.words("form.contact-round.furtherChannel.email"));
            keyboard.choose("furtherSending", visitor.words("form.contact-round.furtherSending.send"));
            keyboard.finish(visitor);
            visitor.openTask(file.code(), round(visitor, 2));
            noAnswer(visitor);
            visitor.openTask(file.code(), visitor.words("task.contact-round.record-family-contact"));
            visitor.chooseCalled("supportContact", "Ruth");
            visitor.choose("family-contact", "familyOutcome", "passed-on");
            visitor.finish();
            visitor.go(file.path());
            keyboard.skipToContent();
            keyboard.enter("#procedure details.why summary");
            visitor.lookClosely();

            visitor.go("/tasks?tab=team&text=" + file.code());
            String letter = visitor.words("task.engagement-existing-client.review-letter");
            visitor.letTimePass("week", WEEKS_OF_THREE_MONTHS, "ul.rows a.row-title", letter);
            // The last day may be moved back to a business day, and a week passes at once.
            assertThat(today())
                    .isBetween(
                            begun.plusMonths(3).minusDays(MOST_DAYS_OFF),
                            begun.plusMonths(3).plusWeeks(1));
            visitor.openTask(file.code(), letter);
            visitor.choose("review-letter", "letterLanguage", "en");
            visitor.choose("review-letter", "letterChannel", "skip");
            visitor.form().locator("textarea[id$='-skipReason']").fill("The address is a shelter's");
            visitor.finish();
            visitor.go(file.path());
            assertThat(visitor.page().locator("header.page-head").innerText())
                    .contains(visitor.words("case.status.closed"))
                    .contains(visitor.words("closing-reason.no-contact"));
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Test
    void aRoundIsRecordedByKeyboardAlone() {
        try (Visitor visitor = visitors.visitor("en", 1280, "keyboard")) {
            String code = assigned("en", "york", "Kim");
            visitor.become("caseworker");
            visitor.go("/tasks?tab=team&text=" + code);

            Keyboard keyboard = new Keyboard(visitor.page());
            keyboard.tabTo("ul.rows a.row-title");
            keyboard.press("Enter");
            visitor.form().waitFor();
            keyboard.tabTo("[data-form-submit]");
            keyboard.press("Enter");
            keyboard.isAt("[data-form-errors]");
            visitor.look();
            keyboard.tabTo("[data-form-errors] a");
            keyboard.press("Enter");
            keyboard.isAt("input[id*='-mainOutcome-']");
            keyboard.answer(visitor.words("form.contact-round.mainOutcome.no-answer"));
            keyboard.tabTo("input[id*='-furtherChannel-']");
            keyboard.answer(visitor.words("form.contact-round.furtherChannel.email"));
            keyboard.tabTo("input[id*='-furtherSending-']");
            keyboard.answer(visitor.words("form.contact-round.furtherSending.send"));
            visitor.look();
            keyboard.tabTo("[data-form-submit]");
            keyboard.press("Enter");
            visitor.page().waitForURL(url -> !url.contains("/tasks/"));
            visitor.look();

            visitor.go("/cases/" + code + "/attempts");
            assertThat(visitor.page().locator("main").innerText()).contains(visitor.words("attempt.outcome.no-answer"));
        }
    }

    private static String step(Visitor visitor, String element) {
        return visitor.words("task.engagement-on-entry." + element);
    }

    private static String round(Visitor visitor, int number) {
        return visitor.words("task.contact-round.record-round.client-round", number);
    }

    private static String enterIntake(Visitor visitor, String project, String given) {
        visitor.become("reception");
        visitor.go("/p/" + project + "/intakes/new");
        visitor.press(visitor.words("engagement.intake.register"));
        assertThat(visitor.page().locator(".error-summary").isVisible()).isTrue();
        write(visitor, "givenName", given);
        write(visitor, "familyName", "Prova");
        visitor.page().locator("select[name=language]").selectOption(visitor.language());
        // A number of their own: one who shares it would be asked whether they are the same.
        write(visitor, "mainPhone", phone(project) + "18" + given.charAt(0) % 10);
        answer(visitor, "mainPhoneSafe", "yes");
        write(visitor, "email", given.toLowerCase(Locale.ROOT) + "@mail.example");
        answer(visitor, "emailSafe", "yes");
        write(visitor, "address", "1 Test Street\nSample");
        answer(visitor, "addressSafe", "yes");
        answer(visitor, "consentVoicemail", "yes");
        answer(visitor, "consentEmail", "yes");
        write(visitor, "supportName", "Alma");
        write(visitor, "supportRelation", "zia");
        write(visitor, "supportPhone", phone(project) + "189");
        answer(visitor, "consentFamily", "yes");
        answer(visitor, "sourceKind", "agency");
        write(visitor, "sourceName", "Clinic");
        write(visitor, "sourceEmail", "clinic@agency.example");
        visitor.look();
        visitor.press(visitor.words("engagement.intake.register"));
        visitor.page().waitForURL("**/cases/**");
        visitor.look();
        return visitor.page().url().replaceFirst(".*/cases/", "").replaceFirst("[/?#].*", "");
    }

    /** All but the last three figures of a number in the project's country that belongs to nobody. */
    private static String phone(String project) {
        return switch (project) {
            case "ayacucho" -> "966 555 ";
            case "torino" -> "011 555 0";
            default -> "905 555 0";
        };
    }

    /** The code of a case whose caseworker is to begin, as {@link #enterIntake} and {@link #acceptAndAssign} leave it. */
    private String assigned(String language, String project, String given) {
        UserId coordinator = user("coordinator");
        CaseSummary file = fixtures.aClient(projects.byKey(project).orElseThrow())
                .named(given, "Prova")
                .speaking(language)
                .consentingTo(Channel.VOICEMAIL, Channel.EMAIL)
                .withSupportContact(true)
                .referredBy("Clinic")
                .openCase();
        episodes.start(file, Track.ENTRY, coordinator);
        for (Map<String, Object> answers : List.<Map<String, Object>>of(
                Map.of("decision", "accept"),
                Map.of("worker", user("caseworker").toString()))) {
            tasks.complete(tasks.of(file.code()).get(0).id(), fixtures.viewer(coordinator), answers);
        }
        return file.code();
    }

    private UserId user(String signInName) {
        return users.bySignInName(signInName).orElseThrow().id();
    }

    private static void write(Visitor visitor, String field, String text) {
        visitor.page().locator("[name=" + field + "]").fill(text);
    }

    private static void answer(Visitor visitor, String field, String value) {
        visitor.page()
                .locator("label:has(input[name=" + field + "][value=" + value + "])")
                .click();
    }

    private static void acceptAndAssign(Visitor visitor, String code) {
        visitor.become("coordinator");
        visitor.openTask(code, step(visitor, "accept-intake"));
        visitor.choose("accept-intake", "decision", "accept");
        visitor.finish();
        visitor.openTask(code, step(visitor, "assign-caseworker"));
        visitor.pick("Sam Bouchard");
        visitor.finish();
    }

    /** The drawing comes once it is scrolled to, with the present step marked, and the list beside it opens. */
    private static void seeWhereTheCaseStands(Visitor visitor) {
        Locator drawing = visitor.page().locator(".diagram-canvas");
        drawing.scrollIntoViewIfNeeded();
        String present = drawing.getAttribute("data-present");
        Locator step = drawing.locator("[data-element-id='" + present + "'].is-present");
        step.waitFor();
        assertThat(present).isEqualTo("client-round");
        assertThat(drawing.locator(".is-present").count()).isEqualTo(1);
        assertThat(drawing.locator(".is-done").count()).isPositive();
        visitor.page().locator(".diagram-list > summary").click();
        visitor.page().locator(".diagram-list ol").waitFor();
        visitor.lookClosely();
    }

    private static void noAnswer(Visitor visitor) {
        visitor.choose("contact-round", "mainOutcome", "no-answer");
        visitor.choose("contact-round", "furtherChannel", "email");
        visitor.choose("contact-round", "furtherSending", "send");
        visitor.finish();
    }

    private static void readTheLetter(Visitor visitor, String code) {
        visitor.go("/cases/" + code);
        Locator letter = visitor.page()
                .locator("a.written-kind")
                .filter(new Locator.FilterOptions().setHasText(visitor.words("message.kind.no-contact")));
        letter.first().click();
        visitor.page().waitForURL("**/letters/**");
        visitor.look();
        assertThat(visitor.page().locator("article.letter").innerText()).contains("Zoe");
        assertThat(visitor.contentBehind(
                        visitor.page().locator("a[href$='.pdf']").first()))
                .startsWith("%PDF-");
    }

    private static void printTheLetter(Visitor visitor, String code) {
        visitor.go("/print");
        Page page = visitor.page();
        chooseTheLetter(page, code);
        assertThat(visitor.answerTo("form[action$='/print/pdf']", "/print/pdf")).isEqualTo("application/pdf %PDF-");
    }

    /** Posted from the print queue: the procedure's task is done with that. */
    private static void postTheLetter(Visitor visitor, String code) {
        visitor.go("/print");
        chooseTheLetter(visitor.page(), code);
        visitor.press(visitor.words("correspondence.print.post"));
        visitor.press(visitor.words("correspondence.print.confirm.yes", 1));
        assertThat(visitor.page().locator("section[aria-labelledby=posted]").innerText())
                .contains(code);
    }

    private static void chooseTheLetter(Page page, String code) {
        page.locator("li.written-choice:has(a[href$='/" + code + "']) input[type=checkbox]")
                .check();
    }
}
