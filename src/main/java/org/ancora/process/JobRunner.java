package org.ancora.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.ancora.process.engine.WatchedJobExecutor;
import org.ancora.time.VirtualClock;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * This node's part in running timers and asynchronous steps, and how much of them waits in the whole installation. With a
 * {@link VirtualClock} nothing runs by itself, so the node never takes part.
 */
@Service
public class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final WatchedJobExecutor executor;
    private final boolean stepped;
    private final JdbcClient jdbc;
    private final Clock clock;
    private boolean wanted;
    private boolean held;

    @Autowired
    JobRunner(ProcessEngine engine, ObjectProvider<VirtualClock> virtualClock, JdbcClient jdbc, Clock clock) {
        this(executor(engine), virtualClock.getIfAvailable() != null, jdbc, clock);
    }

    JobRunner(WatchedJobExecutor executor, boolean stepped, JdbcClient jdbc, Clock clock) {
        this.executor = executor;
        this.stepped = stepped;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private static WatchedJobExecutor executor(ProcessEngine engine) {
        return (WatchedJobExecutor)
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
    }

    /** Takes part from now on, unless {@link #hold held}; never with a virtual clock. */
    public synchronized void start() {
        wanted = !stepped;
        follow();
    }

    /** Takes no further job and waits for those that run. */
    public synchronized void stop() {
        wanted = false;
        follow();
    }

    /**
     * Takes no further job until {@link #release}; what runs already ends first.
     *
     * @param why for the log
     */
    public synchronized void hold(String why) {
        if (!held) {
            log.error("This node takes no more jobs: {}", why);
        }
        held = true;
        follow();
    }

    /** Ends a {@link #hold}. */
    public synchronized void release() {
        if (held) {
            log.info("This node takes jobs again");
        }
        held = false;
        follow();
    }

    private void follow() {
        boolean runs = wanted && !held;
        if (runs && !executor.isActive()) {
            executor.start();
        } else if (!runs && executor.isActive()) {
            executor.shutdown();
        }
    }

    /** Whether this node takes jobs at this moment. */
    public boolean isRunning() {
        return executor.isActive();
    }

    /** Whether this node was told to keep its hands off jobs. */
    public synchronized boolean isHeld() {
        return held;
    }

    /** Whether jobs run only when the virtual clock is moved, as in the demo. */
    public boolean isStepped() {
        return stepped;
    }

    /** How many runs of jobs on this node lost against another change, since it started. */
    public long lockLosses() {
        return executor.losses();
    }

    /** How many times in a row the unluckiest job has lost on this node. */
    public int lockLossesInARow() {
        return executor.mostLossesInARow();
    }

    /** What waits, as the database has it; a few look-ups in indexes, whatever lies in the future. */
    public JobLoad load() {
        Instant now = clock.instant();
        // The engine keeps instants without zone, in UTC; what waits beyond a hundred thousand is counted as that many.
        return jdbc.sql("""
                        select (select count(*) from (
                                   select 1 from engine.act_ru_job
                                    where retries_ > 0 and duedate_ <= :now and suspension_state_ = 1
                                    limit 10000) waiting) as due,
                               (select duedate_ from engine.act_ru_job
                                 where retries_ > 0 and duedate_ <= :now and suspension_state_ = 1
                                 order by duedate_ limit 1) as oldest,
                               (select count(*) from engine.act_ru_job where retries_ <= 0) as exhausted,
                               (select count(*) from engine.act_ru_incident) as incidents,
                               (select max(incident_timestamp_) from engine.act_ru_incident) as newest
                        """)
                .param("now", LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .query((row, index) -> {
                    LocalDateTime oldest = row.getObject("oldest", LocalDateTime.class);
                    LocalDateTime newest = row.getObject("newest", LocalDateTime.class);
                    return new JobLoad(
                            row.getLong("due"),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(ZoneOffset.UTC), now),
                            row.getLong("exhausted"),
                            row.getLong("incidents"),
                            newest == null ? Instant.EPOCH : newest.toInstant(ZoneOffset.UTC),
                            executor.mostLossesInARow());
                })
                .single();
    }
}
