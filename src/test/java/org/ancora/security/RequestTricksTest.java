package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.security.Household.Lived;
import org.ancora.security.HttpVisitor.Answer;
import org.ancora.testing.AncoraTest;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What no browser sends: odd paths, methods, hosts and bodies, over a real connection. */
@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class RequestTricksTest {

    @LocalServerPort
    private int port;

    @Value("${spring.datasource.hikari.maximum-pool-size}")
    private int connections;

    @Autowired
    private Household household;

    @Autowired
    private Users users;

    @Autowired
    private People people;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ServletWebServerApplicationContext server;

    private Lived lived;
    private HttpVisitor worker;
    private HttpVisitor stranger;

    @BeforeEach
    void signIn() throws Exception {
        lived = household.live();
        // Both open with the password of every account made for tests.
        people.person("spare", lived.york().id());
        jdbc.sql("update account set password_hash = (select password_hash from account where sign_in_name = 'spare')")
                .update();
        worker = signedIn(lived.worker());
        stranger = signedIn(lived.stranger());
        assertThat(worker.get("/cases/" + lived.code()).body()).contains("Zorabelle");
    }

    private HttpVisitor signedIn(UserId who) throws Exception {
        HttpVisitor visitor = new HttpVisitor(port);
        assertThat(visitor.signIn(users.find(who).orElseThrow().signInName(), People.PASSWORD)
                        .header("Location"))
                .isEqualTo("/");
        return visitor;
    }

    /** Every way of writing a path that might slip past a rule about another one. */
    @Test
    void knowsNoOtherWayIn() throws Exception {
        for (String trick : List.of(
                "/cases/CODE;jsessionid=1",
                "/cases;x/CODE",
                "/cases/CODE/",
                "//cases/CODE",
                "/./cases/CODE",
                "/assets/../cases/CODE",
                "/assets/..%2fcases/CODE",
                "/assets/%2e%2e/cases/CODE",
                "/assets/%252e%252e/cases/CODE",
                "/assets/..;/cases/CODE",
                "/assets/..\\cases\\CODE",
                "/sign-in/../cases/CODE",
                "/set-up/../cases/CODE",
                "/set-up/..%2f..%2fcases/CODE",
                "/actuator/health/../../cases/CODE",
                "/error/../cases/CODE",
                "/cases/CODE%2f",
                "/cases%2fCODE",
                "/cases/CODE%00",
                "/cases/CODE%0d%0aSet-Cookie:%20a=b",
                "/cases/CODE%20",
                "/cases/CODE.json",
                "/cases/CODE.xml",
                "/CASES/CODE",
                "/%63ases/CODE",
                "/cases/CODE?_method=DELETE",
                "/cases/CODE%E2%80%AE",
                "/cases/%ED%A0%80",
                "/cases/%C0%AF",
                "/cases/-1",
                "/cases/0",
                "/cases/%F0%9F%92%A3",
                "/letters/-1",
                "/letters/999999999999999999",
                "/letters/99999999999999999999999",
                "/letters/1e3",
                "/letters/0x1",
                "/letters/1.PDF",
                "/notices/-1",
                "/notices/9223372036854775808",
                "/cases/CODE/contact-points/-9223372036854775808",
                "/cases/CODE/contact-points/9223372036854775808",
                "/cases/CODE/contact-points/NaN",
                "/tasks/..%2f..%2fcases%2fCODE",
                "/p/york%00",
                "/p/%2e%2e",
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/health/../env",
                "/actuator/health;/../env",
                "/engine-rest/engine",
                "/camunda/app/admin",
                "/api/engine",
                "/v3/api-docs",
                "/h2-console",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/application.yaml",
                "/assets/",
                "/assets/../application.yaml",
                "/assets/..%5c..%5capplication.yaml",
                "/messages/web.properties")) {
            String path = trick.replace("CODE", lived.code());

            for (HttpVisitor visitor : List.of(stranger, new HttpVisitor(port))) {
                Answer answer = visitor.get(path);
                assertThat(answer.status()).as(path).isIn(302, 400, 401, 403, 404);
                assertThat(answer.body())
                        .doesNotContain(Household.SECRETS.toArray(String[]::new))
                        .doesNotContain("password", "spring:", "Exception", "\tat ");
                assertThat(answer.headers()).doesNotContainKey("a");
                assertThat(answer.header("Set-Cookie")).doesNotContain("a=b");
                assertThat(answer.header("Location"))
                        .doesNotContain(lived.code())
                        .isIn("", "/sign-in");
            }
            Answer known = worker.get(path);
            assertThat(known.status()).as(path).isLessThan(500);
        }
    }

    @Test
    void otherMethodsShowAndChangeNothing() throws Exception {
        for (String method : List.of(
                "TRACE",
                "TRACK",
                "CONNECT",
                "DELETE",
                "PUT",
                "PATCH",
                "PROPFIND",
                "DEBUG",
                "get",
                "GE\u0000T",
                "OPTIONS",
                "HEAD")) {
            Map<String, String> before = household.everything();

            Answer answer = worker.send(method, "/cases/" + lived.code(), null, "X-Secret: reflected");

            assertThat(answer.body())
                    .doesNotContain("reflected")
                    .doesNotContain(Household.SECRETS.toArray(String[]::new));
            assertThat(answer.status()).as(method).isIn(200, 400, 403, 404, 405, 501);
            assertThat(household.everything()).isEqualTo(before);
        }
    }

    /** Nobody is sent to, and no page names, a host that the request made up. */
    @Test
    void believesNoHostThatTheRequestClaims() throws Exception {
        for (String claim : List.of(
                "Host: evil.example",
                "X-Forwarded-Host: evil.example",
                "Forwarded: host=evil.example;proto=http",
                "X-Forwarded-Prefix: //evil.example",
                "X-Original-URL: /cases",
                "X-Rewrite-URL: /cases",
                "Referer: http://evil.example/x")) {
            for (String path : List.of("/", "/sign-in", "/cases/" + lived.code(), "/nowhere")) {
                Answer answer = worker.get(path, claim);
                assertThat(answer.body()).as(claim).doesNotContain("evil.example");
                assertThat(answer.header("Location")).as(claim).doesNotContain("evil");
            }
            Answer out = new HttpVisitor(port).get("/cases", claim);
            assertThat(out.header("Location")).as(claim).isEqualTo("/sign-in");
        }
    }

    /** Where language and theme lead back to is a path of ours, whatever the referer says. */
    @Test
    void leadsBackToNoOtherSite() throws Exception {
        for (String referer : List.of(
                "http://evil.example/x",
                "http://localhost//evil.example/x",
                "http://localhost/\\evil.example",
                "http://localhost:1//evil.example",
                "//evil.example/x",
                "/\\evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "http://localhost/%0d%0aSet-Cookie:a=b",
                "http://localhost@evil.example//evil.example",
                "http://[::1]//evil.example")) {
            String token = worker.token("/cases/" + lived.code());

            for (String form : List.of("/language:language=en", "/theme:theme=dark")) {
                String[] parts = form.split(":", -1);
                Answer answer = worker.post(parts[0], parts[1] + "&_csrf=" + token, "Referer: " + referer);
                String location = answer.header("Location");
                assertThat(answer.status()).isIn(302, 400);
                assertThat(location).doesNotStartWith("//").doesNotContain("\\", "javascript:", "data:");
                assertThat(java.net
                                .URI
                                .create(location.isEmpty() ? "/" : location)
                                .getHost())
                        .isNull();
                assertThat(answer.header("Set-Cookie")).doesNotContain("a=b");
            }
        }
    }

    /** Bodies larger than any form, with and without their length, and more parameters than any form has. */
    @Test
    void readsNoBodyThatIsNoForm() throws Exception {
        String token = java.net.URLDecoder.decode(worker.token("/cases/" + lived.code()), StandardCharsets.UTF_8);
        String draft = "/tasks/" + lived.task() + "/draft";
        byte[] large = ("{\"note\":\"" + "x".repeat(3_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        Map<String, String> before = household.everything();

        assertThat(worker.send(
                                "POST",
                                draft,
                                large,
                                "X-CSRF-TOKEN: " + token,
                                "Content-Type: application/json",
                                "Accept: application/json")
                        .status())
                .isEqualTo(413);
        assertThat(worker.send(
                                "POST",
                                draft,
                                new byte[0],
                                "X-CSRF-TOKEN: " + token,
                                "Content-Type: application/json",
                                "Accept: application/json",
                                "Content-Length: 4000000000")
                        .status())
                .as("refused by its length alone, before it was sent")
                .isEqualTo(413);
        assertThat(worker.send(
                                "POST",
                                draft,
                                chunked(large),
                                "X-CSRF-TOKEN: " + token,
                                "Content-Type: application/json",
                                "Accept: application/json",
                                "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(413);
        byte[] middling = ("{\"note\":\"" + "x".repeat(400_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(worker.send(
                                "POST",
                                draft,
                                middling,
                                "X-CSRF-TOKEN: " + token,
                                "Content-Type: application/json",
                                "Accept: application/json")
                        .status())
                .isEqualTo(413);
        assertThat(new HttpVisitor(port)
                        .send("POST", "/sign-in", large, "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .as("a stranger")
                .isEqualTo(413);
        assertThat(worker.post("/cases/" + lived.code() + "/flags", "a=1&".repeat(50_000) + "kind=risk&_csrf=" + token)
                        .status())
                .isIn(400, 403, 413);
        assertThat(worker.get("/cases?q=" + "x".repeat(100_000)).status()).isIn(400, 414, 431);
        assertThat(worker.get("/cases", "X-Long: " + "x".repeat(100_000)).status())
                .isIn(400, 431);
        assertThat(worker.get("/cases/" + "x".repeat(6_000)).status()).isEqualTo(404);
        assertThat(worker.send(
                                "POST",
                                "/sign-in",
                                "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nx\r\n--b--"
                                        .getBytes(StandardCharsets.UTF_8),
                                "Content-Type: multipart/form-data; boundary=b")
                        .status())
                .as("nothing is uploaded")
                .isIn(302, 400, 403, 415);
        assertThat(household.everything()).isEqualTo(before);
        assertThat(worker.get("/cases/" + lived.code()).status()).isEqualTo(200);
    }

    /** More than there are places for requests begin a form or a draft and never end it. */
    @Test
    void keepsNobodyWaitingForSlowSenders() throws Exception {
        String token = java.net.URLDecoder.decode(worker.token("/cases/" + lived.code()), StandardCharsets.UTF_8);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int sender = 0; sender < connections; sender++) {
                slow.add(new HttpVisitor(port)
                        .begin(
                                "POST",
                                "/sign-in",
                                "name=".getBytes(StandardCharsets.UTF_8),
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: 1000"));
                slow.add(worker.begin(
                        "POST",
                        "/tasks/" + lived.task() + "/draft",
                        "{\"note\":\"".getBytes(StandardCharsets.UTF_8),
                        "X-CSRF-TOKEN: " + token,
                        "Content-Type: application/json",
                        "Content-Length: 1000"));
            }
            await("the server reads them all").until(() -> atWork() >= slow.size());

            assertThat(worker.get("/cases/" + lived.code()).status()).isEqualTo(200);
            assertThat(new HttpVisitor(port).get("/sign-in").status()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** More than there are places for requests send a file and never end it; one ends it after all. */
    @Test
    void keepsNobodyWaitingForSlowUploads() throws Exception {
        UserId owner = people.person("sender", lived.york().id(), Role.OWNER);
        jdbc.sql("update account set password_hash = (select password_hash from account where sign_in_name = 'spare')")
                .update();
        HttpVisitor sender = signedIn(owner);
        String token = java.net.URLDecoder.decode(sender.token("/studio/referral"), StandardCharsets.UTF_8);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int file = 0; file < connections; file++) {
                slow.add(sender.begin(
                        "POST",
                        "/studio/referral/upload",
                        "PK".getBytes(StandardCharsets.UTF_8),
                        "X-CSRF-TOKEN: " + token,
                        "X-File-Name: referral.zip",
                        "Content-Type: application/octet-stream",
                        "Accept: application/json",
                        "Content-Length: 10"));
            }
            await("the server reads them all").until(() -> atWork() >= slow.size());

            assertThat(worker.get("/cases/" + lived.code()).status()).isEqualTo(200);
            assertThat(new HttpVisitor(port).get("/sign-in").status()).isEqualTo(200);
            slow.get(0).getOutputStream().write("no archive".getBytes(StandardCharsets.UTF_8), 0, 8);
            assertThat(sender.read(slow.get(0).getInputStream()).status())
                    .as("it is looked at once it is there, and is none")
                    .isIn(400, 422);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** A form as deep or as numerous as JSON allows costs little and breaks nothing. */
    @Test
    void aDraftBreaksNothing() throws Exception {
        for (String body : List.of(
                "{\"note\":DEEP}",
                "{\"note\":1e999999999}",
                "{\"note\":-1E-999999999}",
                "{\"note\":NINES}",
                "{\"note\":\"\\u0000\"}",
                "{\"note\":MANY}",
                "{\"note\":\"a\",\"note\":\"b\"}",
                "KEYS",
                "[",
                "null",
                "\"x\"",
                "{\"note\":\"\\ud800\"}",
                "{\"when\":1e9999}")) {
            String token = java.net.URLDecoder.decode(worker.token("/cases/" + lived.code()), StandardCharsets.UTF_8);
            StringBuilder keys = new StringBuilder("{");
            for (int i = 0; i < 20_000; i++) {
                keys.append("\"k").append(i).append("\":1,");
            }
            byte[] sent = body.replace("DEEP", "[".repeat(50_000) + "]".repeat(50_000))
                    .replace("NINES", "9".repeat(100_000))
                    .replace("MANY", "[" + "[],".repeat(60_000) + "[]]")
                    .replace("KEYS", keys + "\"k\":1}")
                    .getBytes(StandardCharsets.UTF_8);
            for (String door : List.of("draft", "complete")) {
                Instant began = Instant.now();

                Answer answer = worker.send(
                        "POST",
                        "/tasks/" + lived.task() + "/" + door,
                        sent,
                        "X-CSRF-TOKEN: " + token,
                        "Content-Type: application/json",
                        "Accept: application/json");

                assertThat(answer.status()).as(answer.body()).isIn(200, 400, 413, 422);
                assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(15));
            }
            assertThat(worker.get("/tasks/" + lived.task()).status())
                    .as("and can be opened again")
                    .isEqualTo(200);
        }
    }

    /** What is refused is logged in one line, without a line or a colour of the attacker's own, and opens nothing. */
    @Test
    void writesNoLinesIntoTheLog(CapturedOutput log) throws Exception {
        String token = java.net.URLDecoder.decode(worker.token("/cases/" + lived.code()), StandardCharsets.UTF_8);
        worker.send(
                "POST",
                "/tasks/" + lived.task() + "/complete",
                "{\"x\\n2026-11-23 ERROR forged line\\u001b[31m\":1}".getBytes(StandardCharsets.UTF_8),
                "X-CSRF-TOKEN: " + token,
                "Content-Type: application/json",
                "Accept: application/json");
        worker.get("/cases/%1b%5b31mred");
        worker.get("/p/%C2%85forged%20next%20line");
        new HttpVisitor(port).post("/set-up/fifty-secret-words", "");

        assertThat(log.getAll()).contains("answered 400", "answered 404");
        assertThat(log.getAll().lines()).noneMatch(line -> line.startsWith("2026-11-23 ERROR forged"));
        assertThat(log.getAll()).doesNotContain("\u001b[31mred", "\u001b[31m\"", "\u0085", "fifty-secret-words");
    }

    /** How many threads of the server have a request. */
    private int atWork() {
        var tomcat = ((TomcatWebServer) server.getWebServer()).getTomcat();
        return ((ThreadPoolExecutor) tomcat.getConnector().getProtocolHandler().getExecutor()).getActiveCount();
    }

    private static byte[] chunked(byte[] body) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int size = Math.min(8_000, body.length - at);
            out.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, at, size);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += size;
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
