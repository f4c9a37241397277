package org.ancora.attention.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.ancora.access.UserId;
import org.ancora.attention.desk.DeskWalk.Path;
import org.ancora.attention.desk.DeskWalk.Team;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The registers, asked over HTTP and as loaded tables: short, outside of transactions, logged, and never in the way. */
@AncoraTest
class RegistersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration IMPATIENCE = Duration.ofMillis(400);

    @Autowired
    private Registers registers;

    @Autowired
    private RegisterTables tables;

    @Autowired
    private DeskWalk walk;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JsonMapper json;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{\"givenName\":\"Teresa\",\"district\":\"Huanta\",\"secret\":\"x\",\"since\":2009}";
    private Team desk;
    private Path visit;

    @BeforeEach
    void begin() throws IOException {
        desk = walk.inPeru();
        visit = desk.visitor();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/ask", exchange -> {
            received.add(exchange.getRequestMethod()
                    + " " + exchange.getRequestURI()
                    + " " + exchange.getRequestHeaders().getFirst("Authorization")
                    + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
            if (status != 204) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.createContext("/silent", exchange -> await());
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });
        server.start();
    }

    @AfterEach
    void end() {
        over.countDown();
        server.stop(0);
        for (Register register : Register.values()) {
            registers.use(register, null);
        }
    }

    @Test
    void asksWithTheDocumentInTheBodyAndTakesTheFactsItKnows() {
        use("/ask");

        assertThat(ask())
                .isEqualTo(
                        new RegisterAnswer.Found(Map.of("givenName", "Teresa", "district", "Huanta", "since", "2009")));
        assertThat(received).containsExactly("POST /ask Bearer secret {\"document\":\"40123456\"}");
    }

    @Test
    void nobodyIsAnAnswer() {
        use("/ask");
        for (int nobody : new int[] {404, 204}) {
            status = nobody;
            assertThat(ask()).as("status " + nobody).isEqualTo(new RegisterAnswer.NotFound());
        }
    }

    /** Whatever is wrong with a register, it is said within its time, and nothing is thrown. */
    @Test
    void aRegisterThatDoesNotAnswerHoldsNothingUp() {
        for (int broken : new int[] {302, 400, 401, 429, 500, 503}) {
            use("/ask");
            status = broken;
            assertThat(ask()).as("status " + broken).isEqualTo(new RegisterAnswer.Unavailable());
        }
        status = 200;
        for (String odd : new String[] {"", "[]", "<html>", "{\"givenName\":", "7"}) {
            body = odd;
            assertThat(ask()).as(odd).isEqualTo(new RegisterAnswer.Unavailable());
        }
        for (String slow : new String[] {"/silent", "/trickle"}) {
            use(slow, IMPATIENCE);
            long before = System.nanoTime();
            assertThat(ask()).as(slow).isEqualTo(new RegisterAnswer.Unavailable());
            assertThat(Duration.ofNanos(System.nanoTime() - before)).as(slow).isLessThan(Duration.ofSeconds(3));
        }
        server.stop(0);
        assertThat(ask()).isEqualTo(new RegisterAnswer.Unavailable());

        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);
        assertThat(visit.ended()).containsExactly("solved-at-once");
    }

    @Test
    void isNeverAskedInsideATransaction() {
        use("/ask");

        assertThatThrownBy(() -> transaction.execute(inside -> ask())).isInstanceOf(IllegalStateException.class);
        assertThat(received).isEmpty();
    }

    @Test
    void keepsWhoAskedForWhatAndNeverAboutWhichDocument() {
        use("/ask");
        ask();
        registers.use(Register.CIVIL, null);
        ask();

        List<String> kept = walk.jdbc.sql("""
                        select case_code || ' ' || subject_id || ' ' || by_account || ' ' || (details ->> 'purpose') || ' '
                               || (details ->> 'answer')
                          from activity where action = 'register.asked' order by id
                        """).query(String.class).list();
        UserId agent = desk.agent();
        assertThat(kept)
                .containsExactly(
                        visit.code() + " civil " + agent + " attention found",
                        visit.code() + " civil " + agent + " attention not-set-up");
        assertThat(walk.jdbc
                        .sql("select string_agg(a::text, ' ') from activity a where action = 'register.asked'")
                        .query(String.class)
                        .single())
                .doesNotContain("40123456");
    }

    @Test
    void aTableAnswersWhereNothingCanBeAsked() throws IOException {
        assertThat(ask()).isEqualTo(new RegisterAnswer.NotSetUp());

        load(
                "document;givenName;familyName;note;shoe\n40123456;Teresa;\"Ccori; Mendoza\";\"dice \"\"hola\"\"\";38\n\n");

        assertThat(ask())
                .isEqualTo(new RegisterAnswer.Found(
                        Map.of("givenName", "Teresa", "familyName", "Ccori; Mendoza", "note", "dice \"hola\"")));
        assertThat(registers.ask(Register.CIVIL, desk.project(), visit.code(), "99999999", desk.agent()))
                .isEqualTo(new RegisterAnswer.NotFound());
        assertThat(registers.ask(Register.BENEFICIARY, desk.project(), visit.code(), "40123456", desk.agent()))
                .isEqualTo(new RegisterAnswer.NotSetUp());
    }

    @Test
    void aNewFileReplacesTheOneBefore() throws IOException {
        assertThat(load("document,givenName\r\n1111,Ana\r\n2222,Luz\r\n")).isEqualTo(2);
        assertThat(load("\uFEFFdocument,givenName\n4012.3456,Teresa\n4012 3456,Tere\n"))
                .isEqualTo(1);

        assertThat(ask()).isEqualTo(new RegisterAnswer.Found(Map.of("givenName", "Tere")));
        assertThat(tables.stand(Register.CIVIL, desk.project().id()).entries()).isEqualTo(1);
    }

    @Test
    void refusesAFileWithoutDocuments() {
        assertThatThrownBy(() -> load("name\nTeresa\n")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> load("")).isInstanceOf(Problem.class);
    }

    private int load(String csv) throws IOException {
        return tables.load(Register.CIVIL, desk.project().id(), new StringReader(csv), desk.supervisor());
    }

    private void use(String path) {
        use(path, PATIENCE);
    }

    private void use(String path, Duration patience) {
        registers.use(
                Register.CIVIL,
                new RegisterOverHttp(
                        Register.CIVIL,
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                        "secret",
                        patience,
                        json));
    }

    private RegisterAnswer ask() {
        return registers.ask(Register.CIVIL, desk.project(), visit.code(), "40123456", desk.agent());
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
