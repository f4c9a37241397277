package org.ancora.correspondence;

import jakarta.mail.MessagingException;

/** Carries e-mail to the organisation's mail server. */
final class MailCarrier implements Carrier, AutoCloseable {

    private final MailServer server;
    private final EmailWriter writer;

    MailCarrier(MailServer server, EmailWriter writer) {
        this.server = server;
        this.writer = writer;
    }

    @Override
    public Handover handOver(StoredMessage message) {
        try {
            return server.handOver(writer.write(message));
        } catch (MessagingException unwritable) {
            return new Handover.Refused(Replies.shortened(unwritable.getMessage()));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
