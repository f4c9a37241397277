package org.ancora.web;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.People;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever goes wrong is said in words, in three languages, with a reference that stands in the log. */
@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class ErrorPagesTest {

    private static final Pattern REFERENCE = Pattern.compile("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}");
    private static final String SECRET = "relation \"person\" does not exist";

    @Autowired
    private MockMvc browser;

    @Autowired
    private People people;

    @Autowired
    private MessageSource messages;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping routes;

    @LocalServerPort
    private int port;

    private final RequestMappingInfo broken =
            RequestMappingInfo.paths("/broken-for-a-test").build();

    private Exception thrown = new IllegalStateException(SECRET);

    @BeforeEach
    void breakOnePage() throws NoSuchMethodException {
        routes.registerMapping(broken, this, getClass().getMethod("fail"));
    }

    @AfterEach
    void mendIt() {
        routes.unregisterMapping(broken);
    }

    /** The page that is broken. */
    public String fail() throws Exception {
        throw thrown;
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(400, new HttpMessageNotReadableException(SECRET, new MockHttpInputMessage(new byte[0]))),
                Arguments.of(403, new Forbidden(Permission.values()[0], null)),
                Arguments.of(404, new Hidden("case", "YRK-2026-0001")),
                Arguments.of(409, new OptimisticLockingFailureException(SECRET)),
                Arguments.of(413, new MaxUploadSizeExceededException(1)),
                Arguments.of(429, new Problem(HttpStatus.TOO_MANY_REQUESTS, "error.429.text")),
                Arguments.of(500, new IllegalStateException(SECRET)),
                Arguments.of(503, new DataAccessResourceFailureException(SECRET)),
                // As the engine hands on what its database said.
                Arguments.of(503, new IllegalStateException(new SQLException(SECRET, "08006"))),
                Arguments.of(503, new IllegalStateException(new SQLException(SECRET, "57P01"))),
                Arguments.of(503, new IllegalStateException(new SQLException("Connection is closed"))),
                Arguments.of(409, new IllegalStateException(new SQLException(SECRET, "40P01"))),
                Arguments.of(500, new IllegalStateException(new SQLException(SECRET, "42P01"))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysItInThreeLanguages(int status, Exception failure) throws Exception {
        thrown = failure;

        for (var language : Languages.ALL) {
            MockHttpServletResponse answer = broken(language.getLanguage());

            Document page = Jsoup.parse(answer.getContentAsString());
            assertThat(answer.getStatus()).isEqualTo(status);
            assertThat(page.selectFirst("h1").text())
                    .isEqualTo(messages.getMessage("error." + status + ".title", null, language));
            assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language.getLanguage());
            assertThat(page.select("main .btn")).hasSize(2);
            assertThat(page.html()).doesNotContain("??", SECRET, "Exception", "org.ancora", "YRK-2026-0001");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysThatNobodyKnowsWhenTheConnectionBrokeAtTheCommit(boolean wrapped) throws Exception {
        Exception lost = new TransactionSystemException(SECRET, new SQLException("Connection is closed"));
        thrown = wrapped ? new IllegalStateException(lost) : lost;

        MockHttpServletResponse answer = broken("en");

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(Jsoup.parse(answer.getContentAsString()).text())
                .contains("Ancora cannot tell whether it was")
                .doesNotContain("undone as a whole");
    }

    @Test
    void logsTheReferenceWithTheCause(CapturedOutput log) throws Exception {
        String page = broken("en").getContentAsString();

        Matcher reference = REFERENCE.matcher(Jsoup.parse(page).text());
        assertThat(reference.find()).isTrue();
        assertThat(log.getOut().lines().filter(line -> line.contains(reference.group())))
                .singleElement()
                .asString()
                .contains("GET /broken-for-a-test");
        assertThat(log.getOut()).contains(SECRET);
    }

    @Test
    void logsNothingOfWhatWasSearchedFor(CapturedOutput log) throws Exception {
        browser.perform(get("/broken-for-a-test").param("q", "Dana Whitfield").with(user("someone")));

        assertThat(log.getOut()).contains("/broken-for-a-test").doesNotContain("Whitfield");
    }

    /** Ids and codes help whoever looks for a fault; what else stands in a path may be a name, a number or a secret. */
    @Test
    void logsOfAPathOnlyTheProductsOwnWordsAndIds(CapturedOutput log) throws Exception {
        UserId reader = people.person("reader", new ProjectId(1), Role.CASEWORKER);
        for (String path : List.of(
                "/cases/Zorabelle",
                "/cases/YRK-2026-9999/Zorabelle",
                "/Zorabelle/cases",
                "/cases/9055550188",
                "/tasks/0d4f6a7e-9f3e-11f0-8f5c-1c8f8a3f0a11",
                "/letters/4711")) {
            browser.perform(get(path).with(signedIn(reader)));
        }

        assertThat(log.getOut())
                .contains("GET /cases/… ", "GET /cases/YRK-2026-9999/… ", "GET /…/cases ")
                .contains("GET /tasks/0d4f6a7e-9f3e-11f0-8f5c-1c8f8a3f0a11 ", "GET /letters/4711 ")
                .doesNotContain("Zorabelle", "9055550188");
    }

    @Test
    void logsNothingOfWhatCouldNotBeRead(CapturedOutput log) throws Exception {
        thrown = new NumberFormatException("For input string: \"Dana Whitfield\"");
        thrown = new MethodArgumentTypeMismatchException(
                "Dana Whitfield",
                Long.class,
                "id",
                new MethodParameter(getClass().getMethod("fail"), -1),
                thrown);

        assertThat(broken("en").getStatus()).isEqualTo(400);

        assertThat(log.getOut()).contains("/broken-for-a-test").doesNotContain("Whitfield");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/search?q=%00", "/search?q=%FF", "/cases/%2500", "/cases//x"})
    void whatNobodyTypedIsRefusedWithEveryHeader(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Accept", "text/html")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isIn(302, 400).isLessThan(500);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void aRefusalNamesWhatIsMissing() throws Exception {
        thrown = new Forbidden(Permission.values()[0], null);

        Document page = Jsoup.parse(broken("en").getContentAsString());

        assertThat(page.select("main p").eachText())
                .anyMatch(text -> text.contains(messages.getMessage(
                        "permission." + Permission.values()[0].code(), null, Languages.ALL.get(0))));
    }

    @Test
    void aPanelGetsANoteInsteadOfAPage() throws Exception {
        MockHttpServletResponse answer = browser.perform(
                        get("/broken-for-a-test").header("HX-Request", "true").with(user("someone")))
                .andReturn()
                .getResponse();

        assertThat(answer.getHeader("HX-Retarget")).isEqualTo("#messages");
        assertThat(Jsoup.parse(answer.getContentAsString()).select("html nav, header"))
                .isEmpty();
        assertThat(Jsoup.parse(answer.getContentAsString()).select("[role=alert]"))
                .hasSize(1);
    }

    @Test
    void aScriptGetsTheSameWordsAsJson() throws Exception {
        thrown = new Problem(HttpStatus.CONFLICT, "error.409.text");

        MockHttpServletResponse answer = browser.perform(get("/broken-for-a-test")
                        .header("Accept", "application/json")
                        .with(user("someone")))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(answer.getContentType()).startsWith("application/json");
        assertThat(answer.getContentAsString())
                .contains("\"title\":\"Someone was faster\"", "\"text\":", "\"reference\":")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/nothing.css", "/error"})
    void whatNoControllerKnowsIsSaidInTheSameWords(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Accept", "text/html")
                                .header("Accept-Language", "it")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(answer.body()).selectFirst("h1").text()).isEqualTo("Qui non c'è nulla");
    }

    private MockHttpServletResponse broken(String language) throws Exception {
        return browser.perform(get("/broken-for-a-test")
                        .header("Accept", "text/html")
                        .header("Accept-Language", language)
                        .with(user("someone")))
                .andReturn()
                .getResponse();
    }
}
