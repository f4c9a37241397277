package org.ancora.journeys;

import static org.ancora.journeys.Editors.addField;
import static org.ancora.journeys.Editors.choose;
import static org.ancora.journeys.Editors.open;
import static org.ancora.journeys.Editors.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process owner's day in the studio: limits, forms, steps, letters and words, without a developer. */
@AncoraTest
class OwnersDayTest {

    private static final Set<String> KINDS_SEEN = new HashSet<>();

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

    /**
     * Where choices stand between the steps: two that change places, and the arrows that are led elsewhere for it, each with where
     * it leads then.
     */
    private static final Map<String, List<String>> LED = Map.of(
            "attention-in-person.bpmn",
            List.of(
                    "check-office-hours",
                    "authorise",
                    "visitor-registered-to-check-office-hours > authorise",
                    "authorised-to-authority > check-office-hours",
                    "office-open-to-authorise > tell-when-to-come-back"),
            "case-reminder.bpmn",
            List.of(
                    "reminder-waits",
                    "tell-reminder",
                    "reminder-set-to-reminder-waits > tell-reminder",
                    "tell-reminder-to-reminder-told > reminder-waits",
                    "reminder-time-to-tell-reminder > reminder-told"),
            "deliver-message.bpmn",
            List.of(
                    "hand-over-message",
                    "check-delivery",
                    "message-queued-to-hand-over-message > check-delivery",
                    "delivery-known-to-check-delivery > delivery-settled"),
            "referral-follow-up.bpmn",
            List.of(
                    "apply-policy",
                    "plan-follow-up",
                    "referral-made-to-apply-policy > plan-follow-up",
                    "plan-follow-up-to-what-comes-first > apply-policy",
                    "apply-policy-to-plan-follow-up > what-comes-first"));

    /** Opens a form and adds a text field to it as its owner does by the keyboard; answers what would be saved. */
    private static final String WITH_A_FIELD_MORE = """
            async (text) => {
              const { studio } = document.querySelector("[data-studio]");
              await studio.open(text);
              document.querySelector(".fjs-palette-field[data-field-type=textfield]")
                  .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true }));
              return studio.text();
            }""";

    /** Flows that look up no limit and count no date: they do what they do at once, or on the one day that was agreed. */
    private static final Set<String> WITHOUT_LIMITS =
            Set.of("attention", "calendar", "casework", "directory", "marks", "migration", "status", "steering");

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

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId other;
    private UserId worker;

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
        worker = people.person("wanda", york.id(), Role.CASEWORKER);
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
                    List<String> pair = reorder(visitor, file);
                    saved(visitor);

