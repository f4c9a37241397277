package org.ancora.attention.desk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a register over HTTP: POST {@code {"document": "…"}} → 200 with an object of the facts of {@link RegisterAnswer#FACTS},
 * 404 for nobody. The document stands in the body, so that no log on the way has it. Whatever goes wrong is answered as
 * "unavailable" within the time allowed.
 */
final class RegisterOverHttp {

    private static final Logger log = LoggerFactory.getLogger(RegisterOverHttp.class);

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private static final int LARGEST = 65_536;

    private static final Set<Integer> NOBODY = Set.of(404, 204);

    private static final int OK = 200;

    private final Register register;
    private final URI url;
    private final String token;
    private final Duration patience;
    private final JsonMapper json;
    private final HttpClient http;

    /**
     * Prepares to ask.
     *
     * @param token sent as a bearer token unless it is empty
     * @param patience for the whole answer, connection included
     */
    RegisterOverHttp(Register register, URI url, String token, Duration patience, JsonMapper json) {
        this.register = register;
        this.url = url;
        this.token = token;
        this.patience = patience;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    RegisterAnswer find(String document) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(Map.of("document", document))));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        // The client's own time-out ends with the headers; a body that trickles in would hold the desk up.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            return understood(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted");
        } catch (TimeoutException slow) {
            answer.cancel(true);
            return unavailable("no answer within " + patience);
        } catch (ExecutionException broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            return unavailable(cause.getClass().getSimpleName());
        } catch (JacksonException unreadable) {
            return unavailable("not the answer of a register");
        }
    }

    private RegisterAnswer understood(HttpResponse<byte[]> answer) {
        if (NOBODY.contains(answer.statusCode())) {
            return new RegisterAnswer.NotFound();
        }
        if (answer.statusCode() != OK) {
            return unavailable("status " + answer.statusCode());
        }
        if (answer.body().length > LARGEST) {
            return unavailable("an answer of " + answer.body().length + " bytes");
        }
        Map<String, Object> sent = json.readValue(answer.body(), FACTS);
        Map<String, String> facts = new LinkedHashMap<>();
        sent.forEach((key, value) -> {
            if (value != null) {
                facts.put(key, String.valueOf(value));
            }
        });
        return new RegisterAnswer.Found(facts);
    }

    /** Says what is wrong with the register, and never about whom it was asked. */
    private RegisterAnswer unavailable(String why) {
        log.warn("The {} register cannot be asked: {}", register.code(), why);
        return new RegisterAnswer.Unavailable();
    }
}
