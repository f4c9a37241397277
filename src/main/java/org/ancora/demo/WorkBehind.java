package org.ancora.demo;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What requests leave for the background of a demo that has no executor. A page waits for a moment, so that it shows what little
 * was left to do as done; what takes longer, such as two hundred e-mails, goes on behind it.
 */
class WorkBehind implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WorkBehind.class);

    private static final int SECONDS_TO_END = 10;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "demo-work");
        own.setDaemon(true);
        return own;
    });

    private final Runnable work;
    private final Duration patience;

    /**
     * @param work runs all that is due; by one thread, one after the other
     * @param patience how long a request waits for it
     */
    WorkBehind(Runnable work, Duration patience) {
        this.work = work;
        this.patience = patience;
    }

    /** Has it done, and comes back once it is, or once the patience is over. */
    void run() {
        Future<?> done = thread.submit(work);
        try {
            done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            log.debug("Work goes on behind the page");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            log.warn("What a request left for the background failed", failed.getCause());
        }
    }

    /** What is under way may end, before the database does. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException ending) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
