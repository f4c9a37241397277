package org.ancora.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The product as a process of its own, as an office runs it: no demo, real time, its jobs on. Only processes started here
 * are ever stopped here.
 */
final class Node implements AutoCloseable {

    /** How a line of the log begins that is not the rest of the one before. */
    private static final Pattern STAMP = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Path folder;
    private final int port = freePort();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> extraClasses = new ArrayList<>();
    private String main = "org.ancora.AncoraApplication";
    private Process process;
    private int starts;

    Node(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /** A setting as the environment gives it, such as {@code SPRING_MAIL_HOST}. */
    Node with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Another main class, with the folder that holds it. */
    Node running(String mainClass, Path classes) {
        main = mainClass;
        extraClasses.add(classes);
        return this;
    }

    /** Another folder or jar that comes before the product's own classes. */
    Node seeing(Path classes) {
        extraClasses.add(classes);
        return this;
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Begins to start; {@link #awaitReady} says when it is done. */
    Node begin() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                classPath(),
                main);
        builder.environment().keySet().removeIf(key -> key.startsWith("SPRING_") || key.startsWith("ANCORA_"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("ANCORA_DATA", folder.resolve(name).toString());
        // Four people of the town read more lists than a hundred of flesh and blood.
        builder.environment().put("ANCORA_ACCESS_LISTSATONCE", "0");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            Files.createDirectories(folder);
            process = builder.start();
            starts++;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    Node start() throws InterruptedException {
        return begin().awaitReady(Duration.ofSeconds(120));
    }

    Node awaitReady(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < until) {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with " + process.exitValue() + " while starting:\n" + tail());
            }
            if (isUp()) {
                return this;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(name + " was not ready in " + limit + ":\n" + tail());
    }

    boolean isUp() {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                                            .timeout(Duration.ofSeconds(3))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** As a power cut or the kernel's out-of-memory killer would end it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Stands still as in a very long collection of garbage. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    /** Asks it to end, as systemd and compose do. */
    void terminate() {
        signal("TERM");
    }

    /** Its exit code, once it has ended by itself. */
    int exitWithin(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " still runs after " + limit + ":\n" + tail());
        }
        return process.exitValue();
    }

    int starts() {
        return starts;
    }

    Path log() {
        return folder.resolve(name + ".log");
    }

    String logged() {
        try {
            return Files.readString(log());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What it logged under a reference, with the causes and without the frames of a stack. */
    String logged(String reference) {
        StringBuilder said = new StringBuilder();
        boolean here = false;
        for (String line : logged().lines().toList()) {
            boolean begins = STAMP.matcher(line).find();
            here = begins ? line.contains(reference) : here;
            if (here && !line.startsWith("\tat ") && !line.startsWith("\t...")) {
                said.append(line).append('\n');
            }
        }
        return said.toString();
    }

    private String tail() {
        List<String> lines = logged().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What this run was compiled from, without the tests: their components are none of the product's. */
    private String classPath() {
        String tests = Path.of("target", "test-classes").toString();
        String product = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(tests))
                .collect(Collectors.joining(File.pathSeparator));
        return extraClasses.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + (extraClasses.isEmpty() ? "" : File.pathSeparator)
                + product;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            thaw();
            process.destroyForcibly();
        }
    }
}
