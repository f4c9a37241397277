package org.ancora.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ancora.correspondence.MailQueue;
import org.ancora.process.JobLoad;
import org.ancora.process.JobRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks every few seconds whether anything is stuck and whether this node's clock is right. It has a thread of its own
 * and is no job of the engine's, because the engine's jobs are what it watches. The demo, whose clock visitors move, has
 * none.
 */
@Component
class Watch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final ClockSkew skew;
    private final JobRunner jobs;
    private final Figures figures;
    private final Alarms alarms;
    private final OperationsSettings settings;
    private @Nullable ScheduledExecutorService thread;
    private boolean blind;
    private Instant incidentsSeen;

    Watch(ClockSkew skew, JobRunner jobs, Figures figures, Alarms alarms, OperationsSettings settings, Clock clock) {
        this.skew = skew;
        this.jobs = jobs;
        this.figures = figures;
        this.alarms = alarms;
        this.settings = settings;
        // What arose while every node was down is news as well.
        this.incidentsSeen = clock.instant().minus(Duration.ofDays(1));
    }

    /** One look. What it cannot see is said once, and looked for again the next time. */
    synchronized void look() {
        try {
            compareClocks();
            Figures.Reading reading = figures.read();
            compareJobs(reading.jobs());
            compareMail(reading.mail());
            blind = false;
        } catch (RuntimeException failure) {
            if (!blind) {
                log.warn("Nobody knows how Ancora is: {}", failure.getClass().getName());
            }
            blind = true;
        }
    }

    private void compareClocks() {
        ClockSkew.Measured measured = skew.measure();
        String seconds = String.valueOf(Math.round(measured.ahead().toMillis() / 1000.0));
        if (measured.exceeds(settings.skewLimit())) {
            jobs.hold("its clock is " + seconds + " seconds away from the database's");
        } else {
            jobs.release();
        }
        raiseOrClear(Alarm.CLOCK, measured.exceeds(settings.skewAlarm()), seconds);
    }

    private void compareJobs(JobLoad load) {
        boolean late = load.overdueFor().compareTo(settings.overdueAlarm()) > 0;
        raiseOrClear(Alarm.OVERDUE, late, load.overdueFor().toMinutes(), load.due());
        raiseOrClear(Alarm.LOSSES, load.lockLossesInARow() >= settings.lossesAlarm(), load.lockLossesInARow());
        if (load.newestIncident().isAfter(incidentsSeen)) {
            incidentsSeen = load.newestIncident();
            alarms.raise(Alarm.INCIDENTS, load.incidents());
        } else if (load.incidents() == 0) {
            alarms.clear(Alarm.INCIDENTS);
        }
    }

    private void compareMail(MailQueue.Load load) {
        boolean stuck = load.oldestQueued().compareTo(settings.mailAlarm()) > 0;
        raiseOrClear(Alarm.MAIL, stuck, load.queued(), load.oldestQueued().toMinutes());
    }

    private void raiseOrClear(Alarm alarm, boolean raised, Object... numbers) {
        if (raised) {
            alarms.raise(alarm, numbers);
        } else {
            alarms.clear(alarm);
        }
    }

    /** The first look comes before the first job, so that a node with a wrong clock never takes one. */
    @Override
    public void start() {
        if (jobs.isStepped()) {
            return;
        }
        look();
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "watch");
            own.setDaemon(true);
            return own;
        });
        long millis = settings.every().toMillis();
        var unused = looking.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        thread = looking;
    }

    @Override
    public void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the engine's jobs, which come last. */
    @Override
    public int getPhase() {
        return 0;
    }
}
