package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** An administrator's day: a new project with rules of its own, people who come and go, and two records of one person. */
@OnTheDemo
class AdministratorsDayTest {

    private final Visitors visitors;

    AdministratorsDayTest(@LocalServerPort int port, @Autowired MessageSource messages, @Autowired VirtualClock clock) {
        visitors = new Visitors(port, messages, clock);
    }

    @AfterAll
    void closeBrowser() {
        visitors.close();
    }

    /** What is set up is there for the first person of the new project, who signs in by the link of that day. */
    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"en, 1280, false", "es, 360, true", "it, 360, true"})
    void makesAProjectReadyForItsFirstCaseworker(String language, int width, boolean byKeyboard) {
        String key = "wren-" + language;
        String wren = "/admin/projects/" + key;
        String password = "four quiet herons";
        try (Visitor visitor = visitors.visitor(language, width, "administrator")) {
            visitor.signIn("admin");
            Hands hands = Hands.of(visitor, byKeyboard);
            makeAProject(hands, key, "W" + language.toUpperCase(Locale.ROOT));
            addAStatus(hands);
            letCaseworkersUseIt(hands, wren);
            sayWhyAndWhenCasesMayBeClosed(hands, wren);
            addAnAttributeAndAFlag(hands, wren);
            closeForADay(hands, wren);
            String email = "robin@" + key + ".example";
            String link = inviteACaseworker(hands, wren, email);

            try (Visitor newcomer = visitors.visitor(language, width, "newcomer")) {
                Hands theirs = Hands.of(newcomer, byKeyboard);
                newcomer.go(link);
                theirs.fill("password", password, "again", password);
                theirs.on("main form button");
                newcomer.go("/sign-in");
                theirs.fill("name", email, "password", password);
                theirs.on("main form button.btn-primary");
                theirs.on("a.bubble[href='/p/" + key + "']");
                newcomer.go("/p/" + key + "/cases");
                theirs.unfold("details.advanced > summary");
                assertThat(newcomer.page().locator(".advanced").innerText())
                        .contains(
                                byLanguage(
                                        newcomer,
                                        "Waiting for a flat",
                                        "A la espera de vivienda",
                                        "In attesa di una casa"),
                                byLanguage(newcomer, "Landlord calls", "Llama el dueño", "Chiama il proprietario"),
                                byLanguage(newcomer, "School", "Escuela", "Scuola"));
            }
        }
    }

    /** Access ends at once, and what the person was working on is listed until it is somebody else's. */
    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"en, 1280, false", "it, 360, true"})
    void endsSomebodysAccess(String language, int width, boolean byKeyboard) {
        try (Visitor visitor = visitors.visitor(language, width, "access-ended");
                Visitor leaver = visitors.visitor("en", 1280, "leaver")) {
            Page page = visitor.page();
            Hands hands = Hands.of(visitor, byKeyboard);
            leaver.signIn("caseworker.en", "ancora");
            assertThat(leaver.page().locator("a.bubble").count()).isEqualTo(1);
            visitor.signIn("admin");
            visitor.go("/admin/projects/york/people?q=leah");
            hands.on("tbody a");
            List<String> held = page.locator(".admin-held .number").allInnerTexts();
            assertThat(held).isNotEmpty().anyMatch(item -> item.startsWith("YRK-"));

            hands.on("form[action$='/end'] button");
            assertThat(visitor.content())
                    .contains(visitor.words("admin.people.ended"), visitor.words("admin.held.left"));
            assertThat(page.locator(".admin-held .number").allInnerTexts()).isEqualTo(held);
            leaver.go("/");
            assertThat(leaver.page().locator("a.bubble").count()).isZero();

            hands.tick("input[name=roles][value=caseworker]");
            hands.on("main form button.btn-primary");
            leaver.go("/");
            assertThat(leaver.page().locator("a.bubble").count()).isEqualTo(1);
        }
    }

    /** A coordinator sees one person twice; an administrator makes the two records one, and two again. */
    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"en, 1280, false", "es, 360, true"})
    void mergesTwoRecordsAndUndoesIt(String language, int width, boolean byKeyboard) {
        try (Visitor visitor = visitors.visitor(language, width, "merging")) {
            Page page = visitor.page();
            Hands hands = Hands.of(visitor, byKeyboard);
            visitor.become("coordinator");
            visitor.go("/clients?name=Dana+Whitfield&project=york");
            List<String> codes = page.locator(".lookalikes a.number").allInnerTexts();
            assertThat(codes).hasSize(2);

            visitor.become("admin");
            compare(hands, codes);
            hands.choose(page.locator("main fieldset input[type=radio]").last().getAttribute("name"), "moves");
            hands.on("main form button.btn-danger");
            assertThat(visitor.content()).contains(visitor.words("profile.merge.done"));
            compare(hands, codes);
            assertThat(visitor.content()).contains(visitor.words("profile.merge.same"));

            visitor.go("/clients/merge");
            hands.on("form[action$='/undo'] button");
            assertThat(visitor.content())
                    .contains(visitor.words("profile.merge.undone"), visitor.words("profile.merge.was-undone"));
            compare(hands, codes);
            assertThat(page.locator("main form button.btn-danger").count()).isEqualTo(1);
        }
    }

    /** Every section that the menu of a project's administration offers, and the page on which something new is made. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"es, ayacucho", "it, torino"})
    void fitsAPhone(String language, String project) {
        try (Visitor visitor = visitors.visitor(language, 360, "administrator")) {
            visitor.signIn("admin");
            visitor.go("/admin");
            visitor.go("/admin/people");
            visitor.go("/admin/networks");
            visitor.go("/admin/new-project");
            visitor.followOn("main form button.btn-primary");
            assertThat(visitor.page().locator(".error-summary li").count()).isPositive();
            visitor.go("/clients/merge");
            visitor.go("/admin/projects/" + project);
            Set<String> sections = links(visitor, ".admin-sections a");
            assertThat(sections).hasSizeGreaterThan(15);
            for (String section : sections) {
                visitor.go(section);
                for (String making : links(visitor, "main a.btn-primary[href$='/new']")) {
                    visitor.go(making);
                }
            }
            visitor.go("/admin/projects/" + project + "/people");
            visitor.followOn("tbody a");
        }
    }

    private static void makeAProject(Hands hands, String key, String prefix) {
        Visitor visitor = hands.visitor();
        Page page = visitor.page();
        visitor.go("/admin");
        hands.on("main a[href='/admin/new-project']");
        hands.on("main form button.btn-primary");
        assertThat(page.locator(".error-summary li").count()).isGreaterThanOrEqualTo(5);
        String organisation = page.locator("#organisation option").nth(1).getAttribute("value");
        hands.fill("name", "Wren House");
        hands.select("organisation", organisation);
        hands.fill("email", "help@" + key + ".example", "phone", "905 555 0110", "key", key, "prefix", prefix);
        hands.select("locale", "en-CA", "accent", "moss");
        hands.fill("initials", "WH");
        hands.select("jurisdiction", "CA-ON", "zone", "America/Toronto");
        hands.on("main form button.btn-primary");
        assertThat(page.locator(".error-summary li").allInnerTexts()).isEmpty();
        assertThat(page.url()).endsWith("/admin/projects/" + key);
        assertThat(visitor.content()).contains("Wren House", visitor.words("admin.new-project.done"));
    }

    private static void addAStatus(Hands hands) {
        Visitor visitor = hands.visitor();
        hands.on(".admin-sections a[href$='/statuses']");
        hands.on("main a.btn-primary");
        hands.fill("key", "waiting-for-a-flat");
        hands.select("category", "pending");
        name(hands, "Waiting for a flat", "A la espera de vivienda", "In attesa di una casa");
        hands.select("colour", "done");
        hands.fill("position", "45");
        hands.on("main form button.btn-primary");
        assertThat(visitor.content()).contains(visitor.words("admin.statuses.added"));
        assertThat(visitor.page().locator("td .status-done").allInnerTexts()).contains(flat(visitor));
    }

    private static String flat(Visitor visitor) {
        return byLanguage(visitor, "Waiting for a flat", "A la espera de vivienda", "In attesa di una casa");
    }

    private static void letCaseworkersUseIt(Hands hands, String wren) {
        Visitor visitor = hands.visitor();
        visitor.go(wren + "/transitions");
        String inProgress = visitor.words("case.status.in-progress");
        hands.tick(box(visitor, inProgress, flat(visitor)));
        hands.tick(box(visitor, flat(visitor), inProgress));
        hands.on("main form button.btn-primary");
        visitor.go(wren + "/transitions");
        assertThat(isTicked(visitor, inProgress, flat(visitor))).isTrue();
        assertThat(isTicked(visitor, flat(visitor), inProgress)).isTrue();
        assertThat(isTicked(visitor, flat(visitor), visitor.words("case.status.closed")))
                .isFalse();
    }

    private static boolean isTicked(Visitor visitor, String from, String to) {
        return visitor.page().locator(box(visitor, from, to)).isChecked();
    }

    private static String box(Visitor visitor, String from, String to) {
        String label = visitor.words("admin.transitions.box", visitor.words("role.caseworker"), from, to);
        return "input[aria-label='" + label + "']";
    }

    private static void sayWhyAndWhenCasesMayBeClosed(Hands hands, String wren) {
        Visitor visitor = hands.visitor();
        visitor.go(wren + "/closing-reasons");
        hands.on("main a.btn-primary");
        hands.fill("key", "moved-away");
        name(hands, "Moved away", "Se mudó", "Ha traslocato");
        hands.fill("position", "15");
        hands.tick("#needsNote");
        hands.on("main form button.btn-primary");
        assertThat(visitor.content()).contains(byLanguage(visitor, "Moved away", "Se mudó", "Ha traslocato"));

        visitor.go(wren + "/closing");
        hands.tick("input[name=conditions][value=documentation]");
        hands.on("main form button.btn-primary");
        assertThat(visitor.content()).contains(visitor.words("admin.saved"));
        assertThat(visitor.page()
                        .locator("input[name=conditions][value=documentation]")
                        .isChecked())
                .isTrue();
    }

    private static void addAnAttributeAndAFlag(Hands hands, String wren) {
        Visitor visitor = hands.visitor();
        visitor.go(wren + "/attributes");
        hands.on("main a.btn-primary");
        hands.fill("key", "school");
        name(hands, "School", "Escuela", "Scuola");
        hands.on("main form button.btn-primary");
        assertThat(visitor.page().locator("tbody").innerText())
                .contains(byLanguage(visitor, "School", "Escuela", "Scuola"));

        visitor.go(wren + "/flags");
        hands.on("main a.btn-primary");
        hands.fill("key", "landlord");
        name(hands, "Landlord calls", "Llama el dueño", "Chiama il proprietario");
        hands.choose("colour", "late");
        hands.fill("protocol", "Say nothing about the client.");
        hands.on("main form button.btn-primary");
        assertThat(visitor.page().locator(".chip-late").allInnerTexts())
                .contains(byLanguage(visitor, "Landlord calls", "Llama el dueño", "Chiama il proprietario"));
    }

    private static void closeForADay(Hands hands, String wren) {
        Visitor visitor = hands.visitor();
        visitor.go(wren + "/calendar");
        hands.date("day", "2027-06-21");
        hands.fill(
                "reasonEn",
                "National Indigenous Peoples Day",
                "reasonEs",
                "Día de los pueblos indígenas",
                "reasonIt",
                "Giornata dei popoli indigeni");
        hands.on("form[action$='/days'] button");
        assertThat(visitor.page().locator("section[aria-labelledby=days]").innerText())
                .contains(
                        byLanguage(
                                visitor,
                                "National Indigenous Peoples Day",
                                "Día de los pueblos indígenas",
                                "Giornata dei popoli indigeni"),
                        visitor.words("admin.days.off"));
    }

    /** @return where the one-time link leads on this server */
    private static String inviteACaseworker(Hands hands, String wren, String email) {
        Visitor visitor = hands.visitor();
        visitor.go(wren + "/people");
        hands.on("main a.btn-primary");
        hands.fill("name", "Robin Finch", "email", email);
        hands.select("language", visitor.language());
        hands.tick("input[name=roles][value=caseworker]");
        hands.on("main form button.btn-primary");
        String link = visitor.page().locator("#link").inputValue();
        visitor.go(wren + "/people");
        assertThat(visitor.page().locator("tbody").innerText())
                .contains("Robin Finch", visitor.words("admin.people.is-waiting"));
        return link.replaceFirst("^[a-z]+://[^/]+", "");
    }

    private static void compare(Hands hands, List<String> codes) {
        hands.visitor().go("/clients/merge");
        hands.fill("first", codes.get(0), "second", codes.get(1));
        hands.on("main form[method=get]:has(#first) button");
    }

    private static void name(Hands hands, String english, String spanish, String italian) {
        hands.fill("nameEn", english, "nameEs", spanish, "nameIt", italian);
    }

    private static String byLanguage(Visitor visitor, String english, String spanish, String italian) {
        return switch (visitor.language()) {
            case "es" -> spanish;
            case "it" -> italian;
            default -> english;
        };
    }

    private static Set<String> links(Visitor visitor, String selector) {
        Set<String> found = new LinkedHashSet<>();
        for (Locator link : visitor.page().locator(selector).all()) {
            found.add(link.getAttribute("href"));
        }
        return found;
    }
}
