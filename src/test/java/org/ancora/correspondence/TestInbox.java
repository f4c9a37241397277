package org.ancora.correspondence;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** A mail server for tests of other modules: e-mails go there while it is open, and it can be down for a while. */
@Component
public class TestInbox {

    private final EmailWriter writer;
    private GreenMail server;
    private MailServer connection;

    TestInbox(EmailWriter writer) {
        this.writer = writer;
        this.server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        this.connection = new MailServer(new JavaMailSenderImpl(), Duration.ofSeconds(20));
    }

    /** From now on e-mails go through this server. */
    public void open() {
        server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(server.getSmtp().getPort());
        connection = new MailServer(sender, Duration.ofSeconds(20));
        SwitchedCarriers.sendThrough(new MailCarrier(connection, writer));
    }

    /** The server stops answering, and forgets nothing of what it took. */
    public void goDown() {
        server.getSmtp().stopService();
    }

    /** The server answers again at the same address. */
    public void comeBack() {
        int port = server.getSmtp().getPort();
        List<MimeMessage> taken = List.of(server.getReceivedMessages());
        server.stop();
        server = new GreenMail(new ServerSetup(port, null, ServerSetup.PROTOCOL_SMTP));
        server.start();
        if (!taken.isEmpty()) {
            throw new IllegalStateException("What arrived before the outage was not looked at");
        }
    }

    /** Subjects of the e-mails that arrived, in order. */
    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            try {
                subjects.add(mail.getSubject());
            } catch (MessagingException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
        return subjects;
    }

    /** The e-mails that arrived, as they came over the wire. */
    public List<String> sources() {
        return Stream.of(server.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .toList();
    }

    /** Subjects and texts of the e-mails that arrived, as their readers see them. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            try {
                texts.add(mail.getSubject() + "\n" + text(mail.getContent()));
            } catch (MessagingException | IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
        return texts;
    }

    private static String text(Object content) throws MessagingException, IOException {
        if (!(content instanceof Multipart parts)) {
            return content instanceof String text ? text : "";
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < parts.getCount(); at++) {
            text.append(text(parts.getBodyPart(at).getContent())).append('\n');
        }
        return text.toString();
    }

    /** From now on e-mails go to a server that the test itself plays, at this port of this machine. */
    public void sendTo(int port) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        connection = new MailServer(sender, Duration.ofSeconds(20));
        SwitchedCarriers.sendThrough(new MailCarrier(connection, writer));
    }

    /** E-mails become files again. */
    public void close() {
        SwitchedCarriers.sendThrough(null);
        connection.close();
        server.stop();
    }
}
