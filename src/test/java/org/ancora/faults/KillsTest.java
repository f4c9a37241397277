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
                    Node victim = cluster.node(1 + random.nextInt(2));
                    if (random.nextInt(10) > 0) {
                        // Mostly one that is at work, now and then one that has not yet come up again.
                        awaitOneUp(cluster);
                        victim = victim.isUp()
                                ? victim
                                : cluster.node(cluster.node(1).isUp() ? 1 : 2);
                        Thread.sleep(500 + random.nextInt(2_500));
                    }
                    victim.kill();
                    victim.begin();
                }
                for (Node node : cluster.nodes()) {
                    node.awaitReady(Duration.ofSeconds(180));
                }
                return KILLS;
            });

            assertThat(findings).isEmpty();
        }
    }

    private static void awaitOneUp(Cluster cluster) throws InterruptedException {
        while (cluster.nodes().stream().noneMatch(Node::isUp)) {
            Thread.sleep(200);
        }
    }
}
