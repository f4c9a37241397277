package org.ancora.attention.complaint;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.Destination;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.complaint.ComplaintWalks.Team;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.ExtraDay;
import org.ancora.time.VirtualClock;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The pages of complaints as browsers get them. */
@AncoraTest
class ComplaintPagesTest {

    private static final Map<String, String> TYPED = Map.of(
            "kind", "complaint",
            "motive", "No me pagaron en octubre.",
            "givenName", "Rosa",
            "familyName", "Huamán",
            "email", "rosa@example.org");

    @Autowired
    ComplaintWalks walks;

    @Autowired
    MockMvc mvc;

    @Autowired
    Projects projects;

    @Autowired
    CalendarMoves moves;

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void speakThreeLanguages(String language) throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.byEmail();
        for (String path : List.of(
                "/complaints",
                "/complaints/" + rosa.number(),
                "/complaints/" + rosa.number() + "/stop",
                "/complaints/" + rosa.number() + "/redirect",
                "/p/ayacucho/complaints/new",
                "/tasks/" + rosa.task("route").id())) {
            String page = ok(in(language, get(path).with(signedIn(team.agent()))));
            assertThat(Jsoup.parse(page).text()).as(path).doesNotContain("??");
        }
        for (String path : List.of("/complain/ayacucho", "/complain/ayacucho/received")) {
            assertThat(Jsoup.parse(ok(in(language, get(path)))).text()).as(path).doesNotContain("??");
        }
    }

    @Test
    void showThePromiseWithItsReasonsAndWhatMayBeDone() throws Exception {
        Walk rosa = walks.inPeru().byEmail();

        String page = ok(in(
                "en",
                get("/complaints/" + rosa.number()).with(signedIn(rosa.team().agent()))));

        assertThat(Jsoup.parse(page).text())
                .contains("Answer by Fri 8 Jan 2027", "Why this date?", "Rosa Huamán", "No me pagaron en octubre.")
                .contains("Stop the clock", "Withdraw")
                .doesNotContain("Take more time");
    }

    @Test
    void sayHowSomebodyLearnsAnythingWithoutEmailAndAddressAndThatNobodyHasItYet() throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.register(
                PetitionChannel.LETTERBOX, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "");

        Document whole =
                Jsoup.parse(ok(in("es", get("/complaints/" + rosa.number()).with(signedIn(team.agent())))));
        String page = whole.text();
        String list = Jsoup.parse(ok(in("es", get("/complaints").with(signedIn(team.agent())))))
                .text();

        assertThat(page)
                .contains("lo que deba saber se le dice por teléfono, al 966555014.", "Responde aún nadie")
                .doesNotContain("toda la unidad", "Aún no se ha escrito nada");
        assertThat(whole.select("a[href=tel:966555014]").text()).isEqualTo("966555014");
        assertThat(list).contains("aún nadie").doesNotContain("toda la unidad");
        assertThat(Jsoup.parse(ok(in(
                                "es",
                                get("/complaints/" + rosa.routed().number()).with(signedIn(team.agent())))))
                        .text())
                .contains("Responde toda la unidad");
    }

    /** An acknowledgement that nobody printed neither holds the answer up nor is said to be in the post with it. */
    @Test
    void theAnswerIsPostedByItself() throws Exception {
        Walk rosa = walks.inPeru().byPost().routed().written().approved();
        UserId rita = walks.fixtures.aPerson("Rita Falk", rosa.team().project(), Role.RECEPTION);
        String lies = "complaint-acknowledged queued";

        mvc.perform(post("/print/posted")
                        .param("letter", String.valueOf(letter(rosa, "complaint-answer")))
                        .with(signedIn(rita))
                        .with(csrf()))
                .andReturn();

        assertThat(rosa.open()).containsExactly("confirm");
        assertThat(rosa.complaint().answeredAt()).isNotNull();
        assertThat(rosa.mails()).containsExactly(lies, "complaint-answer posted");

        Walk byHand = rosa.team().byPost().routed().written().approved();
        byHand.finish("post-answer", byHand.team().agent(), Map.of("posted", true));
        assertThat(byHand.mails()).containsExactly(lies, "complaint-answer posted");
    }

    private long letter(Walk walk, String kind) {
        return walks.jdbc
                .sql("select letter_id from message where case_code = :number and kind = :kind")
                .param("number", walk.number())
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    @Test
    void leafThroughManyWithoutLosingOrRepeatingOne() throws Exception {
        Team team = walks.inPeru();
        for (int i = 0; i < ComplaintList.PAGE + 3; i++) {
            team.byEmail();
        }
        String first = ok(in("en", get("/complaints").with(signedIn(team.agent()))));
        String next = Jsoup.parse(first).selectFirst("nav.paging a").attr("href");
        String second = ok(in("en", get(URI.create(next)).with(signedIn(team.agent()))));

        List<String> numbers = new ArrayList<>(numbers(first));
        assertThat(numbers).hasSize(ComplaintList.PAGE);
        numbers.addAll(numbers(second));
        assertThat(numbers).hasSize(ComplaintList.PAGE + 3).doesNotHaveDuplicates();
        assertThat(Jsoup.parse(first).select(".pill .n").eachText()).containsExactly("53", "0", "0", "0");
    }

    @Test
    void theUnitSeesWhatWasRoutedToItAndNothingBefore() throws Exception {
        Walk rosa = walks.inPeru().byEmail();
        UserId unit = rosa.team().unit();
        assertThat(status(get("/complaints/" + rosa.number()).with(signedIn(unit))))
                .isEqualTo(404);

        rosa.routed();

        assertThat(status(get("/complaints/" + rosa.number()).with(signedIn(unit))))
                .isEqualTo(200);
        assertThat(ok(get("/complaints").with(signedIn(unit)))).contains(rosa.number());
        UserId caseworker = walks.fixtures.aPerson("Otra Persona", rosa.team().project(), Role.CASEWORKER);
        assertThat(status(get("/complaints/" + rosa.number()).with(signedIn(caseworker))))
                .isEqualTo(404);
    }

    @Test
    void anAgentRegistersALetterAndAttachesIt() throws Exception {
        Team team = walks.inPeru();
        UserId agent = team.agent();
        Map<String, String> typed = new HashMap<>(TYPED);
        typed.putAll(Map.of(
                "channel", "letterbox",
                "level", "local",
                "destination", "central-unit",
                "office", walks.offices.home(team.project()).id().value(),
                "language", "es",
                "address", "Jr. Cusco 45, Ayacucho"));
        MockHttpServletRequestBuilder request = post("/p/ayacucho/complaints/new");
        typed.forEach(request::param);
        String place = answer(request.with(signedIn(agent))).getRedirectedUrl();
        assertThat(place).startsWith("/complaints/");
        Petition petition = walks.petitions.byNumber(place.substring("/complaints/".length()));
        assertThat(petition.channel()).isEqualTo(PetitionChannel.LETTERBOX);

        for (int press = 0; press < 2; press++) {
            assertThat(upload(
                            place,
                            "carta.pdf",
                            "%PDF-1.4\n%âãÏÓ\n1 0 obj\n".getBytes(StandardCharsets.ISO_8859_1),
                            agent))
                    .isEqualTo(200);
        }
        assertThat(upload(
                        place,
                        "carta.pdf",
                        "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8),
                        agent))
                .isEqualTo(400);
        assertThat(upload(place, "carta.exe", new byte[] {'M', 'Z', 0, 0}, agent))
                .isEqualTo(400);
        String page = ok(get(place).with(signedIn(agent)));
        assertThat(Jsoup.parse(page).select("a[download]").eachText())
                .hasSize(1)
                .first()
                .asString()
                .contains("carta.pdf");
        String file = Jsoup.parse(page).selectFirst("a[download]").attr("href");
        MockHttpServletResponse download = answer(get(file).with(signedIn(agent)));
        assertThat(download.getHeader("Content-Disposition")).startsWith("attachment");

        request = post("/p/ayacucho/complaints/new");
        typed.remove("motive");
        typed.forEach(request::param);
        MockHttpServletResponse wrong = answer(request.with(signedIn(agent)));
        assertThat(wrong.getStatus()).isEqualTo(400);
        assertThat(wrong.getContentAsString()).contains("Jr. Cusco 45, Ayacucho");
    }

    /** An e-mail as programs save it: whatever it begins with, and whatever is in it, it comes back byte for byte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Delivered-To: agente@ayacucho.example\r\nReceived: by 2002:a05:6214:1 with SMTP id x1\r\n",
                "Return-Path: <rosa@example.org>\r\nX-Original-To: agente@ayacucho.example\r\n",
                "ARC-Seal: i=1; a=rsa-sha256; d=example.org; s=arc\r\nARC-Message-Signature: i=1\r\n",
                "X-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\n",
                "MIME-Version: 1.0\r\n",
                "\uFEFFFrom: Rosa <rosa@example.org>\r\n",
            })
    void theOriginalOfAnEmailComesBackUnchanged(String first) throws Exception {
        Team team = walks.inPeru();
        UserId agent = team.agent();
        String place = "/complaints/" + team.byEmail().number();
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.write(first.getBytes(StandardCharsets.UTF_8));
        mail.write(
                ("From: Rosa Quispe <rosa@example.org>\r\nTo: agente@ayacucho.example\r\nSubject: =?UTF-8?Q?Pago?=\r\n"
                                + "Date: Mon, 23 Nov 2026 09:12:00 -0500\r\nMessage-ID: <1@example.org>\r\n"
                                + "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n"
                                + "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                                + "<html><head><title>Pago</title></head><body><p>No me pagaron, señor.</p></body></html>\r\n"
                                + "--b\r\nContent-Type: application/octet-stream; name=\"foto.jpg\"\r\n"
                                + "Content-Transfer-Encoding: binary\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        for (int each = 0; each < 256; each++) {
            mail.write(each);
        }
        mail.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(upload(place, "Pago de octubre.eml", mail.toByteArray(), agent))
                .isEqualTo(200);

        Document page = Jsoup.parse(ok(get(place).with(signedIn(agent))));
        assertThat(page.select("section[aria-labelledby=matter] a[download]").text())
                .contains("Pago de octubre.eml");
        MockHttpServletResponse file =
                answer(get(page.selectFirst("a[download]").attr("href")).with(signedIn(agent)));
        assertThat(file.getContentAsByteArray()).isEqualTo(mail.toByteArray());
        assertThat(file.getContentType()).startsWith("message/rfc822");
        assertThat(file.getHeader("Content-Disposition"))
                .startsWith("attachment")
                .contains("Pago%20de%20octubre.eml");
    }

    @Test
    void anybodyComplainsOnThePublicPageAndGetsANumber() throws Exception {
        Team team = walks.inPeru();
        MockHttpServletResponse sent = send("10.0.0.1", TYPED);

        assertThat(sent.getRedirectedUrl()).isEqualTo("/complain/ayacucho/received");
        Petition petition = only(team);
        assertThat(petition.channel()).isEqualTo(PetitionChannel.WEB);
        assertThat(petition.registeredBy()).isNull();
        walks.clockwork.runDueJobs();
        Walk person = new Walk(team, petition.number());
        assertThat(person.letters()).containsExactly("complaint-acknowledged email");
        // Whoever left no number is not promised a call.
        assertThat(person.routed().written().approved().text("complaint-answer"))
                .contains("Si algo no está claro, o si no está conforme, llámenos: puede apelar")
                .doesNotContain("Le llamaremos");
    }

    /** The receipt on the screen: the same however often it is loaded, for this browser alone, and with nothing in its address. */
    @ParameterizedTest
    @CsvSource({
        "es, email, viernes 8 de enero de 2027, Recibirá nuestra respuesta por correo electrónico",
        "en, phone, Friday 8 January 2027, We call you with our answer",
        "it, address, venerdì 8 gennaio 2027, Riceverà la nostra risposta per lettera",
    })
    void whoeverSentItHasTheReceiptOnTheScreen(String language, String way, String promised, String next)
            throws Exception {
        Team team = walks.inPeru();
        Map<String, String> typed = new HashMap<>(TYPED);
        typed.remove("email");
        typed.put(
                way,
                switch (way) {
                    case "email" -> "rosa@example.org";
                    case "phone" -> "966 555 014";
                    default -> "Jr. Cusco 45, Ayacucho";
                });

        MockHttpServletResponse sent = send("10.0.0.7", typed);

        assertThat(sent.getRedirectedUrl()).isEqualTo("/complain/ayacucho/received");
        Cookie[] browser = sent.getCookies();
        String number = only(team).number();
        List<String> looks = new ArrayList<>();
        for (int look = 0; look < 3; look++) {
            MockHttpServletResponse receipt =
                    answer(in(language, get("/complain/ayacucho/received")).cookie(browser));
            assertThat(receipt.getHeader("Cache-Control")).contains("no-store");
            looks.add(Jsoup.parse(receipt.getContentAsString(StandardCharsets.UTF_8))
                    .select("main")
                    .text());
        }
        assertThat(looks.stream().distinct()).hasSize(1);
        assertThat(looks.get(0)).as("nobody was named").doesNotContain("no lo ve", "does not see it", "non lo vede");
        assertThat(looks.get(0))
                .contains(
                        number, promised, next, walks.petitions.link(only(team).id()))
                .doesNotContain("Rosa", "rosa@", "966", "Cusco", "No me pagaron");
        Document page =
                Jsoup.parse(ok(in(language, get("/complain/ayacucho/received")).cookie(browser)));
        assertThat(page.select("button[data-print]")).hasSize(1);
        assertThat(page.select("a[href=" + walks.petitions.link(only(team).id()) + "]"))
                .hasSize(1);
        assertThat(Jsoup.parse(ok(in(language, get("/complain/ayacucho/received"))))
                        .select("main")
                        .text())
                .as("another browser")
                .doesNotContain(number, promised);
        assertThat(walks.petitions.newest(team.project(), walks.fixtures.viewer(team.agent()), 10))
                .hasSize(1);
    }

    /** Only where somebody was named is there anybody of whom to say that they do not see it. */
    @ParameterizedTest
    @CsvSource({"es, no lo ve", "en, does not see it", "it, non lo vede"})
    void theReceiptSaysWhoDoesNotSeeItWhereSomebodyWasNamed(String language, String words) throws Exception {
        walks.inPeru();
        Map<String, String> typed = new HashMap<>(TYPED);
        typed.put("whom", "Juan de la ventanilla");

        Cookie[] browser = send("10.0.0.7", typed).getCookies();

        assertThat(Jsoup.parse(ok(
                                in(language, get("/complain/ayacucho/received")).cookie(browser)))
                        .select("main")
                        .text())
                .contains(words)
                .doesNotContain("Juan");
    }

    @Test
    void thePublicPageKeepsWhatWasTypedAndRefusesRobots() throws Exception {
        Team team = walks.inPeru();

        MockHttpServletResponse nothing = send("10.0.0.2", Map.of("kind", "complaint", "givenName", "Rosa <b>"));
        assertThat(nothing.getStatus()).isEqualTo(400);
        assertThat(nothing.getContentAsString()).contains("Rosa &lt;b&gt;").contains("error-summary");
        Map<String, String> robot = new HashMap<>(TYPED);
        robot.put("website", "https://spam.example");
        assertThat(send("10.0.0.2", robot).getStatus()).isEqualTo(400);
        assertThat(answer(post("/complain/ayacucho").param("kind", "complaint").with(request -> request))
                        .getStatus())
                .isEqualTo(400);
        MockHttpServletRequestBuilder forged = post("/complain/ayacucho");
        TYPED.forEach(forged::param);
        MockHttpServletResponse without = mvc.perform(forged).andReturn().getResponse();
        assertThat(without.getForwardedUrl()).isEqualTo("/complain/ayacucho");
        assertThat(without.getRedirectedUrl()).isNull();
        assertThat(status(get("/complain/nowhere"))).isEqualTo(404);
        assertThat(walks.petitions.newest(team.project(), team.byEmail().viewer(team.agent()), 10))
                .hasSize(1);
    }

    /** Pressed twice, or sent again after the way back: one petition, and both hear its number; other words are another. */
    @Test
    void sendingTheSameFormAgainRegistersNothingMore() throws Exception {
        Team team = walks.inPeru();
        for (String page : List.of("/complain/ayacucho", "/p/ayacucho/complaints/new")) {
            boolean anonymous = page.startsWith("/complain/");
            MockHttpServletRequestBuilder blank = get(page);
            Document form = Jsoup.parse(ok(anonymous ? blank : blank.with(signedIn(team.agent()))));
            Map<String, String> typed = new HashMap<>(TYPED);
            typed.put("requestKey", form.select("input[name=requestKey]").val());
            if (!anonymous) {
                typed.putAll(Map.of(
                        "channel", "letterbox",
                        "level", "local",
                        "destination", "regional-team",
                        "language", "es",
                        "office", walks.offices.home(team.project()).id().value()));
            }
            int before = walks.petitions
                    .newest(team.project(), walks.fixtures.viewer(team.agent()), 10)
                    .size();

            for (String motive : List.of("No me pagaron.", "No me pagaron.", "Otra cosa.")) {
                typed.put("motive", motive);
                MockHttpServletRequestBuilder request = post(page);
                typed.forEach(request::param);
                assertThat(status(anonymous ? request : request.with(signedIn(team.agent()))))
                        .as(page)
                        .isEqualTo(302);
            }

            assertThat(walks.petitions.newest(team.project(), walks.fixtures.viewer(team.agent()), 10))
                    .as(page)
                    .hasSize(before + 2);
        }
    }

    /** Whoever has two numbers reads behind each which one the other is, and nothing else about the other. */
    @Test
    void theStatusPageNamesTheAppealAndWhatWasMerged() throws Exception {
        Team team = walks.inPeru();
        Walk first = team.byEmail();
        Walk copy = team.byEmail();
        twice(copy, "merge", team.agent(), Map.of("other", first.number(), "text", "Dice lo mismo."));
        walks.clockwork.runDueJobs();
        assertThat(statusOf(first, "es")).doesNotContain(copy.number(), "apelación");
        assertThat(statusOf(copy, "es"))
                .contains("Se responde junto con otra. El número de esa otra es " + first.number()
                        + ". La tenemos y buscamos quién la responde."
                        + " Recibirá respuesta a más tardar el viernes 8 de enero de 2027.");
        act("/complaints/" + first.number() + "/stop", team.agent(), "Copia del DNI", "2026-11-30");
        walks.clockwork.runDueJobs();
        assertThat(statusOf(copy, "es")).contains("Esperamos algo de usted").doesNotContain("Recibirá respuesta");
        walks.clockwork.moveTo(walks.clock.instant().plus(Duration.ofDays(2)));
        first.finish("await-information", team.agent(), Map.of("arrived", "yes"));
        assertThat(statusOf(first, "es")).contains("estuvo detenido, porque esperábamos algo de usted.");

        Walk appeal = appeal(first.routed().written().approved().confirmed());

        for (Map.Entry<String, List<String>> each : Map.of(
                        "en",
                                List.of(
                                        "Your appeal has a number of its own: ",
                                        "This is your appeal against the answer to "),
                        "es",
                                List.of(
                                        "Su apelación tiene un número propio: ",
                                        "Esta es su apelación contra la respuesta a "),
                        "it",
                                List.of(
                                        "Il Suo ricorso ha un numero proprio: ",
                                        "Questo è il Suo ricorso contro la risposta a "))
                .entrySet()) {
            assertThat(statusOf(first, each.getKey()))
                    .contains(each.getValue().get(0) + appeal.number() + ".")
                    .doesNotContain("Huamán", "Octubre", copy.number());
            assertThat(statusOf(appeal, each.getKey()))
                    .contains(each.getValue().get(1) + first.number() + ".")
                    .doesNotContain("Huamán", "Octubre");
        }
    }

    /** What another was merged with may be merged again: the number and the day are those of the one that is answered. */
    @Test
    void theStatusPageNamesTheOneThatIsAnsweredAfterTwoMerges() throws Exception {
        Team team = walks.inPeru();
        Walk first = team.byEmail();
        Walk second = team.byEmail();
        Walk last = team.byEmail();
        walks.complaints.merge(first.number(), second.number(), "Lo mismo", first.viewer(team.agent()));
        walks.complaints.merge(second.number(), last.number(), "Lo mismo", second.viewer(team.agent()));
        walks.clockwork.runDueJobs();

        for (Walk each : List.of(first, second)) {
            assertThat(statusOf(each, "es"))
                    .contains("El número de esa otra es " + last.number()
                            + ". La tenemos y buscamos quién la responde."
                            + " Recibirá respuesta a más tardar el viernes 8 de enero de 2027.");
        }
        assertThat(statusOf(first, "es")).doesNotContain(second.number());
    }

    private String statusOf(Walk walk, String language) throws Exception {
        return text(
                language,
                get(walks.petitions.link(walks.petitions.byNumber(walk.number()).id())));
    }

    /** What the person sees behind their link: a day only while one is promised. */
    @Test
    void theStatusPageSaysHowFarItIsAtEveryStage() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed();
        String link =
                walks.petitions.link(walks.petitions.byNumber(rosa.number()).id());
        String promised = "Recibirá respuesta a más tardar el viernes 8 de enero de 2027.";
        assertThat(Jsoup.parse(ok(in("es", get(link)))).text()).contains("Se prepara la respuesta", promised);

        act("/complaints/" + rosa.number() + "/stop", rosa.team().agent(), "Copia del DNI", "2026-11-30");
        assertThat(Jsoup.parse(ok(in("es", get(link)))).text())
                .contains(
                        "Esperamos algo de usted",
                        "si no lo sabe, llámenos",
                        "el plazo de nuestra respuesta está detenido")
                .doesNotContain("Recibirá respuesta");
        walks.clockwork.runDueJobs();
        rosa.finish("await-information", rosa.team().agent(), Map.of("arrived", "yes"));
        rosa.written().approved().confirmed();
        assertThat(Jsoup.parse(ok(in("es", get(link)))).text())
                .contains("Respondida")
                .doesNotContain("Recibirá respuesta");

        Instant ended = Objects.requireNonNull(rosa.complaint().endedAt());
        rosa.moveTo(ended.plus(180, ChronoUnit.DAYS));
        assertThat(ok(in("es", get(link)))).contains("Respondida");
        rosa.moveTo(ended.plus(181, ChronoUnit.DAYS));
        for (Map.Entry<String, String> each : Map.of(
                        "en", "until 180 days after its end",
                        "es", "hasta 180 días después",
                        "it", "fino a 180 giorni dopo")
                .entrySet()) {
            MockHttpServletResponse closed = answer(in(each.getKey(), get(link)));
            assertThat(closed.getStatus()).isEqualTo(410);
            assertThat(Jsoup.parse(closed.getContentAsString()).text())
                    .contains(each.getValue(), "0800 400 04")
                    .doesNotContain(rosa.number(), "Respondida", "??", "Ayacucho", "Huamán");
        }
    }

    /** A holiday added later: the page and the public page say the new day, the one before, and why. */
    @Test
    void sayThatAHolidayMovedTheDay() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed();
        String link =
                walks.petitions.link(walks.petitions.byNumber(rosa.number()).id());
        String path = "/complaints/" + rosa.number();
        assertThat(text("es", get(link))).doesNotContain("Antes era");

        projects.addExtraDay(
                rosa.team().project().id(),
                new ExtraDay(
                        LocalDate.parse("2026-12-24"),
                        true,
                        Map.of("en", "Census day", "es", "Día del censo", "it", "Giorno del censimento")));
        moves.begin(rosa.team().project().id(), rosa.team().supervisor());
        walks.clockwork.runDueJobs();

        Map<String, List<String>> said = Map.of(
                "en",
                List.of(
                        "Monday 11 January 2027",
                        "Before, it was Friday 8 January 2027.",
                        "Thursday 24 December 2026 became a day off (Census day) and does not count."),
                "es",
                List.of(
                        "lunes 11 de enero de 2027",
                        "Antes era el viernes 8 de enero de 2027.",
                        "El jueves 24 de diciembre de 2026 pasó a ser no laborable (Día del censo) y no se cuenta."),
                "it",
                List.of(
                        "lunedì 11 gennaio 2027",
                        "Prima era venerdì 8 gennaio 2027.",
                        "Non si conta giovedì 24 dicembre 2026, diventato non lavorativo (Giorno del censimento)."));
        for (Map.Entry<String, List<String>> each : said.entrySet()) {
            assertThat(text(each.getKey(), get(link))).contains(each.getValue());
            String page =
                    text(each.getKey(), get(path).with(signedIn(rosa.team().agent())));
            assertThat(page).contains(each.getValue().subList(1, 3)).doesNotContain("??");
        }
        assertThat(text("en", get(path).with(signedIn(rosa.team().agent())))).contains("Answer by Mon 11 Jan 2027");
        // Answered, the day is nobody's news any more.
        rosa.written().approved();
        assertThat(text("es", get(link))).doesNotContain("Antes era", "pasó a ser");
    }

    /** Every span in which the clock stood still, with why and both dates; and the last day with all of them. */
    @Test
    void showEverySpanInWhichTheClockStoodStill() throws Exception {
        Walk rosa = walks.inPeru().request().routed().moveTo("2026-12-01T10:00");
        String path = "/complaints/" + rosa.number();
        UserId agent = rosa.team().agent();
        act(path + "/stop", agent, "Copia del DNI", "2026-12-15");
        walks.clockwork.runDueJobs();
        assertThat(spans(path, agent)).containsExactly("since Tue 1 Dec 2026 Copia del DNI");
        assertThat(text("en", get(path).with(signedIn(agent))))
                .contains("Until the clock stopped: answer by Fri 8 Jan 2027")
                .doesNotContain("It can be put off");
        rosa.moveTo("2026-12-11T10:00").finish("await-information", agent, Map.of("arrived", "yes"));
        rosa.moveTo("2026-12-16T10:00");
        act(path + "/stop", agent, "El recibo de octubre", "2026-12-22");
        walks.clockwork.runDueJobs();
        rosa.moveTo("2026-12-21T10:00").finish("await-information", agent, Map.of("arrived", "yes"));

        assertThat(spans(path, agent))
                .containsExactly(
                        "from Tue 1 Dec 2026 to Fri 11 Dec 2026 before: Fri 8 Jan 2027, now: Mon 18 Jan 2027"
                                + " Copia del DNI",
                        "from Wed 16 Dec 2026 to Mon 21 Dec 2026 before: Mon 18 Jan 2027, now: Thu 21 Jan 2027"
                                + " El recibo de octubre");
        // Twice 30 business days end on Fri 19 Feb; nine days stood still.
        assertThat(text("en", get(path).with(signedIn(agent))))
                .contains("It can be put off to Thu 4 Mar 2027 at the latest.");
    }

    private List<String> spans(String path, UserId who) throws Exception {
        return Jsoup.parse(ok(in("en", get(path).with(signedIn(who)))))
                .select("section[aria-labelledby=promise] h3 + ul > li")
                .eachText();
    }

    /** Both broken days and the one that is promised now. */
    @Test
    void sayThatTheNewDateIsOverToo() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed().moveTo("2027-01-22T17:00");
        String path = "/complaints/" + rosa.number();
        UserId supervisor = rosa.team().supervisor();

        assertThat(text("en", get(path).with(signedIn(supervisor))))
                .contains(
                        "An answer was promised by Fri 22 Jan 2027 and has not gone out. The person was told the new date:"
                                + " Fri 5 Feb 2027.");
        byte[] receipt = answer(get("/petitions/" + rosa.number() + "/receipt.pdf")
                        .with(signedIn(rosa.team().agent())))
                .getContentAsByteArray();
        try (PDDocument printed = Loader.loadPDF(receipt)) {
            assertThat(new PDFTextStripper().getText(printed))
                    .as("printed now, it promises what holds now")
                    .contains("viernes 5 de febrero de 2027")
                    .doesNotContain("8 de enero de 2027");
        }
        assertThat(Jsoup.parse(ok(in("en", get(path).with(signedIn(supervisor)))))
                        .select("section[aria-labelledby=line] li")
                        .eachText())
                .filteredOn(line -> line.contains("the promised day passed"))
                .hasSize(2);
        for (Map.Entry<String, String> each : Map.of(
                        "en", "the new date Fri 22 Jan, 17:00 is over too",
                        "es", "también pasó la nueva fecha",
                        "it", "è passata anche la nuova data")
                .entrySet()) {
            assertThat(text(each.getKey(), get("/notices").with(signedIn(supervisor))))
                    .contains(rosa.number(), each.getValue())
                    .doesNotContain("??");
        }
        String link =
                walks.petitions.link(walks.petitions.byNumber(rosa.number()).id());
        assertThat(text("es", get(link)))
                .contains("viernes 5 de febrero de 2027")
                .doesNotContain("Antes era");
    }

    /** The table's own count passes the cap: from 7 September 45 calendar days are 32 business days (J-R1). */
    @Test
    void sayThatTheCapWasPromised() throws Exception {
        Team team = walks.inPeru();
        ((VirtualClock) walks.clock).startAt(Instant.parse("2026-09-07T15:00:00Z"));
        Walk rosa = team.toCentralUnit();
        String path = "/complaints/" + rosa.number();

        for (Map.Entry<String, String> each : Map.of(
                        "en", "Counted by the table, the answer would come after the legal cap",
                        "es", "Los días de la tabla habrían superado el tope legal",
                        "it", "I giorni della tabella avrebbero superato il limite legale")
                .entrySet()) {
            assertThat(text(each.getKey(), get(path).with(signedIn(team.agent()))))
                    .contains(each.getValue());
        }
        assertThat(text("en", get(path).with(signedIn(team.agent())))).contains("Answer by Tue 20 Oct 2026");
        Walk other = team.byEmail();
        assertThat(text("en", get("/complaints/" + other.number()).with(signedIn(team.agent()))))
                .doesNotContain("Counted by the table");
    }

    /** What is to be done now comes before everything that is known, as on a phone it must. */
    @Test
    void beginWithWhatIsToBeDone() throws Exception {
        Walk rosa = walks.inPeru().byEmail();
        String path = "/complaints/" + rosa.number();

        Document page =
                Jsoup.parse(ok(in("en", get(path).with(signedIn(rosa.team().agent())))));

        assertThat(page.select("main section[aria-labelledby]").get(0).attr("aria-labelledby"))
                .isEqualTo("tasks");
        assertThat(page.select("section[aria-labelledby=tasks] a").attr("href"))
                .isEqualTo("/tasks/" + rosa.task("route").id());
        assertThat(page.select("section[aria-labelledby=tasks]").text())
                .isEqualTo("What is to be done Route to the unit 2 business days left");
        walks.complaints.withdraw(
                rosa.number(), "Ya le pagaron", rosa.viewer(rosa.team().agent()));
        walks.clockwork.runDueJobs();
        assertThat(Jsoup.parse(ok(get(path).with(signedIn(rosa.team().agent()))))
                        .select("section[aria-labelledby=tasks]"))
                .isEmpty();
    }

    /** While the clock runs, the procedure in words says of the stop that it is yet to come. */
    @Test
    void theOutlineDoesNotSayThatTheClockStoodWhileItRuns() throws Exception {
        Walk rosa = walks.inPeru().byEmail().routed();
        String path = "/monitor/instances/" + rosa.procedure();
        UserId manager = rosa.team().manager();

        for (Map.Entry<String, String> each : Map.of(
                        "en", "Clock stopped Not yet; waited for since",
                        "es", "Plazo detenido Todavía no; se espera desde",
                        "it", "Termine sospeso Non ancora; si attende da")
                .entrySet()) {
            assertThat(text(each.getKey(), get(path).with(signedIn(manager)))).contains(each.getValue());
        }
        act("/complaints/" + rosa.number() + "/stop", rosa.team().agent(), "Copia del DNI", "2026-11-30");
        walks.clockwork.runDueJobs();
        assertThat(text("en", get(path).with(signedIn(manager))))
                .contains("Clock stopped Done")
                .doesNotContain("Clock stopped Not yet");
    }

    /** Why no appeal can be chosen is read where one would choose it. */
    @Test
    void theFormSaysWhyNobodyAppealsAgainstTheHighestLevel() throws Exception {
        Walk rosa = walks.inPeru()
                .reaching(PetitionLevel.NATIONAL)
                .routed()
                .written()
                .approved();
        String path = "/tasks/" + rosa.task("confirm").id();

        for (Map.Entry<String, String> each : Map.of(
                        "en", "it was answered at the highest level; there is none above it",
                        "es", "respondió la instancia más alta; no hay otra superior",
                        "it", "ha risposto il livello più alto; non ce n’è uno superiore")
                .entrySet()) {
            assertThat(ok(in(each.getKey(), get(path).with(signedIn(rosa.team().agent())))))
                    .contains(each.getValue());
        }
    }

    /** Whoever answered before reads why the appeal is not theirs and is not offered it; alone, they read what was promised. */
    @Test
    void theTaskOfAnAppealSaysWhoLeavesItToOthers() throws Exception {
        Team team = walks.inPeru();
        Walk appeal = appealed(team);
        String task = appeal.task("prepare").id();
        String claim = "form[action='/tasks/" + task + "/claim']";

        assertThat(text("es", get("/tasks/" + task).with(signedIn(team.unit()))))
                .contains("para esto no hay nadie más que quienes escribieron o aprobaron");
        assertThat(text("es", get("/tasks/" + task).with(signedIn(team.unit()))))
                .as("whoever answers reads against what")
                .contains("Apelación contra " + appeal.complaint().links().appealOf(), "Se le pagó el 2 de diciembre.");
        UserId celia = walks.fixtures.aPerson("Celia Flores", team.project(), Role.UNIT);
        for (Map.Entry<String, String> each : Map.of(
                        "en", "You wrote or approved the answer against which this is the appeal",
                        "es", "Usted escribió o aprobó la respuesta contra la que se apela",
                        "it", "Lei ha scritto o approvato la risposta contro cui è il ricorso")
                .entrySet()) {
            assertThat(text(each.getKey(), get("/tasks/" + task).with(signedIn(team.unit()))))
                    .contains(each.getValue());
        }
        for (String page : List.of("/tasks/" + task, "/tasks?tab=unassigned")) {
            assertThat(Jsoup.parse(ok(get(page).with(signedIn(celia)))).select(claim))
                    .as(page)
                    .hasSize(1);
            assertThat(Jsoup.parse(ok(get(page).with(signedIn(team.unit())))).select(claim))
                    .as(page)
                    .isEmpty();
        }
        assertThat(status(post("/tasks/" + task + "/claim").with(signedIn(team.unit()))))
                .isEqualTo(409);
        assertThat(Jsoup.parse(ok(get("/tasks/" + task + "/assign").with(signedIn(team.supervisor()))))
                        .select("option")
                        .eachText())
                .contains("Celia Flores")
                .doesNotContain("Ulises Rojas");
    }

    /** What the person said in the call after the answer is read on the page, and an appeal did not come as the complaint did. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Explained again afterwards; the person was not satisfied | as an appeal against an answer | on the web page
            es | Después se le explicó de nuevo; la persona no quedó conforme | como apelación contra una respuesta | en la página web
            it | Poi è stata spiegata di nuovo; la persona non era soddisfatta | come ricorso contro una risposta | dalla pagina web
            """)
    void thePageSaysWhatTheCallAfterTheAnswerCameTo(String language, String said, String came, String cameBefore)
            throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.byEmail().routed().written().approved();
        assertThat(text(language, get(rosa.complaint().path()).with(signedIn(team.agent()))))
                .contains(cameBefore)
                .doesNotContain(said);

        rosa.finish(
                "confirm",
                team.agent(),
                Map.of("reached", "yes", "understood", "no", "satisfied", "appeal", "reason", "Falta octubre."));
        Walk appeal = new Walk(team, walks.rows.appealsOf(rosa.number()).get(0).number());

        assertThat(text(language, get(rosa.complaint().path()).with(signedIn(team.agent()))))
                .contains(said, cameBefore);
        assertThat(text(language, get(appeal.complaint().path()).with(signedIn(team.agent()))))
                .contains(came)
                .doesNotContain(cameBefore, said, "??");
    }

    /** What is ended by hand before anybody called says nothing of a call; what was called in vain says so. */
    @ParameterizedTest
    @CsvSource({"called, true", "withdrawn, false", "merged, false", "redirected, false"})
    void thePageSaysThatNobodyWasReachedOnlyWhereSomebodyCalled(String end, boolean said) throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.byEmail().routed().written().approved();
        Viewer agent = rosa.viewer(team.agent());
        switch (end) {
            case "called" -> rosa.finish("confirm", team.agent(), Map.of("reached", "no"));
            case "withdrawn" -> walks.complaints.withdraw(rosa.number(), "Lo dijo por teléfono", agent);
            case "merged" ->
                walks.complaints.merge(rosa.number(), team.byEmail().number(), "Lo mismo", agent);
            default -> walks.complaints.redirect(rosa.number(), "Banco de la Nación", "Sr. Díaz, 10 h", agent);
        }
        walks.clockwork.runDueJobs();

        assertThat(rosa.ended()).containsExactly(end.equals("called") ? "answered" : end);
        assertThat(text("en", get(rosa.complaint().path()).with(signedIn(team.agent())))
                        .contains("Nobody could be reached afterwards"))
                .isEqualTo(said);
    }

    /** Who leaves which appeal to others is asked for all of a list at once. */
    @Test
    void aListOfManyAppealsTakesAsFewStatementsAsOneOfOne() throws Exception {
        Team team = walks.inPeru();
        UserId celia = walks.fixtures.aPerson("Celia Flores", team.project(), Role.UNIT);
        String list = "/tasks?tab=unassigned";
        appealed(team);
        ok(get(list).with(signedIn(celia)));
        List<String> one = SqlCount.during(() -> ok(get(list).with(signedIn(celia))));
        appealed(team);
        Walk twice = appealed(team);
        twice.finish("prepare", celia, Map.of("answer", "Lo revisamos."));
        twice.finish("approve", team.manager(), Map.of("decision", "approve"));
        twice.confirmed();
        UserId berta = walks.fixtures.aPerson("Berta Soto", team.project(), Role.UNIT);
        Walk last = appeal(twice);

        List<String> many = SqlCount.during(() -> ok(get(list).with(signedIn(celia))));

        assertThat(many).hasSameSizeAs(one);
        String claim = "form[action='/tasks/" + last.task("prepare").id() + "/claim']";
        assertThat(Jsoup.parse(ok(get(list).with(signedIn(berta)))).select(claim))
                .hasSize(1);
        for (UserId hand : List.of(celia, team.unit())) {
            assertThat(Jsoup.parse(ok(get(list).with(signedIn(hand)))).select(claim))
                    .as("wrote the last answer, or the one before it")
                    .isEmpty();
        }
    }

    /** An appeal that the unit has to answer, against an answer that Ulises wrote and Sara approved. */
    private Walk appealed(Team team) {
        return appeal(team.byEmail().routed().written().approved().confirmed());
    }

    private Walk appeal(Walk answered) {
        walks.complaints.appeal(
                answered.number(),
                "Octubre sigue sin pagarse.",
                answered.viewer(answered.team().agent()));
        walks.clockwork.runDueJobs();
        return new Walk(
                        answered.team(),
                        walks.rows.appealsOf(answered.number()).stream()
                                .filter(other ->
                                        answered.number().equals(other.links().appealOf()))
                                .findFirst()
                                .orElseThrow()
                                .number())
                .routed();
    }

    private String text(String language, MockHttpServletRequestBuilder request) throws Exception {
        return Jsoup.parse(ok(in(language, request))).text();
    }

    /** Pressed twice: the second finds it done, and nothing is written, told or moved again. */
    @Test
    void aFormThatIsPressedTwiceDoesItOnce() throws Exception {
        Team team = walks.inPeru();
        Walk late = team.toCentralUnit();
        Walk same = team.byEmail();
        Walk into = team.byEmail();
        Walk away = team.byEmail();
        Walk over = team.byEmail().routed().written().approved().confirmed();
        walks.clockwork.runDueJobs();

        twice(late, "extend", team.supervisor(), Map.of("day", "2027-01-08", "text", "Falta un informe."));
        twice(same, "merge", team.agent(), Map.of("other", into.number(), "text", "Dice lo mismo."));
        twice(away, "redirect", team.agent(), Map.of("other", "Municipalidad", "text", "Sra. Paz, 966555001"));
        assertThat(late.promised()).isEqualTo("2027-01-08T17:00");
        assertThat(appeals(over, team.agent())).isEqualTo(1);
        assertThat(appeals(over, team.unit())).isZero();
        twice(over, "appeal", team.agent(), Map.of("text", "Octubre sigue sin pagarse."));
        assertThat(appeals(over, team.agent())).isZero();

        // With other words it is another request.
        assertThat(status(post("/complaints/" + away.number() + "/redirect")
                        .param("requestKey", "k-redirect")
                        .param("other", "Defensoría")
                        .param("text", "Sr. Luna")
                        .with(signedIn(team.agent()))))
                .isEqualTo(409);
    }

    /** How many ways lead from its page to an appeal. */
    private int appeals(Walk walk, UserId who) throws Exception {
        return Jsoup.parse(ok(get("/complaints/" + walk.number()).with(signedIn(who))))
                .select("a[href$=/appeal]")
                .size();
    }

    private void twice(Walk walk, String deed, UserId who, Map<String, String> typed) throws Exception {
        String path = "/complaints/" + walk.number() + "/" + deed;
        assertThat(Jsoup.parse(ok(get(path).with(signedIn(who))))
                        .select("input[name=requestKey]")
                        .attr("value"))
                .hasSize(36);
        List<Integer> after = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            MockHttpServletRequestBuilder request =
                    post(path).param("requestKey", "k-" + deed).with(signedIn(who));
            typed.forEach(request::param);
            assertThat(status(request)).as("%s, time %s", deed, time).isEqualTo(302);
            walks.clockwork.runDueJobs();
            after.add(walk.letters().size());
            after.add(walks.rows.words(walk.number()).size());
            after.add(walks.jdbc
                    .sql("select count(*)::int from activity where case_code = :number")
                    .param("number", walk.number())
                    .query(Integer.class)
                    .single());
        }
        assertThat(after.subList(3, 6)).as(deed).isEqualTo(after.subList(0, 3));
    }

    /** Each deed beside the tasks, done a second time: refused, and nothing is told or written again. */
    @Test
    void whatWasDoneIsNotDoneAgain() throws Exception {
        Walk rosa = walks.inPeru().byEmail();
        UserId supervisor = rosa.team().supervisor();
        String path = "/complaints/" + rosa.number();
        walks.clockwork.runDueJobs();

        assertThat(act(path + "/stop", rosa.team().agent(), "Copia del DNI", "2026-11-30"))
                .isEqualTo(302);
        int letters = rosa.letters().size();
        assertThat(act(path + "/stop", rosa.team().agent(), "Copia del DNI", "2026-11-30"))
                .isEqualTo(409);
        assertThat(rosa.letters()).hasSize(letters);
        assertThat(act(path + "/withdraw", supervisor, "Ya le pagaron", "")).isEqualTo(302);
        walks.clockwork.runDueJobs();
        Document desk = Jsoup.parse(ok(get("/p/ayacucho/desk").with(signedIn(supervisor))));
        assertThat(desk.select("section[aria-labelledby=registered]").text()).contains("retirada");
        letters = rosa.letters().size();
        assertThat(act(path + "/withdraw", supervisor, "Ya le pagaron", "")).isEqualTo(409);
        assertThat(act(path + "/stop", supervisor, "Copia del DNI", "2026-11-30"))
                .isEqualTo(409);
        walks.clockwork.runDueJobs();
        assertThat(rosa.letters()).hasSize(letters);
    }

    @Test
    void onePlaceCannotSendWithoutEnd() throws Exception {
        walks.inPeru();
        for (int i = 0; i < 10; i++) {
            assertThat(send("2001:db8:0:3::" + i, TYPED).getStatus()).isEqualTo(302);
        }

        MockHttpServletResponse more = send("2001:db8:0:3::1:1", TYPED);

        assertThat(more.getStatus()).isEqualTo(429);
        assertThat(more.getContentAsString()).contains("No me pagaron en octubre.");
        assertThat(send("10.0.0.4", TYPED).getStatus()).isEqualTo(302);
    }

    @Test
    void whoeverIsNamedOnThePublicPageNeverSeesIt() throws Exception {
        Team team = walks.inPeru();
        UserId walter = walks.fixtures.aPerson("Wálter Silva Ríos", team.project(), Role.AGENT, Role.SUPERVISOR);
        Map<String, String> typed = new HashMap<>(TYPED);
        typed.put("whom", "el señor walter SILVA rios, de la oficina");
        send("10.0.0.5", typed);

        Petition petition = only(team);

        assertThat(petition.about()).isEqualTo(walter);
        assertThat(status(get("/complaints/" + petition.number()).with(signedIn(walter))))
                .isEqualTo(404);
        assertThat(ok(get("/complaints").with(signedIn(walter)))).doesNotContain(petition.number());
    }

    @Test
    void aComplaintCanBecomeACaseThatKnowsNothingOfIt() throws Exception {
        Walk rosa = walks.inPeru().byEmail();

        String place = answer(post("/complaints/" + rosa.number() + "/case")
                        .with(signedIn(rosa.team().agent())))
                .getRedirectedUrl();

        assertThat(place).startsWith("/cases/AYA-");
        assertThat(rosa.complaint().links().caseCode()).isEqualTo(place.substring("/cases/".length()));
        String page = ok(get(place).with(signedIn(rosa.team().agent())));
        assertThat(page).contains("Rosa Huamán").doesNotContain(rosa.number()).doesNotContain("No me pagaron");
        // A new client like any other: the coordinator decides, and nobody can lose what was not found yet.
        assertThat(walks.tasks.of(rosa.complaint().links().caseCode()))
                .extracting(OpenTask::element)
                .containsExactly("accept-intake");
        assertThat(Jsoup.parse(page).select("a[href$=/search/begin]")).isEmpty();
        assertThat(status(post("/complaints/" + rosa.number() + "/case")
                        .with(signedIn(rosa.team().agent()))))
                .isEqualTo(409);
    }

    /** Whoever says the same as somebody else is owed an answer of their own; what the same person sent twice is one. */
    @Test
    void onlyWhatTheSamePersonSentIsMerged() throws Exception {
        Team team = walks.inPeru();
        Walk rosa = team.byEmail();
        Map<String, String> typed = new HashMap<>(TYPED);
        typed.put("givenName", "Olga");
        typed.put("email", "olga@example.org");
        send("10.0.0.6", typed);
        typed.put("motive", "Le escribo otra vez por octubre.");
        send("10.0.0.6", typed);
        walks.clockwork.runDueJobs();
        List<String> olga = walks.jdbc
                .sql("select number from petition where number <> :rosa order by number")
                .param("rosa", rosa.number())
                .query(String.class)
                .list();
        String merge = "/complaints/" + olga.get(1) + "/merge";

        MockHttpServletResponse refused = answer(in(
                "en",
                post(merge)
                        .param("other", rosa.number())
                        .param("text", "Lo mismo.")
                        .with(signedIn(team.agent()))));
        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(Jsoup.parse(refused.getContentAsString())
                        .select(".error-summary a[href=#other]")
                        .text())
                .isEqualTo(
                        "This one came from somebody else, who is owed an answer of their own. Only what the same person sent"
                                + " twice is merged.");
        assertThat(new Walk(team, olga.get(1)).letters()).containsExactly("complaint-acknowledged email");

        assertThat(status(post(merge)
                        .param("other", olga.get(0))
                        .param("text", "Lo mismo.")
                        .with(signedIn(team.agent()))))
                .isEqualTo(302);
    }

    private int act(String path, UserId who, String text, String day) throws Exception {
        return status(post(path).param("text", text).param("day", day).with(signedIn(who)));
    }

    private Petition only(Team team) {
        List<String> numbers = walks.jdbc
                .sql("select number from petition where project_id = :project")
                .param("project", team.project().id().value())
                .query(String.class)
                .list();
        assertThat(numbers).hasSize(1);
        return walks.petitions.byNumber(numbers.get(0));
    }

    private MockHttpServletResponse send(String from, Map<String, String> typed) throws Exception {
        MockHttpServletRequestBuilder request = post("/complain/ayacucho").locale(Locale.forLanguageTag("es"));
        typed.forEach(request::param);
        return answer(request.with(each -> {
            each.setRemoteAddr(from);
            return each;
        }));
    }

    private int upload(String place, String name, byte[] content, UserId person) throws Exception {
        return status(post(place + "/originals")
                .contentType("application/octet-stream")
                .header("X-File-Name", name)
                .content(content)
                .with(signedIn(person)));
    }

    private static List<String> numbers(String page) {
        return Jsoup.parse(page).select("a.case-code").eachText();
    }

    private static MockHttpServletRequestBuilder in(String language, MockHttpServletRequestBuilder request) {
        return request.header("Accept-Language", language).locale(Locale.forLanguageTag(language));
    }

    private String ok(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse answer = answer(request);
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString();
    }

    private int status(MockHttpServletRequestBuilder request) throws Exception {
        return answer(request).getStatus();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(csrf())).andReturn().getResponse();
    }
}
