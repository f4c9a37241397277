package org.ancora.process.guide;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The written procedures say what the deployed diagrams and tables say, on the page and on paper (A3). */
@AncoraTest
class GuideTest {

    private static final String UNTRANSLATED = "in no language";
    /** Points that stay empty at either side of the paper; at its foot, below the number of the page, half of them. */
    private static final float MARGIN = 28;

    private static final String A_LIMIT = "\\d+\\.?(º|th)? (business|calendar|working|days?\\b|d[ií]as?\\b|giorn)";

    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Guides guides;

    @Autowired
    private GuideWords words;

    @Autowired
    private ShippedFolders shipped;

    @Autowired
    private Deployments deployments;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private final List<String> published = new ArrayList<>();
    private UserId sam;

    @BeforeEach
    void somebody() {
        Project york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR);
        fixtures.aPerson("Ada Novak", york, Role.ADMIN);
    }

    /** What a test publishes would run for every test after it. */
    @AfterEach
    void takeBackWhatWasPublished() {
        published.forEach(deployment -> {
            jdbc.sql("delete from deployment where engine_id = :id")
                    .param("id", deployment)
                    .update();
            repository.deleteDeployment(deployment, true);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyTaskTimerAndEndOfEveryShippedDiagramStandsOnItsPage(String language) throws Exception {
        Locale locale = Locale.forLanguageTag(language);
        Set<String> keys = new TreeSet<>();
        for (BpmnModelInstance diagram : diagrams()) {
            String key = diagram.getModelElementsByType(Process.class)
                    .iterator()
                    .next()
                    .getId();
            keys.add(key);
            Document page = page("/help/" + key, language);
            String text = page.select("main").text();
            for (FlowNode node : worthTelling(diagram)) {
                String name = node.getName() == null ? "" : node.getName().replaceAll("\\s+", " ");
                String title = words.element(key, node.getId(), name, locale);
                assertThat(text).as("%s %s in %s", key, node.getId(), language).contains(title);
            }
            for (UserTask task : diagram.getModelElementsByType(UserTask.class)) {
                Element item = page.getElementById("step-" + task.getId());
                assertThat(item).as("%s %s", key, task.getId()).isNotNull();
                assertThat(item.select("> .guide-head .guide-who").text()).isNotEmpty();
                assertThat(item.select("> ul:not(.guide-follows) > li")).isNotEmpty();
                if (task.getCamundaDueDate() != null) {
                    assertThat(item.select("> p").text())
                            .as("%s %s", key, task.getId())
                            .isNotEmpty();
                }
            }
            assertThat(page.select("a[href^=#step-]").eachAttr("href")).as(key).allSatisfy(target -> assertThat(
                            page.getElementById(target.substring(1)))
                    .as(target)
                    .isNotNull());
            assertThat(page.html()).doesNotContain("??").doesNotContainPattern("\\{\\d");
        }
        assertThat(keys).contains("engagement-on-entry", "contact-round", "supervisor-decision", "boundary-request");
    }

    /** Names of waits, questions, answers and ends as well as of tasks: a page in Spanish with an English word in it is half a page. */
    @ParameterizedTest
    @ValueSource(strings = {"es", "it"})
    void everyWordOnEveryShippedDiagramAndTableIsTranslated(String language) {
        Locale locale = Locale.forLanguageTag(language);
        List<String> untranslated = new ArrayList<>();
        Set<String> ours = new HashSet<>();
        for (BpmnModelInstance diagram : diagrams()) {
            String key = diagram.getModelElementsByType(Process.class)
                    .iterator()
                    .next()
                    .getId();
            ours.add(key);
            diagram.getModelElementsByType(FlowElement.class).stream()
                    .filter(element -> element.getName() != null)
                    .filter(element -> words.element(key, element.getId(), UNTRANSLATED, locale)
                            .equals(UNTRANSLATED))
                    .forEach(element -> untranslated.add(key + " " + element.getId() + ": " + element.getName()));
        }
        Map<String, Guide> english =
                guides.all(Locale.ENGLISH).stream().collect(Collectors.toMap(Guide::key, each -> each));
        for (Guide guide : guides.all(locale)) {
            if (!ours.contains(guide.key())) {
                continue; // what another test left deployed
            }
            Guide same = Objects.requireNonNull(english.get(guide.key()));
            if (guide.about().equals(same.about())) {
                untranslated.add(guide.key() + ": " + guide.about());
            }
            guide.tables().stream()
                    .filter(table -> same.tables().stream()
                            .anyMatch(other -> other.title().equals(table.title())
                                    || other.about().equals(table.about())
                                    || other.rows().stream().anyMatch(row -> table.rows().stream()
                                            .anyMatch(mine -> mine.title().equals(row.title())))))
                    .forEach(table -> untranslated.add(guide.key() + ": table " + table.title()));
        }

        assertThat(untranslated).isEmpty();
    }

    private static List<FlowNode> worthTelling(BpmnModelInstance diagram) {
        return diagram.getModelElementsByType(FlowNode.class).stream()
                .filter(node -> node instanceof UserTask
                        || node instanceof EndEvent
                        || node instanceof ServiceTask
                        || (node instanceof CatchEvent && !(node instanceof StartEvent)))
                .toList();
    }

    private List<BpmnModelInstance> diagrams() {
        return shipped.all().stream()
                .flatMap(folder -> folder.files().entrySet().stream())
                .filter(file -> file.getKey().endsWith(".bpmn"))
                .map(file -> Bpmn.readModelFromStream(new ByteArrayInputStream(file.getValue())))
                .toList();
    }

    /** The limit is a table's; whoever writes it into a sentence writes what an owner's change makes untrue. */
    @Test
    void noGuidanceNamesALimit() {
        Set<String> looked = new TreeSet<>();
        for (String language : LANGUAGES) {
            for (Guide guide : guides.all(Locale.forLanguageTag(language))) {
                guide.tables().forEach(table -> looked.add(table.key()));
                if (!guide.tables().isEmpty()) {
                    guide.steps().forEach(item -> assertThat(String.join("\n", item.lines()))
                            .as("%s %s in %s", guide.key(), item.id(), language)
                            .doesNotContainPattern(A_LIMIT));
                }
                guide.tables().forEach(table -> assertThat(Stream.concat(
                                        Stream.of(table.about()),
                                        table.rows().stream().map(Guide.RowView::title))
                                .collect(Collectors.joining("\n")))
                        .as("%s in %s", table.key(), language)
                        .doesNotContainPattern(A_LIMIT));
            }
        }
        assertThat(looked).contains("engagement-policy", "conduct-policy", "referral-policy", "complaint-deadline");
    }

    /** Hand-read from the diagram and the table: five days on entry, whatever the row for existing clients says. */
    @Test
    void saysTheLimitsOfTheTableAndWhatFollows() throws Exception {
        Document entry = page("/help/engagement-on-entry", "en");
        Document round = page("/help/contact-round", "en");
        Document limits = page("/help/boundary-request", "en");

        assertThat(item(limits, "record-request")).contains("Whoever was asked", "By when: within 2 business days");
        assertThat(item(limits, "answer-as-colleague")).contains("By when: within 1 business day");
        assertThat(item(limits, "decide-on-safety"))
                .contains("Supervisor", "The decision is due the same day", "When it is late:");
        assertThat(item(limits, "what-else"))
                .contains("If: worried for safety")
                .contains("If: unsure")
                .contains("If: nothing more")
                .contains("Every way is taken that applies.");
        assertThat(item(entry, "accept-intake")).contains("Coordinator", "within 2 business days");
        assertThat(entry.select("main").text())
                .contains("First contact within (business days) 5")
                .contains("from business day 3 to the end of business day 5");
        assertThat(round.select("main").text())
                .contains("Part of Engagement of an existing client, Engagement on entering service");
        assertThat(page("/help/boundary-request", "it")
                        .select("#step-record-request")
                        .text())
                .contains("Entro quando: entro 2 giorni lavorativi");
    }

    @Test
    void aChangedLimitAndANewStepStandOnThePageAndOnThePaper() throws Exception {
        assertThat(item(page("/help/boundary-request", "en"), "record-request")).contains("within 2 business days");
        String before = pdf("/help/boundary-request.pdf?language=en");
        assertThat(before).contains("within 2 business days").doesNotContain("Think it over");

        publish(folder -> {
            var files = new TreeMap<>(folder.files());
            files.computeIfPresent(
                    "conduct-policy.dmn", (name, file) -> replaced(file, "<text>2</text>", "<text>7</text>"));
            files.computeIfPresent("boundary-request.bpmn", (name, file) -> withAnotherTask(file));
            return new ProcessFolder(folder.name(), files);
        });

        Document page = page("/help/boundary-request", "es");
        assertThat(item(page, "record-request")).contains("en 7 días hábiles");
        assertThat(item(page, "think-it-over"))
                .contains("Think it over", "Supervisor/a", "Sleep a night before you go on.");
        assertThat(page.select("main").text()).contains("Registro en (días hábiles) 7");
        assertThat(page("/help", "es")
                        .select("main a[href=/help/boundary-request]")
                        .text())
                .isNotEmpty();
        String paper = pdf("/help/boundary-request.pdf?language=en");
        assertThat(paper)
                .contains("within 7 business days", "Think it over", "Sleep a night before you go on.")
                .doesNotContain("within 2 business days");
        assertThat(page.select(".page-head div.quiet").text()).contains("Versión 2");
        assertThat(xml("/help/boundary-request/diagram.xml")).contains("Think it over");
    }

    /** An owner's text in the table is the owner's; our translation of another text would be untrue. */
    @Test
    void aRowThatAnOwnerRewroteIsShownAsItIsWritten() throws Exception {
        publish(folder -> {
            var files = new TreeMap<>(folder.files());
            files.computeIfPresent(
                    "conduct-policy.dmn", (name, file) -> replaced(file, "Every project", "Since the audit of March"));
            return new ProcessFolder(folder.name(), files);
        });

        assertThat(page("/help/boundary-request", "it").select("main").text())
                .contains("Since the audit of March")
                .doesNotContain("Tutti i progetti");
    }

    @Test
    void aProcedureThatAnOwnerAddedIsThereToo() throws Exception {
        publish(folder -> {
            var files = new TreeMap<String, byte[]>();
            files.put(
                    "winter-check.bpmn",
                    replaced(
                            replaced(
                                    shippedFile("status", "continue-in-progress.bpmn"),
                                    "continue-in-progress",
                                    "winter-check"),
                            "Continue in progress",
                            "Check before the winter"));
            return new ProcessFolder("winter", files);
        });

        assertThat(page("/help", "en").select("main").text()).contains("Check before the winter");
        assertThat(page("/help/winter-check", "en").select("main").text()).contains("Set in progress", "Continued");
        assertThat(pdf("/help/winter-check.pdf")).contains("Check before the winter");
    }

    /** Every procedure on paper: all its steps and rows, each row whole and within the paper, in words that people know. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void thePaperOfEveryProcedureSaysWhatItsPageSays(String language) throws Exception {
        Locale locale = Locale.forLanguageTag(language);
        Set<String> keys = new TreeSet<>();
        for (Guide guide : guides.all(locale)) {
            keys.add(guide.key());
            MockHttpServletResponse answer = mvc.perform(get("/help/" + guide.key() + ".pdf?language=" + language)
                            .with(signedIn(sam)))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getContentType()).isEqualTo("application/pdf");
            Paper paper = Paper.read(answer.getContentAsByteArray());

            assertThat(paper.outside())
                    .as("%s in %s: beyond the edge", guide.key(), language)
                    .isEmpty();
            assertThat(guide.steps().map(item -> squeezed(item.number() + " " + item.title())))
                    .as("%s in %s", guide.key(), language)
                    .allSatisfy(title -> assertThat(paper.text()).contains(title));
            for (Guide.TableView table : guide.tables()) {
                assertThat(paper.text()).contains(squeezed(table.title()));
                for (Guide.RowView row : table.rows()) {
                    assertThat(paper.pages())
                            .as("%s in %s: %s on one page", guide.key(), language, row.title())
                            .anySatisfy(page -> assertThat(page).contains(whole(row, locale)));
                }
            }
            assertThat(paper.text())
                    .as("%s in %s", guide.key(), language)
                    .contains(squeezed(guide.title()), words.text("guide.steps", locale))
                    // A sign that the paper's letters do not have is printed as #.
                    .doesNotContain("#", "??", "${", "{{", ".;")
                    .doesNotContainPattern("\\{\\d|\\bnull\\b")
                    .doesNotContainPattern(
                            "\\b(task|step|flow|form|guide|decision|process|role)\\.[a-z-]+\\.?[a-z-]*\\b");
        }
        assertThat(keys).contains("engagement-on-entry", "referral-follow-up", "complaint", "attention-in-person");
    }

    /** A row from its title to its last answer, as one reads it on paper where no page ends within. */
    private String whole(Guide.RowView row, Locale locale) {
        String tests = row.tests().stream()
                .map(test -> test.label() + ": " + test.words())
                .collect(Collectors.joining(", "));
        String when = tests.isEmpty() ? words.text("guide.always", locale) : words.text("guide.if", locale, tests);
        return squeezed(Stream.concat(
                        Stream.of(row.title(), when),
                        row.answers().stream().map(answered -> answered.label() + " " + answered.words()))
                .collect(Collectors.joining(" ")));
    }

    /** What stands on a PDF. */
    private record Paper(List<String> pages, List<String> outside) {

        static Paper read(byte[] pdf) throws IOException {
            List<String> pages = new ArrayList<>();
            List<String> outside = new ArrayList<>();
            try (PDDocument document = Loader.loadPDF(pdf)) {
                for (int page = 1; page <= document.getNumberOfPages(); page++) {
                    float width = document.getPage(page - 1).getMediaBox().getWidth();
                    float height = document.getPage(page - 1).getMediaBox().getHeight();
                    PDFTextStripper one = new PDFTextStripper() {
                        @Override
                        protected void writeString(String text, List<TextPosition> places) throws IOException {
                            if (places.stream()
                                    .anyMatch(at -> at.getXDirAdj() < MARGIN
                                            || at.getXDirAdj() + at.getWidthDirAdj() > width - MARGIN
                                            || at.getYDirAdj() > height - MARGIN / 2)) {
                                outside.add(text);
                            }
                            super.writeString(text, places);
                        }
                    };
                    one.setStartPage(page);
                    one.setEndPage(page);
                    pages.add(squeezed(one.getText(document)));
                }
            }
            return new Paper(pages, outside);
        }

        String text() {
            return String.join(" ", pages);
        }
    }

    @Test
    void isFoundByWordsHoweverTheyAreWritten() throws Exception {
        Document found = page("/help?q=RONDA contácto", "es");

        assertThat(found.select(".guide-list > li > a").eachText()).contains("Ronda de contacto");
        assertThat(found.select(".guide-list").text()).doesNotContain("Resumen diario");
        assertThat(page("/help?q=zzzz", "en").select("main").text()).contains("Nothing in the help speaks of “zzzz”");
        assertThat(page("/help?q=%3Cb%3E", "en").select("main b")).isEmpty();
    }

    @Test
    void tenQuickTasksLeadToTheirPagesAndNamesSayWhomToAsk() throws Exception {
        Document help = page("/help", "en");

        assertThat(help.select(".guide-how > li")).hasSize(10);
        List<String> links = help.select(".guide-how a").eachAttr("href");
        assertThat(links).hasSizeGreaterThan(6).contains("/tasks", "/boundary/new");
        for (String link : links) {
            assertThat(ask(link, "en").getStatus()).as(link).isIn(200, 302);
        }
        assertThat(help.select(".guide-ask").text()).contains("Susan Okafor", "Ada Novak");
        assertThat(help.select("nav.side a[href=/help]").attr("aria-current")).isEqualTo("page");
        assertThat(ask("/help/no-such-procedure", "en").getStatus()).isEqualTo(404);
    }

    /** Read and worded once for each version and language, however many procedures there are. */
    @Test
    void takesFewStatements() throws Exception {
        page("/help", "en");
        page("/help/engagement-on-entry", "en");

        assertThat(SqlCount.during(() -> page("/help", "en"))).hasSizeLessThanOrEqualTo(12);
        assertThat(SqlCount.during(() -> page("/help/engagement-on-entry", "en")))
                .hasSizeLessThanOrEqualTo(12);
    }

    private void publish(UnaryOperator<ProcessFolder> change) {
        ProcessFolder conduct = shipped.all().stream()
                .filter(folder -> folder.name().equals("conduct"))
                .findFirst()
                .orElseThrow();
        published.add(deployments.publish(change.apply(conduct)));
    }

    private byte[] shippedFile(String folder, String name) {
        return shipped.all().stream()
                .filter(each -> each.name().equals(folder))
                .map(each -> each.files().get(name))
                .findFirst()
                .orElseThrow();
    }

    /** A task between the record and what follows, as an owner draws one. */
    private static byte[] withAnotherTask(byte[] diagram) {
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(diagram));
        String text = new String(diagram, StandardCharsets.UTF_8);
        assertThat((Collection<?>) model.getModelElementsByType(UserTask.class)).hasSize(4);
        return text.replace("sourceRef=\"record-request\" targetRef=\"pass-on-in-confidence\" />", """
                        sourceRef="record-request" targetRef="think-it-over" />
                            <bpmn:userTask id="think-it-over" name="Think it over" camunda:formRef="boundary-answer" camunda:formRefBinding="deployment" camunda:candidateGroups="supervisor" camunda:dueDate="${due}">
                              <bpmn:documentation>Sleep a night before you go on.</bpmn:documentation>
                              <bpmn:incoming>record-request-to-pass-on-in-confidence</bpmn:incoming>
                              <bpmn:outgoing>think-it-over-to-pass-on</bpmn:outgoing>
                            </bpmn:userTask>
                            <bpmn:sequenceFlow id="think-it-over-to-pass-on" sourceRef="think-it-over" targetRef="pass-on-in-confidence" />""")
                .replace(
                        "<bpmn:incoming>record-request-to-pass-on-in-confidence</bpmn:incoming>\n      <bpmn:outgoing>pass-on-in-confidence",
                        "<bpmn:incoming>think-it-over-to-pass-on</bpmn:incoming>\n      <bpmn:outgoing>pass-on-in-confidence")
                .replace("<bpmndi:BPMNShape id=\"pass-on-in-confidence-shape\"", """
                        <bpmndi:BPMNShape id="think-it-over-shape" bpmnElement="think-it-over">
                                <dc:Bounds x="590" y="600" width="120" height="100" />
                              </bpmndi:BPMNShape>
                              <bpmndi:BPMNEdge id="think-it-over-to-pass-on-edge" bpmnElement="think-it-over-to-pass-on">
                                <di:waypoint x="710" y="650" />
                                <di:waypoint x="770" y="300" />
                              </bpmndi:BPMNEdge>
                              <bpmndi:BPMNShape id="pass-on-in-confidence-shape\"""")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] file, String one, String other) {
        String text = new String(file, StandardCharsets.UTF_8);
        assertThat(text).contains(one);
        return text.replace(one, other).getBytes(StandardCharsets.UTF_8);
    }

    private static String item(Document page, String id) {
        Element item = page.getElementById("step-" + id);
        assertThat(item).as(id).isNotNull();
        return item.text();
    }

    private Document page(String path, String language) throws Exception {
        MockHttpServletResponse answer = ask(path, language);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse ask(String path, String language) throws Exception {
        int query = path.indexOf("?q=");
        var request = query < 0 ? get(URI.create(path)) : get(path.substring(0, query));
        if (query >= 0) {
            request.param("q", path.substring(query + 3).replace("%3C", "<").replace("%3E", ">"));
        }
        return mvc.perform(request.with(signedIn(sam)).accept("text/html").header("Accept-Language", language))
                .andReturn()
                .getResponse();
    }

    private String xml(String path) throws Exception {
        return mvc.perform(get(path).with(signedIn(sam)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    /** A sheet of tables that fills its last page to the edge begins no other. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void noPageIsLeftEmpty(String language) throws Exception {
        MockHttpServletResponse answer = mvc.perform(
                        get("/help/complaint.pdf?language=" + language).with(signedIn(sam)))
                .andReturn()
                .getResponse();
        try (PDDocument document = Loader.loadPDF(answer.getContentAsByteArray())) {
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                PDFTextStripper one = new PDFTextStripper();
                one.setStartPage(page);
                one.setEndPage(page);
                assertThat(squeezed(one.getText(document)))
                        .as("page %s in %s", page, language)
                        .hasSizeGreaterThan(20);
            }
        }
    }

    /** The text of a PDF with single spaces, since lines break where the paper ends. */
    private String pdf(String path) throws Exception {
        MockHttpServletResponse answer = mvc.perform(get(URI.create(path)).with(signedIn(sam)))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        assertThat(answer.getContentType()).isEqualTo("application/pdf");
        return text(answer.getContentAsByteArray());
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return squeezed(new PDFTextStripper().getText(document));
        }
    }

    private static String squeezed(String text) {
        return Stream.of(text.split("\\s+", -1)).collect(Collectors.joining(" "));
    }
}
