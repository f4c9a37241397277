package org.ancora.correspondence;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Hands one e-mail to the SMTP server and tells apart what SMTP lets one tell apart: refused before the server had the
 * data, accepted, and "the connection broke in between". Plain SMTP offers nothing better.
 */
final class MailServer implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Mailbox unavailable, not local, name not allowed, domain takes no mail. */
    private static final Set<Integer> ADDRESS_REFUSED = Set.of(550, 551, 553, 556);

    private final JavaMailSenderImpl sender;
    private final Duration limit;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mail-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Speaks to the configured server.
     *
     * @param limit how long one hand-over may take in all; a server that answers a byte at a time never trips a read
     *     time-out, and the engine's lock on the job must outlive the hand-over
     */
    MailServer(JavaMailSenderImpl sender, Duration limit) {
        this.sender = sender;
        this.limit = limit;
    }

    Handover handOver(MimeMessage message) {
        Connections connections = new Connections();
        StagedTransport transport = new StagedTransport(session(connections), isSsl());
        Future<?> cut = watchdog.schedule(connections::cut, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            transport.connect(sender.getHost(), sender.getPort(), sender.getUsername(), sender.getPassword());
            Address[] recipients = Objects.requireNonNull(message.getAllRecipients(), "a message without recipient");
            transport.sendMessage(message, recipients);
            return new Handover.Accepted(transport.reply());
        } catch (MessagingException | RuntimeException failure) {
            return transport.outcomeOf(failure);
        } finally {
            cut.cancel(false);
            closeQuietly(transport);
            connections.cut();
        }
    }

    private static void closeQuietly(StagedTransport transport) {
        try {
            transport.close();
        } catch (MessagingException | RuntimeException parting) {
            // What the server says to QUIT changes nothing about the message it has taken or refused.
        }
    }

    private boolean isSsl() {
        return "smtps".equals(sender.getProtocol());
    }

    private Session session(SocketFactory sockets) {
        Properties properties = new Properties();
        properties.putAll(sender.getJavaMailProperties());
        String prefix = isSsl() ? "mail.smtps." : "mail.smtp.";
        properties.putIfAbsent(prefix + "connectiontimeout", Long.toString(CONNECT.toMillis()));
        properties.putIfAbsent(prefix + "timeout", Long.toString(SILENCE.toMillis()));
        properties.putIfAbsent(prefix + "writetimeout", Long.toString(SILENCE.toMillis()));
        properties.put(prefix + "socketFactory", sockets);
        properties.put(prefix + "socketFactory.fallback", "false");
        if (sender.getUsername() != null) {
            properties.put(prefix + "auth", "true");
        }
        return Session.getInstance(properties);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }

    /** An SMTP conversation that remembers whether the server has been given the data. */
    private static final class StagedTransport extends SMTPTransport {

        private enum Stage {
            BEFORE_DATA,
            DATA,
            ACCEPTED
        }

        private Stage stage = Stage.BEFORE_DATA;
        private String accepted = "";

        StagedTransport(Session session, boolean ssl) {
            super(
                    session,
                    new URLName(ssl ? "smtps" : "smtp", null, -1, null, null, null),
                    ssl ? "smtps" : "smtp",
                    ssl);
        }

        @Override
        protected OutputStream data() throws MessagingException {
            OutputStream stream = super.data();
            stage = Stage.DATA;
            return stream;
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            super.finishData();
            stage = Stage.ACCEPTED;
            accepted = Replies.shortened(getLastServerResponse());
        }

        @Override
        protected OutputStream bdat() throws MessagingException {
            stage = Stage.DATA;
            return super.bdat();
        }

        @Override
        protected void finishBdat() throws IOException, MessagingException {
            super.finishBdat();
            stage = Stage.ACCEPTED;
            accepted = Replies.shortened(getLastServerResponse());
        }

        String reply() {
            return accepted;
        }

        Handover outcomeOf(Exception failure) {
            return switch (stage) {
                case ACCEPTED -> new Handover.Accepted(accepted);
                case BEFORE_DATA ->
                    nobodyThere(failure)
                            ? new Handover.Undeliverable(words(failure))
                            : new Handover.Refused(words(failure));
                // A final answer to the data is an answer: 4xx and 5xx say that the server does not keep it.
                case DATA ->
                    getLastReturnCode() >= 400
                            ? new Handover.Refused(words(failure))
                            : new Handover.Unknown(words(failure));
            };
        }

        /** 5.7 is a policy, which may speak of us rather than of the address; it may be another one tomorrow. */
        private static boolean nobodyThere(Exception failure) {
            for (Exception each = failure;
                    each instanceof MessagingException several;
                    each = several.getNextException()) {
                if (each instanceof SMTPAddressFailedException address
                        && ADDRESS_REFUSED.contains(address.getReturnCode())
                        && !String.valueOf(address.getMessage()).contains(" 5.7.")) {
                    return true;
                }
            }
            return false;
        }

        private String words(Exception failure) {
            String response = getLastReturnCode() >= 400 ? getLastServerResponse() : null;
            return Replies.shortened(response != null ? response : rootOf(failure));
        }

        private static String rootOf(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        }
    }

    /** Opens plain sockets and can cut them all, which is the only way to end a conversation with a slow server. */
    private static final class Connections extends SocketFactory {

        private final Set<Socket> open = ConcurrentHashMap.newKeySet();

        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            open.add(socket);
            return socket;
        }

        void cut() {
            for (Socket socket : open) {
                try {
                    socket.close();
                } catch (IOException closed) {
                    throw new UncheckedIOException(closed);
                }
            }
            open.clear();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("Only unconnected sockets are asked for");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("Only unconnected sockets are asked for");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("Only unconnected sockets are asked for");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException("Only unconnected sockets are asked for");
        }
    }
}
