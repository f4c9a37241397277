package org.ancora.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks to the product by raw bytes, so that no client tidies up what an attacker would send; keeps cookies. */
final class HttpVisitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    HttpVisitor(int port) {
        this.port = port;
    }

    /** What came back; header names in lower case. */
    record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {

        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        }
    }

    /** The same browser on another node. */
    HttpVisitor on(int otherPort) {
        HttpVisitor other = new HttpVisitor(otherPort);
        other.cookies.putAll(cookies);
        return other;
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    HttpVisitor with(String cookie, String value) {
        cookies.put(cookie, value);
        return this;
    }

    Answer signIn(String name, String password) throws IOException {
        return post(
                "/sign-in", "name=" + encoded(name) + "&password=" + encoded(password) + "&_csrf=" + token("/sign-in"));
    }

    Answer signOut(String page) throws IOException {
        return post("/sign-out", "_csrf=" + token(page));
    }

    String token(String page) throws IOException {
        Matcher token = TOKEN.matcher(get(page).body());
        if (!token.find()) {
            throw new AssertionError("no token on " + page);
        }
        return encoded(token.group(1));
    }

    Answer get(String path, String... headers) throws IOException {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String form, String... headers) throws IOException {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: application/x-www-form-urlencoded";
        return send("POST", path, form.getBytes(StandardCharsets.UTF_8), all);
    }

    /** One request on a connection of its own, the target exactly as given. */
    Answer send(String method, String target, byte[] body, String... headers) throws IOException {
        try (Socket socket = begin(method, target, body, headers)) {
            return read(socket.getInputStream());
        }
    }

    /** The same without waiting for the answer; whoever names a greater length than the body has keeps the server waiting. */
    Socket begin(String method, String target, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        List<String> lines = new ArrayList<>(List.of(headers));
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: localhost:" + port);
        }
        if (lines.stream().noneMatch(line -> line.startsWith("Accept:"))) {
            lines.add("Accept: text/html");
        }
        if (!cookies.isEmpty()) {
            lines.add("Cookie: "
                    + String.join(
                            "; ",
                            cookies.entrySet().stream()
                                    .map(each -> each.getKey() + "=" + each.getValue())
                                    .toList()));
        }
        if (body != null
                && lines.stream().noneMatch(line -> line.startsWith("Transfer-Encoding"))
                && lines.stream().noneMatch(line -> line.startsWith("Content-Length"))) {
            lines.add("Content-Length: " + body.length);
        }
        lines.add("Connection: close");
        lines.forEach(line -> head.append(line).append("\r\n"));
        head.append("\r\n");
        Socket socket = new Socket("localhost", port);
        socket.setSoTimeout(60_000);
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        try {
            if (body != null) {
                out.write(body);
            }
            out.flush();
        } catch (IOException refusedMeanwhile) {
            // The server may answer and hang up before it has read everything.
        }
        return socket;
    }

    /** The answer on a connection that was begun. */
    Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (IOException cutShort) {
            // What was said until then counts.
        }
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer");
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        headers.getOrDefault("set-cookie", List.of()).forEach(this::keep);
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, chunked ? joined(body) : body);
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", -1)[0];
        cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }

    private static byte[] joined(byte[] chunks) {
        String text = new String(chunks, StandardCharsets.ISO_8859_1);
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int line = text.indexOf("\r\n", at);
            int length =
                    line < 0 ? 0 : Integer.parseInt(text.substring(at, line).strip(), 16);
            if (length == 0) {
                break;
            }
            body.append(text, line + 2, Math.min(text.length(), line + 2 + length));
            at = line + 2 + length + 2;
        }
        return body.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
