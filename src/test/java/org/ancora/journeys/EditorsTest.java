package org.ancora.journeys;

import static org.ancora.journeys.Editors.addField;
import static org.ancora.journeys.Editors.open;
import static org.ancora.journeys.Editors.saved;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.MouseButton;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.NewVersions;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.Versions;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** What the editors and the comparison can do, tried in a browser on one small folder. */
@AncoraTest
class EditorsTest {

    private static final String FOLDER = "referral";
    private static final String DIAGRAM = "referral-follow-up.bpmn";
    private static final String FORM = "forms/follow-up.form";
    private static final String TABLE = "referral-policy.dmn";
    private static final String LETTER = "letters/referral-to-client.en.html";
    private static final Set<String> KINDS_SEEN = new HashSet<>();

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

    private static Playwright playwright;
    private static Browser browser;

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

    @Autowired
    private Versions versions;

    @Autowired
    private Deployments deployments;

    @Autowired
    private ModelCheck check;

    @Autowired
    private NewVersions published;

    private UserId olive;

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
    void anOwner() {
        Project york = fixtures.aProjectInOntario();
        olive = people.person("olive", york.id(), Role.OWNER);
    }

    /** What is deployed outlives a test. */
    @AfterEach
    void takeBack() {
        published.withdrawAll(FOLDER);
    }

    /** A diagram, a table, a form and a letter of two versions that were released; a third one runs. */
    @Test
    void comparesTwoReleasedVersions() {
        String first = running();
        keep(DIAGRAM, "name=\"Apply the policy\"", "name=\"Read the rules\"");
        keep(TABLE, ">60</", ">77</");
        keep(FORM, "\"maxLength\": 2000", "\"maxLength\": 500");
        keep(LETTER, "Kind regards", "Warm regards");
        String second = release();
        keep(LETTER, "Warm regards", "Yours");
        release();
        try (Visitor visitor = olive("en", 1280)) {
            visitor.go("/studio/" + FOLDER + "/compare?from=running&to=release");
            visitor.select("from", first, "to", second);
            visitor.followOn("main form button.btn-primary");
            Page page = visitor.page();
            page.locator("[data-ready]").waitFor();
            visitor.lookClosely();

            assertThat(page.locator("#from option:checked").innerText()).isEqualTo("Version 1");
            assertThat(page.locator("#to option:checked").innerText()).isEqualTo("Version 2");
            assertThat(page.locator("[data-file]").count()).isEqualTo(4);
            assertThat(changes(page, DIAGRAM))
                    .contains(visitor.words(
                            "editor.changed.from-to",
                            visitor.words("editor.property.name"),
                            "Apply the policy",
                            "Read the rules"));
            assertThat(page.locator("[data-file='" + DIAGRAM + "'] [data-element-id=apply-policy].studio-is-changed")
                            .count())
                    .as("marked on both drawings")
                    .isEqualTo(2);
            assertThat(changes(page, TABLE)).contains("60", "77");
            assertThat(changes(page, FORM)).contains("2000", "500");
            assertThat(page.locator("[data-file='" + LETTER + "'] .studio-removed")
                            .innerText())
                    .contains("Kind regards");
            assertThat(page.locator("[data-file='" + LETTER + "'] .studio-added")
                            .innerText())
                    .contains("Warm regards");
        }
    }

    private static String changes(Page page, String file) {
        return page.locator("[data-file='" + file + "'] tbody").innerText();
    }

