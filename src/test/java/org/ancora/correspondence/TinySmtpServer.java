package org.ancora.correspondence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A mail server that misbehaves on request, so that every way a hand-over can break is really seen. */
final class TinySmtpServer implements AutoCloseable {

    /** What it does instead of answering a command as it should. */
    interface Fault {
        /** @return whether the conversation goes on */
        boolean instead(OutputStream out) throws IOException;
    }

    private final ServerSocket listening;
    private final Thread thread;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final Semaphore acceptances = new Semaphore(0);
    private final Map<String, Fault> faults;

    private TinySmtpServer(Map<String, Fault> faults) throws IOException {
        this.faults = faults;
        this.listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.thread = new Thread(this::serve, "tiny-smtp");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    static TinySmtpServer good() throws IOException {
        return new TinySmtpServer(Map.of());
    }

    /** @param command {@code CONNECT}, an SMTP verb, or {@code .} for the end of the data */
    static TinySmtpServer with(String command, Fault fault) throws IOException {
        return new TinySmtpServer(Map.of(command, fault));
    }

    static Fault answers(String line) {
        return out -> {
            say(out, line);
            return true;
        };
    }

    static Fault cuts() {
        return out -> false;
    }

    static Fault answersAndCuts(String line) {
        return out -> {
            say(out, line);
            return false;
        };
    }

    /** Never ends its line, yet never falls silent: no read time-out catches this one. */
    static Fault drips() {
        return out -> {
            try {
                for (int sent = 0; sent < 600; sent++) {
                    out.write('2');
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            return false;
        };
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The messages it said 250 to, or would have said it to, as received. */
    List<String> accepted() throws InterruptedException {
        acceptances.tryAcquire(200, TimeUnit.MILLISECONDS);
        return accepted;
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                converse(socket);
            } catch (IOException over) {
                // The client went away, or the test is over.
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (!answer("CONNECT", out, "220 tiny")) {
            return;
        }
        String line = in.readLine();
        while (line != null) {
            String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
            boolean goesOn = verb.equals("DATA") ? data(in, out) : answer(verb, out, "250 fine");
            if (!goesOn || verb.equals("QUIT")) {
                return;
            }
            line = in.readLine();
        }
    }

    private boolean data(BufferedReader in, OutputStream out) throws IOException {
        if (faults.containsKey("DATA")) {
            return faults.get("DATA").instead(out);
        }
        say(out, "354 go on");
        StringBuilder mail = new StringBuilder();
        String line = in.readLine();
        while (line != null && !line.equals(".")) {
            mail.append(line).append("\r\n");
            line = in.readLine();
        }
        accepted.add(mail.toString());
        acceptances.release();
        return answer(".", out, "250 taken as 42");
    }

    private boolean answer(String command, OutputStream out, String usual) throws IOException {
        Fault fault = faults.get(command);
        if (fault != null) {
            return fault.instead(out);
        }
        say(out, usual);
        return true;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        thread.interrupt();
    }
}
