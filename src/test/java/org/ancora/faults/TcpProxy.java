package org.ancora.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the product and a server and does to their conversation what networks do: passes it on, holds it up,
 * drips it byte by byte, refuses it, or cuts it, also at the one moment that matters: after a given word went to the
 * server and before its answer came back.
 */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private final AtomicInteger cutsDone = new AtomicInteger();

    private volatile long delayMillis;
    private volatile boolean dripping;
    private volatile boolean refusing;
    private volatile byte[] word = new byte[0];

    TcpProxy(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start("proxy to " + target, this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Every answer takes so much longer. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** The server's answers come one byte a second. */
    void drip(boolean on) {
        dripping = on;
    }

    /** New connections are closed at once; those that are open go on. */
    void refuse(boolean on) {
        refusing = on;
    }

    /** Cuts every conversation that is going on. */
    void cutNow() {
        open.forEach(TcpProxy::close);
        open.clear();
    }

    /** The next conversations in which the product says this word are cut once the server has it, before it answers. */
    void cutAfter(String said, int times) {
        word = said.getBytes(StandardCharsets.US_ASCII);
        cutsLeft.set(times);
        cutsDone.set(0);
    }

    /** How often {@link #cutAfter} has cut. */
    int cuts() {
        return cutsDone.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (refusing) {
                    close(client);
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException down) {
            close(client);
            return;
        }
        open.add(client);
        open.add(server);
        Conversation conversation = new Conversation(client, server);
        start("to " + target, conversation::ask);
        start("from " + target, conversation::answer);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is closed, which is what was wanted.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cutNow();
    }

    private final class Conversation {

        private final Socket client;
        private final Socket server;
        private volatile boolean muted;

        Conversation(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void ask() {
            byte[] buffer = new byte[16_384];
            try (InputStream in = client.getInputStream();
                    OutputStream out = server.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    boolean last = isSaid(buffer, read) && cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                    muted |= last;
                    out.write(buffer, 0, read);
                    out.flush();
                    if (last) {
                        cutsDone.incrementAndGet();
                        // The server is to have done what it was asked before it finds nobody to tell.
                        Thread.sleep(60);
                        end();
                        return;
                    }
                }
            } catch (IOException | InterruptedException over) {
                // Either side hung up.
            }
            end();
        }

        void answer() {
            byte[] buffer = new byte[16_384];
            try (InputStream in = server.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (muted) {
                        continue;
                    }
                    if (delayMillis > 0) {
                        Thread.sleep(delayMillis);
                    }
                    pass(out, buffer, read);
                }
            } catch (IOException | InterruptedException over) {
                // Either side hung up.
            }
            end();
        }

        private void pass(OutputStream out, byte[] buffer, int length) throws IOException, InterruptedException {
            int from = 0;
            while (dripping && from < length) {
                out.write(buffer[from++]);
                out.flush();
                Thread.sleep(1_000);
            }
            out.write(buffer, from, length - from);
            out.flush();
        }

        private boolean isSaid(byte[] buffer, int length) {
            byte[] said = word;
            if (said.length == 0 || cutsLeft.get() == 0) {
                return false;
            }
            for (int at = 0; at + said.length <= length; at++) {
                if (Arrays.equals(buffer, at, at + said.length, said, 0, said.length)) {
                    return true;
                }
            }
            return false;
        }

        private void end() {
            TcpProxy.close(client);
            TcpProxy.close(server);
            open.remove(client);
            open.remove(server);
        }
    }
}
