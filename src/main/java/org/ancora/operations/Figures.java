package org.ancora.operations;

import org.ancora.correspondence.MailQueue;
import org.ancora.process.JobLoad;
import org.ancora.process.JobRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What waits and what is stuck, kept for a few seconds so that collectors of figures cost the database next to nothing. */
@Component
class Figures {

    private static final Logger log = LoggerFactory.getLogger(Figures.class);

    private final JobRunner jobs;
    private final MailQueue mail;
    private final long keptNanos;
    private long readAt;
    private boolean known;
    private @Nullable Reading latest;

    Figures(JobRunner jobs, MailQueue mail, OperationsSettings settings) {
        this.jobs = jobs;
        this.mail = mail;
        this.keptNanos = settings.figuresKept().toNanos();
    }

    /** All figures of one look. */
    record Reading(JobLoad jobs, MailQueue.Load mail) {}

    /** The figures as they are now. */
    Reading read() {
        return new Reading(jobs.load(), mail.load());
    }

    /** The figures as they were a few seconds ago at most; null when the database did not give them. */
    synchronized @Nullable Reading recent() {
        if (!known || System.nanoTime() - readAt > keptNanos) {
            latest = readOrNull();
            known = true;
            readAt = System.nanoTime();
        }
        return latest;
    }

    private @Nullable Reading readOrNull() {
        try {
            return read();
        } catch (RuntimeException failure) {
            log.warn("The figures could not be read: {}", failure.getClass().getName());
            return null;
        }
    }
}
