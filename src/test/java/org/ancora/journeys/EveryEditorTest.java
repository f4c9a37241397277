package org.ancora.journeys;

import static org.ancora.journeys.Editors.choose;
import static org.ancora.journeys.Editors.open;
import static org.ancora.journeys.Editors.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.studio.Drafts;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/**
 * What owners rely on in each of the five editors: a step back and forth, the way from a problem to its place, somebody else's
 * version, a tab that is closed too soon; mostly by hands that have no mouse.
 */
@AncoraTest
class EveryEditorTest {

    private static final String FOLDER = "referral";

    /** What is written everywhere, and stands nowhere before. */
    private static final String WRITTEN = "4711";

    private static final String FORM = "forms/follow-up.form";
    private static final String LETTER = "letters/referral-to-client.en.html";
    private static final String SPANISH = "labels/es.properties";
    private static final String ITALIAN = "labels/it.properties";
    private static final String STEP = "[data-studio-canvas] [data-element-id='plan-answer'] .djs-visual";
    private static final String NOTE = "tr[data-key='form.follow-up.note'] textarea[data-language=es]";
    private static final String NARROWER_THAN_THE_WORDS = """
            () => {
              const width = (what) => document.querySelector(`.studio-words tbody ${what}`).getBoundingClientRect().width;
              const places = [...document.querySelectorAll(".studio-words tbody th > *")];
              return width("th") < width("td") && places.every((place) => place.scrollWidth <= place.clientWidth);
            }""";

    private static final String SELECTED_LINE = """
            () => {
              const box = document.activeElement;
              return box.value.substring(box.selectionStart, box.selectionEnd);
            }""";

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

    private static final Locator.GetByLabelOptions EXACTLY = new Locator.GetByLabelOptions().setExact(true);
    private static final Set<String> KINDS_SEEN = new HashSet<>();

    private static Playwright playwright;
    private static Browser browser;

    /** The editors, with what is changed in each, and what somebody else changes meanwhile. */
    enum Editor {
        DIAGRAM("referral-follow-up.bpmn", "name=\"Apply the policy\"", "name=\"Look things up\"") {
            @Override
            void change(EditorHands hands) {
                hands.press("[data-studio-outline] [data-element='apply-policy']");
                hands.overwrite("[data-studio-panel] .studio-group input", WRITTEN);
                hands.page().keyboard().press("Tab");
            }
        },
        DECISION("referral-policy.dmn", ">60</", ">66</") {
            @Override
            void change(EditorHands hands) {
                hands.reach("td.output-cell [contenteditable]");
                hands.page().keyboard().press("Control+A");
                // Typed letter by letter, each letter would be a step of its own.
                hands.page().keyboard().insertText(WRITTEN);
                hands.page().keyboard().press("Tab");
            }
        },
        FORM(EveryEditorTest.FORM, "\"maxLength\": 2000", "\"maxLength\": 999") {
            @Override
            void change(EditorHands hands) {
                select(hands, "note");
                hands.overwrite("#bio-properties-panel-label", WRITTEN);
                hands.page().keyboard().press("Tab");
                hands.page().locator(".studio-stage").getByText(WRITTEN).first().waitFor();
            }
        },
        LETTER(EveryEditorTest.LETTER, "Kind regards", "Warm regards") {
            @Override
            void change(EditorHands hands) {
                hands.reach(".studio-source");
                hands.page().keyboard().press("Control+Home");
                hands.page().keyboard().type(WRITTEN);
            }
        },
        WORDS(SPANISH, "", "form.follow-up.note=Suya\nform.follow-up.outcome=Otra\n") {
            @Override
            void change(EditorHands hands) {
                hands.overwrite("#words-search", "form.follow-up.note");
                hands.overwrite(NOTE, WRITTEN);
            }
        };

        private final String file;
        private final String before;
        private final String after;

        Editor(String file, String before, String after) {
            this.file = file;
            this.before = before;
            this.after = after;
        }

        /** Writes {@link #WRITTEN} in it. */
        abstract void change(EditorHands hands);