    /** Undo and redo, the small map, colours and playing it through, by keys; colours stay once it is published. */
    @Test
    void undoesColoursAndPlaysADiagram() {
        try (Visitor visitor = olive("es", 1280)) {
            open(visitor, FOLDER, DIAGRAM);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            String line = "[data-studio-outline] [data-element='apply-policy']";
            hands.press(line);
            String before = page.locator("[data-studio-panel] h2").innerText();
            hands.overwrite("[data-studio-panel] .studio-group input", "Mirar las reglas");
            page.keyboard().press("Tab");
            page.locator(line + ":has-text('Mirar las reglas')").waitFor();
            hands.press("[data-studio-tool=undo]");
            page.locator(line + ":has-text('" + before + "')").waitFor();
            assertThat(page.locator("[data-studio-tool=undo]").isDisabled()).isTrue();
            hands.press("[data-studio-tool=redo]");
            page.locator(line + ":has-text('Mirar las reglas')").waitFor();

            hands.press("[data-studio-tool=map]");
            page.locator(".djs-minimap.open svg").waitFor();
            hands.press("[data-studio-tool=map]");
            page.locator(".djs-minimap.open").waitFor(GONE);

            hands.press(line);
            hands.choose(
                    page.locator("[data-studio-panel]").getByLabel(visitor.words("editor.panel.colour.which")),
                    "green");
            Editors.choose(visitor, "plan-follow-up");
            page.locator(".djs-context-pad [data-action='set-color']").click();
            page.locator(".djs-popup [data-id='blue-color']").click();
            saved(visitor);
            visitor.lookClosely();
            assertThat(refused()).isFalse();
            release();
            assertThat(new String(
                            versions.files(running()).files().getOrDefault(DIAGRAM, new byte[0]),
                            StandardCharsets.UTF_8))
                    .contains("bioc:fill=\"#c8e6c9\"", "color:background-color=\"#c8e6c9\"", "#bbdefb");
            open(visitor, FOLDER, DIAGRAM);
            assertThat(page.locator("[data-element-id=apply-policy] .djs-visual > rect")
                            .evaluate("each => getComputedStyle(each).fill"))
                    .isEqualTo("rgb(200, 230, 201)");

            hands.press("[data-studio-tool=play]");
            page.locator("[data-container-id=referral-made] .bts-context-pad").click();
            page.locator(
                            "[data-container-id=what-comes-first] .bts-token-count, [data-container-id=follow-up-day] .bts-context-pad")
                    .first()
                    .waitFor();
            assertThat(page.locator("[data-studio-panel]").getAttribute("inert"))
                    .as("nothing is changed while it is played")
                    .isNotNull();
            hands.press("[data-studio-tool=play]");
            page.locator(".bts-token-count").first().waitFor(GONE);
            assertThat(page.locator("[data-studio-panel]").getAttribute("inert"))
                    .isNull();
            assertThat(drafts.find(FOLDER)).as("playing changes nothing").isEmpty();
        }
    }

    /** As it will be read in each language, and on a phone. */
    @Test
    void showsAFormInEachLanguageAndOnAPhone() {
        try (Visitor visitor = olive("it", 1280)) {
            open(visitor, FOLDER, FORM);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            Locator stage = page.locator(".studio-stage");
            for (String language : new String[] {"it", "en", "es"}) {
                hands.press("[data-studio-panel] [data-language=" + language + "]");
                String label =
                        messages.getMessage("form.follow-up.outcome", new Object[0], Locale.forLanguageTag(language));
                stage.getByText(label).first().waitFor();
            }
            double wide = stage.boundingBox().width;
            hands.press("[data-studio-tool=phone]");
            assertThat(stage.boundingBox().width).isLessThanOrEqualTo(360).isLessThan(wide + 1);
            assertThat(page.locator("[data-studio-tool=phone]").getAttribute("aria-pressed"))
                    .isEqualTo("true");

            addField(visitor, hands, "Quante volte?", "times");
            saved(visitor);
            assertThat(text(FORM)).contains("\"key\": \"times\"");
        }
    }

    /** From what is wrong in a table to the very cell of which it speaks. */
    @Test
    void leadsToTheCellThatIsWrong() {
        try (Visitor visitor = olive("en", 1280)) {
            open(visitor, FOLDER, TABLE);
            Page page = visitor.page();
            EditorHands hands = new EditorHands(page, true);
            hands.reach("td.output-cell [contenteditable]");
            page.keyboard().press("Control+A");
            page.keyboard().type("now()");
            page.keyboard().press("Tab");
            hands.press("[data-rule=feel-banned] .studio-show");
            page.locator("td.output-cell.studio-shown[data-element-id=rule-everywhere-overdue-days]")
                    .waitFor();
            assertThat(page.evaluate("document.activeElement.closest('td').dataset.elementId"))
                    .isEqualTo("rule-everywhere-overdue-days");

            assertThat(refused()).isTrue();
        }
    }

