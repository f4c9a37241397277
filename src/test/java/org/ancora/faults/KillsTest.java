package org.ancora.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ancora.faults.Operations.Seen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F1: kill -9 at random moments under load, again and again. */
@Tag("faults")
class KillsTest {

    private static final int KILLS = Integer.getInteger("ancora.faults.kills", 50);
    private static final long SEED = Long.getLong("ancora.faults.seed", 20261121L);

    /** So much is done and acknowledged between one kill and the next. */
    private static final int WORK = 5;

    @Test
    void losesAndDoublesNothingOverFiftyKills() throws Exception {
        try (Cluster cluster = new Cluster("kills")) {
            cluster.node().start();
            cluster.node().start();
            Town town = new Town(cluster.jdbc()).signIn(cluster.node(1));
            // People go where a page opens; the one that was just killed is sometimes still asked.
            Operations operations = new Operations(town, cluster.jdbc(), cluster::nodes);
            Random random = new Random(SEED);

            List<String> findings = new Round(cluster, operations).during("F1", SEED, 4, () -> {
                for (int kill = 1; kill <= KILLS; kill++) {
                    operations.awaitAcknowledged(WORK, Duration.ofSeconds(120));
                    Thread.sleep(random.nextInt(1_500));
                    Node victim = cluster.node(1 + random.nextInt(2));
                    victim.kill();
                    victim.begin();
                    if (random.nextInt(8) == 0) {
                        // Now and then once more before it has come up.
                        Thread.sleep(random.nextInt(8_000));
                        victim.kill();
                        victim.begin();
                    }
                    victim.awaitReady(Duration.ofSeconds(180));
                }
                return KILLS;
            });

            assertThat(findings).isEmpty();
            assertThat(operations.count(Seen.ACKNOWLEDGED)).isGreaterThanOrEqualTo((long) WORK * KILLS);
        }
    }
}