        /** What the file says, however it is spelled. */
        Object meaning(String text) {
            // A name that was drawn leaves the place of its words behind, empty.
            String said = text.replaceAll("\\s*<bpmndi:BPMNLabel ?/>", "");
            return this == LETTER || this == WORDS ? said : SameModel.of(file, said.getBytes(StandardCharsets.UTF_8));
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private MessageSource messages;

    @Autowired
    private Drafts drafts;

    private Project york;
    private UserId other;

    @BeforeAll
    static void openBrowser() {
        playwright = Browsers.playwright();
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
        playwright.close();
    }

    @BeforeEach
    void twoOwners() {
        york = fixtures.aProjectInOntario();
        people.person("olive", york.id(), Role.OWNER, Role.COORDINATOR);
        other = people.person("omar", york.id(), Role.OWNER);
    }

    /** One change, by keys alone: taken back, it means what it meant; done again, it stands there again. */
    @ParameterizedTest
    @EnumSource
    void takesAChangeBackAndDoesItAgain(Editor editor) {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, editor.file);
            EditorHands hands = new EditorHands(visitor.page(), true);
            Object before = editor.meaning(text(editor.file));

            editor.change(hands);
            saved(visitor);
            assertThat(text(editor.file)).contains(WRITTEN);
            hands.press("[data-studio-tool=undo]");
            saved(visitor);
            assertThat(editor.meaning(text(editor.file))).isEqualTo(before);
            hands.press("[data-studio-tool=redo]");
            saved(visitor);

            assertThat(text(editor.file)).contains(WRITTEN);
            assertThat(visitor.page().locator("[data-studio-tool=redo]").isDisabled())
                    .isTrue();
        }
    }

    /** What stands in the diagram and in the words of a language is one step, and leaves nothing behind in either. */
    @Test
    void takesBackGuidanceAndTheNameOfAProcedure() {
        try (Visitor visitor = olive("es")) {
            open(visitor, FOLDER, Editor.DIAGRAM.file);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            Locator panel = page.locator("[data-studio-panel]");
            Locator name = panel.getByLabel(visitor.words("editor.panel.name"), EXACTLY);
            Locator guidance = panel.getByLabel(visitor.words("editor.panel.guidance"), EXACTLY);
            String called = name.inputValue();
            hands.overwrite(name, "Nuestro seguimiento");
            page.keyboard().press("Tab");
            hands.press("[data-studio-outline] [data-element='follow-up']");
            String kept = guidance.inputValue();
            hands.overwrite(guidance, "Con calma");
            page.keyboard().press("Tab");
            saved(visitor);
            assertThat(text(SPANISH)).isEqualTo("""
                            process.referral-follow-up=Nuestro seguimiento
                            task.referral-follow-up.follow-up.guidance=Con calma
                            """);

            hands.press("[data-studio-tool=undo]");
            assertThat(guidance.inputValue()).isEqualTo(kept);
            hands.press("[data-studio-tool=undo]");
            saved(visitor);
            assertThat(text(SPANISH)).isEmpty();
            assertThat(page.locator("[data-studio-tool=undo]").isDisabled()).isTrue();
            hands.press("[data-studio-outline] [data-studio-whole]");
            assertThat(name.inputValue()).isEqualTo(called);
            hands.press("[data-studio-tool=redo]");
            assertThat(name.inputValue()).isEqualTo("Nuestro seguimiento");
            saved(visitor);
            assertThat(text(SPANISH)).isEqualTo("process.referral-follow-up=Nuestro seguimiento\n");
            assertThat(drafts.find(FOLDER).orElseThrow().files())
                    .as("the diagram says what it said")
                    .doesNotContainKey(Editor.DIAGRAM.file);
        }
    }

