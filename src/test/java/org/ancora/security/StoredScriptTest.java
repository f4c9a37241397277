package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterId;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Attack 19: scripts typed wherever something can be typed or drawn, read back in a real browser. */
@AncoraTest
class StoredScriptTest {

    /** Short enough for a name; it says so when it runs, and asks for a picture that must not be asked for. */
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private static final List<String> SCRIPTS = List.of(
            SCRIPT,
            "<script>window.struck=1</script>",
            "\"><svg onload=window.struck=1>",
            "</script><script>alert(1)</script>",
            "'><iframe srcdoc='<script>parent.struck=1</script>'>",
            "</textarea><img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "[x](javascript:alert(1))",
            "{{constructor.constructor('alert(1)')()}}");

    @LocalServerPort
    private int port;

    @Autowired
    private MockMvc web;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Letters letters;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Processes processes;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    private UserId reader;
    private String code;
    private LetterId letter;

    @BeforeEach
    void typeScriptsEverywhere() throws Exception {
        Project york = fixtures.aProjectInOntario();
        reader = people.person("reader", york.id(), Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR, Role.RECEPTION);
        jdbc.sql("update account set name = :name")
                .param("name", "Nora " + SCRIPT)
                .update();
        Map<String, String> intake = Household.intake();
        intake.put("givenName", SCRIPT);
        intake.put("familyName", "</script><script>alert(1)</script>");
        intake.put("pronouns", "<b onclick=alert(1)>x</b>");
        intake.put("address", "4 \"><svg onload=window.struck=1> Street, Newmarket ON L3Y 3Y3");
        intake.put("supportName", "\"><svg onload=window.struck=1>");
        intake.put("supportRelation", SCRIPT);
        intake.put("sourceName", "</script><script>window.struck=1</script>");
        intake.put("need", String.join(" ", SCRIPTS));
        MockHttpServletRequestBuilder form = post("/p/york/intakes/new");
        intake.forEach(form::param);
        code = send(form).substring("/cases/".length());
        clockwork.runDueJobs();
        json("/tasks/" + task("accept-intake") + "/complete", "decision", "accept");
        json("/tasks/" + task("assign-caseworker") + "/complete", "worker", reader.toString());
        json("/tasks/" + task("record-round") + "/draft", "note", String.join(" ", SCRIPTS));
        send(post("/cases/" + code + "/flags").param("kind", "risk").param("note", String.join(" ", SCRIPTS)));
        letter = letters.send(new NewLetter(
                        new LetterKind("engagement", "no-contact"),
                        code,
                        RecipientKind.CLIENT,
                        Channel.POST,
                        Map.of("answerBy", SCRIPT),
                        "scripts",
                        reader))
                .letter();
        deployments.publish(drawnWithScripts());
        processes.start("ask", code, york.id(), Variables.none());
        clockwork.runDueJobs();
    }

