package org.ancora.process.studio;

import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.ancora.process.studio.StudioFixtures.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.assertj.core.api.SoftAssertions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What the studio's own pages tell and let begin, and how little they ask of the database. */
@AncoraTest
class StudioPagesTest {

    private static final int MOST_STATEMENTS = 20;

    @Autowired
    private MockMvc web;

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private Drafts drafts;

    @Autowired
    private DraftUploads uploads;

    @Autowired
    private Versions versions;

    @Autowired
    private Publishing publishing;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Findings findings;

    private StudioFixtures.Studio studio;

    @BeforeEach
    void open() {
        studio = fixtures.open();
    }

    @AfterEach
    void forget() {
        fixtures.forget();
    }

    @Test
    void aFoldersPageTellsWhatWasDoneByWhom() throws Exception {
        drafts.begin(ASK, studio.ada());
        int version = save(studio.ada(), "Ring the client", 0);
        version = save(studio.ada(), "Ring the client now", version);
        version = save(studio.ben(), "Ring the client today", version);
        drafts.takeBack(ASK, "ask.bpmn", version, studio.ben());
        drafts.discard(ASK, studio.ben());
        drafts.begin(ASK, studio.ada());
        save(studio.ada(), "Ring the client", 0);
        Publishing.Review review = publishing.review(ASK, Locale.ENGLISH).orElseThrow();
        publishing.propose(ASK, review.hash(), "", studio.ada(), Locale.ENGLISH);
        publishing.decline(ASK, studio.ben());
        publishing.publish(ASK, review.hash(), "", studio.ada(), Locale.ENGLISH);

        List<String> log =
                page(studio.ada(), "/studio/ask").select(".studio-log li").eachText();

        assertThat(log.stream().map(line -> line.replaceAll(", .*", "")))
                .containsExactly(
                        "Procedure published: Version 2 Ada Owner",
                        "Proposal to publish a procedure turned down Ben Owner",
                        "Publication of a procedure proposed Ada Owner",
                        "File of a draft changed: ask Ada Owner",
                        "Draft of a procedure begun Ada Owner",
                        "Draft of a procedure thrown away Ben Owner",
                        "Change to a file of a draft taken back: ask Ben Owner",
                        "File of a draft changed: ask Ben Owner",
                        "File of a draft changed: ask Ada Owner",
                        "Draft of a procedure begun Ada Owner");
    }

    private int save(UserId by, String name, int version) {
        return drafts.save(ASK, "ask.bpmn", bytes(changed("ask.bpmn", "Call the client", name)), version, by);
    }

    /** What people call a file leads to it; where it lies is told beside, and small. */
    @Test
    void filesAreCalledByWhatTheyAreAbout() throws Exception {
        Document folder = page(studio.ada(), "/studio/referral");
        for (String file : List.of("referral-follow-up.bpmn", "referral-policy.dmn", "forms/follow-up.form")) {
            Element link = folder.selectFirst(".studio-files a[href$=" + file + "]");
            assertThat(link).as(file).isNotNull();
            assertThat(link.text()).as(file).isNotBlank().doesNotContain(".", "-");
            assertThat(link.closest("li").select(".small").text()).isEqualTo(file);
        }
    }

