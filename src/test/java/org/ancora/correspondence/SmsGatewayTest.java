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

class SmsGatewayTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 202;
    private volatile boolean silent;
    private String text = "¿Nos llama?";

    @BeforeEach
    void startGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/send", exchange -> {
            received.add(exchange.getRequestMethod()
                    + " " + exchange.getRequestHeaders().getFirst("Authorization")
                    + " " + exchange.getRequestHeaders().getFirst("Idempotency-Key")
                    + " " + exchange.getRequestHeaders().getFirst("Content-Type")
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
                .contains("\"to\": \"+19055550142\"", "\"text\": \"¿Nos llama?\"", "\"reference\": \"7\"");
    }

    @Test
    void speaksAsTheGatewayWants() {
        text = "¿Nos llama? \"Sí\" & a=b\n{{to}}";
        SmsBody form = SmsBody.of("user=york&dest={{to}}&msg={{ text }}", SmsBody.FORM);
        SmsBody json = SmsBody.of("{\"messages\":[{\"n\":\"{{to}}\",\"body\":\"{{text}}\"}]}", SmsBody.JSON);

        gateway(address("/send"), form).handOver(message());
        gateway(address("/send"), json).handOver(message());

        assertThat(received.get(0))
                .contains("application/x-www-form-urlencoded")
                .endsWith("user=york&dest=%2B19055550142"
                        + "&msg=%C2%BFNos+llama%3F+%22S%C3%AD%22+%26+a%3Db%0A%7B%7Bto%7D%7D");
        assertThat(received.get(1))
                .contains("application/json")
                .endsWith("{\"messages\":[{\"n\":\"+19055550142\","
                        + "\"body\":\"¿Nos llama? \\\"Sí\\\" & a=b\\n{{to}}\"}]}");
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
        return gateway(address(path)).handOver(message());
    }

    private String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static SmsGateway gateway(String url) {
        return gateway(url, SmsBody.of(SmsBody.USUAL, SmsBody.JSON));
    }

    private static SmsGateway gateway(String url, SmsBody body) {
        return new SmsGateway(URI.create(url), "secret", body, Duration.ofMillis(800));
    }

    private StoredMessage message() {
        return new StoredMessage(
                new MessageId(7),
                new ProjectId(1),
                "YRK-2026-0001",
                "please-call-us-sms",
                Channel.SMS,
                "+19055550142",
                null,
                text,
                null,
                Locale.forLanguageTag("es"),
                "<fixed@york.example>",
                Instant.parse("2026-11-23T14:10:00Z"));
    }
}
