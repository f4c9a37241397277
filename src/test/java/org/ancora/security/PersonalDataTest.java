package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.process.Clockwork;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * Attack 27: a case is lived through and everything that can go wrong with it is made to go wrong; then its name, numbers,
 * addresses and notes are looked for wherever they do not belong.
 */
@AncoraTest
class PersonalDataTest {

    private static final String NOBODY = "{\"mainOutcome\":\"no-answer\",\"furtherChannel\":\"sms\","
            + "\"furtherSending\":\"written\",\"when\":\"2026-11-23T09:10\",\"note\":\"keeps a parrot\"}";

    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @LocalServerPort
    private int port;

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private Letters letters;

    @Autowired
    private TestInbox inbox;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectProvider<MeterRegistry> metrics;

    private Level before;
    private Lived lived;

    /** The product writes at INFO and above unless an operator asks for more; that is what is listened to. */
    @BeforeEach
    void listen() {
        before = root.getLevel();
        root.setLevel(Level.INFO);
        written.start();
        root.addAppender(written);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(written);
        root.setLevel(before);
    }

    @Test
    void isFoundNowhereButWhereItBelongs() throws Exception {
        lived = household.live();
        List<String> pages = new ArrayList<>();
        pages.addAll(everythingThatGoesWrong());
        mailThatIsRefused();
        household.complete(lived.task(), lived.worker(), NOBODY);
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(40)));

        assertThat(everyWord("public"))
                .as("it was there to be found")
                .contains("Zorabelle")
                .contains("keeps a parrot");
        LoggerFactory.getLogger("org.ancora.test").info("A canary named {}", "Canaria");
        assertThat(log()).as("the log is listened to").contains("Canaria", "answered 400");
        nothingIn("the log", log());
        nothingIn("the tables of the engine", everyWord("engine"));
        nothingIn("the pages that say what went wrong", String.join("\n", pages));
        nothingIn("titles and addresses", titlesAndAddresses());
        nothingIn("metrics", measured());
        nothingIn("names of sign-in attempts", everyRow("sign_in_throttle"));
        nothingIn("notices, which travel by e-mail", everyRow("notice"));
        nothingIn("the activity log's codes", everyRow("activity"));
        nothingIn("the read log", everyRow("read_access"));
        nothingIn("work items", everyRow("work_item"));
    }

    /** Provoked failures, each with something personal in the request or in the record. */
    private List<String> everythingThatGoesWrong() throws Exception {
        List<String> answers = new ArrayList<>();
        String complete = "/tasks/" + lived.task() + "/complete";
        for (String body : List.of(
                "{\"note\":\"keeps a parrot\",",
                "{\"note\":\"keeps a parrot\",\"note\":\"keeps a parrot\"}",
                "[\"keeps a parrot\"]",
                "{\"Zorabelle Quimbleworth\":1}",
                "{\"note\":{\"keeps a parrot\":\"keeps a parrot\"}}",
                "{\"when\":\"Zorabelle\",\"mainOutcome\":\"Zorabelle\"}")) {
            answers.add(error(post(complete).content(body).contentType("application/json"), lived.worker()));
            answers.add(error(
                    post(complete.replace("complete", "draft")).content(body).contentType("application/json"),
                    lived.worker()));
        }
        for (String path : List.of(
                "/notices?before=Zorabelle",
                "/cases?status=Zorabelle",
                "/cases?assigned=Zorabelle",
                "/cases?after=Zorabelle",
                "/search?q=Zorabelle",
                "/tasks?text=Zorabelle&project=Zorabelle&after=Zorabelle",
                "/letters/" + lived.letter() + ".pdf?save=Zorabelle",
                "/p/york/cases?q=keeps+a+parrot&status=keeps+a+parrot")) {
            MockHttpServletResponse answer = web.perform(get(path).with(signedIn(lived.worker())))
                    .andReturn()
                    .getResponse();
            if (answer.getStatus() >= 400) {
                answers.add(answer.getContentAsString(StandardCharsets.UTF_8));
            }
        }
        // The database refuses a row, and its reason quotes it.
        jdbc.sql("alter table case_flag add constraint provoked check (note not like '%parrot%') not valid")
                .update();
        try {
            answers.add(error(
                    post("/cases/" + lived.code() + "/flags")
                            .param("kind", "safeguarding")
                            .param("note", "keeps a parrot"),
                    lived.worker()));
        } finally {
            jdbc.sql("alter table case_flag drop constraint provoked").update();
        }
        // A unique index quotes the value that was there already.
        jdbc.sql("create unique index provoked on support_contact (name)").update();
        try {
            answers.add(error(
                    post("/cases/" + lived.code() + "/support-contacts/new").param("name", "Oswaldine"),
                    lived.worker()));
        } finally {
            jdbc.sql("drop index provoked").update();
        }
        HttpVisitor browser = new HttpVisitor(port);
        browser.signIn("Zorabelle", "keeps a parrot");
        browser.signIn("z.quimble@example.org", "keeps a parrot");
        answers.add(browser.get("/nowhere?q=Zorabelle").body());
        answers.add(browser.send(
                        "POST",
                        "/sign-in",
                        "name=Zorabelle%zz&password=%".getBytes(StandardCharsets.UTF_8),
                        "Content-Type: application/x-www-form-urlencoded")
                .body());
        return answers;
    }

    private String error(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        MockHttpServletResponse answer = web.perform(request.with(signedIn(who)).with(csrf()))
                .andReturn()
                .getResponse();
        // What is only to be corrected keeps what was typed; that page is the typist's own.
        return answer.getStatus() == 422 ? "" : answer.getContentAsString(StandardCharsets.UTF_8);
    }

    /** A server that quotes whom it refuses, as most do. */
    private void mailThatIsRefused() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread post = new Thread(() -> refuse(server), "refusing-mail");
            post.setDaemon(true);
            post.start();
            inbox.open();
            inbox.sendTo(server.getLocalPort());
            letters.send(new NewLetter(
                    new LetterKind("engagement", "no-contact"),
                    lived.code(),
                    RecipientKind.CLIENT,
                    Channel.EMAIL,
                    Map.of("answerBy", "Monday"),
                    "refused",
                    lived.worker()));
            clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));
            assertThat(jdbc.sql("select detail from message where channel = 'email' and detail is not null")
                            .query(String.class)
                            .list())
                    .as("the refusal was heard")
                    .anySatisfy(detail -> assertThat(detail).contains("550"));
        } finally {
            inbox.close();
        }
    }

    private static void refuse(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                OutputStream out = socket.getOutputStream();
                out.write("220 here\r\n".getBytes(StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String answer = line.startsWith("RCPT")
                            ? "550 5.1.1 " + line.substring(8) + " Zorabelle Quimbleworth does not live here"
                            : line.startsWith("QUIT") ? "221 bye" : "250 ok";
                    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException gone) {
                // The next one, or the end of the test.
            }
        }
    }

    private String log() {
        StringBuilder all = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(written.list)) {
            all.append(event.getLoggerName())
                    .append(' ')
                    .append(event.getFormattedMessage())
                    .append(event.getMDCPropertyMap())
                    .append('\n');
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                all.append("  ")
                        .append(cause.getClassName())
                        .append(": ")
                        .append(cause.getMessage())
                        .append('\n');
                for (IThrowableProxy beside : cause.getSuppressed()) {
                    all.append("  ").append(beside.getMessage()).append('\n');
                }
            }
        }
        return all.toString();
    }

    private String titlesAndAddresses() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String path : List.of(
                "/",
                "/tasks?tab=team",
                "/cases",
                "/p/york",
                "/cases/" + lived.code(),
                "/cases/" + lived.code() + "/activity",
                "/cases/" + lived.code() + "/consents",
                "/letters/" + lived.letter(),
                "/print",
                "/notices",
                "/tasks/" + lived.task())) {
            MockHttpServletResponse answer = web.perform(get(path).with(signedIn(lived.worker())))
                    .andReturn()
                    .getResponse();
            Document page = Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
            all.append(page.title()).append('\n');
            for (String attribute :
                    List.of("href", "src", "action", "hx-get", "hx-post", "data-url", "data-submit-url")) {
                for (Element element : page.select("[" + attribute + "]")) {
                    // A number to be called and an address to be written to are what such a link is for.
                    if (!element.attr(attribute).matches("(tel|sms|mailto):.*")) {
                        all.append(element.attr(attribute)).append('\n');
                    }
                }
            }
            answer.getHeaderNames()
                    .forEach(name -> all.append(answer.getHeaderValues(name)).append('\n'));
        }
        assertThat(all.toString()).contains("/cases/" + lived.code());
        return all.toString();
    }

    private String measured() {
        StringBuilder all = new StringBuilder();
        metrics.stream().forEach(registry -> registry.getMeters()
                .forEach(meter -> all.append(meter.getId()).append('\n')));
        return all.toString();
    }

    private String everyRow(String table) {
        return String.join(
                "\n",
                jdbc.sql("select t::text from " + table + " t")
                        .query(String.class)
                        .list());
    }

    /** Every text in every column of every table, bytes included. */
    private String everyWord(String schema) {
        List<String> words = new ArrayList<>();
        for (String column :
                jdbc.sql("""
                        select format(case data_type when 'bytea' then 'select encode(%1$I, ''escape'') from %2$I.%3$I'
                                                     else 'select %1$I::text from %2$I.%3$I' end
                                      || ' where %1$I is not null', column_name, table_schema, table_name)
                          from information_schema.columns join information_schema.tables using (table_schema, table_name)
                         where table_schema = :schema and table_type = 'BASE TABLE'
                           and data_type in ('character varying', 'text', 'jsonb', 'json', 'bytea', 'ARRAY', 'character')
                        """).param("schema", schema).query(String.class).list()) {
            words.addAll(jdbc.sql(column).query(String.class).list());
        }
        return String.join("\n", words);
    }

    private static void nothingIn(String where, String words) {
        for (String secret : Household.SECRETS) {
            int at = words.indexOf(secret);
            assertThat(at)
                    .as(
                            "%s holds “%s”: %s",
                            where,
                            secret,
                            at < 0 ? "" : words.substring(Math.max(0, at - 300), Math.min(words.length(), at + 100)))
                    .isNegative();
        }
    }
}
