package org.ancora.faults;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.ancora.faults.Operations.Seen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People at work while something goes wrong, and the reckoning afterwards. */
final class Round {

    private static final Logger log = LoggerFactory.getLogger(Round.class);

    /** How a page names the line of the log that says more. */
    private static final Pattern REFERENCE = Pattern.compile("\"reference\":\"([^\"]+)\"");

    /** What goes wrong meanwhile. */
    interface Trouble {
        /** @return how often it went wrong */
        int make() throws Exception;
    }

    private final Cluster cluster;
    private final Operations operations;

    Round(Cluster cluster, Operations operations) {
        this.cluster = cluster;
        this.operations = operations;
    }

    /**
     * Lets people work while there is trouble, waits until everything came to rest by itself, and returns what is not as
     * it should be.
     *
     * @param name of the fault, for the log
     */
    List<String> during(String name, long seed, int people, Trouble trouble) throws Exception {
        List<Thread> working = operations.begin(seed, people);
        int times;
        try {
            times = trouble.make();
        } finally {
            operations.stop();
            for (Thread person : working) {
                person.join();
            }
        }
        Checker.awaitQuiet(cluster.jdbc(), Cluster.LOCK.plus(Duration.ofSeconds(40)));
        List<String> findings = new Checker(cluster.jdbc(), cluster.sink()).findings(operations.deeds());
        log.info(
                "{}: seed {}, {} operations, {} faults, {} acknowledged, {} refused, {} unknown, {} done again, {} messages,"
                        + " {} lost or doubled",
                name,
                seed,
                operations.deeds().size(),
                times,
                operations.count(Seen.ACKNOWLEDGED),
                operations.count(Seen.REFUSED),
                operations.count(Seen.UNKNOWN),
                operations.replays(),
                cluster.sink().taken().size(),
                findings.size());
        tellWhatWasLogged();
        return findings;
    }

    /** The nodes' logs go with their folder; what they said of a fault is what it takes to mend it. */
    private void tellWhatWasLogged() {
        operations.deeds().stream()
                .filter(deed -> deed.status() == 500)
                .flatMap(deed -> REFERENCE.matcher(deed.result()).results())
                .map(found -> found.group(1))
                .distinct()
                .forEach(reference -> cluster.nodes()
                        .forEach(node -> log.error("{} of {}:\n{}", node.name(), reference, node.logged(reference))));
    }
}
