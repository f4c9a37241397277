package org.ancora.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ancora.faults.Operations.Seen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short part of the fault harness, in every build: two nodes and one of them killed under load. */
class FaultsTest {

    private static Cluster cluster;
    private static Town town;

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster("short");
        // Both find an empty database at the same moment.
        Node first = cluster.node().begin();
        Node second = cluster.node().begin();
        first.awaitReady(Duration.ofSeconds(120));
        second.awaitReady(Duration.ofSeconds(120));
        town = new Town(cluster.jdbc()).signIn(first);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    void losesAndDoublesNothingWhenANodeIsKilledUnderLoad() throws Exception {
        long seed = Long.getLong("ancora.faults.seed", 20261121L);
        Random random = new Random(seed);
        Operations operations = new Operations(town, cluster.jdbc(), cluster::nodes);

        List<String> findings = new Round(cluster, operations).during("a kill", seed, 4, () -> {
            operations.awaitSome(25 + random.nextInt(20));
            cluster.node(1).kill();
            operations.awaitSome(25);
            return 1;
        });

        assertThat(findings).isEmpty();
        assertThat(operations.count(Seen.ACKNOWLEDGED)).isGreaterThan(10);
        assertThat(operations.count(Seen.UNKNOWN)).isPositive();
        whatIsLostOrDoubledIsFound(operations);
    }

    /** The checker itself, on what it has just found whole: a loss and a double are planted, and it names them. */
    private static void whatIsLostOrDoubledIsFound(Operations operations) {
        cluster.jdbc().sql("alter table activity disable trigger user").update();
        String lost = cluster.jdbc().sql("""
                        delete from activity where id = (select max(id) from activity where action = 'task.completed')
                        returning case_code || ' ' || (details ->> 'element')
                        """).query(String.class).single();
        assertThat(findings(operations))
                .singleElement()
                .asString()
                .startsWith("the log and the finished tasks disagree on: " + lost);

        if (!cluster.sink().taken().isEmpty()) {
            cluster.sink().takeAgain();
            assertThat(findings(operations)).anyMatch(finding -> finding.startsWith("doubled: the mail"));
        }
    }

    private static List<String> findings(Operations operations) {
        return new Checker(cluster.jdbc(), cluster.sink()).findings(operations.deeds());
    }
}
