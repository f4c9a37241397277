package org.ancora.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes of the product on one PostgreSQL and one mail server, each conversation through a proxy that can break it. */
final class Cluster implements AutoCloseable {

    /** How long a job is a node's own here; ten minutes in real life. */
    static final Duration LOCK = Duration.ofSeconds(6);

    private final Thread endWithUs = new Thread(this::endAll);
    private final Path folder;
    private final Postgres postgres;
    private final SmtpSink sink = new SmtpSink();
    private final TcpProxy mail = new TcpProxy(sink.port());
    private final List<TcpProxy> ways = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    Cluster(String name) {
        try {
            folder = Files.createTempDirectory("ancora-faults-" + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        postgres = new Postgres(folder.resolve("postgres"));
        // Whoever stops the tests half-way leaves no process behind.
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /** A node that is not yet started. */
    Node node() {
        TcpProxy way = new TcpProxy(postgres.port());
        Node node = new Node("node" + (nodes.size() + 1), folder)
                .with(
                        "SPRING_DATASOURCE_URL",
                        "jdbc:postgresql://localhost:" + way.port() + "/postgres?socketTimeout=60")
                .with("SPRING_DATASOURCE_USERNAME", "postgres")
                .with("SPRING_MAIL_HOST", "localhost")
                .with("SPRING_MAIL_PORT", Integer.toString(mail.port()))
                .with("ANCORA_ADMIN_EMAIL", "admin@york.example")
                .with("ANCORA_ACCESS_SECURECOOKIES", "false")
                .with("ANCORA_JOBS_LOCK", LOCK.toSeconds() + "s")
                .with("ANCORA_JOBS_IDLEWAIT", "500ms")
                .with("ANCORA_JOBS_RETRIES", "PT1S,PT2S,PT2S,PT4S,PT4S,PT4S,PT4S,PT4S,PT4S")
                .with("ANCORA_MAIL_LIMIT", "4s");
        ways.add(way);
        nodes.add(node);
        return node;
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    Node node(int number) {
        return nodes.get(number - 1);
    }

    /** The way between a node and the database. */
    TcpProxy way(int node) {
        return ways.get(node - 1);
    }

    TcpProxy mail() {
        return mail;
    }

    SmtpSink sink() {
        return sink;
    }

    Postgres postgres() {
        return postgres;
    }

    JdbcClient jdbc() {
        return postgres.jdbc();
    }

    Path folder() {
        return folder;
    }

    private void endAll() {
        nodes.forEach(Node::close);
        sink.close();
        mail.close();
        ways.forEach(TcpProxy::close);
        postgres.close();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(endWithUs);
        endAll();
        if (!Boolean.getBoolean("ancora.faults.keep")) {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