                    String now = text(folder.name(), file);
                    assertThat(now).as(file).contains("name=\"In our own words\"");
                    assertThat(order(now)).as(file).containsSubsequence(pair.get(1), pair.get(0));
                    if (!pair.get(0).startsWith("step-")) {
                        assertThat(order(shippedText(folder, file))).as(file).containsSubsequence(pair);
                    }
                }
                assertThat(refusals(folder.name())).as(folder.name()).isEmpty();
            }
        }
    }

    /** Until when a diagram waits, wherever its steps have counted more dates than one. */
    @Test
    void changesADateOfEveryDiagramThatWaits() {
        Set<String> limited = new TreeSet<>();
        try (Visitor visitor = olive("en", 1280)) {
            for (ProcessFolder folder : shipped.all()) {
                if (!files(folder, ".dmn").isEmpty()) {
                    limited.add(folder.name());
                }
                for (String file : files(folder, ".bpmn")) {
                    if (!shippedText(folder, file).contains("timeDate")) {
                        continue;
                    }
                    open(visitor, folder.name(), file);
                    if (choosesAnotherDate(visitor, folder.name())) {
                        assertThat(dates(text(folder.name(), file)))
                                .as(file)
                                .hasSameSizeAs(dates(shippedText(folder, file)))
                                .isNotEqualTo(dates(shippedText(folder, file)));
                        limited.add(folder.name());
                    }
                }
                assertThat(refusals(folder.name())).as(folder.name()).isEmpty();
            }
        }
        assertThat(shipped.all().stream().map(ProcessFolder::name).filter(name -> !limited.contains(name)))
                .as("flows without a table and without a choice of dates")
                .containsExactlyInAnyOrderElementsOf(WITHOUT_LIMITS);
    }

    /** The first of the diagram's waits that has a choice: a date that nothing sets anew on the way back is none. */
    private boolean choosesAnotherDate(Visitor visitor, String folder) {
        Locator waits = visitor.page().locator("[data-studio-outline] .studio-is-wait");
        for (int wait = 0; wait < waits.count(); wait++) {
            waits.nth(wait).click();
            Locator until = panel(visitor).getByLabel(visitor.words("editor.panel.timer.until"), exactly());
            List<String> others = until.count() == 0
                    ? List.of()
                    : until.locator("option:not(:checked)").all().stream()
                            .map(option -> String.valueOf(option.getAttribute("value")))
                            .filter(value -> !value.isEmpty())
                            .toList();
            String before = others.isEmpty() ? "" : until.inputValue();
            for (String other : others) {
                until.selectOption(other);
                saved(visitor);
                if (refusals(folder).isEmpty()) {
                    return true;
                }
            }
            if (!others.isEmpty()) {
                until.selectOption(before);
                saved(visitor);
            }
        }
        return false;
    }

    private static List<String> dates(String diagram) {
        return Pattern.compile("(\\$\\{\\w+})</bpmn:timeDate>")
                .matcher(diagram)
                .results()
                .map(date -> date.group(1))
                .toList();
    }

    /** The limits of every decision table that is shipped. */
    @Test
    void changesALimitOfEveryTable() {
        try (Visitor visitor = olive("it", 1280)) {
            for (ProcessFolder folder : shipped.all()) {
                for (String file : files(folder, ".dmn")) {
                    open(visitor, folder.name(), file);
                    assertThat(visitor.page().locator("[data-studio-values] dt").allInnerTexts())
                            .as("codes whose meaning stands below " + file)
                            .containsAll(codes(shippedText(folder, file)));
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

    /** What stands in quotation marks in the cells of a table. */
    private static Set<String> codes(String table) {
        return Pattern.compile("<text>(.*)</text>")
                .matcher(table)
                .results()
                .flatMap(cell ->
                        Pattern.compile("\"[^\"]+\"").matcher(cell.group(1)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** A field more in a form of every flow that asks something, with its words; whatever it is, it can still be published. */
    @Test
    void addsAFieldToAFormOfEveryFlow() {
        Set<String> flows = new HashSet<>();
        try (Visitor visitor = olive("es", 1280)) {
            for (ProcessFolder folder : shipped.all()) {
                for (String file : formsOfFlows(folder, flows)) {
                    open(visitor, folder.name(), file);
                    Page page = visitor.page();
                    addField(visitor, new EditorHands(page, false), "Nombre del arrendador", "landlordName");
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
        assertThat(flows).hasSizeGreaterThan(7);
    }

    /** The first form of each flow; one that several flows ask is changed once. */
    private static Set<String> formsOfFlows(ProcessFolder folder, Set<String> flows) {
        Set<String> first = new LinkedHashSet<>();
        for (String diagram : files(folder, ".bpmn")) {
            Matcher form = Pattern.compile("formRef=\"([^\"]+)\"").matcher(shippedText(folder, diagram));
            if (form.find()) {
                flows.add(diagram);
                first.add("forms/" + form.group(1) + ".form");
            }
        }
        return first;
    }

    /** Every other form too, in one editor, whose saving is only listened to. */
    @Test
    void takesAFieldMoreInEveryForm() {
        try (Visitor visitor = olive("es", 1280)) {
            Page page = visitor.page();
            page.route("**/files?path=*", route -> {
                if (route.request().method().equals("PUT")) {
                    route.fulfill(new Route.FulfillOptions().setStatus(204).setHeaders(Map.of("ETag", "\"1\"")));
                } else {
                    route.resume();
                }
            });
            open(visitor, "engagement", "forms/contact-round.form");
            for (ProcessFolder folder : shipped.all()) {
                Map<String, byte[]> all = new TreeMap<>(folder.files());
                for (String file : files(folder, "forms/", ".form")) {
                    String written = (String) page.evaluate(WITH_A_FIELD_MORE, shippedText(folder, file));

                    assertThat(written).as(file).contains("\"key\": \"textfield1\"");
                    all.put(file, written.getBytes(StandardCharsets.UTF_8));
                }
                assertThat(check.check(new ProcessFolder(folder.name(), all)).findings().stream()
                                .filter(Finding::refuses))
                        .as(folder.name())
                        .isEmpty();
            }
        }
    }

    /**
     * The whole way of a change: a limit, a form and a step more, broken and told so, rehearsed, published, the cases under way
     * moved, and back again. In Italian by hands that have no mouse.
     */
    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"en, 1280", "es, 360", "it, 1280"})
    void changesAProcedureAndGoesBack(String language, int width) {
        referrals.one(york, worker);
        try (Visitor visitor = olive(language, width)) {
            EditorHands hands = new EditorHands(visitor.page(), language.equals("it"));
            visitor.go("/studio");
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

            looksIntoTheOtherEditors(visitor, hands);
            rehearses(visitor, hands);
            publishes(visitor, hands);
            movesWhatRuns(visitor, hands);
            if (language.equals("en")) {
                isAskedKeptAndShown(visitor);
            }
            goesBack(visitor, hands, language.equals("en") ? 2 : 1);
        }
    }

    private void beginsAForm(Visitor visitor, EditorHands hands) {
        hands.write("#form-name", "Call before");
        visitor.follow(() -> hands.press("form[action$='/referral/forms'] button"));
        Page page = visitor.page();
        page.locator("[data-studio][data-ready]").waitFor();
        addField(visitor, hands, "What was agreed?", "agreed");
        saved(visitor);
        lookAtEditor(visitor);

        assertThat(text("referral", "forms/call-before.form")).contains("\"key\": \"agreed\"");
    }

    private void changesALimit(Visitor visitor, EditorHands hands) {
        open(visitor, "referral", "referral-policy.dmn");
        lookAtEditor(visitor);
        hands.reach("td.output-cell [contenteditable]");
        visitor.page().keyboard().press("Control+A");
        visitor.page().keyboard().type("77");
        visitor.page().keyboard().press("Tab");
        saved(visitor);

        assertThat(text("referral", "referral-policy.dmn")).contains(">77</");
    }

    private void addsAStepAndIsToldWhatItLacks(Visitor visitor, EditorHands hands) {
        open(visitor, "referral", "referral-follow-up.bpmn");
        Page page = visitor.page();
        hands.press("[data-studio-outline] [data-element='apply-policy']");
        hands.overwrite("[data-studio-panel] .studio-group input", "Look at the rules");
        page.keyboard().press("Tab");
        hands.choose(place(page).locator("select").first(), "user-task");
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
        hands.tick(panel.getByLabel(visitor.words("role.caseworker"), exactly()));
        hands.choose(panel.getByLabel(visitor.words("editor.panel.form"), exactly()), "call-before");
        hands.overwrite(panel.getByLabel(visitor.words("editor.panel.guidance"), exactly()), "Ask calmly");
        page.keyboard().press("Tab");
        saved(visitor);
        page.locator("[data-rule=team]").waitFor(GONE);
    }

    /** Whatever is not changed on this way says everything in the owner's language as well, and is accessible. */
    private static void looksIntoTheOtherEditors(Visitor visitor, EditorHands hands) {
        for (String file :
                List.of("letters/referral-to-client." + visitor.language() + ".html", "labels/en.properties")) {
            open(visitor, "referral", file);
            lookAtEditor(visitor);
        }
        open(visitor, "engagement", "engagement-on-entry.bpmn");
        hands.press("[data-studio-outline] [data-element='accept-intake']");
        lookAtEditor(visitor);
        hands.press("[data-studio-tool=play]");
        visitor.lookClosely();
        open(visitor, "engagement", "forms/contact-round.form");
        lookAtEditor(visitor);
    }

    private static void lookAtEditor(Visitor visitor) {
        visitor.lookClosely();
        assertThat(visitor.content()).doesNotContain("editor.", "undefined");
    }

    private void rehearses(Visitor visitor, EditorHands hands) {
        visitor.go("/studio/referral");
        visitor.follow(() -> hands.press(".page-head a[href$='/rehearsals']"));
        visitor.follow(() -> hands.press("main form.card button.btn-primary"));
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
        assertThat(visitor.content()).contains("One call before");
        // An owner has only so many under way at once.
        visitor.page().navigate(rehearsal);
        visitor.follow(() -> hands.press("form[action$='/end'] button"));
    }

    private void publishes(Visitor visitor, EditorHands hands) {
        visitor.go("/studio/referral/publish");
        visitor.page().locator("#publish:not(:has(#progress))").waitFor();
        visitor.lookClosely();
        visitor.follow(() -> hands.press("a[href='/studio/referral/scenarios']"));
        visitor.follow(() -> hands.press(".page-head form[action$='/run'] button"));
        visitor.page().locator("#scenarios:not(:has(#progress))").waitFor();
        visitor.follow(() -> hands.press("form[action$='/accept'] button"));
        visitor.go("/studio/referral/publish");
        visitor.page().locator("#publish:not(:has(#progress))").waitFor();
        hands.write("#note", "We call before we ask");
        visitor.follow(() -> hands.press("main form[action$='/publish'] button.btn-primary"));

        assertThat(drafts.find("referral")).isEmpty();
    }

    private void movesWhatRuns(Visitor visitor, EditorHands hands) {
        assertThat(visitor.page().url()).contains("/studio/referral/migrate?");
        visitor.follow(() -> hands.press("button[name=do][value=try]"));
        assertThat(visitor.content()).contains(visitor.words("migration.tried", 1, 1));
        visitor.lookClosely();
        visitor.follow(() -> hands.press("form[action$='/move'] button"));
        assertThat(visitor.content()).contains(visitor.words("migration.moved", 1, 1));
        visitor.go("/help/referral-follow-up");
        assertThat(visitor.content()).contains("Call before", "Ask calmly", "77");
    }

    /** What the owner asks besides stands on the case to which it was answered; nobody had to program anything. */
    private void isAskedKeptAndShown(Visitor owner) {
        String code = referrals.one(york, worker);
        try (Visitor colleague = visitor("wanda", "en", 1280)) {
            colleague.openTask(code, "Call before");
            colleague.form().waitFor();
            new EditorHands(colleague.page(), true).write("[data-form-canvas] input", "Tuesday at ten");
            colleague.finish();
            colleague.go("/cases/" + code);
            assertThat(colleague.page().locator("#answers").innerText())
                    .contains("What was agreed?", "Tuesday at ten", "Call before");
        }
        assertThat(jdbc.sql("select form, key, label, value #>> '{}' as value from form_answer where case_code = :code")
                        .param("code", code)
                        .query()
                        .singleRow())
                .containsEntry("form", "call-before")
                .containsEntry("key", "agreed")
                .containsEntry("label", "What was agreed?")
                .containsEntry("value", "Tuesday at ten");
    }

    private void goesBack(Visitor visitor, EditorHands hands, int running) {
        visitor.go("/studio/referral");
        assertThat(visitor.page().locator(".studio-log").innerText())
                .contains(
                        visitor.words("activity.procedure.draft-begun"),
                        visitor.words("activity.procedure.file-saved"),
                        visitor.words("activity.procedure.published"),
                        "olive");
        visitor.follow(() -> hands.press(".studio-actions a[href*='/back']"));
        visitor.follow(() -> hands.press("main form[action$='/back'] button.btn-primary"));
        visitor.follow(() -> hands.press("button[name=do][value=move]"));
        assertThat(visitor.content()).contains(visitor.words("migration.moved", running, running));
        visitor.go("/help/referral-follow-up");
        assertThat(visitor.content()).doesNotContain("Call before", "77");
        assertThat(drafts.find("referral")).isEmpty();
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
        add("labels/es.properties", "task.contact-round.record-round=Llamada nuestra\n");
        add("other-round.bpmn", text("engagement", "contact-round.bpmn").replace("contact-round", "other-round"));
        drafts.remove("engagement", "supervisor-decision.bpmn", 0, other);
        try (Visitor visitor = olive(language, width)) {
            Page page = visitor.page();
            page.navigate(visitor.address("/studio/engagement/compare"));
            page.locator("[data-ready]").waitFor();
            visitor.lookClosely();
            assertThat(page.locator("[data-file]").count()).isEqualTo(10);
            speaksTheReadersLanguage(visitor);
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

    /** Steps by the names that their readers know; one that only got another name in one language; diagrams that are new or gone. */
    private static void speaksTheReadersLanguage(Visitor visitor) {
        Page page = visitor.page();
        assertThat(page.locator("[data-file='engagement-existing-client.bpmn'] tr[data-element=notice-period]")
                        .innerText())
                .contains(visitor.words("flow.engagement-existing-client.notice-period"));
        assertThat(page.locator("[data-file='engagement-policy.dmn'] tbody").innerText())
                .contains(visitor.words("decision.engagement-policy.output-first-contact-days"));
        String name = visitor.words("editor.property.name");
        assertThat(page.locator("[data-file='contact-round.bpmn'] tr[data-element=record-round]")
                        .innerText())
                .contains(visitor.words(
                        "editor.changed.from-to",
                        visitor.language().equals("es") ? name : name + " – " + visitor.words("editor.language.es"),
                        "Ronda de contacto",
                        "Llamada nuestra"));
        assertThat(page.locator("[data-file='contact-round.bpmn'] [data-element-id=record-round].studio-is-changed")
                        .count())
                .as("marked on both drawings")
                .isEqualTo(2);
        for (String alone : List.of("other-round.bpmn", "supervisor-decision.bpmn")) {
            assertThat(page.locator("[data-file='" + alone + "'] .diagram-canvas svg [data-element-id]")
                            .count())
                    .as(alone)
                    .isGreaterThan(5);
        }
        assertThat(page.locator("[data-file='other-round.bpmn'] figcaption").innerText())
                .isEqualTo(visitor.words("editor.compare.after"));
    }

    private void add(String file, String text) {
        drafts.save("engagement", file, text.getBytes(StandardCharsets.UTF_8), 0, other);
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
                                .extracting(Finding::rule, Finding::element)
                                .isEqualTo(check.check(folder).findings().stream()
                                        .map(finding -> tuple(finding.rule(), finding.element()))
                                        .toList());
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

    private Visitor olive(String language, int width) {
        return visitor("olive", language, width);
    }

    private Visitor visitor(String name, String language, int width) {
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
        Editors.signIn(visitor, name);
        return visitor;
    }

    /** What can be chosen in the list of steps, in order; arrows are not steps. */
    @SuppressWarnings("unchecked")
    private static List<String> elements(Page page) {
        return (List<String>) page.evaluate("""
                () => [...document.querySelectorAll("[data-studio-outline] [data-element]:not(.studio-is-way)")]
                    .map((line) => line.dataset.element)""");
    }

    /**
     * Lets two steps change places: by a button where one stands right behind the other; by leading arrows elsewhere where
     * choices stand between them; and where a flow has one step only, after doing it twice.
     *
     * @return the two, in the order in which they were
     */
    private static List<String> reorder(Visitor visitor, String file) {
        List<String> led = LED.get(file);
        if (led != null) {
            led.subList(2, led.size()).forEach(each -> {
                String[] arrow = each.split(" > ");
                choose(visitor, arrow[0].replaceFirst("-to-.*", ""));
                panel(visitor).locator("[data-way='" + arrow[0] + "']").click();
                panel(visitor)
                        .getByLabel(visitor.words("editor.panel.leads.to"), exactly())
                        .selectOption(arrow[1]);
                visitor.page().locator("[data-studio-lead]").click();
            });
            return led.subList(0, 2);
        }
        List<String> pair = neighbours(visitor.page());
        if (pair.isEmpty()) {
            return twice(visitor);
        }
        choose(visitor, pair.get(0));
        visitor.page().locator("[data-studio-move=later]").click();
        return pair;
    }

    /** The first two that may change places: whichever the panel offers it for. */
    @SuppressWarnings("unchecked")
    private static List<String> neighbours(Page page) {
        return (List<String>) page.evaluate("""
                () => {
                  for (const line of document.querySelectorAll("[data-studio-outline] [data-element]:not(.studio-is-way)")) {
                    line.click();
                    if (document.querySelector("[data-studio-move=later]")) {
                      const steps = [...document.querySelectorAll("[data-studio-outline] [data-element]:not(.studio-is-way)")];
                      const next = steps[steps.indexOf(line) + 1];
                      return [line.dataset.element, next.dataset.element];
                    }
                  }
                  return [];
                }""");
    }

    /** The only step is done once more before it, and then the two change places. */
    private static List<String> twice(Visitor visitor) {
        Page page = visitor.page();
        List<String> steps = elements(page);
        String only = steps.get(1);
        choose(visitor, only);
        Locator which = panel(visitor).getByLabel(visitor.words("editor.panel.step.which"), exactly());
        String step = which.inputValue();
        List<String> inputs = inputs(visitor);
        choose(visitor, steps.get(0));
        place(page).locator("select").first().selectOption("step");
        page.locator("[data-studio-add]").click();
        which.selectOption(step);
        List<Locator> fields = inputFields(visitor);
        for (int i = 0; i < inputs.size(); i++) {
            fields.get(i).fill(inputs.get(i));
            fields.get(i).press("Tab");
        }
        String added = page.locator("[data-studio-panel] header p").innerText().replaceFirst(".* · ", "");
        page.locator("[data-studio-move=later]").click();
        return List.of(added, only);
    }

    private static List<String> inputs(Visitor visitor) {
        return inputFields(visitor).stream().map(Locator::inputValue).toList();
    }

    private static List<Locator> inputFields(Visitor visitor) {
        return panel(visitor)
                .locator("fieldset:has(legend:text-is('" + visitor.words("editor.panel.step") + "')) input")
                .all();
    }

    private static Locator panel(Visitor visitor) {
        return visitor.page().locator("[data-studio-panel]");
    }

    private static Locator place(Page page) {
        return page.locator("[data-studio-panel] .studio-group:has([data-studio-add])");
    }

    private static Locator name(Page page) {
        return page.locator("[data-studio-panel] .studio-group input").first();
    }

    private static Locator.GetByLabelOptions exactly() {
        return new Locator.GetByLabelOptions().setExact(true);
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

    /** The steps of a diagram in the order in which one comes to them. */
    private static List<String> order(String diagram) {
        Map<String, List<String>> ways = new LinkedHashMap<>();
        Set<String> reached = new HashSet<>();
        Matcher way = Pattern.compile("<bpmn:sequenceFlow [^>]*sourceRef=\"([^\"]+)\" targetRef=\"([^\"]+)\"")
                .matcher(diagram);
        while (way.find()) {
            ways.computeIfAbsent(way.group(1), any -> new ArrayList<>()).add(way.group(2));
            reached.add(way.group(2));
        }
        Set<String> order = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(
                ways.keySet().stream().filter(each -> !reached.contains(each)).toList());
        while (!next.isEmpty()) {
            String step = next.remove();
            if (order.add(step)) {
                next.addAll(ways.getOrDefault(step, List.of()));
            }
        }
        return List.copyOf(order);
    }

    private List<Finding> refusals(String folder) {
        return check.check(drafts.current(folder)).findings().stream()
                .filter(Finding::refuses)
                .toList();
    }
}
