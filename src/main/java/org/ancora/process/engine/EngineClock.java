package org.ancora.process.engine;

import java.time.Instant;
import java.util.Date;
import org.ancora.time.VirtualClock;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
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

    private final ProcessEngineConfigurationImpl engine;
    private final boolean virtual;
    private volatile boolean running;

    EngineClock(ProcessEngine engine, ObjectProvider<VirtualClock> virtualClock) {
        this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        VirtualClock clock = virtualClock.getIfAvailable();
        this.virtual = clock != null;
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
        if (!virtual) {
            engine.getJobExecutor().start();
        }
        running = true;
    }

    @Override
    public void stop() {
        if (!virtual) {
            engine.getJobExecutor().shutdown();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
