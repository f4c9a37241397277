package org.ancora.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F1: kill -9 at random moments under load, again and again. */
@Tag("faults")
class KillsTest {

    private static final int KILLS = Integer.getInteger("ancora.faults.kills", 50);
    private static final long SEED = Long.getLong("ancora.faults.seed", 20261121L);

    @Test
    void losesAndDoublesNothingOverFiftyKills() throws Exception {
        try (Cluster cluster = new Cluster("kills")) {
            cluster.node().start();
            cluster.node().start();
            Town town = new Town(cluster.jdbc()).signIn(cluster.node(1));
            Operations operations = new Operations(
                    town,
                    cluster.jdbc(),
                    // People go where a page opens; the one that was just killed is sometimes still asked.
                    cluster::nodes);
            Random random = new Random(SEED);

            List<String> findings = new Round(cluster, operations).during("F1", SEED, 4, () -> {
                for (int kill = 1; kill <= KILLS; kill++) {
                    Thread.sleep(500 + random.nextInt(3_000));
                    Node victim = cluster.node(1 + random.nextInt(2));
                    victim.kill();
                    if (random.nextInt(5) == 0) {
                        Thread.sleep(Cluster.LOCK.plusSeconds(2).toMillis());
                    }
                    victim.begin().awaitReady(Duration.ofSeconds(120));
                }
                return KILLS;
            });

            assertThat(findings).isEmpty();
        }
    }
}