    /** In the reader's language as the guide tells it, and written for that language; the file goes on saying what it said. */
    @Test
    void tellsWhatAProcedureIsAboutInTheReadersLanguage() {
        try (Visitor visitor = olive("it")) {
            open(visitor, FOLDER, Editor.DIAGRAM.file);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            Locator about =
                    page.locator("[data-studio-panel]").getByLabel(visitor.words("editor.panel.about"), EXACTLY);
            String told = visitor.words("process.referral-follow-up.about");
            assertThat(about.inputValue()).isEqualTo(told).startsWith("Inizia");
            hands.overwrite(about, "Si richiama chi è stato inviato");
            page.keyboard().press("Tab");
            saved(visitor);
            assertThat(text(ITALIAN)).isEqualTo("process.referral-follow-up.about=Si richiama chi è stato inviato\n");
            assertThat(drafts.find(FOLDER).orElseThrow().files()).doesNotContainKey(Editor.DIAGRAM.file);

            hands.press("[data-studio-tool=undo]");
            assertThat(about.inputValue()).isEqualTo(told);
            hands.press("[data-studio-about] summary");
            Locator english = page.locator("[data-studio-about]")
                    .getByLabel(visitor.words("editor.panel.about.in", visitor.words("editor.language.en")), EXACTLY);
            assertThat(english.inputValue()).startsWith("Begun when");
            hands.overwrite(english, WRITTEN);
            page.keyboard().press("Tab");
            assertThat(about.inputValue())
                    .as("a translation of what is said no longer")
                    .isEqualTo(WRITTEN);
            saved(visitor);
            assertThat(text(Editor.DIAGRAM.file)).contains("documentation>" + WRITTEN + "<");
            assertThat(text(ITALIAN)).isEmpty();
        }
    }

    /** What the form editor offers is said in the reader's language; what somebody called a field stays as it is. */
    @Test
    void offersFieldsInTheReadersLanguage() {
        try (Visitor visitor = olive("it")) {
            open(visitor, FOLDER, FORM);
            EditorHands hands = new EditorHands(visitor.page(), true);
            select(hands, "note");
            hands.overwrite("#bio-properties-panel-label", "Label");
            visitor.page().keyboard().press("Tab");
            Locator properties = visitor.page().locator(".fjs-properties-container");
            visitor.page().locator(".studio-stage").getByText("Label").first().waitFor();

            assertThat(visitor.page().locator(".fjs-palette-container").innerText())
                    .contains(visitor.words("editor.f.components"), visitor.words("editor.f.text-field"))
                    .doesNotContain("Components", "Text field", "Checkbox", "Input", "Selection");
            assertThat(properties.innerText())
                    .contains(visitor.words("editor.f.general"), visitor.words("editor.f.field-description"))
                    .doesNotContain("General\n", "Field", "Validation", "Binds", "Default");
            assertThat(visitor.page()
                            .locator(".fjs-palette-container input")
                            .first()
                            .getAttribute("placeholder"))
                    .isEqualTo(visitor.words("editor.f.search-components"));

            Locator form = visitor.page().locator(".fjs-form-container");
            assertThat(form.innerText()).as("a list, as it is drawn").doesNotContain("Select");
            hands.press(".fjs-palette-field[data-field-type=textfield]");
            form.getByText(visitor.words("editor.f.text-field")).first().waitFor();
        }
    }

    /** What is chosen stands beside the palette, even where it was in sight already, beneath it. */
    @Test
    void showsBesideThePaletteWhatLayBeneathIt() {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, Editor.DIAGRAM.file);
            Page page = visitor.page();
            double canvas = left(page, "[data-studio-canvas]");
            page.locator("[data-studio-canvas]").hover();
            for (int turns = 0; turns < 400 && left(page, STEP) > canvas + 115; turns++) {
                page.mouse().wheel(10, 0);
                page.evaluate("() => new Promise(requestAnimationFrame)");
            }
            assertThat(left(page, STEP)).as("half beneath the palette").isBetween(canvas + 60, canvas + 120);

            choose(visitor, "plan-answer");

