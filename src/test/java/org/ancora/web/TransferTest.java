package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What travels to a phone: packed, kept where it may be kept, and without work that nobody needs. */
@AncoraTest
class TransferTest {

    @LocalServerPort
    private int port;

    @Autowired
    private Assets assets;

    private final HttpClient browser = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"app.css", "app.js", "task.js", "diagram.js"})
    void stylesAndScriptsTravelPacked(String name) throws Exception {
        HttpResponse<byte[]> answer = get(assets.path(name), "Accept-Encoding", "gzip");

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.body().length).as("bytes of " + name).isLessThan(200_000);
    }

    @Test
    void pagesTravelPackedAndAreKeptNowhere() throws Exception {
        HttpResponse<byte[]> answer = get("/sign-in", "Accept-Encoding", "gzip");

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    /** A page brings half a dozen files; each must not cost a look at the session, let alone a new one. */
    @Test
    void filesAskTheDatabaseForNothing() throws Exception {
        String session = UUID.nameUUIDFromBytes(new byte[] {1}).toString();
        String cookie = "ancora=" + Base64.getEncoder().encodeToString(session.getBytes(StandardCharsets.UTF_8));

        List<String> statements = SqlCount.during(() -> {
            HttpResponse<byte[]> answer = get(assets.path("app.js"), "Cookie", cookie);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        });

        // Once a minute ended sessions are deleted, whatever else goes on.
        assertThat(statements).allMatch(sql -> sql.startsWith("DELETE FROM SPRING_SESSION"));
    }

    private HttpResponse<byte[]> get(String path, String header, String value)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header(header, value)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
