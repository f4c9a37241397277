package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** Two visits to the desk in Ayacucho that become complaints: one is answered in time, the other after its day is over. */
@OnTheDemo
class ComplaintJourneyTest {

    /** Thirty business days, with every holiday that can fall into them. */
    private static final int MOST_WEEKS = 8;

    private static final int MOST_DAYS_OFF = 5;

    private static final String DESK = "/p/ayacucho/desk";

    private final Visitors visitors;

    ComplaintJourneyTest(@LocalServerPort int port, @Autowired MessageSource messages, @Autowired VirtualClock clock) {
        visitors = new Visitors(port, messages, clock);
    }

    @AfterAll
    void closeBrowser() {
        visitors.close();
    }

    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"es, 360, false", "en, 1280, true", "it, 360, false"})
    void aVisitBecomesAComplaintThatIsAnswered(String language, int width, boolean byKeyboard) {
        // Those who work in Ayacucho alone move the clock by Ayacucho's calendar, and speak Spanish.
        try (Visitor local = visitors.visitor("es", 1280, "complaint-clock");
                Visitor visitor = visitors.visitor(language, width, "complaint")) {
            local.signIn("reception.es", "ancora");
            comeInOfficeHours(local);
            visitor.become("reception");
            arrive(visitor, "Zenobia", language, byKeyboard);
            arrive(visitor, "Zósimo", language, false);
            visitor.become("agent");
            String inTime = attend(visitor, "Zenobia " + language, byKeyboard);
            String late = attend(visitor, "Zósimo " + language, false);
            route(visitor, inTime);
            route(visitor, late);

            if (byKeyboard) {
                answerByKeyboard(visitor, inTime);
            } else {
                answer(visitor, inTime);
            }
            assertThat(head(visitor, inTime)).contains(visitor.words("complaint.kept"));
            confirm(visitor, inTime);
            assertThat(head(visitor, inTime)).contains(visitor.words("complaint.stage.answered"));

            untilTheDayIsOver(local, late);
            visitor.become("supervisor");
            visitor.go("/complaints?show=late&q=" + late);
            assertThat(visitor.content()).contains(late);
            visitor.followOn("a.case-code");
            assertThat(visitor.content())
                    .contains(visitor.words("complaint.line.broken"))
                    .contains(visitor.words("complaint.line.new-date"))
                    .contains(visitor.words("message.kind.complaint-new-date"));
            answer(visitor, late);
            assertThat(head(visitor, late)).contains(visitor.words("complaint.not-kept"));
            assertThat(head(visitor, inTime)).contains(visitor.words("complaint.kept"));
        }
    }

    private static void comeInOfficeHours(Visitor local) {
        for (int days = 0; days < MOST_DAYS_OFF; days++) {
            local.go(DESK + "/visits/new");
            if (local.page().locator("#emergency").count() == 0) {
                return;
            }
            local.moveClock("business-day");
        }
        throw new AssertionError("The desk does not open");
    }

    private static void arrive(Visitor visitor, String name, String language, boolean byKeyboard) {
        visitor.go(DESK);
        if (byKeyboard) {
            Keyboard keyboard = new Keyboard(visitor.page());
            keyboard.skipToContent();
            visitor.follow(() -> keyboard.enter("a[href$='/visits/new']"));
            keyboard.skipToContent();
            keyboard.write("#givenName", name);
            keyboard.write("#familyName", language);
            keyboard.write("#reason", "No me pagaron");
            visitor.follow(() -> keyboard.enter("form[data-draft] button.btn-primary"));
        } else {
            visitor.press(visitor.words("desk.visit.new"));
            visitor.fill("givenName", name, "familyName", language, "reason", "No me pagaron");
            visitor.followOn("form[data-draft] button.btn-primary");
        }
        assertThat(visitor.content()).contains(name + " " + language);
    }

    /** Fills in the form with the person, and returns the number that they are told. */
    private static String attend(Visitor visitor, String name, boolean byKeyboard) {
        visitor.go(DESK);
        Locator waiting = visitor.page()
                .locator(".desk-row")
                .filter(new Locator.FilterOptions().setHasText(name))
                .last();
        visitor.follow(() -> waiting.locator("button").click());
        visitor.form().waitFor();
        if (byKeyboard) {
            byKeyboard(visitor);
        } else {
            visitor.choose("fua-in-person", "beneficiary", "yes");
            visitor.choose("fua-in-person", "kind", "complaint");
            visitor.form().locator("input[id$='-email']").fill("zz@correo.example");
            visitor.choose("fua-in-person", "outcome", "escalate");
            visitor.choose("fua-in-person", "destination", "regional-team");
        }
        visitor.finish();
        assertThat(visitor.page().url()).contains("/petitions/");
        String number = visitor.page().locator("h1").innerText();
        assertThat(number).matches("AYA1-20[0-9]{2}-[0-9]{4}");
        assertThat(visitor.page().locator(".desk-promise").innerText()).matches("(?s).*20[0-9]{2}.*");
        for (String paper : new String[] {"receipt.pdf", "fua.pdf"}) {
            assertThat(visitor.contentBehind(
                            visitor.page().locator("a[href$='" + paper + "']").first()))
                    .startsWith("%PDF");
        }
        return number;
    }

    private static void byKeyboard(Visitor visitor) {
        Keyboard keyboard = new Keyboard(visitor.page());
        keyboard.tabTo("input[id*='-beneficiary-']");
        keyboard.answer(visitor.words("form.fua-in-person.beneficiary.yes"));
        keyboard.write("[data-form-canvas] input[id$='-email']", "zz@correo.example");
        keyboard.tabTo("input[id*='-kind-']");
        keyboard.answer(visitor.words("form.fua-in-person.kind.complaint"));
        keyboard.tabTo("input[id*='-outcome-']");
        keyboard.answer(visitor.words("form.fua-in-person.outcome.escalate"));
        keyboard.tabTo("input[id*='-destination-']");
        keyboard.answer(visitor.words("form.fua-in-person.destination.regional-team"));
        keyboard.tabTo("[data-form-submit]");
    }

    private static void route(Visitor visitor, String number) {
        visitor.openTask(number, visitor.words("task.complaint.route"));
        visitor.finish();
    }

    /** The unit writes, the supervisor approves; what was written goes out by e-mail. */
    private static void answer(Visitor visitor, String number) {
        visitor.become("unit");
        visitor.openTask(number, visitor.words("task.complaint.prepare"));
        visitor.form().locator("textarea[id$='-answer']").fill("Le pagamos el martes.");
        visitor.finish();
        visitor.become("supervisor");
        visitor.openTask(number, visitor.words("task.complaint.approve"));
        assertThat(visitor.content()).contains("Le pagamos el martes.");
        visitor.choose("complaint-approve", "decision", "approve");
        visitor.finish();
    }

    private static void answerByKeyboard(Visitor visitor, String number) {
        Keyboard keyboard = new Keyboard(visitor.page());
        visitor.become("unit");
        openByKeyboard(visitor, keyboard, number);
        keyboard.fill("textarea", "answer", "Le pagamos el martes.");
        keyboard.finish(visitor);
        visitor.become("supervisor");
        openByKeyboard(visitor, keyboard, number);
        keyboard.choose("decision", visitor.words("form.complaint-approve.decision.approve"));
        keyboard.finish(visitor);
    }

    private static void openByKeyboard(Visitor visitor, Keyboard keyboard, String number) {
        visitor.go("/tasks?tab=team&text=" + number);
        keyboard.skipToContent();
        visitor.follow(() -> keyboard.enter("ul.rows a.row-title"));
        visitor.form().waitFor();
    }

    private static void confirm(Visitor visitor, String number) {
        visitor.become("agent");
        visitor.openTask(number, visitor.words("task.complaint.confirm"));
        assertThat(visitor.content()).contains("Le pagamos el martes.");
        visitor.choose("complaint-confirm", "reached", "yes");
        visitor.choose("complaint-confirm", "understood", "yes");
        visitor.choose("complaint-confirm", "satisfied", "yes");
        visitor.finish();
    }

    private static String head(Visitor visitor, String number) {
        visitor.go("/complaints/" + number);
        return visitor.page().locator("header.page-head").innerText();
    }

    private static void untilTheDayIsOver(Visitor local, String number) {
        Page page = local.page();
        local.go("/complaints?show=late&q=" + number);
        assertThat(page.locator("a.case-code").count()).isZero();
        local.letTimePass("week", MOST_WEEKS, "a.case-code", number);
    }
}