            assertThat(left(page, STEP)).isGreaterThan(canvas + 140);
        }
    }

    private static double left(Page page, String selector) {
        return page.locator(selector).first().boundingBox().x;
    }

    /** What is added by keys stands in free room, and in sight. */
    @Test
    void putsWhatIsNewWhereNothingStands() {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, Editor.DIAGRAM.file);
            Page page = visitor.page();
            Set<String> before = DrawnShapes.overlapping(text(Editor.DIAGRAM.file));
            EditorHands hands = new EditorHands(page, false);
            for (String element : List.of("follow-up", "plan-answer")) {
                choose(visitor, element);
                make(hands, "attach", "on-date");
                make(hands, "add", "step");
                inSight(page);
                choose(visitor, element);
                make(hands, "add", "frame");
                inSight(page);
            }
            make(hands, "put", "step");
            inSight(page);
            saved(visitor);

            assertThat(DrawnShapes.overlapping(text(Editor.DIAGRAM.file))).isEqualTo(before);
        }
    }

    private static void inSight(Page page) {
        double canvas = left(page, "[data-studio-canvas]");
        assertThat(left(page, "[data-studio-canvas] .djs-shape.selected")).isGreaterThan(canvas + 100);
    }

    /** Arrows without words are told by where they lead, and what the engine alone reads is not told at all. */
    @Test
    void comparesWithoutCodes() {
        String before = text(Editor.DIAGRAM.file);
        String after = before.replace(" camunda:formRef=\"follow-up\" camunda:formRefBinding=\"deployment\"", "")
                .replace(
                        "id=\"apply-policy-to-plan-follow-up\" sourceRef=\"apply-policy\" targetRef=\"plan-follow-up\"",
                        "id=\"apply-policy-to-plan-follow-up\" sourceRef=\"apply-policy\" targetRef=\"what-comes-first\"");
        assertThat(after).hasSizeLessThan(before.length() - 50);
        drafts.begin(FOLDER, other);
        drafts.save(FOLDER, Editor.DIAGRAM.file, after.getBytes(StandardCharsets.UTF_8), 0, other);
        try (Visitor visitor = olive("es")) {
            visitor.go("/studio/" + FOLDER + "/compare?from=running&to=draft");
            visitor.page()
                    .locator("main td")
                    .getByText(visitor.words("flow.referral-follow-up.apply-policy") + " → ")
                    .first()
                    .waitFor();

            assertThat(visitor.page().locator("main").innerText())
                    .contains(visitor.words("editor.property.formRef"))
                    .doesNotContain("formRefBinding", "-to-plan-follow-up");
        }
    }

    /** Whatever the drawing's own menus offer is made by keys as well, and taken back without a trace. */
    @Test
    void makesByKeysWhatIsDrawnByMouse() {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, Editor.DIAGRAM.file);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            Object before = Editor.DIAGRAM.meaning(text(Editor.DIAGRAM.file));
            make(hands, "put", "event-frame");
            hands.press("[data-studio-outline] [data-element='follow-up']");
            make(hands, "attach", "on-date");
            make(hands, "turn", "on-date-beside");
            make(hands, "add", "end-all");
            make(hands, "turn", "end-error");
            hands.overwrite(beside(page, "report").locator("input"), "Nobody at home!");
            hands.press("[data-studio-report]");
            hands.press("[data-studio-outline] [data-element='plan-answer']");
            make(hands, "add", "frame");
            make(hands, "put", "note");
            visitor.lookClosely();
            saved(visitor);
            assertThat(text(Editor.DIAGRAM.file))
                    .contains(
                            "triggeredByEvent=\"true\"",
                            "<bpmn:error id=\"error-nobody-at-home\" errorCode=\"nobody-at-home\" />",
                            "errorRef=\"error-nobody-at-home\"",
                            "<bpmn:textAnnotation")
                    .containsPattern("cancelActivity=\"false\" attachedToRef=\"follow-up\"");

            Locator undo = page.locator("[data-studio-tool=undo]");
            while (undo.isEnabled()) {
                undo.click();
            }
            saved(visitor);
            assertThat(Editor.DIAGRAM.meaning(text(Editor.DIAGRAM.file))).isEqualTo(before);
        }
    }

    /** Chooses what is to be made, and makes it. */
    private static void make(EditorHands hands, String deed, String kind) {
        hands.choose(beside(hands.page(), deed).locator("select"), kind);
        hands.press("[data-studio-" + deed + "]");
    }

    /** The field that stands before a button. */
    private static Locator beside(Page page, String deed) {
        return page.locator("[data-studio-panel] .studio-field:has(+ [data-studio-" + deed + "])");
    }

    /** What a called procedure is given and gives back; the server says what it does not know. */
    @Test
    void handsOtherValuesToACalledProcedure() {
        String file = "engagement-on-entry.bpmn";
        try (Visitor visitor = olive("it")) {
            open(visitor, "engagement", file);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            hands.press("[data-studio-outline] .studio-is-call");
            Locator given = page.locator("[data-studio-mappings=in]");
            int many = given.locator("[data-studio-unmap]").count();
            assertThat(many).isPositive();
            hands.press("[data-studio-mappings=in] summary");
            Locator lists = given.locator("details select");
            hands.choose(lists.first(), "noticeEnds");
            hands.choose(lists.last(), "due");
            hands.press("[data-studio-map=in]");
            assertThat(given.locator("[data-studio-unmap]").count()).isEqualTo(many + 1);
            hands.press("[data-studio-mappings=in] [data-studio-unmap]");
            saved(visitor);

            String now = new String(
                    drafts.current("engagement").files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
            assertThat(now).contains("<camunda:in source=\"noticeEnds\" target=\"due\" />");
            assertThat(given.locator("[data-studio-unmap]").count()).isEqualTo(many);
            visitor.lookClosely();
        } finally {
            drafts.discard("engagement", other);
        }
    }

    /** Each is one step, and what is written down after it empties nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "add", "later"})
    void takesBackWhateverIsDoneToAForm(String deed) {
        try (Visitor visitor = olive("es")) {
            open(visitor, FOLDER, FORM);
            EditorHands hands = new EditorHands(visitor.page(), false);
            Object before = Editor.FORM.meaning(text(FORM));

            if (deed.equals("add")) {
                hands.press(".fjs-palette-field[data-field-type=textfield]");
            } else {
                hands.press(".fjs-element[data-id=outcome]");
                hands.press("[data-studio-tool=" + deed + "]");
            }
            saved(visitor);
            Object after = Editor.FORM.meaning(text(FORM));
            assertThat(after).isNotEqualTo(before);
            hands.press("[data-studio-tool=undo]");
            saved(visitor);
            assertThat(Editor.FORM.meaning(text(FORM))).isEqualTo(before);
            assertThat(visitor.page().locator("[data-studio-tool=undo]").isDisabled())
                    .isTrue();
            hands.press("[data-studio-tool=redo]");
            saved(visitor);
            assertThat(Editor.FORM.meaning(text(FORM))).isEqualTo(after);
        }
    }

    /** The keys that everybody knows take back what was typed, in the order in which it was typed, wherever one is by then. */
    @Test
    void takesBackByTheUsualKeys() {
        try (Visitor visitor = olive("it")) {
            open(visitor, FOLDER, "labels/en.properties");
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            Editor.WORDS.change(hands);
            hands.overwrite(NOTE.replace("=es", "=it"), "Appunti");
            hands.overwrite("#words-search", "form.follow-up.outcome");
            page.locator(NOTE).waitFor(GONE);
            hands.reach("tr[data-key='form.follow-up.outcome'] textarea[data-language=es]");
            page.keyboard().press("Control+z");
            new Keyboard(page).isAt(NOTE.replace("=es", "=it"));
            page.keyboard().press("Control+z");
            new Keyboard(page).isAt(NOTE);
            assertThat(page.locator(NOTE).inputValue()).isEqualTo("Nota");
            page.keyboard().press("Control+Shift+z");
            saved(visitor);

            assertThat(text(SPANISH)).isEqualTo("form.follow-up.note=4711\n");
            assertThat(text("labels/it.properties")).isEmpty();
        }
    }

    /** From what the server finds in a form to the field, and from words that lack to where they are written. */
    @Test
    void leadsToTheFieldOfAForm() {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, FORM);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            select(hands, "note");
            hands.overwrite("#bio-properties-panel-label", "${x}");
            page.keyboard().press("Tab");
            select(hands, "status");
            page.locator("[data-rule=stray-expression]").first().waitFor();
            hands.press("[data-rule=stray-expression] button.studio-show");
            new Keyboard(page).isAt(".fjs-element[data-id=note]");
            // The last field is chosen.
            page.locator("[data-studio-tool=later]:disabled").waitFor();

            hands.press(".fjs-palette-field[data-field-type=textfield]");
            saved(visitor);
            page.locator("[data-rule=label]").first().waitFor();
            hands.press("[data-rule=label] button.studio-show");
            new Keyboard(page).isAt("tr[data-key='form.follow-up.textfield1'] textarea[data-language=es]");
        }
    }

    /** To the very line, which is another than the first. */
    @Test
    void leadsToTheLineOfALetter() {
        try (Visitor visitor = olive("es")) {
            open(visitor, FOLDER, LETTER);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            hands.reach(".studio-source");
            page.keyboard().press("Control+End");
            page.keyboard().type("\n<p>Adiós {{#clientName}}</p>\n");
            hands.press("[data-rule=letter-placeholder] button.studio-show");
            new Keyboard(page).isAt(".studio-source");
            assertThat(page.evaluate(SELECTED_LINE)).isEqualTo("<p>Adiós {{#clientName}}</p>");
        }
    }

    /** Bold, lists and what is filled in need no signs that one has to know; each is one step that can be taken back. */
    @Test
    void writesALetterByButtons() {
        try (Visitor visitor = olive("es")) {
            open(visitor, FOLDER, Editor.LETTER.file);
            Page page = visitor.page();
            String before = text(Editor.LETTER.file);
            EditorHands hands = new EditorHands(page, true);
            assertThat(page.locator("#letter-placeholder").innerText())
                    .contains(message("correspondence.stand-in.workerName", "es"))
                    .doesNotContain("workerName", "kindOfHelp");

            hands.choose(page.locator("#letter-placeholder"), "workerName");
            hands.press("[data-studio-tool=placeholder]");
            assertThat(page.evaluate(SELECTED_LINE)).isEqualTo("{{workerName}}");
            hands.press("[data-studio-tool=bold]");
            saved(visitor);
            assertThat(text(Editor.LETTER.file)).contains("<strong>{{workerName}}</strong></body>");
            hands.press("[data-studio-tool=undo]");
            hands.reach(".studio-source");
            page.keyboard().press("Shift+Control+Home");
            page.keyboard().press("ArrowLeft");
            hands.press("[data-studio-tool=list]");
            saved(visitor);
            assertThat(text(Editor.LETTER.file)).contains("<ul>\n<li></li>\n</ul>", "{{workerName}}</body>");
            page.keyboard().type("x");
            saved(visitor);
            assertThat(text(Editor.LETTER.file))
                    .as("one goes on inside the first point")
                    .contains("<ul>\n<li>x</li>\n</ul>");

            hands.press("[data-studio-tool=undo]");
            hands.press("[data-studio-tool=undo]");
            hands.press("[data-studio-tool=undo]");
            saved(visitor);
            assertThat(text(Editor.LETTER.file)).isEqualTo(before);
        }
    }

    private String message(String key, String language) {
        return messages.getMessage(key, null, Locale.forLanguageTag(language));
    }

    /** To the words of a key, in the language in which something is wrong with them. */
    @Test
    void leadsToTheWordsOfAKey() {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, "labels/en.properties");
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            String place = visitor.words("editor.words.part.field", visitor.words("form.follow-up.note"));
            hands.overwrite("#words-search", place);
            assertThat(page.locator("tr[data-key='form.follow-up.note'] .studio-part")
                            .innerText())
                    .isEqualTo(place);
            assertThat(page.locator(NOTE).getAttribute("aria-label")).startsWith(place);
            assertThat(page.evaluate(NARROWER_THAN_THE_WORDS))
                    .as("the names of places leave the room to the words, and break where they are longer")
                    .isEqualTo(true);
            hands.overwrite(NOTE, "<b>Nota</b>");
            hands.overwrite("#words-search", "no such words");
            page.locator("[data-rule=label-html]").waitFor();
            hands.press("[data-rule=label-html] button.studio-show");
            new Keyboard(page).isAt(NOTE);
        }
    }

    /** Both versions stay until a person decided, can be compared, and the one that was put away can be fetched back. */
    @ParameterizedTest
    @EnumSource
    void letsTwoOwnersDecideWhichVersionStays(Editor editor) {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, editor.file);
            EditorHands hands = new EditorHands(visitor.page(), true);
            String theirs = saveAsAnother(editor);
            editor.change(hands);
            Locator shelf = visitor.page().locator("[data-studio-conflict]:not([hidden])");
            shelf.waitFor();
            assertThat(shelf.innerText()).contains("omar");
            assertThat(text(editor.file)).isEqualTo(theirs);
            visitor.expected(409);
            decide(visitor, "editor.conflict.compare");
            shelf.locator(".studio-lines")
                    .getByText(WRITTEN)
                    .first()
                    .waitFor(new Locator.WaitForOptions().setTimeout(5_000));
            visitor.lookClosely();

            decide(visitor, "editor.conflict.theirs");
            decide(visitor, "editor.conflict.back");
            saved(visitor);
            assertThat(text(editor.file)).contains(WRITTEN);
            if (editor == Editor.WORDS) {
                assertThat(text(editor.file)).as("words of another key").contains("outcome=Otra");
            }
        }
    }

    /** Mine stays: theirs is overwritten on purpose only, and of words only where both wrote the same. */
    @ParameterizedTest
    @EnumSource
    void keepsMineWhenToldSo(Editor editor) {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, editor.file);
            saveAsAnother(editor);
            editor.change(new EditorHands(visitor.page(), true));
            visitor.page().locator("[data-studio-conflict]:not([hidden])").waitFor();
            decide(visitor, "editor.conflict.mine");
            saved(visitor);

            assertThat(text(editor.file)).contains(editor == Editor.WORDS ? "outcome=Otra" : WRITTEN, WRITTEN);
        }
    }

    private static void decide(Visitor visitor, String words) {
        visitor.page()
                .locator("[data-studio-conflict] button")
                .getByText(visitor.words(words))
                .click();
    }

    /** Whoever closes the tab at once has saved nevertheless. */
    @ParameterizedTest
    @EnumSource
    void savesWhatATabHeldThatIsClosed(Editor editor) {
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, editor.file);
            visitor.page().onDialog(Dialog::accept);
            editor.change(new EditorHands(visitor.page(), true));
            visitor.page().close(new Page.CloseOptions().setRunBeforeUnload(true));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(text(editor.file)).contains(WRITTEN));
        }
    }

    /** A letter is filled in from a case that its owner may see, and from no other. */
    @Test
    void fillsALetterFromACaseThatTheOwnerMaySee() {
        String mine =
                fixtures.aClient(york).named("Zorabelle", "Quimby").openCase().code();
        String hidden = fixtures.aClient(fixtures.aProjectInPeru())
                .named("Benedicta", "Huamán")
                .openCase()
                .code();
        try (Visitor visitor = olive("en")) {
            open(visitor, FOLDER, LETTER);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            Locator letter =
                    page.frameLocator("iframe.studio-letter").locator("body").getByText("Hello");
            assertThat(letter.first().innerText()).contains("Alex Example");
            for (String code : List.of(mine, hidden)) {
                hands.overwrite("#letter-case", code);
                page.keyboard().press("Tab");
                if (code.equals(mine)) {
                    letter.getByText("Zorabelle").waitFor();
                } else {
                    page.locator("[data-studio-panel] .notice-late:not([hidden])")
                            .waitFor();
                }
                assertThat(page.content()).doesNotContain("Benedicta", "Huamán");
            }
            visitor.expected(404);
            visitor.lookClosely();
        }
    }

    /** Chooses a field of the form and opens what is asked of it. */
    private static void select(EditorHands hands, String field) {
        hands.press(".fjs-element[data-id=" + field + "]");
        Editors.openGeneral(hands);
    }

    private String saveAsAnother(Editor editor) {
        String before = text(editor.file);
        assertThat(before).contains(editor.before);
        String theirs = editor == Editor.WORDS ? editor.after : before.replace(editor.before, editor.after);
        drafts.begin(FOLDER, other);
        drafts.save(FOLDER, editor.file, theirs.getBytes(StandardCharsets.UTF_8), 0, other);
        return theirs;
    }

    private String text(String file) {
        return new String(drafts.current(FOLDER).files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    }

    private Visitor olive(String language) {
        Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                1280,
                "every-editor",
                messages,
                KINDS_SEEN);
        Editors.signIn(visitor, "olive");
        return visitor;
    }
}
