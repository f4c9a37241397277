package org.ancora.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ancora.faults.Operations.Seen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F4, F5, F6, F15 and SIGTERM: people who press twice, and a database that goes away, forgets to answer, or is busy. */
@Tag("faults")
class DatabaseFaultsTest {

    private static final long SEED = Long.getLong("ancora.faults.seed", 20261121L);

    private static Cluster cluster;
    private static Town town;
    private static Operations operations;

    private static final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster("database");
        // Without prepared statements each COMMIT crosses the wire as a word that the proxy can hear.
        cluster.node()
                .with(
                        "SPRING_DATASOURCE_URL",
                        "jdbc:postgresql://localhost:" + cluster.way(1).port()
                                + "/postgres?socketTimeout=60&prepareThreshold=0");
        cluster.node(1).start();
        cluster.node().start();
        town = new Town(cluster.jdbc()).signIn(cluster.node(1));
        operations = new Operations(town, cluster.jdbc(), cluster::nodes);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @AfterEach
    void isAllRight() throws Exception {
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(60));
        assertThat(new Checker(cluster.jdbc(), cluster.sink()).stuck()).isEmpty();
    }

    /** F4: the same button on both nodes at the same moment, by the same person and by two. */
    @Test
    void oneOfManyWhoFinishATaskAtOnceWins() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 15; round++) {
                String code = operations.register(random).orElseThrow();
                String task = operations.taskOf(code, "accept-intake");
                List<Callable<Operations.Deed>> pressed = new ArrayList<>();
                for (int press = 0; press < 8; press++) {
                    Node node = cluster.node(1 + press % 2);
                    // Another answer is another deed, even by the same person.
                    Map<String, String> answers = press < 6
                            ? Map.of("decision", "accept")
                            : Map.of(
                                    "decision",
                                    "refuse",
                                    "refusalReason",
                                    "outside-area",
                                    "refusalText",
                                    "Not our region");
                    pressed.add(() -> operations.complete(node, town.coordinator(), task, answers));
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Operations.Deed> answer : crowd.invokeAll(pressed)) {
                    statuses.add(answer.get().status());
                }
                assertThat(statuses).allMatch(status -> status == 200 || status == 409 || status == 422);
                assertThat(statuses).contains(200);
                assertThat(cluster.jdbc()
                                .sql("""
                                        select count(*) from activity
                                         where case_code = :code and action = 'task.completed'
                                        """)
                                .param("code", code)
                                .query(Integer.class)
                                .single())
                        .isOne();
                assertThat(cluster.jdbc()
                                .sql("select count(*) from work_item where case_code = :code")
                                .param("code", code)
                                .query(Integer.class)
                                .single())
                        .as("successors of one task")
                        .isLessThanOrEqualTo(1);
            }
        } finally {
            crowd.shutdownNow();
        }
    }

    /** F5. */
    @Test
    void theDatabaseRestartsAtOnceAndPeopleGoOn() throws Exception {
        List<String> findings = new Round(cluster, operations).during("F5", SEED, 4, () -> {
            for (int restart = 0; restart < 3; restart++) {
                operations.awaitSome(30);
                cluster.postgres().restartImmediately();
                long back = System.nanoTime();
                for (Node node : cluster.nodes()) {
                    while (status(node) != 200) {
                        assertThat(System.nanoTime() - back)
                                .as("seconds until %s serves again", node.name())
                                .isLessThan(TimeUnit.SECONDS.toNanos(30));
                        Thread.sleep(100);
                    }
                }
            }
            operations.awaitSome(20);
            return 3;
        });

        assertThat(findings).isEmpty();
    }

    /** F6: the server has committed, and nobody will ever say so. */
    @Test
    void nobodyLosesOrDoublesWhatWasCommittedWithoutAnAnswer() throws Exception {
        List<String> findings = new Round(cluster, operations).during("F6", SEED, 4, () -> {
            int cuts = 0;
            for (int cut = 0; cut < 30; cut++) {
                cluster.way(1).cutAfter("COMMIT", 1);
                for (int tenths = 0; cluster.way(1).cuts() == 0 && tenths < 50; tenths++) {
                    Thread.sleep(100);
                }
                cuts += cluster.way(1).cuts();
                Thread.sleep(500 + random.nextInt(500));
            }
            return cuts;
        });

        assertThat(findings).isEmpty();
    }

    /** F6, one request by itself: whoever presses again is told that it is done, and by them. */
    @Test
    void aReplayAfterALostCommitIsAnsweredAsTheFirstWouldHaveBeen() throws Exception {
        String code = operations.register(random).orElseThrow();
        String task = operations.taskOf(code, "accept-intake");
        cluster.way(1).cutAfter("COMMIT", 1);
        Operations.Deed first =
                operations.complete(cluster.node(1), town.coordinator(), task, Map.of("decision", "accept"));
        Operations.Deed again =
                operations.complete(cluster.node(2), town.coordinator(), task, Map.of("decision", "accept"));

        assertThat(cluster.way(1).cuts()).isOne();
        assertThat(first.status()).isIn(0, 200, 503);
        assertThat(again.status()).as(again.result()).isEqualTo(200);
    }

    /** F15: pages wait for one table until no connection is left. */
    @Test
    void whoFindsNoConnectionIsToldSoAtOnceAndTimersStillRun() throws Exception {
        String code = operations.register(random).orElseThrow();
        Node node = cluster.node(1);
        cluster.node(2).freeze();
        ExecutorService crowd = Executors.newFixedThreadPool(45);
        try (Connection busy = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + cluster.postgres().port() + "/postgres", "postgres", "");
                Statement statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("lock table read_access in access exclusive mode");
            for (int reader = 0; reader < 45; reader++) {
                crowd.submit(() -> town.supervisor().get(node, "/cases/" + code));
            }
            Thread.sleep(2_000);
            long begin = System.nanoTime();
            HttpResponse<String> told = town.workers().get(0).get(node, "/tasks");
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);

            assertThat(told.statusCode()).isEqualTo(503);
            assertThat(seconds).as("seconds until somebody is told").isLessThanOrEqualTo(5);
            assertThat(told.body()).containsPattern("[2-9A-Z]{4}-[2-9A-Z]{4}");

            // Meanwhile the deadline of the coordinator's decision passes, and it is heard of.
            cluster.jdbc()
                    .sql("update engine.act_ru_job set duedate_ = now() at time zone 'UTC' where type_ = 'timer'")
                    .update();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (notices(code) == 0) {
                assertThat(System.nanoTime()).as("a timer fires in time").isLessThan(until);
                Thread.sleep(200);
            }
            busy.rollback();
        } finally {
            crowd.shutdownNow();
            cluster.node(2).thaw();
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (status(node) != 200) {
            assertThat(System.nanoTime()).as("recovers by itself").isLessThan(until);
            Thread.sleep(200);
        }
    }

    /** As systemd and compose end a service. */
    @Test
    void endsCleanlyWhenAsked() throws Exception {
        Node node = cluster.node(2);
        List<Thread> people = operations.begin(SEED, 3);
        operations.awaitSome(15);
        cluster.way(2).delay(20);
        // So many timers at once that some still wait in the queue of the node when it is asked to end.
        for (int timers = 0; timers < 10; timers++) {
            operations.passTime(random);
        }
        Thread.sleep(700);
        ExecutorService one = Executors.newSingleThreadExecutor();
        Future<HttpResponse<String>> inFlight =
                one.submit(() -> town.workers().get(0).get(node, "/p/york/cases"));
        Thread.sleep(150);
        node.terminate();

        assertThat(inFlight.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(node.exitWithin(Duration.ofSeconds(38))).isIn(0, 143);
        List<String> locked = locks();
        Thread.sleep(2_000);
        // The other node has long ended its own; those of a node that is gone would stay until they run out.
        assertThat(locks()).as("locks of a node that is gone").doesNotContainAnyElementsOf(locked);
        one.shutdown();
        operations.stop();
        for (Thread person : people) {
            person.join();
        }
        cluster.way(2).delay(0);
        assertThat(node.logged()).doesNotContain("HikariDataSource HikariDataSource (HikariPool-1) has been closed.");
        node.start();
        assertThat(operations.count(Seen.ACKNOWLEDGED)).isPositive();
    }

    private static List<String> locks() {
        return cluster.jdbc().sql("""
                        select id_ || ' by ' || lock_owner_ || ' until ' || lock_exp_time_
                          from engine.act_ru_job where lock_owner_ is not null
                        """).query(String.class).list();
    }

    private int notices(String code) {
        return cluster.jdbc()
                .sql("select count(*) from notice where case_code = :code")
                .param("code", code)
                .query(Integer.class)
                .single();
    }

    private int status(Node node) {
        try {
            return town.workers().get(0).get(node, "/tasks").statusCode();
        } catch (Exception away) {
            return 0;
        }
    }
}
