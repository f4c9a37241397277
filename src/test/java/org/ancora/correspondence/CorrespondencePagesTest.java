package org.ancora.correspondence;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Walls;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.ExtraDay;
import org.ancora.time.VirtualClock;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Letters, print queue and notices as people see them, and as those must not who have no business there. */
@AncoraTest
class CorrespondencePagesTest {

    @Autowired
    private MockMvc browser;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Users users;

    @Autowired
    private Letters letters;

    @Autowired
    private Notices notices;

    @Autowired
    private NoticeBoard board;

    @Autowired
    private MessageWords words;

    @Autowired
    private Messages messages;

    @Autowired
    private MessageSource texts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private VirtualClock clock;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Projects projects;

    @Autowired
    private Walls walls;

    @Autowired
    private Cases cases;

    private Project york;
    private Project torino;
    private UserId sofia;
    private UserId rita;
    private UserId giulia;

    @BeforeEach
    void fillTheHouse() {
        york = fixtures.aProjectInOntario();
        torino = fixtures.aProjectInItaly();
        sofia = people.person("sofia", york.id(), Role.CASEWORKER);
        rita = people.person("rita", york.id(), Role.RECEPTION);
        giulia = people.person("giulia", torino.id(), Role.CASEWORKER, Role.RECEPTION);
    }

