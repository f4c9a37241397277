package org.ancora.correspondence;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import java.util.function.Function;
import org.ancora.access.ProjectId;
import org.ancora.network.Letterhead;
import org.jspecify.annotations.Nullable;

/**
 * Writes e-mails: plain text and HTML side by side, in the name of the project's organisation, answers to its address,
 * no images and no trace of who opened it.
 */
final class EmailWriter {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Clock clock;
    private final @Nullable String from;
    private final Function<ProjectId, Letterhead> letterheads;

    /**
     * Writes in the name of the projects' organisations.
     *
     * @param from address to send from; null sends from the organisation's own
     */
    EmailWriter(Clock clock, @Nullable String from, Function<ProjectId, Letterhead> letterheads) {
        this.clock = clock;
        this.from = from;
        this.letterheads = letterheads;
    }

    MimeMessage write(StoredMessage message) throws MessagingException {
        Letterhead head = letterheads.apply(message.projectId());
        MimeMessage mail = new WithFixedId(message.mailId());
        mail.setFrom(named(from == null ? head.email() : from, head.name()));
        mail.setReplyTo(new InternetAddress[] {named(head.email(), head.name())});
        mail.setRecipient(RecipientType.TO, Addresses.mail(message.address()));
        mail.setSubject(LetterTemplate.oneLine(message.subject() == null ? "" : message.subject()), UTF_8);
        mail.setSentDate(Date.from(clock.instant()));
        mail.setContentLanguage(new String[] {message.language().toLanguageTag()});
        // Asks holiday responders not to answer a machine.
        mail.setHeader("Auto-Submitted", "auto-generated");
        String html = message.html();
        if (html == null) {
            mail.setText(message.text(), UTF_8);
        } else {
            mail.setContent(alternative(message.text(), html));
        }
        mail.saveChanges();
        return mail;
    }

    private static MimeMultipart alternative(String text, String html) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, UTF_8);
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, UTF_8, "html");
        return new MimeMultipart("alternative", plain, rich);
    }

    private static InternetAddress named(String address, String name) throws MessagingException {
        InternetAddress bare = Addresses.mail(address);
        try {
            return new InternetAddress(bare.getAddress(), LetterTemplate.oneLine(name), UTF_8);
        } catch (UnsupportedEncodingException impossible) {
            throw new MessagingException("UTF-8 is missing", impossible);
        }
    }

    /** Every attempt carries the same Message-ID, so that the receiving side can drop a second copy. */
    private static final class WithFixedId extends MimeMessage {

        private final String id;

        WithFixedId(String id) {
            super(Session.getInstance(new Properties()));
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
