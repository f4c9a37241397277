package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** A coordinator's day: finding cases, giving them out, opening one again, and being told who may do the rest. */
@OnTheDemo
class CoordinatorsDayTest {

    /** In the project at York somebody was recorded twice, by names that sound the same. */
    private static final String RECORDED_TWICE = "/p/york/cases?q=dana&status=all";

    private final Visitors visitors;

    CoordinatorsDayTest(@LocalServerPort int port, @Autowired MessageSource messages, @Autowired VirtualClock clock) {
        visitors = new Visitors(port, messages, clock);
    }

    @AfterAll
    void closeBrowser() {
        visitors.close();
    }

    @Test
    void isSpentWithoutAMouse() throws IOException {
        try (Visitor visitor = visitors.visitor("en", 1280, "coordinator")) {
            Keyboard keyboard = new Keyboard(visitor.page());
            signIn(visitor, keyboard);
            fromTheBubblesToTheList(visitor, keyboard);
            narrow(visitor, keyboard);
            keepTheSearch(visitor, keyboard);
            order(visitor, keyboard);
            String twin = assignSeveral(visitor, keyboard);
            giveToAPerson(visitor, keyboard, twin);
            giveToATeam(visitor, keyboard);
            raiseAFlag(visitor, keyboard);
            setAReminder(visitor, keyboard);
            openAgain(visitor, keyboard, "york");
            takeTheListAway(visitor, keyboard, RECORDED_TWICE);
            assertThatTheRefusalSaysWhoCanChangeIt(visitor, "york", "Ada Moreau");
        }
    }

    /** The same day in a hand's width, by keys alone as well. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"es, ayacucho, elena", "it, torino, bianca"})
    void fitsAPhone(String language, String project, String name) throws IOException {
        try (Visitor visitor = visitors.visitor(language, 360, "coordinator")) {
            Page page = visitor.page();
            Keyboard keyboard = new Keyboard(page);
            String cases = "/p/" + project + "/cases";
            String twice = cases + "?q=" + name + "&status=all";
            signIn(visitor, keyboard);
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("a.bubble[href='/p/" + project + "']"));
            assertThat(page.locator(".counts a").count()).isEqualTo(4);

            visitor.go(cases);
            keyboard.skipToContent();
            keyboard.enter("details:has(#search-name) > summary");
            visitor.lookClosely();
            keyboard.press("Escape");
            keyboard.enter("details.advanced > summary");
            keyboard.tick(".advanced input[name=status][value=new]");
            keyboard.tick(".advanced input[name=assigned][value=none]");
            visitor.lookClosely();
            visitor.follow(() -> keyboard.enter(".advanced button.btn-primary"));
            assertThat(page.locator(".rule-chip").count()).isEqualTo(2);

            visitor.go(twice);
            keyboard.skipToContent();
            keyboard.tick("[data-bulk-all]");
            keyboard.tabTo("#bulk button[value=assign]");
            visitor.follow(() -> keyboard.press("Enter"));
            keyboard.skipToContent();
            keyboard.tabTo("input[name=what]");
            keyboard.press("Space");
            visitor.follow(() -> keyboard.enter("main button.btn-primary"));
            assertThat(page.locator("tbody tr").count()).isEqualTo(2);
            String sum = page.locator(".bulk-sum").innerText();
            assertThat(sum).isEqualTo(visitor.words("caselist.bulk.will", sum.contains("2") ? 2 : 1));
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("form[action$='/start'] button"));
            assertThat(page.locator(".bulk-sum").innerText().strip())
                    .isEqualTo(visitor.words("caselist.bulk.was", sum.contains("2") ? 2 : 1));

            visitor.go(cases + "?q=" + name);
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("a.case-code"));
            giveToSomebodyElse(visitor, keyboard);
            giveToATeam(visitor, keyboard);
            raiseAFlag(visitor, keyboard);
            setAReminder(visitor, keyboard);
            openAgain(visitor, keyboard, project);
            takeTheListAway(visitor, keyboard, twice);
            assertThatTheRefusalSaysWhoCanChangeIt(visitor, project, "Ada Moreau");
        }
    }

    private static void giveToSomebodyElse(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/assign']"));
        String other = visitor.page()
                .locator(".workers .tile")
                .filter(new Locator.FilterOptions().setHasNotText(visitor.words("case.assign.now")))
                .last()
                .locator("strong")
                .innerText();
        keyboard.skipToContent();
        keyboard.tabTo("input[name=worker]");
        keyboard.answerBeginning(other);
        keyboard.write("#reason", "Vive a la vuelta");
        visitor.follow(() -> keyboard.enter("main button.btn-primary"));
        assertThat(visitor.content()).contains(visitor.words("case.assign.done"));
        assertThat(head(visitor)).contains(visitor.words("case.assigned-to", other));
    }

    private static void signIn(Visitor visitor, Keyboard keyboard) {
        visitor.go("/sign-in");
        keyboard.isAt("#name");
        keyboard.type("coordinator");
        keyboard.write("#password", "ancora");
        visitor.follow(() -> keyboard.press("Enter"));
        assertThat(visitor.page().locator("a.bubble").count()).isEqualTo(3);
    }

    private static void fromTheBubblesToTheList(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a.bubble[href='/p/york']"));
        List<Integer> counts = visitor.page().locator(".counts strong").allInnerTexts().stream()
                .map(Integer::valueOf)
                .toList();
        assertThat(counts).hasSize(4);
        assertThat(counts.get(0)).isEqualTo(counts.get(1) + counts.get(2) + counts.get(3));

        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter(".counts a[href*='assigned=none']"));
        assertThat(visitor.content()).contains(visitor.words("caselist.count", counts.get(1)));
    }

    /** By a piece of a name, by a column's filter, and by a second rule. */
    private static void narrow(Visitor visitor, Keyboard keyboard) {
        Page page = visitor.page();
        visitor.go("/p/york/cases");
        int all = rows(page).count();
        keyboard.skipToContent();
        keyboard.write("#q", "itfield");
        visitor.follow(() -> keyboard.press("Enter"));
        assertThat(rows(page).allInnerTexts()).hasSizeBetween(1, all - 1).allMatch(row -> row.contains("itfield"));

        visitor.go("/p/york/cases");
        keyboard.skipToContent();
        keyboard.enter("th details:has(input[name=assigned]) > summary");
        keyboard.tick("th input[name=assigned][value=none]");
        visitor.follow(() -> keyboard.enter("details[open] button.btn-primary"));
        assertThat(rows(page).allInnerTexts())
                .hasSizeBetween(1, all - 1)
                .allMatch(row -> row.contains(visitor.words("cases.nobody")));

        keyboard.skipToContent();
        keyboard.enter("details.advanced > summary");
        keyboard.tick(".advanced input[name=status][value=new]");
        visitor.lookClosely();
        visitor.follow(() -> keyboard.enter(".advanced button.btn-primary"));
        assertThat(page.locator(".rule-chip").allInnerTexts())
                .hasSize(2)
                .anyMatch(rule -> rule.contains(visitor.words("caselist.field.status")))
                .anyMatch(rule -> rule.contains(visitor.words("caselist.field.assigned")));
        assertThat(rows(page).allInnerTexts())
                .isNotEmpty()
                .allMatch(row -> row.contains(visitor.words("case.status.new")));
    }

