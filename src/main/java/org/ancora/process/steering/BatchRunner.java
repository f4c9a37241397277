package org.ancora.process.steering;

import java.util.List;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

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
    private final Viewers viewers;
    private final Processes processes;
    private final CommandExecutor alone;

    BatchRunner(BatchRows rows, Steering steering, Viewers viewers, Processes processes, ProcessEngine engine) {
        this.rows = rows;
        this.steering = steering;
        this.viewers = viewers;
        this.processes = processes;
        // A job runs inside a command of the engine, which would write what is changed here only at its own end: each
        // procedure is a command and a transaction of its own, so that its result is true.
        this.alone = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequiresNew();
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
            alone.execute(command -> {
                rows.finish(id);
                return null;
            });
        }
        return left;
    }

    private void one(Batch batch, BatchRows.Row row, @Nullable Viewer viewer) {
        String why;
        try {
            if (viewer == null) {
                why = "not-allowed";
            } else {
                alone.execute(command -> {
                    if (rows.done(batch.id(), row.position(), "")) {
                        steering.act(row.root(), Order.plain(batch.deed(), batch.reason()), null, viewer);
                    }
                    return null;
                });
                return;
            }
        } catch (Problem refused) {
            why = switch (refused.key()) {
                case "steering.over" -> "over";
                case "steering.suspended" -> "suspended";
                case "steering.not-suspended" -> "not-suspended";
                case "steering.nothing-failed" -> "nothing-failed";
                case "steering.overtaken" -> "overtaken";
                default -> "failed";
            };
        } catch (Forbidden | Hidden notAllowed) {
            why = "not-allowed";
        } catch (OptimisticLockingException overtaken) {
            why = "overtaken";
        } catch (RuntimeException failed) {
            log.warn("Batch {} skips procedure {}", batch.id(), row.root(), failed);
            why = "failed";
        }
        String became = why;
        alone.execute(command -> rows.done(batch.id(), row.position(), became));
    }
}
