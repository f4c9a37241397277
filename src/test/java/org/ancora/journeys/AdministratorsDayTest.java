package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** An administrator's day: a new project with rules of its own, people who come and go, and two records of one person. */
@OnTheDemo
class AdministratorsDayTest {

    private static final String WREN = "/admin/projects/wren";

    private final Visitors visitors;

    AdministratorsDayTest(@LocalServerPort int port, @Autowired MessageSource messages, @Autowired VirtualClock clock) {
        visitors = new Visitors(port, messages, clock);
    }

    @AfterAll
    void closeBrowser() {
        visitors.close();
    }

    /** What is set up is there for the first person of the new project, who signs in by the link of that day. */
    @Test
    void makesAProjectReadyForItsFirstCaseworker() {
        try (Visitor visitor = visitors.visitor("en", 1280, "administrator")) {
            visitor.signIn("admin");
            makeAProject(visitor);
            addAStatus(visitor);
            letCaseworkersUseIt(visitor);
            sayWhyAndWhenCasesMayBeClosed(visitor);
            addAnAttributeAndAFlag(visitor);
            closeForADay(visitor);
            String link = inviteACaseworker(visitor);

            try (Visitor newcomer = visitors.visitor("en", 1280, "newcomer")) {
                newcomer.go(link);
                newcomer.fill("password", "four quiet herons", "again", "four quiet herons");
                newcomer.followOn("main form button");
                newcomer.signIn("robin@wren.example", "four quiet herons");
                newcomer.followOn("a.bubble[href='/p/wren']");
                newcomer.go("/p/wren/cases");
                newcomer.page().locator("details.advanced > summary").click();
                assertThat(newcomer.page().locator(".advanced").innerText())
                        .contains("Waiting for a flat", "Landlord calls", "School");
            }
        }
    }

    /** Access ends at once, and what the person was working on is listed until it is somebody else's. */
    @Test
    void endsSomebodysAccess() {
        try (Visitor visitor = visitors.visitor("en", 1280, "access-ended");
                Visitor leaver = visitors.visitor("en", 1280, "leaver")) {
            Page page = visitor.page();
            leaver.signIn("caseworker.en", "ancora");
            assertThat(leaver.page().locator("a.bubble").count()).isEqualTo(1);
            visitor.signIn("admin");
            visitor.go("/admin/projects/york/people?q=leah");
            visitor.followOn("tbody a");
            List<String> held = page.locator(".admin-held .number").allInnerTexts();
            assertThat(held).isNotEmpty().anyMatch(item -> item.startsWith("YRK-"));

            visitor.followOn("form[action$='/end'] button");
            assertThat(visitor.content())
                    .contains(visitor.words("admin.people.ended"), visitor.words("admin.held.left"));
            assertThat(page.locator(".admin-held .number").allInnerTexts()).isEqualTo(held);
            leaver.go("/");
            assertThat(leaver.page().locator("a.bubble").count()).isZero();

            page.locator("input[name=roles][value=caseworker]").check();
            visitor.followOn("main form button.btn-primary");
            leaver.go("/");
            assertThat(leaver.page().locator("a.bubble").count()).isEqualTo(1);
        }
    }

