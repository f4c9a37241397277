package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ancora.time.VirtualClock;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/**
 * Two visits to the desk in Ayacucho that become complaints: one is answered in time, the other after its day is over. In English
 * by keys alone, from the sign-in to the receipt and the late answer.
 */
@OnTheDemo
class ComplaintJourneyTest {

    /** Thirty business days, with every holiday that can fall into them. */
    private static final int MOST_WEEKS = 8;

    private static final int MOST_DAYS_OFF = 5;

    private static final String DESK = "/p/ayacucho/desk";

    private static final String ANSWER = "Le pagamos el martes.";

    private final Visitors visitors;

    ComplaintJourneyTest(@LocalServerPort int port, @Autowired MessageSource messages, @Autowired VirtualClock clock) {
        visitors = new Visitors(port, messages, clock);
    }

    @AfterAll
    void closeBrowser() {
        visitors.close();
    }

    @ParameterizedTest(name = "{0} at {1} px, by keyboard: {2}")
    @CsvSource({"es, 360, false", "en, 1280, true", "it, 360, false"})
    void aVisitBecomesAComplaintThatIsAnswered(String language, int width, boolean byKeyboard) {
        // Those who work in Ayacucho alone move the clock by Ayacucho's calendar, and speak Spanish.
        try (Visitor local = visitors.visitor("es", 1280, "complaint-clock");
                Visitor visitor = visitors.visitor(language, width, "complaint")) {
            local.signIn("reception.es", "ancora");
            comeInOfficeHours(local);
            Somebody somebody = new Somebody(visitor, byKeyboard ? Keyboard.watching(visitor.page()) : null);
            somebody.signsInAs("reception");
            somebody.arrives("Zenobia", language);
            somebody.arrives("Zósimo", language);
            somebody.signsInAs("agent");
            String inTime = somebody.attends("Zenobia " + language);
            String late = somebody.attends("Zósimo " + language);
            somebody.finishes(inTime, "complaint.route", "complaint-route", Map.of());
            somebody.finishes(late, "complaint.route", "complaint-route", Map.of());

            somebody.answers(inTime);
            assertThat(head(visitor, inTime)).contains(visitor.words("complaint.kept"));
            somebody.signsInAs("agent");
            somebody.confirms(inTime);
            assertThat(head(visitor, inTime)).contains(visitor.words("complaint.stage.answered"));

            untilTheDayIsOver(local, late);
            somebody.signsInAs("supervisor");
            somebody.opensAmongTheLate(late);
            assertThat(visitor.content())
                    .contains(visitor.words("complaint.line.broken"))
                    .contains(visitor.words("complaint.line.new-date"))
                    .contains(visitor.words("message.kind.complaint-new-date"));
            somebody.answers(late);
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

    /**
     * One after the other, those who have to do with a complaint.
     *
     * @param keyboard null for a mouse or a finger, which take the shortest way
     */
    private record Somebody(Visitor visitor, @Nullable Keyboard keyboard) {

        void signsInAs(String account) {
            if (keyboard == null) {
                visitor.become(account);
            } else {
                keyboard.signIn(visitor, account, "ancora");
            }
        }

        void arrives(String name, String language) {
            if (keyboard == null) {
                visitor.go(DESK);
                visitor.press(visitor.words("desk.visit.new"));
                visitor.fill("givenName", name, "familyName", language, "reason", "No me pagaron");
                visitor.followOn("form[data-draft] button.btn-primary");
            } else {
                goesToTheDesk(keyboard);
                on(keyboard, "main a[href$='/visits/new']");
                keyboard.skipToContent();
                keyboard.write("#givenName", name);
                keyboard.write("#familyName", language);
                keyboard.write("#reason", "No me pagaron");
                visitor.follow(() -> keyboard.enter("form[data-draft] button.btn-primary"));
            }
            assertThat(visitor.content()).contains(name + " " + language);
        }

        /** Fills in the form with the person, and returns the number that they are told. */
        String attends(String name) {
            if (keyboard == null) {
                visitor.go(DESK);
                visitor.follow(() -> waiting(name).locator("button").click());
            } else {
                goesToTheDesk(keyboard);
                String action = waiting(name).locator("form").getAttribute("action");
                on(keyboard, "form[action='" + action + "'] button");
            }
            visitor.form().waitFor();
            Map<String, String> answers = new LinkedHashMap<>();
            answers.put("beneficiary", "yes");
            answers.put("-email", "zz@correo.example");
            answers.put("kind", "complaint");
            answers.put("outcome", "escalate");
            answers.put("destination", "regional-team");
            fillsIn("fua-in-person", answers);
            return hands();
        }

        /** What there is in the form's fields: their choices, and, by ids that begin with a hyphen, their words. */
        private void fillsIn(String form, Map<String, String> answers) {
            answers.forEach((field, value) -> {
                String words = "[data-form-canvas] [id$='" + field + "']:is(input, textarea)";
                if (keyboard == null && field.startsWith("-")) {
                    visitor.page().locator(words).fill(value);
                } else if (keyboard == null) {
                    visitor.choose(form, field, value);
                } else if (field.startsWith("-")) {
                    keyboard.write(words, value);
                } else {
                    keyboard.choose(field, visitor.words("form." + form + "." + field + "." + value));
                }
            });
            if (keyboard == null) {
                visitor.finish();
            } else {
                keyboard.finish(visitor);
            }
        }

        /** The receipt with the number; the sheet is there to be signed. */
        private String hands() {
            assertThat(visitor.page().url()).contains("/petitions/");
            String number = visitor.page().locator("h1").innerText();
            assertThat(number).matches("AYA1-20[0-9]{2}-[0-9]{4}");
            assertThat(visitor.page().locator(".desk-promise").innerText()).matches("(?s).*20[0-9]{2}.*");
            for (String paper : new String[] {"receipt.pdf", "fua.pdf"}) {
                assertThat(visitor.contentBehind(visitor.page()
                                .locator("a[href$='" + paper + "']")
                                .first()))
                        .startsWith("%PDF");
            }
            signs();
            String handed = "form[action$='/receipt'] button";
            if (keyboard == null) {
                visitor.followOn(handed);
            } else {
                keyboard.skipToContent();
                keyboard.tabTo("a[href$='receipt.pdf']");
                keyboard.tabTo("a[href$='fua.pdf']");
                visitor.follow(() -> keyboard.enter(handed));
            }
            assertThat(visitor.page().locator(handed).count()).isZero();
            return number;
        }

        /** With a finger or a mouse on the screen, and it stands on the form; whoever uses keys brings the marked form as a scan. */
        private void signs() {
            Page page = visitor.page();
            Locator proofs = page.locator("section[aria-labelledby=proof] a[download]");
            int before = proofs.count();
            if (keyboard == null) {
                page.locator("details:has(form[data-signature]) > summary").click();
                page.locator("form[data-signature] button.btn-primary").click();
                assertThat(page.locator("[data-signature-error]").innerText())
                        .isEqualTo(visitor.words("desk.proof.empty"));
                draws(page);
                assertThat(inked(visitor)).as("before it was sent").isZero();
                visitor.follow(() ->
                        page.locator("form[data-signature] button.btn-primary").click());
                assertThat(inked(visitor))
                        .as("dark points of the signature on the form")
                        .isGreaterThan(100);
            } else {
                keyboard.skipToContent();
                keyboard.enter("details:has(form[action$='/scan']) > summary");
                keyboard.tabTo("#scan");
                page.locator("#scan")
                        .setInputFiles(new FilePayload(
                                "fua.pdf",
                                "application/pdf",
                                "%PDF-1.4\n1 0 obj\n".getBytes(StandardCharsets.US_ASCII)));
                visitor.follow(() -> keyboard.enter("form[action$='/scan'] button.btn-primary"));
                assertThat(visitor.contentBehind(proofs.last())).startsWith("%PDF-1.4\n1 0 obj");
            }
            assertThat(proofs.count()).isEqualTo(before + 1);
        }

        private static void draws(Page page) {
            Locator pad = page.locator("canvas.desk-signature");
            pad.scrollIntoViewIfNeeded();
            BoundingBox box = pad.boundingBox();
            page.mouse().move(box.x + box.width * 0.2, box.y + box.height * 0.3);
            page.mouse().down();
            page.mouse().move(box.x + box.width * 0.5, box.y + box.height * 0.7);
            page.mouse().move(box.x + box.width * 0.8, box.y + box.height * 0.3);
            page.mouse().up();
        }

        /** How many dark points the pictures on the form have; its code is drawn, and no picture. */
        private static int inked(Visitor visitor) {
            byte[] form = visitor.contentBehind(
                            visitor.page().locator("a[href$='fua.pdf']").first())
                    .getBytes(StandardCharsets.ISO_8859_1);
            int dark = 0;
            try (PDDocument pdf = Loader.loadPDF(form)) {
                for (PDPage sheet : pdf.getPages()) {
                    dark += inked(sheet.getResources());
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return dark;
        }

        private static int inked(PDResources resources) throws IOException {
            int dark = 0;
            for (COSName name : resources.getXObjectNames()) {
                PDXObject object = resources.getXObject(name);
                if (object instanceof PDFormXObject form && form.getResources() != null) {
                    dark += inked(form.getResources());
                } else if (object instanceof PDImageXObject image) {
                    BufferedImage picture = image.getImage();
                    for (int x = 0; x < picture.getWidth(); x++) {
                        for (int y = 0; y < picture.getHeight(); y++) {
                            dark += (picture.getRGB(x, y) & 0xff) < 0x80 ? 1 : 0;
                        }
                    }
                }
            }
            return dark;
        }

        /** Finishes the complaint's task of this title, with these answers. */
        void finishes(String number, String task, String form, Map<String, String> answers) {
            opens(number, task);
            fillsIn(form, answers);
        }

        /** The unit writes, the supervisor approves; what was written goes out by e-mail. */
        void answers(String number) {
            signsInAs("unit");
            finishes(number, "complaint.prepare", "complaint-answer", Map.of("-answer", ANSWER));
            signsInAs("supervisor");
            opens(number, "complaint.approve");
            assertThat(visitor.content()).contains(ANSWER);
            fillsIn("complaint-approve", Map.of("decision", "approve"));
        }

        void confirms(String number) {
            opens(number, "complaint.confirm");
            assertThat(visitor.content()).contains(ANSWER);
            Map<String, String> answers = new LinkedHashMap<>();
            answers.put("reached", "yes");
            answers.put("understood", "yes");
            answers.put("satisfied", "yes");
            fillsIn("complaint-confirm", answers);
        }

        void opensAmongTheLate(String number) {
            if (keyboard == null) {
                visitor.go("/complaints?show=late&q=" + number);
                visitor.followOn("a.case-code");
                return;
            }
            visitor.follow(() -> keyboard.enter(".side a.entry[href='/complaints']"));
            on(keyboard, "a.pill[href*='show=late']");
            opensTheOnlyOne(keyboard, number);
        }

        private void opens(String number, String task) {
            if (keyboard == null) {
                visitor.openTask(number, visitor.words("task." + task));
                return;
            }
            visitor.go("/");
            visitor.follow(() -> keyboard.enter(".side a.entry[href='/complaints']"));
            opensTheOnlyOne(keyboard, number);
            on(keyboard, "section[aria-labelledby=tasks] a[href^='/tasks/']");
            visitor.form().waitFor();
            assertThat(visitor.page().locator("h1").innerText()).isEqualTo(visitor.words("task." + task));
            keyboard.skipToContent();
        }

        private void opensTheOnlyOne(Keyboard keys, String number) {
            keys.skipToContent();
            keys.write("#q", number);
            visitor.follow(() -> keys.press("Enter"));
            on(keys, "a.case-code");
            assertThat(visitor.page().locator("h1").innerText()).isEqualTo(number);
        }

        private void goesToTheDesk(Keyboard keys) {
            visitor.go("/");
            visitor.follow(() -> keys.enter(".side a.entry[href='/desk']"));
            on(keys, "a.bubble[href='" + DESK + "']");
        }

        private void on(Keyboard keys, String selector) {
            keys.skipToContent();
            visitor.follow(() -> keys.enter(selector));
        }

        private Locator waiting(String name) {
            return visitor.page()
                    .locator(".desk-row:has(button)")
                    .filter(new Locator.FilterOptions().setHasText(name))
                    .last();
        }
    }
}