    @Test
    void showsALetterAsItWasSentAndLogsWhoReadIt() throws Exception {
        LetterId letter = paper(york, "Dana", "Whitfield");

        Document page = page("/letters/" + letter, sofia);
        browser.perform(get("/letters/" + letter + ".pdf").with(signedIn(sofia)))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Type", "application/pdf"))
                .andExpect(header().string("Content-Disposition", "inline; filename=\"YRK-2026-0001-no-contact.pdf\""))
                .andExpect(header().string("Cache-Control", "no-store"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"));
        browser.perform(get("/letters/" + letter + ".pdf").param("save", "true").with(signedIn(sofia)))
                .andExpect(header().string(
                                "Content-Disposition", "attachment; filename=\"YRK-2026-0001-no-contact.pdf\""));

        // An owner's letter may carry the client's name in its own title.
        assertThat(page.title()).isEqualTo("No-contact letter (post) · YRK-2026-0001 · Ancora");
        assertThat(page.selectFirst("article.letter").text()).contains("Dear Dana Whitfield,");
        assertThat(page.selectFirst("article.letter").attr("lang")).isEqualTo("en");
        assertThat(jdbc.sql("select how from read_access where subject = 'letter' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("page", "page", "download");
    }

    @Test
    void listsLettersOnTheCaseForThoseWhoMayReadThem() throws Exception {
        LetterId letter = paper(york, "Dana", "Whitfield");
        UserId manager = people.person("manager", york.id(), Role.MANAGER);

        Document caseFile = page("/cases/YRK-2026-0001", sofia);

        assertThat(caseFile.select("a[href=/letters/" + letter + "]").text()).isEqualTo("No-contact letter (post)");
        assertThat(caseFile.select("main").text()).contains("Letters and messages", "waiting to be printed");
        assertThat(page("/cases/YRK-2026-0001", manager).select("main").text())
                .doesNotContain("Letters and messages", "No-contact letter");
    }

    @Test
    void hidesALetterFromEverybodyElse() throws Exception {
        LetterId letter = paper(york, "Dana", "Whitfield");
        UserId manager = people.person("manager", york.id(), Role.MANAGER);
        UserId owner = people.person("owner", york.id(), Role.OWNER);

        for (String path : List.of("/letters/" + letter, "/letters/" + letter + ".pdf")) {
            for (UserId stranger : List.of(giulia, manager, owner)) {
                browser.perform(get(path).with(signedIn(stranger))).andExpect(status().isNotFound());
            }
            browser.perform(get(path).accept("text/html")).andExpect(status().is3xxRedirection());
        }
        browser.perform(get("/letters/424242").with(signedIn(sofia))).andExpect(status().isNotFound());
        assertThat(jdbc.sql("select count(*) from read_access where subject = 'letter'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void showsNamesAsWordsWhateverTheyContain() throws Exception {
        LetterId letter = paper(york, "<img src=x onerror=alert(1)>", "\"Whitfield");

        for (String path : List.of("/letters/" + letter, "/print")) {
            Document page = page(path, rita);
            assertThat(page.select("main img, main script, [onerror]")).as(path).isEmpty();
            assertThat(page.select("main").text()).as(path).contains("<img src=x onerror=alert(1)>");
        }
    }

    @Test
    void printsSeveralLettersAtOnceAndConfirmsThem() throws Exception {
        LetterId one = paper(york, "Dana", "Whitfield");
        LetterId two = paper(york, "Omar", "Haddad");
        paper(torino, "Bianca", "Ferrero");

        assertThat(page("/print", rita).select("input[name=letter]").eachAttr("value"))
                .containsExactly(one.toString(), two.toString());

        byte[] pdf = browser.perform(post("/print/pdf")
                        .param("letter", one.toString(), two.toString())
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
        }
        assertThat(state(one)).isEqualTo(MessageState.PRINTED);

        Document confirm = Jsoup.parse(browser.perform(post("/print/confirm")
                        .param("letter", one.toString(), two.toString())
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
        assertThat(confirm.select("main").text()).contains("Yes, all 2 are in the post", "Omar Haddad");
        assertThat(state(one)).isEqualTo(MessageState.PRINTED);

        browser.perform(post("/print/posted")
                        .param("letter", one.toString(), two.toString())
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(redirectedUrl("/print"));
        assertThat(state(one)).isEqualTo(MessageState.POSTED);
        assertThat(state(two)).isEqualTo(MessageState.POSTED);

        browser.perform(post("/print/undo")
                        .param("letter", two.toString())
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(redirectedUrl("/print"));
        assertThat(state(two)).isEqualTo(MessageState.PRINTED);

        clock.moveTo(clock.instant().plus(Duration.ofHours(20)));
        browser.perform(post("/print/undo")
                        .param("letter", one.toString())
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(redirectedUrl("/print"));
        assertThat(state(one)).as("a day later it stays posted").isEqualTo(MessageState.POSTED);
    }

    /**
     * Two letters of Friday and one of Saturday lie there on Monday morning: everybody who may post reads so once. After a morning
     * on which nobody posted any, the next one that has another letter to tell of counts all of them. Whoever must know nothing of
     * one is not told of it either.
     */
    @Test
    void tellsThoseWhoPostOnceOfPaperThatLies() throws Exception {
        clock.startAt(Instant.parse("2026-11-20T15:00:00Z"));
        paper(york, "Dana", "Whitfield");
        LetterId omar = paper(york, "Omar", "Haddad");
        walls.raise(sofia, letters.message(omar).orElseThrow().caseCode());
        letters.posted(paper(york, "Ines", "Duarte"), rita);
        clockwork.moveTo(Instant.parse("2026-11-21T16:00:00Z"));
        paper(york, "Lea", "Marchetti");
        UserId agent = people.person("agent", york.id(), Role.AGENT);

        clockwork.moveTo(Instant.parse("2026-11-23T13:59:59Z"));
        assertThat(board.unread(rita)).isZero();
        assertThat(page("/print", rita).select("main .chip").eachText())
                .contains("Has waited since Fri 20 Nov: 1 business day", "Has waited since Sat 21 Nov: 1 business day");
        clockwork.moveTo(Instant.parse("2026-11-23T14:00:00Z"));

        assertThat(board.of(rita, false, null, 10)).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo("paper-waiting");
            assertThat(notice.caseCode()).isNull();
            assertThat(notice.arguments()).containsExactly("3", "2026-11-20", york.name());
        });
        assertThat(board.of(sofia, false, null, 10)).singleElement().satisfies(notice -> assertThat(notice.arguments())
                .startsWith("2"));
        assertThat(board.unread(agent)).isZero();
        assertThat(board.unread(giulia)).isZero();
        browser.perform(get("/notices/" + board.of(rita, false, null, 1).get(0).id())
                        .with(signedIn(rita)))
                .andExpect(redirectedUrl("/print"));
        for (Locale language : List.of(Locale.ENGLISH, Locale.forLanguageTag("es"), Locale.ITALIAN)) {
            users.chooseLocale(rita, language);
            assertThat(page("/notices", rita).select("main").text())
                    .contains(york.name())
                    .containsAnyOf(": 3. The oldest", ": 3. La más antigua", ": 3. La più vecchia")
                    .doesNotContain("Dana", "Omar", "{", "??");
        }

        LetterId monday = paper(york, "Noor", "Aziz");
        clockwork.moveTo(Instant.parse("2026-11-24T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).hasSize(2).first().satisfies(notice -> assertThat(
                        notice.arguments())
                .startsWith("4", "2026-11-20"));
        paper(york, "Ada", "Bell");
        letters.posted(monday, rita);
        clockwork.moveTo(Instant.parse("2026-11-24T21:00:00Z"));
        jdbc.sql("select letter_id from message where channel = 'post' and state <> 'posted'")
                .query(Long.class)
                .list()
                .forEach(id -> letters.posted(new LetterId(id), rita));
        clockwork.moveTo(Instant.parse("2026-11-30T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10))
                .as("nothing lies there any more")
                .hasSize(2);
    }

    /** An owner published the folder before the reminder came into it: nobody is reminded, and no letter is held up. */
    @Test
    void writesLettersWhereTheOwnersFolderHasNoReminder() throws Exception {
        String rename = "update engine.act_re_procdef set key_ = :to where key_ = :from";
        jdbc.sql(rename)
                .param("from", "paper-reminder")
                .param("to", "not-yet-there")
                .update();
        try {
            paper(york, "Dana", "Whitfield");

            assertThat(page("/print", rita).select("main").text()).contains("Dana Whitfield");
        } finally {
            jdbc.sql(rename)
                    .param("from", "not-yet-there")
                    .param("to", "paper-reminder")
                    .update();
        }
    }

    /** A day off that is added while a letter lies there: the next business morning tells of it, once, and of what came meanwhile. */
    @Test
    void tellsOfPaperOnTheMorningAfterADayOffThatIsAddedLate() throws Exception {
        clock.startAt(Instant.parse("2026-11-20T15:00:00Z"));
        paper(york, "Dana", "Whitfield");
        clockwork.moveTo(Instant.parse("2026-11-22T16:00:00Z"));
        projects.addExtraDay(york.id(), new ExtraDay(LocalDate.parse("2026-11-23"), true, Map.of("en", "Storm day")));

        clockwork.moveTo(Instant.parse("2026-11-23T15:00:00Z"));
        assertThat(board.unread(rita)).as("nobody is there").isZero();
        paper(york, "Omar", "Haddad");

        clockwork.moveTo(Instant.parse("2026-11-24T14:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).singleElement().satisfies(notice -> assertThat(notice.arguments())
                .containsExactly("2", "2026-11-20", york.name()));
        clockwork.moveTo(Instant.parse("2026-11-25T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).hasSize(1);
    }

    /**
     * A letter of Friday was to be looked at on Tuesday, with Monday off. Monday is worked after all: said at the weekend, somebody
     * looks on Monday; said on Monday at noon, on Tuesday; and Tuesday tells of what lies there since Friday either way.
     */
    @ParameterizedTest
    @CsvSource({"2026-11-22T16:00:00Z, true", "2026-11-23T17:00:00Z, false"})
    void tellsOfAllThatLiesWhenADayOffIsWorkedAfterAll(Instant said, boolean toldOnMonday) throws Exception {
        clock.startAt(Instant.parse("2026-11-20T15:00:00Z"));
        LocalDate monday = LocalDate.parse("2026-11-23");
        projects.addExtraDay(york.id(), new ExtraDay(monday, true, Map.of("en", "Feast")));
        paper(york, "Dana", "Whitfield");
        clockwork.moveTo(said);
        projects.addExtraDay(york.id(), new ExtraDay(monday, false, Map.of("en", "No feast")));

        clockwork.moveTo(Instant.parse("2026-11-23T18:00:00Z"));
        if (toldOnMonday) {
            assertThat(board.of(rita, false, null, 10)).singleElement().satisfies(notice -> assertThat(
                            notice.arguments())
                    .containsExactly("1", "2026-11-20", york.name()));
        } else {
            assertThat(board.unread(rita)).isZero();
        }
        paper(york, "Omar", "Haddad");
        clockwork.moveTo(Instant.parse("2026-11-24T14:00:00Z"));
        assertThat(board.of(rita, false, null, 10))
                .hasSize(toldOnMonday ? 2 : 1)
                .first()
                .satisfies(notice -> assertThat(notice.arguments()).containsExactly("2", "2026-11-20", york.name()));
        clockwork.moveTo(Instant.parse("2026-11-25T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).hasSize(toldOnMonday ? 2 : 1);
    }

    @Test
    void keepsThePrintQueueToThoseWhoPrint() throws Exception {
        LetterId letter = paper(york, "Dana", "Whitfield");
        UserId agent = people.person("agent", york.id(), Role.AGENT);

        browser.perform(get("/print").with(signedIn(agent))).andExpect(status().isForbidden());
        for (String action : List.of("pdf", "confirm", "posted", "undo")) {
            browser.perform(post("/print/" + action)
                            .param("letter", letter.toString())
                            .with(signedIn(agent))
                            .with(csrf()))
                    .andExpect(status().isForbidden());
            browser.perform(post("/print/" + action)
                            .param("letter", letter.toString())
                            .with(signedIn(giulia))
                            .with(csrf()))
                    .andExpect(status().isNotFound());
            browser.perform(post("/print/" + action)
                            .param("letter", letter.toString())
                            .with(signedIn(rita)))
                    .andExpect(status().isForbidden());
        }
        assertThat(page("/print", giulia).select("input[name=letter]")).isEmpty();
        assertThat(state(letter)).isEqualTo(MessageState.QUEUED);
    }

    @Test
    void showsNoticesUntilTheyAreRead() throws Exception {
        CaseSummary dana = fixtures.aClient(york).openCase();
        notices.tell(sofia, NewNotice.of("task-overdue", york.id(), dana.code(), "n1", "key:correspondence.print"));
        notices.tell(
                sofia,
                NewNotice.of("task-overdue", york.id(), dana.code(), "n2", "2026-11-30")
                        .urgently());
        long first = board.of(sofia, false, null, 10).get(1).id();

        Document page = page("/notices", sofia);
        assertThat(page.select(".bell").attr("aria-label")).isEqualTo("Notices, 2 unread");
        assertThat(page.select("main").text())
                .contains(dana.code() + ": a task is late: Print queue", "Mon 30 Nov", "urgent");

        browser.perform(get("/notices/" + first).with(signedIn(sofia)))
                .andExpect(redirectedUrl("/cases/" + dana.code()));
        assertThat(page("/notices?unread=true", sofia).select("main .written > li"))
                .hasSize(1);
        browser.perform(post("/notices/read")
                        .param("upTo", "999")
                        .with(signedIn(sofia))
                        .with(csrf()))
                .andExpect(redirectedUrl("/notices"));
        assertThat(page("/notices", sofia).select(".bell").attr("aria-label")).isEqualTo("Notices, none unread");
        browser.perform(
                post("/notices/" + first + "/unread").with(signedIn(sofia)).with(csrf()));
        assertThat(board.unread(sofia)).isEqualTo(1);
    }

    @Test
    void keepsNoticesToTheirReader() throws Exception {
        notices.tell(
                sofia,
                NewNotice.of(
                        "task-overdue",
                        york.id(),
                        fixtures.aClient(york).openCase().code(),
                        "n1",
                        "x"));
        long notice = board.of(sofia, false, null, 1).get(0).id();

        browser.perform(get("/notices/" + notice).with(signedIn(rita))).andExpect(status().isNotFound());
        browser.perform(
                post("/notices/" + notice + "/read").with(signedIn(rita)).with(csrf()));
        assertThat(board.unread(sofia)).isEqualTo(1);
    }

    @Test
    void letsEverybodyChooseHowTheyAreTold() throws Exception {
        browser.perform(post("/notices/choice")
                        .param("choice", "AT_ONCE")
                        .with(signedIn(sofia))
                        .with(csrf()))
                .andExpect(redirectedUrl("/notices"));

        assertThat(users.find(sofia).orElseThrow().notices()).hasToString("AT_ONCE");
        browser.perform(post("/notices/choice")
                        .param("choice", "NEVER")
                        .with(signedIn(sofia))
                        .with(csrf()))
                .andExpect(status().isBadRequest());
    }

    @Test
    void asksTheDatabaseLittleHoweverManyRowsThereAre() throws Exception {
        for (int number = 0; number < 15; number++) {
            paper(york, "Client", "Number " + number);
            notices.tell(rita, NewNotice.of("task-overdue", york.id(), "YRK-2026-0001", "n" + number, "2026-11-30"));
        }

        assertThat(SqlCount.during(() -> page("/print", rita))).hasSizeLessThanOrEqualTo(12);
        assertThat(SqlCount.during(() -> page("/notices", rita))).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void speaksEveryLanguage() throws Exception {
        LetterId letter = paper(york, "Dana", "Whitfield");
        notices.tell(rita, NewNotice.of("task-overdue", york.id(), "YRK-2026-0001", "n1", "2026-11-30"));
        for (Locale language : List.of(Locale.ENGLISH, Locale.forLanguageTag("es"), Locale.ITALIAN)) {
            users.chooseLocale(rita, language);
            for (String path : List.of("/print", "/notices", "/letters/" + letter)) {
                Document page = page(path, rita);
                assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language.getLanguage());
                assertThat(page.outerHtml()).as(path).doesNotContain("??");
            }
            assertThat(page("/print", rita).selectFirst("h1").text())
                    .isEqualTo(texts.getMessage("correspondence.print", null, language));
        }
    }

    @Test
    void saysInWordsWhereEveryMessageStands() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        for (MessageState state : MessageState.values()) {
            MessageSummary message = new MessageSummary(
                    new MessageId(1),
                    york.id(),
                    dana.code(),
                    "no-contact",
                    Channel.EMAIL,
                    "client",
                    "Dana Whitfield",
                    "dana.w@example.org",
                    "Subject",
                    null,
                    clock.instant(),
                    state,
                    1,
                    clock.instant(),
                    rita,
                    "451 not now",
                    clock.instant().plus(Duration.ofMinutes(5)));
            for (Locale language : List.of(Locale.ENGLISH, Locale.forLanguageTag("es"), Locale.ITALIAN)) {
                MessageWords.Line line = words.lines(List.of(message), language).get(0);
                assertThat(line.standing()).isNotBlank().doesNotContain("message.state", "{");
                assertThat(line.chip().text()).isNotBlank();
            }
        }
        MessageWords.Line refused = words.lines(
                        List.of(new MessageSummary(
                                new MessageId(1),
                                york.id(),
                                dana.code(),
                                "no-contact",
                                Channel.EMAIL,
                                "client",
                                "Dana Whitfield",
                                "dana.w@example.org",
                                "Subject",
                                null,
                                clock.instant(),
                                MessageState.QUEUED,
                                1,
                                clock.instant(),
                                null,
                                "451 not now",
                                clock.instant().plus(Duration.ofMinutes(5)))),
                        Locale.ENGLISH)
                .get(0);
        assertThat(refused.standing())
                .isEqualTo("waiting; the server refused it Mon 23 Nov, 9:10, next try Mon 23 Nov, 9:15");
        assertThat(refused.detail()).isEqualTo("The server said: 451 not now");
    }

    private Document page(String path, UserId who) throws Exception {
        return Jsoup.parse(browser.perform(get(path).accept("text/html").with(signedIn(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    /** Friday's letter is told once: not again on the morning of before, nor after an edit of the calendar that moves no morning. */
    @Test
    void tellsNobodyAgainOfTheSamePaperWhenTheCalendarChanges() {
        clock.startAt(Instant.parse("2026-11-20T15:00:00Z"));
        LocalDate monday = LocalDate.parse("2026-11-23");
        projects.addExtraDay(york.id(), new ExtraDay(monday, true, Map.of("en", "Feast")));
        paper(york, "Dana", "Whitfield");
        clockwork.moveTo(Instant.parse("2026-11-22T16:00:00Z"));
        projects.addExtraDay(york.id(), new ExtraDay(monday, false, Map.of("en", "No feast")));
        clockwork.moveTo(Instant.parse("2026-11-23T14:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).hasSize(1);

        clockwork.moveTo(Instant.parse("2026-11-24T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10))
                .as("Tuesday's own reminder finds nothing new")
                .hasSize(1);
        projects.addExtraDay(
                york.id(), new ExtraDay(LocalDate.parse("2027-07-05"), true, Map.of("en", "Day of the founders")));
        assertThat(jdbc.sql("select count(*) from engine.act_ru_execution where business_key_ like 'paper-%'")
                        .query(Integer.class)
                        .single())
                .as("nothing is begun")
                .isZero();
        clockwork.moveTo(Instant.parse("2026-11-25T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).hasSize(1);

        paper(york, "Omar", "Haddad");
        clockwork.moveTo(Instant.parse("2026-11-26T20:00:00Z"));
        assertThat(board.of(rita, false, null, 10)).hasSize(2).first().satisfies(notice -> assertThat(
                        notice.arguments())
                .containsExactly("2", "2026-11-20", york.name()));
    }

    /** A case that goes there and back and there again while the clock stands: both are told each time. */
    @Test
    void tellsOfEveryHandoverAlsoAtTheSameInstant() {
        UserId tom = people.person("tom", york.id(), Role.CASEWORKER);
        String code = fixtures.aClient(york).openCaseFor(sofia).code();

        for (UserId next : List.of(tom, sofia, tom)) {
            cases.assign(code, next, rita, "");
        }

        assertThat(board.of(tom, false, null, 10))
                .extracting(Notice::kind)
                .containsExactly("case-handed-to-you", "case-handed-on", "case-handed-to-you");
        assertThat(board.of(sofia, false, null, 10))
                .extracting(Notice::kind)
                .containsExactly("case-handed-on", "case-handed-to-you", "case-handed-on");
    }

    private LetterId paper(Project project, String given, String family) {
        CaseSummary file = fixtures.aClient(project).named(given, family).openCase();
        SentLetter sent = letters.send(new NewLetter(
                new LetterKind("engagement", "no-contact"),
                file.code(),
                RecipientKind.CLIENT,
                Channel.POST,
                Map.of(),
                "test/" + file.code(),
                UserId.SYSTEM));
        return Objects.requireNonNull(sent.letter());
    }

    private MessageState state(LetterId letter) {
        return letters.message(letter)
                .flatMap(message -> messages.find(message.id()))
                .orElseThrow()
                .state();
    }
}
