package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.casework.Channel;
import org.ancora.network.Letterhead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What SMTP can tell us, told apart: refused, accepted, nobody knows. */
class MailServerTest {

    private static final Letterhead YORK = new Letterhead(
            "York Support", "905 555 0100", "hello@york.example.org", "12 Maple Street, Newmarket ON", "Mon to Fri");
    private static final EmailWriter WRITER =
            new EmailWriter(Clock.fixed(Instant.parse("2026-11-23T14:10:00Z"), ZoneOffset.UTC), null, project -> YORK);

    @Test
    void handsAMessageToAGoodServer() throws Exception {
        try (TinySmtpServer server = TinySmtpServer.good()) {
            assertThat(handOver(server.port())).isEqualTo(new Handover.Accepted("250 taken as 42"));
            assertThat(server.accepted()).singleElement().asString().contains("Message-ID: <fixed-1@york.example.org>");
        }
    }

    @Test
    void knowsARefusedConnectionForARefusal() throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        assertThat(handOver(closedPort)).isInstanceOf(Handover.Refused.class);
    }

    @Test
    void isRefusedByEveryAnswerBeforeTheData() throws Exception {
        for (String command : new String[] {"CONNECT", "MAIL", "RCPT", "DATA"}) {
            for (String answer : new String[] {"451 come back later", "550 5.7.1 not from you", "554 not wanted"}) {
                try (TinySmtpServer server = TinySmtpServer.with(command, TinySmtpServer.answers(answer))) {
                    Handover outcome = handOver(server.port());

                    assertThat(outcome).as(command + " " + answer).isInstanceOf(Handover.Refused.class);
                    assertThat(server.accepted()).isEmpty();
                    if (!command.equals("CONNECT")) {
                        assertThat(((Handover.Refused) outcome).reply()).isEqualTo(answer);
                    }
                }
            }
        }
    }

    @Test
    void knowsAnAddressWithNobodyThereFromAServerThatIsNotWilling() throws Exception {
        for (String answer : new String[] {"550 no such person", "550 5.1.1 unknown user", "553 no such name"}) {
            try (TinySmtpServer server = TinySmtpServer.with("RCPT", TinySmtpServer.answers(answer))) {
                assertThat(handOver(server.port())).isEqualTo(new Handover.Undeliverable(answer));
            }
        }
        try (TinySmtpServer server = TinySmtpServer.with("MAIL", TinySmtpServer.answers("550 not from you"))) {
            assertThat(handOver(server.port())).isInstanceOf(Handover.Refused.class);
        }
    }

    @Test
    void isRefusedByAConnectionThatEndsBeforeTheData() throws Exception {
        for (String command : new String[] {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"}) {
            try (TinySmtpServer server = TinySmtpServer.with(command, TinySmtpServer.cuts())) {
                assertThat(handOver(server.port())).as(command).isInstanceOf(Handover.Refused.class);
                assertThat(server.accepted()).isEmpty();
            }
        }
    }

    @Test
    void takesAFinalNoToTheDataForARefusal() throws Exception {
        for (String answer : new String[] {"452 no room", "554 not wanted", "421 shutting down"}) {
            try (TinySmtpServer server = TinySmtpServer.with(".", TinySmtpServer.answersAndCuts(answer))) {
                assertThat(handOver(server.port())).isEqualTo(new Handover.Refused(answer));
            }
        }
    }

    @Test
    void doesNotKnowWhenTheConnectionEndsAfterTheData() throws Exception {
        try (TinySmtpServer server = TinySmtpServer.with(".", TinySmtpServer.cuts())) {
            assertThat(handOver(server.port())).isInstanceOf(Handover.Unknown.class);
            assertThat(server.accepted()).hasSize(1);
        }
    }

    @Test
    void isSentWhenTheConnectionEndsAfterTheYes() throws Exception {
        try (TinySmtpServer server = TinySmtpServer.with(".", TinySmtpServer.answersAndCuts("250 taken"))) {
            assertThat(handOver(server.port())).isEqualTo(new Handover.Accepted("250 taken"));
        }
        try (TinySmtpServer server = TinySmtpServer.with("QUIT", TinySmtpServer.cuts())) {
            assertThat(handOver(server.port())).isInstanceOf(Handover.Accepted.class);
        }
    }

    @Test
    void endsAConversationThatDripsAlong() throws Exception {
        long began = System.nanoTime();

        try (TinySmtpServer server = TinySmtpServer.with("EHLO", TinySmtpServer.drips())) {
            assertThat(handOver(server.port(), Duration.ofMillis(600))).isInstanceOf(Handover.Refused.class);
        }
        try (TinySmtpServer server = TinySmtpServer.with(".", TinySmtpServer.drips())) {
            assertThat(handOver(server.port(), Duration.ofMillis(600))).isInstanceOf(Handover.Unknown.class);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void writesTextAndHtmlInTheNameOfTheOrganisation() throws Exception {
        GreenMail inbox = new GreenMail(ServerSetup.SMTP.dynamicPort());
        inbox.start();
        try {
            assertThat(handOver(inbox.getSmtp().getPort())).isInstanceOf(Handover.Accepted.class);

            MimeMessage mail = inbox.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Non siamo riusciti a parlarLe");
            assertThat(mail.getFrom()[0]).hasToString("York Support <hello@york.example.org>");
            assertThat(mail.getReplyTo()[0]).hasToString("York Support <hello@york.example.org>");
            assertThat(mail.getAllRecipients()[0]).hasToString("dana@example.org");
            assertThat(mail.getHeader("Content-Language")).containsExactly("it");
            assertThat(mail.getHeader("Message-ID")).containsExactly("<fixed-1@york.example.org>");
            assertThat(mail.getHeader("Date")[0]).contains("23 Nov 2026");
            Multipart parts = (Multipart) mail.getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            assertThat(parts.getBodyPart(0).getContent().toString()).contains("Perché non risponde");
            assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
            assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>Perché");
        } finally {
            inbox.stop();
        }
    }

    @Test
    void letsNothingTypedEndAHeaderLine() throws Exception {
        MimeMessage mail = WRITER.write(message("Hello\r\nBcc: everybody@example.org\n\nand a body", "<p>x</p>"));

        assertThat(mail.getSubject()).isEqualTo("Hello Bcc: everybody@example.org and a body");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
    }

    private static Handover handOver(int port) throws Exception {
        return handOver(port, Duration.ofSeconds(20));
    }

    private static Handover handOver(int port, Duration limit) throws Exception {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        try (MailServer server = new MailServer(sender, limit)) {
            return server.handOver(
                    WRITER.write(message("Non siamo riusciti a parlarLe", "<p>Perché non risponde?</p>")));
        }
    }

    private static StoredMessage message(String subject, @Nullable String html) {
        return new StoredMessage(
                new MessageId(1),
                new ProjectId(1),
                "YRK-2026-0001",
                "no-contact",
                Channel.EMAIL,
                "dana@example.org",
                subject,
                "Perché non risponde?",
                html,
                Locale.ITALIAN,
                "<fixed-1@york.example.org>",
                Instant.parse("2026-11-23T14:10:00Z"));
    }
}