    /** A diagram and a form of a process owner who means harm, as far as the gate lets them be. */
    private static ProcessFolder drawnWithScripts() {
        String encoded = SCRIPT.replace("<", "&lt;").replace(">", "&gt;");
        String diagram = new String(ModelFixtures.sound().files().get("ask.bpmn"), StandardCharsets.UTF_8)
                .replaceFirst("(<bpmn:userTask id=\"call-client\" name=\")[^\"]*", "$1" + encoded)
                .replaceFirst("(<bpmn:documentation>)[^<]*", "$1" + encoded);
        String form = new String(ModelFixtures.sound().files().get("forms/answer.form"), StandardCharsets.UTF_8)
                .replaceFirst("\"label\": \"[^\"]*\"", "\"label\": \"" + SCRIPT + "\"")
                .replaceFirst(
                        "\"components\": \\[",
                        "\"components\": [ { \"type\": \"text\", \"id\": \"words\","
                                + " \"text\": \"# Hello [link](javascript:alert(1))\" },");
        return ModelFixtures.with(
                ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", diagram.getBytes(StandardCharsets.UTF_8)),
                "forms/answer.form",
                form.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> pages() {
        List<String> pages = new ArrayList<>(List.of(
                "/",
                "/tasks?tab=team",
                "/cases",
                "/p/york",
                "/p/york/cases",
                "/search?q=" + HttpVisitor.encoded(SCRIPT),
                "/cases?q=" + HttpVisitor.encoded("\"><svg onload=window.struck=1>"),
                "/tasks?text=" + HttpVisitor.encoded("</script><script>alert(1)</script>"),
                "/cases/" + code,
                "/cases/" + code + "/activity",
                "/cases/" + code + "/consents",
                "/cases/" + code + "/assign",
                "/cases/" + code + "/close",
                "/cases/" + code + "/in-touch",
                "/letters/" + letter,
                "/print",
                "/notices"));
        jdbc.sql("select id from work_item").query(String.class).list().forEach(id -> {
            pages.add("/tasks/" + id);
            pages.add("/tasks/" + id + "/assign");
        });
        return pages;
    }

    /** In the HTML as it is sent: no element, attribute or end of a script of the attacker's own. */
    @Test
    void areWordsInEveryPage() throws Exception {
        String naive = "<main><p>Hello " + SCRIPT + "</p></main>";
        assertThat(Jsoup.parse(naive).select("[onerror]"))
                .as("it works where nothing is escaped")
                .isNotEmpty();

        boolean seen = false;
        for (String path : pages()) {
            String html = web.perform(get(java.net.URI.create(path)).with(signedIn(reader)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
            Document page = Jsoup.parse(html);
            assertThat(page.select("[onerror], [onload], [onclick], iframe, svg[onload], a[href^=javascript]"))
                    .as(path)
                    .isEmpty();
            assertThat(page.select("script:not([src]):not([type=application/json])"))
                    .as(path)
                    .isEmpty();
            assertThat(page.select("script").eachAttr("src"))
                    .as(path)
                    .allMatch(source -> source.isEmpty() || source.startsWith("/assets/"));
            page.select("script[type=application/json]")
                    .forEach(data -> assertThat(data.data()).as(path).doesNotContain("<"));
            seen |= page.text().contains(SCRIPT);
        }
        assertThat(seen).as("the words are there").isTrue();
    }

    /** In Chromium, with the forms and diagrams drawn: nothing runs, nothing is asked for, and nothing is even blocked. */
    @Test
    void runInNoBrowser() throws Exception {
        HttpVisitor visitor = new HttpVisitor(port);
        visitor.signIn("reader", People.PASSWORD);
        try (Playwright playwright = Browsers.playwright();
                Browser browser = Browsers.launch(playwright);
                BrowserContext context = browser.newContext()) {
            List<String> ran = new ArrayList<>();
            Page page = context.newPage();
            page.onDialog(dialog -> {
                ran.add(page.url() + " " + dialog.message());
                dialog.dismiss();
            });
            page.setContent("<p>Hello " + SCRIPT + "</p>");
            page.waitForTimeout(500);
            assertThat(ran).as("it works on a page that does not escape").isNotEmpty();
            ran.clear();

            context.addCookies(
                    List.of(new Cookie("ancora", visitor.cookie("ancora")).setUrl("http://localhost:" + port)));
            page.onRequest(request -> {
                if (request.url().endsWith("/x")
                        || !request.url().startsWith("http://localhost:" + port)
                                && !request.url().startsWith("data:")) {
                    ran.add("asked for " + request.url());
                }
            });
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    ran.add(page.url() + " " + message.text());
                }
            });
            for (String path : pages()) {
                page.navigate(
                        "http://localhost:" + port + path,
                        new Page.NavigateOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));
                if (path.matches("/tasks/[0-9a-f-]+")) {
                    page.waitForSelector(".fjs-form");
                    page.waitForSelector("[data-where] svg, .djs-container svg, svg");
                }
                assertThat(page.evaluate("() => window.struck === undefined"))
                        .as(path)
                        .isEqualTo(true);
                assertThat(page.locator("[onerror], [onload], a[href^='javascript:']")
                                .count())
                        .as(path)
                        .isZero();
            }
            assertThat(ran).isEmpty();
        } finally {
            jdbc.sql("delete from deployment where folder = 'ask'").update();
        }
    }

    /** The PDF is words and nothing that acts. */
    @Test
    void areWordsInTheLetter() throws Exception {
        byte[] pdf = web.perform(get("/letters/" + letter + ".pdf").with(signedIn(reader)))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();

        assertThat(new String(pdf, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF")
                .doesNotContain("/JavaScript", "/JS ", "/Launch", "/EmbeddedFile", "/OpenAction");
        try (var document = org.apache.pdfbox.Loader.loadPDF(pdf)) {
            assertThat(new org.apache.pdfbox.text.PDFTextStripper().getText(document))
                    .contains("onerror=alert(1)");
        }
    }

    private String task(String element) {
        return jdbc.sql("select id from work_item where case_code = :code and element = :element")
                .param("code", code)
                .param("element", element)
                .query(String.class)
                .single();
    }

    private void json(String path, String key, String value) throws Exception {
        send(post(path)
                .contentType("application/json")
                .accept("application/json")
                .content("{\"" + key + "\":\"" + value.replace("\"", "\\\"") + "\"}"));
        clockwork.runDueJobs();
    }

    private String send(MockHttpServletRequestBuilder request) throws Exception {
        var answer = web.perform(request.with(signedIn(reader)).with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isLessThan(400);
        return String.valueOf(answer.getRedirectedUrl());
    }
}
