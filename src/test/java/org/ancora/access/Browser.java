package org.ancora.access;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser, without its scripts: keeps cookies, follows nothing by itself. */
class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String host;

    Browser(int port) {
        this.host = "http://localhost:" + port;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return post("/sign-in", "name=" + encoded(name) + "&password=" + encoded(password) + "&_csrf=" + token());
    }

    /** The token of a form on the sign-in page, or of the page a signed-in person sees. */
    String token() throws IOException, InterruptedException {
        return tokenOf(get("/sign-in"));
    }

    static String tokenOf(HttpResponse<String> page) {
        Matcher token = TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new AssertionError("no token on the page: " + page.statusCode() + " " + page.body());
        }
        return encoded(token.group(1));
    }

    String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("ancora"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Another browser that was given this one's session cookie. */
    Browser thief(String session) {
        Browser thief = new Browser(URI.create(host).getPort());
        HttpCookie cookie = new HttpCookie("ancora", session);
        cookie.setPath("/");
        cookie.setVersion(0);
        thief.cookies.getCookieStore().add(URI.create(host), cookie);
        return thief;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host + path));
        if (headers.length == 0) {
            request.header("Accept", "text/html");
        } else {
            request.headers(headers);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
