package org.ancora.faults;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody at a browser, signed in. Both nodes know the session, so whichever answers will do; an answer that never came
 * is an {@link IOException}, as it is for a browser.
 */
final class Person {

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .cookieHandler(new CookieManager())
            .build();
    private final long id;
    private final String name;
    private volatile String token = "";

    Person(long id, String name) {
        this.id = id;
        this.name = name;
    }

    /** The account's id. */
    long id() {
        return id;
    }

    String name() {
        return name;
    }

    Person signIn(Node node) throws IOException, InterruptedException {
        HttpResponse<String> form = get(node, "/sign-in");
        Matcher field = FIELD.matcher(form.body());
        if (!field.find()) {
            throw new IOException("no sign-in form: " + form.statusCode());
        }
        HttpResponse<String> answer = send(
                node,
                "/sign-in",
                "application/x-www-form-urlencoded",
                form(Map.of("name", name, "password", Town.PASSWORD, "_csrf", field.group(1))),
                "text/html");
        if (answer.statusCode() / 100 != 3
                || answer.headers().firstValue("Location").orElse("").contains("sign-in")) {
            throw new IOException(name + " was not let in: " + answer.statusCode() + " "
                    + answer.headers().firstValue("Location").orElse(""));
        }
        Matcher found = TOKEN.matcher(get(node, "/tasks").body());
        if (!found.find()) {
            throw new IOException("no token on the page of " + name);
        }
        token = found.group(1);
        return this;
    }

    HttpResponse<String> get(Node node, String path) throws IOException, InterruptedException {
        return http.send(request(node, path, "text/html").GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Hands in a form of a task, as its page does. */
    HttpResponse<String> complete(Node node, String task, Map<String, ?> answers)
            throws IOException, InterruptedException {
        return send(
                node,
                "/tasks/" + task + "/complete",
                "application/json",
                JSON.writeValueAsString(answers),
                "application/json");
    }

    /** Sends an ordinary form. */
    HttpResponse<String> post(Node node, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send(node, path, "application/x-www-form-urlencoded", form(fields), "text/html");
    }

    private HttpResponse<String> send(Node node, String path, String type, String body, String accept)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(node, path, accept).header("Content-Type", type);
        if (!token.isEmpty()) {
            request.header("X-CSRF-TOKEN", token);
        }
        return http.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Node node, String path, String accept) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", accept);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