    /** Menus, heads, cells of every kind of value: no word of the table's own is left in English. */
    @ParameterizedTest
    @ValueSource(strings = {"es", "it"})
    void theTableSpeaksTheOwnersLanguage(String language) throws IOException {
        try (Visitor visitor = olive(language, 1280)) {
            open(visitor, FOLDER, TABLE);
            Page page = visitor.page();
            Set<String> said = new TreeSet<>(said(page));
            for (String place :
                    List.of("td.rule-index", "th.input-cell", "th.output-cell", "td.input-cell", "td.output-cell")) {
                page.locator(place).first().click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
                said.addAll(said(page));
                page.locator("h1").click();
            }
            for (String head : List.of("th.input-cell", "th.output-cell")) {
                page.locator(head).first().dblclick();
                said.addAll(said(page));
                page.locator("h1").click();
            }
            for (String type : List.of("string", "boolean", "integer", "date", "dateTime", "time")) {
                page.evaluate(
                        "async (text) => document.querySelector('[data-studio]').studio.open(text)",
                        text(TABLE).replaceAll("typeRef=\"(string|integer)\"", "typeRef=\"" + type + "\""));
                for (String cell : List.of("td.input-cell", "td.output-cell")) {
                    page.locator(cell).first().click();
                    page.locator(".simple-mode-button").first().click();
                    said.addAll(said(page));
                    page.locator("h1").click();
                }
            }

            page.locator("td.output-cell").first().click();
            page.keyboard().press("Control+A");
            page.keyboard().type("string len");
            assertThat(page.locator(".cm-completionInfo").first().innerText())
                    .contains(visitor.words("editor.feel.string-length"), visitor.words("editor.feel.examples"))
                    .doesNotContain("Returns", "Function", "Examples");
            page.keyboard().press("Escape");

            Map<String, String> words = new TreeMap<>();
            for (String text : Files.readAllLines(Path.of("target/frontend/decision-texts.txt"))) {
                String slug = text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
                if (!slug.isEmpty()) {
                    words.put(
                            text.replaceFirst(":$", ""),
                            visitor.words("editor.t." + slug).replaceFirst(":$", ""));
                }
            }
            assertThat(words).allSatisfy((english, word) -> assertThat(said.contains(english) && !english.equals(word))
                    .as("“%s” instead of “%s”", english, word)
                    .isFalse());
            assertThat(said.stream().map(text -> text.replaceFirst(":.*", "")).filter(words::containsValue))
                    .as("words that were met")
                    .hasSizeGreaterThan(40);
            assertThat(page.evaluate("[...document.querySelector('[data-studio]').studio.lacking]"))
                    .isEqualTo(List.of());
        }
    }

    /** Every text of the table and its menus, seen or only told. */
    @SuppressWarnings("unchecked")
    private static List<String> said(Page page) {
        return (List<String>) page.evaluate("""
                () => {
                  const found = new Set();
                  for (const part of document.querySelectorAll("[data-studio-canvas], .context-menu")) {
                    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
                    while (texts.nextNode()) found.add(texts.currentNode.textContent.trim());
                    for (const each of part.querySelectorAll("*")) {
                      for (const name of ["title", "placeholder", "data-placeholder", "aria-label"]) {
                        each.hasAttribute(name) && found.add(each.getAttribute(name).trim());
                      }
                    }
                  }
                  return [...found];
                }""");
    }

    /** A letter that one language lacks is begun from another's. */
    @Test
    void beginsALetterThatALanguageLacks() {
        String italian = LETTER.replace(".en.", ".it.");
        drafts.begin(FOLDER, olive);
        drafts.remove(FOLDER, italian, 0, olive);
        try (Visitor visitor = olive("it", 360)) {
            open(visitor, FOLDER, LETTER);
            visitor.follow(() -> visitor.page()
                    .locator("[data-studio-canvas] .pills a")
                    .getByText(visitor.words("editor.language.it"))
                    .click());
            Page page = visitor.page();
            page.locator("[data-letter-missing]:not([hidden])").waitFor();
            visitor.lookClosely();
            EditorHands hands = new EditorHands(page, true);
            Locator source = page.locator(".studio-source");
            // What was typed before, and taken back, is no reason not to begin from another language.
            hands.write(".studio-source", "Gentile");
            hands.press("[data-studio-tool=undo]");
            hands.press("[data-letter-from=es]");
            saved(visitor);
            assertThat(text(italian)).isEqualTo(text(LETTER.replace(".en.", ".es.")));

            hands.write(".studio-source", "!");
            hands.press("[data-studio-tool=undo]");
            assertThat(source.inputValue()).isEqualTo(text(LETTER.replace(".en.", ".es.")));
            hands.press("[data-studio-tool=undo]");
            assertThat(source.inputValue()).isEmpty();
            hands.press("[data-studio-tool=redo]");
            saved(visitor);
            assertThat(text(italian)).isEqualTo(text(LETTER.replace(".en.", ".es.")));
        }
    }

    private String release() {
        String deployment = deployments.publish(drafts.current(FOLDER));
        drafts.discard(FOLDER, olive);
        return deployment;
    }

    private String running() {
        return versions.running(FOLDER).orElseThrow().deploymentId();
    }

    private boolean refused() {
        return check.check(drafts.current(FOLDER)).findings().stream().anyMatch(Finding::refuses);
    }

    private void keep(String file, String before, String after) {
        String text = text(file);
        assertThat(text).contains(before);
        drafts.begin(FOLDER, olive);
        drafts.save(FOLDER, file, text.replace(before, after).getBytes(StandardCharsets.UTF_8), 0, olive);
    }

    private String text(String file) {
        Map<String, byte[]> files = drafts.current(FOLDER).files();
        return new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    }

    private Visitor olive(String language, int width) {
        Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "editors",
                messages,
                KINDS_SEEN);
        Editors.signIn(visitor, "olive");
        return visitor;
    }
}
