package org.ancora.process;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.ancora.time.VirtualClock;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.JobQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Moves the virtual clock and fires what becomes due on the way, each job at its own instant and in order of due dates.
 *
 * <p>It exists only with a {@link VirtualClock}, in the demo and in tests, where the engine's job executor is off. One
 * thread steps at a time; others wait. Never call it inside a transaction: every job has one of its own.
 */
@Component
@ConditionalOnProperty(name = "ancora.clock", havingValue = "virtual")
public class Clockwork {

    private static final Logger log = LoggerFactory.getLogger(Clockwork.class);

    /** More jobs than this at one standstill of the clock is a loop in a diagram, not work. */
    private static final int ENDLESS = 20_000;

    private final ReentrantLock stepping = new ReentrantLock(true);
    private final VirtualClock clock;
    private final ManagementService management;

    Clockwork(VirtualClock clock, ManagementService management) {
        this.clock = clock;
        this.management = management;
    }

    /**
     * Moves the clock forward to the target; every timer and asynchronous step due until then runs at its due instant.
     * A failing job is retried by its cycle while the clock moves past its retries, as it would be in real life.
     *
     * @param target now or later; an earlier instant is refused by the clock
     */
    public void moveTo(Instant target) {
        alone(() -> {
            runAllDue();
            for (Optional<Instant> next = nextJob(target); next.isPresent(); next = nextJob(target)) {
                clock.moveTo(next.get());
                runAllDue();
            }
            clock.moveTo(target);
            runAllDue();
        });
    }

    /** Runs everything that is due now, also what becomes due at once by that. Safe to call after every request. */
    public void runDueJobs() {
        alone(this::runAllDue);
    }

    /** The instant of the next timer or retry that lies ahead. */
    public Optional<Instant> nextTimer() {
        return first(ahead());
    }

    private Optional<Instant> nextJob(Instant target) {
        return first(ahead().duedateLowerThan(Date.from(target.plusMillis(1))));
    }

    private JobQuery ahead() {
        return management
                .createJobQuery()
                .active()
                .withRetriesLeft()
                .duedateHigherThan(Date.from(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private static Optional<Instant> first(JobQuery query) {
        List<Job> found = query.orderByJobDuedate().asc().listPage(0, 1);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(0).getDuedate().toInstant());
    }

    private void alone(Runnable work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The clockwork runs jobs in transactions of their own, not inside another");
        }
        stepping.lock();
        try {
            work.run();
        } finally {
            stepping.unlock();
        }
    }

    private void runAllDue() {
        // A job that fails and yet stays due (two people in each other's way) is tried once at each standstill.
        Set<String> failed = new HashSet<>();
        for (int run = 0; run < ENDLESS; run++) {
            Optional<Job> due = nextDue(failed);
            if (due.isEmpty()) {
                return;
            }
            String id = due.get().getId();
            try {
                management.executeJob(id);
            } catch (RuntimeException failure) {
                failed.add(id);
                log.warn("Job {} of case flow {} failed", id, due.get().getProcessInstanceId(), failure);
            }
        }
        throw new IllegalStateException(
                "More than " + ENDLESS + " jobs were due at " + clock.instant() + ": a diagram loops without waiting");
    }

    private Optional<Job> nextDue(Set<String> failed) {
        // Failed ones are few, so a page that holds them all and one more is enough.
        return management
                .createJobQuery()
                .executable()
                .active()
                .orderByJobDuedate()
                .asc()
                .orderByJobId()
                .asc()
                .listPage(0, failed.size() + 1)
                .stream()
                .filter(job -> !failed.contains(job.getId()))
                .findFirst();
    }
}
