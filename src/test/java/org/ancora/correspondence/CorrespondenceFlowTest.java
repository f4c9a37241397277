package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.NewUser;
import org.ancora.access.NoticeChoice;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** Letters, messages and notices through their procedures, on the virtual clock, to a mail server that receives them. */
@AncoraTest
class CorrespondenceFlowTest {

    private static final LetterKind NO_CONTACT = new LetterKind("engagement", "no-contact");

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Letters letters;

    @Autowired
    private Messages messages;

    @Autowired
    private Notices notices;

    @Autowired
    private NoticeBoard board;

    @Autowired
    private Users users;

    @Autowired
    private Processes processes;

    @Autowired
    private DeliveryChecks checks;

    @Autowired
    private EmailWriter writer;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private VirtualClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private GreenMail inbox;
    private MailServer server;
    private Project york;

    @BeforeEach
    void startMailServer() {
        inbox = new GreenMail(ServerSetup.SMTP.dynamicPort());
        inbox.start();
        sendTo(inbox.getSmtp().getPort());
        york = fixtures.aProjectInOntario();
    }

    @AfterEach
    void stopMailServer() {
        SwitchedCarriers.sendThrough(null);
        server.close();
        inbox.stop();
    }

    @Test
    void sendsALetterByEmailOnceAndKeepsItAsSent() throws Exception {
        CaseSummary dana = fixtures.aClient(york)
                .speaking("it", "en")
                .consentingTo(Channel.EMAIL)
                .openCase();

        SentLetter sent = letters.send(letter(dana, Channel.EMAIL, "k1"));
        SentLetter again = letters.send(letter(dana, Channel.EMAIL, "k1"));
        clockwork.runDueJobs();

        assertThat(again).isEqualTo(sent);
        assertThat(inbox.getReceivedMessages()).hasSize(1);
        assertThat(inbox.getReceivedMessages()[0].getHeader("Content-Language")).containsExactly("it");
        assertThat(inbox.getReceivedMessages()[0].getReplyTo()[0]).hasToString("York Support <help@york.example>");
        assertThat(state(sent)).isEqualTo(MessageState.SENT);
        assertThat(jdbc.sql("select address from letter").query(String.class).single())
                .isEqualTo("dana.w@example.org");
        assertThatThrownBy(() -> jdbc.sql("update letter set html = 'other'").update())
                .hasMessageContaining("stays as it was sent");
        assertThatThrownBy(() -> jdbc.sql("delete from letter").update()).hasMessageContaining("stays as it was sent");
        assertThat(processes.running(dana.code())).isEmpty();
    }

    @Test
    void forgetsAMessageWhoseCauseIsUndone() {
        CaseSummary dana = fixtures.aClient(york).consentingToEverything().openCase();

        transactions.executeWithoutResult(status -> {
            letters.send(letter(dana, Channel.EMAIL, "undone"));
            status.setRollbackOnly();
        });
        clockwork.runDueJobs();

        assertThat(messages.ofCase(dana.code())).isEmpty();
        assertThat(inbox.getReceivedMessages()).isEmpty();
    }

    @Test
    void writesOnlyWhereTheClientMayBeWrittenTo() {
        CaseSummary silent = fixtures.aClient(york).openCase();
        CaseSummary unsafe = fixtures.aClient(york)
                .withUnsafe(ContactKind.ADDRESS)
                .refusing(Channel.EMAIL)
                .openCase();

        assertThatThrownBy(() -> letters.send(letter(silent, Channel.EMAIL, "a")))
                .isInstanceOfSatisfying(
                        NotLawful.class, no -> assertThat(no.why()).isEqualTo("not-asked"));
        assertThatThrownBy(() -> letters.send(letter(silent, Channel.SMS, "b"))).isInstanceOf(NotLawful.class);
        assertThatThrownBy(() -> letters.send(letter(unsafe, Channel.POST, "c")))
                .isInstanceOfSatisfying(
                        NotLawful.class, no -> assertThat(no.why()).isEqualTo("not-safe"));
        assertThatThrownBy(() -> letters.send(letter(unsafe, Channel.EMAIL, "d")))
                .isInstanceOfSatisfying(
                        NotLawful.class, no -> assertThat(no.why()).isEqualTo("refused"));
        assertThat(jdbc.sql("select count(*) from letter").query(Long.class).single())
                .isZero();
    }

    @Test
    void waitsForAMailServerThatIsDownAndSaysSo() {
        CaseSummary dana = fixtures.aClient(york).consentingTo(Channel.EMAIL).openCase();
        int port = inbox.getSmtp().getPort();
        inbox.stop();
        Instant start = clock.instant();

        SentLetter sent = letters.send(letter(dana, Channel.EMAIL, "down"));
        clockwork.runDueJobs();

        MessageSummary waiting = messages.ofCase(dana.code()).get(0);
        assertThat(waiting.state()).isEqualTo(MessageState.QUEUED);
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.detail()).isNotBlank();
        assertThat(waiting.nextTry()).isEqualTo(start.plus(Duration.ofMinutes(1)));