    @Test
    void aFormOfOnesOwnIsBegunAndMayBePublished() throws Exception {
        assertThat(begin("¿Ya llamó?").getRedirectedUrl()).isEqualTo("/studio/ask/edit?file=forms/ya-llamo.form");
        assertThat(begin("Ya llamó").getStatus()).isEqualTo(409);
        assertThat(begin("Answer").getStatus()).as("there is one").isEqualTo(409);
        assertThat(begin("Contact round").getStatus())
                .as("a form whose answers Ancora waits for")
                .isEqualTo(409);
        assertThat(begin(" … ").getStatus()).isEqualTo(400);
        assertThat(answer(studio.worker(), post("/studio/ask/forms").param("name", "x"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(drafts.find(ASK).orElseThrow().files()).containsOnlyKeys("forms/ya-llamo.form");
        assertThat(findings.of(drafts.current(ASK)))
                .as("a form that no task shows would be lost")
                .extracting(Finding::rule)
                .contains("unused");
        page(studio.ada(), "/studio/ask/edit?file=forms/ya-llamo.form");

        drafts.save(
                ASK,
                "ask.bpmn",
                bytes(changed("ask.bpmn", "camunda:formRef=\"answer\"", "camunda:formRef=\"ya-llamo\"")),
                0,
                studio.ada());

        assertThat(findings.of(drafts.current(ASK)))
                .filteredOn(finding -> finding.file().equals("ask.bpmn"))
                .filteredOn(finding -> !finding.rule().equals("label"))
                .extracting(Finding::rule, Finding::refuses)
                .containsExactly(tuple("unhandled-form", false));
    }

    private MockHttpServletResponse begin(String name) throws Exception {
        return answer(studio.ada(), post("/studio/ask/forms").param("name", name));
    }

    @Test
    void aLettersMissingLanguageCanBeBegun() throws Exception {
        drafts.begin(ASK, studio.ada());
        drafts.remove(ASK, "letters/hello.it.html", 0, studio.ada());

        Document editor = page(studio.ada(), "/studio/ask/edit?file=letters/hello.it.html");

        assertThat(editor.select("script[data-studio-page]").html()).contains("letters/hello.it.html");
        assertThat(answer(studio.ada(), get("/studio/ask/edit?file=letters/hello.fr.html"))
                        .getStatus())
                .isEqualTo(404);
        assertThat(answer(studio.ada(), get("/studio/ask/edit?file=letters/other.it.html"))
                        .getStatus())
                .isEqualTo(404);
    }

    /** A file that was renamed elsewhere is brought in, and the new name is not hidden by the words of the old one. */
    @Test
    void aNewNameThatCameInAFileGetsItsWord() {
        String renamed = StudioFixtures.text(drafts.current("marks").files(), "attribute-load.bpmn")
                .replaceFirst("(id=\"load-some\" name=\")[^\"]*", "$1Una tanda");

        uploads.keep(
                "marks", Map.of("attribute-load.bpmn", bytes(renamed)), 0, studio.ada(), Locale.forLanguageTag("es"));

        assertThat(StudioFixtures.text(drafts.current("marks").files(), "labels/es.properties"))
                .isEqualTo("flow.attribute-load.load-some=Una tanda\n");
        assertThat(findings.of(drafts.current("marks")).stream().filter(Finding::refuses))
                .isEmpty();
    }

    /** What is wrong is said in words: files, steps and languages by their names, no codes and no lines of a diagram. */
    @Test
    void whatIsWrongIsSaidWithoutCodes() throws Exception {
        drafts.begin("marks", studio.ada());
        String broken = StudioFixtures.text(drafts.current("marks").files(), "attribute-load.bpmn")
                .replace("${loadSomeRows}", "${nobodyKnows}");
        drafts.save("marks", "attribute-load.bpmn", bytes(broken), 0, studio.ada());
        drafts.save(
                "marks", "labels/es.properties", bytes("flow.attribute-load.load-some.step=Tanda\n"), 0, studio.ada());
        Locale spanish = Locale.forLanguageTag("es");

        String path = "/studio/marks";
        for (String page : List.of(path, path + "/publish")) {
            MockHttpServletResponse answer = answer(studio.ada(), get(page).locale(spanish));
            Elements findings = Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8))
                    .select(".studio-findings li");

            assertThat(findings.text()).as(page).doesNotContain("attribute-load.bpmn", "load-some línea", "en: en");
            assertThat(findings.eachText())
                    .as(page)
                    .anySatisfy(
                            line -> assertThat(line).contains("Cargar atributos en Revisar o guardar algunas filas"))
                    .anySatisfy(line -> assertThat(line).contains("Palabras – Español", "en: English, Italiano."));
        }
    }

    /** A step that was just drawn has no words yet: it is called by what it is, on pages and in editors. */
    @Test
    void whatHasNoNameYetIsCalledByWhatItIs() throws Exception {
        drafts.begin("marks", studio.ada());
        String drawn = StudioFixtures.text(drafts.current("marks").files(), "attribute-load.bpmn")
                .replace("load-some", "step-x1y2z3")
                .replaceFirst("(id=\"step-x1y2z3\") name=\"[^\"]*\"", "$1")
                .replace("${loadSomeRows}", "${nobodyKnows}");
        int version = drafts.save("marks", "attribute-load.bpmn", bytes(drawn), 0, studio.ada());
        Locale spanish = Locale.forLanguageTag("es");

        for (MockHttpServletRequestBuilder request :
                List.of(get("/studio/marks"), get("/studio/marks/publish"), post("/studio/marks/check"))) {
            String said = answer(studio.ada(), request.locale(spanish)).getContentAsString(StandardCharsets.UTF_8);
            String text = said.startsWith("{")
                    ? said.replaceAll("\"element\":\"[^\"]*\"", "")
                    : Jsoup.parse(said).select(".studio-findings").text();
            assertThat(text).contains("Paso que hace Ancora, sin nombre").doesNotContain("x1y2z3");
        }

        drafts.save(
                "marks",
                "attribute-load.bpmn",
                bytes(drawn.replace("id=\"step-x1y2z3\"", "id=\"step-x1y2z3\" name=\"The client's rows\"")),
                version,
                studio.ada());
        assertThat(page(studio.ada(), "/studio/marks")
                        .select(".studio-findings")
                        .text())
                .as("an apostrophe ends no name")
                .contains("The client's rows");
    }

    @Test
    void pagesAskTheDatabaseLittleHoweverMuchThereIs() throws Exception {
        for (int number = 1; number <= 12; number++) {
            deployments.publish(ModelFixtures.with(
                    ModelFixtures.sound(),
                    "ask.bpmn",
                    bytes(changed("ask.bpmn", "Call the client", "Call the client " + number))));
        }
        for (String folder : versions.folders()) {
            drafts.begin(folder, studio.ada());
            drafts.save(folder, "labels/en.properties", new byte[0], 0, studio.ben());
        }
        save(studio.ada(), "Ring the client", 0);
        String earlier = versions.of(ASK).get(3).deploymentId();
        SoftAssertions all = new SoftAssertions();
        for (String path : List.of(
                "/studio",
                "/studio/ask",
                "/studio/ask/edit?file=ask.bpmn",
                "/studio/ask/compare",
                "/studio/ask/discard",
                "/studio/ask/publish",
                "/studio/ask/back?to=" + earlier,
                "/studio/ask/rehearsals",
                "/studio/ask/scenarios",
                "/studio/catalogue?folder=ask")) {
            answer(studio.ada(), get(path));
            List<String> statements = new ArrayList<>(SqlCount.during(() -> answer(studio.ada(), get(path))));
            // A browser keeps its session; the test makes a new one for every request.
            statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));

            all.assertThat(statements.size())
                    .as(path + "\n" + String.join("\n----\n", statements))
                    .isLessThanOrEqualTo(MOST_STATEMENTS);
        }
        all.assertAll();
    }

    private Document page(UserId who, String path) throws Exception {
        MockHttpServletResponse answer = answer(who, get(path));
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse answer(UserId who, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.with(csrf()).with(signedIn(who))).andReturn().getResponse();
    }
}
