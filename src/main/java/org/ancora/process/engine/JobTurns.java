package org.ancora.process.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets people go before jobs: while somebody waits for a page, jobs run one after another instead of on every thread, so
 * that a hundred thousand timers that fall due at once take one processor and not all of them. Nobody waits long, though: a
 * job that talks to a slow mail server must not hold up the timers behind it.
 */
final class JobTurns {

    /** The longest wait for a turn; after it a job runs beside the one that has it. */
    static final Duration PATIENCE = Duration.ofMillis(100);

    private final Semaphore turn = new Semaphore(1, true);
    private final BooleanSupplier peopleWait;

    JobTurns(BooleanSupplier peopleWait) {
        this.peopleWait = peopleWait;
    }

    /** Runs a job when it may begin. */
    void run(Runnable job) {
        boolean alone = await();
        try {
            job.run();
        } finally {
            if (alone) {
                turn.release();
            }
        }
    }

    private boolean await() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (peopleWait.getAsBoolean() && System.nanoTime() < until) {
            try {
                if (turn.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
