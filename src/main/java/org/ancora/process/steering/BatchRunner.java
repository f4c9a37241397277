package org.ancora.process.steering;

import java.util.List;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.ancora.process.Alone;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does the same to many procedures, each in a transaction of its own together with its result: what was done stays done when it
 * is interrupted, and nothing is done twice. Rules are asked again when a procedure has its turn.
 */
@Service
class BatchRunner {

    /** So many have their turn in one job of the engine; far below its lock on a job. */
    private static final int A_STEP = 100;

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final BatchRows rows;
    private final Steering steering;
    private final BatchOrders orders;
    private final MessageSource messages;
    private final Viewers viewers;
    private final Processes processes;
    private final Alone alone;
    private final TransactionTemplate outside;

    BatchRunner(
            BatchRows rows,
            Steering steering,
            BatchOrders orders,
            MessageSource messages,
            Viewers viewers,
            Processes processes,
            PlatformTransactionManager transactions,
            Alone alone) {
        this.rows = rows;
        this.steering = steering;
        this.orders = orders;
        this.messages = messages;
        // Going on in another version has transactions of its own.
        this.outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.viewers = viewers;
        this.processes = processes;
        this.alone = alone;
    }

    /** Leaves a batch to the engine's jobs, in the running transaction. */
    void begin(Batch batch) {
        List<BatchRows.Row> first = rows.next(batch.id(), 1);
        if (!first.isEmpty()) {
            processes.start(
                    SteeringSteps.PROCESS,
                    "steering-" + batch.id(),
                    first.get(0).project(),
                    Variables.of(SteeringSteps.BATCH, batch.id()));
        }
    }

    /** Does some, and leaves the rest to another job. */
    void goOnInBackground(long id) {
        if (goOn(id)) {
            begin(rows.find(id).orElseThrow());
        }
    }

    /** Does some; returns whether others are left. */
    boolean goOn(long id) {
        Batch batch = rows.find(id).orElseThrow();
        @Nullable Viewer viewer = viewers.of(batch.by()).orElse(null);
        for (BatchRows.Row row : rows.next(id, A_STEP)) {
            one(batch, row, viewer);
        }
        boolean left = !rows.next(id, 1).isEmpty();
        if (!left) {
            alone.run(() -> rows.finish(id));
        }
        return left;
    }

    private void one(Batch batch, BatchRows.Row row, @Nullable Viewer viewer) {
        String why;
        String said = "";
        try {
            if (viewer == null) {
                why = "not-allowed";
            } else if (batch.deed() == Deed.MIGRATE) {
                outside.executeWithoutResult(running -> act(batch, row, viewer));
                why = "";
            } else {
                alone.run(() -> {
                    if (rows.done(batch.id(), row.position(), "", "")) {
                        act(batch, row, viewer);
                    }
                });
                return;
            }
        } catch (Problem refused) {
            why = why(refused);
            if (why.equals("failed") || why.equals("refused")) {
                said = said(refused, viewer);
            }
        } catch (Forbidden | Hidden notAllowed) {
            why = "not-allowed";
        } catch (OptimisticLockingException overtaken) {
            why = "overtaken";
        } catch (RuntimeException failed) {
            log.warn("Batch {} skips procedure {}", batch.id(), row.root(), failed);
            why = "failed";
        }
        String became = why;
        String inWords = said;
        alone.run(() -> rows.done(batch.id(), row.position(), became, inWords));
    }

    private void act(Batch batch, BatchRows.Row row, Viewer viewer) {
        Run run = steering.open(row.root(), viewer);
        steering.act(run.id(), orders.of(batch, run), null, viewer);
    }

    /**
     * Tries one, and undoes it; returns why it would be left as it is, or an empty text.
     *
     * @throws Problem when what was typed is wrong for any of them
     */
    String trial(Batch batch, BatchRows.Row row, Viewer viewer) {
        try {
            Run run = steering.open(row.root(), viewer);
            Order order = orders.of(batch, run);
            steering.foresee(run, new Order(order.deed(), order.what(), order.to(), order.values(), "trial"), viewer);
            return "";
        } catch (Problem refused) {
            if (refused.status() == HttpStatus.BAD_REQUEST) {
                throw refused;
            }
            return said(refused, viewer);
        }
    }

    private String said(Problem refused, @Nullable Viewer viewer) {
        Object[] arguments = refused.arguments();
        if (refused.key().equals("steering.migrate.refused") && arguments.length > 0) {
            return String.valueOf(arguments[0]);
        }
        return viewer == null ? "" : messages.getMessage(refused.key(), arguments, viewer.locale());
    }

    /** The code of the messages {@code steering.batch.why}. */
    private static String why(Problem refused) {
        String own = "steering.batch.why.";
        if (refused.key().startsWith(own)) {
            return refused.key().substring(own.length());
        }
        return switch (refused.key()) {
            case "steering.over" -> "over";
            case "steering.suspended" -> "suspended";
            case "steering.not-suspended" -> "not-suspended";
            case "steering.still-running" -> "still-running";
            case "steering.runs-already" -> "runs-already";
            case "steering.nothing-failed" -> "nothing-failed";
            case "steering.past" -> "past";
            case "steering.choose.target" -> "no-target";
            case "steering.choose.version" -> "there-already";
            case "steering.migrate.refused" -> "refused";
            case "steering.overtaken", "steering.choose.timer", "steering.choose.wait" -> "overtaken";
            default -> "failed";
        };
    }
}
