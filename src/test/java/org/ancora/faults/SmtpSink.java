package org.ancora.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A mail server that remembers each message it took by its Message-ID, and can be as bad as mail servers get. */
final class SmtpSink implements AutoCloseable {

    /** How the server behaves. */
    enum Mode {
        /** Takes everything. */
        ACCEPT,
        /** Closes every connection at once. */
        DOWN,
        /** Says "come back later" to the first attempts of each recipient. */
        GREYLIST,
        /** Takes the message and hangs up before saying so. */
        DROP_AFTER_DATA,
        /** Takes the message and says so only when {@link #release} is called. */
        HOLD_250,
        /** Answers one byte a second. */
        DRIP
    }

    /** A message that the server took. */
    record Taken(String messageId, String to, Instant at) {}

    private final Clock clock = Clock.systemUTC();
    private final ServerSocket door;
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> greeted = new ConcurrentHashMap<>();
    private final Set<String> nobody = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.ACCEPT;
    private volatile int greylisted = 1;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch reached = new CountDownLatch(0);

    SmtpSink() {
        try {
            door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void mode(Mode next) {
        release();
        if (next == Mode.HOLD_250) {
            held = new CountDownLatch(1);
            reached = new CountDownLatch(1);
        }
        mode = next;
    }

    /** How many attempts of each recipient are put off while greylisting. */
    void greylist(int attempts) {
        greylisted = attempts;
        greeted.clear();
        mode(Mode.GREYLIST);
    }

    /** There is nobody of this address: 550, for good. */
    void nobodyAt(String address) {
        nobody.add(address);
    }

    /** Waits until a message was taken that is not yet answered for. */
    boolean awaitHeld(long seconds) throws InterruptedException {
        return reached.await(seconds, TimeUnit.SECONDS);
    }

    /** Lets go of the answers held back. */
    void release() {
        held.countDown();
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** How many copies were taken of each message. */
    Map<String, Long> copies() {
        return taken.stream().collect(Collectors.groupingBy(Taken::messageId, Collectors.counting()));
    }

    /** Takes the newest message a second time, so that a check of doubles can be seen to fail. */
    void takeAgain() {
        Taken newest = taken().get(taken.size() - 1);
        taken.add(newest);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (mode == Mode.DOWN) {
                    client.close();
                } else {
                    open.add(client);
                    start(() -> serve(client));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "smtp-sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            converse(in, client.getOutputStream());
        } catch (IOException | InterruptedException over) {
            // The other side hung up, or the sink closes.
        } finally {
            open.remove(client);
        }
    }

    private void converse(BufferedReader in, OutputStream out) throws IOException, InterruptedException {
        say(out, "220 sink");
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
            switch (verb) {
                case "EHLO", "HELO" -> say(out, "250 sink");
                case "RCPT" -> {
                    to = line.replaceAll(".*<(.*)>.*", "$1");
                    say(out, welcome(to));
                }
                case "DATA" -> {
                    say(out, "354 go on");
                    String id = messageId(in);
                    taken.add(new Taken(id, to, clock.instant()));
                    if (mode == Mode.DROP_AFTER_DATA) {
                        return;
                    }
                    if (mode == Mode.HOLD_250) {
                        reached.countDown();
                        held.await();
                    }
                    say(out, "250 taken as " + taken.size());
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private String welcome(String to) {
        if (nobody.contains(to)) {
            return "550 5.1.1 nobody of that name here";
        }
        if (mode == Mode.GREYLIST && greeted.merge(to, 1, Integer::sum) <= greylisted) {
            return "451 4.7.1 greylisted, come back later";
        }
        return "250 ok";
    }

    private static String messageId(BufferedReader in) throws IOException {
        String id = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return id;
            }
            if (id.isEmpty() && line.regionMatches(true, 0, "Message-ID:", 0, 11)) {
                id = line.substring(11).strip();
                if (id.isEmpty()) {
                    id = String.valueOf(in.readLine()).strip();
                }
            }
        }
        throw new IOException("hung up in the middle of a message");
    }

    private void say(OutputStream out, String line) throws IOException, InterruptedException {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (byte each : mode == Mode.DRIP ? bytes : new byte[0]) {
            out.write(each);
            out.flush();
            Thread.sleep(1_000);
        }
        if (mode != Mode.DRIP) {
            out.write(bytes);
            out.flush();
        }
    }

    @Override
    public void close() {
        release();
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
