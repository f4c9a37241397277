package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.NewVersions;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.referral.OpenReferrals;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** A process owner's day in the studio: limits, forms, steps, letters and words, without a developer. */
@AncoraTest
class OwnersDayTest {

    private static final Set<String> KINDS_SEEN = new HashSet<>();

    private static final Locator.WaitForOptions HERE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
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
    private ModelCheck check;

    @Autowired
    private ShippedFolders shipped;

    @Autowired
    private OpenReferrals referrals;

    @Autowired
    private NewVersions published;

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
    void anOwnerAndAColleague() {
        york = fixtures.aProjectInOntario();
        people.person("olive", york.id(), Role.OWNER);
        other = people.person("omar", york.id(), Role.OWNER);
    }

    /** What is deployed outlives a test. */
    @AfterEach
    void takeBack() {
        published.withdrawAll("referral");
    }

    /** Text and order of steps of every diagram that is shipped. */
    @Test
    void changesTextAndOrderOfEveryDiagram() {
        try (Visitor visitor = olive("en", 1280)) {
            for (ProcessFolder folder : shipped.all()) {
                for (String file : files(folder, ".bpmn")) {
                    open(visitor, folder.name(), file);
                    Page page = visitor.page();
                    List<String> elements = elements(page);
                    String renamed = elements.get(1);
                    choose(visitor, renamed);
                    name(page).fill("In our own words");
                    name(page).press("Tab");
                    String moved = reorder(visitor, elements);
                    saved(visitor);

                    String now = text(folder.name(), file);
                    assertThat(now).as(file).contains("name=\"In our own words\"");
                    assertThat(moved)
                            .as("a step that was moved or put into %s", file)
                            .isNotEmpty();
                    assertThat(ways(now)).as(file).isNotEqualTo(ways(shippedText(folder, file)));
                }
                assertThat(refusals(folder.name())).as(folder.name()).isEmpty();
            }
        }
    }

    /** The limits of every decision table that is shipped. */
    @Test
    void changesALimitOfEveryTable() {
        try (Visitor visitor = olive("it", 1280)) {
            for (ProcessFolder folder : shipped.all()) {
                for (String file : files(folder, ".dmn")) {
                    open(visitor, folder.name(), file);
                    Locator limit = visitor.page()
                            .locator("td.output-cell [contenteditable]")
                            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\d+$")))
                            .first();
                    limit.click();
                    visitor.page().keyboard().press("Control+A");
                    visitor.page().keyboard().type("77");
                    visitor.page().keyboard().press("Tab");
                    saved(visitor);

                    assertThat(text(folder.name(), file)).as(file).contains(">77</");
                    assertThat(refusals(folder.name())).as(file).isEmpty();
                }
            }
        }
    }

    /** A field more in a form of every flow that has one, with its words; whatever it is, it can still be published. */
    @Test
    void addsAFieldToAFormOfEveryFlow() {
        try (Visitor visitor = olive("es", 1280)) {
            for (ProcessFolder folder : shipped.all()) {
                for (String file :
                        files(folder, "forms/", ".form").stream().limit(1).toList()) {
                    open(visitor, folder.name(), file);
                    Page page = visitor.page();
                    addField(visitor, new Hands(page, false), "Nombre del arrendador", "landlordName");
                    page.locator("[data-studio-tool=earlier]").click();
                    saved(visitor);

                    assertThat(text(folder.name(), file))
                            .as(file)
                            .contains("\"key\": \"landlordName\"")
                            .doesNotContainPattern("landlordName\"\\s*}\\s*],\\s*\"type\": \"default\"");
                }
                assertThat(refusals(folder.name())).as(folder.name()).isEmpty();
            }
            assertThat(text("referral", "labels/es.properties"))
                    .isEqualTo("form.follow-up.landlordName=Nombre del arrendador\n");
        }
    }

