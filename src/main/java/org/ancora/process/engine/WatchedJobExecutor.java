package org.ancora.process.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.ancora.web.Reference;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.slf4j.MDC;

/**
 * The engine's job executor with three additions: jobs let people go first ({@link JobTurns}), each run of a job has a
 * reference in the log, and it counts how often a job lost against somebody else's change. The engine tries such a job again without end and without a trace, so a
 * diagram whose steps are forever in each other's way would otherwise never be noticed.
 */
public final class WatchedJobExecutor extends DefaultJobExecutor {

    private final JobTurns turns;
    private final Map<String, Integer> inARow = new ConcurrentHashMap<>();
    private final LongAdder losses = new LongAdder();

    /**
     * An executor that has not been started.
     *
     * @param peopleWait whether somebody waits for a page of this node now
     */
    public WatchedJobExecutor(BooleanSupplier peopleWait) {
        this.turns = new JobTurns(peopleWait);
    }

    /** How many runs of jobs lost against another change since this node started. */
    public long losses() {
        return losses.sum();
    }

    /** How many times in a row the unluckiest of the jobs that still wait for success has lost; 0 when none has. */
    public int mostLossesInARow() {
        return inARow.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> ids, ProcessEngineImpl engine) {
        return new Run(ids, engine);
    }

    private void lost(String job) {
        losses.increment();
        inARow.merge(job, 1, Integer::sum);
    }

    private final class Run extends ExecuteJobsRunnable {

        Run(List<String> ids, ProcessEngineImpl engine) {
            super(ids, engine);
            // The one that was asked, which need not be the one that the engine knows.
            this.jobExecutor = WatchedJobExecutor.this;
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                // Not earlier: the engine logs a failure after the job, before the next one.
                MDC.remove(Reference.IN_LOG);
                MDC.remove("job");
            }
        }

        @Override
        protected void executeJob(String id, CommandExecutor commands, JobFailureCollector outcome) {
            MDC.put(Reference.IN_LOG, Reference.next());
            MDC.put("job", id);
            try {
                turns.run(() -> super.executeJob(id, commands, outcome));
                inARow.remove(id);
            } catch (OptimisticLockingException somebodyWasFaster) {
                lost(id);
                throw somebodyWasFaster;
            } catch (RuntimeException failure) {
                // Its retries count down, so it comes to an end by itself.
                inARow.remove(id);
                throw failure;
            }
        }
    }
}