    /** A coordinator sees one person twice; an administrator makes the two records one, and two again. */
    @Test
    void mergesTwoRecordsAndUndoesIt() {
        try (Visitor visitor = visitors.visitor("en", 1280, "merging")) {
            Page page = visitor.page();
            visitor.signIn("coordinator");
            visitor.go("/clients?name=Dana+Whitfield&project=york");
            List<String> codes = page.locator(".lookalikes a.number").allInnerTexts();
            assertThat(codes).hasSize(2);

            visitor.signIn("admin");
            compare(visitor, codes);
            page.locator("fieldset label.tile").last().click();
            visitor.followOn("main form button.btn-danger");
            assertThat(visitor.content()).contains(visitor.words("profile.merge.done"));
            compare(visitor, codes);
            assertThat(visitor.content()).contains(visitor.words("profile.merge.same"));

            visitor.go("/clients/merge");
            visitor.followOn("form[action$='/undo'] button");
            assertThat(visitor.content())
                    .contains(visitor.words("profile.merge.undone"), visitor.words("profile.merge.was-undone"));
            compare(visitor, codes);
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

    private static void makeAProject(Visitor visitor) {
        Page page = visitor.page();
        visitor.go("/admin");
        visitor.followOn("main a[href='/admin/new-project']");
        visitor.followOn("main form button.btn-primary");
        assertThat(page.locator(".error-summary li").count()).isGreaterThanOrEqualTo(5);
        visitor.fill(
                "name",
                "Wren House",
                "key",
                "wren",
                "prefix",
                "WRN",
                "initials",
                "WH",
                "email",
                "help@wren.example",
                "phone",
                "905 555 0110");
        page.locator("#organisation").selectOption(new SelectOption().setIndex(1));
        visitor.select("locale", "en-CA", "accent", "moss", "jurisdiction", "CA-ON", "zone", "America/Toronto");
        visitor.followOn("main form button.btn-primary");
        assertThat(page.url()).endsWith(WREN);
        assertThat(visitor.content()).contains("Wren House", visitor.words("admin.new-project.done"));
    }

    private static void addAStatus(Visitor visitor) {
        visitor.followOn(".admin-sections a[href$='/statuses']");
        visitor.followOn("main a.btn-primary");
        visitor.fill("key", "waiting-for-a-flat", "position", "45");
        name(visitor, "Waiting for a flat", "A la espera de vivienda", "In attesa di una casa");
        visitor.select("category", "pending", "colour", "done");
        visitor.followOn("main form button.btn-primary");
        assertThat(visitor.content()).contains(visitor.words("admin.statuses.added"));
        assertThat(visitor.page().locator("td .status-done").allInnerTexts()).contains("Waiting for a flat");
    }

    private static void letCaseworkersUseIt(Visitor visitor) {
        visitor.go(WREN + "/transitions");
        String inProgress = visitor.words("case.status.in-progress");
        box(visitor, inProgress, "Waiting for a flat").check();
        box(visitor, "Waiting for a flat", inProgress).check();
        visitor.followOn("main form button.btn-primary");
        visitor.go(WREN + "/transitions");
        assertThat(box(visitor, inProgress, "Waiting for a flat").isChecked()).isTrue();
        assertThat(box(visitor, "Waiting for a flat", inProgress).isChecked()).isTrue();
        assertThat(box(visitor, "Waiting for a flat", visitor.words("case.status.closed"))
                        .isChecked())
                .isFalse();
    }

    private static Locator box(Visitor visitor, String from, String to) {
        String label = visitor.words("admin.transitions.box", visitor.words("role.caseworker"), from, to);
        return visitor.page().locator("input[aria-label='" + label + "']");
    }

    private static void sayWhyAndWhenCasesMayBeClosed(Visitor visitor) {
        visitor.go(WREN + "/closing-reasons");
        visitor.followOn("main a.btn-primary");
        visitor.fill("key", "moved-away", "position", "15");
        name(visitor, "Moved away", "Se mudó", "Ha traslocato");
        visitor.page().locator("#needsNote").check();
        visitor.followOn("main form button.btn-primary");
        assertThat(visitor.content()).contains("Moved away");

        visitor.go(WREN + "/closing");
        visitor.page().locator("input[name=conditions][value=documentation]").check();
        visitor.followOn("main form button.btn-primary");
        assertThat(visitor.content()).contains(visitor.words("admin.saved"));
        assertThat(visitor.page()
                        .locator("input[name=conditions][value=documentation]")
                        .isChecked())
                .isTrue();
    }

    private static void addAnAttributeAndAFlag(Visitor visitor) {
        visitor.go(WREN + "/attributes");
        visitor.followOn("main a.btn-primary");
        visitor.fill("key", "school");
        name(visitor, "School", "Escuela", "Scuola");
        visitor.followOn("main form button.btn-primary");
        assertThat(visitor.page().locator("tbody").innerText()).contains("School");

        visitor.go(WREN + "/flags");
        visitor.followOn("main a.btn-primary");
        visitor.fill("key", "landlord", "protocol", "Say nothing about the client.");
        name(visitor, "Landlord calls", "Llama el dueño", "Chiama il proprietario");
        visitor.page().locator("label.tile:has(input[name=colour][value=late])").click();
        visitor.followOn("main form button.btn-primary");
        assertThat(visitor.page().locator(".chip-late").allInnerTexts()).contains("Landlord calls");
    }

    private static void closeForADay(Visitor visitor) {
        visitor.go(WREN + "/calendar");
        visitor.fill(
                "day",
                "2027-06-21",
                "reasonEn",
                "National Indigenous Peoples Day",
                "reasonEs",
                "Día de los pueblos indígenas",
                "reasonIt",
                "Giornata dei popoli indigeni");
        visitor.followOn("form[action$='/days'] button");
        assertThat(visitor.page().locator("section[aria-labelledby=days]").innerText())
                .contains("21 Jun", "National Indigenous Peoples Day", visitor.words("admin.days.off"));
    }

    /** @return where the one-time link leads on this server */
    private static String inviteACaseworker(Visitor visitor) {
        visitor.go(WREN + "/people");
        visitor.followOn("main a.btn-primary");
        visitor.fill("name", "Robin Finch", "email", "robin@wren.example");
        visitor.select("language", "en");
        visitor.page().locator("input[name=roles][value=caseworker]").check();
        visitor.followOn("main form button.btn-primary");
        String link = visitor.page().locator("#link").inputValue();
        visitor.go(WREN + "/people");
        assertThat(visitor.page().locator("tbody").innerText())
                .contains("Robin Finch", visitor.words("admin.people.is-waiting"));
        return link.replaceFirst("^[a-z]+://[^/]+", "");
    }

    private static void compare(Visitor visitor, List<String> codes) {
        visitor.go("/clients/merge");
        visitor.fill("first", codes.get(0), "second", codes.get(1));
        visitor.followOn("main form[method=get] button");
    }

    private static void name(Visitor visitor, String english, String spanish, String italian) {
        visitor.fill("nameEn", english, "nameEs", spanish, "nameIt", italian);
    }

    private static Set<String> links(Visitor visitor, String selector) {
        Set<String> found = new LinkedHashSet<>();
        for (Locator link : visitor.page().locator(selector).all()) {
            found.add(link.getAttribute("href"));
        }
        return found;
    }
}