    private static void keepTheSearch(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        keyboard.enter("details:has(#search-name) > summary");
        keyboard.write("#search-name", "New and nobody's");
        keyboard.tick("input[name=shared]");
        visitor.lookClosely();
        visitor.follow(() -> keyboard.enter("form:has(#search-name) button.btn-primary"));
        assertThat(visitor.page().locator("details:has(#search-name) > summary").innerText())
                .contains("New and nobody's");
        assertThat(visitor.page().locator(".rule-chip").count()).isEqualTo(2);
    }

    private static void order(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("th a[href*='sort=code']"));
        assertThat(visitor.page().locator("th[aria-sort=ascending]").count()).isEqualTo(1);
        assertThat(visitor.page().locator("a.case-code").allInnerTexts()).isSorted();
    }

    /**
     * Two cases to somebody who has one of them: one is changed, the other is left with its reason.
     *
     * @return the path of the case that was changed
     */
    private static String assignSeveral(Visitor visitor, Keyboard keyboard) {
        Page page = visitor.page();
        visitor.go(RECORDED_TWICE);
        assertThat(rows(page).count()).isEqualTo(2);
        keyboard.skipToContent();
        keyboard.tick("[data-bulk-page]");
        assertThat(page.locator("[data-bulk-count]").innerText()).isEqualTo(visitor.words("caselist.bulk.chosen", 2));
        keyboard.backTo("#bulk button[value=assign]");
        visitor.follow(() -> keyboard.press("Enter"));
        keyboard.skipToContent();
        keyboard.tabTo("input[name=what]");
        keyboard.answer("Sam Bouchard");
        keyboard.write("#note", "Knows the family");
        visitor.follow(() -> keyboard.enter("main button.btn-primary"));

        assertThat(page.locator(".bulk-sum").innerText()).isEqualTo(visitor.words("caselist.bulk.will", 1));
        assertThat(page.locator(".bulk-reasons li").allInnerTexts())
                .singleElement()
                .asString()
                .containsAnyOf(visitor.words("caselist.bulk.why.same"), visitor.words("caselist.bulk.why.closed"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("form[action$='/start'] button"));
        assertThat(page.locator(".bulk-sum").innerText().strip()).isEqualTo(visitor.words("caselist.bulk.was", 1));
        Locator changed =
                rows(page).filter(new Locator.FilterOptions().setHasText(visitor.words("caselist.bulk.changes")));
        assertThat(rows(page).count()).isEqualTo(2);
        assertThat(changed.count()).isEqualTo(1);
        return changed.locator("a.case-code").getAttribute("href");
    }

    private static void giveToAPerson(Visitor visitor, Keyboard keyboard, String path) {
        Page page = visitor.page();
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a.case-code[href='" + path + "']"));
        assertThat(head(visitor)).contains(visitor.words("case.assigned-to", "Sam Bouchard"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/assign']"));
        assertThat(page.locator(".workers .tile .number").allInnerTexts())
                .hasSize(page.locator(".workers .tile").count())
                .allMatch(load -> load.matches("\\d+ of \\d+ cases"));
        keyboard.skipToContent();
        keyboard.tabTo("input[name=worker]");
        keyboard.answerBeginning("Leah Thompson");
        keyboard.write("#reason", "Lives around the corner");
        visitor.follow(() -> keyboard.enter("main button.btn-primary"));
        assertThat(visitor.content()).contains(visitor.words("case.assign.done"));
        assertThat(head(visitor)).contains(visitor.words("case.assigned-to", "Leah Thompson"));
    }

    private static void giveToATeam(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/assign']"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/team']"));
        keyboard.skipToContent();
        String team = visitor.page()
                .locator("label:has(input[name=team]:not([value=none])) strong")
                .first()
                .innerText();
        keyboard.tabTo("input[name=team]");
        keyboard.answerBeginning(team);
        visitor.follow(() -> keyboard.enter("main button.btn-primary"));
        assertThat(visitor.content()).contains(visitor.words("team.given"));
        assertThat(head(visitor)).contains(visitor.words("header.team", team));
    }

    private static void raiseAFlag(Visitor visitor, Keyboard keyboard) {
        Page page = visitor.page();
        keyboard.skipToContent();
        keyboard.enter("details:has(#flag-kind) > summary");
        keyboard.tabTo("#flag-kind");
        keyboard.press("ArrowDown");
        String flag = page.locator("#flag-kind option:checked").innerText();
        assertThat(page.locator("#flag-kind").inputValue()).isNotEmpty();
        keyboard.write("#flag-note", "The neighbour told us");
        visitor.lookClosely();
        visitor.follow(() -> keyboard.enter("details:has(#flag-kind) button"));
        assertThat(visitor.content()).contains(visitor.words("case.flag.raised-done"), "The neighbour told us");
        assertThat(head(visitor)).contains(flag);
    }

    private static void setAReminder(Visitor visitor, Keyboard keyboard) {
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a[href$='/reminders/new']"));
        keyboard.skipToContent();
        keyboard.write("#text", "Ask whether they met");
        keyboard.mark("input[name=when]", "week");
        visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
        assertThat(visitor.page().locator("#reminders").innerText()).contains("Ask whether they met");
    }

    /** Without a reason it is refused, in words and beside the field; with one the case is open. */
    private static void openAgain(Visitor visitor, Keyboard keyboard, String project) {
        visitor.go("/p/" + project + "/cases?status=ended");
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("a.case-code"));
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter(".page-head a[href$='/status']"));
        keyboard.skipToContent();
        keyboard.tabTo("input[name=status]");
        keyboard.answer(visitor.words("case.status.in-progress"));
        keyboard.write("#note", " ");
        visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
        assertThat(visitor.page().locator(".error-summary").innerText())
                .contains(visitor.words("case.status.why-open"));
        keyboard.isAt(".error-summary");
        keyboard.write("#note", "They came to the office");
        visitor.follow(() -> keyboard.enter("main form button.btn-primary"));
        assertThat(visitor.content()).contains(visitor.words("status.reopened"));
        assertThat(head(visitor)).contains(visitor.words("case.status.in-progress"));
    }

    /** Exactly the two cases that the list shows, under the heads of its columns. */
    private static void takeTheListAway(Visitor visitor, Keyboard keyboard, String list) throws IOException {
        Page page = visitor.page();
        visitor.go(list);
        List<String> codes = page.locator("a.case-code").allInnerTexts();
        keyboard.skipToContent();
        keyboard.enter("details:has(> form[data-download]) > summary");
        keyboard.tabTo("button[name=format][value=csv]");
        Download file = page.waitForDownload(() -> keyboard.press("Enter"));
        List<String> lines = Files.readAllLines(file.path());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("\uFEFF").contains(visitor.words("caselist.field.client"));
        assertThat(lines.subList(1, 3)).allMatch(line -> codes.stream().anyMatch(line::contains));
    }

    private static void assertThatTheRefusalSaysWhoCanChangeIt(Visitor visitor, String project, String administrator) {
        visitor.goInVain("/admin/projects/" + project + "/people");
        String missing = visitor.words(
                "access.forbidden.missing", visitor.words("permission.manage-people"), visitor.words("role.admin"));
        assertThat(visitor.content()).contains(missing, administrator);
    }

    private static Locator rows(Page page) {
        return page.locator("main tbody tr");
    }

    private static String head(Visitor visitor) {
        return visitor.page().locator("header.page-head").innerText();
    }
}
