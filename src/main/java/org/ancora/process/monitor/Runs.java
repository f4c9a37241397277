package org.ancora.process.monitor;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rebuilds what managers watch from the engine's history: for after an engine's upgrade or a repair by hand. Started by
 * {@code --ancora.rebuild-procedures=true}; the application may be in use meanwhile.
 */
@Component
class Runs {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    /** Procedures to a transaction: enough to be quick, few enough that nobody waits for one. */
    private static final int BATCH = 200;

    private final RunTable table;
    private final Sums sums;
    private final TransactionTemplate transaction;
    private final boolean atStart;

    Runs(
            RunTable table,
            Sums sums,
            PlatformTransactionManager transactions,
            @Value("${ancora.rebuild-procedures:false}") boolean atStart) {
        this.table = table;
        this.sums = sums;
        this.transaction = new TransactionTemplate(transactions);
        this.atStart = atStart;
    }

    @EventListener(ApplicationReadyEvent.class)
    void rebuildIfAsked() {
        if (atStart) {
            log.info("What managers watch was rebuilt from the engine's history: {} procedures", rebuild());
        }
    }

    /** Makes the rows equal to the engine's history, in small transactions, and tells how many procedures there are. */
    int rebuild() {
        int procedures = 0;
        String after = "";
        List<String> batch;
        do {
            List<String> runs = table.engineRuns(after, BATCH);
            transaction.executeWithoutResult(status -> table.keepWhole(runs));
            batch = runs;
            procedures += batch.size();
            after = batch.isEmpty() ? after : batch.get(batch.size() - 1);
            if (procedures % (100 * BATCH) == 0 && procedures > 0) {
                log.info("What managers watch is being rebuilt: {} procedures so far", procedures);
            }
        } while (batch.size() == BATCH);
        transaction.executeWithoutResult(status -> {
            table.removeGone();
            table.countAgain();
            sums.sumAgain();
        });
        return procedures;
    }
}
