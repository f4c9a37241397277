package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.samskivert.mustache.Mustache;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterId;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Attack 25: what is typed tries to become a header line, a placeholder, a page's expression or a request. */
@AncoraTest
class InjectionTest {

    private static final LetterKind HELLO = new LetterKind("ask", "hello");

    @Autowired
    private MockMvc web;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Letters letters;

    @Autowired
    private TestInbox inbox;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Deployments deployments;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;

    @BeforeEach
    void inbox() {
        inbox.open();
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
    }

    @AfterEach
    void close() {
        inbox.close();
        jdbc.sql("delete from deployment where folder = 'ask'").update();
    }

    @Test
    void endsNoHeaderLine() {
        String name = "Dana\r\nBcc: everybody@example.org\r\n\r\nA body of my own";
        String naive = "To: dana@example.org\r\nSubject: Hello " + name + "\r\n\r\nText";
        assertThat(naive.substring(0, naive.indexOf("\r\n\r\n"))).as("it works").contains("\r\nBcc:");
        letter("<title>For {{clientName}}</title><p>Hello {{clientName}}</p>");
        CaseSummary dana = fixtures.aClient(york)
                .named(name, "Whitfield")
                .consentingToEverything()
                .openCaseFor(sam);

        send(dana, Channel.EMAIL);
        clockwork.runDueJobs();

        assertThat(inbox.sources()).hasSize(1);
        String mail = inbox.sources().get(0);
        String head = mail.substring(0, mail.indexOf("\r\n\r\n"));
        assertThat(head).doesNotContainIgnoringCase("\r\nbcc:").doesNotContain("everybody@example.org\r\n\r\n");
        assertThat(head).containsPattern("(?m)^To: dana\\.w@example\\.org\\r?$");
    }

    @Test
    void takesNoSecondAddress() {
        for (String address : List.of(
                "a@example.org,b@example.org",
                "a@example.org\r\nBcc: b@example.org",
                "a@example.org\nb@example.org",
                "<a@example.org> b@example.org",
                "group: a@example.org;",
                "\"x\" <a@example.org>")) {
            assertThatThrownBy(() -> fixtures.aClient(york)
                            .without(org.ancora.casework.ContactKind.EMAIL)
                            .with(org.ancora.casework.ContactKind.EMAIL, address)
                            .create())
                    .as(address)
                    .isInstanceOf(org.ancora.casework.InvalidContact.class);
        }
    }

    @Test
    void takesNoValueForAPlaceholder() throws Exception {
        String name = "{{organisationPhone}}{{#list}}x{{/list}}<b>bold</b>";
        assertThat(Mustache.compiler()
                        .escapeHTML(false)
                        .compile(Mustache.compiler()
                                .escapeHTML(false)
                                .compile("Hello {{clientName}}")
                                .execute(Map.of("clientName", "{{organisationPhone}}")))
                        .execute(Map.of("organisationPhone", "905 555 0100")))
                .as("it works where a letter is filled in twice")
                .contains("905 555 0100");
        letter("<title>Hello</title><p>Hello {{clientName}}</p>");
        CaseSummary dana =
                fixtures.aClient(york).named(name, "").consentingToEverything().openCaseFor(sam);

        LetterId letter = send(dana, Channel.POST);

        assertThat(pdf(letter)).contains("Hello {{organisationPhone}}").contains("<b>bold</b>");
        Document page = Jsoup.parse(page("/letters/" + letter));
        assertThat(page.selectFirst("article.letter").text()).contains("{{organisationPhone}}");
        assertThat(page.select("article.letter b")).isEmpty();
    }

    /** What a name could set off in the language of our pages, and in that of our messages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "${7*7}",
                "#{7*7}",
                "*{7*7}",
                "[[${7*7}]]",
                "[(${7*7})]",
                "__${7*7}__::x",
                "|${7*7}|",
                "~{layout :: page}",
                "{0} {1,choice,0#x} '",
                "${T(java.lang.Runtime).getRuntime()}",
                "' + alert(1) + '",
                "-1' or '1'='1",
                "%' or 1=1 --"
            })
    void runsNothingThatIsTyped(String typed) throws Exception {
        CaseSummary dana = fixtures.aClient(york)
                .named(typed, typed)
                .consentingToEverything()
                .openCaseFor(sam);
        web.perform(post("/cases/" + dana.code() + "/flags")
                        .param("kind", "risk")
                        .param("note", typed)
                        .with(csrf())
                        .with(signedIn(sam)))
                .andReturn();

        for (String path : List.of("/cases/" + dana.code(), "/cases", "/", "/cases/" + dana.code() + "/consents")) {
            assertThat(Jsoup.parse(page(path)).text().replaceAll("\\s+", " "))
                    .as(path)
                    .contains(typed.replaceAll("\\s+", " "))
                    .doesNotContain("49 ");
        }
        for (String list : List.of("/search", "/cases", "/tasks", "/p/york/cases")) {
            for (String parameter : List.of("q", "text", "status", "assigned", "after", "sort", "tab", "project")) {
                MockHttpServletResponse answer = web.perform(
                                get(list).param(parameter, typed).with(signedIn(sam)))
                        .andReturn()
                        .getResponse();
                assertThat(answer.getStatus()).as("%s?%s", list, parameter).isIn(200, 302, 400);
            }
        }
    }

    /** Pictures, styles and fonts that a letter names: the printer as it comes asks for them. */
    @Test
    void fetchesNothingForALetter() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://localhost:" + server.getAddress().getPort();
            String body = "<p>Hello</p><img src=\"" + base + "/a.png\"/>";
            new PdfRendererBuilder()
                    .withHtmlContent("<html><body>" + body + "</body></html>", null)
                    .toStream(new ByteArrayOutputStream())
                    .run();
            assertThat(asked).as("it works").hasPositiveValue();
            asked.set(0);
            letter("<title>Hello</title><link rel=\"stylesheet\" href=\"" + base + "/d.css\"/><style>@import url("
                    + base
                    + "/e.css);</style>" + body + "<img src=\"file:///etc/passwd\"/><iframe src=\"" + base
                    + "/f\"></iframe><object data=\"" + base + "/g\"></object><svg><image href=\"" + base
                    + "/h\"/></svg>");

            LetterId letter =
                    send(fixtures.aClient(york).consentingToEverything().openCaseFor(sam), Channel.POST);

            assertThat(pdf(letter)).contains("Hello").doesNotContain("root:");
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    /** Past the model check, which refuses most of it: what is shown here is the layer behind. */
    private void letter(String words) {
        jdbc.sql("delete from deployment where folder = 'ask'").update();
        deployments.publish(ModelFixtures.sound());
        jdbc.sql("""
                        update act_ge_bytearray set bytes_ = :words
                         where name_ = 'letters/hello.en.html'
                           and deployment_id_ = (select engine_id from deployment where folder = 'ask')
                        """).param("words", words.getBytes(StandardCharsets.UTF_8)).update();
    }

    private LetterId send(CaseSummary file, Channel channel) {
        LetterId letter = letters.send(new NewLetter(
                        HELLO, file.code(), RecipientKind.CLIENT, channel, Map.of(), "injection " + file.code(), sam))
                .letter();
        assertThat(letter).isNotNull();
        return letter;
    }

    private String pdf(LetterId letter) throws Exception {
        byte[] bytes = web.perform(get("/letters/" + letter + ".pdf").with(signedIn(sam)))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (PDDocument document = Loader.loadPDF(bytes)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private String page(String path) throws Exception {
        return web.perform(get(path).with(signedIn(sam)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
