package org.ancora.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F2, F3, F9: what becomes of a message when nodes and mail servers misbehave around it. */
@Tag("faults")
class MailFaultsTest {

    private static Cluster cluster;
    private static Town town;

    private static final Random random = new Random(20261121L);

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster("mail");
        for (int number = 1; number <= 2; number++) {
            // An e-mail may take longer than a job is its node's own: what the two settings must never be in real life.
            cluster.node().with("ANCORA_MAIL_LIMIT", "40s");
        }
        cluster.node(1).start();
        town = new Town(cluster.jdbc()).signIn(cluster.node(1));
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void people() throws Exception {
        for (Node node : cluster.nodes()) {
            if (!node.isAlive()) {
                node.start();
            }
        }
    }

    @AfterEach
    void mend() throws Exception {
        cluster.sink().mode(SmtpSink.Mode.ACCEPT);
        cluster.nodes().forEach(Node::thaw);
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(60));
    }

    /** F2. */
    @Test
    void aMessageOfAKilledNodeIsShownToAPersonAndNeverSentAgain() throws Exception {
        cluster.node(2).kill();
        cluster.sink().mode(SmtpSink.Mode.HOLD_250);
        Operations alone = new Operations(town, cluster.jdbc(), () -> List.of(cluster.node(1)));
        String code = toTheLetterOf(alone);
        assertThat(cluster.sink().awaitHeld(30))
                .as("the mail server has the message")
                .isTrue();
        assertThat(stateOfMails(code)).containsOnlyOnce("sending");

        cluster.node(1).kill();
        cluster.sink().mode(SmtpSink.Mode.ACCEPT);
        cluster.node(2).start();
        Checker.awaitQuiet(cluster.jdbc(), Cluster.LOCK.plusSeconds(30));

        assertThat(stateOfMails(code)).containsOnlyOnce("unknown");
        assertThat(openElements(code)).contains("check-delivery");
        assertThat(cluster.sink().copies().values()).allMatch(copies -> copies == 1);
    }

    /** F3: the hand-over takes longer than the job's lock, and the other node takes the job meanwhile. */
    @Test
    void aStepThatOutlivesItsLockHasItsEffectOnce() throws Exception {
        cluster.nodes().forEach(node -> assertThat(node.isUp()).isTrue());
        Operations both = new Operations(town, cluster.jdbc(), cluster::nodes);
        cluster.sink().mode(SmtpSink.Mode.HOLD_250);
        String code = toTheLetterOf(both);
        assertThat(cluster.sink().awaitHeld(30)).isTrue();

        awaitState(code, "unknown", Cluster.LOCK.plusSeconds(15));
        cluster.sink().release();
        Checker.awaitQuiet(cluster.jdbc(), Cluster.LOCK.plusSeconds(30));

        // The slow node's word is better than the quick one's guess.
        assertThat(stateOfMails(code)).containsOnlyOnce("sent").doesNotContain("unknown", "sending");
        assertThat(cluster.sink().copies().values()).allMatch(copies -> copies == 1);
    }

    /** F9: seven minutes of a stopped process, scaled to the lock of these nodes. */
    @Test
    void aNodeThatStoodStillCommitsNothingThatAnotherHasDone() throws Exception {
        Operations both = new Operations(town, cluster.jdbc(), () -> List.of(cluster.node(1)));
        cluster.node(2).kill();
        cluster.sink().mode(SmtpSink.Mode.HOLD_250);
        String code = toTheLetterOf(both);
        assertThat(cluster.sink().awaitHeld(30)).isTrue();

        cluster.node(1).freeze();
        cluster.node(2).start();
        cluster.sink().release();
        awaitState(code, "unknown", Cluster.LOCK.plusSeconds(20));
        cluster.node(1).thaw();
        Thread.sleep(3_000);
        Checker.awaitQuiet(cluster.jdbc(), Cluster.LOCK.plusSeconds(30));

        assertThat(stateOfMails(code)).doesNotContain("sending");
        assertThat(cluster.jdbc().sql("""
                                select count(*) from engine.act_hi_actinst a
                                  join message m on m.process_id = a.proc_inst_id_
                                 where m.case_code = :code and a.act_id_ = 'hand-over-message'
                                   and a.end_time_ is not null and m.state in ('sent', 'unknown')
                                 group by m.id
                                """).param("code", code).query(Long.class).list())
                .allMatch(ends -> ends == 1);
        assertThat(cluster.sink().copies().values()).allMatch(copies -> copies == 1);
        cluster.node(1).kill();
    }

    /** A case in whose first round an e-mail is sent to the client; its messages are on their way when this returns. */
    private String toTheLetterOf(Operations who) throws InterruptedException {
        String code = who.register(random).orElseThrow();
        who.finish(code, "accept-intake", random);
        who.finish(code, "assign-caseworker", random);
        who.writeToClient(code);
        return code;
    }

    private List<String> stateOfMails(String code) {
        return cluster.jdbc()
                .sql("select state from message where case_code = :code and kind = 'please-call-us'")
                .param("code", code)
                .query(String.class)
                .list();
    }

    private List<String> openElements(String code) {
        return cluster.jdbc()
                .sql("select element from work_item where case_code = :code")
                .param("code", code)
                .query(String.class)
                .list();
    }

    private void awaitState(String code, String state, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!stateOfMails(code).contains(state)) {
            assertThat(System.nanoTime()).as("in time: %s", stateOfMails(code)).isLessThan(until);
            Thread.sleep(100);
        }
    }
}
