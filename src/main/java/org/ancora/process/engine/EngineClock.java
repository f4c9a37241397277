package org.ancora.process.engine;

import java.time.Instant;
import java.util.Date;
import org.ancora.process.JobRunner;
import org.ancora.time.VirtualClock;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the engine's time equal to ours: on real time jobs run by themselves on every node; with a virtual clock the
 * engine's clock stands and moves with it, and the job executor stays off.
 */
@Component
class EngineClock implements SmartLifecycle {

    private final JobRunner jobs;
    private volatile boolean running;

    EngineClock(JobRunner jobs, ObjectProvider<VirtualClock> virtualClock) {
        this.jobs = jobs;
        VirtualClock clock = virtualClock.getIfAvailable();
        if (clock == null) {
            ClockUtil.reset();
        } else {
            show(clock.instant());
            clock.onMove(EngineClock::show);
        }
    }

    private static void show(Instant instant) {
        ClockUtil.setCurrentTime(Date.from(instant));
    }

    @Override
    public void start() {
        jobs.start();
        running = true;
    }

    @Override
    public void stop() {
        jobs.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