        clockwork.moveTo(start.plus(Duration.ofMinutes(3)));
        assertThat(messages.ofCase(dana.code()).get(0).attempts()).isEqualTo(2);

        inbox = new GreenMail(new ServerSetup(port, null, ServerSetup.PROTOCOL_SMTP));
        inbox.start();
        clockwork.moveTo(start.plus(Duration.ofMinutes(10)));

        assertThat(state(sent)).isEqualTo(MessageState.SENT);
        assertThat(inbox.getReceivedMessages()).hasSize(1);
    }

    @Test
    void stopsAfterTheLastRetryAndLosesNothing() {
        CaseSummary dana = fixtures.aClient(york).consentingTo(Channel.EMAIL).openCase();
        inbox.stop();

        letters.send(letter(dana, Channel.EMAIL, "gone"));
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));

        MessageSummary stopped = messages.ofCase(dana.code()).get(0);
        assertThat(stopped.state()).isEqualTo(MessageState.QUEUED);
        assertThat(stopped.attempts()).isGreaterThanOrEqualTo(5);
        assertThat(stopped.nextTry()).isNull();
        assertThat(processes.running(dana.code())).hasSize(1);
    }

    @Test
    void asksAPersonWhenNobodyKnows() throws Exception {
        CaseSummary dana = fixtures.aClient(york).consentingTo(Channel.EMAIL).openCase();
        UserId cora = fixtures.aPerson("Cora", york, Role.COORDINATOR);
        SentLetter sent;
        try (TinySmtpServer cutting = TinySmtpServer.with(".", TinySmtpServer.cuts())) {
            sendTo(cutting.port());
            sent = letters.send(letter(dana, Channel.EMAIL, "cut"));
            clockwork.runDueJobs();
            clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));
            assertThat(cutting.accepted())
                    .as("sent once, and never again by itself")
                    .hasSize(1);
        }
        assertThat(state(sent)).isEqualTo(MessageState.UNKNOWN);
        assertThat(processes.running(dana.code()).get(0).at()).containsExactly("check-delivery");

        sendTo(inbox.getSmtp().getPort());
        TaskContext task = checkDelivery(dana, sent, cora);
        assertThat(checks.prepare(task).get("messageSummary").toString())
                .contains("dana", "example")
                .doesNotContain("<", "??");
        transactions.executeWithoutResult(status -> assertThat(checks.complete(
                                task, new Answers(Map.of("delivery", "send-again", "found", "not in the sent folder")))
                        .asMap())
                .containsEntry("deliveryState", "queued"));
        assertThat(state(sent)).isEqualTo(MessageState.QUEUED);
    }

    @Test
    void keepsPaperUntilSomebodyPostsIt() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        UserId rita = fixtures.aPerson("Rita", york, Role.RECEPTION);

        SentLetter sent = letters.send(letter(dana, Channel.POST, "paper"));
        LetterId letter = sent.letter();
        clockwork.runDueJobs();

        assertThat(letters.unposted(dana.code())).containsExactly(letter);
        assertThat(processes.running(dana.code())).isEmpty();
        letters.printed(letter, rita);
        assertThat(state(sent)).isEqualTo(MessageState.PRINTED);
        letters.posted(letter, rita);
        letters.posted(letter, rita);
        assertThat(state(sent)).isEqualTo(MessageState.POSTED);
        assertThat(letters.unposted(dana.code())).isEmpty();
    }

    @Test
    void namesEveryPlaceholderOfTheShippedLetters() {
        CaseSummary dana =
                fixtures.aClient(york).referredBy("Maple Street Clinic").openCase();

        for (String kind : List.of(
                "no-contact",
                "please-call-us",
                "please-call-us-sms",
                "source-closed",
                "source-refused",
                "source-told-unreachable")) {
            for (String language : Languages.WRITTEN) {
                LetterPreview preview = letters.preview(
                        new LetterKind("engagement", kind),
                        dana.code(),
                        RecipientKind.CLIENT,
                        Locale.forLanguageTag(language),
                        Map.of("reason", "Outside our area."));
                assertThat(preview.title()).as(kind + language).isNotBlank();
                assertThat(preview.text())
                        .as(kind + language)
                        .contains("York Support")
                        .doesNotContain("{{", "<");
            }
        }
        assertThatThrownBy(() -> letters.preview(
                        new LetterKind("engagement", "source-refused"),
                        dana.code(),
                        RecipientKind.SOURCE,
                        Locale.ENGLISH,
                        Map.of()))
                .isInstanceOf(LetterBroken.class)
                .hasMessageContaining("reason");
    }

    @Test
    void tellsAtOnceWhatIsUrgentAndGathersTheRest() throws Exception {
        CaseSummary dana = fixtures.aClient(york).openCase();
        UserId sam = person("Sam Bouchard", "sam@york.example");

        notices.tell(
                sam,
                NewNotice.of("task-overdue", york.id(), dana.code(), "n1", "key:correspondence.print", "2026-11-30")
                        .urgently());
        notices.tell(
                List.of(sam, sam),
                NewNotice.of("task-overdue", york.id(), dana.code(), "n2", "key:correspondence.print", "2026-11-30"));
        notices.tell(
                sam,
                NewNotice.of("task-overdue", york.id(), dana.code(), "n2", "key:correspondence.print", "2026-11-30"));
        notices.tell(
                sam,
                NewNotice.of("task-overdue", york.id(), dana.code(), "n3", "key:correspondence.print", "2026-11-30"));
        clockwork.runDueJobs();
        assertThat(subjects()).hasSize(1).allMatch(subject -> subject.contains(dana.code()));

        // Tue 24 Nov 2026, 9:00 in Toronto
        clockwork.moveTo(Instant.parse("2026-11-24T13:59:59Z"));
        assertThat(subjects()).hasSize(1);
        clockwork.moveTo(Instant.parse("2026-11-24T14:00:00Z"));
        assertThat(subjects()).hasSize(2).contains("Ancora: 2 notices for you");

        clockwork.moveTo(Instant.parse("2026-11-30T14:00:00Z"));
        assertThat(subjects()).as("and nothing on the days after").hasSize(2);
        assertThat(board.unread(sam)).isEqualTo(3);
        for (var mail : inbox.getReceivedMessages()) {
            assertThat(com.icegreen.greenmail.util.GreenMailUtil.getWholeMessage(mail))
                    .doesNotContain("Dana", "Whitfield");
        }
    }

    @Test
    void sendsNoDigestOfWhatWasReadMeanwhile() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        UserId sam = person("Sam Bouchard", "sam@york.example");

        notices.tell(sam, NewNotice.of("task-overdue", york.id(), dana.code(), "n1", "x", "2026-11-30"));
        board.readAll(sam, Long.MAX_VALUE);
        clockwork.moveTo(Instant.parse("2026-11-25T14:00:00Z"));

        assertThat(subjects()).isEmpty();
    }

    @Test
    void tellsEachOneAtOnceWhoWishesSo() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        UserId sam = person("Sam Bouchard", "sam@york.example");
        users.chooseNotices(sam, NoticeChoice.AT_ONCE);

        notices.tell(Role.CASEWORKER, NewNotice.of("task-overdue", york.id(), dana.code(), "n1", "x", "2026-11-30"));
        clockwork.runDueJobs();

        assertThat(subjects()).hasSize(1);
    }

    private UserId person(String name, String email) {
        UserId id = users.create(new NewUser(email, name, email, Locale.ENGLISH, "ancora"), UserId.SYSTEM);
        users.grant(id, york.id(), Role.CASEWORKER, UserId.SYSTEM);
        return id;
    }

    private List<String> subjects() {
        return Arrays.stream(inbox.getReceivedMessages())
                .map(mail -> {
                    try {
                        return mail.getSubject();
                    } catch (jakarta.mail.MessagingException unreadable) {
                        throw new IllegalStateException(unreadable);
                    }
                })
                .toList();
    }

    private MessageState state(SentLetter sent) {
        return messages.find(sent.message()).orElseThrow().state();
    }

    private TaskContext checkDelivery(CaseSummary file, SentLetter sent, UserId who) {
        return new TaskContext(
                "task",
                "process",
                "deliver-message",
                "deliver-message",
                "check-delivery",
                null,
                "check-delivery",
                "check-delivery",
                file.code(),
                york.id(),
                fixtures.viewer(who),
                null,
                null,
                clock.instant(),
                who,
                Map.of("messageId", sent.message().value()));
    }

    private static NewLetter letter(CaseSummary file, Channel channel, String key) {
        LetterKind kind = channel == Channel.SMS ? new LetterKind("engagement", "please-call-us-sms") : NO_CONTACT;
        return new NewLetter(kind, file.code(), RecipientKind.CLIENT, channel, Map.of(), key, UserId.SYSTEM);
    }

    private void sendTo(int port) {
        if (server != null) {
            server.close();
        }
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        server = new MailServer(sender, Duration.ofSeconds(10));
        SwitchedCarriers.sendThrough(new MailCarrier(server, writer));
    }
}
