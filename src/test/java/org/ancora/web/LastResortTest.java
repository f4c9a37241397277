package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody sees when not even the error page can be made, because their session cannot be read. */
@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class LastResortTest {

    private static final Pattern REFERENCE = Pattern.compile("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}");

    @Autowired
    private MessageSource messages;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    @BeforeEach
    void loseTheSessions() {
        jdbc.sql("alter table spring_session rename to spring_session_away").update();
    }

    @AfterEach
    void findThem() {
        jdbc.sql("alter table spring_session_away rename to spring_session").update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speaksTheReadersLanguageAndNamesTheReference(String language, CapturedOutput log) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/tasks?q=Whitfield"))
                                .header("Accept", "text/html")
                                .header("Accept-Language", language)
                                .header("Cookie", "ancora=" + session() + "; __Host-ancora=" + session())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        Document page = Jsoup.parse(answer.body());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(page.selectFirst("h1").text())
                .isEqualTo(messages.getMessage("error.500.title", null, Locale.forLanguageTag(language)));
        assertThat(answer.body()).doesNotContain("Tomcat", "HTTP Status", "Exception", "spring_session");
        Matcher reference = REFERENCE.matcher(page.text());
        assertThat(reference.find()).isTrue();
        assertThat(log.getOut()).contains(reference.group() + ": GET /tasks failed");
        assertThat(log.getOut()).doesNotContain("Whitfield");
    }

    private static String session() {
        return Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    }
}
