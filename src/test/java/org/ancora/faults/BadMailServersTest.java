package org.ancora.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F10 and F11: mail servers that are down, put off, drip or refuse, and a job that can never succeed among many. */
@Tag("faults")
class BadMailServersTest {

    private static Cluster cluster;
    private static Town town;
    private static Operations operations;

    private static final Random random = new Random(20261121L);

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster("post");
        Node node = cluster.node().start();
        town = new Town(cluster.jdbc()).signIn(node);
        operations = new Operations(town, cluster.jdbc(), cluster::nodes);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @AfterEach
    void mend() throws Exception {
        cluster.sink().mode(SmtpSink.Mode.ACCEPT);
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(60));
        assertThat(new Checker(cluster.jdbc(), cluster.sink()).stuck()).isEmpty();
    }

    @Test
    void delayAndLoseNothing() throws Exception {
        long before = pageTime();
        cluster.sink().mode(SmtpSink.Mode.DOWN);
        List<String> codes = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            codes.add(withMail());
        }
        await("somebody tries").until(() -> attempts(codes.get(0)) > 0);
        long during = pageTime();
        assertThat(mails(codes.get(0))).contains("queued").doesNotContain("sent");

        cluster.sink().greylist(2);
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(90));

        codes.forEach(code -> assertThat(mails(code)).as(code).isNotEmpty().containsOnly("sent"));
        assertThat(cluster.sink().copies().values()).allMatch(copies -> copies == 1);
        assertThat(during)
                .as("milliseconds of a page while the mail server is down, " + before + " before")
                .isLessThan(2 * before + 200);
    }

    @Test
    void thatDripAreGivenUpAndTriedAgain() throws Exception {
        long before = pageTime();
        cluster.sink().mode(SmtpSink.Mode.DRIP);
        String slow = withMail();
        Thread.sleep(5_000);
        assertThat(pageTime())
                .as("milliseconds of a page, " + before + " before")
                .isLessThan(2 * before + 200);
        assertThat(mails(slow)).doesNotContain("sent");

        cluster.sink().mode(SmtpSink.Mode.ACCEPT);
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(60));

        assertThat(mails(slow)).isNotEmpty().containsOnly("sent");
    }

    @Test
    void thatRefuseAnAddressForGoodMakeAPersonLook() throws Exception {
        String code = inFirstRound();
        cluster.sink().nobodyAt(address(code));
        operations.writeToClient(code);
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(10));

        assertThat(mails(code)).containsOnly("failed");
        assertThat(attempts(code)).isOne();
        assertThat(cluster.jdbc()
                        .sql("select count(*) from work_item where case_code = :code and element = 'check-delivery'")
                        .param("code", code)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    /** F11. */
    @Test
    void aPoisonedJobHoldsUpNobodyElse() throws Exception {
        cluster.sink().mode(SmtpSink.Mode.DOWN);
        List<String> codes = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            codes.add(withMail());
        }
        String poisoned = cluster.jdbc()
                .sql("select process_id from message where case_code = :code and kind = 'please-call-us'")
                .param("code", codes.get(2))
                .query(String.class)
                .single();
        shift(poisoned, 1_000_000);
        cluster.sink().mode(SmtpSink.Mode.ACCEPT);

        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(120));
        for (String code : codes) {
            assertThat(mails(code)).as(code).containsOnly(code.equals(codes.get(2)) ? "queued" : "sent");
        }
        assertThat(cluster.jdbc()
                        .sql("select proc_inst_id_ from engine.act_ru_incident")
                        .query(String.class)
                        .list())
                .containsExactly(poisoned);

        shift(poisoned, -1_000_000);
        cluster.jdbc()
                .sql(
                        "update engine.act_ru_job set retries_ = 1, duedate_ = now() at time zone 'UTC' where retries_ = 0")
                .update();
        Checker.awaitQuiet(cluster.jdbc(), Duration.ofSeconds(30));
        assertThat(mails(codes.get(2))).containsOnly("sent");
        assertThat(cluster.jdbc()
                        .sql("select count(*) from engine.act_ru_incident")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void shift(String process, long by) {
        assertThat(cluster.jdbc()
                        .sql("""
                                update engine.act_ru_variable set long_ = long_ + :by, text_ = (long_ + :by)::text
                                 where proc_inst_id_ = :process and name_ = 'messageId'
                                """)
                        .param("by", by)
                        .param("process", process)
                        .update())
                .isOne();
    }

    private String inFirstRound() throws InterruptedException {
        String code = operations.register(random).orElseThrow();
        operations.finish(code, "accept-intake", random);
        operations.finish(code, "assign-caseworker", random);
        return code;
    }

    private String withMail() throws InterruptedException {
        String code = inFirstRound();
        operations.writeToClient(code);
        return code;
    }

    private static String address(String code) {
        return cluster.jdbc().sql("""
                        select p.value from contact_point p join case_file c on c.profile_id = p.profile_id
                         where c.code = :code and p.kind = 'email'
                        """).param("code", code).query(String.class).single();
    }

    private static List<String> mails(String code) {
        return cluster.jdbc()
                .sql("select state from message where case_code = :code and kind = 'please-call-us'")
                .param("code", code)
                .query(String.class)
                .list();
    }

    private static int attempts(String code) {
        return cluster.jdbc()
                .sql(
                        "select coalesce(max(attempts), 0) from message where case_code = :code and kind = 'please-call-us'")
                .param("code", code)
                .query(Integer.class)
                .single();
    }

    /** The median of nine list pages, in milliseconds. */
    private static long pageTime() throws Exception {
        long[] times = new long[9];
        for (int page = 0; page < times.length; page++) {
            long begin = System.nanoTime();
            assertThat(town.workers().get(0).get(cluster.node(1), "/tasks").statusCode())
                    .isEqualTo(200);
            times[page] = (System.nanoTime() - begin) / 1_000_000;
        }
        Arrays.sort(times);
        return times[4];
    }
}