    /**
     * The whole way of a change: a limit, a form and a step more, broken and told so, rehearsed, published, the cases under way
     * moved, and back again. In Italian by hands that have no mouse.
     */
    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"en, 1280", "es, 360", "it, 1280"})
    void changesAProcedureAndGoesBack(String language, int width) {
        referrals.one(york, people.person("wanda", york.id(), Role.CASEWORKER));
        try (Visitor visitor = olive(language, width)) {
            Hands hands = new Hands(visitor.page(), language.equals("it"));
            visitor.go("/studio");
            visitor.lookClosely();
            visitor.follow(() -> hands.press("a.row-title[href='/studio/referral']"));
            visitor.follow(() -> hands.press("form[action$='/studio/referral/draft'] button"));

            beginsAForm(visitor, hands);
            changesALimit(visitor, hands);
            addsAStepAndIsToldWhatItLacks(visitor, hands);
            assertThat(refusals("referral")).isEmpty();
            assertThat(text("referral", "labels/" + language + ".properties"))
                    .contains("=Call before", "=Ask calmly", "flow.referral-follow-up.apply-policy=Look at the rules");

            visitor.go("/studio/referral");
            assertThat(visitor.content()).contains(visitor.words("studio.draft.files", 4));
            visitor.follow(() -> hands.press(".page-head a[href*='/compare']"));
            visitor.page().locator("[data-ready]").waitFor();
            assertThat(visitor.page()
                            .locator("[data-file='referral-policy.dmn'] tbody")
                            .innerText())
                    .contains("77");

            looksIntoTheOtherEditors(visitor);
            rehearses(visitor, hands);
            publishes(visitor, hands);
            movesWhatRuns(visitor, hands);
            goesBack(visitor, hands);
        }
    }

    private void beginsAForm(Visitor visitor, Hands hands) {
        hands.write("#form-name", "Call before");
        visitor.follow(() -> hands.press("form[action$='/referral/forms'] button"));
        Page page = visitor.page();
        page.locator("[data-studio][data-ready]").waitFor();
        addField(visitor, hands, "What was agreed?", "agreed");
        saved(visitor);
        lookAtEditor(visitor);

        assertThat(text("referral", "forms/call-before.form")).contains("\"key\": \"agreed\"");
    }

    private void changesALimit(Visitor visitor, Hands hands) {
        open(visitor, "referral", "referral-policy.dmn");
        lookAtEditor(visitor);
        hands.reach("td.output-cell [contenteditable]");
        visitor.page().keyboard().press("Control+A");
        visitor.page().keyboard().type("77");
        visitor.page().keyboard().press("Tab");
        saved(visitor);

        assertThat(text("referral", "referral-policy.dmn")).contains(">77</");
    }

    private void addsAStepAndIsToldWhatItLacks(Visitor visitor, Hands hands) {
        open(visitor, "referral", "referral-follow-up.bpmn");
        Page page = visitor.page();
        hands.press("[data-studio-outline] [data-element='apply-policy']");
        hands.overwrite("[data-studio-panel] .studio-group input", "Look at the rules");
        page.keyboard().press("Tab");
        place(page).locator("select").selectOption("user-task");
        hands.press("[data-studio-add]");
        hands.overwrite("[data-studio-panel] .studio-group input", "Call before");
        page.keyboard().press("Tab");
        saved(visitor);
        hands.press("[data-studio-outline] [data-element='follow-up']");

        Locator problem = page.locator("[data-rule=team]");
        problem.waitFor();
        assertThat(problem.innerText()).contains("Call before", visitor.words("model.team"));
        assertThat(page.locator("[data-studio-checked]").innerText())
                .isEqualTo(visitor.words(
                        "editor.problems.some", refusals("referral").size()));
        assertThat(page.locator(".studio-badge-error").count()).isPositive();
        lookAtEditor(visitor);
        hands.press("[data-rule=team] .studio-show");
        assertThat(page.locator("[data-studio-panel] h2").innerText()).isEqualTo("Call before");

        Locator panel = page.locator("[data-studio-panel]");
        panel.getByLabel(visitor.words("role.caseworker"), exactly()).check();
        panel.getByLabel(visitor.words("editor.panel.form"), exactly()).selectOption("call-before");
        Locator guidance = panel.getByLabel(visitor.words("editor.panel.guidance"), exactly());
        guidance.fill("Ask calmly");
        guidance.press("Tab");
        saved(visitor);
        page.locator("[data-rule=team]").waitFor(GONE);
    }

    /** Whatever is not changed on this way says everything in the owner's language as well, and is accessible. */
    private static void looksIntoTheOtherEditors(Visitor visitor) {
        for (String file :
                List.of("letters/referral-to-client." + visitor.language() + ".html", "labels/en.properties")) {
            open(visitor, "referral", file);
            lookAtEditor(visitor);
        }
        open(visitor, "engagement", "engagement-on-entry.bpmn");
        choose(visitor, "accept-intake");
        lookAtEditor(visitor);
        visitor.page().locator("[data-studio-tool=play]").click();
        visitor.lookClosely();
        open(visitor, "engagement", "forms/contact-round.form");
        lookAtEditor(visitor);
    }

    private static void lookAtEditor(Visitor visitor) {
        visitor.lookClosely();
        assertThat(visitor.content()).doesNotContain("editor.", "undefined");
    }

    private void rehearses(Visitor visitor, Hands hands) {
        visitor.go("/studio/referral");
        visitor.follow(() -> hands.press(".page-head a[href$='/rehearsals']"));
        visitor.lookClosely();
        visitor.follow(() -> hands.press("main form.card button.btn-primary"));
        visitor.lookClosely();
        assertThat(visitor.page().locator(".rehearsal-tasks").innerText()).contains("Call before");
        visitor.follow(() -> hands.press(".rehearsal-tasks a"));
        visitor.form().waitFor();
        visitor.lookClosely();
        hands.write("[data-form-canvas] input", "Tuesday at ten");
        visitor.follow(() -> hands.press("[data-form-submit]"));
        visitor.follow(() -> hands.press("form[action$='/next'] button"));
        assertThat(visitor.content()).contains(visitor.words("task.referral-follow-up.follow-up"));
        String rehearsal = visitor.page().url();
        hands.write("#name", "One call before");
        visitor.follow(() -> hands.press("form[action$='/keep'] button"));
        visitor.lookClosely();
        assertThat(visitor.content()).contains("One call before");
        // An owner has only so many under way at once.
        visitor.page().navigate(rehearsal);
        visitor.follow(() -> hands.press("form[action$='/end'] button"));
    }

    private void publishes(Visitor visitor, Hands hands) {
        visitor.go("/studio/referral/publish");
        visitor.page().locator("#publish:not(:has(#progress))").waitFor();
        visitor.lookClosely();
        visitor.follow(() -> hands.press("a[href='/studio/referral/scenarios']"));
        visitor.follow(() -> hands.press(".page-head form[action$='/run'] button"));
        visitor.lookClosely();
        visitor.follow(() -> hands.press("form[action$='/accept'] button"));
        visitor.go("/studio/referral/publish");
        visitor.page().locator("#publish:not(:has(#progress))").waitFor();
        hands.write("#note", "We call before we ask");
        visitor.follow(() -> hands.press("main form[action$='/publish'] button.btn-primary"));

        assertThat(drafts.find("referral")).isEmpty();
    }

    private void movesWhatRuns(Visitor visitor, Hands hands) {
        assertThat(visitor.page().url()).contains("/studio/referral/migrate?");
        visitor.lookClosely();
        visitor.follow(() -> hands.press("button[name=do][value=try]"));
        assertThat(visitor.content()).contains(visitor.words("migration.tried", 1, 1));
        visitor.lookClosely();
        visitor.follow(() -> hands.press("form[action$='/move'] button"));
        assertThat(visitor.content()).contains(visitor.words("migration.moved", 1, 1));
        visitor.go("/help/referral-follow-up");
        assertThat(visitor.content()).contains("Call before", "Ask calmly", "77");
    }

    private void goesBack(Visitor visitor, Hands hands) {
        visitor.go("/studio/referral");
        visitor.lookClosely();
        assertThat(visitor.page().locator(".studio-log").innerText())
                .contains(
                        visitor.words("activity.procedure.draft-begun"),
                        visitor.words("activity.procedure.file-saved"),
                        visitor.words("activity.procedure.published"),
                        "olive");
        visitor.follow(() -> hands.press(".studio-actions a[href*='/back']"));
        visitor.lookClosely();
        visitor.follow(() -> hands.press("main form[action$='/back'] button.btn-primary"));
        visitor.follow(() -> hands.press("button[name=do][value=move]"));
        assertThat(visitor.content()).contains(visitor.words("migration.moved", 1, 1));
        visitor.go("/help/referral-follow-up");
        assertThat(visitor.content()).doesNotContain("Call before", "77");
        assertThat(drafts.find("referral")).isEmpty();
    }

    /** Somebody's hands, with a mouse or without. */
    private record Hands(Page page, boolean withoutMouse) {

        void press(String selector) {
            if (withoutMouse) {
                reach(selector);
                page.keyboard().press("Enter");
            } else {
                page.locator(selector).first().click();
            }
        }

        /** Goes to where one can type. */
        void reach(String selector) {
            if (withoutMouse) {
                page.evaluate("() => document.activeElement.blur()");
                new Keyboard(page).tabTo(selector);
            } else {
                page.locator(selector).first().click();
            }
        }

        void write(String selector, String text) {
            reach(selector);
            page.keyboard().type(text);
        }

        void overwrite(String selector, String text) {
            reach(selector);
            page.keyboard().press("Control+A");
            page.keyboard().insertText(text);
        }
    }

    /** Somebody else saved meanwhile: both texts stay until a person has decided. */
    @Test
    void losesNothingWhenSomebodyElseSaved() {
        try (Visitor visitor = olive("en", 1280)) {
            open(visitor, "engagement", "letters/no-contact.en.html");
            Page page = visitor.page();
            String before = text("engagement", "letters/no-contact.en.html");
            drafts.begin("engagement", other);
            drafts.save(
                    "engagement",
                    "letters/no-contact.en.html",
                    before.replace("Kind regards", "Yours").getBytes(StandardCharsets.UTF_8),
                    0,
                    other);

            page.locator(".studio-source").fill(before.replace("Kind regards", "Warm regards"));
            page.locator("[data-studio-conflict]:not([hidden])").waitFor();
            assertThat(page.locator("[data-studio-conflict]").innerText()).contains("omar");
            assertThat(text("engagement", "letters/no-contact.en.html")).contains("Yours");
            page.getByText(visitor.words("editor.conflict.compare")).first().click();
            assertThat(page.locator(".studio-diff .studio-removed").innerText()).contains("Yours");
            assertThat(page.locator(".studio-diff .studio-added").innerText()).contains("Warm regards");
            page.getByText(visitor.words("editor.conflict.theirs")).first().click();
            assertThat(page.locator(".studio-source").inputValue()).contains("Yours");
            page.getByText(visitor.words("editor.conflict.back")).first().click();
            saved(visitor);

            assertThat(text("engagement", "letters/no-contact.en.html")).contains("Warm regards");
        }
    }

    /** A lost connection is said, nothing is lost, and it is saved once it is back. */
    @Test
    void keepsTryingWithoutAConnection() {
        try (Visitor visitor = olive("es", 360)) {
            open(visitor, "engagement", "labels/en.properties");
            Page page = visitor.page();
            page.context().setOffline(true);
            page.fill("#words-search", "process.contact-round");
            page.locator("tr[data-key='process.contact-round'] textarea[data-language=es]")
                    .fill("Ronda nuestra");
            page.locator("[data-studio-state].chip-late").waitFor();
            assertThat(drafts.find("engagement")).isEmpty();

            page.context().setOffline(false);
            page.locator("[data-studio-state].chip-done").waitFor();

            assertThat(text("engagement", "labels/es.properties")).isEqualTo("process.contact-round=Ronda nuestra\n");
        }
    }

    /** What changed, in words and on both drawings. */
    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"en, 1280", "es, 360", "it, 1280"})
    void comparesTheDraftWithWhatRuns(String language, int width) {
        drafts.begin("engagement", other);
        keep("engagement-policy.dmn", ">5</", ">77</");
        keep("engagement-on-entry.bpmn", "name=\"Accept the intake\"", "name=\"Say yes\"");
        keep("engagement-existing-client.bpmn", ">${noticeEnds}</", ">${due}</");
        keep("forms/go-on.form", "\"maxLength\": 2000", "\"maxLength\": 500");
        keep("letters/no-contact.en.html", "Kind regards", "Warm regards");
        keep("letters/no-contact.es.html", "<p>", "<p>Ojo: ");
        try (Visitor visitor = olive(language, width)) {
            visitor.go("/studio/engagement/compare");
            Page page = visitor.page();
            page.locator("[data-ready]").waitFor();
            visitor.lookClosely();
            assertThat(page.locator("[data-file]").count()).isEqualTo(6);
            assertThat(page.locator("[data-file='engagement-policy.dmn'] tbody").innerText())
                    .contains(visitor.words("editor.diff.changed"), "77");
            assertThat(page.locator("[data-file='engagement-on-entry.bpmn'] tbody")
                            .innerText())
                    .contains(visitor.words(
                            "editor.changed.from-to",
                            visitor.words("editor.property.name"),
                            "Accept the intake",
                            "Say yes"));
            assertThat(page.locator(
                                    "[data-file='engagement-on-entry.bpmn'] [data-element-id=accept-intake].studio-is-changed")
                            .count())
                    .isEqualTo(2);
            assertThat(page.locator("[data-file='engagement-on-entry.bpmn'] .djs-connection.studio-is-changed")
                            .count())
                    .as("arrows to a step that only got another name")
                    .isZero();
            assertThat(page.locator("[data-file='engagement-existing-client.bpmn'] tbody")
                            .innerText())
                    .contains(visitor.words(
                            "editor.changed.from-to",
                            visitor.words("editor.property.timeDate"),
                            "${noticeEnds}",
                            "${due}"));
            assertThat(page.locator("[data-file='forms/go-on.form'] tbody").innerText())
                    .contains("500");
            assertThat(page.locator("[data-file='letters/no-contact.en.html'] .studio-added")
                            .innerText())
                    .contains("Warm regards");
        }
    }

    /** Opened and saved again without a change, every file still means what it meant, and may still be published. */
    @Test
    void writesEveryFileAsItReadIt() {
        try (Visitor visitor = olive("es", 1280)) {
            for (Map.Entry<String, String> editor : Map.of(
                            "engagement-on-entry.bpmn", ".bpmn",
                            "engagement-policy.dmn", ".dmn",
                            "forms/contact-round.form", ".form")
                    .entrySet()) {
                open(visitor, "engagement", editor.getKey());
                for (ProcessFolder folder : shipped.all()) {
                    for (String file : files(folder, editor.getValue())) {
                        byte[] content = folder.files().getOrDefault(file, new byte[0]);
                        String written =
                                (String) visitor.page().evaluate("""
                                async (text) => {
                                  const { studio } = document.querySelector("[data-studio]");
                                  await studio.open(text);
                                  return studio.text();
                                }""", new String(content, StandardCharsets.UTF_8));

                        byte[] now = written.getBytes(StandardCharsets.UTF_8);
                        assertThat(SameModel.of(file, now))
                                .as("%s/%s", folder.name(), file)
                                .isEqualTo(SameModel.of(file, content));
                        Map<String, byte[]> all = new TreeMap<>(folder.files());
                        all.put(file, now);
                        assertThat(check.check(new ProcessFolder(folder.name(), all))
                                        .findings())
                                .as("%s/%s", folder.name(), file)
                                .isEmpty();
                    }
                }
            }
        }
    }

    private void keep(String file, String before, String after) {
        String text = text("engagement", file);
        String changed = text.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after));
        assertThat(changed).isNotEqualTo(text);
        drafts.save("engagement", file, changed.getBytes(StandardCharsets.UTF_8), 0, other);
    }

    /** Puts a text field at the end of the form that is open. */
    private static void addField(Visitor visitor, Hands hands, String label, String name) {
        Page page = visitor.page();
        hands.press(".fjs-palette-field[data-field-type=textfield]");
        Locator key = page.locator(".fjs-properties-container input[name=key]");
        key.waitFor(HERE);
        // opened once, the group stays open for the next field
        if (!key.isVisible()) {
            hands.press("[data-group-id=group-general] .bio-properties-panel-arrow");
        }
        hands.overwrite("#bio-properties-panel-label", label);
        hands.overwrite(".fjs-properties-container input[name=key]", name);
        page.keyboard().press("Tab");
        page.locator(".studio-stage").getByText(label).first().waitFor();
    }

    private Visitor olive(String language, int width) {
        Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "owner",
                messages,
                KINDS_SEEN);
        // Before something is published its scenarios are played.
        visitor.page().setDefaultNavigationTimeout(60_000);
        visitor.page().context().clearCookies();
        visitor.go("/sign-in");
        visitor.page().fill("#name", "olive");
        visitor.page().fill("#password", People.PASSWORD);
        visitor.page().locator(".sign-in-do").click();
        visitor.page().waitForURL(url -> !url.contains("/sign-in"));
        return visitor;
    }

    private static void open(Visitor visitor, String folder, String file) {
        visitor.page().navigate(visitor.address("/studio/" + folder + "/edit?file=" + file));
        visitor.page().locator("[data-studio][data-ready]").waitFor();
    }

    private static void choose(Visitor visitor, String element) {
        visitor.page()
                .locator("[data-studio-outline] [data-element='" + element + "']")
                .first()
                .click();
    }

    /** What can be chosen in the list of steps, in order; arrows are not steps. */
    @SuppressWarnings("unchecked")
    private static List<String> elements(Page page) {
        return (List<String>) page.evaluate("""
                () => [...document.querySelectorAll("[data-studio-outline] [data-element]:not(.studio-is-way)")]
                    .map((line) => line.dataset.element)""");
    }

    /** Lets two steps change places; where no two can, puts a gathering point in after the start. */
    private static String reorder(Visitor visitor, List<String> elements) {
        Page page = visitor.page();
        String moved = String.valueOf(page.evaluate("""
                () => {
                  for (const line of document.querySelectorAll("[data-studio-outline] [data-element]:not(.studio-is-way)")) {
                    line.click();
                    const later = document.querySelector("[data-studio-move=later]");
                    if (later) {
                      later.click();
                      return line.dataset.element;
                    }
                  }
                  return "";
                }"""));
        if (!moved.isEmpty()) {
            return moved;
        }
        choose(visitor, elements.get(0));
        place(page).locator("select").selectOption("all");
        page.locator("[data-studio-add]").click();
        return page.locator("[data-studio-panel] header p").innerText();
    }

    private static Locator place(Page page) {
        return page.locator("[data-studio-panel] .studio-group").last();
    }

    private static Locator name(Page page) {
        return page.locator("[data-studio-panel] .studio-group input").first();
    }

    private static Locator.GetByLabelOptions exactly() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    private static void saved(Visitor visitor) {
        visitor.page().waitForFunction("""
                () => document.querySelector("[data-studio-state]").classList.contains("chip-done")
                    && !document.querySelector("[data-studio]").dataset.unsaved""");
    }

    private static List<String> files(ProcessFolder folder, String suffix) {
        return files(folder, "", suffix);
    }

    private static List<String> files(ProcessFolder folder, String prefix, String suffix) {
        return folder.files().keySet().stream()
                .filter(path -> path.startsWith(prefix) && path.endsWith(suffix))
                .toList();
    }

    private String text(String folder, String file) {
        return new String(drafts.current(folder).files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    }

    private static String shippedText(ProcessFolder folder, String file) {
        return new String(folder.files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    }

    /** Where the arrows of a diagram begin and end. */
    private static List<String> ways(String diagram) {
        return Stream.of(diagram.split("<", -1))
                .filter(tag -> tag.startsWith("bpmn:sequenceFlow "))
                .map(tag -> tag.replaceAll("(?s).*sourceRef=\"([^\"]+)\".*", "$1") + " > "
                        + tag.replaceAll("(?s).*targetRef=\"([^\"]+)\".*", "$1"))
                .sorted()
                .toList();
    }

    private List<Finding> refusals(String folder) {
        return check.check(drafts.current(folder)).findings().stream()
                .filter(Finding::refuses)
                .toList();
    }
}
