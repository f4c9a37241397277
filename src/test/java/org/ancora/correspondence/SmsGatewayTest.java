package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ancora.access.ProjectId;
import org.ancora.casework.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SmsGatewayTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 202;
    private volatile boolean silent;

    @BeforeEach
    void startGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/send", exchange -> {
            received.add(exchange.getRequestMethod()
                    + " " + exchange.getRequestHeaders().getFirst("Authorization")
                    + " " + exchange.getRequestHeaders().getFirst("Idempotency-Key")
                    + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (!silent) {
                byte[] answer = "{\"id\":\"m-1\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            }
        });
        server.createContext("/cut", exchange -> {
            received.add("cut");
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopGateway() {
        server.stop(0);
    }

    @Test
    void handsATextOver() {
        assertThat(handOver("/send")).isEqualTo(new Handover.Accepted("202 {\"id\":\"m-1\"}"));
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("POST Bearer secret <fixed@york.example> ")
                .contains("\"to\":\"+19055550142\"", "\"text\":\"¿Nos llama?\"", "\"reference\":\"7\"");
    }

    @Test
    void isRefusedByAnAnswerThatSaysSo() {
        for (int refusal : new int[] {302, 400, 401, 429, 503}) {
            status = refusal;
            assertThat(handOver("/send")).as("status " + refusal).isInstanceOf(Handover.Refused.class);
        }
    }

    @Test
    void doesNotKnowAfterAnAnswerFromHalfway() {
        for (int halfway : new int[] {500, 502, 504}) {
            status = halfway;
            assertThat(handOver("/send")).as("status " + halfway).isInstanceOf(Handover.Unknown.class);
        }
    }

    @Test
    void doesNotKnowWithoutAnyAnswer() {
        silent = true;
        assertThat(handOver("/send")).isInstanceOf(Handover.Unknown.class);
        assertThat(handOver("/cut")).isInstanceOf(Handover.Unknown.class);
    }

    @Test
    void isRefusedWhereNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(gateway("http://localhost:" + port + "/send").handOver(message()))
                .isInstanceOf(Handover.Refused.class);
    }

    private Handover handOver(String path) {
        return gateway("http://localhost:" + server.getAddress().getPort() + path)
                .handOver(message());
    }

    private static SmsGateway gateway(String url) {
        return new SmsGateway(URI.create(url), "secret", Duration.ofMillis(800), JsonMapper.shared());
    }

    private static StoredMessage message() {
        return new StoredMessage(
                new MessageId(7),
                new ProjectId(1),
                "YRK-2026-0001",
                "please-call-us-sms",
                Channel.SMS,
                "+19055550142",
                null,
                "¿Nos llama?",
                null,
                Locale.forLanguageTag("es"),
                "<fixed@york.example>",
                Instant.parse("2026-11-23T14:10:00Z"));
    }
}
